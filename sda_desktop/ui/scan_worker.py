"""Scanning off the GUI thread, its results brought over about ten times a second."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from sda_desktop.audio.scan import SoundFile, scan
from sda_desktop.errors import Cancelled, SdaError
from sda_desktop.ui.threads import StoppableThread
from sda_desktop.words import say

BATCH_EVERY_S = 0.1


class ScanThread(StoppableThread):
    """One scan.  With `demo`, the demo sounds are made first if they are not there yet."""

    paths_found = Signal(object)  # list[Path]: what will be examined
    files_found = Signal(object, int, int)  # list[SoundFile], done, total
    succeeded = Signal(object)  # ScanResult
    failed = Signal(object)  # SdaError
    cancelled = Signal()

    def __init__(self, sources: Sequence[Path], *, demo: bool = False) -> None:
        super().__init__()
        self._sources = list(sources)
        self._demo = demo
        self._batch: list[SoundFile] = []
        self._sent_at = 0.0

    def run(self) -> None:
        """Scan and say how it ended, always exactly once."""
        try:
            if self._demo:
                from sda_desktop.audio.demo import ensure_demo_sounds

                ensure_demo_sounds()
            result = scan(
                self._sources, on_found=self.paths_found.emit, on_file=self._collect, stop=self.stop
            )
        except Cancelled:
            self.cancelled.emit()
        except SdaError as error:
            self.failed.emit(error)
        except Exception as error:
            wrapped = SdaError(
                say("The sounds could not be examined."),
                say("Try again; if it happens again, copy the details and report them."),
                "".join(traceback.format_exception(error)),
            )
            self.failed.emit(wrapped)
        else:
            self.succeeded.emit(result)

    def _collect(self, file: SoundFile, done: int, total: int) -> None:
        self._batch.append(file)
        now = time.monotonic()
        if now - self._sent_at >= BATCH_EVERY_S or done == total:
            self._sent_at = now
            batch, self._batch = self._batch, []
            self.files_found.emit(batch, done, total)


class Scanner(QObject):
    """Runs one scan at a time: a new one replaces the old, of which nothing more is heard."""

    paths_found = Signal(object)  # list[Path]: what will be examined
    files_found = Signal(object, int, int)  # list[SoundFile], done, total
    succeeded = Signal(object)  # ScanResult
    failed = Signal(object)  # SdaError
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: ScanThread | None = None

    @property
    def is_running(self) -> bool:
        """Whether a scan is under way."""
        return self._thread is not None

    def start(self, sources: Sequence[Path], *, demo: bool = False) -> None:
        """Begin; replaces a scan that is under way."""
        self.abandon()
        thread = ScanThread(sources, demo=demo)
        thread.paths_found.connect(self._on_paths_found)
        thread.files_found.connect(self._on_files_found)
        thread.succeeded.connect(self._on_succeeded)
        thread.failed.connect(self._on_failed)
        thread.cancelled.connect(self._on_cancelled)
        # When the window goes, the scan stops with it.
        self.destroyed.connect(thread.stop.set)
        self._thread = thread
        thread.begin()

    def cancel(self) -> None:
        """Ask the scan to stop; `cancelled` follows."""
        if self._thread is not None:
            self._thread.stop.set()

    def abandon(self) -> None:
        """Stop the scan; nothing more is heard of it."""
        if self._thread is not None:
            self._thread.stop.set()
            self._thread = None

    def _is_current(self) -> bool:
        return self._thread is not None and self.sender() is self._thread

    @Slot(object)
    def _on_paths_found(self, found: list[Path]) -> None:
        if self._is_current():
            self.paths_found.emit(found)

    @Slot(object, int, int)
    def _on_files_found(self, files: list[SoundFile], done: int, total: int) -> None:
        if self._is_current():
            self.files_found.emit(files, done, total)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if self._is_current():
            self._thread = None
            self.succeeded.emit(result)

    @Slot(object)
    def _on_failed(self, error: SdaError) -> None:
        if self._is_current():
            self._thread = None
            self.failed.emit(error)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._is_current():
            self._thread = None
            self.cancelled.emit()

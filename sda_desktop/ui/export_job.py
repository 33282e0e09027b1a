"""Exporting off the GUI thread."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from sda_desktop.audio.export import ExportOptions
from sda_desktop.errors import SdaError
from sda_desktop.generation.export_batch import BatchResult, Existing, SoundJob, export_batch
from sda_desktop.ui.threads import StoppableThread
from sda_desktop.words import say

TELL_EVERY_S = 0.1


class _ExportThread(StoppableThread):
    progressed = Signal(int, float)
    ended = Signal(object)  # BatchResult or SdaError

    def __init__(
        self, jobs: Sequence[SoundJob], paths: Sequence[Path], options: ExportOptions, existing: Existing
    ) -> None:
        super().__init__()
        self._jobs, self._paths, self._options, self._existing = tuple(jobs), tuple(paths), options, existing
        self._told_at = 0.0

    def run(self) -> None:
        """Export and say how it ended, exactly once."""
        try:
            outcome: object = export_batch(
                self._jobs,
                self._paths,
                self._options,
                existing=self._existing,
                stop=self.stop,
                progress=self._tell,
            )
        except SdaError as error:
            outcome = error
        except Exception as error:
            outcome = SdaError(
                say("The sounds could not be exported."),
                say("Try again; if it happens again, copy the details and report them."),
                "".join(traceback.format_exception(error)),
            )
        self.ended.emit(outcome)

    def _tell(self, done: int, share: float) -> None:
        now = time.monotonic()
        if now - self._told_at >= TELL_EVERY_S or share >= 1.0:
            self._told_at = now
            self.progressed.emit(done, share)


class ExportJob(QObject):
    """One export at a time.  `finished` or `failed` follows exactly once, in the GUI thread."""

    progressed = Signal(int, float)  # sounds that are done, share of the whole from 0 to 1
    finished = Signal(object)  # BatchResult, also after a cancel
    failed = Signal(object)  # SdaError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _ExportThread | None = None

    @property
    def is_running(self) -> bool:
        """Whether an export is under way."""
        return self._thread is not None

    def start(
        self,
        jobs: Sequence[SoundJob],
        paths: Sequence[Path],
        options: ExportOptions,
        existing: Existing = "refuse",
    ) -> None:
        """Begin; one that is under way goes on, and the new one is not begun."""
        if self._thread is not None:
            return
        thread = self._thread = _ExportThread(jobs, paths, options, existing)
        thread.progressed.connect(self._on_thread_progressed)
        thread.ended.connect(self._on_thread_ended)
        # When the window goes, the export stops with it and leaves nothing half-written.
        self.destroyed.connect(thread.stop.set)
        thread.begin()

    @Slot()
    def cancel(self) -> None:
        """Ask it to stop; `finished` follows with what is complete."""
        if self._thread is not None:
            self._thread.stop.set()

    @Slot(int, float)
    def _on_thread_progressed(self, done: int, share: float) -> None:
        if self._thread is not None:
            self.progressed.emit(done, share)

    @Slot(object)
    def _on_thread_ended(self, outcome: BatchResult | SdaError) -> None:
        self._thread = None
        if isinstance(outcome, SdaError):
            self.failed.emit(outcome)
        else:
            self.finished.emit(outcome)

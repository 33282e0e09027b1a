"""Waveform thumbnails of files, computed in a thread when they are first looked at."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from sda_desktop.audio.io import read_audio
from sda_desktop.errors import AudioFileError
from sda_desktop.ui.waveform import peaks

_log = logging.getLogger(__name__)

POINTS = 256
KEPT = 1000
MOST_WAITING = 128  # what was scrolled past long ago is not worth the work any more


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """Minima and maxima; empty rows if the file cannot be read, and `problem` says why."""

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    problem: str = ""

    @property
    def peak(self) -> float:
        """The greatest excursion."""
        return float(max(-self.low.min(initial=0.0), self.high.max(initial=0.0)))


class Thumbnails(QObject):
    """A cache that fills itself: what is asked for last is computed first."""

    ready = Signal()  # at least one more is there
    _computed = Signal(object, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Path, Thumbnail] = OrderedDict()
        self._waiting: list[Path] = []
        self._under_way: Path | None = None
        self._generation = 0
        self._stop = threading.Event()
        self._computed.connect(self._on_computed, Qt.ConnectionType.QueuedConnection)
        # Bound to the event, not to this object, which is gone by then.
        self.destroyed.connect(self._stop.set)

    def get(self, path: Path) -> Thumbnail | None:
        """The thumbnail of a file; None while it is being made, and `ready` tells when it is."""
        found = self._kept.get(path)
        if found is not None:
            self._kept.move_to_end(path)
        elif path != self._under_way:
            if path in self._waiting:
                self._waiting.remove(path)
            self._waiting.append(path)
            del self._waiting[:-MOST_WAITING]
            self._next()
        return found

    def forget(self, path: Path) -> None:
        """The file was written anew."""
        self._kept.pop(path, None)
        if path == self._under_way:
            self._generation += 1
            self._under_way = None

    def _next(self) -> None:
        if self._under_way is not None or not self._waiting:
            return
        path = self._under_way = self._waiting.pop()
        generation, stop, tell = self._generation, self._stop, self._computed

        def job() -> None:
            if stop.is_set():
                return
            made = thumbnail(path)
            try:
                tell.emit(path, generation, made)
            except RuntimeError:  # the list is gone by now
                _log.debug("A thumbnail came too late")

        QThreadPool.globalInstance().start(job)

    @Slot(object, int, object)
    def _on_computed(self, path: Path, generation: int, made: Thumbnail) -> None:
        if generation == self._generation:
            self._under_way = None
            self._kept[path] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self.ready.emit()
        self._next()


def thumbnail(path: Path) -> Thumbnail:
    """The thumbnail of a file; one with a problem if it cannot be read."""
    try:
        samples, _ = read_audio(path, mono=False)
    except AudioFileError as error:
        empty = np.zeros(0, np.float32)
        return Thumbnail(empty, empty, error.message)
    return Thumbnail(*peaks(samples, POINTS))

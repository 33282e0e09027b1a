"""Importing pyqtgraph in small pieces, so that the window that has just appeared does not stand still.

It has to be done in the GUI thread: classes of Qt that are made in another while this one paints crash the
interpreter.  Measured, of 0.25 s in one go: 0.08 s are for looking at every name in Qt, which makes a
Python class of each; that is done before, a few names at a time.  What is left takes 0.09 s in one go.
"""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal, Slot

TURN_S = 0.004  # of work between two looks at the event loop
# What pyqtgraph imports from elsewhere; a name that is not there (any more) does no harm.
_BESIDE = (
    "PySide6.QtTest",
    "PySide6.QtOpenGLWidgets",
    "colorama",
    "pydoc",
    "multiprocessing.connection",
    "cProfile",
    "pstats",
    "importlib.resources",
)


class GradualImport(QObject):
    """Imports what draws the plots; then `finished`, or `failed` with the ImportError."""

    finished = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces = _pieces()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        ends = time.perf_counter() + TURN_S
        try:
            for _ in self._pieces:
                if time.perf_counter() >= ends:
                    return
        except ImportError as error:
            self._timer.stop()
            self.failed.emit(error)
        else:
            self._timer.stop()
            self.finished.emit()


def _pieces() -> Iterator[None]:
    """Each step is one piece of the import."""
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            yield
    for name in _BESIDE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
        yield
    importlib.import_module("pyqtgraph")
    yield
    for name in ("plot_specs", "plot_scale", "plot_legend", "plot_view", "plot_panel", "plot_stack"):
        importlib.import_module(f"sda_desktop.ui.{name}")
        yield

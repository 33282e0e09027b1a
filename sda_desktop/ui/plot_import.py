"""Importing pyqtgraph in small pieces, so that the window that has just appeared does not stand still.

It has to be done in the GUI thread: classes of Qt that are made in another while this one paints crash the
interpreter.  Measured, of 0.25 s in one go: 0.08 s are for looking at every name in Qt, which makes a
Python class of each; that is done before, a few names at a time.  What is left takes 0.09 s in one go, so
the package's statements, nearly all of them imports of its modules, are run one by one.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import sys
import time
from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal, Slot

_begun: dict[str, Iterator[None]] = {}  # imports in pieces: whoever comes later goes on with them
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
    yield from import_in_pieces("pyqtgraph")
    for name in ("plot_specs", "plot_scale", "plot_legend", "plot_view", "plot_panel", "plot_stack"):
        importlib.import_module(f"sda_desktop.ui.{name}")
        yield


def import_in_pieces(name: str) -> Iterator[None]:
    """Import a package one statement per step; all at once where its source is not there (a frozen app).

    Two that do so at the same time share the steps.  Raises what the import raises.
    """
    for _ in _begun.setdefault(name, _statements_run(name)):
        yield
    importlib.import_module(name)
    yield


def _statements_run(name: str) -> Iterator[None]:
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    source = None if spec is None else getattr(spec.loader, "get_source", lambda _: None)(name)
    if spec is None or source is None:
        return
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        for statement in ast.parse(source).body:
            piece = compile(ast.Module([statement], []), spec.origin or name, "exec")
            exec(piece, module.__dict__)
            yield
    except BaseException:
        del sys.modules[name]
        raise

"""Drops anywhere on the window: sounds, folders of sounds, runs, and model files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from sda_desktop.ui.drops import adds, dropped_paths
from sda_desktop.ui.model_files import dropped_model_files
from sda_desktop.ui.run_session import is_run


class WindowDrops(QObject):
    """Watches the window's drag events; panels that take drops themselves never let them come this far."""

    hovered = Signal(bool, bool)  # sounds hang over the window; Shift is held, so that they would be added
    sounds_dropped = Signal(object, bool)  # list[Path], whether to add
    run_dropped = Signal(object)  # Path
    model_file_dropped = Signal(object)  # Path

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._locked = False
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def set_locked(self, locked: bool) -> None:
        """While locked (a training runs) nothing is taken but a model file, which is to be played."""
        self._locked = locked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only drag and drop events are taken."""
        kind = event.type()
        if isinstance(event, QDropEvent) and kind == QEvent.Type.Drop:
            self.hovered.emit(False, False)
            self._drop(event)
            return True
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if dropped_model_files(event.mimeData()):
                event.acceptProposedAction()
            elif not self._locked and _wanted(event.mimeData()):
                event.acceptProposedAction()
                self.hovered.emit(dropped_run(event.mimeData()) is None, adds(event))
            return True
        if kind == QEvent.Type.DragLeave:
            self.hovered.emit(False, False)
            return True
        return super().eventFilter(watched, event)

    def _drop(self, event: QDropEvent) -> None:
        run, sounds = dropped_run(event.mimeData()), dropped_paths(event.mimeData())
        models = dropped_model_files(event.mimeData())
        if not models and (self._locked or not (run or sounds)):
            return
        # The files stay where they are, whatever the other program proposes.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if models:
            self.model_file_dropped.emit(models[0])
        elif run is not None:
            self.run_dropped.emit(run)
        else:
            self.sounds_dropped.emit(sounds, adds(event))


def _wanted(mime: QMimeData) -> bool:
    return dropped_run(mime) is not None or bool(dropped_paths(mime))


def dropped_run(mime: QMimeData) -> Path | None:
    """The run folder, or the run.json of one, that mime holds; None if it is something else."""
    local = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return next((path for path in local if is_run(path)), None)

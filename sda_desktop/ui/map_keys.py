"""What keys mean on the map."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from sda_desktop.ui.map_data import next_in_direction
from sda_desktop.ui.map_pointer import MapPointer
from sda_desktop.ui.map_scene import MapScene
from sda_desktop.ui.map_zoom import KEY_ZOOM

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_NEARER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_FURTHER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MapKeys(QObject):
    """Turns key events into what was meant."""

    play_requested = Signal(int)
    cursor_moved = Signal(int)
    zoom_requested = Signal(float)
    fit_requested = Signal()
    clear_requested = Signal()
    next_hit_requested = Signal()
    search_requested = Signal()
    select_all_requested = Signal()

    def __init__(self, scene: MapScene, pointer: MapPointer, parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self._pointer = scene, pointer

    def press(self, event: QKeyEvent) -> bool:
        """A key went down; False if it means nothing here."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Find) or key == Qt.Key.Key_Slash:
            self.search_requested.emit()
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        elif key in _ARROWS:
            self._go(*_ARROWS[key])
        elif key == Qt.Key.Key_Space:
            # It plays when it comes up, unless the map was moved with it.
            if not event.isAutoRepeat():
                self._pointer.space_held, self._pointer.space_used = True, False
        elif key in _ENTER:
            if not event.isAutoRepeat():
                self._play()
        else:
            return self._press_other(key)
        return True

    def _press_other(self, key: Qt.Key) -> bool:
        if key in _NEARER:
            self.zoom_requested.emit(KEY_ZOOM)
        elif key in _FURTHER:
            self.zoom_requested.emit(1 / KEY_ZOOM)
        elif key == Qt.Key.Key_0:
            self.fit_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear_requested.emit()
        elif key == Qt.Key.Key_F3:
            self.next_hit_requested.emit()
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key came up."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        used, self._pointer.space_held = self._pointer.space_used, False
        if not used:
            self._play()
        return True

    def _play(self) -> None:
        index = self._scene.cursor
        if index is None:
            index = self._scene.hovered
        if index is not None:
            self.play_requested.emit(index)

    def _go(self, dx: int, dy: int) -> None:
        """To the next dot in a direction; from nowhere, to the one nearest to the middle."""
        scene = self._scene
        if scene.cursor is None:
            view = scene.view
            start = scene.marker or (view.center_x, view.center_y)
            distances = ((scene.places - start) ** 2).sum(axis=1)
            self.cursor_moved.emit(int(distances.argmin()))
            return
        x, y = scene.pixels[scene.cursor].tolist()
        found = next_in_direction(scene.pixels, (x, y), dx, dy)
        if found is not None:
            self.cursor_moved.emit(found)

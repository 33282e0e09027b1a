"""What presses and drags on the map mean: play a sound or a place, move the map, select, drag out.

A press plays at once: waiting for the release, to see what becomes of it, would be heard.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from sda_desktop.ui.map_data import inside
from sda_desktop.ui.map_scene import MapScene

MOVE_MS = 30  # what an instrument can follow
_LASSO_STEP = 3.0  # pixels between corners


class Throttle(QObject):
    """Passes places on, at most one in MOVE_MS, the last one always."""

    passed = Signal(float, float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(MOVE_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def push(self, x: float, y: float) -> None:
        """Pass this on now or soon, unless a later one comes before."""
        if self._timer.isActive():
            self._waiting = (x, y)
        else:
            self._timer.start()
            self.passed.emit(x, y)

    def flush(self) -> None:
        """Pass on what waits."""
        self._timer.stop()
        self._on_timer_timeout()

    @Slot()
    def _on_timer_timeout(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.push(*waiting)


class _Drag(Enum):
    NONE = auto()
    DOT = auto()  # pressed on a dot, which sounds
    TOGGLE = auto()  # the same with Ctrl
    PLACE = auto()
    PAN = auto()
    LASSO = auto()


class MapPointer(QObject):
    """Turns mouse events into what was meant; the widget passes them on and shows the outcome."""

    dot_pressed = Signal(int)
    dot_toggled = Signal(int)
    place_pressed = Signal(float, float)
    place_moved = Signal(float, float)
    place_released = Signal(float, float)
    lassoed = Signal(object, bool)  # list[int]; whether to add them
    drag_started = Signal(object)  # list[int]
    view_moved = Signal()
    lasso_changed = Signal()

    def __init__(self, scene: MapScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._drag = _Drag.NONE
        self._dot = -1
        self._began = QPointF()
        self._last = QPointF()
        self.space_held = False  # then a drag moves the map
        self.space_used = False
        self._moves = Throttle(self)
        self._moves.passed.connect(self.place_moved)

    @property
    def busy(self) -> bool:
        """Whether a button is held."""
        return self._drag is not _Drag.NONE

    @property
    def is_panning(self) -> bool:
        """Whether the map is being moved."""
        return self._drag is _Drag.PAN

    def press(self, event: QMouseEvent) -> bool:
        """A button went down; False if it means nothing here."""
        at = event.position()
        self._began = self._last = at
        button, keys = event.button(), event.modifiers()
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (left and self.space_held):
            self._drag, self.space_used = _Drag.PAN, True
        elif not left:
            return False
        elif keys & Qt.KeyboardModifier.ShiftModifier:
            self._drag = _Drag.LASSO
            self._scene.lasso = [(at.x(), at.y())]
        else:
            self._press_to_play(at, bool(keys & Qt.KeyboardModifier.ControlModifier))
        return True

    def _press_to_play(self, at: QPointF, control: bool) -> None:
        dot = self._scene.dot_at(at.x(), at.y())
        if dot is None:
            self._begin_place(at)
        elif control:
            self._drag, self._dot = _Drag.TOGGLE, dot
        else:
            self._drag, self._dot = _Drag.DOT, dot
            self.dot_pressed.emit(dot)

    def _begin_place(self, at: QPointF) -> None:
        self._drag = _Drag.PLACE
        self.place_pressed.emit(*self._scene.place_at(at.x(), at.y()))

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved with a button held."""
        at = event.position()
        far = (at - self._began).manhattanLength() >= QApplication.startDragDistance()
        if self._drag is _Drag.PAN:
            step = at - self._last
            self._scene.view = self._scene.view.moved(step.x(), step.y())
            self.view_moved.emit()
        elif self._drag is _Drag.PLACE:
            self._moves.push(*self._scene.place_at(at.x(), at.y()))
        elif self._drag is _Drag.LASSO:
            self._draw_lasso(at)
        elif far and self._drag is _Drag.TOGGLE:
            self._drag_out()
        elif far and self._drag is _Drag.DOT:
            if self._dot in self._scene.selected:
                self._drag_out()
            else:
                self._begin_place(at)
        self._last = at

    def _drag_out(self) -> None:
        selected = self._scene.selected
        dragged = sorted(selected) if self._dot in selected else [self._dot]
        self._drag = _Drag.NONE
        self.drag_started.emit(dragged)

    def _draw_lasso(self, at: QPointF) -> None:
        lasso = self._scene.lasso
        if not lasso or abs(at.x() - lasso[-1][0]) + abs(at.y() - lasso[-1][1]) >= _LASSO_STEP:
            lasso.append((at.x(), at.y()))
            self.lasso_changed.emit()

    def release(self, event: QMouseEvent) -> None:
        """The button came up."""
        drag, self._drag = self._drag, _Drag.NONE
        if drag is _Drag.PLACE:
            self._moves.flush()
            self.place_released.emit(*self._scene.place_at(event.position().x(), event.position().y()))
        elif drag is _Drag.TOGGLE:
            self.dot_toggled.emit(self._dot)
        elif drag is _Drag.LASSO:
            lasso, self._scene.lasso = self._scene.lasso, []
            found = inside(self._scene.pixels, lasso)
            add = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.lasso_changed.emit()
            if len(lasso) > 2:
                self.lassoed.emit(found, add)

    def cancel(self) -> None:
        """Whatever was going on is over."""
        drag, self._drag = self._drag, _Drag.NONE
        if drag is _Drag.LASSO:
            self._scene.lasso = []
            self.lasso_changed.emit()
        elif drag is _Drag.PLACE:
            self._moves.flush()
            self.place_released.emit(*self._scene.place_at(self._last.x(), self._last.y()))

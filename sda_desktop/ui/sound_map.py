"""The map of sounds: a dot for each, and the space between them, played with the pointer or the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QMenu, QWidget

from sda_desktop.ui.map_canvas import MapCanvas
from sda_desktop.ui.map_data import MapAction, MapDot, MapState, PlaceAction, matches
from sda_desktop.ui.map_keys import MapKeys
from sda_desktop.ui.map_menu import place_menu, sounds_menu
from sda_desktop.ui.map_pointer import MapPointer
from sda_desktop.ui.map_zoom import gesture_zoom, native_zoom, wheel_move, wheel_zoom

AIM_MS = 60  # a pointer that stays for so long may be about to press


class SoundMap(MapCanvas):
    """Shows dots, and says what is done to them and between them.  Plays nothing itself.

    Sounds are given by their place in the list that set_dots() got; places are 0 to 1, y downwards.
    """

    sound_clicked = Signal(int)
    place_pressed = Signal(float, float)
    place_moved = Signal(float, float)  # at most one in 30 ms while the button is held
    place_released = Signal(float, float)
    selection_changed = Signal(object)  # list[int]
    drag_out_requested = Signal(object)  # list[int]
    action_requested = Signal(str, object)  # MapAction, list[int]
    place_action_requested = Signal(str, float, float)  # PlaceAction
    hits_changed = Signal(int, int)  # how many were found, and which of them is the current one (0: none)
    search_requested = Signal()  # Ctrl+F or /: the search field should have the focus
    stop_requested = Signal()
    sound_aimed_at = Signal(int)  # the pointer rests there for a moment: it may be pressed
    place_aimed_at = Signal(float, float)
    approached = Signal()  # the pointer or the focus came: a sound may be wanted soon
    departed = Signal()  # the map is no longer in sight

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("soundMap")
        self.setAccessibleName(self.tr("Map of sounds"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._pointer = MapPointer(self.scene, self)
        self._keys = MapKeys(self.scene, self._pointer, self)
        self._aim: QPointF | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AIM_MS)
        self._rest.timeout.connect(self._on_rest_timeout)
        self._connect()
        self._describe()

    def _connect(self) -> None:
        pointer, keys = self._pointer, self._keys
        pointer.dot_pressed.connect(self._on_dot_pressed)
        pointer.dot_toggled.connect(self._on_pointer_dot_toggled)
        pointer.place_pressed.connect(self._on_pointer_place_pressed)
        pointer.place_moved.connect(self._on_pointer_place_moved)
        pointer.place_released.connect(self.place_released)
        pointer.lassoed.connect(self._on_pointer_lassoed)
        pointer.drag_started.connect(self.drag_out_requested)
        pointer.view_moved.connect(self._redraw)
        pointer.lasso_changed.connect(self.update)
        keys.play_requested.connect(self._on_dot_pressed)
        keys.cursor_moved.connect(self._on_keys_cursor_moved)
        keys.zoom_requested.connect(self._zoom)
        keys.fit_requested.connect(self.fit)
        keys.clear_requested.connect(self.clear)
        keys.next_hit_requested.connect(self.next_hit)
        keys.search_requested.connect(self.search_requested)
        keys.select_all_requested.connect(self._on_keys_select_all_requested)

    # What it shows.

    def set_no_model(self) -> None:
        """Say that no model is chosen."""
        self._set_dots((), "no_model")

    def set_measuring(self, done: int, total: int) -> None:
        """Say that the sounds are being measured, and how far that has come."""
        self.scene.done, self.scene.total = done, total
        if self.scene.state == "measuring":
            self._describe()
            self.update()
        else:
            self._set_dots((), "measuring")

    def set_dots(self, dots: Sequence[MapDot]) -> None:
        """Show these sounds."""
        self._set_dots(dots, "ready" if dots else "no_sounds")
        self.fit()

    def _set_dots(self, dots: Sequence[MapDot], state: MapState) -> None:
        scene = self.scene
        self._pointer.cancel()
        had_selection = bool(scene.selected)
        scene.state = state
        scene.set_dots(dots)
        if had_selection:
            self.selection_changed.emit([])
        self._recolor()
        self.set_search(scene.search)
        self._describe()

    def set_places(self, places: Sequence[tuple[float, float]]) -> None:
        """Lay the same sounds out elsewhere; (x, y) for each."""
        self.scene.set_places(places)
        self.scene.marker = None
        self.scene.trail.clear()
        self._redraw()

    def set_color_by(self, by: str) -> None:
        """Colour the dots by "folder", or by the name of a feature."""
        self.scene.color_by = by
        self._recolor()

    def set_playing(self, index: int | None, progress: float = 0.0) -> None:
        """Mark the sound that is heard, and how far it has come, 0 to 1; or none."""
        scene = self.scene
        if index is not None and not 0 <= index < len(scene.dots):
            index = None
        if (index, progress) != (scene.playing, scene.progress):
            scene.playing, scene.progress = index, min(max(progress, 0.0), 1.0)
            self.update()

    @Slot(float)
    def set_progress(self, progress: float) -> None:
        """How far the sound that is heard has come."""
        self.set_playing(self.scene.playing, progress)

    def set_marker(self, place: tuple[float, float] | None) -> None:
        """Mark a place as the one played last, as when a sound of the history is shown; or none."""
        if place == self.scene.marker:
            return  # it was played here, and has a trail
        self.scene.marker = place
        self.scene.trail.clear()
        self.update()

    def set_selection(self, indices: Sequence[int]) -> None:
        """Select these sounds."""
        chosen = {index for index in indices if 0 <= index < len(self.scene.dots)}
        if chosen != self.scene.selected:
            self.scene.selected = chosen
            self._redraw()
            self._describe()
            self.selection_changed.emit(sorted(chosen))

    @property
    def selection(self) -> list[int]:
        """The selected sounds."""
        return sorted(self.scene.selected)

    @Slot(str)
    def set_search(self, text: str) -> None:
        """Highlight the sounds whose name or folder has these words; dim the others."""
        scene = self.scene
        scene.search, scene.hits, scene.hit = text, matches(scene.dots, text), -1
        self.hits_changed.emit(len(scene.hits), 0)
        self._redraw()

    @Slot()
    def next_hit(self) -> None:
        """Go to the next sound that was found."""
        scene = self.scene
        if scene.hits:
            scene.hit = (scene.hit + 1) % len(scene.hits)
            self._go_to(scene.hits[scene.hit])
            self.hits_changed.emit(len(scene.hits), scene.hit + 1)

    @Slot()
    def clear(self) -> None:
        """Stop what sounds; a lasso, or else the selection and the marks, go away."""
        busy = self._pointer.busy
        self._pointer.cancel()
        self.stop_requested.emit()
        if not busy:
            self.scene.cursor = self.scene.marker = None
            self.scene.trail.clear()
            self.scene.hit = -1
            self.set_selection([])
        self.update()

    # Inside.

    def _hover(self, at: QPointF | None) -> None:
        scene = self.scene
        self._aim = at
        self._rest.start()
        found = None if at is None or not scene.dots else scene.dot_at(at.x(), at.y())
        if found != scene.hovered:
            scene.hovered = found
            scene.keyed = scene.keyed and found is None
            self.update()
        self._show_cursor()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.CrossCursor if self.scene.dots else Qt.CursorShape.ArrowCursor
        if self._pointer.is_panning:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._pointer.space_held:
            shape = Qt.CursorShape.OpenHandCursor
        elif self.scene.hovered is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    @Slot()
    def _on_rest_timeout(self) -> None:
        scene, at = self.scene, self._aim
        if at is None or not scene.dots or self._pointer.busy:
            return
        if scene.hovered is not None:
            self.sound_aimed_at.emit(scene.hovered)
        else:
            self.place_aimed_at.emit(*scene.place_at(at.x(), at.y()))

    # What was done.

    @Slot(int)
    def _on_dot_pressed(self, index: int) -> None:
        self.scene.cursor = index
        self.scene.keyed = self.scene.keyed and self.scene.hovered is None
        self.sound_clicked.emit(index)
        self._describe()
        self.update()

    @Slot(int)
    def _on_pointer_dot_toggled(self, index: int) -> None:
        self.set_selection(list(self.scene.selected ^ {index}))

    @Slot(float, float)
    def _on_pointer_place_pressed(self, x: float, y: float) -> None:
        self.scene.cursor = self.scene.hovered = None
        self.scene.trail.clear()
        self._mark(x, y)
        self.place_pressed.emit(x, y)

    @Slot(float, float)
    def _on_pointer_place_moved(self, x: float, y: float) -> None:
        self._mark(x, y)
        self.place_moved.emit(x, y)

    def _mark(self, x: float, y: float) -> None:
        self.scene.marker = (x, y)
        self.scene.trail.append((x, y))
        self.update()

    @Slot(object, bool)
    def _on_pointer_lassoed(self, indices: list[int], add: bool) -> None:
        self.set_selection([*self.scene.selected, *indices] if add else indices)

    @Slot(int)
    def _on_keys_cursor_moved(self, index: int) -> None:
        self._go_to(index)

    @Slot()
    def _on_keys_select_all_requested(self) -> None:
        self.set_selection(self.scene.hits or range(len(self.scene.dots)))

    # Events.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.scene.dots or not self._pointer.press(event):
            super().mousePressEvent(event)
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.scene.dots and self.scene.dot_at(at.x(), at.y()) is None:
            self.fit()
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pointer.busy:
            self._pointer.move(event)
        else:
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)
        self._hover(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        move = wheel_move(event)
        if not self.scene.dots:
            event.ignore()
        elif move is not None:
            self.scene.view = self.scene.view.moved(*move)
            self._redraw()
        else:
            self._zoom_at(wheel_zoom(event), event.position().x(), event.position().y())
        self._hover(event.position())

    def event(self, event: QEvent) -> bool:
        zoom = None
        if isinstance(event, QNativeGestureEvent):
            zoom = native_zoom(event)
        elif isinstance(event, QGestureEvent):
            zoom = gesture_zoom(event, self)
        if zoom is None:
            return super().event(event)
        self._zoom_at(*zoom)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.scene.dots or not self._keys.press(event):
            super().keyPressEvent(event)
        self._show_cursor()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._keys.release(event):
            super().keyReleaseEvent(event)
        self._show_cursor()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.approached.emit()
        super().enterEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._pointer.cancel()
        self.departed.emit()
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.approached.emit()
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._pointer.space_held = False
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.scene.dots:
            return
        at = QPointF(event.pos())
        dot = self.scene.dot_at(at.x(), at.y())
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.scene.cursor is not None:
            dot = self.scene.cursor
            at = QPointF(*self.scene.pixels[dot].tolist())
        menu = self.menu_at(at, dot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(at.toPoint()) + QPoint(1, 1))

    def menu_at(self, at: QPointF, dot: int | None) -> QMenu:
        """The context menu of a dot (of all selected ones, if it is one of them) or of a place."""
        if dot is None:
            x, y = self.scene.place_at(at.x(), at.y())

            def choose_place(action: PlaceAction) -> None:
                self.place_action_requested.emit(action, x, y)

            return place_menu(self, choose_place, self.fit)
        indices = self.selection if dot in self.scene.selected else [dot]

        def choose(action: MapAction) -> None:
            self.action_requested.emit(action, indices)

        return sounds_menu(self, [self.scene.dots[index] for index in indices], choose, self.fit)

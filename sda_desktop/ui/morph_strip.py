"""A morph: two to four sounds, and a curve over time of where between them the new sound is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sda_desktop.generation.morph_course import FEWEST_STOPS, MOST_STOPS, course_of
from sda_desktop.generation.recipe import Stop, Weights
from sda_desktop.ui import icons, theme
from sda_desktop.ui.drops import dropped_paths, dropped_places
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.length_edit import LengthEdit
from sda_desktop.ui.morph_canvas import MorphCanvas
from sda_desktop.ui.morph_curve import STRAIGHT, Point
from sda_desktop.ui.morph_stops import MorphStop, StopColumn

HEIGHT = 110
TOOLS_WIDTH = 13 * theme.GRID
_ICON = 16


@dataclass(frozen=True, slots=True)
class MorphState:
    """All that a morph strip holds, to be undone and redone."""

    stops: tuple[MorphStop, ...] = ()
    points: tuple[Point, ...] = STRAIGHT
    seconds: float | None = None  # None: a length that suits the sounds


class MorphStrip(QWidget):
    """Holds the stops and the curve, and asks for the sound."""

    morph_changed = Signal(object)  # list[(at, position)]; the stops may be others as well
    state_changed = Signal()  # by the user: a stop, the curve or the length
    length_changed = Signal(object)  # float or None
    play_requested = Signal()
    stop_played = Signal(str)  # key of a stop that was clicked
    add_requested = Signal()  # of the present sound
    places_dropped = Signal(object)  # list[(name, weights)]: sounds of the map or of the history
    files_dropped = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("morphStrip")
        self.setAccessibleName(self.tr("Morph"))
        self.setAcceptDrops(True)
        self.setFixedHeight(HEIGHT)
        self._stops: list[MorphStop] = []
        self._ready = True
        self._canvas = MorphCanvas()
        self._column = StopColumn()
        self._build()
        self._canvas.curve_changed.connect(self._on_canvas_curve_changed)
        self._canvas.play_requested.connect(self._on_play_clicked)
        self._column.played.connect(self._on_column_played)
        self._column.removed.connect(self.remove_stop)
        self._column.moved.connect(self.move_stop)
        self._column.add_requested.connect(self.add_requested)
        self._enable()

    # Building.

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        tools = QWidget()
        tools.setFixedWidth(TOOLS_WIDTH)
        column = QVBoxLayout(tools)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        title = QLabel(self.tr("Morph"))
        theme.set_role(title, "heading")
        column.addWidget(title)
        column.addLayout(self._buttons())
        column.addLayout(self._length_row())
        self._play = QPushButton(self.tr("Play"))
        self._play.setObjectName("morphPlay")
        self._play.setAccessibleName(self.tr("Make and play the morph"))
        self._play.setIcon(icons.icon("play"))
        self._play.clicked.connect(self._on_play_clicked)
        column.addStretch(1)
        column.addWidget(self._play)
        for widget in (tools, self._column):
            row.addWidget(widget)
        row.addWidget(self._canvas, 1)

    def _buttons(self) -> QHBoxLayout:
        self._add = icon_button("morphAdd", "add", self.tr("Add the present sound to the morph"), _ICON)
        self._add.clicked.connect(self.add_requested)
        self._straighten = icon_button(
            "morphStraighten", "straighten", self.tr("Straight from the first sound to the last"), _ICON
        )
        self._straighten.clicked.connect(self._on_straighten_clicked)
        self._clear = icon_button("morphClear", "delete", self.tr("Take all sounds out of the morph"), _ICON)
        self._clear.clicked.connect(self._on_clear_clicked)
        row = QHBoxLayout()
        row.setSpacing(2)
        for button in (self._add, self._straighten, self._clear):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _length_row(self) -> QHBoxLayout:
        words = QLabel(self.tr("Length"))
        self._length = LengthEdit()
        self._length.setObjectName("morphLength")
        self._length.setAccessibleName(self.tr("Length of the morph"))
        self._length.length_edited.connect(self._on_length_edited)
        words.setBuddy(self._length)
        row = QHBoxLayout()
        row.setSpacing(theme.HALF)
        row.addWidget(words)
        row.addWidget(self._length, 1)
        return row

    # What it is told.

    def add_stop(
        self, key: str, name: str, outline: NDArray[np.float32], weights: Weights | None = None
    ) -> bool:
        """One more sound at the end, or a place with weights of sounds; False if there is no room."""
        if len(self._stops) >= MOST_STOPS:
            return False
        own: Weights = ((key, 1.0),) if weights is None else weights
        self._stops.append(MorphStop(key, name, np.asarray(outline, np.float32), own))
        self._show_stops()
        self._stops_changed()
        return True

    @Slot(int)
    def remove_stop(self, index: int) -> None:
        """Take one out."""
        del self._stops[index]
        self._show_stops(focused=index)
        self._stops_changed()

    @Slot(int, int)
    def move_stop(self, index: int, target: int) -> None:
        """Put one elsewhere in the order."""
        self._stops.insert(target, self._stops.pop(index))
        self._show_stops(focused=target)
        self._stops_changed()

    def set_state(self, state: MorphState) -> None:
        """Show another morph.  Reports nothing."""
        self._stops = list(state.stops)
        self._show_stops()
        self._canvas.set_points(state.points)
        self._length.show_seconds(state.seconds)
        self._enable()

    def set_ready(self, ready: bool) -> None:
        """Whether there is a model to play."""
        self._ready = ready
        self._enable()

    def set_progress(self, share: float | None) -> None:
        """Where in the morph the playhead is; None while it does not play."""
        self._canvas.set_progress(share)

    # What it holds.

    def state(self) -> MorphState:
        """All of it."""
        return MorphState(tuple(self._stops), self.points(), self.seconds())

    def stops(self) -> tuple[MorphStop, ...]:
        """From the first to the last."""
        return tuple(self._stops)

    def points(self) -> tuple[Point, ...]:
        """The curve: (at, position), 0 to 1, and somewhat beyond for the position."""
        return self._canvas.curve.points()

    def seconds(self) -> float | None:
        """The length; None for one that suits the sounds."""
        return self._length.seconds()

    def course(self) -> tuple[Stop, ...]:
        """What `Instrument.morph` takes.  Raises BadInputError with fewer than two stops."""
        return course_of(self.points(), [stop.weights for stop in self._stops])

    # Showing.

    def _show_stops(self, focused: int | None = None) -> None:
        self._column.show_stops(self._stops, focused)
        self._canvas.set_names([stop.name for stop in self._stops])
        self._enable()

    def _enable(self) -> None:
        count = len(self._stops)
        enough = count >= FEWEST_STOPS
        self._play.setEnabled(self._ready and enough)
        self._play.setToolTip(
            self.tr("Make this morph and play it (Space on the curve)")
            if enough
            else self.tr("Add at least two sounds first")
        )
        self._add.setEnabled(self._ready and count < MOST_STOPS)
        self._column.setEnabled(self._ready)
        self._straighten.setEnabled(enough and self.points() != STRAIGHT)
        self._clear.setEnabled(count > 0)

    def _stops_changed(self) -> None:
        self.state_changed.emit()
        self._tell_curve()

    def _tell_curve(self) -> None:
        self._enable()
        self.morph_changed.emit(list(self.points()))

    # What the user does.

    @Slot()
    def _on_canvas_curve_changed(self) -> None:
        self.state_changed.emit()
        self._tell_curve()

    @Slot()
    def _on_straighten_clicked(self) -> None:
        self._canvas.setFocus()  # before the button is disabled
        self._canvas.straighten()
        self._on_canvas_curve_changed()

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._stops.clear()
        self._canvas.straighten()
        self._show_stops()
        self._stops_changed()

    @Slot()
    def _on_play_clicked(self) -> None:
        if self._play.isEnabled():
            self.play_requested.emit()

    @Slot(int)
    def _on_column_played(self, index: int) -> None:
        self.stop_played.emit(self._stops[index].key)

    @Slot(object)
    def _on_length_edited(self, seconds: float | None) -> None:
        self.state_changed.emit()
        self.length_changed.emit(seconds)

    # Drops.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        room = len(self._stops) < MOST_STOPS and self._ready
        if room and (dropped_places(mime) or dropped_paths(mime)):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._canvas.set_welcoming(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._canvas.set_welcoming(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._canvas.set_welcoming(False)
        room = MOST_STOPS - len(self._stops)
        if places := dropped_places(event.mimeData()):
            self.places_dropped.emit(places[:room])
        elif paths := dropped_paths(event.mimeData()):
            self.files_dropped.emit(paths[:room])
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

"""The Train page: three columns with splitters that remember where they were left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.settings import Settings

# The sides take so much of the width, within these limits; the curves get all the rest.
_SIDE_SHARE = 0.26
_SIDES = (272, 400)
_LEFT_HEIGHTS = (340, 260)
_RIGHT_HEIGHTS = (340, 280)
_MIN_SIDE = 264
_MIN_MIDDLE = 320


@dataclass(frozen=True)
class Panels:
    """What stands where."""

    sounds: QWidget
    settings: QWidget
    controls: QWidget  # below the settings, never scrolled away
    curves: QWidget
    previews: QWidget
    runs: QWidget


class Columns(QSplitter):
    """Sounds and settings | curves | previews and runs."""

    def __init__(self, panels: Panels, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("columns")
        self._left = _stack("leftColumn", panels.sounds, panels.settings)
        self._right = _stack("rightColumn", panels.previews, panels.runs)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._left, 1)
        column.addWidget(panels.controls)
        for widget, minimum in ((left, _MIN_SIDE), (panels.curves, _MIN_MIDDLE), (self._right, _MIN_SIDE)):
            widget.setMinimumWidth(minimum)
            self.addWidget(widget)
        self.setHandleWidth(theme.GRID)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setStretchFactor(2, 0)
        self._moved = False  # by the user; until then the sides follow the window's width
        self.splitterMoved.connect(self._on_splitter_moved)
        self.reset()

    def reset(self) -> None:
        """Put everything where it was on the first day."""
        self._moved = False
        self._divide()
        self._left.setSizes(list(_LEFT_HEIGHTS))
        self._right.setSizes(list(_RIGHT_HEIGHTS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new width, unless the user has done so."""
        super().resizeEvent(event)
        if not self._moved:
            self._divide()

    def _divide(self) -> None:
        room = self.width() - 2 * self.handleWidth()
        side = min(max(round(_SIDE_SHARE * room), _SIDES[0]), _SIDES[1])
        self.setSizes([side, room - 2 * side, side])

    @Slot()
    def _on_splitter_moved(self) -> None:
        self._moved = True

    def save(self, settings: Settings) -> None:
        """Remember the splitters."""
        settings.set_flag("window/columnsMoved", self._moved)
        for splitter in (self, self._left, self._right):
            settings.set_blob(f"window/{splitter.objectName()}", splitter.saveState())

    def restore(self, settings: Settings) -> None:
        """Put the splitters where they were left; whatever is not known stays as it is."""
        self._moved = settings.flag("window/columnsMoved")
        for splitter in (self, self._left, self._right):
            state = settings.blob(f"window/{splitter.objectName()}")
            if not state.isEmpty():
                splitter.restoreState(state)


def _stack(name: str, upper: QWidget, lower: QWidget) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Vertical)
    splitter.setObjectName(name)
    splitter.setHandleWidth(theme.GRID)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(upper)
    splitter.addWidget(lower)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 1)
    return splitter

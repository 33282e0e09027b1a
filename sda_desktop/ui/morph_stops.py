"""The sounds that a morph leads past: one under the other, each as high as its part of the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.generation.morph_course import FEWEST_STOPS
from sda_desktop.generation.recipe import Weights
from sda_desktop.ui import icons, theme
from sda_desktop.ui.waveform import outline

WIDTH = 22 * theme.GRID
SMALLEST_WIDTH = 16 * theme.GRID
WAVEFORM_WIDTH = 7 * theme.GRID
REMOVE_WIDTH = 18
_ICON = QSize(12, 12)


@dataclass(frozen=True, slots=True, eq=False)
class MorphStop:
    """A sound, or a place between sounds.  outline: (2, columns), minima and maxima."""

    key: str
    name: str
    outline: NDArray[np.float32]
    weights: Weights


class StopRow(QWidget):
    """One stop.  A click plays it, a drag up or down reorders, Delete removes; Alt and arrows reorder too."""

    played = Signal(int)  # its index
    removed = Signal(int)
    moved = Signal(int, int)  # from its index to another

    def __init__(self, stop: MorphStop, index: int, count: int) -> None:
        super().__init__()
        self.stop, self._index, self._count = stop, index, count
        self._pressed_y: float | None = None
        self._dragged = False
        self.setObjectName(f"morphStop_{index}")
        name = self.tr("{number} of {count}: {name}").format(number=index + 1, count=count, name=stop.name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            self.tr("Space plays it, Delete removes it, Alt with Up or Down moves it.")
        )
        tip = self.tr("{name}: click to hear it, drag up or down to reorder")
        self.setToolTip(tip.format(name=stop.name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        remove = QToolButton()
        remove.setObjectName(f"removeStop_{index}")
        remove.setIcon(icons.icon("close", "muted"))
        remove.setIconSize(_ICON)
        remove.setFixedSize(REMOVE_WIDTH, REMOVE_WIDTH)
        remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Delete does the same
        remove.setAccessibleName(self.tr("Take {name} out of the morph").format(name=stop.name))
        remove.setToolTip(self.tr("Take it out of the morph"))
        remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 2, 0)
        row.addStretch(1)
        row.addWidget(remove)

    def minimumSizeHint(self) -> QSize:
        return QSize(WAVEFORM_WIDTH, 2 * theme.GRID)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removed.emit(self._index)

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_y, self._dragged = event.position().y(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_y is None:
            return
        if abs(event.position().y() - self._pressed_y) >= QApplication.startDragDistance():
            self._dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_y is None:
            return
        self._pressed_y = None
        self.unsetCursor()
        if not self._dragged:
            self.played.emit(self._index)
            return
        column = self.mapToParent(event.position().toPoint()).y()
        self._move_to(column // max(1, self.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self._index)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.played.emit(self._index)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            if alt:
                self._move_to(self._index + step)
            else:
                self.focusNextPrevChild(step > 0)
        else:
            super().keyPressEvent(event)

    def _move_to(self, index: int) -> None:
        index = min(max(index, 0), self._count - 1)
        if index != self._index:
            self.moved.emit(self._index, index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        painter.setPen(QPen(QColor(colors.accent if self.hasFocus() else colors.border), 1))
        painter.setBrush(QColor(colors.base))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        self._paint_sound(painter, colors)
        left = WAVEFORM_WIDTH + theme.GRID
        room = QRect(left, 0, self.width() - left - REMOVE_WIDTH - theme.HALF, self.height())
        painter.setPen(QColor(colors.text))
        name = painter.fontMetrics().elidedText(self.stop.name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()

    def _paint_sound(self, painter: QPainter, colors: theme.Colors) -> None:
        if self.stop.outline.shape[-1] == 0:
            return
        height = min(self.height() - 8, 3 * theme.GRID)
        area = QRectF(theme.HALF, (self.height() - height) / 2, WAVEFORM_WIDTH - theme.HALF, height)
        loudest = max(float(np.abs(np.nan_to_num(self.stop.outline)).max()), 1e-3)
        low, high = np.asarray(self.stop.outline, np.float32) / np.float32(loudest)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.waveform))
        painter.drawPolygon(outline(low, high, area, 2 * WAVEFORM_WIDTH))


class StopColumn(QWidget):
    """The stops from the first to the last; where there are too few, places to add one."""

    played = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)  # from, to
    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(SMALLEST_WIDTH)
        self.setMaximumWidth(WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[StopRow] = []
        self.show_stops(())

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def show_stops(self, stops: Sequence[MorphStop], focused: int | None = None) -> None:
        """Show these stops, the one with the index `focused` ready for keys."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self._rows = [StopRow(stop, index, len(stops)) for index, stop in enumerate(stops)]
        for row in self._rows:
            row.played.connect(self.played)
            row.removed.connect(self.removed)
            row.moved.connect(self.moved)
            self._column.addWidget(row, 1)
            row.show()  # now, so that it can take the focus
        for number in range(len(stops), FEWEST_STOPS):
            self._column.addWidget(self._place(len(stops), number + 1), 1)
        if focused is not None and self._rows:
            self._rows[min(focused, len(self._rows) - 1)].setFocus()

    def _place(self, stops: int, number: int) -> QPushButton:
        words = self.tr("Add a sound") if stops == 0 else self.tr("Add another sound")
        made = QPushButton(words)
        made.setObjectName("morphPlace")
        made.setAccessibleName(self.tr("Add sound {number} of the morph").format(number=number))
        made.setIcon(icons.icon("add", "muted"))
        made.setToolTip(self.tr("Add the present sound, or drag one here from the map or the history"))
        theme.set_role(made, "quiet")
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        made.clicked.connect(self.add_requested)
        return made

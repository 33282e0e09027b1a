"""A fade over the time of a sound: hold the first, fade, hold the second; both ends are dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.bar_slider import HANDLE_WIDTH, SIDE, bar_height

DEFAULT = (0.25, 0.75)
KEY_STEP = 0.01
GRAB = 8  # pixels around an end


class FadeBar(QWidget):
    """Two shares of the time, the first no later than the second.

    Drag either end, or what is between them to move both; Left and Right move an end, Up and Down choose
    which; a double click goes back.
    """

    moved = Signal(float, float)  # by the user
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = list(DEFAULT)
        self._words = ("", "")
        self._held: tuple[int, ...] = ()  # the ends that the pointer moves
        self._last_x = 0.0
        self._chosen = 0  # the end that the keys move
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.small(self.font()))
        theme.notifier().changed.connect(self.update)
        self._describe()

    def set_words(self, first: str, second: str) -> None:
        """What is heard before and after the fade."""
        self._words = (first, second)
        self.update()

    def show_ends(self, start: float, end: float) -> None:
        """Show a fade; reports nothing."""
        self._ends = [start, end]
        self._describe()
        self.update()

    def ends(self) -> tuple[float, float]:
        """From where to where, in shares of the time."""
        return self._ends[0], self._ends[1]

    def _describe(self) -> None:
        words = self.tr("Fades from {start} % to {end} % of the time; the keys move the {which}.")
        which = (self.tr("beginning"), self.tr("end"))[self._chosen]
        start, end = (round(100 * share) for share in self._ends)
        self.setAccessibleDescription(words.format(start=start, end=end, which=which))

    def _move(self, which: tuple[int, ...], change: float) -> None:
        """Move one end, no further than the other, or both as far as either can go."""
        before = self.ends()
        if len(which) == 2:
            change = min(max(change, -self._ends[0]), 1 - self._ends[1])
        for index in which:
            self._ends[index] += change
        if which == (0,):
            self._ends[0] = min(max(self._ends[0], 0.0), self._ends[1])
        elif which == (1,):
            self._ends[1] = max(min(self._ends[1], 1.0), self._ends[0])
        self._describe()
        self.update()
        if self.ends() != before:
            self.moved.emit(*self.ends())

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        offsets = [x - self._x_of(share) for share in self._ends]
        if offsets[0] > GRAB and offsets[1] < -GRAB:
            self._held = (0, 1)
        else:
            # Ends that lie on each other are told apart by the side.
            nearer = 0 if abs(offsets[0]) < abs(offsets[1]) or (offsets[0] < 0 and offsets[1] < 0) else 1
            self._held, self._chosen = (nearer,), nearer
            if abs(offsets[nearer]) > GRAB:
                self._move(self._held, offsets[nearer] / self._width())
        self._last_x = x
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._held:
            return
        x = event.position().x()
        self._move(self._held, (x - self._last_x) / self._width())
        self._last_x = x

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = ()
            self.settled.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_ends(*DEFAULT)
        self.moved.emit(*DEFAULT)
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -KEY_STEP, Qt.Key.Key_Right: KEY_STEP}
        if key in steps:
            self._move((self._chosen,), steps[key])
            self.settled.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._chosen = 1 - self._chosen
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting.

    def sizeHint(self) -> QSize:
        return QSize(20 * theme.GRID, bar_height(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(10 * theme.GRID, bar_height(self))

    def _width(self) -> float:
        return max(1.0, self.width() - 2 * HANDLE_WIDTH)

    def _x_of(self, share: float) -> float:
        return HANDLE_WIDTH + share * self._width()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(colors.base if self.isEnabled() else colors.window))
        if self.isEnabled():
            self._paint_second(painter, colors)
        self._paint_words(painter, colors)
        if self.isEnabled():
            self._paint_ends(painter, colors)
        painter.setClipping(False)
        edge = colors.accent if self.hasFocus() else (colors.field if self.isEnabled() else colors.border)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        painter.end()

    def _paint_second(self, painter: QPainter, colors: theme.Colors) -> None:
        """What is filled is the second sound."""
        start, end = (self._x_of(share) for share in self._ends)
        bottom, right = float(self.height()), float(self.width())
        second = [QPointF(start, bottom), QPointF(end, 0), QPointF(right, 0), QPointF(right, bottom)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.selection))
        painter.drawPolygon(QPolygonF(second))

    def _paint_words(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.setPen(QColor(colors.text if self.isEnabled() else colors.disabled))
        area = self.rect().adjusted(SIDE, 0, -SIDE, -1)
        for word, side in zip(
            self._words, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True
        ):
            room = self.width() // 2 - 2 * SIDE
            shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room)
            painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_ends(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for index, x in enumerate(self._x_of(share) for share in self._ends):
            chosen = self.hasFocus() and index == self._chosen
            painter.setBrush(QColor(colors.text if chosen else colors.accent))
            handle = QRectF(x - HANDLE_WIDTH / 2, 2, HANDLE_WIDTH, self.height() - 4)
            painter.drawRoundedRect(handle, 1.5, 1.5)

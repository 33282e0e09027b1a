"""One plot: axes, curves, and a hairline at the pointer, painted by a single widget.

Measured: a curve of 600 points costs 0.3 ms with a pen of 1 px, and up to 9 ms with one of 2 px, so bold
curves are thin ones drawn three times.  One widget paints everything: every item more would have to win
Python's lock back from the training once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import VoidPtr

from sda_desktop.ui import theme
from sda_desktop.ui.plot_axes import Ticks, bottom_ticks, left_ticks

Row = NDArray[np.float64]
Range = tuple[float, float]
LEFT_AXIS_WIDTH = 48
BOTTOM_AXIS_HEIGHT = 22
LABEL_APART = 6  # pixels between a label on the left and the drawing
DOT_SIZE = 5
MOST_DOTS = 150
ZOOM_PER_NOTCH = 0.75  # what is left of the width in sight after one notch of the wheel
_NOTCH = 120  # Qt's units of a wheel's notch
_ZOOM_PER_PIXEL = 0.99  # while the right button is held
_FINEST = 1e-6  # of the whole width
_LABEL_GROUND = 200  # opacity behind labels that stand among the curves
# A bold line is three thin ones a pixel apart: Qt strokes a wide pen by computing its outline.
_BOLDER = ((1.0, 0.0), (0.0, 1.0))
_memory: Any = VoidPtr  # its published types do not know of sizes


@dataclass(frozen=True, slots=True)
class Stroke:
    """One polyline in the plot's coordinates."""

    x: Row
    y: Row
    color: str
    bold: bool = False
    dash: Qt.PenStyle = Qt.PenStyle.SolidLine
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """A horizontal line with a word on it: a limit."""

    y: float
    text: str


def envelope(x: Row, low: Row, high: Row) -> tuple[Row, Row]:
    """A polyline that goes through the least and the greatest of each bin."""
    if np.array_equal(low, high):
        return x, low
    y = np.empty(2 * len(x))
    y[0::2], y[1::2] = low, high
    return np.repeat(x, 2), y


def polygon_of(x: Row, y: Row) -> QPolygonF:
    """The points (x, y) as Qt wants them, in one go: a QPointF each would take a hundred times longer."""
    made = QPolygonF()
    made.resize(len(x))
    if len(x):
        memory = _memory(made.data(), 16 * len(x), True)  # two doubles for each point, to be written
        points = np.frombuffer(memory, np.float64).reshape(-1, 2)
        points[:, 0], points[:, 1] = x, y
    return made


def _pen(color: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(color), width, style)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


@dataclass(frozen=True, slots=True)
class _Curve:
    """A stroke made ready to be painted again and again."""

    polygon: QPolygonF
    pen: QPen
    bold: bool
    dots: QPen | None

    @classmethod
    def of(cls, stroke: Stroke) -> _Curve:
        dots = None
        if (stroke.dots or len(stroke.x) == 1) and len(stroke.x) <= MOST_DOTS:
            dots = _pen(stroke.color, DOT_SIZE)
            dots.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen = _pen(stroke.color, 1, stroke.dash)
        return cls(polygon_of(stroke.x, stroke.y), pen, stroke.bold, dots)

    def paint(self, painter: QPainter, transform: QTransform) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.bold)
        painter.setPen(self.pen)
        painter.setTransform(transform)
        painter.drawPolyline(self.polygon)
        for dx, dy in _BOLDER if self.bold else ():
            painter.setTransform(transform * QTransform.fromTranslate(dx, dy))
            painter.drawPolyline(self.polygon)
        if self.dots is not None:
            painter.setTransform(transform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.dots)
            painter.drawPoints(self.polygon)


class PlotView(QFrame):
    """Zooms and moves along x only; y fits what is in sight.

    The wheel zooms around the pointer, and sideways it moves; the left button drags what is in sight, the
    right one stretches it.
    """

    hovered = Signal(object)  # float, or None when the pointer left
    zoomed = Signal(float, float)  # the user chose a part of the x axis
    double_clicked = Signal()

    def __init__(self, *, shows_x: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self.setMouseTracking(True)
        self._shows_x = shows_x
        self._x_range: Range = (0.0, 1.0)
        self._y_range: Range = (0.0, 1.0)
        self._limits: Range = (0.0, 1.0)
        self._log = self._percent = False
        self._suffix = ""
        self._curves: list[_Curve] = []
        self._guides: list[Guide] = []
        self._labels: list[tuple[float, str]] = []
        self._label_color = ""
        self._hairline: float | None = None
        self._grabbed: QPoint | None = None
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours and fonts that hold now."""
        self._font = theme.tabular(theme.small(QFont(self.font())))
        self.update()

    # What is shown.

    def set_ranges(self, x: Range, y: Range, *, log: bool) -> None:
        """What can be seen; y in powers of ten if log."""
        if (x, y, log) != (self._x_range, self._y_range, self._log):
            self._x_range, self._y_range, self._log = x, y, log
            self.update()

    def set_units(self, x_suffix: str, *, percent: bool) -> None:
        """What follows the numbers along the bottom, and whether y is a share."""
        if (x_suffix, percent) != (self._suffix, self._percent):
            self._suffix, self._percent = x_suffix, percent
            self.update()

    def set_limits(self, x_min: float, x_max: float) -> None:
        """How far the user may move."""
        self._limits = (x_min, x_max)

    def set_curves(
        self,
        strokes: Sequence[Stroke],
        guides: Sequence[Guide] = (),
        right: Sequence[tuple[float, str]] = (),
        right_color: str = "",
    ) -> None:
        """Draw these.  right: places on y and their labels in another unit, inside the right edge."""
        self._curves = [_Curve.of(stroke) for stroke in strokes if len(stroke.x)]
        self._guides, self._labels, self._label_color = list(guides), list(right), right_color
        self.update()

    def set_hairline(self, place: float | None) -> None:
        """Mark a place on x, or none."""
        if place is not None and not self._x_range[0] <= place <= self._x_range[1]:
            place = None
        if place == self._hairline:
            return
        for marked in (self._hairline, place):
            if marked is not None:
                self.update(self._across(marked) - 1, 0, 3, self.height())
        self._hairline = place

    def points_across(self) -> int:
        """The width of the drawing in device pixels."""
        return max(50, round(self.area().width() * self.devicePixelRatioF()))

    def place_at(self, point: QPoint) -> float | None:
        """Where on x a point of this widget lies, or None outside of the drawing."""
        area = self.area()
        if not area.contains(point):
            return None
        share = (point.x() - area.left()) / max(1, area.width())
        return self._x_range[0] + share * (self._x_range[1] - self._x_range[0])

    def area(self) -> QRect:
        """Where the curves are: what the frame and the axes leave."""
        below = BOTTOM_AXIS_HEIGHT if self._shows_x else theme.HALF
        return self.rect().adjusted(LEFT_AXIS_WIDTH + 1, 3, -3, -below - 1)

    def _across(self, place: float) -> int:
        area, (start, end) = self.area(), self._x_range
        return area.left() + round((place - start) / (end - start) * area.width())

    def _height_of(self, y: float) -> int:
        area, (low, high) = self.area(), self._y_range
        return area.bottom() - round((y - low) / (high - low) * area.height())

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colors = theme.colors()
        area = self.area()
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), QColor(colors.plot))
        painter.setFont(self._font)
        self._paint_axes(painter, area, colors)
        painter.save()
        painter.setClipRect(area.intersected(event.rect()))
        self._paint_curves(painter, area, colors)
        painter.restore()
        self._paint_labels(painter, colors)
        if self._hairline is not None:
            painter.setPen(QPen(QColor(colors.muted), 1))
            x = self._across(self._hairline)
            painter.drawLine(x, area.top(), x, area.bottom())
        painter.end()

    def _paint_axes(self, painter: QPainter, area: QRect, colors: theme.Colors) -> None:
        left = left_ticks(*self._y_range, area.height(), log=self._log, percent=self._percent)
        bottom = bottom_ticks(*self._x_range, area.width(), self._suffix)
        heights = [self._height_of(place) for place in left.places]
        columns = [self._across(place) for place in bottom.places]
        lines = [QLineF(area.left(), y, area.right(), y) for y in (*heights, area.bottom())]
        lines += [QLineF(x, area.top(), x, area.bottom()) for x in (area.left(), *columns)]
        painter.setPen(QPen(QColor(colors.grid), 1))
        painter.drawLines(lines)
        painter.setPen(QColor(colors.muted))
        self._write_left(painter, area, left, heights)
        if self._shows_x:
            self._write_bottom(painter, area, bottom, columns)

    def _write_left(self, painter: QPainter, area: QRect, ticks: Ticks, heights: Sequence[int]) -> None:
        tall = QFontMetrics(self._font).height()
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for y, text in zip(heights, ticks.labels, strict=True):
            top = min(max(y - tall // 2, 1), self.height() - tall - 1)  # whole, also at the very edge
            painter.drawText(QRect(1, top, area.left() - 1 - LABEL_APART, tall), where, text)

    def _write_bottom(self, painter: QPainter, area: QRect, ticks: Ticks, columns: Sequence[int]) -> None:
        metrics = QFontMetrics(self._font)
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        for x, text in zip(columns, ticks.labels, strict=True):
            wide = metrics.horizontalAdvance(text)
            left = min(x - wide // 2, self.width() - wide - 2)
            painter.drawText(QRect(left, area.bottom() + 4, wide, metrics.height()), where, text)

    def _paint_curves(self, painter: QPainter, area: QRect, colors: theme.Colors) -> None:
        (start, end), (low, high) = self._x_range, self._y_range
        painter.setPen(_pen(colors.edge, 1, Qt.PenStyle.DashLine))
        for guide in self._guides:
            y = self._height_of(guide.y)
            painter.drawLine(area.left(), y, area.right(), y)
        across, up = area.width() / (end - start), -area.height() / (high - low)
        onto = QTransform(across, 0, 0, up, area.left() - start * across, area.bottom() - low * up)
        for curve in self._curves:
            curve.paint(painter, onto)

    def _paint_labels(self, painter: QPainter, colors: theme.Colors) -> None:
        metrics = QFontMetrics(self._font)
        ground = QColor(colors.plot)
        ground.setAlpha(_LABEL_GROUND)
        for y, text in self._labels:
            width, height = metrics.horizontalAdvance(text), metrics.height()
            rect = QRect(self.width() - theme.GRID - width, self._height_of(y) - height // 2, width, height)
            if rect.top() < 0 or rect.bottom() > self.height() - theme.HALF:
                continue  # half a number helps nobody
            painter.fillRect(QRectF(rect).adjusted(-3, 0, 3, 0), ground)
            painter.setPen(QColor(self._label_color))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(colors.muted))
        for guide in self._guides:
            painter.drawText(LEFT_AXIS_WIDTH + theme.GRID, self._height_of(guide.y) - 3, guide.text)

    # The pointer.

    def show_part(self, start: float, end: float) -> None:
        """Show a part of the x axis, as far as the limits allow, and tell that it was chosen."""
        first, last = self._limits
        whole = max(last - first, 1e-300)
        width = min(max(end - start, whole * _FINEST), whole)
        start = min(max(start, first), last - width)
        self._x_range = (start, start + width)
        self.update()
        self.zoomed.emit(*self._x_range)

    def _zoom(self, factor: float, around: float) -> None:
        start, end = self._x_range
        self.show_part(around + (start - around) * factor, around + (end - around) * factor)

    def _move(self, pixels: float) -> None:
        start, end = self._x_range
        by = pixels / max(1, self.area().width()) * (end - start)
        self.show_part(start + by, end + by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if place is None:
            event.ignore()
            return
        turned = event.angleDelta()
        if abs(turned.x()) > abs(turned.y()):
            self._move(-turned.x())
        elif turned.y():
            self._zoom(ZOOM_PER_NOTCH ** (turned.y() / _NOTCH), place)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._grabbed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._grabbed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._move(self._grabbed.x() - point.x())
        elif self._grabbed is not None and event.buttons() & Qt.MouseButton.RightButton:
            start, end = self._x_range
            self._zoom(_ZOOM_PER_PIXEL ** (point.x() - self._grabbed.x()), (start + end) / 2)
        if event.buttons():
            self._grabbed = point
        self.hovered.emit(self.place_at(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

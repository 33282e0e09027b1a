"""One plot: pyqtgraph's axes and zoom, and all curves painted by a single item.

Importing this module imports pyqtgraph, which takes most of a second: metrics_plots does it in a thread once
the window is on the screen.

Measured: a curve of 600 points costs 0.3 ms with a pen of 1 px, and up to 9 ms with one of 2 px, so bold
curves are thin ones drawn three times (2 ms and 37 ms with a screen of three pixels to one, where they are
drawn eleven times).  One item paints all curves: every item more would have to win
Python's lock back from the training once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGraphicsItem, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.plot_marks import paint_marks
from sda_desktop.ui.plot_scale import nice_ticks, tick_text

Row = NDArray[np.float64]
LEFT_AXIS_WIDTH = 48
BOTTOM_AXIS_HEIGHT = 22
ROW_APART, COLUMN_APART = 32, 80  # pixels between labels, at least
MOST_DECADES = 8
DOT_SIZE = 5
MOST_DOTS = 150
_LABEL_GROUND = 200  # opacity behind labels that stand among the curves
BOLD_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Signs:
    """The sign of another run, see plot_marks, and where it stands on the curve."""

    mark: int
    color: str
    x: Row
    y: Row


@dataclass(frozen=True, slots=True)
class Stroke:
    """One polyline in the plot's coordinates."""

    x: Row
    y: Row
    color: str
    bold: bool = False
    dash: Qt.PenStyle = Qt.PenStyle.SolidLine
    dots: bool = False
    signs: Signs | None = None


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


class _Curves(pg.GraphicsObject):  # type: ignore[misc]
    """Paints strokes and guides."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)
        self._area = QRectF(0, 0, 1, 1)
        self._strokes: list[_Drawn] = []
        self._ground = "#ffffff"
        self._guides: list[tuple[QPen, QPointF, QPointF]] = []

    def set_area(self, area: QRectF) -> None:
        """What can be seen, in the plot's coordinates."""
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area

    def set_strokes(
        self, strokes: Sequence[Stroke], guides: Sequence[Guide], guide_color: str, ground: str = "#ffffff"
    ) -> None:
        """Paint these from now on.  ground: what is behind them."""
        self._strokes = [_drawn(stroke) for stroke in strokes if len(stroke.x)]
        self._ground = ground
        pen = _pen(guide_color, 1, Qt.PenStyle.DashLine)
        left, right = -1e12, 1e12
        self._guides = [(pen, QPointF(left, g.y), QPointF(right, g.y)) for g in guides]
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        area = self._area
        for pen, _, guide in self._guides:
            painter.setPen(_scaled(pen, painter.device().devicePixelRatioF()))
            painter.drawLine(QPointF(area.left(), guide.y()), QPointF(area.right(), guide.y()))
        ratio = painter.device().devicePixelRatioF()
        to_device = painter.deviceTransform()
        across, up = 1 / (to_device.m11() or 1.0), 1 / (to_device.m22() or 1.0)  # one pixel of the device
        for drawn in self._strokes:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, drawn.width > 1)
            painter.setPen(_scaled(drawn.pen, ratio))
            painter.drawPolyline(drawn.line)
            for dx, dy in _copies(ratio, drawn.width) if drawn.width else ():
                painter.drawPolyline(drawn.line.translated(dx * across, dy * up))
            if drawn.dots is None and drawn.signs is None:
                continue
            # Not in the plot's coordinates: Qt draws a point as a line a 63rd of their unit long.
            to_pixels = painter.worldTransform()
            painter.save()
            painter.resetTransform()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if drawn.dots is not None:
                painter.setPen(_scaled(drawn.dots, ratio))
                painter.drawPoints(to_pixels.map(drawn.line))
            if drawn.signs is not None:
                places = [to_pixels.map(place) for place in drawn.places]
                paint_marks(painter, drawn.signs.mark, places, drawn.signs.color, self._ground)
            painter.restore()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A stroke as Qt wants it.  width: in our pixels; 0 for one of the device's, which costs least."""

    pen: QPen
    line: QPolygonF
    width: int
    dots: QPen | None
    signs: Signs | None
    places: list[QPointF]


def _drawn(stroke: Stroke) -> _Drawn:
    return _Drawn(
        _pen(stroke.color, 1, stroke.dash),
        pg.functions.arrayToQPolygonF(stroke.x, stroke.y),
        BOLD_WIDTH if stroke.bold else 0 if stroke.signs is None else 1,
        _dot_pen(stroke),
        stroke.signs,
        _points(stroke.signs),
    )


def _points(signs: Signs | None) -> list[QPointF]:
    if signs is None:
        return []
    return [QPointF(x, y) for x, y in zip(signs.x, signs.y, strict=True)]


@cache
def _copies(ratio: float, width: int) -> tuple[tuple[int, int], ...]:
    """Where a line's thin copies stand, in pixels of a device with so many to one of ours.

    Qt strokes a wide pen by computing its outline, which takes twenty times as long.
    """
    width = round(width * ratio)
    steps = [step for step in range(-((width - 1) // 2), width // 2 + 1) if step]
    return (*((step, 0) for step in steps), *((0, step) for step in steps))


def _scaled(pen: QPen, ratio: float) -> QPen:
    """A cosmetic pen for a device with so many pixels to one of ours: Qt counts its measures in those.

    A thin line stays one pixel thin, for speed; only its dashes grow.
    """
    if ratio == 1.0:
        return pen
    made = QPen(pen)
    if pen.widthF() > 1.0:
        made.setWidthF(pen.widthF() * ratio)
    elif pen.style() != Qt.PenStyle.SolidLine:
        made.setDashPattern([length * ratio for length in pen.dashPattern()])
    return made


def _pen(color: str, width: float, style: Qt.PenStyle) -> QPen:
    pen = QPen(QColor(color), width, style)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _dot_pen(stroke: Stroke) -> QPen | None:
    if stroke.signs is not None or (not stroke.dots and len(stroke.x) > 1):
        return None
    if len(stroke.x) > MOST_DOTS:
        return None
    pen = _pen(stroke.color, DOT_SIZE, Qt.PenStyle.SolidLine)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis with our own words for numbers, and on a log axis powers and their halves."""

    suffix = ""
    percent = False

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.percent:
            return [f"{value * 100:.6g} %".replace("-", "\u2212") for value in values]
        if self.logMode:
            return [tick_text(10.0**value, 10.0**value) for value in values]
        return [f"{tick_text(value * scale, spacing * scale)}{self.suffix}" for value in values]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return self.tickStrings(values, scale, spacing)

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        # One row of labels and lines is enough.
        if self.logMode and maximum - minimum < MOST_DECADES:
            return [(1.0, _log_ticks(minimum, maximum, max(2, int(size // ROW_APART))))]
        apart = COLUMN_APART if self.orientation == "bottom" else ROW_APART
        ticks = nice_ticks(minimum, maximum, max(2, int(size // apart)))
        return [(ticks[1] - ticks[0] if len(ticks) > 1 else abs(ticks[0]) or 1.0, ticks)] if ticks else []


def _log_ticks(minimum: float, maximum: float, most: int) -> list[float]:
    """Places of round numbers between two exponents, about as many as fit."""
    if maximum - minimum < 1.0:
        return [float(np.log10(n)) for n in nice_ticks(10.0**minimum, 10.0**maximum, most) if n > 0]
    decades = range(int(np.floor(minimum)), int(np.ceil(maximum)) + 1)
    places: list[float] = []
    for digits in ((1,), (1, 3), (1, 2, 5)):
        found = [d + float(np.log10(n)) for d in decades for n in digits]
        found = [place for place in found if minimum <= place <= maximum]
        if places and len(found) > most:
            break
        places = found
    return places


class PlotView(QFrame):
    """Axes, curves, a hairline at the pointer.  Zooms and moves along x only; y fits what is in sight."""

    hovered = Signal(object)  # float, or None when the pointer left
    zoomed = Signal(float, float)  # the user chose a part of the x axis
    double_clicked = Signal()

    def __init__(self, *, shows_x: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = _Axis("left", maxTickLength=0)
        self._bottom = _Axis("bottom", maxTickLength=0)
        self._plot = pg.PlotWidget(
            axisItems={"left": self._left, "bottom": self._bottom}, parent=self, enableMenu=False
        )
        self._curves = _Curves()
        self._x_range, self._y_range = (0.0, 1.0), (0.0, 1.0)
        self._log = False
        self._setting = False
        self._build(shows_x)
        self._overlay = _Overlay(self._plot.viewport(), self._pixel)
        self._plot.viewport().installEventFilter(self)
        self._box.sigXRangeChanged.connect(self._on_box_x_range_changed)
        self.apply_theme()

    def _build(self, shows_x: bool) -> None:
        theme.set_role(self, "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._plot)
        item = self._plot.getPlotItem()
        item.hideButtons()
        item.layout.setContentsMargins(0, 2, 2, 0)
        self._box = item.getViewBox()
        self._box.disableAutoRange()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setDefaultPadding(0)
        self._box.addItem(self._curves, ignoreBounds=True)
        self._plot.setAntialiasing(False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.viewport().setMouseTracking(True)
        self._left.setWidth(LEFT_AXIS_WIDTH)
        self._bottom.setHeight(BOTTOM_AXIS_HEIGHT if shows_x else theme.HALF)
        for axis in (self._left, self._bottom):
            axis.setStyle(
                tickLength=0, tickTextOffset=6 if axis is self._left else 4, autoExpandTextSpace=False
            )
            axis.setGrid(255)
            axis.setZValue(-1)  # a thin curve would vanish beneath a grid line
            axis.enableAutoSIPrefix(False)
        self._bottom.setStyle(showValues=shows_x)

    def apply_theme(self) -> None:
        """Take the colours and fonts that hold now."""
        colors = theme.colors()
        self._plot.setBackground(colors.plot)
        font = theme.tabular(theme.small(self.font()))
        for axis in (self._left, self._bottom):
            axis.setPen(QPen(QColor(colors.grid), 1))
            axis.setTextPen(QColor(colors.muted))
            axis.setStyle(tickFont=font)
        self._overlay.update()

    # What is shown.

    def set_ranges(self, x: tuple[float, float], y: tuple[float, float], *, log: bool) -> None:
        """What can be seen; y in powers of ten if log."""
        if log != self._log:
            self._log = log
            self._left.setLogMode(x=False, y=log)
        if x == self._x_range and y == self._y_range:
            return
        self._x_range, self._y_range = x, y
        self._setting = True
        try:
            self._box.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)
        finally:
            self._setting = False
        self._curves.set_area(QRectF(x[0], y[0], x[1] - x[0], y[1] - y[0]))

    def set_units(self, x_suffix: str, *, percent: bool) -> None:
        """What follows the numbers along the bottom, and whether y is a share."""
        for axis, wanted in ((self._bottom, (x_suffix, False)), (self._left, ("", percent))):
            if (axis.suffix, axis.percent) != wanted:
                axis.suffix, axis.percent = wanted
                axis.picture = None  # drawn anew
                axis.update()

    def set_limits(self, x_min: float, x_max: float) -> None:
        """How far the user may move."""
        self._setting = True
        try:
            self._box.setLimits(xMin=x_min, xMax=x_max)
        finally:
            self._setting = False

    def set_curves(
        self,
        strokes: Sequence[Stroke],
        guides: Sequence[Guide] = (),
        right: Sequence[tuple[float, str]] = (),
        right_color: str = "",
    ) -> None:
        """Draw these.  right: places on y and their labels in another unit, inside the right edge."""
        self._curves.set_strokes(strokes, guides, theme.colors().edge, theme.colors().plot)
        labels = [(y, text, right_color) for y, text in right]
        notes = [(guide.y, guide.text) for guide in guides]
        self._overlay.set_labels(labels, notes)

    def set_hairline(self, place: float | None) -> None:
        """Mark a place on x, or none."""
        if place is None or not self._x_range[0] <= place <= self._x_range[1]:
            self._overlay.set_hairline(None, 0)
            return
        area = self._area()
        share = (place - self._x_range[0]) / (self._x_range[1] - self._x_range[0])
        self._overlay.set_hairline(area.left() + round(share * area.width()), area.bottom())

    def points_across(self) -> int:
        """The width of the drawing in device pixels."""
        return max(50, round(self._area().width() * self.devicePixelRatioF()))

    def place_at(self, point: QPoint) -> float | None:
        """Where on x a point of the viewport lies, or None outside of the drawing."""
        area = self._area()
        if not area.contains(point):
            return None
        share = (point.x() - area.left()) / max(1, area.width())
        return self._x_range[0] + share * (self._x_range[1] - self._x_range[0])

    def _area(self) -> QRect:
        return self._plot.mapFromScene(self._box.sceneBoundingRect()).boundingRect()  # type: ignore[no-any-return]

    def _pixel(self, y: float) -> int:
        area = self._area()
        low, high = self._y_range
        return area.bottom() - round((y - low) / (high - low) * area.height())

    # The pointer.

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.hovered.emit(self.place_at(event.position().toPoint()))
        elif kind == QEvent.Type.Leave:
            self.hovered.emit(None)
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.double_clicked.emit()
        elif kind == QEvent.Type.Resize:
            self._overlay.resize(self._plot.viewport().size())
        return False

    @Slot(object, object)
    def _on_box_x_range_changed(self, _: object, x: tuple[float, float]) -> None:
        if not self._setting:
            self._x_range = (float(x[0]), float(x[1]))
            self.zoomed.emit(*self._x_range)


class _Overlay(QWidget):
    """Above the curves, moved without painting them anew where it matters: hairline and labels.

    pixel: where a place on y is; asked when painting, for a resized plot lays itself out only then.
    """

    def __init__(self, parent: QWidget, pixel: Callable[[float], int]) -> None:
        super().__init__(parent)
        self._pixel = pixel
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.resize(parent.size())
        self._hairline: int | None = None
        self._hairline_end = 0
        self._labels: list[tuple[float, str, str]] = []
        self._notes: list[tuple[float, str]] = []

    def set_hairline(self, x: int | None, end: int) -> None:
        if x == self._hairline:
            return
        for place in (self._hairline, x):
            if place is not None:
                self.update(place - 1, 0, 3, self.height())
        self._hairline, self._hairline_end = x, end

    def set_labels(self, labels: list[tuple[float, str, str]], notes: list[tuple[float, str]]) -> None:
        if labels != self._labels or notes != self._notes:
            self._labels, self._notes = labels, notes
            self.update()

    def _font(self) -> QFont:
        return theme.tabular(theme.small(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setFont(self._font())
        metrics = QFontMetrics(painter.font())
        ground = QColor(colors.plot)
        ground.setAlpha(_LABEL_GROUND)
        for y, text, color in self._labels:
            width, height = metrics.horizontalAdvance(text), metrics.height()
            rect = QRect(self.width() - theme.GRID - width, self._pixel(y) - height // 2, width, height)
            if rect.top() < 0 or rect.bottom() > self.height() - theme.HALF:
                continue  # half a number helps nobody
            painter.fillRect(rect.adjusted(-3, 0, 3, 0), ground)
            painter.setPen(QColor(color))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(colors.muted))
        for y, text in self._notes:
            painter.drawText(LEFT_AXIS_WIDTH + theme.GRID, self._pixel(y) - 3, text)
        if self._hairline is not None:
            painter.setPen(QPen(QColor(colors.muted), 1))
            painter.drawLine(self._hairline, 0, self._hairline, self._hairline_end)
        painter.end()

"""Drawing the course of a morph: time from left to right, the stops from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sda_desktop.generation.morph_course import FEWEST_STOPS
from sda_desktop.ui import theme
from sda_desktop.ui.morph_curve import STRAIGHT, MorphCurve, Point, reach
from sda_desktop.ui.wording import short_name

KEY_STEPS = 16  # of the time, for the arrow keys
KEY_CHANGE = 0.05  # of the way between two stops
KEY_WIDTH = 1 / 8


class MorphCanvas(QWidget):
    """The curve is drawn with the mouse, or bent with the arrow keys at a mark that Left and Right move.

    Every stop has a band of the same height; above the middle of the first band and below the middle of the
    last lies what goes beyond the sounds.
    """

    curve_changed = Signal()  # a stroke is done
    play_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("morphCanvas")
        self.setAccessibleName(self.tr("Course of the morph"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.curve = MorphCurve()
        self._names: tuple[str, ...] = ()
        self._pen: Point | None = None  # where the stroke is
        self._pointer: float | None = None
        self._mark = KEY_STEPS // 2
        self._progress: float | None = None
        self._welcoming = False
        theme.notifier().changed.connect(self.update)

    # What it is told.

    def set_names(self, names: Sequence[str]) -> None:
        """The stops, from the first to the last."""
        self._names = tuple(names)
        if self.is_ready():
            self.curve.keep_within(self._beyond())
        self._describe()
        self.update()

    def set_progress(self, share: float | None) -> None:
        """Where in the morph the playhead is."""
        self._progress = share
        self.update()

    def set_welcoming(self, welcoming: bool) -> None:
        """Show that what is dragged over the morph can be dropped there."""
        self._welcoming = welcoming
        self.update()

    def straighten(self) -> None:
        """From the first stop to the last at an even pace.  Reports nothing."""
        self.set_points(STRAIGHT)

    def set_points(self, points: Sequence[Point]) -> None:
        """Show another curve.  Reports nothing."""
        self.curve.set_points(points)
        self._describe()
        self.update()

    def is_ready(self) -> bool:
        """Whether there are stops to go between."""
        return len(self._names) >= FEWEST_STOPS

    def _beyond(self) -> float:
        return reach(len(self._names))

    # Where things are.

    def y_of(self, position: float) -> float:
        """The height of a position; the stops are in the middle of their bands."""
        bands = len(self._names)
        return self.height() * (position * (bands - 1) + 0.5) / bands

    def _point(self, place: QPointF) -> Point:
        bands = len(self._names)
        along = place.y() * bands / max(1, self.height()) - 0.5
        at = min(max(place.x() / max(1, self.width() - 1), 0.0), 1.0)
        return at, min(max(along / (bands - 1), -self._beyond()), 1 + self._beyond())

    def words_at(self, at: float) -> str:
        """What is heard at a time: "40 % Kick, 60 % Bell"."""
        along = self.curve.position(at) * (len(self._names) - 1)
        first = min(max(int(along // 1), 0), len(self._names) - 2)
        share = along - first
        parts = [(1 - share, self._names[first]), (share, self._names[first + 1])]
        named = [f"{round(100 * part)} % {short_name(name, 18)}" for part, name in parts if round(100 * part)]
        return ", ".join(named).replace("-", "\N{MINUS SIGN}") if named else ""

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.is_ready():
            self._pen = self._point(event.position())
            self._stroke(self._pen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.is_ready():
            return
        point = self._point(event.position())
        self._pointer = point[0]
        if self._pen is not None:
            self._stroke(point)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._pen is not None:
            self._pen = None
            self._changed()

    def _stroke(self, point: Point) -> None:
        assert self._pen is not None
        self.curve.draw(self._pen, point, self._beyond())
        self._pen = point
        self._pointer = point[0]
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        marks = {
            Qt.Key.Key_Left: self._mark - 1,
            Qt.Key.Key_Right: self._mark + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: KEY_STEPS,
        }
        changes = {Qt.Key.Key_Up: -KEY_CHANGE, Qt.Key.Key_Down: KEY_CHANGE}
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.play_requested.emit()
        elif key in marks and self.is_ready():
            self._mark = min(max(marks[key], 0), KEY_STEPS)
            self._describe()
            self.update()
        elif key in changes and self.is_ready():
            change = changes[key] / (len(self._names) - 1)
            self.curve.bend(self._mark / KEY_STEPS, change, KEY_WIDTH, self._beyond())
            self._changed()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        self._describe()
        self.update()
        self.curve_changed.emit()

    def _describe(self) -> None:
        if not self.is_ready():
            self.setAccessibleDescription(self.tr("Add two sounds first."))
            return
        words = self.tr(
            "At {percent} % of the time: {words}. Left and Right move the mark, Up and Down bend the curve."
        )
        at = self._mark / KEY_STEPS
        self.setAccessibleDescription(words.format(percent=round(100 * at), words=self.words_at(at)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting.

    def sizeHint(self) -> QSize:
        return QSize(50 * theme.GRID, 13 * theme.GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(20 * theme.GRID, 6 * theme.GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = colors.accent if self.hasFocus() or self._welcoming else colors.border
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(colors.plot))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        if self.is_ready():
            self._paint_stops(painter, colors)
            self._paint_times(painter, colors)
            self._paint_curve(painter, colors)
            self._paint_words(painter, colors)
        else:
            self._paint_sentence(painter, colors)
        if self._welcoming:
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        painter.end()

    def _paint_sentence(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.setPen(QColor(colors.muted))
        words = self.tr(
            "Add two to four sounds, then draw here how the new sound goes from one to the other in time."
        )
        area = self.rect().adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), words)

    def _paint_stops(self, painter: QPainter, colors: theme.Colors) -> None:
        top, bottom = self.y_of(0.0), self.y_of(1.0)
        for area in (
            QRectF(1, 1, self.width() - 2, top - 1),
            QRectF(1, bottom, self.width() - 2, self.height() - bottom - 1),
        ):
            painter.fillRect(area, QColor(colors.alternate))
            painter.fillRect(area, QBrush(QColor(colors.grid), Qt.BrushStyle.BDiagPattern))
        for index in range(len(self._names)):
            y = round(self.y_of(index / (len(self._names) - 1))) + 0.5
            painter.setPen(QPen(QColor(colors.border), 1))
            painter.drawLine(QPointF(1, y), QPointF(self.width() - 1, y))

    def _paint_times(self, painter: QPainter, colors: theme.Colors) -> None:
        vertical = []
        if self._pointer is not None and self.isEnabled():
            vertical.append((self._pointer, colors.edge, Qt.PenStyle.DashLine))
        if self.hasFocus():
            vertical.append((self._mark / KEY_STEPS, colors.accent, Qt.PenStyle.DotLine))
        if self._progress is not None:
            vertical.append((self._progress, colors.text, Qt.PenStyle.SolidLine))
        for at, color, style in vertical:
            x = round(at * (self.width() - 1)) + 0.5
            painter.setPen(QPen(QColor(color), 1, style))
            painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))

    def _paint_curve(self, painter: QPainter, colors: theme.Colors) -> None:
        width = self.width() - 1
        line = QPolygonF([QPointF(at * width, self.y_of(position)) for at, position in self.curve.points()])
        pen = QPen(QColor(colors.accent), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(line)
        if self.hasFocus():
            at = self._mark / KEY_STEPS
            painter.setBrush(QColor(colors.accent))
            painter.drawEllipse(QPointF(at * width, self.y_of(self.curve.position(at))), 3.5, 3.5)

    def _paint_words(self, painter: QPainter, colors: theme.Colors) -> None:
        at = self._pointer
        if at is None and self.hasFocus():
            at = self._mark / KEY_STEPS
        painter.setFont(theme.tabular(theme.small(self.font())))
        painter.setPen(QColor(colors.muted))
        area = self.rect().adjusted(theme.GRID, 2, -theme.GRID, -2)
        if at is None:
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.tr("beyond the first")
            )
            painter.drawText(
                area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.tr("beyond the last")
            )
            return
        painter.setPen(QColor(colors.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.words_at(at))

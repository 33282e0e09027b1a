"""A slider drawn as one bar: what either end means stands inside it, and how far it can go is seen.

Dense enough for a column of many.  The bar spans an axis; the part of it that can be reached is light, the
rest hatched.  The filled part leads to the value from the left, or from a marked origin in the middle.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from sda_desktop.ui import theme

THROTTLE_MS = 30  # between two reports of a value while it moves
KEYS_SETTLE_MS = 400  # after the last key
HEIGHT = 22
HANDLE_WIDTH = 3
FINE = 0.1  # with Shift, the pointer moves the value by this much of its way
SIDE = 6  # between the words and the bar's ends


def bar_height(bar: QWidget) -> int:
    """The height of a bar: HEIGHT, and more where the system's letters are large."""
    return max(HEIGHT, bar.fontMetrics().height() + 6)


class BarSlider(QSlider):
    """Whole numbers from `limits` on an axis; the caller gives them their meaning.

    Press and drag moves, with Shift finely; double click or Delete goes back to the origin; arrow keys,
    Page Up and Down, Home and End step.
    """

    value_moved = Signal(int)  # by the user, at most every THROTTLE_MS; the last one always
    value_settled = Signal(int)  # the hand left it, at another value than before
    was_reset = Signal()  # the user asked for the origin, there already or not

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._axis = (0, 100)
        self._origin: int | None = 0
        self._centre_mark = False
        self._words = ("", "")
        self._idle = False
        self._dragged: tuple[float, float] | None = None  # the pointer's x and the exact value there
        self._moved = self._unsettled = False
        self._throttle = self._timer(THROTTLE_MS, self._on_throttle_timeout)
        self._keys_settle = self._timer(KEYS_SETTLE_MS, self.settle)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.small(self.font()))
        self.valueChanged.connect(self._on_value_changed)
        self.set_axis((0, 100))
        theme.notifier().changed.connect(self.update)

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval_ms)
        made.timeout.connect(slot)
        return made

    # What it is told.

    def set_axis(self, axis: tuple[int, int], limits: tuple[int, int] | None = None, step: int = 1) -> None:
        """The bar spans axis; limits: the part that can be reached, all of it if None.  Reports nothing."""
        low, high = limits or axis
        self._axis = axis
        with QSignalBlocker(self):
            self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(5 * step)
        self.update()

    def set_origin(self, origin: int | None, *, centre_mark: bool = False) -> None:
        """Where the slider does nothing: it goes back there, and is filled from a marked one.

        None: the caller knows what to do when it `was_reset`.
        """
        self._origin, self._centre_mark = origin, centre_mark
        self.update()

    def set_words(self, less: str, more: str) -> None:
        """What either end means."""
        self._words = (less, more)
        self.update()

    def set_idle(self, idle: bool) -> None:
        """While idle it has no value of its own and shows none; moving it is up to the caller's reaction."""
        self._idle = idle
        self.update()

    def show_value(self, value: int) -> None:
        """Show a value; reports nothing."""
        with QSignalBlocker(self):
            self.setValue(value)
        self.update()

    def reset(self) -> None:
        """Back to the origin, as the user would."""
        if self._origin is not None:
            self.setValue(self._origin)
        self.settle()
        self.was_reset.emit()

    # Reporting.

    @Slot(int)
    def _on_value_changed(self, _value: int) -> None:
        self._moved = self._unsettled = True
        if not self._throttle.isActive():
            self._report()
        if not self.isSliderDown():
            self._keys_settle.start()

    def _report(self) -> None:
        self._moved = False
        self._throttle.start()
        self.value_moved.emit(self.value())

    @Slot()
    def _on_throttle_timeout(self) -> None:
        if self._moved:
            self._report()

    @Slot()
    def settle(self) -> None:
        """Report what was not reported yet, and that the value stays."""
        self._keys_settle.stop()
        if self._moved:
            self._report()
        if self._unsettled:
            self._unsettled = False
            self.value_settled.emit(self.value())

    # Mouse, keys, wheel.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        self.setSliderDown(True)
        on_handle = abs(x - self._x_of(self.value())) <= 2 * HANDLE_WIDTH
        exact = float(self.value()) if on_handle else self._value_at(x)
        self._dragged = (x, exact)
        self.setValue(round(exact))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            event.ignore()
            return
        x, (before, exact) = event.position().x(), self._dragged
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        exact += (x - before) * self._per_pixel() * (FINE if fine else 1.0)
        self._dragged = (x, exact)
        self.setValue(round(exact))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragged is not None:
            self._end_drag()

    def _end_drag(self) -> None:
        self._dragged = None
        self.setSliderDown(False)
        self.settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # what is around it scrolls

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._dragged is None:
            self.settle()
        self.update()

    # Painting.

    def sizeHint(self) -> QSize:
        return QSize(20 * theme.GRID, bar_height(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * theme.GRID, bar_height(self))

    def _track(self) -> QRectF:
        """Where the middle of the handle can be."""
        inset = HANDLE_WIDTH / 2 + 1.5
        return QRectF(self.rect()).adjusted(inset, 0, -inset, 0)

    def _per_pixel(self) -> float:
        return (self._axis[1] - self._axis[0]) / max(1.0, self._track().width())

    def _x_of(self, value: float) -> float:
        track = self._track()
        span = max(1, self._axis[1] - self._axis[0])
        return track.left() + (value - self._axis[0]) / span * track.width()

    def _value_at(self, x: float) -> float:
        return self._axis[0] + (x - self._track().left()) * self._per_pixel()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(colors.base if self.isEnabled() else colors.window))
        self._paint_out_of_reach(painter, colors)
        shows_value = self.isEnabled() and not self._idle
        if shows_value:
            self._paint_fill(painter, colors)
        self._paint_words(painter, colors)
        if shows_value:
            self._paint_handle(painter, colors)
        painter.setClipping(False)
        edge = colors.accent if self.hasFocus() else (colors.field if self.isEnabled() else colors.border)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        painter.end()

    def _paint_out_of_reach(self, painter: QPainter, colors: theme.Colors) -> None:
        left, right = self._x_of(self.minimum()), self._x_of(self.maximum())
        for area in (
            QRectF(0, 0, left - HANDLE_WIDTH, self.height()),
            QRectF(right + HANDLE_WIDTH, 0, self.width() - right, self.height()),
        ):
            if area.width() > 1:
                painter.fillRect(area, QColor(colors.window))
                painter.fillRect(area, QBrush(QColor(colors.border), Qt.BrushStyle.BDiagPattern))

    def _paint_fill(self, painter: QPainter, colors: theme.Colors) -> None:
        origin = self._x_of(self._origin or 0) if self._centre_mark else 0.0
        start, end = sorted((origin, self._x_of(self.value())))
        painter.fillRect(QRectF(start, 0, end - start, self.height()), QColor(colors.selection))
        if self._centre_mark:
            x = round(origin) + 0.5
            painter.setPen(QPen(QColor(colors.edge), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _paint_words(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.setFont(self.font())
        painter.setPen(QColor(colors.text if self.isEnabled() else colors.disabled))
        metrics = painter.fontMetrics()
        room = self.width() - 2 * SIDE - theme.GRID
        less, more = self._words
        widths = [metrics.horizontalAdvance(word) + 1 for word in self._words]
        if sum(widths) > room:  # each gives way, but not for room that the other leaves
            half = room // 2
            spare = [max(0, half - width) for width in widths]
            less = metrics.elidedText(less, Qt.TextElideMode.ElideRight, half + spare[1])
            more = metrics.elidedText(more, Qt.TextElideMode.ElideRight, half + spare[0])
        area = self.rect().adjusted(SIDE, 0, -SIDE, -1)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, less)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, more)

    def _paint_handle(self, painter: QPainter, colors: theme.Colors) -> None:
        x = self._x_of(self.value())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent_hover if self.isSliderDown() else colors.accent))
        handle = QRectF(x - HANDLE_WIDTH / 2, 2, HANDLE_WIDTH, self.height() - 4)
        painter.drawRoundedRect(handle, 1.5, 1.5)

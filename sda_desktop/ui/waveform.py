"""Waveforms: drawn from a row of minima and maxima, with a playhead and click-to-seek."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.polygons import polygon_of

POINTS = 2048  # columns kept of a longer sound
KEY_STEP = 0.02  # share of the sound that Left and Right move
Samples = NDArray[np.float32]


def peaks(samples: Samples, points: int = POINTS) -> tuple[Samples, Samples]:
    """Minima and maxima of (frames,) or (channels, frames) over at most `points` equal stretches.

    A stereo sound's channels share one outline.  An empty sound gives two empty rows.
    """
    rows = np.atleast_2d(np.asarray(samples, dtype=np.float32))
    frames = rows.shape[-1]
    if frames == 0:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    starts = np.linspace(0, frames, min(points, frames), endpoint=False).astype(np.int64)
    low = np.minimum.reduceat(rows, starts, axis=1).min(axis=0)
    high = np.maximum.reduceat(rows, starts, axis=1).max(axis=0)
    return low, high


def _columns(row: Samples, count: int, *, highest: bool) -> Samples:
    """`row` brought to `count` columns: the extreme of each when there are more, else interpolated."""
    if len(row) > count:
        starts = np.linspace(0, len(row), count, endpoint=False).astype(np.int64)
        return (np.maximum if highest else np.minimum).reduceat(row, starts)
    return np.interp(np.linspace(0, len(row) - 1, count), np.arange(len(row)), row).astype(np.float32)


def outline(low: Samples, high: Samples, rect: QRectF, columns: int) -> QPolygonF:
    """The filled shape of a waveform in rect: full scale touches top and bottom, silence is a hairline."""
    columns = max(2, columns)
    middle, half = rect.center().y(), rect.height() / 2
    x = np.linspace(rect.left(), rect.right(), columns)
    top = middle - np.clip(np.nan_to_num(_columns(high, columns, highest=True)), -1, 1) * half
    bottom = middle - np.clip(np.nan_to_num(_columns(low, columns, highest=False)), -1, 1) * half
    thin = bottom - top < 1.0
    centre = (top + bottom) / 2
    top, bottom = np.where(thin, centre - 0.5, top), np.where(thin, centre + 0.5, bottom)
    return polygon_of(np.concatenate([x, x[::-1]]), np.concatenate([top, bottom[::-1]]))


def render(low: Samples, high: Samples, size: QSize, color: str, device_pixel_ratio: float) -> QPixmap:
    """A waveform on transparent ground, size in device-independent pixels."""
    made = QPixmap(size * device_pixel_ratio)
    made.setDevicePixelRatio(device_pixel_ratio)
    made.fill(Qt.GlobalColor.transparent)
    if len(low) == 0 or size.isEmpty():
        return made
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    area = QRectF(0, 0, size.width(), size.height())
    painter.drawPolygon(outline(low, high, area, round(size.width() * device_pixel_ratio)))
    painter.end()
    return made


class WaveformView(QWidget):
    """One sound's waveform with a playhead.

    Click or drag seeks, Left/Right/Home/End too; Space and Esc ask for play and stop while it has the focus.
    """

    seek_requested = Signal(float)  # 0 to 1
    play_toggle_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waveformView")
        self.setAccessibleName(self.tr("Waveform"))
        self.setAccessibleDescription(self.tr("Click or use the arrow keys to move the playhead."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._low: Samples = np.zeros(0, np.float32)
        self._high: Samples = np.zeros(0, np.float32)
        self._position: float | None = None
        self._pointer: float | None = None
        self._color_name = "waveform"
        self._rest: QPixmap | None = None
        self._played: QPixmap | None = None
        theme.notifier().changed.connect(self._on_theme_changed)

    # What it shows.

    def set_thumbnail(self, low: Samples, high: Samples) -> None:
        """Show minima and maxima (equally long rows of -1 to 1)."""
        self._low, self._high = np.asarray(low, np.float32), np.asarray(high, np.float32)
        self._drop_drawing()

    def set_samples(self, samples: Samples) -> None:
        """Show samples, (frames,) or (channels, frames)."""
        self.set_thumbnail(*peaks(samples))

    def clear(self) -> None:
        """Show nothing."""
        self._position = None
        self.set_thumbnail(np.zeros(0, np.float32), np.zeros(0, np.float32))

    def is_empty(self) -> bool:
        """Whether there is no sound to show."""
        return len(self._low) == 0

    def set_color(self, name: str) -> None:
        """Draw in another colour of the theme than "waveform"."""
        self._color_name = name
        self._drop_drawing()

    def set_position(self, fraction: float | None) -> None:
        """Put the playhead at a share of the sound, or take it away."""
        fraction = None if fraction is None else min(max(fraction, 0.0), 1.0)
        if fraction == self._position:
            return
        before, self._position = self._position, fraction
        self._update_between(before, fraction)

    def position(self) -> float | None:
        """The playhead's share of the sound."""
        return self._position

    def _update_between(self, first: float | None, second: float | None) -> None:
        """Repaint only the stretch that the playhead passed: 60 times a second, it matters."""
        ends = [(0.0 if f is None else f) * self.width() for f in (first, second)]
        left, right = int(min(ends)) - 2, int(max(ends)) + 3
        self.update(left, 0, right - left, self.height())

    def _drop_drawing(self) -> None:
        self._rest = self._played = None
        self.update()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._drop_drawing()

    # Painting.

    def sizeHint(self) -> QSize:
        return QSize(30 * theme.GRID, 6 * theme.GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * theme.GRID, 2 * theme.GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drop_drawing()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.accent if self.hasFocus() else colors.border), 1))
        painter.setBrush(QColor(colors.plot))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        if not self.is_empty():
            self._paint_sound(painter, colors)
        painter.end()

    def _paint_sound(self, painter: QPainter, colors: theme.Colors) -> None:
        ratio = self.devicePixelRatioF()
        inset = theme.HALF
        area = self.rect().adjusted(0, inset, 0, -inset)
        if self._rest is None or self._rest.devicePixelRatioF() != ratio:
            self._rest = render(self._low, self._high, area.size(), getattr(colors, self._color_name), ratio)
            self._played = render(self._low, self._high, area.size(), colors.accent, ratio)
        assert self._played is not None
        painter.drawPixmap(area.topLeft(), self._rest)
        if self._pointer is not None and self.isEnabled():
            painter.setPen(QPen(QColor(colors.edge), 1, Qt.PenStyle.DashLine))
            self._vertical(painter, self._pointer)
        if self._position is not None:
            x = self._position * self.width()
            played = QRectF(0, area.top(), x, area.height())
            painter.drawPixmap(played, self._played, QRectF(0, 0, x * ratio, area.height() * ratio))
            painter.setPen(QPen(QColor(colors.text), 1))
            self._vertical(painter, self._position)

    def _vertical(self, painter: QPainter, fraction: float) -> None:
        x = min(int(fraction * self.width()), self.width() - 1) + 0.5
        painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event.position().x() / max(1, self.width()))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        fraction = event.position().x() / max(1, self.width())
        self._pointer = min(max(fraction, 0.0), 1.0)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(fraction)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._position or 0.0
        key = Qt.Key(event.key())
        targets = {
            Qt.Key.Key_Left: here - KEY_STEP,
            Qt.Key.Key_Right: here + KEY_STEP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }
        if key in targets:
            self._seek(targets[key])
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.play_toggle_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def _seek(self, fraction: float) -> None:
        if not self.is_empty():
            self.seek_requested.emit(min(max(fraction, 0.0), 1.0))

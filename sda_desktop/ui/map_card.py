"""The small card beside a dot: name, folder, length, waveform, and the feature that the colours show."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from sda_desktop.ui import theme, waveform
from sda_desktop.ui.map_colors import feature_named, value_text
from sda_desktop.ui.map_data import MapDot
from sda_desktop.ui.sound_words import SEPARATOR, length_text

WIDTH = 26 * theme.GRID
WAVE_HEIGHT = 4 * theme.GRID
APART = 14  # pixels from the dot
_QUIETEST_PEAK = 0.05  # softer sounds are not drawn as if they were loud


class MapCard:
    """Paints the card of one dot; the waveform's picture is kept."""

    def __init__(self) -> None:
        self._wave: QPixmap | None = None
        self._wave_key: tuple[object, ...] = ()

    def size(self, font: QFont) -> QSize:
        """The same for every sound."""
        lines = QFontMetrics(font).height() + QFontMetrics(theme.small(font)).height()
        return QSize(WIDTH, lines + WAVE_HEIGHT + 3 * theme.GRID)

    def place(self, x: float, y: float, area: QRectF, font: QFont) -> QRectF:
        """Where it goes for a dot at (x, y): to the right and below if there is room, always inside area."""
        size = self.size(font)
        left = x + APART if x + APART + size.width() <= area.right() else x - APART - size.width()
        top = y + APART if y + APART + size.height() <= area.bottom() else y - APART - size.height()
        left = max(area.left(), min(left, area.right() - size.width()))
        top = max(area.top(), min(top, area.bottom() - size.height()))
        return QRectF(round(left), round(top), size.width(), size.height())

    def paint(self, painter: QPainter, rect: QRectF, dot: MapDot, by: str, font: QFont, ratio: float) -> None:
        """Paint the card of a dot; by: what the colours show."""
        colors = theme.colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.edge), 1))
        painter.setBrush(QColor(colors.raised))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        inner = rect.adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        painter.setFont(bold)
        painter.setPen(QColor(colors.text))
        name = metrics.elidedText(dot.name, Qt.TextElideMode.ElideMiddle, int(inner.width()))
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), metrics.height()), 0, name)
        small = theme.tabular(theme.small(font))
        small_metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(QColor(colors.muted))
        facts = small_metrics.elidedText(card_facts(dot, by), Qt.TextElideMode.ElideRight, int(inner.width()))
        line = QRectF(inner.left(), inner.top() + metrics.height(), inner.width(), small_metrics.height())
        painter.drawText(line, 0, facts)
        wave = self._waveform(dot, QSize(int(inner.width()), WAVE_HEIGHT), colors.waveform, ratio)
        painter.drawPixmap(QPointF(inner.left(), inner.bottom() - WAVE_HEIGHT + 1), wave)

    def _waveform(self, dot: MapDot, size: QSize, color: str, ratio: float) -> QPixmap:
        key = (id(dot), size.width(), color, ratio)
        if self._wave is None or key != self._wave_key:
            low, high = dot.outline
            peak = max(float(-low.min(initial=0.0)), float(high.max(initial=0.0)), _QUIETEST_PEAK)
            self._wave = waveform.render(low / peak, high / peak, size, color, ratio)
            self._wave_key = key
        return self._wave


def card_facts(dot: MapDot, by: str) -> str:
    """Length, and the feature that the colours show or else the folder: "0.42 s · brightness 3.1 kHz"."""
    parts = [length_text(dot.seconds)]
    feature = feature_named(by)
    if feature is not None and dot.features is not None:
        parts.append(f"{feature.name} {value_text(feature, feature.value(dot.features))}")
    elif dot.folder:
        parts.append(dot.folder)
    return SEPARATOR.join(parts)

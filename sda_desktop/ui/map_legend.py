"""The strip below the map: which colour is which folder, or what the ramp goes from and to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QLinearGradient, QPainter

from sda_desktop.ui import theme
from sda_desktop.ui.map_colors import Coloring, Entry, Look, Ramp
from sda_desktop.ui.map_sprites import sprite

LINES = 2
MARK_RADIUS = 4.0
RAMP_WIDTH, RAMP_HEIGHT = 120, 8
MOST_NAME = 18 * theme.GRID  # pixels
_APART = 2 * theme.GRID


@dataclass(frozen=True, slots=True)
class _Placed:
    x: float
    line: int
    look: Look | None
    text: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("SoundMap", text)


class MapLegend:
    """Laid out for a width; painted into the strip that it asks for."""

    def __init__(self) -> None:
        self._placed: list[_Placed] = []
        self._ramp: Ramp | None = None
        self._font = QFont()
        self.height = 0

    def lay_out(self, coloring: Coloring, width: int, font: QFont) -> None:
        """Decide what fits; `height` says how much room it takes, 0 for nothing to say."""
        self._font = theme.tabular(theme.small(font))
        self._ramp = coloring.ramp
        self._placed = self._flow(coloring.entries, width) if coloring.ramp is None else []
        lines = 1 if self._ramp is not None else 1 + max((p.line for p in self._placed), default=-1)
        self.height = lines * self._line_height() + theme.GRID if lines else 0

    def _line_height(self) -> int:
        return QFontMetrics(self._font).height() + 2

    def _flow(self, entries: tuple[Entry, ...], width: int) -> list[_Placed]:
        """The kinds one after the other; those that do not fit into the lines are counted."""
        metrics = QFontMetrics(self._font)
        more = metrics.horizontalAdvance(_tr("and {n} more").format(n=999)) + _APART
        made: list[_Placed] = []
        x, line = float(_APART), 0
        for number, entry in enumerate(entries):
            name = metrics.elidedText(entry.text, Qt.TextElideMode.ElideMiddle, MOST_NAME)
            text = f"{name}  {entry.count}"
            taken = 3 * MARK_RADIUS + metrics.horizontalAdvance(text) + _APART
            last_line = line == LINES - 1
            room = width - (more if last_line and number < len(entries) - 1 else theme.GRID)
            if x + taken > room and x > _APART:
                if last_line:
                    rest = _tr("and {n} more").format(n=len(entries) - number)
                    made.append(_Placed(x, line, None, rest))
                    break
                x, line = float(_APART), line + 1
            made.append(_Placed(x, line, entry.look, text))
            x += taken
        return made

    def paint(self, painter: QPainter, top: float, width: int, ratio: float) -> None:
        """Paint it at the bottom of the map."""
        if not self.height:
            return
        painter.setFont(self._font)
        painter.setPen(QColor(theme.colors().muted))
        if self._ramp is not None:
            self._paint_ramp(painter, self._ramp, top, width, ratio)
        line_height = self._line_height()
        for placed in self._placed:
            middle = top + (placed.line + 0.5) * line_height
            x = placed.x
            if placed.look is not None:
                mark = sprite(placed.look, MARK_RADIUS, ratio, theme.colors())
                half = mark.deviceIndependentSize().width() / 2
                painter.drawPixmap(QPointF(x + MARK_RADIUS - half, middle - half), mark)
                x += 3 * MARK_RADIUS
            area = QRectF(x, middle - line_height / 2, width - x, line_height)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, placed.text)

    def _paint_ramp(self, painter: QPainter, ramp: Ramp, top: float, width: int, ratio: float) -> None:
        """ "darker - 210 Hz [ramp] 8.4 kHz - brighter", in the middle."""
        metrics = QFontMetrics(self._font)
        low, high = metrics.horizontalAdvance(ramp.low), metrics.horizontalAdvance(ramp.high)
        height = self._line_height()
        bar = max(theme.GRID, min(RAMP_WIDTH, width - low - high - 5 * theme.GRID))
        unknown = ramp.unknown
        extra = 3 * theme.GRID + metrics.horizontalAdvance(unknown) if unknown else 0
        if extra and low + bar + high + extra + 4 * theme.GRID > width:
            extra = 0
        x = max(theme.GRID, (width - low - bar - high - 2 * theme.GRID - extra) / 2)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, top, low + 1, height), flags, ramp.low)
        x += low + theme.GRID
        gradient = QLinearGradient(x, 0, x + bar, 0)
        for number, color in enumerate(ramp.colors):
            gradient.setColorAt(number / (len(ramp.colors) - 1), QColor(color))
        painter.fillRect(QRectF(x, top + (height - RAMP_HEIGHT) / 2, bar, RAMP_HEIGHT), gradient)
        x += bar + theme.GRID
        painter.drawText(QRectF(x, top, high + 1, height), flags, ramp.high)
        if extra:
            x += high + 2 * theme.GRID
            mark = sprite(Look(""), MARK_RADIUS, ratio, theme.colors())
            half = mark.deviceIndependentSize().width() / 2
            painter.drawPixmap(QPointF(x + MARK_RADIUS - half, top + height / 2 - half), mark)
            x += 3 * MARK_RADIUS
            painter.drawText(QRectF(x, top, width - x, height), flags, unknown)

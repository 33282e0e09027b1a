"""Paints the history's rows: star, title, waveform, length."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sda_desktop.generation.history import HistoryEntry
from sda_desktop.ui import icons, theme, waveform
from sda_desktop.ui.history_model import ENTRY_ROLE, AnyIndex
from sda_desktop.ui.wording import clock_text

CACHED_PIXMAPS = 300
STAR = 14
_QUIETEST_PEAK = 0.05  # softer sounds are not drawn as if they were loud


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row stand."""

    star: QRect
    title: QRect
    wave: QRect
    length: QRect


def places(row: QRect, font: QFont) -> Places:
    """The parts of a row within its rectangle."""
    inner = row.adjusted(theme.HALF, 0, -theme.GRID, 0)
    length_width = QFontMetrics(theme.tabular(theme.small(font))).horizontalAdvance("88.8 s")
    star = QRect(inner.left(), inner.top(), 3 * theme.GRID, inner.height())
    title_width = min(max(round(inner.width() * 0.42), 9 * theme.GRID), 28 * theme.GRID)
    title = QRect(star.right() + theme.HALF, inner.top(), title_width, inner.height())
    length = QRect(inner.right() - length_width + 1, inner.top(), length_width, inner.height())
    left, right = title.right() + theme.GRID, length.left() - theme.HALF
    wave = QRect(left, inner.top() + 3, max(8, right - left), inner.height() - 6)
    return Places(star, title, wave, length)


class HistoryDelegate(QStyledItemDelegate):
    """Paints waveforms from cached pixmaps, each made when its row is first seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.playing: str | None = None  # id of the entry that is heard
        self.progress = 0.0
        self.pointer: QPoint | None = None
        self._pixmaps: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()

    def forget(self) -> None:
        """Drop the cached pixmaps."""
        self._pixmaps.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(24 * theme.GRID, QFontMetrics(option.font).height() + 12)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("historyTitleEditor")
        editor.setAccessibleName(self.tr("Name of the sound"))
        editor.setMaxLength(200)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        at = places(option.rect, option.font)
        editor.setGeometry(at.title.united(at.wave).adjusted(-theme.HALF, 1, 0, -1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, HistoryEntry):
            return
        colors = theme.colors()
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(option.rect, QColor(colors.selection if selected else colors.hover))
        at = places(option.rect, option.font)
        playing = entry.id == self.playing
        self._paint_star(painter, at.star, entry.favourite, selected or hovered)
        painter.setPen(QColor(colors.accent if playing else colors.text))
        metrics = QFontMetrics(option.font)
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideMiddle, at.title.width())
        painter.drawText(at.title, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(theme.tabular(theme.small(option.font)))
        painter.setPen(QColor(colors.muted))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(at.length, right, clock_text(entry.seconds))
        self._paint_wave(painter, at.wave, entry, colors, playing)
        painter.restore()

    def _paint_star(self, painter: QPainter, place: QRect, favourite: bool, offered: bool) -> None:
        if not favourite and not offered:
            return
        pointed = self.pointer is not None and place.contains(self.pointer)
        name, color = ("best", "accent") if favourite else ("star", "text" if pointed else "muted")
        ratio = painter.device().devicePixelRatioF()
        centre = place.center()
        star = icons.pixmap(name, STAR, color, ratio)
        painter.drawPixmap(centre.x() - STAR // 2, centre.y() - STAR // 2, star)

    def _paint_wave(
        self, painter: QPainter, place: QRect, entry: HistoryEntry, colors: theme.Colors, playing: bool
    ) -> None:
        painter.drawPixmap(place.topLeft(), self._pixmap(painter, place, entry, colors.waveform))
        if not playing:
            return
        ratio = painter.device().devicePixelRatioF()
        width = self.progress * place.width()
        painter.drawPixmap(
            QRectF(place.left(), place.top(), width, place.height()),
            self._pixmap(painter, place, entry, colors.accent),
            QRectF(0, 0, width * ratio, place.height() * ratio),
        )
        painter.setPen(QPen(QColor(colors.text), 1))
        x = place.left() + min(int(width), place.width() - 1)
        painter.drawLine(x, place.top(), x, place.bottom())

    def _pixmap(self, painter: QPainter, place: QRect, entry: HistoryEntry, color: str) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        key = (entry.id, place.width(), place.height(), color, ratio)
        made = self._pixmaps.get(key)
        if made is None:
            low, high = entry.outline
            scale = 1.0 / max(float(high.max()), -float(low.min()), _QUIETEST_PEAK)
            made = waveform.render(low * scale, high * scale, place.size(), color, ratio)
            self._pixmaps[key] = made
            if len(self._pixmaps) > CACHED_PIXMAPS:
                self._pixmaps.popitem(last=False)
        else:
            self._pixmaps.move_to_end(key)
        return made

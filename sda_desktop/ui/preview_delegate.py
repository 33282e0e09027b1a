"""Paints the playlist's rows: a heading for each epoch, and below it name, waveforms and length."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sda_desktop.ui import icons, theme, waveform
from sda_desktop.ui.preview_model import ROW_ROLE, AnyIndex, EpochRow, SoundRow
from sda_desktop.ui.thumbnails import Thumbnail, Thumbnails
from sda_desktop.words import counted

CACHED_PIXMAPS = 250
MARK = 2 * theme.GRID
_QUIETEST_PEAK = 0.05  # softer sounds are not drawn as if they were loud


def _tr(text: str) -> str:
    return QCoreApplication.translate("PreviewPlaylist", text)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row stand."""

    mark: QRect
    name: QRect
    original: QRect  # the left waveform
    model: QRect  # the right one; a new sound's takes the room of both
    length: QRect


def places(row: QRect, font: QFont, *, pair: bool) -> Places:
    """The parts of a row within its rectangle."""
    inner = row.adjusted(theme.HALF, 0, -theme.GRID, 0)
    metrics = QFontMetrics(theme.tabular(theme.small(font)))
    length_width = metrics.horizontalAdvance("88.8 s")
    mark = QRect(inner.left(), inner.top(), MARK, inner.height())
    name_width = min(max(round(inner.width() * 0.3), 10 * theme.GRID), 24 * theme.GRID)
    name = QRect(mark.right() + theme.HALF, inner.top(), name_width, inner.height())
    length = QRect(inner.right() - length_width + 1, inner.top(), length_width, inner.height())
    left, right = name.right() + theme.GRID, length.left() - theme.GRID
    waves = QRect(left, inner.top() + 3, max(8, right - left), inner.height() - 6)
    if not pair:
        return Places(mark, name, QRect(), waves, length)
    half = (waves.width() - theme.GRID) // 2
    original = QRect(waves.left(), waves.top(), half, waves.height())
    model = QRect(waves.right() - half + 1, waves.top(), half, waves.height())
    return Places(mark, name, original, model, length)


class PreviewDelegate(QStyledItemDelegate):
    """Paints from cached pixmaps; thumbnails come when they are there."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.playing_row: SoundRow | None = None
        self.playing_path: Path | None = None
        self.progress = 0.0
        self.pointer: QPoint | None = None
        self._pixmaps: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()

    def forget(self) -> None:
        """Drop the cached pixmaps."""
        self._pixmaps.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(24 * theme.GRID, QFontMetrics(option.font).height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.data(ROW_ROLE)
        colors = theme.colors()
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(option.rect, QColor(colors.selection if selected else colors.hover))
        if isinstance(row, EpochRow):
            self._paint_heading(painter, option, row, colors)
        elif isinstance(row, SoundRow):
            self._paint_sound(painter, option, row, colors)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, row: EpochRow, colors: theme.Colors
    ) -> None:
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        at = places(option.rect, option.font, pair=True)
        ratio = painter.device().devicePixelRatioF()
        icon = icons.pixmap("chevron-right" if row.collapsed else "chevron-down", 12, "muted", ratio)
        painter.drawPixmap(at.mark.left() + 2, at.mark.center().y() - 6, icon)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(theme.tabular(font))
        painter.setPen(QColor(colors.text))
        painter.drawText(at.name, Qt.AlignmentFlag.AlignVCenter, _tr("Epoch {n}").format(n=row.epoch))
        painter.setFont(theme.small(option.font))
        painter.setPen(QColor(colors.muted))
        if row.collapsed:
            words = counted("{n} sound", "{n} sounds", len(row.sounds))
            painter.drawText(
                at.original.united(at.length),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                words,
            )
        elif any(sound.is_pair for sound in row.sounds):
            metrics = QFontMetrics(painter.font())
            model = _tr("reconstruction")
            if metrics.horizontalAdvance(model) > at.model.width():
                model = _tr("model")
            painter.drawText(at.original, Qt.AlignmentFlag.AlignVCenter, _tr("original"))
            painter.drawText(at.model, Qt.AlignmentFlag.AlignVCenter, model)

    def _paint_sound(
        self, painter: QPainter, option: QStyleOptionViewItem, row: SoundRow, colors: theme.Colors
    ) -> None:
        at = places(option.rect, option.font, pair=row.is_pair)
        playing = row is self.playing_row and self.playing_path is not None
        ratio = painter.device().devicePixelRatioF()
        if playing:
            icon = icons.pixmap("volume", 14, "accent", ratio)
            painter.drawPixmap(at.mark.left() + 1, at.mark.center().y() - 7, icon)
        metrics = QFontMetrics(option.font)
        painter.setFont(option.font)
        painter.setPen(QColor(colors.accent if playing else colors.text))
        name = metrics.elidedText(row.title, Qt.TextElideMode.ElideMiddle, at.name.width())
        painter.drawText(at.name, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.tabular(theme.small(option.font)))
        painter.setPen(QColor(colors.muted))
        length = f"{row.event.duration_s:.1f} s"
        painter.drawText(at.length, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, length)
        self._paint_waves(painter, at, row, colors, playing)

    def _paint_waves(
        self, painter: QPainter, at: Places, row: SoundRow, colors: theme.Colors, playing: bool
    ) -> None:
        sides = [(at.model, row.path)]
        if row.original_path is not None:
            sides.insert(0, (at.original, row.original_path))
        made = [(place, path, self._thumbnails.get(path)) for place, path in sides]
        # Both sides at one scale: a reconstruction that is too soft should look it.
        peak = max((t.peak for _, _, t in made if t is not None), default=1.0)
        scale = 1.0 / max(peak, _QUIETEST_PEAK)
        for place, path, found in made:
            heard = playing and path == self.playing_path
            if found is None:
                continue
            if found.problem:
                painter.setPen(QColor(colors.error))
                words = painter.fontMetrics().elidedText(
                    found.problem, Qt.TextElideMode.ElideRight, place.width()
                )
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
                continue
            self._paint_wave(painter, place, path, found, scale, colors, heard)
            if self.pointer is not None and place.contains(self.pointer):
                painter.setPen(QPen(QColor(colors.edge), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(place).adjusted(-0.5, -1.5, 0.5, 1.5), 2, 2)

    def _paint_wave(
        self,
        painter: QPainter,
        place: QRect,
        path: Path,
        found: Thumbnail,
        scale: float,
        colors: theme.Colors,
        heard: bool,
    ) -> None:
        painter.drawPixmap(place.topLeft(), self._pixmap(painter, place, path, found, scale, colors.waveform))
        if not heard:
            return
        ratio = painter.device().devicePixelRatioF()
        played = self._pixmap(painter, place, path, found, scale, colors.accent)
        width = self.progress * place.width()
        painter.drawPixmap(
            QRectF(place.left(), place.top(), width, place.height()),
            played,
            QRectF(0, 0, width * ratio, place.height() * ratio),
        )
        painter.setPen(QPen(QColor(colors.text), 1))
        x = place.left() + min(int(width), place.width() - 1)
        painter.drawLine(x, place.top(), x, place.bottom())

    def _pixmap(
        self, painter: QPainter, place: QRect, path: Path, found: Thumbnail, scale: float, color: str
    ) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        key = (path, id(found), place.width(), place.height(), scale, color, ratio)
        made = self._pixmaps.get(key)
        if made is None:
            made = waveform.render(found.low * scale, found.high * scale, place.size(), color, ratio)
            self._pixmaps[key] = made
            if len(self._pixmaps) > CACHED_PIXMAPS:
                self._pixmaps.popitem(last=False)
        else:
            self._pixmaps.move_to_end(key)
        return made

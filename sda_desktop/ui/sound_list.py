"""The list of sounds: a waveform, a name and the facts in each row; heard with mouse and arrow keys."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDesktopServices,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sda_desktop.audio.scan import SoundFile
from sda_desktop.ui import icons, sound_words, theme, waveform
from sda_desktop.ui.audition import Audition
from sda_desktop.ui.sound_list_model import SOUND_ROLE, SoundListModel, is_waiting

CACHED_THUMBNAILS = 1500
THUMBNAIL_WIDTHS = (7 * theme.GRID, 20 * theme.GRID)  # at least, at most
_PLAY_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
AnyIndex = QModelIndex | QPersistentModelIndex


class SoundDelegate(QStyledItemDelegate):
    """Paints a row from cached pixmaps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.playing: Path | None = None
        self._thumbnails: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._font: QFont | None = None
        self._fonts: tuple[QFont, QFontMetrics, QFontMetrics] | None = None

    def forget(self) -> None:
        """Drop the cached thumbnails."""
        self._thumbnails.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        lines = QFontMetrics(option.font).height() + QFontMetrics(theme.small(option.font)).height()
        return QSize(20 * theme.GRID, lines + theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        file = index.data(SOUND_ROLE)
        if not isinstance(file, SoundFile):
            return
        colors = theme.colors()
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(option.rect, QColor(colors.selection if selected else colors.hover))
        row = option.rect.adjusted(theme.GRID, theme.HALF, -theme.GRID, -theme.HALF)
        self._paint_thumbnail(painter, row, file, colors)
        words = row.adjusted(self._thumbnail_width(row) + theme.GRID, 0, 0, 0)
        self._paint_words(painter, words, option.font, file, colors)
        painter.restore()

    def _thumbnail_width(self, row: QRect) -> int:
        least, most = THUMBNAIL_WIDTHS
        return min(max(round(row.width() * 0.22), least), most)

    def _paint_thumbnail(self, painter: QPainter, row: QRect, file: SoundFile, colors: theme.Colors) -> None:
        place = QRect(row.topLeft(), QSize(self._thumbnail_width(row), row.height()))
        if not file.sample_rate_hz:
            return  # nothing could be decoded
        color = colors.waveform if file.usable else colors.disabled
        if file.path == self.playing:
            color = colors.accent
        ratio = painter.device().devicePixelRatioF()
        key = (file.path, file.mtime_ns, place.width(), place.height(), color, ratio)
        made = self._thumbnails.get(key)
        if made is None:
            made = waveform.render(file.thumbnail[0], file.thumbnail[1], place.size(), color, ratio)
            self._thumbnails[key] = made
            if len(self._thumbnails) > CACHED_THUMBNAILS:
                self._thumbnails.popitem(last=False)
        painter.drawPixmap(place.topLeft(), made)

    def _fonts_for(self, font: QFont) -> tuple[QFont, QFontMetrics, QFontMetrics]:
        """The small font, and both fonts' measures: the same for every row."""
        if self._fonts is None or font != self._font:
            small = theme.tabular(theme.small(font))
            self._font, self._fonts = QFont(font), (small, QFontMetrics(font), QFontMetrics(small))
        return self._fonts

    def _paint_words(
        self, painter: QPainter, area: QRect, font: QFont, file: SoundFile, colors: theme.Colors
    ) -> None:
        small, metrics, small_metrics = self._fonts_for(font)
        top = QRect(area.left(), area.top(), area.width(), metrics.height())
        bottom = QRect(
            area.left(), area.bottom() - small_metrics.height() + 1, area.width(), metrics.height()
        )
        if file.findings:
            # An icon as well, so that it is not told by colour alone.
            kind = "warning" if file.usable else "error"
            side = small_metrics.height()
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(bottom.topLeft(), icons.pixmap(kind, side, kind, ratio))
            bottom.setLeft(bottom.left() + side + theme.HALF)
        painter.setFont(font)
        painter.setPen(QColor(colors.text if file.usable else colors.muted))
        name = metrics.elidedText(file.path.name, Qt.TextElideMode.ElideMiddle, top.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        if is_waiting(file):
            return
        line = sound_words.facts(file) if file.usable else sound_words.reasons(file)
        painter.setFont(small)
        painter.setPen(QColor(colors.muted if file.usable else colors.error))
        if file.usable:
            level = sound_words.level_text(file.peak_db)
            painter.drawText(bottom, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, level)
            bottom.setRight(bottom.right() - small_metrics.horizontalAdvance(level) - theme.HALF)
        line = small_metrics.elidedText(line, Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line)


class SoundList(QListView):
    """Selecting shows a sound in the player; a click, Enter, Space or a single arrow press plays it.

    While an arrow key repeats nothing sounds; letting go plays where it stopped.
    """

    sound_selected = Signal(object)  # SoundFile
    play_requested = Signal(object)  # SoundFile
    stop_requested = Signal()

    def __init__(self, model: SoundListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("soundList")
        self.setAccessibleName(self.tr("Sounds"))
        self.setAccessibleDescription(
            self.tr("Arrow keys play the next sound, Space plays and stops, Escape stops.")
        )
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = SoundDelegate(self)
        self.setItemDelegate(self._delegate)
        self._playing: Path | None = None
        self._current: Path | None = None
        self._audition = Audition(self, self._play)
        self.setModel(model)
        model.modelReset.connect(self._on_model_reset)
        theme.notifier().changed.connect(self._on_theme_changed)

    def current_file(self) -> SoundFile | None:
        """The sound under the cursor."""
        file = self.currentIndex().data(SOUND_ROLE)
        return file if isinstance(file, SoundFile) else None

    def set_playing(self, path: Path | None) -> None:
        """Mark the sound that is heard now."""
        self._playing = self._delegate.playing = path
        self.viewport().update()

    def select(self, path: Path) -> bool:
        """Move the cursor to path; False if it is not shown."""
        model = self.model()
        row = model.row_of(path) if isinstance(model, SoundListModel) else -1
        if row >= 0:
            self.setCurrentIndex(model.index(row, 0))
        return row >= 0

    # What Qt tells.

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        file = current.data(SOUND_ROLE) if current.isValid() else None
        if isinstance(file, SoundFile) and file.path != self._current:
            self._current = file.path
            self.sound_selected.emit(file)

    @Slot()
    def _on_model_reset(self) -> None:
        # Sorting and searching keep the cursor on its sound.
        if self._current is not None:
            self.select(self._current)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._delegate.forget()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._play()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._play()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._toggle()
        elif key in _PLAY_KEYS:
            if not event.isAutoRepeat():
                self._play()
        elif key == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            self._audition.press(event, super().keyPressEvent)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        self._audition.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        file = self.current_file()
        if file is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reveal = menu.addAction(icons.icon("reveal"), self.tr("Show in folder"))
        reveal.triggered.connect(self._on_reveal_triggered)
        menu.popup(event.globalPos())

    @Slot()
    def _on_reveal_triggered(self) -> None:
        if (file := self.current_file()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.path.parent)))

    def _play(self) -> None:
        file = self.current_file()
        # What cannot be decoded cannot be heard either; its row says why.
        if file is not None and file.sample_rate_hz:
            self.play_requested.emit(file)

    def _toggle(self) -> None:
        file = self.current_file()
        if file is not None and file.path == self._playing:
            self.stop_requested.emit()
        else:
            self._play()

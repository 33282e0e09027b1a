"""The list of previews: heard with mouse and keys, folded up by epoch, calm while new ones arrive."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QModelIndex,
    QPoint,
    Qt,
    QUrl,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QMenu, QWidget

from sda_desktop.ui import icons, motion, theme
from sda_desktop.ui.audition import MOVE_KEYS, Audition
from sda_desktop.ui.preview_delegate import Places, PreviewDelegate, places
from sda_desktop.ui.preview_model import ROW_ROLE, AnyIndex, EpochRow, PreviewModel, Row, SoundRow
from sda_desktop.ui.thumbnails import Thumbnails

SLIDE_MS = 180
_PLAY_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PreviewList(QListView):
    """Selecting shows a sound in the player; a click, Enter, Space or a single arrow press plays it.

    A click on a waveform plays that side, and once it sounds, moves the playhead.  A and B choose the side,
    Left and Right fold an epoch up and open it.  While an arrow key repeats nothing sounds; letting go
    plays where it stopped.
    """

    sound_selected = Signal(object)  # PlayItem
    play_requested = Signal(object)  # PlayItem
    stop_requested = Signal()
    seek_requested = Signal(float)  # share of the sound that plays
    side_requested = Signal(str)  # of the sound that plays: "original" or "reconstruction"
    arrived_above = Signal(int)  # a new epoch stands above what is in sight

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewList")
        self.setAccessibleName(self.tr("Previews"))
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys play the next sound, Space plays and stops, Escape stops, "
                "A plays the original and B the reconstruction."
            )
        )
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._thumbnails = Thumbnails(self)
        self._thumbnails.ready.connect(self._on_thumbnails_ready)
        self._delegate = PreviewDelegate(self._thumbnails, self)
        self.setItemDelegate(self._delegate)
        self._asked: SoundRow | None = None  # the row whose sound was asked for last
        self._audition = Audition(self, self._play)
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._on_slide_value_changed)
        self.setModel(model)
        self._model = model
        model.rowsInserted.connect(self._on_model_rows_inserted)
        theme.notifier().changed.connect(self._on_theme_changed)

    # What it is told.

    def current_row(self) -> Row | None:
        """The row under the cursor."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, SoundRow | EpochRow) else None

    def set_playing(self, path: Path | None) -> None:
        """Mark the row whose file is heard now; an original belongs to several, so the one asked for."""
        delegate = self._delegate
        row = None
        if path is not None:
            asked = self._asked
            if asked is not None and path in (asked.path, asked.original_path):
                row = asked
            else:
                row = self._model.row_of_path(path)
        delegate.playing_row, delegate.playing_path = row, path if row is not None else None
        delegate.progress = 0.0
        self.viewport().update()

    def set_progress(self, share: float) -> None:
        """Where the playhead is in the sound that is heard."""
        row = self._delegate.playing_row
        if row is None or self._delegate.playing_path is None:
            return
        self._delegate.progress = share
        number = self._model.number_of(row)
        if number >= 0:
            self.update(self._model.index(number))

    def restore(self, row: Row) -> None:
        """Put the cursor back on a row after the model was filled anew, without asking for its sound."""
        if isinstance(row, SoundRow):
            found = self._model.row_of_path(row.path)
            number = -1 if found is None else self._model.number_of(found)
            if found is not None:
                self._asked = found
            if number >= 0:
                self.setCurrentIndex(self._model.index(number))

    def written_anew(self, path: Path) -> None:
        """A file is another than before."""
        self._thumbnails.forget(path)

    # What Qt tells.

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, SoundRow) and row is not self._asked:
            self._asked = row
            self.sound_selected.emit(row.item())

    @Slot()
    def _on_thumbnails_ready(self) -> None:
        self.viewport().update()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._delegate.forget()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and key not in MOVE_KEYS:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, *_PLAY_KEYS):
            if not event.isAutoRepeat():
                self._toggle()
        elif key == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        elif key in (Qt.Key.Key_A, Qt.Key.Key_B):
            if not event.isAutoRepeat():
                self._hear(original=key == Qt.Key.Key_A)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(collapsed=key == Qt.Key.Key_Left)
        else:
            self._audition.press(event, super().keyPressEvent)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        self._audition.release(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are A and B here, not a search."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        point = event.position().toPoint()
        row = self.indexAt(point).data(ROW_ROLE)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if isinstance(row, EpochRow):
            self._model.set_collapsed(row, not row.collapsed)
        elif isinstance(row, SoundRow):
            self._click(row, point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # As two clicks: the second one is not swallowed.
        self.mousePressEvent(event)

    def _click(self, row: SoundRow, point: QPoint) -> None:
        at = self._places(row)
        for place, path in ((at.original, row.original_path), (at.model, row.path)):
            if path is None or not place.contains(point):
                continue
            if row is self._delegate.playing_row and path == self._delegate.playing_path:
                self.seek_requested.emit((point.x() - place.left()) / max(1, place.width()))
            else:
                self._ask(row, original=place == at.original)
            return
        self._ask(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        self._delegate.pointer = point
        row = self.indexAt(point).data(ROW_ROLE)
        on_wave = False
        if isinstance(row, SoundRow):
            at = self._places(row)
            on_wave = at.original.contains(point) or at.model.contains(point)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if on_wave else Qt.CursorShape.ArrowCursor
        )
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._delegate.pointer = None
        self.viewport().update()

    def _places(self, row: SoundRow) -> Places:
        rect = self.visualRect(self._model.index(self._model.number_of(row)))
        return places(rect, self.font(), pair=row.is_pair)

    # Playing.

    def _ask(self, row: SoundRow, original: bool = False) -> None:
        self._asked = row
        self.play_requested.emit(row.item(original))

    def _play(self) -> None:
        row = self.current_row()
        if isinstance(row, SoundRow):
            self._ask(row)

    def _toggle(self) -> None:
        row = self.current_row()
        if isinstance(row, EpochRow):
            self._model.set_collapsed(row, not row.collapsed)
        elif row is not None and row is self._delegate.playing_row:
            self.stop_requested.emit()
        else:
            self._play()

    def _hear(self, *, original: bool) -> None:
        row = self.current_row()
        if not isinstance(row, SoundRow) or not row.is_pair:
            return
        if row is self._delegate.playing_row:
            self.side_requested.emit("original" if original else "reconstruction")
        else:
            self._ask(row, original)

    def _fold(self, *, collapsed: bool) -> None:
        row = self.current_row()
        if isinstance(row, SoundRow):
            if not collapsed:
                return
            heading = self._model.heading_of(row)
            self.setCurrentIndex(self._model.index(self._model.number_of(heading)))
            row = heading
        if row is not None:
            self._model.set_collapsed(row, collapsed)

    # New rows.

    @Slot(QModelIndex, int, int)
    def _on_model_rows_inserted(self, _: QModelIndex, first: int, last: int) -> None:
        """Keep what is in sight where it is; at the very top let the new ones slide in."""
        row_height = self.sizeHintForRow(first)
        height = row_height * (last - first + 1)
        following = self._follows()
        bar = self.verticalScrollBar()
        top = bar.value()
        # The view learns its new height when it lays its rows out.
        self.executeDelayedItemsLayout()
        if following:
            if first * row_height < self.viewport().height():
                self._slide_in(height)
        elif first * row_height <= top:
            bar.setValue(top + height)
            row = self._model.row_at(first)
            if isinstance(row, EpochRow):
                self.arrived_above.emit(row.epoch)

    def _follows(self) -> bool:
        """Whether the list stands at its top and nobody is at work in it."""
        at_top = (
            self.verticalScrollBar().value() == 0 or self._slide.state() == QVariantAnimation.State.Running
        )
        busy = self.hasFocus() and self.currentIndex().isValid()
        return at_top and not busy and not self.viewport().underMouse()

    def _slide_in(self, height: int) -> None:
        bar = self.verticalScrollBar()
        if motion.reduced() or not self.isVisible():
            bar.setValue(0)
            return
        self._slide.stop()
        self._slide.setStartValue(bar.value() + height)
        self._slide.setEndValue(0)
        self._slide.start()

    @Slot(object)
    def _on_slide_value_changed(self, value: int) -> None:
        self.verticalScrollBar().setValue(value)

    # The menu.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.make_menu()
        if menu is not None:
            menu.popup(event.globalPos())

    def make_menu(self) -> QMenu | None:
        """What can be done with the row under the cursor; None if there is none."""
        row = self.current_row()
        if row is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(row, SoundRow):
            menu.addAction(icons.icon("reveal"), self.tr("Show in folder"), self._on_reveal_triggered)
            menu.addAction(icons.icon("copy"), self.tr("Copy path"), self._on_copy_triggered)
            menu.addSeparator()
        menu.addAction(self.tr("Fold all epochs up"), self._on_fold_all_triggered)
        menu.addAction(self.tr("Open all epochs"), self._on_open_all_triggered)
        return menu

    @Slot()
    def _on_reveal_triggered(self) -> None:
        row = self.current_row()
        if isinstance(row, SoundRow):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.path.parent)))

    @Slot()
    def _on_copy_triggered(self) -> None:
        row = self.current_row()
        if isinstance(row, SoundRow):
            QGuiApplication.clipboard().setText(str(row.path))

    @Slot()
    def _on_fold_all_triggered(self) -> None:
        self._model.set_all_collapsed(True)

    @Slot()
    def _on_open_all_triggered(self) -> None:
        self._model.set_all_collapsed(False)

"""The list of generated sounds: heard with mouse and keys, starred, renamed, dragged out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from sda_desktop.generation.history import HistoryEntry
from sda_desktop.ui import theme
from sda_desktop.ui.audition import Audition
from sda_desktop.ui.history_delegate import HistoryDelegate, places
from sda_desktop.ui.history_model import ENTRY_ROLE, AnyIndex, HistoryModel

_PLAY_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryList(QListView):
    """Selecting shows a sound in the player; a click, Enter, Space or a single arrow press plays it.

    A click on the waveform that sounds moves the playhead, one on the star toggles it, and so does S.  While
    an arrow key repeats nothing sounds; letting go plays where it stopped.
    """

    entry_selected = Signal(object)  # HistoryEntry
    play_requested = Signal(object)  # HistoryEntry
    stop_requested = Signal()
    seek_requested = Signal(float)  # share of the sound that plays
    star_pressed = Signal(object)  # HistoryEntry
    delete_pressed = Signal()
    copy_pressed = Signal()
    undo_pressed = Signal()
    menu_requested = Signal(object)  # QPoint on the screen
    drag_prepared = Signal(object)  # list[HistoryEntry]: the mouse is down on them
    drag_requested = Signal(object)  # list[HistoryEntry]

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyList")
        self.setAccessibleName(self.tr("Generated sounds"))
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys play the next sound, Space plays and stops, Escape stops, S stars, F2 renames, "
                "Delete takes out."
            )
        )
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = HistoryDelegate(self)
        self.setItemDelegate(self._delegate)
        self._pressed_at: QPoint | None = None
        self._selected: str | None = None  # id of the entry that was told of last
        self._audition = Audition(self, self._play)
        self._model = model
        self.setModel(model)
        theme.notifier().changed.connect(self._on_theme_changed)

    # What it is told.

    def current_entry(self) -> HistoryEntry | None:
        """The entry under the cursor."""
        entry = self.currentIndex().data(ENTRY_ROLE)
        return entry if isinstance(entry, HistoryEntry) else None

    def selected_entries(self) -> list[HistoryEntry]:
        """All that are selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._model.entry_at(row) for row in rows]

    def select(self, entry_id: str | None) -> bool:
        """Put the cursor on an entry; False if it is not shown."""
        row = -1 if entry_id is None else self._model.row_of(entry_id)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
        return row >= 0

    def keep_selected(self, entry_id: str) -> None:
        """Put the cursor on an entry without asking for its sound."""
        self._selected = entry_id
        self.select(entry_id)

    def set_playing(self, entry_id: str | None) -> None:
        """Mark the entry that is heard now."""
        self._delegate.playing, self._delegate.progress = entry_id, 0.0
        self.viewport().update()

    def set_progress(self, share: float) -> None:
        """Where the playhead is in the sound that is heard."""
        if self._delegate.playing is not None:
            self._delegate.progress = share
            row = self._model.row_of(self._delegate.playing)
            if row >= 0:
                self.update(self._model.index(row))

    # What Qt tells.

    @Slot()
    def _on_theme_changed(self) -> None:
        self._delegate.forget()
        self.viewport().update()

    # Keys select before they move the cursor, the mouse afterwards, and getting the focus alone moves the
    # cursor without selecting: what is told is a row that is both.

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._tell_selected()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_selected()

    def _tell_selected(self) -> None:
        entry = self.current_entry()
        selected = self.selectionModel().isSelected(self.currentIndex())
        if entry is not None and selected and entry.id != self._selected:
            self._selected = entry.id
            self.entry_selected.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        fresh = not event.isAutoRepeat()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
        elif event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space or key in _PLAY_KEYS:
            if fresh:
                self._toggle()
        elif key == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        elif key == Qt.Key.Key_S:
            if fresh and (entry := self.current_entry()) is not None:
                self.star_pressed.emit(entry)
        else:
            self._audition.press(event, super().keyPressEvent)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        self._audition.release(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        entry = index.data(ENTRY_ROLE)
        if event.button() != Qt.MouseButton.LeftButton or not isinstance(entry, HistoryEntry):
            super().mousePressEvent(event)
            return
        at = places(self.visualRect(index), self.font())
        if at.star.contains(point):
            self.star_pressed.emit(entry)
            return
        already = self.selectionModel().isSelected(index) and len(self.selected_entries()) > 1
        if already and not event.modifiers():
            self.setFocus()  # dragging several of them: the selection stays
        else:
            super().mousePressEvent(event)
        self._pressed_at = point
        self.drag_prepared.emit(self.selected_entries())
        if event.modifiers():
            return
        if entry.id == self._delegate.playing and at.wave.contains(point):
            self.seek_requested.emit((point.x() - at.wave.left()) / max(1, at.wave.width()))
        else:
            self.play_requested.emit(entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # As two clicks: the second one is not swallowed.
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            if far and (entries := self.selected_entries()):
                self._pressed_at = None
                self.drag_requested.emit(entries)
            return
        super().mouseMoveEvent(event)
        self._delegate.pointer = point
        index = self.indexAt(point)
        on_star = index.isValid() and places(self.visualRect(index), self.font()).star.contains(point)
        shape = Qt.CursorShape.PointingHandCursor if on_star else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._delegate.pointer = None
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current_entry() is not None:
            self.menu_requested.emit(event.globalPos())

    # Playing.

    def _play(self) -> None:
        if (entry := self.current_entry()) is not None:
            self.play_requested.emit(entry)

    def _toggle(self) -> None:
        entry = self.current_entry()
        if entry is not None and entry.id == self._delegate.playing:
            self.stop_requested.emit()
        else:
            self._play()

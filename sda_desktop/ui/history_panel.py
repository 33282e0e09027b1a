"""The history: all sounds that were generated, with stars, names, a search, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.errors import SdaError
from sda_desktop.generation.history import History, HistoryEntry
from sda_desktop.generation.shared_file import is_found
from sda_desktop.ui import icons, theme
from sda_desktop.ui.history_list import HistoryList
from sda_desktop.ui.history_model import HistoryModel
from sda_desktop.ui.notice_bar import NoticeBar
from sda_desktop.ui.sentence_card import sentence_card
from sda_desktop.ui.wording import short_name

SEARCH_AFTER_MS = 120


class HistoryPanel(QWidget):
    """Shows a History and changes it as the user asks; what needs the model or a file it only asks for."""

    entry_selected = Signal(object)  # HistoryEntry
    play_requested = Signal(object)  # HistoryEntry
    stop_requested = Signal()
    seek_requested = Signal(float)  # share of the sound that plays
    favourite_toggled = Signal(object)  # HistoryEntry, as it is now
    vary_requested = Signal(object)  # HistoryEntry
    export_requested = Signal(object)  # list[HistoryEntry]
    copy_requested = Signal(object)  # list[HistoryEntry]
    drag_prepared = Signal(object)  # list[HistoryEntry]: a drag may follow
    drag_requested = Signal(object)  # list[HistoryEntry]
    failed = Signal(object)  # SdaError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPanel")
        self.setAccessibleName(self.tr("History"))
        self._history: History | None = None
        self._run: Path | None = None
        self._removed: list[HistoryEntry] = []  # last, to be brought back
        self._model = HistoryModel(self)
        self.list = HistoryList(self._model)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(SEARCH_AFTER_MS)
        self._build()
        self._connect()
        self._show_page()

    # What it is told.

    def set_history(self, history: History) -> None:
        """Show this one; what was damaged in it is said."""
        self._history = history
        if history.notes:
            self._notice.show_message(" ".join(history.notes), sign="warning")
        self.refresh()

    def set_run(self, run: Path | None) -> None:
        """Show only what was made with one run, or all."""
        if run != self._run:
            self._run = run
            self.refresh()

    def add_entry(self, entry: HistoryEntry) -> None:
        """Show an entry that was just added to the history, on top and selected, if the filter lets it."""
        if self._fits(entry) and self._model.row_of(entry.id) < 0:
            following = self.list.verticalScrollBar().value() == 0
            self._model.insert(0, entry)
            if following:
                self.list.keep_selected(entry.id)
                self.list.scrollToTop()
        self._show_page()

    def set_playing(self, entry_id: str | None) -> None:
        """Mark the entry that is heard now."""
        self.list.set_playing(entry_id)

    @Slot(float)
    def set_progress(self, share: float) -> None:
        """Where the playhead is in the sound that is heard."""
        self.list.set_progress(share)

    @Slot()
    def refresh(self) -> None:
        """Read the history again, and show what fits search and filter."""
        if self._history is None:
            return
        try:
            self._history.refresh()
        except SdaError as error:
            self.failed.emit(error)
        current = self.list.current_entry()
        self._model.set_entries(
            self._history.entries(
                run=self._run, favourites=self._favourites.isChecked(), search=self._search.text()
            )
        )
        if current is not None:
            self.list.keep_selected(current.id)
        self._show_page()

    # Building.

    def _build(self) -> None:
        title = QLabel(self.tr("History"))
        theme.set_role(title, "heading")
        self._search = QLineEdit()
        self._search.setObjectName("historySearch")
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search the history"))
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(22 * theme.GRID)
        self._filters = QButtonGroup(self)
        self._all = self._filter("historyAll", self.tr("All"), self.tr("All generated sounds"))
        self._favourites = self._filter(
            "historyFavourites", self.tr("Favourites"), self.tr("Only those with a star")
        )
        self._all.setChecked(True)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._all)
        top.addWidget(self._favourites)
        top.addSpacing(theme.HALF)
        top.addWidget(self._search)
        self._notice = NoticeBar("historyNotice")
        self._pages = QStackedWidget()
        page, self._sentence = sentence_card("historyEmpty")
        self._pages.addWidget(page)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(top)
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)

    def _filter(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(True)
        self._filters.addButton(button)
        return button

    def _connect(self) -> None:
        rows = self.list
        rows.entry_selected.connect(self.entry_selected)
        rows.play_requested.connect(self.play_requested)
        rows.stop_requested.connect(self.stop_requested)
        rows.seek_requested.connect(self.seek_requested)
        rows.drag_prepared.connect(self.drag_prepared)
        rows.drag_requested.connect(self.drag_requested)
        rows.star_pressed.connect(self._on_list_star_pressed)
        rows.delete_pressed.connect(self._on_list_delete_pressed)
        rows.copy_pressed.connect(self._on_list_copy_pressed)
        rows.undo_pressed.connect(self._on_list_undo_pressed)
        rows.menu_requested.connect(self._on_list_menu_requested)
        self._model.rename_requested.connect(self._on_model_rename_requested)
        self._filters.buttonClicked.connect(self.refresh)
        self._search.textChanged.connect(self._searching.start)
        self._searching.timeout.connect(self.refresh)
        self._notice.action_triggered.connect(self._on_notice_action_triggered)

    def _show_page(self) -> None:
        narrowed = bool(self._search.text().strip()) or self._favourites.isChecked()
        if self._model.rowCount():
            self._pages.setCurrentWidget(self.list)
            return
        if self._search.text().strip():
            self._sentence.setText(self.tr("No sound has these words in its name."))
        elif narrowed:
            self._sentence.setText(
                self.tr("No favourites yet. A click on the star of a sound keeps it here.")
            )
        else:
            self._sentence.setText(self.tr("Every sound that you make is kept here, so that none is lost."))
        self._pages.setCurrentIndex(0)

    def _fits(self, entry: HistoryEntry) -> bool:
        return (
            (self._run is None or entry.run == str(self._run))
            and (entry.favourite or not self._favourites.isChecked())
            and is_found(self._search.text(), entry.title)
        )

    # Changing.

    def _change(self, change: Callable[[History], HistoryEntry]) -> HistoryEntry | None:
        """Do it; None if it could not be done, which is then said."""
        if self._history is None:
            return None
        try:
            return change(self._history)
        except SdaError as error:
            self.failed.emit(error)
            self.refresh()
            return None

    @Slot(object)
    def _on_list_star_pressed(self, entry: HistoryEntry) -> None:
        changed = self._change(lambda history: history.set_favourite(entry.id, not entry.favourite))
        if changed is not None:
            self._model.replace(changed)
            self.favourite_toggled.emit(changed)

    @Slot(str, str)
    def _on_model_rename_requested(self, entry_id: str, title: str) -> None:
        changed = self._change(lambda history: history.rename(entry_id, title))
        if changed is not None:
            self._model.replace(changed)

    @Slot()
    def _on_list_delete_pressed(self) -> None:
        entries = self.list.selected_entries()
        if not entries:
            return
        row = self._model.row_of(entries[0].id)
        removed = []
        for entry in entries:
            done = self._change(partial(History.remove, entry_id=entry.id))
            if done is None:
                break
            self._model.remove(entry.id)
            removed.append(done)
        if removed:
            self._removed = removed
            words = (
                self.tr("“{0}” was taken out.").format(short_name(removed[0].title))
                if len(removed) == 1
                else self.tr("{0} sounds were taken out.").format(len(removed))
            )
            self._notice.show_message(words, self.tr("Undo"))
        if self._model.rowCount():
            nearest = self._model.entry_at(min(row, self._model.rowCount() - 1))
            self.list.keep_selected(nearest.id)
        self._show_page()

    @Slot()
    def _on_list_undo_pressed(self) -> None:
        self.undo()

    def undo(self) -> bool:
        """Bring back what was taken out last; False if there is nothing.

        For the page: its own Undo asks here first.
        """
        removed, self._removed = self._removed, []
        if not removed or self._history is None:
            return False
        self._notice.hide()
        try:
            for entry in removed:
                self._history.bring_back(entry)
        except SdaError as error:
            self.failed.emit(error)
        self.refresh()
        self.list.keep_selected(removed[0].id)
        return True

    @Slot()
    def _on_notice_action_triggered(self) -> None:
        self.undo()

    @Slot()
    def _on_list_copy_pressed(self) -> None:
        if entries := self.list.selected_entries():
            self.copy_requested.emit(entries)

    # The menu.

    @Slot(object)
    def _on_list_menu_requested(self, where: QPoint) -> None:
        self.make_menu().popup(where)

    def make_menu(self) -> QMenu:
        """What can be done with the selected sounds."""
        entry = self.list.current_entry()
        starred = entry is not None and entry.favourite
        menu = QMenu(self)
        menu.setObjectName("historyMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        star = self.tr("Take the star away") if starred else self.tr("Add to the favourites")
        keys = QKeySequence
        for icon, text, slot, shortcut in (
            ("play", self.tr("Play"), self._on_menu_play, keys(Qt.Key.Key_Space)),
            ("star", star, self._on_menu_star, keys(Qt.Key.Key_S)),
            ("", self.tr("Rename"), self._on_menu_rename, keys(Qt.Key.Key_F2)),
            ("refresh", self.tr("Vary"), self._on_menu_vary, keys()),
            (None, "", None, None),
            ("copy", self.tr("Copy"), self._on_list_copy_pressed, keys(keys.StandardKey.Copy)),
            ("export", self.tr("Export…"), self._on_menu_export, keys()),
            (None, "", None, None),
            ("delete", self.tr("Take out"), self._on_list_delete_pressed, keys(keys.StandardKey.Delete)),
        ):
            if slot is None or shortcut is None:
                menu.addSeparator()
                continue
            action = menu.addAction(icons.icon(icon) if icon else QIcon(), text, slot)
            # Shown only: the list itself listens to these keys.
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return menu

    @Slot()
    def _on_menu_play(self) -> None:
        if (entry := self.list.current_entry()) is not None:
            self.play_requested.emit(entry)

    @Slot()
    def _on_menu_star(self) -> None:
        if (entry := self.list.current_entry()) is not None:
            self._on_list_star_pressed(entry)

    @Slot()
    def _on_menu_rename(self) -> None:
        self.list.edit(self.list.currentIndex())

    @Slot()
    def _on_menu_vary(self) -> None:
        if (entry := self.list.current_entry()) is not None:
            self.vary_requested.emit(entry)

    @Slot()
    def _on_menu_export(self) -> None:
        if entries := self.list.selected_entries():
            self.export_requested.emit(entries)

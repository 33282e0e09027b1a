"""Help, Log: what happened in this session, live, and what older log files tell."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QWidget,
)

from sda_desktop import logs
from sda_desktop.errors import SdaError
from sda_desktop.logs import Record
from sda_desktop.storage import atomic_write_text
from sda_desktop.ui import theme
from sda_desktop.ui.access import name_choice
from sda_desktop.ui.background import Background
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.help_dialogs import close_row, frame
from sda_desktop.ui.log_model import LEVEL, MESSAGE, RECORD_ROLE, SOURCE, TIME, LogFilter, LogModel
from sda_desktop.ui.search_field import SearchField
from sda_desktop.words import counted, say

FIRST_SIZE = QSize(960, 620)
REFRESH_MS = 300
DETAIL_LINES = 7


class LogWindow(QDialog):
    """A list of records; the selected ones in full below it."""

    folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        column = frame(self, "logWindow", self.tr("Log"))
        column.setContentsMargins(*[2 * theme.GRID] * 4)
        self._recent = logs.remember()
        self._seen = 0
        self._reading, self._writing = Background(self), Background(self)
        self.model = LogModel(self)
        self.shown = LogFilter(self.model, self)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        column.addLayout(self._tools())
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GRID)
        splitter.addWidget(self._make_list())
        splitter.addWidget(self._make_detail())
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([FIRST_SIZE.height(), 0])
        column.addWidget(splitter, 1)
        column.addLayout(self._buttons())
        self._connect()
        self.resize(FIRST_SIZE)
        self._show_session()
        self.list.setFocus()

    # Building.

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        self.source = QComboBox()
        self.source.setObjectName("logSource")
        name_choice(self.source, self.tr("Which log"))
        self.source.addItem(self.tr("This session"), None)
        for file in logs.old_files():
            self.source.addItem(file.name, str(file))
        self.level = QComboBox()
        self.level.setObjectName("logLevel")
        name_choice(self.level, self.tr("Lowest level shown"))
        self.level.addItem(self.tr("Everything"), logging.NOTSET)
        self.level.addItem(self.tr("Warnings and errors"), logging.WARNING)
        self.level.addItem(self.tr("Errors"), logging.ERROR)
        self.search = SearchField()
        self.search.setObjectName("logSearch")
        self.search.setPlaceholderText(self.tr("Search the log"))
        self.search.setAccessibleName(self.tr("Search the log"))
        self.follow = QCheckBox(self.tr("Follow"))
        self.follow.setObjectName("logFollow")
        self.follow.setAccessibleName(self.tr("Go on to the newest record"))
        self.follow.setChecked(True)
        for widget in (self.source, self.level):
            row.addWidget(widget)
        row.addWidget(self.search, 1)
        row.addWidget(self.follow)
        return row

    def _make_list(self) -> QTreeView:
        self.list = QTreeView()
        self.list.setObjectName("logList")
        self.list.setAccessibleName(self.tr("Records of the log"))
        self.list.setModel(self.shown)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        measure = self.fontMetrics()
        for column, widest in (
            (TIME, "2026-08-28 20:28:28.888"),
            (LEVEL, self.tr("Warning")),
            (SOURCE, "training.checkpoint"),
            (MESSAGE, ""),
        ):
            header.resizeSection(column, measure.horizontalAdvance(widest) + 3 * theme.GRID)
        return self.list

    def _make_detail(self) -> QPlainTextEdit:
        self.detail = QPlainTextEdit()
        self.detail.setObjectName("logDetail")
        self.detail.setAccessibleName(self.tr("The selected records in full"))
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.detail.setPlaceholderText(self.tr("Select a record to read all of it."))
        self.detail.setMinimumHeight(DETAIL_LINES * self.detail.fontMetrics().height())
        return self.detail

    def _buttons(self) -> QHBoxLayout:
        self._copy = self._button("logCopy", self.tr("Copy"), self.tr("Copy the selected records, or all"))
        self._save = self._button("logSave", self.tr("Save…"), self.tr("Save the records that are shown"))
        self._folder = self._button("logFolder", self.tr("Show folder"), self.tr("Show the folder of logs"))
        row = close_row(self, self._copy, self._save, self._folder)
        self._count = ElidedLabel()
        self._count.setObjectName("logCount")
        theme.set_role(self._count, "muted")
        row.insertWidget(3, self._count, 1)
        return row

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_timer_timeout)
        self.source.currentIndexChanged.connect(self._on_source_current_index_changed)
        self.level.currentIndexChanged.connect(self._on_level_current_index_changed)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.search.step_requested.connect(self._on_search_step_requested)
        self.search.left.connect(self.list.setFocus)
        self.follow.toggled.connect(self._on_follow_toggled)
        self.list.verticalScrollBar().actionTriggered.connect(self._on_list_scrolled)
        self.list.selectionModel().selectionChanged.connect(self._on_list_selection_changed)
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self._on_save_clicked)
        self._folder.clicked.connect(self.folder_requested)
        theme.notifier().changed.connect(self.list.viewport().update)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.list)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._on_copy)

    # What is shown.

    def _show_session(self) -> None:
        self._reading.drop()
        self._seen, records = self._recent.since()
        self._show(records)
        self._timer.start()

    def _show(self, records: list[Record]) -> None:
        self.model.show(records)
        self.detail.clear()
        self._after_change()

    def _after_change(self) -> None:
        shown, known = self.shown.rowCount(), self.model.rowCount()
        words = self.tr("{shown} of {known} records").format(shown=shown, known=known)
        self._count.setText(words if shown < known else counted("{n} record", "{n} records", known))
        if self.follow.isChecked():
            self.list.scrollToBottom()

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.list.selectionModel().selectedRows())

    def _selected(self) -> list[Record]:
        return [self.shown.index(row, 0).data(RECORD_ROLE) for row in self._selected_rows()]

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._seen, records = self._recent.since(self._seen)
        if records:
            self.model.add(records)
            self._after_change()

    @Slot(int)
    def _on_source_current_index_changed(self, _: int) -> None:
        name = self.source.currentData()
        if name is None:
            self._show_session()
            return
        self._timer.stop()
        self._show([])
        self._reading.start(partial(_read, Path(name)), self._show, self._on_failed)

    @Slot(int)
    def _on_level_current_index_changed(self, _: int) -> None:
        self.shown.set_level(self.level.currentData())
        self._after_change()

    @Slot(str)
    def _on_search_text_changed(self, words: str) -> None:
        self.shown.set_words(words)
        self._after_change()

    @Slot(int)
    def _on_search_step_requested(self, step: int) -> None:
        """Enter goes through what was found, from the newest."""
        count, rows = self.shown.rowCount(), self._selected_rows()
        if not count:
            return
        row = (rows[0] + step) % count if rows else count - 1
        self.list.setCurrentIndex(self.shown.index(row, 0))

    @Slot(bool)
    def _on_follow_toggled(self, follow: bool) -> None:
        if follow:
            self.list.scrollToBottom()

    @Slot()
    def _on_list_scrolled(self) -> None:
        """Who scrolls away wants to read; who scrolls to the end wants to go on."""
        bar = self.list.verticalScrollBar()
        self.follow.setChecked(bar.sliderPosition() >= bar.maximum())

    @Slot(QItemSelection, QItemSelection)
    def _on_list_selection_changed(self, _: QItemSelection, __: QItemSelection) -> None:
        rows = self._selected_rows()
        if rows and rows[-1] < self.shown.rowCount() - 1:
            self.follow.setChecked(False)
        self.detail.setPlainText("\n".join(record.line() for record in self._selected()))

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # Taking it away.

    @Slot()
    def _on_copy(self) -> None:
        records = self._selected() or self.shown.records()
        QGuiApplication.clipboard().setText("".join(f"{record.line()}\n" for record in records))

    @Slot()
    def _on_save_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the log"))
        dialog.setObjectName("logSaveDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Texts (*.txt *.log)"))
        dialog.setDefaultSuffix(".txt")
        dialog.selectFile("SDA Desktop log.txt")
        dialog.fileSelected.connect(self._on_save_file_selected)
        dialog.open()

    @Slot(str)
    def _on_save_file_selected(self, name: str) -> None:
        text = "".join(f"{record.line()}\n" for record in self.shown.records())
        work = partial(atomic_write_text, Path(name), text)
        self._writing.start(work, self._on_written, self._on_failed)

    def _on_written(self, _: object) -> None:
        self._count.setText(self.tr("The log was saved."))

    def _on_failed(self, error: SdaError) -> None:
        show_error(self, error)


def _read(path: Path) -> list[Record]:
    try:
        return logs.read_records(path)
    except OSError as error:
        raise SdaError(
            say("{path} cannot be read.", path=path), say("It may be gone by now."), repr(error)
        ) from error

"""The guide: one Markdown file in the resources, shown with its headings and a search."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sda_desktop import paths
from sda_desktop.ui import theme
from sda_desktop.ui.markdown_view import MarkdownView
from sda_desktop.ui.search_field import SearchField
from sda_desktop.words import say

_log = logging.getLogger(__name__)

FIRST_SIZE = QSize(920, 680)
CONTENTS_CHARACTERS = 30
INDENT = "    "
ENGLISH = "guide.en.md"


def guide_file(name: str) -> Path:
    """The guide of that name, or the English one where it is missing."""
    folder = paths.resources_dir() / "guide"
    return folder / name if (folder / name).is_file() else folder / ENGLISH


def guide_text() -> str:
    """The guide in the language that the window speaks; a sentence if it cannot be read."""
    file = guide_file(say("guide.en.md"))  # the translation is the name of the translated file
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        _log.warning("The guide cannot be read: %s", error)
        return say("The guide {file} cannot be read.", file=file)


class GuideDialog(QDialog):
    """How it works, beside the window: it can stay open while one tries."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guideDialog")
        self.setWindowTitle(self.tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self.view.show_markdown(guide_text())
        self._fill_contents()
        self._connect()
        self.resize(FIRST_SIZE)
        self.view.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        column.addLayout(self._search_row())
        self.contents = QListWidget()
        self.contents.setObjectName("guideContents")
        self.contents.setAccessibleName(self.tr("Contents of the guide"))
        self.contents.setMinimumWidth(CONTENTS_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.view = MarkdownView()
        self.view.setObjectName("guideText")
        self.view.setAccessibleName(self.tr("Guide"))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GRID)
        splitter.addWidget(self.contents)
        splitter.addWidget(self.view)
        splitter.setStretchFactor(1, 1)
        column.addWidget(splitter, 1)

    def _search_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        self.search = SearchField()
        self.search.setObjectName("guideSearch")
        self.search.setPlaceholderText(self.tr("Search the guide"))
        self.search.setAccessibleName(self.tr("Search the guide"))
        self._found = QLabel()
        self._found.setObjectName("guideFound")
        self._found.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._counted(888, 888)))
        theme.set_role(self._found, "muted")
        close = QPushButton(self.tr("Close"))
        close.setObjectName("guideDialogClose")
        close.setAccessibleName(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        row.addWidget(self.search, 1)
        row.addWidget(self._found)
        row.addWidget(close)
        return row

    def _fill_contents(self) -> None:
        for number, heading in enumerate(self.view.headings()):
            if heading.level == 1:
                continue
            item = QListWidgetItem(f"{INDENT if heading.level > 2 else ''}{heading.title}")
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + theme.GRID))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, heading.title)
            self.contents.addItem(item)

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(self._on_contents_current_item_changed)
        self.contents.itemClicked.connect(self._on_contents_item_clicked)
        self.view.section_changed.connect(self._on_view_section_changed)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.search.step_requested.connect(self._on_search_step_requested)
        self.search.left.connect(self.view.setFocus)
        for keys, slot in (
            (QKeySequence.StandardKey.Find, self._on_find),
            (QKeySequence.StandardKey.FindNext, self._on_find_next),
            (QKeySequence.StandardKey.FindPrevious, self._on_find_previous),
        ):
            QShortcut(keys, self).activated.connect(slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # nothing here is confirmed
        super().keyPressEvent(event)

    def _counted(self, number: int, count: int) -> str:
        return self.tr("{number} of {count}").format(number=number, count=count)

    def _show_found(self, count: int) -> None:
        if not self.search.text().strip():
            self._found.setText("")
        elif count:
            self._found.setText(self._counted(self.view.hit(), count))
        else:
            self._found.setText(self.tr("none"))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_contents_current_item_changed(self, item: QListWidgetItem | None, _: object) -> None:
        if item is not None:
            self._go_to(item)

    @Slot(QListWidgetItem)
    def _on_contents_item_clicked(self, item: QListWidgetItem) -> None:
        self._go_to(item)  # again, after one has scrolled away

    def _go_to(self, item: QListWidgetItem) -> None:
        self.view.blockSignals(True)  # the text follows the list, not the list the text
        self.view.go_to(int(item.data(Qt.ItemDataRole.UserRole)))
        self.view.blockSignals(False)

    @Slot(int)
    def _on_view_section_changed(self, section: int) -> None:
        self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            item = self.contents.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == section:
                self.contents.setCurrentItem(item)
                break
        else:
            self.contents.setCurrentRow(-1)
        self.contents.blockSignals(False)

    @Slot(str)
    def _on_search_text_changed(self, words: str) -> None:
        self._count = self.view.search(words)
        self._show_found(self._count)

    @Slot(int)
    def _on_search_step_requested(self, step: int) -> None:
        self.view.next_hit(step)
        self._show_found(len(self.view.extraSelections()))

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _on_find_next(self) -> None:
        self._on_search_step_requested(1)

    @Slot()
    def _on_find_previous(self) -> None:
        self._on_search_step_requested(-1)

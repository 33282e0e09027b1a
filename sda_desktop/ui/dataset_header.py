"""The line above the list: how many sounds, of what kind, and what is wrong with some of them, folded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.audio.scan import ScanResult, SoundFile
from sda_desktop.ui import icons, sound_words, theme
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.progress_line import ProgressLine

ICON_SIZE, SMALL_ICON = 18, 14
PROBLEM_ROWS = 5


class DatasetHeader(QWidget):
    """Summary, notes, problems, scan progress, and the buttons that bring in sounds."""

    add_requested = Signal()
    cancel_requested = Signal()
    problem_selected = Signal(object)  # Path

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[SoundFile] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(self._build_summary(menu))
        column.addLayout(self._build_progress())
        self._notes = QLabel()
        self._notes.setObjectName("datasetNotes")
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        theme.set_role(self._notes, "warning")
        column.addWidget(self._notes)
        self._fold = QPushButton()
        self._fold.setObjectName("problemsButton")
        self._fold.setCheckable(True)
        theme.set_role(self._fold, "fold")
        self._fold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fold.toggled.connect(self._on_fold_toggled)
        column.addWidget(self._fold)
        self._problems = QListWidget()
        self._problems.setObjectName("problemsList")
        self._problems.setAccessibleName(self.tr("Problems"))
        self._problems.setFrameShape(QFrame.Shape.NoFrame)
        self._problems.setWordWrap(True)
        self._problems.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
        self._problems.setSpacing(1)
        self._problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problems.currentItemChanged.connect(self._on_problem_changed)
        column.addWidget(self._problems)
        theme.notifier().changed.connect(self._on_theme_changed)
        self.show_result(None)

    def _build_summary(self, menu: QMenu) -> QHBoxLayout:
        self._headline = ElidedLabel()
        self._headline.setObjectName("datasetHeadline")
        self._headline.setFont(theme.tabular(self._headline.font()))
        theme.set_role(self._headline, "heading")
        self._kinds = ElidedLabel()
        self._kinds.setObjectName("datasetKinds")
        theme.set_role(self._kinds, "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._headline)
        words.addWidget(self._kinds)
        self.add_button = icon_button("addSoundsButton", "add", self.tr("Add sounds"), ICON_SIZE)
        self.add_button.clicked.connect(self.add_requested)
        self.menu_button = icon_button("soundsMenuButton", "more", self.tr("Open, recent, rescan"), ICON_SIZE)
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout()
        row.setSpacing(theme.HALF)
        row.addLayout(words, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_progress(self) -> QHBoxLayout:
        self._progress = ProgressLine()
        self._progress.setObjectName("scanProgress")
        self._progress.setAccessibleName(self.tr("Progress of examining the sounds"))
        self._progress.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("scanCancelButton")
        self._cancel.setAccessibleName(self.tr("Cancel examining the sounds"))
        self._cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        return row

    def show_scanning(self, what: str, done: int, total: int) -> None:
        """A scan is under way; total 0: it is not known yet how many."""
        if what != self._headline.text():
            self._headline.setText(what)
        counted = self.tr("{0} of {1}").format(done, total) if total else ""
        self._kinds.setText(counted)
        if total != self._progress.maximum():
            self._progress.setRange(0, total)
        self._progress.setValue(done)
        if self._progress.isHidden():
            self._show_progress(True)
            for widget in (self._notes, self._fold, self._problems):
                widget.hide()

    def show_result(self, result: ScanResult | None) -> None:
        """A scan is done, or (None) there is nothing."""
        self._show_progress(False)
        self._files = result.files if result else ()
        usable = result.usable if result else ()
        self._headline.setText(sound_words.headline(usable) if result else "")
        self._kinds.setText(sound_words.kinds(usable))
        notes = "\n".join(result.notes) if result else ""
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        words = sound_words.problems_text(self._files)
        self._fold.setText(words)
        self._fold.setAccessibleName(self.tr("Problems: {0}").format(words))
        self._fold.setVisible(bool(words))
        self._fill_problems()
        self._on_fold_toggled(self._fold.isChecked() and bool(words))

    def _show_progress(self, shown: bool) -> None:
        self._progress.setVisible(shown)
        self._cancel.setVisible(shown)

    def _fill_problems(self) -> None:
        self._problems.clear()
        found = [file for file in self._files if file.findings]
        for file in sorted(found, key=lambda file: (file.usable, file.path)):
            item = QListWidgetItem(f"{file.path.name}\n{sound_words.reasons(file)}")
            kind = "warning" if file.usable else "error"
            item.setIcon(icons.icon(kind, kind))
            item.setToolTip(str(file.path))
            item.setData(Qt.ItemDataRole.UserRole, file.path)
            left_out = self.tr("kept, with a warning") if file.usable else self.tr("left out")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{file.path.name}, {left_out}: {sound_words.reasons(file)}",
            )
            self._problems.addItem(item)
        rows = min(PROBLEM_ROWS, max(1, self._problems.count()))
        self._problems.setFixedHeight(rows * 2 * self.fontMetrics().height() + theme.GRID)

    @Slot(bool)
    def _on_fold_toggled(self, open_: bool) -> None:
        self._problems.setVisible(open_)
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._fold.setIcon(icons.icon("chevron-down" if self._fold.isChecked() else "chevron-right", "muted"))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_problem_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.problem_selected.emit(item.data(Qt.ItemDataRole.UserRole))

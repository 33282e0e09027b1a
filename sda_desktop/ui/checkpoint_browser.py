"""The checkpoint browser: the runs on the disk and their checkpoints; resume, save, reveal, delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.errors import SdaError
from sda_desktop.ui import icons, theme
from sda_desktop.ui.background import Background
from sda_desktop.ui.checkpoint_tree import RunTree, RunTreeModel
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.plot_marks import MOST_MARKS as MOST_COMPARED
from sda_desktop.ui.reveal import reveal
from sda_desktop.ui.run_deleting import RunDeleting
from sda_desktop.ui.run_entries import (
    Row,
    RunEntry,
    RunRows,
    read_again,
    read_all,
    rows_of,
    run_of,
    size_text,
)
from sda_desktop.words import counted

OPEN_AFTER_MS = 200  # so that stepping through the list with a key held down does not load every run
Listing = tuple[list[RunEntry], list[RunRows]]


class CheckpointBrowser(QWidget):
    """Lists runs and checkpoints off the GUI thread; says what the user wants done with one of them."""

    resume_requested = Signal(object)  # Path of a run folder or of a checkpoint
    run_opened = Signal(object)  # Path of the run folder that was selected
    run_deleted = Signal(object)  # Path of the run folder that is gone
    runs_listed = Signal(object)  # set[Path]: the runs that are on the disk
    compare_chosen = Signal(object, bool)  # RunSummary, yes or no
    save_requested = Signal()
    refreshed = Signal()  # the list shows what is on the disk

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkpointBrowser")
        self.setAccessibleName(self.tr("Runs and checkpoints"))
        self._current: Path | None = None
        self._to_expand: Path | None = None
        self._locked = False
        self._can_save = False
        self._entries: list[RunEntry] = []
        self._listed = self._busy = self._again = self._syncing = False
        self._marks: Mapping[Path, int] = {}
        self._lister = Background(self)
        self._deleting = RunDeleting(self)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(OPEN_AFTER_MS)
        self._build()
        self._connect()
        self._update()

    # For the window.

    def refresh(self) -> None:
        """Read the disk again; selection and expanded runs stay.  `refreshed` follows."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        current, entries, compared = self._current, self._entries, tuple(self._marks)
        # While a run is trained here only that one changes; the others are not read again every time.
        changed = current if self._locked and current in [e.run.path for e in entries] else None

        def work() -> Listing:
            found = read_all(current, compared) if changed is None else read_again(entries, changed)
            return found, [rows_of(entry, current) for entry in found]

        self._lister.start(work, self._on_listed, self._on_list_failed)

    def set_current_run(self, path: Path | None) -> None:
        """The run that the window shows: it is expanded and stands out."""
        if path != self._current:
            self._current = self._to_expand = path
            self.refresh()

    def set_locked(self, locked: bool, can_save: bool | None = None) -> None:
        """While locked (a run is trained here) nothing is resumed, opened or deleted, but can be saved.

        can_save: whether a checkpoint can be saved now, if that is not the same.
        """
        self._can_save = locked if can_save is None else can_save
        if locked != self._locked:
            self._locked = locked
            self.refresh()
        self._update()

    def entries(self) -> Sequence[RunEntry] | None:
        """The runs in the list; None as long as the disk is being read for the first time, or anew."""
        return None if not self._listed or (self._busy and not self._entries) else self._entries

    @Slot(object)
    def set_compared(self, marks: Mapping[Path, int]) -> None:
        """The runs that are compared in the curves, and the sign of each."""
        self._marks = marks
        self._model.set_marks(marks)
        self._update()

    @Slot(object)
    def choose(self, path: Path) -> None:
        """Select a run and show it, as a click in the list does."""
        index = self._model.index_of(path)
        if not index.isValid():
            self.refresh()  # it is gone, or has come since
            return
        self._tree.setCurrentIndex(index)
        self._tree.scrollTo(index)
        self._tree.setFocus()
        self._opening.stop()
        self._on_opening_timeout()

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(self._build_header())
        self._model = RunTreeModel(self)
        self._tree = RunTree(self._model)
        self._message = self._label("runMessage", self.font())
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(2 * theme.GRID)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._tree)
        self._pages.addWidget(self._message)
        self._pages.setMinimumHeight(12 * theme.GRID)
        column.addWidget(self._pages, 1)
        self._sentence = self._label("runSentence", theme.small(self.font()))
        # Room for two lines at all times: the buttons must not move when the sentence changes.
        self._sentence.setFixedHeight(2 * self._sentence.fontMetrics().lineSpacing() + 2)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._sentence)
        column.addLayout(self._build_buttons())

    def _build_header(self) -> QHBoxLayout:
        heading = QLabel(self.tr("Runs"))
        heading.setObjectName("runsHeading")
        theme.set_role(heading, "heading")
        self._summary = QLabel()
        self._summary.setObjectName("runsSummary")
        self._summary.setFont(theme.tabular(theme.small(self.font())))
        theme.set_role(self._summary, "muted")
        self._compare = icon_button("compareRunButton", "curves", self.tr("Compare in the curves"))
        self._compare.setCheckable(True)
        self._refresh = icon_button(
            "refreshRunsButton", "refresh", self.tr("Look again (F5)"), spoken=self.tr("Look again")
        )
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self._summary)
        row.addWidget(self._compare)
        row.addWidget(self._refresh)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        self._resume = QPushButton(icons.icon("resume"), self.tr("Resume"))
        self._resume.setObjectName("resumeRunButton")
        self._resume.setAccessibleName(self.tr("Resume the selected run or checkpoint"))
        self._save = QPushButton(icons.icon("save"), self.tr("Save now"))
        self._save.setObjectName("saveCheckpointButton")
        self._save.setAccessibleName(self.tr("Save a checkpoint now"))
        self._reveal = icon_button("revealRunButton", "reveal", self.tr("Show in the file manager"))
        self._delete = icon_button(
            "deleteRunButton", "delete", self.tr("Delete… (Del)"), spoken=self.tr("Delete…")
        )
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._resume)
        row.addWidget(self._save)
        row.addStretch(1)
        row.addWidget(self._reveal)
        row.addWidget(self._delete)
        return row

    def _label(self, name: str, font: QFont) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setFont(font)  # before the role: the style sheet would win over a later one
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(label, "muted")
        return label

    def _connect(self) -> None:
        self._opening.timeout.connect(self._on_opening_timeout)
        self._tree.row_selected.connect(self._on_tree_row_selected)
        self._tree.clicked.connect(self._on_tree_clicked)
        self._tree.resume_pressed.connect(self._on_resume)
        self._tree.delete_pressed.connect(self._on_delete)
        self._tree.refresh_pressed.connect(self._on_refresh)
        self._tree.customContextMenuRequested.connect(self._on_tree_menu_requested)
        self._refresh.clicked.connect(self._on_refresh)
        self._resume.clicked.connect(self._on_resume)
        self._save.clicked.connect(self.save_requested)
        self._reveal.clicked.connect(self._on_reveal)
        self._delete.clicked.connect(self._on_delete)
        self._compare.clicked.connect(self._on_compare)
        self._deleting.began.connect(self._update)
        self._deleting.deleted.connect(self._on_deleting_deleted)
        self._deleting.ended.connect(self._on_refresh)

    # Listing.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._listed:
            self.refresh()

    def _on_listed(self, listing: Listing) -> None:
        self._entries, rows = listing
        self._syncing = True
        try:
            self._model.set_runs(rows)
        finally:
            self._syncing = False
        self._show_totals()
        self._expand()
        self.runs_listed.emit({entry.run.path for entry in self._entries})
        self._done()

    def _on_list_failed(self, error: SdaError) -> None:
        self._say(str(error), "error")
        self._done()

    def _done(self) -> None:
        self._listed, self._busy = True, False
        self._update()
        if self._again:
            self._again = False
            self.refresh()
        else:
            self.refreshed.emit()

    def _show_totals(self) -> None:
        count = len(self._entries)
        if not count:
            self._summary.clear()
            self._say(self.tr("No runs yet. Each training is kept here with its checkpoints."), "muted")
            return
        total = size_text(sum(entry.run.size_bytes for entry in self._entries))
        runs = counted("{n} run", "{n} runs", count)
        self._summary.setText(f"{runs} · {total}")
        self._pages.setCurrentWidget(self._tree)

    def _say(self, text: str, role: theme.Role) -> None:
        self._message.setText(text)
        theme.set_role(self._message, role)
        self._pages.setCurrentWidget(self._message)

    def _expand(self) -> None:
        """Open the current run, once, so that the user may close it."""
        if self._to_expand is None:
            return
        index = self._model.index_of(self._to_expand)
        if index.isValid() and self._model.hasChildren(index):
            self._to_expand = None
            self._tree.expand(index)
            self._tree.scrollTo(index)

    # What is selected, and what may be done with it.

    def _update(self) -> None:
        row = self._tree.selected_row()
        free = not self._locked
        busy_tip = self.tr("Stop the training first")
        self._resume.setEnabled(row is not None and row.resumable and free)
        self._resume.setToolTip(
            busy_tip if self._locked else self.tr("Go on training from the selected one (Enter)")
        )
        self._delete.setEnabled(row is not None and not row.live and free and not self._deleting.is_busy)
        self._delete.setToolTip(busy_tip if self._locked else self.tr("Delete… (Del)"))
        self._reveal.setEnabled(row is not None)
        self._save.setEnabled(self._can_save)
        self._save.setToolTip(
            self.tr("Save a checkpoint of this moment; it is kept until you delete it")
            if self._can_save
            else self.tr("A checkpoint can be saved while training")
        )
        self._update_compare(row)
        hint = self.tr("Click a run to see its curves and to hear its previews.") if self._entries else ""
        sentence = row.sentence if row is not None else hint
        if row is not None and row.is_run and row.current and row.path in self._marks:
            sentence = self.tr("Its curves stay, behind those of the run that you open or train next.")
        self._sentence.setText(sentence)
        self._sentence.setToolTip(sentence)
        theme.set_role(
            self._sentence, "error" if row is not None and row.problem and not row.newer else "muted"
        )

    def _update_compare(self, row: Row | None) -> None:
        is_compared = row is not None and row.path in self._marks
        full = len(self._marks) >= MOST_COMPARED and not is_compared
        self._compare.setChecked(is_compared)
        self._compare.setEnabled(row is not None and row.is_run and not full)
        tips = [self.tr("Compare in the curves: draw those of this run behind the present ones")]
        if full:
            text = self.tr("{0} runs are compared already: end the comparison with one of them first")
            tips.append(text.format(MOST_COMPARED))
        self._compare.setToolTip("\n".join(tips))

    @Slot()
    def _on_tree_row_selected(self) -> None:
        self._update()
        # A menu is asked of a run without leaving the one on the screen, to compare the two.
        by_menu = bool(QGuiApplication.mouseButtons() & Qt.MouseButton.RightButton)
        if not self._syncing and (self._current is None or not by_menu):
            self._opening.start()

    @Slot()
    def _on_tree_clicked(self) -> None:
        """The run may be selected already, for its menu."""
        self._opening.start()

    @Slot()
    def _on_opening_timeout(self) -> None:
        row = self._tree.selected_row()
        if row is None or self._locked or (row.is_run and row.problem):
            return
        if (run := run_of(row)) != self._current:
            self.run_opened.emit(run)

    @Slot(QPoint)
    def _on_tree_menu_requested(self, where: QPoint) -> None:
        index = self._tree.indexAt(where)
        if index.isValid():
            self._tree.setCurrentIndex(index)
        if self._current is not None:
            self._opening.stop()
        menu = QMenu(self)
        menu.setObjectName("runMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._update()
        for button, text, icon, slot in (
            (self._resume, self.tr("Resume"), "resume", self._on_resume),
            (self._reveal, self.tr("Show in the file manager"), "reveal", self._on_reveal),
            (self._delete, self.tr("Delete…"), "delete", self._on_delete),
            (self._refresh, self.tr("Look again"), "refresh", self._on_refresh),
        ):
            action = QAction(icons.icon(icon), text, menu)
            action.setEnabled(button.isEnabled())
            action.triggered.connect(slot)
            menu.addAction(action)
        if (row := self._tree.selected_row()) is not None and row.is_run:
            menu.insertAction(menu.actions()[1], self._compare_action(menu))
        menu.popup(self._tree.viewport().mapToGlobal(where))

    def _compare_action(self, menu: QMenu) -> QAction:
        """Ticked while the run is compared; where it cannot be, its words say why."""
        text = self.tr("Compare in the curves")
        if not self._compare.isEnabled():
            text = self.tr("Compare in the curves (no more than {0})").format(MOST_COMPARED)
        action = QAction(text, menu)  # without an icon, which would stand in the place of the tick
        action.setCheckable(True)
        action.setChecked(self._compare.isChecked())
        action.setEnabled(self._compare.isEnabled())
        action.setToolTip(self._compare.toolTip())
        action.triggered.connect(self._on_compare)
        return action

    # Doing it.

    @Slot()
    def _on_refresh(self) -> None:
        # Asked for by the user: everything, since other programs may have changed it.
        self._entries = []
        self.refresh()

    @Slot()
    def _on_resume(self) -> None:
        row = self._tree.selected_row()
        if row is not None and self._resume.isEnabled():
            self.resume_requested.emit(row.path)

    @Slot(bool)
    def _on_compare(self, on: bool) -> None:
        row = self._tree.selected_row()
        entry = next((e for e in self._entries if row is not None and e.run.path == row.path), None)
        if entry is not None:
            self.compare_chosen.emit(entry.run, on)
        self._update()

    @Slot()
    def _on_reveal(self) -> None:
        row = self._tree.selected_row()
        if row is None:
            return
        if (problem := reveal(row.path)) is not None:
            show_error(self, problem)
            self.refresh()

    @Slot()
    def _on_delete(self) -> None:
        row = self._tree.selected_row()
        if row is not None and self._delete.isEnabled():
            self._deleting.ask(row, self._entries)

    @Slot(object)
    def _on_deleting_deleted(self, row: Row) -> None:
        if row.is_run:
            self.run_deleted.emit(row.path)

"""Export: what, how, where, and then the progress, in one window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.errors import BadInputError, SdaError
from sda_desktop.generation.export_batch import (
    BatchResult,
    Existing,
    SoundJob,
    already_there,
    target_paths,
)
from sda_desktop.generation.export_names import DEFAULT_PATTERN
from sda_desktop.ui import theme
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.export_choices import load_choices, save_choices
from sda_desktop.ui.export_form import ExportForm
from sda_desktop.ui.export_job import ExportJob
from sda_desktop.ui.export_place import ExportPlace
from sda_desktop.ui.settings import Settings
from sda_desktop.words import counted

WIDTH = 66 * theme.GRID
MOST_NAMED = 2
SHARE_STEPS = 1000


class ExportDialog(QDialog):
    """Exports the sounds; remembers what was chosen.

    `exported` carries the files that were written, also when some failed or it was cancelled.
    """

    exported = Signal(object)  # list[Path]

    def __init__(
        self, jobs: Sequence[SoundJob], settings: Settings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = tuple(jobs)
        self._settings = settings or Settings()
        self._job = ExportJob(self)
        self._paths: list[Path] = []
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(WIDTH)
        self._build()
        options, pattern, folder = load_choices(self._settings)
        if options is not None:
            self._form.show_options(options)
        self._place.show_place(folder, pattern or DEFAULT_PATTERN)
        self._form.changed.connect(self._on_edited)
        self._place.changed.connect(self._on_edited)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.finished.connect(self._on_job_finished)
        self._job.failed.connect(self._on_job_failed)
        self._on_edited()

    # Building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        one = self._jobs[0].title if len(self._jobs) == 1 else ""
        heading = QLabel(one or self._count_text(len(self._jobs)))
        heading.setObjectName("exportHeading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(heading, "heading")
        column.addWidget(heading)
        rates_hz = {job.sample_rate_hz for job in self._jobs}
        self._form = ExportForm(max(rates_hz, default=0))
        column.addWidget(self._form)
        self._place = ExportPlace()
        column.addWidget(self._place)
        column.addWidget(self._build_question())
        self._line = QProgressBar()
        self._line.setObjectName("exportProgress")
        self._line.setAccessibleName(self.tr("Progress of the export"))
        self._line.setRange(0, SHARE_STEPS)
        self._line.setTextVisible(False)
        # Its place stays free, so that nothing moves when it comes.
        policy = self._line.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._line.setSizePolicy(policy)
        self._line.hide()
        column.addWidget(self._line)
        column.addStretch(1)
        column.addLayout(self._build_buttons())
        self._form.align_labels(self._place.grid)

    def _build_question(self) -> QWidget:
        """What is said or asked before and after: hidden while there is nothing."""
        self._question = QFrame()
        self._question.setObjectName("exportQuestion")
        theme.set_role(self._question, "notice")
        column = QVBoxLayout(self._question)
        column.setContentsMargins(*[theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        self._said = QLabel()
        self._said.setObjectName("exportSaid")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        column.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addStretch(1)
        self._replace = self._button("exportReplace", self.tr("Replace"))
        self._replace.clicked.connect(self._on_replace_clicked)
        self._both = self._button("exportKeepBoth", self.tr("Keep both"))
        self._both.clicked.connect(self._on_both_clicked)
        self._reveal = self._button("exportReveal", self.tr("Show folder"))
        self._reveal.clicked.connect(self._on_reveal_clicked)
        for button in (self._replace, self._both, self._reveal):
            row.addWidget(button)
        column.addLayout(row)
        self._question.hide()
        return self._question

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        self._state = QLabel()
        self._state.setObjectName("exportState")
        self._state.setFont(theme.tabular(theme.small(self.font())))
        theme.set_role(self._state, "muted")
        row.addWidget(self._state, 1)
        self._close = self._button("exportClose", self.tr("Cancel"))
        self._close.clicked.connect(self.reject)
        self._export = self._button("exportStart", self.tr("Export"))
        self._export.setDefault(True)
        theme.set_role(self._export, "primary")
        self._export.clicked.connect(self._on_export_clicked)
        row.addWidget(self._close)
        row.addWidget(self._export)
        return row

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        return button

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def _count_text(self, number: int) -> str:
        return counted("{n} sound", "{n} sounds", number)

    # Before -------------------------------------------------------------------------------------------

    @Slot()
    def _on_edited(self) -> None:
        """Show what the names become, and whether it can begin."""
        self._question.hide()
        wrong = self._place.error()
        self._paths = []
        if not wrong:
            try:
                self._paths = target_paths(
                    self._jobs, self._place.folder(), self._place.pattern(), self._form.options()
                )
            except BadInputError as error:
                wrong = str(error)
        names = [path.name for path in self._paths[:MOST_NAMED]]
        more = len(self._paths) - len(names)
        if more > 0:
            names.append(self.tr("and {0} more").format(more))
        self._place.show_example(wrong or ", ".join(names), wrong=bool(wrong))
        self._export.setEnabled(bool(self._paths))
        self._export.setToolTip(wrong)

    def _fit(self) -> None:
        """Grow to what is shown now; never shrink, so that nothing jumps."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    @Slot()
    def _on_export_clicked(self) -> None:
        there = already_there(self._paths)
        if not there:
            self._begin("refuse")
            return
        if len(there) == 1:
            said = self.tr("“{0}” exists already in that folder.").format(there[0].name)
        else:
            said = self.tr("{0} of these files exist already in that folder.").format(len(there))
        self._say(said, asks=True)
        self._export.setEnabled(False)
        self._both.setFocus()

    @Slot()
    def _on_replace_clicked(self) -> None:
        self._begin("replace")

    @Slot()
    def _on_both_clicked(self) -> None:
        self._begin("number")

    def _say(self, text: str, *, asks: bool = False, role: theme.Role = "") -> None:
        theme.set_role(self._said, role)
        self._said.setText(text)
        self._replace.setVisible(asks)
        self._both.setVisible(asks)
        self._reveal.setVisible(not asks)
        self._question.show()
        self._fit()

    # While it runs ------------------------------------------------------------------------------------

    def _begin(self, existing: Existing) -> None:
        save_choices(self._settings, self._form.options(), self._place.pattern(), self._place.folder())
        self._question.hide()
        self._set_running(True)
        self._job.start(self._jobs, self._paths, self._form.options(), existing)

    def _set_running(self, running: bool) -> None:
        for part in (self._form, self._place, self._export):
            part.setEnabled(not running)
        self._line.setValue(0)
        self._line.setVisible(running)
        self._close.setEnabled(True)
        self._close.setText(self.tr("Cancel"))
        self._state.setText("")

    @Slot(int, float)
    def _on_job_progressed(self, done: int, share: float) -> None:
        self._line.setValue(round(share * SHARE_STEPS))
        if len(self._jobs) > 1 and self._close.isEnabled():
            self._state.setText(self.tr("{0} of {1}").format(done, len(self._jobs)))

    def reject(self) -> None:
        """Cancel: an export that runs is stopped first, and what it leaves is complete."""
        if not self._job.is_running:
            super().reject()
            return
        self._job.cancel()
        self._close.setEnabled(False)
        self._state.setText(self.tr("Stopping…"))

    # After --------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_job_finished(self, result: BatchResult) -> None:
        self._set_running(False)
        written = [exported.path for exported in result.exported]
        if written:
            self.exported.emit(written)
        notes = list(dict.fromkeys(each.note for each in result.exported if each.note))
        if result.cancelled and not written:
            super().reject()
        elif result.failed or result.cancelled or notes:
            self._stay(result, notes)
        else:
            self.accept()

    def _stay(self, result: BatchResult, notes: list[str]) -> None:
        """Say what was not as asked for; the files that are complete are there."""
        lines = [
            self.tr("{0} exported.").format(self._count_text(len(result.exported)))
            if not result.cancelled
            else self.tr("Cancelled; {0} exported.").format(self._count_text(len(result.exported)))
        ]
        lines += [
            str(error) if title in error.message else f"{title}: {error}"
            for title, error in result.failed[:MOST_NAMED]
        ]
        lines += notes[:MOST_NAMED]
        more = max(0, len(result.failed) - MOST_NAMED) + max(0, len(notes) - MOST_NAMED)
        if more:
            lines.append(self.tr("and {0} more").format(more))
        self._say("\n".join(lines), role="error" if result.failed else "warning" if notes else "")
        self._reveal.setVisible(bool(result.exported))
        self._close.setText(self.tr("Close"))

    @Slot(object)
    def _on_job_failed(self, error: SdaError) -> None:
        self._set_running(False)
        show_error(self, error)

    @Slot()
    def _on_reveal_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._place.folder())))


def export_sounds(
    jobs: Sequence[SoundJob], parent: QWidget | None = None, settings: Settings | None = None
) -> ExportDialog:
    """Show the dialog over parent's window without blocking; it deletes itself when closed."""
    dialog = ExportDialog(jobs, settings, parent.window() if parent is not None else None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog

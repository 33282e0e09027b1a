"""Closing the window while a training runs: ask, stop and save, or stay."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.training_runner import TrainingRunner


class CloseChoice(StrEnum):
    """The three answers."""

    STOP_AND_SAVE = "stop_and_save"
    KEEP_RUNNING = "keep_running"
    CANCEL = "cancel"


class CloseDialog(QDialog):
    """Asks; `choice` holds the answer, CANCEL until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closeDialog")
        self.setWindowTitle(self.tr("Training is running"))
        self.choice = CloseChoice.CANCEL
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        heading = QLabel(self.tr("A training is running."))
        theme.set_role(heading, "heading")
        column.addWidget(heading)
        text = QLabel(
            self.tr(
                "Stop it and save? What it has learned is kept, and it can be resumed at any time. "
                "Or keep it running with the window minimised."
            )
        )
        text.setWordWrap(True)
        text.setMinimumWidth(52 * self.fontMetrics().averageCharWidth())
        column.addWidget(text)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.GRID, 0, 0)
        row.setSpacing(theme.GRID)
        row.addStretch(1)
        for choice, words in (
            (CloseChoice.CANCEL, self.tr("Cancel")),
            (CloseChoice.KEEP_RUNNING, self.tr("Keep running")),
            (CloseChoice.STOP_AND_SAVE, self.tr("Stop and save")),
        ):
            row.addWidget(self._button(choice, words))
        column.addLayout(row)

    def _button(self, choice: CloseChoice, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(f"close_{choice}")
        button.setAccessibleName(words)
        button.setProperty("choice", str(choice))
        button.setAutoDefault(choice is CloseChoice.STOP_AND_SAVE)
        button.setDefault(choice is CloseChoice.STOP_AND_SAVE)
        if choice is CloseChoice.STOP_AND_SAVE:
            theme.set_role(button, "primary")
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self.choice = CloseChoice(str(self.sender().property("choice")))
        self.accept()


def ask_close(parent: QWidget) -> CloseChoice:
    """Show the dialog and wait for the answer; the training and the window live on meanwhile."""
    dialog = CloseDialog(parent)
    dialog.exec()
    choice = dialog.choice
    dialog.deleteLater()
    return choice


class SavingDialog(QDialog):
    """Shown from "Stop and save" until everything is saved; it cannot be closed by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("savingDialog")
        self.setWindowTitle(self.tr("Stopping"))
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(QLabel(self.tr("Stopping and saving the training…")))
        line = QProgressBar()
        line.setObjectName("savingLine")
        line.setAccessibleName(self.tr("Saving"))
        line.setRange(0, 0)
        line.setTextVisible(False)
        line.setMinimumWidth(40 * self.fontMetrics().averageCharWidth())
        column.addWidget(line)

    def reject(self) -> None:
        """Esc does nothing: the window closes by itself in a moment."""


class Closing(QObject):
    """Decides what closing the window means.

    ask: how to ask, exchangeable for tests.
    """

    def __init__(
        self,
        window: QWidget,
        runner: TrainingRunner,
        ask: Callable[[QWidget], CloseChoice] = ask_close,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self.ask = ask
        self._asking = False
        self._saving: SavingDialog | None = None
        runner.completed.connect(self._on_runner_completed)
        runner.failed.connect(self._on_runner_failed)

    def may_close(self) -> bool:
        """For closeEvent: whether to close now.  If a training runs, the user is asked first."""
        if not self._runner.is_running:
            return True
        if self._asking or self._saving is not None:
            return False
        if self._runner.state is RunState.STOPPING:  # whoever pressed Stop has answered already
            self.stop_and_close()
            return False
        self._asking = True
        try:
            choice = self.ask(self._window)
        finally:
            self._asking = False
        if choice is CloseChoice.KEEP_RUNNING:
            self._window.showMinimized()
        elif choice is CloseChoice.STOP_AND_SAVE:
            if self._ended():  # while the question stood there
                return True
            self.stop_and_close()
        return False

    def _ended(self) -> bool:
        return not self._runner.is_running

    @Slot()
    def stop_and_close(self) -> None:
        """Without asking: stop, save, close.  Also what a log-out or an interrupt from outside does."""
        if not self._runner.is_running:
            self._window.close()
        elif self._saving is None:
            self._saving = SavingDialog(self._window)
            self._saving.open()
            self._runner.cancel()

    @Slot(object)
    def _on_runner_completed(self, _: object) -> None:
        if self._end_saving():
            self._window.close()

    @Slot(object)
    def _on_runner_failed(self, _: object) -> None:
        # The window stays: the user must see that saving failed.
        self._end_saving()

    def _end_saving(self) -> bool:
        saving, self._saving = self._saving, None
        if saving is None:
            return False
        saving.done(0)
        saving.deleteLater()
        return True

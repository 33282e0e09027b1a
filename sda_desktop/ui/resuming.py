"""Before a run is resumed: a finished one needs to be told for how many more epochs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from sda_desktop.errors import SdaError
from sda_desktop.training.config import BY_NAME
from sda_desktop.ui import theme
from sda_desktop.ui.background import Background
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.run_session import run_folder_of

# What the dialog proposes: this share of the epochs that are done.
_MORE_SHARE = 0.5


@dataclass(frozen=True)
class Finished:
    """A finished run."""

    target: Path
    name: str
    epochs: int


class MoreEpochsDialog(QDialog):
    """Asks for how many more epochs a finished run shall train."""

    def __init__(self, run: Finished, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.setObjectName("moreEpochsDialog")
        self.setWindowTitle(self.tr("Train longer"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        heading = QLabel(
            self.tr("The training of {name} is finished: {epochs} epochs are done.").format(
                name=run.name, epochs=run.epochs
            )
        )
        theme.set_role(heading, "heading")
        column.addWidget(heading)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        label = QLabel(self.tr("Train for"))
        self.more = QSpinBox()
        self.more.setObjectName("moreEpochs")
        self.more.setAccessibleName(self.tr("More epochs"))
        self.more.setRange(1, int(BY_NAME["epochs"].maximum) - run.epochs)
        self.more.setValue(max(1, round(_MORE_SHARE * run.epochs)))
        label.setBuddy(self.more)
        row.addWidget(label)
        row.addWidget(self.more)
        row.addWidget(QLabel(self.tr("more epochs.")))
        row.addStretch(1)
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, theme.GRID, 0, 0)
        buttons.setSpacing(theme.GRID)
        buttons.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setObjectName("moreEpochsCancel")
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        train = QPushButton(self.tr("Train"))
        train.setObjectName("moreEpochsTrain")
        train.setAccessibleName(self.tr("Train for so many more epochs"))
        train.setDefault(True)
        theme.set_role(train, "primary")
        train.clicked.connect(self.accept)
        buttons.addWidget(cancel)
        buttons.addWidget(train)
        column.addLayout(buttons)

    def epochs(self) -> int:
        """How many epochs the run shall have in all."""
        return self.run.epochs + self.more.value()


class Resuming(QObject):
    """Emits `ready` with the target and the number of epochs (None: as it was) when all is known."""

    ready = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: Path | None = None
        self._look = Background(self)

    @Slot(object)
    def request(self, target: Path) -> None:
        """The user wants to go on from a run or a checkpoint."""
        self._target = target
        self._look.start(lambda: find_finished(target), self._on_looked, self._on_failed)

    def _on_looked(self, run: Finished | None) -> None:
        if run is None:
            self.ready.emit(self._target, None)
            return
        dialog = MoreEpochsDialog(run, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(self._on_accepted)
        dialog.open()

    @Slot()
    def _on_accepted(self) -> None:
        dialog = self.sender()
        if isinstance(dialog, MoreEpochsDialog):
            self.ready.emit(dialog.run.target, dialog.epochs())

    def _on_failed(self, error: SdaError) -> None:
        show_error(self._window, error)


def find_finished(target: Path) -> Finished | None:
    """The finished run that target is the end of; None if there are epochs to go.  Raises SdaError.

    An older checkpoint of a finished run has epochs to go.
    """
    from sda_desktop.training.checkpoint import latest_checkpoint
    from sda_desktop.training.run_folder import RunFolder, summarise_run

    run = RunFolder.open(run_folder_of(target))
    newest = latest_checkpoint(run.path)
    # The summary, not the manifest: a run that was killed after its last save is finished as well.
    if summarise_run(run.path).status != "finished" or newest is None:
        return None
    if target.resolve() not in (run.path.resolve(), newest.path.resolve()):
        return None
    return Finished(target, str(run.manifest["name"]), newest.epoch)

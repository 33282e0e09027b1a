"""A run whose sounds were moved: the user says where they are now, and it is resumed with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from sda_desktop.ui.error_dialog import ErrorDialog
from sda_desktop.ui.training_runner import Job


class SoundsElsewhere(QObject):
    """Emits `chosen` with the target, its number of epochs (None: as it was) and the folder of sounds."""

    chosen = Signal(object, object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._job = Job()

    def offer(self, dialog: ErrorDialog, job: Job) -> None:
        """Put the button on the dialog that says that the sounds of the job are gone."""
        self._job = job
        button = dialog.add_button("errorSoundsButton", self.tr("Look for the sounds in…"))
        button.clicked.connect(self._on_button_clicked)

    @Slot()
    def _on_button_clicked(self) -> None:
        dialog = QFileDialog(self._window)
        dialog.setObjectName("soundsElsewhereDialog")
        dialog.setWindowTitle(self.tr("Where are the sounds of this run now?"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_folder_selected(self, folder: str) -> None:
        self.chosen.emit(self._job.target, self._job.overrides.get("epochs"), Path(folder))

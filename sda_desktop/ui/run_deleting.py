"""Deleting a run or a checkpoint: asked before, done off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from sda_desktop.errors import SdaError
from sda_desktop.training.checkpoint import delete_checkpoint
from sda_desktop.training.run_folder import delete_run
from sda_desktop.ui.background import Background
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.run_entries import Row, RunEntry, delete_question, delete_warning

_log = logging.getLogger(__name__)


class RunDeleting(QObject):
    """One at a time: nothing else is deleted while `is_busy`."""

    began = Signal()
    ended = Signal()
    deleted = Signal(object)  # Row

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._asked: Row | None = None
        self._worker = Background(self)
        self.is_busy = False

    def ask(self, row: Row, entries: Iterable[RunEntry]) -> None:
        """Delete it after a yes."""
        box = QMessageBox(self._owner.window())
        box.setObjectName("deleteConfirmation")
        box.setWindowTitle(self.tr("Delete"))
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(delete_question(row))
        box.setInformativeText(delete_warning(row, entries))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setObjectName("confirmDeleteButton")
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = row
        delete.clicked.connect(self._on_confirmed)
        box.open()

    @Slot()
    def _on_confirmed(self) -> None:
        row = self._asked
        if row is None:
            return

        def work() -> Row:
            (delete_run if row.is_run else delete_checkpoint)(row.path)
            return row

        self.is_busy = True
        self.began.emit()
        self._worker.start(work, self._on_deleted, self._on_failed)

    def _on_deleted(self, row: Row) -> None:
        self.is_busy = False
        _log.info("Deleted by the user: %s", row.path)
        self.deleted.emit(row)
        self.ended.emit()

    def _on_failed(self, error: SdaError) -> None:
        self.is_busy = False
        show_error(self._owner, error)
        self.ended.emit()

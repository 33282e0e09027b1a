"""Notes and tags of a model."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.generation.library import LibraryModel
from sda_desktop.ui import theme


class ModelNotesDialog(QDialog):
    """Two fields; `confirmed` tells what is in them."""

    confirmed = Signal(object, str, object)  # Path, notes, list of tags

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelNotesDialog")
        self.setWindowTitle(self.tr("Notes and tags"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._path: Path = model.path
        name = QLabel(model.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(name, "heading")
        self._notes = QPlainTextEdit(model.notes)
        self._notes.setObjectName("modelNotes")
        self._notes.setAccessibleName(self.tr("Notes"))
        self._notes.setPlaceholderText(self.tr("What it is good for, where the sounds are from"))
        self._notes.setTabChangesFocus(True)
        self._tags = QLineEdit(", ".join(model.tags))
        self._tags.setObjectName("modelTags")
        self._tags.setAccessibleName(self.tr("Tags"))
        self._tags.setPlaceholderText(self.tr("metal, dark, one-shots"))
        tags = QLabel(self.tr("Tags, with commas between them"))
        tags.setBuddy(self._tags)
        theme.set_role(tags, "muted")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.GRID)
        for widget in (name, self._notes, tags, self._tags, buttons):
            column.addWidget(widget)
        self.resize(48 * theme.GRID, 36 * theme.GRID)

    @Slot()
    def accept(self) -> None:
        """Tell what was written, and close."""
        tags = [tag.strip() for tag in self._tags.text().split(",") if tag.strip()]
        self.confirmed.emit(self._path, self._notes.toPlainText(), tags)
        super().accept()

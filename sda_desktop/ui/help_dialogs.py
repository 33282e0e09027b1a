"""What the dialogs of the Help menu share: their frame, their headings, their Close button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sda_desktop.ui import theme


def new_dialog(parent: QWidget, name: str, title: str) -> tuple[QDialog, QVBoxLayout]:
    """An empty dialog that deletes itself when it is closed, and its column."""
    dialog = QDialog(parent)
    return dialog, frame(dialog, name, title)


def frame(dialog: QDialog, name: str, title: str) -> QVBoxLayout:
    """Name and dress a dialog; returns its column."""
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*[3 * theme.GRID] * 4)
    column.setSpacing(theme.GRID)
    return column


def heading(text: str) -> QLabel:
    """A label that stands above others."""
    label = QLabel(text)
    theme.set_role(label, "heading")
    return label


def close_row(dialog: QDialog, *others: QPushButton) -> QHBoxLayout:
    """A row with the Close button at the right and others at the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, theme.GRID, 0, 0)
    row.setSpacing(theme.GRID)
    for button in others:
        row.addWidget(button)
    row.addStretch(1)
    close = QPushButton(QCoreApplication.translate("HelpDialogs", "Close"))
    close.setObjectName(f"{dialog.objectName()}Close")
    close.setAccessibleName(close.text())
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    return row

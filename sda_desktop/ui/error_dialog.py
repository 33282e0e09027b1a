"""Errors as the user sees them: what happened, what to do, and Details to copy."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from sda_desktop import __version__
from sda_desktop.errors import SdaError
from sda_desktop.ui import icons, theme

ICON_SIZE = 32
TEXT_CHARACTERS = 56  # width of the text column


def show_error(parent: QWidget | None, error: SdaError) -> ErrorDialog:
    """Show the error over parent's window without blocking; it deletes itself when closed."""
    dialog = ErrorDialog(error, parent.window() if parent is not None else None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def report_text(error: SdaError) -> str:
    """What Copy puts on the clipboard."""
    parts = [error.message, error.remedy, error.details, f"SDA Desktop {__version__}, {platform.platform()}"]
    return "\n\n".join(part for part in parts if part)


class ErrorDialog(QDialog):
    """Cause, remedy, Details, Copy."""

    def __init__(self, error: SdaError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error = error
        self.setObjectName("errorDialog")
        self.setWindowTitle(self.tr("SDA Desktop"))
        self._build()
        self._on_details_toggled(False)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(*[3 * theme.GRID] * 4)
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)

        sign = QLabel()
        sign.setPixmap(icons.pixmap("error", ICON_SIZE, "error", self.devicePixelRatioF()))
        sign.setAccessibleName(self.tr("Error"))
        grid.addWidget(sign, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)

        self._message = self._text("errorMessage", self._error.message)
        theme.set_role(self._message, "heading")
        grid.addWidget(self._message, 0, 1)
        self._remedy = self._text("errorRemedy", self._error.remedy)
        self._remedy.setVisible(bool(self._error.remedy))
        grid.addWidget(self._remedy, 1, 1)

        self._details = QPlainTextEdit(self._error.details)
        self._details.setObjectName("errorDetails")
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setReadOnly(True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setMinimumHeight(10 * self.fontMetrics().height())
        grid.addWidget(self._details, 2, 0, 1, 2)
        grid.addLayout(self._buttons(), 3, 0, 1, 2)

    def _text(self, name: str, words: str) -> QLabel:
        label = QLabel(words)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setMinimumWidth(TEXT_CHARACTERS * self.fontMetrics().averageCharWidth())
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        return label

    def _buttons(self) -> QHBoxLayout:
        self._row = row = QHBoxLayout()
        row.setContentsMargins(0, theme.GRID, 0, 0)
        row.setSpacing(theme.GRID)
        self._toggle = QPushButton(self.tr("Details"))
        self._toggle.setObjectName("errorDetailsButton")
        self._toggle.setAccessibleName(self.tr("Show details"))
        self._toggle.setCheckable(True)
        self._toggle.setVisible(bool(self._error.details))
        self._toggle.toggled.connect(self._on_details_toggled)
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setObjectName("errorCopyButton")
        self._copy.setAccessibleName(self.tr("Copy this message with its details"))
        self._copy.clicked.connect(self._on_copy_clicked)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("errorCloseButton")
        close.setAccessibleName(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        for button in (self._toggle, self._copy, close):
            button.setAutoDefault(button is close)
        row.addWidget(self._toggle)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def add_button(self, name: str, text: str) -> QPushButton:
        """A button for what can be done about the error; it closes the dialog."""
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.removesuffix("…"))
        button.setAutoDefault(False)
        button.clicked.connect(self.accept)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    @Slot(bool)
    def _on_details_toggled(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self.adjustSize()

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(report_text(self._error))
        self._copy.setText(self.tr("Copied"))

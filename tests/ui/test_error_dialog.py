"""Errors: cause, remedy, Details, Copy."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop import __version__
from sda_desktop.errors import AudioFileError
from sda_desktop.ui.error_dialog import ErrorDialog, show_error

ERROR = AudioFileError("The file <b>kick</b>.flac ends early.", "Export it again.", "line 1\nline 2")


@pytest.fixture
def dialog(qtbot: QtBot) -> ErrorDialog:
    """The dialog, shown."""
    made = show_error(None, ERROR)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    qtbot.waitExposed(made)
    return made


def button(dialog: ErrorDialog, name: str) -> QPushButton:
    """A button by name."""
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_cause_and_remedy_are_shown_as_they_are(dialog: ErrorDialog) -> None:
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert ERROR.message in texts
    assert ERROR.remedy in texts
    message = dialog.findChild(QLabel, "errorMessage")
    assert isinstance(message, QLabel)
    assert message.textFormat() == Qt.TextFormat.PlainText


def test_details_unfold(dialog: ErrorDialog, qtbot: QtBot) -> None:
    details = dialog.findChild(QPlainTextEdit, "errorDetails")
    assert isinstance(details, QPlainTextEdit)
    assert not details.isVisible()
    before = dialog.height()
    QTest.mouseClick(button(dialog, "errorDetailsButton"), Qt.MouseButton.LeftButton)
    assert details.isVisible()
    assert details.toPlainText() == ERROR.details
    assert dialog.height() > before


def test_copy_takes_everything_a_report_needs(dialog: ErrorDialog, qtbot: QtBot) -> None:
    QTest.mouseClick(button(dialog, "errorCopyButton"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for part in (ERROR.message, ERROR.remedy, ERROR.details, __version__):
        assert part in copied
    assert button(dialog, "errorCopyButton").text() == "Copied"


def test_enter_and_escape_close_it(qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = ErrorDialog(ERROR)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        QTest.keyClick(dialog, key)
        assert not dialog.isVisible()


def test_without_details_there_is_nothing_to_unfold(qtbot: QtBot) -> None:
    dialog = ErrorDialog(AudioFileError("Too short."))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not button(dialog, "errorDetailsButton").isVisible()
    remedy = dialog.findChild(QLabel, "errorRemedy")
    assert isinstance(remedy, QLabel)
    assert not remedy.isVisible()


def test_it_belongs_to_the_window_of_its_parent_and_goes_when_closed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    child = QWidget(window)
    window.show()
    dialog = show_error(child, ERROR)
    assert dialog.parent() is window
    with qtbot.waitSignal(dialog.destroyed, timeout=2000):
        dialog.close()

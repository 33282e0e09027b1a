"""Guide, shortcut sheet, About, and the entries of the menu that open them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from sda_desktop import __version__
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.help_dialogs import KEYS_IN_LISTS
from sda_desktop.ui.window_menu import WindowMenu


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    """The menus of an empty window."""
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Actions(window)
    WindowMenu(window, made)
    window.show()
    yield made
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _texts(actions: Actions, entry: str, dialog: str) -> str:
    actions[entry].trigger()
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    shown = window.findChild(QDialog, dialog)
    assert shown is not None
    assert shown.isVisible()
    return "\n".join(label.text() for label in shown.findChildren(QLabel))


def test_the_guide_names_the_five_things_to_know(actions: Actions) -> None:
    text = _texts(actions, "guide", "guideDialog")
    for heading in ("Sounds", "Train", "Watch", "Listen", "Runs"):
        assert f"{heading}\n" in text


def test_the_sheet_lists_every_shortcut_there_is(actions: Actions) -> None:
    text = _texts(actions, "shortcuts", "shortcutDialog")
    for what, keys in [*actions.listed(), *KEYS_IN_LISTS]:
        assert what in text
        assert keys in text


def test_about_tells_the_versions_a_report_needs(actions: Actions, sda_home: Path) -> None:
    text = _texts(actions, "about", "aboutDialog")
    for part in (f"SDA Desktop {__version__}", "Python 3", "Qt 6", "torch 2", str(sda_home / "data")):
        assert part in text


def test_the_log_folder_is_there_before_it_is_opened(
    actions: Actions, monkeypatch: pytest.MonkeyPatch, sda_home: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toLocalFile()))
    actions["log_folder"].trigger()
    assert opened == [str(sda_home / "logs")]
    assert Path(opened[0]).is_dir()


def test_full_screen_and_back(actions: Actions) -> None:
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    actions["full_screen"].trigger()
    assert window.isFullScreen()
    assert actions["full_screen"].isChecked()
    actions["full_screen"].trigger()
    assert not window.isFullScreen()
    assert not actions["full_screen"].isChecked()

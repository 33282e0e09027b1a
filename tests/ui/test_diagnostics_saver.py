"""Help, Save diagnostics: from the menu to the zip, and what can go wrong."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from sda_desktop.errors import SdaError
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.notice_bar import NoticeBar


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The app's window; its player knows two outputs without asking any driver."""
    made = MainWindow()
    qtbot.addWidget(made)
    monkeypatch.setattr(made.player, "refresh_devices", lambda: None)
    monkeypatch.setattr(made.player, "devices", lambda: ["Headphones", "Screen"])
    made.show()
    return made


def test_from_the_menu_to_the_zip(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.menu["save_diagnostics"].trigger()
    dialog = window.findChild(QFileDialog, "diagnosticsDialog")
    assert dialog is not None
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]).name.startswith("SDA Desktop diagnostics 2")
    target = tmp_path / "report.zip"
    target.write_text("an older one")
    with qtbot.waitSignal(window.help_menu.saver().saved):
        dialog.fileSelected.emit(str(target))
    dialog.reject()
    with zipfile.ZipFile(target) as archive:
        report = json.loads(archive.read("report.json"))
    assert report["window"]["platform_plugin"] == "offscreen"
    assert report["window"]["screens"][0]["scale"] >= 1
    assert report["window"]["theme"] in ("system", "light", "dark")
    assert report["sound"]["outputs"] == ["Headphones", "Screen"]
    assert window.notices.keys() == ["diagnostics"]
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    bar = window.notices.findChild(NoticeBar)
    assert bar is not None
    bar.action_triggered.emit()
    assert opened == [str(tmp_path)]


def test_a_place_that_cannot_be_written_is_a_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    saver = window.help_menu.saver()
    with qtbot.waitSignal(saver.failed) as told:
        saver.save(tmp_path / "gone" / "x.zip")
    assert told.args is not None
    error = told.args[0]
    assert isinstance(error, SdaError)
    assert "its folder is gone" in error.message
    shown = window.findChild(QDialog, "errorDialog")
    assert shown is not None
    shown.close()
    assert window.notices.keys() == []

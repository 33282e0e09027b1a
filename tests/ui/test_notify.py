"""The message at the end of a training."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop import session_bus
from sda_desktop.ui.notify import notify


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What the system was asked to show: there is no tray here, so this stands for one."""
    calls: list[tuple[str, ...]] = []

    def show_message(_tray: QSystemTrayIcon, title: str, text: str, *_: Any) -> None:  # noqa: ANN401
        calls.append((title, text))

    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", show_message)
    monkeypatch.setattr(QApplication, "alert", lambda _: calls.append(("alert",)))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return calls


def test_who_looks_elsewhere_is_told(qtbot: QtBot, shown: list[tuple[str, ...]]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    notify(window, "Finished", "100 epochs")
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown == [("alert",), ("Finished", "100 epochs")]


def test_a_desktop_that_shows_messages_itself_needs_no_tray(
    qtbot: QtBot, shown: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    def show_message(title: str, text: str, _: int) -> bool:
        shown.append((title, text, "bus"))
        return True

    monkeypatch.setattr(session_bus, "show_message", show_message)
    window = QWidget()
    qtbot.addWidget(window)
    notify(window, "Finished", "100 epochs")
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert shown == [("alert",), ("Finished", "100 epochs", "bus")]


def test_who_looks_here_is_not(
    qtbot: QtBot, shown: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    notify(window, "Finished", "100 epochs")
    assert shown == []


def test_without_a_tray_there_is_only_the_mark(
    qtbot: QtBot, shown: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    window = QWidget()
    qtbot.addWidget(window)
    notify(window, "Finished", "100 epochs")
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert shown == [("alert",)]

"""The message at the end of a training."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
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


class Message:
    """A message that is clicked at once, or goes away."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self.closed = threading.Event()

    def wait_for_click(self) -> str | None:
        return self._token

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, shown: list[tuple[str, ...]]) -> Callable[[str | None], Message]:
    """A desktop that shows messages itself: `desktop(token)`, what becomes of the next."""
    monkeypatch.setattr(sys, "platform", "linux")

    def show(token: str | None) -> Message:
        message = Message(token)

        def show_message(title: str, text: str, click: str, _: int) -> Message:
            shown.append((title, text, click))
            return message

        monkeypatch.setattr(session_bus, "show_message", show_message)
        return message

    return show


def test_a_desktop_that_shows_messages_itself_needs_no_tray(
    qtbot: QtBot, shown: list[tuple[str, ...]], desktop: Callable[[str | None], Message]
) -> None:
    message = desktop(None)
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    notify(window, "Finished", "100 epochs")
    qtbot.waitUntil(message.closed.is_set)
    QApplication.processEvents()
    assert shown == [("alert",), ("Finished", "100 epochs", "Show the window")]
    assert window.isMinimized()


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.parametrize("token", ["", "from the desktop"])
def test_a_click_on_its_message_brings_the_window_to_the_front(
    qtbot: QtBot, desktop: Callable[[str | None], Message], monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    message = desktop(token)
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    notify(window, "Finished", "100 epochs")
    qtbot.waitUntil(lambda: not window.isMinimized() and window.isActiveWindow())
    assert message.closed.is_set()
    assert os.environ["XDG_ACTIVATION_TOKEN"] == (token or "old")


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

"""Telling the user who looks elsewhere that a training has ended."""

from __future__ import annotations

import sys
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from sda_desktop import session_bus
from sda_desktop.ui.background import Background

SHOWN_MS = 15_000


def notify(window: QWidget, title: str, text: str) -> None:
    """A mark on the window's place in the task bar, and a message by the system where it has room for one.

    Nothing happens while the window is in front.
    """
    if window.isActiveWindow() and not window.isMinimized():
        return
    QApplication.alert(window)
    if sys.platform.startswith("linux"):
        # Not every desktop there has a tray, and Qt shows messages through one only.
        asker = Background(window)
        asker.start(
            partial(session_bus.show_message, title, text, SHOWN_MS),
            partial(_on_asked, asker, window, title, text),
        )
    else:
        _show_in_tray(window, title, text)


def _on_asked(asker: Background, window: QWidget, title: str, text: str, shown: bool) -> None:
    asker.deleteLater()
    if not shown:
        _show_in_tray(window, title, text)


def _show_in_tray(window: QWidget, title: str, text: str) -> None:
    if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
        return
    tray = QSystemTrayIcon(QApplication.windowIcon(), window)
    tray.messageClicked.connect(window.showNormal)
    tray.messageClicked.connect(window.activateWindow)
    tray.show()
    tray.showMessage(title, text, QApplication.windowIcon(), SHOWN_MS)
    # The icon is only there for the message.
    QTimer.singleShot(SHOWN_MS, tray.deleteLater)

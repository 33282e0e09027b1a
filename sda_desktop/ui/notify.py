"""Telling the user who looks elsewhere that a training has ended."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

SHOWN_MS = 15_000


def notify(window: QWidget, title: str, text: str) -> None:
    """A mark on the window's place in the task bar, and a message by the system where it has room for one.

    Nothing happens while the window is in front.
    """
    if window.isActiveWindow() and not window.isMinimized():
        return
    QApplication.alert(window)
    if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
        return
    tray = QSystemTrayIcon(QApplication.windowIcon(), window)
    tray.messageClicked.connect(window.showNormal)
    tray.messageClicked.connect(window.activateWindow)
    tray.show()
    tray.showMessage(title, text, QApplication.windowIcon(), SHOWN_MS)
    # The icon is only there for the message.
    QTimer.singleShot(SHOWN_MS, tray.deleteLater)

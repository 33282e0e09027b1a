"""Telling the user who looks elsewhere that a training has ended."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from contextlib import closing
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from sda_desktop import session_bus
from sda_desktop.ui.background import Background
from sda_desktop.ui.showing import bring_to_front

SHOWN_MS = 15_000


def notify(window: QWidget, title: str, text: str) -> None:
    """A mark on the window's place in the task bar, and a message by the system where it has room for one.

    A click on the message brings the window to the front.  Nothing happens while the window is in front.
    """
    if window.isActiveWindow() and not window.isMinimized():
        return
    QApplication.alert(window)
    if sys.platform.startswith("linux"):
        # Not every desktop there has a tray, and Qt shows messages through one only.
        click = QCoreApplication.translate("notify", "Show the window")
        asker = Background(window)
        asker.start(
            partial(session_bus.show_message, title, text, click, SHOWN_MS),
            partial(_on_asked, asker, window, title, text),
        )
    else:
        _show_in_tray(window, title, text)


class _Click(QObject):
    """Waits in a thread for the click on a message."""

    clicked = Signal(str)

    def __init__(self, message: session_bus.ShownMessage, window: QWidget) -> None:
        super().__init__(window)
        self._message = message
        self._window = window
        self.clicked.connect(self._on_clicked, Qt.ConnectionType.QueuedConnection)
        # It may wait for days and holds nothing: the end of the app need not wait for it.
        threading.Thread(target=self._wait, name="message", daemon=True).start()

    def _wait(self) -> None:
        with closing(self._message):
            token = self._message.wait_for_click()
        if token is not None:
            with contextlib.suppress(RuntimeError):  # the window is gone
                self.clicked.emit(token)

    @Slot(str)
    def _on_clicked(self, token: str) -> None:
        if token:  # Qt hands it to the compositor, which else lets no window come to the front (Wayland)
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        bring_to_front(self._window)
        self.deleteLater()


def _on_asked(
    asker: Background, window: QWidget, title: str, text: str, shown: session_bus.ShownMessage | None
) -> None:
    asker.deleteLater()
    if shown is None:
        _show_in_tray(window, title, text)
    else:
        _Click(shown, window)


def _show_in_tray(window: QWidget, title: str, text: str) -> None:
    if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
        return
    tray = QSystemTrayIcon(QApplication.windowIcon(), window)
    tray.messageClicked.connect(partial(bring_to_front, window))
    tray.show()
    tray.showMessage(title, text, QApplication.windowIcon(), SHOWN_MS)
    # The icon is only there for the message.
    QTimer.singleShot(SHOWN_MS, tray.deleteLater)

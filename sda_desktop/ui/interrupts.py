"""Ctrl-C in the terminal and a polite request to end (SIGTERM) as Qt signals."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class Interrupts(QObject):
    """Emits `received` in the GUI thread for SIGINT and SIGTERM, without polling."""

    received = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python only runs signal handlers between its own instructions, and there are none while Qt waits;
        # the interpreter's wake-up descriptor is written to at once.
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._old_descriptor = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._old_handlers = {
            number: signal.signal(number, _pass) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_descriptor)
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_activated(self) -> None:
        if set(self._reader.recv(64)) & {signal.SIGINT, signal.SIGTERM}:
            self.received.emit()


def _pass(_number: int, _frame: FrameType | None) -> None:
    """Being set as a handler keeps the default action, ending the process, from happening."""

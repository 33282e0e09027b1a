"""Ctrl-C, a closed terminal and `kill`: stop once and save, insist and leave."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any, Self

from sda_desktop.commands import EXIT_CANCELLED

# One Ctrl-C can arrive twice when a parent process hands it on as well.
SAME_PRESS_S = 0.3
SHOW_CURSOR = "\x1b[?25h"


class StopSignals:
    """While entered, the first Ctrl-C (or SIGTERM, SIGHUP, SIGBREAK) sets `stop`; a second Ctrl-C ends
    the process at once.

    first, second: the sentences written to stderr at those moments; an empty one is not written.
    Outside the main thread, where Python handles no signals, entering does nothing.
    """

    def __init__(self, stop: threading.Event, first: str, second: str) -> None:
        self._stop = stop
        self._first = first
        self._second = second
        self._pressed_at: float | None = None
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is not threading.main_thread():
            return self
        for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            # nohup asked for training that survives the terminal.
            if name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN:
                continue
            self._previous[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, previous in self._previous.items():
            signal.signal(number, previous)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._pressed_at is None:
            self._pressed_at = now
            self._stop.set()
            _write(self._first)
        elif number == signal.SIGINT and now - self._pressed_at > SAME_PRESS_S:
            _write(self._second, SHOW_CURSOR if sys.stderr is not None and sys.stderr.isatty() else "")
            # The engine writes by rename, so nothing half-written is taken for whole.
            os._exit(EXIT_CANCELLED)


class Interruptible:
    """While entered, `kill` and a closed terminal raise KeyboardInterrupt like Ctrl-C: for commands that
    have nothing to save."""

    def __init__(self) -> None:
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
                if number := getattr(signal, name, None):
                    self._previous[number] = signal.signal(number, signal.default_int_handler)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, previous in self._previous.items():
            signal.signal(number, previous)


def _write(sentence: str, before: str = "") -> None:
    # os.write, not sys.stderr: a handler may interrupt a write to the very same buffer.
    if not sentence:
        return
    try:
        os.write(2, f"{before}\n{sentence}\n".encode())
    except OSError:
        return  # the terminal is gone; the stop itself is what matters

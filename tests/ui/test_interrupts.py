"""Ctrl-C and SIGTERM as signals of Qt."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from sda_desktop.ui.interrupts import Interrupts


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends the process there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_the_event_loop_and_ends_nothing(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    interrupts = Interrupts()
    with qtbot.waitSignal(interrupts.received, timeout=2000):
        os.kill(os.getpid(), number)
    interrupts.close()
    assert signal.getsignal(number) is before

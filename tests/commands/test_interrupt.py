"""Ctrl-C and friends."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from sda_desktop.commands import interrupt
from sda_desktop.commands.interrupt import Interruptible, StopSignals


@pytest.fixture
def hard_exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The codes with which the process would have ended at once."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    return codes


@pytest.fixture
def any_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second press count however soon it comes."""
    monkeypatch.setattr(interrupt, "SAME_PRESS_S", -1.0)


@pytest.mark.usefixtures("any_pause")
def test_the_first_ctrl_c_stops_and_the_second_leaves(
    hard_exits: list[int], capfd: pytest.CaptureFixture[str]
) -> None:
    stop = threading.Event()
    with StopSignals(stop, "Stopping.", "Leaving."):
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        assert capfd.readouterr().err.split() == ["Stopping."]
        assert hard_exits == []
        signal.raise_signal(signal.SIGINT)
        assert hard_exits == [130]
        assert capfd.readouterr().err.split() == ["Leaving."]


def test_one_press_that_arrives_twice_is_one(hard_exits: list[int]) -> None:
    stop = threading.Event()
    with StopSignals(stop, "", ""):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert stop.is_set()
    assert hard_exits == []


@pytest.mark.usefixtures("any_pause")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_kill_and_a_closed_terminal_stop_but_never_leave(name: str, hard_exits: list[int]) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"no {name} on this system")
    stop = threading.Event()
    before = signal.signal(number, signal.SIG_DFL)  # the tests themselves may run under nohup
    try:
        with StopSignals(stop, "", ""):
            signal.raise_signal(number)
            signal.raise_signal(number)
    finally:
        signal.signal(number, before)
    assert stop.is_set()
    assert hard_exits == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no SIGHUP on this system")
def test_nohup_is_respected() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with StopSignals(threading.Event(), "", ""):
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with StopSignals(threading.Event(), "", ""), Interruptible():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_other_threads_handle_no_signals() -> None:
    failures: list[BaseException] = []

    def enter() -> None:
        try:
            with StopSignals(threading.Event(), "", ""), Interruptible():
                pass
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert failures == []


def test_kill_interrupts_what_has_nothing_to_save() -> None:
    with Interruptible(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)

"""Keeping the computer awake, and not minding where that is impossible."""

from __future__ import annotations

import builtins
import logging
from types import TracebackType
from typing import Any

import pytest
import wakepy

from sda_desktop.keep_awake import keep_awake


class FakeMode:
    """Stands for wakepy's mode, which needs a desktop session."""

    active = True
    active_method = "a test"

    def __init__(self, log: list[str]) -> None:
        self.log = log

    def __enter__(self) -> FakeMode:
        self.log.append("awake")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.log.append("asleep")


def test_it_holds_for_the_block_and_ends_with_it_even_on_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    log: list[str] = []
    monkeypatch.setattr(wakepy.keep, "running", lambda **_: FakeMode(log))

    def work() -> None:
        log.append("work")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), keep_awake():
        work()
    assert log == ["awake", "work", "asleep"]


def test_where_the_system_refuses_the_log_says_so_and_nothing_else_happens(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # The real wakepy, in a session that has no bus to ask.
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(wakepy.keep, "running", _only_over_the_bus(wakepy.keep.running))
    caplog.set_level(logging.INFO)
    with keep_awake():
        pass
    assert "may go to sleep" in caplog.text


def _only_over_the_bus(running: Any) -> Any:  # noqa: ANN401 - wakepy's own signature
    methods = ["org.freedesktop.PowerManagement", "org.gnome.SessionManager"]
    return lambda **options: running(methods=methods, **options)


def test_a_missing_library_is_only_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    original = builtins.__import__

    def no_wakepy(name: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as the builtin
        if name == "wakepy":
            raise ImportError("no wakepy here")
        return original(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", no_wakepy)
    done = False
    with keep_awake():
        done = True
    assert done
    assert "could not be kept awake" in caplog.text

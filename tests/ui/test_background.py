"""Short work off the GUI thread."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from sda_desktop.errors import BadInputError, SdaError
from sda_desktop.ui.background import Background


def test_work_runs_elsewhere_and_the_result_arrives_here(qtbot: QtBot) -> None:
    background, results = Background(), list[tuple[int, int]]()
    background.start(threading.get_ident, lambda where: results.append((where, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(results))
    worked_on, arrived_on = results[0]
    assert worked_on != threading.get_ident()
    assert arrived_on == threading.get_ident()


def test_errors_arrive_as_errors(qtbot: QtBot) -> None:
    background, errors = Background(), list[SdaError]()
    ours = BadInputError("There is no run.")

    def fail() -> None:
        raise ours

    def fail_unforeseen() -> None:
        raise KeyError("created")

    background.start(fail, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert errors[0] is ours
    background.start(fail_unforeseen, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 2)
    assert "KeyError" in errors[1].details


def test_a_newer_request_makes_the_older_void(qtbot: QtBot) -> None:
    background, results, gate = Background(), list[str](), threading.Event()

    def slow() -> str:
        gate.wait(5)
        return "old"

    background.start(slow, results.append)
    background.start(lambda: "new", results.append)
    qtbot.waitUntil(lambda: results == ["new"])
    gate.set()
    background.start(lambda: "newest", results.append)
    qtbot.waitUntil(lambda: results[-1] == "newest")
    assert results == ["new", "newest"]


def test_a_dropped_request_says_nothing(qtbot: QtBot) -> None:
    background, results = Background(), list[str]()
    background.start(lambda: "dropped", results.append)
    background.drop()
    other = Background()
    other.start(lambda: "after", results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["after"]

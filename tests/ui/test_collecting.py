"""Garbage is collected in the GUI thread, and nowhere else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from sda_desktop.ui.collecting import GuiCollector


class Cycle:
    """Garbage that only the collector frees, and that tells where it was freed."""

    freed_on: list[int]

    def __init__(self, freed_on: list[int]) -> None:
        self.freed_on = freed_on
        self.me = self

    def __del__(self) -> None:
        self.freed_on.append(threading.get_ident())


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GuiCollector]:
    """Made in this thread."""
    made = GuiCollector()
    yield made
    made.close()
    assert gc.isenabled()


def test_a_busy_thread_never_collects_what_belongs_to_the_window(
    collector: GuiCollector, qtbot: QtBot
) -> None:
    freed_on: list[int] = []
    Cycle(freed_on)

    kept: list[list[int]] = []

    def allocate() -> None:
        kept.extend([] for _ in range(100_000))

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert freed_on == [], "collected in the wrong thread"
    qtbot.waitUntil(lambda: bool(freed_on))
    assert freed_on == [threading.get_ident()]


def test_what_is_frozen_is_not_looked_at_again(collector: GuiCollector) -> None:
    before = gc.get_freeze_count()
    try:
        collector.freeze()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_nothing_is_collected_between_pause_and_freeze(collector: GuiCollector) -> None:
    collector.pause()
    assert not collector._timer.isActive()
    try:
        collector.freeze()
    finally:
        gc.unfreeze()
    assert collector._timer.isActive()

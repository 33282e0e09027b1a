"""The window's two pages: the switch, and what happens on the way from one to the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from small_instrument import small_instrument

from sda_desktop.audio.io import write_wav
from sda_desktop.errors import BadInputError
from sda_desktop.generation import kept_sliders, opening, sliders
from sda_desktop.generation.explore_folder import ExploreFolder
from sda_desktop.generation.history import History
from sda_desktop.generation.instrument import Instrument
from sda_desktop.generation.opening import Opened
from sda_desktop.paths import runs_dir
from sda_desktop.ui import explore_links
from sda_desktop.ui.explore_page import ExplorePage
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.pages import EXPLORE, TRAIN
from sda_desktop.ui.threads import end_threads

WAIT_MS = 20_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.exploring.close()
    end_threads()


@pytest.fixture
def instrument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Instrument:
    """Every model that is opened is this one; its sliders are tried on as few sounds as will do."""
    made = small_instrument()
    folder = ExploreFolder(tmp_path / "explore")
    monkeypatch.setattr(opening, "open_instrument", lambda *_: Opened(made, folder, ("One is gone.",)))
    monkeypatch.setattr(ExploreFolder, "keep_model", lambda *_: None)
    monkeypatch.setattr(sliders, "PROBED_PLACES", 4)
    monkeypatch.setattr(sliders, "MEASURED_PLACES", 4)
    monkeypatch.setattr(kept_sliders, "TRIED_S", 0.2)
    return made


def open_model(qtbot: QtBot, window: MainWindow, run: Path) -> ExplorePage:
    page = window.exploring.page
    with qtbot.waitSignal(page.session.model_changed, timeout=WAIT_MS):
        window.exploring.open_model(run)
    return page


def test_the_second_page_is_built_when_it_is_wanted(window: MainWindow) -> None:
    assert window.findChild(ExplorePage) is None
    window.menu["page_explore"].trigger()
    assert window.pages.page == EXPLORE
    page = window.findChild(ExplorePage)
    assert page is not None
    assert page.isVisible()
    window.menu["page_train"].trigger()
    assert window.pages.page == TRAIN
    window.menu["page_explore"].trigger()
    assert window.findChildren(ExplorePage) == [page]


def test_a_model_fills_the_page(
    qtbot: QtBot, window: MainWindow, instrument: Instrument, tmp_path: Path
) -> None:
    page = open_model(qtbot, window, tmp_path / "run")
    assert [dot.name for dot in page.map.scene.dots] == ["low", "middle", "high", "hit"]
    assert window.notices.keys().count("explore")
    page.session.close()
    assert len(page.map.scene.dots) == 0


def test_what_is_done_on_the_map_is_heard_and_kept(
    qtbot: QtBot, window: MainWindow, instrument: Instrument, tmp_path: Path
) -> None:
    page = open_model(qtbot, window, tmp_path / "run")
    page.map.place_pressed.emit(0.3, 0.3)
    page.map.place_moved.emit(0.5, 0.5)
    with qtbot.waitSignal(page.session.history_changed, timeout=WAIT_MS):
        page.map.place_released.emit(0.5, 0.5)
    assert len(page.session.history) == 1
    current = page.session.current
    assert current is not None
    page.new_sound.keep_toggled.emit(True)
    assert page.session.history.entries()[0].favourite
    page.map.action_requested.emit("play_reconstruction", [2])
    assert page.session.current is not None
    assert page.session.current.title == "high"


def test_a_slider_is_heard_kept_and_taken_back(
    qtbot: QtBot, window: MainWindow, instrument: Instrument, tmp_path: Path
) -> None:
    page = open_model(qtbot, window, tmp_path / "run")
    qtbot.waitUntil(lambda: page.links.controls.sliders_known, timeout=WAIT_MS)
    instrument.directions["first"] = small_instrument().directions["first"]
    page.session.play_sound(0, original=False)
    page.sliders.value_changed.emit("first", 0.5)
    page.sliders.value_changed.emit("first", 1.5)
    page.sliders.value_committed.emit("first", 1.5)
    assert page.session.current is not None
    assert page.session.current.sliders == (("first", 1.5),)
    page.links.controls.undo()
    assert dict(page.session.values.sliders) == {}
    assert page.session.current.replaced(sliders=()) == page.session.current
    page.links.controls.redo()
    assert dict(page.session.values.sliders) == {"first": 1.5}


def test_dropped_sounds_become_the_models_own(
    qtbot: QtBot, window: MainWindow, instrument: Instrument, tmp_path: Path
) -> None:
    page = open_model(qtbot, window, tmp_path / "run")
    wave = 0.5 * np.sin(np.arange(44_100) / 20).astype(np.float32)
    write_wav(tmp_path / "guest.wav", wave[None], 44_100)
    with qtbot.waitSignal(page.session.sound_added, timeout=WAIT_MS):
        window.drops.sounds_dropped.emit([tmp_path / "guest.wav"], False)
    assert [dot.name for dot in page.map.scene.dots][-1] == "guest"
    assert page.session.current is not None
    assert page.session.current.kind == "resynthesis"
    window.menu["page_train"].trigger()
    with qtbot.waitSignal(window.sounds.scan_finished, timeout=WAIT_MS):
        window.drops.sounds_dropped.emit([tmp_path / "guest.wav"], False)


def test_a_history_of_a_newer_version_does_not_close_the_page(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = History.__init__
    calls: list[Path | None] = []

    def refuse_once(self: History, file: Path | None = None) -> None:
        calls.append(file)
        if len(calls) == 1:
            raise BadInputError("It was written by a newer version.")
        opened(self, file)

    monkeypatch.setattr(History, "__init__", refuse_once)
    window.menu["page_explore"].trigger()
    assert window.pages.page == EXPLORE
    assert window.notices.keys().count("explore")


def test_a_training_that_saves_appears_in_the_library_in_sight(
    qtbot: QtBot, window: MainWindow, stopped_run: Path
) -> None:
    page = window.exploring.page
    with qtbot.waitSignal(page.library.refreshed, timeout=WAIT_MS):
        page.library.refresh()
    rows = page.library.list.model()
    assert rows.rowCount() == 0
    shutil.copytree(stopped_run, runs_dir() / "run")
    window.session.files_changed.emit()
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=WAIT_MS)


def test_a_model_that_is_open_is_opened_again_when_it_has_become_better(
    qtbot: QtBot,
    window: MainWindow,
    instrument: Instrument,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_model(qtbot, window, tmp_path / "run")
    best = replace(instrument.model.info)
    seen = SimpleNamespace(best=best)
    monkeypatch.setattr(explore_links, "look_at_model", lambda _: seen)
    page.links.open_model(tmp_path / "run")
    assert page.session.playable is not None  # the same: nothing happens
    seen.best = replace(best, path=tmp_path / "better")
    with qtbot.waitSignals([page.session.opening, page.session.model_changed], timeout=WAIT_MS):
        page.links.open_model(tmp_path / "run")

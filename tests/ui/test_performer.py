"""The performer: opens a model and makes its sounds off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from small_instrument import small_instrument, tone

from sda_desktop.audio.io import write_wav
from sda_desktop.errors import BadInputError, CheckpointError
from sda_desktop.generation import chart, kept_sliders, opening, sliders
from sda_desktop.generation.explore_folder import ExploreFolder
from sda_desktop.generation.instrument import Instrument
from sda_desktop.generation.opening import Opened
from sda_desktop.generation.recipe import Recipe
from sda_desktop.generation.sound_map import SoundMap
from sda_desktop.ui import performer as performing
from sda_desktop.ui.performer import Performer
from sda_desktop.ui.threads import end_threads

WAIT_MS = 20_000


@pytest.fixture
def instrument() -> Instrument:
    return small_instrument()


@pytest.fixture(autouse=True)
def few_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sliders are tried on as few sounds as will do."""
    monkeypatch.setattr(sliders, "PROBED_PLACES", 4)
    monkeypatch.setattr(sliders, "MEASURED_PLACES", 4)
    monkeypatch.setattr(kept_sliders, "TRIED_S", 0.2)


@pytest.fixture
def performer(
    qtbot: QtBot, tmp_path: Path, instrument: Instrument, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Performer]:
    """With the small model open."""

    def open_it(path: Path, on_progress: Callable[[int, int, str], None], stop: object) -> Opened:
        if path.name == "damaged":
            raise CheckpointError("It is damaged.")
        on_progress(1, 2, "low")
        return Opened(instrument, ExploreFolder(tmp_path / "explore"), ())

    monkeypatch.setattr(opening, "open_instrument", open_it)
    made = Performer()
    with qtbot.waitSignals([made.opened, made.progress], timeout=WAIT_MS):
        made.open(tmp_path / "run")
    yield made
    made.close()
    end_threads()


def test_a_model_is_opened_only_when_the_engine_is_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list[str]()

    def open_it(*_: object) -> Opened:
        order.append("opened")
        raise CheckpointError("It is damaged.")

    monkeypatch.setattr(performing, "import_engine", lambda: order.append("imported"))
    monkeypatch.setattr(opening, "open_instrument", open_it)
    made = Performer()
    with qtbot.waitSignal(made.open_failed, timeout=WAIT_MS):
        made.open(tmp_path / "run")
    made.close()
    assert order == ["imported", "opened"]


def recipes(instrument: Instrument, count: int) -> list[Recipe]:
    return [instrument.random(seed, seconds=0.5) for seed in range(count)]


def test_a_sound_is_made_beside_the_window(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    recipe = instrument.random(1, seconds=1.0)
    with qtbot.waitSignal(performer.made, timeout=WAIT_MS) as told:
        sound = performer.make(recipe)
        assert sound.frames == 44_100
    assert told.args == [recipe, sound]
    assert np.array_equal(sound.samples, instrument.render(recipe))
    assert performer.make(recipe) is sound  # not made again


def test_what_nobody_waits_for_is_not_made(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    told: list[Recipe] = []
    performer.made.connect(lambda recipe, _: told.append(recipe))
    wanted = recipes(instrument, 6)
    sounds = [performer.make(recipe) for recipe in wanted]
    qtbot.waitUntil(lambda: sounds[-1].is_complete, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert told[-1] == wanted[-1]
    assert len(told) < len(wanted)
    assert all(sound.dropped.is_set() for sound in sounds[:-1] if not sound.is_complete)


def test_beside_each_other_all_are_made(qtbot: QtBot, performer: Performer, instrument: Instrument) -> None:
    sounds = [performer.make(recipe, instead=False) for recipe in recipes(instrument, 3)]
    qtbot.waitUntil(lambda: all(sound.is_complete for sound in sounds), timeout=WAIT_MS)


def test_what_is_played_comes_before_a_batch_and_leaves_it_whole(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    order: list[Recipe] = []
    performer.made.connect(lambda recipe, _: order.append(recipe))
    batch = recipes(instrument, 5)
    for recipe in batch:
        performer.make(recipe, instead=False)
    played = instrument.random(99, seconds=0.5)
    sound = performer.make(played)
    assert performer.make(played, instead=False) is sound  # to be kept: it is being made
    qtbot.waitUntil(lambda: len(order) == 6, timeout=WAIT_MS)
    assert order.index(played) <= 1
    assert [recipe for recipe in order if recipe != played] == batch


def test_a_sound_that_cannot_be_made_says_why(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    broken = instrument.random(0).replaced(sliders=(("warmth", 1.0),))
    with qtbot.waitSignal(performer.failed, timeout=WAIT_MS) as told:
        sound = performer.make(broken)
    assert isinstance(told.args[0], BadInputError)
    assert sound.error is told.args[0]
    with qtbot.waitSignal(performer.made, timeout=WAIT_MS):  # and the next one is made
        performer.make(instrument.random(0))


def test_a_model_that_cannot_be_opened_says_why(qtbot: QtBot, performer: Performer, tmp_path: Path) -> None:
    with qtbot.waitSignal(performer.open_failed, timeout=WAIT_MS) as told:
        performer.open(tmp_path / "damaged")
    assert str(told.args[0]) == "It is damaged."
    assert performer.playable is None
    with pytest.raises(RuntimeError, match="no model"):
        performer.make(recipes(small_instrument(), 1)[0])


def test_a_file_becomes_a_sound_of_the_model(
    qtbot: QtBot, performer: Performer, instrument: Instrument, tmp_path: Path
) -> None:
    wave = 0.5 * np.sin(np.arange(22_050) / 20).astype(np.float32)
    write_wav(tmp_path / "guest.wav", wave[None], 22_050)
    with qtbot.waitSignal(performer.added, timeout=WAIT_MS) as told:
        performer.add_sound(tmp_path / "guest.wav")
    key, name = told.args
    assert name == "guest"
    assert instrument.atlas.sounds[-1].key == key
    assert instrument.atlas.sounds[-1].seconds == pytest.approx(1.0, abs=0.01)
    with qtbot.waitSignal(performer.failed, timeout=WAIT_MS) as failure:
        performer.add_sound(tmp_path / "nothing.wav")
    assert "nothing.wav" in str(failure.args[0])


def test_the_maps_of_a_model_are_kept(
    performer: Performer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    playable = performer.playable
    assert playable is not None
    first = playable.layouts[0]
    assert len(first.positions) == 4
    monkeypatch.setattr(SoundMap, "make", None)
    again = chart.layouts_of(playable.opened)
    assert [layout.method for layout in again] == [layout.method for layout in playable.layouts]
    np.testing.assert_allclose(again[0].positions, first.positions, atol=1e-6)


def test_an_added_sound_lies_near_its_neighbours(performer: Performer, instrument: Instrument) -> None:
    assert performer.playable is not None
    layout = performer.playable.layouts[0]
    instrument.add_sound(tone(110, 0.8), "low again")
    places = chart.positions_of(instrument.atlas, layout)
    assert len(places) == 5
    assert instrument.atlas.sounds[0].name == "low"
    np.testing.assert_allclose(places[-1], places[0], atol=0.02)


def test_sliders_are_found_beside_the_sounds(
    qtbot: QtBot, tmp_path: Path, instrument: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(instrument, ExploreFolder(tmp_path / "explore"), ())
    monkeypatch.setattr(opening, "open_instrument", lambda *_: opened)
    performer = Performer()
    with qtbot.waitSignals([performer.sliders_progress, performer.sliders_found], timeout=WAIT_MS):
        performer.open(tmp_path / "run")
    found = kept_sliders.kept_sliders(opened)
    assert found is not None
    assert set(instrument.directions) == {slider.id for slider in found}
    performer.close()
    end_threads()


def test_a_sound_is_made_while_a_long_one_of_a_batch_is(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    long = instrument.random(1, seconds=60.0)
    slow = performer.make(long, instead=False)
    qtbot.waitUntil(lambda: slow.made > 0, timeout=WAIT_MS)
    quick = instrument.random(2, seconds=0.5)
    with qtbot.waitSignal(performer.made, timeout=WAIT_MS) as told:
        performer.make(quick)
    assert told.args[0] == quick
    assert np.array_equal(told.args[1].samples, instrument.render(quick))
    assert not slow.is_complete
    with qtbot.waitSignal(performer.made, timeout=WAIT_MS):
        pass
    assert np.array_equal(slow.samples, instrument.render(long))


def test_what_was_made_ahead_is_there_when_it_is_wanted(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    recipe = instrument.random(3, seconds=0.5)
    with qtbot.waitSignal(performer.made, timeout=WAIT_MS) as told:
        performer.make_ahead(recipe)
    sound = performer.make(recipe)
    assert sound is told.args[1]
    assert sound.is_complete
    performer.make_ahead(recipe)  # known: nothing happens
    assert performer.make(recipe) is sound


def test_what_is_being_made_ahead_goes_on_when_it_is_wanted(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    told: list[Recipe] = []
    performer.made.connect(lambda recipe, _: told.append(recipe))
    recipe, batch = instrument.random(3, seconds=20.0), recipes(instrument, 3)
    performer.make_ahead(recipe)
    for one in batch:
        performer.make(one, instead=False)
    sound = performer.make(recipe)
    qtbot.waitUntil(lambda: len(told) == 4, timeout=WAIT_MS)
    assert told.count(recipe) == 1
    assert told.index(recipe) <= 1  # only what was begun may come before it
    assert np.array_equal(sound.samples, instrument.render(recipe))


def test_only_the_last_guess_is_made(qtbot: QtBot, performer: Performer, instrument: Instrument) -> None:
    told: list[Recipe] = []
    performer.made.connect(lambda recipe, _: told.append(recipe))
    guesses = [instrument.random(seed, seconds=20.0) for seed in range(3)]
    for guess in guesses:
        performer.make_ahead(guess)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert told == guesses[-1:]
    sound = performer.make(guesses[0])  # given up: begun anew
    qtbot.waitUntil(lambda: sound.is_complete, timeout=WAIT_MS)
    assert np.array_equal(sound.samples, instrument.render(guesses[0]))


def test_a_guess_that_cannot_be_made_is_told_when_it_is_wanted(
    qtbot: QtBot, performer: Performer, instrument: Instrument
) -> None:
    broken = instrument.random(0).replaced(sliders=(("warmth", 1.0),))
    with (
        qtbot.assertNotEmitted(performer.failed),
        qtbot.waitSignal(performer.made, timeout=WAIT_MS),
    ):
        performer.make_ahead(broken)
        performer.make(instrument.random(1), instead=False)
    with qtbot.waitSignal(performer.failed, timeout=WAIT_MS):
        performer.make(broken)

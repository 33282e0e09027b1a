"""The explore session: from what the panels ask to recipes, sounds and the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot
from small_instrument import small_codec, small_instrument

from sda_desktop.errors import StorageError
from sda_desktop.generation import opening
from sda_desktop.generation.blend import BlendValues
from sda_desktop.generation.explore_folder import ExploreFolder
from sda_desktop.generation.history import History
from sda_desktop.generation.instrument import Instrument
from sda_desktop.generation.opening import Opened
from sda_desktop.generation.recipe import Recipe, Stop
from sda_desktop.ui import explore_session, threads
from sda_desktop.ui.explore_session import ExploreSession
from sda_desktop.ui.explore_state import ControlValues
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.streamed_sound import StreamedSound
from sda_desktop.ui.threads import end_threads

WAIT_MS = 20_000


class DeafPlayer(Player):
    """Takes sounds and plays none."""

    def __init__(self) -> None:
        super().__init__()
        self.streams: list[tuple[PlayItem, StreamedSound]] = []
        self.files: list[PlayItem] = []

    def play_stream(self, item: PlayItem, streamed: StreamedSound) -> None:
        self.streams.append((item, streamed))

    def play(self, item: PlayItem) -> None:
        self.files.append(item)


@pytest.fixture
def instrument() -> Instrument:
    return small_instrument()


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[DeafPlayer]:
    made = DeafPlayer()
    yield made
    made.close()
    # Nothing of it runs on while it is taken down.
    QThreadPool.globalInstance().waitForDone()
    qtbot.waitUntil(lambda: all(t.isFinished() for t in threads._keeper()._threads), timeout=WAIT_MS)


@pytest.fixture
def session(
    qtbot: QtBot,
    tmp_path: Path,
    instrument: Instrument,
    player: DeafPlayer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ExploreSession]:
    """With the small model open."""
    folder = ExploreFolder(tmp_path / "run" / "explore" / instrument.identity)
    monkeypatch.setattr(opening, "open_instrument", lambda *_: Opened(instrument, folder, ()))
    monkeypatch.setattr(ExploreFolder, "keep_model", lambda *_: None)
    made = ExploreSession(player, History(tmp_path / "history.jsonl"))
    with qtbot.waitSignals([made.opening, made.model_changed], timeout=WAIT_MS):
        made.open(tmp_path / "run")
    yield made
    made.close()
    end_threads()


def test_a_random_sound_is_played_and_kept(
    qtbot: QtBot, session: ExploreSession, player: DeafPlayer, instrument: Instrument
) -> None:
    session.set_values(ControlValues(seconds=0.4, novelty=0.8, sliders={"first": 1.5}))
    with qtbot.waitSignals([session.history_changed, session.current_changed], timeout=WAIT_MS):
        session.play_random(7)
    item, sound = player.streams[-1]
    assert session.current is not None
    assert item.key == session.current.digest()
    assert (session.current.seconds, session.current.seed) == (0.4, 7)
    assert session.current.sliders == (("first", 1.5),)
    assert session.current.novelty == instrument.random(7, amount=0.8).novelty
    assert np.array_equal(sound.samples, instrument.render(session.current))
    entry = session.history.entries()[0]
    assert entry.recipe == session.current
    assert np.abs(entry.outline).max() > 0


def test_what_is_passed_over_on_the_map_is_heard_but_not_kept(
    qtbot: QtBot, session: ExploreSession, player: DeafPlayer, instrument: Instrument
) -> None:
    session.set_values(ControlValues(seconds=0.3))
    assert session.layout is not None
    x, y = session.layout.positions[2]
    session.play_place(0.5, 0.5, keep=False)
    session.play_place(float(x), float(y), keep=False)
    qtbot.waitUntil(lambda: player.streams[-1][1].is_complete, timeout=WAIT_MS)
    assert session.current is not None
    assert session.current.course[0].weights == (("key-high", 1.0),)
    assert len(session.history) == 0
    with qtbot.waitSignal(session.history_changed, timeout=WAIT_MS):
        session.play_place(float(x), float(y))  # let go: it stays
    session.keep_current()  # not twice
    assert len(session.history) == 1


def test_variations_and_morphs_follow_from_the_current_sound(
    qtbot: QtBot, session: ExploreSession, instrument: Instrument
) -> None:
    session.play_variation(1)  # of nothing: nothing happens
    session.play_random(3)
    first = session.current
    assert first is not None
    session.set_values(ControlValues(variation=0.9))
    with qtbot.waitSignal(session.history_changed, timeout=WAIT_MS):
        session.play_variation(5)
    assert session.current == instrument.vary(first, 0.9, 5)
    session.play_morph([Stop(0.0, (("key-low", 1.0),)), Stop(1.0, (("key-hit", 1.0),))], 3.0)
    assert session.current is not None
    assert (session.current.kind, session.current.seconds) == ("morph", 3.0)
    assert session.current.title == "low to hit"


def test_what_was_given_up_for_another_sound_is_kept_as_well(qtbot: QtBot, session: ExploreSession) -> None:
    session.set_values(ControlValues(seconds=0.4))
    for seed in range(8):
        session.play_random(seed)
    qtbot.waitUntil(lambda: len(session.history) == 8, timeout=WAIT_MS)
    assert sorted(entry.recipe.seed for entry in session.history.entries()) == list(range(8))


def test_a_batch_is_made_with_seeds_and_can_be_cancelled(qtbot: QtBot, session: ExploreSession) -> None:
    session.set_values(ControlValues(seconds=0.2))
    told: list[tuple[int, int]] = []
    session.batch_changed.connect(lambda done, total: told.append((done, total)))
    session.make_batch(3, 10)
    qtbot.waitUntil(lambda: told[-1] == (0, 0) and len(told) > 2, timeout=WAIT_MS)
    assert [entry.recipe.seed for entry in session.history.entries()] == [12, 11, 10]
    session.set_values(ControlValues(seconds=5.0))
    session.make_batch(50, 100)
    session.cancel_batch()
    assert told[-1] == (0, 0)
    session.set_values(ControlValues(seconds=0.2))
    with qtbot.waitSignal(session.history_changed, timeout=WAIT_MS):
        session.play_random(1)
    assert len(session.history) < 10


def test_a_sound_of_the_corpus_is_played_as_it_was_or_as_it_became(
    session: ExploreSession, player: DeafPlayer, instrument: Instrument
) -> None:
    session.play_sound(1, original=False)
    assert player.streams[-1][0].title == "middle"
    assert session.current is not None
    assert session.current.kind == "sound"
    session.play_sound(1, original=True)  # its file is not there: what the model makes of it
    assert len(player.streams) == 2
    assert player.files == []


def test_an_entry_of_another_model_opens_that_model(
    qtbot: QtBot, session: ExploreSession, player: DeafPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.set_values(ControlValues(seconds=0.2))
    with qtbot.waitSignal(session.history_changed, timeout=WAIT_MS):
        session.play_random(1)
    entry = session.history.entries()[0]
    session.play_entry(entry)
    assert len(player.streams) == 2  # of this one: at once
    session.close()
    assert session.instrument is None
    monkeypatch.setattr(opening, "model_of", lambda run, _identity: run / "explore")
    with qtbot.waitSignal(session.model_changed, timeout=WAIT_MS):
        session.play_entry(entry)
    qtbot.waitUntil(lambda: len(player.streams) == 3, timeout=WAIT_MS)
    assert session.current == entry.recipe


def test_a_history_that_cannot_be_written_is_told(
    qtbot: QtBot, session: ExploreSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(session.history, "add", full)
    session.set_values(ControlValues(seconds=0.2))
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS) as told:
        session.play_random(1)
    assert "full" in str(told.args[0])


def test_a_second_model_is_mixed_in_and_found_again(
    qtbot: QtBot,
    session: ExploreSession,
    player: DeafPlayer,
    instrument: Instrument,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = small_instrument(small_codec(seed=1))
    monkeypatch.setattr(explore_session, "_best_of", lambda _: other)
    session.set_values(ControlValues(seconds=0.3, seed=4))
    session.set_blend(BlendValues("second", "time"), tmp_path / "second")
    qtbot.waitUntil(lambda: other.identity in instrument.partners, timeout=WAIT_MS)
    with qtbot.waitSignal(session.history_changed, timeout=WAIT_MS):
        session.play_random(4)
    entry = session.history.entries()[0]
    partner = entry.recipe.partner
    assert partner is not None
    assert (partner.run, partner.mode) == (str(tmp_path / "second"), "time")
    assert partner.recipe == other.random(4, seconds=0.3, amount=0.5)
    heard = player.streams[-1][1].samples.copy()
    session.set_blend(BlendValues("second", "level", 0.0), tmp_path / "second")
    assert session.current is not None
    assert session.current.partner is not None
    session.set_blend(BlendValues(), None)
    assert session.current.replaced(partner=None) == session.current

    # In another session both models are opened for it.
    session.close()
    instrument.partners.clear()
    monkeypatch.setattr(opening, "model_of", lambda run, _identity: run)
    monkeypatch.setattr(opening, "instrument_of", lambda *_: other)
    played = len(player.streams)
    session.play_entry(entry)
    qtbot.waitUntil(lambda: len(player.streams) > played, timeout=WAIT_MS)
    again = player.streams[-1][1]
    qtbot.waitUntil(lambda: again.is_complete, timeout=WAIT_MS)
    assert np.array_equal(again.samples, heard)


def test_where_the_pointer_rests_the_sound_is_made_ahead(
    qtbot: QtBot, session: ExploreSession, player: DeafPlayer
) -> None:
    session.set_values(ControlValues(seconds=0.3))
    with qtbot.waitSignal(session.performer.made, timeout=WAIT_MS):
        session.foresee_place(0.4, 0.6)
    assert player.streams == []
    assert session.history.entries() == []
    session.play_place(0.4, 0.6)
    assert player.streams[-1][1].is_complete
    assert len(session.history.entries()) == 1
    with qtbot.waitSignal(session.performer.made, timeout=WAIT_MS):
        session.foresee_sound(1)
    session.play_sound(1, original=False)
    assert player.streams[-1][1].is_complete


def test_nothing_is_made_ahead_beside_a_training_or_at_length(
    session: ExploreSession, player: DeafPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[object]()
    monkeypatch.setattr(session.performer, "make_ahead", asked.append)
    session.set_values(ControlValues(seconds=60.0))
    session.foresee_place(0.4, 0.6)
    session.set_values(ControlValues(seconds=0.3))
    player.set_busy(True)
    session.foresee_place(0.4, 0.6)
    assert asked == []
    player.set_busy(False)
    session.foresee_place(0.4, 0.6)
    assert len(asked) == 1


def test_a_title_says_what_was_turned(session: ExploreSession, player: DeafPlayer) -> None:
    session.slider_words = {"first": ("darker", "brighter"), "second": ("quieter", "louder")}

    def turned(**sliders: float) -> str:
        session.set_values(ControlValues(seconds=0.2, sliders=sliders))
        session.play_again()
        return player.streams[-1][0].title

    session.play_random(3)
    assert player.streams[-1][0].title == "New sound 3"
    assert turned(first=1.0) == "New sound 3 · brighter"
    assert turned(first=-1.0, second=1.0) == "New sound 3 · darker, louder"
    assert turned(first=0.0) == "New sound 3"


def test_the_sound_of_the_second_model_can_be_chosen(
    qtbot: QtBot, session: ExploreSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = small_instrument(small_codec(seed=1))
    monkeypatch.setattr(explore_session, "_best_of", lambda _: other)
    session.set_values(ControlValues(seconds=0.3, seed=4))
    session.play_random(4)
    with qtbot.waitSignal(session.blend_changed, check_params_cb=lambda it: it is other, timeout=WAIT_MS):
        session.set_blend(BlendValues("second"), tmp_path / "second")

    def partner() -> Recipe:
        assert session.current is not None
        assert session.current.partner is not None
        return session.current.partner.recipe

    key = other.atlas.sounds[2].key
    with qtbot.waitSignal(session.history_changed, timeout=WAIT_MS):
        session.choose_blend_sound(key, 0)
    assert partner() == other.sound(key).replaced(seconds=session.current.seconds)  # type: ignore[union-attr]
    session.choose_blend_sound("", 2)
    assert partner() == other.random(6, seconds=0.3, amount=0.5)
    with qtbot.waitSignal(session.blend_changed, check_params_cb=lambda it: it is None, timeout=WAIT_MS):
        session.set_blend(BlendValues(), None)
    session.set_blend(BlendValues("second"), tmp_path / "second")
    qtbot.waitUntil(lambda: session.current is not None and session.current.partner is not None)
    assert partner() == other.random(4, seconds=0.3, amount=0.5)  # chosen anew for another blend

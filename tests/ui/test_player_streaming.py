"""Sounds that are played while they are being made, on a real sound device (a null sink)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from null_sink import NullSink
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from sda_desktop.errors import AudioFileError
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.player_output import DEPTH_S, LIVE_DEPTH_S
from sda_desktop.ui.streamed_sound import StreamedSound

RATE = 44_100
PATIENCE_MS = 20_000
ITEM = PlayItem(None, "Made", key="made")
Row = NDArray[np.float32]


@pytest.fixture
def player(pulse_playback: NullSink, qtbot: QtBot) -> Iterator[Player]:
    made = Player()
    yield made
    assert made.close(), "a thread of the player did not end"


def _tone(seconds: float, hz: float = 440.0, level: float = 0.5) -> Row:
    """Begins at once and ends with a bang, so that every frame counts."""
    return (level * np.cos(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def _sounding(recorded: Row) -> Row:
    places = np.flatnonzero(np.abs(recorded).max(axis=0) > 0)
    assert len(places), "nothing was heard"
    return recorded[0, places[0] : places[-1] + 1]


def _made(row: Row, *, loop: bool = False) -> StreamedSound:
    sound = StreamedSound(RATE, len(row) / RATE, loop=loop)
    sound.append(row[None])
    sound.finish()
    return sound


def test_what_is_heard_is_what_was_made_while_it_plays(
    player: Player, pulse_playback: NullSink, qtbot: QtBot
) -> None:
    row = _tone(1.5)
    sound = StreamedSound(RATE, 1.5)
    sound.append(row[None, :4096])

    def make() -> None:
        for start in range(4096, len(row), 4096):
            threading.Event().wait(0.005)  # at many times its speed
            sound.append(row[None, start : start + 4096])
        sound.finish()

    heard: list[object] = []
    player.heard_changed.connect(heard.append)
    thread = threading.Thread(target=make)
    with pulse_playback.record() as recording, qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
        player.play_stream(ITEM, sound)
        thread.start()
    thread.join()
    np.testing.assert_array_equal(_sounding(recording.samples), row)
    assert heard == ["made", None]
    assert player.underflows == 0


def test_a_sound_that_is_not_made_in_time_waits_and_is_heard_to_its_end(
    player: Player, pulse_playback: NullSink, qtbot: QtBot
) -> None:
    row = _tone(0.6, 300.0)
    sound = StreamedSound(RATE, 0.6)
    sound.append(row[None, : RATE // 5])
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play_stream(ITEM, sound)
        qtbot.waitUntil(lambda: player._output._mixer.position >= RATE // 5, timeout=PATIENCE_MS)
        qtbot.wait(150)
        assert player.is_playing
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            sound.append(row[None, RATE // 5 :])
            sound.finish()
    heard = _sounding(recording.samples)
    assert len(heard) > len(row) + 0.05 * RATE, "it waited in silence"
    np.testing.assert_array_equal(heard[-RATE // 3 :], row[-RATE // 3 :])
    steepest = np.abs(np.diff(row)).max()
    assert np.abs(np.diff(heard)).max() < steepest * 1.1


def test_an_error_ends_it_with_a_sentence(player: Player, qtbot: QtBot) -> None:
    sound = StreamedSound(RATE, 60.0)
    sound.append(_tone(0.3)[None])
    player.play_stream(ITEM, sound)
    error = AudioFileError("The model broke.", "Train it again.")
    with qtbot.waitSignals([player.failed, player.stopped], timeout=PATIENCE_MS):
        sound.fail(error)
    assert not player.is_playing
    assert player.duration_s == pytest.approx(0.3, abs=0.001)


def test_a_loop_goes_round_without_a_seam_until_it_is_stopped(
    player: Player, pulse_playback: NullSink, qtbot: QtBot
) -> None:
    row = _tone(0.5, 440.0)  # 220 periods
    places: list[float] = []
    player.position_changed.connect(places.append)
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play_stream(ITEM, _made(row, loop=True))
        assert player.loop
        qtbot.waitUntil(lambda: sum(b < a - 0.2 for a, b in pairwise(places)) > 1, timeout=PATIENCE_MS)
        player.set_loop(False)
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            pass
    heard = _sounding(recording.samples)
    assert len(heard) % len(row) == 0
    assert len(heard) >= 3 * len(row)
    np.testing.assert_array_equal(heard, np.tile(row, len(heard) // len(row)))
    assert max(places) <= 0.5


def test_a_made_sound_is_compared_with_a_pinned_file_equally_loud(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    soft = tmp_path / "soft.wav"
    soundfile.write(soft, np.stack([_tone(2.0, level=0.05)] * 2, axis=1), RATE, subtype="FLOAT")
    with qtbot.waitSignal(player.loaded, timeout=PATIENCE_MS):
        player.load(PlayItem(soft, "soft"))
    player.pin_reference()
    assert not player.can_compare, "with itself there is nothing to compare"
    row = _tone(2.0, level=0.5)
    heard: list[object] = []
    player.heard_changed.connect(heard.append)
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play_stream(ITEM, _made(row))
        qtbot.waitUntil(lambda: player.can_compare, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: player.position_s > 0.4, timeout=PATIENCE_MS)
        player.hear("reference")
        assert player.side == "reference"
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            pass
    # They differ in level only, so at equal loudness and in the same place nothing changes.
    np.testing.assert_allclose(_sounding(recording.samples), row, atol=0.01)
    assert heard == ["made", soft, None]


def test_two_made_sounds_are_compared_and_the_pin_can_be_taken_away(player: Player, qtbot: QtBot) -> None:
    first, second = PlayItem(None, "A", key="a"), PlayItem(None, "B", key="b")
    player.play_stream(first, _made(_tone(0.5)))
    player.pin_reference()
    player.play_stream(second, _made(_tone(0.5, 600.0)))
    qtbot.waitUntil(lambda: player.can_compare, timeout=PATIENCE_MS)
    assert player.reference == first
    player.set_compare(True)
    player.clear_reference()
    assert not player.compare
    assert not player.can_compare


def test_a_sound_without_a_file_that_is_not_made_is_a_sentence(player: Player, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as failed:
        player.play(ITEM)
    assert "made again" in failed.args[0].message


def test_played_live_the_queue_is_shorter_and_stays_open(player: Player, qtbot: QtBot) -> None:
    output = player._output
    player.set_live(RATE)
    qtbot.waitUntil(lambda: output._stream is not None, timeout=PATIENCE_MS)
    stream = output._stream
    assert output._stream_key[-1] == LIVE_DEPTH_S
    with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
        player.play_stream(ITEM, _made(_tone(0.2)))
    other = PlayItem(None, "Other", key="other")
    with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
        made = StreamedSound(48_000, 0.2)
        made.append(_tone(0.2)[None])
        made.finish()
        player.play_stream(other, made)
    assert output._stream is stream, "a short sound at another rate needs no other stream"
    player.set_busy(True)
    qtbot.waitUntil(lambda: output._stream_key[-1] == DEPTH_S, timeout=PATIENCE_MS)
    player.set_live(0)
    with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
        player.play_stream(ITEM, _made(_tone(0.2)))
    assert output._stream_key[-1] == DEPTH_S

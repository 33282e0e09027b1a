"""The player on a real sound device (a null sink), and without one."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from null_sink import NullSink
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from sda_desktop.errors import SdaError
from sda_desktop.ui import sound_devices
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.settings import QUIETEST_DB, Settings

RATE = 44_100
PATIENCE_MS = 20_000
Samples = NDArray[np.float32]
MakePlayer = Callable[[], Player]


@pytest.fixture
def make_player(qtbot: QtBot) -> Iterator[MakePlayer]:
    """Players whose threads are ended after the test."""
    players: list[Player] = []

    def make() -> Player:
        players.append(Player())
        return players[-1]

    yield make
    for player in players:
        assert player.close(), "a thread of the player did not end"


@pytest.fixture
def player(pulse_playback: NullSink, make_player: MakePlayer) -> Player:
    """A player on the null sink."""
    return make_player()


def _tone(seconds: float, hz: float = 440.0, level: float = 0.5) -> Samples:
    """A tone that begins at once and ends with a bang, so that every frame counts; (frames, 2)."""
    time_s = np.arange(round(seconds * RATE)) / RATE
    left = level * np.cos(2 * np.pi * hz * time_s)
    return np.stack([left, -left / 2], axis=1).astype(np.float32)


def _write(path: Path, samples: Samples, rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate, subtype="FLOAT")
    return path


def _let_pass(seconds: float) -> None:
    """Let the event loop run for a while: what is tested takes its own time."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _play_to_the_end(player: Player, item: PlayItem, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
        player.play(item)


def _sounding(recorded: Samples) -> Samples:
    """The part of a recording (2, frames) between the first and the last sound, (frames, 2)."""
    places = np.flatnonzero(np.abs(recorded).max(axis=0) > 0)
    assert len(places), "nothing was heard"
    return recorded[:, places[0] : places[-1] + 1].T


def test_what_is_heard_is_the_file(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    samples = _tone(0.7)
    path = _write(tmp_path / "töne.wav", samples)
    with pulse_playback.record() as recording:
        _play_to_the_end(player, PlayItem(path, "x"), qtbot)
    np.testing.assert_array_equal(_sounding(recording.samples), samples)
    assert player.underflows == 0


def test_the_volume_is_in_decibels(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    samples = _tone(0.5)
    path = _write(tmp_path / "a.wav", samples)
    player.set_volume_db(-20.0)
    with pulse_playback.record() as recording:
        _play_to_the_end(player, PlayItem(path, "x"), qtbot)
    np.testing.assert_allclose(_sounding(recording.samples), samples / 10, atol=1e-6)


def test_silence_is_silent_and_remembered(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    player.set_volume_db(QUIETEST_DB - 10)
    with pulse_playback.record() as recording:
        _play_to_the_end(player, PlayItem(_write(tmp_path / "a.wav", _tone(0.3)), "x"), qtbot)
    assert not recording.samples.any()
    assert Settings().volume_db == QUIETEST_DB


def test_both_sides_are_heard_at_one_loudness_and_in_one_place(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    loud, soft = _tone(2.0, level=0.5), _tone(2.0, level=0.05)
    item = PlayItem(_write(tmp_path / "r.wav", loud), "x", _write(tmp_path / "o.wav", soft), "reconstruction")
    heard: list[Path | None] = []
    player.heard_changed.connect(heard.append)
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play(item)
        assert player.can_compare
        qtbot.waitUntil(lambda: player.position_s > 0.5, timeout=PATIENCE_MS)
        player.hear("original")
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            pass
    assert player.side == "original"
    # The two files differ in level only, so at equal loudness and in the same place nothing changes.
    np.testing.assert_allclose(_sounding(recording.samples), loud, atol=0.01)
    assert heard == [item.path, item.counterpart, None]


def test_a_seek_is_heard_from_there_without_a_click(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    low, high = _tone(2.0, 300.0), _tone(2.0, 1000.0)
    path = _write(tmp_path / "a.wav", np.concatenate([low, high]))
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play(PlayItem(path, "x"))
        qtbot.waitUntil(lambda: player.position_s > 0.4, timeout=PATIENCE_MS)
        player.seek(3.0)
        assert player.position_s == 3.0
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            pass
    heard = _sounding(recording.samples)[:, 0]
    assert 1.3 * RATE < len(heard) < 2.0 * RATE
    np.testing.assert_array_equal(heard[-RATE + 400 :], high[-RATE + 400 :, 0])
    steepest = np.abs(np.diff(high[:, 0])).max()
    assert np.abs(np.diff(heard)).max() < steepest * 1.1


def test_the_playhead_tells_what_is_heard(player: Player, qtbot: QtBot, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.wav", _tone(1.5))
    places: list[tuple[float, float]] = []
    player.position_changed.connect(lambda place: places.append((time.perf_counter(), place)))
    _play_to_the_end(player, PlayItem(path, "x"), qtbot)
    assert places[-1][1] == 0.0
    # A driver may take its time to start; from then on it runs.
    moving = np.array([place for place in places if 0.2 < place[1] < 1.4])
    assert len(moving) > 20
    speed, _ = np.polyfit(moving[:, 0], moving[:, 1], 1)
    assert speed == pytest.approx(1.0, abs=0.1)
    assert np.diff(moving[:, 1]).min() > -0.03


def test_stopping_fades_and_returns_to_the_beginning(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    path = _write(tmp_path / "a.wav", _tone(3.0, 200.0))
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play(PlayItem(path, "x"))
        qtbot.waitUntil(lambda: player.position_s > 0.3, timeout=PATIENCE_MS)
        player.toggle()
        assert not player.is_playing
        assert player.position_s == 0.0
        _let_pass(0.3)
    heard = _sounding(recording.samples)[:, 0]
    assert len(heard) < 1.5 * RATE
    # The first step is the beginning itself.
    assert np.abs(np.diff(heard)).max() < 0.05


def test_loading_shows_without_a_sound_and_play_starts_where_the_playhead_stands(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    samples = _tone(1.0)
    item = PlayItem(_write(tmp_path / "a.wav", samples), "x")
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.loaded, timeout=PATIENCE_MS):
            player.load(item)
        assert player.duration_s == 1.0
        assert len(player.outline[0]) > 1000
        player.seek(0.5)
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            player.toggle()
    heard = _sounding(recording.samples)
    np.testing.assert_array_equal(heard[-RATE // 4 :], samples[-RATE // 4 :])
    assert len(heard) == pytest.approx(RATE / 2, abs=2)


def test_the_next_sound_takes_over(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    second = _tone(0.5, 700.0)
    paths = _write(tmp_path / "a.wav", _tone(5.0)), _write(tmp_path / "b.wav", second)
    with pulse_playback.record() as recording:
        with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
            player.play(PlayItem(paths[0], "a"))
        qtbot.waitUntil(lambda: player.position_s > 0.2, timeout=PATIENCE_MS)
        _play_to_the_end(player, PlayItem(paths[1], "b"), qtbot)
        with qtbot.waitSignal(player.stopped, timeout=PATIENCE_MS):
            pass
    np.testing.assert_array_equal(_sounding(recording.samples)[-len(second) :], second)


def test_another_rate_is_played_at_its_own(
    player: Player, pulse_playback: NullSink, qtbot: QtBot, tmp_path: Path
) -> None:
    samples = _tone(1.0)[: RATE // 2]
    path = _write(tmp_path / "a.wav", samples, RATE // 2)
    with pulse_playback.record() as recording:
        _play_to_the_end(player, PlayItem(path, "x"), qtbot)
    heard = _sounding(recording.samples)[:, 0]
    assert len(heard) == pytest.approx(RATE, abs=200)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) * RATE / len(heard) == pytest.approx(220.0, abs=1.5)


def test_a_missing_file_is_a_sentence(player: Player, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as failed:
        player.play(PlayItem(tmp_path / "gone.wav", "gone"))
    error: SdaError = failed.args[0]
    assert error.message == "gone.wav is no longer there."
    assert not player.is_playing


def test_an_output_that_ran_dry_is_counted_and_the_next_one_is_deeper(
    player: Player, qtbot: QtBot, tmp_path: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("needs the C library's usleep")
    item = PlayItem(_write(tmp_path / "a.wav", _tone(3.0)), "x")
    with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
        player.play(item)
    depth = player._output.depth_s
    qtbot.waitUntil(lambda: player.position_s > 0.5, timeout=PATIENCE_MS)
    # A C call that does not let go of the interpreter, as a careless extension makes.
    ctypes.PyDLL(None).usleep(900_000)
    qtbot.waitUntil(lambda: player.underflows > 0, timeout=PATIENCE_MS)
    assert player._output.depth_s == 2 * depth


def test_the_outputs_are_listed_and_the_choice_remembered(
    player: Player, make_player: MakePlayer, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(player.devices_changed, timeout=PATIENCE_MS):
        player.refresh_devices()
    assert "pulse" in player.devices()
    player.set_device("pulse")
    other = make_player()
    assert other.device == "pulse"
    _play_to_the_end(other, PlayItem(_write(tmp_path / "a.wav", _tone(0.2)), "x"), qtbot)


def test_an_output_that_is_not_connected_is_a_sentence_and_the_next_try_works(
    player: Player, qtbot: QtBot, tmp_path: Path
) -> None:
    item = PlayItem(_write(tmp_path / "a.wav", _tone(0.2)), "x")
    player.set_device("My interface")
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as failed:
        player.play(item)
    assert failed.args[0].message == "The sound output “My interface” is not connected."
    assert not player.is_playing
    player.set_device(None)
    _play_to_the_end(player, item, qtbot)


def test_an_output_that_is_unplugged_while_it_plays_is_a_sentence(
    make_player: MakePlayer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    sink = NullSink()
    sink.start()
    for name, value in sink.env.items():
        monkeypatch.setenv(name, value)
    sounddevice._terminate()
    sounddevice._initialize()
    player = make_player()
    item = PlayItem(_write(tmp_path / "a.wav", _tone(5.0)), "x")
    with qtbot.waitSignal(player.started, timeout=PATIENCE_MS):
        player.play(item)
    with qtbot.waitSignals([player.failed, player.stopped], timeout=PATIENCE_MS):
        sink.stop()
    assert not player.is_playing
    # And there is none at all now.
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as failed:
        player.play(item)
    assert failed.args[0].message == "There is no sound output."


def test_a_missing_library_is_a_sentence_each_time_and_never_a_crash(
    make_player: MakePlayer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise OSError("PortAudio library not found")

    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                missing()

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    player = make_player()
    item = PlayItem(_write(tmp_path / "a.wav", _tone(0.2)), "x")
    for _ in range(2):
        with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as failed:
            player.play(item)
        assert "PortAudio" in failed.args[0].message
        assert failed.args[0].remedy
    player.refresh_devices()
    with qtbot.waitSignal(player.loaded, timeout=PATIENCE_MS):
        player.load(PlayItem(_write(tmp_path / "b.wav", _tone(0.2)), "y"))
    assert player.devices() == []


def test_a_driver_that_never_returns_is_left_to_itself(
    make_player: MakePlayer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sda_desktop.ui import player_core

    release = threading.Event()

    class Stuck:
        samplerate, channels, write_available = RATE, 2, 2048
        writes = 0

        def start(self) -> None: ...

        def close(self) -> None: ...

        def write(self, _: Samples) -> bool:
            self.writes += 1
            if self.writes > 5:
                release.wait(60)
            return False

    monkeypatch.setattr(player_core, "STUCK_S", 0.3)
    given_up: list[bool] = []
    monkeypatch.setattr(sound_devices, "give_up", lambda: given_up.append(True))
    monkeypatch.setattr(sound_devices, "open_stream", lambda *_: Stuck())
    player = make_player()
    stuck = player._output
    try:
        with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as failed:
            player.play(PlayItem(_write(tmp_path / "a.wav", _tone(2.0)), "x"))
        assert failed.args[0].message == "The sound output takes no more sound."
        assert not player.is_playing
        assert player._output is not stuck
        assert given_up == [True]
    finally:
        release.set()
        assert stuck.close()


def test_nothing_touches_the_device_before_the_first_sound(
    make_player: MakePlayer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sound_devices, "library", lambda: asked.append("library"))
    player = make_player()
    with qtbot.waitSignal(player.loaded, timeout=PATIENCE_MS):
        player.load(PlayItem(_write(tmp_path / "a.wav", _tone(0.2)), "x"))
    player.set_volume_db(-3.0)
    player.seek(0.1)
    player.stop()
    _let_pass(0.05)
    assert asked == []

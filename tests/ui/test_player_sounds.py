"""Sounds made ready for playing: whole ones, long ones, other rates, and the thread that loads them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from sda_desktop.audio.io import resample
from sda_desktop.errors import AudioFileError, SdaError
from sda_desktop.ui import player_sounds
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player_loader import Loaded, Loader, Row, matched_gains
from sda_desktop.ui.player_sounds import LongSound, SoundShelf, WholeSound, two_channels

RATE = 44_100
PATIENCE_S = 10.0


def _noise(frames: int, channels: int = 2, seed: int = 0, level: float = 0.3) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).standard_normal((frames, channels)) * level
    return np.clip(made, -1, 1).astype(np.float32)


def _write(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate, subtype="FLOAT" if path.suffix == ".wav" else None)
    return path


def _wait(condition: threading.Event) -> None:
    assert condition.wait(PATIENCE_S)


def _read_when_there(sound: LongSound, start: int, count: int) -> NDArray[np.float32]:
    end = time.monotonic() + PATIENCE_S
    while (block := sound.read(start, count)) is None:
        assert time.monotonic() < end, "nothing was decoded"
        threading.Event().wait(0.002)
    return block


@pytest.fixture
def errors() -> list[AudioFileError]:
    return []


@pytest.fixture
def long_sound(tmp_path: Path, errors: list[AudioFileError]) -> Iterator[LongSound]:
    """10 s of noise, read in chunks of one second."""
    sound = LongSound(_write(tmp_path / "long é.wav", _noise(10 * RATE)), errors.append)
    yield sound
    sound.close()


def test_mono_and_many_channels_become_two() -> None:
    mono, five = _noise(10, 1).T, _noise(10, 5).T
    np.testing.assert_array_equal(two_channels(mono), np.repeat(mono.T, 2, axis=1))
    np.testing.assert_allclose(two_channels(five)[:, 1], five.mean(axis=0), rtol=1e-5)


def test_beyond_the_ends_there_is_silence() -> None:
    sound = WholeSound(Path("x"), _noise(100), RATE)
    block = sound.read(90, 20)
    np.testing.assert_array_equal(block[:10], sound.samples[90:])
    assert not block[10:].any()
    assert not sound.read(-30, 20).any()


def test_a_long_sound_reads_as_it_is_written_wherever_one_looks(long_sound: LongSound) -> None:
    expected, _ = soundfile.read(long_sound.path, dtype="float32")
    assert long_sound.frames == 10 * RATE
    for start in (0, 44_000, 5 * RATE + 17, 3, 10 * RATE - 300):
        block = _read_when_there(long_sound, start, 512)
        part = expected[start : start + 512]
        np.testing.assert_array_equal(block[: len(part)], part)
        assert not block[len(part) :].any()


def test_a_long_sound_at_another_rate_has_no_seams(long_sound: LongSound) -> None:
    samples, _ = soundfile.read(long_sound.path, dtype="float32")
    expected = resample(samples.T, RATE, 48_000).T
    other = long_sound.at_rate(48_000)
    assert other.frames == 10 * 48_000
    for start in (0, 47_900, 4 * 48_000 - 100, 9 * 48_000):
        block = _read_when_there(other, start, 512)
        np.testing.assert_allclose(block, expected[start : start + 512], atol=1e-4)


def test_a_long_sound_keeps_only_what_is_near(long_sound: LongSound) -> None:
    for second in range(9):
        _read_when_there(long_sound, second * RATE, 512)
        _read_when_there(long_sound, second * RATE + 44_000, 512)
    assert len(long_sound._chunks) <= player_sounds.CHUNKS_AHEAD + 3


def test_a_long_sound_that_breaks_says_so_once_and_is_silent(
    tmp_path: Path, errors: list[AudioFileError]
) -> None:
    path = _write(tmp_path / "breaks.flac", _noise(5 * RATE, 1))
    sound = LongSound(path, errors.append)
    path.write_bytes(b"no sound any more")
    block = _read_when_there(sound, 3 * RATE, 512)
    assert not block.any()
    assert not _read_when_there(sound, 0, 512).any()
    sound.close()
    assert len(errors) == 1
    assert "breaks.flac" in errors[0].message


def test_the_shelf_keeps_what_was_decoded_and_notices_a_changed_file(
    tmp_path: Path, errors: list[AudioFileError]
) -> None:
    path, stop = _write(tmp_path / "a.wav", _noise(1000)), threading.Event()
    shelf = SoundShelf()
    first = shelf.open(path, stop, errors.append)
    assert shelf.open(path, stop, errors.append) is first
    _write(path, _noise(900, seed=1))
    assert shelf.open(path, stop, errors.append).frames == 900


def test_the_shelf_is_bounded(tmp_path: Path, errors: list[AudioFileError]) -> None:
    shelf, stop = SoundShelf(limit_bytes=3 * 8000), threading.Event()
    for number in range(6):
        shelf.open(_write(tmp_path / f"{number}.wav", _noise(1000)), stop, errors.append)
    assert list(path.stem for path, *_ in shelf._kept) == ["3", "4", "5"]


def test_only_short_sounds_are_decoded_whole(
    tmp_path: Path, errors: list[AudioFileError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_sounds, "WHOLE_BYTES", 8 * 5000)
    shelf, stop = SoundShelf(), threading.Event()
    assert isinstance(shelf.open(_write(tmp_path / "s.wav", _noise(5000)), stop, errors.append), WholeSound)
    long = shelf.open(_write(tmp_path / "l.wav", _noise(5001)), stop, errors.append)
    assert isinstance(long, LongSound)
    long.close()


def test_a_softer_counterpart_is_lifted_to_the_same_loudness() -> None:
    loud = WholeSound(Path("a"), _noise(RATE, level=0.1), RATE)
    soft = WholeSound(Path("b"), _noise(RATE, seed=1, level=0.02), RATE)
    first, second = matched_gains([loud, soft])
    assert first == 1.0
    assert second == pytest.approx(5.0, rel=0.05)


def test_a_counterpart_that_would_be_cut_off_turns_both_down() -> None:
    steady = WholeSound(Path("a"), np.full((RATE, 2), 0.0, np.float32), RATE)
    steady.samples[:] = (0.5 * np.sin(np.arange(RATE) / 10))[:, None]
    spiky = WholeSound(Path("b"), _noise(RATE, level=0.02), RATE)
    spiky.samples[RATE // 2] = 0.9
    first, second = matched_gains([steady, spiky])
    assert second * 0.9 == pytest.approx(1.0, rel=1e-5)
    assert first < 1.0
    difference_db = steady.loudness_lufs - spiky.loudness_lufs
    assert second / first == pytest.approx(10 ** (difference_db / 20), rel=1e-6)


def test_silence_is_left_alone() -> None:
    sound = WholeSound(Path("a"), _noise(RATE), RATE)
    silence = WholeSound(Path("b"), np.zeros((RATE, 2), np.float32), RATE)
    assert matched_gains([sound, silence]) == (1.0, 1.0)


class _Results:
    """What a loader tells."""

    def __init__(self) -> None:
        self.loaded: list[tuple[int, Loaded]] = []
        self.failed: list[tuple[int, SdaError]] = []
        self.outlines: list[tuple[int, Row, Row]] = []
        self.told = threading.Event()
        self.loader = Loader(self._on_loaded, self._on_failed, self._on_outline)

    def _on_loaded(self, ticket: int, loaded: Loaded) -> None:
        self.loaded.append((ticket, loaded))
        self.told.set()

    def _on_failed(self, ticket: int, error: SdaError) -> None:
        self.failed.append((ticket, error))
        self.told.set()

    def _on_outline(self, ticket: int, low: Row, high: Row) -> None:
        self.outlines.append((ticket, low, high))


@pytest.fixture
def results() -> Iterator[_Results]:
    made = _Results()
    yield made
    assert made.loader.close(PATIENCE_S)


def test_a_pair_is_loaded_at_one_rate_with_both_outlines(results: _Results, tmp_path: Path) -> None:
    first = _write(tmp_path / "reconstruction.wav", _noise(RATE, 1))
    second = _write(tmp_path / "original.wav", _noise(48_000, 1), 48_000)
    results.loader.load(7, PlayItem(first, "x", second, "reconstruction"))
    _wait(results.told)
    (ticket, loaded), = results.loaded  # fmt: skip
    assert ticket == 7
    assert [sound.sample_rate_hz for sound in loaded.pair.sounds] == [RATE, RATE]
    assert loaded.names == (first, second)
    assert loaded.duration_s == pytest.approx(1.0, abs=0.001)
    assert all(len(low) > 1000 for low, _ in loaded.outlines)


def test_without_its_counterpart_a_sound_is_played_all_the_same(results: _Results, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.wav", _noise(1000))
    results.loader.load(1, PlayItem(path, "a", tmp_path / "gone.wav", "reconstruction"))
    _wait(results.told)
    assert len(results.loaded[0][1].pair.sounds) == 1
    assert not results.failed


@pytest.mark.parametrize("content", [None, b"", b"not a sound at all, only text"])
def test_a_file_that_cannot_be_played_is_a_sentence(
    results: _Results, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "bad.wav"
    if content is not None:
        path.write_bytes(content)
    results.loader.load(1, PlayItem(path, "bad"))
    _wait(results.told)
    assert not results.loaded
    assert "bad.wav" in results.failed[0][1].message
    assert results.failed[0][1].remedy


def test_the_last_request_wins(results: _Results, tmp_path: Path) -> None:
    paths = [_write(tmp_path / f"{n}.flac", _noise(RATE)) for n in range(12)]
    for ticket, path in enumerate(paths):
        results.loader.load(ticket, PlayItem(path, path.stem))
    end = time.monotonic() + PATIENCE_S
    while 11 not in [ticket for ticket, _ in results.loaded]:
        assert time.monotonic() < end
        results.told.wait(0.01)
    assert len(results.loaded) < 12
    assert results.loaded[-1][1].item.path == paths[-1]


def test_the_outline_of_a_long_sound_comes_in_parts(
    results: _Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_sounds, "WHOLE_BYTES", 1000)
    samples = np.zeros((20 * RATE, 1), np.float32)
    samples[15 * RATE :] = 0.5
    results.loader.load(1, PlayItem(_write(tmp_path / "long.wav", samples), "long"))
    end = time.monotonic() + PATIENCE_S
    while not results.outlines or results.outlines[-1][2][-1] == 0:
        assert time.monotonic() < end, "the outline never reached the end"
        threading.Event().wait(0.002)
    assert len(results.loaded[0][1].outlines[0][0]) == 0
    assert len(results.outlines) > 2
    first, last = results.outlines[0][2], results.outlines[-1][2]
    assert not first.any()
    begins = np.flatnonzero(last)[0] / len(last)
    assert begins == pytest.approx(0.75, abs=2 / len(last))


def test_a_loader_that_was_closed_loads_again(results: _Results, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.wav", _noise(1000))
    results.loader.load(1, PlayItem(path, "a"))
    _wait(results.told)
    assert results.loader.close(PATIENCE_S)
    results.told.clear()
    results.loader.load(2, PlayItem(path, "a"))
    _wait(results.told)
    assert [ticket for ticket, _ in results.loaded] == [1, 2]

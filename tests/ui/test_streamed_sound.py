"""A sound that is still being made, sample for sample."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.io import resample
from sda_desktop.errors import AudioFileError
from sda_desktop.ui.player_loader import matched_gains
from sda_desktop.ui.player_mixer import CUSHION_S, FADE_S, Mixer, Pair
from sda_desktop.ui.streamed_sound import StreamedSound

RATE = 44_100
OTHER = 48_000
BLOCK = 256
Row = NDArray[np.float32]


def _noise(seconds: float, seed: int = 0) -> Row:
    return (np.random.default_rng(seed).standard_normal(round(seconds * RATE)) * 0.1).astype(np.float32)


def _whole(row: Row, *, loop: bool = False, block: int = 3000) -> StreamedSound:
    sound = StreamedSound(RATE, len(row) / RATE, loop=loop)
    for start in range(0, len(row), block):
        sound.append(row[None, start : start + block])
    sound.finish()
    return sound


def _render(mixer: Mixer, blocks: int) -> Row:
    return np.concatenate([mixer.render(BLOCK) for _ in range(blocks)])[:, 0]


def test_what_was_appended_is_read_on_both_sides() -> None:
    row = _noise(0.3)
    sound = _whole(row)
    read = sound.read(100, 5000)
    assert read is not None
    np.testing.assert_array_equal(read, np.stack([row[100:5100]] * 2, axis=1))
    beyond = sound.read(len(row) - 10, 20)
    assert beyond is not None
    np.testing.assert_array_equal(beyond[:10, 0], row[-10:])
    assert not beyond[10:].any()


def test_what_is_not_made_yet_is_not_read_and_the_length_is_known() -> None:
    sound = StreamedSound(RATE, 1.0)
    sound.append(_noise(0.1)[None])
    assert sound.frames == RATE
    assert (sound.ready(0, 4000), sound.ready(4000, 4000), sound.ready(9000, 10)) == (4000, 410, 0)
    assert sound.read(4000, 4000) is None
    assert sound.read(4000, 410) is not None


def test_more_than_announced_is_left_out_and_less_is_the_length() -> None:
    row = _noise(0.5)
    long = StreamedSound(RATE, 0.25)
    long.append(row[None])
    assert long.made == long.frames == RATE // 4
    short = StreamedSound(RATE, 1.0)
    short.append(row[None])
    short.finish()
    assert short.frames == len(row)
    nothing = StreamedSound(RATE, 1.0)
    nothing.finish()
    assert nothing.frames == 1


def test_an_error_ends_it_where_it_is() -> None:
    sound = StreamedSound(RATE, 1.0)
    sound.append(_noise(0.2)[None])
    error = AudioFileError("It broke.")
    sound.fail(error)
    assert sound.error is error
    assert sound.is_complete
    assert sound.frames == round(0.2 * RATE)


@pytest.mark.parametrize("block", [700, 4096, 50_000])
def test_at_another_rate_it_is_the_same_however_it_was_cut(block: int) -> None:
    row = _noise(0.6)
    sound = StreamedSound(RATE, 0.6)
    view = sound.at_rate(OTHER)
    pieces, place = [], 0
    for start in range(0, len(row), block):
        sound.append(row[None, start : start + block])
        ready = view.ready(place, BLOCK * 20)
        piece = view.read(place, ready)
        assert piece is not None
        pieces.append(piece)
        place += ready
    sound.finish()
    rest = view.read(place, view.frames - place)
    assert rest is not None
    heard = np.concatenate([*pieces, rest])[:, 0]
    expected = resample(row[None], RATE, OTHER)[0]
    assert len(heard) == pytest.approx(len(expected), abs=1)
    np.testing.assert_allclose(heard[:-1], expected[: len(heard) - 1], atol=2e-3)


def test_the_same_view_is_given_again() -> None:
    sound = _whole(_noise(0.1))
    assert sound.at_rate(RATE) is sound
    assert sound.at_rate(OTHER) is sound.at_rate(OTHER)


def test_the_outline_grows_and_covers_the_whole_length() -> None:
    sound = StreamedSound(RATE, 10.0)
    sound.append(np.full((1, 5 * RATE), 0.5, np.float32))
    low, high = sound.outline
    half = len(high) // 2
    assert np.all(high[: half - 1] == 0.5)
    assert not high[half + 2 :].any()
    assert not low[half + 2 :].any()
    assert sound.peak == 0.5
    sound.append(np.full((1, 5 * RATE), -0.25, np.float32))
    low, high = sound.outline
    assert np.all(low[half + 1 :] == -0.25)
    # A column in which a block ends has both.
    cut = _whole(np.tile(np.array([0.4, -0.3], np.float32), RATE), block=997)
    assert np.all(cut.outline[1] == np.float32(0.4))
    assert np.all(cut.outline[0] == np.float32(-0.3))


def _tone(frames: int, periods: int, level: float = 0.5) -> Row:
    """A tone with a whole number of periods: repeated, it has no seam."""
    return (level * np.sin(2 * np.pi * periods * np.arange(frames) / frames)).astype(np.float32)


def _harmonic_residue(heard: Row, frames: float, periods: int) -> float:
    """What is left of a repeated tone without the tone itself."""
    phase = 2 * np.pi * periods * np.arange(len(heard)) / frames
    basis = np.stack([np.sin(phase), np.cos(phase)], axis=1)
    weights, *_ = np.linalg.lstsq(basis, heard, rcond=None)
    return float(np.abs(heard - basis @ weights).max())


@pytest.mark.parametrize("rate", [RATE, OTHER])
def test_a_loop_has_no_seam_at_any_rate(rate: int) -> None:
    frames, periods = 10_007, 997  # 4.4 kHz, and a length that is no round number at another rate
    sound = _whole(_tone(frames, periods), loop=True)
    mixer = Mixer()
    mixer.start(Pair((sound,), (1.0,), loop=True).at_rate(rate), 0, 0)
    heard = _render(mixer, 200)
    assert mixer.playing
    length = round(frames * rate / RATE)
    # The very first samples begin out of nothing, which is right.
    assert _harmonic_residue(heard[600:].astype(np.float64), length, periods) < 2e-3


def test_a_loop_that_is_given_up_becomes_shorter_and_goes_on() -> None:
    sound, mixer = StreamedSound(RATE, 1.0, loop=True), Mixer()
    sound.append(np.full((1, 3000), 0.5, np.float32))
    mixer.start(Pair((sound,), (1.0,), loop=True), 0, 0)
    _render(mixer, 8)
    mixer.start(Pair((sound,), (1.0,), loop=True), 2500, 0)
    sound.fail(AudioFileError("It broke."))
    heard = _render(mixer, 40)
    assert heard[-1] == 0.5
    assert mixer.position < 3000


@pytest.mark.parametrize("to_hz", [22_050, 48_000, 96_000])
def test_at_another_rate_the_end_is_heard_without_a_fade(to_hz: int) -> None:
    for frames in range(5000, 5008):
        sound = StreamedSound(RATE, frames / RATE)
        view = sound.at_rate(to_hz)
        sound.append(np.full((1, frames), 0.5, np.float32))
        view.ready(0, view.frames)
        sound.finish()
        assert view.ready(0, view.frames + BLOCK) == view.frames + BLOCK
        read = view.read(0, view.frames)
        assert read is not None
        assert read[-3, 0] > 0.3


def test_the_mixer_asks_for_what_there_is_and_keeps_a_fade_behind() -> None:
    sound, mixer = StreamedSound(RATE, 1.0), Mixer()
    sound.append(np.full((1, 4096), 0.5, np.float32))
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    fade = round(FADE_S * RATE)
    assert mixer.ready(1000) == 1000
    assert mixer.ready(8000) == mixer.ready(4096) == 4096 - fade
    heard = mixer.render(mixer.ready(4096))
    assert np.all(heard == 0.5)
    assert mixer.ready(BLOCK) == 0


def test_a_sound_that_does_not_keep_up_fades_waits_and_goes_on() -> None:
    sound, mixer = StreamedSound(RATE, 1.0), Mixer()
    sound.append(np.full((1, 4096), 0.5, np.float32))
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    heard = [mixer.render(mixer.ready(8000))[:, 0]]
    heard.append(_render(mixer, 4))  # the queue is nearly empty: it must be rendered
    assert not heard[-1][BLOCK:].any()
    assert mixer.playing
    assert mixer.position == 4096
    sound.append(np.full((1, 1000), 0.5, np.float32))
    assert mixer.ready(BLOCK) == 0, "too little to go on with"
    sound.append(np.full((1, round(CUSHION_S * RATE)), 0.5, np.float32))
    assert mixer.ready(BLOCK) == BLOCK
    heard.append(_render(mixer, 4))
    joined = np.concatenate(heard)
    assert heard[-1][-1] == 0.5
    assert np.abs(np.diff(joined)).max() < 1.5 / (FADE_S * RATE)


def test_a_sound_of_which_nothing_is_there_begins_with_its_own_attack() -> None:
    sound, mixer = StreamedSound(RATE, 0.5), Mixer()
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    assert mixer.ready(BLOCK) == 0
    assert not _render(mixer, 2).any()
    sound.append(np.full((1, RATE // 2), 0.5, np.float32))
    sound.finish()
    np.testing.assert_array_equal(_render(mixer, 4), np.full(4 * BLOCK, 0.5, np.float32))


def test_the_sound_before_goes_on_until_the_next_one_is_there() -> None:
    before, sound, mixer = _whole(np.full(RATE, 0.25, np.float32)), StreamedSound(RATE, 0.5), Mixer()
    mixer.start(Pair((before,), (1.0,)), 0, 0)
    _render(mixer, 2)
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    assert mixer.ready(BLOCK) == 0, "the shorter the queue, the sooner the next one is heard"
    assert np.all(_render(mixer, 3) == 0.25)
    assert mixer.position == 0
    row = np.linspace(0.9, 0.5, 4096, dtype=np.float32)
    sound.append(row[None])
    assert mixer.ready(BLOCK) == BLOCK
    heard = mixer.render(2000)[:, 0]
    fade = round(FADE_S * RATE)
    assert np.all(np.diff(heard[:fade]) < 0), "it fades"
    np.testing.assert_array_equal(heard[fade:], row[: 2000 - fade])


def test_stopping_before_anything_was_made_stops_the_sound_before() -> None:
    before, sound, mixer = _whole(np.full(RATE, 0.25, np.float32)), StreamedSound(RATE, 0.5), Mixer()
    mixer.start(Pair((before,), (1.0,)), 0, 0)
    _render(mixer, 2)
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    mixer.stop()
    assert not _render(mixer, 3)[-BLOCK:].any()
    assert not mixer.busy


def test_better_gains_are_taken_without_a_click() -> None:
    sound, mixer = _whole(np.full(RATE, 0.8, np.float32)), Mixer()
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    before = _render(mixer, 2)
    mixer.extend(Pair((sound,), (0.5,)))
    joined = np.concatenate([before, _render(mixer, 2)])
    assert joined[-1] == pytest.approx(0.4)
    assert np.abs(np.diff(joined)).max() < 1.0 / BLOCK


def test_a_made_sound_is_matched_in_loudness_like_a_file() -> None:
    loud, soft = _whole(_noise(1.0)), _whole(_noise(1.0, seed=1) * np.float32(0.2))
    first, second = matched_gains([loud, soft])
    assert first == 1.0
    assert second == pytest.approx(5.0, rel=0.05)

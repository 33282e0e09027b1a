"""What is heard, sample by sample."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.ui.player_mixer import FADE_S, Mixer, Pair
from sda_desktop.ui.player_sounds import WholeSound

RATE = 1000 * 44
FADE = round(FADE_S * RATE)
BLOCK = 256
# More than this from one sample to the next would be heard as a click.
SMOOTH = 1.5 / FADE


def _sound(level: float, frames: int = 10_000) -> WholeSound:
    return WholeSound(Path(f"{level}.wav"), np.full((frames, 2), level, np.float32), RATE)


def _ramp(frames: int) -> WholeSound:
    rise = np.linspace(-1, 1, frames, dtype=np.float32)
    return WholeSound(Path("ramp.wav"), np.stack([rise, rise / 2], axis=1), RATE)


def _render(mixer: Mixer, blocks: int) -> NDArray[np.float32]:
    return np.concatenate([mixer.render(BLOCK) for _ in range(blocks)])


def _steps(samples: NDArray[np.float32]) -> float:
    return float(np.abs(np.diff(samples[:, 0])).max())


def test_a_sound_from_its_beginning_comes_out_unchanged() -> None:
    sound, mixer = _ramp(1000), Mixer()
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    heard = _render(mixer, 8)
    np.testing.assert_array_equal(heard[:1000], sound.samples)
    assert not heard[1000:].any()
    assert not mixer.playing


def test_stopping_fades_out_without_a_click() -> None:
    mixer = Mixer()
    mixer.start(Pair((_sound(0.8),), (1.0,)), 0, 0)
    before = _render(mixer, 2)
    mixer.stop()
    after = _render(mixer, 2)
    assert not mixer.playing
    assert _steps(np.concatenate([before, after])) < SMOOTH
    assert after[:FADE].any()
    assert not after[FADE:].any()


def test_seeking_crosses_over_without_a_click() -> None:
    mixer = Mixer()
    mixer.start(Pair((_sound(0.8),), (1.0,)), 0, 0)
    before = _render(mixer, 2)
    mixer.seek(5000)
    after = _render(mixer, 2)
    assert mixer.position == 5000 + 2 * BLOCK
    joined = np.concatenate([before, after])
    assert _steps(joined) < SMOOTH
    assert joined.min() > 0.79


def test_a_start_in_the_middle_fades_in() -> None:
    mixer = Mixer()
    mixer.start(Pair((_sound(0.8),), (1.0,)), 100, 0)
    heard = _render(mixer, 2)
    assert heard[0, 0] < SMOOTH
    assert heard[FADE + 1, 0] == pytest.approx(0.8)


def test_the_other_side_goes_on_at_the_same_place_and_its_own_gain() -> None:
    mixer = Mixer()
    mixer.start(Pair((_sound(0.2), _sound(0.8)), (1.0, 0.5)), 0, 0)
    before = _render(mixer, 2)
    mixer.set_side(1)
    after = _render(mixer, 2)
    assert mixer.position == 4 * BLOCK
    assert after[-1, 0] == pytest.approx(0.4)
    assert _steps(np.concatenate([before, after])) < SMOOTH
    mixer.set_side(0)
    assert _render(mixer, 2)[-1, 0] == pytest.approx(0.2)


def test_another_sound_lets_the_one_before_fade_out() -> None:
    mixer = Mixer()
    mixer.start(Pair((_sound(0.5),), (1.0,)), 0, 0)
    _render(mixer, 2)
    mixer.start(Pair((_sound(0.0),), (1.0,)), 0, 0)
    heard = _render(mixer, 2)
    assert heard[0, 0] > 0.45
    assert not heard[FADE:].any()


def test_the_volume_moves_without_a_click_and_never_beyond_full_scale() -> None:
    mixer = Mixer()
    mixer.start(Pair((_sound(0.8),), (1.0,)), 0, 0)
    _render(mixer, 1)
    mixer.set_gain(4.0)
    heard = _render(mixer, 3)
    assert heard.max() == 1.0
    assert _steps(heard) < 4.0 / BLOCK
    mixer.set_gain(0.0)
    assert not _render(mixer, 2)[BLOCK:].any()


def test_what_is_not_decoded_yet_is_waited_for() -> None:
    class Late(WholeSound):
        there = False

        def read(self, start: int, count: int) -> NDArray[np.float32]:
            return super().read(start, count) if self.there else None  # type: ignore[return-value]

    sound, mixer = Late(Path("late.wav"), np.full((4000, 2), 0.5, np.float32), RATE), Mixer()
    mixer.start(Pair((sound,), (1.0,)), 0, 0)
    assert not _render(mixer, 2).any()
    assert mixer.position == 0
    sound.there = True
    heard = _render(mixer, 2)
    assert mixer.position == 2 * BLOCK
    assert _steps(heard) < SMOOTH

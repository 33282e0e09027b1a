"""The limiter: nothing above the ceiling, nothing changed below it, whatever the blocks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.limiter import LOOK_AHEAD_S, PeakLimiter
from sda_desktop.errors import BadInputError

RATE_HZ = 44_100
Sound = NDArray[np.float32]


def limited(sound: Sound, cuts: list[int] | None = None, ceiling: float = 0.98, rate: int = RATE_HZ) -> Sound:
    """The whole sound through a limiter, cut into blocks at `cuts`."""
    limiter = PeakLimiter(ceiling, rate, channels=sound.shape[0])
    pieces = [limiter.add(block) for block in np.split(sound, cuts or [], axis=1)]
    return np.concatenate([*pieces, limiter.finish()], axis=1)


def noise(seconds: float, peak: float, seed: int = 0) -> Sound:
    frames = round(seconds * RATE_HZ)
    sound = np.random.default_rng(seed).uniform(-peak, peak, (1, frames))
    return (sound * np.linspace(0.2, 1, frames)).astype(np.float32)


def tone(hz: float, peak: float, seconds: float = 1.0) -> Sound:
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (peak * np.sin(2 * np.pi * hz * time)).astype(np.float32)[None]


@pytest.mark.parametrize("frames", [0, 1, 5, 200, 44_100])
def test_what_stays_below_comes_out_bit_for_bit(frames: int) -> None:
    sound = noise(1, 0.97)[:, :frames]
    np.testing.assert_array_equal(limited(sound, [frames // 3]), sound)


@pytest.mark.parametrize("ceiling", [0.98, 0.5, 1.0])
@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_nothing_comes_out_above(ceiling: float, rate: int) -> None:
    for sound in (noise(0.5, 3.0), tone(50, 1.4, 0.5), np.full((1, 20), 5, np.float32)):
        result = limited(sound, ceiling=ceiling, rate=rate)
        assert result.shape == sound.shape
        assert np.abs(result).astype(np.float64).max() <= ceiling


def test_a_peak_at_the_very_edges_is_caught() -> None:
    for place in (0, 1, 999):
        sound = np.full((1, 1000), 0.1, np.float32)
        sound[0, place] = -4.0
        result = limited(sound)
        assert np.abs(result).max() <= 0.98
        assert result[0, place] == pytest.approx(-0.98, abs=1e-4)


def test_it_lowers_no_more_than_needed() -> None:
    result = limited(tone(1000, 1.4))
    assert np.abs(result).max() > 0.975
    # A steady tone stays a tone: its shape is kept, only the level changes.
    middle = slice(RATE_HZ // 2, RATE_HZ // 2 + 4410)
    shape = tone(1000, 1.0)[0, middle]
    fitted = (result[0, middle] @ shape) / (shape @ shape) * shape
    error_db = 20 * np.log10(np.std(result[0, middle] - fitted) / np.std(fitted))
    assert error_db < -55


def test_blocks_of_any_size_make_the_same_sound() -> None:
    sound = noise(0.4, 2.0)
    random = np.random.default_rng(1)
    whole = limited(sound)
    for many in (1, 7, 300):
        cuts = sorted(random.integers(0, sound.shape[1] + 1, many).tolist())
        np.testing.assert_array_equal(limited(sound, cuts), whole)
    np.testing.assert_array_equal(limited(sound[:, :900], list(range(900))), limited(sound[:, :900]))


def test_the_gain_bends_and_never_jumps() -> None:
    sound = np.full((1, RATE_HZ), 0.5, np.float32)
    sound[0, 5000:5010] = 2.0
    gain = (limited(sound) / sound)[0].astype(np.float64)
    assert gain[:4800].min() == 1.0
    assert gain[5005] == pytest.approx(0.49, abs=0.001)
    assert np.abs(np.diff(gain)).max() < 0.02  # the whole way takes about 3 ms
    assert np.abs(np.diff(gain, 2)).max() < 0.001
    assert gain[-1] == 1.0
    after = gain[5200:]
    assert (np.diff(after) >= -1e-6).all()


def test_after_a_peak_the_samples_are_untouched_again() -> None:
    sound = noise(1, 0.5)
    sound[0, 100] = 1.2
    np.testing.assert_array_equal(limited(sound)[:, RATE_HZ // 2 :], sound[:, RATE_HZ // 2 :])


def test_a_stream_starts_at_once() -> None:
    limiter = PeakLimiter(sample_rate_hz=RATE_HZ)
    assert limiter.add(noise(0.02, 0.5)).shape[1] >= round((0.02 - LOOK_AHEAD_S) * RATE_HZ)


def test_channels_are_lowered_together() -> None:
    sound = np.concatenate([np.full((1, 2000), 1.5), np.full((1, 2000), 0.3)]).astype(np.float32)
    result = limited(sound)
    np.testing.assert_allclose(result[1] / result[0], 0.2, rtol=1e-5)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_numbers_are_refused(value: float) -> None:
    with pytest.raises(BadInputError, match="not numbers"):
        PeakLimiter().add(np.array([[0.0, value]], np.float32))


def test_the_memory_is_bounded() -> None:
    limiter = PeakLimiter(sample_rate_hz=RATE_HZ)
    came = sum(limiter.add(noise(0.1, 1.5, seed)).shape[1] for seed in range(50))
    assert came == 50 * 4410 - int(LOOK_AHEAD_S * RATE_HZ)
    kept = [value for value in vars(limiter).values() if isinstance(value, np.ndarray)]
    assert sum(array.size for array in kept) < 1000


def test_nothing_comes_after_the_end() -> None:
    limiter = PeakLimiter()
    limiter.finish()
    with pytest.raises(ValueError, match="finished"):
        limiter.add(np.zeros((1, 1), np.float32))
    with pytest.raises(ValueError, match="ceiling"):
        PeakLimiter(1.5)

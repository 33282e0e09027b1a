"""The sounds of two models mixed: at equal power, in time, at one rate, however they are cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.errors import BadInputError
from sda_desktop.generation.blend import BlendValues, blended, share_of_second

RATE = 44_100
Sound = NDArray[np.float32]


def noise(seconds: float, seed: int, rate_hz: int = RATE) -> Sound:
    rng = np.random.default_rng(seed)
    return (0.05 * rng.standard_normal((1, round(seconds * rate_hz)))).astype(np.float32)


def cut(sound: Sound, sizes: tuple[int, ...]) -> Iterator[Sound]:
    """The sound in blocks, of these sizes over and over."""
    position = turn = 0
    while position < sound.shape[1]:
        size = sizes[turn % len(sizes)]
        yield sound[:, position : position + size]
        position, turn = position + size, turn + 1


def mix(
    first: Sound,
    second: Sound,
    values: BlendValues,
    rates_hz: tuple[int, int] = (RATE, RATE),
    sizes: tuple[tuple[int, ...], tuple[int, ...]] = ((4096,), (4096,)),
) -> Sound:
    seconds = max(first.shape[1] / rates_hz[0], second.shape[1] / rates_hz[1])
    made = blended(cut(first, sizes[0]), cut(second, sizes[1]), values, rates_hz=rates_hz, seconds=seconds)
    return np.concatenate(list(made), axis=1)


def level(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound.astype(np.float64) ** 2)))


@pytest.mark.parametrize(("balance", "alone"), [(0.0, 0), (1.0, 1)])
def test_at_the_ends_one_sound_is_left_as_it_is(balance: float, alone: int) -> None:
    sounds = noise(0.5, 1), noise(0.5, 2)
    assert np.array_equal(mix(*sounds, BlendValues("b", balance=balance)), sounds[alone])


def test_the_sound_that_is_faded_out_is_silent() -> None:
    silence = np.zeros((1, 1000), np.float32)
    assert not mix(noise(0.02, 1), silence, BlendValues("b", balance=1.0)).any()
    assert not mix(silence, noise(0.02, 1), BlendValues("b", balance=0.0)).any()


def test_without_a_second_model_there_is_the_first() -> None:
    sound = noise(0.3, 1)
    assert np.array_equal(mix(sound, noise(0.3, 2), BlendValues(None, balance=0.8)), sound)


@pytest.mark.parametrize("balance", [0.2, 0.5, 0.8])
def test_two_sounds_of_one_level_stay_at_it(balance: float) -> None:
    sounds = noise(2.0, 1), noise(2.0, 2)
    assert level(mix(*sounds, BlendValues("b", balance=balance))) == pytest.approx(0.05, rel=0.02)


def test_a_fade_in_time_holds_fades_and_holds_at_an_even_level() -> None:
    first, second = noise(4.0, 1), noise(4.0, 2)
    made = mix(first, second, BlendValues("b", "time", fade_from=0.25, fade_to=0.75))
    quarter = RATE
    assert np.array_equal(made[:, :quarter], first[:, :quarter])
    assert np.array_equal(made[:, 3 * quarter :], second[:, 3 * quarter :])
    for start in range(quarter, 3 * quarter, quarter // 2):
        assert level(made[:, start : start + quarter // 2]) == pytest.approx(0.05, rel=0.04)
    # Half way both are heard alike.
    middle = slice(2 * quarter - 2000, 2 * quarter + 2000)
    shares = [float((made[:, middle] * sound[:, middle]).sum()) for sound in (first, second)]
    assert shares[0] == pytest.approx(shares[1], rel=0.1)


def test_a_fade_without_length_is_a_cut() -> None:
    at = np.array([0.0, 0.49, 0.5, 1.0])
    values = BlendValues("b", "time", fade_from=0.5, fade_to=0.5)
    assert share_of_second(values, at).tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("sizes", [((64, 4096, 1), (4096,)), ((4096,), (1000, 7)), ((100_000,), (64,))])
@pytest.mark.parametrize("second_hz", [RATE, 48_000])
def test_how_the_sounds_are_cut_changes_nothing(
    sizes: tuple[tuple[int, ...], tuple[int, ...]], second_hz: int
) -> None:
    first, second = noise(0.5, 1), noise(0.7, 2, second_hz)
    values = BlendValues("b", "time")
    whole = mix(first, second, values, (RATE, second_hz), ((10**6,), (10**6,)))
    assert np.array_equal(mix(first, second, values, (RATE, second_hz), sizes), whole)


@pytest.mark.parametrize(("seconds", "longer"), [((0.5, 1.0), 1), ((1.0, 0.5), 0)])
def test_it_is_as_long_as_the_longer_one(seconds: tuple[float, float], longer: int) -> None:
    sounds = noise(seconds[0], 1), noise(seconds[1], 2)
    made = mix(*sounds, BlendValues("b", balance=0.5))
    assert made.shape == sounds[longer].shape
    rest = made[:, sounds[1 - longer].shape[1] :]
    assert np.allclose(rest, sounds[longer][:, -rest.shape[1] :] * np.sqrt(0.5), atol=1e-7)


def test_the_second_comes_at_the_rate_of_the_first() -> None:
    """A tone of 1 kHz stays one."""
    time_s = np.arange(48_000) / 48_000
    tone = (0.3 * np.sin(2 * np.pi * 1000 * time_s)).astype(np.float32)[None]
    made = mix(noise(0.5, 1), tone, BlendValues("b", balance=1.0), (RATE, 48_000))
    assert made.shape[1] == pytest.approx(RATE, abs=2)
    spectrum = np.abs(np.fft.rfft(made[0, :RATE]))
    assert int(spectrum.argmax()) == 1000


def test_the_first_block_comes_before_the_sounds_are_made_further() -> None:
    made: list[int] = []

    def endless(number: int) -> Iterator[Sound]:
        while True:
            made.append(number)
            yield np.full((1, 512), 0.1, np.float32)

    stream = blended(endless(0), endless(1), BlendValues("b"), rates_hz=(RATE, RATE), seconds=10.0)
    assert next(stream).shape[1] > 0
    assert max(made.count(0), made.count(1)) <= 2


def test_two_loud_sounds_together_stay_below_full_scale() -> None:
    loud = np.full((1, RATE // 2), 0.98, np.float32)
    assert float(np.abs(mix(loud, loud, BlendValues("b", balance=0.5))).max()) <= 0.98


def test_the_values_come_back_from_json() -> None:
    values = BlendValues("abc", "time", 0.3, 0.1, 0.9)
    assert BlendValues.from_json(values.to_json()) == values
    assert BlendValues.from_json({}) == BlendValues()


@pytest.mark.parametrize(
    "wrong", [{"balance": 2}, {"mode": "both"}, {"fade_from": 0.9, "fade_to": 0.1}, {"balance": None}]
)
def test_values_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInputError):
        BlendValues.from_json(wrong)

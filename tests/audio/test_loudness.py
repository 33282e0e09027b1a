"""Loudness against the figures that the standard itself gives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.loudness import LoudnessMeter, loudness_lufs


def _sine(hz: float, seconds: float, rate_hz: int, peak: float = 1.0) -> NDArray[np.float32]:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return (peak * np.sin(2 * np.pi * hz * time_s)).astype(np.float32)[None]


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 96_000])
def test_a_full_scale_sine_at_997_hz_in_one_channel_is_at_minus_3_01(rate_hz: int) -> None:
    # The figure by which the standard itself checks an implementation (ITU-R BS.1770-4, annex 1).
    assert loudness_lufs(_sine(997, 3, rate_hz), rate_hz) == pytest.approx(-3.01, abs=0.02)


def test_twice_the_level_is_six_decibels_more() -> None:
    quiet, loud = (loudness_lufs(_sine(440, 1, 44_100, peak), 44_100) for peak in (0.1, 0.2))
    assert loud - quiet == pytest.approx(6.02, abs=0.01)


def test_silence_around_a_sound_does_not_make_it_quieter() -> None:
    sound = _sine(500, 2, 44_100, 0.5)
    padded = np.concatenate([sound, np.zeros((1, 6 * 44_100), np.float32)], axis=1)
    assert loudness_lufs(padded, 44_100) == pytest.approx(loudness_lufs(sound, 44_100), abs=0.7)


def test_low_rumble_counts_less_than_the_middle() -> None:
    middle, rumble = (loudness_lufs(_sine(hz, 1, 44_100, 0.5), 44_100) for hz in (1000, 25))
    assert middle - rumble > 10


def test_a_blip_shorter_than_a_block_is_measured_whole() -> None:
    blip = loudness_lufs(_sine(1000, 0.05, 44_100, 0.5), 44_100)
    assert blip == pytest.approx(loudness_lufs(_sine(1000, 2, 44_100, 0.5), 44_100), abs=0.3)


@pytest.mark.parametrize("frames", [0, 1, 44_100])
def test_silence_has_no_loudness(frames: int) -> None:
    assert loudness_lufs(np.zeros((2, frames), np.float32), 44_100) == -math.inf


@pytest.mark.parametrize("frames", [100, 20_000, 100_000])
def test_blocks_are_as_loud_as_the_whole(frames: int) -> None:
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, (2, frames)).astype(np.float32)
    meter = LoudnessMeter(44_100)
    for start in range(0, frames, 7001):
        meter.add(sound[:, start : start + 7001])
    assert meter.lufs() == loudness_lufs(sound, 44_100)

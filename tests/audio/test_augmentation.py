"""Variations of crops: what they change, and what they never do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from sda_desktop.audio.augmentation import (
    NO_AUGMENTATION,
    AugmentationConfig,
    change_speed,
    gain_and_noise,
    random_eq,
    random_speed,
)

STRONG = AugmentationConfig(gain_db=12, varispeed_semitones=5, late_onset=1, eq_tilt_db=6, noise_db=-30)


def sine(frequency_hz: float, seconds: float = 1.0) -> NDArray[np.float32]:
    time_s = np.arange(int(44_100 * seconds)) / 44_100
    wave: NDArray[np.float32] = np.sin(2 * np.pi * frequency_hz * time_s).astype(np.float32)[None]
    return wave


@pytest.mark.parametrize("speed", [0.5, 0.89, 1.12, 2.0])
def test_speed_moves_pitch_and_length_together(speed: float) -> None:
    faster = change_speed(sine(1000), speed)
    assert faster.shape[1] == pytest.approx(44_100 / speed, abs=2)
    spectrum = np.abs(np.fft.rfft(faster[0] * np.hanning(faster.shape[1])))
    peak_hz = np.argmax(spectrum) * 44_100 / faster.shape[1]
    assert peak_hz == pytest.approx(1000 * speed, rel=0.003)


def test_speeds_lie_in_the_range_and_half_are_untouched() -> None:
    rng = np.random.default_rng(0)
    speeds = np.array([random_speed(rng, STRONG) for _ in range(2000)])
    assert np.abs(12 * np.log2(speeds)).max() <= 5
    assert 0.45 < np.mean(speeds == 1.0) < 0.55


def test_no_augmentation_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    crop = np.float32(0.5) * sine(440)
    assert random_speed(rng, NO_AUGMENTATION) == 1.0
    np.testing.assert_array_equal(gain_and_noise(crop, rng, NO_AUGMENTATION), crop)
    magnitudes = torch.rand(2, 8, 512)
    same = random_eq(magnitudes, torch.linspace(0, 22_050, 512), torch.Generator(), NO_AUGMENTATION)
    assert same is magnitudes


def test_nothing_ever_clips() -> None:
    rng = np.random.default_rng(0)
    crop = np.float32(1.2) * sine(440)  # varispeed overshoots a little, too
    for _ in range(100):
        assert np.abs(gain_and_noise(crop, rng, STRONG)).max() <= 1.0 + 1e-6


def test_gain_only_makes_quieter_within_its_range() -> None:
    rng = np.random.default_rng(0)
    quiet = replace(STRONG, noise_db=-120.0)
    peaks = [np.abs(gain_and_noise(sine(440), rng, quiet)).max() for _ in range(200)]
    levels_db = 20 * np.log10(peaks)
    assert -12.01 <= levels_db.min() < -10
    assert -1 < levels_db.max() <= 0.001


def test_the_input_is_never_changed_in_place() -> None:
    crop = sine(440)
    before = crop.copy()
    for seed in range(20):
        gain_and_noise(crop, np.random.default_rng(seed), STRONG)
    np.testing.assert_array_equal(crop, before)


def test_eq_never_boosts_and_leaves_half_alone() -> None:
    magnitudes = torch.ones(400, 2, 512)
    centre_hz = torch.linspace(20, 22_000, 512)
    made = random_eq(magnitudes, centre_hz, torch.Generator().manual_seed(0), STRONG)
    assert made.max() <= 1.0 + 1e-6
    untouched = (made == 1.0).all(-1).all(-1).float().mean()
    assert 0.4 < untouched < 0.6
    # Every frame of a crop gets the same curve.
    assert torch.equal(made[:, 0], made[:, 1])

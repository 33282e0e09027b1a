"""Batches: reproducible, within full scale, from the right parts of the right sounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from sda_desktop.audio.augmentation import NO_AUGMENTATION, AugmentationConfig
from sda_desktop.audio.cache import CachedSound, SoundCache
from sda_desktop.audio.io import write_wav
from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.training.dataset import AudioTrainingDataset, read_within
from sda_desktop.training.split import Segment, Split

RATE_HZ = 44_100


def cached(tmp_path: Path, name: str, samples: NDArray[np.float32]) -> CachedSound:
    write_wav(tmp_path / name, samples, RATE_HZ, subtype="FLOAT")
    return SoundCache(tmp_path / "cache").load(tmp_path / name, RATE_HZ)


@pytest.fixture
def sounds(tmp_path: Path) -> list[CachedSound]:
    """Half a second of noise, three seconds of a quiet ramp, and ten seconds of noise."""
    rng = np.random.default_rng(0)
    short = 0.3 * rng.standard_normal(RATE_HZ // 2).astype(np.float32)
    ramp = np.linspace(0, 0.1, 3 * RATE_HZ, dtype=np.float32)
    long = 0.2 * rng.standard_normal(10 * RATE_HZ).astype(np.float32)
    return [cached(tmp_path, f"{i}.wav", s.clip(-1, 1)) for i, s in enumerate((short, ramp, long))]


def dataset(
    sounds: list[CachedSound], augmentation: AugmentationConfig, seed: int = 0
) -> AudioTrainingDataset:
    split = Split(
        (Segment(0, 0, sounds[0].frames), Segment(2, 0, 6 * RATE_HZ)),
        (Segment(1, 0, sounds[1].frames), Segment(2, 6 * RATE_HZ, sounds[2].frames)),
        by_time=True,
        held_out=True,
    )
    return AudioTrainingDataset(sounds, split, SpectrogramConfig(), augmentation, seed, 704)


def test_a_batch_follows_from_seed_and_step_alone(sounds: list[CachedSound]) -> None:
    one, other = dataset(sounds, AugmentationConfig()), dataset(sounds, AugmentationConfig())
    for _ in range(3):
        other.batch(0)
    for step in (0, 1, 7):
        assert all(torch.equal(a, b) for a, b in zip(one.batch(step), other.batch(step), strict=True))
    assert not torch.equal(one.step_generator(1).get_state(), one.step_generator(2).get_state())
    changed = dataset(sounds, AugmentationConfig(), seed=1)
    assert not torch.equal(one.batch(0).start_s, changed.batch(0).start_s)


def test_every_batch_has_the_same_work(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, AugmentationConfig())
    shapes = {tuple(data.batch(step).waves.shape) for step in range(40)}
    assert shapes == {(8, 1, 87 * 512), (4, 1, 175 * 512), (2, 1, 343 * 512)}


def test_batches_stay_within_full_scale_and_are_not_silent(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, replace(AugmentationConfig(), varispeed_semitones=5.0, noise_db=-20.0))
    for step in range(30):
        peaks = data.batch(step).waves.abs().amax((1, 2))
        assert peaks.max() <= 1.0 + 1e-6
        assert peaks.min() > 0


def test_without_augmentation_a_crop_is_part_of_its_sound(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, NO_AUGMENTATION)
    whole = [sound.read(0, sound.frames)[0] for sound in sounds]
    for step in range(20):
        batch = data.batch(step)
        for wave, start_s, duration_s in zip(*batch, strict=True):
            (index,) = (i for i, s in enumerate(sounds) if abs(s.duration_s - float(duration_s)) < 1e-3)
            at = round(float(start_s) * RATE_HZ)
            expected = whole[index][at : at + wave.shape[1]]
            crop = wave[0, : len(expected)].numpy()
            audible = np.abs(crop) > 0
            gains = expected[audible] / crop[audible]
            np.testing.assert_allclose(gains, gains[0], rtol=1e-4)


def test_held_out_slices_are_never_trained_on(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, AugmentationConfig(gain_db=0, noise_db=-120, eq_tilt_db=0, varispeed_semitones=0))
    for step in range(40):
        batch = data.batch(step)
        for wave, start_s, duration_s in zip(*batch, strict=True):
            if duration_s == pytest.approx(10.0):
                after = max(0, round((6.0 - float(start_s)) * RATE_HZ))
                assert (wave[0, after:] == 0).all()


def test_evaluation_batches_are_fixed_and_plain(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, AugmentationConfig())
    one, other = (data.evaluation_batches(validation=True) for _ in range(2))
    assert all(torch.equal(a.waves, b.waves) for a, b in zip(one, other, strict=True))
    durations = torch.cat([batch.duration_s for batch in one])
    assert set(durations.round().tolist()) == {3.0, 10.0}


def test_an_epoch_is_about_one_pass(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, AugmentationConfig())
    assert data.steps_per_epoch == 20  # the least, for so little sound
    data.train_seconds = 1000.0
    assert data.steps_per_epoch == pytest.approx(1000 / data.batch_seconds, abs=1)


@pytest.mark.parametrize("start", [-100, 0, 21_000, 30_000])
def test_reading_outside_a_segment_gives_silence(sounds: list[CachedSound], start: int) -> None:
    segment = Segment(0, 100, 22_000)
    read = read_within(sounds[0], segment, start, 2000)
    assert read.shape == (1, 2000)
    inside = np.arange(start, start + 2000)
    outside = (inside < 100) | (inside >= 22_000)
    assert (read[0, outside] == 0).all()
    assert np.count_nonzero(read[0, ~outside]) == (~outside).sum()

"""Crops cut on a device: those of the processor, within rounding; here the device is the processor, too."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor
from training_runs import Recorder, run_training

from sda_desktop.audio.augmentation import AugmentationConfig
from sda_desktop.audio.cache import CachedSound, SoundCache
from sda_desktop.audio.io import write_wav
from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.errors import Cancelled
from sda_desktop.training import device_corpus, session
from sda_desktop.training.batch_ahead import BatchAhead
from sda_desktop.training.dataset import AudioTrainingDataset, Batch
from sda_desktop.training.device import DevicePolicy
from sda_desktop.training.device_corpus import DeviceCorpus, corpus_samples, crop_source
from sda_desktop.training.metrics import StepMetrics
from sda_desktop.training.split import Segment, Split

CPU, CARD = torch.device("cpu"), torch.device("cuda")
RATE_HZ = 44_100
QUIET = AugmentationConfig(late_onset=0.5, noise_db=-120.0)
STEPS = 3


def noise_below(hz: float, seconds: float, seed: int) -> NDArray[np.float32]:
    """Noise without anything above a frequency."""
    count = int(RATE_HZ * seconds)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    spectrum[np.fft.rfftfreq(count, 1 / RATE_HZ) > hz] = 0
    wave = np.fft.irfft(spectrum, count)
    scaled: NDArray[np.float32] = (0.7 * wave / np.abs(wave).max()).astype(np.float32)
    return scaled


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> list[CachedSound]:
    """A short one, a quiet one, and a long one, none with anything above 16 kHz."""
    place = tmp_path_factory.mktemp("sounds")
    waves = [noise_below(16_000, s, i) for i, s in enumerate((0.4, 3.0, 9.0))]
    waves[1] *= np.float32(0.05)
    for number, wave in enumerate(waves):
        write_wav(place / f"{number}.wav", wave, RATE_HZ, subtype="FLOAT")
    cache = SoundCache(place / "cache")
    return [cache.load(place / f"{number}.wav", RATE_HZ) for number in range(len(waves))]


def dataset(sounds: list[CachedSound], augmentation: AugmentationConfig) -> AudioTrainingDataset:
    """The long sound is trained on from its third to its seventh second."""
    part = Segment(2, 3 * RATE_HZ, 7 * RATE_HZ)
    whole = [Segment(i, 0, sounds[i].frames) for i in (0, 1)]
    split = Split((*whole, part), (Segment(2, 0, 3 * RATE_HZ),), by_time=True, held_out=True)
    return AudioTrainingDataset(sounds, split, SpectrogramConfig(), augmentation, 1, 704)


def error_db(made: Tensor, wanted: Tensor) -> float:
    """Of the difference against what is wanted."""
    return float(10 * torch.log10((made - wanted).square().mean() / wanted.square().mean()))


def test_crops_that_keep_their_speed_are_the_processor_s(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, replace(QUIET, varispeed_semitones=0.0))
    corpus = DeviceCorpus(data, CPU)
    for step in range(STEPS):
        there, here = corpus.batch(step), data.batch(step)
        assert there.waves.shape == here.waves.shape
        torch.testing.assert_close(there.waves, here.waves, rtol=1e-5, atol=1e-6)
        assert torch.equal(there.start_s, here.start_s)
        assert torch.equal(there.duration_s, here.duration_s)


@pytest.mark.parametrize(("semitones", "limit_db"), [(2.0, -60.0), (5.0, -22.0)])
def test_other_speeds_differ_little_from_the_processor_s(
    sounds: list[CachedSound], semitones: float, limit_db: float
) -> None:
    """At five semitones 16 kHz becomes what one filter still passes and the other does not."""
    data = dataset(sounds, replace(QUIET, varispeed_semitones=semitones))
    corpus = DeviceCorpus(data, CPU)
    errors = [
        error_db(one, other)
        for step in range(STEPS)
        for one, other in zip(corpus.batch(step).waves, data.batch(step).waves, strict=True)
    ]
    assert max(errors) < limit_db
    assert sum(error > -200 for error in errors) > 3  # that many changed their speed


def test_nothing_of_the_neighbours_is_heard(sounds: list[CachedSound]) -> None:
    """What lies outside a segment is silence at every speed, though another segment lies beside it."""
    data = dataset(sounds, replace(QUIET, varispeed_semitones=5.0))
    corpus = DeviceCorpus(data, CPU)
    ends = []
    for step in range(4):
        for wave, start_s, duration_s in zip(*corpus.batch(step), strict=True):
            if duration_s < 1:
                end = round(float(duration_s - start_s) * RATE_HZ) + 128
                ends.append(float(wave[:, end:].abs().max()))
                lead = max(0, round(-float(start_s) * RATE_HZ))
                assert not wave[:, :lead].any()
    assert len(ends) > 3
    assert max(ends) == 0


def test_a_batch_follows_from_seed_and_step_alone(sounds: list[CachedSound]) -> None:
    noisy = AugmentationConfig(noise_db=-30.0)
    one, other = (DeviceCorpus(dataset(sounds, noisy), CPU) for _ in range(2))
    other.batch(0)
    for step in (0, 7):
        assert all(torch.equal(a, b) for a, b in zip(one.batch(step), other.batch(step), strict=True))


def test_noise_is_added_at_its_level_and_nothing_clips(sounds: list[CachedSound]) -> None:
    plain = replace(QUIET, gain_db=0.0, varispeed_semitones=0.0)
    quiet = DeviceCorpus(dataset(sounds, plain), CPU)
    noisy = DeviceCorpus(dataset(sounds, replace(plain, noise_db=-40.0)), CPU)
    levels = []
    for step in range(20):
        made = noisy.batch(step).waves
        assert made.abs().max() <= 1 + 1e-6
        # The first crop of a batch is the same in both but for its noise.
        added = made[0] - quiet.batch(step).waves[0]
        if added.any() and made[0].abs().max() < 0.99:
            levels.append(20 * float(added.square().mean().sqrt().log10()))
    assert levels == pytest.approx([-40.0] * len(levels), abs=0.3)
    assert levels


def test_one_crop_of_a_small_batch(sounds: list[CachedSound]) -> None:
    batch = DeviceCorpus(dataset(sounds, AugmentationConfig()), CPU).batch(3, 88)
    assert batch.waves.shape == (1, 1, 87 * 512)


def test_the_device_s_batches_are_not_made_ahead(
    sounds: list[CachedSound], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = DeviceCorpus(dataset(sounds, AugmentationConfig()), CPU)
    asked: list[int] = []
    real = corpus.batch

    def batch(step: int, frames: int) -> Batch:
        asked.append(step)
        return real(step, frames)

    monkeypatch.setattr(corpus, "batch", batch)
    ahead = BatchAhead(corpus, DevicePolicy(CPU))
    ahead.take(4, 88)
    ahead.close()
    assert asked == [4]


# Whether it fits -----------------------------------------------------------------------------------------


def test_the_processor_keeps_reading_from_the_cache(sounds: list[CachedSound]) -> None:
    data = dataset(sounds, AugmentationConfig())
    assert crop_source(data, CPU) is data


def test_what_does_not_fit_is_sent_over_and_said(
    sounds: list[CachedSound], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    data = dataset(sounds, AugmentationConfig())
    needed = 4 * corpus_samples(data)
    monkeypatch.setattr(device_corpus, "free_bytes", lambda device: 4 * needed - 4)
    with caplog.at_level(logging.INFO, device_corpus.__name__):
        assert crop_source(data, CARD) is data
    assert "do not fit on the device" in caplog.text


def test_what_fits_is_kept_there(
    sounds: list[CachedSound], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    data = dataset(sounds, AugmentationConfig())
    monkeypatch.setattr(device_corpus, "free_bytes", lambda device: 16 * corpus_samples(data))
    monkeypatch.setattr(
        device_corpus, "DeviceCorpus", lambda data, device, progress: DeviceCorpus(data, CPU, progress)
    )
    with caplog.at_level(logging.INFO, device_corpus.__name__):
        assert isinstance(crop_source(data, CARD), DeviceCorpus)
    assert "are kept on the device" in caplog.text


def test_memory_that_is_gone_after_all_is_survived(
    sounds: list[CachedSound], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> DeviceCorpus:
        raise torch.OutOfMemoryError("no room")

    data = dataset(sounds, AugmentationConfig())
    monkeypatch.setattr(device_corpus, "free_bytes", lambda device: 1 << 40)
    monkeypatch.setattr(device_corpus, "DeviceCorpus", full)
    assert crop_source(data, CARD) is data
    assert "after all" in caplog.text


def test_reading_can_be_stopped(sounds: list[CachedSound]) -> None:
    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        DeviceCorpus(dataset(sounds, AugmentationConfig()), CPU, stop)


def test_a_run_learns_the_same_from_either(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for name in ("dataset", "device"):
        if name == "device":
            monkeypatch.setattr(
                session,
                "crop_source",
                lambda dataset, device, progress: DeviceCorpus(dataset, device, progress),
            )
        recorder = Recorder()
        run_training(small_corpus, tmp_path / name, recorder, epochs=1, noise_db=-120.0)
        told.append([step.train_loss for step in recorder.of(StepMetrics)])
    assert told[1] == pytest.approx(told[0], rel=1e-2)

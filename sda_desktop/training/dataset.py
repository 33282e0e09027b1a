"""Training crops and validation crops of a corpus, made from the decoded sounds of the cache.

Everything random about a step follows from the run's seed and the step's number alone, so a resumed run
draws exactly what an uninterrupted one would have.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sda_desktop.audio.augmentation import AugmentationConfig, change_speed, gain_and_noise, random_speed
from sda_desktop.audio.cache import CachedSound
from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.training.run_plan import (
    EVALUATION_FRAMES,
    EVALUATION_SECONDS,
    EVALUATION_SHARE,
    MIN_STEPS_PER_EPOCH,
)
from sda_desktop.training.split import Segment, Split

CROP_FRAMES = (88, 176, 344)  # 1, 2 and 4 s, whole latent steps; a batch has the same work at each length
SILENT = 1e-3  # of the file's peak
RESAMPLER_MARGIN = 64  # samples read on both sides of a crop whose speed is changed
_DRAW = 3  # keeps the draws of batches apart from those of other uses of the seed


class Batch(NamedTuple):
    """Crops of one length."""

    waves: Tensor  # (B, channels, samples), peak within 1
    start_s: Tensor  # (B,) where the crop begins in its sound; negative for a late onset
    duration_s: Tensor  # (B,) of the whole sound


class CropSource(Protocol):
    """Cuts the training crops of a step."""

    @property
    def works_on_host(self) -> bool:
        """Whether the processor does the work, which is then better done beside a step."""

    def batch(self, step: int, batch_frames: int | None = None) -> Batch:
        """The batch of a global step; it follows from the step and the source's seed alone."""


class BatchDraw(NamedTuple):
    """Which crops a step takes."""

    rng: np.random.Generator  # for all else that is random about them
    samples: int  # of each crop
    segments: list[Segment]


class CropDraw(NamedTuple):
    """Where a crop lies, and how it is scaled."""

    at: int  # samples of the sped up segment; negative for a late onset
    speed: float
    to_full_scale: bool  # otherwise it keeps its level inside its sound


@dataclass(frozen=True, slots=True)
class _Crop:
    samples: NDArray[np.float32]  # (channels, n)
    start_s: float
    duration_s: float


class AudioTrainingDataset:
    """The sounds of a run, split into training and validation."""

    def __init__(
        self,
        sounds: Sequence[CachedSound],
        split: Split,
        spectrogram: SpectrogramConfig,
        augmentation: AugmentationConfig,
        seed: int,
        batch_frames: int,
    ) -> None:
        if not split.train:
            raise ValueError("there is nothing to train on")
        self.sounds = list(sounds)
        self.split = split
        self.spectrogram = spectrogram
        self.augmentation = augmentation
        self.seed = seed
        self.batch_frames = batch_frames
        seconds = np.array([s.frames / spectrogram.sample_rate_hz for s in split.train])
        weights = np.sqrt(np.maximum(1.0, seconds))
        self._chances = weights / weights.sum()
        self.train_seconds = float(seconds.sum())
        self.validation_seconds = sum(s.frames for s in split.validation) / spectrogram.sample_rate_hz

    @property
    def batch_seconds(self) -> float:
        """Seconds of sound in one step."""
        return self.batch_frames * self.spectrogram.hop_samples / self.spectrogram.sample_rate_hz

    @property
    def steps_per_epoch(self) -> int:
        """About one pass over the training sounds, at least MIN_STEPS_PER_EPOCH."""
        return max(MIN_STEPS_PER_EPOCH, math.ceil(self.train_seconds / self.batch_seconds))

    def step_generator(self, step: int, device: torch.device | str = "cpu", use: int = 0) -> torch.Generator:
        """The noise of one step, drawn on a device; use 0 is that of latents and EQ, 1 that of crops."""
        seeds = np.random.SeedSequence([self.seed, step, 0, use] if use else [self.seed, step, 0])
        return torch.Generator(device).manual_seed(int(seeds.generate_state(1, np.uint64)[0] >> np.uint64(1)))

    # Training ---------------------------------------------------------------------------------------

    works_on_host = True

    def batch(self, step: int, batch_frames: int | None = None) -> Batch:
        """The training batch of a global step: random crops of one random length."""
        rng, samples, segments = self.draw_batch(step, batch_frames)
        return self._collate([self._training_crop(rng, segment, samples) for segment in segments], samples)

    def draw_batch(self, step: int, batch_frames: int | None = None) -> BatchDraw:
        """What the batch of a step consists of."""
        rng = np.random.default_rng([self.seed, step, _DRAW])
        room = batch_frames or self.batch_frames
        lengths = [frames for frames in CROP_FRAMES if 2 * frames <= room] or [CROP_FRAMES[0]]
        frames = int(rng.choice(lengths))
        samples = self.spectrogram.samples_for(frames)
        chosen = rng.choice(len(self._chances), size=max(1, room // frames), p=self._chances)
        return BatchDraw(rng, samples, [self.split.train[index] for index in chosen])

    def draw_crop(
        self,
        rng: np.random.Generator,
        segment: Segment,
        samples: int,
        peak_at: Callable[[int, float], float],
    ) -> CropDraw:
        """A crop of a segment.  peak_at: the peak of the crop at a place, played at a speed."""
        speed = random_speed(rng, self.augmentation)
        length = max(1, int(segment.frames / speed))
        silent = SILENT * self.sounds[segment.sound].peak
        for _ in range(4):  # rather not a silent one
            at = self._position(rng, length, samples, self.spectrogram.sample_rate_hz)
            if peak_at(at, speed) > silent:
                break
        # Half of the crops keep their level inside their sound, half are brought to full scale.
        return CropDraw(at, speed, bool(rng.random() < 0.5))

    def place_s(self, segment: Segment, crop: CropDraw) -> tuple[float, float]:
        """Where a crop begins in its sound, and how long that sound is, both as it is played."""
        rate = self.spectrogram.sample_rate_hz
        frames = self.sounds[segment.sound].frames
        return (segment.start / crop.speed + crop.at) / rate, frames / crop.speed / rate

    def _training_crop(self, rng: np.random.Generator, segment: Segment, samples: int) -> _Crop:
        sound = self.sounds[segment.sound]
        peak, crop = 0.0, np.zeros((0, 0), np.float32)

        def peak_at(at: int, speed: float) -> float:
            nonlocal peak, crop
            crop = self._cut(sound, segment, at, samples, speed)
            peak = float(np.abs(crop).max(initial=0.0))
            return peak

        drawn = self.draw_crop(rng, segment, samples, peak_at)
        reference = max(peak, SILENT * sound.peak) if drawn.to_full_scale else sound.peak
        crop = gain_and_noise(crop / np.float32(max(reference, 1e-6)), rng, self.augmentation)
        return _Crop(crop, *self.place_s(segment, drawn))

    def _position(self, rng: np.random.Generator, length: int, samples: int, rate_hz: int) -> int:
        """Where a crop begins, in samples from the start of the segment; negative for a late onset."""
        at = 0
        if length > 0.75 * samples:
            if rng.random() < 0.5:
                at = int(rng.integers(0, math.ceil(length / rate_hz))) * rate_hz
            else:
                at = int(rng.integers(0, max(1, length - samples // 3)))
        if at == 0 and rng.random() < self.augmentation.late_onset:
            at = -int(rng.integers(0, samples // 4 if length <= samples // 2 else 2048))
        return at

    def _cut(
        self, sound: CachedSound, segment: Segment, at: int, samples: int, speed: float
    ) -> NDArray[np.float32]:
        """`samples` samples from `at` of the segment played at `speed`, silence outside, (channels, n)."""
        lead = max(0, -at)
        wanted = samples - lead
        margin = 0 if speed == 1.0 else RESAMPLER_MARGIN
        first = segment.start + int(max(0, at) * speed)
        crop = read_within(sound, segment, first - margin, math.ceil(wanted * speed) + 2 * margin)
        if margin:
            crop = change_speed(crop, speed)
            begin = round(margin / speed)
            crop = crop[:, begin : begin + wanted]
        crop = crop[:, :wanted]
        return np.pad(crop, ((0, 0), (lead, wanted - crop.shape[1])))

    # Validation -------------------------------------------------------------------------------------

    def evaluation_batches(self, *, validation: bool) -> list[Batch]:
        """Fixed crops without augmentation: of the validation sounds, or as many of the training sounds."""
        low, high = EVALUATION_SECONDS
        budget_s = min(high, max(low, EVALUATION_SHARE * self.train_seconds))
        segments = self.split.validation if validation else self.split.train
        crops: dict[int, list[_Crop]] = {frames: [] for frames in EVALUATION_FRAMES}
        for segment, start in self._evaluation_places(segments, budget_s):
            remaining = segment.end - start
            fitting = [f for f in EVALUATION_FRAMES if self.spectrogram.samples_for(f) >= remaining]
            frames = min(fitting, default=EVALUATION_FRAMES[-1])
            crops[frames].append(self._evaluation_crop(segment, start, self.spectrogram.samples_for(frames)))
        batches = []
        for frames, group in crops.items():
            size = max(1, self.batch_frames // frames)
            samples = self.spectrogram.samples_for(frames)
            batches += [self._collate(group[i : i + size], samples) for i in range(0, len(group), size)]
        return batches

    def _evaluation_places(self, segments: Sequence[Segment], budget_s: float) -> list[tuple[Segment, int]]:
        """Segments in a seeded order, each from its start, then further into the longer ones."""
        rng = np.random.default_rng([self.seed, 4])
        order = [segments[i] for i in rng.permutation(len(segments))]
        longest = self.spectrogram.samples_for(EVALUATION_FRAMES[-1])
        places: list[tuple[Segment, int]] = []
        used_s = 0.0
        turn = 0
        while order and used_s < budget_s:
            for segment in order:
                start = segment.start + turn * longest
                places.append((segment, start))
                used_s += min(longest, segment.end - start) / self.spectrogram.sample_rate_hz
                if used_s >= budget_s:
                    break
            turn += 1
            order = [s for s in order if s.frames - turn * longest > longest // 2]
        return places

    def _evaluation_crop(self, segment: Segment, start: int, samples: int) -> _Crop:
        sound = self.sounds[segment.sound]
        crop = read_within(sound, segment, start, samples) / np.float32(max(sound.peak, 1e-6))
        rate = self.spectrogram.sample_rate_hz
        return _Crop(crop, start / rate, sound.frames / rate)

    def _collate(self, crops: Sequence[_Crop], samples: int) -> Batch:
        waves = np.zeros((len(crops), crops[0].samples.shape[0], samples), np.float32)
        for row, crop in zip(waves, crops, strict=True):
            row[:, : crop.samples.shape[1]] = crop.samples
        return Batch(
            torch.from_numpy(waves),
            torch.tensor([crop.start_s for crop in crops], dtype=torch.float32),
            torch.tensor([crop.duration_s for crop in crops], dtype=torch.float32),
        )


def read_within(sound: CachedSound, segment: Segment, start: int, frames: int) -> NDArray[np.float32]:
    """Samples start to start + frames of the sound, with silence where they lie outside the segment."""
    first, last = max(start, segment.start), min(start + frames, segment.end)
    if last <= first:
        return np.zeros((sound.channels, frames), np.float32)
    inside = sound.read(first, last - first)
    return np.pad(inside, ((0, 0), (first - start, start + frames - last)))

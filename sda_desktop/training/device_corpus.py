"""The training sounds in a graphics card's memory, and crops that are cut there.

What is random about a step is drawn on the host as for any other device; a step sends it over as one small
tensor and waits for nothing.  Only noise is drawn on the device itself.

The samples are 32-bit floats, as in the cache, so that crops that keep their speed are the processor's.
16 bits would put a noise 74 dB below the signal into its quiet bands, to save what only corpora of many
hours need.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sda_desktop.audio.augmentation import random_gain_and_noise
from sda_desktop.training.dataset import (
    RESAMPLER_MARGIN,
    SILENT,
    AudioTrainingDataset,
    Batch,
    CropSource,
)
from sda_desktop.training.device import DevicePolicy
from sda_desktop.training.split import Segment

log = logging.getLogger(__name__)

# The share of the free memory that sounds may take; the rest is the networks' and their steps'.
MEMORY_SHARE = 0.25
PEAK_BLOCK = 512  # samples whose peak is known on the host
_READ_SAMPLES = 1 << 22
# Places between samples are whole numbers of 2^-28 samples: off by less than 0.001 samples at a crop's end,
# enough for 200 hours in 64 bits, and without 64-bit floats, which some devices lack.
_FRACTION_BITS = 28
_ONE = 1 << _FRACTION_BITS
# The kernel of a changed speed: a sinc under a Blackman window, 24 crossings to each side, a little below
# half of the lower rate.  At two semitones it differs from soxr's "HQ" by -85 dB for noise up to 16 kHz.
_CROSSINGS, _ROLL_OFF = 24, 0.95
_WEIGHTS_AT_ONCE = 1 << 24  # of all places and taps: 64 MB, a few times


class _Row(NamedTuple):
    """One crop, as the device is told; the float fields are sent as 32-bit floats."""

    first: int  # in the corpus, in 2^-28 samples, of the sample after the silence of a late onset
    increment: int  # in the corpus, per sample of the crop
    low: int  # the segment's samples in the corpus: first, and first after it
    high: int
    lead: int  # samples of silence
    sound_peak: float
    to_full_scale: float  # 1 or 0
    gain: float
    noise_level: float


_WHOLE = 5  # fields of a row that are whole numbers
_FLOATS = len(_Row._fields) - _WHOLE


class DeviceCorpus:
    """The training segments as one row of samples on a device; its batches are there, too."""

    works_on_host = False

    def __init__(
        self,
        dataset: AudioTrainingDataset,
        device: torch.device,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """Read all training segments; progress(segments done, all) may raise to break off.

        Raises ValueError if a sound is not mono, torch.OutOfMemoryError, AudioFileError, StorageError.
        """
        if any(sound.channels != 1 for sound in dataset.sounds):
            raise ValueError("the sounds on a device must be mono")
        self._dataset = dataset
        self._policy = DevicePolicy.of(device)
        self._samples = torch.zeros(corpus_samples(dataset), device=device)
        self._begins: dict[Segment, int] = {}
        self._peaks: dict[Segment, NDArray[np.float32]] = {}
        begin = 0
        for number, segment in enumerate(dataset.split.train):
            progress(number, len(dataset.split.train))
            self._begins[segment] = begin
            self._peaks[segment] = self._read(segment, begin)
            begin += segment.frames

    @property
    def device(self) -> torch.device:
        """Where the sounds are."""
        return self._samples.device

    def _read(self, segment: Segment, begin: int) -> NDArray[np.float32]:
        """Bring a segment to its place; the peaks of its blocks."""
        sound = self._dataset.sounds[segment.sound]
        peaks = []
        for done in range(0, segment.frames, _READ_SAMPLES):
            count = min(_READ_SAMPLES, segment.frames - done)
            part = sound.read(segment.start + done, count)[0]
            self._samples[begin + done : begin + done + count] = torch.from_numpy(part)
            peaks.append(np.maximum.reduceat(np.abs(part), np.arange(0, count, PEAK_BLOCK)))
        return np.concatenate(peaks) if peaks else np.zeros(0, np.float32)

    # What is random, on the host --------------------------------------------------------------------

    def batch(self, step: int, batch_frames: int | None = None) -> Batch:
        """The training batch of a global step, its waves on the device.

        As that of the dataset, with these differences: whether a crop is silent is judged by whole blocks of
        PEAK_BLOCK samples, other speeds are interpolated here, and noise is another one.
        """
        rng, samples, segments = self._dataset.draw_batch(step, batch_frames)
        drawn = [self._draw(rng, segment, samples) for segment in segments]
        rows, start_s, duration_s = zip(*drawn, strict=True)
        return Batch(self._cut(rows, samples, step), torch.tensor(start_s), torch.tensor(duration_s))

    def _draw(self, rng: np.random.Generator, segment: Segment, samples: int) -> tuple[_Row, float, float]:
        def peak_at(at: int, speed: float) -> float:
            first = int(max(0, at) * speed)
            last = first + math.ceil((samples - max(0, -at)) * speed)
            blocks = self._peaks[segment][first // PEAK_BLOCK : -(-last // PEAK_BLOCK)]
            return float(blocks.max(initial=0.0))

        crop = self._dataset.draw_crop(rng, segment, samples, peak_at)
        gain, noise_level = random_gain_and_noise(rng, self._dataset.augmentation)
        begin = self._begins[segment]
        first = (begin + int(max(0, crop.at) * crop.speed)) * _ONE
        increment = round(crop.speed * _ONE)
        if increment != _ONE:  # where the processor's resampler begins
            first += round(RESAMPLER_MARGIN / crop.speed) * increment - RESAMPLER_MARGIN * _ONE
        peak = self._dataset.sounds[segment.sound].peak
        place = (first, increment, begin, begin + segment.frames, max(0, -crop.at))
        row = _Row(*place, peak, float(crop.to_full_scale), gain, noise_level)
        return row, *self._dataset.place_s(segment, crop)

    # The crops, on the device -----------------------------------------------------------------------

    @torch.no_grad()
    def _cut(self, rows: tuple[_Row, ...], samples: int, step: int) -> Tensor:
        """The crops (B, 1, samples); queued, not waited for."""
        changed = [i for i, row in enumerate(rows) if row.increment != _ONE]
        highest = max(_ONE, *(row.increment for row in rows)) / _ONE
        half = math.ceil(_CROSSINGS * highest) if changed else 0
        whole, floats = self._sent(rows, changed)
        first, increment, low, high, lead, order = whole.unbind(1)
        # Samples of the crop count from the end of its lead.
        begin = (first - lead * increment >> _FRACTION_BITS) - half
        read = math.ceil(samples * highest) + 2 * half + 2
        index = begin[:, None] + torch.arange(read, device=self.device)  # (B, read)
        is_inside = (index >= low[:, None]) & (index < high[:, None])
        source = self._samples[index.clamp_(0, len(self._samples) - 1)] * is_inside
        waves = source[:, half : half + samples].clone()
        if changed:
            chosen = order[: len(changed)]
            start = (first - lead * increment)[chosen] & (_ONE - 1)
            waves[chosen] = _interpolated(source[chosen], start, increment[chosen], half, samples)
        waves *= torch.arange(samples, device=self.device) >= lead[:, None]
        return self._scaled(waves, floats, step, any(row.noise_level for row in rows)).unsqueeze(1)

    def _sent(self, rows: tuple[_Row, ...], changed: list[int]) -> tuple[Tensor, Tensor]:
        """Rows on the device: whole numbers (B, 6), the last column the rows that change their speed, and
        floats (B, 4)."""
        table = np.zeros((len(rows), _WHOLE + 1 + _FLOATS // 2), np.int64)
        table[:, :_WHOLE] = [row[:_WHOLE] for row in rows]
        table[: len(changed), _WHOLE] = changed
        table[:, _WHOLE + 1 :].view(np.float32)[:] = [row[_WHOLE:] for row in rows]
        sent = self._policy.send(torch.from_numpy(table))
        return sent[:, : _WHOLE + 1], sent[:, _WHOLE + 1 :].contiguous().view(torch.float32)

    def _scaled(self, waves: Tensor, floats: Tensor, step: int, is_noisy: bool) -> Tensor:
        """Level, gain, noise and the final look at full scale, as the processor does it.  waves: (B, n)."""
        sound_peak, to_full_scale, gain, noise_level = floats.unsqueeze(2).unbind(1)  # (B, 1) each
        peak = waves.abs().amax(1, keepdim=True)
        own = torch.maximum(peak, SILENT * sound_peak)
        waves = waves / torch.where(to_full_scale > 0, own, sound_peak).clamp_min(1e-6) * gain
        if is_noisy:
            generator = self._dataset.step_generator(step, self._policy.noise_device, use=1)
            noise = torch.randn(waves.shape, generator=generator, device=generator.device)
            waves = waves + noise_level * noise.to(self.device)
        return waves / waves.abs().amax(1, keepdim=True).clamp_min(1)


def _interpolated(source: Tensor, start: Tensor, increment: Tensor, half: int, samples: int) -> Tensor:
    """Band-limited values of rows (B, read) at places half + (start + k * increment) / 2^28, (B, samples)."""
    steps = torch.arange(samples, device=source.device)
    taps = torch.arange(1 - half, half + 1, device=source.device)  # around the sample before a place
    windows = source.unfold(1, 2 * half, 1)  # (B, read - 2 half + 1, taps), a view
    at_once = max(1, _WEIGHTS_AT_ONCE // (samples * 2 * half))
    made = []
    for rows in range(0, len(source), at_once):
        part = slice(rows, rows + at_once)
        places = start[part, None] + steps * increment[part, None]  # (b, samples)
        fraction = (places & (_ONE - 1)).float() / _ONE
        distance = taps - fraction.unsqueeze(2)  # (b, samples, taps)
        cutoff = _ROLL_OFF * (_ONE / increment[part].float()).clamp_max(1)[:, None, None]
        angle = distance * (math.pi / half)
        weights = torch.sinc(cutoff * distance)
        weights *= 0.42 + 0.5 * torch.cos(angle) + 0.08 * torch.cos(2 * angle)
        # A window begins 1 - half samples from its place, and a row half samples before the first.
        first = (places >> _FRACTION_BITS) + 1
        number = torch.arange(rows, rows + len(places), device=source.device)[:, None]
        made.append((windows[number, first] * weights).sum(2) * cutoff[:, :, 0])
    return torch.cat(made)


# Whether it fits -----------------------------------------------------------------------------------------


def corpus_samples(dataset: AudioTrainingDataset) -> int:
    """Samples of all training segments, at least 1."""
    return max(1, sum(segment.frames for segment in dataset.split.train))


def free_bytes(device: torch.device) -> int:
    """Free memory of a device; 0 where nothing is to be kept, which is so on the processor."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        return max(0, torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    return 0


def crop_source(
    dataset: AudioTrainingDataset,
    device: torch.device,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> CropSource:
    """A DeviceCorpus where the sounds fit into a share of the device's memory, otherwise the dataset.

    Raises what `progress` raises, AudioFileError and StorageError.
    """
    if device.type == "cpu":
        return dataset
    needed, room = 4 * corpus_samples(dataset), int(MEMORY_SHARE * free_bytes(device))
    if needed > room:
        message = "The sounds (%.0f MB) do not fit on the device (%.0f MB for them): crops are sent over"
        log.info(message, needed / 1e6, room / 1e6)
        return dataset
    try:
        corpus = DeviceCorpus(dataset, device, progress)
    except torch.OutOfMemoryError as error:
        log.warning("The sounds do not fit on the device after all: crops are sent over (%s)", error)
        return dataset
    log.info("The sounds (%.0f MB) are kept on the device", needed / 1e6)
    return corpus

"""What happens to a sound on its way into a file: resampling, fades, measuring, gain, rounding.

Everything works on blocks (channels, frames) and gives the same samples however the sound is cut.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.io import StreamResampler
from sda_desktop.audio.limiter import PeakLimiter
from sda_desktop.audio.loudness import LoudnessMeter

Block = NDArray[np.float32]

# What is kept in memory of a sound that must be measured before it is written; the rest goes to the disk.
SPOOLED_BYTES = 32_000_000
BLOCK_FRAMES = 65_536


def resampled(blocks: Iterable[Block], from_hz: int, to_hz: int, channels: int) -> Iterator[Block]:
    """The sound at another rate, with soxr's best quality; the very same samples where the rates agree."""
    resampler = StreamResampler(from_hz, to_hz, channels, quality="VHQ")
    for block in blocks:
        yield resampler.push(block)
    yield resampler.finish()


def faded(blocks: Iterable[Block], fade_in_frames: int, fade_out_frames: int) -> Iterator[Block]:
    """The sound with half a cosine of gain at its beginning and end.

    A fade that is longer than the sound takes the whole of it.  Only the length of the longer fade is held.
    """
    held: deque[Block] = deque()
    held_frames = position = 0
    for block in blocks:
        held.append(block)
        held_frames += block.shape[1]
        while held_frames - held[0].shape[1] >= fade_out_frames and position + held_frames >= fade_in_frames:
            ready = held.popleft()
            held_frames -= ready.shape[1]
            yield _with_gain(ready, _fade_in(position, ready.shape[1], fade_in_frames))
            position += ready.shape[1]
            if not held:
                break
    total = position + held_frames
    fade_in_frames, fade_out_frames = min(fade_in_frames, total), min(fade_out_frames, total)
    for block in held:
        frames = block.shape[1]
        gain = _fade_in(position, frames, fade_in_frames)
        gain = gain * _fade_in(total - position - frames, frames, fade_out_frames)[::-1]
        yield _with_gain(block, gain)
        position += frames


def _fade_in(start: int, frames: int, length: int) -> NDArray[np.float64]:
    """The gain at `frames` frames from `start` on, of a fade in over the first `length`."""
    if start >= length:
        return np.ones(frames)
    place = np.minimum((np.arange(start, start + frames) + 0.5) / length, 1.0)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * place))


def _with_gain(block: Block, gain: NDArray[np.float64]) -> Block:
    return (block * gain).astype(np.float32)


class Measured:
    """A sound that went by once, to be read again: its peak, its loudness, its samples.

    Use as a context manager: the samples lie in memory, and beyond SPOOLED_BYTES in a nameless file in
    `folder`.  Raises OSError where that disk is full.
    """

    def __init__(self, sample_rate_hz: int, channels: int, folder: Path) -> None:
        self._channels = channels
        self._meter = LoudnessMeter(sample_rate_hz)
        self._file = tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES, dir=str(folder))  # noqa: SIM115
        self.peak = 0.0

    def __enter__(self) -> Measured:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, block: Block) -> None:
        """Take the next samples."""
        self.peak = max(self.peak, float(np.abs(block).max(initial=0.0)))
        self._meter.add(block)
        self._file.write(np.ascontiguousarray(block.T).tobytes())

    @property
    def loudness_lufs(self) -> float:
        """Of all that was taken."""
        return self._meter.lufs()

    def blocks(self) -> Iterator[Block]:
        """The samples, from the beginning."""
        self._file.seek(0)
        while data := self._file.read(BLOCK_FRAMES * self._channels * 4):
            yield np.ascontiguousarray(np.frombuffer(data, np.float32).reshape(-1, self._channels).T)


def amplified(blocks: Iterable[Block], gain: float) -> Iterator[Block]:
    """The sound times gain; the very same samples for a gain of one."""
    for block in blocks:
        yield block if gain == 1.0 else (block * np.float64(gain)).astype(np.float32)


def kept_below_full_scale(blocks: Iterable[Block], sample_rate_hz: int, channels: int) -> Iterator[Block]:
    """Peaks beyond full scale are limited; what stays below it is not touched."""
    limiter = PeakLimiter(1.0, sample_rate_hz, channels=channels)
    for block in blocks:
        yield limiter.add(block)
    yield limiter.finish()


class Rounding:
    """Float samples to whole numbers of 16 or 24 bits.

    At 16 bit, noise of a triangular distribution, two steps wide, is added first: it makes the error of
    rounding independent of the sound (Lipshitz, Wannamaker and Vanderkooy, "Quantization and dither", 1992).
    """

    def __init__(self, bits: int, seed: int, silence_stays_silent: bool) -> None:
        self._scale = float(1 << (bits - 1))
        self._noise = np.random.default_rng(seed) if bits == 16 else None
        self._silence_stays_silent = silence_stays_silent

    def __call__(self, block: Block) -> NDArray[np.int32]:
        """(channels, frames) to (frames, channels), in steps of the bit depth."""
        samples = np.ascontiguousarray(block.T).astype(np.float64) * self._scale
        if self._noise is not None:
            drawn = self._noise.random((*samples.shape, 2))
            noise = drawn[..., 0] - drawn[..., 1]
            if self._silence_stays_silent:
                noise[samples == 0] = 0
            samples += noise
        return np.clip(np.rint(samples), -self._scale, self._scale - 1).astype(np.int32)

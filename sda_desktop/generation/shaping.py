"""What is done to a stream of samples after it was decoded: events mixed, a loop closed, peaks limited.

Streams are iterators of blocks (1, n); each stage asks for a block when it is asked for one, so that the
beginning is heard while the rest does not exist yet, and memory does not grow with the length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.limiter import PeakLimiter

Sound = NDArray[np.float32]
Blocks = Iterator[Sound]

CEILING = 0.98  # as a share of full scale
MIX_BLOCK_FRAMES = 4096


def limited(blocks: Iterable[Sound], sample_rate_hz: int) -> Blocks:
    """The same sound, never above CEILING."""
    limiter = PeakLimiter(CEILING, sample_rate_hz)
    for block in blocks:
        made = limiter.add(block)
        if made.shape[1]:
            yield made
    rest = limiter.finish()
    if rest.shape[1]:
        yield rest


def closed_loop(blocks: Iterable[Sound], seam: int) -> Blocks:
    """A loop of a sound: what comes out is `seam` samples shorter, and its end leads into its beginning.

    The first `seam` samples are held back; over them the end fades while they fade in, so that after the last
    sample comes what came before the first one.
    """
    stream = _Reader(blocks)
    before = stream.read(seam)
    held = stream.read(seam)
    while held.shape[1] == seam and (following := stream.read(MIX_BLOCK_FRAMES)).shape[1]:
        joined = np.concatenate([held, following], axis=1)
        yield joined[:, :-seam]
        held = joined[:, -seam:]
    frames = held.shape[1]
    yield crossfaded(held, before[:, before.shape[1] - frames :]) if frames else held


def crossfaded(ending: Sound, beginning: Sound) -> Sound:
    """From one sound to another of the same length, (1, n) each, at an even level.

    The more alike two sounds are, the less louder their sum is than each: the fades follow from how much.
    """
    frames = ending.shape[1]
    fade = (np.sin(np.linspace(0, np.pi / 2, frames + 2)[1:-1]) ** 2).astype(np.float64)
    energies = float((ending.astype(np.float64) ** 2).sum()), float((beginning.astype(np.float64) ** 2).sum())
    product = float((ending.astype(np.float64) * beginning).sum())
    alike = product / np.sqrt(energies[0] * energies[1]) if min(energies) > 0 else 1.0
    power = fade**2 + (1 - fade) ** 2 + 2 * max(0.0, alike) * fade * (1 - fade)
    gain = 1 / np.sqrt(power)
    mixed = gain * ((1 - fade) * ending + fade * beginning)
    return mixed.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Event:
    """A sound that begins at a sample of a longer one."""

    start: int
    gain: float
    blocks: Callable[[], Blocks]


def mixed(events: Iterable[Event], samples: int) -> Blocks:
    """Events, in the order of their beginnings, summed over `samples` samples; what is longer is cut off."""
    waiting = iter(events)
    following = next(waiting, None)
    sounding: list[tuple[Event, _Reader]] = []
    for begin in range(0, samples, MIX_BLOCK_FRAMES):
        end = min(samples, begin + MIX_BLOCK_FRAMES)
        while following is not None and following.start < end:
            sounding.append((following, _Reader(following.blocks())))
            following = next(waiting, None)
        block = np.zeros((1, end - begin), np.float32)
        still = []
        for event, reader in sounding:
            offset = max(0, event.start - begin)
            part = reader.read(end - begin - offset)
            block[:, offset : offset + part.shape[1]] += np.float32(event.gain) * part
            if offset + part.shape[1] == end - begin:
                still.append((event, reader))
        sounding = still
        yield block


class _Reader:
    """Reads a stream in pieces of a chosen size."""

    def __init__(self, blocks: Iterable[Sound]) -> None:
        self._blocks = iter(blocks)
        self._left: Sound = np.zeros((1, 0), np.float32)

    def read(self, frames: int) -> Sound:
        """The next `frames` samples; fewer at the end."""
        parts, count = [self._left], self._left.shape[1]
        while count < frames and (block := next(self._blocks, None)) is not None:
            parts.append(block)
            count += block.shape[1]
        joined = np.concatenate(parts, axis=1)
        self._left = joined[:, frames:]
        return joined[:, :frames]

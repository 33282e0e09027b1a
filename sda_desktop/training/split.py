"""Which sounds, or which parts of them, the model never trains on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FEW_FILES, SOME_FILES, MANY_FILES = 8, 50, 200
# A single file keeps this share of its end for validation; slices of several files this share of a place.
TIME_SHARE = 0.15
SLICE_SHARE = 0.1
MIN_SLICED_S = 2.0  # shorter sounds are not cut; they are trained on whole


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a sound: samples start to end of the sound with that index."""

    sound: int
    start: int
    end: int

    @property
    def frames(self) -> int:
        """Length in samples."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Split:
    """What is trained on and what is measured on."""

    train: tuple[Segment, ...]
    validation: tuple[Segment, ...]
    by_time: bool
    held_out: bool  # False when validation sounds are also trained on: nothing was long enough to slice

    @property
    def validation_sounds(self) -> list[int]:
        """Indices of the sounds that are measured on, ascending."""
        return sorted({segment.sound for segment in self.validation})


def validation_count(files: int) -> int:
    """How many of so many files are held out: one below 8, then 20, 15 and 10 per cent."""
    if files < 2:
        return 0
    if files < FEW_FILES:
        return 1
    share = 0.2 if files < SOME_FILES else 0.15 if files < MANY_FILES else 0.1
    return max(1, round(share * files))


def split_sounds(
    lengths: Sequence[int], contents: Sequence[str], rate_hz: int, seed: int, *, by_time: bool = False
) -> Split:
    """Split sounds of the given lengths (samples).  Equal `contents` are exact duplicates and stay together.

    Deterministic by seed.  With fewer than two different sounds, or on request, the split is by time.
    Raises ValueError without any sound.
    """
    if not lengths:
        raise ValueError("there is nothing to split")
    groups: dict[str, list[int]] = defaultdict(list)
    for index, content in enumerate(contents):
        groups[content].append(index)
    if by_time or len(groups) < 2:
        return _split_by_time(lengths, rate_hz, seed, alone=len(groups) < 2)

    wanted = validation_count(len(lengths))
    held_out: set[int] = set()
    # Names decide nothing: the order is that of the contents, shuffled by the seed.
    order = sorted(groups)
    np.random.default_rng([seed, 1]).shuffle(order)
    for content in order[:-1]:  # one group is always left to train on
        if len(held_out) >= wanted:
            break
        held_out.update(groups[content])
    whole = [Segment(i, 0, length) for i, length in enumerate(lengths)]
    return Split(
        tuple(s for s in whole if s.sound not in held_out),
        tuple(s for s in whole if s.sound in held_out),
        by_time=False,
        held_out=True,
    )


def _split_by_time(lengths: Sequence[int], rate_hz: int, seed: int, *, alone: bool) -> Split:
    rng = np.random.default_rng([seed, 2])
    train: list[Segment] = []
    validation: list[Segment] = []
    for sound, length in enumerate(lengths):
        if length < MIN_SLICED_S * rate_hz:
            train.append(Segment(sound, 0, length))
            continue
        size = int((TIME_SHARE if alone else SLICE_SHARE) * length)
        start = length - size if alone else int(rng.integers(0, length - size))
        validation.append(Segment(sound, start, start + size))
        around = (Segment(sound, 0, start), Segment(sound, start + size, length))
        train.extend(part for part in around if part.frames > 0)
    held_out = bool(validation)
    if not held_out:  # every sound is too short to be cut
        validation = list(train)
    return Split(tuple(train), tuple(validation), by_time=True, held_out=held_out)

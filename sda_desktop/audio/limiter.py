"""A peak limiter for sounds that are made block by block.

Generated sounds reach beyond full scale now and then.  The limiter looks a few milliseconds ahead and turns
the level down before the peak comes, in one smooth bend, and up again slowly after it.  How a sound is cut
into blocks changes nothing: the gain is reckoned in whole numbers, whose sums have no rounding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sda_desktop.errors import BadInputError
from sda_desktop.words import say

CEILING = 0.98
LOOK_AHEAD_S = 0.003
RELEASE_S = 0.5
_ONE = 1 << 40  # a gain of one, as a whole number


class PeakLimiter:
    """Keeps what it is given at or below `ceiling`; a sound that stays below it comes out bit for bit.

    A sample comes out once LOOK_AHEAD_S more have gone in; nothing else is kept.  ceiling: an amplitude, 1.0
    is full scale.  release_s: how long the gain would take from zero back to one (it rises in a straight
    line).  All channels get the same gain.
    """

    def __init__(
        self,
        ceiling: float = CEILING,
        sample_rate_hz: int = 44_100,
        *,
        channels: int = 1,
        release_s: float = RELEASE_S,
    ) -> None:
        if not 0 < ceiling <= 1:
            raise ValueError(f"The ceiling {ceiling} is not between 0 and 1.")
        exact = np.float32(ceiling)
        self._ceiling = np.nextafter(exact, np.float32(0)) if float(exact) > ceiling else exact
        self._ahead = ahead = max(2, int(LOOK_AHEAD_S * sample_rate_hz))
        self._rise = max(1, round(_ONE / (release_s * sample_rate_hz)))
        # Two moving averages, one after the other, which together span the look-ahead.
        self._widths = (ahead // 2 + 1, ahead - ahead // 2 + 1)
        self._waiting = np.zeros((channels, ahead), np.float32)
        self._wanted = np.zeros(ahead, np.int64)
        self._held = 0
        self._averaged = [np.zeros(width - 1, np.int64) for width in self._widths]
        self._to_drop = ahead  # the zeros that were put before the beginning
        self._finished = False

    def add(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take (channels, n) samples and return those that are ready, (channels, m); m may be 0.

        Raises BadInputError for values that are not numbers.
        """
        if self._finished:
            raise ValueError("The limiter has finished.")
        block = np.asarray(block, np.float32)
        level = np.abs(block).max(axis=0, initial=0.0)
        if not np.isfinite(level).all():
            raise BadInputError(say("The sound holds values that are not numbers."), say("Make it anew."))
        samples = np.concatenate([self._waiting, block], axis=1)
        self._waiting = samples[:, block.shape[1] :].copy()
        ready = samples[:, : block.shape[1]]
        lowered = self._lowered(self._too_much(level))
        if lowered.any():
            gain = (_ONE - lowered) / _ONE
            ready = np.clip((ready * gain).astype(np.float32), -self._ceiling, self._ceiling)
        dropped = min(self._to_drop, ready.shape[1])
        self._to_drop -= dropped
        return np.array(ready[:, dropped:], np.float32)

    def finish(self) -> NDArray[np.float32]:
        """The rest, (channels, m): what came out is then as long as what went in."""
        rest = self.add(np.zeros_like(self._waiting))
        self._finished = True
        return rest

    def _too_much(self, level: NDArray[np.float32]) -> NDArray[np.int64]:
        """By how much the gain must be lowered at each sample for it alone, as whole numbers, rounded up."""
        over = np.maximum(level.astype(np.float64), float(self._ceiling))
        return np.ceil((1.0 - float(self._ceiling) / over) * _ONE).astype(np.int64)

    def _lowered(self, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
        """By how much the gain is lowered at the samples that are ready, as many as went in.

        It is the largest of what any sample within the look-ahead asks for, falling back slowly, averaged
        over the look-ahead: at a peak every value that is averaged is at least what the peak needs.
        """
        frames = wanted.size
        wanted = np.concatenate([self._wanted, wanted])
        self._wanted = wanted[frames:].copy()
        if not self._held and not wanted.any() and not any(past.any() for past in self._averaged):
            return np.zeros(frames, np.int64)
        fallen = self._rise * np.arange(frames + 1)
        held = np.concatenate([[self._held], _sliding_maximum(wanted, self._ahead + 1)])
        held = np.maximum(np.maximum.accumulate(held + fallen) - fallen, 0)[1:]
        if frames:
            self._held = int(held[-1])
        for number, width in enumerate(self._widths):
            held = np.concatenate([self._averaged[number], held])
            self._averaged[number] = held[frames:].copy()
            sums = np.cumsum(np.concatenate([[0], held]))
            # Rounded up, so that the ceiling holds.
            held = -((sums[:-width] - sums[width:]) // width)
        return held


def _sliding_maximum(values: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """The largest of every `width` values in a row, (n - width + 1,)."""
    spanned = 1
    while spanned < width:
        step = min(spanned, width - spanned)
        values = np.maximum(values[:-step], values[step:])
        spanned += step
    return values

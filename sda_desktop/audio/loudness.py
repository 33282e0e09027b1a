"""How loud a sound is to the ear: gated loudness after ITU-R BS.1770-4, for comparing at equal loudness.

The K weighting is applied to each block's power spectrum instead of as two filters in time, so that one
block needs one FFT.  Sounds shorter than a block count as one block.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BLOCK_S = 0.4
STEP_S = 0.1
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
_OFFSET_DB = -0.691

# The standard's two filters at 48 kHz (tables 1 and 2): the head's shelf, and the low cut.
_FILTER_HZ = 48_000
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_LOW_CUT = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@lru_cache(maxsize=16)
def _k_weighting(block_frames: int, sample_rate_hz: int) -> NDArray[np.float64]:
    """The squared gain at each frequency of an rfft of block_frames; above 24 kHz that of 24 kHz."""
    hz = np.minimum(np.fft.rfftfreq(block_frames, 1 / sample_rate_hz), _FILTER_HZ / 2)
    z = np.exp(-2j * np.pi * hz / _FILTER_HZ)
    gain = np.ones(len(hz), np.complex128)
    for numerator, denominator in (_SHELF, _LOW_CUT):
        gain *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    weights: NDArray[np.float64] = np.abs(gain) ** 2
    # An rfft holds each frequency once but for the first and the last: count the others twice.
    weights[1 : (block_frames + 1) // 2] *= 2
    return weights


class LoudnessMeter:
    """Integrated loudness of a sound that is given in blocks; it keeps one number per STEP_S of sound."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._block = round(BLOCK_S * sample_rate_hz)
        self._step = max(1, round(STEP_S * sample_rate_hz))
        self._sample_rate_hz = sample_rate_hz
        self._powers: list[float] = []
        self._rest: NDArray[np.float32] | None = None  # (channels, frames) that belong to a block to come

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take the next (channels, frames)."""
        if self._rest is not None:
            samples = np.concatenate([self._rest, samples], axis=1)
        start = 0
        while samples.shape[1] - start >= self._block:
            self._powers.append(self._power(samples[:, start : start + self._block]))
            start += self._step
        self._rest = samples[:, start:].copy()

    def lufs(self) -> float:
        """The loudness of what was given so far in LUFS; -inf where nothing is above the absolute gate."""
        found = self._powers
        if not found and self._rest is not None and self._rest.shape[1]:
            found = [self._power(self._rest)]
        powers = np.asarray(found)
        levels = _OFFSET_DB + 10 * np.log10(np.maximum(powers, 1e-12))
        powers = powers[levels > ABSOLUTE_GATE_LUFS]
        if len(powers) == 0:
            return float("-inf")
        gate = 10 * np.log10(powers.mean()) + RELATIVE_GATE_LU
        loud = powers[10 * np.log10(powers) > gate]
        return float(_OFFSET_DB + 10 * np.log10(loud.mean()))

    def _power(self, block: NDArray[np.float32]) -> float:
        """Weighted mean square of one block, summed over the channels."""
        spectrum = np.fft.rfft(block, axis=1)
        weights = _k_weighting(block.shape[1], self._sample_rate_hz)
        total = float(((spectrum.real**2 + spectrum.imag**2) @ weights).sum())
        return total / float(block.shape[1] ** 2)


def loudness_lufs(samples: NDArray[np.float32], sample_rate_hz: int) -> float:
    """Integrated loudness of (channels, frames) in LUFS; -inf where nothing is above the absolute gate."""
    meter = LoudnessMeter(sample_rate_hz)
    meter.add(np.atleast_2d(samples))
    return meter.lufs()

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


def loudness_lufs(samples: NDArray[np.float32], sample_rate_hz: int) -> float:
    """Integrated loudness of (channels, frames) in LUFS; -inf where nothing is above the absolute gate."""
    powers = _block_powers(np.atleast_2d(samples), sample_rate_hz)
    levels = _OFFSET_DB + 10 * np.log10(np.maximum(powers, 1e-12))
    powers = powers[levels > ABSOLUTE_GATE_LUFS]
    if len(powers) == 0:
        return float("-inf")
    gate = 10 * np.log10(powers.mean()) + RELATIVE_GATE_LU
    loud = powers[10 * np.log10(powers) > gate]
    return float(_OFFSET_DB + 10 * np.log10(loud.mean()))


def _block_powers(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float64]:
    """Weighted mean square of every block, summed over the channels."""
    frames = samples.shape[1]
    if frames == 0:
        return np.zeros(0)
    block = min(frames, round(BLOCK_S * sample_rate_hz))
    step = max(1, round(STEP_S * sample_rate_hz))
    weights = _k_weighting(block, sample_rate_hz)
    powers = []
    for start in range(0, frames - block + 1, step):
        spectrum = np.fft.rfft(samples[:, start : start + block], axis=1)
        powers.append(float(((spectrum.real**2 + spectrum.imag**2) @ weights).sum()) / block**2)
    return np.asarray(powers)

"""Phases to start from: peak-locked integration of the phase gradient, for all frames at once."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# The Gaussian closest to a Hann window: gamma = HANN_GAMMA * length^2 (Prusa, Balazs and Sondergaard, 2017).
HANN_GAMMA = 0.25645
ONSET_NEPERS = 4.0  # a peak that rises by more in one frame begins anew
DYNAMIC_RANGE = 1e-5  # below the largest magnitude, slopes are of the floor and not of the sound

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


class Before(NamedTuple):
    """The frame before the first: where its phases are known already, the new ones go on from them."""

    magnitudes: Floats  # (bins,)
    phases: Floats  # (bins,) radians


class _Peaks(NamedTuple):
    """The spectral peaks of all frames, in order; places are flat indices into (frames, bins)."""

    peak_of_place: Places  # for every place, the number of its peak
    place: Places  # (peaks,)
    frame: Places  # (peaks,)
    first: Places  # (frames,) number of the first peak of each frame


def initial_phases(
    magnitudes: Floats, fft_samples: int, hop_samples: int, before: Before | None = None
) -> Floats:
    """Phases that fit the magnitudes: (frames, bins) -> (frames, bins), radians.

    For a Gaussian window the phase's derivatives follow from the log magnitude's: the derivative over time
    from the slope over frequency, and the other way round.  Each spectral peak carries its own phase from
    frame to frame; the bins around it are tied to it by integrating over frequency.  At an onset a peak
    takes its phase from the strongest peak that continues, or starts at zero.
    """
    if before is not None:
        magnitudes = np.concatenate([before.magnitudes[None], magnitudes])
    frames, bins = magnitudes.shape
    log = np.log(np.maximum(magnitudes, float(magnitudes.max()) * DYNAMIC_RANGE + 1e-12))
    ratio = fft_samples / hop_samples * HANN_GAMMA
    # What a bin's centre advances in a frame is a whole number of turns and this:
    turns = np.arange(bins) * hop_samples % fft_samples / fft_samples
    advance = _slope(log) / np.float32(ratio) + (2 * math.pi * turns).astype(np.float32)
    climb = _climb(_slope(log.T).T, ratio)
    # The formulas count time from the start of a frame; a centred STFT counts from its middle.
    half_turns = np.float32(math.pi) * (np.arange(bins) % 2).astype(np.float32)
    if before is not None:
        climb[0] = before.phases + half_turns
    peaks = _find_peaks(log)
    at_peak = _phase_of_peaks(peaks, log, advance, climb)
    offset = np.remainder(at_peak - climb.reshape(-1)[peaks.place], 2 * math.pi).astype(np.float32)
    phases: Floats = offset[peaks.peak_of_place].reshape(frames, bins)
    phases += climb
    phases -= half_turns
    return phases if before is None else phases[1:]


def _slope(values: Floats) -> Floats:
    """Central difference along the last axis; at both ends half the difference to the only neighbour."""
    difference = np.empty_like(values)
    np.subtract(values[:, 2:], values[:, :-2], out=difference[:, 1:-1])
    if values.shape[1] > 1:
        difference[:, 0] = values[:, 1] - values[:, 0]
        difference[:, -1] = values[:, -1] - values[:, -2]
    else:
        difference[:] = 0
    difference *= np.float32(0.5)
    return difference


def _climb(slope_over_time: Floats, ratio: float) -> Floats:
    """The phase's derivative over frequency, integrated from the lowest bin: (frames, bins)."""
    over_frequency = slope_over_time * np.float32(-ratio)
    climb = np.zeros(over_frequency.shape, np.float32)
    np.add(over_frequency[:, 1:], over_frequency[:, :-1], out=climb[:, 1:])
    climb *= np.float32(0.5)
    np.cumsum(climb, axis=1, out=climb)
    return climb


def _find_peaks(log: Floats) -> _Peaks:
    """For each bin, the spectral peak it belongs to: the highest bin between two valleys."""
    frames, bins = log.shape
    begins = np.zeros((frames, bins), dtype=bool)
    begins[:, 0] = True
    begins[:, 1:-1] = (log[:, 1:-1] < log[:, :-2]) & (log[:, 1:-1] <= log[:, 2:])
    starts = np.flatnonzero(begins)
    peak_of_place = np.repeat(np.arange(len(starts)), np.diff(starts, append=frames * bins))
    flat = log.reshape(-1)
    tops = np.flatnonzero(flat >= np.maximum.reduceat(flat, starts)[peak_of_place])
    place = np.empty(len(starts), np.intp)
    place[peak_of_place[tops]] = tops
    return _Peaks(peak_of_place, place, place // bins, peak_of_place[::bins])


def _phase_of_peaks(peaks: _Peaks, log: Floats, advance: Floats, climb: Floats) -> NDArray[np.float64]:
    """The phase of each peak.

    Every peak has its phase from one peak of the frame before, plus a difference that does not depend on
    phases; so the chains back to the first frame are summed for all peaks at once, in steps of 1, 2, 4 ...
    frames.
    """
    frames, bins = log.shape
    levels, advances, climbs = log.reshape(-1), advance.reshape(-1), climb.reshape(-1)
    now, own_climb = levels[peaks.place], climbs[peaks.place].astype(np.float64)
    none = len(peaks.place)  # a source that adds nothing
    earlier = np.maximum(peaks.place - bins, 0)
    source = peaks.peak_of_place[earlier]
    gain: NDArray[np.float64] = (advances[earlier] + advances[peaks.place]).astype(np.float64) / 2
    gain += climbs[earlier].astype(np.float64) - own_climb[source]
    continues = (now - levels[earlier] < ONSET_NEPERS) & (peaks.frame > 0)
    anchor = _anchors(peaks, now, continues)[peaks.frame]
    anchored, free = ~continues & (anchor >= 0), ~continues & (anchor < 0)
    other = anchor[anchored]
    gain[anchored] = gain[other] - own_climb[other] + own_climb[anchored]
    source[anchored] = source[other]
    gain[free], source[free] = own_climb[free], none
    gain, source = np.append(gain, 0.0), np.append(source, none)
    reach = 1
    while reach < frames:
        gain += gain[source]
        source = source[source]
        reach *= 2
    return gain[:-1]


def _anchors(peaks: _Peaks, now: Floats, continues: NDArray[np.bool_]) -> Places:
    """For each frame the strongest peak that continues, unless it is weak beside a new one: then -1."""
    held = np.where(continues, now, -np.inf)
    strongest = np.maximum.reduceat(held, peaks.first)
    is_strongest = np.flatnonzero((held == strongest[peaks.frame]) & continues)[::-1]
    anchor = np.full(len(peaks.first), -1, np.intp)
    anchor[peaks.frame[is_strongest]] = is_strongest
    anchor[strongest <= np.maximum.reduceat(now, peaks.first) - ONSET_NEPERS] = -1
    return anchor

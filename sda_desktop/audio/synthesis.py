"""From magnitude spectrograms to waveforms.

Phases start from a peak-locked phase-gradient integration and are refined by a few iterations of fast
Griffin-Lim (Perraudin, Balazs and Sondergaard, 2013).
"""

from __future__ import annotations

import math
import threading

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sda_desktop.audio.spectrogram import AudioSpectrogram
from sda_desktop.errors import Cancelled

ITERATIONS = 16
MOMENTUM = 0.99
# The Gaussian closest to a Hann window: gamma = HANN_GAMMA * length^2 (Prusa, Balazs and Sondergaard, 2017).
HANN_GAMMA = 0.25645
ONSET_NEPERS = 4.0  # a peak that rises by more in one frame begins anew
QUIET = 2e-5  # magnitudes below are mostly the model's floor, not sound
QUIET_SHARE = 0.3

Phases = NDArray[np.float64]


def _slope(values: Phases, axis: int) -> Phases:
    """Central difference per bin or frame along `axis`, one half at the edges' inner side."""
    widths = [(0, 0), (0, 0)]
    widths[axis] = (1, 1)
    padded = np.pad(values, widths, mode="edge")
    ahead = np.take(padded, range(2, padded.shape[axis]), axis)
    behind = np.take(padded, range(padded.shape[axis] - 2), axis)
    difference: Phases = (ahead - behind) / 2
    return difference


def _peak_of_bin(log_frame: Phases) -> NDArray[np.intp]:
    """For each bin, the bin of the spectral peak it belongs to: the highest between two valleys."""
    inner = log_frame[1:-1]
    is_valley = np.zeros(len(log_frame), dtype=bool)
    is_valley[1:-1] = (inner < log_frame[:-2]) & (inner <= log_frame[2:])
    region = np.cumsum(is_valley)
    starts = np.concatenate([[0], np.flatnonzero(is_valley)])
    highest = np.maximum.reduceat(log_frame, starts)
    peaks = np.empty(len(starts), dtype=np.intp)
    tops = np.flatnonzero(log_frame >= highest[region])
    peaks[region[tops]] = tops
    owner: NDArray[np.intp] = peaks[region]
    return owner


def initial_phases(magnitudes: NDArray[np.float32], fft_samples: int, hop_samples: int) -> Phases:
    """Phases that fit the magnitudes: (bins, frames) -> (bins, frames), radians.

    For a Gaussian window the phase's derivatives follow from the log magnitude's: the derivative over time
    from the slope over frequency, and the other way round.  Each spectral peak carries its own phase from
    frame to frame; the bins around it are tied to it by integrating over frequency.  At an onset a peak
    takes its phase from the strongest peak that continues, or starts at zero.
    """
    bins, frames = magnitudes.shape
    log = np.log(np.maximum(magnitudes.astype(np.float64), float(magnitudes.max()) * 1e-5 + 1e-12))
    gamma = HANN_GAMMA * fft_samples**2
    ratio = hop_samples * fft_samples / gamma
    bin_index = np.arange(bins)[:, None]
    advance = ratio * _slope(log, 0) + 2 * math.pi * hop_samples / fft_samples * bin_index
    over_frequency = -_slope(log, 1) / ratio
    climb = np.zeros_like(log)
    climb[1:] = np.cumsum((over_frequency[1:] + over_frequency[:-1]) / 2, axis=0)

    phases = np.zeros_like(log)
    for frame in range(frames):
        now = log[:, frame]
        peak_of_bin = _peak_of_bin(now)
        peaks = np.unique(peak_of_bin)
        at_peak = np.zeros(bins)
        if frame == 0:
            at_peak[peaks] = climb[peaks, 0]
        else:
            carried = phases[peaks, frame - 1] + (advance[peaks, frame - 1] + advance[peaks, frame]) / 2
            rise = now[peaks] - log[peaks, frame - 1]
            continues = rise < ONSET_NEPERS
            anchor = 0.0
            if continues.any() and not continues.all():
                steady = np.flatnonzero(continues)
                strongest = steady[np.argmax(now[peaks[steady]])]
                if now[peaks[strongest]] > now.max() - ONSET_NEPERS:
                    anchor = carried[strongest] - climb[peaks[strongest], frame]
            at_peak[peaks] = np.where(continues, carried, anchor + climb[peaks, frame])
        phases[:, frame] = at_peak[peak_of_bin] + climb[:, frame] - climb[peak_of_bin, frame]
    # The formulas count time from the start of a frame; a centred STFT counts from its middle.
    centred: Phases = phases - math.pi * bin_index
    return centred


@torch.no_grad()
def synthesize(
    spectrogram: AudioSpectrogram,
    warped: Tensor,
    samples: int,
    *,
    iterations: int = ITERATIONS,
    stop: threading.Event | None = None,
) -> Tensor:
    """Warped magnitudes (T, W) on the CPU -> waveform (samples,).

    Frames beyond the given ones are silent.  Raises Cancelled when `stop` is set between iterations.
    """
    config = spectrogram.config
    magnitudes = spectrogram.unwarp(warped).T.contiguous()
    magnitudes = torch.where(magnitudes < QUIET, magnitudes * QUIET_SHARE, magnitudes)
    rendered = min(samples, config.samples_for(magnitudes.shape[1]))
    phases = initial_phases(magnitudes.numpy(), config.fft_samples, config.hop_samples)
    unit = torch.polar(torch.ones_like(magnitudes), torch.from_numpy(phases).float())
    magnitudes = magnitudes / spectrogram.scale
    length = config.samples_for(magnitudes.shape[1])
    if length < config.fft_samples // 2:  # a single frame: too short for an overlap
        magnitudes = torch.cat([magnitudes] + [torch.zeros_like(magnitudes)] * 7, 1)
        unit = torch.cat([unit] + [torch.ones_like(unit)] * 7, 1)
        length = config.samples_for(magnitudes.shape[1])
    before = torch.zeros_like(unit)
    share = MOMENTUM / (1 + MOMENTUM)
    for _ in range(iterations):
        if stop is not None and stop.is_set():
            raise Cancelled
        consistent = spectrogram.stft(spectrogram.istft(magnitudes * unit, length))
        ahead = consistent - share * before
        unit = ahead / (ahead.abs() + 1e-16)
        before = consistent
    wave = spectrogram.istft(magnitudes * unit, length)[:rendered]
    return torch.nn.functional.pad(wave, (0, samples - rendered))

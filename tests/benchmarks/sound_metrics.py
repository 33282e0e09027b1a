"""How far one sound is from another, and how varied a set of sounds is.

Plain numpy, so that any engine is scored alike.

All spectra are of centred frames with reflected ends under a periodic Hann window, scaled so that a
full-scale sine reads 0 dB; n_fft 2048 and hop 512 where nothing else is said.

L1 dB      mean difference of 128-band HTK log-mel spectrograms (amplitudes, floor -80 dB)
MR-STFT    mean difference of natural-log magnitudes at n_fft 512, 1024 and 2048, of sounds at the same level
level dB   RMS level of the estimate against the reference
envelope   mean difference of the course of the level: the energy of each frame, dB, with a floor 60 dB under
           the reference's loudest frame
flatness   how noise-like a sound is inside ten bands of equal width in mel: geometric over arithmetic mean of
           the powers, dB, mean over the frames within 60 dB of the loudest; blur brings it nearer to 0
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float64]

FFT, HOP = 2048, 512
FLOOR = 1e-4
MEL_BANDS = 128
ACTIVE_DB = 60.0
FLATNESS_BANDS = 10
SILENT_CHUNK_DB = -60.0
COMPARED_RMS = 0.1  # sets of sounds are compared at this level


def magnitudes(wave: Wave, fft: int = FFT, hop: int = HOP) -> Wave:
    """Centred STFT magnitudes (bins, frames), a full-scale sine reads 1."""
    if len(wave) <= fft // 2:
        wave = np.pad(wave, (0, fft // 2 + 1 - len(wave)))
    padded = np.pad(wave, fft // 2, mode="reflect")
    window = np.hanning(fft + 1)[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(padded, fft)[::hop]
    result: Wave = np.abs(np.fft.rfft(frames * window, axis=1)).T * (2 / window.sum())
    return result


def mel_edges_hz(rate_hz: int, edges: int) -> Wave:
    """Frequencies equally far apart on the HTK mel scale, from 0 to half the rate."""
    top = 2595 * np.log10(1 + rate_hz / 2 / 700)
    result: Wave = 700 * (10 ** (np.linspace(0, top, edges) / 2595) - 1)
    return result


@lru_cache(maxsize=4)
def mel_filters(rate_hz: int, fft: int = FFT) -> Wave:
    """HTK triangles without area normalisation, (MEL_BANDS, bins)."""
    frequencies = np.linspace(0, rate_hz // 2, fft // 2 + 1)
    edges = mel_edges_hz(rate_hz, MEL_BANDS + 2)
    rising = (frequencies - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - frequencies) / np.diff(edges)[1:, None]
    result: Wave = np.clip(np.minimum(rising, falling), 0, None)
    return result


def log_mel_db(wave: Wave, rate_hz: int) -> Wave:
    """Log-mel spectrogram (MEL_BANDS, frames), dB."""
    level = np.sqrt(mel_filters(rate_hz) @ magnitudes(wave) ** 2)
    result: Wave = 20 * np.log10(np.maximum(level, FLOOR))
    return result


def rms(wave: Wave) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(wave**2) + 1e-20))


def log_mel_l1_db(reference: Wave, estimate: Wave, rate_hz: int) -> float:
    """Mean difference of the log-mel spectrograms, dB."""
    return float(np.abs(log_mel_db(reference, rate_hz) - log_mel_db(estimate, rate_hz)).mean())


def mr_stft(reference: Wave, estimate: Wave) -> float:
    """Mean difference of natural-log magnitudes at three resolutions, at matched level."""
    matched = estimate * (rms(reference) / max(rms(estimate), 1e-9))
    differences = []
    for fft in (512, 1024, 2048):
        a, b = (np.log(magnitudes(w, fft, fft // 4) + 1e-5) for w in (reference, matched))
        differences.append(np.abs(a - b).mean())
    return float(np.mean(differences))


def frame_levels_db(wave: Wave) -> Wave:
    """Energy of each frame, dB."""
    result: Wave = 10 * np.log10((magnitudes(wave) ** 2).sum(0) + 1e-20)
    return result


def envelope_error_db(reference: Wave, estimate: Wave) -> float:
    """Mean difference of the frames' energies, both with a floor ACTIVE_DB under the reference's loudest."""
    a, b = frame_levels_db(reference), frame_levels_db(estimate)
    floor = a.max() - ACTIVE_DB
    return float(np.abs(np.maximum(a, floor) - np.maximum(b, floor)).mean())


def flatness_db(wave: Wave, rate_hz: int) -> float:
    """Spectral flatness inside bands of equal width in mel, over the frames that are not silent, dB."""
    power = np.maximum(magnitudes(wave) ** 2, 1e-12)
    energy = power.sum(0)
    power = power[:, energy > energy.max() * 10 ** (-ACTIVE_DB / 10)]
    frequencies = np.linspace(0, rate_hz / 2, len(power))
    edges = mel_edges_hz(rate_hz, FLATNESS_BANDS + 1)
    bands = [power[(frequencies >= low) & (frequencies < high)] for low, high in pairwise(edges)]
    return float(np.mean([10 * (np.log10(band).mean(0) - np.log10(band.mean(0))) for band in bands]))


def course_db(wave: Wave, rate_hz: int, window_s: float = 0.005, step_s: float = 0.001) -> Wave:
    """RMS level over a short window at every step, dB."""
    width, step = round(window_s * rate_hz), round(step_s * rate_hz)
    padded = np.pad(wave, (width // 2, width))
    frames = np.lib.stride_tricks.sliding_window_view(padded, width)[::step]
    result: Wave = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    return result[: max(1, len(wave) // step)]


def attack_and_decay_s(wave: Wave, rate_hz: int) -> tuple[float, float]:
    """When a sound first comes within 6 dB of its loudest moment, and when it is last within 20 dB of it."""
    course = course_db(wave, rate_hz)
    loud, audible = (np.flatnonzero(course >= course.max() - below) for below in (6.0, 20.0))
    return float(loud[0]) / 1000, float(audible[-1]) / 1000


def score(reference: Wave, estimate: Wave, rate_hz: int) -> dict[str, float]:
    """All figures of one sound, both brought by the same gain to where the reference peaks at 1.

    A shorter estimate is continued with silence, a longer one is cut.
    """
    gain = 1 / max(float(np.abs(reference).max()), 1e-9)
    reference, estimate = reference * gain, fitted(estimate, len(reference)) * gain
    return {
        "L1 dB": log_mel_l1_db(reference, estimate, rate_hz),
        "MR-STFT": mr_stft(reference, estimate),
        "level dB": 20 * np.log10(rms(estimate) / rms(reference)),
        "envelope dB": envelope_error_db(reference, estimate),
        "flatness dB": flatness_db(estimate, rate_hz),
    }


def fitted(wave: Wave, samples: int) -> Wave:
    """Cut, or padded with silence, to a length."""
    return np.pad(wave[:samples], (0, max(0, samples - len(wave))))


def chunks(wave: Wave, rate_hz: int, seconds: float = 1.0) -> list[Wave]:
    """Consecutive pieces brought to full scale, the last one padded with silence, without the silent ones."""
    length = round(seconds * rate_hz)
    pieces = [fitted(wave[start : start + length], length) for start in range(0, len(wave), length)]
    heard = [piece for piece in pieces if 20 * np.log10(rms(piece)) > SILENT_CHUNK_DB]
    return [piece / np.abs(piece).max() for piece in heard]


def compared_spectra(waves: Sequence[Wave], rate_hz: int) -> Wave:
    """Log-mel spectrograms (sounds, MEL_BANDS, frames) of equally long sounds, all at the same level."""
    return np.stack([log_mel_db(wave * (COMPARED_RMS / max(rms(wave), 1e-9)), rate_hz) for wave in waves])


def pairwise_db(spectra: Wave) -> float:
    """Mean difference between the sounds of a set, dB: how varied it is.  spectra: of `compared_spectra`."""
    distances = [
        np.abs(spectra[index + 1 :] - spectra[index]).mean((1, 2)) for index in range(len(spectra) - 1)
    ]
    return float(np.concatenate(distances).mean())


def nearest_db(spectra: Wave, among: Wave) -> tuple[float, float]:
    """How far each sound is from the nearest of another set (mean, dB), and the share of that set which is
    some sound's nearest, against the most that so many sounds could reach."""
    distances = np.stack([np.abs(among - one).mean((1, 2)) for one in spectra])
    reached = len(set(distances.argmin(1).tolist()))
    return float(distances.min(1).mean()), reached / min(spectra.shape[0], among.shape[0])

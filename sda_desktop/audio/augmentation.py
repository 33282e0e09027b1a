"""Cheap variations of the training sounds, made anew for every step.

Varispeed, gain and noise work on waveforms as they are cropped; the EQ works on magnitudes, so it cannot
clip.  Gain comes after every normalisation, so none undoes it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import soxr
import torch
from numpy.typing import NDArray
from torch import Tensor

NO_NOISE_DB = -120.0
NOISY_SHARE = 0.25
EQ_SHARE = 0.5
VARISPEED_SHARE = 0.5
_NEPERS_PER_DB = math.log(10) / 20
_EQ_CURVES = 5  # cosines over the log-frequency axis, from a plain tilt to gentle ripples


@dataclass(frozen=True, slots=True)
class AugmentationConfig:
    """Strengths, in the units of the hyperparameter table."""

    gain_db: float = 3.0
    varispeed_semitones: float = 2.0
    late_onset: float = 0.2
    eq_tilt_db: float = 1.0
    noise_db: float = -80.0


NO_AUGMENTATION = AugmentationConfig(0.0, 0.0, 0.0, 0.0, NO_NOISE_DB)


def random_speed(rng: np.random.Generator, config: AugmentationConfig) -> float:
    """1.0 for about half of the crops, otherwise a playback speed within the varispeed range."""
    if config.varispeed_semitones == 0 or rng.random() >= VARISPEED_SHARE:
        return 1.0
    semitones = rng.uniform(-config.varispeed_semitones, config.varispeed_semitones)
    return float(2 ** (semitones / 12))


def change_speed(samples: NDArray[np.float32], speed: float) -> NDArray[np.float32]:
    """Band-limited resampling, (channels, n) -> (channels, about n / speed): pitch and speed together."""
    faster: NDArray[np.float32] = soxr.resample(samples.T, speed, 1.0, quality="HQ").T
    return faster


def random_gain_and_noise(rng: np.random.Generator, config: AugmentationConfig) -> tuple[float, float]:
    """A gain, and the level of the noise to be added: 0 for most crops."""
    gain = 10 ** (-rng.random() * config.gain_db / 20)
    is_noisy = config.noise_db > NO_NOISE_DB and rng.random() < NOISY_SHARE
    return gain, 10 ** (config.noise_db / 20) if is_noisy else 0.0


def gain_and_noise(
    samples: NDArray[np.float32], rng: np.random.Generator, config: AugmentationConfig
) -> NDArray[np.float32]:
    """Attenuate by up to gain_db, add noise to some crops, and keep the peak within full scale."""
    gain, level = random_gain_and_noise(rng, config)
    varied = samples * np.float32(gain)
    if level:
        varied += np.float32(level) * rng.standard_normal(varied.shape, dtype=np.float32)
    peak = float(np.abs(varied).max(initial=0.0))
    return varied / np.float32(peak) if peak > 1 else varied


def random_eq(
    magnitudes: Tensor, centre_hz: Tensor, generator: torch.Generator, config: AugmentationConfig
) -> Tensor:
    """A smooth random EQ curve on half of the crops, never above 0 dB.  magnitudes: (B, T, W)."""
    if config.eq_tilt_db == 0:
        return magnitudes
    count = len(magnitudes)
    octaves = torch.log2(centre_hz.clamp_min(40.0) / 40.0)
    place = octaves / octaves.max()
    orders = torch.arange(1, _EQ_CURVES + 1, device=magnitudes.device)
    curves = torch.cos(math.pi * orders[:, None] * place)  # (curves, W)
    where = generator.device
    amounts = torch.randn(count, _EQ_CURVES, generator=generator, device=where)
    amounts = amounts.to(magnitudes.device) / orders.sqrt()
    chosen = torch.rand(count, 1, generator=generator, device=where).to(magnitudes.device) < EQ_SHARE
    curve_db = config.eq_tilt_db * (amounts @ curves) * chosen
    curve_db = curve_db - curve_db.amax(1, keepdim=True)
    return magnitudes * torch.exp(curve_db * _NEPERS_PER_DB).unsqueeze(1)

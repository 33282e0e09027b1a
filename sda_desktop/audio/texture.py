"""The fine grain of noise, for spectra that a model decoded.

What a decoder cannot know of a noisy sound, it averages: neighbouring bins come out equal, and a spectrum
that is smoother than any noise sounds like a machine.  In real noise the bins vary independently (Rayleigh),
so where a decoded spectrum is smoother than that, this grain is laid over it.  The energy around each bin
stays.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from sda_desktop.audio.spectrogram import AudioSpectrogram

LOOP_FRAMES = 1024  # the grain repeats after about 12 s
SEED = 0
# How uneven the power of noise is: the logarithm of its mean over its mean logarithm, nepers (Euler's gamma).
NOISE_UNEVENNESS = 0.5772
# Finding phases and keeping the energy both even the grain out.  So strong, smooth noise comes back as
# uneven as the true spectra of noise do.
STRENGTH = 1.4
# Also what is only partly too smooth gets most of the grain: smaller is more of it.
SHARPNESS = 0.3
LEAST_GRAIN = -4.0  # nepers: a bin is not silenced
# Lower bins are each a mel band or more of their own; grain there would be heard as a change of balance.
LOW_HZ, FULL_HZ = 500.0, 1000.0
COMPARED_BINS, KEPT_BINS = 6, 4  # to either side: where unevenness is measured, and energy kept


class NoiseTexture:
    """Lays grain over decoded magnitudes.  The same frame of the same sound always gets the same."""

    def __init__(self, spectrogram: AudioSpectrogram) -> None:
        generator = torch.Generator().manual_seed(SEED)
        noise = torch.randn(1, 1, spectrogram.config.samples_for(LOOP_FRAMES), generator=generator)
        grain = torch.log(spectrogram(noise.to(spectrogram.device))[0, 0] + 1e-9)  # (LOOP_FRAMES, W)
        self._grain = (grain - grain.mean(0)).clamp_min(LEAST_GRAIN)
        octaves = torch.log2(spectrogram.centre_hz.clamp_min(1.0) / LOW_HZ) / math.log2(FULL_HZ / LOW_HZ)
        self._weight = octaves.clamp(0, 1)  # (W,)

    def __call__(self, magnitudes: Tensor, first_frame: int) -> Tensor:
        """(T, W) warped magnitudes, of which the first is frame `first_frame` of its sound -> (T, W)."""
        power = magnitudes.square() + 1e-14
        uneven = torch.log(_around(power, COMPARED_BINS)) - _around(torch.log(power), COMPARED_BINS)
        missing = (1 - uneven / NOISE_UNEVENNESS).clamp_min(0)
        frames = (first_frame + torch.arange(len(magnitudes), device=power.device)) % LOOP_FRAMES
        grained = power * torch.exp(
            2 * self._weight * STRENGTH * missing.pow(SHARPNESS) * self._grain[frames]
        )
        return torch.sqrt(grained * _around(power, KEPT_BINS) / _around(grained, KEPT_BINS))


def _around(values: Tensor, bins: int) -> Tensor:
    """Mean over a bin and `bins` to either side of it, (T, W)."""
    padded = F.pad(values.unsqueeze(1), (bins, bins), mode="replicate")
    return F.avg_pool1d(padded, 2 * bins + 1, stride=1).squeeze(1)

"""From waveforms to warped magnitude spectrograms and back to linear bins.

The front end of the model: a centred STFT with a Hann window, scaled so that a full-scale sine reads 1, on
a frequency axis with fewer bins at the top.  Shapes: B batch, C audio channels, T frames, W warped bins.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from sda_desktop.torchaudio_shim import torchaudio_functional

LOG_FLOOR = 1e-5  # -100 dBFS: what is added to a magnitude before its logarithm


@dataclass(frozen=True, slots=True)
class SpectrogramConfig:
    """What the spectrogram of a model looks like; saved with it."""

    sample_rate_hz: int = 44_100
    fft_samples: int = 2048
    hop_samples: int = 512
    frames_per_step: int = 8  # frames per step of the latent sequence
    mel_bands: int = 128  # of the encoder's input
    loss_mel_bands: int = 80

    @property
    def step_seconds(self) -> float:
        """Duration of one step of the latent sequence."""
        return self.frames_per_step * self.hop_samples / self.sample_rate_hz

    def samples_for(self, frames: int) -> int:
        """Length of the waveform whose centred STFT has exactly `frames` frames."""
        return (frames - 1) * self.hop_samples

    def frames_for(self, samples: int) -> int:
        """The smallest whole number of latent steps, in frames, that covers `samples`."""
        steps = math.ceil((samples / self.hop_samples + 1) / self.frames_per_step)
        return self.frames_per_step * max(1, steps)

    def to_dict(self) -> dict[str, Any]:
        """All fields, for a checkpoint."""
        return asdict(self)


class AudioSpectrogram:
    """Waveform to warped magnitudes.

    The warped axis keeps the lowest eighth of the FFT's bins (to 5.5 kHz at 44.1 kHz), joins the second
    eighth in pairs and the upper half in fours, by root mean power: 512 instead of 1025 bins, half the cost
    of the model's output layer and of every spectral loss, inaudible after resynthesis.
    """

    def __init__(self, config: SpectrogramConfig, device: torch.device | str = "cpu") -> None:
        if config.fft_samples % 16:
            raise ValueError("fft_samples must be a multiple of 16")
        self.config = config
        self.device = torch.device(device)
        self.window = torch.hann_window(config.fft_samples, device=self.device)
        self.scale = 2.0 / float(self.window.sum())
        self._keep = config.fft_samples // 8

    @cached_property
    def group_of_bin(self) -> Tensor:
        """Warped bin of each linear bin but the highest (Nyquist), (fft_samples / 2,)."""
        keep = self._keep
        pairs = keep + torch.arange(keep) // 2
        fours = keep + keep // 2 + torch.arange(2 * keep) // 4
        return torch.cat([torch.arange(keep), pairs, fours]).to(self.device)

    @property
    def bins(self) -> int:
        """Number of warped bins."""
        return 2 * self._keep

    @cached_property
    def linear_hz(self) -> Tensor:
        """Frequency of each linear bin, (fft_samples / 2 + 1,)."""
        count = self.config.fft_samples // 2 + 1
        return torch.linspace(0, self.config.sample_rate_hz / 2, count, device=self.device)

    @cached_property
    def members(self) -> Tensor:
        """How many linear bins each warped bin holds, (W,)."""
        return torch.bincount(self.group_of_bin, minlength=self.bins).float()

    @cached_property
    def centre_hz(self) -> Tensor:
        """Mean frequency of each warped bin, (W,)."""
        sums = torch.zeros(self.bins, device=self.device)
        return sums.index_add(0, self.group_of_bin, self.linear_hz[:-1]) / self.members

    def stft(self, waves: Tensor) -> Tensor:
        """(..., samples) -> complex (..., fft_samples / 2 + 1, T), unscaled."""
        flat = waves.reshape(-1, waves.shape[-1])
        spectrum = torch.stft(
            flat,
            self.config.fft_samples,
            self.config.hop_samples,
            window=self.window,
            pad_mode="constant",
            return_complex=True,
        )
        return spectrum.reshape(*waves.shape[:-1], *spectrum.shape[-2:])

    def __call__(self, waves: Tensor) -> Tensor:
        """(B, C, samples) -> warped magnitudes (B, C, T, W)."""
        spectrum = self.stft(waves)
        power = spectrum.real.square() + spectrum.imag.square()
        return self.warp_power(power.transpose(-1, -2)).sqrt() * self.scale

    def warp_power(self, power: Tensor) -> Tensor:
        """(..., fft_samples / 2 + 1) -> (..., W): the mean power of the joined bins."""
        keep = self._keep
        low = power[..., :keep]
        pairs = power[..., keep : 2 * keep].unflatten(-1, (keep // 2, 2)).mean(-1)
        fours = power[..., 2 * keep : 4 * keep].unflatten(-1, (keep // 2, 4)).mean(-1)
        return torch.cat([low, pairs, fours], -1)

    @cached_property
    def _unwarp(self) -> tuple[Tensor, Tensor]:
        right = torch.searchsorted(self.centre_hz, self.linear_hz).clamp(1, self.bins - 1)
        left_hz, right_hz = self.centre_hz[right - 1], self.centre_hz[right]
        return right, ((self.linear_hz - left_hz) / (right_hz - left_hz)).clamp(0, 1)

    def unwarp(self, magnitudes: Tensor) -> Tensor:
        """(..., W) -> (..., fft_samples / 2 + 1): interpolated on a logarithmic magnitude scale."""
        right, share = self._unwarp
        log = torch.log(magnitudes + 1e-7)
        return torch.lerp(log[..., right - 1], log[..., right], share).exp()

    def mel_filters(self, bands: int) -> Tensor:
        """Triangular filters on the Slaney mel scale, peak 1, summed onto the warped axis: (W, bands)."""
        linear = (
            torchaudio_functional()
            .melscale_fbanks(
                n_freqs=self.config.fft_samples // 2 + 1,
                f_min=0.0,
                f_max=self.config.sample_rate_hz / 2,
                n_mels=bands,
                sample_rate=self.config.sample_rate_hz,
                norm=None,
                mel_scale="slaney",
            )
            .to(self.device)
        )
        return torch.zeros(self.bins, bands, device=self.device).index_add(0, self.group_of_bin, linear[:-1])

    def partition(self, bands: int, low_hz: float, high_hz: float, bend_hz: float = 1.0) -> Tensor:
        """Triangles on a warped frequency axis that sum to one at every bin: (W, bands).

        The axis is log(1 + f / bend_hz): linear well below bend_hz, where an octave has few bins to share
        out, and logarithmic above.  Unlike a mel bank it does not fall to zero at either end, so bass and
        air are counted in full.
        """
        hz = torch.cat([torch.tensor([low_hz, high_hz], device=self.device), self.centre_hz])
        warped = torch.log1p(hz.clamp(low_hz, high_hz) / bend_hz)
        place = (warped[2:] - warped[0]) / (warped[1] - warped[0]) * (bands - 1)
        centres = torch.arange(bands, device=self.device)
        return (1 - (place[:, None] - centres).abs()).clamp_min(0)

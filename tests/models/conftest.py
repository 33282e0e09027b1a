from __future__ import annotations

import pytest
import torch

from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.models.vae import ConvVAE, VAEConfig
from sda_desktop.training.codec import layout_for


@pytest.fixture
def spectrogram() -> AudioSpectrogram:
    return AudioSpectrogram(SpectrogramConfig())


@pytest.fixture
def magnitudes(spectrogram: AudioSpectrogram) -> torch.Tensor:
    """Three one-second crops: a decaying tone, noise, and silence; (3, 88, 512)."""
    generator = torch.Generator().manual_seed(1)
    time_s = torch.arange(spectrogram.config.samples_for(88)) / 44_100
    tone = 0.8 * torch.sin(2 * torch.pi * 440 * time_s) * torch.exp(-5 * time_s)
    noise = 0.1 * torch.randn(len(time_s), generator=generator)
    return spectrogram(torch.stack([tone, noise, torch.zeros_like(tone)])[:, None])[:, 0]


@pytest.fixture
def model(spectrogram: AudioSpectrogram, magnitudes: torch.Tensor) -> ConvVAE:
    """A small model with fitted statistics and fixed weights."""
    config = VAEConfig(channels=32)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = ConvVAE(config, layout_for(spectrogram, config))
    model.fit_statistics(magnitudes)
    return model


@pytest.fixture
def times(model: ConvVAE) -> torch.Tensor:
    return model.times(torch.zeros(3), torch.ones(3), 11)

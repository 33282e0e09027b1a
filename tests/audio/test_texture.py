"""Grain over decoded spectra."""

from __future__ import annotations

import pytest
import torch

from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.audio.synthesis import synthesize
from sda_desktop.audio.texture import LOOP_FRAMES, LOW_HZ, NoiseTexture


@pytest.fixture(scope="module")
def spectrogram() -> AudioSpectrogram:
    return AudioSpectrogram(SpectrogramConfig())


@pytest.fixture(scope="module")
def texture(spectrogram: AudioSpectrogram) -> NoiseTexture:
    return NoiseTexture(spectrogram)


def unevenness(magnitudes: torch.Tensor) -> float:
    """Of the power of 16 neighbouring bins, nepers."""
    power = magnitudes.square().unfold(1, 16, 16)
    return float((torch.log(power.mean(-1)) - torch.log(power).mean(-1)).mean())


def test_smooth_noise_comes_back_as_uneven_as_true_spectra_of_noise_do(
    texture: NoiseTexture, spectrogram: AudioSpectrogram
) -> None:
    generator = torch.Generator().manual_seed(5)
    samples = spectrogram.config.samples_for(88)
    noise = spectrogram(0.1 * torch.randn(1, 1, samples, generator=generator))[0, 0]
    smooth = noise.square().mean(0, keepdim=True).sqrt().expand(88, -1).contiguous()

    def heard(magnitudes: torch.Tensor) -> float:
        wave = synthesize(spectrogram, magnitudes, samples, iterations=8)
        return unevenness(spectrogram(wave[None, None])[0, 0, 4:-4, 64:256])

    true = heard(noise)
    assert heard(smooth) < 0.5 * true
    assert heard(texture(smooth, 0)) == pytest.approx(true, rel=0.15)


def test_the_energy_around_each_bin_stays(texture: NoiseTexture) -> None:
    slope = torch.logspace(-1, -4, 512).expand(40, -1)
    grained = texture(slope, 0)
    before, after = (values.square().unfold(1, 16, 16).sum(-1) for values in (slope, grained))
    assert (10 * torch.log10(after / before)).abs().mean() < 1.0
    assert (10 * torch.log10(after.sum() / before.sum())).abs() < 0.5


def test_real_noise_and_partials_are_left_almost_alone(
    texture: NoiseTexture, spectrogram: AudioSpectrogram
) -> None:
    generator = torch.Generator().manual_seed(3)
    noise = spectrogram(0.1 * torch.randn(1, 1, 44_100, generator=generator))[0, 0, 4:-4]
    partials = torch.full((40, 512), 1e-4)
    partials[:, 100::7] = 0.1
    for magnitudes, most in ((noise, 3.0), (partials, 0.5)):
        change_db = 20 * torch.log10(texture(magnitudes, 0) / magnitudes)
        assert change_db[:, 120:480].abs().mean() < most


def test_bass_is_not_touched(texture: NoiseTexture, spectrogram: AudioSpectrogram) -> None:
    smooth = torch.full((4, 512), 0.01)
    low = spectrogram.centre_hz < LOW_HZ / 2
    torch.testing.assert_close(texture(smooth, 0)[:, low], smooth[:, low])


def test_a_frame_gets_its_grain_wherever_a_block_begins(texture: NoiseTexture) -> None:
    smooth = torch.full((24, 512), 0.01)
    whole = texture(smooth, LOOP_FRAMES - 10)
    torch.testing.assert_close(texture(smooth[15:], LOOP_FRAMES + 5), whole[15:])
    assert not torch.equal(whole[0], whole[1])


def test_silence_stays_silent(texture: NoiseTexture) -> None:
    assert texture(torch.zeros(3, 512), 0).max() < 1e-6

"""The front end: scale, shapes, and the warped frequency axis."""

from __future__ import annotations

import pytest
import torch

from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig


@pytest.fixture(params=[44_100, 48_000])
def spectrogram(request: pytest.FixtureRequest) -> AudioSpectrogram:
    return AudioSpectrogram(SpectrogramConfig(sample_rate_hz=request.param))


def test_a_full_scale_sine_reads_one(spectrogram: AudioSpectrogram) -> None:
    rate = spectrogram.config.sample_rate_hz
    exactly_on_a_bin = 100 * rate / spectrogram.config.fft_samples
    wave = torch.sin(2 * torch.pi * exactly_on_a_bin * torch.arange(rate) / rate)
    magnitudes = spectrogram(wave[None, None])
    assert magnitudes[0, 0, 40].max() == pytest.approx(1.0, abs=1e-3)
    assert magnitudes[0, 0, 40].argmax() == 100


@pytest.mark.parametrize(("samples", "frames"), [(1, 8), (7 * 512, 8), (7 * 512 + 1, 16), (44_100, 88)])
def test_frames_cover_a_sound_in_whole_latent_steps(samples: int, frames: int) -> None:
    config = SpectrogramConfig()
    assert config.frames_for(samples) == frames
    assert config.samples_for(frames) >= samples
    magnitudes = AudioSpectrogram(config)(torch.zeros(1, 1, config.samples_for(frames)))
    assert magnitudes.shape == (1, 1, frames, 512)


def test_channels_are_kept_apart(spectrogram: AudioSpectrogram) -> None:
    waves = torch.randn(2, 2, 4096, generator=torch.Generator().manual_seed(0))
    both = spectrogram(waves)
    assert both.shape[:2] == (2, 2)
    torch.testing.assert_close(both[1, 1], spectrogram(waves[1:, 1:])[0, 0])


@pytest.mark.parametrize(("sounds", "frames"), [(1, 8), (3, 88), (1, 344)])
def test_it_is_the_short_time_fourier_transform_of_torch(
    spectrogram: AudioSpectrogram, sounds: int, frames: int
) -> None:
    generator = torch.Generator().manual_seed(0)
    waves = torch.randn(sounds, spectrogram.config.samples_for(frames), generator=generator)
    window = torch.hann_window(2048)
    spectrum = torch.stft(waves, 2048, 512, window=window, pad_mode="constant", return_complex=True)
    power = (2 / window.sum() * spectrum.abs()).square().transpose(1, 2)
    made = spectrogram(waves[:, None])[:, 0]
    torch.testing.assert_close(made[..., :256], power[..., :256].sqrt(), rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(made[..., 300], power[..., 344:346].mean(-1).sqrt(), rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(made[..., 400], power[..., 576:580].mean(-1).sqrt(), rtol=1e-4, atol=1e-6)


def test_every_linear_bin_but_the_highest_is_in_one_warped_bin(spectrogram: AudioSpectrogram) -> None:
    assert spectrogram.bins == 512
    assert spectrogram.members.sum() == 1024
    assert (spectrogram.centre_hz.diff() > 0).all()


def test_warping_keeps_the_power(spectrogram: AudioSpectrogram) -> None:
    power = torch.rand(3, 1025, generator=torch.Generator().manual_seed(0))
    warped = spectrogram.warp_power(power)
    torch.testing.assert_close((warped * spectrogram.members).sum(-1), power[:, :-1].sum(-1))


def test_unwarping_a_smooth_spectrum_gives_it_back(spectrogram: AudioSpectrogram) -> None:
    smooth = torch.exp(-spectrogram.linear_hz / 5000)
    back = spectrogram.unwarp(spectrogram.warp_power(smooth.square()).sqrt())
    torch.testing.assert_close(back[:-4], smooth[:-4], rtol=0.01, atol=1e-4)


def test_the_partition_counts_every_bin_once(spectrogram: AudioSpectrogram) -> None:
    bands = spectrogram.partition(8, 80.0, 12_000.0)
    assert bands.shape == (512, 8)
    torch.testing.assert_close(bands.sum(1), torch.ones(512))


def test_mel_filters_leave_no_band_empty(spectrogram: AudioSpectrogram) -> None:
    for count in (80, 128):
        assert (spectrogram.mel_filters(count).sum(0) > 0).all()

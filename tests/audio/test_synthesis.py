"""From magnitudes back to sound."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
import torch

from sda_desktop.audio.io import read_audio
from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.audio.synthesis import initial_phases, synthesize
from sda_desktop.errors import Cancelled


@pytest.fixture
def spectrogram() -> AudioSpectrogram:
    return AudioSpectrogram(SpectrogramConfig())


def analysed(spectrogram: AudioSpectrogram, wave: torch.Tensor) -> torch.Tensor:
    length = spectrogram.config.samples_for(spectrogram.config.frames_for(len(wave)))
    padded = torch.zeros(1, 1, length)
    fitting = min(length, len(wave))
    padded[0, 0, :fitting] = wave[:fitting]
    return spectrogram(padded)[0, 0]


def log_distance_db(spectrogram: AudioSpectrogram, a: torch.Tensor, b: torch.Tensor) -> float:
    filters = spectrogram.mel_filters(80)
    levels = [10 * torch.log10(analysed(spectrogram, wave).square() @ filters + 1e-8) for wave in (a, b)]
    return float((levels[0] - levels[1]).abs().mean())


@pytest.mark.parametrize("name", ["bass_woodsy_c", "drum_snare_hard", "ambi_choir"])
def test_true_magnitudes_come_back_as_the_same_sound(
    spectrogram: AudioSpectrogram, sonic_pi_sounds: Path, name: str
) -> None:
    sound, _ = read_audio(sonic_pi_sounds / f"{name}.flac", 44_100)
    wave = torch.from_numpy(sound[0][:44_100] / np.abs(sound).max())
    made = synthesize(spectrogram, analysed(spectrogram, wave), len(wave))
    assert log_distance_db(spectrogram, wave, made) < 1.0


def test_the_phase_start_is_worth_many_iterations(
    spectrogram: AudioSpectrogram, sonic_pi_sounds: Path
) -> None:
    sound, _ = read_audio(sonic_pi_sounds / "bass_woodsy_c.flac", 44_100)
    wave = torch.from_numpy(sound[0][:44_100] / np.abs(sound).max())
    magnitudes = analysed(spectrogram, wave)
    started = synthesize(spectrogram, magnitudes, len(wave), iterations=0)
    assert log_distance_db(spectrogram, wave, started) < 2.0


def test_a_steady_sine_stays_one(spectrogram: AudioSpectrogram) -> None:
    wave = 0.5 * torch.sin(2 * torch.pi * 440 * torch.arange(44_100) / 44_100)
    made = synthesize(spectrogram, analysed(spectrogram, wave), 44_100).numpy()
    spectrum = np.abs(np.fft.rfft(made * np.hanning(44_100)))
    assert np.argmax(spectrum) == 440
    assert np.sqrt(np.mean(made[5000:-5000] ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)


def test_silence_stays_silent(spectrogram: AudioSpectrogram) -> None:
    made = synthesize(spectrogram, torch.zeros(16, 512), 7000)
    assert made.shape == (7000,)
    assert made.abs().max() < 1e-4


@pytest.mark.parametrize("samples", [1, 100, 2205, 3584, 44_100])
def test_the_length_is_exact(spectrogram: AudioSpectrogram, samples: int) -> None:
    frames = spectrogram.config.frames_for(samples)
    made = synthesize(spectrogram, torch.full((frames, 512), 0.01), samples, iterations=2)
    assert made.shape == (samples,)
    assert torch.isfinite(made).all()


def test_phases_are_finite_for_a_single_frame() -> None:
    assert np.isfinite(initial_phases(np.full((1025, 1), 0.1, np.float32), 2048, 512)).all()


def test_a_stop_is_seen_between_iterations(spectrogram: AudioSpectrogram) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        synthesize(spectrogram, torch.rand(88, 512), 44_100, stop=stop)

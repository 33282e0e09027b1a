"""From magnitudes back to sound."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import numpy as np
import pytest
import torch

from sda_desktop.audio.io import read_audio
from sda_desktop.audio.phases import Before, Floats, initial_phases
from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.audio.synthesis import Synthesis, synthesize
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


def in_blocks(spectrogram: AudioSpectrogram, magnitudes: torch.Tensor, frames: int) -> list[torch.Tensor]:
    synthesis = Synthesis(spectrogram)
    ends = range(frames, len(magnitudes) + frames, frames)
    return [
        synthesis.add(magnitudes[end - frames : end], magnitudes[end:] if end < len(magnitudes) else None)
        for end in ends
    ]


@pytest.mark.parametrize("frames", [8, 24])
@pytest.mark.parametrize("name", ["bass_woodsy_c", "ambi_choir"])
def test_blocks_sound_as_good_as_the_whole_also_where_they_meet(
    spectrogram: AudioSpectrogram, sonic_pi_sounds: Path, name: str, frames: int
) -> None:
    sound, _ = read_audio(sonic_pi_sounds / f"{name}.flac", 44_100)
    wave = torch.from_numpy(sound[0][:44_100] / np.abs(sound).max())
    magnitudes = analysed(spectrogram, wave)
    blocks = in_blocks(spectrogram, magnitudes, frames)
    joined, whole = torch.cat(blocks), synthesize(spectrogram, magnitudes, len(wave))
    assert len(joined) == spectrogram.config.samples_for(len(magnitudes))
    assert log_distance_db(spectrogram, wave, joined) < log_distance_db(spectrogram, wave, whole) + 0.1
    # What is wrong in the half window around each seam, against everywhere else.
    filters = spectrogram.mel_filters(80)
    levels = [10 * torch.log10(analysed(spectrogram, w).square() @ filters + 1e-8) for w in (wave, joined)]
    wrong = (levels[0] - levels[1]).abs().mean(1)
    seams = torch.tensor([len(block) for block in blocks]).cumsum(0)[:-1]
    near = (torch.arange(len(wrong))[:, None] * 512 - seams).abs().amin(1) <= 512
    assert wrong[near].mean() < 1.5 * wrong[~near].mean() + 0.05


def test_a_steady_sine_in_blocks_has_neither_clicks_nor_dips(spectrogram: AudioSpectrogram) -> None:
    wave = 0.5 * torch.sin(2 * torch.pi * 440 * torch.arange(44_100) / 44_100)
    blocks = in_blocks(spectrogram, analysed(spectrogram, wave), 8)
    made = torch.cat(blocks)[4096:40_960].double()
    time_s = torch.arange(len(made)) / 44_100
    tone = torch.exp(2j * torch.pi * 440 * time_s.double())
    # The amplitude in windows of ten periods, one after the other.
    period = 44_100 // 44
    levels = (2 * (made * tone).unfold(0, period, period // 4).mean(1)).abs()
    assert levels.min() > 0.9 * levels.max()
    # A click is a jump of the slope: the second difference of a sine of this level is bounded.
    bound = 0.5 * (2 * torch.pi * 440 / 44_100) ** 2
    assert made.diff().diff().abs().max() < 2 * bound


def test_blocks_are_the_same_every_time(spectrogram: AudioSpectrogram) -> None:
    magnitudes = torch.rand(40, 512, generator=torch.Generator().manual_seed(0))
    once, again = (torch.cat(in_blocks(spectrogram, magnitudes, 8)) for _ in range(2))
    assert torch.equal(once, again)


def test_what_follows_the_frames_ahead_changes_nothing(spectrogram: AudioSpectrogram) -> None:
    magnitudes = torch.rand(40, 512, generator=torch.Generator().manual_seed(0))
    blocks = [Synthesis(spectrogram).add(magnitudes[:8], following) for following in magnitudes[8:].split(16)]
    assert not torch.equal(blocks[0], blocks[1])
    assert torch.equal(blocks[0], Synthesis(spectrogram).add(magnitudes[:8], magnitudes[8:12]))


@pytest.mark.parametrize("samples", [1, 100, 2205, 3584, 44_100])
def test_the_length_is_exact(spectrogram: AudioSpectrogram, samples: int) -> None:
    frames = spectrogram.config.frames_for(samples)
    made = synthesize(spectrogram, torch.full((frames, 512), 0.01), samples, iterations=2)
    assert made.shape == (samples,)
    assert torch.isfinite(made).all()


def test_phases_are_finite_for_a_single_frame() -> None:
    assert np.isfinite(initial_phases(np.full((1, 1025), 0.1, np.float32), 2048, 512)).all()


def sequential_phases(magnitudes: Floats) -> list[dict[int, float]]:
    """The phase of every peak, frame by frame and peak by peak, as the description of the method has it."""
    frames, bins = magnitudes.shape
    log = np.log(np.maximum(magnitudes.astype(float), magnitudes.max() * 1e-5 + 1e-12))
    ratio = 512 / 2048 / 0.25645
    advance = ratio * np.gradient(np.pad(log, ((0, 0), (1, 1)), mode="edge"), axis=1)[:, 1:-1]
    advance += 2 * np.pi * 512 / 2048 * np.arange(bins)
    slope = -np.gradient(np.pad(log, ((1, 1), (0, 0)), mode="edge"), axis=0)[1:-1] / ratio
    climb = np.zeros_like(log)
    climb[:, 1:] = np.cumsum((slope[:, 1:] + slope[:, :-1]) / 2, axis=1)
    found: list[dict[int, float]] = []
    phases = np.zeros_like(log)
    for t in range(frames):
        row = log[t]
        valleys = [k for k in range(1, bins - 1) if row[k] < row[k - 1] and row[k] <= row[k + 1]]
        edges = [0, *valleys, bins]
        regions = list(itertools.pairwise(edges))
        peaks = [high - 1 - int(np.argmax(row[low:high][::-1])) for low, high in regions]
        known: dict[int, float] = {}
        for peak in peaks:
            if t and row[peak] - log[t - 1, peak] < 4:
                known[peak] = phases[t - 1, peak] + (advance[t - 1, peak] + advance[t, peak]) / 2
        strongest = max(known, key=lambda peak: row[peak], default=None)
        usable = strongest is not None and row[strongest] > row.max() - 4
        anchor = known[strongest] - climb[t, strongest] if usable and strongest is not None else 0.0
        for peak, (low, high) in zip(peaks, regions, strict=True):
            known.setdefault(peak, anchor + climb[t, peak])
            phases[t, low:high] = known[peak] + climb[t, low:high] - climb[t, peak]
        found.append(known)
    return found


def test_all_frames_at_once_give_the_phases_of_one_after_the_other(
    spectrogram: AudioSpectrogram, sonic_pi_sounds: Path
) -> None:
    sound, _ = read_audio(sonic_pi_sounds / "loop_amen.flac", 44_100)
    magnitudes = spectrogram.unwarp(analysed(spectrogram, torch.from_numpy(sound[0][:22_050].copy()))).numpy()
    computed = initial_phases(magnitudes, 2048, 512)
    for row, expected in zip(computed, sequential_phases(magnitudes), strict=True):
        bins = np.array(list(expected))
        error = np.exp(1j * (row[bins] + np.pi * bins)) - np.exp(1j * np.array(list(expected.values())))
        assert np.mean(np.abs(error) < 0.01) > 0.99


def test_phases_go_on_from_the_frame_before(spectrogram: AudioSpectrogram, sonic_pi_sounds: Path) -> None:
    sound, _ = read_audio(sonic_pi_sounds / "ambi_choir.flac", 44_100)
    magnitudes = spectrogram.unwarp(analysed(spectrogram, torch.from_numpy(sound[0][:22_050].copy()))).numpy()
    whole = initial_phases(magnitudes, 2048, 512)
    before = Before(magnitudes[9], whole[9])
    rest = initial_phases(magnitudes[10:], 2048, 512, before)
    error = np.abs(np.exp(1j * whole[10:]) - np.exp(1j * rest))
    assert np.average(error, weights=magnitudes[10:] ** 2) < 0.05
    alone = np.abs(np.exp(1j * whole[10:]) - np.exp(1j * initial_phases(magnitudes[10:], 2048, 512)))
    assert np.average(alone, weights=magnitudes[10:] ** 2) > 0.5


def test_a_stop_is_seen_between_iterations(spectrogram: AudioSpectrogram) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        synthesize(spectrogram, torch.rand(88, 512), 44_100, stop=stop)

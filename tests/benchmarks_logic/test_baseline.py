"""The baseline of the quality benchmarks: its parts do what its description says."""

from __future__ import annotations

from pathlib import Path

import baseline
import numpy as np
import pytest
import soundfile
import torch
from baseline import LATENTS, RATE_HZ, BaselineVAE, MelAxis

FRAMES = 94


@pytest.fixture(scope="module")
def axis() -> MelAxis:
    return MelAxis()


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A second and a half of noise that dies away, at 44.1 kHz."""
    path = tmp_path / "noise.wav"
    noise = np.random.default_rng(1).standard_normal(66_150) * np.exp(-np.arange(66_150) / 9_000)
    soundfile.write(path, 0.2 * noise, 44_100)
    return path


@pytest.fixture(autouse=True)
def _two_iterations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline, "GRIFFIN_LIM_ITERATIONS", 2)


def test_the_bands_are_the_log_of_one_plus_the_power_on_torchs_scale(axis: MelAxis) -> None:
    times = torch.arange(RATE_HZ) / RATE_HZ
    mel = axis.forward(torch.sin(2 * torch.pi * 3000 * times)[None])
    assert mel.shape == (1, 1, 128, FRAMES)
    # A sine at the centre of a bin reads half of the window's sum, 512; triangles side by side sum to one.
    power = torch.expm1(mel[0, 0, :, 40]).sum()
    assert float(power) == pytest.approx(1.5 * 512**2, rel=0.05)


def test_least_squares_finds_a_power_that_has_the_same_bands(axis: MelAxis) -> None:
    noise = torch.randn(1, RATE_HZ, generator=torch.Generator().manual_seed(0))
    mel = axis.forward(noise)
    power = axis.to_power(mel)
    assert power.shape == (1, 1025, FRAMES)
    assert float(power.min()) >= 0
    again = torch.log1p(axis.filters.T @ power)
    assert float((again - mel[:, 0]).abs().mean()) < 0.1


def test_the_network_gives_back_the_shape_and_nothing_below_zero() -> None:
    model = BaselineVAE(FRAMES).eval()
    mean, log_variance = model.encode(torch.rand(2, 1, 128, FRAMES))
    assert mean.shape == log_variance.shape == (2, LATENTS)
    made = model.decode(mean)
    assert made.shape == (2, 1, 128, FRAMES)
    assert float(made.detach().min()) >= 0
    channels = [layer.out_channels for layer in model.encoder if isinstance(layer, torch.nn.Conv2d)]
    assert channels == [32, 64, 128, 256]
    mirrored = [layer.out_channels for layer in model.decoder if isinstance(layer, torch.nn.ConvTranspose2d)]
    assert mirrored == [128, 64, 32, 1]


def test_the_divergence_is_that_of_two_normals() -> None:
    means, log_variances = torch.tensor([0.0, 1.0, 0.0]), torch.tensor([0.0, 0.0, 2.0])
    expected = torch.tensor([0.0, 0.5, 0.5 * (np.e**2 - 3)])
    torch.testing.assert_close(baseline.kl_per_dimension(means, log_variances), expected)


def test_dimensions_below_the_free_nats_cost_the_same() -> None:
    model = BaselineVAE(FRAMES).eval()
    for layer in (model.mean, model.log_variance):
        torch.nn.init.zeros_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    mel = torch.rand(2, 1, 128, FRAMES)
    losses = []
    for kl_share in (0.0, 1.0):
        torch.manual_seed(0)
        losses.append(float(baseline.baseline_loss(model, mel, kl_share).detach()))
    assert losses[1] - losses[0] == pytest.approx(0.01 * 0.1 * LATENTS, rel=1e-3)


def test_a_sound_falls_into_seconds_at_full_scale() -> None:
    wave = np.concatenate([np.full(RATE_HZ, 0.5), np.full(10, -0.1)])
    (first, first_peak), (second, second_peak) = baseline.seconds_of(wave)
    assert first_peak == 0.5
    assert second_peak == pytest.approx(0.1)
    assert len(first) == len(second) == RATE_HZ
    assert second[:10] == pytest.approx(-1.0)
    assert not second[10:].any()


def test_a_whole_sound_comes_back_at_its_own_rate_length_and_peak(sound: Path) -> None:
    trained = baseline.train_baseline([sound], 0.0, 1, seed=0)
    assert trained.steps == 1
    assert trained.kl_nats > 0
    wave = soundfile.read(sound)[0]
    made = trained.resynthesize(wave, 44_100)
    assert made.shape == wave.shape
    assert made.any()
    # Each second is made at full scale and turned down to its own peak.
    np.testing.assert_allclose(trained.resynthesize(wave / 10, 44_100), made / 10, atol=1e-5)
    assert np.abs(trained.resynthesize(np.zeros(100), 44_100)).max() < 1e-6


def test_training_and_new_sounds_follow_from_the_seed(sound: Path) -> None:
    trained = [baseline.train_baseline([sound], 0.0, 1, seed) for seed in (0, 0, 1)]
    first, same, other = (model.sample(2, 5) for model in trained)
    assert first.shape == (2, RATE_HZ)
    np.testing.assert_array_equal(first, same)
    assert np.abs(first - other).max() > 1e-3
    assert np.abs(first - trained[0].sample(2, 6)).max() > 1e-3


def test_silence_cannot_be_trained_on(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silence.wav", np.zeros(48_000), 48_000)
    with pytest.raises(ValueError, match="no sound to train on"):
        baseline.train_baseline([tmp_path / "silence.wav"], 0.0, 1, 0)

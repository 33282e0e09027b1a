"""A trained model makes sounds: whole, of any length, reproducibly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from training_runs import Recorder, run_training

from sda_desktop.audio.io import read_audio
from sda_desktop.errors import CheckpointError
from sda_desktop.generation import TrainedModel
from sda_desktop.training import codec as codec_module


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, sonic_pi_sounds: Path) -> Path:
    """A little training on real sounds."""
    place = tmp_path_factory.mktemp("model")
    folder = place / "sounds"
    folder.mkdir()
    for name in ("bd_fat", "drum_cowbell", "elec_blip", "elec_ping", "elec_twip", "perc_till"):
        (folder / f"{name}.flac").write_bytes((sonic_pi_sounds / f"{name}.flac").read_bytes())
    run_training(folder, place / "run", Recorder(), epochs=4)
    return place / "run"


@pytest.mark.parametrize("source", ["posterior", "global"])
def test_a_sound_comes_back_whole_at_its_own_level(run: Path, sonic_pi_sounds: Path, source: str) -> None:
    model = TrainedModel.load(run)
    sound, _ = read_audio(sonic_pi_sounds / "drum_cowbell.flac", model.sample_rate_hz)
    quiet = 0.1 * sound
    made = model.resynthesize(quiet, source=source)  # type: ignore[arg-type]
    assert made.shape == sound.shape
    assert np.isfinite(made).all()
    if source == "posterior":
        levels = [np.sqrt(np.mean(s**2)) for s in (quiet, made)]
        assert abs(20 * np.log10(levels[1] / levels[0])) < 12  # so little training; ignored it were 20


def test_silence_stays_silent(run: Path) -> None:
    assert not TrainedModel.load(run).resynthesize(np.zeros((1, 9000), np.float32)).any()


@pytest.mark.parametrize("samples", [1, 2205, 44_100])
def test_any_length_goes_in_and_comes_out(run: Path, samples: int) -> None:
    noise = np.random.default_rng(0).standard_normal((2, samples)).astype(np.float32)
    assert TrainedModel.load(run).resynthesize(0.1 * noise).shape == (1, samples)


def test_a_long_sound_has_no_seams(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec_module, "PIECE_SECONDS", 1.0)
    noise = 0.1 * np.random.default_rng(0).standard_normal((1, 200_000)).astype(np.float32)
    made = TrainedModel.load(run).resynthesize(noise)
    assert made.shape == noise.shape
    window = 2205
    levels = np.sqrt(np.mean(made[0, : 90 * window].reshape(90, window) ** 2, axis=1))
    # At the joints, every 0.8 s, the level does not dip.
    assert levels[2:].min() > 0.5 * np.median(levels)


def test_the_seed_decides_the_sound(run: Path) -> None:
    model = TrainedModel.load(run)
    one, same, other = (model.generate(0.5, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert one.shape == (1, 22_050)
    assert 1e-4 < np.abs(one).max() <= 1.0


def test_a_new_sound_has_a_length_that_suits_the_corpus(run: Path) -> None:
    made = TrainedModel.load(run).generate(None, seed=3)
    assert 0.02 < made.shape[1] / 44_100 < 5


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError):
        TrainedModel.load(tmp_path)

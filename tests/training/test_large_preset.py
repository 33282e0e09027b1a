"""The preset for graphics cards: it trains, is kept, and goes on; here for a few steps on the processor."""

from __future__ import annotations

from pathlib import Path

from training_runs import Recorder, assert_same_weights, run_resumed, run_training

from sda_desktop.models.vae import VAEConfig
from sda_desktop.training.checkpoint import load_checkpoint
from sda_desktop.training.config import PRESETS, TrainingConfig, automatic_epochs, with_preset
from sda_desktop.training.metrics import Event, StepMetrics

# A smaller batch: what is large about the model stays.
LARGE = {**PRESETS["large"], "batch_frames": 88, "epochs": 1, "preset": "large"}


def test_it_trains_and_comes_back_from_its_checkpoint(small_corpus: Path, tmp_path: Path) -> None:
    def third(event: Event) -> bool:
        return isinstance(event, StepMetrics) and event.global_step % 3 == 0

    recorder, resumed = Recorder(stop_at=third), Recorder(stop_at=third)
    stopped = run_training(small_corpus, tmp_path / "run", recorder, **LARGE)
    assert stopped.checkpoint is not None
    state = load_checkpoint(Path(stopped.checkpoint)).state
    size = VAEConfig.from_dict(state["model"])
    assert (size.channels, size.learned_latents, size.global_latents) == (384, 48, 64)
    further = run_resumed(tmp_path / "run", resumed)
    assert further.global_step == 6

    straight = Recorder(stop_at=lambda e: isinstance(e, StepMetrics) and e.global_step == 6)
    whole = run_training(small_corpus, tmp_path / "whole", straight, **LARGE)
    assert_same_weights(further.checkpoint, whole.checkpoint)


def test_it_trains_longer_and_is_never_chosen_automatically() -> None:
    assert automatic_epochs(100, "large") == 2 * automatic_epochs(100)
    for files in (1, 30, 10_000):
        config = with_preset(TrainingConfig(), files, frozenset())
        assert config.channels == TrainingConfig().channels

"""What tests of the window share: a real run on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from training_runs import Recorder, run_training

from sda_desktop.training.metrics import StepMetrics


@pytest.fixture(scope="session")
def stopped_run_made_once(sonic_pi_sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real run that was stopped after 25 of 40 steps."""
    folder = tmp_path_factory.mktemp("stopped")
    sounds = folder / "sounds"
    sounds.mkdir()
    for name in ("elec_blip.flac", "elec_ping.flac", "elec_plip.flac"):
        shutil.copyfile(sonic_pi_sounds / name, sounds / name)
    recorder = Recorder(stop_at=lambda event: isinstance(event, StepMetrics) and event.global_step == 25)
    result = run_training(sounds, folder / "run", recorder, learning_rate=1e-3)
    assert (result.status, result.global_step) == ("cancelled", 25)
    return folder / "run"


@pytest.fixture
def stopped_run(stopped_run_made_once: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(stopped_run_made_once, tmp_path / "stopped run")

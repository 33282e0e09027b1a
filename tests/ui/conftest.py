"""What tests of the window share: a real run on the disk, and plots on the screen."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from training_runs import Recorder, run_training

from sda_desktop.training.metrics import PreviewEvent, StepMetrics
from sda_desktop.training.previewer import Previewer
from sda_desktop.ui.metrics_plots import MetricsPlots


@pytest.fixture
def plots(qtbot: QtBot) -> MetricsPlots:
    """Plots that are built and shown."""
    made = MetricsPlots()
    qtbot.addWidget(made)
    made.resize(592, 640)
    with qtbot.waitSignal(made.built, timeout=30_000):
        made.show()
    return made


@pytest.fixture(scope="session")
def stopped_run_made_once(sonic_pi_sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real run that was stopped after 25 of 40 steps, with the previews of its first epoch."""
    folder = tmp_path_factory.mktemp("stopped")
    sounds = folder / "sounds"
    sounds.mkdir()
    for name in ("elec_blip.flac", "elec_ping.flac", "elec_plip.flac"):
        shutil.copyfile(sonic_pi_sounds / name, sounds / name)
    recorder = Recorder(stop_at=lambda event: isinstance(event, StepMetrics) and event.global_step == 25)
    begin = Previewer.start

    def begin_and_wait(previewer: Previewer, *arguments: Any) -> threading.Event:  # noqa: ANN401
        copied = begin(previewer, *arguments)
        assert previewer.is_done(wait_s=60)  # made beside the loop, which would be stopped before
        return copied

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Previewer, "start", begin_and_wait)
        result = run_training(sounds, folder / "run", recorder, learning_rate=1e-3)
    assert (result.status, result.global_step) == ("cancelled", 25)
    assert recorder.of(PreviewEvent)
    return folder / "run"


@pytest.fixture
def stopped_run(stopped_run_made_once: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(stopped_run_made_once, tmp_path / "stopped run")

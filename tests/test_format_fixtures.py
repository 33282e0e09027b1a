"""Files that a released version wrote are opened by this one, and looking at them changes none of them."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray
from sample_checkpoints import replace_file
from training_runs import Recorder, run_resumed
from write_fixtures import PLACE, RUN_NAME, write_tones

from sda_desktop import paths
from sda_desktop.generation.explore_folder import ExploreFolder
from sda_desktop.generation.history import History
from sda_desktop.generation.library import list_models
from sda_desktop.generation.model_file import import_model
from sda_desktop.generation.opening import open_instrument
from sda_desktop.generation.presets import Presets
from sda_desktop.generation.recipe import Recipe
from sda_desktop.training.checkpoint import latest_checkpoint, load_checkpoint, verify_checkpoint
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import EpochMetrics, MetricsHistory
from sda_desktop.training.run_folder import RunFolder, list_runs
from sda_desktop.ui import settings_file
from sda_desktop.ui.settings import Settings

FIXTURES = Path(__file__).resolve().parent / "fixtures"
VERSIONS = sorted(folder.name for folder in FIXTURES.iterdir())


def hashes(folder: Path) -> dict[str, str]:
    """Of all files but locks."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


@pytest.fixture(params=VERSIONS)
def data(request: pytest.FixtureRequest) -> Path:
    """The app's data folder as that version left it."""
    shutil.copytree(FIXTURES / request.param, paths.data_dir())
    return paths.data_dir()


@pytest.fixture
def untouched(data: Path) -> Iterator[Path]:
    """The same; a file that the test changed, added or deleted fails it."""
    before = hashes(data)
    assert len(before) == 16
    yield data
    assert hashes(data) == before


def test_a_run_is_listed_and_opened(untouched: Path) -> None:
    (run,) = list_runs()
    assert (run.name, run.status, run.epochs, run.problem) == ("Tones", "stopped", 2, "")
    manifest = RunFolder.open(run.path).manifest
    assert TrainingConfig.from_dict(manifest["config"]).epochs == 4
    (model,) = list_models()
    assert (model.notes, model.tags) == ("Three sounds.\nNothing more.", ("test", "ähnlich"))


def test_the_curves_are_read(untouched: Path) -> None:
    history = MetricsHistory.load(untouched / "runs" / RUN_NAME / "metrics.jsonl")
    assert [epoch.epoch for epoch in history.epochs] == [1, 2]
    assert len(history.steps) == 40
    assert len(history.checkpoints) >= 1


def test_the_checkpoint_is_sound_and_the_model_plays(untouched: Path) -> None:
    run = untouched / "runs" / RUN_NAME
    info = latest_checkpoint(run)
    assert info is not None
    assert verify_checkpoint(info.path).problem == ""
    assert sorted(load_checkpoint(info.path).tensors) == ["average", "bank", "model", "optimizer"]
    opened = open_instrument(run)
    assert len(opened.instrument.atlas.sounds) == 3
    assert ExploreFolder.of(info.path, opened.instrument.identity).load_chart() is not None
    recipe = Recipe.from_json(json.loads((untouched / "recipe.json").read_text(encoding="utf-8")))
    assert recipe.model == opened.instrument.identity
    sound = opened.instrument.render(recipe)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() > 1e-4


def test_the_presets_are_recalled(untouched: Path) -> None:
    presets = Presets.of_run(untouched / "runs" / RUN_NAME)
    assert presets.recall("dark") == {"novelty": 0.25, "loop": True, "sliders": [["brightness", -1.5]]}


def test_the_history_is_read(untouched: Path) -> None:
    history = History()
    assert [(entry.title, entry.favourite) for entry in history.entries()] == [
        ("Träume", True),
        ("between", False),
    ]
    assert [entry.recipe.seed for entry in history.entries()] == [8, 7]
    assert history.entries()[0].outline.shape == (2, 96)


def test_the_settings_are_read(untouched: Path) -> None:
    assert settings_file.prepare(paths.settings_file()) == ""
    settings = Settings()
    assert (settings.theme, settings.volume_db) == ("dark", -7.5)
    assert settings.recent("sounds") == [PLACE / "three tönes"]
    assert settings.blob("window/geometry") == QByteArray(b"\x00\x01geometry\xff")
    assert settings.sync()


def test_the_model_file_is_imported(untouched: Path, tmp_path: Path) -> None:
    imported = import_model(untouched / "tones.sda", tmp_path / "runs")
    assert imported.new
    assert imported.model.name == "Tones"
    assert len(open_instrument(imported.model.path).instrument.atlas.sounds) == 3


def test_the_training_goes_on(data: Path, tmp_path: Path) -> None:
    run = data / "runs" / RUN_NAME
    write_tones(tmp_path / "three tönes")
    checkpoint = latest_checkpoint(run)
    assert checkpoint is not None
    text = (checkpoint.path / "state.json").read_text(encoding="utf-8")
    moved = text.replace(json.dumps(str(PLACE))[1:-1], json.dumps(str(tmp_path))[1:-1])
    replace_file(checkpoint.path, "state.json", moved.encode("ascii"))
    recorder = Recorder()
    assert run_resumed(run, recorder).status == "finished"
    assert [epoch.epoch for epoch in recorder.of(EpochMetrics)] == [3, 4]
    assert RunFolder.open(run).manifest["status"] == "finished"

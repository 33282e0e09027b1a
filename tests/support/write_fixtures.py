"""Writes tests/fixtures/v1: files as this version of the app writes them, for the versions to come.

    .venv/bin/python tests/support/write_fixtures.py FOLDER

Files of a version that was released are never written again: a version with another format gets a folder of
its own.  The model is far smaller than the app would make it, and trained for a second.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from unittest.mock import patch

import numpy as np
import soundfile
import torch
from PySide6.QtCore import QByteArray
from training_runs import Recorder, run_training

from sda_desktop import paths
from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.generation.history import History
from sda_desktop.generation.model_file import export_model
from sda_desktop.generation.opening import open_instrument
from sda_desktop.generation.outline import POINTS
from sda_desktop.generation.presets import Presets
from sda_desktop.generation.recipe import Recipe, Stop
from sda_desktop.models.vae import VAEConfig
from sda_desktop.training import session
from sda_desktop.training.about import change_about
from sda_desktop.training.checkpoint import delete_checkpoint, latest_checkpoint, list_checkpoints
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import EpochMetrics, Event
from sda_desktop.ui.settings import Settings

PLACE = Path("/tmp/sda-desktop-fixture")  # the paths in the files begin with it
RATE_HZ = 44_100
WRITTEN_S = 1_767_225_600  # 2026-01-01
RUN_NAME = "2026-01-01 12-00 tones"


def write_tones(folder: Path) -> None:
    """Three short sounds, the same whenever they are written, dates included: a resume looks at those."""
    folder.mkdir(parents=True)
    for name, frequency_hz in {"low": 110.0, "middle": 440.0, "high": 1760.0}.items():
        time_s = np.arange(round(0.6 * RATE_HZ)) / RATE_HZ
        wave = 0.5 * np.sin(2 * np.pi * frequency_hz * time_s) * np.exp(-3 * time_s)
        path = folder / f"{name}.wav"
        soundfile.write(path, wave.astype(np.float32), RATE_HZ, subtype="PCM_16")
        os.utime(path, (WRITTEN_S, WRITTEN_S))


def _small_model(config: TrainingConfig, spectrogram: SpectrogramConfig) -> VAEConfig:
    del config
    return VAEConfig(
        bins=spectrogram.fft_samples // 4,
        mel_bands=spectrogram.mel_bands,
        loss_mel_bands=spectrogram.loss_mel_bands,
        frames_per_step=spectrogram.frames_per_step,
        step_seconds=spectrogram.step_seconds,
        global_latents=2,
        learned_latents=1,
        level_bands=4,
        shape_bands=2,
        channels=4,
    )


def _small_front_end(config: TrainingConfig, sample_rate_hz: int) -> SpectrogramConfig:
    del config
    return SpectrogramConfig(sample_rate_hz=sample_rate_hz, fft_samples=512, mel_bands=16, loss_mel_bands=16)


def _write_run(run: Path, sounds: Path) -> None:
    """Two of four epochs, stopped, with one checkpoint and no previews."""

    def stop_at(event: Event) -> bool:
        return isinstance(event, EpochMetrics) and event.epoch == 2

    with (
        patch.object(session, "model_config", _small_model),
        patch.object(session, "front_end", _small_front_end),
    ):
        run_training(sounds, run, Recorder(stop_at), epochs=4, preview_every_epochs=100)
    latest = latest_checkpoint(run)
    assert latest is not None
    for info in list_checkpoints(run):
        if info.path != latest.path:
            delete_checkpoint(info.path)
    shutil.rmtree(run / "previews", ignore_errors=True)
    change_about(run, name="Tones", notes="Three sounds.\nNothing more.", tags=["test", "ähnlich"])
    Presets.of_run(run).save("Dark", {"novelty": 0.25, "loop": True, "sliders": [["brightness", -1.5]]})


def _write_explored(run: Path) -> None:
    """Atlas, chart and a kept model; a history with two sounds; a recipe as --recipes writes it."""
    opened = open_instrument(run)
    opened.folder.save_chart({"places": [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]})
    keys = [sound.key for sound in opened.instrument.atlas.sounds]
    between = Recipe(
        opened.instrument.identity,
        "place",
        "between",
        (Stop(0.0, ((keys[0], 0.75), (keys[1], 0.25))),),
        0.5,
        7,
    )
    outline = np.stack([np.linspace(-1, 0, POINTS), np.linspace(1, 0, POINTS)]).astype(np.float32)
    history = History()
    history.add(between, 0.5, outline, run=run)
    starred = history.add(between.replaced(title="Träume", seed=8), 0.5, outline, run=run)
    history.set_favourite(starred.id, True)
    text = json.dumps(between.to_json(), indent=1, ensure_ascii=False) + "\n"
    (paths.data_dir() / "recipe.json").write_text(text, encoding="utf-8")


def _write_settings() -> None:
    settings = Settings()
    settings.theme = "dark"
    settings.volume_db = -7.5
    settings.set_blob("window/geometry", QByteArray(b"\x00\x01geometry\xff"))
    settings.add_recent("sounds", [PLACE / "three tönes"])
    assert settings.sync()


def main(folder: Path) -> None:
    """Write everything below a fixed place, then move it to `folder`, which must not exist."""
    if folder.exists():
        raise SystemExit(f"{folder} is there already: files of a version are written once.")
    PLACE.mkdir()
    try:
        os.environ[paths.HOME_VARIABLE] = str(PLACE)
        torch.manual_seed(0)
        sounds, run = PLACE / "three tönes", paths.runs_dir() / RUN_NAME
        write_tones(sounds)
        run.parent.mkdir(parents=True)
        _write_run(run, sounds)
        _write_explored(run)
        _write_settings()
        export_model(run, paths.data_dir() / "tones.sda")
        for lock in PLACE.rglob("*.lock"):
            lock.unlink()
        shutil.copytree(paths.data_dir(), folder)
    finally:
        shutil.rmtree(PLACE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Sounds from recipes and from files, ready to be exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from sda_desktop.audio.export import ExportFormat, ExportOptions
from sda_desktop.audio.io import write_wav
from sda_desktop.errors import AudioFileError
from sda_desktop.generation.export_batch import export_batch, target_paths
from sda_desktop.generation.recipe import Recipe, Stop
from sda_desktop.generation.sound_jobs import file_job, recipe_job

RECIPE = Recipe("abc", "random", "New sound", (Stop(0.0, (("a", 1.0),)),), 0.5, seed=12)


class Tones:
    """An instrument that makes a level out of the seed."""

    sample_rate_hz = 48_000

    def __init__(self) -> None:
        self.asked: list[Recipe] = []

    def stream(self, recipe: Recipe) -> Iterator[NDArray[np.float32]]:
        self.asked.append(recipe)
        for _ in range(5):
            yield np.full((1, 4800), recipe.seed / 100, np.float32)


def test_a_recipe_is_made_when_its_file_is_written(tmp_path: Path) -> None:
    tones = Tones()
    job = recipe_job(tones, RECIPE, "My model")
    assert tones.asked == []
    assert (job.seconds, job.key) == (0.5, RECIPE.digest())
    options = ExportOptions(ExportFormat("wav", "32f", 48_000))
    [path] = target_paths([job], tmp_path, "{model} {title} {seed}", options)
    export_batch([job], [path], options)
    assert tones.asked == [RECIPE]
    with soundfile.SoundFile(tmp_path / "My model New sound 12.wav") as file:
        assert file.comment == f"Model: My model; Seed: 12; Recipe: {RECIPE.digest()[:16]}"
        np.testing.assert_array_equal(file.read(dtype="float32"), np.full(24_000, np.float32(0.12)))


def test_a_file_goes_out_as_it_is(tmp_path: Path) -> None:
    source = tmp_path / "stereo.wav"
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 1000)).astype(np.float32)
    write_wav(source, sound, 44_100, subtype="FLOAT")
    job = file_job(source)
    assert (job.title, job.seed) == ("stereo", None)
    assert job.seconds == pytest.approx(1000 / 44_100)
    options = ExportOptions(ExportFormat("wav", "32f", 44_100))
    [written] = export_batch([job], [tmp_path / "out.wav"], options).exported
    np.testing.assert_array_equal(soundfile.read(written.path, dtype="float32")[0].T, sound)
    write_wav(source, sound[:, :500], 44_100)
    assert file_job(source, "other").key != job.key


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError):
        file_job(tmp_path / "gone.wav")

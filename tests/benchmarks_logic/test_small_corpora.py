"""What the benchmark of small corpora tells of a run."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import small_corpora
import soundfile
from small_corpora import Recorder, ascii_curve

from sda_desktop.training.metrics import CheckpointEvent


def test_a_curve_is_drawn_from_its_highest_to_its_lowest() -> None:
    lines = ascii_curve([3.0, 2.0, 1.0, 2.0], height=3).splitlines()
    assert lines == ["   3.000 |*", "         | * *", "   1.000 |  *"]


def test_a_long_curve_is_joined_into_as_many_columns_as_fit() -> None:
    lines = ascii_curve(list(np.linspace(1.0, 0.0, 1000)), width=20, height=5).splitlines()
    assert max(len(line) for line in lines) == len("         |") + 20
    assert sum(line.count("*") for line in lines) == 20


def test_a_flat_curve_and_none_at_all() -> None:
    assert ascii_curve([1.0, 1.0], height=2).splitlines()[1].endswith("|**")
    with pytest.raises(ValueError, match="nothing to draw"):
        ascii_curve([])


def test_running_away_is_the_end_against_the_lowest() -> None:
    assert small_corpora.rise_percent([2.0, 1.0, 1.1]) == pytest.approx(10.0)
    assert small_corpora.rise_percent([2.0, 1.5, 1.0]) == pytest.approx(0.0)


def test_the_kept_state_is_compared_with_the_best_one() -> None:
    states = {10: {"own global": 4.0}, 20: {"own global": 5.0}}
    assert small_corpora.misses_percent(states, 20, "own global") == pytest.approx(25.0)
    assert small_corpora.misses_percent(states, 10, "own global") == 0


def test_the_loudest_part_is_taken() -> None:
    sound = np.concatenate([np.full(100, 0.1), np.full(100, 0.9), np.full(50, 0.2)])
    assert np.array_equal(small_corpora.loudest_part(sound, 100), np.full(100, 0.9))
    assert np.array_equal(small_corpora.loudest_part(sound, 1000), sound)


def test_checkpoints_are_kept_at_even_distances_though_the_run_deletes_them(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "kept", states=4, total_steps=400)
    for step in range(20, 401, 20):
        folder = tmp_path / "run" / f"step-{step:08d}-best"
        folder.mkdir(parents=True)
        folder.joinpath("weights").write_text(str(step), encoding="ascii")
        recorder(CheckpointEvent(str(folder), "best", step // 20, step, 1.0, 1, 0.0))
        folder.joinpath("weights").unlink()
    kept = sorted((tmp_path / "kept").iterdir())
    assert [path.joinpath("weights").read_text(encoding="ascii") for path in kept] == [
        "100",
        "200",
        "300",
        "400",
    ]


def test_the_settings_are_those_of_the_command_line_and_no_preset_changes_them(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    soundfile.write(path, np.zeros(44_100), 44_100)
    arguments = argparse.Namespace(set=["weight_decay=0.2"], seed=3, steps=400, seconds=180.0)
    config, explicit = small_corpora.settings([path], arguments)
    assert (config.weight_decay, config.seed, config.epochs, config.time_limit_s) == (0.2, 3, 20, 0.0)
    assert explicit == {"weight_decay"}
    arguments.steps = 0
    config, _ = small_corpora.settings([path], arguments)
    assert (config.epochs, config.time_limit_s) == (0, 180.0)


def test_corpora_of_every_size_have_that_size(tmp_path: Path) -> None:
    pool = []
    for number in range(40):
        pool.append(tmp_path / f"{number:02d}.wav")
        soundfile.write(pool[-1], 0.1 * np.ones(2205), 44_100)
    assert len(small_corpora.corpus(6, pool, 0, tmp_path)) == 6
    assert small_corpora.corpus(150, pool, 0, tmp_path) == pool
    assert len(small_corpora.corpus(151, pool, 0, tmp_path / "cache")) == 151

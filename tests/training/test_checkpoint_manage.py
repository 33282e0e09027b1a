"""Which checkpoints are kept, in which order, and that a kill at any moment loses none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample_checkpoints import edit_manifest, make_newer, sample_checkpoint, sample_run

from sda_desktop.errors import StorageError
from sda_desktop.training.checkpoint import (
    best_checkpoint,
    beyond,
    latest_checkpoint,
    list_checkpoints,
    manage_checkpoints,
)

KILL_SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "kill_checkpoints.py"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return sample_run(tmp_path / "run").path


def _names(run: Path) -> set[str]:
    return {info.path.name for info in list_checkpoints(run)}


def test_three_recent_the_best_and_every_manual_one_are_kept(run: Path) -> None:
    sample_checkpoint(run, 10, "manual", score=0.1)
    sample_checkpoint(run, 20, "best", score=0.5)
    sample_checkpoint(run, 30, "best", score=0.3)
    for step in (40, 50, 60, 70):
        sample_checkpoint(run, step, "interval", score=0.4)

    deleted = manage_checkpoints(run, keep_recent=3)

    assert {path.name for path in deleted} == {"step-00000020-best", "step-00000040-interval"}
    assert _names(run) == {
        "step-00000010-manual",
        "step-00000030-best",
        "step-00000050-interval",
        "step-00000060-interval",
        "step-00000070-interval",
    }
    assert manage_checkpoints(run, keep_recent=3) == []


def test_those_of_a_newer_version_are_kept_beside_and_not_counted(run: Path) -> None:
    for step in (10, 20, 30, 40):
        sample_checkpoint(run, step)
    for step in (10, 40):
        make_newer(run / "checkpoints" / f"step-{step:08d}-interval")
    assert [path.name for path in manage_checkpoints(run, keep_recent=1)] == ["step-00000020-interval"]
    infos = list_checkpoints(run)
    assert [(info.global_step, info.newer, info.damaged) for info in infos] == [
        (40, True, False),
        (30, False, False),
        (10, True, False),
    ]
    assert [info.global_step for info in beyond(infos)] == [40]
    assert latest_checkpoint(run) == infos[1]
    assert sample_checkpoint(run, 50).serial == infos[0].serial + 1
    assert beyond(list_checkpoints(run)) == []


def test_a_newer_version_may_write_another_manifest(run: Path) -> None:
    old, new = sample_checkpoint(run, 10).path, sample_checkpoint(run, 20).path
    make_newer(new)
    edit_manifest(new, lambda manifest: manifest.update(serial="second", epoch=None))
    infos = list_checkpoints(run)
    (newer,) = beyond(infos)
    assert (newer.path, newer.global_step, newer.serial) == (new, 20, 0)
    make_newer(old)
    edit_manifest(old, lambda manifest: manifest.update(serial=None))
    assert len(beyond(list_checkpoints(run))) == 2


def test_the_newest_is_kept_whatever_is_asked(run: Path) -> None:
    for step in (10, 20):
        sample_checkpoint(run, step)
    manage_checkpoints(run, keep_recent=0)
    assert _names(run) == {"step-00000020-interval"}


def test_damaged_ones_neither_count_as_kept_nor_are_deleted(run: Path) -> None:
    for step in (10, 20, 30, 40):
        sample_checkpoint(run, step, "best", score=1 / step)
    os.truncate(run / "checkpoints" / "step-00000040-best" / "model.safetensors", 10)
    (run / "checkpoints" / "step-00000010-best" / "manifest.json").unlink()

    assert manage_checkpoints(run, keep_recent=1) == [run / "checkpoints" / "step-00000020-best"]

    assert _names(run) == {f"step-000000{step}-best" for step in (10, 30, 40)}
    assert latest_checkpoint(run) == best_checkpoint(run)
    best = best_checkpoint(run)
    assert best is not None
    assert best.global_step == 30


def test_nothing_sound_means_nothing_is_deleted(run: Path) -> None:
    for step in (10, 20):
        saved = sample_checkpoint(run, step)
        (saved.path / "state.json").unlink()
    assert manage_checkpoints(run, keep_recent=1) == []
    assert len(_names(run)) == 2
    assert latest_checkpoint(run) is None
    assert best_checkpoint(run) is None


def test_no_checkpoints_yet(run: Path) -> None:
    shutil.rmtree(run / "checkpoints")
    assert list_checkpoints(run) == []
    assert manage_checkpoints(run) == []


def test_best_is_the_lowest_score_saved_as_best(run: Path) -> None:
    sample_checkpoint(run, 10, "interval", score=0.01)  # measured on other weights than these
    sample_checkpoint(run, 20, "best", score=0.5)
    sample_checkpoint(run, 30, "best", score=0.2)
    sample_checkpoint(run, 40, "stop", score=0.3)
    best = best_checkpoint(run)
    assert best is not None
    assert best.global_step == 30


def test_best_without_one_saved_as_best_is_the_lowest_score(run: Path) -> None:
    sample_checkpoint(run, 10, "interval", score=0.4)
    sample_checkpoint(run, 20, "stop", score=0.2)
    sample_checkpoint(run, 30, "interval")
    best = best_checkpoint(run)
    assert best is not None
    assert best.global_step == 20


def test_latest_is_the_one_written_last_even_if_the_clock_was_set_back(run: Path) -> None:
    first = sample_checkpoint(run, 10)
    second = sample_checkpoint(run, 20)
    edit_manifest(first.path, lambda manifest: manifest.update(created=first.created + 9e6))
    latest = latest_checkpoint(run)
    assert latest is not None
    assert latest.path == second.path


def test_one_that_cannot_be_deleted_does_not_keep_the_others(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in (10, 20, 30, 40):
        sample_checkpoint(run, step)
    real_replace = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(source).name == "step-00000020-interval":
            raise OSError(16, "Device or resource busy")
        real_replace(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(StorageError, match="Device or resource busy"):
        manage_checkpoints(run, keep_recent=1)
    assert _names(run) == {"step-00000020-interval", "step-00000040-interval"}


def test_one_that_the_user_deletes_meanwhile_is_no_error(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in (10, 20):
        sample_checkpoint(run, step)
    real_replace = os.replace

    def replace(source: Path, target: Path) -> None:
        shutil.rmtree(source)
        real_replace(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert manage_checkpoints(run, keep_recent=1) == []
    assert _names(run) == {"step-00000020-interval"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the script forks")
def test_a_kill_at_any_moment_loses_no_finished_checkpoint(tmp_path: Path) -> None:
    """60 processes that save and tidy without pause, each killed at a random moment."""
    done = subprocess.run(
        [sys.executable, str(KILL_SCRIPT), "--kills", "60", "--folder", str(tmp_path), "--json"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["kills"] == 60
    assert report["leftovers_seen"] > 0  # some were really in the middle of writing or deleting

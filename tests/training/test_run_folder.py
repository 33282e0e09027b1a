"""The run folder: made complete, opened with every fault named, locked, listed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_checkpoints import make_newer, sample_checkpoint, sample_run

from sda_desktop import paths
from sda_desktop.errors import BadInputError, CheckpointError, RunLockedError, SdaError, StorageError
from sda_desktop.training import run_folder as run_folder_module
from sda_desktop.training.about import change_about
from sda_desktop.training.checkpoint import load_checkpoint
from sda_desktop.training.metrics import HealthWarning, MetricsHistory
from sda_desktop.training.run_folder import (
    RunFolder,
    delete_run,
    interrupted_runs,
    list_runs,
    summarise_run,
)
from sda_desktop.training.run_lock import is_locked
from sda_desktop.training.run_place import safe_name

HOLDER = """
import sys
from pathlib import Path
from sda_desktop.training.run_folder import RunFolder
with RunFolder.open(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return sample_run(tmp_path / "Läufe 音" / "run 1")


@pytest.fixture
def other_trainer(run: RunFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of `run`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(run.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    yield process
    process.kill()
    process.communicate()


# --- making -----------------------------------------------------------------------------------------------


def test_a_new_run_lies_among_the_runs_under_its_date_and_name() -> None:
    run = RunFolder.create(None, name='Glas / Töne: "2"?', manifest={"sources": [], "config": {"seed": 3}})

    assert run.path.parent == paths.runs_dir()
    assert run.path.name == time.strftime("%Y-%m-%d %H-%M", time.localtime(run.manifest["created"])) + (
        " Glas Töne 2"
    )
    on_disk = json.loads((run.path / "run.json").read_text(encoding="utf-8"))
    assert on_disk == run.manifest
    assert on_disk["sda_desktop_run"] == 1
    assert on_disk["name"] == 'Glas / Töne: "2"?'
    assert on_disk["config"] == {"seed": 3}
    assert on_disk["status"] == "stopped"
    assert RunFolder.open(run.path).manifest == on_disk


def test_runs_of_the_same_minute_get_different_folders() -> None:
    made = [RunFolder.create(None, name="drums", manifest={}).path for _ in range(3)]
    assert len(set(made)) == 3
    assert made[2].name.removeprefix(made[0].name) in (" (3)", " (2)", "")  # (a minute may just have passed)
    assert all((path / "run.json").is_file() for path in made)


def test_many_threads_making_runs_at_once_never_share_one() -> None:
    made: list[Path] = []
    threads = [
        threading.Thread(target=lambda: made.append(RunFolder.create(None, name="x", manifest={}).path))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8
    assert len(list_runs()) == 8


@pytest.mark.parametrize("name", ["", "...", "///", "\0\n", "x" * 500, "音" * 500, "con. "])
def test_any_name_gives_a_folder(name: str) -> None:
    run = RunFolder.create(None, name=name, manifest={})
    assert run.path.is_dir()
    assert len(os.fsencode(run.path.name)) < 255
    assert run.path.name == run.path.name.strip(". ")
    assert safe_name("con. ") == "con"


def test_an_empty_folder_may_become_a_run(tmp_path: Path) -> None:
    place = tmp_path / "empty"
    place.mkdir()
    assert RunFolder.create(place, name="x", manifest={}).path == place
    assert (place / "run.json").is_file()


def test_a_taken_place_is_refused(run: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(BadInputError, match="already holds other files"):
        RunFolder.create(tmp_path / "full", name="x", manifest={})
    with pytest.raises(BadInputError, match="already holds a run"):
        RunFolder.create(run.path, name="x", manifest={})
    with pytest.raises(BadInputError, match="is a file"):
        RunFolder.create(tmp_path / "full" / "letter.txt", name="x", manifest={})
    assert os.listdir(tmp_path / "full") == ["letter.txt"]


@pytest.mark.parametrize("inside", [".", "run", "deep/er/run", "../sounds/run"])
def test_a_place_among_the_sounds_is_refused(tmp_path: Path, inside: str) -> None:
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    with pytest.raises(BadInputError, match="lies inside the folder of sounds"):
        RunFolder.create(sounds / inside, name="x", manifest={"sources": [str(sounds)]})
    assert os.listdir(sounds) == []


def test_a_place_among_the_sounds_by_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sounds").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "sounds", target_is_directory=True)
    with pytest.raises(BadInputError, match="lies inside the folder of sounds"):
        RunFolder.create(tmp_path / "link" / "run", name="x", manifest={"sources": [tmp_path / "sounds"]})


def test_beside_a_sound_file_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "one.wav").write_bytes(b"")
    RunFolder.create(tmp_path / "run", name="x", manifest={"sources": [str(tmp_path / "one.wav")]})


def test_a_full_disk_when_making_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="The disk is full"):
        RunFolder.create(tmp_path / "runs" / "x", name="x", manifest={})
    assert os.listdir(tmp_path / "runs") == []


# --- opening ----------------------------------------------------------------------------------------------

DAMAGE = {
    "{}": r"it is not a run of SDA Desktop",
    '{"sda_desktop_run": 99, "app_version": "7.0"}': r"newer SDA Desktop \(7\.0, format 99; this one reads",
    '{"sda_desktop_run": 1, "name": ': r"run\.json is malformed \(line 1",
    "": r"run\.json is empty",
    '{"sda_desktop_run": 1, "name": 3}': r"run\.json has a wrong name \(3\)",
    '{"sda_desktop_run": 1, "name": "x", "created": "now"}': r"run\.json has a wrong created \('now'\)",
    '{"sda_desktop_run": 1, "name": "x", "created": 1, "status": "odd"}': r"wrong status \('odd'\)",
}


@pytest.mark.parametrize("text", DAMAGE)
def test_what_is_wrong_with_a_run_is_named(run: RunFolder, text: str) -> None:
    (run.path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(CheckpointError, match=DAMAGE[text]) as caught:
        RunFolder.open(run.path)
    summary = summarise_run(run.path)
    assert summary.status == "damaged"
    assert summary.problem
    assert summary.problem in caught.value.message


def test_a_missing_run_is_named(run: RunFolder, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="There is no run at"):
        RunFolder.open(tmp_path / "nowhere")
    with pytest.raises(CheckpointError, match=r"run\.json is missing"):
        RunFolder.open(run.checkpoints_dir)


def test_a_file_in_a_run_means_the_run(run: RunFolder) -> None:
    assert RunFolder.open(run.path / "run.json").path == run.path


def test_update_survives_and_keeps_the_rest(run: RunFolder) -> None:
    run.update(status="running", note="Üben")
    opened = RunFolder.open(run.path).manifest
    assert (opened["status"], opened["note"], opened["name"]) == ("running", "Üben", "my sounds")


def test_a_failed_update_changes_nothing(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = run.manifest
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="The disk is full"):
            run.update(status="failed")
    assert run.manifest == before == RunFolder.open(run.path).manifest
    assert not [name for name in os.listdir(run.path) if name.startswith(".tmp")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
def test_a_path_that_is_no_valid_text_survives(tmp_path: Path) -> None:
    sounds = tmp_path / os.fsdecode(b"caf\xe9")  # Latin-1, as on an old disk
    run = RunFolder.create(tmp_path / os.fsdecode(b"r\xfcn"), name="x", manifest={"sources": [sounds]})
    run.update(status="running")
    run.append_event(_event(str(sounds)))
    run.close()
    assert RunFolder.open(run.path).manifest["sources"] == [str(sounds)] == run.manifest["sources"]
    assert MetricsHistory.load(run.metrics_file).warnings[0].message == str(sounds)
    assert load_checkpoint(sample_checkpoint(run.path, 1).path).info.global_step == 1


# --- lock -------------------------------------------------------------------------------------------------


def test_a_second_trainer_in_this_process_is_refused_by_name(run: RunFolder) -> None:
    with run.lock():
        assert run.is_locked()
        with pytest.raises(
            RunLockedError, match=rf"by this program \(process {os.getpid()} on \S+, since 20"
        ):
            RunFolder.open(run.path).lock().__enter__()
        assert run.is_locked()  # the refused one did not take the lock away
    assert not run.is_locked()
    with run.lock():
        pass


def test_a_trainer_in_another_process_is_named(run: RunFolder, other_trainer: subprocess.Popen[str]) -> None:
    assert run.is_locked()
    with (
        pytest.raises(RunLockedError, match=rf"by process {other_trainer.pid} on \S+, since 20\d\d-"),
        run.lock(),
    ):
        pass


def test_a_killed_trainer_leaves_no_lock(run: RunFolder, other_trainer: subprocess.Popen[str]) -> None:
    other_trainer.send_signal(signal.SIGKILL)
    other_trainer.wait()
    assert (run.path / "run.lock").exists()
    assert not run.is_locked()
    with run.lock():
        pass


def test_asking_whether_it_is_locked_does_not_disturb_a_trainer_that_begins(run: RunFolder) -> None:
    with run.lock():
        pass  # the lock file is there
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            is_locked(run.path)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(50):
            with run.lock():
                pass
    finally:
        stop.set()
        asking.join()


def test_who_asks_is_not_taken_for_a_trainer_by_others_who_ask(run: RunFolder) -> None:
    with run.lock():
        pass
    answers: list[bool] = []

    def ask() -> None:
        answers.extend(is_locked(run.path) for _ in range(200))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert answers.count(True) == 0
    assert len(answers) == 800


def test_the_lock_may_be_released_by_another_thread(run: RunFolder) -> None:
    lock = run.lock()
    thread = threading.Thread(target=lock.__enter__)
    thread.start()
    thread.join()
    assert run.is_locked()
    lock.__exit__(None, None, None)
    assert not run.is_locked()


def test_an_error_while_training_releases_the_lock(run: RunFolder) -> None:
    with pytest.raises(SdaError, match="broken"), run.lock():
        raise SdaError("broken")
    assert not run.is_locked()


def test_a_vanished_run_cannot_be_locked(run: RunFolder) -> None:
    shutil.rmtree(run.path)
    with pytest.raises(StorageError, match="its folder is gone"), run.lock():
        pass


def test_looking_does_not_create_a_lock_file(run: RunFolder) -> None:
    assert not run.is_locked()
    assert not (run.path / "run.lock").exists()


# --- metrics ----------------------------------------------------------------------------------------------


def _event(text: str) -> HealthWarning:
    return HealthWarning("dataset", text)


def test_events_are_there_for_a_reader_at_once(run: RunFolder) -> None:
    run.append_event(_event("eins"))
    run.append_event(_event("zwei 音"))
    assert [w.message for w in MetricsHistory.load(run.metrics_file).warnings] == ["eins", "zwei 音"]
    run.close()
    run.append_event(_event("drei"))
    assert len(MetricsHistory.load(run.metrics_file).warnings) == 3
    run.close()


def test_resume_cuts_the_history_where_the_checkpoint_was(run: RunFolder) -> None:
    run.append_event(_event("kept"))
    position = run.metrics_position()
    run.append_event(_event("cut"))
    assert run.truncate_metrics(position)
    assert run.metrics_position() == position
    run.append_event(_event("new"))
    run.close()
    assert [w.message for w in MetricsHistory.load(run.metrics_file).warnings] == ["kept", "new"]


def test_a_torn_line_is_cut_off(run: RunFolder) -> None:
    run.append_event(_event("kept"))
    run.close()
    whole = run.metrics_file.read_bytes()
    run.metrics_file.write_bytes(whole + b'{"event": "health_w' + b"x" * 70_000)
    assert run.truncate_metrics(len(whole) + 70_010)
    assert run.metrics_file.read_bytes() == whole
    assert not run.truncate_metrics(10**9)  # some of the history is lost, and it says so
    assert run.metrics_file.read_bytes() == whole
    run.metrics_file.write_bytes(b"torn")
    run.truncate_metrics(100)
    assert run.metrics_file.read_bytes() == b""


def test_a_run_without_metrics_starts_at_zero(run: RunFolder) -> None:
    assert run.metrics_position() == 0
    run.close()
    assert run.truncate_metrics(0)


def test_a_full_disk_leaves_no_torn_line(run: RunFolder) -> None:
    resource = pytest.importorskip("resource", reason="a limit of Unix")
    run.append_event(_event("kept"))
    limit = run.metrics_position() + 40
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(StorageError, match="The disk is full"):
            run.append_event(_event("too long " * 50))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    run.append_event(_event("after"))
    run.close()
    assert [w.message for w in MetricsHistory.load(run.metrics_file).warnings] == ["kept", "after"]


# --- all runs ---------------------------------------------------------------------------------------------


def test_runs_are_listed_newest_first_with_what_matters() -> None:
    old = sample_run(name="old", created=1000.0, status="finished")
    new = sample_run(name="new", created=2000.0, status="stopped")
    sample_checkpoint(old.path, 70)
    sample_checkpoint(old.path, 120)
    (old.path / "previews" / "epoch-0001").mkdir()
    (old.path / "previews" / "epoch-0001" / "a.wav").write_bytes(bytes(1000))

    runs = list_runs()

    assert [run.name for run in runs] == ["new", "old"]
    assert [run.path for run in runs] == [new.path, old.path]
    assert (runs[1].status, runs[1].epochs, runs[1].problem) == ("finished", 12, "")
    assert runs[1].size_bytes == sum(f.stat().st_size for f in old.path.rglob("*") if f.is_file())
    assert runs[0].epochs == 0


def test_a_damaged_run_is_listed_and_other_folders_are_not() -> None:
    run = sample_run(name="broken")
    sample_checkpoint(run.path, 10)
    (run.path / "run.json").unlink()
    (paths.runs_dir() / "holiday pictures").mkdir()
    (paths.runs_dir() / ".tmp-1-00000000").mkdir()
    (paths.runs_dir() / "file").write_bytes(b"")

    [listed] = list_runs()

    assert listed.path == run.path
    assert listed.problem == "run.json is missing"


def test_no_runs_yet() -> None:
    assert list_runs() == []
    assert interrupted_runs() == []


def test_interrupted_is_what_says_running_while_nobody_trains() -> None:
    crashed = sample_run(name="crashed", status="running")
    sample_checkpoint(crashed.path, 10)
    sample_run(name="crashed before the first checkpoint", status="running")
    sample_checkpoint(sample_run(name="stopped", status="stopped").path, 10)
    live = sample_run(name="live", status="running")
    sample_checkpoint(live.path, 10)
    damaged = sample_run(name="damaged", status="running")
    (sample_checkpoint(damaged.path, 10).path / "manifest.json").unlink()
    newer = sample_run(name="trained on by a newer version", status="running")
    sample_checkpoint(newer.path, 10)
    make_newer(sample_checkpoint(newer.path, 20).path)

    with live.lock():
        assert [run.path for run in interrupted_runs()] == [crashed.path]
        assert {run.name for run in list_runs() if run.interrupted} == {
            "crashed",
            "crashed before the first checkpoint",
            "damaged",
            "trained on by a newer version",
        }
    assert {run.path for run in interrupted_runs()} == {crashed.path, live.path}


def test_a_run_cut_off_after_its_end_was_saved_is_finished() -> None:
    run = sample_run(name="done", status="running")
    sample_checkpoint(run.path, 10, "best", score=0.5)
    sample_checkpoint(run.path, 20, "final")
    assert interrupted_runs() == []
    assert [(r.status, r.interrupted) for r in list_runs()] == [("finished", False)]
    sample_checkpoint(run.path, 30, "interval")  # it was given more epochs, and then cut off
    assert [r.path for r in interrupted_runs()] == [run.path]


def test_a_hundred_runs_are_listed_quickly() -> None:
    for number in range(100):
        run = sample_run(name=f"run {number}", status="running")
        for epoch in range(20):
            folder = run.previews_dir / f"epoch-{epoch:04d}"
            folder.mkdir()
            (folder / "a.wav").touch()
    one = sample_checkpoint(run.path, 10).path
    for other in paths.runs_dir().iterdir():
        for name in ("a", "b", "c"):
            shutil.copytree(one, other / "checkpoints" / name)
    start = time.process_time()
    runs = list_runs()
    used_s = time.process_time() - start
    assert len(runs) == 100
    assert used_s < 1.0, f"{used_s:.2f} s of processor time"


# --- deleting ---------------------------------------------------------------------------------------------


def test_a_run_is_deleted_whole(run: RunFolder) -> None:
    sample_checkpoint(run.path, 10)
    run.append_event(_event("x"))
    run.close()
    with run.lock():
        pass
    delete_run(run.path)
    assert not run.path.exists()
    assert os.listdir(run.path.parent) == []


def test_other_files_in_the_folder_of_a_run_stay(run: RunFolder) -> None:
    sample_checkpoint(run.path, 10)
    (run.path / "my notes.txt").write_text("keep", encoding="utf-8")
    delete_run(run.path)
    assert os.listdir(run.path) == ["my notes.txt"]


def test_kept_copies_of_damaged_files_go_with_the_run_and_what_looks_alike_stays(run: RunFolder) -> None:
    (run.path / "about.json").write_text("{", encoding="utf-8")
    change_about(run.path, name="bells")
    (run.path / "presets damaged.json").write_text("{", encoding="utf-8")
    assert (run.path / "about damaged.json").is_file()
    strangers = ["about damaged.txt", "my damaged.json", "my notes damaged.json"]
    for name in strangers:
        (run.path / name).write_text("keep", encoding="utf-8")
    delete_run(run.path)
    assert sorted(os.listdir(run.path)) == sorted(strangers)
    for name in strangers:
        (run.path / name).unlink()
    again = sample_run(run.path)
    (again.path / "presets damaged.json").write_text("{", encoding="utf-8")
    delete_run(again.path)
    assert not run.path.exists()


def test_a_run_that_is_being_trained_is_not_deleted(
    run: RunFolder, other_trainer: subprocess.Popen[str]
) -> None:
    with pytest.raises(RunLockedError, match=f"process {other_trainer.pid}"):
        delete_run(run.path)
    assert (run.path / "run.json").is_file()


def test_what_is_no_run_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("42", encoding="utf-8")
    with pytest.raises(CheckpointError, match="is not a run"):
        delete_run(tmp_path)
    assert (tmp_path / "thesis.txt").is_file()


def test_no_torch_is_needed() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys, {run_folder_module.__name__}; print('torch' in sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert shown.strip() == "False"

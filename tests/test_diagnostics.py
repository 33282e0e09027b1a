"""The zip with what is needed to find out why something does not work, from the engine and as a command."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from sample_checkpoints import sample_checkpoint, sample_run

from sda_desktop import __version__, diagnostics, logs, paths
from sda_desktop.cli import main
from sda_desktop.commands import diagnostics as command
from sda_desktop.diagnostics import METRICS_LINES, save
from sda_desktop.errors import BadInputError, Cancelled, StorageError
from sda_desktop.ui import sound_devices
from sda_desktop.upgrades import keep_copy

SECRET = "a-name-nobody-has"


@pytest.fixture
def used_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app that was used: a home of a user, settings, logs, a crash, two runs.  Returns the user's home."""
    home = tmp_path / "homes" / SECRET
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(home / "sda"))
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.7 1 203.0.113.8 22")
    monkeypatch.setenv("A_PASSWORD", "hunter2")
    run = sample_run(name="bells", sources=[str(home / "Klänge"), f"/media/{SECRET}/disk"])
    sample_checkpoint(run.path, 20)
    (run.path / "previews").mkdir(exist_ok=True)
    (run.path / "previews" / "a.wav").write_bytes(b"RIFF" + bytes(1000))
    (run.path / "metrics.jsonl").write_text("".join(f'{{"step": {n}}}\n' for n in range(1000)))
    sample_run(name=SECRET)
    for folder in (paths.log_dir(), paths.data_dir()):
        folder.mkdir(parents=True, exist_ok=True)
    (paths.log_dir() / logs.LOG_NAME).write_text(f"opened {home}/x\n")
    (paths.log_dir() / f"{logs.LOG_NAME}.2").write_text("older\n")
    (paths.log_dir() / "crash-previous.txt").write_text("Fatal Python error\n")
    paths.settings_file().write_text(f'recent="[\\"{home}/x\\"]"\n')
    return home


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_it_holds_the_logs_the_settings_and_each_run(used_app: Path, tmp_path: Path) -> None:
    saved = save(tmp_path / "x.zip", {"window": {"theme": "dark"}})
    found = texts(saved.path)
    assert saved.path == tmp_path / "x.zip"
    assert saved.size_bytes == saved.path.stat().st_size
    assert sorted(found) == sorted(saved.members)
    assert saved.problems == ()
    assert found["logs/sda-desktop.log"] == "opened ~/x\n"
    assert found["logs/sda-desktop.log.2"] == "older\n"
    assert "Fatal Python error" in found["logs/crash-previous.txt"]
    assert found["settings.ini"] == 'recent="[\\"~/x\\"]"\n'
    run = next(name for name in found if name.endswith("bells/run.json"))
    assert json.loads(found[run])["sources"] == ["~/Klänge", "/media/~/disk"]
    last = found[run.replace("run.json", "last-metrics.jsonl")].splitlines()
    assert last == [f'{{"step": {n}}}' for n in range(1000 - METRICS_LINES, 1000)]
    assert "previews/a.wav" in found[run.replace("run.json", "files.txt")]
    assert "checkpoints/" in found[run.replace("run.json", "files.txt")]
    report = json.loads(found["report.json"])
    assert report["app"]["version"] == __version__
    assert report["versions"]["torch"].startswith("2.")
    assert report["window"] == {"theme": "dark"}
    assert report["memory"]["total_bytes"] > 1e8
    assert report["disks"]["data"]["free_bytes"] > 0
    assert report["problems"] == []


def test_it_holds_no_sound_no_weights_and_not_the_user(used_app: Path, tmp_path: Path) -> None:
    found = texts(save(tmp_path / "x.zip", {"more": str(used_app / "deep")}).path)
    assert {Path(name).suffix for name in found} <= {".json", ".jsonl", ".txt", ".log", ".2", ".ini"}
    for name, text in found.items():
        assert SECRET not in name
        assert SECRET not in text, name
        assert "RIFF" not in text, name
        assert "hunter2" not in text, name
        assert "203.0.113" not in text, name


def test_it_names_the_older_files_that_were_kept(used_app: Path, tmp_path: Path) -> None:
    run = next(iter(paths.runs_dir().iterdir()))
    keep_copy(run / "run.json", 1, b"{}")
    with zipfile.ZipFile(save(tmp_path / "d").path) as archive:
        report = json.loads(archive.read("report.json"))
    (kept,) = report["older_files"]
    assert kept.endswith("run.v1.json")


def test_what_cannot_be_read_is_told_and_the_rest_is_there(
    used_app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paths.log_dir() / f"{logs.LOG_NAME}.1").mkdir()

    def fail() -> dict[str, int]:
        raise RuntimeError(f"{used_app} is strange")

    monkeypatch.setattr(diagnostics, "_memory", fail)
    saved = save(tmp_path / "x.zip")
    assert len(saved.problems) == 2
    assert "sda-desktop.log.1" in saved.problems[0]
    assert saved.problems[1] == "memory: RuntimeError: ~ is strange"
    found = texts(saved.path)
    assert json.loads(found["report.json"])["problems"] == list(saved.problems)
    assert "settings.ini" in found


def test_an_app_that_was_never_used_has_little_to_tell(tmp_path: Path) -> None:
    assert save(tmp_path / "x").members == ("report.json",)
    assert (tmp_path / "x.zip").is_file()


def test_what_the_window_remembers_is_there_without_a_log_file(used_app: Path, tmp_path: Path) -> None:
    logs.remember()
    try:
        logging.getLogger("sda_desktop.test").error("%s is odd", used_app)
        found = texts(save(tmp_path / "x.zip").path)
    finally:
        logs.forget()
    assert found["logs/this session.txt"].endswith(" ERROR   [MainThread] sda_desktop.test: ~ is odd\n")


def test_a_clock_that_was_never_set_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(0))
    assert save(tmp_path / "x.zip").size_bytes > 0


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "x.zip"
    target.write_text("mine")
    with pytest.raises(BadInputError, match="already"):
        save(target)
    assert target.read_text() == "mine"
    assert save(target, overwrite=True).size_bytes == target.stat().st_size
    (tmp_path / "y.zip").mkdir()
    with pytest.raises(BadInputError, match="is a folder"):
        save(tmp_path / "y.zip", overwrite=True)


def test_stopped_half_way_it_leaves_nothing(used_app: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        save(tmp_path / "x.zip", stop=stop)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk that is always full")
def test_a_full_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    monkeypatch.setattr("sda_desktop.storage.temporary_beside", lambda path: tmp_path / "temporary")
    opened = Path.open

    def open_full(path: Path, mode: str = "r") -> object:
        return opened(tmp_path / "full", "wb") if path.name == "temporary" else opened(path, mode)

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(StorageError, match="The disk is full"):
        save(tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="its folder is gone"):
        save(tmp_path / "gone" / "x.zip")


def test_the_command_tells_where_the_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnostics", str(tmp_path / "x.zip"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = texts(Path(told["path"]))
    assert told["files"] == list(found)
    report = json.loads(found["report.json"])
    assert report["torch"]["version"] == sys.modules["torch"].__version__
    assert "outputs" in report["sound"] or "problem" in report["sound"]
    assert "logs/sda-desktop.log" in found  # of this very command


def test_the_command_without_a_name_writes_into_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["diagnostics"]) == 0
    out, err = capsys.readouterr()
    path = Path(out.strip())
    assert path.parent == tmp_path
    assert path.name.startswith("SDA Desktop diagnostics 2")
    assert "Nothing was sent" in err
    assert main(["diagnostics", str(path)]) == 2
    assert "already" in capsys.readouterr().err
    assert main(["diagnostics", str(path), "--overwrite"]) == 0


def test_a_sound_driver_that_hangs_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = threading.Event()
    given_up: list[bool] = []
    monkeypatch.setattr(sound_devices, "names", answer.wait)
    monkeypatch.setattr(sound_devices, "give_up", lambda: given_up.append(True))
    with caplog.at_level(logging.WARNING):
        assert command.sound_facts(0.05) == {"problem": "The sound driver did not answer within 0.05 s."}
    assert given_up == [True]
    answer.set()

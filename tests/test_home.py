"""A home folder that cannot be used: one sentence with what to do, a window all the same, no traceback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from app_process import WINDOW, as_nobody, run

from sda_desktop import paths, storage


@pytest.fixture
def in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that nobody can make: a file is in its place."""
    home = tmp_path / "home"
    home.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(home))
    return home


def assert_said(done: subprocess.CompletedProcess[str], *, code: int) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Set SDA_DESKTOP_HOME to a folder that you may write to" in done.stderr
    assert len(done.stderr.splitlines()) <= 2


def test_a_home_that_can_be_written_is_no_problem(sda_home: Path) -> None:
    assert storage.home_problem() is None
    assert list((sda_home / "data").iterdir()) == []


def test_every_command_says_what_to_do(in_the_way: Path, sonic_pi_sounds: Path, tmp_path: Path) -> None:
    sound = sonic_pi_sounds / "bd_fat.flac"
    assert_said(run("-m", "sda_desktop", "models", "list"), code=1)
    assert_said(run("-m", "sda_desktop", "train", sound, "--time-limit", "5"), code=1)
    # What needs no home works without one.
    assert_said(run("-m", "sda_desktop", "scan", sound), code=0)
    assert in_the_way.read_text(encoding="utf-8") == "in the way"


def test_without_a_display_it_says_what_to_do(in_the_way: Path) -> None:
    assert_said(run("-m", "sda_desktop", environment={"QT_QPA_PLATFORM": ""}), code=1)


def test_the_window_opens_and_says_what_to_do(in_the_way: Path) -> None:
    done = run("-c", WINDOW)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "NOTICE Nothing can be kept" in done.stdout
    assert "Set SDA_DESKTOP_HOME to a folder that you may write to" in done.stdout


@pytest.mark.parametrize("what", ["window", "train", "models"])
def test_a_user_without_a_home(what: str, sonic_pi_sounds: Path) -> None:
    prefix = as_nobody()
    if prefix is None:
        pytest.skip("this interpreter cannot be run by another user than root")
    nowhere = {"HOME": "/nonexistent", paths.HOME_VARIABLE: "", "PYTHONDONTWRITEBYTECODE": "1"}
    places = ("DATA_HOME", "STATE_HOME", "CACHE_HOME", "CONFIG_HOME", "RUNTIME_DIR")
    nowhere |= {f"XDG_{name}": "" for name in places}
    if what == "window":
        done = run("-c", WINDOW, prefix=prefix, environment=nowhere)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        assert "NOTICE Nothing can be kept" in done.stdout
    elif what == "train":
        command = ("train", sonic_pi_sounds / "bd_fat.flac", "--time-limit", "5")
        assert_said(run("-m", "sda_desktop", *command, prefix=prefix, environment=nowhere), code=1)
    else:
        assert_said(run("-m", "sda_desktop", "models", "list", prefix=prefix, environment=nowhere), code=0)

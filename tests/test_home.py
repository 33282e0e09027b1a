"""A home folder that cannot be used: one sentence with what to do, a window all the same, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sda_desktop import paths, storage

# As a user without rights; root may write everywhere.
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from sda_desktop import app
from sda_desktop.ui.notice_bar import NoticeBar

finish = app.MainWindow.finish_start
def look(window, *told):
    finish(window, *told)
    for bar in window.notices.findChildren(NoticeBar):
        print("NOTICE", bar.text())
    QTimer.singleShot(500, window.close)
app.MainWindow.finish_start = look
sys.exit(app.main(["sda-desktop"]))
"""


@pytest.fixture
def in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that nobody can make: a file is in its place."""
    home = tmp_path / "home"
    home.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(home))
    return home


def run(
    *arguments: str | Path, prefix: tuple[str, ...] = (), **changes: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **changes}
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [*prefix, sys.executable, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


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
    assert_said(run("-m", "sda_desktop", QT_QPA_PLATFORM=""), code=1)


def test_the_window_opens_and_says_what_to_do(in_the_way: Path) -> None:
    done = run("-c", WINDOW)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "NOTICE Nothing can be kept" in done.stdout
    assert "Set SDA_DESKTOP_HOME to a folder that you may write to" in done.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize("what", ["window", "train", "models"])
def test_a_user_without_a_home(what: str, sonic_pi_sounds: Path) -> None:
    if not os.access(sys.executable, os.X_OK):
        pytest.skip("another user may not run this interpreter")
    nowhere = {
        "HOME": "/nonexistent",
        paths.HOME_VARIABLE: "",
        "XDG_DATA_HOME": "",
        "XDG_STATE_HOME": "",
        "XDG_CACHE_HOME": "",
        "XDG_CONFIG_HOME": "",
        "XDG_RUNTIME_DIR": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if what == "window":
        done = run("-c", WINDOW, prefix=NOBODY, **nowhere)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        assert "NOTICE Nothing can be kept" in done.stdout
    elif what == "train":
        sound = sonic_pi_sounds / "bd_fat.flac"
        assert_said(
            run("-m", "sda_desktop", "train", sound, "--time-limit", "5", prefix=NOBODY, **nowhere), code=1
        )
    else:
        assert_said(run("-m", "sda_desktop", "models", "list", prefix=NOBODY, **nowhere), code=0)

"""The command line as a whole: dispatch, help, one sentence for an error, exit codes, a fast start."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from sample_checkpoints import sample_checkpoint, sample_run

from sda_desktop import __version__
from sda_desktop.audio.io import write_wav
from sda_desktop.cli import main
from sda_desktop.commands import SUMMARIES, scan
from sda_desktop.errors import BadInputError, StorageError
from sda_desktop.logs import log_file
from sda_desktop.training.config import TABLE


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the window was opened with, each time; no window is opened."""
    calls: list[list[str]] = []

    def open_window(argv: Sequence[str]) -> int:
        calls.append(list(argv[1:]))
        return 0

    stand_in = types.ModuleType("sda_desktop.app")
    stand_in.main = open_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sda_desktop.app", stand_in)
    return calls


def one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """The only line of stderr; nothing was written to stdout."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err.strip()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"SDA Desktop {__version__}"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for name in ("train", "resynthesize", "generate", "scan", "info"):
        assert re.search(rf"^  {name} ", text, re.MULTILINE)
    assert "--demo" in text


@pytest.mark.parametrize("name", list(SUMMARIES))
def test_each_command_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: sda-desktop {name} ")


def test_training_help_tells_every_setting_with_range_and_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for row in TABLE:
        name = "--time-limit" if row.name == "time_limit_s" else "--" + row.name.replace("_", "-")
        assert f"{name} " in text
        assert row.help in text
    assert "[0 to 24 dB; default 3, or the preset's]" in text
    assert "[5 to 1 000 000 s; default automatic]" in text
    assert text.index("--preset NAME Preset") < text.index("advanced settings")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train"], "nothing to train on"),
        (["train", ".", "--epochs", "many"], "Epochs (epochs) is 'many'"),
        (["train", ".", "--learning-rate", "7"], "between 1e-06 and 0.1"),
        (["train", ".", "--preset", "fast"], "conservative, balanced, aggressive"),
        (["train", ".", "--epochs", "3", "--time-limit", "60"], "Choose one of them"),
        (["train", ".", "--epoch", "3"], "Did you mean --epochs?"),
        (["train", "/nowhere at all"], "nowhere at all"),
        (["train", "--resume", "/nowhere at all"], "nowhere at all"),
        (["scan", "/nowhere at all"], "nowhere at all"),
        (["scan"], "DATASET"),
        (["info", "/nowhere at all"], "nowhere at all"),
        (["info", "/"], "neither a run nor a checkpoint"),
        (["models"], "needs an action"),
        (["models", "burn"], "'burn' is no action"),
        (["models", "info", "nothing of that name"], "no model called nothing of that name"),
        (["models", "rename", "x"], "nothing to change"),
        (["models", "import", "/nowhere.sda"], "it is gone"),
        (["generate", "/", "--out", "x"], "is no model"),
        (["generate", "/nowhere at all", "--out", "x"], "nowhere at all"),
        (["generate", "/", "--out", "x", "--count", "0"], "between 1 and 100000"),
        (["generate", "/", "--out", "x", "--length", "0"], "between 0.05 and 600 s"),
        (["generate", "/", "--out", "x", "--at", "0.5"], "two numbers"),
        (["generate", "/", "--out", "x", "--at", "0.5,2"], "Y of the place is '2'"),
        (["generate", "/", "--out", "x", "--at", "0,1", "--between", "a"], "not allowed with"),
        (["generate", "/", "--out", "x", "--slider", "bright"], "NAME=NUMBER"),
        (["generate", "/", "--out", "x", "--between", "a=much"], "The share of a is 'much'"),
        (["generate", "/", "--out", "x", "--bits", "32f", "--format", "flac"], "32 bit float"),
        (["vary", "/", "--out", "x"], "SOUND"),
        (["vary", "/", "a", "--out", "x", "--amount", "2"], "between 0 and 1"),
        (["morph", "/", "a", "--out", "x"], "2 to 4 sounds"),
        (["morph", "/", "a", "b", "--out", "x", "--curve", "0"], "The curve has 1 places"),
        (["morph", "/", "a", "b", "--out", "x", "--curve=-0.2,1"], "--beyond"),
        (["export", "/", "nothing.json", "--out", "x"], "no recipe nothing.json"),
        (["resynthesize", "/", "a.wav", "--out", "x", "--from", "global", "--recipes"], "no recipes for"),
        (["resynthesize", "/", "a.wav"], "--out"),
        (["resynthesize", "/", "a.wav", "--out", "x", "--from", "thin air"], "posterior"),
        (["trian"], "Did you mean the command train?"),
        (["/nowhere at all"], "no file or folder /nowhere at all"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert words in one_sentence(capsys)


def raising(error: BaseException) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInputError("The sounds are wrong.", "Choose others."), 2),
        (StorageError("The disk is full.", "Free some space."), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_exit_codes(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "run", raising(error))
    assert main(["scan", "."]) == code
    assert one_sentence(capsys) == (str(error) or "Cancelled.")


def test_an_unexpected_failure_is_a_sentence_and_its_traceback_is_in_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "run", raising(ZeroDivisionError("three apples, no child")))
    assert main(["scan", "."]) == 1
    sentence = one_sentence(capsys)
    assert "three apples" in sentence
    assert str(log_file()) in sentence
    log = log_file().read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "three apples" in log


def test_without_a_command_the_window_opens(opened: list[list[str]]) -> None:
    assert main([]) == 0
    assert main(["--demo"]) == 0
    assert opened == [[], ["--demo"]]


def test_paths_are_opened_in_the_window(
    opened: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my sounds").mkdir()
    (tmp_path / "a.wav").touch()
    assert main(["my sounds", "a.wav"]) == 0
    assert opened == [[str(tmp_path / "my sounds"), str(tmp_path / "a.wav")]]


def test_a_command_wins_over_a_folder_of_its_name(
    opened: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train").mkdir()
    assert main(["train"]) == 2
    assert "nothing to train on" in one_sentence(capsys)
    assert main(["./train"]) == 0
    assert opened == [[str(tmp_path / "train")]]


def test_a_closed_pipe_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_wav(tmp_path / "a.wav", np.full(4410, 0.5, np.float32), 44100)
    read_end, write_end = os.pipe()
    os.close(read_end)
    with open(write_end, "w", encoding="utf-8") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        assert main(["scan", str(tmp_path)]) == 141
        monkeypatch.undo()
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_behind_stdout_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_wav(tmp_path / "a.wav", np.full(4410, 0.5, np.float32), 44100)
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["scan", str(tmp_path)]) == 1
        monkeypatch.undo()
    assert "could not be written" in one_sentence(capsys)


FAST_START = """
import sys
from sda_desktop.cli import main
assert main(["--version"]) == main(["--help"]) == main(["train", "--help"]) == 0
slow = {"torch", "PySide6", "pyqtgraph", "sounddevice", "numpy", "soundfile", "rich"} & set(sys.modules)
assert not slow, slow
assert main(["scan", sys.argv[1]]) == main(["info", sys.argv[2]]) == main(["models", "list"]) == 0
slow = {"torch", "PySide6", "pyqtgraph", "sounddevice"} & set(sys.modules)
assert not slow, slow
"""


def test_help_scan_and_info_start_without_torch_and_qt(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.full(4410, 0.5, np.float32), 44100)
    run = sample_run(tmp_path / "run")
    sample_checkpoint(run.path, 10)
    done = subprocess.run(
        [sys.executable, "-c", FAST_START, str(tmp_path), str(run.path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_command_line_speaks_english_to_everybody(tmp_path: Path) -> None:
    german = {"LANGUAGE": "de", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "sda_desktop", "scan", str(tmp_path / "nowhere")],
        env=os.environ | german,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "does not exist" in done.stderr

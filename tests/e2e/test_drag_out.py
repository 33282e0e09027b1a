"""Sounds leave the app by a real drag onto another process's window, and over the clipboard."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
import soundfile
from running_app import CHECKOUT
from x_server import XServer

from sda_desktop.generation.dragged_files import dragged_dir

pytestmark = pytest.mark.e2e

SUPPORT = Path(__file__).resolve().parents[1] / "support"
HERE, THERE = (40, 40), (400, 300)  # corners of the two windows
MIDDLE = 60

Program = subprocess.Popen[str]


@pytest.fixture
def start(x_display: XServer) -> Iterator[Callable[..., Program]]:
    """Start a program on the screen and wait for its window."""
    programs: list[Program] = []

    def run(name: str, *arguments: object) -> Program:
        program = subprocess.Popen(
            [sys.executable, str(SUPPORT / name), *map(str, arguments)],
            env={**os.environ, **x_display.env, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        programs.append(program)
        assert said(program) == "ready"
        return program

    yield run
    for program in programs:
        program.kill()
        program.communicate()


def said(program: Program) -> str:
    """The next line that the program prints."""
    assert program.stdout is not None
    return program.stdout.readline().strip()


def middle(corner: tuple[int, int]) -> tuple[int, int]:
    return corner[0] + MIDDLE, corner[1] + MIDDLE


def received(result: Path, number: int, timeout_s: float = 20.0) -> dict[str, Any]:
    """What the other program got as its number-th drop or paste."""
    deadline = time.monotonic() + timeout_s
    while True:
        lines = result.read_text(encoding="utf-8").splitlines() if result.exists() else []
        if len(lines) > number:
            answer: dict[str, Any] = json.loads(lines[number])
            return answer
        assert time.monotonic() < deadline, "nothing arrived"
        time.sleep(0.05)


@pytest.mark.timeout(120)
def test_another_program_takes_the_files(
    x_display: XServer, start: Callable[..., Program], tmp_path: Path, sda_home: Path
) -> None:
    result = tmp_path / "got.jsonl"
    start("drop_target.py", *THERE, result)
    window = start("drag_window.py", *HERE)
    lines: list[str] = []
    x_display.drag(middle(HERE), middle(THERE), begun=lambda: lines.append(said(window)))
    assert lines == ["made"]
    dropped = received(result, 0)
    assert said(window) == "dragged True"
    assert dropped["action"] == "CopyAction"
    assert "text/uri-list" in dropped["formats"]
    assert all(url.startswith("file:///") for url in dropped["urls"])
    names = [unquote(url).rsplit("/", 1)[1] for url in dropped["urls"]]
    assert names == ["Glücksklang 1.wav", "Two.wav"]
    one, two = dropped["sounds"]
    assert (one["format"], one["subtype"], one["rate"], one["frames"]) == ("WAV", "PCM_24", 44_100, 22_050)
    assert (one["title"], two["title"], two["frames"]) == ("Glücksklang / 1", "Two", 13_230)
    assert Path(one["path"]).is_relative_to(dragged_dir())
    samples, _ = soundfile.read(one["path"], dtype="float32")
    np.testing.assert_allclose(samples, np.linspace(-0.5, 0.5, 22_050), atol=1e-6)

    x_display.click(*middle(HERE))
    x_display.key("c")
    assert said(window) == "copied 1"
    x_display.click(*middle(THERE))
    x_display.key("v")
    pasted = received(result, 1)
    assert pasted["kind"] == "paste"
    assert pasted["urls"] == dropped["urls"][:1]  # made once
    assert "x-special/gnome-copied-files" in pasted["formats"]
    assert pasted["sounds"] == [one]

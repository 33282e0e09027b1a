"""What is written for people: numbers in words, columns, harmless names; and strict JSON for programs."""

from __future__ import annotations

import io
import json
import math
import sys

import pytest

from sda_desktop.commands import output


@pytest.mark.parametrize(
    ("seconds", "text", "clock"),
    [
        (0.314, "0.31 s", "0:00"),
        (12.34, "12.3 s", "0:12"),
        (200.0, "3 min 20 s", "3:20"),
        (3599.7, "1 h 00 min", "1:00:00"),
        (7500.0, "2 h 05 min", "2:05:00"),
    ],
)
def test_durations(seconds: float, text: str, clock: str) -> None:
    assert output.duration_text(seconds) == text
    assert output.clock_text(seconds) == clock


@pytest.mark.parametrize(
    ("size", "text"),
    [(812, "812 bytes"), (1000, "1.0 kB"), (27_400_000, "27.4 MB"), (5_000_000_000, "5.0 GB")],
)
def test_sizes(size: int, text: str) -> None:
    assert output.size_text(size) == text


def test_columns_line_up() -> None:
    lines = output.columns(("NAME", "N"), [("a", "10"), ("long name", "5")], right=frozenset({1}))
    assert lines == ["NAME        N", "a          10", "long name   5"]


def test_a_name_cannot_steer_the_terminal() -> None:
    assert output.printable("a\x1b[2Jb\nc é 音") == "a\ufffd[2Jb\ufffdc é 音"


def test_json_is_one_line_without_what_json_has_not(capsys: pytest.CaptureFixture[str]) -> None:
    output.say_json({"level": -math.inf, "list": [math.nan, 1.5], "name": "é\n"})
    text = capsys.readouterr().out
    assert text.count("\n") == 1
    assert json.loads(text) == {"level": None, "list": [None, 1.5], "name": "é\n"}


def test_names_that_are_no_text_survive_json(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    output.prepare_json_output()
    output.say_json({"path": "caf\udce9", "other": "café"})
    assert json.loads(raw.getvalue().decode("utf-8")) == {"path": "caf\udce9", "other": "café"}


def test_a_windowed_program_without_streams_writes_to_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    output.prepare_streams()
    output.say("nobody reads this")
    output.complain("nor this")
    sys.stdout.close()
    sys.stderr.close()

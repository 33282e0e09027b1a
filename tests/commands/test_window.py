"""No command where there is no display."""

from __future__ import annotations

from pathlib import Path

import engine_stand_in as engine
import pytest

from sda_desktop import paths
from sda_desktop.cli import main
from sda_desktop.training import loop


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> engine.EngineStandIn:
    """No display, and an engine that only says what it was asked to do."""
    for variable in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    stand_in = engine.EngineStandIn()
    monkeypatch.setattr(loop, "train", stand_in.train)
    return stand_in


@pytest.mark.parametrize("arguments", [[], ["--demo"]])
def test_without_a_display_it_says_so_and_trains_on_the_demo_sounds(
    arguments: list[str], stand_in: engine.EngineStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    ((_, sources, asked),) = stand_in.calls
    assert sources == [paths.demo_dir()]
    assert asked["config"].time_limit_s == 60
    assert asked["explicit"] == {"time_limit_s"}
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("There is no display here")
    assert "demo sounds" in lines[1]
    assert any(line.startswith("Model: ") for line in lines)


def test_without_a_display_given_sounds_are_trained_on(
    stand_in: engine.EngineStandIn, tmp_path: Path
) -> None:
    assert main([str(tmp_path)]) == 0
    assert stand_in.calls[0][1] == [tmp_path]

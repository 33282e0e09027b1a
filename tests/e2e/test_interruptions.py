"""A training that is interrupted: by closing the window, and by a power cut."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from journey import events, status, the_run, wait_for_button
from running_app import RunningApp
from x_server import XServer

pytestmark = pytest.mark.e2e


def start_training(app: RunningApp, home: Path) -> Path:
    """Train on the sounds that are open until there is a checkpoint; returns the run folder."""
    app.wait_for("the sounds", lambda: app.rows("soundList"))
    app.click("trainButton")
    wait_for_button(app, "Stop")
    app.wait_for("a checkpoint", lambda: list(home.glob("data/runs/*/checkpoints/step-*")), 60)
    return the_run(home)


@pytest.mark.timeout(280)
def test_closing_asks_and_a_power_cut_is_made_good(
    start_app: Callable[..., RunningApp],
    x_display: XServer,
    small_corpus: Path,
    sda_home: Path,
    artifacts: Path,
) -> None:
    app = start_app(x_display, str(small_corpus))
    app.fill_screen()
    run = start_training(app, sda_home)
    app.focus_window()
    app.press("ctrl+q")
    app.wait_for_widget("close_cancel")
    x_display.screenshot(artifacts / "interruptions" / "1 closing.png")
    app.click("close_cancel")
    app.wait_for("the question to go", lambda: not app.widgets("closeDialog"))
    assert app.text("trainButton") == "Stop"  # and the training goes on
    app.process.send_signal(signal.SIGKILL)
    assert app.wait_for_end() == -signal.SIGKILL

    again = start_app(x_display)
    again.fill_screen()
    again.wait_for_widget("notice_interruptedAction")
    x_display.screenshot(artifacts / "interruptions" / "2 offered.png")
    again.click("notice_interruptedAction")
    wait_for_button(again, "Stop")
    done = len(events(run, "epoch"))
    again.wait_for("it to go on", lambda: len(events(run, "epoch")) > done, 60)
    again.focus_window()
    again.press("ctrl+q")
    again.click("close_stop_and_save")
    assert again.wait_for_end() == 0
    assert status(run) == "stopped"
    steps = [event["global_step"] for event in events(run, "step")]
    assert steps == list(range(1, len(steps) + 1))

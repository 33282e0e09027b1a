"""The main job as a person does it, under a real X server, with a real drag, real clicks and real sound."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile
from compare_sound import find_sound
from journey import choose_epochs, drop, events, quit_by_keyboard, status, the_run, wait_for_button
from null_sink import NullSink
from picture import Picture
from running_app import POLL_S, RunningApp
from x_server import XServer

# Of the Okabe-Ito palette: the curves of training and validation.
BLUE, VERMILLION = "#0072b2", "#d55e00"
EPOCHS = 12
STEPS_PER_EPOCH = 20

pytestmark = pytest.mark.e2e


def curves_are_drawn(app: RunningApp, picture: Path) -> bool:
    """Whether training and validation curves span a good part of the upper plot, on the screen itself."""
    plots = app.widgets("plot_loss")
    if not plots:
        return False
    shown = Picture(app.screen.screenshot(picture))
    return all(shown.share_of_columns(plots[0], color) > 0.3 for color in (BLUE, VERMILLION))


def play_newest(app: RunningApp, kind: str) -> Path:
    """Click the topmost preview of a kind in sight until the player names another file, and return that.

    While training runs the list moves down as previews arrive: a click may land on the heading above.
    """

    def named() -> str:
        return str(next((name["tip"] for name in app.widgets("playerName")), ""))

    before = named()
    for _ in range(3):
        row = next(row for row in app.rows("previewList") if kind in row["accessible"] and row["visible"])
        app.screen.click(row["x"] + 40, row["y"] + row["height"] // 2)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            if named() not in ("", before):
                return Path(named())
            time.sleep(POLL_S)
    pytest.fail(f"Three clicks played no {kind}.\n{app.what_is_there()}")


def hear_newest(app: RunningApp, kind: str, sink: NullSink, run: Path, pictures: Path) -> None:
    """Click the topmost preview of a kind in sight: the sound card is given what its file holds."""
    with sink.record() as recording:
        file = play_newest(app, kind)
        recording.wait_for_sound_and_quiet()
    assert file.is_relative_to(run / "previews")
    sound, rate_hz = soundfile.read(file, dtype="float32")
    assert rate_hz == recording.sample_rate_hz
    match = find_sound(recording.samples[0], sound)
    if match.error_db > -50:
        soundfile.write(pictures / "heard.wav", recording.samples.T, rate_hz, subtype="FLOAT")
        shutil.copyfile(file, pictures / "wanted.wav")
        pytest.fail(f"{file.name} came out of the sound card otherwise ({match}): see heard.wav, wanted.wav")


def train_listen_and_stop(app: RunningApp, sink: NullSink, home: Path, pictures: Path) -> int:
    """Start by a click, watch, listen, stop by a click; returns the steps that were done."""
    app.click("trainButton")
    wait_for_button(app, "Stop")
    app.wait_for("curves", lambda: curves_are_drawn(app, pictures / "3 training.png"), 60)
    run = the_run(home)
    hear_newest(app, "reconstruction", sink, run, pictures)
    app.click("trainButton")
    wait_for_button(app, "Train")
    app.screen.screenshot(pictures / "4 stopped.png")
    hear_newest(app, "new sound", sink, run, pictures)
    assert status(run) == "stopped"
    done = int(events(run, "training_complete")[-1]["global_step"])
    assert STEPS_PER_EPOCH < done < EPOCHS * STEPS_PER_EPOCH
    return done


def resume_from_browser(app: RunningApp, step: int) -> None:
    """Choose the newest checkpoint in the browser and resume it."""

    def checkpoints() -> list[dict[str, Any]]:
        return [row for row in app.rows("runTree") if row["depth"] == 1]

    runs = app.wait_for("the run in the browser", lambda: app.rows("runTree"))
    app.click_at(runs[0])
    app.wait_for("the run's curves", lambda: app.widgets("plot_loss"))
    newest = app.wait_for("its checkpoints", checkpoints)[0]
    assert f"step {step}" in newest["texts"][0].replace("\u202f", "")
    if not newest["visible"]:
        app.press("Right")
        newest = app.wait_for("them in sight", lambda: [row for row in checkpoints() if row["visible"]])[0]
    app.click_at(newest)
    app.click("resumeRunButton")


@pytest.mark.timeout(280)
def test_drop_train_listen_stop_quit_resume_finish(
    start_app: Callable[..., RunningApp],
    x_display: XServer,
    pulse_null_sink: NullSink,
    small_corpus: Path,
    sda_home: Path,
    artifacts: Path,
) -> None:
    pictures = artifacts / "main-job"
    before = {file: file.read_bytes() for file in small_corpus.iterdir()}
    app = start_app(x_display)
    app.fill_screen()
    assert app.widgets("dropZone")
    x_display.screenshot(pictures / "1 empty.png")
    drop(app, small_corpus, sounds=8)
    choose_epochs(app, EPOCHS, preview_every=1)
    x_display.screenshot(pictures / "2 sounds.png")
    done = train_listen_and_stop(app, pulse_null_sink, sda_home, pictures)
    quit_by_keyboard(app)

    again = start_app(x_display)
    again.fill_screen()
    resume_from_browser(again, done)
    wait_for_button(again, "Stop")
    wait_for_button(again, "Train", 120)
    assert curves_are_drawn(again, pictures / "5 finished.png")
    quit_by_keyboard(again)

    run = the_run(sda_home)
    assert status(run) == "finished"
    steps = [event["global_step"] for event in events(run, "step")]
    assert steps == list(range(1, EPOCHS * STEPS_PER_EPOCH + 1))  # each once: nothing lost, nothing again
    assert [event["epoch"] for event in events(run, "epoch")] == list(range(1, EPOCHS + 1))
    assert {file: file.read_bytes() for file in small_corpus.iterdir()} == before

"""A trained model is played as a person does it: real clicks, real sound, a real drag, and a second start."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from compare_sound import find_sound
from journey import quit_by_keyboard
from null_sink import NullSink
from numpy.typing import NDArray
from running_app import CHECKOUT, Description, RunningApp
from training_runs import Recorder, run_training
from x_server import XServer

pytestmark = pytest.mark.e2e

TARGET = Path(__file__).resolve().parents[1] / "support" / "drop_target.py"
TARGET_AT = (560, 560)  # on the lower part of the map
SAME_DB = -50.0

Wave = NDArray[np.float32]


@pytest.fixture
def trained(sda_home: Path, small_corpus: Path) -> None:
    """Leave a run of ten seconds in the app's data folder: enough for a slider that does something."""
    run = sda_home / "data" / "runs" / "small model"
    run_training(small_corpus, run, Recorder(), epochs=20, learning_rate=2e-3)


@pytest.fixture
def dropped_on(x_display: XServer, tmp_path: Path) -> Iterator[Callable[[], dict[str, Any] | None]]:
    """Another program that takes a file; says what it got, None before it got something."""
    result = tmp_path / "got.jsonl"
    target: list[subprocess.Popen[str]] = []

    def look() -> dict[str, Any] | None:
        if not target:
            target.append(
                subprocess.Popen(
                    [sys.executable, str(TARGET), *map(str, TARGET_AT), str(result)],
                    env={**os.environ, **x_display.env, "PYTHONPATH": str(CHECKOUT)},
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            assert target[0].stdout is not None
            assert target[0].stdout.readline() == "ready\n"
        lines = result.read_text(encoding="utf-8").splitlines() if result.exists() else []
        return None if not lines else dict(json.loads(lines[0]))

    yield look
    for program in target:
        program.kill()
        program.communicate()


def open_page(app: RunningApp) -> list[Description]:
    """Go to the Explore page; the model opens by itself.  The dots of its map."""
    app.fill_screen()
    app.press("ctrl+2")
    app.wait_for("the map of the model", lambda: app.ask("dots", "soundMap"), 60)
    app.wait_for_widget("randomButton")
    dots: list[Description] = app.ask("dots", "soundMap")
    return dots


def empty_place(app: RunningApp, dots: list[Description]) -> tuple[int, int]:
    """The place of the map, on the screen, that is farthest from every dot and from its edge."""
    area = app.wait_for_widget("soundMap")
    columns = range(area["x"] + 60, area["x"] + area["width"] - 60, 20)
    rows = range(area["y"] + 60, area["y"] + area["height"] - 60, 20)
    return max(
        product(columns, rows),
        key=lambda at: min(math.dist(at, (dot["x"], dot["y"])) for dot in dots),
    )


def heard(sink: NullSink, act: Callable[[], object]) -> Wave:
    """What the sound card is given because of it, (frames,), with silence around."""
    with sink.record() as recording:
        act()
        recording.wait_for_sound_and_quiet()
    return np.pad(recording.samples[0], recording.sample_rate_hz)


def is_heard(sound: Wave, recording: Wave) -> bool:
    """Whether it is in the recording, at any level."""
    loud = np.flatnonzero(sound)
    return find_sound(recording, sound[loud[0] : loud[-1] + 1]).error_db < SAME_DB


def history(app: RunningApp) -> list[Description]:
    """The rows of the history."""
    return app.rows("historyList")


def click_row(app: RunningApp, row: Description) -> None:
    """On its name."""
    app.screen.click(row["x"] + row["width"] // 3, row["y"] + 10)


def turn(app: RunningApp, control: str, shown: str) -> str:
    """Move a slider to the right; its new value."""
    before, place = app.text(shown), app.wait_for_widget(control)
    app.screen.click(place["x"] + place["width"] * 3 // 4, place["y"] + place["height"] // 2)
    return str(app.wait_for("another value", lambda: (text := app.text(shown)) != before and text))


def turn_and_undo(app: RunningApp, control: str, shown: str) -> None:
    """Move a slider; undo and redo show its old and its new value."""
    before = app.text(shown)
    after = turn(app, control, shown)
    app.press("ctrl+z")
    app.wait_for(f"{before} in {shown} again", lambda: app.text(shown) == before)
    app.press("ctrl+shift+z")
    app.wait_for(f"{after} in {shown}", lambda: app.text(shown) == after)
    app.press("ctrl+z")
    app.wait_for(f"{before} in {shown} once more", lambda: app.text(shown) == before)


def a_slider(app: RunningApp) -> str:
    """The id of one of the sliders that the app has found for the model."""

    def look() -> str | None:
        seen = [w["name"] for w in app.ask("widgets") if w["visible"] and w["name"].startswith("slider_")]
        return seen[0].removeprefix("slider_") if seen else None

    return str(app.wait_for("a slider of the model", look, 90))


def play_a_slider(app: RunningApp, sink: NullSink, without: Wave) -> None:
    """The present sound with a slider turned is another one; without it, it is the same again."""
    name = a_slider(app)
    bar, value = f"slider_{name}", f"value_{name}"
    turned = heard(sink, lambda: turn(app, bar, value))
    assert not is_heard(without, turned)
    assert is_heard(without, heard(sink, lambda: app.press("ctrl+z")))
    turn_and_undo(app, bar, value)


def drag_out(app: RunningApp, row: Description, look: Callable[[], dict[str, Any] | None]) -> Wave:
    """Drag an entry onto another program; the sound in the file it got."""
    assert look() is None
    start = (row["x"] + row["width"] // 3, row["y"] + 10)
    app.screen.drag(start, (TARGET_AT[0] + 60, TARGET_AT[1] + 60), steps=10)
    got = app.wait_for("the file in the other program", look)
    (sound,) = got["sounds"]
    assert (sound["format"], sound["subtype"], sound["title"]) == ("WAV", "PCM_24", row["texts"][0])
    samples, _ = soundfile.read(sound["path"], dtype="float32", always_2d=True)
    return np.ascontiguousarray(samples[:, 0])


def play_by_map(app: RunningApp, sink: NullSink, corpus: Path) -> None:
    """A dot gives its own sound, the space between them other ones."""
    dots = app.ask("dots", "soundMap")
    dot = next(dot for dot in dots if dot["name"] == "elec_ping")
    original = heard(sink, lambda: app.screen.click(dot["x"], dot["y"]))
    file, _ = soundfile.read(corpus / "elec_ping.flac", dtype="float32", always_2d=True)
    assert is_heard(np.ascontiguousarray(file[:, 0]), original)
    place = empty_place(app, dots)
    between = heard(sink, lambda: app.screen.click(*place))
    assert not is_heard(original, between)
    assert app.wait_for("the place in the history", lambda: history(app))


def morph(app: RunningApp, sink: NullSink, first: str, last: str) -> None:
    """Put two dots into the morph and hear it; it is in the history."""
    dots = {dot["name"]: dot for dot in app.ask("dots", "soundMap")}
    for name in (first, last):
        heard(sink, lambda dot=dots[name]: app.screen.click(dot["x"], dot["y"]))  # type: ignore[misc]
        app.click("morphAdd")
    assert np.abs(heard(sink, lambda: app.click("morphPlay"))).max() > 0.01
    app.wait_for("the morph in the history", lambda: f"{first} to {last}" in history(app)[0]["texts"][0])


def export(app: RunningApp, row: Description, folder: Path) -> Wave:
    """Export an entry by its menu and the dialog; the sound in the file."""
    click_row(app, row)
    app.screen.xdotool("click", 3)
    app.wait_for_widget("historyMenu")
    app.press("Up", "Up", "Return")  # the last but one
    app.click("exportFolder")
    app.press("ctrl+a")
    app.screen.xdotool("type", str(folder))
    app.click("exportStart")
    (file,) = app.wait_for("the file", lambda: list(folder.glob("*.wav")))
    app.wait_for("the dialog to close", lambda: not app.widgets("exportStart"))
    samples, _ = soundfile.read(file, dtype="float32", always_2d=True)
    return np.ascontiguousarray(samples[:, 0])


@pytest.mark.timeout(280)
def test_play_keep_undo_morph_export_drag_out_and_find_it_all_again(
    start_app: Callable[..., RunningApp],
    x_display: XServer,
    pulse_null_sink: NullSink,
    trained: None,
    small_corpus: Path,
    dropped_on: Callable[[], dict[str, Any] | None],
    artifacts: Path,
    tmp_path: Path,
) -> None:
    sink, pictures = pulse_null_sink, artifacts / "explore"
    app = start_app(x_display)
    assert len(open_page(app)) == 8
    play_by_map(app, sink, small_corpus)

    played = len(history(app))
    heard(sink, lambda: app.click("randomButton"))
    app.wait_for("the random sound in the history", lambda: len(history(app)) == played + 1)
    app.click("keepButton")
    app.wait_for("its star", lambda: "favourite" in history(app)[0]["accessible"])
    kept = history(app)[0]
    wanted = heard(sink, lambda: click_row(app, kept))  # complete by now: no gap on a busy machine
    x_display.screenshot(pictures / "1 played.png")

    turn_and_undo(app, "noveltySlider", "noveltyText")
    play_a_slider(app, sink, wanted)
    morph(app, sink, "elec_ping", "drum_cowbell")
    (tmp_path / "out").mkdir()
    kept = next(row for row in history(app) if "favourite" in row["accessible"])
    assert is_heard(export(app, kept, tmp_path / "out"), wanted)
    assert is_heard(drag_out(app, kept, dropped_on), wanted)
    titles = [row["texts"][0] for row in history(app)]
    quit_by_keyboard(app)

    again = start_app(x_display)
    open_page(again)
    assert [row["texts"][0] for row in again.rows("libraryList")] == [small_corpus.name]
    assert [row["texts"][0] for row in history(again)] == titles
    again.click("historyFavourites")
    again.wait_for("the favourites alone", lambda: len(history(again)) == 1)
    row = history(again)[0]
    assert row["accessible"] == kept["accessible"]
    assert is_heard(wanted, heard(sink, lambda: click_row(again, row)))
    x_display.screenshot(pictures / "2 found again.png")
    quit_by_keyboard(again)

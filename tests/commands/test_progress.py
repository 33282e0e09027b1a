"""How a training is shown: a line that moves, lines for a log, JSON."""

from __future__ import annotations

import io
import re
import sys
import threading
from dataclasses import replace

import engine_stand_in as engine
import pytest

from sda_desktop.commands.progress import (
    STOPPING,
    BarReporter,
    JsonReporter,
    LineReporter,
    closing_lines,
    forecast_line,
    make_progress,
    make_reporter,
)
from sda_desktop.training.metrics import (
    CheckpointEvent,
    Event,
    HealthWarning,
    PreparationProgress,
    PreviewEvent,
    RunForecast,
    event_from_json,
)


def preview(kind: str, name: str, epoch: int = 1) -> PreviewEvent:
    folder = "originals" if kind == "original" else f"epoch-{epoch:04d}"
    return PreviewEvent(kind, epoch, f"/runs/r/previews/{folder}/{name}.wav", 44100, 1.0, name)  # type: ignore[arg-type]


EVENTS: list[Event] = [
    PreparationProgress("scanning", 1, 6, "kick.wav"),
    PreparationProgress("scanning", 6, 6, "snare.wav"),
    RunForecast(1520.0, False, False, 12_000, 242_000_000, 30_000_000_000, 334_000_000, 4_000_000_000),
    engine.run_started("/runs/r"),
    engine.step(1, eta_s=None),
    engine.epoch(1, best=True),
    preview("original", "kick"),
    preview("reconstruction", "kick reconstruction"),
    preview("new", "new 1"),
    HealthWarning("dataset", "Only 3 usable sounds."),
    CheckpointEvent("/runs/r/checkpoints/step-00000020-manual", "manual", 1, 20, 1.0, 1000, 0.1),
    engine.complete("/runs/r"),
]


def test_json_is_every_event_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = JsonReporter()
    reporter.start()
    for event in EVENTS:
        reporter(event)
    reporter.finish()
    out, err = capsys.readouterr()
    assert [event_from_json(line) for line in out.splitlines()] == EVENTS
    assert err == ""


class Log:
    """A LineReporter's lines, with a clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.lines: list[str] = []
        self.reporter = LineReporter(self.lines.append, lambda: self.now_s)


def test_lines_tell_the_story() -> None:
    log = Log()
    for event in EVENTS:
        log.reporter(event)
    assert log.lines == [
        "Reading the sounds (6)",
        "About 25 min on this computer. It writes up to 242.0 MB; 30.0 GB are free.",
        "Training on 6 sounds (3.00 s), validation on 1 (0.50 s). 2 epochs of 20 steps, 40 in all,"
        " on cpu with 1 thread at 44100 Hz.",
        "Run folder: /runs/r",
        "epoch 1/100  step 20/2000  train 1.000  validation 1.100  KL 8.0 nats  12.0 s left  best so far",
        "Previews of epoch 1: 1 reconstruction, 1 new sound in /runs/r/previews/epoch-0001",
        "Note: Only 3 usable sounds.",
        "Checkpoint saved: /runs/r/checkpoints/step-00000020-manual",
    ]


def test_lines_are_sparse() -> None:
    log = Log()
    log.reporter(engine.run_started(epochs=100))
    log.lines.clear()
    for number in range(1, 101):
        log.now_s += 0.5
        log.reporter(engine.step(20 * number))
        log.reporter(engine.epoch(number))
    # The first, the last, and one every five seconds in between.
    assert [line.split()[1] for line in log.lines[:3]] == ["1/100", "11/100", "21/100"]
    assert log.lines[-1].startswith("epoch 100/100")
    assert len(log.lines) == 11


def test_long_epochs_and_preparations_give_signs_of_life() -> None:
    log = Log()
    log.reporter(PreparationProgress("decoding", 0, 900))
    log.now_s = 31.0
    log.reporter(PreparationProgress("decoding", 300, 900))
    log.reporter(engine.run_started(epochs=3, steps=1000))
    log.now_s += 31.0
    log.reporter(engine.step(400, 1000, eta_s=None))
    log.now_s += 31.0
    log.reporter(engine.step(800, 1000, eta_s=125.0))
    assert log.lines[:2] == ["Decoding the sounds (900)", "Decoding the sounds: 300 of 900"]
    assert log.lines[-2:] == [
        "epoch 1/3  step 400/1000  loss 0.007  estimating",
        "epoch 1/3  step 800/1000  loss 0.004  2 min 05 s left",
    ]


def terminal(width: int, stop: threading.Event, monkeypatch: pytest.MonkeyPatch) -> BarReporter:
    """A bar on a terminal of that width."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    return BarReporter(stop, make_progress(io.StringIO(), stop))


def drawn(reporter: BarReporter) -> str:
    """The bar as it is at this moment."""
    console = reporter._progress.console
    with console.capture() as capture:
        console.print(reporter._progress.get_renderable())
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capture.get()).rstrip("\n")


@pytest.mark.parametrize("width", [60, 70, 80, 120])
def test_the_bar_is_one_line_with_epoch_step_loss_and_time_remaining(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = terminal(width, threading.Event(), monkeypatch)
    reporter(engine.run_started(epochs=100))
    reporter(replace(engine.epoch(99), validation_loss=1.25))
    reporter(engine.step(1990, eta_s=125.0))
    line = drawn(reporter)
    assert "\n" not in line
    assert len(line) <= width
    assert re.match(r"epoch 100/100 step 10/20 [━╸]+ ", line)
    assert "loss 0.002" in line
    assert line.rstrip().endswith("ETA 2:05")
    assert ("val 1.250" in line) == (width > 60)
    assert ("20.0/s" in line) == (width > 80)


def test_the_bar_says_estimating_before_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = terminal(80, threading.Event(), monkeypatch)
    reporter(engine.run_started())
    reporter(engine.step(1, eta_s=None))
    assert "ETA -:--" in drawn(reporter)


def test_the_bar_says_at_once_that_it_is_stopping(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    reporter = terminal(120, stop, monkeypatch)
    reporter(engine.run_started())
    reporter(engine.step(1))
    stop.set()
    line = drawn(reporter)
    assert line.startswith(STOPPING)
    assert "loss" not in line


def test_previews_are_listed_above_the_bar_and_the_bar_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = terminal(100, threading.Event(), monkeypatch)
    reporter.start()
    for event in EVENTS[:-3]:
        reporter(event)
    reporter.finish()
    written = reporter._progress.console.file
    assert isinstance(written, io.StringIO)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", written.getvalue())
    assert "Previews of epoch 1: 1 reconstruction, 1 new sound in /runs/r/previews/epoch-0001\n" in text
    assert written.getvalue().endswith("\x1b[2K")  # the bar's line is empty again


def test_the_reporter_suits_what_stdout_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    assert isinstance(make_reporter(stop, json=True), JsonReporter)
    assert type(make_reporter(stop, json=False)) is LineReporter
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(make_reporter(stop, json=False), BarReporter)
    monkeypatch.setenv("TERM", "dumb")
    assert type(make_reporter(stop, json=False)) is LineReporter


def test_the_closing_lines_say_where_everything_is() -> None:
    previews = [e for e in EVENTS if isinstance(e, PreviewEvent)]
    previews += [preview("new", "new 1", epoch=2), preview("original", "kick", epoch=2)]
    lines = closing_lines(replace(engine.complete("/runs/r"), skipped_steps=2), previews)
    assert lines == [
        "Finished: 2 epochs, 40 steps, 2.00 s of training (20.0 steps/s).",
        "2 steps without a finite loss left out.",
        "Previews of epoch 2: /runs/r/previews/epoch-0002",
        "  new 1.wav",
        "Checkpoint: /runs/r/checkpoints/step-00000040-final",
        "Model: /runs/r",
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "About 25 min on this computer. It writes up to 242.0 MB; 30.0 GB are free."),
        (
            {"is_rough": True, "seconds": 7900.0, "free_bytes": None},
            "Roughly 2 h 10 min on this computer. It writes up to 242.0 MB.",
        ),
        (
            {"seconds": None},
            "No estimate yet: nothing was trained on this device before. It writes up to 242.0 MB; "
            "30.0 GB are free.",
        ),
        (
            {"has_time_limit": True},
            "About 12000 steps in the time given. It writes up to 242.0 MB; 30.0 GB are free.",
        ),
        (
            {"available_bytes": 200_000_000},
            "About 25 min on this computer. It writes up to 242.0 MB; 30.0 GB are free. "
            "Memory is short: about 334.0 MB are needed, 200.0 MB are available.",
        ),
    ],
)
def test_what_a_run_will_take_is_one_line(changes: dict[str, object], line: str) -> None:
    event = next(event for event in EVENTS if isinstance(event, RunForecast))
    assert forecast_line(replace(event, **changes)) == line  # type: ignore[arg-type]

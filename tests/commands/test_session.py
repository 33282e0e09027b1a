"""A training from the first event to the exit code, with an engine that does as it is told."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import engine_stand_in as engine
import pytest

from sda_desktop.commands.session import run_session
from sda_desktop.errors import Cancelled, StorageError
from sda_desktop.training.loop import RunControl
from sda_desktop.training.metrics import EventSink, TrainingComplete, event_from_json


def finishing(on_event: EventSink, control: RunControl) -> TrainingComplete:
    on_event(engine.run_started("/runs/r"))
    on_event(engine.step(1))
    final = engine.complete("/runs/r")
    on_event(final)
    return final


def stopped_by_ctrl_c(on_event: EventSink, control: RunControl) -> TrainingComplete:
    on_event(engine.run_started("/runs/r"))
    signal.raise_signal(signal.SIGINT)
    assert control.stop.is_set()
    final = engine.complete("/runs/r", status="cancelled", steps=7)
    on_event(final)
    return final


def test_a_finished_run_is_0_and_says_where_the_model_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_session(finishing) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "Model: /runs/r"
    assert err == ""


def test_json_stays_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_session(finishing, json=True) == 0
    out, err = capsys.readouterr()
    assert [event_from_json(line).name for line in out.splitlines()] == [
        "run_started",
        "step",
        "training_complete",
    ]
    assert err == ""


@pytest.mark.parametrize("json", [False, True])
def test_ctrl_c_is_130_and_tells_the_checkpoint(json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_session(stopped_by_ctrl_c, json=json) == 130
    out, err = capsys.readouterr()
    checkpoint = "/runs/r/checkpoints/step-00000040-final"
    assert checkpoint in (err if json else out)
    if json:
        assert [event_from_json(line).name for line in out.splitlines()] == [
            "run_started",
            "training_complete",
        ]


def cancelled_while_scanning(on_event: EventSink, control: RunControl) -> TrainingComplete:
    raise Cancelled


def stopped_before_the_first_step(on_event: EventSink, control: RunControl) -> TrainingComplete:
    return replace(engine.complete(status="cancelled", steps=0), checkpoint=None)


@pytest.mark.parametrize("job", [cancelled_while_scanning, stopped_before_the_first_step])
def test_a_stop_before_the_training_says_that_nothing_is_saved(
    job: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_session(job) == 130  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Cancelled before the training began; there is no checkpoint.\n"


def test_errors_of_the_engine_pass_and_the_handlers_are_put_back() -> None:
    def failing(on_event: EventSink, control: RunControl) -> TrainingComplete:
        on_event(engine.run_started("/runs/r"))
        raise StorageError("The disk is full.")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(StorageError):
        run_session(failing)
    assert signal.getsignal(signal.SIGINT) is before


@contextmanager
def stdout_without_a_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with open(write_end, "w", encoding="utf-8") as closed, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", closed)
        yield


@pytest.mark.parametrize("json", [False, True])
def test_a_reader_that_goes_away_stops_and_saves(
    json: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def long_run(on_event: EventSink, control: RunControl) -> TrainingComplete:
        on_event(engine.run_started("/runs/r"))
        number = 0
        while not control.stop.is_set():
            number += 1
            assert number < 1000
            on_event(engine.step(number))
        final = engine.complete("/runs/r", status="cancelled", steps=number)
        on_event(final)
        return final

    with stdout_without_a_reader(monkeypatch):
        assert run_session(long_run, json=json) == 130
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "reader of the output went away" in err
    assert "/runs/r/checkpoints/step-00000040-final" in err

"""Previews are made beside the loop, and are the same whatever happens to the run meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from training_runs import Recorder, assert_same_weights, run_resumed, run_training

from sda_desktop.audio.io import write_wav
from sda_desktop.errors import StorageError
from sda_desktop.training import preview as preview_module
from sda_desktop.training import previewer as previewer_module
from sda_desktop.training.checkpoint import latest_checkpoint, list_checkpoints, load_checkpoint
from sda_desktop.training.metrics import (
    CheckpointEvent,
    EpochMetrics,
    Event,
    HealthWarning,
    MetricsHistory,
    PreviewEvent,
    StepMetrics,
    TrainingComplete,
)
from sda_desktop.training.trainer import PREVIEW_GROUP

real_preview = preview_module.generate_preview


def sounds_of(run: Path) -> dict[str, bytes]:
    return {str(p.relative_to(run)): p.read_bytes() for p in (run / "previews").rglob("*.wav")}


class Gate:
    """Holds back the previews of the first epoch until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, held_epoch: int = 1) -> None:
        self.opened = threading.Event()
        self.threads: set[str] = set()

        def held(*arguments: Any) -> Iterator[PreviewEvent]:  # noqa: ANN401 - passed through
            *_, epoch, stop = arguments
            self.threads.add(threading.current_thread().name)
            while epoch == held_epoch and not self.opened.is_set() and not stop.is_set():
                self.opened.wait(0.01)
            yield from real_preview(*arguments)

        monkeypatch.setattr(previewer_module, "generate_preview", held)


def at_step(event: Event, number: int) -> bool:
    return isinstance(event, StepMetrics) and event.global_step == number


def test_steps_go_on_while_previews_are_made(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)

    def open_later(event: Event) -> bool:
        if at_step(event, 30):
            gate.opened.set()
        return False

    recorder = Recorder(stop_at=open_later)
    run_training(small_corpus, tmp_path / "run", recorder, epochs=2)
    assert gate.threads == {"previews_0"}
    places = [i for i, e in enumerate(recorder.events) if isinstance(e, PreviewEvent) and e.epoch == 1]
    the_thirtieth = next(i for i, e in enumerate(recorder.events) if at_step(e, 30))
    assert places
    assert min(places) > the_thirtieth


def test_no_preview_is_lost_where_they_take_longer_than_the_epochs(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)

    def open_when_due_again(event: Event) -> bool:
        if at_step(event, 40):  # the next are due; the loop is about to wait for these
            gate.opened.set()
        return False

    recorder = Recorder(stop_at=open_when_due_again)
    run_training(small_corpus, tmp_path / "run", recorder, epochs=3)
    previews = recorder.of(PreviewEvent)
    assert [(p.epoch, p.kind) for p in previews if p.kind != "original"] == [
        (epoch, kind) for epoch in (1, 2, 3) for kind in ("reconstruction", "new")
    ]
    assert isinstance(recorder.events[-1], TrainingComplete)
    assert MetricsHistory.load(tmp_path / "run" / "metrics.jsonl").previews == previews


STOPS: dict[str, Callable[[Event], bool]] = {
    "between": lambda e: at_step(e, 30),
    "when the next are due": lambda e: isinstance(e, EpochMetrics) and e.epoch == 2,
}


@pytest.mark.parametrize("place", STOPS)
def test_unfinished_previews_come_out_the_same_after_a_stop(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    whole = run_training(small_corpus, tmp_path / "whole", Recorder(), epochs=2)
    with monkeypatch.context() as patch:
        Gate(patch)  # never opened: only the stop ends the first previews
        first = Recorder(stop_at=STOPS[place])
        stopped = run_training(small_corpus, tmp_path / "parts", first, epochs=2)
    assert stopped.status == "cancelled"
    assert sounds_of(tmp_path / "parts") == {}
    newest = latest_checkpoint(tmp_path / "parts")
    assert newest is not None
    kept = load_checkpoint(newest.path)
    assert kept.state["trainer"]["previewing"] == 1
    assert kept.tensors[PREVIEW_GROUP].keys() == kept.tensors["average"].keys()
    second = Recorder()
    resumed = run_resumed(tmp_path / "parts", second)
    assert sounds_of(tmp_path / "parts") == sounds_of(tmp_path / "whole")
    assert_same_weights(whole.checkpoint, resumed.checkpoint)
    told = [
        [(p.epoch, p.kind, p.title) for p in MetricsHistory.load(tmp_path / name / "metrics.jsonl").previews]
        for name in ("parts", "whole")
    ]
    assert told[0] == told[1]


def test_a_kill_after_a_checkpoint_beside_unfinished_previews_loses_none(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_training(small_corpus, tmp_path / "whole", Recorder(), epochs=2)
    with monkeypatch.context() as patch:
        gate = Gate(patch)

        class Killed(Exception):
            """As far as the files are concerned."""

        def save_then_die(event: Event) -> bool:
            if isinstance(event, CheckpointEvent) and event.reason == "manual":
                raise Killed
            return at_step(event, 27)

        with pytest.raises(Killed):
            run_training(small_corpus, tmp_path / "parts", Recorder(save_at=save_then_die), epochs=2)
        assert not gate.opened.is_set()
    manual = next(i for i in list_checkpoints(tmp_path / "parts") if i.reason == "manual")
    assert manual.global_step == 27
    run_resumed(tmp_path / "parts", Recorder())
    assert sounds_of(tmp_path / "parts") == sounds_of(tmp_path / "whole")


def test_a_full_disk_is_a_warning_and_the_next_previews_are_made(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = [True]

    def write(*arguments: Any) -> None:  # noqa: ANN401 - passed through
        if full.pop() if full else False:
            raise StorageError("The disk is full.", "Make room.")
        write_wav(*arguments)

    monkeypatch.setattr(preview_module, "write_wav", write)
    recorder = Recorder()
    complete = run_training(small_corpus, tmp_path / "run", recorder, epochs=2)
    assert complete.status == "finished"
    (warning,) = [w for w in recorder.of(HealthWarning) if w.kind == "preview_failed"]
    assert "epoch 1" in warning.message
    assert {p.epoch for p in recorder.of(PreviewEvent)} == {2}


def test_an_error_that_nobody_expects_is_not_swallowed(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:  # noqa: ANN401 - never looked at
        raise ZeroDivisionError("in the thread")

    monkeypatch.setattr(preview_module, "write_wav", broken)
    with pytest.raises(ZeroDivisionError, match="in the thread"):
        run_training(small_corpus, tmp_path / "run", Recorder(), epochs=2)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("previews")]

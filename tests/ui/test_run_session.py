"""The run that the window shows: live, loaded, and resumed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from engine_stand_in import EngineStandIn, complete, epoch, run_started, step
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from sda_desktop.errors import CheckpointError, SdaError
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import (
    Event,
    HealthWarning,
    MetricsHistory,
    PreviewEvent,
    RunStarted,
    StepMetrics,
)
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.ui import run_session
from sda_desktop.ui.health import HealthKind
from sda_desktop.ui.run_session import RunSession, before, is_run, load_run, run_folder_of, settings_of
from sda_desktop.ui.training_runner import TrainingRunner

MakeSession = Callable[[EngineStandIn], tuple[RunSession, TrainingRunner]]


@pytest.fixture
def make_session(qtbot: QtBot) -> Iterator[MakeSession]:
    """A session around a stand-in engine."""
    runners: list[TrainingRunner] = []

    def make(engine: EngineStandIn) -> tuple[RunSession, TrainingRunner]:
        runners.append(TrainingRunner(_load_engine=lambda: engine))
        return RunSession(runners[-1]), runners[-1]

    yield make
    for runner in runners:
        assert runner.shut_down(10)


class ScriptedEngine(EngineStandIn):
    """Says the given events, then ends."""

    def __init__(self, *events: Event) -> None:
        super().__init__()
        self.script = events

    def _run(self, on_event: Callable[[Event], None], control: object) -> object:  # type: ignore[override]
        self.before_start()
        for event in self.script:
            on_event(event)
        run_dir = next((e.run_dir for e in self.script if isinstance(e, RunStarted)), "")
        return complete(run_dir=run_dir, status="cancelled")


def test_a_new_run_gathers_its_history_and_becomes_resumable(make_session: MakeSession, qtbot: QtBot) -> None:
    warning = HealthWarning("non_finite", "One step was skipped.")
    overfitting = HealthWarning("overfitting", "It does worse on new sounds.")
    preview = PreviewEvent("new", 1, "/runs/one/new.wav", 44100, 1.0, "New 1")
    bad_epochs = [epoch(n, gap=0.4, best=n == 1) for n in range(1, 6)]
    engine = ScriptedEngine(run_started("/runs/one"), step(1), warning, overfitting, *bad_epochs, preview)
    session, runner = make_session(engine)
    warnings: list[HealthWarning] = []
    session.warning_received.connect(warnings.append)
    session.begin_new("my sounds")
    with qtbot.waitSignal(runner.completed):
        runner.start([], TrainingConfig())
    history = session.shown.history
    assert (len(history.steps), len(history.epochs), len(history.previews)) == (1, 5, 1)
    assert warnings == [warning], "overfitting is told by the health sentence, not twice"
    assert session.health.kind is HealthKind.OVERFITTING
    assert session.shown.name == "my sounds"
    assert session.shown.resume_from == session.shown.path == Path("/runs/one")
    assert not session.shown.finished


def test_a_run_that_never_began_leaves_nothing_to_resume(make_session: MakeSession, qtbot: QtBot) -> None:
    session, runner = make_session(EngineStandIn(error=SdaError("No.")))
    session.begin_new("my sounds")
    with qtbot.waitSignal(runner.failed):
        runner.start([], TrainingConfig())
    assert session.shown.path is None
    assert session.shown.resume_from is None


def test_a_run_is_loaded_from_its_folder(make_session: MakeSession, qtbot: QtBot, stopped_run: Path) -> None:
    session, _ = make_session(EngineStandIn())
    histories: list[MetricsHistory] = []
    session.history_replaced.connect(histories.append)
    with qtbot.waitSignal(session.run_loaded):
        session.open(stopped_run / "run.json")
    assert len(histories[-1].steps) == 25
    assert histories[-1].previews
    assert session.shown.path == stopped_run
    assert session.shown.resume_from == stopped_run
    assert session.shown.resume_epoch == 2
    assert session.shown.resume_hint() == "Resume goes on with sounds from epoch 2; Train begins a new one."
    session.close()
    assert histories[-1].steps == []
    assert not session.shown.name


def test_what_is_no_run_is_an_error(make_session: MakeSession, qtbot: QtBot, tmp_path: Path) -> None:
    session, _ = make_session(EngineStandIn())
    (tmp_path / "run.json").write_text("{}")
    with qtbot.waitSignal(session.failed) as failed:
        session.open(tmp_path)
    assert isinstance(failed.args[0], CheckpointError)


def test_a_damaged_history_is_an_error_with_a_way_on(stopped_run: Path) -> None:
    (stopped_run / "metrics.jsonl").write_text("{broken\n{}\n")
    with pytest.raises(SdaError, match="history") as raised:
        load_run(stopped_run)
    assert "resumed" in raised.value.remedy


@pytest.mark.parametrize("past_first", [True, False])
def test_a_resumed_run_shows_its_past_and_its_present_once(
    make_session: MakeSession, qtbot: QtBot, stopped_run: Path, past_first: bool
) -> None:
    """Whether the folder is read before or after the engine begins; here it goes back to step 20."""
    gate = threading.Event()
    resumed = replace(run_started(str(stopped_run)), start_step=20, start_epoch=2, resumed_from="step-20")
    engine = ScriptedEngine(resumed, *(step(n) for n in range(21, 24)))
    session, runner = make_session(engine)
    loaded: list[object] = []
    session.run_loaded.connect(loaded.append)
    if past_first:
        engine.before_start = lambda: gate.wait(5)
        session.begin_resume(stopped_run)
        runner.resume(stopped_run)
        qtbot.waitUntil(lambda: bool(loaded))
        with qtbot.waitSignal(runner.completed):
            gate.set()
    else:
        pool = QThreadPool.globalInstance()
        for _ in range(pool.maxThreadCount()):  # the pool is busy until the gate opens
            pool.start(lambda: gate.wait(5))
        session.begin_resume(stopped_run)
        with qtbot.waitSignal(runner.completed):
            runner.resume(stopped_run)
        assert not loaded
        gate.set()
        qtbot.waitUntil(lambda: bool(loaded))
    assert [s.global_step for s in session.shown.history.steps] == list(range(1, 24))
    assert [e.epoch for e in session.shown.history.epochs] == [1]
    assert session.shown.path == stopped_run


def test_a_long_run_keeps_its_newest_steps_only(
    make_session: MakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_session, "KEPT_STEPS", 10)
    engine = ScriptedEngine(run_started("/runs/one"), *(step(n) for n in range(1, 101)), epoch(1))
    session, runner = make_session(engine)
    told: list[Event] = []
    session.events_added.connect(told.extend)
    session.begin_new("sounds")
    with qtbot.waitSignal(runner.completed):
        runner.start([], TrainingConfig())
    kept = [s.global_step for s in session.shown.history.steps]
    assert kept[-1] == 100
    assert 10 <= len(kept) <= 20
    assert sum(isinstance(event, StepMetrics) for event in told) == 100, "who draws them is told all"


def test_what_came_after_the_checkpoint_is_dropped() -> None:
    previews = [PreviewEvent("new", n, f"/{n}.wav", 44100, 1.0, "New") for n in (1, 2)]
    history = MetricsHistory.of([step(n) for n in range(1, 31)] + [epoch(1)] + list(previews))
    kept = before(history, replace(run_started(), start_step=25, start_epoch=2))
    assert [s.global_step for s in kept.steps] == list(range(1, 26))
    assert [p.epoch for p in kept.previews] == [1]
    assert [e.epoch for e in kept.epochs] == [1]


def test_where_a_run_is(tmp_path: Path, stopped_run: Path) -> None:
    checkpoint = next((stopped_run / "checkpoints").iterdir())
    assert run_folder_of(stopped_run) == stopped_run
    assert run_folder_of(stopped_run / "run.json") == stopped_run
    assert run_folder_of(checkpoint) == stopped_run
    assert is_run(stopped_run)
    assert is_run(stopped_run / "run.json")
    assert not is_run(tmp_path)


def test_the_settings_of_a_run_are_those_its_user_chose(stopped_run: Path) -> None:
    config, explicit = settings_of(RunFolder.open(stopped_run).manifest)
    assert config.epochs == 2
    assert config.learning_rate == pytest.approx(1e-3)
    assert {"epochs", "channels", "learning_rate"} <= explicit
    assert "weight_averaging" not in explicit
    assert "free_bits" not in explicit


def test_loading_is_only_reading(stopped_run: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {
            str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in stopped_run.rglob("*") if p.is_file()
        }

    files = state()
    load_run(stopped_run)
    assert state() == files

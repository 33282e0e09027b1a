"""The thread around the engine: start, stop, resume, batches, and every way a run can end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from engine_stand_in import EngineStandIn, run_started, step
from pytestqt.qtbot import QtBot
from training_runs import EVERYTHING, tiny_config

from sda_desktop.errors import BadInputError, Cancelled, SdaError
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import Event, MetricsHistory, StepMetrics, TrainingComplete
from sda_desktop.ui.training_runner import EventBatcher, RunState, TrainingRunner

MakeRunner = Callable[[EngineStandIn], TrainingRunner]


@pytest.fixture
def make_runner(qtbot: QtBot) -> Iterator[MakeRunner]:
    """Runners around a stand-in engine, their threads ended after the test."""
    runners: list[TrainingRunner] = []

    def make(engine: EngineStandIn) -> TrainingRunner:
        runners.append(TrainingRunner(_load_engine=lambda: engine))
        return runners[-1]

    yield make
    for runner in runners:
        assert runner.shut_down(10), "the training thread did not end"


def _state(runner: TrainingRunner) -> RunState:
    return runner.state  # a call, because the type checker takes a property for constant


def _states(runner: TrainingRunner) -> list[RunState]:
    states: list[RunState] = []
    runner.state_changed.connect(states.append)
    return states


def test_a_run_from_start_to_end(make_runner: MakeRunner, qtbot: QtBot, tmp_path: Path) -> None:
    engine = EngineStandIn()
    runner = make_runner(engine)
    states = _states(runner)
    events: list[Event] = []
    arrived_on: set[int] = set()

    def take(batch: list[Event]) -> None:
        events.extend(batch)
        arrived_on.add(threading.get_ident())

    runner.events_received.connect(take)
    config = TrainingConfig(epochs=2)
    with qtbot.waitSignal(runner.completed) as done:
        runner.start([tmp_path], config, frozenset({"epochs"}), tmp_path / "run")
        at_the_start = (runner.is_running, runner.state)

    assert at_the_start == (True, RunState.PREPARING)
    assert states == [RunState.PREPARING, RunState.RUNNING, RunState.FINISHED]
    assert not runner.is_running
    assert isinstance(done.args[0], TrainingComplete)
    assert done.args[0].status == "finished"
    assert [e.global_step for e in events if isinstance(e, StepMetrics)] == list(range(1, 41))
    assert isinstance(events[-1], TrainingComplete)
    name, sources, given = engine.calls[0]
    assert (name, sources) == ("train", (tmp_path,))
    assert given == {"config": config, "run_dir": tmp_path / "run", "explicit": frozenset({"epochs"})}
    assert engine.threads[0] != threading.get_ident(), "the engine ran in the GUI thread"
    assert arrived_on == {threading.get_ident()}, "events arrived in the training thread"


def test_cancel_shows_at_once_and_ends_as_cancelled(make_runner: MakeRunner, qtbot: QtBot) -> None:
    runner = make_runner(EngineStandIn(hold=threading.Event()))
    states = _states(runner)
    runner.start([], TrainingConfig())
    qtbot.waitUntil(lambda: runner.state is RunState.RUNNING)
    with qtbot.waitSignal(runner.completed) as done:
        began = time.perf_counter()
        runner.cancel()
        assert _state(runner) is RunState.STOPPING
        assert time.perf_counter() - began < 0.05
    assert done.args[0].status == "cancelled"
    assert states[-2:] == [RunState.STOPPING, RunState.FINISHED]


def test_cancel_while_preparing_is_not_taken_back_by_a_late_start(
    make_runner: MakeRunner, qtbot: QtBot
) -> None:
    gate = threading.Event()
    runner = make_runner(EngineStandIn(before_start=lambda: gate.wait(5)))
    states = _states(runner)
    runner.start([], TrainingConfig())
    runner.cancel()
    with qtbot.waitSignal(runner.completed) as done:
        gate.set()
    assert states == [RunState.PREPARING, RunState.STOPPING, RunState.FINISHED]
    assert done.args[0].status == "cancelled"


def test_cancel_while_torch_is_being_imported_never_enters_the_engine(qtbot: QtBot) -> None:
    gate, engine = threading.Event(), EngineStandIn()

    def slow_import() -> EngineStandIn:
        gate.wait(5)
        return engine

    runner = TrainingRunner(_load_engine=slow_import)
    runner.start([], TrainingConfig())
    runner.cancel()
    with qtbot.waitSignal(runner.completed) as done:
        gate.set()
    assert (done.args[0].status, done.args[0].run_dir) == ("cancelled", "")
    assert engine.calls == []
    assert runner.shut_down(5)


def test_an_engine_error_arrives_as_it_is(make_runner: MakeRunner, qtbot: QtBot) -> None:
    error = BadInputError("There are no sounds.", "Open a folder with sounds.")
    runner = make_runner(EngineStandIn(error=error))
    with qtbot.waitSignal(runner.failed) as failed:
        runner.start([], TrainingConfig())
    assert failed.args[0] is error
    assert runner.state is RunState.FAILED
    assert not runner.is_running


@pytest.mark.parametrize(
    ("error", "words"),
    [(RuntimeError("bad shape"), "should not happen"), (MemoryError("no room"), "out of memory")],
)
def test_an_unforeseen_error_is_wrapped_with_its_traceback(
    make_runner: MakeRunner, qtbot: QtBot, error: Exception, words: str
) -> None:
    runner = make_runner(EngineStandIn(error=error))
    with qtbot.waitSignal(runner.failed) as failed:
        runner.start([], TrainingConfig())
    shown = failed.args[0]
    assert isinstance(shown, SdaError)
    assert words in shown.message
    assert shown.remedy
    assert str(error) in shown.details
    assert "Traceback" in shown.details


def test_a_stop_that_surfaces_as_cancelled_is_an_end_and_not_an_error(
    make_runner: MakeRunner, qtbot: QtBot
) -> None:
    runner = make_runner(EngineStandIn(error=Cancelled()))
    with qtbot.waitSignal(runner.completed) as done:
        runner.start([], TrainingConfig())
    assert done.args[0].status == "cancelled"


def test_the_next_run_may_start_inside_the_slot_that_hears_of_the_end(
    make_runner: MakeRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    engine = EngineStandIn(steps=4)
    runner = make_runner(engine)
    ends: list[TrainingComplete] = []

    def again(result: TrainingComplete) -> None:
        ends.append(result)
        if len(ends) == 1:
            runner.resume(tmp_path, epochs=9, threads=1)

    runner.completed.connect(again)
    runner.start([], TrainingConfig())
    qtbot.waitUntil(lambda: len(ends) == 2)
    assert engine.calls[1] == ("resume", tmp_path, {"epochs": 9, "threads": 1})
    assert len(set(engine.threads)) == 1, "torch keeps its thread pool only if the thread stays the same"


def test_a_second_run_at_the_same_time_is_refused(make_runner: MakeRunner, qtbot: QtBot) -> None:
    hold = threading.Event()
    runner = make_runner(EngineStandIn(hold=hold))
    runner.start([], TrainingConfig())
    with pytest.raises(RuntimeError):
        runner.start([], TrainingConfig())
    with pytest.raises(RuntimeError):
        runner.resume(Path("x"))
    with qtbot.waitSignal(runner.completed):
        hold.set()


def test_save_checkpoint_reaches_the_engine(make_runner: MakeRunner, qtbot: QtBot) -> None:
    engine = EngineStandIn(hold=threading.Event())
    runner = make_runner(engine)
    runner.start([], TrainingConfig())
    qtbot.waitUntil(lambda: runner.state is RunState.RUNNING)
    runner.save_checkpoint()
    qtbot.waitUntil(engine.saw_save.is_set)


def test_wait_lets_the_window_live_and_tells_whether_the_run_ended(make_runner: MakeRunner) -> None:
    hold = threading.Event()
    runner = make_runner(EngineStandIn(hold=hold))
    assert runner.wait(0.0), "nothing runs yet"
    runner.start([], TrainingConfig())
    assert not runner.wait(0.05)
    assert _state(runner) is RunState.RUNNING, "events were not delivered while waiting"
    hold.set()
    assert runner.wait(5)
    assert _state(runner) is RunState.FINISHED


def test_shutting_down_in_the_middle_of_a_run_ends_the_thread(qtbot: QtBot) -> None:
    runner = TrainingRunner(_load_engine=lambda: EngineStandIn(hold=threading.Event()))
    runner.start([], TrainingConfig())
    qtbot.waitUntil(lambda: runner.state is RunState.RUNNING)
    assert runner.shut_down(5)


def test_steps_are_batched_to_ten_a_second_and_nothing_is_lost() -> None:
    batches: list[list[Event]] = []
    now = [0.0]
    batcher = EventBatcher(batches.append, clock=lambda: now[0])
    for number in range(1, 501):  # 500 steps in 2.5 s
        batcher.add(step(number, steps=10_000))
        now[0] += 0.005
    batcher.flush()
    assert 20 <= len(batches) <= 27
    assert [e.global_step for b in batches for e in b if isinstance(e, StepMetrics)] == list(range(1, 501))


def test_what_the_user_waits_for_is_not_held_back() -> None:
    batches: list[list[Event]] = []
    batcher = EventBatcher(batches.append, clock=lambda: 0.0)
    batcher.add(step(1))
    batcher.add(step(2))
    assert [len(b) for b in batches] == [1]
    batcher.add(run_started())
    assert [len(b) for b in batches] == [1, 2], "in order, together with the step before"
    batcher.add(step(20))
    assert len(batches) == 3, "the last step of an epoch: validation follows and may take long"


# With the real engine --------------------------------------------------------------------------------------


def test_a_real_training_is_stopped_resumed_and_finished(
    qtbot: QtBot, small_corpus: Path, tmp_path: Path
) -> None:
    runner = TrainingRunner()
    events: list[Event] = []
    runner.events_received.connect(events.extend)
    run_dir = tmp_path / "run"
    runner.start([small_corpus], tiny_config(), EVERYTHING, run_dir)

    def steps() -> list[int]:
        return [e.global_step for e in events if isinstance(e, StepMetrics)]

    qtbot.waitUntil(lambda: len(steps()) >= 3, timeout=60_000)
    began = time.perf_counter()
    with qtbot.waitSignal(runner.completed, timeout=20_000) as stopped:
        runner.cancel()
    assert time.perf_counter() - began < 10
    assert stopped.args[0].status == "cancelled"
    assert stopped.args[0].checkpoint is not None
    done = stopped.args[0].global_step
    assert 3 <= done < 40

    with qtbot.waitSignal(runner.completed, timeout=60_000) as finished:
        runner.resume(run_dir)
    assert finished.args[0].status == "finished"
    assert steps() == list(range(1, 41)), "no step twice, none left out"
    saved = MetricsHistory.load(run_dir / "metrics.jsonl")
    assert [e.global_step for e in saved.steps] == steps()
    assert runner.shut_down(10)


def test_what_the_real_engine_refuses_arrives_as_its_own_error(qtbot: QtBot, tmp_path: Path) -> None:
    runner = TrainingRunner()
    with qtbot.waitSignal(runner.failed, timeout=60_000) as failed:
        runner.start([tmp_path / "nowhere"], TrainingConfig())
    assert isinstance(failed.args[0], BadInputError)
    assert "nowhere" in failed.args[0].message
    assert runner.shut_down(10)

"""Running the training engine in a thread of its own, and turning its events into Qt signals.

TrainingRunner lives in the GUI thread and is all that the window knows.  TrainingWorker lives in the
training thread, imports torch there, and hands the engine's events over in batches: a signal per step
makes the window lag, ten a second do not.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, QTimer, Signal, Slot

from sda_desktop.errors import Cancelled, SdaError
from sda_desktop.keep_awake import keep_awake
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import (
    Event,
    EventSink,
    PreparationProgress,
    RunStarted,
    StepMetrics,
    TrainingComplete,
)
from sda_desktop.ui.run_state import RunState, may_follow
from sda_desktop.words import say

__all__ = ["RunState", "TrainingRunner", "TrainingWorker"]

_log = logging.getLogger(__name__)

FLUSH_S = 0.1
# The default of 512 kB on macOS is too little for the mathematics libraries below torch.
_STACK_BYTES = 16 * 1024 * 1024


class Engine(Protocol):
    """What the worker needs of sda_desktop.training.loop."""

    @property
    def RunControl(self) -> Any: ...  # noqa: ANN401 - a class with `stop` and `save_requested`

    @property
    def train(self) -> Callable[..., TrainingComplete]: ...

    @property
    def resume(self) -> Callable[..., TrainingComplete]: ...


def _load_engine() -> Engine:
    from sda_desktop.training import loop

    return loop


@dataclass(frozen=True)
class Job:
    """One run to do: a new one from `sources` and `config`, or `target` resumed."""

    sources: tuple[Path, ...] = ()
    config: TrainingConfig = field(default_factory=TrainingConfig)
    explicit: frozenset[str] = frozenset()
    run_dir: Path | None = None
    target: Path | None = None
    overrides: Mapping[str, Any] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    save_requested: threading.Event = field(default_factory=threading.Event)


class EventBatcher:
    """Collects events and hands them on as one list, about every `FLUSH_S`.

    Events that the user waits for go out at once: the end of an epoch, a preview, a checkpoint.
    """

    def __init__(
        self, sink: Callable[[list[Event]], None], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._sink = sink
        self._clock = clock
        self._batch: list[Event] = []
        self._flushed_at = -FLUSH_S

    def add(self, event: Event) -> None:
        """Take one event, and hand the batch on if it is due."""
        self._batch.append(event)
        routine = isinstance(event, StepMetrics | PreparationProgress)
        last_of_epoch = isinstance(event, StepMetrics) and event.step == event.total_steps
        if not routine or last_of_epoch or self._clock() - self._flushed_at >= FLUSH_S:
            self.flush()

    def flush(self) -> None:
        """Hand on whatever has been collected."""
        self._flushed_at = self._clock()
        if self._batch:
            batch, self._batch = self._batch, []
            self._sink(batch)


class TrainingWorker(QObject):
    """Does one job at a time in the thread it was moved to."""

    events_ready = Signal(object)  # list[Event]
    ended = Signal(object)  # TrainingComplete | SdaError

    def __init__(self, load_engine: Callable[[], Engine]) -> None:
        super().__init__()
        self._load_engine = load_engine

    @Slot(object)
    def run(self, job: Job) -> None:
        """Run the job to its end; every end, whatever it is, goes out as one `ended`."""
        batcher = EventBatcher(self.events_ready.emit)
        outcome: TrainingComplete | SdaError
        try:
            with keep_awake():
                outcome = self._do(job, batcher.add)
        except SdaError as error:
            _log.warning("The training failed: %s %s", error, error.details)
            outcome = error
        except Cancelled:
            outcome = _stopped_early()
        except Exception as error:
            _log.exception("The training failed unexpectedly")
            outcome = _explained(error)
        batcher.flush()
        self.ended.emit(outcome)

    def _do(self, job: Job, on_event: EventSink) -> TrainingComplete:
        engine = self._load_engine()
        if job.stop.is_set():  # importing takes seconds, long enough to think again
            raise Cancelled
        control = engine.RunControl(stop=job.stop, save_requested=job.save_requested)
        if job.target is not None:
            return engine.resume(job.target, on_event=on_event, control=control, **job.overrides)
        return engine.train(
            job.sources,
            job.config,
            run_dir=job.run_dir,
            explicit=job.explicit,
            on_event=on_event,
            control=control,
        )


def _stopped_early() -> TrainingComplete:
    """The end of a run that was stopped before it made a folder."""
    return TrainingComplete(
        status="cancelled",
        run_dir="",
        epoch=0,
        global_step=0,
        checkpoint=None,
        best_checkpoint=None,
        best_epoch=0,
        elapsed_seconds=0.0,
        steps_per_second=0.0,
    )


def _explained(error: Exception) -> SdaError:
    """An error that the engine did not foresee, in the form that the window can show."""
    details = "".join(traceback.format_exception(error))
    # torch.OutOfMemoryError by its name: this module must not import torch.
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return SdaError(
            say("The training ran out of memory."),
            say(
                "Close other programs, or choose a smaller batch or width in the advanced settings. "
                "What was saved so far can be resumed."
            ),
            details,
        )
    return SdaError(
        say("The training stopped because of an error that should not happen."),
        say("What was saved so far can be resumed. The details help whoever mends this."),
        details,
    )


class TrainingRunner(QObject):
    """Starts, stops and resumes trainings; one at a time, each in the same thread of its own.

    Signals arrive in the GUI thread: `state_changed` (RunState), `events_received` (list of events, about
    10 times a second), and at the end either `completed` (TrainingComplete) or `failed` (SdaError), after
    which the next run may be started at once.
    """

    state_changed = Signal(object)
    events_received = Signal(object)
    failed = Signal(object)
    completed = Signal(object)
    _job_given = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, _load_engine: Callable[[], Engine] = _load_engine
    ) -> None:
        super().__init__(parent)
        self._state = RunState.IDLE
        self._job: Job | None = None
        self._thread = QThread()
        self._thread.setObjectName("training")
        self._thread.setStackSize(_STACK_BYTES)
        self._worker = TrainingWorker(_load_engine)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._job_given.connect(self._worker.run, queued)
        self._worker.events_ready.connect(self._on_worker_events_ready, queued)
        self._worker.ended.connect(self._on_worker_ended, queued)

    @property
    def state(self) -> RunState:
        """Where the run is."""
        return self._state

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, its preparation and its stopping included."""
        return self._state.active

    @property
    def control(self) -> Job | None:
        """The current run's job with its `stop` and `save_requested` events; None before the first run."""
        return self._job

    def start(
        self,
        sources: Sequence[Path],
        config: TrainingConfig,
        explicit: frozenset[str] = frozenset(),
        run_dir: Path | None = None,
    ) -> None:
        """Train on the sounds.  `explicit` names the settings that the preset must not override.

        Raises RuntimeError while another run is under way.
        """
        self._give(Job(sources=tuple(sources), config=config, explicit=explicit, run_dir=run_dir))

    def resume(self, target: Path, **overrides: object) -> None:
        """Go on from a run folder's newest checkpoint or from a checkpoint folder.

        overrides: epochs, time_limit_s, threads, device, sounds.  Raises RuntimeError while a run is
        under way.
        """
        self._give(Job(target=target, overrides=overrides))

    def cancel(self) -> None:
        """Ask the run to stop and save.  Returns at once; the end is told by `completed` or `failed`."""
        if self._job is not None and self.is_running:
            self._job.stop.set()
            self._go(RunState.STOPPING)

    def save_checkpoint(self) -> None:
        """Ask the run for a checkpoint that is kept."""
        if self._job is not None and self._state is RunState.RUNNING:
            self._job.save_requested.set()

    def wait(self, timeout_s: float) -> bool:
        """Let the window live on until the run has ended.  False if it has not after `timeout_s`."""
        if not self.is_running:
            return True
        loop = QEventLoop()
        timer = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        timer.start(round(timeout_s * 1000))
        self.completed.connect(loop.quit)
        self.failed.connect(loop.quit)
        loop.exec()
        self.completed.disconnect(loop.quit)
        self.failed.disconnect(loop.quit)
        return not self.is_running

    def shut_down(self, timeout_s: float = 60.0) -> bool:
        """Stop the run, if any, and end the thread: the last thing to do with a runner.

        Blocks without showing anything.  False if the thread has not ended after `timeout_s`.
        """
        if self._job is not None:
            self._job.stop.set()
        if not self._thread.isRunning():
            return True
        self._thread.quit()
        return self._thread.wait(round(timeout_s * 1000))

    def _give(self, job: Job) -> None:
        if self.is_running:
            raise RuntimeError("a training is under way")
        self._job = job
        if not self._thread.isRunning():
            self._thread.start()
        self._go(RunState.PREPARING)
        self._job_given.emit(job)

    def _go(self, state: RunState) -> None:
        if may_follow(self._state, state):
            self._state = state
            self.state_changed.emit(state)

    @Slot(object)
    def _on_worker_events_ready(self, events: list[Event]) -> None:
        if any(isinstance(event, RunStarted) for event in events):
            self._go(RunState.RUNNING)  # stays STOPPING if the user was quicker
        self.events_received.emit(events)

    @Slot(object)
    def _on_worker_ended(self, outcome: TrainingComplete | SdaError) -> None:
        if isinstance(outcome, SdaError):
            self._go(RunState.FAILED)
            self.failed.emit(outcome)
        else:
            self._go(RunState.FINISHED)
            self.completed.emit(outcome)

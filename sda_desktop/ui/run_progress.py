"""How far a run is, collected from its events for the status bar and the window's title.  No Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from statistics import fmean

from sda_desktop.training.metrics import (
    EpochMetrics,
    Event,
    PreparationProgress,
    RunStarted,
    StepMetrics,
)
from sda_desktop.words import mark, say, shown

# The speed shown is the mean of this many steps.
SPEED_STEPS = 40

_ACTIVITIES = {
    "scanning": mark("Scanning sounds"),
    "decoding": mark("Reading sounds"),
    "measuring": mark("Measuring"),
    "loading": mark("Loading"),
}


class RunProgress:
    """What the last events said.  Fields are None as long as nothing is known."""

    def __init__(self) -> None:
        self.activity = ""  # what is being prepared, "" once the first step is done
        self.fraction: float | None = None  # of the present stage: preparation, then training
        self.epoch: int | None = None
        self.epochs: int | None = None
        self.step: int | None = None
        self.steps_per_epoch: int | None = None
        self.eta_s: float | None = None
        self.device = ""
        self.threads = 0
        self.training = False  # past the preparation
        self._total_steps = 0
        self._step_seconds: deque[float] = deque(maxlen=SPEED_STEPS)

    @property
    def steps_per_s(self) -> float | None:
        """Steps per second of the last steps."""
        mean = fmean(self._step_seconds) if self._step_seconds else 0.0
        return 1.0 / mean if mean > 0 else None

    @property
    def percent(self) -> int | None:
        """Of the whole training; None during the preparation."""
        if not self.training or self.fraction is None:
            return None
        return int(100 * self.fraction)

    def add(self, events: Iterable[Event]) -> None:
        """Take in a batch of events."""
        for event in events:
            match event:
                case PreparationProgress():
                    self._prepare(event)
                case RunStarted():
                    self._start(event)
                case StepMetrics():
                    self._step(event)
                case EpochMetrics():
                    self.eta_s = event.eta_seconds
                    self.fraction = _share(event.global_step, event.total_steps)
                case _:
                    pass

    def _prepare(self, event: PreparationProgress) -> None:
        name = shown(_ACTIVITIES.get(event.activity, event.activity.capitalize()))
        self.activity = name
        if event.total > 1:
            self.activity = say("{what} {done} of {total}", what=name, done=event.done, total=event.total)
        self.fraction = _share(event.done, event.total) if event.total > 1 else None

    def _start(self, event: RunStarted) -> None:
        self.activity = ""
        self.training = True
        self.device, self.threads = event.device, event.threads
        self.epoch, self.epochs = event.start_epoch, event.epochs
        self.steps_per_epoch = event.steps_per_epoch
        self.step = event.start_step - (event.start_epoch - 1) * event.steps_per_epoch
        self._total_steps = event.total_steps
        self.fraction = _share(event.start_step, event.total_steps)

    def _step(self, event: StepMetrics) -> None:
        self.epoch, self.step, self.steps_per_epoch = event.epoch, event.step, event.total_steps
        self.eta_s = event.eta_seconds
        self._step_seconds.append(event.step_seconds)
        if self._total_steps:
            self.fraction = _share(event.global_step, self._total_steps)


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total > 0 else 0.0

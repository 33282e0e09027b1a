"""How long what is left of a run will take, and how many steps fit into a time limit."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from typing import Literal, Protocol, Self

from sda_desktop.training.config import TrainingConfig

Stage = Literal["step", "validation", "preview", "checkpoint"]
# Steps that the present speed is the mean of.  A machine's speed wavers from second to second and comes
# back: on recorded runs the mean of many steps told the rest of a run two to three times better than that
# of the last 60.
WINDOW = 1500
SETTLING = 2  # the first steps of a session fill caches and are not typical
READY_STEPS = 8  # measured steps before an estimate is given
# Until a stage has been measured, it is guessed in training steps: evaluation has no backward pass,
# a preview is mostly synthesis, a checkpoint a copy of the weights.
FORWARD_SHARE, PREVIEW_STEPS_PER_SECOND, CHECKPOINT_STEPS = 0.35, 1.2, 0.5
# How many epochs improve on the best and are saved for it; nearly all in the beginning, fewer later.
IMPROVING_SHARE = 0.6


class Course(Protocol):
    """The steps of a run: of its schedule, or of a plan before there is one."""

    @property
    def total_steps(self) -> int: ...

    @property
    def steps_per_epoch(self) -> int: ...

    @property
    def epochs(self) -> int: ...

    def replanned(self, total_steps: int, step: int) -> Self: ...


class _RunningMean:
    """The mean of the last values, whose cost does not grow with their number."""

    def __init__(self, length: int) -> None:
        self._values: deque[float] = deque(maxlen=length)
        self._sum = 0.0

    @property
    def count(self) -> int:
        return len(self._values)

    @property
    def mean(self) -> float:
        return self._sum / len(self._values)

    def add(self, value: float) -> None:
        if len(self._values) == self._values.maxlen:
            self._sum -= self._values[0]
        self._values.append(value)
        self._sum += value


class Pace:
    """Measures the stages of this session, and adds up those that are still due."""

    def __init__(self, config: TrainingConfig, evaluated_batches: float, preview_seconds: float) -> None:
        """evaluated_batches: size of a validation, in training batches.  preview_seconds: of sound."""
        self._config = config
        self._guesses: dict[Stage, float] = {
            "step": 1.0,
            "validation": FORWARD_SHARE * evaluated_batches,
            "preview": PREVIEW_STEPS_PER_SECOND * preview_seconds,
            "checkpoint": CHECKPOINT_STEPS,
        }
        self._measured: dict[Stage, _RunningMean] = {
            stage: _RunningMean(WINDOW if stage == "step" else 5) for stage in self._guesses
        }
        self._amounts = {"validation": evaluated_batches, "preview": preview_seconds}
        self._expected: dict[Stage, float] = {}
        self._settling = SETTLING

    def add(self, stage: Stage, seconds: float) -> None:
        """Note how long one took."""
        if stage == "step" and self._settling:
            self._settling -= 1
        else:
            self._measured[stage].add(seconds)

    def expect(self, stage: Stage, seconds: float) -> None:
        """What one took earlier, per batch of a validation and per second of a preview: holds until one is
        measured."""
        self._expected[stage] = seconds * self._amounts.get(stage, 1.0)

    def means(self) -> dict[str, float]:
        """What one took, as `expect` takes it; 0 for what was not measured."""
        return {
            stage: measured.mean / max(self._amounts.get(stage, 1.0), 1e-9) if measured.count else 0.0
            for stage, measured in self._measured.items()
        }

    @property
    def measured_steps(self) -> int:
        """The steps that their mean is of."""
        return self._measured["step"].count

    @property
    def has_measured(self) -> bool:
        """Whether any typical step was measured."""
        return self._measured["step"].count > 0

    @property
    def is_ready(self) -> bool:
        """Whether enough steps were measured to tell the user a time."""
        return self._measured["step"].count >= READY_STEPS

    def seconds_of(self, stage: Stage) -> float:
        """Expected duration of one."""
        measured = self._measured[stage]
        if measured.count:
            return measured.mean
        if stage in self._expected:
            return self._expected[stage]
        return self._guesses[stage] * self.seconds_of("step") if stage != "step" else 0.0

    def due(self, schedule: Course, step: int, pending: Collection[str]) -> dict[Stage, float]:
        """How many of each stage are still to come."""
        last, done = schedule.epochs, step // schedule.steps_per_epoch
        every = self._config.checkpoint_every_epochs
        improving = IMPROVING_SHARE * (last - done)
        return {
            "step": max(0, schedule.total_steps - step),
            "validation": last - done + ("validate" in pending),
            "preview": 1,  # all but the last are made beside the steps
            "checkpoint": max(improving, last // every - done // every) + 1,
        }

    def seconds_left(self, schedule: Course, step: int, pending: Collection[str]) -> float:
        """Expected seconds until the run is complete, saved and all."""
        due = self.due(schedule, step, pending)
        return sum(count * self.seconds_of(stage) for stage, count in due.items())

    def steps_within(self, seconds: float, schedule: Course, step: int, pending: Collection[str]) -> int:
        """The total number of steps that lets the run complete in that many seconds from now."""
        total = schedule.total_steps
        for _ in range(4):  # the other stages depend on the number of steps
            planned = schedule.replanned(total, step)
            others = self.seconds_left(planned, step, pending) - (total - step) * self.seconds_of("step")
            total = step + max(0, int((seconds - others) / self.seconds_of("step")))
        return total

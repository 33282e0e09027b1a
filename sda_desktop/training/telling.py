"""Telling of steps whose figures may come late: a graphics card is a few steps behind the host."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from sda_desktop.training.health import HealthMonitor
from sda_desktop.training.learner import StepResult
from sda_desktop.training.metrics import EventSink, StepMetrics

MOST_UNTOLD = 16  # steps that the device may be behind; then the host waits for it


@dataclass(frozen=True, slots=True)
class Untold:
    """A step that was done, until its figures are here."""

    result: StepResult
    epoch: int
    step: int
    total_steps: int  # of the epoch
    global_step: int
    seconds: float
    eta_seconds: float | None

    def metrics(self) -> tuple[StepMetrics, bool]:
        """Wait for the figures; also whether all was finite."""
        total, reconstruction, kl, norm, is_finite = self.result.reading.numbers()
        weight = self.result.kl_weight
        place = (self.epoch, self.step, self.total_steps, self.global_step)
        losses = (total, reconstruction, weight * kl, weight)
        rates = (self.result.learning_rate, self.seconds, norm, self.eta_seconds)
        return StepMetrics(*place, *losses, *rates), bool(is_finite)


class StepTeller:
    """Announces steps in their order, as soon as their figures are here; on the processor that is at once."""

    def __init__(self, announce: EventSink, health: Callable[[], HealthMonitor]) -> None:
        """health: of the run, which is told whether a step was finite."""
        self._announce = announce
        self._health = health
        self._untold: deque[Untold] = deque()

    def add(self, step: Untold, *, wait: bool) -> None:
        """Announce what is ready, or all up to this step if `wait`.  Raises DivergedError."""
        self._untold.append(step)
        self.tell(wait=wait)

    def tell(self, *, wait: bool) -> None:
        """The same without a new step."""
        while self._untold and (
            wait or len(self._untold) > MOST_UNTOLD or self._untold[0].result.reading.is_ready
        ):
            metrics, is_finite = self._untold.popleft().metrics()
            self._announce(metrics)
            warning = self._health().after_step(
                finite=is_finite, epoch=metrics.epoch, global_step=metrics.global_step
            )
            if warning is not None:
                self._announce(warning)

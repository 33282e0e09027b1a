"""A run's figures as the curves need them: by step, by epoch or by time, decimated and smoothed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sda_desktop.training.metrics import EpochMetrics, Event, MetricsHistory, RunStarted, StepMetrics
from sda_desktop.ui.plot_ring import Pyramid, smoothed

Row = NDArray[np.float64]  # (columns,) or (points,)
Table = NDArray[np.float64]  # (rows, columns)
Source = Literal["step", "epoch"]


class Axis(IntEnum):
    """What runs along the bottom; the number is the column in both tables."""

    STEP = 0
    EPOCH = 1
    TIME = 2  # seconds of training


STEP_COLUMNS = (
    "step",
    "epoch",
    "seconds",
    "total",
    "reconstruction",
    "kl_weighted",
    "kl_weight",
    "learning_rate",
)
EPOCH_COLUMNS = (
    "step",
    "epoch",
    "seconds",
    "train_total",
    "train_reconstruction",
    "train_kl_weighted",
    "validation_total",
    "validation_reconstruction",
    "validation_kl_weighted",
    "kl_nats",
    "kl_weight",
    "active_dimensions",
    "overfitting_gap",
    "learning_rate",
)
# Smoothing reaches this many time constants back beyond what is shown.
_WARM_UP = 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """One curve's points.  `low` and `high` are the raw extremes of each bin, `y` its (smoothed) mean."""

    x: Row
    y: Row
    low: Row
    high: Row


class RunCurves:
    """Both tables of a run, filled by events."""

    def __init__(self) -> None:
        self.steps = Pyramid(len(STEP_COLUMNS))
        self.epochs = Pyramid(len(EPOCH_COLUMNS))
        self._seconds = 0.0
        self._last_step = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return self.steps.rows == 0 and self.epochs.rows == 0

    def add(self, events: Iterable[Event]) -> bool:
        """Take what concerns the curves; whether there was any."""
        steps: list[StepMetrics] = []
        changed = False
        for event in events:
            if isinstance(event, StepMetrics):
                if event.global_step <= self._last_step:
                    self._add_steps(steps)
                    steps = []
                    self._go_back(event.global_step - 1)
                self._last_step = event.global_step
                steps.append(event)
            elif isinstance(event, EpochMetrics):
                self._add_steps(steps)
                steps = []
                self._add_epoch(event)
            elif isinstance(event, RunStarted) and event.start_step < self._last_step:
                self._go_back(event.start_step)
            else:
                continue
            changed = True
        self._add_steps(steps)
        return changed

    @classmethod
    def of(cls, history: MetricsHistory) -> RunCurves:
        """All of a history.  Takes a second for some 100,000 steps."""
        made = cls()
        steps, epochs = _step_rows(history.steps), _epoch_rows(history.epochs)
        ends = np.searchsorted(steps[:, Axis.STEP], epochs[:, Axis.STEP], side="right")
        done = 0
        for end, row in zip((*ends, len(steps)), (*epochs, None), strict=True):
            made._set_clock(steps[done:end], row)
            done = int(end)
        made.steps.append(steps)
        made.epochs.append(epochs)
        made._last_step = int(steps[-1, Axis.STEP]) if len(steps) else 0
        return made

    def _set_clock(self, steps: Table, epoch: Row | None) -> None:
        """Turn durations into times: of steps by adding up, set right by the engine's own clock at epochs."""
        if len(steps):
            steps[:, Axis.TIME] = self._seconds + np.cumsum(np.nan_to_num(steps[:, Axis.TIME]))
            self._seconds = float(steps[-1, Axis.TIME])
        if epoch is not None:
            # Validation and saving take time too.
            self._seconds = epoch[Axis.TIME] = max(self._seconds, float(epoch[Axis.TIME]))

    def _go_back(self, step: int) -> None:
        self.steps.drop_after(Axis.STEP, step)
        self.epochs.drop_after(Axis.STEP, step)
        self._last_step = step
        self._seconds = self.steps.last(Axis.TIME) if self.steps.rows else 0.0

    def _add_steps(self, events: list[StepMetrics]) -> None:
        rows = _step_rows(events)
        self._set_clock(rows, None)
        self.steps.append(rows)

    def _add_epoch(self, event: EpochMetrics) -> None:
        if self.epochs.rows and event.global_step <= self.epochs.last(Axis.STEP):
            self.epochs.drop_after(Axis.STEP, event.global_step - 1)
        rows = _epoch_rows([event])
        self._set_clock(_step_rows([]), rows[0])
        self.epochs.append(rows)

    # What the plots ask.

    def span(self, axis: Axis) -> float:
        """How far the run has come along an axis."""
        return max(self.steps.span(axis)[1], self.epochs.span(axis)[1], 0.0)

    def line(
        self,
        source: Source,
        column: str,
        axis: Axis,
        start: float,
        end: float,
        most: int,
        smoothing: float = 0.0,
    ) -> Line:
        """A curve between start and end along an axis, in at most `most` points.

        smoothing: the time constant of the moving average, in units of the axis.
        """
        table = self.steps if source == "step" else self.epochs
        names = STEP_COLUMNS if source == "step" else EPOCH_COLUMNS
        number = names.index(column)
        piece = table.query(axis, start - _WARM_UP * smoothing, end, most)
        x, y = piece.mean[:, axis], piece.mean[:, number]
        low, high = piece.low[:, number], piece.high[:, number]
        if smoothing > 0 and len(x) > 1:
            bin_width = max((x[-1] - x[0]) / (len(x) - 1), 1e-12)
            y = smoothed(y, float(np.exp(-bin_width / smoothing)))
        shown = ~np.isnan(y)
        if smoothing > 0:
            inside = np.searchsorted(x, start)
            shown[: max(0, int(inside) - 1)] = False
        return Line(x[shown], y[shown], low[shown], high[shown])

    def value_at(self, source: Source, column: str, axis: Axis, place: float) -> float:
        """The value nearest to a place; NaN if there is none."""
        table = self.steps if source == "step" else self.epochs
        names = STEP_COLUMNS if source == "step" else EPOCH_COLUMNS
        near = table.query(axis, place, place, 64).mean
        if not len(near):
            return float("nan")
        return float(near[int(np.argmin(np.abs(near[:, axis] - place))), names.index(column)])


def _step_rows(events: Sequence[StepMetrics]) -> Table:
    """(steps, columns), with each step's duration where its time will be."""
    rows = [
        (
            e.global_step,
            e.epoch - 1 + e.step / max(1, e.total_steps),
            e.step_seconds,
            e.train_loss,
            e.recon_loss,
            e.kl_loss,
            e.kl_weight,
            e.learning_rate,
        )
        for e in events
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(STEP_COLUMNS))


def _epoch_rows(events: Sequence[EpochMetrics]) -> Table:
    """(epochs, columns)."""
    rows = [
        (
            e.global_step,
            e.epoch,
            e.elapsed_seconds,
            e.train_loss,
            e.train_recon_loss,
            e.train_kl_loss,
            e.validation_loss,
            e.validation_recon_loss,
            e.validation_kl_loss,
            e.kl_divergence_nats,
            e.kl_weight,
            e.active_dimensions,
            e.overfitting_gap,
            e.learning_rate,
        )
        for e in events
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(EPOCH_COLUMNS))

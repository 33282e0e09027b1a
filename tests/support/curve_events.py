"""What a training tells of itself, for tests of the curves: losses that fall towards a floor."""

from __future__ import annotations

import math
from pathlib import Path

from sample_checkpoints import sample_run

from sda_desktop.training.metrics import EpochMetrics, Event, StepMetrics, event_to_json
from sda_desktop.training.run_folder import METRICS_FILE, RunSummary, summarise_run

STEPS = 20  # of an epoch


def step(number: int, floor: float) -> StepMetrics:
    """One step."""
    recon = floor + math.exp(-number / 100)
    epoch, in_epoch = divmod(number - 1, STEPS)
    return StepMetrics(
        epoch + 1, in_epoch + 1, STEPS, number, recon + 0.01, recon, 0.01, 1e-4, 2e-3, 0.5, 1.0
    )


def epoch(number: int, floor: float) -> EpochMetrics:
    """The end of an epoch."""
    loss = floor + math.exp(-number / 5)
    return EpochMetrics(
        number, 50, number * STEPS, 50 * STEPS, loss + 0.01, loss, 0.01, loss * 1.1 + 0.01, loss * 1.1, 0.01,
        40.0 + number + 10 * floor, 1e-4, 20, 32, 0.1, loss, True, 2e-3, 10.0, number * STEPS * 0.6, 10**9, 0,
    )  # fmt: skip


def events(steps: int, floor: float = 0.4) -> list[Event]:
    """The steps of a training, and its epochs."""
    made: list[Event] = []
    for number in range(1, steps + 1):
        made.append(step(number, floor))
        if number % STEPS == 0:
            made.append(epoch(number // STEPS, floor))
    return made


def trained_run(name: str, steps: int, floor: float = 0.4, created: float = 1_700_000_000.0) -> RunSummary:
    """A run on the disk with so many steps."""
    run = sample_run(name=name, created=created, status="finished")
    write_events(run.path, events(steps, floor))
    return summarise_run(run.path)


def write_events(run: Path, told: list[Event]) -> None:
    """Make these the history of a run."""
    lines = "".join(f"{event_to_json(event)}\n" for event in told)
    (run / METRICS_FILE).write_text(lines, encoding="utf-8")

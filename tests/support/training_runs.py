"""Small real training runs for tests: real sounds, a tiny model, one thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import torch

from sda_desktop.training.checkpoint import load_checkpoint
from sda_desktop.training.config import TABLE, TrainingConfig
from sda_desktop.training.loop import RunControl, resume, train
from sda_desktop.training.metrics import EpochMetrics, Event, StepMetrics, TrainingComplete

E = TypeVar("E")
EVERYTHING = frozenset(row.name for row in TABLE)  # no preset changes anything
TIMES = {
    "step_seconds",
    "eta_seconds",
    "elapsed_seconds",
    "memory_bytes",
    "device_memory_bytes",
}


def tiny_config(**changes: Any) -> TrainingConfig:  # noqa: ANN401 - any field
    """Two epochs of 20 steps of 1 s each, a tenth of a second of work per step or less."""
    values: dict[str, Any] = {
        "epochs": 2,
        "channels": 32,
        "batch_frames": 88,
        "threads": 1,
        "device": "cpu",
        "preview_sounds": 1,
        "preview_new_sounds": 1,
        "preview_max_s": 0.5,
        "preview_every_epochs": 1,
        **changes,
    }
    return TrainingConfig().replaced(**values)


@dataclass
class Recorder:
    """Keeps every event; stops the run when `stop_at` says so."""

    stop_at: Callable[[Event], bool] | None = None
    save_at: Callable[[Event], bool] | None = None
    control: RunControl = field(default_factory=RunControl)
    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if self.stop_at is not None and self.stop_at(event):
            self.control.stop.set()
        if self.save_at is not None and self.save_at(event):
            self.control.save_requested.set()

    def of(self, kind: type[E]) -> list[E]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def run_training(sources: Path, run_dir: Path, recorder: Recorder, **changes: Any) -> TrainingComplete:  # noqa: ANN401
    """Train a tiny model."""
    return train(
        [sources],
        tiny_config(**changes),
        run_dir=run_dir,
        explicit=EVERYTHING,
        on_event=recorder,
        control=recorder.control,
    )


def run_resumed(target: Path, recorder: Recorder, **overrides: Any) -> TrainingComplete:  # noqa: ANN401
    """Resume a run or checkpoint."""
    return resume(target, on_event=recorder, control=recorder.control, **overrides)


def without_times(event: StepMetrics | EpochMetrics) -> dict[str, Any]:
    """All that must be equal bit for bit in two equal runs."""
    return {f.name: getattr(event, f.name) for f in fields(event) if f.name not in TIMES}


def weights_of(checkpoint: str | None) -> dict[str, torch.Tensor]:
    """Every tensor of a checkpoint, by group and name."""
    assert checkpoint is not None
    groups = load_checkpoint(Path(checkpoint)).tensors
    return {f"{group}/{name}": tensor for group, named in groups.items() for name, tensor in named.items()}


def assert_same_weights(one: str | None, other: str | None) -> None:
    """Model, averaged weights, optimizer and bank are equal bit for bit."""
    a, b = weights_of(one), weights_of(other)
    assert a.keys() == b.keys()
    different = [name for name in a if not torch.equal(a[name], b[name])]
    assert different == []

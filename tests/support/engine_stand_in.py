"""A small engine with the real one's interface, for tests of the thread around it.

It makes no sound and needs no torch: a program of events given by the test, and gates to hold it at a point.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import EpochMetrics, EventSink, RunStarted, StepMetrics, TrainingComplete


def run_started(run_dir: str = "", epochs: int = 2, steps: int = 20) -> RunStarted:
    """The event before the first step."""
    return RunStarted(
        run_dir=run_dir,
        device="cpu",
        threads=1,
        sample_rate_hz=44100,
        train_files=6,
        validation_files=1,
        train_seconds=3.0,
        validation_seconds=0.5,
        validation_by_time=False,
        epochs=epochs,
        steps_per_epoch=steps,
        total_steps=epochs * steps,
        start_epoch=1,
        start_step=0,
        parameters=1000,
        seed=0,
    )


def step(number: int, steps: int = 20, eta_s: float | None = 30.0) -> StepMetrics:
    """Step `number` (from 1) of a run with `steps` in an epoch."""
    return StepMetrics(
        epoch=(number - 1) // steps + 1,
        step=(number - 1) % steps + 1,
        total_steps=steps,
        global_step=number,
        train_loss=3.0 / number,
        recon_loss=2.5 / number,
        kl_loss=0.1,
        kl_weight=0.5,
        learning_rate=2e-3,
        step_seconds=0.05,
        gradient_norm=1.0,
        eta_seconds=eta_s,
    )


def complete(run_dir: str = "", status: str = "finished", steps: int = 40) -> TrainingComplete:
    """The event at the end."""
    return TrainingComplete(
        status="cancelled" if status == "cancelled" else "finished",
        run_dir=run_dir,
        epoch=2,
        global_step=steps,
        checkpoint=str(Path(run_dir) / "checkpoints" / "step-00000040-final"),
        best_checkpoint=None,
        best_epoch=1,
        elapsed_seconds=2.0,
        steps_per_second=20.0,
    )


@dataclass
class Control:
    """Same fields as the real RunControl."""

    stop: threading.Event
    save_requested: threading.Event


@dataclass
class EngineStandIn:
    """Runs `steps` steps, or `error`, or waits at `hold` until it is set or the run is stopped."""

    steps: int = 40
    error: BaseException | None = None
    hold: threading.Event | None = None
    calls: list[tuple[str, Any, dict[str, Any]]] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    saw_save: threading.Event = field(default_factory=threading.Event)
    before_start: Callable[[], object] = lambda: None
    RunControl: type[Control] = Control

    def train(
        self,
        sources: Sequence[Path],
        config: TrainingConfig,
        *,
        run_dir: Path | None = None,
        explicit: frozenset[str] = frozenset(),
        on_event: EventSink,
        control: Control,
    ) -> TrainingComplete:
        """As loop.train."""
        self.calls.append(("train", sources, {"config": config, "run_dir": run_dir, "explicit": explicit}))
        return self._run(on_event, control)

    def resume(
        self, target: Path, *, on_event: EventSink, control: Control, **overrides: object
    ) -> TrainingComplete:
        """As loop.resume."""
        self.calls.append(("resume", target, dict(overrides)))
        return self._run(on_event, control)

    def _run(self, on_event: EventSink, control: Control) -> TrainingComplete:
        self.threads.append(threading.get_ident())
        self.before_start()
        if self.error is not None:
            raise self.error
        on_event(run_started(steps=self.steps // 2 or 1))
        for number in range(1, self.steps + 1):
            if control.stop.is_set():
                return complete(status="cancelled", steps=number - 1)
            on_event(step(number, self.steps // 2 or 1))
        while self.hold is not None and not self.hold.wait(0.005):
            if control.save_requested.is_set():
                self.saw_save.set()
            if control.stop.is_set():
                return complete(status="cancelled", steps=self.steps)
        final = complete(steps=self.steps)
        on_event(final)
        return final


def epoch(
    number: int, *, epochs: int = 100, gap: float = 0.05, kl_nats: float = 8.0, best: bool = False
) -> EpochMetrics:
    """The end of an epoch of 20 steps."""
    return EpochMetrics(
        epoch=number,
        epochs=epochs,
        global_step=20 * number,
        total_steps=20 * epochs,
        train_loss=1.0,
        train_recon_loss=0.9,
        train_kl_loss=0.1,
        validation_loss=1.1,
        validation_recon_loss=0.9 * (1 + gap),
        validation_kl_loss=0.1,
        kl_divergence_nats=kl_nats,
        kl_weight=1.0,
        active_dimensions=20,
        latent_dimensions=32,
        overfitting_gap=gap,
        score=1.0,
        is_best=best,
        learning_rate=1e-3,
        eta_seconds=12.0,
        elapsed_seconds=30.0,
        memory_bytes=400_000_000,
        device_memory_bytes=0,
    )

"""How late a window's event loop is, and what to fill a window with that has trained for half an hour."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer

from sda_desktop.training.metrics import (
    EpochMetrics,
    Event,
    EventSink,
    PreviewEvent,
    RunStarted,
    StepMetrics,
    TrainingComplete,
)

TICK_MS = 5
RATE_HZ = 44_100
STEP_S = 0.085
PREVIEWS_EVERY = 30  # epochs
_EPOCHS_TO_COME = 100_000


def percentiles(values_ms: Sequence[float]) -> str:
    """p50, p99 and the maximum."""
    if not values_ms:
        return "nothing measured"
    ordered = sorted(values_ms)
    p99 = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return f"p50 {statistics.median(ordered):.1f} ms, p99 {p99:.1f} ms, max {ordered[-1]:.1f} ms"


class Lateness(QObject):
    """A timer that notes how late it is: as long as that, a click would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.fired_at: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._last = time.perf_counter()

    def restart(self) -> None:
        """Begin to measure."""
        self.late_ms.clear()
        self.fired_at.clear()
        self._last = time.perf_counter()
        self._timer.start()

    @property
    def seconds(self) -> float:
        """How long it has been measured."""
        return self.fired_at[-1] - self.fired_at[0] if self.fired_at else 0.0

    def worst(self, count: int = 3) -> str:
        """When the longest pauses ended, in seconds since the first tick."""
        pairs = sorted(zip(self.late_ms, self.fired_at, strict=True), reverse=True)[:count]
        return ", ".join(f"{late:.0f} ms at {at - self.fired_at[0]:.1f} s" for late, at in pairs)

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self.fired_at.append(now)
        self._last = now


class PaintWatch(QObject):
    """When a button was first painted with its new words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.painted_at: float | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only looks."""
        if event.type() == QEvent.Type.Paint and watched.property("text") == self.words:
            self.painted_at = self.painted_at or time.perf_counter()
        return False


def live(seconds: float) -> None:
    """Let the window live as it does in the app (QTest.qWait sleeps between two looks)."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def wait_until(condition: Callable[[], bool], timeout_s: float, look_s: float = 0.02) -> None:
    """Let the window live until condition() holds, which is looked at every so often."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("waited in vain")
        live(look_s)


def write_short_sounds(folder: Path, count: int) -> None:
    """Decaying tones of 0.3 to 1.5 s as 16-bit mono WAV, each another one."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    for number in range(count):
        times_s = np.arange(int(RATE_HZ * rng.uniform(0.3, 1.5))) / RATE_HZ
        tone = 0.5 * np.sin(2 * np.pi * rng.uniform(80, 2000) * times_s) * np.exp(-3 * times_s)
        soundfile.write(folder / f"sound {number:03d}.wav", tone, RATE_HZ, "PCM_16")


class EngineWithAPast:
    """The engine, but each run of it begins as if it had trained for a while.

    The past's events go the way of all others: through the worker, its batches and the signals.
    steps: how many there have been.  sounds: files to show as previews, 8 every PREVIEWS_EVERY epochs.
    """

    def __init__(self, engine: Any, steps: int, sounds: Sequence[Path] = ()) -> None:  # noqa: ANN401 - a module
        self.RunControl = engine.RunControl
        self.resume = engine.resume
        self._train = engine.train
        self._steps = steps
        self._sounds = list(sounds)

    def train(self, *arguments: Any, on_event: EventSink, **options: Any) -> TrainingComplete:  # noqa: ANN401
        """As sda_desktop.training.loop.train, with a past."""
        shift_steps = shift_epochs = 0

        def shifted(event: Event) -> None:
            nonlocal shift_steps, shift_epochs
            if isinstance(event, RunStarted):
                shift_epochs = math.ceil(self._steps / event.steps_per_epoch)
                shift_steps = shift_epochs * event.steps_per_epoch
                on_event(replace(event, total_steps=event.total_steps + shift_steps))
                for past in self._past(shift_epochs, event.steps_per_epoch):
                    on_event(past)
                return
            if isinstance(event, StepMetrics | EpochMetrics):
                event = replace(event, global_step=event.global_step + shift_steps)
            if isinstance(event, StepMetrics | EpochMetrics | PreviewEvent):
                event = replace(event, epoch=event.epoch + shift_epochs)
            on_event(event)

        complete: TrainingComplete = self._train(*arguments, on_event=shifted, **options)
        return complete

    def _past(self, epochs: int, steps_per_epoch: int) -> list[Event]:
        rng = np.random.default_rng(0)
        events: list[Event] = []
        for epoch in range(1, epochs + 1):
            loss = 0.36 + 1.8 * math.exp(-epoch / 80)
            for step in range(1, steps_per_epoch + 1):
                number = (epoch - 1) * steps_per_epoch + step
                recon, kl = loss + 0.05 * rng.standard_normal(), 0.006 + 0.001 * rng.random()
                events.append(
                    StepMetrics(
                        epoch, step, steps_per_epoch, number, recon + kl, recon, kl, 1e-4, 1e-3, STEP_S, 1.0
                    )
                )
            events.append(_epoch(epoch, epoch * steps_per_epoch, loss))
            if epoch % PREVIEWS_EVERY == 0:
                events += self._previews(epoch)
        return events

    def _previews(self, epoch: int) -> list[Event]:
        files = [self._sounds.pop() for _ in range(min(8, len(self._sounds)))]
        return [PreviewEvent("new", epoch, str(path), RATE_HZ, 1.0, path.stem) for path in files]


def _epoch(epoch: int, step: int, loss: float) -> EpochMetrics:
    return EpochMetrics(
        epoch, _EPOCHS_TO_COME, step, step * 2, loss, loss, 0.006, loss, loss * 1.1, 0.006, 60.0, 1e-4, 20,
        32, 0.1, loss, True, 1e-3, 100.0, step * STEP_S, 10**9, 0,
    )  # fmt: skip

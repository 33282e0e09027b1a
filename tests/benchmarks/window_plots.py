"""What the live curves cost: drawing each plot, and how late the event loop is, alone and while training.

    xvfb-run -a python tests/benchmarks/window_plots.py [--seconds 30] [--threads 1] [--history 20000]
        [--compare 3]

The event loop's lateness is that of a 16 ms timer.  Run it under a real X server: the offscreen platform
does not push pixels.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from sda_desktop.training.metrics import EpochMetrics, Event, MetricsHistory, StepMetrics, event_to_json
from sda_desktop.training.run_folder import METRICS_FILE, RunFolder, RunSummary, summarise_run

SONIC_PI_SOUNDS = Path("/usr/share/sonic-pi/samples")
TIMER_MS = 16
STEPS_PER_EPOCH = 40


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sounds", nargs="?", type=Path, default=SONIC_PI_SOUNDS)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--threads", type=int, default=0, help="of torch; 0: what the app would choose")
    parser.add_argument("--history", type=int, default=20_000, help="steps that are there from the start")
    parser.add_argument(
        "--compare", type=int, default=0, help="runs behind the curves, as long as the history"
    )
    parser.add_argument("--width", type=int, default=592)
    return parser.parse_args()


def _summary(values_ms: list[float]) -> dict[str, float]:
    if not values_ms:
        return {}
    return {
        "p50": round(float(np.percentile(values_ms, 50)), 2),
        "p99": round(float(np.percentile(values_ms, 99)), 2),
        "max": round(float(np.max(values_ms)), 2),
    }


def main() -> None:
    """Run the benchmark."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SDA_DESKTOP_HOME"] = home
        print(json.dumps(_measure(arguments), indent=1))


def _measure(arguments: argparse.Namespace) -> dict[str, object]:
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.ui import theme
    from sda_desktop.ui.collecting import GuiCollector
    from sda_desktop.ui.comparison import Comparison
    from sda_desktop.ui.metrics_plots import MetricsPlots
    from sda_desktop.ui.training_runner import TrainingRunner

    app = QApplication([])
    sys.setswitchinterval(0.0005)
    theme.apply_theme(app, "dark")
    collector = GuiCollector(app)  # as in the app
    plots = MetricsPlots()
    plots.resize(arguments.width, 640)
    plots.show()
    loop = QEventLoop()
    plots.built.connect(loop.quit)
    loop.exec()
    collector.freeze()

    from sda_desktop.ui.plot_stack import PlotStack

    lateness_ms: list[float] = []
    fired_at = 0.0

    def on_tick() -> None:
        nonlocal fired_at
        now = time.perf_counter()
        if fired_at:
            lateness_ms.append(max(0.0, (now - fired_at) * 1000 - TIMER_MS))
        fired_at = now

    ticker = QTimer()
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.setInterval(TIMER_MS)
    ticker.timeout.connect(on_tick)

    draws_ms: dict[int, list[float]] = {0: [], 1: [], 2: []}
    draw = PlotStack.draw

    def timed_draw(stack: PlotStack, number: int, *rest: object) -> None:
        began = time.perf_counter()
        draw(stack, number, *rest)  # type: ignore[arg-type]
        stack.panels[number].view._plot.viewport().repaint()  # what would follow with the next paint event
        draws_ms[number].append((time.perf_counter() - began) * 1000)

    def run_for(seconds: float) -> dict[str, float]:
        nonlocal fired_at
        lateness_ms.clear()
        fired_at = 0.0
        ticker.start()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()
        ticker.stop()
        return _summary(lateness_ms)

    plots.set_history(_history(arguments.history))
    run_for(2.0)
    result: dict[str, object] = {"idle": run_for(5.0)}
    if arguments.compare:
        comparison = Comparison()
        comparison.curves_changed.connect(plots.set_compared)
        for run in _runs(arguments.compare, arguments.history):
            comparison.choose(run, True)
        result["reading what is compared"] = run_for(5.0)

    feeder, next_step = QTimer(), arguments.history

    def feed() -> None:
        nonlocal next_step
        plots.add_events([_step(next_step + n) for n in range(1, 3)])
        next_step += 2

    feeder.timeout.connect(feed)
    feeder.start(100)
    result["live curves, no training"] = run_for(arguments.seconds)
    PlotStack.draw = timed_draw  # type: ignore[method-assign, assignment]
    run_for(5.0)
    feeder.stop()
    result["draw ms, alone"] = {f"plot {n}": _summary(values) for n, values in draws_ms.items()}
    PlotStack.draw = draw  # type: ignore[method-assign]

    steps = 0
    offset = next_step
    training = QEventLoop()

    def on_events(events: list[Event]) -> None:
        nonlocal steps
        moved = []
        for event in events:
            if isinstance(event, StepMetrics):
                steps += 1
                if steps == 20:
                    training.quit()
                moved.append(_step(offset + event.global_step, event.train_loss))
        plots.add_events(moved)

    runner = TrainingRunner()
    runner.events_received.connect(on_events)
    runner.failed.connect(lambda error: (print(error, file=sys.stderr), app.exit(1)))
    explicit = frozenset({"epochs", "threads", "preview_every_epochs"})
    config = TrainingConfig(epochs=2000, threads=arguments.threads, preview_every_epochs=5)
    runner.start([arguments.sounds], config, explicit)
    training.exec()
    collector.freeze()  # torch has been imported
    result["live curves, training"] = run_for(arguments.seconds)
    PlotStack.draw = timed_draw  # type: ignore[method-assign, assignment]
    for values in draws_ms.values():
        values.clear()
    run_for(10.0)
    result["draw ms, training"] = {f"plot {n}": _summary(values) for n, values in draws_ms.items()}
    PlotStack.draw = draw  # type: ignore[method-assign]
    plots.hide()
    before = steps
    result["hidden, training"] = run_for(min(15.0, arguments.seconds))
    result["steps/s hidden"] = round((steps - before) / min(15.0, arguments.seconds), 1)
    runner.shut_down()
    return result


_rng = np.random.default_rng(0)


def _step(number: int, loss: float | None = None) -> StepMetrics:
    recon = loss or 0.35 + 1.8 * math.exp(-number / 300) + 0.05 * float(_rng.standard_normal())
    kl = 0.006 + 0.001 * float(_rng.standard_normal())
    epoch, step = divmod(number - 1, STEPS_PER_EPOCH)
    return StepMetrics(
        epoch + 1, step + 1, STEPS_PER_EPOCH, number, recon + kl, recon, kl, 1e-4, 1e-3, 0.1, 1.0
    )


def _history(count: int) -> MetricsHistory:
    history = MetricsHistory()
    history.steps = [_step(n) for n in range(1, count + 1)]
    for epoch in range(1, count // STEPS_PER_EPOCH + 1):
        loss = 0.36 + 1.8 * math.exp(-epoch / 8)
        history.epochs.append(
            EpochMetrics(
                epoch, 1000, epoch * STEPS_PER_EPOCH, 100_000, loss, loss, 0.006, loss, loss * 1.1, 0.006,
                60.0, 1e-4, 20, 32, 0.1, loss, True, 1e-3, 100.0, epoch * 4.0, 10**9, 0,
            )
        )  # fmt: skip
    return history


def _runs(count: int, steps: int) -> list[RunSummary]:
    """Runs on the disk with so many steps each."""
    made = []
    for number in range(count):
        run = RunFolder.create(None, name=f"run {number}", manifest={})
        history = _history(steps)
        events: list[Event] = [*history.steps, *history.epochs]
        lines = [event_to_json(event) for event in events]
        (run.path / METRICS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        made.append(summarise_run(run.path))
    return made


if __name__ == "__main__":
    main()

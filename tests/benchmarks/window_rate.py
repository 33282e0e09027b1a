"""Steps per second with the window open against a headless training with as many threads.

    xvfb-run -a python tests/benchmarks/window_rate.py [--seconds 30] [--rounds 3] [--threads 1]

Trainings of their own process each, by turns.  The rate is counted from WARM_UP_S after the first step.  The
processor's time per step does not depend on what else the machine does; with the window it includes all that
the window does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

if TYPE_CHECKING:
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.metrics import Event

SONIC_PI = Path("/usr/share/sonic-pi/samples")
WARM_UP_S = 6.0
KINDS = ("window", "headless")


class Rate:
    """Counts steps between the end of the warm-up and `seconds` later."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._first: float | None = None
        self._began: tuple[float, float] | None = None
        self._steps = 0
        self.result: dict[str, float] | None = None

    def add(self, event: Event) -> None:
        """Called in the training thread for everything that happens."""
        from sda_desktop.training.metrics import StepMetrics

        if not isinstance(event, StepMetrics) or self.result is not None:
            return
        now = time.perf_counter()
        self._first = self._first or now
        if self._began is None:
            if now - self._first >= WARM_UP_S:
                self._began = (now, time.process_time())
            return
        self._steps += 1
        passed, used = now - self._began[0], time.process_time() - self._began[1]
        if passed >= self._seconds:
            self.result = {"steps_s": self._steps / passed, "cpu_ms": 1000 * used / self._steps}


def main() -> None:
    """Measure by turns and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(options.child, options.seconds, options.threads)))
        return
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for _ in range(options.rounds):
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as home:
                command = [sys.executable, __file__, "--child", kind, "--seconds", str(options.seconds)]
                command += ["--threads", str(options.threads)]
                env = {**os.environ, "SDA_DESKTOP_HOME": home}
                done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
            found[kind].append(json.loads(done.stdout.splitlines()[-1]))
            one = found[kind][-1]
            print(f"  {kind:9s} {one['steps_s']:5.2f} steps/s, {one['cpu_ms']:6.1f} ms of processor a step")
    rates, times = (
        {kind: median(one[name] for one in found[kind]) for kind in KINDS} for name in ("steps_s", "cpu_ms")
    )
    print(
        f"steps/s with the window {rates['window']:.2f}, headless {rates['headless']:.2f}: ratio "
        f"{rates['window'] / rates['headless']:.3f}; processor's time a step, headless to window: "
        f"{times['headless'] / times['window']:.3f}"
    )


def measure(kind: str, seconds: float, threads: int) -> dict[str, float]:
    """One training; its rate."""
    from sda_desktop.training.config import TrainingConfig

    rate = Rate(seconds)
    config = TrainingConfig(epochs=100_000, threads=threads, preview_every_epochs=10)
    (_in_window if kind == "window" else _headless)(rate, config)
    assert rate.result is not None
    return rate.result


def _headless(rate: Rate, config: TrainingConfig) -> None:
    from sda_desktop.training.loop import RunControl, train

    control = RunControl()

    def on_event(event: Event) -> None:
        rate.add(event)
        if rate.result is not None:
            control.stop.set()

    train([SONIC_PI], config, explicit=_explicit(), on_event=on_event, control=control)


def _in_window(rate: Rate, config: TrainingConfig) -> None:
    from event_loop import wait_until

    from sda_desktop.app import Desktop, Launch, create_app
    from sda_desktop.training import loop
    from sda_desktop.training.metrics import TrainingComplete

    class Engine:
        """The engine, watched."""

        RunControl = loop.RunControl
        resume = staticmethod(loop.resume)

        @staticmethod
        def train(*arguments: object, on_event: object, **options: object) -> TrainingComplete:
            def watched(event: Event) -> None:
                rate.add(event)
                on_event(event)  # type: ignore[operator]

            return loop.train(*arguments, on_event=watched, **options)  # type: ignore[arg-type]

    app = create_app([])
    desktop = Desktop(app, Launch((SONIC_PI,)))
    window = desktop.window
    wait_until(lambda: window.sounds.result is not None, 120)
    window.form.set_config(config, _explicit())
    window.runner._worker._load_engine = Engine
    window.start_training()
    # Seldom: every look wakes the window up, which the app itself would not.
    wait_until(lambda: rate.result is not None, 600, look_s=0.5)
    window.cancel_training()
    wait_until(lambda: not window.runner.is_running, 60)
    window.close()
    desktop.end()


def _explicit() -> frozenset[str]:
    return frozenset({"epochs", "threads", "preview_every_epochs"})


if __name__ == "__main__":
    main()

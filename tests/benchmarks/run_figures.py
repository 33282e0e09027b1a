"""What a run costs besides learning, measured on one headless training.

    python tests/benchmarks/run_figures.py [--folder DIR] [--epochs 12] [--threads 1]

Prints steps per second, how far the estimated time was off at several places, how long a stop takes,
the size and time of checkpoints and what they and the previews cost the loop, and the peak of resident
memory.  The training runs twice: once to its end, and once to be stopped at random moments and resumed.
Before that, what loop_rate.py tells: the loop against the bare work, its stalls, the first sound.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import platform
import random
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.metrics import Event

STOPS = 8


def whole_run(folder: Path, config: TrainingConfig, place: Path) -> None:
    """Train to the end and print what the events tell."""
    from sda_desktop.training.loop import train
    from sda_desktop.training.metrics import CheckpointEvent, EpochMetrics, StepMetrics

    told: list[tuple[float, Event]] = []
    complete = train(
        [folder], config, run_dir=place / "whole", on_event=lambda e: told.append((time.perf_counter(), e))
    )
    end = told[-1][0]
    steps = [(at, e) for at, e in told if isinstance(e, StepMetrics)]
    first = steps[0][0] - steps[0][1].step_seconds
    print(f"\n{complete.global_step} steps in {end - first:.1f} s, {complete.steps_per_second:.2f} steps/s")
    print("\nestimated time left against the truth")
    marks = [10, 20, *(round(share * len(steps)) for share in (0.1, 0.25, 0.5, 0.75, 0.9))]
    for mark in sorted(set(marks)):
        at, event = steps[mark - 1]
        estimate = next((e.eta_seconds for _, e in steps[mark - 1 :] if e.eta_seconds is not None), 0.0)
        truth = end - at
        error = estimate / truth - 1
        print(f"  step {event.global_step:5d}: {estimate:7.1f} s, truly {truth:7.1f} s ({error:+.1%})")
    worst = max(
        abs(e.eta_seconds / (end - at) - 1)
        for at, e in steps[10 : round(0.95 * len(steps))]
        if e.eta_seconds is not None
    )
    print(f"  worst from the tenth step to 95 % of the run: {worst:.1%}")
    checkpoints = [e for _, e in told if isinstance(e, CheckpointEvent)]
    print(
        f"\n{len(checkpoints)} checkpoints of {checkpoints[-1].size_bytes / 1e6:.1f} MB, "
        f"written beside the loop in {median(e.write_seconds for e in checkpoints):.3f} s (median)"
    )
    epochs = [(at, e) for at, e in told if isinstance(e, EpochMetrics)]
    typical = median(e.step_seconds for _, e in steps)
    gaps = [b[0] - a[0] - b[1].step_seconds for a, b in itertools.pairwise(steps)]
    print(f"loop beside steps: {sum(g for g in gaps if g > 0) / (end - first):.1%} of the time")
    print(f"typical step {1000 * typical:.1f} ms; {len(epochs)} epochs")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"peak of resident memory {peak / 1e6:.0f} MB", flush=True)


def stops(folder: Path, config: TrainingConfig, place: Path) -> None:
    """Stop at random moments, again and again, and print how long each took."""
    import threading

    from sda_desktop.training.loop import RunControl, resume, train
    from sda_desktop.training.metrics import StepMetrics

    rng = random.Random(0)
    latencies: list[float] = []
    for number in range(STOPS):
        control = RunControl()
        asked = [0.0]

        def ask(control: RunControl = control, asked: list[float] = asked) -> None:
            asked[0] = time.perf_counter()
            control.stop.set()

        timer = threading.Timer(rng.uniform(0.2, 6.0), ask)

        def on_event(event: Event, timer: threading.Timer = timer) -> None:
            if isinstance(event, StepMetrics) and timer.ident is None:
                timer.start()

        if number == 0:
            train([folder], config, run_dir=place / "stopped", on_event=on_event, control=control)
        else:
            resume(place / "stopped", on_event=on_event, control=control)
        latencies.append(time.perf_counter() - asked[0])
    print(
        f"\nfrom the request to stop to everything saved, {STOPS} times: median {median(latencies):.3f} s, "
        f"longest {max(latencies):.3f} s"
    )


def main() -> None:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("/usr/share/sonic-pi/samples"))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    import loop_rate
    import torch

    from sda_desktop import __version__
    from sda_desktop.training.config import TrainingConfig

    versions = f"app {__version__}, torch {torch.__version__}, Python {platform.python_version()}"
    print(f"{versions}, {platform.system()}")
    config = TrainingConfig().replaced(epochs=arguments.epochs, threads=arguments.threads, device="cpu")
    with tempfile.TemporaryDirectory() as place:
        loop_rate.measure(arguments.folder, config, Path(place))
        # In a process of its own: this one has kept other networks beside a run's.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            fresh.submit(whole_run, arguments.folder, config, Path(place)).result()
        stops(arguments.folder, config.replaced(epochs=200), Path(place))


if __name__ == "__main__":
    main()

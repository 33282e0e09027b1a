"""How much memory a long training takes more and more of, with the window open.

    xvfb-run -a python tests/benchmarks/memory_growth.py [--minutes 120] [--previews-every 1] [--objects]

Trains on the sonic-pi samples in the real app, with previews every few epochs, and reads the resident memory
twice a second.  What counts is the growth from the end of the warm-up (5 minutes: by then the engine, its
caches and the first previews are there) to the end: the medians of a minute at both, and the slope of a line
through everything between.  --objects also counts Python's objects by kind, which slows everything down.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from event_loop import live, wait_until

SONIC_PI = Path("/usr/share/sonic-pi/samples")
SAMPLE_S = 0.5
REPORT_S = 300.0
MB = 1e6


def main() -> None:
    """Train, watch and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--warm-up", type=float, default=5.0, help="minutes that do not count")
    parser.add_argument("--previews-every", type=int, default=10, help="epochs")
    parser.add_argument("--objects", action="store_true", help="count Python's objects")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SDA_DESKTOP_HOME"] = home
        measure(options.minutes, options.warm_up, options.previews_every, options.objects)


def measure(minutes: float, warm_up: float, previews_every: int, objects: bool) -> None:
    """One training in the window."""
    from sda_desktop.app import Desktop, Launch, create_app
    from sda_desktop.ui.run_state import RunState

    app = create_app([])
    desktop = Desktop(app, Launch((SONIC_PI,)) if SONIC_PI.is_dir() else Launch(demo=True))
    window = desktop.window
    wait_until(lambda: window.sounds.result is not None, 120)
    config = window.form.config().replaced(epochs=100_000, preview_every_epochs=previews_every)
    window.form.set_config(config, frozenset({"epochs", "preview_every_epochs"}))
    window.start_training()
    wait_until(lambda: window.runner.state is RunState.RUNNING, 120)
    process = psutil.Process()
    began = reported = time.monotonic()
    taken: list[tuple[float, float]] = []  # minutes, MB
    before: Counter[str] = Counter()
    while (now := time.monotonic()) < began + 60 * minutes:
        if not window.runner.is_running:
            raise SystemExit("the training ended early")
        taken.append(((now - began) / 60, process.memory_info().rss / MB))
        if now - reported >= REPORT_S:
            reported = now
            shown = window.session.shown.history
            print(
                f"{taken[-1][0]:6.1f} min: {taken[-1][1]:7.1f} MB, step {window.plots.last_step}, "
                f"epoch {len(shown.epochs)}, {len(shown.previews)} previews, {process.num_threads()} threads",
                flush=True,
            )
            if objects:
                before = _tell_objects(before)
        live(SAMPLE_S)
    _tell(np.array(taken), min(warm_up, minutes / 3))
    window.cancel_training()
    wait_until(lambda: not window.runner.is_running, 60)
    window.close()
    desktop.end()


def _tell(taken: np.ndarray, warm_up: float) -> None:
    """Growth and slope from (samples, 2): minutes and MB."""
    minutes, megabytes = taken[taken[:, 0] >= warm_up].T
    first = float(np.median(megabytes[minutes < minutes[0] + 1]))
    last = float(np.median(megabytes[minutes > minutes[-1] - 1]))
    slope = 60 * float(np.polyfit(minutes, megabytes, 1)[0])
    print(
        f"resident: {first:.1f} MB after {warm_up:.1f} min, {last:.1f} MB after {minutes[-1]:.1f} min, "
        f"growth {last - first:+.1f} MB, at most {megabytes.max():.1f} MB; fitted {slope:+.1f} MB per hour"
    )


def _tell_objects(before: Counter[str]) -> Counter[str]:
    """Print which kinds of objects have become more since the last time."""
    gc.unfreeze()
    now = Counter(type(thing).__name__ for thing in gc.get_objects())
    grown = [(count - before[kind], kind) for kind, count in now.items() if count - before[kind] > 100]
    print("   " + ", ".join(f"{kind} {more:+d}" for more, kind in sorted(grown, reverse=True)[:12]))
    return now


if __name__ == "__main__":
    main()

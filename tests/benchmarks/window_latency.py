"""How quick the window is: its start, its event loop while it works, Stop until "Stopping…" is seen.

    xvfb-run -a python tests/benchmarks/window_latency.py [--seconds 60] [--starts 5]

A precise timer fires every 5 ms in the GUI thread; how late it comes is how long a click would have waited.
Everything is done in the real app: it starts on the sonic-pi samples, examines 500 short files, and trains
with the figures of half an hour and 400 previews in its curves and its playlist.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from sda_desktop.ui.run_state import RunState

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from event_loop import (
    EngineWithAPast,
    Lateness,
    PaintWatch,
    live,
    percentiles,
    wait_until,
    write_short_sounds,
)

if TYPE_CHECKING:
    from sda_desktop.app import Desktop
    from sda_desktop.ui.main_window import MainWindow

CHECKOUT = Path(__file__).resolve().parents[2]
SONIC_PI = Path("/usr/share/sonic-pi/samples")
PAST_STEPS = 21_600  # half an hour at 12 steps/s
FILES = 500
PREVIEWS = 400
SCROLL_S = 15.0
VISIBLE = re.compile(r"visible ([\d.]+) s.*, ([\d.]+) s of")
USABLE = re.compile(r"ready ([\d.]+) s after the start")


def measure_starts(count: int) -> None:
    """Print the seconds from the start of the process to the first paint and to the engine that can train,
    as the app's own log has them."""
    visible, usable = [], []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as home:
            log = Path(home) / "logs" / "sda-desktop.log"
            env = {**os.environ, "SDA_DESKTOP_HOME": home}
            process = subprocess.Popen([sys.executable, "-m", "sda_desktop"], env=env, cwd=CHECKOUT)
            text = ""
            while not (ready := USABLE.search(text)):
                time.sleep(0.05)
                text = log.read_text() if log.exists() else ""
            process.send_signal(signal.SIGTERM)
            process.wait()
            seen = VISIBLE.search(text)
            assert seen is not None
            visible.append(f"{seen[1]} ({seen[2]})")
            usable.append(ready[1])
    print(f"start to visible window: {', '.join(visible)} s (of processor time)")
    print(f"start to ready to train: {', '.join(usable)} s")


def measure_first_seconds() -> Desktop:
    """Open the app on real sounds and look how the first seconds are, the engine's import among them."""
    from sda_desktop.app import Desktop, Launch, create_app

    app = create_app([])
    lateness = Lateness()
    desktop = Desktop(app, Launch((SONIC_PI,)) if SONIC_PI.is_dir() else Launch(demo=True))
    window = desktop.window
    ready: list[bool] = []
    desktop.prewarmer.finished.connect(ready.append)
    window.first_painted.connect(lateness.restart)
    wait_until(lambda: bool(ready) and window.sounds.result is not None, 120)
    live(1)
    print(f"first {lateness.seconds:.1f} s, scan and import of the engine: {percentiles(lateness.late_ms)}")
    print(f"  longest: {lateness.worst()}")
    return desktop


def measure_scan(window: MainWindow, files: Path, when: str) -> None:
    """Open 500 short files: how long until the list is complete, and until all is known about them."""
    panel = window.sounds
    lateness = Lateness()
    listed_at: list[float] = []

    def look() -> None:
        if not listed_at and panel.listed == FILES:
            listed_at.append(time.perf_counter())

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(1)
    lateness.restart()
    opened_at = time.perf_counter()
    panel.open_sources([files])
    wait_until(lambda: panel.result is not None, 120)
    known_s = time.perf_counter() - opened_at
    live(0.5)
    watch.stop()
    print(
        f"{FILES} short files {when}: list complete after {listed_at[0] - opened_at:.2f} s, "
        f"checks and thumbnails after {known_s:.2f} s"
    )
    print(f"  event loop: {percentiles(lateness.late_ms)}; longest: {lateness.worst()}")


def measure_scrolling(window: MainWindow) -> None:
    """Scroll through the playlist, back and forth, a third of a row in each frame."""
    bar = window.previews.list.verticalScrollBar()
    lateness = Lateness()
    direction = 1

    def scroll() -> None:
        nonlocal direction
        if not 0 < bar.value() + direction < bar.maximum():
            direction = -direction
        bar.setValue(bar.value() + 10 * direction)

    timer = QTimer()
    timer.timeout.connect(scroll)
    timer.start(16)
    lateness.restart()
    live(SCROLL_S)
    timer.stop()
    reached = bar.maximum() // max(1, window.previews.list.sizeHintForRow(0))
    print(f"event loop, scrolling through {reached} rows of previews while training:")
    print(f"  {percentiles(lateness.late_ms)}; longest: {lateness.worst()}")


def measure_stop(window: MainWindow) -> str:
    """Stop the training by a click, and look how long that takes to show."""
    button = window.run_controls.primary
    watch = PaintWatch("Stopping…")
    button.installEventFilter(watch)
    clicked_at = time.perf_counter()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(lambda: watch.painted_at is not None, 10)
    assert watch.painted_at is not None
    wait_until(lambda: not window.runner.is_running, 60)
    ended_at = time.perf_counter()
    shown_ms = 1000 * (watch.painted_at - clicked_at)
    return f"{shown_ms:.0f} ms (saved after {ended_at - clicked_at:.2f} s)"


def measure_training(window: MainWindow, place: Path, seconds: float) -> None:
    """Train with half an hour of figures in the curves, scroll, scan, and stop."""
    from sda_desktop.training import loop

    sounds = place / "previews"
    write_short_sounds(sounds, PREVIEWS)
    engine = EngineWithAPast(loop, PAST_STEPS, sorted(sounds.iterdir()))
    window.runner._worker._load_engine = lambda: engine
    lateness = Lateness()
    window.start_training()
    wait_until(lambda: window.runner.state is RunState.RUNNING, 120)
    wait_until(lambda: len(window.session.shown.history.epochs) > 3, 120)
    live(3)
    lateness.restart()
    first = _steps(window)
    live(seconds)
    made = _steps(window) - first
    print(f"event loop, {seconds:.0f} s of training after {first} steps: {percentiles(lateness.late_ms)}")
    print(f"  longest: {lateness.worst()}; {made / seconds:.1f} steps/s")
    measure_scrolling(window)
    window.sounds.set_locked(False)  # the window would not allow it
    measure_scan(window, place / "files", "while training")
    print(f"click on Stop until Stopping… is painted: {measure_stop(window)}")


def _steps(window: MainWindow) -> int:
    return int(window.plots.last_step)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0, help="of training; 0: starts only")
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    if options.starts:
        measure_starts(options.starts)
    if not options.seconds:
        return
    with tempfile.TemporaryDirectory() as place:
        os.environ["SDA_DESKTOP_HOME"] = place + "/home"
        write_short_sounds(Path(place) / "files", FILES)
        desktop = measure_first_seconds()
        measure_scan(desktop.window, Path(place) / "files", "without training")
        desktop.window.sounds.open_sources([SONIC_PI])
        wait_until(lambda: desktop.window.sounds.result is not None, 60)
        measure_training(desktop.window, Path(place), options.seconds)
        desktop.window.close()
        desktop.end()


if __name__ == "__main__":
    main()

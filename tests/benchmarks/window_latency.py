"""How quick the window is: start to first paint, event loop while training, Stop to "Stopping…".

    xvfb-run -a python tests/benchmarks/window_latency.py [--seconds 60] [--starts 5]

A precise timer fires every 5 ms in the GUI thread; how late it comes is how long a click would have waited.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from sda_desktop.ui.main_window import MainWindow

CHECKOUT = Path(__file__).resolve().parents[2]
SONIC_PI = Path("/usr/share/sonic-pi/samples")
TICK_MS = 5


def percentiles(values_ms: list[float]) -> str:
    """p50, p99 and the maximum."""
    ordered = sorted(values_ms)
    p99 = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return f"p50 {statistics.median(ordered):.1f} ms, p99 {p99:.1f} ms, max {ordered[-1]:.1f} ms"


def measure_starts(count: int) -> list[str]:
    """Seconds from the start of the process to the first paint, as the app's own log has it: of the clock
    and of the processor, which other programs' load does not lengthen so much."""
    seconds = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as home:
            log = Path(home) / "logs" / "sda-desktop.log"
            env = {**os.environ, "SDA_DESKTOP_HOME": home}
            process = subprocess.Popen([sys.executable, "-m", "sda_desktop"], env=env, cwd=CHECKOUT)
            found = None
            while found is None:
                time.sleep(0.05)
                found = re.search(
                    r"visible ([\d.]+) s.*, ([\d.]+) s of", log.read_text() if log.exists() else ""
                )
            process.send_signal(signal.SIGTERM)
            process.wait()
            seconds.append(f"{found[1]} ({found[2]})")
    return seconds


class Lateness(QObject):
    """A timer that notes how late it is."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._last = time.perf_counter()

    def restart(self) -> None:
        """Begin to measure."""
        self.late_ms.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self._last = now


class PaintWatch(QObject):
    """When the button was first painted with its new words."""

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


def wait_until(condition: Callable[[], bool], timeout_s: float) -> None:
    """Let the window live until condition() holds."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("waited in vain")
        live(0.02)


def measure_stop(window: MainWindow) -> str:
    """Stop the training by a click, look how long that takes to show, and resume it."""
    from sda_desktop.ui.run_state import RunState

    watch = PaintWatch("Stopping…")
    window.run_controls.primary.installEventFilter(watch)
    clicked_at = time.perf_counter()
    QTest.mouseClick(window.run_controls.primary, Qt.MouseButton.LeftButton)
    wait_until(lambda: watch.painted_at is not None, 10)
    assert watch.painted_at is not None
    wait_until(lambda: not window.runner.is_running, 60)
    ended_at = time.perf_counter()
    assert window.session.shown.path is not None
    window.resume_training(window.session.shown.path)
    wait_until(lambda: window.runner.state is RunState.RUNNING, 60)
    live(2)
    shown_ms = 1000 * (watch.painted_at - clicked_at)
    return f"{shown_ms:.0f} ms (saved after {ended_at - clicked_at:.2f} s)"


def measure_training(seconds: float) -> None:
    """Train on real sounds in the real window and print what the event loop was like."""
    from sda_desktop.app import Desktop, Launch, create_app
    from sda_desktop.ui.run_state import RunState

    app = create_app([])
    desktop = Desktop(app, Launch((SONIC_PI,)) if SONIC_PI.is_dir() else Launch(demo=True))
    window = desktop.window
    lateness = Lateness()
    lateness.restart()
    wait_until(lambda: window.sounds.result is not None, 60)
    live(4)
    print(f"event loop, start, scan and import of the engine: {percentiles(lateness.late_ms)}")
    window.start_training()
    wait_until(lambda: window.runner.state is RunState.RUNNING, 120)
    lateness.restart()
    live(seconds)
    print(f"event loop, {seconds:.0f} s of training: {percentiles(lateness.late_ms)}")
    print(f"steps: {len(window.session.shown.history.steps)}, {window.status.speed.value()}")
    delays = [measure_stop(window) for _ in range(3)]
    print(f"click on Stop until Stopping… is painted: {', '.join(delays)}")
    window.cancel_training()
    wait_until(lambda: not window.runner.is_running, 60)
    window.close()
    desktop.end()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0, help="of training; 0: starts only")
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    starts = measure_starts(options.starts)
    if starts:
        print(f"start to visible window: {', '.join(starts)} s (of processor time)")
    if options.seconds:
        with tempfile.TemporaryDirectory() as home:
            os.environ["SDA_DESKTOP_HOME"] = home
            measure_training(options.seconds)


if __name__ == "__main__":
    main()

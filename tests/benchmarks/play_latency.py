"""From asking for a sound that is being made to its first sample at the sound device (a private null sink).

    python tests/benchmarks/play_latency.py [--sounds 100] [--busy N] [--not-live]

The first block (93 ms) is there when the sound is asked for; the others follow at twice real time, from a
thread.  Each sound is a constant with an attack, so that its first sample can be found in what the device was
given.  Three times are told, in ms: until the first sample is written to the queue ("written"), how much was
queued ahead of it ("queued"), and until a recorder of the sink delivered it ("recorded", which includes the
sound server's and the recorder's own buffers).  --busy: processes that keep a core busy meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

RATE_HZ = 44_100
BLOCK = 4096
SECONDS = 1.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sounds", type=int, default=100)
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--not-live", action="store_true", help="as the Train page plays: with a full queue")
    return parser.parse_args()


class _Recorder:
    """Reads what the sink plays as it comes, and notes when something begins to sound."""

    def __init__(self, sink: Any) -> None:  # noqa: ANN401 - a NullSink
        from null_sink import SINK_NAME

        self.heard_at = 0.0
        self._armed = False
        command = ["parec", "--raw", "--format=float32le", "--channels=2", f"--rate={RATE_HZ}"]
        self._process = subprocess.Popen(
            [*command, "--latency-msec=5", "-d", f"{SINK_NAME}.monitor"],
            env={**os.environ, **sink.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def arm(self) -> None:
        """Wait for the next sound."""
        self.heard_at, self._armed = 0.0, True

    def _read(self) -> None:
        assert self._process.stdout is not None
        while data := self._process.stdout.read1(65_536):  # type: ignore[attr-defined]
            now = time.perf_counter()
            samples = np.frombuffer(data[: len(data) // 4 * 4], "<f4")
            loud = np.flatnonzero(np.abs(samples) > 0.01)
            if self._armed and len(loud):
                self._armed = False
                # The chunk was complete only when its last sample had been played.
                self.heard_at = now - (len(samples) - loud[0]) / 2 / RATE_HZ

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    from null_sink import NullSink

    sink = NullSink()
    sink.start()
    os.environ.update(sink.env)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(arguments.busy)]
    with tempfile.TemporaryDirectory() as home:
        os.environ["SDA_DESKTOP_HOME"] = home
        try:
            print(json.dumps(_measure(arguments, sink), indent=1))
        finally:
            for process in busy:
                process.kill()
            sink.stop()


def _measure(arguments: argparse.Namespace, sink: Any) -> dict[str, object]:  # noqa: ANN401
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    from sda_desktop.ui.play_item import PlayItem
    from sda_desktop.ui.player import Player
    from sda_desktop.ui.player_output import AudioOutput
    from sda_desktop.ui.streamed_sound import StreamedSound

    sys.setswitchinterval(0.0005)
    app = QCoreApplication([])
    player = Player()
    written: dict[str, float] = {}
    waiting = threading.Event()

    def note(output: AudioOutput) -> None:
        free, before = output._free_frames(), output._written
        write(output)
        if (
            waiting.is_set()
            and output._mixer.busy
            and output._mixer.position > 0
            and output._written > before
        ):
            waiting.clear()
            written["at"] = time.perf_counter()
            written["queued_ms"] = (output._capacity - free) / RATE_HZ * 1000
            written["capacity_ms"] = output._capacity / RATE_HZ * 1000

    write = AudioOutput._write
    AudioOutput._write = note  # type: ignore[method-assign, assignment]

    def let_pass(seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def make(sound: StreamedSound) -> None:
        for _ in range(int(SECONDS * RATE_HZ / BLOCK)):
            if sound.dropped.wait(BLOCK / RATE_HZ / 2):
                break
            sound.append(np.full((1, BLOCK), 0.1, np.float32))
        sound.finish()

    if not arguments.not_live:
        player.set_live(RATE_HZ)
    let_pass(2.0)
    cpu_before, wall_before = time.process_time(), time.perf_counter()
    let_pass(5.0)
    silent = (time.process_time() - cpu_before) / (time.perf_counter() - wall_before)
    recorder = _Recorder(sink)
    let_pass(0.5)
    rows: dict[str, list[float]] = {"written": [], "queued": [], "recorded": []}
    for number in range(arguments.sounds):
        sound = StreamedSound(RATE_HZ, SECONDS)
        sound.append(np.full((1, BLOCK), 0.1, np.float32))
        thread = threading.Thread(target=make, args=(sound,))
        recorder.arm()
        waiting.set()
        began = time.perf_counter()
        player.play_stream(PlayItem(None, str(number), key=str(number)), sound)
        thread.start()
        let_pass(0.25)
        player.stop()
        sound.drop()
        let_pass(0.4 + 0.01 * (number % 7))
        thread.join()
        if waiting.is_set() or not recorder.heard_at:
            rows["written"].append(float("nan"))
            continue
        rows["written"].append((written["at"] - began) * 1000)
        rows["queued"].append(written["queued_ms"])
        rows["recorded"].append((recorder.heard_at - began) * 1000)
    recorder.close()
    underflows = player.underflows
    player.close()
    app.processEvents()
    told: dict[str, object] = {
        name: {f"p{q}": round(float(np.nanpercentile(values, q)), 1) for q in (0, 50, 99, 100)}
        for name, values in rows.items()
    }
    return {
        "sounds": arguments.sounds,
        "not_heard": int(np.isnan(rows["written"]).sum()),
        **told,
        "queue_capacity_ms": round(written["capacity_ms"], 1),
        "underflows": underflows,
        "silent_cpu_share": round(silent, 4),
        "load_average": os.getloadavg()[0],
    }


if __name__ == "__main__":
    main()

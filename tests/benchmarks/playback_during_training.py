"""Play previews in the app while it trains, record what the device was given, and compare it with the files.

    python tests/benchmarks/playback_during_training.py --minutes 10 [--threads 1] [SOUNDS]

Needs PulseAudio (a private null sink is the device).  Prints the underflows, how many of the sounds came out
sample for sample, and how close the device's queue came to running dry.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
SONIC_PI_SOUNDS = Path("/usr/share/sonic-pi/samples")
EXACT = 1e-6
NEAR = 200  # samples: a low sound hardly changes when it is shifted by a few
GAP_S = 0.1  # between two sounds, so that they can be told apart in the recording


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sounds", nargs="?", type=Path, default=SONIC_PI_SOUNDS)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--threads", type=int, default=0, help="of torch; 0: what the app would choose")
    return parser.parse_args()


def _offset(recording: NDArray[np.float32], sound: NDArray[np.float32]) -> int:
    """The first place where the recording differs least from the sound, by the sum of squared differences.

    The first, because a sound may be played twice in a row.
    """
    heard, wanted = recording[:, 0].astype(np.float64), sound[:, 0].astype(np.float64)
    size = 1 << int(np.ceil(np.log2(len(heard) + len(wanted))))
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size)), size)
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    places = max(1, len(heard) - len(wanted) + 1)
    distance = energy[len(wanted) :][:places] - energy[:places] - 2 * product[:places]
    first = int(np.argmax(distance < distance.min() + 1e-3 * float(wanted @ wanted)))
    return first + int(np.argmin(distance[first : first + NEAR]))


def _best(recording: NDArray[np.float32], path: Path) -> tuple[int, float]:
    """Where in the recording the file begins, and the largest difference from it there."""
    sound, _ = soundfile.read(path, dtype="float32", always_2d=True)
    if len(recording) < len(sound):
        return 0, float("inf")
    offset = _offset(recording, sound)
    heard = recording[offset : offset + len(sound), :1]
    if len(heard) < len(sound):
        return offset, float("inf")
    return offset, float(np.abs(heard - sound[:, :1]).max())


def main() -> None:
    """Run the benchmark."""
    arguments = _arguments()
    from null_sink import NullSink

    sink = NullSink()
    sink.start()
    os.environ.update(sink.env)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["SDA_DESKTOP_HOME"] = home
        try:
            result = _measure(arguments, sink)
        finally:
            sink.stop()
    print(json.dumps(result, indent=1))


def _measure(arguments: argparse.Namespace, sink: Any) -> dict[str, object]:  # noqa: ANN401 - a NullSink
    from PySide6.QtCore import QEventLoop, QTimer

    from sda_desktop.app import Desktop, Launch, create_app
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.metrics import Event, PreviewEvent, StepMetrics
    from sda_desktop.ui.play_item import PlayItem
    from sda_desktop.ui.player_output import AudioOutput

    app = create_app([])
    desktop = Desktop(app, Launch())
    finished = QEventLoop()  # the app itself would ask whether to stop the training
    player, runner = desktop.window.player, desktop.window.runner
    previews: list[Path] = []
    played: list[Path] = []
    differences: list[float] = []
    queued_ms: list[float] = []
    counts = {"steps": 0, "errors": 0}

    began_at = time.monotonic()
    underflows_at: list[float] = []
    count_underflow = AudioOutput._count_underflow

    def underflow(output: AudioOutput) -> None:
        underflows_at.append(time.monotonic())
        count_underflow(output)

    AudioOutput._count_underflow = underflow  # type: ignore[method-assign, assignment]
    measure_room = AudioOutput._free_frames

    def room(output: AudioOutput) -> int:
        frames = measure_room(output)
        queued_ms.append((output._capacity - frames) / 44.1)
        return frames

    AudioOutput._free_frames = room  # type: ignore[method-assign, assignment]

    def on_events(events: list[Event]) -> None:
        for event in events:
            if isinstance(event, PreviewEvent):
                if not previews:
                    QTimer.singleShot(0, play_next)
                previews.append(Path(event.path))
            elif isinstance(event, StepMetrics):
                counts["steps"] += 1

    def play_next() -> None:
        if time.monotonic() > deadline:
            finished.quit()
            return
        path = previews[-1 - len(played) % min(8, len(previews))]
        played.append(path)
        player.play(PlayItem(path, path.stem))

    def on_failed(error: object) -> None:
        counts["errors"] += 1
        print(error, file=sys.stderr)
        finished.quit()

    player.stopped.connect(lambda: QTimer.singleShot(round(GAP_S * 1000), play_next))
    player.failed.connect(on_failed)
    runner.failed.connect(on_failed)
    runner.events_received.connect(on_events)
    config = TrainingConfig(
        epochs=100_000, threads=arguments.threads, preview_every_epochs=2, checkpoint_every_epochs=1
    )
    explicit = frozenset({"epochs", "threads", "preview_every_epochs", "checkpoint_every_epochs"})
    deadline = time.monotonic() + arguments.minutes * 60 + 30
    with sink.record() as recording:
        runner.start([arguments.sounds], config, explicit)
        finished.exec()
    player.close()
    desktop.end()

    heard = recording.samples.T
    # The first sound comes long after the recording began; the others follow each other.
    start = max(0, int(np.argmax(np.abs(heard).max(axis=1) > 0)) - 44_100)
    slack = 2 * 44_100
    for path in played:
        frames = soundfile.info(path).frames
        offset, difference = _best(heard[start : start + frames + slack], path)
        differences.append(difference)
        # After an interruption the sound is longer than its file: go on a little before its end.
        passed = frames if difference < EXACT else frames // 2
        start, slack = start + offset + passed, 2 * 44_100 + frames - passed
    return {
        "seconds": round(len(heard) / 44_100, 1),
        "sounds_played": len(played),
        "sounds_exact": sum(d < EXACT for d in differences),
        "worst_difference": max(differences, default=float("nan")),
        "underflows": player.underflows,
        "underflows_at_s": [round(at - began_at, 1) for at in underflows_at],
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "errors": counts["errors"],
        "training_steps": counts["steps"],
        "queue_ms": {f"p{q}": round(float(np.percentile(queued_ms, q)), 1) for q in (0, 0.1, 1, 50)},
    }


if __name__ == "__main__":
    main()

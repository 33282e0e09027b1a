"""From a click between the dots of the map to the first sample of a 1 s sound at the device (a null sink).

    python tests/benchmarks/click_latency.py [--run RUN] [--clicks 100] [--training]

The whole way: a mouse event on the map, the place's neighbours, the model, the device's queue.  Without RUN
a model is trained for 60 s first.  --training: a training runs in the same process meanwhile, as the app
would let it run; its steps per second are told, too, before, during and after the clicks.  Told, in ms, from
the mouse event on: until the first block was "made", until its first sample was "written" to the queue, and
until it is "heard": what was queued ahead of it, played.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
SONIC_PI_SOUNDS = Path("/usr/share/sonic-pi/samples")
APART_S = 1.3  # a sound of 1 s has ended by then


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--run", type=Path)
    parser.add_argument("--clicks", type=int, default=100)
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--before-the-end", action="store_true", help="click while the sound before plays")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    from null_sink import NullSink

    sink = NullSink()
    sink.start()
    os.environ.update(sink.env)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SDA_DESKTOP_HOME"] = f"{folder}/home"
        try:
            run = Path(folder) / "run"
            if arguments.run is not None:
                shutil.copytree(arguments.run, run)
            else:
                _train(run)
            print(json.dumps(_measure(arguments, run), indent=1))
        finally:
            sink.stop()


def _train(run: Path) -> None:
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.loop import train

    config = TrainingConfig(epochs=100_000, time_limit_s=60.0)
    chosen = frozenset({"epochs", "time_limit_s"})
    train([SONIC_PI_SOUNDS], config, explicit=chosen, run_dir=run, on_event=lambda _: None)


class _Watch:
    """Notes when a sound's first block is made, and when its first sample is written."""

    def __init__(self) -> None:
        from sda_desktop.ui.player_output import AudioOutput
        from sda_desktop.ui.streamed_sound import StreamedSound

        self.made_at = self.written_at = self.queued_s = self.capacity_s = 0.0
        self._sound: StreamedSound | None = None
        append, write, watch = StreamedSound.append, AudioOutput._write, self

        def note_append(sound: StreamedSound, block: Any) -> None:  # noqa: ANN401 - samples
            first = sound.made == 0
            append(sound, block)
            if first:
                watch._sound, watch.made_at, watch.written_at = sound, time.perf_counter(), 0.0

        def note_write(output: AudioOutput) -> None:
            free = output._free_frames()
            write(output)
            main = output._mixer._main
            begun = main is not None and main.position > 0 and main.sound is watch._sound
            if begun and watch.written_at == 0.0:
                watch.written_at = time.perf_counter()
                watch.capacity_s = output._capacity / output._rate_hz
                watch.queued_s = (output._capacity - free) / output._rate_hz

        StreamedSound.append = note_append  # type: ignore[method-assign, assignment]
        AudioOutput._write = note_write  # type: ignore[method-assign, assignment]

    def forget(self) -> None:
        """Wait for the next sound."""
        self._sound, self.made_at, self.written_at = None, 0.0, 0.0


def _measure(arguments: argparse.Namespace, run: Path) -> dict[str, object]:
    from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
    from PySide6.QtTest import QTest

    from sda_desktop.app import create_app
    from sda_desktop.generation.history import History
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.metrics import StepMetrics
    from sda_desktop.ui.collecting import GuiCollector
    from sda_desktop.ui.explore_session import ExploreSession
    from sda_desktop.ui.map_data import MapDot
    from sda_desktop.ui.player import Player
    from sda_desktop.ui.prewarm import import_engine
    from sda_desktop.ui.sound_map import SoundMap
    from sda_desktop.ui.threads import end_threads
    from sda_desktop.ui.training_runner import TrainingRunner

    create_app([])
    # As in the app: else a full collection holds up every thread for 0.2 s.
    import_engine()
    collector = GuiCollector()
    collector.freeze()
    watch = _Watch()
    player = Player()
    session = ExploreSession(player, History())
    shown = SoundMap()
    shown.resize(700, 520)
    session.failed.connect(lambda error: print(error, file=sys.stderr))
    opened = QEventLoop()
    session.model_changed.connect(opened.quit)
    session.open(run)
    opened.exec()
    assert session.playable is not None
    assert session.layout is not None
    sounds = session.playable.opened.instrument.atlas.sounds
    shown.set_dots(
        [
            MapDot(sound.name, sound.folder, sound.seconds, float(x), float(y), sound.outline, sound.features)
            for sound, (x, y) in zip(sounds, session.layout.positions, strict=False)
        ]
    )
    session.values = replace(session.values, seconds=1.0)
    shown.place_pressed.connect(session.play_place)
    shown.show()

    def let_pass(seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    runner = TrainingRunner()
    steps = 0

    def on_events(events: list[object]) -> None:
        nonlocal steps
        steps += sum(isinstance(event, StepMetrics) for event in events)

    def steps_per_s(act: Callable[[], object]) -> float:
        before, began = steps, time.perf_counter()
        act()
        return round((steps - before) / (time.perf_counter() - began), 2)

    rates: dict[str, float] = {}
    if arguments.training:
        config = TrainingConfig(epochs=100_000)
        runner.events_received.connect(on_events)
        runner.start([SONIC_PI_SOUNDS], config, frozenset({"epochs"}))
        let_pass(20.0)
        rates["silent"] = steps_per_s(lambda: let_pass(30.0))
    player.set_busy(arguments.training)
    player.set_live(session.playable.opened.instrument.sample_rate_hz)
    let_pass(4.0)  # a null sink that wakes up may take nothing for 2 s
    draw = np.random.default_rng(0)
    rows: dict[str, list[float]] = {"made": [], "written": [], "heard": [], "beyond the queue": []}
    missed = 0

    def click_all() -> None:
        nonlocal missed
        while len(rows["made"]) + missed < arguments.clicks:
            place = QPoint(*(int(v) for v in draw.uniform((40, 40), (660, 440))))
            if shown.scene.dot_at(place.x(), place.y()) is not None:
                continue
            watch.forget()
            began = time.perf_counter()
            QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=place)
            let_pass(0.45 if arguments.before_the_end else APART_S + float(draw.uniform(0, 0.05)))
            if not watch.written_at:
                missed += 1
                continue
            rows["made"].append((watch.made_at - began) * 1000)
            rows["written"].append((watch.written_at - began) * 1000)
            heard_ms = (watch.written_at - began + watch.queued_s) * 1000
            rows["heard"].append(heard_ms)
            rows["beyond the queue"].append(heard_ms - watch.capacity_s * 1000)

    rates["playing"] = steps_per_s(click_all)
    if arguments.training:
        rates["silent again"] = steps_per_s(lambda: let_pass(30.0))
    underflows = player.underflows
    if arguments.training:
        runner.shut_down()
    session.close()
    player.close()
    end_threads()
    collector.close()
    return {
        "clicks": arguments.clicks,
        "not_heard": missed,
        **{
            name: {f"p{q}": round(float(np.percentile(values, q)), 1) for q in (0, 50, 99, 100)}
            for name, values in rows.items()
        },
        "queue_ms": round(watch.capacity_s * 1000, 1),
        "underflows": underflows,
        **({"steps_per_s": rates} if arguments.training else {}),
        "load_average": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()

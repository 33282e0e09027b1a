"""What painting the map of sounds costs, with 165 and 500 dots, in ms a frame.  Offscreen, on one core.

    python tests/benchmarks/map_paint.py

"hover": the pointer goes from dot to dot.  "play": a sound plays, and the ring around it closes.  "move": the
map is pulled along, so that every dot is painted anew.  60 frames a second leave 16.7 ms for everything.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FRAMES = 200


def main() -> None:
    """Measure and print."""
    from map_dots import many_dots
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from sda_desktop.ui import theme
    from sda_desktop.ui.sound_map import SoundMap

    app = QApplication([])
    theme.apply_theme(app, "dark")
    told: dict[str, dict[str, float]] = {}
    for count in (165, 500):
        for width, height in ((700, 520), (1130, 800)):
            sound_map = SoundMap()
            sound_map.resize(width, height)
            sound_map.set_dots(many_dots(count))
            sound_map.set_selection(range(0, count, 7))
            target = QImage(width, height, QImage.Format.Format_RGB32)

            def hover(frame: int, shown: SoundMap = sound_map) -> None:
                shown._hover(QPointF(*shown.scene.pixels[frame % len(shown.scene.dots)].tolist()))

            def move(frame: int, shown: SoundMap = sound_map) -> None:
                if frame == 0:
                    shown.zoom_in()
                shown.scene.view = shown.scene.view.moved(3 * (-1) ** (frame // 20), 2)
                shown._redraw()

            def play(frame: int, shown: SoundMap = sound_map) -> None:
                shown.set_playing(0, frame / FRAMES)

            steps: dict[str, Callable[[int], None]] = {"hover": hover, "play": play, "move": move}
            for name, step in steps.items():
                times_ms = []
                for frame in range(FRAMES):
                    began = time.perf_counter()
                    step(frame)
                    sound_map.render(target)
                    times_ms.append((time.perf_counter() - began) * 1000)
                told[f"{count} dots, {width}x{height}, {name}"] = {
                    "median": round(float(np.median(times_ms)), 2),
                    "p99": round(float(np.percentile(times_ms, 99)), 2),
                }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()

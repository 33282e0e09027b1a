"""Sounds for a map, made up."""

from __future__ import annotations

import numpy as np

from sda_desktop.audio.features import Features
from sda_desktop.ui.map_data import MapDot

# Name, folder, and place: four in the corners of a square, one in the middle.
FIVE = (
    ("kick", "drums", 0.2, 0.2),
    ("snare", "drums", 0.8, 0.2),
    ("pad", "long/soft", 0.2, 0.8),
    ("drone", "long/soft", 0.8, 0.8),
    ("blip", "", 0.5, 0.5),
)


def features(brightness_hz: float = 1000.0, pitch_hz: float = 440.0) -> Features:
    """Of a sound that is nothing special."""
    return Features(brightness_hz, 0.3, -20.0, 0.01, 0.5, pitch_hz)


def five_dots() -> list[MapDot]:
    """Five sounds, each brighter than the one before; the last has no pitch."""
    wave = np.array([[-0.5] * 96, [0.5] * 96], np.float32)
    return [
        MapDot(
            name,
            folder,
            0.5 + number,
            x,
            y,
            wave,
            features(200.0 * 2**number, float("nan") if name == "blip" else 110.0 * 2**number),
            has_original=name != "drone",
        )
        for number, (name, folder, x, y) in enumerate(FIVE)
    ]


def many_dots(count: int, folders: int = 14, seed: int = 0) -> list[MapDot]:
    """Clusters of sounds."""
    draw = np.random.default_rng(seed)
    middles = draw.uniform(0.1, 0.9, (folders, 2))
    made = []
    for number in range(count):
        group = number % folders
        x, y = np.clip(middles[group] + draw.normal(0, 0.05, 2), 0, 1)
        loud = np.abs(draw.normal(0, 0.3, 96)).astype(np.float32)
        made.append(
            MapDot(
                f"sound {number}",
                f"folder {group}",
                float(draw.uniform(0.1, 8)),
                float(x),
                float(y),
                np.stack([-loud, loud]),
                features(float(draw.uniform(100, 8000))),
            )
        )
    return made

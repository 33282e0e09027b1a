"""What the map of sounds is given, and the questions it asks of it: which is near, inside, or next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.features import Features

Outline = NDArray[np.float32]  # (2, columns): minima and maxima
Places = NDArray[np.float64]  # (dots, 2)

# How much worse it is to lie beside the way than further along it.
SIDEWAYS = 2.0

# What the context menu asks for: of sounds, and of a place.
MapAction = Literal[
    "play_original",
    "play_reconstruction",
    "vary",
    "morph_from",
    "add_to_morph",
    "show_in_folder",
    "copy",
    "export",
]
PlaceAction = Literal["play", "vary", "morph_from", "add_to_morph"]
MapState = Literal["no_model", "no_sounds", "measuring", "ready"]


@dataclass(frozen=True, slots=True, eq=False)
class MapDot:
    """One sound on the map.

    x, y: 0 to 1, y downwards.  outline: (2, columns).  features: None where they were not measured.
    has_original: whether its file can be played and shown.
    """

    name: str
    folder: str
    seconds: float
    x: float
    y: float
    outline: Outline
    features: Features | None = None
    has_original: bool = True


def nearest(pixels: Places, point: tuple[float, float], within: float) -> int | None:
    """The dot that is nearest to a point, if it is within so many pixels."""
    if len(pixels) == 0:
        return None
    distances = np.hypot(pixels[:, 0] - point[0], pixels[:, 1] - point[1])
    found = int(np.argmin(distances))
    return found if distances[found] <= within else None


def next_in_direction(places: Places, start: tuple[float, float], dx: int, dy: int) -> int | None:
    """The dot to go to from a place with an arrow key: near, and not much beside the way."""
    offset = places - np.asarray(start, np.float64)
    ahead = offset @ np.array([dx, dy], np.float64)
    beside = np.abs(offset @ np.array([dy, dx], np.float64))
    cost = ahead + SIDEWAYS * beside
    cost[ahead <= 1e-9] = np.inf
    if len(cost) == 0 or not np.isfinite(cost.min()):
        return None
    return int(np.argmin(cost))


def inside(pixels: Places, polygon: Sequence[tuple[float, float]]) -> list[int]:
    """The dots inside a closed line (even-odd rule)."""
    if len(polygon) < 3:
        return []
    corners = np.asarray(polygon, np.float64)
    x, y = pixels[:, :1], pixels[:, 1:]
    x1, y1 = corners[:, 0], corners[:, 1]
    x2, y2 = np.roll(x1, -1), np.roll(y1, -1)
    rise = np.where(y2 == y1, 1.0, y2 - y1)
    crosses: NDArray[Any] = ((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) * (x2 - x1) / rise)
    return [int(i) for i in np.flatnonzero(crosses.sum(axis=1) % 2 == 1)]


def matches(dots: Sequence[MapDot], text: str) -> list[int]:
    """The dots whose name or folder has every word of a search in it."""
    words = text.casefold().split()
    if not words:
        return []
    return [
        index
        for index, dot in enumerate(dots)
        if all(word in f"{dot.folder}/{dot.name}".casefold() for word in words)
    ]

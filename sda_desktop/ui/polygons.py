"""Rows of numbers as Qt's polygons."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPolygonF
from shiboken6 import VoidPtr

_memory: Any = VoidPtr  # its published types do not know of sizes


def polygon_of(x: NDArray[np.floating[Any]], y: NDArray[np.floating[Any]]) -> QPolygonF:
    """The points (x, y), copied in one go: making a QPointF of each would take a hundred times longer."""
    made = QPolygonF()
    made.resize(len(x))
    if len(x):
        memory = _memory(made.data(), 16 * len(x), True)  # two doubles for each point, to be written
        points = np.frombuffer(memory, np.float64).reshape(-1, 2)
        points[:, 0], points[:, 1] = x, y
    return made

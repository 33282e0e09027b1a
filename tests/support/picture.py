"""Pictures of the screen, as numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage


class Picture:
    """A PNG file in memory: (height, width, 3), red, green and blue from 0 to 255."""

    def __init__(self, path: Path) -> None:
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
        if image.isNull():
            raise ValueError(f"Not a picture: {path}")
        rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
        self.pixels: NDArray[np.uint8] = rows[:, : image.width() * 3].reshape(image.height(), -1, 3).copy()

    def part(self, place: dict[str, int]) -> NDArray[np.uint8]:
        """The pixels of a widget, from where it is on the screen."""
        x, y = place["x"], place["y"]
        return self.pixels[y : y + place["height"], x : x + place["width"]]

    def share_of_columns(self, place: dict[str, int], color: str) -> float:
        """How much of a widget's width a curve of this colour spans: the share of columns that hold it."""
        wanted = QColor(color)
        distance = np.abs(
            self.part(place).astype(int) - np.array([wanted.red(), wanted.green(), wanted.blue()])
        ).max(axis=2)
        return float((distance < 24).any(axis=0).mean())

    @property
    def brightness(self) -> float:
        """The mean of all pixels, from 0 (black) to 1 (white)."""
        return float(self.pixels.mean()) / 255

    def save_part(self, width: int, height: int, path: Path) -> None:
        """Write the upper left part as a PNG file."""
        part = np.ascontiguousarray(self.pixels[:height, :width])
        image = QImage(part.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
        if not image.save(str(path)):
            raise OSError(f"Could not write {path}")

"""The plots as a picture, and their figures as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from sda_desktop.storage import atomic_write_bytes, atomic_write_text
from sda_desktop.ui import theme
from sda_desktop.ui.plot_data import EPOCH_COLUMNS, STEP_COLUMNS, Axis, RunCurves, Table
from sda_desktop.ui.plot_ring import RAW_ROWS, Pyramid

PICTURE_SCALE = 2.0


def save_picture(widget: QWidget, path: Path) -> None:
    """Write what the widget shows as a PNG, twice as fine as on the screen.  Raises StorageError."""
    image = QImage(widget.size() * PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PICTURE_SCALE)
    image.fill(QColor(theme.colors().window))
    painter = QPainter(image)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    atomic_write_bytes(path, bytes(buffer.data().data()))


@dataclass(frozen=True)
class Figures:
    """A run's figures as they are at this moment: they can be written in another thread."""

    name: str
    epochs: Table
    steps: Table

    @classmethod
    def of(cls, data: RunCurves, name: str = "") -> Figures:
        """Those of a run.  Of one with more than RAW_ROWS steps the older ones are means over several."""
        return cls(name, *(_all_rows(table) for table in (data.epochs, data.steps)))


def _all_rows(table: Pyramid) -> Table:
    return table.query(Axis.STEP, float("-inf"), float("inf"), RAW_ROWS + 1).mean.copy()


def save_tables(runs: Sequence[Figures], path: Path) -> tuple[Path, Path]:
    """Write the figures of the epochs to path, and those of the steps beside it.  Raises StorageError.

    With several runs the last column names the one that a row belongs to.
    """
    steps = path.with_name(f"{path.stem} steps{path.suffix}")
    several = len(runs) > 1
    for target, names in ((path, EPOCH_COLUMNS), (steps, STEP_COLUMNS)):
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([*names, "run"] if several else names)
        for run in runs:
            own = [run.name] if several else []
            rows = run.epochs if target == path else run.steps
            writer.writerows([*(f"{value:.9g}" for value in row), *own] for row in rows)
        atomic_write_text(target, text.getvalue())
    return path, steps

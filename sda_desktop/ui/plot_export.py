"""The plots as a picture, and their figures as tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from sda_desktop.storage import atomic_write_bytes, atomic_write_text
from sda_desktop.ui import theme
from sda_desktop.ui.plot_data import EPOCH_COLUMNS, STEP_COLUMNS, Axis, RunCurves
from sda_desktop.ui.plot_ring import RAW_ROWS

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


def save_tables(data: RunCurves, path: Path) -> tuple[Path, Path]:
    """Write the figures of the epochs to path, and those of the steps beside it.  Raises StorageError.

    Of a run with more than RAW_ROWS steps the older ones are means over several.
    """
    steps = path.with_name(f"{path.stem} steps{path.suffix}")
    for target, table, names in ((path, data.epochs, EPOCH_COLUMNS), (steps, data.steps, STEP_COLUMNS)):
        rows = table.query(Axis.STEP, float("-inf"), float("inf"), RAW_ROWS + 1).mean
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(names)
        writer.writerows([f"{value:.9g}" for value in row] for row in rows)
        atomic_write_text(target, text.getvalue())
    return path, steps

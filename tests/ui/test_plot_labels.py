"""The labels inside a plot's right edge stand at their values, whatever the size of the window."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.ui.plot_view import PlotView


def label_height(view: QWidget, color: tuple[int, int, int]) -> float:
    """Where the label is: the mean row of the pixels of its colour, as a share of the height."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(image.height(), -1, 3).astype(int)
    near = np.abs(pixels - np.array(color)).max(axis=2) < 80
    assert near.any()
    return float(np.flatnonzero(near.any(axis=1)).mean()) / image.height()


def test_labels_follow_a_resized_window(qtbot: QtBot) -> None:
    view = PlotView(shows_x=False)
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    qtbot.waitExposed(view)
    view.set_ranges((0.0, 1.0), (0.0, 1.0), log=False)
    view.set_curves([], right=[(0.5, "half")], right_color="#ff0000")
    before = label_height(view, (255, 0, 0))
    view.resize(400, 600)
    qtbot.waitUntil(lambda: abs(label_height(view, (255, 0, 0)) - before) < 0.1)

"""The curves on screens with several pixels to one of ours: as bold and as dashed as on any other."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from sda_desktop.ui.plot_view import Signs, Stroke, _Curves

RED = "#ff0000"
SCALES = (1.0, 1.5, 2.0, 3.0)

pytestmark = pytest.mark.usefixtures("qapp")


def red_pixels(stroke: Stroke, scale: float) -> NDArray[np.bool_]:
    """Which pixels of a plot of 400 x 200 are of the stroke's colour, on a screen of that scale."""
    curves = _Curves()
    curves.set_area(QRectF(0, 0, 1, 1))
    curves.set_strokes([stroke], [], "#000000")
    image = QImage(round(400 * scale), round(200 * scale), QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(0, 200)
    painter.scale(400, -200)
    curves.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(image.height(), -1, 3)
    return np.less(pixels[:, :, 1], 128)  # on white, where it covers more than half of a pixel


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("slope", [0.0, 1.0, -1.0])
def test_a_bold_curve_is_bold_on_every_screen(scale: float, slope: float) -> None:
    x = np.array([0.0, 1.0])
    seen = red_pixels(Stroke(x, 0.5 + slope * (x - 0.5) * 0.2, RED, bold=True), scale)
    middle = seen[:, seen.shape[1] // 2 : seen.shape[1] // 2 + 20]
    assert float(middle.sum(axis=0).mean()) == pytest.approx(2 * scale, abs=1 + 0.2 * scale)


@pytest.mark.parametrize("scale", SCALES)
def test_a_compared_curve_is_half_as_bold_and_bears_its_sign_on_every_screen(scale: float) -> None:
    x = np.array([0.0, 1.0])
    signs = Signs(1, RED, np.array([0.5]), np.array([0.5]))
    seen = red_pixels(Stroke(x, np.array([0.5, 0.5]), RED, signs=signs), scale)
    heights = seen.sum(axis=0)
    assert float(heights[: round(150 * scale)].mean()) == pytest.approx(scale, abs=0.5)
    high = np.flatnonzero(heights > 2 * scale)  # the upright sides of the square
    assert high[-1] - high[0] == pytest.approx(6 * scale, abs=1 + scale / 2)
    rows = np.flatnonzero(seen.any(axis=1))
    assert rows[-1] - rows[0] == pytest.approx(6 * scale, abs=1 + scale / 2)


@pytest.mark.parametrize("scale", SCALES)
def test_the_dashes_of_a_bold_curve_can_be_told_apart_on_every_screen(scale: float) -> None:
    x = np.array([0.0, 1.0])
    half = np.array([0.5, 0.5])
    seen = red_pixels(Stroke(x, half, RED, bold=True, dash=Qt.PenStyle.DashLine), scale)
    columns = np.any(seen, axis=0)[round(100 * scale) : round(300 * scale)]
    dashes = np.count_nonzero(np.diff(columns.astype(int)) == 1)
    assert dashes == pytest.approx(200 / 6, abs=3)  # 4 on, 2 off, in our pixels


@pytest.mark.parametrize("scale", SCALES)
def test_a_dot_is_round_and_as_large_on_every_screen(scale: float) -> None:
    seen = red_pixels(Stroke(np.array([0.5]), np.array([0.5]), RED, dots=True), scale)
    assert int(seen.any(axis=0).sum()) == pytest.approx(5 * scale, abs=1)
    assert int(seen.any(axis=1).sum()) == pytest.approx(5 * scale, abs=1)

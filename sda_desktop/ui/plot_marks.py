"""Signs that tell the curves of several runs apart: a shape for each run, the same in all places.

Colour and dash are taken by what a curve means, which is the same for all runs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

Row = NDArray[np.float64]
SIZE = 6.0  # in our pixels, like what follows
APART = 96
LINE = 1.0  # the width of the curve and of the shape's outline
ROUND_LINE = 1.4  # of what does not run along the pixels, to look as dark
MOST_MARKS = 3


@cache
def shape(mark: int) -> QPainterPath:
    """A circle, a square or a triangle around the origin, equally large to the eye."""
    path = QPainterPath()
    if mark == 0:
        path.addEllipse(QPointF(), SIZE * 0.55, SIZE * 0.55)
    elif mark == 1:
        path.addRect(QRectF(-SIZE / 2, -SIZE / 2, SIZE, SIZE))
    else:
        half, up, down = SIZE * 0.65, -SIZE * 0.65, SIZE * 0.5
        path.addPolygon(QPolygonF([QPointF(-half, down), QPointF(half, down), QPointF(0, up)]))
        path.closeSubpath()
    return path


def paint_marks(painter: QPainter, mark: int, places: Iterable[QPointF], color: str, ground: str) -> None:
    """A run's sign at each of the places, hollow: filled ones are the dots of the present run's epochs."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), LINE if mark == 1 else ROUND_LINE))
    painter.setBrush(QColor(ground))
    outline = shape(mark)
    for place in places:
        # On the middle of a pixel: between two its lines would be twice as wide and half as dark.
        painter.drawPath(outline.translated(math.floor(place.x()) + 0.5, math.floor(place.y()) + 0.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_sample(painter: QPainter, area: QRectF, mark: int, color: str, ground: str) -> None:
    """A piece of a curve with the run's sign in its middle, for legends and lists."""
    middle = area.center()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), LINE))
    painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
    paint_marks(painter, mark, [middle], color, ground)


def mark_places(x: Row, y: Row, apart: float, shift: float) -> tuple[Row, Row]:
    """Where a curve bears its run's sign: every `apart` along x, and at its end.

    They stay where they are while the curve is moved.  shift: 0 to 1, so that those of curves that lie
    close together stand between each other.
    """
    if len(x) == 0:
        return x, y
    places = (np.arange(np.ceil(x[0] / apart - shift), np.floor(x[-1] / apart - shift) + 1) + shift) * apart
    # One beside the end would be on top of it.
    places = np.append(places[places < x[-1] - apart / 4], x[-1])
    return places, np.interp(places, x, y)

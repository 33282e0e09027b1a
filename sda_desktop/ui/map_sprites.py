"""Dots as small pictures, drawn once: pasting them is what makes 500 of them fluid."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from sda_desktop.ui import theme
from sda_desktop.ui.map_colors import Look, Shape

_KEPT = 512
_DIMMED = 0.22
_EDGE = 1.2  # width of the outline, pixels


def shape_path(shape: Shape, x: float, y: float, radius: float) -> QPainterPath:
    """The outline of a shape around a point; all shapes look equally large."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(x, y), radius, radius)
    elif shape == "square":
        side = 0.88 * radius
        path.addRect(QRectF(x - side, y - side, 2 * side, 2 * side))
    elif shape == "cross":
        path = _cross(x, y, radius)
    else:
        corners, turn = (3, -math.pi / 2) if shape == "triangle" else (4, 0.0)
        reach = radius * (1.25 if shape == "triangle" else 1.2)
        drop = radius * 0.2 if shape == "triangle" else 0.0
        points = [
            QPointF(
                x + reach * math.cos(turn + 2 * math.pi * k / corners),
                y + drop + reach * math.sin(turn + 2 * math.pi * k / corners),
            )
            for k in range(corners)
        ]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    return path


def _cross(x: float, y: float, radius: float) -> QPainterPath:
    long, thin = 1.15 * radius, 0.4 * radius
    upright, lying = QPainterPath(), QPainterPath()
    upright.addRect(QRectF(x - thin, y - long, 2 * thin, 2 * long))
    lying.addRect(QRectF(x - long, y - thin, 2 * long, 2 * thin))
    return upright.united(lying)


def sprite(look: Look, radius: float, ratio: float, colors: theme.Colors, *, dimmed: bool = False) -> QPixmap:
    """A dot on transparent ground, its middle in the middle of the picture."""
    return _sprite(look, round(radius, 1), ratio, colors, dimmed)


@lru_cache(maxsize=_KEPT)
def _sprite(look: Look, radius: float, ratio: float, colors: theme.Colors, dimmed: bool) -> QPixmap:
    side = 2 * math.ceil(1.3 * radius + 2 * _EDGE)
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(_DIMMED if dimmed else 1.0)
    middle = side / 2
    path = shape_path(look.shape, middle, middle, radius)
    if look.color:
        # The outline keeps bright colours apart from a bright ground, and dots apart from each other.
        painter.setPen(QPen(QColor(theme.mixed(look.color, colors.text, 0.45)), _EDGE))
        painter.setBrush(QColor(look.color))
    else:
        painter.setPen(QPen(QColor(colors.muted), _EDGE))
        painter.setBrush(QColor(colors.plot))
    painter.drawPath(path)
    painter.end()
    return made


@lru_cache(maxsize=64)
def ring(radius: float, width: float, ratio: float, color: str, ground: str) -> QPixmap:
    """A ring with a rim of the ground on either side, so that it stands off from what is below."""
    side = 2 * math.ceil(radius + width + 2)
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = QPointF(side / 2, side / 2)
    for pen in (QPen(QColor(ground), width + 2), QPen(QColor(color), width)):
        painter.setPen(pen)
        painter.drawEllipse(middle, radius, radius)
    painter.end()
    return made

"""Paints the map: a ground that changes seldom, and above it what follows the pointer and the sound."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from sda_desktop.ui import theme
from sda_desktop.ui.map_labels import LABELLED_HITS, paint_labels
from sda_desktop.ui.map_scene import MapScene
from sda_desktop.ui.map_sprites import ring, shape_path, sprite

_LINES = 8  # the faint grid's, along each side of the map


def ground(scene: MapScene, size: QSize, font: QFont, ratio: float) -> QPixmap:
    """What stays while the pointer moves: grid, dots, rings around selected ones, names of hits."""
    colors = theme.colors()
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(colors.plot))
    painter = QPainter(made)
    painter.setClipRect(QRectF(scene.view.left, scene.view.top, scene.view.width, scene.view.height))
    if scene.dots:
        _paint_grid(painter, scene)
        found = set(scene.hits)
        _paint_dots(painter, scene, [i for i in range(len(scene.dots)) if i not in found], ratio)
        # Their names lie above the others and below themselves.
        if len(found) <= LABELLED_HITS:
            paint_labels(painter, scene, font)
        _paint_dots(painter, scene, scene.hits, ratio)
    painter.end()
    return made


def _paint_grid(painter: QPainter, scene: MapScene) -> None:
    """Faint lines that move and grow with the map: in empty space they say where one is."""
    view = scene.view
    painter.setPen(QPen(QColor(theme.colors().grid), 1))
    left, top = view.pixel(0.0, 0.0)
    right, bottom = view.pixel(1.0, 1.0)
    for line in range(_LINES + 1):
        x, y = view.pixel(line / _LINES, line / _LINES)
        painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, bottom))
        painter.drawLine(QPointF(left, round(y) + 0.5), QPointF(right, round(y) + 0.5))


def _paint_dots(painter: QPainter, scene: MapScene, indices: Sequence[int], ratio: float) -> None:
    colors, radius = theme.colors(), scene.radius
    searching = bool(scene.search.strip())
    hits = set(scene.hits)
    view = scene.view
    looks = scene.coloring.looks
    pixels = scene.pixels.tolist()
    # Selected ones lie above the others.
    for index in sorted(indices, key=scene.selected.__contains__):
        x, y = pixels[index]
        if not (view.left - 20 < x < view.left + view.width + 20):
            continue
        if not (view.top - 20 < y < view.top + view.height + 20):
            continue
        dimmed = searching and index not in hits
        size = radius * 1.3 if index in hits else radius
        mark = sprite(looks[index], size, ratio, colors, dimmed=dimmed)
        half = mark.width() / ratio / 2
        painter.drawPixmap(QPointF(x - half, y - half), mark)
        if index in scene.selected:
            _paste_ring(painter, x, y, ring(size + 3.0, 1.6, ratio, colors.text, colors.plot))


def _paste_ring(painter: QPainter, x: float, y: float, picture: QPixmap) -> None:
    half = picture.deviceIndependentSize().width() / 2
    painter.drawPixmap(QPointF(x - half, y - half), picture)


# Above the ground.


def paint_marker(painter: QPainter, scene: MapScene) -> None:
    """The way that was played, and a cross-hair where it ended."""
    if scene.marker is None:
        return
    colors = theme.colors()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(scene.trail) > 1:
        accent = QColor(colors.accent)
        points = [QPointF(*scene.view.pixel(x, y)) for x, y in scene.trail]
        for number in range(1, len(points)):
            accent.setAlphaF(0.15 + 0.65 * number / len(points))
            painter.setPen(QPen(accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(points[number - 1], points[number])
    x, y = scene.view.pixel(*scene.marker)
    for color, width in ((colors.plot, 4.0), (colors.accent, 1.8)):
        painter.setPen(QPen(QColor(color), width))
        painter.drawEllipse(QPointF(x, y), 6, 6)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(x + 3 * dx, y + 3 * dy), QPointF(x + 11 * dx, y + 11 * dy))


def paint_playing(painter: QPainter, scene: MapScene) -> None:
    """The dot that sounds: larger, within a ring that closes as the sound goes on."""
    if scene.playing is None:
        return
    colors = theme.colors()
    x, y = scene.pixels[scene.playing].tolist()
    look, radius = scene.coloring.looks[scene.playing], scene.radius * 1.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(look.color or colors.plot))
    painter.setPen(QPen(QColor(colors.text), 1.4))
    painter.drawPath(shape_path(look.shape, x, y, radius))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    reach = radius + 5
    circle = QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
    for color, width in ((colors.plot, 6.0), (colors.border, 3.0)):
        painter.setPen(QPen(QColor(color), width))
        painter.drawEllipse(circle)
    painter.setPen(QPen(QColor(colors.accent), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(circle, 90 * 16, -round(scene.progress * 360 * 16))


def paint_pointed(painter: QPainter, scene: MapScene, index: int, *, focused: bool) -> None:
    """The dot with the card: larger, outlined; dashed where it is the keyboard's."""
    colors = theme.colors()
    x, y = scene.pixels[index].tolist()
    look, radius = scene.coloring.looks[index], scene.radius * 1.4
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(look.color or colors.plot))
    painter.setPen(QPen(QColor(colors.text), 1.6))
    painter.drawPath(shape_path(look.shape, x, y, radius))
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors.accent), 1.6, Qt.PenStyle.DashLine))
        side = radius + 5
        painter.drawRoundedRect(QRectF(x - side, y - side, 2 * side, 2 * side), 3, 3)


def paint_lasso(painter: QPainter, scene: MapScene) -> None:
    """The line that is being drawn around dots."""
    if len(scene.lasso) < 2:
        return
    colors = theme.colors()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(colors.accent)
    fill.setAlpha(28)
    painter.setBrush(fill)
    painter.setPen(QPen(QColor(colors.accent), 1.4, Qt.PenStyle.DashLine))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in scene.lasso]))

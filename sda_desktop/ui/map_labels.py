"""Names beside the dots that a search found, as many as cover neither each other nor those dots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from sda_desktop.ui import theme
from sda_desktop.ui.map_scene import MapScene

LABELLED_HITS = 12  # more names would cover the map
_WIDTH = 18 * theme.GRID
_APART = 4.0  # pixels from the dot's edge


def label_areas(
    dots: Sequence[tuple[float, float]], widths: Sequence[float], height: float, radius: float, area: QRectF
) -> list[QRectF | None]:
    """Where the names go: beside their dot, below or above it; None where there is no room.

    dots: in pixels.  widths: of the names.  area: what the map has in sight.
    """
    taken = [QRectF(x - radius, y - radius, 2 * radius, 2 * radius) for x, y in dots]
    made: list[QRectF | None] = []
    for (x, y), width in zip(dots, widths, strict=True):
        reach = radius + _APART
        tries = (
            QRectF(x + reach, y - height / 2, width, height),
            QRectF(x - reach - width, y - height / 2, width, height),
            QRectF(x - width / 2, y + reach, width, height),
            QRectF(x - width / 2, y - reach - height, width, height),
        )
        found = next((t for t in tries if area.contains(t) and not any(t.intersects(o) for o in taken)), None)
        made.append(found)
        if found is not None:
            taken.append(found)
    return made


def paint_labels(painter: QPainter, scene: MapScene, font: QFont) -> None:
    """Paint the names of what was found."""
    colors, view = theme.colors(), scene.view
    small = theme.small(font)
    metrics = QFontMetrics(small)
    painter.setFont(small)
    names = [
        metrics.elidedText(scene.dots[index].name, Qt.TextElideMode.ElideMiddle, _WIDTH)
        for index in scene.hits
    ]
    dots = [(float(x), float(y)) for x, y in scene.pixels[scene.hits].tolist()] if scene.hits else []
    areas = label_areas(
        dots,
        [metrics.horizontalAdvance(name) + 4 for name in names],
        metrics.height(),
        scene.radius * 1.3,
        QRectF(view.left, view.top, view.width, view.height),
    )
    back = QColor(colors.plot)
    back.setAlpha(200)
    for name, area in zip(names, areas, strict=True):
        if area is not None:
            painter.fillRect(area, back)
            painter.setPen(QColor(colors.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)

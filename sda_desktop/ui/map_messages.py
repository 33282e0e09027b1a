"""What the map says while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from sda_desktop.ui import icons, theme
from sda_desktop.ui.map_scene import MapScene

_ICON = 40
_WIDTH = 48 * theme.GRID
_BAR = 28 * theme.GRID


def _tr(text: str) -> str:
    return QCoreApplication.translate("SoundMap", text)


def message(scene: MapScene) -> tuple[str, str]:
    """A heading and a sentence; empty where the map itself is to be seen."""
    if scene.state == "no_model":
        return _tr("No model chosen"), _tr(
            "Choose one on the left. There is none? The Train page makes one of your sounds."
        )
    if scene.state == "measuring" and not scene.total:
        return _tr("Opening the model"), _tr("Its sounds are laid out next.")
    if scene.state == "measuring":
        words = _tr("{done} of {total} sounds").format(done=scene.done, total=scene.total)
        return _tr("Laying out the map"), words
    if scene.state == "no_sounds" or not scene.dots:
        return (
            _tr("This model has no sounds to lay out"),
            _tr("Their files may have been moved. New sounds can be made all the same."),
        )
    return "", ""


def paint_message(painter: QPainter, scene: MapScene, area: QRectF, font: QFont, ratio: float) -> None:
    """Paint it in the middle of the area, with a bar while it measures."""
    heading, sentence = message(scene)
    if not heading:
        return
    colors = theme.colors()
    measuring = scene.state == "measuring"
    large = theme.scaled(font, 1.15)
    large.setWeight(QFont.Weight.DemiBold)
    small = theme.tabular(font)
    width = min(_WIDTH, area.width() - 2 * theme.GRID)
    wrap = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    room = QRectF(0, 0, width, area.height())
    title = QFontMetrics(large).boundingRect(room.toRect(), wrap, heading).height()
    body = QFontMetrics(small).boundingRect(room.toRect(), wrap, sentence).height()
    top = area.center().y() - (_ICON + title + body + 4 * theme.GRID) / 2
    left = area.center().x() - width / 2
    picture = icons.pixmap("sound", _ICON, "disabled", ratio)
    painter.drawPixmap(QPointF(area.center().x() - _ICON / 2, top), picture)
    top += _ICON + theme.GRID
    painter.setFont(large)
    painter.setPen(QColor(colors.text))
    painter.drawText(QRectF(left, top, width, title), wrap, heading)
    top += title + theme.HALF
    painter.setFont(small)
    painter.setPen(QColor(colors.muted))
    painter.drawText(QRectF(left, top, width, body), wrap, sentence)
    if measuring:
        top += body + theme.GRID
        bar = QRectF(area.center().x() - _BAR / 2, top, _BAR, theme.HALF)
        share = scene.done / scene.total if scene.total else 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for color, part in ((colors.border, 1.0), (colors.accent, min(share, 1.0))):
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), part * bar.width(), bar.height()), 2, 2)

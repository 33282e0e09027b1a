"""The icon family: our own SVG line drawings, tinted with the theme when they are painted.

An icon made once stays right after the theme changes, and is sharp at every scale.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from sda_desktop.paths import resources_dir
from sda_desktop.ui import theme

SUFFIX = ".svg"


@cache
def names() -> tuple[str, ...]:
    """The names that `icon` knows."""
    folder = resources_dir() / "icons"
    return tuple(sorted(p.stem for p in folder.glob(f"*{SUFFIX}") if not p.stem.startswith("_")))


def icon(name: str, color: str | None = None) -> QIcon:
    """The icon called name, in the theme's text colour.

    color: the name of a field of theme.Colors ("accent", "warning", "accent_text" ...) to use instead.
    Raises FileNotFoundError for an unknown name.
    """
    _source(name)
    return QIcon(_TintedEngine(name, color))


def pixmap(name: str, size: int, color: str | None = None, device_pixel_ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of size x size device-independent pixels, for labels and delegates."""
    return _render(name, _color(color, QIcon.Mode.Normal), size, size, device_pixel_ratio)


@cache
def _source(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def _color(field: str | None, mode: QIcon.Mode) -> str:
    colors = theme.colors()
    if mode == QIcon.Mode.Disabled:
        return colors.disabled
    return str(getattr(colors, field)) if field else colors.text


def _render(name: str, color: str, width: int, height: int, ratio: float) -> QPixmap:
    key = f"sda-icon/{name}/{color}/{width}x{height}@{ratio:g}"
    # Qt's own cache: bounded, and emptied before the application goes.
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    side = min(made.width(), made.height())
    square = QRectF((made.width() - side) / 2, (made.height() - side) / 2, side, side)
    renderer.render(painter, square)
    painter.end()
    made.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, made)
    return made


_clones: list[QIconEngine] = []


class _TintedEngine(QIconEngine):
    """Paints the SVG in the colour that the theme has at that moment."""

    def __init__(self, name: str, color: str | None) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def clone(self) -> QIconEngine:
        # Qt asks for one only when an icon that is shared gets changed (QIcon.addPixmap), which nobody does
        # here.  Shiboken frees a returned engine with its last Python reference while Qt still uses it, so
        # one is kept.
        made = _TintedEngine(self._name, self._color)
        _clones.append(made)
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            rect, _render(self._name, _color(self._color, mode), rect.width(), rect.height(), ratio)
        )

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _render(self._name, _color(self._color, mode), size.width(), size.height(), 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return _render(self._name, _color(self._color, mode), size.width(), size.height(), scale)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size


def qcolor(field: str) -> QColor:
    """A colour of the theme as a QColor."""
    return QColor(str(getattr(theme.colors(), field)))

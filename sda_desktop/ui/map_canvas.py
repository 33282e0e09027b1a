"""The map of sounds as a picture: what is in sight, painted in two layers, and described in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sda_desktop.ui import map_layers, theme
from sda_desktop.ui.icons import qcolor
from sda_desktop.ui.map_card import MapCard, card_facts
from sda_desktop.ui.map_colors import coloring
from sda_desktop.ui.map_legend import MapLegend
from sda_desktop.ui.map_messages import message, paint_message
from sda_desktop.ui.map_scene import MapScene
from sda_desktop.ui.map_zoom import KEY_ZOOM
from sda_desktop.words import counted


class MapCanvas(QWidget):
    """Paints a MapScene.

    The dots are painted into a picture that is kept until the view or their looks change; what follows the
    pointer and the sound is painted above it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.scene = MapScene()
        self._card, self._legend = MapCard(), MapLegend()
        self._ground: QPixmap | None = None
        theme.notifier().changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        return QSize(70 * theme.GRID, 56 * theme.GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.GRID, 24 * theme.GRID)

    # What is in sight.

    @Slot()
    def zoom_in(self) -> None:
        """Nearer, around the middle."""
        self._zoom(KEY_ZOOM)

    @Slot()
    def zoom_out(self) -> None:
        """Further away."""
        self._zoom(1 / KEY_ZOOM)

    @Slot()
    def fit(self) -> None:
        """Show the whole map."""
        self.scene.view = self.scene.view.fitted()
        self._redraw()

    def _recolor(self) -> None:
        scene = self.scene
        scene.coloring = coloring(scene.dots, scene.color_by, dark=theme.colors().dark)
        self._lay_out()

    def _lay_out(self) -> None:
        self._legend.lay_out(self.scene.coloring, self.width(), self.font())
        self.scene.view = self.scene.view.within(
            0, 0, self.width(), max(1, self.height() - self._legend.height)
        )
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        self._ground = None
        self.update()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._recolor()

    def _go_to(self, index: int) -> None:
        """Put the keyboard's place on a dot, and have it in sight."""
        scene = self.scene
        scene.cursor, scene.keyed, scene.hovered = index, True, None
        view = scene.view.revealing(*scene.places[index].tolist())
        if view is not scene.view:
            scene.view = view
            self._ground = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        """What a screen reader says."""
        scene = self.scene
        heading, sentence = message(scene)
        if heading:
            self.setAccessibleDescription(f"{heading}. {sentence}")
            return
        words = [counted("{n} sound.", "{n} sounds.", len(scene.dots))]
        if scene.selected:
            words.append(self.tr("{n} selected.").format(n=len(scene.selected)))
        if scene.cursor is not None:
            dot = scene.dots[scene.cursor]
            words.insert(0, f"{dot.name}, {card_facts(dot, scene.color_by)}.")
        words.append(self.tr("Arrow keys go from sound to sound, Enter plays."))
        self.setAccessibleDescription(" ".join(words))

    @Slot(float)
    def _zoom(self, factor: float) -> None:
        view = self.scene.view
        cursor = self.scene.cursor
        middle = (view.left + view.width / 2, view.top + view.height / 2)
        at = view.pixel(*self.scene.places[cursor].tolist()) if cursor is not None else middle
        self._zoom_at(factor, *at)

    def _zoom_at(self, factor: float, x: float, y: float) -> None:
        if self.scene.dots:
            self.scene.view = self.scene.view.zoomed(factor, x, y)
            self._redraw()

    # Painting.

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        scene, ratio = self.scene, self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            self._ground = map_layers.ground(scene, self.size(), self.font(), ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        area = QRectF(scene.view.left, scene.view.top, scene.view.width, scene.view.height)
        if scene.dots:
            painter.save()
            painter.setClipRect(area)
            self._paint_above(painter, ratio)
            painter.restore()
            self._legend.paint(painter, area.bottom(), self.width(), ratio)
            shown = scene.shown
            if shown is not None and not scene.lasso:
                x, y = scene.pixels[shown].tolist()
                if area.contains(QPointF(x, y)):
                    rect = self._card.place(x, y, QRectF(self.rect()).adjusted(4, 4, -4, -4), self.font())
                    self._card.paint(painter, rect, scene.dots[shown], scene.color_by, self.font(), ratio)
        else:
            paint_message(painter, scene, area, self.font(), ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor("accent" if self.hasFocus() else "border"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()

    def _paint_above(self, painter: QPainter, ratio: float) -> None:
        scene = self.scene
        map_layers.paint_marker(painter, scene)
        shown = scene.shown
        if shown is not None:
            map_layers.paint_pointed(painter, scene, shown, focused=shown == scene.cursor and self.hasFocus())
        map_layers.paint_playing(painter, scene)
        map_layers.paint_lasso(painter, scene)

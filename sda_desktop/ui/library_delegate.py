"""Paints the library's rows: a small picture of the map, the name, and two lines about the model."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sda_desktop.generation.library import LibraryModel
from sda_desktop.ui import icons, theme
from sda_desktop.ui.library_model import MODEL_ROLE, AnyIndex, LibraryRows

ICON = 16
DOT = 1.3  # radius


class LibraryDelegate(QStyledItemDelegate):
    """A row is three lines high; the picture is a square of that height."""

    def __init__(self, rows: LibraryRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        small = QFontMetrics(theme.small(option.font))
        height = QFontMetrics(option.font).height() + 2 * small.height() + 2 * theme.GRID
        return QSize(24 * theme.GRID, height)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("modelNameEditor")
        editor.setAccessibleName(self.tr("Name of the model"))
        editor.setMaxLength(120)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        _, words = self._places(option.rect)
        height = QFontMetrics(option.font).height() + theme.GRID
        editor.setGeometry(words.left() - theme.HALF, words.top() - 3, words.width() + theme.HALF, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.data(MODEL_ROLE)
        if not isinstance(model, LibraryModel):
            return
        colors = theme.colors()
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(option.rect, QColor(colors.selection if selected else colors.hover))
        if model.path == self._rows.current:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(colors.accent)
            )
        picture, words = self._places(option.rect)
        self._paint_picture(painter, picture, model, colors)
        self._paint_words(painter, words, option.font, model, colors)
        painter.restore()

    def _places(self, row: QRect) -> tuple[QRect, QRect]:
        """The picture and the words."""
        inner = row.adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)
        side = inner.height()
        left = inner.left() + side + theme.GRID
        return (
            QRect(inner.left(), inner.top(), side, side),
            QRect(left, inner.top(), inner.right() - left + 1, side),
        )

    def _paint_picture(
        self, painter: QPainter, place: QRect, model: LibraryModel, colors: theme.Colors
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.setBrush(QColor(colors.plot))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        ratio = painter.device().devicePixelRatioF()
        if model.damaged or model.picture is None:
            unusable = ("warning", "warning") if model.newer else ("error", "error")
            name, color = unusable if model.damaged else ("sound", "muted")
            name, color = ("train", "accent") if model.live and not model.damaged else (name, color)
            sign = icons.pixmap(name, ICON, color, ratio)
            painter.drawPixmap(place.center().x() - ICON // 2 + 1, place.center().y() - ICON // 2 + 1, sign)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(place).adjusted(4, 4, -4, -4)
        shades = [QColor(colour) for colour in (colors.accent, colors.validation, colors.train, colors.kl)]
        for (x, y), group in zip(model.picture.dots, model.picture.groups, strict=True):
            painter.setBrush(shades[group % len(shades)])
            at = QPointF(area.left() + x / 255 * area.width(), area.top() + y / 255 * area.height())
            painter.drawEllipse(at, DOT, DOT)

    def _paint_words(
        self, painter: QPainter, place: QRect, font: QFont, model: LibraryModel, colors: theme.Colors
    ) -> None:
        metrics, small = QFontMetrics(font), theme.tabular(theme.small(font))
        small_metrics = QFontMetrics(small)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(QColor(colors.text if model.usable else colors.muted))
        line = QRect(place.left(), place.top(), place.width(), metrics.height())
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(line, 0, QFontMetrics(strong).elidedText(model.name, elide, place.width()))
        painter.setFont(small)
        damaged, live = model.damaged, model.live and not model.damaged
        wrong = damaged and not model.newer
        painter.setPen(QColor(colors.error if wrong else colors.accent if live else colors.muted))
        for text in (self._rows.line(model), self._rows.figures(model)):
            line = QRect(place.left(), line.bottom() + 1, place.width(), small_metrics.height())
            painter.drawText(line, 0, small_metrics.elidedText(text, elide, place.width()))
            if not damaged:
                painter.setPen(QColor(colors.muted))

"""The legend above a plot: what each curve is, its value, and a click that hides it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from sda_desktop.ui import theme

SWATCH_WIDTH = 18
LEAST_HEIGHT = 20  # to be hit
GRAPHICS_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
_WIDEST_VALUE = "0.0000"


class LegendChip(QAbstractButton):
    """A curve's line, name and value.  Checked while the curve is shown."""

    def __init__(
        self, name: str, label: str, color: str, dash: Qt.PenStyle, dots: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"legend_{name}")
        self.setText(label)
        self.set_spoken(label)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._color, self._dash, self._dots = color, dash, dots
        self._value = ""
        theme.notifier().changed.connect(self._on_theme_changed)

    def set_spoken(self, label: str) -> None:
        """What a screen reader calls the curve."""
        self.setAccessibleName(self.tr("Show the curve: {label}").format(label=label))

    @property
    def value(self) -> str:
        """The figure beside the name."""
        return self._value

    def set_value(self, text: str) -> None:
        """Show a figure beside the name; the chip keeps its width."""
        if text != self._value:
            self._value = text
            self.update()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _label_width(self) -> int:
        return QFontMetrics(theme.small(self.font())).horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        figures = QFontMetrics(theme.tabular(theme.small(self.font())))
        width = SWATCH_WIDTH + self._label_width() + figures.horizontalAdvance(_WIDEST_VALUE)
        return QSize(width + 4 * theme.HALF, max(LEAST_HEIGHT, figures.height() + theme.HALF))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(colors.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hover))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
        shown = self.isChecked()
        color = getattr(colors, self._color) if shown else colors.edge
        line = QColor(theme.readable(color, colors.window, GRAPHICS_CONTRAST) if shown else color)
        middle = self.height() / 2
        left, right = theme.HALF + 0.0, theme.HALF + SWATCH_WIDTH - 4.0
        painter.setPen(QPen(line, 2, self._dash))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        if self._dots:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(line)
            painter.drawEllipse(QPointF((left + right) / 2, middle), 2.5, 2.5)
        self._paint_words(painter, colors, shown)
        painter.end()

    def _paint_words(self, painter: QPainter, colors: theme.Colors, shown: bool) -> None:
        font = theme.small(self.font())
        font.setStrikeOut(not shown)
        painter.setFont(font)
        painter.setPen(QColor(colors.muted if shown else colors.disabled))
        place = QRect(theme.HALF + SWATCH_WIDTH, 0, self._label_width() + 1, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
        if shown:
            painter.setFont(theme.tabular(theme.small(self.font())))
            painter.setPen(QColor(colors.text))
            rest = QRect(place.right() + theme.HALF, 0, self.width(), self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._value)


class FlowLayout(QLayout):
    """Left to right, and on to the next line where there is no more room."""

    def __init__(self, parent: QWidget | None = None, spacing: int = theme.HALF) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x + size.width() > rect.right() + 1 and line:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


class Legend(QWidget):
    """The chips of one plot."""

    toggled = Signal()

    def __init__(self, chips: list[LegendChip], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = FlowLayout(self)
        for chip in chips:
            layout.addWidget(chip)
            chip.toggled.connect(self._on_chip_toggled)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @Slot(bool)
    def _on_chip_toggled(self, _: bool) -> None:
        self.toggled.emit()

"""The legend above a plot: what each curve is, its value, and a click that hides it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.plot_marks import paint_marks

SWATCH_WIDTH = 18
LEAST_HEIGHT = 20  # to be hit
GRAPHICS_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
LEAST_FIGURES = 6  # of a value: 0.4123
_MARK_ROOM = 16  # for a run's sign between two figures


class Chip(QAbstractButton):
    """A name that can be clicked.  Checked while what it names is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self._on_theme_changed)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paint_ground(self, painter: QPainter) -> None:
        """What tells that the pointer or the focus is here."""
        colors = theme.colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(colors.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hover))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)

    def paint_words(self, painter: QPainter, place: QRect, shown: bool) -> None:
        """The name, struck out if what it names is hidden."""
        colors = theme.colors()
        font = theme.small(self.font())
        font.setStrikeOut(not shown)
        painter.setFont(font)
        painter.setPen(QColor(colors.muted if shown else colors.disabled))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)


class LegendChip(Chip):
    """A curve's line, name and value, and behind it the values of the runs that are compared."""

    def __init__(
        self, name: str, label: str, color: str, dash: Qt.PenStyle, dots: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"legend_{name}")
        self.setText(label)
        self.set_spoken(label)
        self._color, self._dash, self._dots = color, dash, dots
        self._value = ""
        self._marks: tuple[int, ...] = ()
        self._others: tuple[str, ...] = ()
        self._figures = LEAST_FIGURES

    def set_spoken(self, label: str) -> None:
        """What a screen reader calls the curve."""
        self.setAccessibleName(self.tr("Show the curve: {label}").format(label=label))

    @property
    def value(self) -> str:
        """The figure beside the name."""
        return self._value

    @property
    def others(self) -> tuple[str, ...]:
        """The figures of the compared runs."""
        return self._others

    def set_value(self, text: str, others: Sequence[str] = ()) -> None:
        """Show a figure beside the name, and those of the compared runs; the chip keeps its width."""
        if (text, tuple(others)) != (self._value, self._others):
            self._value, self._others = text, tuple(others)
            if self._marks and (longest := max(map(len, (text, *others)))) > self._figures:
                self._figures = longest  # "1.20e-4" does not fit where others stand behind it
                self.updateGeometry()
            self.update()

    def set_marks(self, marks: Sequence[int]) -> None:
        """The signs of the runs that are compared: there is room for a figure of each."""
        if tuple(marks) != self._marks:
            self._marks, self._others = tuple(marks), ()
            self.updateGeometry()
            self.update()

    def _label_width(self) -> int:
        return QFontMetrics(theme.small(self.font())).horizontalAdvance(self.text())

    def _figure_width(self) -> int:
        return QFontMetrics(theme.tabular(theme.small(self.font()))).horizontalAdvance("0" * self._figures)

    def sizeHint(self) -> QSize:
        height = QFontMetrics(theme.tabular(theme.small(self.font()))).height() + theme.HALF
        one = self._figure_width()
        width = SWATCH_WIDTH + self._label_width() + one + 4 * theme.HALF
        return QSize(width + len(self._marks) * (one + _MARK_ROOM), max(LEAST_HEIGHT, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        self.paint_ground(painter)
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
        place = QRect(theme.HALF + SWATCH_WIDTH, 0, self._label_width() + 1, self.height())
        self.paint_words(painter, place, shown)
        if shown:
            self._paint_figures(painter, place.right() + theme.HALF, line.name())
        painter.end()

    def _paint_figures(self, painter: QPainter, left: int, line: str) -> None:
        colors = theme.colors()
        font = theme.tabular(theme.small(self.font()))
        width = self._figure_width()
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(colors.text))
        painter.drawText(QRect(left, 0, self.width(), self.height()), align, self._value)
        for mark, text in zip(self._marks, self._others, strict=False):
            left += width + _MARK_ROOM
            if left + painter.fontMetrics().horizontalAdvance(text) > self.width():
                return  # half a number helps nobody
            sign = QPointF(left - _MARK_ROOM / 2 + 1, self.height() / 2)
            paint_marks(painter, mark, [sign], line, colors.window)
            painter.setPen(QColor(colors.muted))
            painter.drawText(QRect(left, 0, self.width(), self.height()), align, text)


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
            size = item.sizeHint().boundedTo(QSize(max(1, rect.width()), item.sizeHint().height()))
            if x + size.width() > rect.right() + 1 and line:
                x, y, line = rect.x(), y + line, 0  # the chips have room enough of their own
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

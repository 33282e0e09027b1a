"""The editors of the settings form.  Each shows a value, reports what the user makes of it, and says in one
sentence what is wrong with what was typed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from sda_desktop.errors import ConfigError
from sda_desktop.training.config import BY_NAME
from sda_desktop.training.settings_table import Setting
from sda_desktop.ui import theme
from sda_desktop.ui.access import name_choice
from sda_desktop.ui.form_state import LENGTH_FIELDS, number_text, spaced
from sda_desktop.words import mark, shown

AUTOMATIC = mark("Automatic")
SECONDS_PER_MINUTE = 60.0
SHORTEST_COMBO = 6  # characters; what is longer is elided rather than widening the column


def tr(words: str) -> str:
    """Translate."""
    return QCoreApplication.translate("Form", words)


def complaint(row: Setting, low: str, high: str, unit: str) -> str:
    """What to type instead."""
    kind = tr("a whole number") if row.kind == "whole" else tr("a number")
    words = tr("Type {0} from {1} to {2} {3}").format(kind, low, high, unit).rstrip() + "."
    if row.automatic is not None:
        words = words[:-1] + tr(", or nothing for automatic.")
    return words


def normalised(text: str, *, whole: bool) -> str:
    """What was typed in the form that Python reads: a decimal comma becomes a dot, spaces go.

    A whole number keeps its comma, and is refused: "1,000" may mean one thousand or one.
    """
    bare = "".join(text.split())
    return bare if whole else bare.replace(",", ".")


class NumberField(QLineEdit):
    """A number with its unit; comma or dot, arrow keys step, the wheel does nothing."""

    edited = Signal(object)  # the number, or None if what was typed is none
    _scale = 1.0

    def __init__(self, row: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._unit = shown(row.unit)
        self._value: Any = row.default
        self._error = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFont(theme.tabular(self.font()))
        if row.automatic is not None:
            self.setPlaceholderText(shown(AUTOMATIC))
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)
        self._reserve_unit()

    def set_scale(self, scale: float, unit: str) -> None:
        """Show the value divided by scale, in another unit."""
        self._scale, self._unit = scale, unit
        self._reserve_unit()

    def value(self) -> Any:  # noqa: ANN401 - int or float, by the row
        """The last valid value."""
        return self._value

    def error(self) -> str:
        """What is wrong with what was typed, "" if nothing is."""
        return self._error

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - int or float, by the row
        """Show a valid value; reports nothing."""
        self._value, self._error = value, ""
        is_automatic = self.row.automatic is not None and value == self.row.automatic
        text = "" if is_automatic else number_text(self._shown(value))
        if text != self.text():
            self.setText(text)

    def _shown(self, value: float) -> float:
        return value if self._scale == 1.0 else round(value / self._scale, 6)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        try:
            self._value, self._error = self._parse(text), ""
        except ConfigError:
            self._error = self._complaint()
        self.edited.emit(None if self._error else self._value)

    @Slot()
    def _on_editing_finished(self) -> None:
        if not self._error:
            self.show_value(self._value)  # "0,5 " becomes "0.5"

    def _parse(self, text: str) -> Any:  # noqa: ANN401 - int or float, by the row
        whole = self.row.kind == "whole"
        bare = normalised(text, whole=whole)
        if not bare and self.row.automatic is not None:
            return self.row.automatic
        if self._scale != 1.0 and not whole:
            try:
                bare = repr(float(bare) * self._scale)
            except ValueError:
                raise ConfigError(self._complaint()) from None
        # Python would read "1_0" as well.
        return self.row.parse(bare.replace("_", "?"))

    def _complaint(self) -> str:
        if self._scale == 1.0:
            return complaint(self.row, spaced(self.row.minimum), spaced(self.row.maximum), self._unit)
        low_value = math.ceil(self.row.minimum / self._scale * 10) / 10
        high_value = math.floor(self.row.maximum / self._scale)
        return complaint(self.row, spaced(low_value), spaced(high_value), self._unit)

    # The unit stands inside the field, at its right end.

    def _reserve_unit(self) -> None:
        width = self.fontMetrics().horizontalAdvance(self._unit) + theme.HALF if self._unit else 0
        self.setTextMargins(0, 0, width, 0)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_unit"):
            self._reserve_unit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._unit or (not self.text() and self.placeholderText()):
            return
        colors = theme.colors()
        painter = QPainter(self)
        painter.setPen(QColor(colors.muted if self.isEnabled() else colors.disabled))
        area = QRect(self.rect()).adjusted(0, 0, -theme.GRID, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
        painter.end()

    # Keys and wheel.

    def event(self, event: QEvent) -> bool:
        undoes = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(key) for key in undoes)
        ):
            # The form's own undo knows the other fields too.
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 10,
            Qt.Key.Key_PageDown: -10,
        }.get(Qt.Key(event.key()))
        if steps is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        self._step(steps)

    def _step(self, steps: int) -> None:
        row, shown = self.row, self._shown(float(self._value))
        if row.kind == "whole" or self._scale != 1.0:
            size = 1.0
        else:
            # A tenth of the number's own size, so that 0.002 and 20 both step sensibly.
            size = 10.0 ** (math.floor(math.log10(abs(shown))) - 1) if shown else 0.01
        moved = (round(shown / size) + steps) * size * self._scale
        moved = float(f"{min(max(moved, row.minimum), row.maximum):.6g}")
        value = int(moved) if row.kind == "whole" else moved
        self.show_value(value)
        self.edited.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the form scrolls


class QuietComboBox(QComboBox):
    """A combo box whose value the wheel changes only while it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet reaches the popup's rows only through this kind of delegate.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(SHORTEST_COMBO)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def showPopup(self) -> None:
        # The choices are whole even where the field itself is narrow.
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 3 * theme.GRID)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        # As Qt's, but for the text that does not fit: Qt cuts it off in the middle of a letter.
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        parts = QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, parts, self).width()
        text = option.currentText
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(QuietComboBox):
    """One of several."""

    edited = Signal(object)  # the value

    def __init__(self, row: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        for value, label in zip(row.choices, row.choice_labels, strict=True):
            self.addItem(shown(label), value)
        self.activated.connect(self._on_activated)

    def error(self) -> str:
        """Nothing wrong can be chosen."""
        return ""

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - one of the row's choices
        """Show a value; reports nothing."""
        self.setCurrentIndex(self.findData(value))

    def explain(self, value: str, meaning: str) -> None:
        """Say behind a choice's label what it comes to."""
        index = self.findData(value)
        label = shown(self.row.choice_labels[index])
        self.setItemText(index, f"{label} ({meaning})" if meaning else label)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.edited.emit(self.itemData(index))


class SwitchField(QCheckBox):
    """Yes or no."""

    edited = Signal(object)  # bool

    def __init__(self, row: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.clicked.connect(self._on_clicked)

    def error(self) -> str:
        """Nothing wrong can be chosen."""
        return ""

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - a bool
        """Show a value; reports nothing."""
        self.setChecked(bool(value))

    @Slot(bool)
    def _on_clicked(self, checked: bool) -> None:
        self.edited.emit(checked)


class LengthField(QWidget):
    """How long to train: automatic, a number of epochs, or minutes."""

    edited = Signal(object)  # {"epochs": ..., "time_limit_s": ...}, or None if what was typed is no number
    number_finished = Signal()  # the number was left, or Enter pressed in it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = QuietComboBox()
        self._kind.setObjectName("lengthKind")
        name_choice(self._kind, tr("Length of the training"))
        for label, name in ((AUTOMATIC, ""), (mark("Epochs"), "epochs"), (mark("Minutes"), "time_limit_s")):
            self._kind.addItem(shown(label), name)
        # Automatic is chosen beside them, not by an empty field.
        rows = {name: replace(BY_NAME[name], automatic=None) for name in LENGTH_FIELDS}
        self._numbers = {name: NumberField(row) for name, row in rows.items()}
        # What a freshly chosen kind begins with.
        self._suggested: dict[str, Any] = {"epochs": 200, "time_limit_s": 10 * SECONDS_PER_MINUTE}
        self._numbers["time_limit_s"].set_scale(SECONDS_PER_MINUTE, tr("min"))
        row = self._line = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        self._kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(self._kind)
        for name, number in self._numbers.items():
            number.setObjectName(f"field_{name}")
            number.setAccessibleName(shown(BY_NAME[name].label))
            number.edited.connect(self._on_number_edited)
            number.editingFinished.connect(self.number_finished)
            row.addWidget(number, 1)
        self._kind.activated.connect(self._on_kind_activated)
        self.show_value({"epochs": 0, "time_limit_s": 0.0})

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on, as for the label's shortcut.

        Not by a focus proxy: Tab would come to the choice where this widget stands in the chain, and skip
        all that lies between.
        """
        self._kind.setFocus(event.reason())

    def kind(self) -> str:
        """The field that is used: "epochs", "time_limit_s" or "" for automatic."""
        return str(self._kind.currentData())

    def number(self) -> NumberField | None:
        """The number that is shown."""
        return self._numbers.get(self.kind())

    def error(self) -> str:
        """What is wrong with what was typed."""
        number = self.number()
        return number.error() if number else ""

    def set_suggestion(self, epochs: int) -> None:
        """What "Epochs" begins with when it is chosen."""
        self._suggested["epochs"] = epochs

    def show_value(self, value: dict[str, Any]) -> None:
        """Show a length; reports nothing."""
        used = next((name for name in LENGTH_FIELDS if value[name]), "")
        number = self._numbers.get(used)
        self._kind.setCurrentIndex(self._kind.findData(used))
        if number is not None:
            number.show_value(value[used])
        self._show_number()

    def _show_number(self) -> None:
        for name, number in self._numbers.items():
            number.setVisible(name == self.kind())
        self._line.setStretch(0, 0 if self.kind() else 1)

    @Slot(int)
    def _on_kind_activated(self, _index: int) -> None:
        value: dict[str, Any] = {"epochs": 0, "time_limit_s": 0.0}
        if kind := self.kind():
            value[kind] = self._suggested[kind]
        self.show_value(value)
        if (number := self.number()) is not None:
            number.setFocus()
            number.selectAll()
        self.edited.emit(value)

    @Slot(object)
    def _on_number_edited(self, number: Any) -> None:  # noqa: ANN401 - int, float or None
        if number is None:
            self.edited.emit(None)
            return
        value: dict[str, Any] = {"epochs": 0, "time_limit_s": 0.0}
        value[self.kind()] = number
        self.edited.emit(value)

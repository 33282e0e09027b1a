"""A second model beside the first: their sounds mixed in level, or one fading into the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.generation.blend import BlendValues
from sda_desktop.ui import icons, theme
from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.fade_bar import FadeBar
from sda_desktop.ui.form_fields import QuietComboBox
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.wording import short_name

PERCENT = 100
_ICON = 16


class BlendBar(QWidget):
    """Chooses the second model and how both are mixed."""

    blend_changed = Signal(object)  # BlendValues, while a control moves
    sound_chosen = Signal(str, int)  # of the second model: its key, or "" and which one of the new sounds
    settled = Signal()  # the hand left it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("blendBar")
        self.setAccessibleName(self.tr("Blend of two models"))
        self._values = BlendValues()
        self._first = self.tr("This model")
        self._drawn = 0  # so many times the dice were thrown
        self._build()
        self.set_models(self._first, ())

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(self._choice_row())
        column.addWidget(self._sound_row())
        column.addLayout(self._mix_row())
        self._why = QLabel(
            self.tr(
                "Each model has a map of its own; the same place means another sound in another model, so "
                "their sounds are mixed, not their maps."
            )
        )
        self._why.setObjectName("blendWhy")
        self._why.setWordWrap(True)
        self._why.setFont(theme.small(self._why.font()))
        self._why.setToolTip(
            self.tr(
                "<qt>Every model learns a latent space of its own, from its own sounds and its own "
                "beginning: the axes of two of them have nothing to do with each other.</qt>"
            )
        )
        theme.set_role(self._why, "muted")
        column.addWidget(self._why)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _choice_row(self) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(icons.pixmap("blend", _ICON, "muted", self.devicePixelRatioF()))
        self._sign = sign
        theme.notifier().changed.connect(self._on_theme_changed)
        words = QLabel(self.tr("Blend with"))
        self._choice = QuietComboBox()
        self._choice.setObjectName("blendModel")
        self._choice.setAccessibleName(self.tr("Second model"))
        self._choice.setToolTip(self.tr("The model whose sounds are mixed with those of this one"))
        self._choice.activated.connect(self._on_choice_activated)
        words.setBuddy(self._choice)
        row = QHBoxLayout()
        row.setSpacing(theme.HALF)
        row.addWidget(sign)
        row.addWidget(words)
        row.addWidget(self._choice, 1)
        return row

    def _sound_row(self) -> QWidget:
        words = QLabel(self.tr("Its sound"))
        self._sound = QuietComboBox()
        self._sound.setObjectName("blendSound")
        self._sound.setAccessibleName(self.tr("Sound of the second model"))
        self._sound.setToolTip(self.tr("A new sound of the other model, or one that it knows"))
        self._sound.activated.connect(self._on_sound_activated)
        words.setBuddy(self._sound)
        another = self.tr("Another new sound of the other model")
        self._dice = icon_button("blendDice", "dice", another, _ICON)
        self._dice.clicked.connect(self._on_dice_clicked)
        self._sounds = QWidget()
        row = QHBoxLayout(self._sounds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        row.addWidget(words)
        row.addWidget(self._sound, 1)
        row.addWidget(self._dice)
        self.set_sounds(())
        return self._sounds

    def _mix_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self._modes = QButtonGroup(self)
        for mode, text, tip in (
            ("level", self.tr("Level"), self.tr("One mixture over the whole sound, at equal power")),
            ("time", self.tr("Over time"), self.tr("From this model to the other over the sound")),
        ):
            button = QToolButton()
            button.setObjectName(f"blendMode_{mode}")
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setProperty("mode", mode)
            self._modes.addButton(button)
            row.addWidget(button)
        self._modes.buttonClicked.connect(self._on_modes_button_clicked)
        self._balance = BarSlider()
        self._balance.setObjectName("blendBalance")
        self._balance.setAccessibleName(self.tr("Balance of the two models"))
        self._balance.set_axis((0, PERCENT), None, 5)
        self._balance.set_origin(PERCENT // 2, centre_mark=True)
        self._balance.setToolTip(
            self.tr("Crossfade in level, at equal power; a double click goes to the middle")
        )
        self._balance.value_moved.connect(self._on_balance_value_moved)
        self._balance.value_settled.connect(self._on_balance_value_settled)
        self._fade = FadeBar()
        self._fade.setObjectName("blendFade")
        self._fade.setAccessibleName(self.tr("Fade from this model to the other"))
        self._fade.setToolTip(
            self.tr("<qt>Drag where the fade begins and ends, or all of it; equal power in between</qt>")
        )
        self._fade.moved.connect(self._on_fade_moved)
        self._fade.settled.connect(self.settled)
        self._bars = QStackedWidget()
        self._bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars.addWidget(self._balance)
        self._bars.addWidget(self._fade)
        row.addSpacing(theme.HALF)
        row.addWidget(self._bars, 1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for all lines of the sentence: a column gives it no more than it must."""
        super().resizeEvent(event)
        self._why.setMinimumHeight(self._why.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.GRID, super().minimumSizeHint().height())

    # What it is told.

    def set_models(self, first: str, others: Sequence[tuple[str, str]]) -> None:
        """The name of the model that is open, and (identity, name) of those that can be blended with it."""
        self._first = first
        self._choice.clear()
        self._choice.addItem(self.tr("No other model"), None)
        for identity, name in others:
            self._choice.addItem(name, identity)
        self._choice.setEnabled(bool(others))
        if self._values.other not in {identity for identity, _ in others}:
            self._values = replace(self._values, other=None)
        self._show()

    def set_sounds(self, sounds: Sequence[tuple[str, str]]) -> None:
        """(key, name) of the sounds that the second model knows, once it is open; none: it is not."""
        self._drawn = 0
        self._sound.clear()
        self._sound.addItem(self.tr("A new one"), "")
        for key, name in sounds:
            self._sound.addItem(name, key)
        self._sounds.setVisible(bool(sounds))

    def set_values(self, values: BlendValues) -> None:
        """Show another blend; reports nothing.  A model that is not there counts as none."""
        if self._choice.findData(values.other) < 0:
            values = replace(values, other=None)
        self._values = values
        self._show()

    def values(self) -> BlendValues:
        """The blend."""
        return self._values

    def _show(self) -> None:
        values = self._values
        self._choice.setCurrentIndex(0 if values.other is None else self._choice.findData(values.other))
        for button in self._modes.buttons():
            button.setChecked(button.property("mode") == values.mode)
            button.setVisible(values.other is not None)
        # How is only a question once there is a second model.
        self._bars.setVisible(values.other is not None)
        self._why.setVisible(values.other is not None)
        self._bars.setCurrentIndex(0 if values.mode == "level" else 1)
        names = short_name(self._first, 18), self.tr("the other")
        if values.other is not None:
            names = names[0], short_name(self._choice.currentText(), 18)
        for bar in (self._balance, self._fade):
            bar.set_words(*names)
        self._balance.show_value(round(values.balance * PERCENT))
        self._fade.show_ends(values.fade_from, values.fade_to)

    # What the user does.

    def _change(self, values: BlendValues) -> None:
        if values != self._values:
            self._values = values
            self.blend_changed.emit(values)

    @Slot(int)
    def _on_choice_activated(self, index: int) -> None:
        self._change(replace(self._values, other=self._choice.itemData(index)))
        self._show()
        self.settled.emit()

    @Slot(int)
    def _on_sound_activated(self, index: int) -> None:
        self.sound_chosen.emit(self._sound.itemData(index), self._drawn)

    @Slot()
    def _on_dice_clicked(self) -> None:
        self._drawn += 1
        self._sound.setCurrentIndex(0)
        self.sound_chosen.emit("", self._drawn)

    @Slot(object)
    def _on_modes_button_clicked(self, button: QToolButton) -> None:
        self._change(replace(self._values, mode=button.property("mode")))
        self._show()
        self.settled.emit()

    @Slot(int)
    def _on_balance_value_moved(self, value: int) -> None:
        self._change(replace(self._values, balance=value / PERCENT))

    @Slot(int)
    def _on_balance_value_settled(self, _value: int) -> None:
        self.settled.emit()

    @Slot(float, float)
    def _on_fade_moved(self, start: float, end: float) -> None:
        self._change(replace(self._values, fade_from=start, fade_to=end))

    @Slot()
    def _on_theme_changed(self) -> None:
        self._sign.setPixmap(icons.pixmap("blend", _ICON, "muted", self.devicePixelRatioF()))

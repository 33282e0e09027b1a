"""The sliders of a model: what each changes, how strongly, how far it can go, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.ui import icons, theme
from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.progress_line import ProgressLine
from sda_desktop.ui.sound_words import MINUS
from sda_desktop.words import shown

STEPS = 100  # of a slider, to one spread of the corpus
KEY_STEP = 10
SIDE_ICON, SIDE_WIDTH = 14, 18


@dataclass(frozen=True, slots=True)
class SliderSpec:
    """A slider as it is shown.

    less, more: what a sound becomes at its ends ("darker", "brighter").  low <= 0 <= high: where the corpus
    has sounds, in its spreads.  r: correlation of the slider's value with what it says, -1 to 1.
    feature: the measured feature.  principal: a direction of the corpus that was not sought for a feature.
    """

    id: str
    less: str
    more: str
    low: float
    high: float
    r: float
    feature: str = ""
    principal: bool = False


def signed_text(value: float) -> str:
    """A slider's value: "+0.80", "-1.25" with a real minus sign, "0.00"."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", MINUS)


class _SliderRow(QWidget):
    """One slider: the bar, its value, its strength, the way back."""

    value_changed = Signal(str, float)
    value_committed = Signal(str, float)

    def __init__(self, spec: SliderSpec) -> None:
        super().__init__()
        self.spec = spec
        self._value = 0.0
        name = self.tr("{less} to {more}").format(less=spec.less, more=spec.more)
        self.bar = BarSlider()
        self.bar.setObjectName(f"slider_{spec.id}")
        self.bar.setAccessibleName(name)
        self.bar.set_words(spec.less, spec.more)
        self.bar.set_origin(0, centre_mark=True)
        self.bar.value_moved.connect(self._on_bar_value_moved)
        self.bar.value_settled.connect(self._on_bar_value_settled)
        self._number = QLabel()
        self._number.setObjectName(f"value_{spec.id}")
        self._number.setFont(theme.tabular(self._number.font()))
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._number.setFixedWidth(self._number.fontMetrics().horizontalAdvance(f"{MINUS}0.00") + 2)
        strength = QLabel(self.tr("r = {r:.2f}").format(r=abs(spec.r)))
        strength.setObjectName(f"strength_{spec.id}")
        strength.setFont(theme.tabular(theme.scaled(theme.small(strength.font()), 0.92)))
        theme.set_role(strength, "muted")
        self._reset = QToolButton()
        self._reset.setObjectName(f"reset_{spec.id}")
        self._reset.setIcon(icons.icon("reset", "accent"))
        self._reset.setIconSize(QSize(SIDE_ICON, SIDE_ICON))
        self._reset.setFixedWidth(SIDE_WIDTH)
        self._reset.setAccessibleName(self.tr("{slider}: back to 0").format(slider=name))
        self._reset.setToolTip(self.tr("Back to 0 (double-click on the slider)"))
        self._reset.clicked.connect(self._on_reset_clicked)
        # Its place stays free, so that nothing moves when it comes.
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        row.addWidget(self.bar, 1)
        for widget in (self._number, strength, self._reset):
            row.addWidget(widget)
        self.set_range(spec.low, spec.high)
        self._show()

    def set_range(self, low: float, high: float) -> None:
        """Let it reach from low to high; 0 stays in the middle."""
        ends = round(min(0.0, low) * STEPS), round(max(0.0, high) * STEPS)
        reach = max(1, -ends[0], ends[1])
        self.bar.set_axis((-reach, reach), ends, KEY_STEP)
        self.bar.show_value(round(self._value * STEPS))
        words = self.tr(
            "<qt>From {less} to {more}, as far as the model knows sounds: {low} to {high}.<br>"
            "A direction in the latent space, in standard deviations of the corpus. Correlation of its value "
            "with {feature}, measured on new sounds: r = {r:.2f}.<br>"
            "Shift moves it finely; a double click goes back to 0.</qt>"
        )
        self.bar.setToolTip(
            words.format(
                less=self.spec.less,
                more=self.spec.more,
                low=signed_text(ends[0] / STEPS),
                high=signed_text(ends[1] / STEPS),
                feature=shown(self.spec.feature) or self.tr("what it says"),
                r=abs(self.spec.r),
            )
        )

    def controls(self) -> tuple[QWidget, ...]:
        """What can have the focus, from left to right."""
        return self.bar, self._reset

    def value(self) -> float:
        """In spreads of the corpus."""
        return self._value

    def show_value(self, value: float) -> None:
        """Show a value; reports nothing.  One out of reach is kept and drawn at the end of the bar."""
        self._value = value
        self.bar.show_value(round(value * STEPS))
        self._show()

    def _show(self) -> None:
        text = signed_text(self._value)
        self._number.setText(text)
        self.bar.setAccessibleDescription(text)
        self._reset.setVisible(text != "0.00")

    def _take(self, value: int) -> None:
        self._value = value / STEPS
        self._show()

    @Slot(int)
    def _on_bar_value_moved(self, value: int) -> None:
        self._take(value)
        self.value_changed.emit(self.spec.id, self._value)

    @Slot(int)
    def _on_bar_value_settled(self, value: int) -> None:
        self._take(value)
        self.value_committed.emit(self.spec.id, self._value)

    @Slot()
    def _on_reset_clicked(self) -> None:
        self.bar.setFocus()  # before the button vanishes with the focus
        self.reset()

    def reset(self) -> None:
        """Back to 0, as the user would."""
        if self.bar.value() == 0 and self._value:  # drawn at its end, which is 0
            self.show_value(0.0)
            self.value_changed.emit(self.spec.id, 0.0)
            self.value_committed.emit(self.spec.id, 0.0)
        else:
            self.bar.reset()


class SlidersPanel(QWidget):
    """A row per slider: measured features first, other directions folded under them."""

    value_changed = Signal(str, float)  # a slider's id and value, while it moves
    value_committed = Signal(str, float)  # the hand left it
    all_reset = Signal()  # every slider went back to 0, as one step

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slidersPanel")
        self.setAccessibleName(self.tr("Sliders"))
        self._rows: dict[str, _SliderRow] = {}
        self._build()
        self.show_none(self.tr("Open a model to see its sliders."))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(self._heading())
        self._sentence = QLabel()
        self._sentence.setObjectName("slidersSentence")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        theme.set_role(self._sentence, "muted")
        self._progress = ProgressLine()
        self._progress.setObjectName("slidersProgress")
        self._progress.setAccessibleName(self.tr("Measuring the sliders"))
        self._progress.setTextVisible(False)
        column.addWidget(self._sentence)
        column.addWidget(self._progress)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(3)
        self._fold = QPushButton()
        self._fold.setObjectName("slidersFold")
        theme.set_role(self._fold, "fold")
        self._fold.setCheckable(True)
        self._fold.setToolTip(
            self.tr("Principal directions of the corpus in the latent space, named by what they change most")
        )
        self._fold.toggled.connect(self._on_fold_toggled)
        column.addWidget(self._list)
        column.addStretch(1)

    def _heading(self) -> QHBoxLayout:
        title = QLabel(self.tr("Sliders"))
        theme.set_role(title, "heading")
        self._reset_all = QPushButton(self.tr("Reset all"))
        self._reset_all.setObjectName("slidersResetAll")
        self._reset_all.setAccessibleName(self.tr("Set all sliders back to 0"))
        theme.set_role(self._reset_all, "quiet")
        policy = self._reset_all.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset_all.setSizePolicy(policy)
        self._reset_all.clicked.connect(self._on_reset_all_clicked)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self._reset_all)
        return row

    # What it is told.

    def set_sliders(self, specs: Sequence[SliderSpec]) -> None:
        """Show these sliders, all at 0; none gets a sentence why."""
        if not specs:
            self.show_none(
                self.tr(
                    "No direction changes one thing plainly enough to be a slider. More sounds, or sounds "
                    "that differ more, would help."
                )
            )
            return
        self._clear()
        first = [spec for spec in specs if not spec.principal]
        more = [spec for spec in specs if spec.principal]
        for spec in first:
            self._add(spec)
        self._fold.setText(self.tr("More directions ({count})").format(count=len(more)))
        self._lines.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        for spec in more:
            self._add(spec)
        self._lines.addStretch(1)
        self._order_focus([*first, *more])
        self._fold.setVisible(bool(more) and bool(first))
        self._fold.setChecked(not first)
        self._show_fold()
        self._show_state("")
        self._show_reset_all()

    def _order_focus(self, specs: Sequence[SliderSpec]) -> None:
        """Tab goes through them from top to bottom: new widgets stand at the end of the window's order."""
        before: QWidget = self._reset_all
        for number, spec in enumerate(specs):
            if spec.principal and not (number and specs[number - 1].principal):
                QWidget.setTabOrder(before, self._fold)
                before = self._fold
            for widget in self._rows[spec.id].controls():
                QWidget.setTabOrder(before, widget)
                before = widget

    def show_measuring(self, done: int, total: int) -> None:
        """The sliders are being found: so many of so many sounds (total 0: not known yet)."""
        self._clear()
        words = self.tr("Measuring the sliders")
        count = self.tr(": {done} of {total} sounds").format(done=done, total=total) if total else ""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._show_state(f"{words}{count}", progress=True)

    def show_none(self, reason: str) -> None:
        """There are no sliders, and this is why."""
        self._clear()
        self._show_state(reason)

    def set_values(self, values: Mapping[str, float]) -> None:
        """Show values by slider id; what is not named is at 0.  Reports nothing."""
        for name, row in self._rows.items():
            row.show_value(values.get(name, 0.0))
        self._show_reset_all()

    def set_ranges(self, ranges: Mapping[str, tuple[float, float]]) -> None:
        """How far the sliders named can go from the present sound."""
        for name, (low, high) in ranges.items():
            if name in self._rows:
                self._rows[name].set_range(low, high)

    def values(self) -> dict[str, float]:
        """What is not at 0."""
        return {name: row.value() for name, row in self._rows.items() if row.value()}

    # Building the list.

    def _clear(self) -> None:
        self._rows.clear()
        self._lines.removeWidget(self._fold)
        self._fold.setParent(self)
        self._fold.hide()
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _add(self, spec: SliderSpec) -> None:
        row = self._rows[spec.id] = _SliderRow(spec)
        row.value_changed.connect(self._on_row_value_changed)
        row.value_committed.connect(self.value_committed)
        self._lines.addWidget(row)

    def _show_state(self, sentence: str, *, progress: bool = False) -> None:
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._progress.setVisible(progress)
        self._list.setVisible(not sentence)
        self._reset_all.setVisible(not sentence)

    def _show_fold(self) -> None:
        opened = self._fold.isChecked()
        self._fold.setIcon(icons.icon("chevron-down" if opened else "chevron-right", "muted"))
        for row in self._rows.values():
            if row.spec.principal:
                row.setVisible(opened)

    def _show_reset_all(self) -> None:
        self._reset_all.setEnabled(bool(self.values()))

    @Slot(bool)
    def _on_fold_toggled(self, opened: bool) -> None:
        self._show_fold()
        if opened:
            QTimer.singleShot(0, self, self._on_unfolded)

    @Slot()
    def _on_unfolded(self) -> None:
        """What was opened is in sight, where the panel stands in something that scrolls."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and (whole := area.widget()) is not None:
            area.verticalScrollBar().setValue(self._fold.mapTo(whole, QPoint(0, 0)).y())

    @Slot()
    def _on_reset_all_clicked(self) -> None:
        self.set_values({})
        self.all_reset.emit()

    @Slot(str, float)
    def _on_row_value_changed(self, name: str, value: float) -> None:
        self._show_reset_all()
        self.value_changed.emit(name, value)

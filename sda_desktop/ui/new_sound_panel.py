"""Making new sounds: at random, as a variation, many at once; how new, how long, how dense, as a loop."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.generation.recipe import MAX_SEED
from sda_desktop.ui import icons, theme
from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.batch_row import LABEL_WIDTH, BatchRow
from sda_desktop.ui.control_scales import (
    DENSITY_STEPS,
    LENGTH_STEPS,
    PERCENT,
    density_at,
    density_step,
    length_at,
    length_step,
)
from sda_desktop.ui.explore_state import ControlValues
from sda_desktop.ui.length_edit import LengthEdit
from sda_desktop.ui.seed_field import SeedField

NUMBER_WIDTH = 60
_ICON = QSize(16, 16)


def _number_width(widget: QWidget) -> int:
    """Room for a length of minutes in a field."""
    return max(NUMBER_WIDTH, widget.fontMetrics().horizontalAdvance("10:00.0") + 2 * theme.GRID)


class NewSoundPanel(QWidget):
    """Holds the controls of new sounds, and asks for them."""

    random_requested = Signal()  # with `values`, whose seed is the next one
    variation_requested = Signal()
    batch_requested = Signal(int)  # how many
    cancel_batch_requested = Signal()
    keep_toggled = Signal(bool)  # the present sound among the favourites, or not
    values_changed = Signal(object)  # ControlValues, while a control moves
    settled = Signal()  # the hand left a control

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newSoundPanel")
        self.setAccessibleName(self.tr("New sounds"))
        self._values = ControlValues()
        self._seed_heard = False  # the next click on Random takes another one
        self._ready = self._current = True
        self._build()
        self._show_values()
        self.set_current(None)

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._heading())
        column.addLayout(self._random_row())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.HALF)
        grid.setVerticalSpacing(theme.HALF)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._add_novelty(grid)
        self._add_length(grid)
        self._add_density(grid)
        self._add_variation(grid)
        self.batch = BatchRow()
        self.batch.batch_requested.connect(self.batch_requested)
        self.batch.cancel_requested.connect(self.cancel_batch_requested)
        column.addWidget(self.batch)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _heading(self) -> QHBoxLayout:
        title = QLabel(self.tr("New sounds"))
        theme.set_role(title, "heading")
        self._keep = self._toggle("keepButton", "star", self.tr("Keep"))
        self._keep.setToolTip(self.tr("Keep this sound among the favourites"))
        self._keep.clicked.connect(self.keep_toggled)
        self._loop = self._toggle("loopButton", "loop", self.tr("Loop"))
        self._loop.setToolTip(self.tr("Make sounds whose end leads into their beginning without a seam"))
        self._loop.clicked.connect(self._on_loop_clicked)
        row = QHBoxLayout()
        row.setSpacing(theme.HALF)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self._loop)
        row.addWidget(self._keep)
        return row

    def _toggle(self, name: str, icon: str, text: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setAccessibleName(text)
        made.setText(text)
        made.setIcon(icons.icon(icon))
        made.setIconSize(_ICON)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setCheckable(True)
        return made

    def _random_row(self) -> QHBoxLayout:
        self._random = QPushButton(self.tr("Random"))
        self._random.setObjectName("randomButton")
        self._random.setIcon(icons.icon("dice", "accent_text"))
        self._random.setAccessibleName(self.tr("A new sound at random"))
        theme.set_role(self._random, "primary")
        self._random.clicked.connect(self._on_random_clicked)
        words = QLabel(self.tr("Seed"))
        theme.set_role(words, "muted")
        self._seed = SeedField(MAX_SEED)
        self._seed.setObjectName("seedField")
        words.setBuddy(self._seed)
        self._seed.seed_edited.connect(self._on_seed_edited)
        self._seed.returnPressed.connect(self._on_seed_return_pressed)
        self._seed.editingFinished.connect(self.settled)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._random, 1)
        row.addWidget(words)
        row.addWidget(self._seed)
        return row

    def _bar(
        self, name: str, accessible: str, steps: int, key_step: int, words: tuple[str, str]
    ) -> BarSlider:
        made = BarSlider()
        made.setObjectName(name)
        made.setAccessibleName(accessible)
        made.set_axis((0, steps), None, key_step)
        made.set_words(*words)
        made.value_settled.connect(self._on_bar_value_settled)
        return made

    def _number(self, name: str) -> QLabel:
        made = QLabel()
        made.setObjectName(name)
        made.setFont(theme.tabular(made.font()))
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setContentsMargins(0, 0, 2, 0)
        made.setFixedWidth(_number_width(made))
        return made

    def _add_novelty(self, grid: QGridLayout) -> None:
        words = (self.tr("near a sound"), self.tr("far out"))
        bar = self._novelty = self._bar("noveltySlider", self.tr("Novelty"), PERCENT, 5, words)
        bar.set_origin(50)
        bar.value_moved.connect(self._on_novelty_value_moved)
        bar.setToolTip(
            self.tr(
                "<qt>How far Random leads from your sounds: near one of them, between two, or towards a "
                "third. It is also the temperature of the noise that the prior adds.</qt>"
            )
        )
        self._novelty_text = self._number("noveltyText")
        grid.addWidget(QLabel(self.tr("Novelty")), 0, 0)
        grid.addWidget(bar, 0, 1)
        grid.addWidget(self._novelty_text, 0, 2)

    def _add_length(self, grid: QGridLayout) -> None:
        words = (self.tr("0.1 s"), self.tr("10 min"))
        bar = self._length = self._bar("lengthSlider", self.tr("Length"), LENGTH_STEPS, 10, words)
        bar.value_moved.connect(self._on_length_value_moved)
        bar.set_origin(None)
        bar.was_reset.connect(self._on_length_was_reset)
        bar.setToolTip(
            self.tr("<qt>How long new sounds are. A double click goes back to what suits the sound.</qt>")
        )
        self._suits = QToolButton()
        self._suits.setObjectName("lengthSuits")
        self._suits.setText(self.tr("Auto"))
        self._suits.setAccessibleName(self.tr("A length that suits the sound"))
        self._suits.setToolTip(self._suits.accessibleName())
        self._suits.setCheckable(True)
        self._suits.clicked.connect(self._on_suits_clicked)
        self._length_edit = LengthEdit()
        self._length_edit.setObjectName("lengthField")
        self._length_edit.setFixedWidth(_number_width(self._length_edit))
        self._length_edit.length_edited.connect(self._on_length_edited)
        middle = QHBoxLayout()
        middle.setSpacing(theme.HALF)
        middle.addWidget(self._suits)
        middle.addWidget(bar, 1)
        grid.addWidget(QLabel(self.tr("Length")), 1, 0)
        grid.addLayout(middle, 1, 1)
        grid.addWidget(self._length_edit, 1, 2)

    def _add_density(self, grid: QGridLayout) -> None:
        words = (self.tr("one sound"), self.tr("texture"))
        bar = self._density = self._bar("densitySlider", self.tr("Density"), DENSITY_STEPS, 5, words)
        bar.value_moved.connect(self._on_density_value_moved)
        bar.setToolTip(
            self.tr(
                "<qt>One continuous sound, or a texture of many: events per second, 0.2 to 50, each a "
                "variation of the sound.</qt>"
            )
        )
        self._density_text = self._number("densityText")
        grid.addWidget(QLabel(self.tr("Density")), 2, 0)
        grid.addWidget(bar, 2, 1)
        grid.addWidget(self._density_text, 2, 2)

    def _add_variation(self, grid: QGridLayout) -> None:
        self._vary = QPushButton(self.tr("Vary"))
        self._vary.setObjectName("varyButton")
        self._vary.setAccessibleName(self.tr("A variation of the present sound"))
        self._vary.clicked.connect(self.variation_requested)
        words = (self.tr("a little"), self.tr("a lot"))
        bar = self._variation = self._bar(
            "variationSlider", self.tr("Amount of variation"), PERCENT, 5, words
        )
        bar.set_origin(30)
        bar.value_moved.connect(self._on_variation_value_moved)
        bar.setToolTip(
            self.tr(
                "<qt>How far a variation lies from its sound: towards a neighbour in the latent space, and "
                "off the way to it.</qt>"
            )
        )
        self._variation_text = self._number("variationText")
        grid.addWidget(self._vary, 3, 0)
        grid.addWidget(bar, 3, 1)
        grid.addWidget(self._variation_text, 3, 2)

    # What it is told.

    def values(self) -> ControlValues:
        """The controls; the sliders are those of the last `set_values`."""
        return self._values

    def set_values(self, values: ControlValues) -> None:
        """Show other values; reports nothing."""
        if values.seed != self._values.seed:
            self._seed_heard = True
        self._values = values
        self._show_values()

    def set_ready(self, ready: bool, reason: str = "") -> None:
        """Whether there is a model to play; reason: why not."""
        self._ready = ready
        tip = self.tr("A new sound, with the next seed")
        self._random.setToolTip(tip if ready else reason)
        self._enable()

    def set_current(self, name: str | None, *, kept: bool = False) -> None:
        """The sound that Vary and Keep are about; None if there is none."""
        self._current = name is not None
        self._keep.setChecked(kept)
        self._keep.setIcon(icons.icon("star", "accent" if kept else None))
        tip = self.tr("A sound near {name}").format(name=name)
        self._vary.setToolTip(tip if name is not None else self.tr("Choose or make a sound first"))
        self._enable()

    def show_suiting_length(self, seconds: float | None) -> None:
        """The length that suits the present sound."""
        self._length_edit.show_suiting(seconds)

    def show_batch(self, done: int, count: int) -> None:
        """A batch runs: so many of so many sounds are made."""
        self.batch.show_progress(done, count)

    def end_batch(self) -> None:
        """No batch runs any more."""
        self.batch.end()

    # Showing.

    def _enable(self) -> None:
        self._random.setEnabled(self._ready)
        self.batch.set_ready(self._ready)
        for widget in (self._vary, self._keep):
            widget.setEnabled(self._ready and self._current)

    def _show_values(self) -> None:
        values = self._values
        self._seed.show_seed(values.seed)
        self._loop.setChecked(values.loop)
        self._novelty.show_value(round(values.novelty * PERCENT))
        self._density.show_value(density_step(values.density))
        self._variation.show_value(round(values.variation * PERCENT))
        self._suits.setChecked(values.seconds is None)
        self._length.set_idle(values.seconds is None)
        if values.seconds is not None:
            self._length.show_value(length_step(values.seconds))
        self._length_edit.show_seconds(values.seconds)
        self._show_texts()

    def _show_texts(self) -> None:
        values = self._values
        self._novelty_text.setText(f"{round(values.novelty * PERCENT)} %")
        self._variation_text.setText(f"{round(values.variation * PERCENT)} %")
        density = self.tr("{count:.2g} /s").format(count=values.density) if values.density else self.tr("off")
        self._density_text.setText(density)
        for bar, text in (
            (self._novelty, self._novelty_text.text()),
            (self._variation, self._variation_text.text()),
            (self._density, density),
            (self._length, self._length_edit.text() or self.tr("suits the sound")),
        ):
            bar.setAccessibleDescription(text)

    # What the user does.

    def _change(self, values: ControlValues, *, settled: bool = False) -> None:
        if values != self._values:
            self._values = values
            self._show_texts()
            self.values_changed.emit(values)
            if settled:
                self.settled.emit()

    @Slot(int)
    def _on_bar_value_settled(self, _value: int) -> None:
        self.settled.emit()

    @Slot(int)
    def _on_novelty_value_moved(self, value: int) -> None:
        self._change(replace(self._values, novelty=value / PERCENT))

    @Slot(int)
    def _on_variation_value_moved(self, value: int) -> None:
        self._change(replace(self._values, variation=value / PERCENT))

    @Slot(int)
    def _on_density_value_moved(self, value: int) -> None:
        self._change(replace(self._values, density=density_at(value)))

    @Slot(int)
    def _on_length_value_moved(self, value: int) -> None:
        self._show_length(length_at(value))

    @Slot()
    def _on_length_was_reset(self) -> None:
        self._show_length(None, settled=True)

    @Slot(object)
    def _on_length_edited(self, seconds: float | None) -> None:
        self._show_length(seconds, settled=True)

    @Slot(bool)
    def _on_suits_clicked(self, suits: bool) -> None:
        self._show_length(None if suits else length_at(self._length.value()), settled=True)

    def _show_length(self, seconds: float | None, *, settled: bool = False) -> None:
        self._suits.setChecked(seconds is None)
        self._length.set_idle(seconds is None)
        self._length_edit.show_seconds(seconds)
        if seconds is not None and not self._length.isSliderDown():
            self._length.show_value(length_step(seconds))
        self._change(replace(self._values, seconds=seconds), settled=settled)

    @Slot(bool)
    def _on_loop_clicked(self, loop: bool) -> None:
        self._change(replace(self._values, loop=loop), settled=True)

    @Slot(int)
    def _on_seed_edited(self, seed: int) -> None:
        self._seed_heard = False
        self._change(replace(self._values, seed=seed))

    @Slot()
    def _on_seed_return_pressed(self) -> None:
        """Enter makes the sound of the very seed that is shown."""
        if self._ready:
            self._seed_heard = True
            self.random_requested.emit()

    @Slot()
    def _on_random_clicked(self) -> None:
        if self._seed_heard:
            seed = (self._values.seed + 1) % (MAX_SEED + 1)
            self._seed.show_seed(seed)
            self._change(replace(self._values, seed=seed), settled=True)
        self._seed_heard = True
        self.random_requested.emit()

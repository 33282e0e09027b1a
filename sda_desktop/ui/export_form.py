"""How to export: format, bit depth, rate, level, fades.  What does not go together cannot be chosen, and is
explained."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from sda_desktop.audio.export_options import (
    KIND_WORDS,
    KINDS,
    LONGEST_FADE_S,
    RATES_HZ,
    SUBTYPE_WORDS,
    SUBTYPES,
    ExportFormat,
    ExportOptions,
    Kind,
    Normalise,
    Subtype,
    target_range,
    target_unit,
    why_not,
)
from sda_desktop.ui import theme
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.form_fields import QuietComboBox
from sda_desktop.ui.sound_words import rate_text
from sda_desktop.words import shown

NUMBER_WIDTH = 12 * theme.GRID


class NumberSpin(QDoubleSpinBox):
    """A number with its unit; comma or dot, and the wheel only while it has the focus."""

    def __init__(self, name: str, words: str, unit: str, low: float, high: float, step: float) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setLocale(QLocale(QLocale.Language.C))
        self.setDecimals(2)
        self.setSingleStep(step)
        self.setFixedWidth(NUMBER_WIDTH)
        self.setFont(theme.tabular(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.HALF, 0, 0, 0)
        self.set_range(low, high, unit)

    def set_range(self, low: float, high: float, unit: str) -> None:
        """What it may be, and in which unit."""
        self.setRange(low, high)
        self.setSuffix(f" {unit}")

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(text.replace(",", "."))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return super().validate(text.replace(",", "."), position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


@dataclass(frozen=True, slots=True)
class _Level:
    words: str
    explained: str


class ExportForm(QWidget):
    """Shows ExportOptions and what the user makes of them; knows nothing of names and folders."""

    changed = Signal()

    def __init__(self, model_rate_hz: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What was chosen last, also where the format at the moment has no such thing.
        self._wanted_subtype: Subtype = "24"
        self._wanted_rate_hz = model_rate_hz if model_rate_hz in RATES_HZ else RATES_HZ[0]
        self._targets: dict[Normalise, float] = {
            normalise: target_range(normalise)[2] for normalise in ("peak", "loudness")
        }
        self._levels: dict[Normalise, _Level] = {
            "none": _Level(self.tr("As it is"), self.tr("The level stays as the model made it.")),
            "peak": _Level(
                self.tr("Same peak"), self.tr("The highest peak of every sound is brought there.")
            ),
            "loudness": _Level(
                self.tr("Same loudness"), self.tr("Every sound is equally loud, none beyond full scale.")
            ),
        }
        self._explained: dict[Kind, str] = {
            "wav": self.tr("Every DAW reads it."),
            "flac": self.tr("Nothing is lost, at about half the size; no 32 bit float."),
            "ogg": self.tr("Compressed to about 170 kbit/s; no bit depth to choose."),
            "mp3": self.tr("Compressed to 320 kbit/s; no bit depth to choose, no 96 kHz."),
        }
        self._build(model_rate_hz)
        self._show_possible()

    # Building -----------------------------------------------------------------------------------------

    def _build(self, model_rate_hz: int) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(theme.HALF)
        self._grid.setColumnStretch(1, 1)
        self._kind = self._combo("exportKind", self.tr("Format"))
        for kind in KINDS:
            self._kind.addItem(KIND_WORDS[kind], kind)
        self._subtype = self._combo("exportBits", self.tr("Bit depth"))
        for subtype in SUBTYPES["wav"]:
            self._subtype.addItem(shown(SUBTYPE_WORDS[subtype]), subtype)
        self._subtype.addItem(self.tr("None: it compresses"), "")
        self._rate = self._combo("exportRate", self.tr("Sample rate"))
        for rate_hz in RATES_HZ:
            own = self.tr(" (the model's own)") if rate_hz == model_rate_hz else ""
            self._rate.addItem(f"{rate_text(rate_hz)}{own}", rate_hz)
        self._format_hint = self._hint("exportFormatHint")
        self._build_level()
        self._build_fades()

    def _build_level(self) -> None:
        self._normalise = QuietComboBox()
        for normalise, level in self._levels.items():
            self._normalise.addItem(level.words, normalise)
        self._target = NumberSpin("exportTarget", self.tr("Target level"), "dB", -60.0, 0.0, 0.5)
        # Its place stays free, so that nothing moves when it comes.
        policy = self._target.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._target.setSizePolicy(policy)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._normalise, 1)
        row.addWidget(self._target)
        self._label(self.tr("Level"), self._normalise, "exportLevel")
        self._grid.addLayout(row, self._grid.rowCount() - 1, 1)
        self._level_hint = self._hint("exportLevelHint")
        self._normalise.activated.connect(self._on_normalise_activated)
        self._target.valueChanged.connect(self._on_target_changed)

    def _build_fades(self) -> None:
        self._fades = [
            NumberSpin(f"exportFade{name}", words, "s", 0.0, LONGEST_FADE_S, 0.1)
            for name, words in (("In", self.tr("Fade in")), ("Out", self.tr("Fade out")))
        ]
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        self._label(self.tr("Fade in"), self._fades[0], self._fades[0].objectName())
        row.addWidget(self._fades[0])
        row.addSpacing(2 * theme.GRID)
        words = QLabel(self.tr("Fade out"))
        words.setBuddy(self._fades[1])
        row.addWidget(words)
        row.addWidget(self._fades[1])
        row.addStretch(1)
        self._grid.addLayout(row, self._grid.rowCount() - 1, 1)
        for fade in self._fades:
            fade.valueChanged.connect(self.changed)

    def _combo(self, name: str, words: str) -> QuietComboBox:
        combo = QuietComboBox()
        self._label(words, combo, name)
        self._grid.addWidget(combo, self._grid.rowCount() - 1, 1)
        combo.activated.connect(self._on_format_activated)
        return combo

    def _label(self, words: str, editor: QWidget, name: str) -> None:
        """Begin a row with the editor's label."""
        editor.setObjectName(name)
        editor.setAccessibleName(words)
        label = QLabel(words)
        label.setBuddy(editor)
        self._grid.addWidget(label, self._grid.rowCount(), 0)

    def _hint(self, name: str) -> ElidedLabel:
        hint = ElidedLabel()
        hint.setObjectName(name)
        hint.setFont(theme.small(hint.font()))
        theme.set_role(hint, "muted")
        self._grid.addWidget(hint, self._grid.rowCount(), 1)
        return hint

    def align_labels(self, other: QGridLayout) -> None:
        """Make the first column of another form as wide as this one's, and the other way round."""
        width = max(
            widget.sizeHint().width()
            for grid in (self._grid, other)
            for row in range(grid.rowCount())
            if (item := grid.itemAtPosition(row, 0)) is not None and (widget := item.widget()) is not None
        )
        for grid in (self._grid, other):
            grid.setColumnMinimumWidth(0, width)

    # Values -------------------------------------------------------------------------------------------

    def options(self) -> ExportOptions:
        """What is chosen."""
        normalise = self._level()
        return ExportOptions(
            format=ExportFormat(self._chosen_kind(), self._chosen_subtype(), self._chosen_rate_hz()),
            normalise=normalise,
            target=self._targets.get(normalise, 0.0),
            fade_in_s=self._fades[0].value(),
            fade_out_s=self._fades[1].value(),
        )

    def show_options(self, options: ExportOptions) -> None:
        """Show these; reports nothing."""
        self.blockSignals(True)
        chosen = options.format
        self._kind.setCurrentIndex(self._kind.findData(chosen.kind))
        self._wanted_subtype = chosen.subtype or self._wanted_subtype
        self._wanted_rate_hz = chosen.sample_rate_hz
        self._normalise.setCurrentIndex(self._normalise.findData(options.normalise))
        if options.normalise != "none":
            self._targets[options.normalise] = options.target
        for fade, seconds in zip(self._fades, (options.fade_in_s, options.fade_out_s), strict=True):
            fade.setValue(seconds)
        self._show_possible()
        self.blockSignals(False)

    def _chosen_kind(self) -> Kind:
        kind: Kind = self._kind.currentData()
        return kind

    def _chosen_subtype(self) -> Subtype:
        possible = SUBTYPES[self._chosen_kind()]
        return self._wanted_subtype if self._wanted_subtype in possible else possible[0]

    def _chosen_rate_hz(self) -> int:
        kind, subtype = self._chosen_kind(), self._chosen_subtype()
        possible = [rate_hz for rate_hz in RATES_HZ if not why_not(kind, subtype, rate_hz)[0]]
        return self._wanted_rate_hz if self._wanted_rate_hz in possible else possible[-1]

    def _level(self) -> Normalise:
        normalise: Normalise = self._normalise.currentData()
        return normalise

    # Showing ------------------------------------------------------------------------------------------

    def _show_possible(self) -> None:
        """Every field as it can be at the moment, and why not otherwise."""
        kind, subtype, rate_hz = self._chosen_kind(), self._chosen_subtype(), self._chosen_rate_hz()
        self._subtype.setCurrentIndex(self._subtype.findData(subtype))
        self._rate.setCurrentIndex(self._rate.findData(rate_hz))
        _allow(self._subtype, [why_not(kind, each, rate_hz) for each in (*SUBTYPES["wav"], "")])
        _allow(self._rate, [why_not(kind, subtype, each) for each in RATES_HZ])
        self._subtype.setEnabled(subtype != "")
        self._format_hint.setText(self._explained[kind])
        normalise = self._level()
        self._target.setVisible(normalise != "none")
        if normalise != "none":
            low, high, _ = target_range(normalise)
            self._target.blockSignals(True)
            self._target.set_range(low, high, target_unit(normalise))
            self._target.setValue(self._targets[normalise])
            self._target.blockSignals(False)
        self._level_hint.setText(self._levels[normalise].explained)

    @Slot(int)
    def _on_format_activated(self, _index: int) -> None:
        sender = self.sender()
        if sender is self._subtype:
            self._wanted_subtype = self._subtype.currentData()
        elif sender is self._rate:
            self._wanted_rate_hz = self._rate.currentData()
        self._show_possible()
        self.changed.emit()

    @Slot(int)
    def _on_normalise_activated(self, _index: int) -> None:
        self._show_possible()
        self.changed.emit()

    @Slot(float)
    def _on_target_changed(self, value: float) -> None:
        self._targets[self._level()] = value
        self.changed.emit()


def _allow(combo: QuietComboBox, wrong: list[tuple[str, str]]) -> None:
    """Let be chosen what can be, and say at the rest why not."""
    model = combo.model()
    assert isinstance(model, QStandardItemModel)
    for index, (message, remedy) in enumerate(wrong):
        model.item(index).setEnabled(not message)
        model.item(index).setToolTip(f"{message} {remedy}".strip())

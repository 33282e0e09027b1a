"""What the settings form holds: the values, what the preset wants, and which the user changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sda_desktop.training.config import (
    BY_NAME,
    TABLE,
    TrainingConfig,
    automatic_epochs,
    preset_values,
)
from sda_desktop.training.run_plan import steps_per_epoch
from sda_desktop.training.settings_table import Setting
from sda_desktop.training.split import SLICE_SHARE, validation_count
from sda_desktop.words import say, shown

# The two fields behind the one "Length" control.
LENGTH_FIELDS = ("epochs", "time_limit_s")


def number_text(value: float) -> str:
    """A number as it is typed: "704", "0.002", "1e-05"; the shortest that means exactly this value."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def spaced(value: float) -> str:
    """A number as it is read: "100 000" with narrow spaces, small ones without exponents."""
    if float(value).is_integer():
        return f"{int(value):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{value:.7f}".rstrip("0") if abs(value) < 1e-3 else f"{value:g}"


def range_text(row: Setting) -> str:
    """The range of a number: "1 to 100 000 epochs"."""
    words = say("{low} to {high}", low=spaced(row.minimum), high=spaced(row.maximum))
    return f"{words} {shown(row.unit)}".rstrip()


def value_text(row: Setting, value: Any) -> str:  # noqa: ANN401 - the type depends on the row
    """A value in words, with its unit."""
    if row.kind == "choice":
        return shown(row.choice_labels[row.choices.index(value)])
    if row.kind == "switch":
        return say("on") if value else say("off")
    if row.automatic is not None and value == row.automatic:
        return say("automatic")
    return f"{spaced(value)} {shown(row.unit)}".strip()


@dataclass(frozen=True, slots=True)
class Dataset:
    """What the form needs to know of the sounds."""

    usable_files: int = 0
    total_s: float = 0.0
    model_rate_hz: int | None = None


class FormState:
    """Every field's value.  A field that the user did not change follows its preset or default."""

    def __init__(self) -> None:
        self.dataset = Dataset()
        self._values: dict[str, Any] = {row.name: row.default for row in TABLE}
        self._follow(frozenset())

    def value(self, name: str) -> Any:  # noqa: ANN401 - the type depends on the row
        """The present value of a field."""
        return self._values[name]

    def baseline(self, name: str) -> Any:  # noqa: ANN401 - the type depends on the row
        """What the field is without the user's doing: the preset's value, else the default."""
        return self._preset_values().get(name, BY_NAME[name].default)

    def explicit(self) -> frozenset[str]:
        """The fields whose value is the user's own."""
        return frozenset(name for name, value in self._values.items() if value != self.baseline(name))

    def snapshot(self) -> dict[str, Any]:
        """All values, to come back to."""
        return dict(self._values)

    def restore(self, values: dict[str, Any]) -> None:
        """Come back to a snapshot."""
        self._values = dict(values)

    def set_value(self, name: str, value: Any) -> None:  # noqa: ANN401 - the type depends on the row
        """Change one field; raises ConfigError if it does not allow the value.

        A new preset takes the fields with it that the user did not change, and of the two lengths the one
        that is set switches the other off.
        """
        BY_NAME[name].check(value)
        kept = self.explicit()
        self._values[name] = value
        if name == "preset":
            self._follow(kept | {"preset"})
        if name in LENGTH_FIELDS and value:
            other = LENGTH_FIELDS[1 - LENGTH_FIELDS.index(name)]
            self._values[other] = BY_NAME[other].automatic

    def reset(self, name: str) -> None:
        """Back to what the preset or the default says."""
        self.set_value(name, self.baseline(name))

    def set_dataset(self, dataset: Dataset) -> None:
        """Other sounds: the automatic preset may be another now."""
        kept = self.explicit()
        self.dataset = dataset
        self._follow(kept)

    def set_config(self, config: TrainingConfig, explicit: frozenset[str]) -> None:
        """Take over the preset and the fields named in explicit; the rest follows."""
        config.validate()
        self._values = {row.name: getattr(config, row.name) for row in TABLE}
        self._follow(explicit | {"preset"})

    def config(self) -> TrainingConfig:
        """The values as a validated config."""
        return TrainingConfig().replaced(**self._values)

    def automatic_preset_label(self) -> str:
        """What "Automatic" means for these sounds: the label of a preset, "" while there are none."""
        if not self.dataset.usable_files:
            return ""
        row = BY_NAME["preset"]
        wanted = preset_values("automatic", self.dataset.usable_files)
        for name, label in zip(row.choices[1:], row.choice_labels[1:], strict=True):
            if preset_values(name, 0) == wanted:
                return shown(label)
        return ""

    def planned_epochs(self) -> int:
        """The epochs of a run counted in epochs."""
        epochs = int(self._values["epochs"])
        return epochs or automatic_epochs(self.planned_steps_per_epoch(), str(self._values["preset"]))

    def planned_steps_per_epoch(self) -> int:
        """About how many steps an epoch will have."""
        files = self.dataset.usable_files
        share = validation_count(files) / files if files else 0.0
        if self._values["validation"] == "slices":
            share = SLICE_SHARE
        train_s = self.dataset.total_s * (1 - share)
        return steps_per_epoch(train_s, int(self._values["batch_frames"]), self.planned_rate_hz())

    def planned_rate_hz(self) -> int:
        """The model's rate."""
        chosen = self._values["sample_rate"]
        return (self.dataset.model_rate_hz or 44_100) if chosen == "auto" else int(chosen)

    def _preset_values(self) -> dict[str, Any]:
        return preset_values(str(self._values["preset"]), self.dataset.usable_files)

    def _follow(self, kept: frozenset[str]) -> None:
        for name in self._values.keys() - kept:
            self._values[name] = self.baseline(name)

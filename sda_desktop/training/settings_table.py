"""Rows of the table of hyperparameters: what one setting is, and how a dataclass field declares it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sda_desktop.errors import ConfigError
from sda_desktop.words import say, shown

Kind = Literal["number", "whole", "switch", "choice"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    name: str
    kind: Kind
    default: Any
    label: str
    help: str
    minimum: float = -math.inf
    maximum: float = math.inf
    choices: tuple[str, ...] = ()
    choice_labels: tuple[str, ...] = ()
    unit: str = ""
    advanced: bool = True
    automatic: float | None = None  # a value that means "choose for me", shown as "automatic"
    group: str = ""

    def check(self, value: object) -> None:
        """Raise ConfigError, naming the field, the value and the range, unless value is allowed."""
        if self.kind == "switch":
            if not isinstance(value, bool):
                raise ConfigError(
                    say(
                        "{label} ({name}) is {value!r}; it must be true or false.",
                        label=shown(self.label),
                        name=self.name,
                        value=value,
                    )
                )
            return
        if self.kind == "choice":
            if value not in self.choices:
                raise ConfigError(
                    say(
                        "{label} ({name}) is {value!r}; it must be one of {names}.",
                        label=shown(self.label),
                        name=self.name,
                        value=value,
                        names=", ".join(self.choices),
                    )
                )
            return
        whole = self.kind == "whole"
        right_type = isinstance(value, int) if whole else isinstance(value, int | float)
        if not right_type or isinstance(value, bool) or not math.isfinite(float(value)):  # type: ignore[arg-type]
            wanted = say("a whole number") if whole else say("a number")
            raise ConfigError(
                say(
                    "{label} ({name}) is {value!r}; it must be {wanted}.",
                    label=shown(self.label),
                    name=self.name,
                    value=value,
                    wanted=wanted,
                )
            )
        if self.automatic is not None and value == self.automatic:
            return
        if not self.minimum <= value <= self.maximum:  # type: ignore[operator]
            unit = f" {shown(self.unit)}" if self.unit else ""
            raise ConfigError(
                say(
                    "{label} ({name}) is {value}{unit}; it must lie between {minimum:g} and "
                    "{maximum:g}{unit}.",
                    label=shown(self.label),
                    name=self.name,
                    value=value,
                    unit=unit,
                    minimum=self.minimum,
                    maximum=self.maximum,
                )
            )

    def parse(self, text: str) -> Any:  # noqa: ANN401 - the type depends on the row
        """The value that `text` means, checked.  Raises ConfigError."""
        value: object = text
        try:
            if self.kind == "whole":
                value = int(text)
            elif self.kind == "number":
                value = float(text)
            elif self.kind == "switch":
                value = {"true": True, "yes": True, "on": True, "1": True}.get(text.lower(), text)
                value = {"false": False, "no": False, "off": False, "0": False}.get(text.lower(), value)
        except ValueError:
            pass  # check() below words the complaint
        self.check(value)
        return value


def _setting(**row: Any) -> Any:  # noqa: ANN401 - a dataclass field, whatever its type
    return field(default=row["default"], metadata=row)


def whole(default: int, low: int, high: int, label: str, help_: str, **more: Any) -> Any:  # noqa: ANN401
    """A whole-number field."""
    return _setting(kind="whole", default=default, minimum=low, maximum=high, label=label, help=help_, **more)


def number(default: float, low: float, high: float, label: str, help_: str, **more: Any) -> Any:  # noqa: ANN401
    """A real-number field."""
    return _setting(
        kind="number", default=default, minimum=low, maximum=high, label=label, help=help_, **more
    )


def switch(default: bool, label: str, help_: str, **more: Any) -> Any:  # noqa: ANN401
    """A yes/no field."""
    return _setting(kind="switch", default=default, label=label, help=help_, **more)


def choice(default: str, choices: Mapping[str, str], label: str, help_: str, **more: Any) -> Any:  # noqa: ANN401
    """A one-of-several field; choices maps each value to its label."""
    return _setting(
        kind="choice",
        default=default,
        choices=tuple(choices),
        choice_labels=tuple(choices.values()),
        label=label,
        help=help_,
        **more,
    )

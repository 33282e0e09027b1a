"""Building the command line's parsers: help that reads well, one sentence for a mistake, and the
training options straight from the table of hyperparameters."""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from sda_desktop.errors import BadInputError
from sda_desktop.training.config import BY_NAME, PRESETS, TABLE
from sda_desktop.training.settings_table import Setting


def _program() -> str:
    """The name by which the user calls it; the installed one for Windows' terminals has another."""
    name = Path(sys.executable).stem
    return name if getattr(sys, "frozen", False) and name == "sda-desktop-cli" else "sda-desktop"


PROGRAM = _program()
# Option names that are shorter than the field's; the long one works too.
SHORT_NAMES = {"time_limit_s": "time-limit"}
UNIT_METAVARS = {"s": "SECONDS", "minutes": "MINUTES", "dB": "DB", "dBFS": "DB", "semitones": "SEMITONES"}
AUTOMATIC_WORDS = ("auto", "automatic")


class UsageError(BadInputError):
    """The command line itself cannot be understood."""


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises UsageError instead of printing a page and leaving."""

    def __init__(self, prog: str, description: str, **more: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(
            prog=prog,
            description=description,
            allow_abbrev=False,
            formatter_class=_formatter,
            add_help=False,
            **more,
        )

    def error(self, message: str) -> NoReturn:
        """Raise UsageError: one sentence, and where to find more."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise UsageError(f"{sentence}.", self._similar(message) or f"See {self.prog} --help.")

    def _similar(self, message: str) -> str:
        """Ask back when an option that does not exist looks like one that does."""
        if not message.startswith("unrecognized"):
            return ""
        unknown = next((word for word in message.split() if word.startswith("--")), "")
        names = difflib.get_close_matches(unknown.split("=")[0], self._option_string_actions, n=1)
        return f"Did you mean {names[0]}?" if names else ""

    def add_help_option(self, group: argparse._ArgumentGroup | None = None) -> None:
        """-h and --help, in a group or among the options."""
        (group or self).add_argument("-h", "--help", action="help", help="Show this help and exit.")


def _formatter(prog: str) -> argparse.HelpFormatter:
    width = min(100, shutil.get_terminal_size().columns) - 2
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=32, width=width)


def number_type(
    label: str, kind: type[int] | type[float], minimum: float, maximum: float, unit: str = ""
) -> Callable[[str], Any]:
    """An argparse type for a number in a range, refused with a sentence naming label, value and range."""
    row = Setting(
        name=label.lower(),
        kind="whole" if kind is int else "number",
        default=None,
        label=label,
        help="",
        minimum=minimum,
        maximum=maximum,
        unit=unit,
    )
    return row.parse


def add_setting_options(parser: Parser) -> None:
    """Add an option for every field of the table: the simple ones first, then the advanced by group.

    An option that is not given leaves no attribute behind, so that what was given can be told.
    """
    simple = parser.add_argument_group("settings")
    for row in TABLE:
        if not row.advanced:
            _add_setting(simple, row)
    for name in dict.fromkeys(row.group for row in TABLE if row.advanced):
        group = parser.add_argument_group(f"advanced settings: {name.lower()}")
        for row in TABLE:
            if row.advanced and row.group == name:
                _add_setting(group, row)


def given_settings(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of the table that were given on the command line."""
    return {name: getattr(options, name) for name in BY_NAME if hasattr(options, name)}


def option_name(setting: str) -> str:
    """The option of a field of the table, as the user writes it."""
    return "--" + SHORT_NAMES.get(setting, setting).replace("_", "-")


def _add_setting(group: argparse._ArgumentGroup, row: Setting) -> None:
    name = option_name(row.name)
    full_name = "--" + row.name.replace("_", "-")
    if row.kind == "switch":
        group.add_argument(
            name,
            dest=row.name,
            action=argparse.BooleanOptionalAction,
            default=argparse.SUPPRESS,
            help=setting_help(row),
        )
        return

    def parse(text: str) -> Any:  # noqa: ANN401 - the type depends on the row
        if row.automatic is not None and text.lower() in AUTOMATIC_WORDS:
            return row.automatic
        return row.parse(text)

    common: dict[str, Any] = {
        "dest": row.name,
        "type": parse,
        "default": argparse.SUPPRESS,
        "metavar": _metavar(row),
    }
    group.add_argument(name, help=setting_help(row), **common)
    if full_name != name:
        group.add_argument(full_name, help=argparse.SUPPRESS, **common)


def _metavar(row: Setting) -> str:
    if row.kind == "choice":
        return "NAME"
    return UNIT_METAVARS.get(row.unit, "N" if row.kind == "whole" else "X")


def setting_help(row: Setting) -> str:
    """The help of a field: what it is for, its range with unit, its default."""
    facts = []
    if row.kind == "choice":
        facts.append(" | ".join(row.choices))
    elif row.kind != "switch":
        unit = f" {row.unit}" if row.unit else ""
        facts.append(f"{_number(row.minimum)} to {_number(row.maximum)}{unit}")
    facts.append(f"default {_default_text(row)}")
    return f"{row.label}. {row.help} [{'; '.join(facts)}]".replace("%", "%%")


def _default_text(row: Setting) -> str:
    if row.automatic is not None and row.default == row.automatic:
        return "automatic"
    if row.kind == "switch":
        return "yes" if row.default else "no"
    text = row.default if row.kind == "choice" else _number(row.default)
    by_preset = any(row.name in values for values in PRESETS.values())
    return f"{text}, or the preset's" if by_preset else str(text)


def _number(value: float) -> str:
    if abs(value) >= 1e5:
        return f"{value:,.10g}".replace(",", " ")
    if 0 < abs(value) < 1e-4:
        return f"{value:.10f}".rstrip("0")
    return f"{value:.10g}"

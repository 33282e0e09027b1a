"""The options of commands that make sounds with a model: where they go, and what they are like."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sda_desktop.commands.export_options import add_export_options
from sda_desktop.commands.options import Parser, UsageError, number_type
from sda_desktop.errors import BadInputError
from sda_desktop.generation.recipe import LONGEST_S, MAX_DENSITY, MAX_SEED, MAX_SLIDER, SHORTEST_S

if TYPE_CHECKING:
    from sda_desktop.generation import Recipe
    from sda_desktop.generation.slider import Slider

MAX_COUNT = 100_000
TEXTURE_S = 10.0  # how long a texture is at least, where no length is given


def add_model_argument(parser: Parser) -> None:
    """MODEL, the first argument."""
    parser.add_argument(
        "model",
        metavar="MODEL",
        help="A run folder (its best checkpoint), a checkpoint, or the name of a model in the library.",
    )


def add_output_options(parser: Parser, group: argparse._ArgumentGroup, pattern: str) -> None:
    """--out, --recipes, --json and --help into `group`, and a group for the files behind all others.

    pattern: the usual names of the files.
    """
    group.add_argument("--out", metavar="DIR", type=Path, required=True, help="Where the results go.")
    group.add_argument(
        "--recipes",
        action="store_true",
        help="Write beside each sound how it was made, as NAME.json, for `export` and `vary`.",
    )
    group.add_argument(
        "--json", action="store_true", help="Write a line of JSON about each file to stdout, not its name."
    )
    parser.add_help_option(group)
    add_export_options(parser, pattern=pattern)


def add_seed_option(group: argparse._ArgumentGroup, more: str = "") -> None:
    """--seed."""
    group.add_argument(
        "--seed",
        metavar="K",
        type=number_type("Seed", int, 0, MAX_SEED),
        default=0,
        help=f"The same seed makes the same sound.{more} [0 to {MAX_SEED}; default 0]",
    )


def add_count_option(group: argparse._ArgumentGroup, default: int = 4) -> None:
    """--count."""
    group.add_argument(
        "--count",
        metavar="N",
        type=number_type("Count", int, 1, MAX_COUNT),
        default=default,
        help=f"How many sounds. [1 to {MAX_COUNT}; default {default}]",
    )


def add_shape_options(group: argparse._ArgumentGroup) -> None:
    """--length, --novelty, --density, --loop and --slider, for `shaped`."""
    group.add_argument(
        "--length",
        metavar="SECONDS",
        type=number_type("Length", float, SHORTEST_S, LONGEST_S, "s"),
        help=f"How long each is. [{SHORTEST_S:g} to {LONGEST_S:g} s; default: what suits]",
    )
    group.add_argument(
        "--density",
        metavar="D",
        type=number_type("Density", float, 0.0, MAX_DENSITY, "a second"),
        help=f"A texture of so many sounds a second. [0 to {MAX_DENSITY:g}; default: one sound]",
    )
    group.add_argument(
        "--loop", action="store_const", const=True, help="Let the end pass into the beginning."
    )
    group.add_argument(
        "--slider",
        dest="sliders",
        metavar="ID=VALUE",
        action="append",
        type=named_number("Slider", MAX_SLIDER),
        default=[],
        help="Move a slider, in spreads of the corpus; may be given several times. One that does not exist "
        "tells which there are.",
    )


def named_number(label: str, most: float, default: float | None = None) -> Callable[[str], tuple[str, float]]:
    """An argparse type for NAME=NUMBER up to `most` either way, or NAME alone where there is a default."""

    def parse(text: str) -> tuple[str, float]:
        name, found, number = text.rpartition("=")
        if not found:
            name, number = text, ""
        if not name or (not number and default is None):
            raise UsageError(f"{label} is {text!r}.", "Write NAME=NUMBER.")
        if not number:
            return name, default or 0.0
        return name, number_between(f"{label} {name}", number, -most, most)

    return parse


def number_between(what: str, text: str, low: float, high: float) -> float:
    """The number that `text` is.  Raises UsageError, for what is not in its range too."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not low <= number <= high:
        raise UsageError(f"{what} is {text!r}.", f"Write a number from {low:g} to {high:g}.")
    return number


def shaped(recipe: Recipe, options: argparse.Namespace) -> Recipe:
    """A recipe with what was given of add_shape_options."""
    changes: dict[str, Any] = {
        name: value for name in ("density", "loop") if (value := getattr(options, name)) is not None
    }
    if options.sliders:
        changes["sliders"] = tuple({**dict(recipe.sliders), **dict(options.sliders)}.items())
    if options.length is not None:
        changes["seconds"] = options.length
    elif options.density:
        changes["seconds"] = max(TEXTURE_S, recipe.seconds)
    return recipe.replaced(**changes) if changes else recipe


def check_sliders(given: Sequence[tuple[str, float]], known: Sequence[Slider]) -> None:
    """Raise BadInputError for a slider that the model does not have, telling which it has."""
    ids = {slider.id for slider in known}
    for name, _ in given:
        if name not in ids:
            raise BadInputError(f"This model has no slider {name}.", f"It has {sliders_text(known)}.")


def sliders_text(sliders: Sequence[Slider]) -> str:
    """The sliders with what they do and where the corpus has sounds."""
    return "; ".join(
        f"{slider.id} ({slider.label}; {slider.low:.1f} to {slider.high:.1f})" for slider in sliders
    ) or ("none: nothing that it could change was strong enough")

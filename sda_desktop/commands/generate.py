"""`generate`: new sounds from a trained model, at random or from a place between its sounds."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.named_sounds import key_of
from sda_desktop.commands.options import PROGRAM, Parser, UsageError, number_type
from sda_desktop.commands.sound_options import (
    add_count_option,
    add_model_argument,
    add_output_options,
    add_seed_option,
    add_shape_options,
    named_number,
    number_between,
    shaped,
)
from sda_desktop.commands.sounds_out import SoundsOut
from sda_desktop.errors import BadInputError
from sda_desktop.generation.recipe import MAX_SEED, MAX_SHARE

if TYPE_CHECKING:
    from sda_desktop.generation import Recipe
    from sda_desktop.generation.instrument import Instrument
    from sda_desktop.generation.opening import Opened
    from sda_desktop.generation.recipe import Weights

SUMMARY = SUMMARIES["generate"]
MAPS = ("pca", "tsne")  # sound_map.Method
MOST_WEIGHT = 1000.0  # shares are given in any unit


def build_parser() -> Parser:
    """The options of `generate`."""
    parser = Parser(
        f"{PROGRAM} generate",
        "Make new sounds with a trained model: at random among the sounds it was trained on, at a place of\n"
        "their map, or between some of them. The same model, seed and options make the same sound.\n"
        "Nothing is overwritten unless told.",
        usage=f"{PROGRAM} generate MODEL --out DIR [--count N] [--seed K] [--length SECONDS]\n"
        "       [--at X,Y [--map NAME] | --between NAME[=SHARE]...] [--novelty X] [--density D]\n"
        "       [--loop] [--slider ID=VALUE...] [--recipes] [--json] [files]",
    )
    add_model_argument(parser)
    own = parser.add_argument_group("options")
    add_count_option(own)
    add_seed_option(own, " The next sounds count up from here.")
    sound = parser.add_argument_group("sound")
    where = sound.add_mutually_exclusive_group()
    where.add_argument(
        "--at", metavar="X,Y", type=_place, help="A place on the map of the sounds. [0 to 1 each]"
    )
    where.add_argument(
        "--between",
        metavar="NAME[=SHARE]",
        action="append",
        type=named_number("The share of", MOST_WEIGHT, 1.0),
        help="Between sounds of the model, by name, or files; give it for each. A negative share leads away.",
    )
    sound.add_argument(
        "--map", choices=MAPS, help="Which map --at is on. [default: the one that shows neighbours better]"
    )
    sound.add_argument(
        "--novelty",
        metavar="X",
        type=number_type("Novelty", float, 0.0, 1.0),
        help="How far from known sounds; at a place, how much is left to chance. [0 to 1; default 0.5, at a "
        "place 0.2]",
    )
    add_shape_options(sound)
    add_output_options(parser, own, "new {number} seed {seed}")
    return parser


def run(options: argparse.Namespace) -> int:
    """Make the sounds.  Returns the exit code; raises SdaError, Cancelled."""
    with SoundsOut(options, "Generating") as out:
        opened = out.open()
        weights = _weights(options, out, opened)
        seeds = [(options.seed + number) % (MAX_SEED + 1) for number in range(options.count)]
        return out.write(opened, [_recipe(options, opened.instrument, weights, seed) for seed in seeds])


def _weights(options: argparse.Namespace, out: SoundsOut, opened: Opened) -> Weights | None:
    """The place that was asked for; None for a random one."""
    if options.at is not None:
        out.progress.update(0, 1, "making the map")
        return _on_the_map(opened, options.map, *options.at)
    if options.between is None:
        return None
    shares: dict[str, float] = {}
    for name, share in options.between:
        key = key_of(opened.instrument, name, out.stop)
        shares[key] = shares.get(key, 0.0) + share
    total = sum(shares.values())
    if any(abs(share) > MAX_SHARE * abs(total) for share in shares.values()):
        raise BadInputError(
            f"The shares of the sounds cancel each other: one is more than {MAX_SHARE:g} times their sum.",
            "Give smaller negative shares.",
        )
    return tuple(shares.items())


def _on_the_map(opened: Opened, method: str | None, x: float, y: float) -> Weights:
    """What lies at a place of the map that shows neighbours best, or of the one that is asked for."""
    from sda_desktop.generation.chart import layouts_of

    layouts = layouts_of(opened)
    found = [layout for layout in layouts if method in (None, layout.method)]
    if not found:
        raise BadInputError(f"There is no map {method} of so few sounds.", "Leave --map out.")
    sounds = opened.instrument.atlas.corpus
    return tuple((sounds[index].key, share) for index, share in found[0].weights_at(x, y))


def _recipe(
    options: argparse.Namespace, instrument: Instrument, weights: Weights | None, seed: int
) -> Recipe:
    if weights is None:
        amount = {} if options.novelty is None else {"amount": options.novelty}
        recipe = instrument.random(seed, **amount)
    else:
        recipe = instrument.at(weights, seed=seed)
        if options.novelty is not None:
            recipe = recipe.replaced(novelty=options.novelty)
    return shaped(recipe, options)


def _place(text: str) -> tuple[float, float]:
    x, found, y = text.partition(",")
    if not found:
        raise UsageError(f"The place is {text!r}.", "Write two numbers from 0 to 1, such as 0.3,0.7.")
    return number_between("X of the place", x, 0, 1), number_between("Y of the place", y, 0, 1)

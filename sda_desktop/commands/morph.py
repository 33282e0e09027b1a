"""`morph`: a sound that goes from one sound to others."""

from __future__ import annotations

import argparse
import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.named_sounds import key_of
from sda_desktop.commands.options import PROGRAM, Parser, UsageError, number_type
from sda_desktop.commands.sound_options import (
    add_model_argument,
    add_output_options,
    add_seed_option,
    add_shape_options,
    number_between,
    shaped,
)
from sda_desktop.commands.sounds_out import SoundsOut

if TYPE_CHECKING:
    from sda_desktop.generation import Stop

SUMMARY = SUMMARIES["morph"]
FEWEST, MOST = 2, 4
MOST_POINTS = 64
EVEN = "even"


def build_parser() -> Parser:
    """The options of `morph`."""
    parser = Parser(
        f"{PROGRAM} morph",
        "Make a sound that goes from the first of two to four sounds to the last. Each is named as the\n"
        "model knows it, or is a file; a file becomes one of the model's sounds and is kept with it.",
        usage=f"{PROGRAM} morph MODEL A B [C [D]] --out DIR [--curve PLACES] [--beyond X]\n"
        "       [--length SECONDS] [--seed K] [--novelty X] [--density D] [--loop]\n"
        "       [--slider ID=VALUE...] [--recipes] [--json] [files]",
    )
    add_model_argument(parser)
    parser.add_argument("sounds", metavar="SOUND", nargs="+", help="Two to four sounds, in their order.")
    own = parser.add_argument_group("options")
    own.add_argument(
        "--curve",
        metavar="PLACES",
        type=_places,
        default=EVEN,
        help="Where on the way it is, at even times: numbers from 0, the first sound, to 1, the last; such "
        "as 0,0.2,1 or 0,1,0. Write --curve=-0.2,1 for a negative one. [default: even, from 0 to 1]",
    )
    own.add_argument(
        "--beyond",
        metavar="X",
        type=number_type("Beyond", float, 0.0, 1.0),
        default=0.0,
        help="How far beyond the first and the last sound the curve may lead; an even one does lead there. "
        "[0 to 1; default 0]",
    )
    add_seed_option(own)
    sound = parser.add_argument_group("sound")
    sound.add_argument(
        "--novelty",
        metavar="X",
        type=number_type("Novelty", float, 0.0, 1.0),
        help="How much is left to chance. [0 to 1; default 0.2]",
    )
    add_shape_options(sound)
    add_output_options(parser, own, "{title}")
    return parser


def run(options: argparse.Namespace) -> int:
    """Make the morph.  Returns the exit code; raises SdaError, Cancelled."""
    if not FEWEST <= len(options.sounds) <= MOST:
        raise UsageError(f"A morph needs {FEWEST} to {MOST} sounds.", f"See {PROGRAM} morph --help.")
    places = curve_places(options.curve, options.beyond)
    with SoundsOut(options, "Morphing") as out:
        opened = out.open()
        instrument = opened.instrument
        keys = [key_of(instrument, name, out.stop) for name in options.sounds]
        more = {} if options.novelty is None else {"novelty": options.novelty}
        recipe = instrument.morph(course_along(keys, places), seed=options.seed, **more)
        return out.write(opened, [shaped(recipe, options)])


def curve_places(curve: Sequence[float] | str, beyond: float) -> Sequence[float]:
    """The curve as numbers.  Raises UsageError if it leads further than `beyond`."""
    if isinstance(curve, str):
        return (-beyond, 1 + beyond)
    if not all(-beyond <= place <= 1 + beyond for place in curve):
        raise UsageError(
            f"The curve leads further than from {0 - beyond:g} to {1 + beyond:g}.", "Allow it with --beyond."
        )
    return curve


def course_along(keys: Sequence[str], places: Sequence[float]) -> tuple[Stop, ...]:
    """Stops of a morph through sounds, given by where on the way it is at even times: 0 at the first sound,
    1 at the last.

    Where the way passes a sound there is a stop as well, so that it does lead through it.
    """
    from sda_desktop.generation import Stop

    legs = len(keys) - 1
    points = [(number / (len(places) - 1), place * legs) for number, place in enumerate(places)]
    through = [points[0]]
    for (start, here), (end, there) in itertools.pairwise(points):
        low, high = sorted((here, there))
        passed = [sound for sound in range(1, legs) if low < sound < high]
        if there < here:
            passed.reverse()
        through += [(start + (end - start) * (sound - here) / (there - here), sound) for sound in passed]
        through.append((end, there))
    return tuple(Stop(at, _shares(keys, place)) for at, place in through)


def _shares(keys: Sequence[str], place: float) -> tuple[tuple[str, float], ...]:
    """Between the two sounds that `place` lies between, or beyond the outermost two; 0 is the first sound."""
    first = min(max(math.floor(place), 0), len(keys) - 2)
    share = place - first
    shares: dict[str, float] = {}
    for key, value in ((keys[first], 1 - share), (keys[first + 1], share)):
        shares[key] = shares.get(key, 0.0) + value
    return tuple(shares.items())


def _places(text: str) -> Sequence[float] | str:
    if text == EVEN:
        return EVEN
    places = [number_between("A place of the curve", part, -1, 2) for part in text.split(",")]
    if not 2 <= len(places) <= MOST_POINTS:
        raise UsageError(f"The curve has {len(places)} places.", f"Give 2 to {MOST_POINTS}.")
    return places

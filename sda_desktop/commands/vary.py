"""`vary`: variations of a sound of the corpus, of a file, or of a sound that was made before."""

from __future__ import annotations

import argparse

from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.named_sounds import recipe_of
from sda_desktop.commands.options import PROGRAM, Parser, number_type
from sda_desktop.commands.sound_options import (
    add_count_option,
    add_model_argument,
    add_output_options,
    add_seed_option,
    add_shape_options,
    shaped,
)
from sda_desktop.commands.sounds_out import SoundsOut
from sda_desktop.generation.recipe import MAX_SEED

SUMMARY = SUMMARIES["vary"]
DEFAULT_AMOUNT = 0.5


def build_parser() -> Parser:
    """The options of `vary`."""
    parser = Parser(
        f"{PROGRAM} vary",
        "Make variations of a sound. SOUND is the name of one that the model was trained on, a file, a\n"
        "recipe (.json), or the id of an entry of the history. A file becomes one of the model's sounds and\n"
        "is kept with it.",
        usage=f"{PROGRAM} vary MODEL SOUND --out DIR [--amount A] [--count N] [--seed K]\n"
        "       [--length SECONDS] [--density D] [--loop] [--slider ID=VALUE...]\n"
        "       [--recipes] [--json] [files]",
    )
    add_model_argument(parser)
    parser.add_argument("sound", metavar="SOUND", help="What to vary.")
    own = parser.add_argument_group("options")
    own.add_argument(
        "--amount",
        metavar="A",
        type=number_type("Amount", float, 0.0, 1.0),
        default=DEFAULT_AMOUNT,
        help=f"How far from the sound. [0 to 1; default {DEFAULT_AMOUNT:g}]",
    )
    add_count_option(own)
    add_seed_option(own, " The next sounds count up from here.")
    add_shape_options(parser.add_argument_group("sound"))
    add_output_options(parser, own, "{title} seed {seed}")
    return parser


def run(options: argparse.Namespace) -> int:
    """Make the variations.  Returns the exit code; raises SdaError, Cancelled."""
    with SoundsOut(options, "Varying") as out:
        opened = out.open()
        instrument = opened.instrument
        recipe = shaped(recipe_of(instrument, options.sound, out.stop), options)
        seeds = [(options.seed + number) % (MAX_SEED + 1) for number in range(options.count)]
        return out.write(opened, [instrument.vary(recipe, options.amount, seed) for seed in seeds])

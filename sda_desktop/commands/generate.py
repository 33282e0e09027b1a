"""`generate`: new sounds from a trained model."""

from __future__ import annotations

import argparse
from pathlib import Path

from sda_desktop.commands import EXIT_CANCELLED, EXIT_DONE, SUMMARIES
from sda_desktop.commands.interrupt import Interruptible
from sda_desktop.commands.options import PROGRAM, Parser, number_type
from sda_desktop.commands.output import count_text, path_text
from sda_desktop.commands.progress import FileProgress
from sda_desktop.commands.sounds_out import load_model, prepare_folder, unused_path

SUMMARY = SUMMARIES["generate"]
MAX_COUNT = 100_000
MIN_LENGTH_S, MAX_LENGTH_S = 0.05, 3600.0
MAX_SEED = 2**31 - 1


def build_parser() -> Parser:
    """The options of `generate`."""
    parser = Parser(
        f"{PROGRAM} generate",
        "Make new sounds with a trained model: 24-bit WAV files 'new 001 seed 5.wav' at the model's rate. "
        "The same model, seed and length make the same sound; nothing is overwritten.",
        usage=f"{PROGRAM} generate MODEL --out DIR [--count N] [--length SECONDS] [--seed K]",
    )
    parser.add_argument(
        "model", metavar="MODEL", type=Path, help="A run folder (its best checkpoint) or a checkpoint."
    )
    own = parser.add_argument_group("options")
    own.add_argument("--out", metavar="DIR", type=Path, required=True, help="Where the results go.")
    own.add_argument(
        "--count",
        metavar="N",
        type=number_type("Count", int, 1, MAX_COUNT),
        default=4,
        help=f"How many sounds. [1 to {MAX_COUNT}; default 4]",
    )
    own.add_argument(
        "--length",
        metavar="SECONDS",
        type=number_type("Length", float, MIN_LENGTH_S, MAX_LENGTH_S, "s"),
        default=2.0,
        help=f"How long each is. [{MIN_LENGTH_S:g} to {MAX_LENGTH_S:g} s; default 2]",
    )
    own.add_argument(
        "--seed",
        metavar="K",
        type=number_type("Seed", int, 0, MAX_SEED),
        default=0,
        help=f"The seed of the first sound; the next ones count up. [0 to {MAX_SEED}; default 0]",
    )
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Make the sounds.  Returns the exit code; raises SdaError."""
    written = 0
    with Interruptible(), FileProgress("Generating") as progress:
        try:
            folder = prepare_folder(options.out)
            progress.update(0, options.count, "loading the model")
            from sda_desktop.audio.io import write_wav

            model = load_model(options.model)
            for number in range(options.count):
                seed = (options.seed + number) % (MAX_SEED + 1)
                name = f"new {number + 1:03d} seed {seed}"
                progress.update(number, options.count, name)
                target = unused_path(folder, name)
                write_wav(target, model.generate(options.length, seed), model.sample_rate_hz)
                progress.say(path_text(target))
                written += 1
        except KeyboardInterrupt:
            progress.complain(f"Cancelled; {count_text(written, 'sound')} written.")
            return EXIT_CANCELLED
    return EXIT_DONE

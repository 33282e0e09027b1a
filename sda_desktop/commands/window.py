"""No command: open the window, or do its main job without one where there is no display."""

from __future__ import annotations

import argparse
import difflib
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from sda_desktop import __version__
from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.display import missing_display
from sda_desktop.commands.options import PROGRAM, Parser, UsageError
from sda_desktop.commands.output import duration_text, say
from sda_desktop.training.config import TrainingConfig

HEADLESS_TIME_LIMIT_S = 60.0


def build_parser() -> Parser:
    """The options of the program itself; its help lists the commands."""
    listed = "\n".join(f"  {name:<14}{summary}" for name, summary in SUMMARIES.items())
    parser = Parser(
        PROGRAM,
        "Train a generative model on a folder of your own sounds, hear it learn, and make new ones with it.\n"
        "Without a command the window opens, with the given folders and files in it.",
        usage=f"{PROGRAM} [--demo] [PATH...]\n       {PROGRAM} COMMAND ...",
        epilog=f"commands:\n{listed}\n\n{PROGRAM} COMMAND --help tells more about one of them. "
        "A folder that is called like a command\nis opened as ./train.",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="Folders and files of sound, or a run."
    )
    own = parser.add_argument_group("options")
    own.add_argument("--demo", action="store_true", help="Open the built-in demo sounds.")
    own.add_argument("--version", action="version", version=f"SDA Desktop {__version__}")
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Open the window, or train headless for a while.  Returns the exit code; raises SdaError."""
    paths = [_existing(path) for path in options.paths]
    if why := missing_display():
        return _run_headless(why, paths)
    gc.disable()  # there is nothing to collect yet, and looking takes a twentieth of the imports' time
    try:
        from sda_desktop.app import main
    finally:
        gc.enable()

    arguments = [*(["--demo"] if options.demo else []), *map(str, paths)]
    return main([sys.argv[0], *arguments])


def _existing(path: Path) -> Path:
    if path.exists():
        return path.absolute()
    similar = difflib.get_close_matches(str(path), SUMMARIES, n=1)
    remedy = f"Did you mean the command {similar[0]}?" if similar else f"{PROGRAM} --help lists the commands."
    raise UsageError(f"There is no file or folder {path}, and no command of that name.", remedy)


def _run_headless(why: str, paths: Sequence[Path]) -> int:
    """The main job without a window: train on the given sounds, or the demo sounds, and say where it is."""
    from sda_desktop.audio.demo import ensure_demo_sounds
    from sda_desktop.commands.session import run_session
    from sda_desktop.commands.train import train_job

    say(why)
    dataset = list(paths) or [ensure_demo_sounds()]
    what = "the given sounds" if paths else "the demo sounds"
    say(f"Training on {what} for {duration_text(HEADLESS_TIME_LIMIT_S)} instead, which saves a model.")
    config = TrainingConfig().replaced(time_limit_s=HEADLESS_TIME_LIMIT_S)
    return run_session(train_job(dataset, config, frozenset({"time_limit_s"})))

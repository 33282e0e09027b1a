"""`train`: train a model without a window, or go on with a run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.options import (
    PROGRAM,
    Parser,
    UsageError,
    add_setting_options,
    given_settings,
    option_name,
)
from sda_desktop.commands.output import prepare_json_output
from sda_desktop.commands.session import Job, run_session
from sda_desktop.errors import SoundsGoneError
from sda_desktop.paths import demo_dir
from sda_desktop.training.checkpoint_manifest import CHECKPOINTS_FOLDER
from sda_desktop.training.config import BY_NAME, TrainingConfig
from sda_desktop.training.metrics import EventSink, TrainingComplete

if TYPE_CHECKING:
    from sda_desktop.training.loop import RunControl

SUMMARY = SUMMARIES["train"]
# What may change when a run goes on; everything else belongs to the run.
CHANGEABLE = ("epochs", "time_limit_s", "threads", "device")


def build_parser() -> Parser:
    """The options of `train`: its own, then one for every field of the table of hyperparameters."""
    parser = Parser(
        f"{PROGRAM} train",
        "Train a model on your sounds. Ctrl-C once stops and saves; --resume goes on from there.",
        usage=f"{PROGRAM} train DATASET... [--run DIR] [--preset NAME] [--epochs N | --time-limit SECONDS]\n"
        "       [--seed N] [--device NAME] [--threads N] [--resume RUN [--sounds FOLDER]] [--json]\n"
        "       [settings]",
    )
    parser.add_argument(
        "dataset", metavar="DATASET", nargs="*", type=Path, help="Folders and files of sound."
    )
    own = parser.add_argument_group("options")
    own.add_argument("--demo", action="store_true", help="Train on the built-in demo sounds.")
    own.add_argument(
        "--run",
        metavar="DIR",
        type=Path,
        help="The new folder of this run. [default: a new one among the app's data]",
    )
    own.add_argument(
        "--resume",
        metavar="RUN",
        type=Path,
        help="Go on with a run folder (from its newest checkpoint) or from one checkpoint. "
        f"May change {', '.join(option_name(name) for name in CHANGEABLE)}.",
    )
    own.add_argument(
        "--sounds",
        metavar="FOLDER",
        type=Path,
        help="With --resume: where the sounds are now, if they were moved.",
    )
    own.add_argument("--json", action="store_true", help="Write every event as a line of JSON to stdout.")
    parser.add_help_option(own)
    add_setting_options(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Train or resume as asked.  Returns the exit code; raises SdaError."""
    given = given_settings(options)
    if options.json:
        prepare_json_output()
    if options.resume is not None:
        return _resume(options, given)
    if options.sounds is not None:
        raise UsageError("--sounds is for --resume.", "Name the sounds of a new run without it.")
    if not options.dataset and not options.demo:
        raise UsageError(
            "There is nothing to train on.",
            f"Name a folder of sounds, or use --demo; see {PROGRAM} train --help.",
        )
    config = TrainingConfig().replaced(**given)
    job = train_job(sources(options), config, frozenset(given), options.run)
    return run_session(job, json=options.json)


def _resume(options: argparse.Namespace, given: dict[str, Any]) -> int:
    changes = checked_changes(options, given)
    if options.sounds is not None:
        changes["sounds"] = options.sounds.absolute()
    try:
        return run_session(resume_job(options.resume.absolute(), changes), json=options.json)
    except SoundsGoneError as error:
        remedy = f"{error.remedy} If they are elsewhere now, name that folder with --sounds."
        raise SoundsGoneError(error.message, remedy, error.details) from error


def sources(options: argparse.Namespace) -> list[Path]:
    """The dataset as given; the demo sounds are made and added when asked for."""
    found = [path.absolute() for path in options.dataset]
    if options.demo:
        from sda_desktop.audio.demo import ensure_demo_sounds

        found.append(ensure_demo_sounds())
    return found


def train_job(
    dataset: list[Path], config: TrainingConfig, explicit: frozenset[str], run_dir: Path | None = None
) -> Job:
    """A new run."""

    def start(on_event: EventSink, control: RunControl) -> TrainingComplete:
        from sda_desktop.training.loop import train

        folder = run_dir.absolute() if run_dir else None
        return train(dataset, config, run_dir=folder, explicit=explicit, on_event=on_event, control=control)

    return start


def resume_job(target: Path, changes: dict[str, Any]) -> Job:
    """A run that goes on; `changes` holds fields out of CHANGEABLE, and where else to look for `sounds`."""

    def start(on_event: EventSink, control: RunControl) -> TrainingComplete:
        from sda_desktop.training.loop import resume

        return resume(target, on_event=on_event, control=control, **changes)

    return start


def checked_changes(options: argparse.Namespace, given: dict[str, Any]) -> dict[str, Any]:
    """What --resume is to change.  Options that only repeat what the run already has are fine.

    Raises UsageError on anything that a run cannot change, and what RunFolder.open raises.
    """
    from sda_desktop.training.run_folder import RunFolder

    run_dir = run_folder_of(options.resume.absolute())
    manifest = RunFolder.open(run_dir).manifest
    recorded = manifest.get("config", {})
    fixed = [
        name
        for name, value in given.items()
        if name not in CHANGEABLE and value != recorded.get(name, BY_NAME[name].default)
    ]
    if fixed:
        raise UsageError(
            f"{' and '.join(option_name(name) for name in fixed)} cannot change when a run is resumed.",
            f"Only {', '.join(option_name(name) for name in CHANGEABLE)} can.",
        )
    if given.get("epochs") and given.get("time_limit_s"):
        raise UsageError("Both --epochs and --time-limit are given.", "Choose one of them.")
    wanted = {path.resolve() for path in [*options.dataset, *([demo_dir()] if options.demo else [])]}
    recorded_sources = {Path(source).resolve() for source in manifest.get("sources", [])}
    if (options.run and options.run.resolve() != run_dir.resolve()) or (
        wanted and wanted != recorded_sources
    ):
        raise UsageError(
            "A run is resumed in its own folder and with its own sounds.",
            "Leave DATASET, --demo and --run away (--sounds tells where they were moved to), or start a new"
            " run without --resume.",
        )
    return {name: given[name] for name in CHANGEABLE if name in given}


def run_folder_of(target: Path) -> Path:
    """The run folder of a run folder or of one of its checkpoints."""
    is_checkpoint = target.parent.name == CHECKPOINTS_FOLDER and not (target / "run.json").exists()
    return target.parent.parent if is_checkpoint else target

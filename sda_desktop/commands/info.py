"""`info`: what a run or a checkpoint is, and whether its files are sound."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sda_desktop.commands import EXIT_DONE, SUMMARIES
from sda_desktop.commands.options import PROGRAM, Parser
from sda_desktop.commands.output import (
    NEWER,
    columns,
    count_text,
    duration_text,
    prepare_json_output,
    printable,
    say,
    say_json,
    size_text,
)
from sda_desktop.errors import CheckpointError
from sda_desktop.training.checkpoint import (
    best_checkpoint,
    list_checkpoints,
    load_checkpoint,
    verify_checkpoint,
)
from sda_desktop.training.checkpoint_manifest import CHECKPOINTS_FOLDER, MANIFEST_NAME, CheckpointInfo
from sda_desktop.training.config import TABLE
from sda_desktop.training.metrics import EpochMetrics, MetricsHistory
from sda_desktop.training.run_folder import RunFolder, summarise_run
from sda_desktop.training.run_place import RUN_FILE
from sda_desktop.training.warning_texts import sentence

SUMMARY = SUMMARIES["info"]
UPDATE = "Update SDA Desktop to use what a newer version made; nothing was changed."
HEADINGS = ("CHECKPOINT", "EPOCH", "STEP", "SCORE", "VALIDATION", "TRAIN", "SIZE", "SAVED", "")


def build_parser() -> Parser:
    """The options of `info`."""
    parser = Parser(
        f"{PROGRAM} info",
        "Tell about a run (settings, sounds, epochs, losses, checkpoints) or one checkpoint. Every "
        "checkpoint is read and compared with its hashes; damaged ones are named as such.",
        usage=f"{PROGRAM} info RUN_OR_CHECKPOINT [--json]",
    )
    parser.add_argument(
        "target", metavar="RUN_OR_CHECKPOINT", type=Path, help="A run folder or a checkpoint."
    )
    own = parser.add_argument_group("options")
    own.add_argument("--json", action="store_true", help="Write one JSON object instead of text.")
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Tell about the target.  Raises CheckpointError when it is neither a run nor a checkpoint."""
    if options.json:
        prepare_json_output()
    target = options.target.absolute()
    if not target.exists():
        raise CheckpointError(f"There is no run or checkpoint at {target}.", "Check the path.")
    folder = target.parent if target.is_file() else target
    if (folder / RUN_FILE).exists():
        facts = run_facts(folder)
        lines = run_lines(facts)
    elif (folder / MANIFEST_NAME).exists() or folder.parent.name == CHECKPOINTS_FOLDER:
        facts = checkpoint_facts(folder)
        lines = checkpoint_lines(facts)
    else:
        raise CheckpointError(
            f"{target} is neither a run nor a checkpoint: it holds no {RUN_FILE} and no {MANIFEST_NAME}.",
            "Runs lie in the app's data folder, checkpoints in a run's folder checkpoints.",
        )
    if options.json:
        say_json(facts)
    else:
        for line in lines:
            say(line)
    return EXIT_DONE


# --- a run ------------------------------------------------------------------------------------------------


def run_facts(folder: Path) -> dict[str, Any]:
    """Everything about a run, as JSON values.  Raises CheckpointError, StorageError."""
    manifest = RunFolder.open(folder).manifest
    summary = summarise_run(folder)
    best = best_checkpoint(folder)
    checkpoints = [verify_checkpoint(info.path) for info in list_checkpoints(folder)]
    history, problem = _history(folder)
    return {
        "kind": "run",
        "path": str(folder),
        "name": summary.name,
        "created": summary.created,
        "app_version": manifest.get("app_version"),
        "status": summary.status,
        "interrupted": summary.interrupted,
        "size_bytes": summary.size_bytes,
        "problem": summary.problem or problem,
        "sources": manifest.get("sources", []),
        "dataset": manifest.get("dataset", {}),
        "config": manifest.get("config", {}),
        "epochs": history.epochs[-1].epoch if history.epochs else 0,
        "steps": history.steps[-1].global_step if history.steps else 0,
        "last_epoch": asdict(history.epochs[-1]) if history.epochs else None,
        "best_epoch": _best_epoch(history.epochs),
        "warnings": [{**asdict(warning), "message": sentence(warning)} for warning in history.warnings],
        "previews": len(history.previews),
        "checkpoints": [_checkpoint_dict(info, best) for info in checkpoints],
    }


def _history(folder: Path) -> tuple[MetricsHistory, str]:
    metrics_file = folder / "metrics.jsonl"
    try:
        return MetricsHistory.load(metrics_file), ""
    except (ValueError, OSError) as error:
        return MetricsHistory(), f"{metrics_file.name} cannot be read ({error})"


def _best_epoch(epochs: list[EpochMetrics]) -> dict[str, Any] | None:
    return asdict(min(epochs, key=lambda epoch: epoch.score)) if epochs else None


def _checkpoint_dict(info: CheckpointInfo, best: CheckpointInfo | None) -> dict[str, Any]:
    is_best = best is not None and info.path == best.path
    return {**asdict(info), "path": str(info.path), "is_best": is_best, "damaged": info.damaged}


def run_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """The facts of a run as text."""
    status = "interrupted (can be resumed)" if facts["interrupted"] else facts["status"]
    yield f"Run          {printable(facts['name'])}"
    yield f"Folder       {printable(facts['path'])} ({size_text(facts['size_bytes'])})"
    yield f"Status       {status}, begun {_date(facts['created'])}"
    if facts["problem"]:
        yield f"Problem      {printable(facts['problem'])}"
    for source in facts["sources"]:
        yield f"Sounds       {printable(str(source))}"
    yield from _dataset_lines(facts["dataset"])
    yield from _epoch_lines(facts)
    yield f"Previews     {facts['previews']}"
    for warning in {warning["message"]: None for warning in facts["warnings"]}:
        yield f"Note         {printable(warning)}"
    yield ""
    yield from _checkpoint_table(facts["checkpoints"])
    if any(info["newer"] for info in facts["checkpoints"]):
        yield UPDATE
    yield ""
    yield from _config_lines(facts["config"])


def _dataset_lines(dataset: Mapping[str, Any]) -> Iterator[str]:
    for key, value in dataset.items():
        if isinstance(value, str | int | float):
            yield f"             {printable(key.replace('_', ' '))}: {printable(str(value))}"


def _epoch_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    last, best = facts["last_epoch"], facts["best_epoch"]
    if last is None:
        yield f"Training     {count_text(facts['steps'], 'step')}, no epoch complete"
        return
    yield (
        f"Training     epoch {last['epoch']} of {last['epochs']}, step {last['global_step']} of"
        f" {last['total_steps']}, {duration_text(last['elapsed_seconds'])}"
    )
    for title, epoch in (("Last epoch", last), ("Best epoch", best)):
        yield (
            f"{title}   {epoch['epoch']}: train {epoch['train_loss']:.3f}, validation"
            f" {epoch['validation_loss']:.3f} (reconstruction {epoch['validation_recon_loss']:.3f}),"
            f" KL {epoch['kl_divergence_nats']:.1f} nats, overfitting gap {epoch['overfitting_gap']:.0%}"
        )


def _checkpoint_table(checkpoints: list[dict[str, Any]]) -> list[str]:
    if not checkpoints:
        return ["No checkpoints."]
    rows = [
        (
            Path(info["path"]).name,
            str(info["epoch"]),
            str(info["global_step"]),
            _figure(info["score"]),
            _figure(info["validation_recon"]),
            _figure(info["train_recon"]),
            size_text(info["size_bytes"]),
            _date(info["created"]),
            _state(info),
        )
        for info in checkpoints
    ]
    return columns(HEADINGS, rows, right=frozenset({1, 2, 3, 4, 5, 6}))


def _state(info: Mapping[str, Any]) -> str:
    if info["newer"]:
        return f"{NEWER}: {info['problem']}"
    return f"DAMAGED: {info['problem']}" if info["damaged"] else "best" if info["is_best"] else ""


def _config_lines(config: Mapping[str, Any]) -> Iterator[str]:
    """The settings; those that are not the default first, as they are what one looks for."""
    changed = [row for row in TABLE if row.name in config and config[row.name] != row.default]
    same = [row for row in TABLE if row.name in config and config[row.name] == row.default]
    for title, rows in (("Settings", changed), ("Settings at their default", same)):
        if rows:
            listed = ", ".join(f"{row.name} {config[row.name]}" for row in rows)
            yield f"{title}: {printable(listed)}"


# --- a checkpoint -----------------------------------------------------------------------------------------


def checkpoint_facts(folder: Path) -> dict[str, Any]:
    """Everything about a checkpoint, as JSON values.  Raises CheckpointError."""
    info = verify_checkpoint(folder)
    run_dir = folder.parent.parent if folder.parent.name == CHECKPOINTS_FOLDER else None
    best = best_checkpoint(run_dir) if run_dir else None
    config: Mapping[str, Any] = {}
    if not info.problem:
        config = load_checkpoint(folder, only=()).state.get("config", {})
    return {
        "kind": "checkpoint",
        **_checkpoint_dict(info, best),
        "run": str(run_dir) if run_dir and (run_dir / RUN_FILE).exists() else None,
        "config": config,
    }


def checkpoint_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """The facts of a checkpoint as text."""
    yield f"Checkpoint   {printable(facts['path'])} ({size_text(facts['size_bytes'])})"
    if facts["run"]:
        yield f"Run          {printable(facts['run'])}"
    if facts["newer"]:
        yield f"{NEWER}. {UPDATE}"
        yield f"             {printable(facts['problem'])}"
        return
    if facts["damaged"]:
        yield f"DAMAGED      {printable(facts['problem'])}"
        return
    best = ", the best of its run" if facts["is_best"] else ""
    yield f"Saved        {_date(facts['created'])}, reason {facts['reason']}{best}"
    yield f"Training     epoch {facts['epoch']}, step {facts['global_step']}"
    yield (
        f"Losses       score {_figure(facts['score'])}, reconstruction: validation"
        f" {_figure(facts['validation_recon'])}, train {_figure(facts['train_recon'])}"
    )
    yield "Files        all there and unchanged"
    yield from _config_lines(facts["config"])


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _date(unix_time: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(unix_time))

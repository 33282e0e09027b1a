"""The speeds of runs that were trained before speeds were kept, from what their folders tell.

Runs that came from another computer as a file hold curves only, and no speed that could mislead here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from sda_desktop.errors import CheckpointError, ConfigError, StorageError
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.metrics import Event, RunStarted, TrainingComplete, event_from_json
from sda_desktop.training.run_folder import RunFolder, run_folders
from sda_desktop.training.speeds import FEWEST_STEPS, Speed, load_speeds, measured_now, speeds_file

log = logging.getLogger(__name__)

MOST_RUNS = 20
# The beginning and the end of metrics.jsonl; hundreds of thousands of steps lie between them.
_PART_BYTES = 16_384


def known_speeds() -> list[Speed]:
    """The speeds that were kept; as long as none were, those of the runs on the disk."""
    return load_speeds() if speeds_file().exists() else speeds_of_runs()


def speeds_of_runs() -> list[Speed]:
    """Of the newest runs that tell theirs, the newest first; one for all with the same settings."""
    try:
        newest = sorted(run_folders(), key=_changed, reverse=True)[:MOST_RUNS]
    except StorageError as error:
        log.warning("The runs tell no speeds: %s", error)
        return []
    found: dict[tuple[str | int, ...], Speed] = {}
    for run in newest:
        speed = _speed_of(run)
        if speed is not None:
            found.setdefault(speed.settings, speed)
    return list(found.values())


def _changed(run: Path) -> float:
    try:
        return (run / "metrics.jsonl").stat().st_mtime
    except OSError:
        return 0.0


def _speed_of(path: Path) -> Speed | None:
    try:
        run = RunFolder.open(path)
        config = TrainingConfig.from_dict(run.manifest["config"])
        first, last = _ends(run.metrics_file)
    except (CheckpointError, ConfigError, KeyError, TypeError, OSError) as error:
        log.debug("%s tells no speed: %s", path, error)
        return None
    started = next((e for e in _events(first) if isinstance(e, RunStarted)), None)
    ended = next((e for e in reversed(list(_events(last))) if isinstance(e, TrainingComplete)), None)
    if started is None or ended is None or ended.steps_per_second <= 0 or ended.global_step < FEWEST_STEPS:
        return None
    means = {"step": 1 / ended.steps_per_second, "validation": 0.0, "preview": 0.0, "checkpoint": 0.0}
    automatic = started.device if config.device == "auto" else ""
    return measured_now(
        config, started.device, automatic, started.threads, means, ended.global_step, _changed(path)
    )


def _ends(file: Path) -> tuple[bytes, bytes]:
    """Raises OSError."""
    with file.open("rb") as handle:
        first = handle.read(_PART_BYTES)
        size = handle.seek(0, os.SEEK_END)
        handle.seek(max(0, size - _PART_BYTES))
        return first, handle.read()


def _events(part: bytes) -> Iterator[Event]:
    """Of the lines that are whole."""
    for line in part.splitlines():
        try:
            yield event_from_json(line.decode("utf-8"))
        except (ValueError, AttributeError, RecursionError):
            continue

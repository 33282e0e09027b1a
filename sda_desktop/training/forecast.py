"""What a training will take, told before it begins: time, space on the disk, memory.

The window asks while the settings change, the engine once more when it begins.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sda_desktop import paths
from sda_desktop.audio.cache import SoundCache
from sda_desktop.audio.scan import ScanResult
from sda_desktop.errors import StorageError
from sda_desktop.storage import existing, free_bytes
from sda_desktop.training.config import TrainingConfig, with_preset
from sda_desktop.training.model_size import (
    local_numbers,
    parameters,
    training_bytes,
    weights_bytes,
)
from sda_desktop.training.pace import Pace
from sda_desktop.training.past_speeds import known_speeds
from sda_desktop.training.run_plan import HOP_SAMPLES, RunPlan, plan_run
from sda_desktop.training.speeds import Expected, Speed, expected_speed
from sda_desktop.words import say

log = logging.getLogger(__name__)

TIGHT = 2.0  # less free space than so many times what is needed is worth a word
NEAR = 1.5  # an estimate scaled by more than this is told as a rough one
_PREVIEW_SAMPLE_BYTES = 3  # 24 bit, mono
_HEADERS_BYTES, _FILE_RECORD_BYTES = 80_000, 420  # of a checkpoint, and in it for each sound
_STEP_RECORD_BYTES, _EPOCH_RECORD_BYTES, _PREVIEW_RECORD_BYTES = 330, 900, 350  # in metrics.jsonl
# Memory that a training adds to the process, fitted to the same nine trainings as the speeds: by itself, per
# weight (weights, gradients, moments, average, and copies for checkpoint and previews), and per frame of the
# batch for itself and for each channel.  Largest error 12 %.
_MEMORY, _WEIGHT_MEMORY, _FRAME_MEMORY, _CHANNEL_MEMORY = 200e6, 38.0, 89e3, 304.0
_EVALUATED_MEMORY = 200e3  # per second of the sounds that are measured on


@dataclass(frozen=True, slots=True)
class Room:
    """What will be written on one disk, and what is free there."""

    folder: Path
    least_bytes: int  # without which no training can go on
    needed_bytes: int  # in the end, if it goes on to its last epoch: many are stopped when they sound right
    free_bytes: int

    @property
    def missing_bytes(self) -> int:
        """How much more would have to be free for the training to begin; 0 if there is enough."""
        return max(0, self.least_bytes - self.free_bytes)

    @property
    def is_tight(self) -> bool:
        """Whether it can begin, and may or will fill the disk, or leave little on it."""
        return not self.missing_bytes and self.free_bytes < TIGHT * self.needed_bytes

    @property
    def may_fill(self) -> bool:
        """Whether all that is planned does not fit."""
        return self.needed_bytes > self.free_bytes


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a training will take.  seconds, steps: None while nothing is known of this computer."""

    seconds: float | None
    steps: int | None
    epochs: int | None
    is_rough: bool  # scaled from a training with quite other settings
    has_time_limit: bool
    disk_bytes: int  # that the run folder will hold
    # First the runs' disk, then, if it is another one, that of the decoded sounds.  None where a system does
    # not tell what is free: then nothing is warned of.
    rooms: tuple[Room, ...]
    memory_bytes: int
    available_bytes: int

    @property
    def lacking(self) -> Room | None:
        """The disk with too little space to begin, if there is one."""
        return next((room for room in self.rooms if room.missing_bytes), None)

    @property
    def tight(self) -> Room | None:
        """A disk with little space, if there is one."""
        return next((room for room in self.rooms if room.is_tight), None)

    @property
    def is_memory_tight(self) -> bool:
        """Whether the training needs more memory than is available now."""
        return self.memory_bytes > self.available_bytes


def foresee(
    result: ScanResult,
    config: TrainingConfig,
    explicit: frozenset[str] = frozenset(),
    *,
    run_dir: Path | None = None,
    speeds: Sequence[Speed] | None = None,
) -> Forecast:
    """The forecast for these sounds and settings; `config` need not be resolved.

    run_dir: where the run will lie, by default among the user's runs.  speeds: by default those kept on
    this computer.  Looks at disks and files: not in the GUI thread.  Raises ValueError if none of the
    sounds can be used.
    """
    import psutil  # not before the first paint of a window

    config = with_preset(config, len(result.usable), explicit)
    plan = plan_run(result, config)
    expected = expected_speed(config, known_speeds() if speeds is None else speeds)
    seconds, steps = None, None if config.time_limit_s else plan.total_steps
    if expected is not None:
        pace = _pace(config, plan, expected)
        if config.time_limit_s:
            plan = plan.replanned(pace.steps_within(config.time_limit_s, plan, 0, ()), 0)
            seconds, steps = config.time_limit_s, plan.total_steps
        else:
            seconds = _seconds(config, plan, pace)
    least = checkpoints_bytes(config, plan, is_planned=steps is not None)
    needed = least if steps is None else run_bytes(config, plan)
    return Forecast(
        seconds=seconds,
        steps=steps,
        epochs=None if steps is None else plan.epochs,
        is_rough=expected is not None and not 1 / NEAR <= expected.ratio <= NEAR,
        has_time_limit=bool(config.time_limit_s),
        disk_bytes=needed,
        rooms=_rooms(result, plan, (run_dir or paths.runs_dir()).absolute(), least, needed),
        memory_bytes=memory_bytes(config, plan),
        available_bytes=psutil.virtual_memory().available,
    )


# Time -----------------------------------------------------------------------------------------------------


def _pace(config: TrainingConfig, plan: RunPlan, expected: Expected) -> Pace:
    pace, speed = Pace(config, plan.evaluated_batches, plan.preview_seconds), expected.speed
    pace.expect("step", speed.step_s)
    if speed.validation_s:
        pace.expect("validation", speed.validation_s)
    if speed.preview_s:
        pace.expect("preview", speed.preview_s)
    pace.expect("checkpoint", speed.checkpoint_s)
    return pace


def _seconds(config: TrainingConfig, plan: RunPlan, pace: Pace) -> float:
    """The steps with all that they wait for; or the previews, where they take longer than the epochs
    between them."""
    previews = plan.previews(config.preview_every_epochs) * pace.seconds_of("preview")
    return max(pace.seconds_left(plan, 0, ()), previews)


# Disk -----------------------------------------------------------------------------------------------------


def checkpoint_bytes(config: TrainingConfig, plan: RunPlan) -> int:
    """The size of one checkpoint."""
    numbers = config.global_latents * 4 + 12
    steps = plan.bank_s * plan.rate_hz / (8 * HOP_SAMPLES) + plan.bank_sounds
    bank = plan.bank_sounds * numbers + 2 * round(steps) * local_numbers(config)
    return training_bytes(config) + bank + _HEADERS_BYTES + _FILE_RECORD_BYTES * plan.files


def preview_bytes(config: TrainingConfig, plan: RunPlan) -> int:
    """All previews of a run, and the originals they are compared with."""
    count = plan.previews(config.preview_every_epochs)
    seconds = plan.held_out_s + count * plan.preview_seconds
    return round(seconds * plan.rate_hz) * _PREVIEW_SAMPLE_BYTES + 4096


def checkpoints_bytes(config: TrainingConfig, plan: RunPlan, *, is_planned: bool = True) -> int:
    """The most that the checkpoints of a run take at one time.

    is_planned: whether the steps of the plan are known; otherwise as many are counted as may be kept.
    """
    due = Pace(config, 0.0, 0.0).due(plan, 0, ())["checkpoint"]
    # The recent ones, the best, and for a moment the one that takes the place of the oldest.
    kept = config.keep_checkpoints + 2
    checkpoints = min(round(due) + 1, kept) if is_planned else kept
    # One that is saved while previews are made also holds their weights.
    previewing = min(checkpoints, max(2, math.ceil(checkpoints / config.preview_every_epochs)))
    return checkpoints * checkpoint_bytes(config, plan) + previewing * weights_bytes(config)


def run_bytes(config: TrainingConfig, plan: RunPlan) -> int:
    """The most that a run folder holds while it is trained to its last epoch."""
    previews = plan.previews(config.preview_every_epochs) * plan.preview_files
    told = (
        plan.total_steps * _STEP_RECORD_BYTES
        + plan.epochs * _EPOCH_RECORD_BYTES
        + previews * _PREVIEW_RECORD_BYTES
    )
    return checkpoints_bytes(config, plan) + preview_bytes(config, plan) + told


def _rooms(result: ScanResult, plan: RunPlan, runs: Path, least: int, needed: int) -> tuple[Room, ...]:
    cache = SoundCache()
    try:
        left = cache.free_after(cache.missing_bytes(result.usable, plan.rate_hz))
        free, free_for_cache = free_bytes(runs), free_bytes(cache.folder)
        is_one_disk = existing(runs).stat().st_dev == existing(cache.folder).stat().st_dev
    except (OSError, StorageError) as error:
        log.warning("The free space is not known: %s", error)
        return ()
    decoded = free_for_cache - left
    if is_one_disk:
        # Decoding comes first, and takes from the decoded sounds that nobody uses what it lacks.
        return (Room(runs, least + decoded, needed + decoded, free),)
    return Room(runs, least, needed, free), Room(cache.folder, decoded, decoded, free_for_cache)


def check_room(forecast: Forecast, run_dir: Path | None = None) -> None:
    """Raise StorageError if a disk is too small.  run_dir: where the run was told to lie."""
    room = forecast.lacking
    if room is None:
        return
    elsewhere = say("Free some space on it, or choose a folder on another disk.")
    raise StorageError(lacking_sentence(room), making_room() if run_dir is None else elsewhere)


def making_room() -> str:
    """What to do when the disk of the user's runs is too small."""
    return say(
        "Free some space on it, delete old runs, keep fewer checkpoints, or set {variable} to a folder on "
        "another disk.",
        variable=paths.HOME_VARIABLE,
    )


def lacking_sentence(room: Room) -> str:
    """How much is missing on a disk, and where."""
    return say(
        "{missing} of disk space are missing: the training writes at least {needed}, and {free} are free in "
        "{folder}.",
        missing=size_text(room.missing_bytes),
        needed=size_text(room.least_bytes),
        free=size_text(room.free_bytes),
        folder=room.folder,
    )


def size_text(size_bytes: float) -> str:
    """An amount of data: "812 MB", "1.4 GB"."""
    megabytes = max(1, math.ceil(size_bytes / 1e6))
    return f"{megabytes} MB" if megabytes < 1000 else f"{size_bytes / 1e9:.1f} GB"


def about_text(seconds: float) -> str:
    """A time span as exact as an estimate is: "40 s", "3 min", "2 h 10 min", "26 h"."""
    if seconds < 55:
        return f"{10 * max(1, round(seconds / 10))} s"
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes >= 600:
        return f"{round(minutes / 60)} h"
    minutes = 10 * round(seconds / 600)
    return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")


# Memory ---------------------------------------------------------------------------------------------------


def memory_bytes(config: TrainingConfig, plan: RunPlan) -> int:
    """What training adds to the memory of the process.

    Sounds do not count: they are read from the disk as they are needed.
    """
    frames = config.batch_frames * (_FRAME_MEMORY + _CHANNEL_MEMORY * config.channels)
    batch_s = config.batch_frames * HOP_SAMPLES / plan.rate_hz
    evaluated = _EVALUATED_MEMORY * plan.evaluated_batches * batch_s
    return round(_MEMORY + _WEIGHT_MEMORY * parameters(config) + frames + evaluated)

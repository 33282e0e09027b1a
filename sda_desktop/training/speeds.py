"""How fast trainings went on this computer, kept for the estimate of the next one.

The file holds one record for each combination of device, threads and sizes that was trained with.  Losing it
loses nothing but estimates: what cannot be read is passed over, and what cannot be written is only logged.
"""

from __future__ import annotations

import json
import logging
import math
import os
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from sda_desktop import paths
from sda_desktop.errors import Damage, NewerFormat, StorageError
from sda_desktop.storage import atomic_write_bytes, storage_error
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.model_size import multiplications, parameters
from sda_desktop.training.run_plan import choose_threads
from sda_desktop.upgrades import FileFormat

log = logging.getLogger(__name__)

FORMAT = FileFormat("sda_desktop_speeds", 1, "a record of speeds")
FILE_NAME = "speeds.json"
FEWEST_STEPS = 30  # a shorter session says little
MOST_SPEEDS = 60
WEIGHT_STEPS = 2000  # so many earlier steps count at most when a new session is added
# Seconds of a step on the processor: for itself, per million weights, and per thousand frames for themselves
# and per million multiplications.  Only their ratios matter.
_STEP, _WEIGHTS, _FRAMES, _FRAMES_WIDE = 0.0147, 0.0048, 0.0342, 0.0528
# By which power of the number of threads a step gets shorter: on two cores, of which batches and previews
# want one, a second thread brought nothing with batches of 352 frames, and the power was a half with 1408.
_THREADS_EXPONENT = 0.25


@dataclass(frozen=True, slots=True)
class Speed:
    """The mean speed of trainings with the same device and sizes."""

    computer: str
    device: str
    automatic: str  # the device that "automatic" is on this computer, "" if that is not known
    threads: int
    batch_frames: int
    channels: int
    global_latents: int
    local_latents: int
    step_s: float
    validation_s: float  # of as much sound as a batch holds
    preview_s: float  # of a second of sound
    checkpoint_s: float  # that the loop waits for one
    steps: int  # that were measured
    measured: float  # when, Unix time

    @property
    def settings(self) -> tuple[str | int, ...]:
        """All that a record is one for."""
        return (
            self.computer,
            self.device,
            self.threads,
            self.batch_frames,
            self.channels,
            self.global_latents,
            self.local_latents,
        )

    def joined(self, earlier: Speed) -> Speed:
        """The mean with an earlier record of the same settings, weighted by steps."""
        before = min(earlier.steps, WEIGHT_STEPS)
        share = self.steps / (before + self.steps)

        def mean(name: str) -> float:
            old, new = float(getattr(earlier, name)), float(getattr(self, name))
            return old + share * (new - old) if old and new else old or new

        return replace(
            self,
            step_s=mean("step_s"),
            validation_s=mean("validation_s"),
            preview_s=mean("preview_s"),
            checkpoint_s=mean("checkpoint_s"),
            steps=before + self.steps,
        )


@dataclass(frozen=True, slots=True)
class Expected:
    """A speed for settings, and how far they are from those it was measured with."""

    speed: Speed
    ratio: float  # of the work of a step to that of the one that was measured


def this_computer() -> str:
    """Tells apart the computers that a folder on a portable disk is used on, as far as speed goes."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"


def step_work(size: TrainingConfig | Speed) -> float:
    """The work of a step, in seconds of some processor's thread.

    Fitted to the processor time of nine trainings with one thread, widths from 32 to 384 and batches from 88
    to 1408 frames: from each of them it tells the step of every other with an error below 10 %.  The clock
    says up to 40 % more with the largest batches on two cores, where the loop waits for crops.  What was told
    of real runs with other settings was within a sixth of the truth, as long as nothing else kept the cores
    busy.  Graphics cards were not measured: small steps are bound there by what they cost by themselves, so
    that larger ones are told as too long.
    """
    weights, work = parameters(size) / 1e6, multiplications(size) / 1e6
    return _STEP + _WEIGHTS * weights + size.batch_frames / 1e3 * (_FRAMES + _FRAMES_WIDE * work)


def expected_speed(config: TrainingConfig, speeds: Sequence[Speed]) -> Expected | None:
    """The speed to expect of a resolved config, from the record whose settings are nearest.

    None if nothing was ever measured on the device.
    """
    here = [speed for speed in speeds if speed.computer == this_computer()]
    device = config.device
    if device == "auto":
        told = [speed for speed in here if speed.automatic]
        device = max(told, key=lambda speed: speed.measured).automatic if told else ""
    threads = choose_threads(config.threads)

    def ratio(speed: Speed) -> float:
        on_more = (speed.threads / threads) ** _THREADS_EXPONENT if device == "cpu" else 1.0
        return step_work(config) / step_work(speed) * on_more

    def distance(speed: Speed) -> tuple[float, float]:
        by_threads = abs(math.log(speed.threads / threads)) if device == "cpu" else 0.0
        by_size = abs(math.log(step_work(config) / step_work(speed)))
        return by_threads + by_size, -speed.measured

    nearest = min((speed for speed in here if speed.device == device), key=distance, default=None)
    if nearest is None:
        return None
    factor = ratio(nearest)
    forward = factor * nearest.validation_s
    return Expected(replace(nearest, step_s=factor * nearest.step_s, validation_s=forward), factor)


# The file -------------------------------------------------------------------------------------------------


def speeds_file() -> Path:
    """Where the speeds are kept."""
    return paths.data_dir() / FILE_NAME


def load_speeds() -> list[Speed]:
    """All records, the newest first; none where there is no file, or none that can be read."""
    try:
        return _read(speeds_file())
    except (Damage, OSError) as error:
        log.warning("%s is passed over: %s", speeds_file(), getattr(error, "problem", error))
        return []


def keep_speed(speed: Speed, before: Sequence[Speed] = ()) -> None:
    """Add a session to the records.  What goes wrong is only logged.

    before: what a new file begins with.
    """
    file = speeds_file()
    try:
        try:
            known = _read(file) if file.exists() else list(before)
        except NewerFormat:
            log.warning("%s is of a newer SDA Desktop and stays as it is", file)
            return
        except Damage as damage:
            log.warning("%s is written anew: %s", file, damage.problem)
            known = []
        same = next((k for k in known if k.settings == speed.settings), None)
        others = [k for k in known if k is not same]
        _write(file, [speed if same is None else speed.joined(same), *others][:MOST_SPEEDS])
    except (OSError, StorageError) as error:
        log.warning("The speed of this training is not kept: %s", error)


def _read(file: Path) -> list[Speed]:
    """Raises Damage, OSError."""
    try:
        data = json.loads(file.read_bytes())
    except FileNotFoundError:
        return []
    except (ValueError, RecursionError) as error:
        raise Damage("it is no JSON", repr(error)) from error
    if not isinstance(data, dict):
        raise Damage("it is no record of speeds")
    records = FORMAT.upgraded(data).get("speeds")
    return list(_valid(records if isinstance(records, list) else []))


def _valid(records: Iterable[object]) -> Iterable[Speed]:
    """The records that are whole; an odd one is left out."""
    kinds = {"str": str, "int": int, "float": (int, float)}
    for record in records:
        if not isinstance(record, dict):
            continue
        try:
            values = {f.name: record[f.name] for f in fields(Speed)}
        except KeyError:
            continue
        typed = all(isinstance(values[f.name], kinds[str(f.type)]) for f in fields(Speed))  # type: ignore[arg-type]
        if typed and 0 < values["step_s"] < math.inf and min(values["threads"], values["channels"]) > 0:
            yield Speed(**values)


def _write(file: Path, speeds: Sequence[Speed]) -> None:
    """Raises StorageError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, file) from error
    contents = {**FORMAT.stamp, "speeds": [asdict(speed) for speed in speeds]}
    FORMAT.keep_older(file)
    atomic_write_bytes(file, (json.dumps(contents, indent=1) + "\n").encode())


def measured_now(
    config: TrainingConfig,
    device: str,
    automatic: str,
    threads: int,
    means: dict[str, float],
    steps: int,
    when: float | None = None,
) -> Speed:
    """The record of a session.  means: see Pace.means.  when: Unix time, if not now."""
    return Speed(
        computer=this_computer(),
        device=device,
        automatic=automatic,
        threads=threads,
        batch_frames=config.batch_frames,
        channels=config.channels,
        global_latents=config.global_latents,
        local_latents=config.local_latents,
        step_s=means["step"],
        validation_s=means["validation"],
        preview_s=means["preview"],
        checkpoint_s=means["checkpoint"],
        steps=steps,
        measured=time.time() if when is None else when,
    )

"""Training from end to end: a folder of sounds in, a run folder with a usable model out."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import torch

from sda_desktop.audio.scan import ScanResult
from sda_desktop.errors import BadInputError, Cancelled, CheckpointError, SdaError
from sda_desktop.training.checkpoint import (
    Checkpoint,
    beyond,
    latest_checkpoint,
    latest_of,
    list_checkpoints,
    load_checkpoint,
)
from sda_desktop.training.config import TABLE, TrainingConfig
from sda_desktop.training.forecast import check_room, foresee
from sda_desktop.training.metrics import (
    CheckpointEvent,
    EventSink,
    Reason,
    RunForecast,
    RunStarted,
    TrainingComplete,
)
from sda_desktop.training.past_speeds import known_speeds
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.run_place import RUN_FILE
from sda_desktop.training.session import choose_device, prepare, resolve_config, restore
from sda_desktop.training.sources import Session, scan_sources
from sda_desktop.training.speeds import FEWEST_STEPS, keep_speed, measured_now
from sda_desktop.training.state import RunControl
from sda_desktop.training.trainer import Trainer
from sda_desktop.training.warning_texts import health_warning
from sda_desktop.words import say

log = logging.getLogger(__name__)

__all__ = ["RunControl", "resume", "train"]


def train(
    sources: Sequence[Path],
    config: TrainingConfig,
    *,
    run_dir: Path | None = None,
    explicit: frozenset[str] = frozenset(),
    on_event: EventSink,
    control: RunControl | None = None,
) -> TrainingComplete:
    """Train a new model on the sounds in `sources` (files and folders).

    run_dir: where to keep the run, by default a new folder among the user's runs.  explicit: the fields of
    `config` that the user set and no preset may change.  on_event is called on this thread for everything
    that happens; control stops the run from another.  A stop, whenever it comes, returns normally with
    status "cancelled" and everything saved.  Raises SdaError.
    """
    config.validate()
    session = Session(on_event, control or RunControl())
    sources = [Path(source).expanduser().absolute() for source in sources]
    run: RunFolder | None = None
    try:
        result = scan_sources(sources, session)
        config = resolve_config(config, explicit, len(result.usable))
        _foresee(result, config, run_dir, session)
        run = RunFolder.create(
            run_dir,
            name=sources[0].stem if sources[0].is_file() else sources[0].name,
            manifest={"sources": [str(source) for source in sources], "config": config.to_dict()},
        )
        with run.lock():
            trainer, started = prepare(result, config, run, session)
            return _drive(trainer, started)
    except Cancelled:
        return _stopped_early(run)
    except SdaError:
        _remove_if_empty(run)
        raise


def _foresee(result: ScanResult, config: TrainingConfig, run_dir: Path | None, session: Session) -> None:
    """Tell what the run will take.  Raises StorageError if its disk is too small for it."""
    every = frozenset(row.name for row in TABLE)
    forecast = foresee(result, config, every, run_dir=run_dir)
    session.on_event(
        RunForecast(
            forecast.seconds,
            forecast.is_rough,
            forecast.has_time_limit,
            forecast.steps,
            forecast.disk_bytes,
            forecast.rooms[0].free_bytes if forecast.rooms else None,
            forecast.memory_bytes,
            forecast.available_bytes,
        )
    )
    check_room(forecast, run_dir)


def resume(
    target: Path,
    *,
    on_event: EventSink,
    control: RunControl | None = None,
    epochs: int | None = None,
    time_limit_s: float | None = None,
    threads: int | None = None,
    device: str | None = None,
    sounds: Path | None = None,
) -> TrainingComplete:
    """Go on with a run from its newest checkpoint (`target` is a run folder) or from the given checkpoint.

    With the same settings and threads on the CPU the result is bit for bit that of a run that was never
    stopped.  From an older checkpoint than the newest a new run begins beside the old one, so that nothing
    that came later is lost.  epochs and time_limit_s give another length; a finished run needs one of
    them.  sounds: the folder where the sounds are now, if they are not where they were; they are known by
    their names and their content.  Raises SdaError.
    """
    session = Session(on_event, control or RunControl())
    if sounds is not None and not (sounds := Path(sounds).expanduser().absolute()).exists():
        raise BadInputError(say("There is nothing at {place}.", place=sounds), say("Check the path."))
    overrides: dict[str, Any] = {
        "epochs": epochs,
        "time_limit_s": time_limit_s,
        "threads": threads,
        "device": device,
        "sounds": sounds,
    }
    run, named = _locate(Path(target).expanduser().absolute())
    infos = list_checkpoints(run.path)
    newest = latest_of(infos)
    is_newest = newest is not None and named is not None and newest.path == named.info.path
    # What a newer version trained later would be lost if this one went on in the same folder.
    if named is None or (is_newest and not beyond(infos)):
        with run.lock():
            return _resume_in(run, _newest_of(run, session), overrides, session)
    fork = _fork(run, named)
    try:
        with fork.lock():
            return _resume_in(fork, named, overrides, session)
    except SdaError:
        _remove_if_empty(fork)
        raise


def _resume_in(
    run: RunFolder, checkpoint: Checkpoint, overrides: dict[str, Any], session: Session
) -> TrainingComplete:
    try:
        trainer, started = restore(run, checkpoint, overrides, session)
    except Cancelled:
        return _stopped_early(run)
    # Only now, that nothing can fail any more, what came after the checkpoint is dropped.
    run.truncate_metrics(int(checkpoint.state["metrics_position"]))
    info = checkpoint.info
    # Its own event came after the position that it holds.
    run.append_event(
        CheckpointEvent(
            str(info.path),
            cast(Reason, info.reason),
            info.epoch,
            info.global_step,
            info.score,
            info.size_bytes,
            0.0,
        )
    )
    return _drive(trainer, started)


def _drive(trainer: Trainer, started: RunStarted) -> TrainingComplete:
    run = trainer.run
    run.update(status="running")
    try:
        with _flushed_denormals():
            trainer.announce(started)
            try:
                complete = trainer.run_to_end()
            finally:
                _keep_speed(trainer, started)
        trainer.announce(complete)
    except BaseException as error:
        run.update(status="failed", problem=str(error))
        raise
    finally:
        run.close()
    run.update(status="finished" if complete.status == "finished" else "stopped")
    return complete


def _keep_speed(trainer: Trainer, started: RunStarted) -> None:
    """For the estimates of later runs."""
    pace = trainer.pace
    # After memory ran out the batch was smaller than the settings say.
    if pace.measured_steps >= FEWEST_STEPS and trainer.state.batch_frames == trainer.config.batch_frames:
        automatic = choose_device("auto").type
        threads, steps = started.threads, pace.measured_steps
        speed = measured_now(trainer.config, started.device, automatic, threads, pace.means(), steps)
        keep_speed(speed, before=known_speeds())


@contextmanager
def _flushed_denormals() -> Iterator[None]:
    """Numbers too small to matter cost a hundred times the work on many processors."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def _locate(target: Path) -> tuple[RunFolder, Checkpoint | None]:
    """The run that `target` means, and the checkpoint if it names one, verified.

    Raises BadInputError, CheckpointError.
    """
    if (target / RUN_FILE).exists() or target.name == RUN_FILE:
        return RunFolder.open(target), None
    if not target.exists():
        raise BadInputError(
            say("There is no run or checkpoint at {target}.", target=target), say("Check the path.")
        )
    checkpoint = load_checkpoint(target)
    return RunFolder.open(checkpoint.info.path.parent.parent), checkpoint


def _newest_of(run: RunFolder, session: Session) -> Checkpoint:
    """The newest checkpoint that is sound.  Damaged ones are told of, and stay where they are.

    Raises CheckpointError if there is none, or if a newer version of the app trained on from it.
    """
    infos = list_checkpoints(run.path)
    damaged = [info for info in infos if info.damaged]
    problems = "\n".join(f"{info.path.name}: {info.problem}" for info in infos if info.problem)
    newest = latest_of(infos)
    if later := beyond(infos):
        raise CheckpointError(
            say(
                "The checkpoint {name}, from which the run would go on, was made by a newer version of SDA "
                "Desktop.",
                name=later[0].path.name,
            ),
            say("Update SDA Desktop.")
            if newest is None
            else say(
                "Update SDA Desktop, or resume the checkpoint {name}: that begins a new run from there.",
                name=newest.path.name,
            ),
            problems,
        )
    if newest is None:
        raise CheckpointError(
            say("The run {name} has no checkpoint that can be used.", name=run.path.name),
            say("All of its checkpoints are damaged.") if damaged else say("Start a new training."),
            problems,
        )
    if damaged:
        names = ", ".join(info.path.name for info in damaged)
        session.on_event(
            health_warning(
                "damaged_checkpoint", newest.epoch, newest.global_step, names=names, name=newest.path.name
            )
        )
    return load_checkpoint(newest.path)


def _fork(run: RunFolder, checkpoint: Checkpoint) -> RunFolder:
    """A new run that begins with the checkpoint and its history.  Raises StorageError, BadInputError."""
    manifest = {
        key: value
        for key, value in run.manifest.items()
        if key in ("config", "sources", "dataset", "versions")
    }
    name = say("{name} from epoch {epoch}", name=run.manifest["name"], epoch=checkpoint.info.epoch)
    fork = RunFolder.create(None, name=name, manifest={**manifest, "forked_from": str(run.path)})
    if run.metrics_file.exists():
        with run.metrics_file.open("rb") as source:
            fork.metrics_file.write_bytes(source.read(int(checkpoint.state["metrics_position"])))
    return fork


def _stopped_early(run: RunFolder | None) -> TrainingComplete:
    """Stopped before the first step: there is nothing to keep of a new run."""
    kept = None if run is None else latest_checkpoint(run.path)
    _remove_if_empty(run)
    return TrainingComplete(
        "cancelled",
        "" if run is None or kept is None else str(run.path),
        0 if kept is None else kept.epoch,
        0 if kept is None else kept.global_step,
        None if kept is None else str(kept.path),
        None,
        0,
        0.0,
        0.0,
    )


def _remove_if_empty(run: RunFolder | None) -> None:
    """Remove a run folder that was made for nothing: one without any checkpoint."""
    if run is None or list_checkpoints(run.path):
        return
    run.close()
    shutil.rmtree(run.path, ignore_errors=True)

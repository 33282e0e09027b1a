"""Making a Trainer: from sounds and settings for a new run, from a checkpoint for a resumed one."""

from __future__ import annotations

import copy
import platform
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import torch

from sda_desktop import __version__
from sda_desktop.audio.augmentation import AugmentationConfig
from sda_desktop.audio.scan import ScanResult
from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.errors import BadInputError, CheckpointError, ConfigError
from sda_desktop.models.vae import ConvVAE, VAEConfig
from sda_desktop.training.checkpoint import Checkpoint
from sda_desktop.training.codec import build_model, front_end, model_config
from sda_desktop.training.config import TrainingConfig, automatic_epochs, with_preset
from sda_desktop.training.dataset import CROP_FRAMES, AudioTrainingDataset
from sda_desktop.training.device_corpus import crop_source
from sda_desktop.training.found_again import FoundAgain
from sda_desktop.training.learner import Learner
from sda_desktop.training.metrics import RunStarted
from sda_desktop.training.optimizer import make_optimizer, restore_optimizer
from sda_desktop.training.preview import plan_previews
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.run_plan import choose_threads
from sda_desktop.training.schedule import Schedule
from sda_desktop.training.sources import Session, file_record, load_sounds, reload_sounds, split_of
from sda_desktop.training.split import Split, split_sounds
from sda_desktop.training.state import TrainerState
from sda_desktop.training.trainer import PREVIEW_GROUP, Trainer
from sda_desktop.training.warning_texts import health_warning
from sda_desktop.words import say

STATISTICS_CROPS = 96
_STATISTICS_STEP = 2**40  # far from the number of any training step
# A time-limited run begins with this guess and corrects it after its first steps.
GUESSED_STEPS_PER_SECOND = 6.0


def choose_device(name: str) -> torch.device:
    """The torch device for a setting.  Raises ConfigError if this machine has none such."""
    available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return torch.device(next(kind for kind in ("cuda", "mps", "cpu") if available[kind]))
    if not available[name]:
        there = ", ".join(kind for kind, is_there in available.items() if is_there)
        raise ConfigError(
            say(
                "Device (device) is {name!r}, which this computer does not have; it has: {there}.",
                name=name,
                there=there,
            )
        )
    return torch.device(name)


def augmentation_of(config: TrainingConfig) -> AugmentationConfig:
    """The augmentation strengths of a run."""
    return AugmentationConfig(
        config.gain_db,
        config.varispeed_semitones,
        config.late_onset,
        config.eq_tilt_db,
        config.noise_db,
    )


# A new run -----------------------------------------------------------------------------------------------


def resolve_config(config: TrainingConfig, explicit: frozenset[str], usable_files: int) -> TrainingConfig:
    """The preset applied, and checked once more."""
    resolved = with_preset(config, usable_files, explicit)
    resolved.validate()
    return resolved


def prepare(
    result: ScanResult, config: TrainingConfig, run: RunFolder, session: Session
) -> tuple[Trainer, RunStarted]:
    """A trainer at step 0 of a new run.  `config` is resolved.  Raises SdaError, Cancelled."""
    device, threads = choose_device(config.device), choose_threads(config.threads)
    torch.set_num_threads(threads)
    rate_hz = result.model_rate_hz if config.sample_rate == "auto" else int(config.sample_rate)
    sounds, files = load_sounds(result.usable, rate_hz, session)
    split = split_sounds(
        [sound.frames for sound in sounds],
        [file.content_hash for file in files],
        rate_hz,
        config.seed,
        by_time=config.validation == "slices",
    )
    _report_split(split, config, session)
    spectrogram = front_end(config, rate_hz)
    dataset = AudioTrainingDataset(
        sounds, split, spectrogram, augmentation_of(config), config.seed, config.batch_frames
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        model = build_model(model_config(config, spectrogram), spectrogram)
    _fit_statistics(model, dataset, session)
    state = TrainerState(_new_schedule(config, dataset), config.batch_frames)
    versions = {"torch": str(torch.__version__), "python": platform.python_version()}
    fixed_state = {
        "app_version": __version__,
        "versions": versions,
        "config": config.to_dict(),
        "device": device.type,
        "threads": threads,
        "spectrogram": spectrogram.to_dict(),
        "model": model.config.to_dict(),
        "files": [file_record(file) for file in files],
        "split": asdict(split),
    }
    run.update(
        config=config.to_dict(),
        dataset={
            "files": len(files),
            "train_files": len({s.sound for s in split.train}),
            "validation_files": len(split.validation_sounds),
            "seconds": sum(sound.duration_s for sound in sounds),
            "sample_rate_hz": rate_hz,
        },
        versions={"app": __version__, **versions},
    )
    trainer = _assemble(run, dataset, model, copy.deepcopy(model), state, fixed_state, session)
    return trainer, _run_started(trainer, threads, None)


def _report_split(split: Split, config: TrainingConfig, session: Session) -> None:
    if not split.by_time or config.validation == "slices":
        return
    session.on_event(health_warning("split_by_time.end" if split.held_out else "split_by_time.none"))


def _fit_statistics(model: ConvVAE, dataset: AudioTrainingDataset, session: Session) -> None:
    session.progress("measuring", 0, 1)
    spectrogram = AudioSpectrogram(dataset.spectrogram)
    one_crop = CROP_FRAMES[0]
    crops = [dataset.batch(_STATISTICS_STEP + i, one_crop).waves for i in range(STATISTICS_CROPS)]
    model.fit_statistics(spectrogram(torch.cat(crops))[:, 0])
    session.progress("measuring", 1, 1)


def _new_schedule(config: TrainingConfig, dataset: AudioTrainingDataset) -> Schedule:
    steps_per_epoch = dataset.steps_per_epoch
    epochs = config.epochs or automatic_epochs(steps_per_epoch, config.preset)
    total = epochs * steps_per_epoch
    if config.time_limit_s:
        total = max(1, round(config.time_limit_s * GUESSED_STEPS_PER_SECOND))
    return Schedule(
        total,
        steps_per_epoch,
        config.learning_rate,
        config.final_learning_rate,
        min(config.warmup_steps, total // 4),
        round(config.kl_warmup * total),
    )


def _assemble(
    run: RunFolder,
    dataset: AudioTrainingDataset,
    model: ConvVAE,
    average: ConvVAE,
    state: TrainerState,
    fixed_state: dict[str, Any],
    session: Session,
) -> Trainer:
    config = TrainingConfig.from_dict(fixed_state["config"])
    device = torch.device(fixed_state["device"])
    model, average = model.to(device), average.to(device).eval().requires_grad_(False)
    optimizer = make_optimizer(model, config.learning_rate, config.weight_decay)
    return Trainer(
        config,
        run,
        dataset,
        Learner(
            config,
            dataset,
            AudioSpectrogram(dataset.spectrogram, device),
            model,
            average,
            optimizer,
            source=crop_source(dataset, device, partial(session.progress, "loading")),
        ),
        state,
        plan_previews(dataset, config),
        fixed_state,
        session.on_event,
        session.control,
    )


def _run_started(trainer: Trainer, threads: int, resumed_from: Path | None) -> RunStarted:
    dataset, state = trainer.dataset, trainer.state
    return RunStarted(
        str(trainer.run.path),
        trainer.learner.device.type,
        threads,
        dataset.spectrogram.sample_rate_hz,
        len({s.sound for s in dataset.split.train}),
        len(dataset.split.validation_sounds),
        dataset.train_seconds,
        dataset.validation_seconds,
        dataset.split.by_time,
        state.schedule.epochs,
        state.schedule.steps_per_epoch,
        state.schedule.total_steps,
        state.schedule.epoch_of(state.global_step),
        state.global_step,
        sum(p.numel() for p in trainer.learner.model.parameters()),
        trainer.config.seed,
        None if resumed_from is None else str(resumed_from),
    )


# A resumed run -------------------------------------------------------------------------------------------


def restore(
    run: RunFolder, checkpoint: Checkpoint, overrides: dict[str, Any], session: Session
) -> tuple[Trainer, RunStarted]:
    """A trainer that goes on exactly where the checkpoint was saved.

    overrides: epochs, time_limit_s, threads, device; what is None stays.  sounds: where to look for sounds
    that are not where they were.  Raises SdaError, Cancelled.
    """
    try:
        fixed_state = {k: v for k, v in checkpoint.state.items() if k not in ("trainer", "metrics_position")}
        state = TrainerState.from_dict(checkpoint.state["trainer"])
        config = TrainingConfig.from_dict(fixed_state["config"])
        spectrogram = SpectrogramConfig(**fixed_state["spectrogram"])
        model_size = VAEConfig.from_dict(fixed_state["model"])
        split = split_of(fixed_state["split"])
        files = list(fixed_state["files"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CheckpointError(
            say("The checkpoint {name} does not hold what a resume needs.", name=checkpoint.info.path.name),
            say("Choose another checkpoint of this run."),
            repr(error),
        ) from error
    if "optimizer" not in checkpoint.tensors:
        raise CheckpointError(
            say("The model {name} came without what a training needs to go on.", name=run.path.name),
            say("It can be played. To train, start a new run with your sounds."),
        )
    config = _override_length(config, state, overrides)
    device = choose_device(overrides.get("device") or fixed_state["device"])
    threads = choose_threads(overrides.get("threads") or fixed_state["threads"])
    torch.set_num_threads(threads)
    fixed_state |= {"config": config.to_dict(), "device": device.type, "threads": threads}
    sources = [str(source) for source in run.manifest.get("sources", ())]
    place = overrides.get("sounds")
    search = FoundAgain([*([] if place is None else [place]), *map(Path, sources)], session.control.stop)
    rate_hz = spectrogram.sample_rate_hz
    # The state keeps the whole split, so that a sound that is missing today is there again tomorrow.
    sounds, split, fixed_state["files"] = reload_sounds(files, split, rate_hz, session, search)
    dataset = AudioTrainingDataset(
        sounds, split, spectrogram, augmentation_of(config), config.seed, config.batch_frames
    )
    model = build_model(model_size, spectrogram)
    average = build_model(model_size, spectrogram)
    _load_weights(model, checkpoint, "model")
    _load_weights(average, checkpoint, "average")
    trainer = _assemble(run, dataset, model, average, state, fixed_state, session)
    restore_optimizer(trainer.learner.model, trainer.learner.optimizer, checkpoint.tensors["optimizer"])
    if state.previewing:
        weights = checkpoint.tensors.get(PREVIEW_GROUP, checkpoint.tensors["average"])
        trainer.begin_previews(state.previewing, weights)
    if overrides.get("epochs") or overrides.get("time_limit_s"):
        run.update(config=config.to_dict())
    if (moved := [search.moved(source) for source in sources]) != sources:
        run.update(sources=moved)  # the next time they are found, from any checkpoint
    return trainer, _run_started(trainer, threads, checkpoint.info.path)


def _override_length(
    config: TrainingConfig, state: TrainerState, overrides: dict[str, Any]
) -> TrainingConfig:
    """Apply another length, or refuse to go on with a finished run that is not given one."""
    schedule = state.schedule
    is_finished = state.global_step >= schedule.total_steps and not state.pending
    epochs, time_limit_s = overrides.get("epochs"), overrides.get("time_limit_s")
    if epochs:
        config = config.replaced(epochs=epochs, time_limit_s=0.0)
        total = epochs * schedule.steps_per_epoch
    elif time_limit_s:
        config = config.replaced(epochs=0, time_limit_s=state.elapsed_s + time_limit_s)
        total = state.global_step + max(1, round(time_limit_s * GUESSED_STEPS_PER_SECOND))
    elif is_finished:
        raise BadInputError(
            say("This run is finished: all {epochs} epochs are done.", epochs=schedule.epochs),
            say("To go on, give it more epochs than {epochs}.", epochs=schedule.epochs),
        )
    else:
        return config
    if total <= state.global_step:
        raise BadInputError(
            say(
                "Epochs (epochs) is {epochs}, but {done} are done.",
                epochs=epochs,
                done=state.global_step // schedule.steps_per_epoch,
            ),
            say("Give a larger number."),
        )
    at_end = state.global_step >= schedule.total_steps
    state.schedule = schedule.extended(total) if at_end else schedule.replanned(total, state.global_step)
    return config


def _load_weights(model: ConvVAE, checkpoint: Checkpoint, group: str) -> None:
    try:
        model.load_state_dict(checkpoint.tensors[group])
    except (KeyError, RuntimeError) as error:
        raise CheckpointError(
            say(
                "The weights in {name} do not fit the model they are said to be of.",
                name=checkpoint.info.path.name,
            ),
            say("Choose another checkpoint of this run."),
            str(error),
        ) from error

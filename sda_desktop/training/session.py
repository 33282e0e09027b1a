"""Making a Trainer: from sounds and settings for a new run, from a checkpoint for a resumed one."""

from __future__ import annotations

import copy
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import psutil
import torch

from sda_desktop import __version__
from sda_desktop.audio.augmentation import AugmentationConfig
from sda_desktop.audio.cache import CachedSound, SoundCache
from sda_desktop.audio.scan import ScanResult, SoundFile, scan
from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.errors import AudioFileError, BadInputError, Cancelled, CheckpointError, ConfigError
from sda_desktop.models.vae import ConvVAE, VAEConfig
from sda_desktop.training.checkpoint import Checkpoint
from sda_desktop.training.codec import build_model, front_end, model_config
from sda_desktop.training.config import TrainingConfig, automatic_epochs, with_preset
from sda_desktop.training.dataset import CROP_FRAMES, AudioTrainingDataset
from sda_desktop.training.metrics import EventSink, HealthWarning, PreparationProgress, RunStarted
from sda_desktop.training.preview import plan_previews
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.schedule import Schedule
from sda_desktop.training.split import Segment, Split, split_sounds
from sda_desktop.training.trainer import RunControl, Trainer, TrainerState, restore_optimizer

STATISTICS_CROPS = 96
_STATISTICS_STEP = 2**40  # far from the number of any training step
# A time-limited run begins with this guess and corrects it after its first steps.
GUESSED_STEPS_PER_SECOND = 6.0


@dataclass(frozen=True, slots=True)
class Session:
    """What preparing needs to say and to hear."""

    on_event: EventSink
    control: RunControl

    def progress(self, activity: Any, done: int, total: int, item: str = "") -> None:  # noqa: ANN401
        """Say how far it is; raise Cancelled if the run was stopped."""
        self.on_event(PreparationProgress(activity, done, total, item))
        if self.control.stop.is_set():
            raise Cancelled


def choose_device(name: str) -> torch.device:
    """The torch device for a setting.  Raises ConfigError if this machine has none such."""
    available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return torch.device(next(kind for kind in ("cuda", "mps", "cpu") if available[kind]))
    if not available[name]:
        there = ", ".join(kind for kind, is_there in available.items() if is_there)
        raise ConfigError(f"Device (device) is {name!r}, which this computer does not have; it has: {there}.")
    return torch.device(name)


def choose_threads(threads: int) -> int:
    """The number of processor threads; automatically all cores but one, which the window keeps."""
    return threads or max(1, (psutil.cpu_count(logical=False) or psutil.cpu_count() or 2) - 1)


def scan_sources(sources: Sequence[Path], session: Session) -> ScanResult:
    """Scan with progress.  Raises BadInputError when nothing in it can be used."""

    def on_file(file: SoundFile, done: int, total: int) -> None:
        session.progress("scanning", done, total, file.path.name)

    result = scan(sources, on_file=on_file, stop=session.control.stop)
    if not result.usable:
        reasons = [f"{f.path.name}: {f.findings[0].message}" for f in result.files if f.findings]
        raise BadInputError(
            "There is no usable sound in what was given.",
            "Choose a folder with WAV, AIFF, FLAC, OGG or MP3 files.",
            "\n".join(reasons[:50]),
        )
    for note in result.notes:
        session.on_event(HealthWarning("few_files", note))
    return result


def load_sounds(
    files: Sequence[SoundFile], rate_hz: int, session: Session
) -> tuple[list[CachedSound], list[SoundFile]]:
    """Decode into the cache.  A file that breaks or vanishes is reported and left out."""
    cache = SoundCache()
    sounds: list[CachedSound] = []
    kept: list[SoundFile] = []
    for number, file in enumerate(files):
        session.progress("decoding", number, len(files), file.path.name)
        try:
            sounds.append(cache.load(file.path, rate_hz, stop=session.control.stop))
            kept.append(file)
        except AudioFileError as error:
            session.on_event(HealthWarning("file_changed", f"{file.path.name} was left out. {error}"))
    session.progress("decoding", len(files), len(files))
    if not sounds:
        raise BadInputError("None of the sounds could be decoded.", "Look at the list of problems.")
    return sounds, kept


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
        "files": [_file_record(file) for file in files],
        "split": _split_record(split),
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
    message = (
        "There is only one sound, so its last part is kept for validation."
        if split.held_out
        else "There is only one short sound, so the model is measured on what it trains on."
    )
    session.on_event(HealthWarning("split_by_time", message))


def _fit_statistics(model: ConvVAE, dataset: AudioTrainingDataset, session: Session) -> None:
    session.progress("measuring", 0, 1)
    spectrogram = AudioSpectrogram(dataset.spectrogram)
    one_crop = CROP_FRAMES[0]
    crops = [dataset.batch(_STATISTICS_STEP + i, one_crop).waves for i in range(STATISTICS_CROPS)]
    model.fit_statistics(spectrogram(torch.cat(crops))[:, 0])
    session.progress("measuring", 1, 1)


def _new_schedule(config: TrainingConfig, dataset: AudioTrainingDataset) -> Schedule:
    steps_per_epoch = dataset.steps_per_epoch
    epochs = config.epochs or automatic_epochs(steps_per_epoch)
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
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=config.learning_rate,
        betas=(0.9, 0.99),
        weight_decay=config.weight_decay,
        fused=device.type in ("cpu", "cuda"),
    )
    return Trainer(
        config,
        run,
        dataset,
        AudioSpectrogram(dataset.spectrogram, device),
        model,
        average,
        optimizer,
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
        trainer.spectrogram.device.type,
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
        sum(p.numel() for p in trainer.model.parameters()),
        trainer.config.seed,
        None if resumed_from is None else str(resumed_from),
    )


# A resumed run -------------------------------------------------------------------------------------------


def restore(
    run: RunFolder, checkpoint: Checkpoint, overrides: dict[str, Any], session: Session
) -> tuple[Trainer, RunStarted]:
    """A trainer that goes on exactly where the checkpoint was saved.

    overrides: epochs, time_limit_s, threads, device; what is None stays.  Raises SdaError, Cancelled.
    """
    try:
        fixed_state = {k: v for k, v in checkpoint.state.items() if k not in ("trainer", "metrics_position")}
        state = TrainerState.from_dict(checkpoint.state["trainer"])
        config = TrainingConfig.from_dict(fixed_state["config"])
        spectrogram = SpectrogramConfig(**fixed_state["spectrogram"])
        model_size = VAEConfig(**fixed_state["model"])
        split = _split_of(fixed_state["split"])
        files = list(fixed_state["files"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CheckpointError(
            f"The checkpoint {checkpoint.info.path.name} does not hold what a resume needs.",
            "Choose another checkpoint of this run.",
            repr(error),
        ) from error
    config = _override_length(config, state, overrides)
    device = choose_device(overrides.get("device") or fixed_state["device"])
    threads = choose_threads(overrides.get("threads") or fixed_state["threads"])
    torch.set_num_threads(threads)
    fixed_state |= {"config": config.to_dict(), "device": device.type, "threads": threads}
    sounds, split = _reload(files, split, spectrogram.sample_rate_hz, session)
    dataset = AudioTrainingDataset(
        sounds, split, spectrogram, augmentation_of(config), config.seed, config.batch_frames
    )
    model = build_model(model_size, spectrogram)
    average = build_model(model_size, spectrogram)
    _load_weights(model, checkpoint, "model")
    _load_weights(average, checkpoint, "average")
    trainer = _assemble(run, dataset, model, average, state, fixed_state, session)
    restore_optimizer(trainer.model, trainer.optimizer, checkpoint.tensors["optimizer"])
    if overrides.get("epochs") or overrides.get("time_limit_s"):
        run.update(config=config.to_dict())
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
            f"This run is finished: all {schedule.epochs} epochs are done.",
            f"To go on, give it more epochs than {schedule.epochs}.",
        )
    else:
        return config
    if total <= state.global_step:
        raise BadInputError(
            f"Epochs (epochs) is {epochs}, but {state.global_step // schedule.steps_per_epoch} are done already.",
            "Give a larger number.",
        )
    at_end = state.global_step >= schedule.total_steps
    state.schedule = schedule.extended(total) if at_end else schedule.replanned(total, state.global_step)
    return config


def _reload(
    files: list[dict[str, Any]], split: Split, rate_hz: int, session: Session
) -> tuple[list[CachedSound], Split]:
    """The run's sounds again.  What is missing or changed is reported and left out of the split."""
    cache = SoundCache()
    sounds: list[CachedSound] = []
    index_of: dict[int, int] = {}
    for number, record in enumerate(files):
        path = Path(record["path"])
        session.progress("decoding", number, len(files), path.name)
        try:
            status = path.stat()
            if (status.st_size, status.st_mtime_ns) != (record["size_bytes"], record["mtime_ns"]):
                raise AudioFileError(f"{path.name} has changed since the run began.")
            sounds.append(cache.load(path, rate_hz, stop=session.control.stop))
            index_of[number] = len(sounds) - 1
        except (OSError, AudioFileError) as error:
            reason = error if isinstance(error, AudioFileError) else f"{path.name} is no longer there."
            session.on_event(HealthWarning("file_changed", f"{reason} The run goes on without it."))
    kept = Split(
        _reindexed(split.train, index_of),
        _reindexed(split.validation, index_of),
        split.by_time,
        split.held_out,
    )
    if not kept.train or not kept.validation:
        raise BadInputError(
            "The sounds of this run are no longer where they were.",
            f"Put them back (the first was {files[0]['path']}) and resume again.",
        )
    return sounds, kept


def _reindexed(segments: Iterable[Segment], index_of: dict[int, int]) -> tuple[Segment, ...]:
    return tuple(replace(s, sound=index_of[s.sound]) for s in segments if s.sound in index_of)


def _load_weights(model: ConvVAE, checkpoint: Checkpoint, group: str) -> None:
    try:
        model.load_state_dict(checkpoint.tensors[group])
    except (KeyError, RuntimeError) as error:
        raise CheckpointError(
            f"The weights in {checkpoint.info.path.name} do not fit the model they are said to be of.",
            "Choose another checkpoint of this run.",
            str(error),
        ) from error


def _file_record(file: SoundFile) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "size_bytes": file.size_bytes,
        "mtime_ns": file.mtime_ns,
        "content": file.content_hash,
    }


def _split_record(split: Split) -> dict[str, Any]:
    return asdict(split)


def _split_of(data: dict[str, Any]) -> Split:
    return Split(
        tuple(Segment(**s) for s in data["train"]),
        tuple(Segment(**s) for s in data["validation"]),
        bool(data["by_time"]),
        bool(data["held_out"]),
    )

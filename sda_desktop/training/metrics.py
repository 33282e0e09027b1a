"""What the engine says while it works: events, and the history they add up to.

One definition, three readers: the window turns events into Qt signals, the command line prints them as
JSON lines, and the run folder keeps them in metrics.jsonl.  All losses are per training crop and
unitless; durations are seconds; times of day are Unix time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias

Reason: TypeAlias = Literal["interval", "best", "stop", "final", "manual"]  # why a checkpoint was saved


@dataclass(frozen=True, slots=True)
class PreparationProgress:
    """Something before the first step is under way: `done` of `total` units of `activity`."""

    name: ClassVar[str] = "preparation_progress"
    activity: Literal["scanning", "decoding", "measuring", "loading"]
    done: int
    total: int
    item: str = ""


@dataclass(frozen=True, slots=True)
class RunForecast:
    """What a new run is expected to take.  Not kept with the run."""

    name: ClassVar[str] = "run_forecast"
    seconds: float | None  # None before anything was trained on this computer
    is_rough: bool  # from a training with quite other settings
    has_time_limit: bool
    total_steps: int | None  # None with a time limit as long as nothing was trained
    disk_bytes: int  # that the run folder will hold
    free_bytes: int | None  # on its disk; None where a system does not tell
    memory_bytes: int
    available_bytes: int  # of memory


@dataclass(frozen=True, slots=True)
class RunStarted:
    """Everything is ready and the first step follows."""

    name: ClassVar[str] = "run_started"
    run_dir: str
    device: str
    threads: int
    sample_rate_hz: int
    train_files: int
    validation_files: int
    train_seconds: float
    validation_seconds: float
    validation_by_time: bool  # slices of the training sounds rather than whole held-out files
    epochs: int
    steps_per_epoch: int
    total_steps: int
    start_epoch: int  # 1 unless resumed
    start_step: int  # global steps already done
    parameters: int
    seed: int
    resumed_from: str | None = None


@dataclass(frozen=True, slots=True)
class StepMetrics:
    """One optimizer step.  `epoch` and `step` count from 1; `global_step` over the whole run."""

    name: ClassVar[str] = "step"
    epoch: int
    step: int
    total_steps: int  # steps of this epoch
    global_step: int
    train_loss: float
    recon_loss: float
    kl_loss: float  # as weighted into train_loss
    kl_weight: float
    learning_rate: float
    step_seconds: float
    gradient_norm: float
    eta_seconds: float | None = None  # None while it is being estimated


@dataclass(frozen=True, slots=True)
class EpochMetrics:
    """One epoch.  Train and validation figures are measured the same way: averaged weights, no
    augmentation, posterior means, the same KL weight."""

    name: ClassVar[str] = "epoch"
    epoch: int
    epochs: int
    global_step: int
    total_steps: int  # of the whole run
    train_loss: float
    train_recon_loss: float
    train_kl_loss: float
    validation_loss: float
    validation_recon_loss: float
    validation_kl_loss: float
    kl_divergence_nats: float  # unweighted, per sound, on the validation sounds
    kl_weight: float
    active_dimensions: int
    latent_dimensions: int
    overfitting_gap: float  # (validation recon - train recon) / train recon
    score: float  # what "best" is chosen by (evaluate.selection_score), lower is better
    is_best: bool
    learning_rate: float
    eta_seconds: float
    elapsed_seconds: float  # of training, over all sessions of the run
    memory_bytes: int  # resident
    device_memory_bytes: int  # 0 on the CPU


@dataclass(frozen=True, slots=True)
class PreviewEvent:
    """A preview file was written.  `source` is the sound it was made from ("" for new sounds)."""

    name: ClassVar[str] = "preview"
    kind: Literal["original", "reconstruction", "new"]
    epoch: int
    path: str
    sample_rate_hz: int
    duration_s: float
    title: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class CheckpointEvent:
    """A checkpoint was written and is complete on the disk."""

    name: ClassVar[str] = "checkpoint"
    path: str
    reason: Reason
    epoch: int
    global_step: int
    score: float | None
    size_bytes: int
    write_seconds: float


@dataclass(frozen=True, slots=True)
class HealthWarning:
    """Training goes on, but the user should know.

    message: in the language that was spoken then; warning_texts.sentence makes it anew from code and figures,
    if there are any.
    """

    name: ClassVar[str] = "health_warning"
    kind: Literal[
        "overfitting",
        "posterior_collapse",
        "non_finite",
        "out_of_memory",
        "file_changed",
        "dataset",
        "disk_space",
        "split_by_time",
        "preview_failed",
        "damaged_checkpoint",
        "time_limit",
    ]
    message: str
    epoch: int = 0
    global_step: int = 0
    code: str = ""
    figures: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainingComplete:
    """The run ended: all epochs done, or stopped with everything saved."""

    name: ClassVar[str] = "training_complete"
    status: Literal["finished", "cancelled"]
    run_dir: str
    epoch: int
    global_step: int
    checkpoint: str | None  # the last one written; None when stopped before the first step
    best_checkpoint: str | None
    best_epoch: int
    elapsed_seconds: float
    steps_per_second: float
    skipped_steps: int = 0


Event: TypeAlias = (
    PreparationProgress
    | RunForecast
    | RunStarted
    | StepMetrics
    | EpochMetrics
    | PreviewEvent
    | CheckpointEvent
    | HealthWarning
    | TrainingComplete
)
EventSink: TypeAlias = Callable[[Event], None]

EVENT_TYPES: dict[str, type[Event]] = {
    kind.name: kind
    for kind in (
        PreparationProgress,
        RunForecast,
        RunStarted,
        StepMetrics,
        EpochMetrics,
        PreviewEvent,
        CheckpointEvent,
        HealthWarning,
        TrainingComplete,
    )
}


def event_to_json(event: Event) -> str:
    """One line of JSON, without a newline.  Non-finite numbers become null: JSON has none."""
    return json.dumps({"event": event.name, **_finite(asdict(event))}, ensure_ascii=False, allow_nan=False)


def _finite(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _finite(value)
        if isinstance(value, dict)
        else None
        if isinstance(value, float) and not math.isfinite(value)
        else value
        for key, value in data.items()
    }


def event_from_json(line: str) -> Event:
    """The event of one line of metrics.jsonl.  Raises ValueError on anything else."""
    data: dict[str, Any] = json.loads(line)
    kind = EVENT_TYPES.get(data.pop("event", ""))
    if kind is None:
        raise ValueError("not an event of this app")
    known = {f.name: f for f in fields(kind)}
    if unknown := data.keys() - known.keys():
        raise ValueError(f"unknown fields {sorted(unknown)} in event {kind.name}")
    for key, value in data.items():
        if value is None and known[key].type == "float":
            data[key] = math.nan
    try:
        return kind(**data)
    except TypeError as error:
        raise ValueError(f"event {kind.name} is incomplete: {error}") from error


@dataclass
class MetricsHistory:
    """All that happened in a run so far, as the plots and the playlist need it."""

    steps: list[StepMetrics] = field(default_factory=list)
    epochs: list[EpochMetrics] = field(default_factory=list)
    previews: list[PreviewEvent] = field(default_factory=list)
    checkpoints: list[CheckpointEvent] = field(default_factory=list)
    warnings: list[HealthWarning] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Append the event to the list of its kind; kinds without a list are passed over."""
        match event:
            case StepMetrics():
                self.steps.append(event)
            case EpochMetrics():
                self.epochs.append(event)
            case PreviewEvent():
                self.previews.append(event)
            case CheckpointEvent():
                self.checkpoints.append(event)
            case HealthWarning():
                self.warnings.append(event)
            case _:
                pass

    @classmethod
    def of(cls, events: Iterable[Event]) -> MetricsHistory:
        """The history of a sequence of events."""
        history = cls()
        for event in events:
            history.add(event)
        return history

    @classmethod
    def load(cls, metrics_file: Path) -> MetricsHistory:
        """Read metrics.jsonl.  A torn last line (power cut) is passed over; a missing file is empty.

        Where the run folder was moved, previews are found again in their new place.
        """
        history = cls()
        try:
            lines = metrics_file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return history
        for number, line in enumerate(lines):
            try:
                history.add(_in_place(event_from_json(line), metrics_file.parent))
            except ValueError:
                if number != len(lines) - 1:
                    raise
        return history


def _in_place(event: Event, run_dir: Path) -> Event:
    """The event with the path of its preview where the run folder is now, if it is no longer where it was."""
    if not isinstance(event, PreviewEvent):
        return event
    path = Path(event.path)
    here = run_dir.joinpath(*path.parts[-3:])  # previews/epoch-0010/name.wav
    return replace(event, path=str(here)) if not path.exists() and here.exists() else event

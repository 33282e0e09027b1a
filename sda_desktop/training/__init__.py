"""Training: configuration, data, the loop, metrics, checkpoints and previews.

The public names are imported when they are first asked for, so that reading a run's metrics or settings
does not load torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sda_desktop.training.checkpoint import load_checkpoint, manage_checkpoints, save_checkpoint
    from sda_desktop.training.config import TrainingConfig
    from sda_desktop.training.dataset import AudioTrainingDataset
    from sda_desktop.training.evaluate import validate_epoch
    from sda_desktop.training.learner import train_epoch
    from sda_desktop.training.loop import RunControl, resume, train
    from sda_desktop.training.metrics import EpochMetrics, MetricsHistory, PreviewEvent, StepMetrics
    from sda_desktop.training.preview import generate_preview
    from sda_desktop.training.trainer import Trainer

_HOMES = {
    "AudioTrainingDataset": "dataset",
    "EpochMetrics": "metrics",
    "MetricsHistory": "metrics",
    "PreviewEvent": "metrics",
    "RunControl": "loop",
    "StepMetrics": "metrics",
    "Trainer": "trainer",
    "TrainingConfig": "config",
    "generate_preview": "preview",
    "load_checkpoint": "checkpoint",
    "manage_checkpoints": "checkpoint",
    "resume": "loop",
    "save_checkpoint": "checkpoint",
    "train": "loop",
    "train_epoch": "learner",
    "validate_epoch": "evaluate",
}

__all__ = [
    "AudioTrainingDataset",
    "EpochMetrics",
    "MetricsHistory",
    "PreviewEvent",
    "RunControl",
    "StepMetrics",
    "Trainer",
    "TrainingConfig",
    "generate_preview",
    "load_checkpoint",
    "manage_checkpoints",
    "resume",
    "save_checkpoint",
    "train",
    "train_epoch",
    "validate_epoch",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""What a run will consist of, as far as its sounds and settings tell before it begins.

The engine finds out the same with torch and decoded sounds at hand; this needs neither, so that the window
can tell it while the settings change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sda_desktop.audio.scan import ScanResult
from sda_desktop.training.config import TrainingConfig, automatic_epochs
from sda_desktop.training.split import Segment, split_sounds

# Shared with the engine's modules, which bring torch and take them from here.
MIN_STEPS_PER_EPOCH = 20
EVALUATION_SECONDS = (12.0, 120.0)  # at least and at most, of each side of the split
EVALUATION_SHARE = 0.06  # of the seconds of an epoch
EVALUATION_FRAMES = (88, 176)  # of the crops that are measured on
BANK_SOUNDS = 96  # of the training sounds, the places between which new sounds are made
BANK_SECONDS = 8.0  # of each
HOP_SAMPLES = 512  # per spectrogram frame: what SpectrogramConfig comes with


def choose_threads(threads: int) -> int:
    """The number of processor threads; automatically all cores but one, which the window keeps."""
    import psutil  # not before the first paint of a window

    return threads or max(1, (psutil.cpu_count(logical=False) or psutil.cpu_count() or 2) - 1)


def steps_per_epoch(train_s: float, batch_frames: int, rate_hz: int) -> int:
    """How many steps an epoch has: one pass over the sounds that are trained on, but not too few."""
    return max(MIN_STEPS_PER_EPOCH, math.ceil(train_s * rate_hz / (HOP_SAMPLES * batch_frames)))


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The amounts of a run.  With a time limit the steps are a first guess, to be replanned."""

    steps_per_epoch: int
    total_steps: int
    rate_hz: int
    files: int
    sounds_s: float  # all of them
    evaluated_batches: float  # size of a validation, both sides, in training batches
    held_out_s: float  # of the sounds that each preview reconstructs, as long as they are previewed
    preview_seconds: float  # of sound that one preview makes
    preview_files: int  # that one preview makes
    bank_s: float  # of the sounds in the bank of each checkpoint
    bank_sounds: int

    @property
    def epochs(self) -> int:
        """Epochs of the run; the last may be shorter."""
        return math.ceil(self.total_steps / self.steps_per_epoch)

    def replanned(self, total_steps: int, step: int) -> RunPlan:
        """The same with another number of steps, at least one."""
        return replace(self, total_steps=max(1, step, total_steps))

    def previews(self, every_epochs: int) -> int:
        """How often previews are made: after the first epoch, every so many, and after the last."""
        return len({1, self.epochs, *range(every_epochs, self.epochs + 1, every_epochs)})


def plan_run(result: ScanResult, config: TrainingConfig) -> RunPlan:
    """The run of these sounds with these settings, its preset applied.

    Raises ValueError if none of the sounds can be used.
    """
    files = result.usable
    rate_hz = result.model_rate_hz if config.sample_rate == "auto" else int(config.sample_rate)
    split = split_sounds(
        [max(1, round(file.duration_s * rate_hz)) for file in files],
        [file.content_hash for file in files],
        rate_hz,
        config.seed,
        by_time=config.validation == "slices",
    )
    train = [segment.frames / rate_hz for segment in split.train]
    measured = [segment.frames / rate_hz for segment in split.validation]
    train_s = sum(train)
    per_epoch = steps_per_epoch(train_s, config.batch_frames, rate_hz)
    epochs = config.epochs or automatic_epochs(per_epoch, config.preset)
    crops_s = _evaluated_s(train, train_s, rate_hz) + _evaluated_s(measured, train_s, rate_hz)
    held_out_s = _held_out_s(split.validation, config, rate_hz)
    typical_s = sum(min(s, config.preview_max_s) for s in train) / len(train)
    banked = min(BANK_SOUNDS, len(train))
    return RunPlan(
        steps_per_epoch=per_epoch,
        total_steps=epochs * per_epoch,
        rate_hz=rate_hz,
        files=len(files),
        sounds_s=sum(file.duration_s for file in files),
        evaluated_batches=crops_s * rate_hz / (HOP_SAMPLES * config.batch_frames),
        held_out_s=held_out_s,
        preview_seconds=held_out_s + config.preview_new_sounds * typical_s,
        preview_files=min(config.preview_sounds, len(measured)) + config.preview_new_sounds,
        bank_s=banked * sum(min(s, BANK_SECONDS) for s in train) / len(train),
        bank_sounds=banked,
    )


def _evaluated_s(durations_s: Sequence[float], train_s: float, rate_hz: int) -> float:
    """Seconds of the crops that one side of the split is measured on: padded, and no more than there are."""
    low, high = EVALUATION_SECONDS
    budget_s = min(high, max(low, EVALUATION_SHARE * train_s))
    short_s, long_s = (frames * HOP_SAMPLES / rate_hz for frames in EVALUATION_FRAMES)
    crops = [max(1, round(s / long_s)) for s in durations_s]
    used_s = sum(min(s, n * long_s) for s, n in zip(durations_s, crops, strict=True))
    padded_s = sum(short_s if s <= short_s else n * long_s for s, n in zip(durations_s, crops, strict=True))
    return padded_s * min(1.0, budget_s / used_s) if used_s else 0.0


def _held_out_s(segments: Sequence[Segment], config: TrainingConfig, rate_hz: int) -> float:
    """Seconds of the held-out sounds of a preview, which are spread over all of them."""
    count = min(config.preview_sounds, len(segments))
    last = len(segments) - 1
    chosen = (segments[round(number * last / max(1, count - 1))] for number in range(count))
    return sum(min(segment.frames / rate_hz, config.preview_max_s) for segment in chosen)

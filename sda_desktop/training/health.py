"""What is worth a warning while a run goes on."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from sda_desktop.errors import DivergedError
from sda_desktop.training.metrics import EpochMetrics, HealthWarning
from sda_desktop.words import say

OVERFITTING_GAP = 0.20
COLLAPSED_NATS = 0.5
MAX_BAD_STEPS = 20


@dataclass
class HealthMonitor:
    """Watches the metrics.  Each warning is given once per episode; the state is part of a checkpoint."""

    overfitting: bool = False
    collapsed: bool = False
    bad_in_a_row: int = 0
    skipped_steps: int = 0
    best_score: float = math.inf
    best_epoch: int = 0

    def is_best(self, score: float, epoch: int) -> bool:
        """Note a validation score; whether it is the best so far."""
        if not score < self.best_score:
            return False
        self.best_score, self.best_epoch = score, epoch
        return True

    def after_epoch(self, metrics: EpochMetrics) -> list[HealthWarning]:
        """Warnings that this epoch gives rise to."""
        warnings: list[HealthWarning] = []
        is_overfitting = metrics.overfitting_gap > OVERFITTING_GAP
        if is_overfitting and not self.overfitting:
            warnings.append(
                HealthWarning(
                    "overfitting",
                    say(
                        "The model does {percent:.0f}% worse on sounds it has not heard than on the "
                        "training sounds. Training goes on; the best state, of epoch {best_epoch}, is kept.",
                        percent=100 * metrics.overfitting_gap,
                        best_epoch=self.best_epoch,
                    ),
                    metrics.epoch,
                    metrics.global_step,
                )
            )
        self.overfitting = is_overfitting
        is_collapsed = metrics.kl_divergence_nats < COLLAPSED_NATS
        if is_collapsed and not self.collapsed:
            warnings.append(
                HealthWarning(
                    "posterior_collapse",
                    say(
                        "The latents hold almost nothing any more (KL divergence {kl_divergence_nats:.2f} "
                        "nats). Lower the KL weights or raise the free bits.",
                        kl_divergence_nats=metrics.kl_divergence_nats,
                    ),
                    metrics.epoch,
                    metrics.global_step,
                )
            )
        self.collapsed = is_collapsed
        return warnings

    def after_step(self, *, finite: bool, epoch: int, global_step: int) -> HealthWarning | None:
        """Count a step without finite numbers.  Raises DivergedError after MAX_BAD_STEPS in a row."""
        if finite:
            self.bad_in_a_row = 0
            return None
        self.bad_in_a_row += 1
        self.skipped_steps += 1
        if self.bad_in_a_row >= MAX_BAD_STEPS:
            raise DivergedError(
                say(
                    "Training produced no usable number for {max_bad_steps} steps in a row and was "
                    "stopped at step {global_step}.",
                    max_bad_steps=MAX_BAD_STEPS,
                    global_step=global_step,
                ),
                say("Resume from the last checkpoint with a lower learning rate, or start again."),
            )
        if self.bad_in_a_row > 1:
            return None
        return HealthWarning(
            "non_finite",
            say(
                "Step {global_step} gave no finite number and was skipped; nothing was changed by it.",
                global_step=global_step,
            ),
            epoch,
            global_step,
        )

    def to_dict(self) -> dict[str, Any]:
        """For a checkpoint; infinity has no place in JSON."""
        data = asdict(self)
        data["best_score"] = None if math.isinf(self.best_score) else self.best_score
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> HealthMonitor:
        """The inverse of to_dict."""
        score = data["best_score"]
        return cls(**{**data, "best_score": math.inf if score is None else score})

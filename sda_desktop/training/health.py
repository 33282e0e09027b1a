"""What is worth a warning while a run goes on."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from sda_desktop.errors import DivergedError
from sda_desktop.training.metrics import EpochMetrics, HealthWarning
from sda_desktop.training.warning_texts import health_warning
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
        at = (metrics.epoch, metrics.global_step)
        is_overfitting = metrics.overfitting_gap > OVERFITTING_GAP
        if is_overfitting and not self.overfitting:
            percent = 100 * metrics.overfitting_gap
            warnings.append(health_warning("overfitting", *at, percent=percent, best_epoch=self.best_epoch))
        self.overfitting = is_overfitting
        is_collapsed = metrics.kl_divergence_nats < COLLAPSED_NATS
        if is_collapsed and not self.collapsed:
            left_nats = metrics.kl_divergence_nats
            warnings.append(health_warning("posterior_collapse", *at, kl_divergence_nats=left_nats))
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
        return health_warning("non_finite", epoch, global_step, step=global_step)

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

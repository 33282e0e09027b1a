"""How learning rate and KL weight move over a run."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from sda_desktop.models.losses import get_kl_weight

# An extended run starts its second descent at this share of the peak learning rate.
EXTENSION_PEAK = 0.5


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps of a run and what follows from them.  Steps count from 0 (the next step to do)."""

    total_steps: int
    steps_per_epoch: int
    peak_learning_rate: float
    final_share: float
    warmup_steps: int
    kl_warmup_steps: int
    begin_step: int = 0  # of the present descent: 0, or where a finished run was extended
    peak_share: float = 1.0

    @property
    def epochs(self) -> int:
        """Epochs of the run; the last may be shorter."""
        return math.ceil(self.total_steps / self.steps_per_epoch)

    def epoch_of(self, step: int) -> int:
        """The epoch, from 1, that a step belongs to."""
        return step // self.steps_per_epoch + 1

    def steps_in_epoch(self, epoch: int) -> int:
        """Number of steps of an epoch, from 1."""
        return min(self.steps_per_epoch, self.total_steps - (epoch - 1) * self.steps_per_epoch)

    def learning_rate(self, step: int) -> float:
        """Linear warm-up, then a cosine from the peak to its final share at the last step."""
        done = step - self.begin_step
        span = max(1, self.total_steps - self.begin_step)
        warm = min(1.0, (done + 1) / (self.warmup_steps + 1))
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, done / span)))
        descent = self.final_share + (1 - self.final_share) * cosine
        return self.peak_learning_rate * self.peak_share * warm * descent

    def kl_weight(self, step: int) -> float:
        """The annealing weight of the KL terms at a step, 0 to 1."""
        return get_kl_weight(step, self.kl_warmup_steps)

    def replanned(self, total_steps: int, step: int) -> Schedule:
        """The same schedule over another number of steps, decided at `step` of a running descent."""
        share = self.kl_warmup_steps / max(1, self.total_steps)
        kl_steps = self.kl_warmup_steps if step >= self.kl_warmup_steps else round(share * total_steps)
        return replace(self, total_steps=total_steps, kl_warmup_steps=kl_steps)

    def extended(self, total_steps: int) -> Schedule:
        """More steps for a finished run: a second, lower descent from where the first one ended."""
        return replace(self, total_steps=total_steps, begin_step=self.total_steps, peak_share=EXTENSION_PEAK)

    def to_dict(self) -> dict[str, Any]:
        """All fields, for a checkpoint."""
        return asdict(self)

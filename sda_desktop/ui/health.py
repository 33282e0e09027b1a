"""One sentence on how the training is doing, from its history alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sda_desktop.training.health import COLLAPSED_NATS, OVERFITTING_GAP
from sda_desktop.training.metrics import EpochMetrics, MetricsHistory
from sda_desktop.words import say

# Without a new best for this share of the run (but no fewer epochs than MIN_PATIENCE) it stands still.
PATIENCE_SHARE = 0.1
MIN_PATIENCE = 5
# As long as new sounds come out better and better, knowing the training sounds by heart does no harm: a
# wide gap is called overfitting when there has been no new best for more than so many epochs.
OVERFITTING_PATIENCE = 3


class HealthKind(StrEnum):
    """What the sentence says, for colours and tests."""

    UNKNOWN = "unknown"
    IMPROVING = "improving"
    STANDING = "standing"
    OVERFITTING = "overfitting"
    COLLAPSING = "collapsing"


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a training in words."""

    kind: HealthKind
    sentence: str


def health(history: MetricsHistory, *, running: bool = True) -> Health:
    """How the training is doing, or was doing when it ended.

    Overfitting is counted from the first epoch of the present episode that came after the best one.
    """
    epochs = history.epochs
    if not epochs:
        text = (
            say("The first result comes after epoch 1.")
            if running
            else say("It ended before the first result.")
        )
        return Health(HealthKind.UNKNOWN, text if history.steps else "")
    last, best = epochs[-1], best_epoch(epochs)
    kept = say("best kept at {best}.", best=best)
    if last.kl_divergence_nats < COLLAPSED_NATS:
        return Health(
            HealthKind.COLLAPSING,
            say(
                "Latent collapsing ({kl_divergence_nats:.2f} nats left), {kept}",
                kl_divergence_nats=last.kl_divergence_nats,
                kept=kept,
            ),
        )
    wide_gap = last.overfitting_gap > OVERFITTING_GAP
    if wide_gap and last.epoch - best > OVERFITTING_PATIENCE:
        since = max(_gap_since(epochs), best + 1)
        return Health(
            HealthKind.OVERFITTING, say("Overfitting since epoch {since}, {kept}", since=since, kept=kept)
        )
    if last.epoch - best > max(MIN_PATIENCE, round(PATIENCE_SHARE * last.epochs)):
        return Health(HealthKind.STANDING, say("No longer improving, {kept}", kept=kept))
    if not running:
        return Health(HealthKind.IMPROVING, say("It was still improving when it ended, {kept}", kept=kept))
    if wide_gap:
        gap = say("the gap to the training sounds is {percent:.0f}%", percent=100 * last.overfitting_gap)
        return Health(
            HealthKind.IMPROVING, say("Still improving, best so far at {best}; {gap}.", best=best, gap=gap)
        )
    return Health(HealthKind.IMPROVING, say("Still improving, best so far at {best}.", best=best))


def best_epoch(epochs: Sequence[EpochMetrics]) -> int:
    """The epoch whose weights are kept as the best: the last one that was marked as such."""
    return next((e.epoch for e in reversed(epochs) if e.is_best), epochs[0].epoch)


def _gap_since(epochs: Sequence[EpochMetrics]) -> int:
    since = epochs[-1].epoch
    for entry in reversed(epochs):
        if not entry.overfitting_gap > OVERFITTING_GAP:
            break
        since = entry.epoch
    return since

"""Warnings that a run keeps as a code with figures, so that each reader has them in his own language.

The sentence is kept beside them: for who reads the file, and since warnings that quote an error have no code.
"""

from __future__ import annotations

from typing import Any, cast

from sda_desktop.training.metrics import HealthWarning
from sda_desktop.words import mark, shown

# By code: the kind of the warning, and after a dot which of several sentences of that kind.  A text may be
# reworded; what a code means, and the names of its figures, never change.
TEXTS = {
    "overfitting": mark(
        "The model does {percent:.0f}% worse on sounds it has not heard than on the training sounds. "
        "Training goes on; the best state, of epoch {best_epoch}, is kept."
    ),
    "posterior_collapse": mark(
        "The latents hold almost nothing any more (KL divergence {kl_divergence_nats:.2f} nats). "
        "Lower the KL weights or raise the free bits."
    ),
    "non_finite": mark("Step {step} gave no finite number and was skipped; nothing was changed by it."),
    "out_of_memory": mark("Memory ran out: the batch was halved to {half} frames."),
    "split_by_time.end": mark("There is only one sound, so its last part is kept for validation."),
    "split_by_time.none": mark(
        "There is only one short sound, so the model is measured on what it trains on."
    ),
    "damaged_checkpoint": mark("Damaged and passed over: {names}. Training goes on from {name}."),
}


def health_warning(
    code: str, epoch: int = 0, global_step: int = 0, /, **figures: float | str
) -> HealthWarning:
    """A warning with one of the TEXTS; `figures` fill its fields."""
    kind = cast(Any, code.partition(".")[0])
    message = shown(TEXTS[code]).format(**figures)
    return HealthWarning(kind, message, epoch, global_step, code, figures)


def sentence(warning: HealthWarning) -> str:
    """The warning in the reader's language; as it was written where that cannot be made."""
    try:
        return shown(TEXTS[warning.code]).format(**warning.figures)
    except (ArithmeticError, LookupError, TypeError, ValueError):  # of a file that was edited
        return warning.message

"""What the plots show: each curve once, with its colour, dash, words and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt

from sda_desktop.training.health import COLLAPSED_NATS, OVERFITTING_GAP
from sda_desktop.ui.plot_data import Source
from sda_desktop.ui.plot_scale import number_text, percent_text

SOLID, DASHED, DOTTED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine


def _tr(text: str) -> str:
    return QCoreApplication.translate("MetricsPlots", text)


@dataclass(frozen=True, slots=True)
class CurveSpec:
    """One curve.  `color` is a field of theme.Colors; `raw` also shows the unsmoothed figures, faintly.

    `spoken`: its name where the curves beside it cannot be seen, if that is not the label.
    """

    key: str
    label: str
    tip: str
    source: Source
    column: str
    color: str
    dash: Qt.PenStyle = SOLID
    dots: bool = False
    raw: bool = False
    right: bool = False  # has its own scale, inside the right edge
    text: Callable[[float], str] = number_text
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class PlotSpec:
    """One plot.  `floor`: no axis reaches below it.  `limit`: a line at a value, with a word."""

    key: str
    title: str
    tip: str
    curves: tuple[CurveSpec, ...]
    floor: float | None = 0.0
    can_log: bool = True
    percent: bool = False
    limit: tuple[float, str] | None = None


def loss_plot() -> PlotSpec:
    """Total and reconstruction loss, of training and validation."""
    return PlotSpec(
        "loss",
        _tr("How close"),
        _tr(
            "How far the model's versions are from your sounds: lower is closer.\n"
            "Training: the sounds it learns from, at each step. Validation: sounds it never learns from,\n"
            "after each epoch. Total is the reconstruction loss plus the weighted KL divergence."
        ),
        (
            CurveSpec(
                "train_total",
                _tr("training"),
                _tr("Total training loss: reconstruction plus weighted KL divergence, at each step."),
                "step",
                "total",
                "train",
                raw=True,
            ),
            CurveSpec(
                "train_reconstruction",
                _tr("reconstruction"),
                _tr("Reconstruction loss of the training sounds, at each step."),
                "step",
                "reconstruction",
                "train",
                dash=DASHED,
                spoken=_tr("reconstruction of the training sounds"),
            ),
            CurveSpec(
                "validation_total",
                _tr("validation"),
                _tr("Total validation loss: held-out sounds, after each epoch."),
                "epoch",
                "validation_total",
                "validation",
                dots=True,
            ),
            CurveSpec(
                "validation_reconstruction",
                _tr("reconstruction"),
                _tr("Reconstruction loss of the held-out sounds, after each epoch."),
                "epoch",
                "validation_reconstruction",
                "validation",
                dash=DASHED,
                dots=True,
                spoken=_tr("reconstruction of the held-out sounds"),
            ),
        ),
    )


def kl_plot() -> PlotSpec:
    """What the latent space holds."""
    return PlotSpec(
        "kl",
        _tr("Detail kept"),
        _tr(
            "How much the model keeps of each sound in its latent space (KL divergence, in nats).\n"
            "Near 0 it keeps nothing and all sounds come out alike. The weighted KL divergence is\n"
            "what that costs in the training loss."
        ),
        (
            CurveSpec(
                "kl_nats",
                _tr("KL divergence, nats"),
                _tr("KL divergence per held-out sound, unweighted, after each epoch."),
                "epoch",
                "kl_nats",
                "kl",
                dots=True,
            ),
            CurveSpec(
                "kl_weighted",
                _tr("weighted KL"),
                _tr("The KL term of the training loss, at each step; its own scale, on the right."),
                "step",
                "kl_weighted",
                "kl_weighted",
                dash=DASHED,
                raw=True,
                right=True,
            ),
        ),
        limit=(COLLAPSED_NATS, _tr("collapsing below")),
    )


def learning_rate_plot() -> PlotSpec:
    """The learning rate."""
    return PlotSpec(
        "learning_rate",
        _tr("Learning rate"),
        _tr("How far each step moves the model: up at the start, then down to the end of the run."),
        (
            CurveSpec(
                "learning_rate",
                _tr("learning rate"),
                _tr("Learning rate at each step."),
                "step",
                "learning_rate",
                "learning_rate",
            ),
        ),
    )


def gap_plot() -> PlotSpec:
    """The overfitting gap."""
    return PlotSpec(
        "gap",
        _tr("Overfitting gap"),
        _tr(
            "How much worse the held-out sounds are reconstructed than the training sounds.\n"
            "Above 20 % the model learns single sounds by heart."
        ),
        (
            CurveSpec(
                "gap",
                _tr("gap"),
                _tr("(validation - training) / training reconstruction loss, after each epoch."),
                "epoch",
                "overfitting_gap",
                "gap",
                dots=True,
                text=percent_text,
            ),
        ),
        floor=None,
        can_log=False,
        percent=True,
        limit=(OVERFITTING_GAP, _tr("overfitting above")),
    )

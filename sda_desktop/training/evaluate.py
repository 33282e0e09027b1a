"""Measuring a model on fixed crops: no augmentation, posterior means, the averaged weights."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import psutil
import torch
from torch import Tensor

from sda_desktop.audio.spectrogram import AudioSpectrogram
from sda_desktop.errors import Cancelled
from sda_desktop.models.losses import KLWeights, compute_kl_divergence, kl_per_dimension, vae_loss
from sda_desktop.models.vae import ConvVAE
from sda_desktop.training.dataset import Batch
from sda_desktop.training.metrics import EpochMetrics
from sda_desktop.training.state import TrainerState

# How much the last state of a run is preferred to the first at the same validation loss.
LATER, LATER_SLICES = 0.03, 0.15
ACTIVE_NATS = 0.01  # a latent dimension that holds less is not used


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over all crops."""

    recon_loss: float
    kl_loss: float  # weighted, before annealing
    kl_divergence_nats: float  # per sound, unweighted
    active_dimensions: int
    latent_dimensions: int

    def loss(self, kl_weight: float) -> float:
        """Reconstruction plus annealed KL."""
        return self.recon_loss + kl_weight * self.kl_loss


class Prepared(NamedTuple):
    """A fixed batch as the model takes it, on its device: what does not change is not computed every time."""

    target: Tensor  # (B, T, W)
    times: Tensor  # (B, S, TIME_FEATURES)


@torch.no_grad()
def prepare_batch(model: ConvVAE, batch: Batch, spectrogram: AudioSpectrogram) -> Prepared:
    """The batch's spectrogram and time features; two megabytes for ten seconds of sound."""
    target = spectrogram(batch.waves.to(spectrogram.device))[:, 0]
    steps = target.shape[1] // model.config.frames_per_step
    times = model.times(batch.start_s, batch.duration_s, steps)
    return Prepared(target, times.to(spectrogram.device))


@torch.no_grad()
def validate_epoch(
    model: ConvVAE, batches: Sequence[Prepared], weights: KLWeights, stop: threading.Event
) -> Evaluation:
    """Evaluate `model` on the batches.  Raises Cancelled between two batches when `stop` is set."""
    if not batches:
        raise ValueError("there is nothing to evaluate")
    model.eval()
    parts = []
    for target, times in batches:
        if stop.is_set():
            raise Cancelled
        output = model(target, times, sample=False)
        loss = vae_loss(model, output, target, 1.0, weights)
        divergence = compute_kl_divergence(output.posterior, output.prior).mean()
        per_dimension = kl_per_dimension(output.posterior, output.prior)
        figures = torch.stack([loss.reconstruction, loss.kl, divergence])
        parts.append(len(target) * torch.cat([figures, per_dimension]))
    count = sum(len(batch.target) for batch in batches)
    means = torch.stack(parts).sum(0).cpu() / count  # the only time that the device is waited for
    recon, kl, divergence_nats = means[:3].tolist()
    active = int((means[3:] > ACTIVE_NATS).sum())
    return Evaluation(recon, kl, divergence_nats, active, len(means) - 3)


def selection_score(recon_loss: float, progress: float, *, by_time: bool) -> float:
    """What the best state of a run is chosen by, lower is better: the validation reconstruction loss, less a
    little the later the state is.

    The KL divergence is left out: of few sounds it runs away, as the prior grows too sure, while what is
    heard still gets better.  Later states have the calmer learning rate and are better than a few held-out
    sounds can tell; slices of the only sound tell least of all.

    progress: share of the run that is done.  by_time: whether the validation is such slices.
    """
    return recon_loss * (1 - (LATER_SLICES if by_time else LATER) * progress)


def epoch_metrics(
    epoch: int,
    state: TrainerState,
    train: Evaluation,
    validation: Evaluation,
    eta_seconds: float,
    device: torch.device,
    *,
    by_time: bool,
) -> EpochMetrics:
    """What the evaluations of an epoch amount to.  Notes in the state's health whether it is the best.

    by_time: whether the validation is slices of sounds that are also trained on.
    """
    schedule = state.schedule
    kl_weight = schedule.kl_weight(state.global_step)
    progress = state.global_step / schedule.total_steps
    score = selection_score(validation.recon_loss, progress, by_time=by_time)
    gap = (validation.recon_loss - train.recon_loss) / train.recon_loss if train.recon_loss else 0.0
    return EpochMetrics(
        epoch=epoch,
        epochs=schedule.epochs,
        global_step=state.global_step,
        total_steps=schedule.total_steps,
        train_loss=train.loss(kl_weight),
        train_recon_loss=train.recon_loss,
        train_kl_loss=kl_weight * train.kl_loss,
        validation_loss=validation.loss(kl_weight),
        validation_recon_loss=validation.recon_loss,
        validation_kl_loss=kl_weight * validation.kl_loss,
        kl_divergence_nats=validation.kl_divergence_nats,
        kl_weight=kl_weight,
        active_dimensions=validation.active_dimensions,
        latent_dimensions=validation.latent_dimensions,
        overfitting_gap=gap,
        score=score,
        is_best=state.health.is_best(score, epoch),
        learning_rate=schedule.learning_rate(state.global_step - 1),
        eta_seconds=eta_seconds,
        elapsed_seconds=state.elapsed_s,
        memory_bytes=psutil.Process().memory_info().rss,
        device_memory_bytes=torch.cuda.memory_allocated() if device.type == "cuda" else 0,
    )

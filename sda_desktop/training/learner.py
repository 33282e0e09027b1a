"""One optimizer step, and the steps of an epoch: where the model actually learns."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from sda_desktop.audio.augmentation import random_eq
from sda_desktop.audio.spectrogram import AudioSpectrogram
from sda_desktop.models.losses import KLWeights, VAELoss, vae_loss
from sda_desktop.models.vae import ConvVAE
from sda_desktop.training.batch_ahead import BatchAhead
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.dataset import AudioTrainingDataset, Batch
from sda_desktop.training.state import TrainerState

# Moving the averaged weights costs a fortieth of a step: later on, one larger move does for a few steps.
AVERAGED_SINGLY, AVERAGED_EVERY = 200, 4


class OutOfMemory(Exception):
    """The batch did not fit; nothing was changed."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step did.  Without finite numbers it did nothing."""

    loss: VAELoss
    gradient_norm: float
    kl_weight: float
    learning_rate: float
    is_finite: bool


class Learner:
    """The networks, the optimizer and what feeds them."""

    def __init__(
        self,
        config: TrainingConfig,
        dataset: AudioTrainingDataset,
        spectrogram: AudioSpectrogram,
        model: ConvVAE,
        average: ConvVAE,
        optimizer: torch.optim.AdamW,
    ) -> None:
        """average: a copy of the model with exponentially averaged weights, the ones that are kept."""
        self.dataset = dataset
        self.spectrogram = spectrogram
        self.model = model
        self.average = average
        self.optimizer = optimizer
        self._batches = BatchAhead(dataset)
        self.kl_weights = KLWeights(config.beta_local, config.beta_global, config.free_bits)
        self._config = config
        self._parameters: list[Tensor] = list(model.parameters())
        self._averaged: list[Tensor] = list(average.parameters())
        self._copying: list[threading.Event] = []

    @property
    def device(self) -> torch.device:
        """Where all of it lives."""
        return self.spectrogram.device

    def close(self) -> None:
        """After the last step."""
        self._batches.close()

    def hold_until(self, copied: threading.Event) -> None:
        """Leave networks and optimizer as they are until the event is set: somebody is copying them."""
        self._copying.append(copied)

    def step(self, state: TrainerState) -> StepResult:
        """Do the step that `state` says is next (and leave counting to the caller).

        A loss or gradient that is not finite touches neither weights nor optimizer nor average.
        Raises OutOfMemory.
        """
        number, schedule = state.global_step, state.schedule
        kl_weight, learning_rate = schedule.kl_weight(number), schedule.learning_rate(number)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        try:
            loss = self._backward(number, state.batch_frames, kl_weight)
        except (RuntimeError, MemoryError) as error:
            self.optimizer.zero_grad(set_to_none=True)
            if _is_out_of_memory(error):
                raise OutOfMemory(str(error)) from error
            raise
        norm = self._gradient_norm()
        is_finite = math.isfinite(norm) and bool(torch.isfinite(loss.objective))
        while self._copying:  # nearly always done long since
            self._copying.pop().wait()
        if is_finite:
            self._clip(norm)
            self.optimizer.step()
            self._follow(number)
        return StepResult(loss, norm, kl_weight, learning_rate, is_finite)

    def _gradient_norm(self) -> float:
        gradients = [p.grad for p in self._parameters if p.grad is not None]
        return float(torch.nn.utils.get_total_norm(gradients, foreach=True))

    def _clip(self, norm: float) -> None:
        """Shorten a gradient that is too long; the others are not touched, which saves going through them."""
        share = self._config.gradient_clip / (norm + 1e-6)
        if share < 1:
            torch._foreach_mul_([p.grad for p in self._parameters if p.grad is not None], share)

    def _backward(self, number: int, batch_frames: int, kl_weight: float) -> VAELoss:
        batch = self._batches.take(number, batch_frames).to(self.device)
        loss = self._loss(batch, self.dataset.step_generator(number), kl_weight)
        self.optimizer.zero_grad(set_to_none=True)
        loss.objective.backward()
        return VAELoss(*(value.detach() for value in loss))

    def _loss(self, batch: Batch, generator: torch.Generator, kl_weight: float) -> VAELoss:
        with torch.no_grad():
            target = self.spectrogram(batch.waves)[:, 0]  # (B, T, W)
            target = random_eq(target, self.spectrogram.centre_hz, generator, self.dataset.augmentation)
            steps = target.shape[1] // self.model.config.frames_per_step
            times = self.model.times(batch.start_s, batch.duration_s, steps)
        output = self.model(target, times, prior_share=self._config.prior_share, generator=generator)
        return vae_loss(self.model, output, target, kl_weight, self.kl_weights)

    @torch.no_grad()
    def _follow(self, number: int) -> None:
        """Move the averaged weights towards the trained ones; faster, and after every step, at first."""
        steps = 1 if number < AVERAGED_SINGLY else AVERAGED_EVERY
        if number % steps == 0:
            decay = min(self._config.ema_decay, (1 + number) / (10 + number))
            torch._foreach_lerp_(self._averaged, self._parameters, 1 - decay**steps)


def train_epoch(learner: Learner, state: TrainerState, after_step: Callable[[StepResult], bool]) -> None:
    """Steps from where `state` is, until `after_step`, called after each, says that the epoch is over.

    Raises OutOfMemory, and whatever after_step raises.
    """
    learner.model.train()
    is_over = False
    while not is_over:
        result = learner.step(state)
        state.global_step += 1
        is_over = after_step(result)


def _is_out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return "out of memory" in text or "can't allocate memory" in text

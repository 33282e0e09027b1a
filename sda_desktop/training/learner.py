"""One optimizer step, and the steps of an epoch: where the model actually learns."""

from __future__ import annotations

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
from sda_desktop.training.dataset import AudioTrainingDataset, Batch, CropSource
from sda_desktop.training.device import DevicePolicy, Reading, use_mixed_precision
from sda_desktop.training.state import TrainerState

# Moving the averaged weights costs a fortieth of a step: later on, one larger move does for a few steps.
AVERAGED_SINGLY, AVERAGED_EVERY = 200, 4


class OutOfMemory(Exception):
    """The batch did not fit; nothing was changed."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step did.  Without finite numbers it did nothing."""

    reading: Reading  # total, reconstruction and KL loss, gradient norm, 1 if finite
    kl_weight: float
    learning_rate: float


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
        policy: DevicePolicy | None = None,
        source: CropSource | None = None,
    ) -> None:
        """average: a copy of the model with exponentially averaged weights, the ones that are kept.

        policy: how steps are done, by default as suits the device.  source: what cuts the crops, by default
        the dataset.
        """
        self.policy = policy or DevicePolicy.of(spectrogram.device)
        self.dataset = dataset
        self.spectrogram = spectrogram
        self.model = model
        self.average = average
        self.optimizer = optimizer
        self._batches = BatchAhead(source or dataset, self.policy, lambda waves: spectrogram(waves)[:, 0])
        self.kl_weights = KLWeights(config.beta_local, config.beta_global, config.free_bits)
        self._config = config
        self._parameters: list[Tensor] = list(model.parameters())
        self._averaged: list[Tensor] = list(average.parameters())
        self._copying: list[threading.Event] = []
        if self.policy.mixed_precision:
            use_mixed_precision((model.encoder, model.prior_network, model.decoder), self.device)

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
        gradients = [p.grad for p in self._parameters if p.grad is not None]
        norm = torch.nn.utils.get_total_norm(gradients, foreach=True)
        finite = torch.isfinite(norm) & torch.isfinite(loss.objective)
        while self._copying:  # nearly always done long since
            self._copying.pop().wait()
        if self.policy.defers:
            self._update_unseen(number, norm, finite)
        elif finite:
            self._clip(gradients, float(norm))
            self.optimizer.step()
            self._follow(number, 1.0)
        figures = torch.stack([loss.total, loss.reconstruction, loss.kl, norm, finite.float()])
        return StepResult(Reading(figures), kl_weight, learning_rate)

    def _clip(self, gradients: list[Tensor], norm: float) -> None:
        """Shorten a gradient that is too long; the others are not touched, which saves going through them."""
        share = self._config.gradient_clip / (norm + 1e-6)
        if share < 1:
            torch._foreach_mul_(gradients, share)

    def _update_unseen(self, number: int, norm: Tensor, finite: Tensor) -> None:
        """The same as arithmetic on the device: the fused optimizer divides the gradients by one tensor and
        does nothing where another holds a 1."""
        self.optimizer.grad_scale = ((norm + 1e-6) / self._config.gradient_clip).clamp_min(1)  # type: ignore[attr-defined]
        self.optimizer.found_inf = 1 - finite.float()  # type: ignore[attr-defined]
        self.optimizer.step()
        self._follow(number, finite.float())

    def _backward(self, number: int, batch_frames: int, kl_weight: float) -> VAELoss:
        batch = self._batches.take(number, batch_frames)
        generator = self.dataset.step_generator(number, self.policy.noise_device)
        loss = self._loss(batch, generator, kl_weight)
        self.optimizer.zero_grad(set_to_none=True)
        loss.objective.backward()
        return VAELoss(*(value.detach() for value in loss))

    def _loss(self, batch: Batch, generator: torch.Generator, kl_weight: float) -> VAELoss:
        with torch.no_grad():
            target = self._batches.magnitudes  # (B, T, W)
            if target is None:
                target = self.spectrogram(self.policy.send(batch.waves))[:, 0]
            target = random_eq(target, self.spectrogram.centre_hz, generator, self.dataset.augmentation)
            steps = target.shape[1] // self.model.config.frames_per_step
            # On the processor: their constants would otherwise be sent over at every step, and waited for.
            times = self.policy.send(self.model.times(batch.start_s, batch.duration_s, steps))
        output = self.model(target, times, prior_share=self._config.prior_share, generator=generator)
        return vae_loss(self.model, output, target, kl_weight, self.kl_weights)

    @torch.no_grad()
    def _follow(self, number: int, share: float | Tensor) -> None:
        """Move the averaged weights towards the trained ones; faster, and after every step, at first.

        share: 0 on the device where the step was none.
        """
        steps = 1 if number < AVERAGED_SINGLY else AVERAGED_EVERY
        if number % steps:
            return
        decay = min(self._config.ema_decay, (1 + number) / (10 + number))
        if isinstance(share, float):
            torch._foreach_lerp_(self._averaged, self._parameters, 1 - decay**steps)
        else:
            distances = torch._foreach_sub(self._parameters, self._averaged)
            torch._foreach_mul_(distances, (1 - decay**steps) * share)
            torch._foreach_add_(self._averaged, distances)


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

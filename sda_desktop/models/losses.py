"""What the model is trained on: spectral reconstruction terms and KL divergences.

All logarithmic terms are divided by the spread of the corpus's log magnitudes, so they share one scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from sda_desktop.models.vae import LOG_FLOOR, ConvVAE, Posterior, Prior, VAEOutput, log_amplitude

# Weights of the reconstruction terms, chosen by measurement on held-out sounds.
BIN_WEIGHT = 0.5
FRAME_BAND_WEIGHT = 0.5
MEL_WEIGHT = 1.0
COARSE_WEIGHT = 0.5
CROP_WEIGHT = 0.25
CONVERGENCE_WEIGHT = 0.3
PRIOR_LEVEL_WEIGHT = 1.0
PRIOR_ENERGY_SHARE = 1.0
# The KL divergence of z is counted per this many latent steps (about a second).
STEPS_COUNTED = 11


@dataclass(frozen=True, slots=True)
class KLWeights:
    """How the KL terms count: weights of the two latents and the free bits (nats per dimension)."""

    local_weight: float = 1e-4
    global_weight: float = 1e-4
    free_bits: float = 0.05


class VAELoss(NamedTuple):
    """Scalars."""

    total: Tensor  # reconstruction + annealing weight * kl
    reconstruction: Tensor
    kl: Tensor  # weighted by KLWeights, before annealing
    prior_levels: Tensor  # weighted; teaches the prior and g, and is no part of the total that is shown

    @property
    def objective(self) -> Tensor:
        """What the optimizer makes small."""
        return self.total + self.prior_levels


def get_kl_weight(step: int, warmup_steps: int) -> float:
    """Linear warm-up from 0 at step 0 to 1 at `warmup_steps`; 1 at once without a warm-up."""
    return 1.0 if warmup_steps <= 0 else min(1.0, step / warmup_steps)


def kl_to_standard_normal(mean: Tensor, log_variance: Tensor) -> Tensor:
    """KL(N(mean, variance) || N(0, 1)) per element, nats."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)


def kl_to_prior(posterior: Posterior, prior: Prior) -> Tensor:
    """KL(q(z | x) || p(z | g)) per element, (B, S, L), nats."""
    difference = (posterior.local_mean - prior.mean).square() + posterior.local_log_variance.exp()
    log_ratio = prior.log_variance - posterior.local_log_variance
    return 0.5 * (log_ratio + difference * torch.exp(-prior.log_variance) - 1)


def compute_kl_divergence(posterior: Posterior, prior: Prior) -> Tensor:
    """The unweighted KL divergence of each sound of the batch, global and sequence together: (B,) nats."""
    on_global = kl_to_standard_normal(posterior.global_mean, posterior.global_log_variance).sum(-1)
    return on_global + kl_to_prior(posterior, prior).sum((-1, -2))


def kl_per_dimension(posterior: Posterior, prior: Prior) -> Tensor:
    """Mean KL divergence of every latent dimension, global ones first: (G + L,) nats."""
    on_global = kl_to_standard_normal(posterior.global_mean, posterior.global_log_variance).mean(0)
    return torch.cat([on_global, kl_to_prior(posterior, prior).mean((0, 1))])


def weighted_kl(posterior: Posterior, prior: Prior, weights: KLWeights) -> Tensor:
    """Both KL terms with free bits: each dimension's batch mean costs nothing below the free bits
    (Kingma et al., 2016)."""
    local = kl_to_prior(posterior, prior).mean((0, 1)).clamp_min(weights.free_bits).sum()
    on_global = kl_to_standard_normal(posterior.global_mean, posterior.global_log_variance)
    shared = on_global.mean(0).clamp_min(weights.free_bits).sum()
    return weights.local_weight * STEPS_COUNTED * local + weights.global_weight * shared


def reconstruction_loss(model: ConvVAE, output: VAEOutput, target: Tensor) -> Tensor:
    """How far the decoded spectrogram is from `target` (B, T, W), as one scalar.

    Log magnitudes and band levels before levelling; mel energies per frame; the same joined into 16 bands
    per frame, per latent step and over the crop; and spectral convergence over the linear bins.
    """
    magnitudes, log_shape, log_bands = output.decoded

    def distance(estimate: Tensor, truth: Tensor) -> Tensor:
        return (log_amplitude(estimate) - log_amplitude(truth)).abs().mean()

    bins = ((log_shape - torch.log(target + LOG_FLOOR)).abs() * model.bin_emphasis).mean()
    bands = (log_bands - model.frame_bands(target)).abs().mean()
    mel = magnitudes.square() @ model.layout_mel_loss  # (B, T, mel bands)
    true_mel = target.square() @ model.layout_mel_loss
    # Energies are joined in the power domain, and compared as logarithms.
    coarse, true_coarse = (energy.unflatten(-1, (16, -1)).sum(-1) for energy in (mel, true_mel))
    per_step = (-1, model.config.frames_per_step)
    stepped, true_stepped = (energy.unflatten(1, per_step).mean(2) for energy in (coarse, true_coarse))
    crop, true_crop = coarse.mean(1), true_coarse.mean(1)
    logarithmic = (
        BIN_WEIGHT * bins
        + FRAME_BAND_WEIGHT * bands
        + MEL_WEIGHT * distance(mel, true_mel)
        + COARSE_WEIGHT / 2 * (distance(coarse, true_coarse) + distance(stepped, true_stepped))
        + CROP_WEIGHT / 2 * (distance(crop, true_crop) + distance(crop.sum(-1), true_crop.sum(-1)))
    )
    error = ((magnitudes - target) * model.bin_count_weight).flatten(1).norm(dim=1)
    size = (target * model.bin_count_weight).flatten(1).norm(dim=1)
    convergence = (error / (size + 1e-3)).clamp_max(3).mean()
    return logarithmic / model.bin_scale.spread + CONVERGENCE_WEIGHT * convergence


def prior_level_loss(model: ConvVAE, posterior: Posterior, prior: Prior) -> Tensor:
    """How far the levels that the prior expects are from the measured ones, in standard deviations.

    Each level counts, and so does their energy joined over time, over the bands, and over both: a prior that
    is unsure expects the middle of what is possible, on a logarithmic scale, and that is too quiet.  The KL
    term asks the same of the prior, but with its small weight too little of g is spent on it.
    """
    bands, scale = model.config.level_bands, model.level_scale
    expected, measured = prior.mean[..., -bands:], posterior.local_mean[..., -bands:]
    energies = [2 * scale.restore(levels) for levels in (expected, measured)]  # logarithms of power
    joined = [
        (first - second).abs().mean()
        for over in (1, 2, (1, 2))
        for first, second in [(torch.logsumexp(energy, over) for energy in energies)]
    ]
    in_nepers = 0.5 * torch.stack(joined).mean()
    return (expected - measured).abs().mean() + PRIOR_ENERGY_SHARE * in_nepers / scale.spread


def vae_loss(
    model: ConvVAE, output: VAEOutput, target: Tensor, kl_weight: float, weights: KLWeights
) -> VAELoss:
    """Reconstruction and KL terms together and apart; kl_weight is the annealing weight of this step."""
    reconstruction = reconstruction_loss(model, output, target)
    kl = weighted_kl(output.posterior, output.prior, weights)
    prior_levels = PRIOR_LEVEL_WEIGHT * prior_level_loss(model, output.posterior, output.prior)
    return VAELoss(reconstruction + kl_weight * kl, reconstruction, kl, prior_levels)

"""Fitting the global latent to one sound."""

from __future__ import annotations

import torch

from sda_desktop.models.global_fit import fit_global
from sda_desktop.models.losses import kl_to_prior, prior_level_loss
from sda_desktop.models.vae import ConvVAE, Posterior


def of_one(model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor) -> tuple[Posterior, torch.Tensor]:
    with torch.no_grad():
        return model.encode(magnitudes[:1], times[:1]), times[:1]


def test_the_prior_expects_the_sound_better_of_the_fitted_latent(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    posterior, own_times = of_one(model, magnitudes, times)

    @torch.no_grad()
    def missed(latent: torch.Tensor) -> tuple[float, float]:
        prior = model.prior(latent, own_times)
        return kl_to_prior(posterior, prior).mean().item(), prior_level_loss(model, posterior, prior).item()

    before, after = missed(posterior.global_mean), missed(fit_global(model, posterior, own_times))
    assert sum(after) < 0.9 * sum(before)
    assert after[1] < before[1]


def test_the_model_is_left_as_it_was_and_the_fit_repeats(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    posterior, own_times = of_one(model, magnitudes, times)
    weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    with torch.no_grad():  # as a codec calls it
        first, second = (fit_global(model, posterior, own_times, steps=5) for _ in range(2))
    assert torch.equal(first, second)
    assert not first.requires_grad
    assert not torch.equal(first, posterior.global_mean)
    assert all(torch.equal(tensor, weights[name]) for name, tensor in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())


def test_no_steps_leave_the_encoders_latent(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    posterior, own_times = of_one(model, magnitudes, times)
    assert torch.equal(fit_global(model, posterior, own_times, steps=0), posterior.global_mean)

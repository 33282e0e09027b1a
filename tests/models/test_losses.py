"""Reconstruction and KL terms against definitions and special cases."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from sda_desktop.models.losses import (
    PRIOR_ENERGY_SHARE,
    PRIOR_LEVEL_WEIGHT,
    KLWeights,
    compute_kl_divergence,
    get_kl_weight,
    kl_per_dimension,
    kl_to_prior,
    kl_to_standard_normal,
    prior_level_loss,
    reconstruction_loss,
    vae_loss,
    weighted_kl,
)
from sda_desktop.models.vae import ConvVAE, Decoded, Posterior, Prior, VAEOutput


def random_posterior(seed: int = 0) -> tuple[Posterior, Prior]:
    g = torch.Generator().manual_seed(seed)
    local = (torch.randn(4, 11, 32, generator=g), torch.randn(4, 11, 32, generator=g))
    shared = (torch.randn(4, 32, generator=g), torch.randn(4, 32, generator=g))
    prior = Prior(torch.randn(4, 11, 32, generator=g), torch.randn(4, 11, 32, generator=g))
    return Posterior(*local, *shared), prior


@pytest.mark.parametrize(
    ("step", "warmup", "weight"), [(0, 10, 0.0), (5, 10, 0.5), (10, 10, 1.0), (99, 10, 1.0)]
)
def test_kl_weight_rises_linearly(step: int, warmup: int, weight: float) -> None:
    assert get_kl_weight(step, warmup) == weight


def test_without_a_warmup_the_kl_weight_is_one_at_once() -> None:
    assert get_kl_weight(0, 0) == 1.0


def test_kl_terms_agree_with_the_definition() -> None:
    posterior, prior = random_posterior()
    shared = Normal(posterior.global_mean, (0.5 * posterior.global_log_variance).exp())
    expected = kl_divergence(shared, Normal(0.0, 1.0))
    computed = kl_to_standard_normal(posterior.global_mean, posterior.global_log_variance)
    torch.testing.assert_close(computed, expected)
    local = Normal(posterior.local_mean, (0.5 * posterior.local_log_variance).exp())
    other = Normal(prior.mean, (0.5 * prior.log_variance).exp())
    torch.testing.assert_close(kl_to_prior(posterior, prior), kl_divergence(local, other))


def test_the_kl_divergence_is_per_sound_and_unweighted() -> None:
    posterior, prior = random_posterior()
    per_sound = compute_kl_divergence(posterior, prior)
    assert per_sound.shape == (4,)
    dimensions = kl_per_dimension(posterior, prior)
    assert dimensions.shape == (64,)
    total = dimensions[:32].sum() + 11 * dimensions[32:].sum()
    torch.testing.assert_close(per_sound.mean(), total)


def test_free_bits_leave_a_floor_without_gradient() -> None:
    mean = torch.zeros(4, 11, 32, requires_grad=True)
    collapsed = Posterior(mean, torch.zeros(4, 11, 32), torch.zeros(4, 32), torch.zeros(4, 32))
    prior = Prior(torch.zeros(4, 11, 32), torch.zeros(4, 11, 32))
    weights = KLWeights(1.0, 1.0, free_bits=0.1)
    loss = weighted_kl(collapsed, prior, weights)
    torch.testing.assert_close(loss, torch.tensor(0.1 * 32 * 11 + 0.1 * 32))
    loss.backward()
    assert mean.grad is not None
    assert (mean.grad == 0).all()


def perfect(model: ConvVAE, target: torch.Tensor) -> VAEOutput:
    posterior, prior = random_posterior()
    exact = Decoded(target, torch.log(target + 1e-5), model.frame_bands(target))
    return VAEOutput(exact, posterior, prior)


def test_a_perfect_reconstruction_costs_nothing(model: ConvVAE, magnitudes: torch.Tensor) -> None:
    assert reconstruction_loss(model, perfect(model, magnitudes), magnitudes) == pytest.approx(0, abs=1e-5)


def test_the_loss_grows_with_the_distance(model: ConvVAE, magnitudes: torch.Tensor) -> None:
    near, far = (perfect(model, magnitudes * gain) for gain in (1.1, 2.0))
    small, large = (reconstruction_loss(model, output, magnitudes) for output in (near, far))
    assert 0 < small < large


def test_the_total_adds_the_annealed_kl_and_the_objective_what_the_prior_misses(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    output = model(magnitudes, times, sample=False)
    loss = vae_loss(model, output, magnitudes, 0.25, KLWeights())
    torch.testing.assert_close(loss.total, loss.reconstruction + 0.25 * loss.kl)
    missed = PRIOR_LEVEL_WEIGHT * prior_level_loss(model, output.posterior, output.prior)
    torch.testing.assert_close(loss.objective, loss.total + missed)


def test_a_prior_that_expects_the_measured_levels_misses_nothing(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    output = model(magnitudes, times, sample=False)
    assert prior_level_loss(model, output.posterior, output.prior) > 0.1
    exact = output._replace(prior=output.prior._replace(mean=output.posterior.local_mean))
    assert prior_level_loss(model, exact.posterior, exact.prior) == 0
    louder = exact.prior.mean.clone()
    louder[..., -model.config.level_bands :] += 0.5
    missing = exact._replace(prior=exact.prior._replace(mean=louder))
    # Half a deviation everywhere is half a deviation in every sum of energies, too.
    expected = 0.5 * (1 + PRIOR_ENERGY_SHARE)
    assert prior_level_loss(model, missing.posterior, missing.prior).item() == pytest.approx(
        expected, abs=1e-5
    )


@pytest.mark.parametrize("kind", ["silence", "full scale", "one click"])
def test_extreme_sounds_give_finite_gradients(model: ConvVAE, times: torch.Tensor, kind: str) -> None:
    target = torch.zeros(3, 88, 512)
    if kind == "full scale":
        target += 1.0
    elif kind == "one click":
        target[:, 40] = 0.5
    loss = vae_loss(model, model(target, times, prior_share=0.3), target, 1.0, KLWeights())
    loss.objective.backward()
    assert torch.isfinite(loss.total)
    assert all(torch.isfinite(p.grad).all() for p in model.parameters() if p.grad is not None)

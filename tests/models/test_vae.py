"""The networks: shapes, measured levels, bounds and determinism."""

from __future__ import annotations

import pytest
import torch

from sda_desktop.models.time_axis import TIME_FEATURES, time_features
from sda_desktop.models.vae import POSTERIOR_LOG_VARIANCE, ConvVAE, Posterior, VAEConfig, correlated


def test_encode_gives_both_latents(model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor) -> None:
    posterior = model.encode(magnitudes, times)
    assert (
        posterior.local_mean.shape
        == posterior.local_log_variance.shape
        == (3, 11, model.config.local_latents)
    )
    assert (
        posterior.global_mean.shape == posterior.global_log_variance.shape == (3, model.config.global_latents)
    )


@pytest.mark.parametrize("steps", [1, 2, 22, 43])
def test_decode_any_length(model: ConvVAE, steps: int) -> None:
    decoded = model.decode(torch.zeros(2, steps, model.config.local_latents))
    assert decoded.magnitudes.shape == decoded.log_shape.shape == (2, 8 * steps, 512)
    assert decoded.log_bands.shape == (2, 8 * steps, 16)
    assert (decoded.magnitudes >= 0).all()


def test_decoded_bands_have_the_levels_in_the_latents(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    # What decides the loudness of a sound is measured, not learned: an untrained model has it right already.
    posterior = model.eval().encode(magnitudes[:2], times[:2])
    decoded = model.decode(posterior.local_mean)
    wanted = model.step_levels(magnitudes[:2])
    heard = model.step_levels(decoded.magnitudes)
    audible = wanted > wanted.amax(-1, keepdim=True) - 3  # nepers
    assert (heard - wanted)[audible].abs().mean() < 0.3
    uncorrected = model.step_levels(decoded.log_shape.exp())
    assert (heard - wanted)[audible].abs().mean() < 0.1 * (uncorrected - wanted)[audible].abs().mean()


def test_a_sound_that_the_decoder_expects_to_be_silent_has_its_level_all_the_same(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    with torch.no_grad():
        z = model.eval().encode(magnitudes[:1], times[:1]).local_mean
        model.decoder.shape_head.bias.sub_(1)  # a standard deviation
        model.decoder.band_head.bias.sub_(1)
        heard = model.step_levels(model.decode(z).magnitudes)
    wanted = model.step_levels(magnitudes[:1])
    loudest = wanted == wanted.amax(-1, keepdim=True)
    assert (heard - wanted)[loudest].abs().max() < 0.2  # nepers: 1.7 dB


def test_the_log_variance_is_bounded(model: ConvVAE, times: torch.Tensor) -> None:
    # An unbounded one makes the KL divergence explode in the first steps.
    with torch.no_grad():
        for name, parameter in model.encoder.named_parameters():
            if name in ("local_head.bias", "global_head.2.bias"):
                parameter.fill_(1e6)
    posterior = model.encode(torch.rand(3, 88, 512), times)
    learned = posterior.local_log_variance[..., : model.config.learned_latents]
    assert learned.max() <= POSTERIOR_LOG_VARIANCE[1]
    assert posterior.global_log_variance.max() <= POSTERIOR_LOG_VARIANCE[1]


def test_a_share_of_the_batch_is_decoded_from_the_prior(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    plain = model(magnitudes, times, sample=False)
    shared = model(magnitudes, times, sample=False, prior_share=1 / 3)
    from_prior = model.decode(plain.prior.mean)
    torch.testing.assert_close(shared.decoded.magnitudes[0], from_prior.magnitudes[0])
    torch.testing.assert_close(shared.decoded.magnitudes[1:], plain.decoded.magnitudes[1:])
    assert not torch.allclose(shared.decoded.magnitudes[0], plain.decoded.magnitudes[0])


def test_the_same_generator_gives_the_same_pass(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    def decoded(seed: int) -> torch.Tensor:
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            result: torch.Tensor = model(magnitudes, times, generator=generator).decoded.magnitudes
        return result

    assert torch.equal(decoded(1), decoded(1))
    assert not torch.equal(decoded(1), decoded(2))


def test_sampling_noise_is_correlated_from_step_to_step(model: ConvVAE) -> None:
    times = model.times(torch.zeros(1), torch.tensor([60.0]), 600)
    with torch.no_grad():
        mean = model.prior(torch.zeros(1, model.config.global_latents), times).mean
        z = model.sample(
            torch.zeros(1, model.config.global_latents), times, 1.0, torch.Generator().manual_seed(0)
        )
    noise = (z - mean)[0]
    correlation = torch.stack([torch.corrcoef(torch.stack([n[:-1], n[1:]]))[0, 1] for n in noise.T]).mean()
    assert 0.7 < correlation < 0.85


@pytest.mark.parametrize("steps", [1, 64, 200])
def test_the_noise_is_the_autoregressive_process_it_claims_to_be(steps: int) -> None:
    white = torch.randn(2, steps, 3, generator=torch.Generator().manual_seed(0))
    expected = white.clone()
    for step in range(1, steps):
        expected[:, step] = 0.8 * expected[:, step - 1] + 0.6 * white[:, step]
    torch.testing.assert_close(correlated(white, 0.8), expected)


def test_time_features_stay_bounded_far_outside_the_training_range() -> None:
    features = time_features(torch.tensor([-0.5, 3600.0]), torch.tensor([1.0, 7200.0]), 11, 0.0929)
    assert features.shape == (2, 11, TIME_FEATURES)
    assert features.abs().max() < 4


def test_gradients_reach_every_parameter(
    model: ConvVAE, magnitudes: torch.Tensor, times: torch.Tensor
) -> None:
    output = model(magnitudes, times, prior_share=1 / 3)
    (output.decoded.magnitudes.mean() + sum(part.mean() for part in output.posterior)).backward()
    without = [name for name, p in model.named_parameters() if p.grad is None]
    # The prior's spread is reached by the KL terms only.
    assert without == []


def test_a_posterior_has_four_parts() -> None:
    assert Posterior._fields == (
        "local_mean",
        "local_log_variance",
        "global_mean",
        "global_log_variance",
    )


def test_a_model_from_before_the_level_bands_could_be_chosen_keeps_its_own() -> None:
    new = VAEConfig()
    assert VAEConfig.from_dict(new.to_dict()) == new
    fields = {k: v for k, v in new.to_dict().items() if not k.endswith("_hz")} | {"level_bands": 8}
    old = VAEConfig.from_dict(fields)
    assert (old.level_bands, old.level_low_hz, old.level_high_hz) == (8, 80.0, 12_000.0)
    with pytest.raises(TypeError):
        VAEConfig.from_dict({"colour": 1})

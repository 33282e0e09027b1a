"""The model: a hierarchical variational autoencoder of magnitude spectrograms.

A sound is one global latent g and a sequence of local latents z, one per eight frames.  Of each z the first
numbers are learned; the rest are *measured*: the levels of frequency bands, which keeps loudness, balance
and their course in time exact.  A learned prior p(z | g, time) makes g hold a whole sound of any length.

Shapes: B batch, T frames, S latent steps (T / frames_per_step), W warped frequency bins, L local latents
including the levels, G global latents, C channels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sda_desktop.models.layers import MergeSteps, SplitSteps, TemporalBlock, blocks
from sda_desktop.models.time_axis import TIME_FEATURES, time_features

LOG_FLOOR = 1e-5  # added to magnitudes before their logarithm: -100 dBFS
LEVEL_LOG_VARIANCE = -4.6  # of the measured levels' posterior: 0.1 standard deviations
POSTERIOR_LOG_VARIANCE = (-12.0, 6.0)  # bounds that rule out an exploding KL divergence
PRIOR_LOG_VARIANCE = (-8.0, 2.0)
# A round moves a level by LEVELLING_STEP nepers at most, so four reach from silence to full scale: a sound
# that is unlike the corpus comes back at its own loudness, too.  While the model trains one is enough.
LEVELLING_ROUNDS, LEVELLING_STEP = 4, 3.0
# What lies further away than this many latent steps has no audible influence on a decoded step.
DECODER_CONTEXT_STEPS = 12
NOISE_CORRELATION = 0.8  # of the prior's noise, from step to step
_STEPS_AT_ONCE = 64

_FIRST_LEVEL_BANDS = {"level_low_hz": 80.0, "level_high_hz": 12_000.0, "level_bend_hz": 1.0}


@dataclass(frozen=True, slots=True)
class VAEConfig:
    """The size of the model; saved with it."""

    bins: int = 512
    mel_bands: int = 128
    loss_mel_bands: int = 80
    frames_per_step: int = 8
    step_seconds: float = 8 * 512 / 44_100
    global_latents: int = 48
    learned_latents: int = 24
    level_bands: int = 64
    level_low_hz: float = 60.0
    level_high_hz: float = 17_000.0
    level_bend_hz: float = 400.0
    shape_bands: int = 16
    channels: int = 192

    @property
    def local_latents(self) -> int:
        """Learned and measured numbers per latent step."""
        return self.learned_latents + self.level_bands

    @property
    def fine_channels(self) -> int:
        """Channels at the full frame rate, two thirds of the others."""
        return max(16, self.channels * 2 // 3 // 8 * 8)

    def to_dict(self) -> dict[str, Any]:
        """All fields, for a checkpoint."""
        return asdict(self)

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """The inverse of to_dict; what the first models did not say yet is as it was for them.

        Raises TypeError for a field that is not known.
        """
        return cls(**{**_FIRST_LEVEL_BANDS, **fields})


class SpectralLayout(NamedTuple):
    """The frequency axis as the model needs it; made by the front end, constant."""

    members: Tensor  # (W,) linear bins joined in each warped bin
    centre_hz: Tensor  # (W,)
    mel_in: Tensor  # (W, mel_bands) filters of the encoder's input
    mel_loss: Tensor  # (W, loss_mel_bands)
    shape_bands: Tensor  # (W, shape_bands), rows sum to one
    level_bands: Tensor  # (W, level_bands), rows sum to one


class Posterior(NamedTuple):
    """q(z | x) and q(g | x): means and log variances."""

    local_mean: Tensor  # (B, S, L)
    local_log_variance: Tensor  # (B, S, L)
    global_mean: Tensor  # (B, G)
    global_log_variance: Tensor  # (B, G)


class Prior(NamedTuple):
    """p(z | g, time)."""

    mean: Tensor  # (B, S, L)
    log_variance: Tensor  # (B, S, L)


class Decoded(NamedTuple):
    """What the decoder makes of z."""

    magnitudes: Tensor  # (B, T, W)
    log_shape: Tensor  # (B, T, W) log magnitudes before they are brought to the levels
    log_bands: Tensor  # (B, T, shape_bands) log levels per frame


class VAEOutput(NamedTuple):
    """All that the loss needs of one forward pass."""

    decoded: Decoded
    posterior: Posterior
    prior: Prior


def log_amplitude(power: Tensor) -> Tensor:
    """Half the logarithm of a power, with a floor at -100 dBFS."""
    return 0.5 * torch.log(power + LOG_FLOOR**2)


def sample_normal(mean: Tensor, log_variance: Tensor, generator: torch.Generator | None) -> Tensor:
    """A reparametrised sample.  The noise is drawn where the generator is, without one on the processor."""
    device = torch.device("cpu") if generator is None else generator.device
    noise = torch.randn(mean.shape, generator=generator, device=device).to(mean.device, non_blocking=True)
    return mean + noise * torch.exp(0.5 * log_variance)


def correlated(noise: Tensor, correlation: float = NOISE_CORRELATION) -> Tensor:
    """White noise (B, S, L) -> an autoregressive process over S with the same variance."""
    result = torch.empty_like(noise)
    power = torch.arange(_STEPS_AT_ONCE)
    response = torch.tril(correlation ** (power[:, None] - power).clamp_min(0).float())
    decay = correlation ** (1 + power.float())[:, None]
    scaled = (1 - correlation**2) ** 0.5 * noise
    scaled[:, 0] = noise[:, 0]
    last = torch.zeros_like(noise[:, :1])
    for first in range(0, noise.shape[1], _STEPS_AT_ONCE):
        part = scaled[:, first : first + _STEPS_AT_ONCE]
        steps = part.shape[1]
        joined = response[:steps, :steps] @ part + decay[:steps] * last
        result[:, first : first + steps] = joined
        last = joined[:, -1:]
    return result


class Standardizer(nn.Module):
    """Subtracts a mean per column and divides by one spread for all; fitted once, saved with the model."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(columns))
        self.register_buffer("spread", torch.ones(()))
        self.mean: Tensor
        self.spread: Tensor

    @torch.no_grad()
    def fit(self, values: Tensor) -> None:
        """values: (..., columns)."""
        mean = values.flatten(0, -2).mean(0)
        self.mean.copy_(mean)
        self.spread.copy_((values - mean).std().clamp_min(1e-3))

    def forward(self, values: Tensor) -> Tensor:
        """To zero mean and unit spread."""
        return (values - self.mean) / self.spread

    def restore(self, standard: Tensor) -> Tensor:
        """The inverse of forward."""
        return standard * self.spread + self.mean


class ConvEncoder(nn.Module):
    """Log-mel spectrogram to the two posteriors (the measured levels excluded)."""

    def __init__(self, config: VAEConfig, heads: int = 4) -> None:
        super().__init__()
        fine, wide = config.fine_channels, config.channels
        if config.frames_per_step != 8:
            raise ValueError("the encoder merges three times: frames_per_step must be 8")
        self.trunk = nn.Sequential(
            MergeSteps(config.mel_bands, fine),
            TemporalBlock(fine),
            MergeSteps(fine, fine),
            TemporalBlock(fine),
            MergeSteps(fine, wide),
            blocks(wide, 2),
        )
        self.local_head = nn.Linear(wide, 2 * config.learned_latents)
        self.time = nn.Linear(TIME_FEATURES, wide)
        self.attention = nn.Linear(wide, heads)
        self.global_head = nn.Sequential(
            nn.Linear((heads + 2) * wide, wide), nn.GELU(), nn.Linear(wide, 2 * config.global_latents)
        )

    def forward(self, log_mel: Tensor, times: Tensor) -> Posterior:
        """(B, T, mel_bands), (B, S, TIME_FEATURES) -> posteriors of the learned latents."""
        tokens = self.trunk(log_mel)  # (B, S, C)
        local_mean, local_log_variance = self.local_head(tokens).chunk(2, -1)
        placed = tokens + self.time(times)
        weights = self.attention(placed).softmax(1).transpose(1, 2)  # (B, heads, S)
        attended = (weights @ placed).flatten(1)
        summary = torch.cat([attended, placed.mean(1), placed.amax(1)], 1)
        global_mean, global_log_variance = self.global_head(summary).chunk(2, -1)
        return Posterior(
            local_mean,
            local_log_variance.clamp(*POSTERIOR_LOG_VARIANCE),
            global_mean,
            global_log_variance.clamp(*POSTERIOR_LOG_VARIANCE),
        )


class SequencePrior(nn.Module):
    """p(z | g, time since the onset, time until the end)."""

    def __init__(self, config: VAEConfig) -> None:
        super().__init__()
        self.from_global = nn.Linear(config.global_latents, config.channels)
        self.time = nn.Linear(TIME_FEATURES, config.channels)
        self.trunk = blocks(config.channels, 2)
        self.head = nn.Linear(config.channels, 2 * config.local_latents)

    def forward(self, global_latent: Tensor, times: Tensor) -> Prior:
        """(B, G), or (B, S, G) for one that changes, and (B, S, TIME_FEATURES) -> mean and log variance,
        (B, S, L) each."""
        if global_latent.ndim == 2:
            global_latent = global_latent.unsqueeze(1)
        tokens = self.from_global(global_latent) + self.time(times)
        mean, log_variance = self.head(self.trunk(tokens)).chunk(2, -1)
        return Prior(mean, log_variance.clamp(*PRIOR_LOG_VARIANCE))


class ConvDecoder(nn.Module):
    """z to a standardised log-magnitude shape and to band levels per frame, at 10.8 to 86 steps a second."""

    def __init__(self, config: VAEConfig) -> None:
        super().__init__()
        wide, fine = config.channels, config.fine_channels
        self.trunk = nn.Sequential(
            nn.Linear(config.local_latents, wide),
            blocks(wide, 2),
            SplitSteps(wide, wide),
            blocks(wide, 2),
            SplitSteps(wide, wide),
            blocks(wide, 2),
            SplitSteps(wide, fine),
            TemporalBlock(fine),
            nn.LayerNorm(fine),
        )
        self.shape_head = nn.Linear(fine, config.bins)
        self.band_head = nn.Linear(fine, config.shape_bands)
        with torch.no_grad():  # begin near the corpus's mean spectrum
            self.shape_head.weight.mul_(0.3)
            self.shape_head.bias.zero_()

    def forward(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """(B, S, L) -> standardised (B, T, W) and (B, T, shape_bands)."""
        frames = self.trunk(z)
        return self.shape_head(frames), self.band_head(frames)


class ConvVAE(nn.Module):
    """The whole model: encode, decode, prior, sample, and forward for training."""

    def __init__(self, config: VAEConfig, layout: SpectralLayout) -> None:
        super().__init__()
        self.config = config
        for name, tensor in layout._asdict().items():
            # Constants of the front end: rebuilt with it, not saved.
            self.register_buffer(f"layout_{name}", tensor.clone(), persistent=False)
        members = layout.members.unsqueeze(1)
        self.register_buffer("shape_energy", layout.shape_bands * members, persistent=False)
        self.register_buffer("level_energy", layout.level_bands * members, persistent=False)
        low = 1 / (1 + layout.centre_hz / 700)
        self.register_buffer("bin_emphasis", 0.5 + 0.5 * low / low.mean(), persistent=False)
        self.register_buffer("bin_count_weight", layout.members.sqrt(), persistent=False)
        self.layout_mel_in: Tensor
        self.layout_mel_loss: Tensor
        self.layout_shape_bands: Tensor
        self.layout_level_bands: Tensor
        self.shape_energy: Tensor
        self.level_energy: Tensor
        self.bin_emphasis: Tensor
        self.bin_count_weight: Tensor
        self.bin_scale = Standardizer(config.bins)
        self.mel_scale = Standardizer(config.mel_bands)
        self.band_scale = Standardizer(config.shape_bands)
        self.level_scale = Standardizer(config.level_bands)
        self.encoder = ConvEncoder(config)
        self.prior_network = SequencePrior(config)
        self.decoder = ConvDecoder(config)

    # Measurements -----------------------------------------------------------------------------------

    def log_mel(self, magnitudes: Tensor) -> Tensor:
        """(B, T, W) -> (B, T, mel_bands)."""
        return log_amplitude(magnitudes.square() @ self.layout_mel_in)

    def frame_bands(self, magnitudes: Tensor) -> Tensor:
        """(B, T, W) -> log level of each shape band in each frame, (B, T, shape_bands)."""
        return log_amplitude(magnitudes.square() @ self.shape_energy)

    def step_levels(self, magnitudes: Tensor) -> Tensor:
        """(B, T, W) -> log level of each level band in each latent step, (B, S, level_bands)."""
        energy = magnitudes.square() @ self.level_energy
        return log_amplitude(energy.unflatten(1, (-1, self.config.frames_per_step)).mean(2))

    @torch.no_grad()
    def fit_statistics(self, magnitudes: Tensor) -> None:
        """Learn what is standardised from crops of the training sounds, (N, T, W)."""
        self.bin_scale.fit(torch.log(magnitudes + LOG_FLOOR))
        self.mel_scale.fit(self.log_mel(magnitudes))
        self.band_scale.fit(self.frame_bands(magnitudes))
        self.level_scale.fit(self.step_levels(magnitudes))

    # Parts ------------------------------------------------------------------------------------------

    def times(self, start_s: Tensor, duration_s: Tensor, steps: int) -> Tensor:
        """Time features of `steps` latent steps, (B, steps, TIME_FEATURES)."""
        return time_features(start_s, duration_s, steps, self.config.step_seconds)

    def encode(self, magnitudes: Tensor, times: Tensor) -> Posterior:
        """(B, T, W) and time features -> posteriors; T must be a multiple of frames_per_step."""
        learned = self.encoder(self.mel_scale(self.log_mel(magnitudes)), times)
        levels = self.level_scale(self.step_levels(magnitudes))
        known = torch.full_like(levels, LEVEL_LOG_VARIANCE)
        return Posterior(
            torch.cat([learned.local_mean, levels], -1),
            torch.cat([learned.local_log_variance, known], -1),
            learned.global_mean,
            learned.global_log_variance,
        )

    def prior(self, global_latent: Tensor, times: Tensor) -> Prior:
        """p(z | g, time): (B, G) or (B, S, G) and time features -> (B, S, L)."""
        return self.prior_network(global_latent, times)

    def decode(self, z: Tensor) -> Decoded:
        """(B, S, L) -> magnitudes (B, T, W) whose bands have the levels that were asked for."""
        shape, bands = self.decoder(z)
        log_shape, log_bands = self.bin_scale.restore(shape), self.band_scale.restore(bands)
        magnitudes = (torch.exp(log_shape) - LOG_FLOOR).clamp_min(0)
        # First every frame to the decoder's own band levels, then every step to the levels in z.
        correction = (log_bands - self.frame_bands(magnitudes)).clamp(-5, 5)
        magnitudes = magnitudes * torch.exp(correction @ self.layout_shape_bands.T)
        wanted = self.level_scale.restore(z[..., -self.config.level_bands :])
        for _ in range(1 if self.training else LEVELLING_ROUNDS):
            magnitudes = self._levelled(magnitudes, wanted)
        return Decoded(magnitudes, log_shape, log_bands)

    def _levelled(self, magnitudes: Tensor, wanted: Tensor) -> Tensor:
        """Bring every step nearer to the wanted levels (B, S, level_bands); the bands overlap."""
        correction = (wanted - self.step_levels(magnitudes)).clamp(-LEVELLING_STEP, LEVELLING_STEP)
        smooth = F.interpolate(
            correction.transpose(1, 2), scale_factor=float(self.config.frames_per_step), mode="linear"
        ).transpose(1, 2)
        return magnitudes * torch.exp(smooth @ self.layout_level_bands.T)

    def sample(
        self, global_latent: Tensor, times: Tensor, temperature: float, generator: torch.Generator | None
    ) -> Tensor:
        """z drawn from the prior, (B, S, L), with noise that is correlated from step to step."""
        prior = self.prior(global_latent, times)
        noise = correlated(torch.randn(prior.mean.shape, generator=generator)).to(prior.mean.device)
        return prior.mean + temperature * torch.exp(0.5 * prior.log_variance) * noise

    def forward(
        self,
        magnitudes: Tensor,
        times: Tensor,
        *,
        prior_share: float = 0.0,
        sample: bool = True,
        generator: torch.Generator | None = None,
    ) -> VAEOutput:
        """Encode, draw latents (or take their means) and decode.

        The first round(prior_share * B) sounds are decoded from the prior's mean given g instead of from
        their own z: without this g alone never learns to sound right.
        """
        posterior = self.encode(magnitudes, times)
        global_latent, z = posterior.global_mean, posterior.local_mean
        if sample:
            global_latent = sample_normal(global_latent, posterior.global_log_variance, generator)
            z = sample_normal(z, posterior.local_log_variance, generator)
        prior = self.prior(global_latent, times)
        from_prior = round(prior_share * len(z))
        if from_prior:
            z = torch.cat([prior.mean[:from_prior], z[from_prior:]])
        return VAEOutput(self.decode(z), posterior, prior)

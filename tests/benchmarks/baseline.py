"""The baseline: the plain design that most would write first, which the app's model is measured against.

    python tests/benchmarks/baseline.py [--seconds 180] [--threads 1] [--seed 0]

Chunks of 1 s at 48 kHz, 128 HTK mel bands of the power (n_fft 2048, hop 512), log(1 + power); a variational
autoencoder of four 3x3 convolutions with stride 2 and as many transposed ones, 64 latents; mean squared error
and 0.01 of the KL divergence; back to sound by least squares and 128 Griffin-Lim iterations.  Run as a
script it trains on the sonic-pi samples that are not held out and prints its figures on 1 s chunks of the
first 20 held-out ones.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import soxr
import torch
from corpora import held_out_split, sonic_pi
from numpy.typing import NDArray
from sound_metrics import chunks, compared_spectra, fitted, pairwise_db, score
from torch import Tensor, nn

from sda_desktop.audio.io import read_audio
from sda_desktop.torchaudio_shim import torchaudio_functional

RATE_HZ = 48_000
CHUNK_SAMPLES = RATE_HZ  # 1 s
FFT_SAMPLES, HOP_SAMPLES, MEL_BANDS = 2048, 512, 128
CHANNELS = (1, 32, 64, 128, 256)
HALVINGS = len(CHANNELS) - 1
LATENTS = 64
DROPOUT = 0.2
KL_WEIGHT, KL_WARMUP_SHARE, FREE_NATS = 0.01, 0.3, 0.1
LEARNING_RATE = 1e-3
BATCH_CHUNKS = 16
GRIFFIN_LIM_ITERATIONS = 128
Wave = NDArray[np.float64]


def seconds_of(wave: Wave) -> list[tuple[Wave, float]]:
    """All seconds of a sound at RATE_HZ, the last padded with silence, at peak 1, with their peaks."""
    parts = [
        fitted(wave[at : at + CHUNK_SAMPLES], CHUNK_SAMPLES) for at in range(0, len(wave), CHUNK_SAMPLES)
    ]
    peaks = [max(float(np.abs(part).max()), 1e-12) for part in parts]
    return [(part / peak, peak) for part, peak in zip(parts, peaks, strict=True)]


class MelAxis:
    """Waves to log mel spectrograms, and back to waves."""

    def __init__(self) -> None:
        functional = torchaudio_functional()
        bins = FFT_SAMPLES // 2 + 1
        # (bins, bands); some of the lowest triangles fall between two bins and are empty: part of the design.
        self.filters: Tensor = functional.melscale_fbanks(bins, 0.0, RATE_HZ / 2, MEL_BANDS, RATE_HZ)
        self._inverse = torch.linalg.pinv(self.filters.T)  # least squares of the smallest norm
        self._griffin_lim = functional.griffinlim
        self._window = torch.hann_window(FFT_SAMPLES)

    def forward(self, waves: Tensor) -> Tensor:
        """(B, samples) -> log(1 + power) (B, 1, bands, frames)."""
        spectrum = torch.stft(waves, FFT_SAMPLES, HOP_SAMPLES, window=self._window, return_complex=True)
        power = spectrum.abs().square()  # (B, bins, frames)
        return torch.log1p(self.filters.T @ power)[:, None]

    def to_power(self, log_mel: Tensor) -> Tensor:
        """(B, 1, bands, frames) -> power (B, bins, frames), at least 0."""
        power: Tensor = (self._inverse @ torch.expm1(log_mel[:, 0])).clamp_min(0)
        return power

    def to_waves(self, log_mel: Tensor, samples: int) -> Tensor:
        """(B, 1, bands, frames) -> (B, samples), phases by Griffin-Lim from torch's random state."""
        waves: Tensor = self._griffin_lim(
            self.to_power(log_mel),
            self._window,
            FFT_SAMPLES,
            HOP_SAMPLES,
            FFT_SAMPLES,
            power=2.0,
            n_iter=GRIFFIN_LIM_ITERATIONS,
            momentum=0.99,
            length=samples,
            rand_init=True,
        )
        return waves


class BaselineVAE(nn.Module):
    """The network.  Frames are padded with silence to a multiple of 16, and cut again on the way out."""

    def __init__(self, frames: int) -> None:
        super().__init__()
        self.frames = frames
        scale = 2**HALVINGS
        self._padding = -frames % scale
        self._map = (CHANNELS[-1], MEL_BANDS // scale, (frames + self._padding) // scale)
        size = int(np.prod(self._map))
        self.encoder = nn.Sequential()
        for before, after in pairwise(CHANNELS):
            convolution = nn.Conv2d(before, after, 3, stride=2, padding=1)
            self.encoder.extend([convolution, nn.BatchNorm2d(after), nn.ReLU(), nn.Dropout2d(DROPOUT)])
        self.mean, self.log_variance = nn.Linear(size, LATENTS), nn.Linear(size, LATENTS)
        self.expand = nn.Linear(LATENTS, size)
        self.decoder = nn.Sequential()
        for before, after in pairwise(reversed(CHANNELS)):
            self.decoder.append(nn.ConvTranspose2d(before, after, 3, stride=2, padding=1, output_padding=1))
            if after > 1:
                self.decoder.extend([nn.BatchNorm2d(after), nn.ReLU(), nn.Dropout2d(DROPOUT)])
        self.decoder.append(nn.Softplus())

    def encode(self, log_mel: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 1, bands, frames) -> mean and log variance (B, LATENTS)."""
        flat = self.encoder(nn.functional.pad(log_mel, (0, self._padding))).flatten(1)
        return self.mean(flat), self.log_variance(flat)

    def decode(self, latents: Tensor) -> Tensor:
        """(B, LATENTS) -> (B, 1, bands, frames)."""
        made: Tensor = self.decoder(self.expand(latents).unflatten(1, self._map))
        return made[..., : self.frames]


def kl_per_dimension(mean: Tensor, log_variance: Tensor) -> Tensor:
    """KL divergence from N(0, 1), nats (B, LATENTS)."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)


def baseline_loss(model: BaselineVAE, log_mel: Tensor, kl_share: float) -> Tensor:
    """Mean squared error plus the KL divergence beyond the free nats, at a share of its full weight."""
    mean, log_variance = model.encode(log_mel)
    latents = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
    kl = kl_per_dimension(mean, log_variance).clamp_min(FREE_NATS).sum(1).mean()
    return nn.functional.mse_loss(model.decode(latents), log_mel) + kl_share * KL_WEIGHT * kl


class Baseline:
    """A trained baseline, ready to make sounds."""

    def __init__(self, model: BaselineVAE, axis: MelAxis, steps: int, kl_nats: float, seed: int) -> None:
        self._model = model.eval()
        self._axis = axis
        self.steps = steps  # that it was trained for
        self.kl_nats = kl_nats  # per training chunk, at the end, unweighted
        self._seed = seed

    @torch.no_grad()
    def resynthesize(self, wave: Wave, rate_hz: int) -> Wave:
        """A whole mono sound through the latents' means, second by second, each at its own peak."""
        at_rate = soxr.resample(wave, rate_hz, RATE_HZ) if rate_hz != RATE_HZ else wave
        pairs = seconds_of(at_rate)
        parts = torch.from_numpy(np.stack([part for part, _ in pairs]).astype(np.float32))
        mean, _ = self._model.encode(self._axis.forward(parts))
        made = self._render(self._model.decode(mean), self._seed)
        whole = np.concatenate([part * peak for part, (_, peak) in zip(made, pairs, strict=True)])
        back = soxr.resample(whole, RATE_HZ, rate_hz) if rate_hz != RATE_HZ else whole
        return fitted(back, len(wave))

    @torch.no_grad()
    def sample(self, count: int, seed: int) -> Wave:
        """New sounds from N(0, I): (count, 1 s at RATE_HZ)."""
        latents = torch.randn(count, LATENTS, generator=torch.Generator().manual_seed(seed))
        return self._render(self._model.decode(latents), seed)

    def _render(self, log_mel: Tensor, seed: int) -> Wave:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            # One at a time: 128 iterations on a long sound at once would need gigabytes.
            waves = torch.cat([self._axis.to_waves(one[None], CHUNK_SAMPLES) for one in log_mel])
        made: Wave = waves.numpy().astype(float)
        return made


def train_baseline(files: Sequence[Path], seconds: float, threads: int, seed: int) -> Baseline:
    """Train on all 1 s chunks of the files for so many seconds, preparation excluded; at least one step.

    Raises ValueError if there is nothing but silence in them.
    """
    torch.set_num_threads(threads)
    parts = [part for path in files for part in chunks(_mono(path), RATE_HZ)]
    if not parts:
        raise ValueError("there is no sound to train on")
    axis = MelAxis()
    data = torch.cat([axis.forward(torch.from_numpy(part.astype(np.float32))[None]) for part in parts])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = BaselineVAE(data.shape[-1])
        steps = _fit(model, data, seconds)
    with torch.no_grad():
        divergence = kl_per_dimension(*model.eval().encode(data)).sum(1).mean()
    return Baseline(model, axis, steps, float(divergence), seed)


def _mono(path: Path) -> Wave:
    wave: Wave = read_audio(path, RATE_HZ)[0][0].astype(float)
    return wave


def _fit(model: BaselineVAE, data: Tensor, seconds: float) -> int:
    """Train in place; the number of steps."""
    optimizer = torch.optim.AdamW(model.parameters(), LEARNING_RATE)
    started, steps = time.perf_counter(), 0
    order = torch.empty(0, dtype=torch.long)
    model.train()
    while steps == 0 or time.perf_counter() - started < seconds:
        if len(order) < min(BATCH_CHUNKS, len(data)):
            order = torch.randperm(len(data))
        batch, order = order[:BATCH_CHUNKS], order[BATCH_CHUNKS:]
        progress = (time.perf_counter() - started) / max(seconds, 1e-9)
        loss = baseline_loss(model, data[batch], min(1.0, progress / KL_WARMUP_SHARE))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        steps += 1
    return steps


def main() -> None:
    """Train it, and print how it does on held-out chunks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    training, held_out = held_out_split(sonic_pi())
    baseline = train_baseline(training, arguments.seconds, arguments.threads, arguments.seed)
    parts = [part for path in held_out[:20] for part in chunks(_mono(path), RATE_HZ)]
    rows = [score(part, baseline.resynthesize(part, RATE_HZ), RATE_HZ) for part in parts]
    new = compared_spectra(list(baseline.sample(len(parts), 1)), RATE_HZ)
    variety = pairwise_db(new) / pairwise_db(compared_spectra(parts, RATE_HZ))
    print(f"{baseline.steps} steps in {arguments.seconds:g} s, KL {baseline.kl_nats:.1f} nats; ", end="")
    print(f"{len(rows)} held-out chunks of 1 s: ", end="")
    print(", ".join(f"{name} {np.mean([row[name] for row in rows]):.2f}" for name in rows[0]), end="")
    print(f"; diversity of as many new sounds, against those {variety:.2f}")


if __name__ == "__main__":
    main()

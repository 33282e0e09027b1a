"""A model and its front end together: sounds to latents, latents to sounds.

Latents are tensors on the model's device; sounds are numpy arrays (channels, samples) at the model's rate.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sda_desktop.audio.spectrogram import AudioSpectrogram, SpectrogramConfig
from sda_desktop.audio.synthesis import LOOKAHEAD_FRAMES, Synthesis
from sda_desktop.audio.texture import NoiseTexture
from sda_desktop.errors import Cancelled
from sda_desktop.models.global_fit import fit_global
from sda_desktop.models.vae import DECODER_CONTEXT_STEPS, ConvVAE, Posterior, SpectralLayout, VAEConfig
from sda_desktop.training.config import TrainingConfig

SHAPE_BAND_RANGE_HZ = (60.0, 15_000.0)
SILENT_PEAK = 1e-5
# Sounds longer than this are worked through in pieces, so that an hour needs no more memory than a minute.
PIECE_SECONDS = 30.0
OVERLAP_SECONDS = 0.2
# True spectra need 16 iterations; of decoded ones 8 make sounds as close to the original (measured).
ITERATIONS = 8
# Latent steps per block: one (93 ms) to be heard at once, then ever more, as each costs some overlap.
FIRST_BLOCK_STEPS, LARGEST_BLOCK_STEPS = 1, 64

Sound = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Latents:
    """A sound as the model knows it."""

    posterior: Posterior  # of one sound
    samples: int
    peak: float  # of the original; the model hears everything at full scale

    @property
    def local(self) -> Tensor:
        """z, its posterior mean (1, S, L)."""
        return self.posterior.local_mean

    @property
    def global_(self) -> Tensor:
        """g as the encoder names it, (1, G)."""
        return self.posterior.global_mean


def front_end(config: TrainingConfig, sample_rate_hz: int) -> SpectrogramConfig:
    """The spectrogram that a new run uses."""
    del config  # nothing of it is adjustable yet
    return SpectrogramConfig(sample_rate_hz=sample_rate_hz)


def model_config(config: TrainingConfig, spectrogram: SpectrogramConfig) -> VAEConfig:
    """The size of the model that the hyperparameters ask for."""
    return VAEConfig(
        bins=spectrogram.fft_samples // 4,
        mel_bands=spectrogram.mel_bands,
        loss_mel_bands=spectrogram.loss_mel_bands,
        frames_per_step=spectrogram.frames_per_step,
        step_seconds=spectrogram.step_seconds,
        global_latents=config.global_latents,
        learned_latents=config.local_latents,
        channels=config.channels,
    )


def layout_for(spectrogram: AudioSpectrogram, config: VAEConfig) -> SpectralLayout:
    """The constants of the frequency axis that a model needs."""
    return SpectralLayout(
        members=spectrogram.members,
        centre_hz=spectrogram.centre_hz,
        mel_in=spectrogram.mel_filters(config.mel_bands),
        mel_loss=spectrogram.mel_filters(config.loss_mel_bands),
        shape_bands=spectrogram.partition(config.shape_bands, *SHAPE_BAND_RANGE_HZ),
        level_bands=spectrogram.partition(
            config.level_bands, config.level_low_hz, config.level_high_hz, config.level_bend_hz
        ),
    )


def build_model(config: VAEConfig, spectrogram: SpectrogramConfig) -> ConvVAE:
    """An untrained model on the CPU, initialised from torch's global random state."""
    return ConvVAE(config, layout_for(AudioSpectrogram(spectrogram), config))


class SoundCodec:
    """Encodes and decodes whole sounds with a model in evaluation mode."""

    def __init__(self, model: ConvVAE, spectrogram: SpectrogramConfig) -> None:
        self.model = model.eval()
        self.config = spectrogram
        self.device = next(model.parameters()).device
        self._analysis = AudioSpectrogram(spectrogram, self.device)
        self._synthesis = AudioSpectrogram(spectrogram)  # phases are found on the CPU
        self._texture = NoiseTexture(self._synthesis)

    @classmethod
    def from_state(cls, state: Mapping[str, Any], weights: Mapping[str, Tensor]) -> SoundCodec:
        """A codec from what a checkpoint holds: its state and the averaged weights."""
        spectrogram = SpectrogramConfig(**state["spectrogram"])
        model = build_model(VAEConfig.from_dict(state["model"]), spectrogram)
        model.load_state_dict(dict(weights))
        return cls(model, spectrogram)

    @property
    def sample_rate_hz(self) -> int:
        """Rate of everything that goes in and comes out."""
        return self.config.sample_rate_hz

    def times(self, samples: int) -> Tensor:
        """Time features of a whole sound."""
        steps = self.config.frames_for(samples) // self.config.frames_per_step
        duration = torch.tensor([samples / self.sample_rate_hz], device=self.device)
        return self.model.times(torch.zeros(1, device=self.device), duration, steps)

    @torch.no_grad()
    def encode(self, sound: Sound, full_scale: float | None = None) -> Latents:
        """(channels, samples) -> latents of the mono mix.  Memory grows with the length.

        full_scale: the peak of a longer sound that this is a part of.
        """
        mono = sound.mean(0)
        peak = float(np.abs(mono).max(initial=0.0)) if full_scale is None else full_scale
        length = self.config.samples_for(self.config.frames_for(len(mono)))
        wave = torch.zeros(1, 1, length)
        fitting = min(len(mono), length)
        wave[0, 0, :fitting] = torch.from_numpy(mono[:fitting].copy()) / max(peak, SILENT_PEAK)
        magnitudes = self._analysis(wave.to(self.device))[:, 0]
        posterior = self.model.encode(magnitudes, self.times(len(mono)))
        return Latents(posterior, len(mono), peak)

    def fitted_global(self, latents: Latents) -> Tensor:
        """The g (1, G) that alone comes nearest to a sound; costs some gradient steps through the prior."""
        return fit_global(self.model, latents.posterior, self.times(latents.samples))

    def stream(
        self,
        z: Tensor,
        samples: int,
        stop: threading.Event | None = None,
        *,
        first_block_steps: int = FIRST_BLOCK_STEPS,
    ) -> Iterator[Sound]:
        """z (1, S, L) -> consecutive blocks (1, n) of the sound, `samples` in all, the first a short one.

        Each block is made when it is asked for.  Memory is that of the largest block, and what each block
        costs does not depend on the length of the sound.  Raises Cancelled when `stop` is set.
        """
        synthesis = Synthesis(self._synthesis, ITERATIONS, stop)
        steps, step, size, done = z.shape[1], 0, first_block_steps, 0
        while step < steps and done < samples:
            if stop is not None and stop.is_set():
                raise Cancelled
            end = min(step + size, steps)
            frames, following = self._decode(z, step, end)
            wave = synthesis.add(frames, following)[: samples - done]
            yield wave.numpy()[None]
            done += len(wave)
            step, size = end, min(2 * size, LARGEST_BLOCK_STEPS)
        while done < samples:  # longer than its latents
            silence = np.zeros((1, min(samples - done, self.sample_rate_hz)), np.float32)
            yield silence
            done += silence.shape[1]

    @torch.no_grad()
    def _decode(self, z: Tensor, first: int, end: int) -> tuple[Tensor, Tensor | None]:
        """Magnitudes of latent steps `first` to `end` as in the whole sound, and of some frames after."""
        per_step = self.config.frames_per_step
        begin = max(0, first - DECODER_CONTEXT_STEPS)
        magnitudes = self.model.decode(z[:, begin : end + DECODER_CONTEXT_STEPS]).magnitudes[0]
        here, after = (first - begin) * per_step, (end - begin) * per_step
        frames = self._texture(magnitudes[here : after + LOOKAHEAD_FRAMES].cpu(), first * per_step)
        following = frames[after - here :] if end < z.shape[1] else None
        return frames[: after - here], following

    def render(self, z: Tensor, samples: int, stop: threading.Event | None = None) -> Sound:
        """z (1, S, L) -> (1, samples).  Raises Cancelled when `stop` is set."""
        blocks = self.stream(z, samples, stop, first_block_steps=LARGEST_BLOCK_STEPS)
        return np.concatenate([np.zeros((1, 0), np.float32), *blocks], axis=1)

    @torch.no_grad()
    def latents_from_global(
        self,
        global_latent: Tensor,
        samples: int,
        *,
        temperature: float = 0.0,
        generator: torch.Generator | None = None,
    ) -> Tensor:
        """z (1, S, L) of a whole sound from g (1, G): the prior's mean, plus its correlated noise at a
        temperature."""
        times = self.times(samples)
        if temperature:
            return self.model.sample(global_latent, times, temperature, generator)
        return self.model.prior(global_latent, times).mean

    def resynthesize(
        self, sound: Sound, *, from_global: bool = False, stop: threading.Event | None = None
    ) -> Sound:
        """Encode and decode a sound of any length: (channels, samples) -> (1, samples), at its own level."""
        piece = round(PIECE_SECONDS * self.sample_rate_hz)
        overlap = round(OVERLAP_SECONDS * self.sample_rate_hz)
        samples = sound.shape[1]
        if samples <= piece:
            return self._resynthesize_piece(sound, from_global, stop)
        result = np.zeros((1, samples), np.float32)
        fade = np.sin(np.linspace(0, np.pi / 2, overlap, dtype=np.float32)) ** 2
        for start in range(0, samples, piece - overlap):
            part = self._resynthesize_piece(sound[:, start : start + piece], from_global, stop)
            if start:
                part[:, :overlap] *= fade[: part.shape[1]]
            if start + piece < samples:
                part[:, -overlap:] *= fade[::-1]
            result[:, start : start + part.shape[1]] += part
            if start + piece >= samples:
                break
        return result

    def _resynthesize_piece(self, sound: Sound, from_global: bool, stop: threading.Event | None) -> Sound:
        latents = self.encode(sound)
        if latents.peak < SILENT_PEAK:
            return np.zeros((1, latents.samples), np.float32)
        if from_global:
            z = self.latents_from_global(self.fitted_global(latents), latents.samples)
            wave = self.render(z, latents.samples, stop)
        else:
            wave = self.render(latents.local, latents.samples, stop)
        return wave * np.float32(latents.peak)


def limit_peak(sound: Sound, ceiling: float = 0.98) -> Sound:
    """Turn a sound down as a whole where it would pass the ceiling."""
    peak = float(np.abs(sound).max(initial=0.0))
    return sound * np.float32(ceiling / peak) if peak > ceiling else sound

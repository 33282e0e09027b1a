"""A small model, untrained, with an atlas of a few synthetic sounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.generation.atlas import Atlas, describe, joined
from sda_desktop.generation.instrument import Instrument
from sda_desktop.generation.trained_model import TrainedModel
from sda_desktop.models.vae import VAEConfig
from sda_desktop.training.checkpoint_manifest import CheckpointInfo
from sda_desktop.training.codec import Sound, SoundCodec, build_model
from sda_desktop.training.sound_bank import SoundBank

RATE_HZ = 44_100


def small_codec(seed: int = 0) -> SoundCodec:
    """An untrained model; other seeds are other models."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        codec = SoundCodec(build_model(VAEConfig(channels=32), SpectrogramConfig()), SpectrogramConfig())
    # Untrained, everything would come out at one level: let the levels speak.
    codec.model.level_scale.spread.fill_(3.0)
    codec.model.level_scale.mean.fill_(-6.0)
    return codec


def tone(frequency_hz: float, seconds: float, decay_s: float = 1e9) -> Sound:
    """A sine that dies away, (1, samples)."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave = 0.5 * np.sin(2 * np.pi * frequency_hz * time_s) * np.exp(-time_s / decay_s)
    return wave.astype(np.float32)[None]


def small_atlas(codec: SoundCodec) -> Atlas:
    """Four sounds: "low", "middle", "high" and "hit"."""
    sounds = {
        "low": tone(110, 0.8),
        "middle": tone(440, 1.0),
        "high": tone(3000, 0.6),
        "hit": tone(200, 0.4, 0.05),
    }
    described = [
        describe(sound, RATE_HZ, key=f"key-{name}", name=name, folder="tones")
        for name, sound in sounds.items()
    ]
    banks = [SoundBank.measure(codec, [(sound, sound.shape[1] / RATE_HZ)]) for sound in sounds.values()]
    return Atlas(described, joined(banks))


def small_instrument(codec: SoundCodec | None = None) -> Instrument:
    """Playable, with one slider, "first": the first global latent."""
    codec = codec or small_codec()
    atlas = small_atlas(codec)
    info = CheckpointInfo(Path("checkpoint"), "best", 1, 1, None, None, None, 0.0, 0)
    direction = torch.zeros(atlas.latents.shape[1])
    direction[0] = 1.0
    return Instrument(TrainedModel(codec, atlas.bank, info), atlas, {"first": direction})

"""Sound files of every kind, sound and broken, made for tests."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

# Suffix: (libsndfile's container, subtype) of every format the app reads.
FORMATS = {
    ".wav": ("WAV", "PCM_16"),
    ".aif": ("AIFF", "PCM_16"),
    ".aiff": ("AIFF", "PCM_24"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".opus": ("OGG", "OPUS"),
    ".mp3": ("MP3", "MPEG_LAYER_III"),
}
_MP3_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MP3_RATES_HZ = (44_100, 48_000, 32_000)


def tone(
    seconds: float = 0.5, rate_hz: int = 44_100, channels: int = 1, hz: float = 440.0, peak: float = 0.5
) -> NDArray[np.float32]:
    """A sine with some noise (so that compression keeps something to lose), (channels, frames)."""
    times_s = np.arange(round(seconds * rate_hz)) / rate_hz
    noise = np.random.default_rng(round(hz)).standard_normal(len(times_s))
    wave = 0.95 * np.sin(2 * np.pi * hz * times_s) + 0.01 * noise
    wave *= peak / np.abs(wave).max(initial=1e-9)
    return np.stack([wave / (1 + channel) for channel in range(channels)]).astype(np.float32)


def write_sound(
    path: Path, samples: NDArray[np.float32] | None = None, rate_hz: int = 44_100, subtype: str | None = None
) -> Path:
    """Write samples (channels, frames), by default a tone, in the format that the suffix says."""
    if samples is None:
        samples = tone(rate_hz=rate_hz)
    container, usual = FORMATS[path.suffix.lower()]
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(os.fsencode(path), samples.T, rate_hz, format=container, subtype=subtype or usual)
    return path


def cut(path: Path, share: float) -> Path:
    """Keep only that share of the file's bytes."""
    os.truncate(path, int(path.stat().st_size * share))
    return path


def set_data_size(path: Path, size: int) -> Path:
    """Let the data chunk of a WAV file claim that size in bytes."""
    data = bytearray(path.read_bytes())
    at = data.index(b"data")
    data[at + 4 : at + 8] = struct.pack("<I", size)
    path.write_bytes(data)
    return path


def forget_flac_length(path: Path) -> Path:
    """Make a FLAC file one that was written into a pipe: its header gives no number of samples."""
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0  # 36 bits of STREAMINFO
    data[22:26] = bytes(4)
    path.write_bytes(data)
    return path


def forget_mp3_length(path: Path) -> Path:
    """Remove the first frame of an MP3 file, which says how long it is."""
    data = path.read_bytes()
    kbits = _MP3_KBITS[data[2] >> 4]
    length = 144_000 * kbits // _MP3_RATES_HZ[data[2] >> 2 & 3] + (data[2] >> 1 & 1)
    assert data[length] == 0xFF
    path.write_bytes(data[length:])
    return path

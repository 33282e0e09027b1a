"""Decoded sounds on disk, so that a corpus of hours trains with bounded memory.

Each sound is decoded once, mixed to mono, resampled to the model's rate and kept as 32-bit floats: exact for
every source format, read back without conversion, and what is beyond full scale stays so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import struct
import threading
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from sda_desktop import paths
from sda_desktop.audio.decoding import AudioDecoder, shown
from sda_desktop.audio.io import StreamResampler, mix_to_mono
from sda_desktop.errors import AudioFileError, Cancelled
from sda_desktop.storage import atomic_write, storage_error

MAGIC = b"SDASOUND"
VERSION = 1
HEADER_BYTES = 4096
SUFFIX = ".sound"
DEFAULT_MAX_BYTES = 50 << 30
_PREFIX = struct.Struct("<8sIII")  # magic, version, length and CRC of the JSON that follows


class CachedSound:
    """A decoded sound on disk.  Holds no file open and no samples in memory."""

    def __init__(
        self, path: Path, entry: Path, sample_rate_hz: int, channels: int, frames: int, peak: float
    ) -> None:
        self.path = path
        self.sample_rate_hz = sample_rate_hz
        self.channels = channels
        self.frames = frames
        self.peak = peak
        self._entry = entry

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.frames / self.sample_rate_hz

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """Samples start to start + frames as (channels, frames); zeros outside the sound.

        May be called from any thread.  Raises AudioFileError when the cache was deleted meanwhile.
        """
        out = np.zeros((self.channels, frames), dtype=np.float32)
        first, last = max(start, 0), min(start + frames, self.frames)
        if last <= first:
            return out
        try:
            with self._entry.open("rb", buffering=0) as file:
                file.seek(HEADER_BYTES + 4 * self.channels * first)
                data = file.read(4 * self.channels * (last - first))
        except OSError as error:
            raise AudioFileError(
                f"The decoded copy of {shown(self.path)} cannot be read.", "Start again.", str(error)
            ) from error
        samples = np.frombuffer(data, dtype="<f4").reshape(-1, self.channels)
        out[:, first - start : last - start] = samples.T
        return out


class SoundCache:
    """A folder of decoded sounds, keyed by path, size, time of change and rate."""

    def __init__(self, folder: Path | None = None, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.folder = folder if folder is not None else paths.cache_dir() / "decoded"
        self.max_bytes = max_bytes

    def load(self, path: Path, sample_rate_hz: int, *, stop: threading.Event | None = None) -> CachedSound:
        """The decoded sound at that rate, decoding it if this was not done before.

        Raises AudioFileError, StorageError, and Cancelled when `stop` is set.
        """
        try:
            status = path.stat()
        except OSError as error:
            raise AudioFileError(f"{shown(path)} is no longer there.", "", str(error)) from error
        key = f"{os.path.abspath(path)}|{status.st_size}|{status.st_mtime_ns}|{sample_rate_hz}"
        name = hashlib.sha256(os.fsencode(key)).hexdigest()[:40]
        entry = self.folder / (name + SUFFIX)
        sound = self._opened(path, entry, name)
        if sound is None:
            self._build(path, entry, name, sample_rate_hz, stop)
            sound = self._opened(path, entry, name)
        if sound is None:
            raise AudioFileError(f"The decoded copy of {shown(path)} cannot be read.")
        return sound

    def _opened(self, path: Path, entry: Path, name: str) -> CachedSound | None:
        try:
            with entry.open("rb") as file:
                head = file.read(HEADER_BYTES)
                size = file.seek(0, 2)
        except OSError:
            return None
        if len(head) < HEADER_BYTES:
            return None
        magic, version, length, crc = _PREFIX.unpack_from(head)
        text = head[_PREFIX.size : _PREFIX.size + length]
        if magic != MAGIC or version != VERSION or zlib.crc32(text) != crc:
            return None
        fields = json.loads(text)
        if fields["key"] != name or size != HEADER_BYTES + 4 * fields["channels"] * fields["frames"]:
            return None
        return CachedSound(
            path, entry, fields["sample_rate_hz"], fields["channels"], fields["frames"], fields["peak"]
        )

    def _build(
        self, path: Path, entry: Path, name: str, sample_rate_hz: int, stop: threading.Event | None
    ) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, entry) from error
        with contextlib.ExitStack() as stack:
            decoder = stack.enter_context(AudioDecoder(path))
            file = stack.enter_context(atomic_write(entry))
            resampler = StreamResampler(decoder.format.sample_rate_hz, sample_rate_hz, 1)
            file.write(bytes(HEADER_BYTES))
            frames, peak = 0, 0.0
            for block in decoder.blocks():
                if stop is not None and stop.is_set():
                    raise Cancelled
                ready = resampler.push(mix_to_mono(block))
                frames, peak = frames + ready.shape[1], max(peak, _append(file, ready))
            ready = resampler.finish()
            frames, peak = frames + ready.shape[1], max(peak, _append(file, ready))
            text = json.dumps(
                {"key": name, "frames": frames, "peak": peak, "channels": 1, "sample_rate_hz": sample_rate_hz}
            ).encode()
            file.seek(0)
            file.write(_PREFIX.pack(MAGIC, VERSION, len(text), zlib.crc32(text)) + text)


def _append(file: BinaryIO, samples: NDArray[np.float32]) -> float:
    file.write(np.ascontiguousarray(samples.T, dtype="<f4").tobytes())
    return float(np.abs(samples).max(initial=0.0))

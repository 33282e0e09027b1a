"""Sound files in and out: headers, decoding in blocks, resampling, writing WAV files."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from sda_desktop.audio.decoding import (
    BLOCK_FRAMES,
    AudioDecoder,
    AudioFormat,
    TruncatedAudioError,
    UnreadableError,
    shown,
)
from sda_desktop.errors import AudioFileError, Cancelled
from sda_desktop.storage import atomic_write, storage_error
from sda_desktop.words import say

__all__ = [
    "SUPPORTED_SUFFIXES",
    "AudioFormat",
    "Sink",
    "StreamResampler",
    "TruncatedAudioError",
    "UnreadableError",
    "decode_blocks",
    "mix_to_mono",
    "probe",
    "read_audio",
    "resample",
    "write_wav",
]

SUPPORTED_SUFFIXES: frozenset[str] = frozenset({".wav", ".aif", ".aiff", ".flac", ".ogg", ".opus", ".mp3"})


def probe(path: Path) -> AudioFormat:
    """What the header of `path` says.  Raises AudioFileError."""
    with AudioDecoder(path) as decoder:
        return decoder.format


def decode_blocks(path: Path, block_frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.float32]]:
    """Decode `path` in blocks of float32 (channels, frames), values as stored (1.0 is full scale).

    Raises AudioFileError where the file cannot be opened or decoded any further, and its subclass
    TruncatedAudioError, after the last block, where it ends before its header says.
    """
    with AudioDecoder(path) as decoder:
        yield from decoder.blocks(block_frames)


def mix_to_mono(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of the channels: (channels, frames) to (1, frames)."""
    if block.shape[0] == 1:
        return block
    return np.asarray(block.mean(axis=0, keepdims=True, dtype=np.float32), dtype=np.float32)


class StreamResampler:
    """Resamples a sound given in blocks; the same samples come out however it is cut.

    push() takes (channels, frames) and returns what is ready; finish() returns the rest.
    quality: one of soxr's settings, "HQ" or "VHQ".
    """

    def __init__(self, from_hz: float, to_hz: float, channels: int, quality: str = "HQ") -> None:
        self._channels = channels
        self._stream: Any = None
        self._in_frames = self._out_frames = 0
        self._ratio = (from_hz, to_hz)
        if from_hz != to_hz:
            self._stream = soxr.ResampleStream(from_hz, to_hz, channels, dtype="float32", quality=quality)

    def push(self, block: NDArray[np.float32], last: bool = False) -> NDArray[np.float32]:
        """Samples at the new rate that are ready after `block`, (channels, frames); maybe none."""
        if self._stream is None:
            return block
        interleaved = np.ascontiguousarray(block.T)  # (frames, channels)
        ready = self._stream.resample_chunk(interleaved, last=last)
        return np.ascontiguousarray(np.asarray(ready, dtype=np.float32).reshape(-1, self._channels).T)

    def finish(self) -> NDArray[np.float32]:
        """What is left inside the filter, (channels, frames)."""
        return self.push(np.zeros((self._channels, 0), dtype=np.float32), last=True)


def resample(samples: NDArray[np.float32], from_hz: int, to_hz: int) -> NDArray[np.float32]:
    """Resample (channels, frames) or (frames,) with soxr's high quality setting."""
    if from_hz == to_hz or samples.shape[-1] == 0:
        return samples
    result = soxr.resample(np.ascontiguousarray(samples.T), from_hz, to_hz, quality="HQ")
    return np.ascontiguousarray(np.asarray(result, dtype=np.float32).T)


def read_audio(
    path: Path,
    sample_rate_hz: int | None = None,
    *,
    mono: bool = True,
    stop: threading.Event | None = None,
) -> tuple[NDArray[np.float32], int]:
    """Read a whole sound: samples (channels, frames) and their rate, resampled if a rate is given.

    Raises AudioFileError, and Cancelled when `stop` is set (looked at before every block).
    """
    pieces: list[NDArray[np.float32]] = []
    with AudioDecoder(path) as decoder:
        source_hz = decoder.format.sample_rate_hz
        channels = 1 if mono else decoder.format.channels
        resampler = StreamResampler(source_hz, sample_rate_hz or source_hz, channels)
        for block in decoder.blocks():
            if stop is not None and stop.is_set():
                raise Cancelled
            pieces.append(resampler.push(mix_to_mono(block) if mono else block))
    pieces.append(resampler.finish())
    return np.concatenate(pieces, axis=1), sample_rate_hz or source_hz


class Sink:
    """A file for libsndfile to write to, which remembers the first error: there it would be lost.

    What is in the file already stays before what libsndfile writes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offset = file.tell()
        self.error: OSError | None = None

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As of any file, but an error (of what was written before) is kept, not raised."""
        if whence == os.SEEK_SET:
            offset += self._offset
        return self._kept(lambda: self._file.seek(offset, whence)) - self._offset

    def tell(self) -> int:
        """As of any file."""
        return self._file.tell() - self._offset

    def write(self, data: bytes) -> int:
        """As of any file, but an error is kept, not raised."""
        return self._kept(lambda: self._file.write(data))

    def _kept(self, action: Callable[[], int]) -> int:
        try:
            return action() if self.error is None else 0
        except OSError as error:
            self.error = error
            return 0

    def raise_error(self) -> None:
        """Raise the error that writing met.  Raises OSError."""
        if self.error is not None:
            raise self.error


def write_wav(
    path: Path, samples: NDArray[np.float32], sample_rate_hz: int, *, subtype: str = "PCM_24"
) -> None:
    """Write (frames,) or (channels, frames) as a WAV file, complete or not at all.

    Whole-number subtypes are limited to full scale, never wrapped; FLOAT keeps what is beyond it.
    Raises StorageError when the disk is full, AudioFileError for samples that are not numbers.
    """
    samples = np.atleast_2d(np.asarray(samples, dtype=np.float32))
    if not np.isfinite(samples).all():
        raise AudioFileError(
            say("{path} was not written: the sound holds values that are not numbers.", path=shown(path))
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error
    with atomic_write(path) as file:
        sink = Sink(file)
        try:
            with soundfile.SoundFile(
                sink, "w", sample_rate_hz, samples.shape[0], subtype=subtype, format="WAV"
            ) as target:
                # soundfile has libsndfile limit what does not fit into whole numbers.
                for start in range(0, samples.shape[1], BLOCK_FRAMES):
                    target.write(np.ascontiguousarray(samples[:, start : start + BLOCK_FRAMES].T))
        except (soundfile.LibsndfileError, AssertionError) as error:
            if sink.error is None:
                raise AudioFileError(
                    say("{path} could not be written.", path=shown(path)), "", str(error)
                ) from error
        sink.raise_error()

"""Sound files in and out: headers, decoding in blocks, resampling, writing WAV files.

Everything that reads a sound file goes through `decode_blocks`, which believes what it decodes and not
what the header says.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from sda_desktop.audio.containers import missing_from_file
from sda_desktop.errors import AudioFileError, Cancelled
from sda_desktop.storage import atomic_write, storage_error

SUPPORTED_SUFFIXES: frozenset[str] = frozenset({".wav", ".aif", ".aiff", ".flac", ".ogg", ".opus", ".mp3"})
BLOCK_FRAMES = 65_536

_MINIMUM_RATE_HZ, _MAXIMUM_RATE_HZ = 1_000, 768_000
_MAXIMUM_CHANNELS = 64
_UNKNOWN_FRAMES = 1 << 62  # libsndfile says 2^63 - 1 for a stream of unknown length
_BIT_DEPTHS = {
    "PCM_S8": 8,
    "PCM_U8": 8,
    "PCM_16": 16,
    "PCM_24": 24,
    "PCM_32": 32,
    "FLOAT": 32,
    "DOUBLE": 64,
}


class TruncatedAudioError(AudioFileError):
    """The file ends before its own header says it should."""


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """What a header claims.  `frames` is 0 where it does not say; `bit_depth` is None for lossy formats."""

    sample_rate_hz: int
    channels: int
    frames: int
    bit_depth: int | None
    container: str
    subtype: str

    @property
    def duration_s(self) -> float:
        """Length in seconds by the header."""
        return self.frames / self.sample_rate_hz


def _not_seekable() -> bool:
    return False


def _open(path: Path) -> soundfile.SoundFile:
    """Open `path` for reading.  Raises AudioFileError with a sentence on what is wrong."""
    try:
        size = path.stat().st_size
        # Looked at first because libsndfile words a missing or forbidden file as a bad format.
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise AudioFileError(f"{shown(path)} is no longer there.", "Put it back or leave it out.") from error
    except PermissionError as error:
        raise AudioFileError(
            f"{shown(path)} may not be read by you.", "Change its permissions or leave it out.", str(error)
        ) from error
    except OSError as error:
        raise AudioFileError(
            f"{shown(path)} cannot be opened.", "Check the disk it is on.", f"{type(error).__name__}: {error}"
        ) from error
    if size == 0:
        raise AudioFileError(f"{shown(path)} is an empty file (0 bytes).", "Export or copy it again.")
    try:
        # Bytes, because a name that is not valid UTF-8 cannot be encoded by soundfile.
        file = soundfile.SoundFile(str(path) if sys.platform == "win32" else os.fsencode(path))
    except (soundfile.LibsndfileError, OSError, ValueError, RuntimeError) as error:
        raise AudioFileError(
            f"{shown(path)} is not a sound file that can be read: it is damaged or of another kind.",
            "Export it again as WAV or FLAC.",
            f"{type(error).__name__}: {_printable(str(error))}",
        ) from error
    # soundfile seeks after every read of a seekable file: a FLAC decoder then searches for its place each
    # time, and the end of a stream whose header does not give the length becomes an error.
    file.seekable = _not_seekable
    possible = _MINIMUM_RATE_HZ <= file.samplerate <= _MAXIMUM_RATE_HZ
    if not possible or not 1 <= file.channels <= _MAXIMUM_CHANNELS:
        complaint = f"{file.samplerate} Hz, {file.channels} channels"
        file.close()
        raise AudioFileError(
            f"{shown(path)} has an impossible header ({complaint}).", "Export it again as WAV or FLAC."
        )
    return file


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def shown(path: Path) -> str:
    """The name of `path` as it can be printed, even where it is not valid text."""
    return _printable(path.name)


def _format(file: soundfile.SoundFile) -> AudioFormat:
    frames = int(file.frames)
    return AudioFormat(
        sample_rate_hz=int(file.samplerate),
        channels=int(file.channels),
        frames=0 if frames >= _UNKNOWN_FRAMES else frames,
        bit_depth=_BIT_DEPTHS.get(file.subtype),
        container=str(file.format),
        subtype=str(file.subtype),
    )


def probe(path: Path) -> AudioFormat:
    """What the header of `path` says.  Raises AudioFileError."""
    with _open(path) as file:
        return _format(file)


class AudioDecoder:
    """An open sound file that hands out blocks; a context manager.

    `format` is what the header says.  `blocks` yields float32 arrays (channels, frames) and raises
    TruncatedAudioError at the point where the file ends too early, AudioFileError where it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _open(path)
        self.format = _format(self._file)

    def __enter__(self) -> AudioDecoder:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file.  Harmless when done twice."""
        self._file.close()

    def blocks(self, block_frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.float32]]:
        """Decode from the start to the end, `block_frames` at a time."""
        decoded = 0
        while True:
            try:
                block = self._file.read(block_frames, dtype="float32", always_2d=True)  # (frames, channels)
            except (soundfile.LibsndfileError, OSError, RuntimeError, MemoryError) as error:
                raise self._broken(decoded, str(error)) from error
            if len(block) == 0:
                break
            decoded += len(block)
            yield np.ascontiguousarray(block.T)  # (channels, frames)
        if decoded < self.format.frames:
            raise self._ends_early(decoded, self.format.frames)
        missing = missing_from_file(self.path, self.format.container)
        if missing:
            raise TruncatedAudioError(
                f"{shown(self.path)} is cut off: {missing}.", "Copy or export it again.", f"{decoded} frames"
            )

    def _ends_early(self, decoded: int, claimed: int) -> TruncatedAudioError:
        rate = self.format.sample_rate_hz
        return TruncatedAudioError(
            f"{shown(self.path)} is cut off: {decoded / rate:.2f} s of {claimed / rate:.2f} s are there.",
            "Copy or export it again.",
            f"{decoded} of {claimed} frames",
        )

    def _broken(self, decoded: int, why: str) -> AudioFileError:
        return AudioFileError(
            f"{shown(self.path)} is damaged after {decoded / self.format.sample_rate_hz:.2f} s.",
            "Copy or export it again.",
            why,
        )


def decode_blocks(path: Path, block_frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.float32]]:
    """Decode `path` in blocks of float32 (channels, frames), values as stored (1.0 is full scale).

    Raises AudioFileError where the file cannot be opened or decoded any further, and its subclass
    TruncatedAudioError where it ends before its header says.
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
    """

    def __init__(self, from_hz: int, to_hz: int, channels: int) -> None:
        self._channels = channels
        self._stream: Any = None
        self._in_frames = self._out_frames = 0
        self._ratio = (from_hz, to_hz)
        if from_hz != to_hz:
            self._stream = soxr.ResampleStream(from_hz, to_hz, channels, dtype="float32", quality="HQ")

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


class _Sink:
    """Remembers the error of a failed write, which would be lost on its way through libsndfile."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None
        self.seek: Callable[..., int] = file.seek
        self.tell: Callable[[], int] = file.tell

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = self.error or error
            return 0


def write_wav(
    path: Path, samples: NDArray[np.float32], sample_rate_hz: int, *, subtype: str = "PCM_24"
) -> None:
    """Write (frames,) or (channels, frames) as a WAV file, complete or not at all.

    Whole-number subtypes are limited to full scale, never wrapped; FLOAT keeps what is beyond it.
    Raises StorageError when the disk is full, AudioFileError for samples that are not numbers.
    """
    samples = np.atleast_2d(np.asarray(samples, dtype=np.float32))
    if not np.isfinite(samples).all():
        raise AudioFileError(f"{shown(path)} was not written: the sound holds values that are not numbers.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error
    with atomic_write(path) as file:
        sink = _Sink(file)
        try:
            with soundfile.SoundFile(
                sink, "w", sample_rate_hz, samples.shape[0], subtype=subtype, format="WAV"
            ) as target:
                for start in range(0, samples.shape[1], BLOCK_FRAMES):
                    block = samples[:, start : start + BLOCK_FRAMES]
                    if subtype not in ("FLOAT", "DOUBLE"):
                        block = np.clip(block, -1.0, 1.0)
                    target.write(np.ascontiguousarray(block.T))
        except (soundfile.LibsndfileError, AssertionError) as error:
            if sink.error is None:
                raise AudioFileError(f"{shown(path)} could not be written.", "", str(error)) from error
        if sink.error is not None:
            raise sink.error

"""Sounds made ready for playing: two channels, at the device's rate, decoded before they are needed.

Short sounds are decoded whole.  Long ones are decoded a few seconds ahead of the playhead by a thread of
their own, so that an hour of sound costs a few megabytes.
"""

from __future__ import annotations

import math
import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import soundfile
from numpy.typing import NDArray

from sda_desktop.audio.io import probe, read_audio, resample
from sda_desktop.audio.loudness import loudness_lufs
from sda_desktop.errors import AudioFileError
from sda_desktop.words import say

Frames = NDArray[np.float32]  # (frames, 2)
CHANNELS = 2
WHOLE_BYTES = 64 * 1024**2  # decoded; about 3 minutes at 44.1 kHz
CACHE_BYTES = 256 * 1024**2
LOUDNESS_S = 20.0  # more would keep the listener waiting
CHUNK_S = 1.0
CHUNKS_AHEAD = 3
# The resampler's filter reaches this far; what a chunk lacks of it is read from its neighbours.
MARGIN_FRAMES = 2048


class Sound(Protocol):
    """What the output thread plays."""

    @property
    def path(self) -> Path | None: ...

    @property
    def sample_rate_hz(self) -> int: ...

    @property
    def frames(self) -> int: ...

    def ready(self, start: int, count: int) -> int:
        """How many of the `count` frames from `start` on are made; less only of a sound still being made."""

    def read(self, start: int, count: int) -> Frames | None:
        """(count, 2), zeros beyond the ends; None while that part is not decoded yet.  Never blocks."""

    def at_rate(self, sample_rate_hz: int) -> Sound:
        """The same sound at another rate."""

    def close(self) -> None:
        """Let go of the file."""


def two_channels(samples: NDArray[np.float32]) -> Frames:
    """(channels, frames) as (frames, 2): mono on both sides, more than two channels mixed to mono."""
    if samples.shape[0] > CHANNELS:
        samples = samples.mean(axis=0, keepdims=True, dtype=np.float32)
    made = np.empty((samples.shape[1], CHANNELS), np.float32)
    made[:] = samples.T
    return made


class WholeSound:
    """A sound in memory."""

    def __init__(self, path: Path, samples: Frames, sample_rate_hz: int) -> None:
        self.path = path
        self.samples = samples
        self.sample_rate_hz = sample_rate_hz
        self._other: WholeSound | None = None
        self._loudness: float | None = None

    @property
    def frames(self) -> int:
        """Length."""
        return len(self.samples)

    @property
    def loudness_lufs(self) -> float:
        """Of the first LOUDNESS_S; -inf for silence."""
        if self._loudness is None:
            part = self.samples[: round(LOUDNESS_S * self.sample_rate_hz)]
            self._loudness = loudness_lufs(np.ascontiguousarray(part.T), self.sample_rate_hz)
        return self._loudness

    @property
    def peak(self) -> float:
        """The largest sample, as an amount."""
        return float(np.abs(self.samples).max(initial=0.0))

    def ready(self, start: int, count: int) -> int:
        """All of them."""
        return count

    def read(self, start: int, count: int) -> Frames:
        """(count, 2), zeros beyond the ends."""
        if start >= 0 and start + count <= len(self.samples):
            return self.samples[start : start + count]
        made = np.zeros((count, CHANNELS), np.float32)
        first, last = max(start, 0), min(start + count, len(self.samples))
        if last > first:
            made[first - start : last - start] = self.samples[first:last]
        return made

    def at_rate(self, sample_rate_hz: int) -> WholeSound:
        """The same sound at another rate; the last such answer is kept."""
        if sample_rate_hz == self.sample_rate_hz:
            return self
        other = self._other
        if other is None or other.sample_rate_hz != sample_rate_hz:
            samples = resample(self.samples.T, self.sample_rate_hz, sample_rate_hz).T
            other = WholeSound(self.path, np.ascontiguousarray(samples), sample_rate_hz)
            self._other = other
        return other

    def close(self) -> None:
        """Nothing to let go of."""


class LongSound:
    """A sound decoded chunk by chunk, a little ahead of what is read, from the first read on.

    on_error: called in the decoding thread, once, with an AudioFileError; the rest is silence then.
    """

    def __init__(
        self,
        path: Path,
        on_error: Callable[[AudioFileError], None],
        sample_rate_hz: int | None = None,
    ) -> None:
        header = probe(path)
        self.path = path
        self.sample_rate_hz = sample_rate_hz or header.sample_rate_hz
        self._source_hz = header.sample_rate_hz
        self._on_error = on_error
        common = math.gcd(self._source_hz, self.sample_rate_hz)
        # Chunks begin where a frame of the file and one of the output fall together.
        self._unit_in, self._unit_out = self._source_hz // common, self.sample_rate_hz // common
        units = max(1, round(CHUNK_S * common))
        self._chunk_in, self._chunk_out = units * self._unit_in, units * self._unit_out
        self.source_frames = header.frames
        self.frames = math.ceil(header.frames * self._unit_out / self._unit_in)
        self._chunks: dict[int, Frames] = {}
        self._wanted = 0
        self._failed = False
        self._closed = False
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._other: LongSound | None = None

    def ready(self, start: int, count: int) -> int:
        """All of them: what is not decoded yet will be in a moment."""
        return count

    def read(self, start: int, count: int) -> Frames | None:
        """(count, 2), zeros beyond the ends; None while that part is not decoded yet."""
        made = np.zeros((count, CHANNELS), np.float32)
        first, last = max(start, 0), min(start + count, self.frames)
        if last <= first:
            return made
        self._want(first // self._chunk_out)
        for number in range(first // self._chunk_out, (last - 1) // self._chunk_out + 1):
            chunk = self._chunks.get(number)
            if chunk is None:
                return made if self._failed else None
            begin = number * self._chunk_out
            a, b = max(first, begin), min(last, begin + len(chunk))
            if b > a:
                made[a - start : b - start] = chunk[a - begin : b - begin]
        return made

    def _want(self, chunk: int) -> None:
        if self._thread is None and not self._closed:
            self._wanted = chunk
            self._thread = threading.Thread(target=self._decode, name="long sound", daemon=True)
            self._thread.start()
        elif chunk != self._wanted:
            self._wanted = chunk
            self._wake.set()

    def at_rate(self, sample_rate_hz: int) -> LongSound:
        """The same sound at another rate, with a decoder of its own; the last such answer is kept."""
        if sample_rate_hz == self.sample_rate_hz:
            return self
        other = self._other
        if other is None or other.sample_rate_hz != sample_rate_hz:
            if other is not None:
                other.close()
            other = self._other = LongSound(self.path, self._on_error, sample_rate_hz)
        return other

    def close(self) -> None:
        """End the decoding thread; what is read from now on is silence."""
        self._closed = self._failed = True
        self._wake.set()
        if self._other is not None:
            self._other.close()

    def _decode(self) -> None:
        try:
            # As text on Windows, else as bytes: a name may not be valid UTF-8.
            name = str(self.path) if sys.platform == "win32" else os.fsencode(self.path)
            with soundfile.SoundFile(name) as file:
                while not self._closed:
                    self._wake.clear()
                    missing = self._next_missing()
                    if missing is None:
                        self._wake.wait()
                    else:
                        self._chunks[missing] = self._chunk(file, missing)
        except (soundfile.LibsndfileError, OSError, RuntimeError, ValueError, MemoryError) as error:
            self._give_up(error)
        self._chunks.clear()

    def _next_missing(self) -> int | None:
        """The chunk to decode next; those that are no longer near the playhead are dropped."""
        wanted = self._wanted
        near = range(wanted, wanted + CHUNKS_AHEAD + 1)
        for number in list(self._chunks):
            if number not in near and number != wanted - 1:
                del self._chunks[number]
        last = (self.frames - 1) // self._chunk_out
        return next((n for n in near if n <= last and n not in self._chunks), None)

    def _chunk(self, file: Any, number: int) -> Frames:  # noqa: ANN401 - soundfile has no types
        start = number * self._chunk_in
        if self._source_hz == self.sample_rate_hz:
            file.seek(start)
            return two_channels(file.read(self._chunk_in, dtype="float32", always_2d=True).T)
        margin = math.ceil(MARGIN_FRAMES / self._unit_in) * self._unit_in
        before = min(margin, start)
        file.seek(start - before)
        block = file.read(before + self._chunk_in + margin, dtype="float32", always_2d=True)
        made = resample(two_channels(block.T).T, self._source_hz, self.sample_rate_hz).T
        skip = before // self._unit_in * self._unit_out
        return np.ascontiguousarray(made[skip : skip + self._chunk_out])

    def _shown_name(self) -> str:
        # A name need not be valid text.
        return self.path.name.encode("utf-8", "replace").decode("utf-8")

    def _give_up(self, error: Exception) -> None:
        # From here on it is silent, so that the player comes to the end of it.
        self._failed = True
        if not self._closed:
            self._on_error(
                AudioFileError(
                    say("{shown_name} cannot be played any further.", shown_name=self._shown_name()),
                    say("Check that it is still there and complete."),
                    f"{type(error).__name__}: {error}",
                )
            )


class SoundShelf:
    """Opens sounds, and keeps those decoded last.  For one thread only."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[tuple[Path, int, int], WholeSound] = OrderedDict()

    def open(
        self, path: Path, stop: threading.Event, on_error: Callable[[AudioFileError], None]
    ) -> WholeSound | LongSound:
        """The sound of a file as it is now.  Raises AudioFileError, Cancelled when `stop` is set."""
        header = probe(path)
        if header.frames * CHANNELS * 4 > WHOLE_BYTES:
            return LongSound(path, on_error)
        status = path.stat()
        key = (path, status.st_size, status.st_mtime_ns)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        samples, rate = read_audio(path, mono=False, stop=stop)
        made = WholeSound(path, two_channels(samples), rate)
        self._kept[key] = made
        while len(self._kept) > 1 and self._bytes() > self._limit_bytes:
            self._kept.popitem(last=False)
        return made

    def _bytes(self) -> int:
        return sum(sound.samples.nbytes for sound in self._kept.values())

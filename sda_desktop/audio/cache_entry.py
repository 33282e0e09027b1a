"""The file format of one decoded sound in the cache.

A header of HEADER_BYTES (magic, version, JSON with its own checksum), the samples as little-endian 32-bit
floats, frame by frame, and one CRC-32 for each BLOCK_FRAMES frames of them.  The header is written last, so
a file without one was never finished.  Nothing is forced to the disk: what a power cut leaves incomplete
does not match its checksums, and is made again from the original.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = b"SDASOUND"
VERSION = 1
HEADER_BYTES = 4096
BLOCK_FRAMES = 65_536
SAMPLE_BYTES = 4

_PREFIX = struct.Struct("<8sIII")  # magic, version, length and CRC of the JSON that follows
_CHECKSUM = np.dtype("<u4")


class DamagedEntryError(Exception):
    """An entry whose samples are not what was written.  The cache makes it again."""


@dataclass(frozen=True, slots=True)
class EntryHeader:
    """What is known about a decoded sound."""

    key: str  # which sound, in which state, at which rate
    sample_rate_hz: int
    channels: int
    frames: int
    peak: float  # highest absolute value
    checksums_crc: int

    @property
    def frame_bytes(self) -> int:
        """Size of one frame."""
        return SAMPLE_BYTES * self.channels

    @property
    def blocks(self) -> int:
        """Number of blocks, the last one maybe shorter."""
        return -(-self.frames // BLOCK_FRAMES)

    @property
    def samples_end(self) -> int:
        """Where the checksums begin."""
        return HEADER_BYTES + self.frame_bytes * self.frames

    @property
    def file_bytes(self) -> int:
        """Size of the whole file."""
        return self.samples_end + _CHECKSUM.itemsize * self.blocks


class EntryWriter:
    """Writes one entry into an open, empty file."""

    def __init__(self, file: BinaryIO, channels: int) -> None:
        self._file = file
        self._channels = channels
        self._block_bytes = SAMPLE_BYTES * channels * BLOCK_FRAMES
        self._checksums: list[int] = []
        self._crc = self._filled = 0
        self.frames = 0
        self.peak = 0.0
        file.write(bytes(HEADER_BYTES))

    def append(self, samples: NDArray[np.float32]) -> None:
        """Write the next samples, (channels, frames).  Raises OSError."""
        self.frames += samples.shape[1]
        self.peak = max(self.peak, float(np.abs(samples).max(initial=0.0)))
        data = memoryview(np.ascontiguousarray(samples.T, dtype="<f4").tobytes())
        self._file.write(data)
        while data:
            part = data[: self._block_bytes - self._filled]
            self._crc = zlib.crc32(part, self._crc)
            self._filled += len(part)
            data = data[len(part) :]
            if self._filled == self._block_bytes:
                self._close_block()

    def _close_block(self) -> None:
        self._checksums.append(self._crc)
        self._crc = self._filled = 0

    def finish(self, key: str, sample_rate_hz: int) -> None:
        """Write the checksums and the header.  Raises OSError."""
        if self._filled:
            self._close_block()
        table = np.array(self._checksums, dtype=_CHECKSUM).tobytes()
        self._file.write(table)
        header = EntryHeader(
            key, sample_rate_hz, self._channels, self.frames, self.peak, checksums_crc=zlib.crc32(table)
        )
        text = json.dumps(asdict(header)).encode()
        self._file.flush()  # the header must not overtake the samples
        self._file.seek(0)
        self._file.write(_PREFIX.pack(MAGIC, VERSION, len(text), zlib.crc32(text)) + text)


class Entry:
    """A finished entry.  Keeps no file open; each block is checked when it is read for the first time."""

    def __init__(self, path: Path, header: EntryHeader, checksums: NDArray[np.uint32]) -> None:
        self.path = path
        self.header = header
        self._checksums = checksums
        self._checked = bytearray(header.blocks)

    def read_into(self, out: NDArray[np.float32], first: int) -> None:
        """Fill out (channels, frames) with the frames from `first` on, all of which must exist.

        Plain reading, not a memory map: the pages of a map count as this process's memory, and reading
        all over hours of sound would fill it.  Raises DamagedEntryError and OSError.
        """
        frames = out.shape[1]
        if frames == 0:
            return
        size = self.header.frame_bytes
        with self.path.open("rb", buffering=0) as file:
            for block in range(first // BLOCK_FRAMES, (first + frames - 1) // BLOCK_FRAMES + 1):
                if not self._checked[block]:
                    self._check(file, block)
            row = out[0] if self.header.channels == 1 else np.empty((frames, out.shape[0]), np.float32)
            file.seek(HEADER_BYTES + size * first)
            _fill(file, row.data.cast("B"))
            if row.ndim == 2:
                out[:] = row.T

    def _check(self, file: BinaryIO | Any, block: int) -> None:  # noqa: ANN401 - an unbuffered file
        start = block * BLOCK_FRAMES
        frames = min(BLOCK_FRAMES, self.header.frames - start)
        data = bytearray(self.header.frame_bytes * frames)
        file.seek(HEADER_BYTES + self.header.frame_bytes * start)
        _fill(file, memoryview(data))
        if zlib.crc32(data) != self._checksums[block]:
            raise DamagedEntryError(f"{self.path}: block {block} does not match its checksum")
        self._checked[block] = 1


def _fill(file: Any, buffer: memoryview) -> None:  # noqa: ANN401 - an unbuffered file
    """Read until the buffer is full; systems limit how much one call reads."""
    while len(buffer):
        count = file.readinto(buffer)
        if not count:
            raise DamagedEntryError("the file is shorter than it was")
        buffer = buffer[count:]


def open_entry(path: Path, key: str) -> Entry | None:
    """The entry at `path`; None where there is none, or none that is whole and belongs to `key`."""
    try:
        with path.open("rb") as file:
            header = _parse(file.read(HEADER_BYTES))
            if header is None or header.key != key or file.seek(0, 2) != header.file_bytes:
                return None
            file.seek(header.samples_end)
            table = file.read()
    except OSError:
        return None
    if zlib.crc32(table) != header.checksums_crc:
        return None
    return Entry(path, header, np.frombuffer(table, dtype=_CHECKSUM))


def _parse(head: bytes) -> EntryHeader | None:
    if len(head) < HEADER_BYTES:
        return None
    magic, version, length, crc = _PREFIX.unpack_from(head)
    text = head[_PREFIX.size : _PREFIX.size + length]
    if magic != MAGIC or version != VERSION or zlib.crc32(text) != crc:
        return None
    try:
        return EntryHeader(**json.loads(text))
    except (TypeError, ValueError):  # of a version that forgot to change its number
        return None

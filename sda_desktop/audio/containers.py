"""What a container says about its own length, read from the bytes.

libsndfile silently shortens a WAV, AIFF or Ogg file that was cut off to what is left of it; these checks
notice the cut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sda_desktop.words import say

_UNFINISHED = 0x7FFF_0000  # sizes from here up are placeholders of programs that write into a pipe
_TOLERATED_BYTES = 256  # some programs count their header or a padding byte that they do not write
_OGG_HEADER = 27
_OGG_LARGEST_PAGE = _OGG_HEADER + 255 + 255 * 255


def missing_from_file(path: Path, container: str) -> str:
    """What is missing at the end of the file, as words; empty when nothing is.

    container: libsndfile's name of the format.  Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if container in ("WAV", "WAVEX", "RF64"):
            return _missing_bytes(_riff_end(file), size)
        if container == "AIFF":
            return _missing_bytes(_aiff_end(file), size)
        if container == "OGG":
            return _ogg_cut(file, size)
    return ""


def _missing_bytes(end: int, size: int) -> str:
    if end - size < _TOLERATED_BYTES:
        return ""
    return say("about {percent} % of it is missing", percent=max(1, round(100 * (end - size) / end)))


def _chunks(file: BinaryIO, start: int, order: str) -> Iterator[tuple[bytes, int, int]]:
    """Name, position of the content and announced size of each chunk up to the end of the file."""
    position = start
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return
        name, size = struct.unpack(order + "4sI", head)
        yield name, position + 8, size
        position += 8 + size + (size & 1)


def _riff_end(file: BinaryIO) -> int:
    """Where the samples of a WAV file should end; 0 where the header does not say."""
    file.seek(0)
    order = ">" if file.read(4) == b"RIFX" else "<"
    long_size = 0
    for name, content, size in _chunks(file, 12, order):
        if name == b"ds64":
            file.seek(content + 8)
            long_size = struct.unpack("<Q", file.read(8).ljust(8, b"\0"))[0]
        elif name == b"data":
            if size == 0xFFFF_FFFF and long_size:
                return content + int(long_size)
            return 0 if size >= _UNFINISHED else content + size
    return 0


def _aiff_end(file: BinaryIO) -> int:
    """Where the samples of an AIFF file should end; 0 where the header does not say."""
    for name, content, size in _chunks(file, 12, ">"):
        if name == b"SSND":
            return 0 if size >= _UNFINISHED else content + size
    return 0


def _ogg_cut(file: BinaryIO, size: int) -> str:
    """Whether the last page is incomplete.  (That it is not marked as the last proves nothing.)"""
    start = max(0, size - 2 * _OGG_LARGEST_PAGE)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"OggS")
    if at < 0:
        return say("its end is not Ogg data")
    header = tail[at : at + _OGG_HEADER]
    lengths = tail[at + _OGG_HEADER : at + _OGG_HEADER + (header[26] if len(header) == _OGG_HEADER else 0)]
    complete = len(header) == _OGG_HEADER and len(lengths) == header[26]
    if not complete or at + _OGG_HEADER + len(lengths) + sum(lengths) > len(tail):
        return say("its last page is incomplete")
    return ""

"""MP3 files that do not state their length.

libsndfile then guesses the length from the first frames and stops reading there, which loses most of a file
of varying bit rate.  Given a file that claims to be far longer than it is, it decodes to the true end.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

_ID3_HEADER = 10
_SEARCHED = 65_536  # how far mpg123, too, looks for the first frame
_SIDE_INFORMATION = 64  # the tag lies behind it: 9 to 32 bytes, and 4 of the frame's header
_TIMES_LONGER = 64  # more than the guess can be wrong: from 320 down to 8 kbit/s is 40
_ID3V1 = 128
_APE_FOOTER = 32
_APE_HAS_HEADER = 1 << 31
_FRAME_HEADER = 4


def states_length(path: Path) -> bool:
    """Whether an MP3 file begins with a frame that gives the number of frames.  Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_ID3_HEADER)
        start = 0
        if head.startswith(b"ID3") and len(head) == _ID3_HEADER:
            size = 0
            for byte in head[6:10]:  # seven bits in each
                size = size << 7 | (byte & 0x7F)
            start = _ID3_HEADER + size
        file.seek(start)
        data = file.read(_SEARCHED)
    frame = data.find(b"\xff")
    while 0 <= frame < len(data) - 4 and data[frame + 1] & 0xE0 != 0xE0:
        frame = data.find(b"\xff", frame + 1)
    if frame < 0:
        return False
    near = data[frame : frame + _SIDE_INFORMATION + 8]
    for name in (b"Xing", b"Info"):
        tag = near.find(name)
        if 0 <= tag <= len(near) - 8:
            return bool(near[tag + 7] & 1)  # the lowest flag: the number of frames follows
    return False


def _end_of_frames(file: BinaryIO) -> int:
    """Where the tags at the end of an MP3 file begin (ID3v1, and APEv2 before it), or its end."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _ID3V1))
    if file.read(3) == b"TAG":
        end -= _ID3V1
    file.seek(max(0, end - _APE_FOOTER))
    footer = file.read(_APE_FOOTER)
    if footer.startswith(b"APETAGEX") and len(footer) == _APE_FOOTER:
        size, _items, flags = struct.unpack_from("<III", footer, 12)
        end -= size + (_APE_FOOTER if flags & _APE_HAS_HEADER else 0)
    return max(0, end)


class OpenEndedFile:
    """A file for reading whose length is given as far more than it is.

    What mpg123 looks for in the last bytes (a tag) is answered with zeros, everything beyond the true end
    with nothing.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=1 << 16)
        self._true_end = _end_of_frames(self._file)
        self._end = self._true_end * _TIMES_LONGER
        self._position = 0

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def near_end(self) -> bool:
        """Whether no more than what one frame may span is left: what cannot be decoded there is no loss."""
        return self._position > self._true_end - 4096

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As of any file."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._end}[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """As of any file."""
        return self._position

    def read(self, size: int) -> bytes:
        """Up to `size` bytes."""
        if self._position >= self._end - _ID3V1:
            data = bytes(max(0, min(size, self._end - self._position)))
        else:
            self._file.seek(self._position)
            data = self._file.read(max(0, min(size, self._true_end - self._position)))
            if len(data) < size and self._position <= self._true_end:
                # The last frame is not whole, and mpg123 gives up on such a one: silence completes it.
                data = data.ljust(size, b"\0") if size > _FRAME_HEADER else b""
        self._position += len(data)
        return data

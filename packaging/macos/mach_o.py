"""Telling macOS programs and libraries from other files, without Apple's tools.

The magic numbers are those of Apple's headers mach-o/loader.h and mach-o/fat.h.
"""

from __future__ import annotations

import struct
from pathlib import Path

THIN = b"\xcf\xfa\xed\xfe"  # 64 bits, little-endian
FAT = b"\xca\xfe\xba\xbe"  # a list of thin files, big-endian; Java's classes begin so, too
MOST_ARCHITECTURES = 16  # of a fat file; a Java class has its version there, which is larger


def is_mach_o(path: Path) -> bool:
    """Whether it is a program or a library that has to be signed; not a link to one."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(8)
    return head[:4] == THIN or (head[:4] == FAT and head[4:] < struct.pack(">I", MOST_ARCHITECTURES))

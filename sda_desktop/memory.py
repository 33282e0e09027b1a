"""How the C library hands out memory, where its default does not suit a program of many threads."""

from __future__ import annotations

import ctypes
import logging
import os

_log = logging.getLogger(__name__)

_M_ARENA_MAX = -8  # of mallopt(3)
# With two the threads of a training wait for each other's locks: 5 to 10 % fewer steps per second.
ARENAS = 8


def limit_arenas() -> bool:
    """Let all threads share a few heaps; returns whether this system has such a choice.

    glibc gives nearly every thread a heap of its own, up to eight per core, and what is freed in one of them
    is of no use to the others: on a machine of many cores that adds up.  To be called before threads are
    begun.
    """
    try:
        if not (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc"):
            return False
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS))
    except (AttributeError, OSError, ValueError) as error:
        _log.debug("This system has no such choice: %s", error)
        return False

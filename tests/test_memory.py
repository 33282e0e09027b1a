"""The C library's heaps are shared among threads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sda_desktop.memory import ARENAS

# Many threads at once take some memory each; then the C library describes its heaps.
COUNT_HEAPS = """
import ctypes, sys, threading
from sda_desktop.memory import limit_arenas
if sys.argv[1] == "limited":
    assert limit_arenas()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
ready = threading.Barrier(40)
def work():
    ready.wait()
    libc.malloc(100)
    ready.wait()
threads = [threading.Thread(target=work) for _ in range(40)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
"""


def heaps(mode: str) -> int:
    run = subprocess.run(
        [sys.executable, "-c", COUNT_HEAPS, mode], capture_output=True, text=True, check=True
    )
    return run.stdout.count("<heap nr=")


def is_glibc() -> bool:
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except (AttributeError, ValueError):
        return False


@pytest.mark.skipif(not is_glibc(), reason="only glibc has such a choice")
@pytest.mark.skipif(os.cpu_count() == 1, reason="for one core glibc itself takes no more")
def test_all_threads_share_a_few_heaps() -> None:
    assert heaps("free") > ARENAS
    assert heaps("limited") <= ARENAS

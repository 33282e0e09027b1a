"""Importing the training engine while the user looks at the new window, so that Train starts at once.

An import holds Python's lock for as long as the system loads a shared library, and torch's largest takes
0.2 to 0.5 s: a pause in which the window does not move.  So it is loaded before, by a foreign call, which
lets the lock go.  What is left are pauses of some 50 ms within torch's own start.  On a cold disk the
libraries are read first, which holds nobody up either.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)

_BLOCK_BYTES = 1 << 20
# In the order of need; torch_global_deps is to be seen by all others.  torch_python is left to the import: it
# belongs to the interpreter, and is small.
_LARGE = ("torch_global_deps", "torch")

_importing = threading.Lock()


def import_engine() -> None:
    """Import the training engine, or wait until another thread has.

    While one thread imports more of torch another cannot make a model: torch looks through dictionaries that
    its own import lengthens ("dictionary changed size during iteration").
    """
    with _importing:
        importlib.import_module("sda_desktop.training.loop")


class Prewarmer(QObject):
    """Imports the engine in a thread; `finished` in the thread that it was made in."""

    finished = Signal(bool)  # whether the engine is there

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Not a daemon: an interpreter that ends within the import may crash.
        self._thread = threading.Thread(target=self._run, name="prewarm")
        self._is_closed = False

    def start(self) -> None:
        """Begin, once; after `close` nothing begins any more."""
        if not self._is_closed:
            self._thread.start()

    def close(self) -> None:
        """Wait for the import, if it has begun: it cannot be broken off."""
        self._is_closed = True
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        began = time.perf_counter()
        there = False
        try:
            libraries = _libraries()
            for library in libraries:
                _read_through(library)
            _load(libraries)
            import_engine()
        except Exception:
            # Whoever presses Train will be told; here only the log wants to know.
            _log.exception("The training engine cannot be imported")
        else:
            there = True
            _log.info("The training engine was imported in %.1f s", time.perf_counter() - began)
        self.finished.emit(there)


def _libraries() -> list[Path]:
    """torch's shared libraries, without importing torch."""
    spec = importlib.util.find_spec("torch")
    places = spec.submodule_search_locations if spec is not None else None
    return [
        file
        for place in places or ()
        for file in sorted((Path(place) / "lib").iterdir())
        if ".so" in file.name or file.suffix in (".dll", ".dylib")
    ]


def _read_through(file: Path) -> None:
    """Bring a file into the system's cache; reading lets other threads run, loading a library does not."""
    block = bytearray(_BLOCK_BYTES)
    with file.open("rb", buffering=0) as source:
        while source.readinto(block):
            pass


def _load(libraries: Sequence[Path]) -> None:
    """Load the large ones without holding Python's lock; the import then finds them loaded.

    Where that fails nothing is lost: the import loads them itself, or says what is wrong.  On Windows
    torch itself loads its libraries by a foreign call.
    """
    if sys.platform == "win32":
        return
    # Not ctypes.CDLL, which holds the lock while it loads.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype, dlopen.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    for name in _LARGE:
        for library in libraries:
            if library.name.split(".")[0] == f"lib{name}":
                dlopen(os.fsencode(library), os.RTLD_NOW | (os.RTLD_GLOBAL if name == _LARGE[0] else 0))

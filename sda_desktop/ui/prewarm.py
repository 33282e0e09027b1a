"""Importing the training engine while the user looks at the new window, so that Train starts at once.

Measured on two cores with a warm disk: the import takes 1.7 s in its thread and holds the window up once
for 0.2 s and once for 0.1 s, while nothing has been touched yet.  The same import at the click on Train
would delay the click on Stop.  On a cold disk the libraries are read first, which holds nobody up.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)

_BLOCK_BYTES = 1 << 20


class Prewarmer(QObject):
    """Imports the engine in a thread; `finished` in the thread that it was made in."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Not a daemon: an interpreter that ends within the import may crash.
        self._thread = threading.Thread(target=self._run, name="prewarm")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Wait for the import, if it has begun: it cannot be broken off."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        began = time.perf_counter()
        try:
            for library in _libraries():
                _read_through(library)
            importlib.import_module("sda_desktop.training.loop")
        except Exception:
            # Whoever presses Train will be told; here only the log wants to know.
            _log.exception("The training engine cannot be imported")
            return
        _log.info("The training engine was imported in %.1f s", time.perf_counter() - began)
        self.finished.emit()


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

"""Runs first in the frozen app, before anything of it is imported."""

from __future__ import annotations

import ctypes.util
import os
import sys
import warnings
from pathlib import Path


def restore_library_path(environment: dict[str, str] | os._Environ[str]) -> None:
    """Undo what the bootloader sets for this process alone.

    The loader has read it by now.  A file manager or browser that the app starts would otherwise get the
    app's libraries instead of the system's.
    """
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if before:
        environment["LD_LIBRARY_PATH"] = before


def prefer_bundled_libraries(folder: Path) -> None:
    """Let ctypes.util.find_library, with which sounddevice looks for PortAudio, look into the app first."""
    search = ctypes.util.find_library

    def find_library(name: str) -> str | None:
        bundled = sorted(folder.glob(f"lib{name}.so*"))
        return str(bundled[0]) if bundled else search(name)

    ctypes.util.find_library = find_library


def expect_no_sources() -> None:
    """Keep out of the log that torch finds no source code of its overloads: a frozen program has none."""
    warnings.filterwarnings("ignore", "Unable to retrieve source for @torch", UserWarning)


if hasattr(sys, "_MEIPASS"):
    expect_no_sources()
if sys.platform == "linux" and hasattr(sys, "_MEIPASS"):
    restore_library_path(os.environ)
    prefer_bundled_libraries(Path(sys._MEIPASS))

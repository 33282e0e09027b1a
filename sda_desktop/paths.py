"""Where things live: the user's data, cache and log folders, and the app's own resources.

SDA_DESKTOP_HOME moves all three folders under one place (portable installs, tests).
Nothing here creates a folder; whoever writes into one does.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import PlatformDirs

HOME_VARIABLE = "SDA_DESKTOP_HOME"
APP_NAME = "SDA Desktop"

_dirs = PlatformDirs(appname=APP_NAME, appauthor=False)


def _place(name: str, default: Path) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser().absolute() / name if home else default


def data_dir() -> Path:
    """Runs, demo sounds and settings: what must not be lost."""
    return _place("data", _dirs.user_data_path)


def cache_dir() -> Path:
    """Decoded audio: may be deleted at any time while the app is closed."""
    return _place("cache", _dirs.user_cache_path)


def log_dir() -> Path:
    """Rotating log files and the crash trace."""
    return _place("logs", _dirs.user_log_path)


def runs_dir() -> Path:
    """One folder per training run."""
    return data_dir() / "runs"


def demo_dir() -> Path:
    """The demo sounds, synthesised on first use."""
    return data_dir() / "demo sounds"


def settings_file() -> Path:
    """Window geometry, recent folders, audio device and other preferences."""
    return data_dir() / "settings.ini"


def resources_dir() -> Path:
    """Icons and other files shipped with the app: in a checkout, an installed wheel or a frozen app."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"

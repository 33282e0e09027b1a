"""Files that stand for sounds while they are dragged out of the app, or lie on the clipboard."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from sda_desktop import paths
from sda_desktop.audio.export import ExportFormat, ExportOptions, export_sound
from sda_desktop.audio.export_options import RATES_HZ
from sda_desktop.errors import StorageError
from sda_desktop.generation.export_batch import SoundJob
from sda_desktop.generation.export_names import DEFAULT_PATTERN, file_names
from sda_desktop.storage import remove_folder, storage_error

log = logging.getLogger(__name__)

# A program may go on using the dragged file itself instead of a copy of its own: it is not taken away soon.
KEPT_DAYS = 30
_DAY_S = 86_400.0
_FALLBACK_HZ = 48_000


def dragged_dir() -> Path:
    """Where they lie, each in a folder of its own, so that its name can be the sound's."""
    return paths.cache_dir() / "dragged"


class DraggedFiles:
    """Makes 24-bit WAV files of sounds, and knows those that it has made already.

    For one thread at a time.
    """

    def __init__(self) -> None:
        # By key and name; with what the file looked like, since another program may have changed it.
        self._made: dict[tuple[str, str], tuple[Path, int, int]] = {}

    def made(self, jobs: Sequence[SoundJob]) -> list[Path] | None:
        """The files of these sounds if all of them are there, unchanged."""
        found = [self._find(job, name) for job, name in zip(jobs, _names(jobs), strict=True)]
        present = [path for path in found if path is not None]
        return present if len(present) == len(jobs) else None

    def make(self, jobs: Sequence[SoundJob], stop: threading.Event | None = None) -> list[Path]:
        """The files of these sounds, made where they are not there.

        Raises StorageError, other SdaErrors for a sound that cannot be written, Cancelled.
        """
        return [
            self._find(job, name) or self._make(job, name, stop)
            for job, name in zip(jobs, _names(jobs), strict=True)
        ]

    def _find(self, job: SoundJob, name: str) -> Path | None:
        path, size, changed_ns = self._made.get((job.key, name), (None, 0, 0))
        if path is None or not job.key:
            return None
        try:
            now = path.stat()
        except OSError:
            return None
        return path if (now.st_size, now.st_mtime_ns) == (size, changed_ns) else None

    def _make(self, job: SoundJob, name: str, stop: threading.Event | None) -> Path:
        rate_hz = job.sample_rate_hz if job.sample_rate_hz in RATES_HZ else _FALLBACK_HZ
        options = ExportOptions(ExportFormat("wav", "24", rate_hz))
        path = dragged_dir() / secrets.token_hex(6) / f"{name}{options.format.suffix}"
        export_sound(path, job.blocks(), job.sample_rate_hz, options, job.tags, stop=stop)
        try:
            state = path.stat()
        except OSError as error:
            raise storage_error(error, path) from error
        self._made[job.key, name] = (path, state.st_size, state.st_mtime_ns)
        return path


def _names(jobs: Sequence[SoundJob]) -> list[str]:
    return file_names(DEFAULT_PATTERN, [(job.title, job.seed, job.model) for job in jobs])


def clean_dragged(kept_days: float = KEPT_DAYS) -> int:
    """Delete what was dragged longer ago than that; returns how many folders went.  Raises nothing."""
    oldest = time.time() - kept_days * _DAY_S
    gone = 0
    try:
        folders = [Path(entry.path) for entry in os.scandir(dragged_dir()) if entry.is_dir()]
    except OSError:
        return 0
    for folder in folders:
        try:
            if folder.stat().st_mtime < oldest:
                remove_folder(folder)
                gone += 1
        except (OSError, StorageError) as error:
            log.warning("%s could not be deleted yet: %s", folder, error)
    return gone

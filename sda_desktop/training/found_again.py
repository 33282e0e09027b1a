"""The sounds of a run found again: restored from a backup, touched, or moved with their folder.

A sound is the same if its content is: the decoded samples, as the scan hashed them.  Only files whose size or
date is another than it was, and files at another place, are read for that.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from sda_desktop.audio.analysis import content_hash
from sda_desktop.errors import AudioFileError
from sda_desktop.words import say

_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")

Move = tuple[tuple[str, ...], Path]  # the first parts of the old paths, and the folder that stands for them


class FoundAgain:
    """Looks for sounds where they were, then below `places`, by their relative names and by their content."""

    def __init__(self, places: Sequence[Path], stop: threading.Event | None = None) -> None:
        self._places = places
        self._stop = stop
        self._moves: list[Move] = []

    def find(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record of the sound as it is now.  Raises AudioFileError if it is nowhere; Cancelled."""
        path = Path(record["path"])
        now = _record_of(path, record)
        if now == record or (now is not None and self._is_same(path, record)):
            return now
        for move, candidate in self._candidates(_plain(record["path"])):
            found = _record_of(candidate, record)
            if found is not None and self._is_same(candidate, record):
                if move not in self._moves:
                    self._moves.insert(0, move)
                return found
        name = _plain(record["path"]).name
        if now is None:
            raise AudioFileError(say("{name} is no longer there.", name=name))
        raise AudioFileError(say("{name} has changed since the run began.", name=name))

    def moved(self, source: str) -> str:
        """Where a folder or file that was trained on is now; the same as before if there still is one."""
        if Path(source).exists():
            return source
        parts = _plain(source).parts
        for old, new in self._moves:
            if parts[: len(old)] == old:
                return str(new.joinpath(*parts[len(old) :]))
            below = old[len(parts) :]
            if old[: len(parts)] == parts and new.parts[-len(below) :] == below:
                return str(Path(*new.parts[: -len(below)]))
        return source

    def _candidates(self, old: PurePath) -> Iterator[tuple[Move, Path]]:
        """Files that may be it: those first that lie as others did that were found, then the deepest."""
        parts = old.parts
        for start, new in self._moves:
            if parts[: len(start)] == start:
                yield (start, new), new.joinpath(*parts[len(start) :])
        for place in self._places:
            if place.name == old.name:
                yield (parts, place), place
            for cut in range(1, len(parts)):
                yield (parts[:cut], place), place.joinpath(*parts[cut:])

    def _is_same(self, path: Path, record: Mapping[str, Any]) -> bool:
        try:
            return bool(record["content"]) and content_hash(path, self._stop) == record["content"]
        except AudioFileError:
            return False


def _record_of(path: Path, record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The record with place, size and date of a file; None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return {**record, "path": str(path), "size_bytes": status.st_size, "mtime_ns": status.st_mtime_ns}


def _plain(path: str) -> PurePath:
    """A path of any system: a run folder may have come from another computer."""
    return PureWindowsPath(path) if _WINDOWS.match(path) else PurePosixPath(path)

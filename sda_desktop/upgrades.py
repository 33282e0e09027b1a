"""Files of older versions: read as if they had been written today, and the old file is never lost.

Every file of the app carries a format version.  A newer one is refused, an older one is led upward in memory,
one step of its FileFormat's `migrations` after the other.  Whoever then writes the file anew first keeps the
old one beside it, as `run.v1.json`; where nothing can be written, the result in memory has to do.

Rules for a new format: raise `version`, add the step from the version before, commit files of the version
before under tests/fixtures, and never change a step that was released.  Checkpoints and .sda files are never
written anew.  Lines of metrics.jsonl have no version of their own: their fields may only be added to, with a
default.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sda_desktop.errors import Damage, NewerFormat
from sda_desktop.storage import fsync_dir, storage_error, temporary_beside, write_durably
from sda_desktop.words import say, shown

_log = logging.getLogger(__name__)

Migration = Callable[[dict[str, Any]], dict[str, Any]]
_DAMAGED = " damaged"
_KEPT = re.compile(r"(?P<stem>.+)\.v\d+(-\d+)?(?P<suffix>\.[^.]+)")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of file.

    marker: the key whose value is the version.  what: the file in a sentence, such as "a run".
    migrations: from each older version the function that makes the contents of the next one.
    """

    marker: str
    version: int
    what: str
    migrations: Mapping[int, Migration] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.migrations) != set(range(1, self.version)):
            raise ValueError(f"{self.marker} cannot be upgraded from every version below {self.version}")

    @property
    def stamp(self) -> dict[str, int]:
        """What a new file says of itself."""
        return {self.marker: self.version}

    def version_of(self, data: Mapping[str, Any]) -> int:
        """The version that `data` carries.  Raises Damage for none, NewerFormat for one beyond this app."""
        version = data.get(self.marker)
        if version is None:
            raise Damage(say("it is not {what} of SDA Desktop", what=shown(self.what)))
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise Damage(
                say(
                    "its format version is {version!r}, which no version of SDA Desktop wrote",
                    version=version,
                )
            )
        if version > self.version:
            raise NewerFormat(version, self.version, str(data.get("app_version") or "?"))
        return version

    def upgraded(self, data: dict[str, Any]) -> dict[str, Any]:
        """`data` as the present version holds it; unchanged if it is of it.  Raises Damage, NewerFormat."""
        version = self.version_of(data)
        if version == self.version:
            return data
        return {**self.upgraded_from(version, data), **self.stamp}

    def upgraded_from(self, version: int, data: dict[str, Any]) -> dict[str, Any]:
        """The same for what carries no version itself.  Raises Damage when a step fails."""
        for step in range(version, self.version):
            try:
                data = self.migrations[step](copy.deepcopy(data))
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                raise Damage(
                    say("it is of an older SDA Desktop (format {step}) and could not be upgraded", step=step),
                    repr(error),
                ) from error
        return data

    def is_older(self, data: bytes) -> bool:
        """Whether the bytes of a file (JSON, or lines whose first is) say an older version."""
        if self.version == 1:
            return False
        return 1 <= self._claimed(data) < self.version

    def _claimed(self, data: bytes) -> int:
        for text in (data, data.partition(b"\n")[0]):
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                continue
            version = value.get(self.marker) if isinstance(value, dict) else None
            return version if type(version) is int else 0
        return 0

    def keep_older(self, path: Path) -> Path | None:
        """Call before a file is written anew: keeps a copy of it if it is of an older version.

        Returns the copy, None if none was needed.  Raises StorageError; then nothing may be written.
        """
        if self.version == 1:
            return None
        try:
            data = path.read_bytes()
            return keep_copy(path, self._claimed(data), data) if self.is_older(data) else None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise storage_error(error, path) from error


def keep_copy(path: Path, version: int, data: bytes) -> Path:
    """Keep `data`, the contents of `path`, in a file beside it, whole or not at all; returns where.

    A file that is there already is never overwritten; one with the same contents, as after a power cut, is
    taken for the copy.  Raises StorageError.
    """
    try:
        for number in range(1, 1000):
            place = path.with_name(f"{path.stem}.v{version}{f'-{number}' * (number > 1)}{path.suffix}")
            if _put(place, data):
                _log.info("%s is of format %d; it is kept as %s", path, version, place)
                return place
            if place.read_bytes() == data:
                return place
    except OSError as error:
        raise storage_error(error, path) from error
    raise storage_error(OSError("there are a thousand copies of it already"), path)


def _put(place: Path, data: bytes) -> bool:
    """Write a new file at once; False if there is one of that name."""
    if place.exists():
        return False
    temporary = temporary_beside(place)
    try:
        write_durably(temporary, [data])
        try:
            os.link(temporary, place)  # unlike a rename, it fails if another program was quicker
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links, as on memory sticks
            if place.exists():
                return False
            os.rename(temporary, place)
        fsync_dir(place.parent)
        return True
    finally:
        temporary.unlink(missing_ok=True)


def damaged_copy(path: Path) -> Path:
    """Where a damaged file is kept when a sound one takes its place."""
    return path.with_name(f"{path.stem}{_DAMAGED}{path.suffix}")


def is_kept_copy(name: str, of: Iterable[str]) -> bool:
    """Whether this is the name of a copy, older or damaged, that was kept of one of the files `of`."""
    match = _KEPT.fullmatch(name)
    if match is not None and match["stem"] + match["suffix"] in of:
        return True
    return any(name == damaged_copy(Path(file)).name for file in of)


def kept_copies(folder: Path) -> list[Path]:
    """The copies of older files in a folder and in the folders in it, for the diagnostics."""
    found = [*folder.glob("*.v*"), *folder.glob("*/*.v*"), *folder.glob("*/*/*.v*")]
    return sorted(path for path in found if _KEPT.fullmatch(path.name) and path.is_file())

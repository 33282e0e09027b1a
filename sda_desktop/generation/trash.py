"""Moving a folder to the system's trash, from where it can come back."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sda_desktop.errors import BadInputError, StorageError
from sda_desktop.storage import replace_durably, storage_error
from sda_desktop.words import say

log = logging.getLogger(__name__)

OWN_TRASH = "Deleted models"  # beside the folder, where the system has no trash for that disk


@dataclass(frozen=True, slots=True)
class Trashed:
    """What was moved away.

    place: where it is now, None if only the system knows (on Windows).  by_system: in the system's own
    trash, rather than in the folder OWN_TRASH.
    """

    original: Path
    place: Path | None
    by_system: bool

    @property
    def sentence(self) -> str:
        """Where it went, for people."""
        if self.by_system:
            return say("{name} is in the trash.", name=self.original.name)
        return say(
            "This disk has no trash: {name} was moved to {place}.", name=self.original.name, place=self.place
        )


def trash_folder(folder: Path) -> Trashed:
    """Move `folder` to the trash, under its name.  Raises StorageError, and then it is where it was."""
    try:
        identity = _identity(folder)
    except OSError as error:
        raise storage_error(error, folder) from error
    try:
        from send2trash import send2trash

        send2trash(os.fspath(folder))
    except Exception as error:
        # Its own errors, those of the system's libraries it talks to, and the lack of either.
        log.info("No system trash for %s: %r", folder, error)
    if not folder.exists():
        return Trashed(folder, next(_in_trash(folder, identity), None), by_system=True)
    return Trashed(folder, _put_aside(folder), by_system=False)


def bring_back(trashed: Trashed) -> Path:
    """Undo trash_folder; returns where it is now: another name if its own is taken.

    Raises BadInputError if it is not to be found, StorageError.
    """
    if trashed.place is None or not trashed.place.exists():
        raise BadInputError(
            say("{name} cannot be brought back from here.", name=trashed.original.name),
            say("Look for it in the system's trash."),
        )
    target, number = trashed.original, 2
    while target.exists():
        target = trashed.original.with_name(f"{trashed.original.name} ({number})")
        number += 1
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_durably(trashed.place, target)
    except OSError as error:
        raise storage_error(error, target) from error
    _forget_origin(trashed.place)
    return target


def _put_aside(folder: Path) -> Path:
    place, number = folder.parent / OWN_TRASH / folder.name, 2
    while place.exists():
        place = place.with_name(f"{folder.name} ({number})")
        number += 1
    try:
        place.parent.mkdir(exist_ok=True)
        replace_durably(folder, place)
    except OSError as error:
        raise StorageError(
            say(
                "{folder} could not be moved to the trash: {reason}.",
                folder=folder,
                reason=error.strerror or error,
            ),
            say("Close the programs that use it, and check that you may change its folder."),
            repr(error),
        ) from error
    return place


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _in_trash(original: Path, identity: tuple[int, int]) -> Iterator[Path]:
    """Where in the known trash folders the very folder is, whatever it is called there."""
    for trash in _trash_folders(original):
        with suppress(OSError):
            for child in trash.iterdir():
                # A new folder may get the number of a deleted one, hence the name as well.
                if child.name.startswith(original.stem) and _identity(child) == identity:
                    yield child


def _trash_folders(original: Path) -> Iterator[Path]:
    if sys.platform == "darwin":
        yield Path.home() / ".Trash"
    elif os.name == "posix":
        # https://specifications.freedesktop.org/trash-spec: of the user's home, else of the disk.
        yield Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "Trash" / "files"
        top = original.parent
        while not top.is_mount():
            top = top.parent
        yield top / ".Trash" / str(os.getuid()) / "files"
        yield top / f".Trash-{os.getuid()}" / "files"


def _forget_origin(place: Path) -> None:
    """Remove the trash's note on where something came from, once it is no longer there."""
    if place.parent.name == "files":
        with suppress(OSError):
            (place.parent.parent / "info" / f"{place.name}.trashinfo").unlink(missing_ok=True)

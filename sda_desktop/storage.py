"""Writing files that must survive: complete on the disk, or not there at all.

Everything is written under a temporary name in the same folder, flushed, fsynced, and renamed over the old
file.  A full disk, a read-only folder or an unplugged drive become a StorageError with a sentence.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sda_desktop import paths
from sda_desktop.errors import StorageError
from sda_desktop.words import say

log = logging.getLogger(__name__)

TEMPORARY_PREFIX = ".tmp-"
TRASH_PREFIX = ".trash-"
_LEFTOVER = re.compile(r"\.(?P<kind>tmp|trash)-(?P<pid>\d{1,9})-[0-9a-f]{8}")
_DISK_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_VANISHED = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, getattr(errno, "ESTALE", errno.ENOENT)})
# Virus scanners and indexers on Windows hold a fresh file open for a moment, and renaming it fails so long.
_REPLACE_PATIENCE_S = 2.0 if os.name == "nt" else 0.0


def storage_error(error: OSError, path: Path) -> StorageError:
    """The sentence for an OSError met while writing or deleting `path`."""
    details = f"{type(error).__name__}: {error}"
    if error.errno in _DISK_FULL:
        return StorageError(
            say("The disk is full: {path} could not be written.", path=path),
            say("Free some space on that disk and try again."),
            details,
        )
    if error.errno in _REFUSED:
        return StorageError(
            say("{path} could not be changed: the folder or the disk is write-protected.", path=path),
            _other_home() if _is_own(path) else say("Choose a folder that you may write to."),
            details,
        )
    if error.errno in _VANISHED:
        return StorageError(
            say("{path} could not be written: its folder is gone.", path=path),
            say("Check that the drive is still connected and that the folder was not moved or deleted."),
            details,
        )
    reason = error.strerror or str(error)
    return StorageError(
        say("{path} could not be written: {reason}.", path=path, reason=reason),
        say("Check the disk and try again."),
        details,
    )


def home_problem() -> StorageError | None:
    """What keeps the app from writing into its own folder; None if it can.  The folder is made."""
    folder = paths.data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = temporary_beside(folder / "probe")
        try:
            probe.write_bytes(b"\0" * 4096)  # an empty file can be made on a full disk, too
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in _DISK_FULL:
            what = say("The disk is full: nothing can be kept in {folder}.", folder=folder)
            remedy = say("Free some space on it.")
        else:
            reason = error.strerror or str(error)
            what = say(
                "Nothing can be kept: {folder} cannot be written ({reason}).", folder=folder, reason=reason
            )
            remedy = _other_home()
        return StorageError(what, remedy, repr(error))
    return None


def _other_home() -> str:
    return say(
        "Set {variable} to a folder that you may write to, and start again.", variable=paths.HOME_VARIABLE
    )


def _is_own(path: Path) -> bool:
    """Whether it is a place that the app chose, not the user."""
    own = (paths.data_dir(), paths.cache_dir(), paths.log_dir())
    return any(path.is_relative_to(folder) for folder in own)


def existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there.  Raises FileNotFoundError without any."""
    for place in (folder, *folder.parents):
        if place.exists():
            return place
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def free_bytes(folder: Path) -> int:
    """The free space on the disk of a folder, be it made yet or not.  Raises StorageError."""
    try:
        return shutil.disk_usage(existing(folder.absolute())).free
    except OSError as error:
        raise storage_error(error, folder) from error


def temporary_beside(path: Path, prefix: str = TEMPORARY_PREFIX) -> Path:
    """A hidden, unused name in the folder of `path`.  It carries the process id, to tell leftovers apart."""
    return path.with_name(f"{prefix}{os.getpid()}-{secrets.token_hex(4)}")


def fsync_dir(folder: Path) -> None:
    """Make the names in `folder` (creations, renames, deletions) survive a power cut.  Raises OSError."""
    if os.name == "nt":  # a folder cannot be opened there; NTFS journals names by itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and FUSE file systems cannot do it; they have nothing better to offer.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def replace_durably(temporary: Path, path: Path) -> None:
    """Rename `temporary` (already fsynced) to `path` and make the rename survive.  Raises OSError."""
    give_up = time.monotonic() + _REPLACE_PATIENCE_S
    while True:
        try:
            os.replace(temporary, path)
            break
        except PermissionError:
            if time.monotonic() >= give_up:
                raise
            time.sleep(0.02)
    fsync_dir(path.parent)


def write_durably(path: Path, chunks: Iterable[bytes | memoryview]) -> None:
    """Create the new file `path` and wait until its contents are on the disk.  Raises OSError."""
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def remove_folder(folder: Path) -> None:
    """Delete a folder (or file) with all that is in it: gone under its name at once, even if killed then.

    Raises StorageError when it cannot be renamed; what then cannot be deleted is left to remove_leftovers.
    """
    trash = temporary_beside(folder, TRASH_PREFIX)
    try:
        replace_durably(folder, trash)
    except OSError as error:
        raise storage_error(error, folder) from error
    _delete(trash)


def remove_leftovers(folder: Path) -> list[Path]:
    """Delete what killed processes left half-written or half-deleted in `folder`; returns what was found."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise storage_error(error, folder) from error
    leftovers = [
        folder / match.string
        for match in map(_LEFTOVER.fullmatch, sorted(names))
        if match
        and (match["kind"] == "trash" or not _still_written(folder / match.string, int(match["pid"])))
    ]
    for leftover in leftovers:
        log.info("Removing a leftover of an earlier process: %s", leftover)
        _delete(leftover)
    return leftovers


def _delete(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass  # another process cleaned up at the same moment
    except OSError as error:
        log.warning("%s could not be deleted yet: %s", path, error)


def _still_written(path: Path, pid: int) -> bool:
    """Whether the process that made `path` still runs (and is not a later one with the same number)."""
    import psutil

    try:
        return bool(psutil.Process(pid).create_time() <= path.lstat().st_mtime + 1.0)
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False
    except psutil.AccessDenied:
        return True


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """A new binary file that replaces `path` when the block ends, and vanishes if the block raises.

    Raises StorageError for every OSError, also for one raised in the block by writing.
    """
    temporary = temporary_beside(path)
    try:
        try:
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            replace_durably(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error(error, path) from error


def atomic_write_bytes(path: Path, data: bytes) -> None:
    """Replace the contents of `path` by `data`.  Raises StorageError."""
    with atomic_write(path) as file:
        file.write(data)


def json_utf8(text: str) -> bytes:
    """The bytes of a JSON text; names of files that are no valid text become escapes in it."""
    return text.encode("utf-8", errors="backslashreplace")


def atomic_write_text(path: Path, text: str) -> None:
    """Replace the contents of `path` by `text` in UTF-8.  Raises StorageError."""
    atomic_write_bytes(path, text.encode("utf-8"))

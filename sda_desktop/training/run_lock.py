"""One trainer per run folder: a lock that dies with its process, and a note on who holds it."""

from __future__ import annotations

import errno
import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from sda_desktop.errors import RunLockedError
from sda_desktop.storage import atomic_write_text, storage_error
from sda_desktop.words import say

log = logging.getLogger(__name__)

LOCK_NAME = "run.lock"
OWNER_NAME = "run.lock-owner.json"
# Looking whether a run is locked takes the lock for an instant; a trainer must outlast that.
PATIENCE_S = 0.3
# One looks at a time: each would take the other for a trainer.
_looking = Lock()


@dataclass(frozen=True, slots=True)
class LockOwner:
    """Who trains in a run folder.  since: Unix time."""

    pid: int
    host: str
    since: float


@contextmanager
def run_lock(run_dir: Path) -> Iterator[None]:
    """Hold the lock of the run in `run_dir`.

    Raises RunLockedError naming the trainer that holds it (this process included), StorageError when the
    folder cannot be written.  A lock whose process died, even by a power cut, is free.
    """
    from filelock import FileLock, Timeout

    if not run_dir.is_dir():  # FileLock would make it
        raise storage_error(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), run_dir / LOCK_NAME)
    # Not thread_local: the training may be closed by another thread than started it.
    lock = FileLock(run_dir / LOCK_NAME, timeout=PATIENCE_S, poll_interval=0.02, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise refusal(run_dir) from error
    except OSError as error:
        raise storage_error(error, run_dir / LOCK_NAME) from error
    try:
        me = LockOwner(os.getpid(), socket.gethostname(), time.time())
        atomic_write_text(run_dir / OWNER_NAME, json.dumps(asdict(me)))
        yield
    finally:
        try:
            (run_dir / OWNER_NAME).unlink(missing_ok=True)
        except OSError as error:
            log.warning("The note on who trains in %s could not be removed: %s", run_dir, error)
        with suppress(OSError):  # the folder may be gone with its drive; the lock is then gone too
            lock.release()


def is_locked(run_dir: Path) -> bool:
    """Whether some process (this one included) trains in `run_dir` now."""
    from filelock import FileLock, Timeout

    if not (run_dir / LOCK_NAME).exists():
        return False
    lock = FileLock(run_dir / LOCK_NAME, timeout=0, thread_local=False)
    with _looking:
        try:
            lock.acquire()
        except Timeout:
            return True
        except OSError as error:
            # A write-protected folder: nobody can lock it, nor train in it.
            log.debug("Cannot try the lock of %s: %s", run_dir, error)
            return False
        lock.release()
    return False


def read_owner(run_dir: Path) -> LockOwner | None:
    """The note that the last trainer left; None when it ended properly or the note is unreadable."""
    try:
        data = json.loads((run_dir / OWNER_NAME).read_text(encoding="utf-8"))
        return LockOwner(int(data["pid"]), str(data["host"]), float(data["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def refusal(run_dir: Path) -> RunLockedError:
    """The error that names who trains in `run_dir`."""
    owner = read_owner(run_dir)
    if owner is None:
        who = say("by another process")
    elif owner.pid == os.getpid() and owner.host == socket.gethostname():
        who = say(
            "by this program (process {pid} on {host}, since {since})",
            pid=owner.pid,
            host=owner.host,
            since=_clock(owner.since),
        )
    else:
        who = say(
            "by process {pid} on {host}, since {since}",
            pid=owner.pid,
            host=owner.host,
            since=_clock(owner.since),
        )
    return RunLockedError(
        say("The run {name} is being trained {who}.", name=run_dir.name, who=who),
        say("Stop that training first, or start a new run."),
        f"{run_dir / LOCK_NAME} is locked",
    )


def _clock(moment_s: float) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment_s))
    except (OverflowError, OSError, ValueError):
        return say("an unknown time")

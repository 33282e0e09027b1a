"""Small files that several processes read and write: one at a time, and what is found said in a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sda_desktop.errors import BadInputError, NewerFormat, StorageError
from sda_desktop.storage import storage_error
from sda_desktop.words import say

PATIENCE_S = 5.0
LOCK_SUFFIX = ".lock"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the right to change the file `path`, which need not exist, against other processes and threads.

    Its folder is made.  Raises StorageError when another process does not let go of it, or the folder
    cannot be written.
    """
    from filelock import FileLock, Timeout

    # A lock beside the file, since the file itself is replaced when it is written anew.
    lock_file = path.with_name(path.name + LOCK_SUFFIX)
    # Not a singleton per path and thread: each holder waits for the others.
    lock = FileLock(lock_file, timeout=PATIENCE_S, poll_interval=0.01, thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StorageError(
            say("{path} is in use by another SDA Desktop.", path=path),
            say("Try again in a moment, or close the other one."),
            f"{lock_file} is locked",
        ) from error
    except OSError as error:
        raise storage_error(error, path) from error
    try:
        yield
    finally:
        lock.release()


def newer_format_error(path: Path, newer: NewerFormat) -> BadInputError:
    """The error for a file that a newer app wrote: it is left as it is."""
    return BadInputError(
        say("{path} cannot be used: {problem}.", path=path, problem=newer.problem), newer.remedy
    )


def plain_words(text: str) -> str:
    """`text` as it is compared when searching: without case and accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_found(query: str, *texts: str) -> bool:
    """Whether every word of the query is somewhere in the texts; an empty query finds everything."""
    words = plain_words(query).split()
    return not words or all(word in plain_words("\n".join(texts)) for word in words)

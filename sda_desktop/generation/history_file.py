"""The history's file: JSON lines, appended to by several processes, and never lost to a crash.

The first line is a header with the format version and a mark that changes when the file is written anew.
Every further line says what was done: an entry added (or put back as it was), changed, or removed.  Each
line reaches the system as soon as it is written, so that a crash of the app loses nothing; a power cut may
cost the last seconds and leave a torn line, which the next writer cuts off.

A line's recipe stands last and is kept as text until it is wanted: thousands of them would take longer to
parse than everything else.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sda_desktop import __version__
from sda_desktop.errors import BadInputError, Damage, NewerFormat, StorageError
from sda_desktop.generation.shared_file import newer_format_error
from sda_desktop.storage import atomic_write, atomic_write_bytes, storage_error
from sda_desktop.upgrades import FileFormat
from sda_desktop.words import say

# Its steps are given the lines, not the header.
FORMAT = FileFormat("sda_desktop_history", 1, "a history")

RECIPE = "recipe"  # the key whose value is JSON text here
_BEFORE_RECIPE = b',"recipe":{'  # not to be met inside of a string, where quotes are escaped

Line = dict[str, Any]


@dataclass
class Contents:
    """What was read: the lines, and what is wrong with the others.

    mark: of the header.  position: where the next line goes.  torn: whether a cut-off line begins there.
    damaged: how many lines before that could not be read.  version: of the file; the lines are upgraded.
    """

    mark: str
    lines: list[Line] = field(default_factory=list)
    position: int = 0
    torn: bool = False
    damaged: int = 0
    version: int = FORMAT.version


def json_text(value: Mapping[str, Any]) -> str:
    """JSON without spaces.  Raises BadInputError for what JSON does not have, such as infinite numbers."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise BadInputError(say("This sound cannot be kept in the history."), details=repr(error)) from error


def encode(line: Mapping[str, Any]) -> bytes:
    """One line, its recipe last.  Raises BadInputError as json_text does."""
    text = json_text({key: value for key, value in line.items() if key != RECIPE})
    if RECIPE in line:
        text = f'{text[:-1]},"{RECIPE}":{line[RECIPE]}}}'
    # Names of files that are no valid text keep their odd bytes as JSON escapes.
    return text.encode("utf-8", errors="backslashreplace") + b"\n"


def write_new(path: Path, lines: Iterable[Mapping[str, Any]]) -> str:
    """Replace the file by these lines under a new mark, which is returned.

    A file of an older version is kept.  Raises StorageError.
    """
    FORMAT.keep_older(path)
    mark = secrets.token_hex(8)
    with atomic_write(path) as file:
        file.write(encode({**FORMAT.stamp, "app_version": __version__, "mark": mark}))
        file.writelines(encode(line) for line in lines)
    return mark


def read(path: Path, known_mark: str = "", position: int = 0) -> Contents:
    """What the file holds, from `position` on if its mark is still `known_mark`; a missing file is empty.

    Raises BadInputError for a newer or a foreign file, StorageError.
    """
    try:
        with path.open("rb") as file:
            return _read(file, path, known_mark, position)
    except FileNotFoundError:
        return Contents("")
    except OSError as error:
        raise _unreadable(error, path) from error


def append(path: Path, position: int, line: Mapping[str, Any]) -> int:
    """Write a line at `position`, where the whole lines end; returns where the next one goes.

    A torn line is cut off.  Raises BadInputError, StorageError; the file is then as before.
    """
    data = encode(line)
    try:
        with path.open("r+b", buffering=0) as file:
            file.truncate(position)
            file.seek(position)
            try:
                _write_all(file, data)
            except OSError:
                with suppress(OSError):
                    file.truncate(position)
                raise
    except OSError as error:
        raise storage_error(error, path) from error
    return position + len(data)


def set_aside(path: Path) -> Path:
    """Keep a copy of a damaged file beside it; returns where.  Raises StorageError."""
    copy = path.with_name(f"{path.stem} damaged {time.strftime('%Y-%m-%d %H-%M-%S')}{path.suffix}")
    try:
        atomic_write_bytes(copy, path.read_bytes())
    except OSError as error:
        raise _unreadable(error, path) from error
    return copy


def _read(file: BinaryIO, path: Path, known_mark: str, position: int) -> Contents:
    first = file.readline()
    header = _parse(first)
    contents = Contents(str(header.get("mark", "")) if header else "", position=len(first))
    if header is None:
        # The header is gone, but what follows it may be whole.
        contents.damaged = int(bool(first.strip(b"\0\n")))
    else:
        contents.version = _version_of(header, path)
    if known_mark and contents.mark == known_mark and position >= len(first):
        contents.position = position
    file.seek(contents.position)
    data = file.read()
    whole = data.rfind(b"\n") + 1
    contents.torn = whole < len(data)
    contents.position += whole
    for raw in data[:whole].split(b"\n"):
        if raw:
            line = _parse(raw)
            if line is not None and contents.version < FORMAT.version:
                line = _upgraded(line, contents.version)
            if line is None:
                contents.damaged += 1
            else:
                contents.lines.append(line)
    return contents


def _parse(raw: bytes) -> Line | None:
    head, found, recipe = raw.partition(_BEFORE_RECIPE)
    try:
        value = json.loads((head + b"}" if found else head).decode("utf-8"))
        if not isinstance(value, dict):
            return None
        if found:
            value[RECIPE] = "{" + recipe[:-1].decode("utf-8")
    except (ValueError, RecursionError):
        return None
    return value


def _upgraded(line: Line, version: int) -> Line | None:
    try:
        return FORMAT.upgraded_from(version, line)
    except Damage:
        return None


def _version_of(header: Line, path: Path) -> int:
    try:
        return FORMAT.version_of(header)
    except NewerFormat as newer:
        raise newer_format_error(path, newer) from newer
    except Damage as damage:
        raise BadInputError(
            say("{path} is not a history of SDA Desktop.", path=path),
            say("Move that file elsewhere and start again."),
            damage.problem,
        ) from damage


def _unreadable(error: OSError, path: Path) -> StorageError:
    return StorageError(
        say("The history {path} cannot be read: {reason}.", path=path, reason=error.strerror or error),
        say("Check that the drive is connected and that you may read the file."),
        repr(error),
    )


def _write_all(file: Any, data: bytes) -> None:  # noqa: ANN401 - an unbuffered file
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def size_of(path: Path) -> int:
    """The length of the file in bytes, 0 if there is none."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0

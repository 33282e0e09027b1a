"""Writing to the terminal: lines, numbers in words, aligned columns, and pipes that close."""

from __future__ import annotations

import io
import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO


def prepare_streams() -> None:
    """Make stdout and stderr able to show any file name, whatever the system's encoding.

    A windowed program has no streams; then what is written goes nowhere, and nothing can be read.
    """
    # In this order: where they were closed, each gets its own number again.  Otherwise the next files that
    # are opened would, and libraries in C write their complaints to number 2, be it the settings.
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - lives as long as the program
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def prepare_json_output() -> None:
    """JSON is UTF-8 on every system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


NEWER = "Made by a newer version of SDA Desktop"


class OutputError(OSError):
    """stdout takes nothing more: its reader has gone (then errno is EPIPE) or its disk is full."""


def say(text: str = "") -> None:
    """Write a line to stdout, now.  Raises OutputError."""
    try:
        sys.stdout.write(text + "\n")
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error
    flush_output()


def flush_output() -> None:
    """Bring out what stdout still holds.  Raises OutputError."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error


def say_json(data: Mapping[str, Any]) -> None:
    """Write one JSON object on one line; numbers that JSON does not have become null."""
    say(json.dumps(_finite(data), ensure_ascii=False, allow_nan=False))


def complain(text: str) -> None:
    """Write one line to stderr; a stderr that is gone loses it, as there is nowhere left to tell."""
    try:
        sys.stderr.write(" ".join(printable(text).split()) + "\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Send what is still written to a stream whose reader has gone to nowhere.

    Without this the interpreter's own flush at exit complains once more.
    """
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        stream.close()


def is_terminal(stream: TextIO) -> bool:
    """Whether a moving progress bar makes sense there."""
    return stream.isatty() and os.environ.get("TERM", "") != "dumb"


def printable(text: str) -> str:
    """text without characters that would steer the terminal: file names are not to be trusted."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def path_text(path: Path) -> str:
    """A path for stdout: exact for a program that reads it, harmless on a terminal."""
    return printable(str(path)) if is_terminal(sys.stdout) else str(path)


def duration_text(seconds: float) -> str:
    """A duration in words: 0.31 s, 12.5 s, 3 min 20 s, 2 h 05 min."""
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def clock_text(seconds: float) -> str:
    """A duration for a narrow place: 0:07, 12:30, 2:05:00."""
    whole = max(0, round(seconds))
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def size_text(size_bytes: int) -> str:
    """A size in words: 812 bytes, 27.4 MB."""
    if size_bytes < 1000:
        return f"{size_bytes} bytes"
    for factor, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f} {unit}"
    raise AssertionError("unreachable")


def count_text(number: int, noun: str) -> str:
    """1 sound, 2 sounds."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int]) -> list[str]:
    """Lines of aligned columns; `right` holds the numbers of those aligned to the right."""
    cells = [list(headings), *[[printable(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headings))]

    def line(row: Sequence[str]) -> str:
        parts = (
            c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        return "  ".join(parts).rstrip()

    return [line(row) for row in cells]


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value

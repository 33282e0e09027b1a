"""`scan`: what is in a dataset, and what is wrong with it."""

from __future__ import annotations

import argparse
import os
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sda_desktop.commands import EXIT_BAD_INPUT, EXIT_CANCELLED, EXIT_DONE, SUMMARIES
from sda_desktop.commands.interrupt import StopSignals
from sda_desktop.commands.options import PROGRAM, Parser
from sda_desktop.commands.output import (
    columns,
    complain,
    count_text,
    duration_text,
    prepare_json_output,
    printable,
    say,
    say_json,
)
from sda_desktop.commands.progress import FileProgress
from sda_desktop.errors import Cancelled

if TYPE_CHECKING:
    from sda_desktop.audio.scan import ScanResult, SoundFile

SUMMARY = SUMMARIES["scan"]
HEADINGS = ("SOUND", "LENGTH", "RATE", "CH", "BITS", "PEAK", "RMS", "")


def build_parser() -> Parser:
    """The options of `scan`."""
    parser = Parser(
        f"{PROGRAM} scan",
        "Decode every sound of a dataset and list length, rate, channels, bit depth and level (dBFS), and "
        "what is wrong: errors leave a sound out of the training, warnings keep it.",
        usage=f"{PROGRAM} scan DATASET... [--json]",
    )
    parser.add_argument(
        "dataset", metavar="DATASET", nargs="+", type=Path, help="Folders and files of sound."
    )
    own = parser.add_argument_group("options")
    own.add_argument("--json", action="store_true", help="Write one JSON object instead of a table.")
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Scan and list.  Returns the exit code; raises SdaError."""
    if options.json:
        prepare_json_output()
    stop = threading.Event()
    with StopSignals(stop, "", "Cancelled."):
        try:
            result = _scan([path.absolute() for path in options.dataset], stop)
        except Cancelled:
            complain("Cancelled.")
            return EXIT_CANCELLED
    if options.json:
        say_json(result_to_dict(result))
    else:
        for line in table_lines(result):
            say(line)
    if not result.usable:
        complain(
            "There is no usable sound here. Training needs at least one WAV, AIFF, FLAC, OGG or MP3 file."
        )
        return EXIT_BAD_INPUT
    return EXIT_DONE


def _scan(dataset: list[Path], stop: threading.Event) -> ScanResult:
    from sda_desktop.audio.scan import scan

    with FileProgress("Reading the sounds") as progress:
        return scan(
            dataset,
            on_file=lambda file, done, total: progress.update(done, total, file.path.name),
            stop=stop,
        )


def table_lines(result: ScanResult) -> list[str]:
    """The table, the notes and the summary."""
    root = _common_folder(result)
    rows = [_row(file, root) for file in result.files]
    lines = [*columns(HEADINGS, rows, right=frozenset({1, 2, 3, 4, 5, 6})), ""] if rows else []
    lines += [printable(note) for note in result.notes]
    lines.append(_summary(result))
    return lines


def _row(file: SoundFile, root: Path) -> tuple[str, ...]:
    name = os.path.relpath(file.path, root)
    findings = "; ".join(f"{'ERROR' if f.is_error else 'warning'}: {f.message}" for f in file.findings)
    if not file.sample_rate_hz:
        return (name, "", "", "", "", "", "", findings)
    return (
        name,
        duration_text(file.duration_s),
        str(file.sample_rate_hz),
        str(file.channels),
        str(file.bit_depth or ""),
        f"{file.peak_db:.1f}",
        f"{file.rms_db:.1f}",
        findings,
    )


def _summary(result: ScanResult) -> str:
    found, usable = len(result.files), len(result.usable)
    if not usable:
        return f"{count_text(found, 'sound')}, none usable."
    left_out = f", {found - usable} left out" if found > usable else ""
    return (
        f"{count_text(usable, 'usable sound')}{left_out}, {duration_text(result.total_s)} in all,"
        f" model rate {result.model_rate_hz} Hz."
    )


def _common_folder(result: ScanResult) -> Path:
    """What the names in the table are relative to."""
    folders = [str(source if source.is_dir() else source.parent) for source in result.sources]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # different drives
        return Path(folders[0])


def result_to_dict(result: ScanResult) -> dict[str, Any]:
    """The scan as JSON values; paths are absolute, levels in dBFS (null: no sound at all)."""
    usable = result.usable
    return {
        "sources": [str(source) for source in result.sources],
        "files": [_file_to_dict(file) for file in result.files],
        "notes": list(result.notes),
        "summary": {
            "files": len(result.files),
            "usable": len(usable),
            "total_s": result.total_s,
            "model_rate_hz": result.model_rate_hz if usable else None,
            "rates_hz": dict(Counter(str(file.sample_rate_hz) for file in usable)),
            "findings": dict(Counter(str(f.code) for file in result.files for f in file.findings)),
        },
    }


def _file_to_dict(file: SoundFile) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "usable": file.usable,
        "sample_rate_hz": file.sample_rate_hz,
        "channels": file.channels,
        "bit_depth": file.bit_depth,
        "duration_s": file.duration_s,
        "peak_db": file.peak_db,
        "rms_db": file.rms_db,
        "size_bytes": file.size_bytes,
        "content_hash": file.content_hash,
        "findings": [
            {"code": str(f.code), "is_error": f.is_error, "message": f.message} for f in file.findings
        ],
    }

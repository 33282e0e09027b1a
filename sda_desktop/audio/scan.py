"""Scanning a dataset: every sound in its folders is decoded and examined, and what is wrong is listed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sda_desktop.audio.analysis import examine
from sda_desktop.audio.discovery import UNSUPPORTED_SUFFIXES, discover, find_sounds
from sda_desktop.audio.findings import (
    THUMBNAIL_POINTS,
    Finding,
    FindingCode,
    ScanResult,
    SoundFile,
    shown_beside,
    unheard,
)
from sda_desktop.errors import Cancelled
from sda_desktop.words import say

__all__ = [
    "THUMBNAIL_POINTS",
    "UNSUPPORTED_SUFFIXES",
    "Finding",
    "FindingCode",
    "ScanResult",
    "SoundFile",
    "find_sounds",
    "scan",
]

FEW_SOUNDS = 5
# Decoding leaves the interpreter lock alone, analysis with numpy mostly too.  One core is the window's.
WORKERS = 1 if (os.cpu_count() or 1) < 3 else 2
_READ_AHEAD = 8  # files in work or waiting for a worker

OnFile = Callable[[SoundFile, int, int], None]
OnFound = Callable[[Sequence[Path]], None]


def scan(
    sources: Sequence[Path],
    *,
    on_found: OnFound | None = None,
    on_file: OnFile | None = None,
    stop: threading.Event | None = None,
) -> ScanResult:
    """Examine every sound in and below the sources.

    on_found(paths) is called once, before anything is opened, with all there is to examine.
    on_file(file, done, total) is called in the calling thread as each file is done, in any order; exact
    duplicates are known, and marked in the result, only at the end.
    Raises BadInputError for a source that does not exist, and Cancelled when `stop` is set.
    """
    found = discover(sources, stop=stop)
    total = len(found.supported) + len(found.unsupported)
    files: list[SoundFile] = []
    if on_found is not None:
        on_found([*found.supported, *found.unsupported])

    def add(file: SoundFile) -> None:
        files.append(file)
        if on_file is not None:
            on_file(file, len(files), total)

    for path in found.unsupported:
        add(_unsupported(path))
    _examine_all(found.supported, add, stop)
    files = _with_duplicates_marked(files)
    return ScanResult(tuple(sources), tuple(files), (*found.notes, *_notes(files)))


def _examine_all(
    supported: Sequence[Path], add: Callable[[SoundFile], None], stop: threading.Event | None
) -> None:
    """Examine the files in a few threads.  Whatever ends this ends the threads within one block."""
    abandoned = threading.Event()  # the caller's event is his own to set
    remaining = iter(supported)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="scan") as pool:
        try:
            jobs: set[Future[SoundFile]] = set()
            while True:
                jobs |= {
                    pool.submit(examine, path, abandoned)
                    for path in islice(remaining, _READ_AHEAD - len(jobs))
                }
                if not jobs:
                    return
                done, jobs = wait(jobs, timeout=0.05, return_when=FIRST_COMPLETED)
                if stop is not None and stop.is_set():
                    raise Cancelled
                for job in done:
                    add(job.result())
        finally:
            abandoned.set()


def _unsupported(path: Path) -> SoundFile:
    message = say(
        "It is of a kind that cannot be read ({suffix}). Convert it to WAV or FLAC.",
        suffix=path.suffix.lower(),
    )
    return unheard(path, Finding(FindingCode.UNSUPPORTED, True, message))


def _with_duplicates_marked(files: list[SoundFile]) -> list[SoundFile]:
    """Sorted by path, all but the first of sounds with the same content marked."""
    files = sorted(files, key=lambda file: file.path)
    first: dict[str, Path] = {}
    for index, file in enumerate(files):
        # What is left out anyway (silence above all) is not called a copy.
        if not file.usable:
            continue
        twin = first.setdefault(file.content_hash, file.path)
        if twin != file.path:
            message = say("It is an exact copy of {twin}.", twin=shown_beside(twin, file.path))
            finding = Finding(FindingCode.DUPLICATE, False, message)
            files[index] = replace(file, findings=(*file.findings, finding))
    return files


def _notes(files: Sequence[SoundFile]) -> list[str]:
    """What must be said about the dataset as a whole."""
    usable = sum(file.usable for file in files)
    different = len({file.content_hash for file in files if file.usable})
    if not files:
        return [say("There are no sounds here. WAV, AIFF, FLAC, OGG, Opus and MP3 files can be used.")]
    if not usable:
        return [say("None of these sounds can be used; each is listed with the reason.")]
    if usable == 1:
        return [
            say(
                "Only 1 usable sound: the model will know nothing else, and is tested on the end of "
                "that sound. 5 or more are better."
            )
        ]
    if usable < FEW_SOUNDS:
        return [
            say(
                "Only {usable} usable sounds: the model will know little else. 5 or more are better.",
                usable=usable,
            )
        ]
    if different < FEW_SOUNDS:
        what = (
            say("the same sound")
            if different == 1
            else say("only {different} different sounds", different=different)
        )
        return [
            say(
                "These {usable} files hold {what}; the rest are exact copies. 5 or more are better.",
                usable=usable,
                what=what,
            )
        ]
    return []

"""The sounds of a run: found and decoded for a new one, found again for a resumed one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sda_desktop.audio.cache import CachedSound, SoundCache
from sda_desktop.audio.scan import ScanResult, SoundFile, scan
from sda_desktop.errors import AudioFileError, BadInputError, Cancelled, SoundsGoneError
from sda_desktop.training.found_again import FoundAgain
from sda_desktop.training.metrics import EventSink, HealthWarning, PreparationProgress
from sda_desktop.training.split import Segment, Split
from sda_desktop.training.state import RunControl
from sda_desktop.words import say


@dataclass(frozen=True, slots=True)
class Session:
    """What preparing needs to say and to hear."""

    on_event: EventSink
    control: RunControl

    def progress(self, activity: Any, done: int, total: int, item: str = "") -> None:  # noqa: ANN401
        """Say how far it is; raise Cancelled if the run was stopped."""
        self.on_event(PreparationProgress(activity, done, total, item))
        if self.control.stop.is_set():
            raise Cancelled


def scan_sources(sources: Sequence[Path], session: Session) -> ScanResult:
    """Scan with progress.  Raises BadInputError when nothing in it can be used."""

    def on_file(file: SoundFile, done: int, total: int) -> None:
        session.progress("scanning", done, total, file.path.name)

    result = scan(sources, on_file=on_file, stop=session.control.stop)
    if not result.usable:
        reasons = [f"{f.path.name}: {f.findings[0].message}" for f in result.files if f.findings]
        raise BadInputError(
            say("There is no usable sound in what was given."),
            say("Choose a folder with WAV, AIFF, FLAC, OGG or MP3 files."),
            "\n".join(reasons[:50]),
        )
    for note in result.notes:
        session.on_event(HealthWarning("dataset", note))
    return result


def load_sounds(
    files: Sequence[SoundFile], rate_hz: int, session: Session
) -> tuple[list[CachedSound], list[SoundFile]]:
    """Decode into the cache.  A file that breaks or vanishes is reported and left out."""
    cache = SoundCache()
    sounds: list[CachedSound] = []
    kept: list[SoundFile] = []
    for number, file in enumerate(files):
        session.progress("decoding", number, len(files), file.path.name)
        try:
            sounds.append(cache.load(file.path, rate_hz, stop=session.control.stop))
            kept.append(file)
        except AudioFileError as error:
            session.on_event(
                HealthWarning(
                    "file_changed", say("{name} was left out. {error}", name=file.path.name, error=error)
                )
            )
    session.progress("decoding", len(files), len(files))
    if not sounds:
        raise BadInputError(say("None of the sounds could be decoded."), say("Look at the list of problems."))
    return sounds, kept


def reload_sounds(
    files: list[dict[str, Any]], split: Split, rate_hz: int, session: Session, search: FoundAgain
) -> tuple[list[CachedSound], Split, list[dict[str, Any]]]:
    """The run's sounds again, and their records as they are now.

    What is missing or changed is reported and left out of the split.  Raises SoundsGoneError if
    nothing is left to train or to measure on.
    """
    cache = SoundCache()
    records = list(files)
    reasons: list[str] = []
    sounds: list[CachedSound] = []
    index_of: dict[int, int] = {}
    for number, record in enumerate(files):
        session.progress("decoding", number, len(files), Path(record["path"]).name)
        try:
            found = search.find(record)
            sounds.append(cache.load(Path(found["path"]), rate_hz, stop=session.control.stop))
            records[number] = found
            index_of[number] = len(sounds) - 1
        except AudioFileError as error:
            reasons.append(str(error))
    kept = Split(
        _reindexed(split.train, index_of),
        _reindexed(split.validation, index_of),
        split.by_time,
        split.held_out,
    )
    if not kept.train or not kept.validation:
        raise SoundsGoneError(
            say("The sounds of this run are no longer where they were."),
            say("Put them back (the first was {path}) and resume again.", path=files[0]["path"]),
            "\n".join(reasons[:50]),
        )
    for reason in reasons:
        session.on_event(
            HealthWarning("file_changed", say("{reason} The run goes on without it.", reason=reason))
        )
    return sounds, kept, records


def _reindexed(segments: Iterable[Segment], index_of: dict[int, int]) -> tuple[Segment, ...]:
    return tuple(replace(s, sound=index_of[s.sound]) for s in segments if s.sound in index_of)


def file_record(file: SoundFile) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "size_bytes": file.size_bytes,
        "mtime_ns": file.mtime_ns,
        "content": file.content_hash,
    }


def split_of(data: dict[str, Any]) -> Split:
    return Split(
        tuple(Segment(**s) for s in data["train"]),
        tuple(Segment(**s) for s in data["validation"]),
        bool(data["by_time"]),
        bool(data["held_out"]),
    )


class SourceWatch:
    """Notices sound files that change or vanish during a run; each is reported once."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._known = {path: _size_and_time(path) for path in files}

    def changes(self) -> Iterator[tuple[Path, str]]:
        """Each file that changed since the last look, and what happened to it."""
        for path, known in list(self._known.items()):
            present = _size_and_time(path)
            if present != known:
                del self._known[path]
                yield path, say("is gone") if present is None else say("has changed")


def _size_and_time(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns

"""The folder of one training run, which is the whole truth about it.

run.json          what was trained on, with which settings, and how it stands
metrics.jsonl     every event, one line of JSON each
previews/         epoch-0010/*.wav
checkpoints/      see checkpoint.py
run.lock          held by the process that trains
about.json        name, notes and tags, see about.py
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePath
from threading import Lock
from typing import IO, Any

from sda_desktop import __version__, paths
from sda_desktop.errors import CheckpointError, NewerFormat, StorageError
from sda_desktop.storage import atomic_write_bytes, remove_folder, storage_error
from sda_desktop.training.about import About, read_about
from sda_desktop.training.checkpoint import beyond, latest_of, list_checkpoints
from sda_desktop.training.checkpoint_manifest import (
    CHECKPOINTS_FOLDER,
    MAX_JSON_BYTES,
    CheckpointInfo,
    Damage,
    is_finite_number,
    parse_json,
    read_bytes,
)
from sda_desktop.training.metrics import Event, event_to_json
from sda_desktop.training.run_lock import LOCK_NAME, OWNER_NAME, is_locked, refusal, run_lock
from sda_desktop.training.run_place import (
    COMPANIONS,
    PREVIEWS_FOLDER,
    RUN_FILE,
    make_folder,
    make_unique,
    refuse_occupied,
    refuse_source,
    safe_name,
)
from sda_desktop.upgrades import FileFormat, is_kept_copy
from sda_desktop.words import say

log = logging.getLogger(__name__)

FORMAT = FileFormat("sda_desktop_run", 1, "a run")
METRICS_FILE = "metrics.jsonl"
_OWN_NAMES = frozenset(
    {RUN_FILE, METRICS_FILE, CHECKPOINTS_FOLDER, PREVIEWS_FOLDER, LOCK_NAME, OWNER_NAME, *COMPANIONS}
)
STATUSES = ("running", "stopped", "finished", "failed")


class RunFolder:
    """A run folder on the disk.  Make one with `create` or `open`."""

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self._manifest = manifest
        self._guard = Lock()
        self._metrics: IO[bytes] | None = None

    # --- making and opening -------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path | None, *, name: str, manifest: Mapping[str, Any]) -> RunFolder:
        """A new run folder at `path`, or under paths.runs_dir() with the date and `name` in its name.

        manifest: what goes into run.json beside marker, version, name, date and status ("stopped" until
        the training begins).  Raises BadInputError if the place is taken or lies inside one of
        manifest["sources"], StorageError if it cannot be written.
        """
        now = time.time()
        contents: dict[str, Any] = {
            **FORMAT.stamp,
            "app_version": __version__,
            "name": name,
            "created": now,
            "status": "stopped",
            **manifest,
        }
        data = _to_json(contents)
        try:
            if path is None:
                date = time.strftime("%Y-%m-%d %H-%M", time.localtime(now))
                place = make_unique(paths.runs_dir() / f"{date} {safe_name(name)}".rstrip(), data)
            else:
                place = Path(path).expanduser().absolute()
                refuse_source(place, manifest.get("sources", ()))
                refuse_occupied(place)
                make_folder(place, data)
        except OSError as error:
            raise storage_error(error, path or paths.runs_dir()) from error
        return cls(place, json.loads(data))

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """The run folder at `path` (or the one that holds the file `path`).

        Raises CheckpointError naming what is wrong with it.
        """
        place = Path(path).expanduser().absolute()
        if place.is_file():
            place = place.parent
        if not place.is_dir():
            raise CheckpointError(
                say("There is no run at {place}.", place=place),
                say("It may have been moved or deleted: choose another one."),
            )
        try:
            return cls(place, _read_manifest(place))
        except Damage as damage:
            raise CheckpointError(
                say("The run folder {place} cannot be used: {problem}.", place=place, problem=damage.problem),
                damage.remedy
                or say("Choose another run. The checkpoints in it, if any, can still be opened one by one."),
                damage.details,
            ) from damage

    # --- places -------------------------------------------------------------------------------------------

    @property
    def checkpoints_dir(self) -> Path:
        """Where the checkpoints are."""
        return self.path / CHECKPOINTS_FOLDER

    @property
    def previews_dir(self) -> Path:
        """Where the previews are, one folder per epoch."""
        return self.path / PREVIEWS_FOLDER

    @property
    def metrics_file(self) -> Path:
        """The events of the run, as MetricsHistory.load reads them."""
        return self.path / METRICS_FILE

    # --- run.json -----------------------------------------------------------------------------------------

    @property
    def manifest(self) -> dict[str, Any]:
        """A copy of what run.json holds."""
        with self._guard:
            return dict(self._manifest)

    def update(self, **changes: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Change fields of run.json, atomically; one of an older version is kept.  Raises StorageError."""
        with self._guard:
            data = _to_json({**self._manifest, **changes})
            FORMAT.keep_older(self.path / RUN_FILE)
            atomic_write_bytes(self.path / RUN_FILE, data)
            self._manifest = json.loads(data)

    # --- lock ---------------------------------------------------------------------------------------------

    def lock(self) -> AbstractContextManager[None]:
        """Hold the run for training.  Entering raises RunLockedError naming the first trainer."""
        return run_lock(self.path)

    def is_locked(self) -> bool:
        """Whether some process, this one included, trains in this run now."""
        return is_locked(self.path)

    # --- metrics.jsonl ------------------------------------------------------------------------------------

    def append_event(self, event: Event) -> None:
        """Append one line to metrics.jsonl; other readers see it at once.  Raises StorageError."""
        line = _encode(event_to_json(event)) + b"\n"
        try:
            # Unbuffered: after a full disk nothing unwritten lingers that a later write would bring out.
            with self._guard:
                if self._metrics is None:
                    self._metrics = self.metrics_file.open("ab", buffering=0)
                start = self._metrics.tell()
                try:
                    _write_all(self._metrics, line)
                except OSError:
                    self._metrics.truncate(start)  # no torn line in the middle of the file
                    raise
        except OSError as error:
            raise storage_error(error, self.metrics_file) from error

    def metrics_position(self) -> int:
        """The length of metrics.jsonl in bytes; it may not be on the disk yet.

        Goes into every checkpoint, for truncate_metrics on resume.  Raises StorageError.
        """
        try:
            with self._guard:
                if self._metrics is None:
                    self._metrics = self.metrics_file.open("ab", buffering=0)
                return self._metrics.tell()
        except OSError as error:
            raise storage_error(error, self.metrics_file) from error

    def truncate_metrics(self, position: int) -> bool:
        """Cut metrics.jsonl at `position` bytes, where a resumed checkpoint was saved.

        Returns False if the file is shorter than that (part of the history is lost; a torn last line is
        cut off then).  Raises StorageError.
        """
        try:
            with self._guard:
                self._close_metrics()
                with self.metrics_file.open("a+b") as file:
                    length = file.seek(0, os.SEEK_END)
                    file.truncate(min(position, _whole_lines(file, length)))
                    os.fsync(file.fileno())
        except OSError as error:
            raise storage_error(error, self.metrics_file) from error
        return length >= position

    def close(self) -> None:
        """Close metrics.jsonl; it is opened again when needed."""
        with self._guard:
            self._close_metrics()

    def _close_metrics(self) -> None:
        if self._metrics is not None:
            self._metrics.close()
            self._metrics = None


def _write_all(file: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _whole_lines(file: IO[bytes], length: int) -> int:
    """The length of `file` without a torn last line."""
    block = 65536
    end = length
    while end > 0:
        start = max(0, end - block)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _to_json(contents: Mapping[str, Any]) -> bytes:
    return _encode(json.dumps(contents, indent=1, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> str:
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"run.json cannot hold {value!r}")


def _encode(json_text: str) -> bytes:
    """UTF-8, also for file names that are no valid text: their odd bytes become JSON escapes."""
    return json_text.encode("utf-8", errors="backslashreplace")


def _read_manifest(place: Path) -> dict[str, Any]:
    """Raises Damage."""
    manifest = parse_json(read_bytes(place / RUN_FILE, MAX_JSON_BYTES), RUN_FILE)
    manifest = FORMAT.upgraded(manifest)
    for key, kind in {"name": str, "created": int | float, "status": str}.items():
        if not isinstance(manifest.get(key), kind):
            raise Damage(
                say(
                    "{run_file} has a wrong {key} ({value})",
                    run_file=RUN_FILE,
                    key=key,
                    value=repr(manifest.get(key))[:40],
                )
            )
    if not is_finite_number(manifest["created"]):
        raise Damage(
            say(
                "{run_file} has a wrong created ({created})",
                run_file=RUN_FILE,
                created=repr(manifest["created"])[:40],
            )
        )
    if manifest["status"] not in STATUSES:
        raise Damage(
            say("{run_file} has a wrong status ({status!r})", run_file=RUN_FILE, status=manifest["status"])
        )
    return manifest


# --- all runs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run on the disk.

    status: that of run.json, or "damaged".  interrupted: it says "running" but nobody trains in it, as
    after a crash or a power cut.  epochs: of its newest checkpoint.  problem: what is wrong with the folder,
    or why the training failed, "" when all is well.  newer: "damaged" only in that a newer app wrote it.
    """

    path: Path
    name: str
    created: float
    status: str
    interrupted: bool
    epochs: int
    size_bytes: int
    problem: str = ""
    newer: bool = False


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run as it is on the disk.  manifest: run.json, empty if it is damaged.  checkpoints: newest first."""

    summary: RunSummary
    manifest: Mapping[str, Any]
    checkpoints: tuple[CheckpointInfo, ...]
    about: About


def summarise_run(path: Path) -> RunSummary:
    """The run at `path` in short.  Never raises for what is on the disk: problems are told in `problem`."""
    return look_at_run(path).summary


def look_at_run(path: Path) -> RunFacts:
    """The run at `path`.  Never raises for what is on the disk: problems are told in its summary."""
    size_bytes = folder_size(path)
    try:
        about = read_about(path)
    except Damage as damage:
        log.warning("The notes on %s are left out: %s", path, damage.problem)
        about = About()
    try:
        checkpoints, problem = tuple(list_checkpoints(path)), ""
    except StorageError as error:
        checkpoints, problem = (), error.message
    try:
        manifest = _read_manifest(path)
    except Damage as damage:
        name = about.name or path.name
        newer = isinstance(damage, NewerFormat)
        summary = RunSummary(path, name, _mtime(path), "damaged", False, 0, size_bytes, damage.problem, newer)
        return RunFacts(summary, {}, checkpoints, about)
    status = str(manifest["status"])
    if status == "failed":
        problem = problem or str(manifest.get("problem", ""))
    is_cut_off = status == "running" and not is_locked(path)
    latest = latest_of(checkpoints)
    if is_cut_off and latest is not None and latest.reason == "final":
        # All was done and saved; only the note of it in run.json is missing.
        status, is_cut_off = "finished", False
    summary = RunSummary(
        path=path,
        name=about.name or str(manifest["name"]),
        created=float(manifest["created"]),
        status=status,
        interrupted=is_cut_off,
        epochs=max((info.epoch for info in checkpoints), default=0),
        size_bytes=size_bytes,
        problem=problem,
    )
    return RunFacts(summary, manifest, checkpoints, about)


def list_runs(folder: Path | None = None) -> list[RunSummary]:
    """All runs in `folder` (default: paths.runs_dir()), newest first, damaged ones included.

    Raises StorageError if the folder cannot be read; a missing folder holds no runs.
    """
    summaries = [summarise_run(path) for path in run_folders(folder)]
    return sorted(summaries, key=lambda run: (run.created, run.name), reverse=True)


def interrupted_runs(folder: Path | None = None) -> list[RunSummary]:
    """The runs that a crash or a power cut ended and that have a checkpoint to go on from, newest first.

    Quicker than list_runs: only such runs are looked at closely.  Raises StorageError like it.
    """
    candidates = [summarise_run(path) for path in run_folders(folder) if _says_running(path)]
    runs = [run for run in candidates if run.interrupted and _can_go_on(run.path)]
    return sorted(runs, key=lambda run: (run.created, run.name), reverse=True)


def _can_go_on(path: Path) -> bool:
    infos = list_checkpoints(path)
    return latest_of(infos) is not None and not beyond(infos)


def _says_running(path: Path) -> bool:
    try:
        return bool(_read_manifest(path)["status"] == "running")
    except Damage:
        return False  # list_runs shows it as damaged


def delete_run(path: Path) -> None:
    """Delete a run with its checkpoints and previews; other files that lie in its folder stay.

    Raises RunLockedError while it is being trained, CheckpointError if it is no run, StorageError.
    """
    place = Path(path)
    if not is_run(place):
        raise CheckpointError(say("{place} is not a run.", place=place), say("Nothing was deleted."))
    if is_locked(place):
        raise refusal(place)
    try:
        names = {entry.name for entry in place.iterdir()}
    except OSError as error:
        raise storage_error(error, place) from error
    own = {name for name in names if name in _OWN_NAMES or is_kept_copy(name, _OWN_NAMES)}
    if own == names:
        remove_folder(place)
        return
    for name in (*sorted(own - {RUN_FILE}), RUN_FILE):
        if (place / name).exists():
            remove_folder(place / name)


def is_run(place: Path) -> bool:
    """Whether there is a run at `place`, a damaged one included."""
    return (place / RUN_FILE).is_file() or (place / CHECKPOINTS_FOLDER).is_dir()


def run_folders(folder: Path | None = None) -> list[Path]:
    """The folders of all runs in `folder` (default: paths.runs_dir()), in no order.  Raises StorageError."""
    place = folder or paths.runs_dir()
    try:
        children = [child for child in place.iterdir() if not child.name.startswith(".") and child.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(
            say(
                "The folder of runs {place} cannot be read: {reason}.",
                place=place,
                reason=error.strerror or error,
            ),
            say("Check that the drive is connected and that you may read the folder."),
            repr(error),
        ) from error
    return [child for child in children if is_run(child)]


def folder_size(folder: Path) -> int:
    """The bytes of all files in `folder`; what vanishes meanwhile or cannot be read counts as nothing."""
    total, pending = 0, [os.fspath(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            log.debug("Not counted in the size of %s: %s", folder, error)
    return total


def _mtime(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0

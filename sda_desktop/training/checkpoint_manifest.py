"""The manifest of a checkpoint: what it is, and the size and hash of each of its files.  No torch here."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sda_desktop.errors import Damage as Damage
from sda_desktop.errors import NewerFormat
from sda_desktop.upgrades import FileFormat
from sda_desktop.words import say

FORMAT = FileFormat("sda_desktop_checkpoint", 1, "a checkpoint")
# Of state.json, whose version is the manifest's.
STATE_FORMAT = FileFormat("", 1, "the state of a checkpoint")

MANIFEST_NAME = "manifest.json"
STATE_NAME = "state.json"
TENSORS_SUFFIX = ".safetensors"
CHECKPOINTS_FOLDER = "checkpoints"
MAX_JSON_BYTES = 64 * 2**20
REASONS = ("interval", "best", "stop", "final", "manual")
_SEAL = "manifest_sha256"
_FOLDER_NAME = re.compile(r"step-(\d+)-([a-z]+)(?:-\d+)?")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class CheckpointInfo:
    """One checkpoint on the disk, without its tensors.

    serial: the order of writing within the run, which a clock that was set does not change.
    created: Unix time.  problem: what is wrong with it, "" when sound.  newer: nothing is, but that a newer
    app wrote it, as its problem says; it can be used as little, and is not damaged.
    """

    path: Path
    reason: str
    epoch: int
    global_step: int
    score: float | None
    validation_recon: float | None
    train_recon: float | None
    created: float
    size_bytes: int
    problem: str = ""
    serial: int = 0
    newer: bool = False

    @property
    def damaged(self) -> bool:
        """Whether something is wrong with it."""
        return bool(self.problem) and not self.newer


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest says about one file."""

    size: int
    sha256: str


def seal(manifest: Mapping[str, Any]) -> str:
    """The manifest as JSON text, with a hash over itself so that a flipped bit in it is noticed too."""
    body = {key: value for key, value in manifest.items() if key != _SEAL}
    return json.dumps({**body, _SEAL: _own_hash(body)}, indent=1, allow_nan=False, ensure_ascii=False) + "\n"


def _own_hash(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """The contents of one file of a checkpoint.  Raises Damage naming the file."""
    try:
        with path.open("rb") as file:
            if limit is not None and os.fstat(file.fileno()).st_size > limit:
                raise Damage(say("{name} is far too large to be genuine", name=path.name))
            return file.read()
    except FileNotFoundError as error:
        raise Damage(say("{name} is missing", name=path.name)) from error
    except OSError as error:
        raise Damage(
            say("{name} cannot be read ({reason})", name=path.name, reason=error.strerror or error),
            repr(error),
        ) from error


def parse_json(data: bytes, name: str) -> dict[str, Any]:
    """The JSON object in `data`.  Raises Damage naming the file and the place."""
    if not data.strip(b"\0 \r\n\t"):
        raise Damage(say("{name} is empty", name=name))
    try:
        value = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Damage(say("{name} is not text", name=name), repr(error)) from error
    except json.JSONDecodeError as error:
        raise Damage(
            say("{name} is malformed (line {lineno}: {msg})", name=name, lineno=error.lineno, msg=error.msg),
            repr(error),
        ) from error
    except RecursionError as error:
        raise Damage(say("{name} is malformed (nested too deeply)", name=name)) from error
    except ValueError as error:  # a number of thousands of digits
        raise Damage(
            say("{name} is malformed (it holds an endless number)", name=name), repr(error)
        ) from error
    if not isinstance(value, dict):
        raise Damage(say("{name} is malformed (it holds no object)", name=name))
    return value


def read_manifest(folder: Path) -> dict[str, Any]:
    """The verified manifest of the checkpoint in `folder`, as the present version has it.  Raises Damage."""
    return FORMAT.upgraded(read_original(folder))


def read_original(folder: Path) -> dict[str, Any]:
    """The verified manifest of the checkpoint in `folder`, as it was written.  Raises Damage."""
    manifest = parse_json(read_bytes(folder / MANIFEST_NAME, MAX_JSON_BYTES), MANIFEST_NAME)
    FORMAT.version_of(manifest)
    check_seal(manifest)
    return manifest


def check_seal(manifest: Mapping[str, Any]) -> None:
    """Raise Damage unless the manifest carries the hash that `seal` gave it."""
    body = {key: value for key, value in manifest.items() if key != _SEAL}
    if manifest.get(_SEAL) != _own_hash(body):
        raise Damage(
            say(
                "{manifest_name} was changed after it was written (hash mismatch)",
                manifest_name=MANIFEST_NAME,
            )
        )


def file_entries(manifest: Mapping[str, Any]) -> dict[str, FileEntry]:
    """The files that the manifest lists, by name.  Raises Damage when the list makes no sense."""
    listed = manifest.get("files")
    if not isinstance(listed, dict) or STATE_NAME not in listed:
        raise Damage(
            say("{manifest_name} lists no {state_name}", manifest_name=MANIFEST_NAME, state_name=STATE_NAME)
        )
    entries: dict[str, FileEntry] = {}
    for name, row in listed.items():
        size = row.get("size") if isinstance(row, dict) else None
        sha256 = row.get("sha256") if isinstance(row, dict) else None
        if not _PLAIN_NAME.fullmatch(name) or not isinstance(size, int) or not isinstance(sha256, str):
            raise Damage(
                say("{manifest_name} has a wrong entry for {name!r}", manifest_name=MANIFEST_NAME, name=name)
            )
        entries[name] = FileEntry(size, sha256)
    return entries


def check_sizes(folder: Path, entries: Mapping[str, FileEntry]) -> None:
    """Raise Damage if a listed file is missing or has another size than recorded."""
    for name, entry in entries.items():
        try:
            size = (folder / name).stat().st_size
        except FileNotFoundError as error:
            raise Damage(say("{name} is missing", name=name)) from error
        except OSError as error:
            raise Damage(
                say("{name} cannot be read ({reason})", name=name, reason=error.strerror or error),
                repr(error),
            ) from error
        if size < entry.size:
            raise Damage(
                say(
                    "{name} is truncated: {size:,} of {whole:,} bytes are there",
                    name=name,
                    size=size,
                    whole=entry.size,
                )
            )
        if size > entry.size:
            raise Damage(
                say(
                    "{name} is {size:,} bytes long instead of {whole:,}",
                    name=name,
                    size=size,
                    whole=entry.size,
                )
            )


def is_finite_number(value: object) -> bool:
    """Whether this is a number that a float can hold."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _number(manifest: Mapping[str, Any], key: str) -> float | None:
    value = manifest.get(key)
    if value is None:
        return None
    if not is_finite_number(value):
        raise Damage(
            say(
                "{manifest_name} has a wrong {key} ({value})",
                manifest_name=MANIFEST_NAME,
                key=key,
                value=repr(value)[:40],
            )
        )
    return float(value)


def _whole(manifest: Mapping[str, Any], key: str) -> int:
    value = manifest.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Damage(
            say(
                "{manifest_name} has a wrong {key} ({value!r})",
                manifest_name=MANIFEST_NAME,
                key=key,
                value=value,
            )
        )
    return value


def info_of(folder: Path, manifest: Mapping[str, Any]) -> CheckpointInfo:
    """The description that a verified manifest gives of its checkpoint.  Raises Damage."""
    return CheckpointInfo(
        path=folder,
        reason=str(manifest.get("reason", "")),
        epoch=_whole(manifest, "epoch"),
        global_step=_whole(manifest, "global_step"),
        score=_number(manifest, "score"),
        validation_recon=_number(manifest, "validation_recon"),
        train_recon=_number(manifest, "train_recon"),
        created=_number(manifest, "created") or 0.0,
        size_bytes=sum(entry.size for entry in file_entries(manifest).values()),
        serial=_whole(manifest, "serial"),
    )


def describe(folder: Path) -> CheckpointInfo:
    """The checkpoint in `folder` by a cheap check (manifest and file sizes, no hashing).  Never raises."""
    try:
        manifest = read_manifest(folder)
        info = info_of(folder, manifest)
        check_sizes(folder, file_entries(manifest))
    except NewerFormat as newer:
        return _beyond(folder, newer.problem)
    except Damage as damage:
        return damaged(folder, damage.problem)
    return info


def _beyond(folder: Path, problem: str) -> CheckpointInfo:
    """One of a newer version, with what of its manifest has the form that this version knows."""
    info = replace(damaged(folder, problem), newer=True)
    try:
        manifest = parse_json(read_bytes(folder / MANIFEST_NAME, MAX_JSON_BYTES), MANIFEST_NAME)
        return replace(
            info,
            epoch=_whole(manifest, "epoch"),
            global_step=_whole(manifest, "global_step"),
            created=_number(manifest, "created") or info.created,
            serial=_whole(manifest, "serial"),
        )
    except Damage:  # that is how newer versions differ
        return info


def damaged(folder: Path, problem: str) -> CheckpointInfo:
    """What can still be said about a damaged checkpoint: its name, its date and its size."""
    match = _FOLDER_NAME.fullmatch(folder.name)
    created, size_bytes = 0.0, 0
    try:
        created = folder.stat().st_mtime
        size_bytes = sum(entry.stat(follow_symlinks=False).st_size for entry in os.scandir(folder))
    except OSError as error:
        problem = problem or str(error)
    return CheckpointInfo(
        path=folder,
        reason=match[2] if match else "",
        epoch=0,
        global_step=int(match[1]) if match else 0,
        score=None,
        validation_recon=None,
        train_recon=None,
        created=created,
        size_bytes=size_bytes,
        problem=problem,
    )

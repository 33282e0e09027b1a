"""Checkpoints: the complete state of a training run at one step, as files that cannot execute code.

A checkpoint is a folder `<run>/checkpoints/step-00000480-best/`:

    <group>.safetensors   one file per group of tensors (model, average, optimizer, ...)
    state.json            everything else that an exact resume needs
    manifest.json         app marker, format version, what the checkpoint is, size and SHA-256 of every file

It is written under a temporary name, fsynced and renamed: a folder with a final name is complete.  What is
read back is verified against the manifest, and a CheckpointError says exactly what is wrong.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sda_desktop import __version__
from sda_desktop.errors import CheckpointError, StorageError
from sda_desktop.storage import (
    fsync_dir,
    remove_folder,
    remove_leftovers,
    replace_durably,
    storage_error,
    temporary_beside,
    write_durably,
)
from sda_desktop.training.checkpoint_manifest import (
    CHECKPOINTS_FOLDER,
    FORMAT,
    MANIFEST_NAME,
    STATE_FORMAT,
    STATE_NAME,
    TENSORS_SUFFIX,
    CheckpointInfo,
    Damage,
    FileEntry,
    check_sizes,
    damaged,
    describe,
    file_entries,
    info_of,
    parse_json,
    read_bytes,
    read_manifest,
    read_original,
    seal,
)
from sda_desktop.training.tensor_file import parse_safetensors, safetensors_chunks
from sda_desktop.words import say

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "Checkpoint",
    "CheckpointInfo",
    "best_checkpoint",
    "best_of",
    "beyond",
    "checkpoint_folder",
    "delete_checkpoint",
    "latest_checkpoint",
    "latest_of",
    "list_checkpoints",
    "load_checkpoint",
    "manage_checkpoints",
    "save_checkpoint",
    "verify_checkpoint",
]


@dataclass(frozen=True)
class Checkpoint:
    """A loaded checkpoint.  tensors: group -> name -> tensor on the CPU.  state: the rest, as saved."""

    info: CheckpointInfo
    tensors: dict[str, dict[str, Tensor]]
    state: dict[str, Any]


# --- writing ----------------------------------------------------------------------------------------------


def save_checkpoint(
    run_dir: Path,
    tensors: Mapping[str, Mapping[str, Tensor]],
    state: Mapping[str, Any],
    *,
    reason: str,
    epoch: int,
    global_step: int,
    score: float | None = None,
    validation_recon: float | None = None,
    train_recon: float | None = None,
) -> CheckpointInfo:
    """Write a checkpoint of the run in `run_dir`; on return it is complete on the disk.

    tensors: group -> name -> tensor, on any device.  state: JSON values (infinities and NaN are allowed).
    Raises StorageError when it cannot be written, and then leaves nothing half-written behind.
    """
    contents = {STATE_NAME: json.dumps(state).encode("ascii")}
    checkpoints = run_dir / CHECKPOINTS_FOLDER
    _create_folder(checkpoints)
    remove_leftovers(checkpoints)
    manifest: dict[str, Any] = {
        **FORMAT.stamp,
        "app_version": __version__,
        "reason": reason,
        "epoch": epoch,
        "global_step": global_step,
        "score": _finite(score),
        "validation_recon": _finite(validation_recon),
        "train_recon": _finite(train_recon),
        "created": time.time(),
        "serial": _next_serial(checkpoints),
        "files": {},
    }
    final = checkpoints / f"step-{global_step:08d}-{reason}"
    temporary = temporary_beside(final)
    try:
        temporary.mkdir()
        for name, data in contents.items():
            manifest["files"][name] = _write_file(temporary / name, [data])
        for group, named in tensors.items():
            name = group + TENSORS_SUFFIX
            manifest["files"][name] = _write_file(temporary / name, safetensors_chunks(group, named))
        write_durably(temporary / MANIFEST_NAME, [seal(manifest).encode("utf-8")])
        fsync_dir(temporary)
        final = _unused(final)
        replace_durably(temporary, final)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError):
            raise storage_error(error, final) from error
        raise
    return info_of(final, manifest)


def _create_folder(checkpoints: Path) -> None:
    """Make the checkpoints folder, but not the run folder: if that is gone, its drive was unplugged."""
    try:
        checkpoints.mkdir(exist_ok=True)
    except OSError as error:
        raise storage_error(error, checkpoints) from error


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _next_serial(checkpoints: Path) -> int:
    return 1 + max((info.serial for info in _describe_all(checkpoints)), default=0)


def _unused(final: Path) -> Path:
    candidate, number = final, 2
    while candidate.exists():
        candidate = final.with_name(f"{final.name}-{number}")
        number += 1
    return candidate


def _write_file(path: Path, chunks: Iterable[bytes | memoryview]) -> dict[str, Any]:
    """Write the file durably; returns its entry in the manifest.  Hashed as written, not as read back."""
    digest, size = hashlib.sha256(), 0

    def hashed() -> Iterator[bytes | memoryview]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    write_durably(path, hashed())
    return {"size": size, "sha256": digest.hexdigest()}


# --- reading ----------------------------------------------------------------------------------------------


def checkpoint_folder(path: Path) -> Path:
    """The checkpoint folder that `path` means: itself, or the folder of a file inside it.

    Raises CheckpointError if there is no checkpoint at that place.
    """
    path = Path(path)
    if path.is_file():
        path = path.parent
    if not path.is_dir():
        raise CheckpointError(
            say("There is no checkpoint at {path}.", path=path),
            say("It may have been moved or deleted: choose another one."),
        )
    return path


def load_checkpoint(path: Path, only: Collection[str] | None = None) -> Checkpoint:
    """Read and verify the checkpoint at `path` (its folder, or a file in it).

    only: the groups to load; the others are checked for their size only.  None loads all of them.
    Raises CheckpointError naming what is wrong.
    """
    folder = checkpoint_folder(path)
    try:
        original = read_original(folder)
        manifest = FORMAT.upgraded(original)
        info = info_of(folder, manifest)
        entries = file_entries(manifest)
        check_sizes(folder, entries)
        state = parse_json(_verified(folder, STATE_NAME, entries), STATE_NAME)
        state = STATE_FORMAT.upgraded_from(FORMAT.version_of(original), state)
        groups = [name.removesuffix(TENSORS_SUFFIX) for name in entries if name.endswith(TENSORS_SUFFIX)]
        if only is not None:
            if absent := sorted(set(only) - set(groups)):
                raise Damage(say("it holds no {names}", names=say(" and no ").join(absent)))
            groups = [group for group in groups if group in only]
        tensors = {group: _load_group(folder, group, entries) for group in groups}
    except Damage as damage:
        raise CheckpointError(
            say("The checkpoint {folder} cannot be used: {problem}.", folder=folder, problem=damage.problem),
            damage.remedy or say("Nothing was changed. Choose another checkpoint of this run."),
            damage.details,
        ) from damage
    return Checkpoint(info, tensors, state)


def verify_checkpoint(path: Path) -> CheckpointInfo:
    """Check the checkpoint completely, hashes included, without loading tensors.

    Raises CheckpointError only if there is no folder at that place; damage is told in `problem`.
    """
    folder = checkpoint_folder(path)
    info = describe(folder)
    if info.problem:
        return info
    try:
        entries = file_entries(read_manifest(folder))
        for name in entries:
            _verified(folder, name, entries)
    except Damage as damage:
        return damaged(folder, damage.problem)
    return info


def _verified(folder: Path, name: str, entries: Mapping[str, FileEntry]) -> bytes:
    data = read_bytes(folder / name)
    if len(data) != entries[name].size:
        raise Damage(say("{name} changed its length while it was read", name=name))
    if hashlib.sha256(data).hexdigest() != entries[name].sha256:
        raise Damage(say("{name} was changed after it was written (hash mismatch)", name=name))
    return data


def _load_group(folder: Path, group: str, entries: Mapping[str, FileEntry]) -> dict[str, Tensor]:
    name = group + TENSORS_SUFFIX
    try:
        return parse_safetensors(_verified(folder, name, entries))
    except ValueError as error:
        raise Damage(f"{name} {error}", repr(error.__cause__ or error)) from error


# --- listing and tidying ----------------------------------------------------------------------------------


def _describe_all(checkpoints: Path) -> list[CheckpointInfo]:
    """Every checkpoint, newest first; temporary and hidden names are no checkpoints.  Raises StorageError."""
    try:
        folders = [p for p in checkpoints.iterdir() if not p.name.startswith(".") and p.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(
            say(
                "The folder {checkpoints} cannot be read: {reason}.",
                checkpoints=checkpoints,
                reason=error.strerror or error,
            ),
            say("Check that the drive is connected and that you may read the folder."),
            repr(error),
        ) from error
    infos = [describe(folder) for folder in folders]
    return sorted(infos, key=_recency, reverse=True)


def _recency(info: CheckpointInfo) -> tuple[float, int, float, str]:
    # A damaged manifest tells no serial: such a checkpoint is placed by its date, which copying may spoil,
    # but nothing is chosen by it.
    return (info.created, info.serial, info.global_step, info.path.name)


def list_checkpoints(run_dir: Path) -> list[CheckpointInfo]:
    """The checkpoints of a run, newest first, by a cheap check (no hashing); what cannot be used says why.

    Raises StorageError if the folder cannot be read.
    """
    return _describe_all(run_dir / CHECKPOINTS_FOLDER)


def _newest_first(infos: Iterable[CheckpointInfo]) -> list[CheckpointInfo]:
    """The sound ones by the order in which they were written; dates mislead after the clock was set."""
    sound = [info for info in infos if not info.problem]
    return sorted(sound, key=lambda info: (info.serial, info.global_step, info.created), reverse=True)


def latest_of(infos: Iterable[CheckpointInfo]) -> CheckpointInfo | None:
    """The sound one that was written last, or None."""
    return next(iter(_newest_first(infos)), None)


def best_of(infos: Iterable[CheckpointInfo]) -> CheckpointInfo | None:
    """The sound one with the lowest score (of those saved as "best", if there are any), or None."""
    scored = [info for info in _newest_first(infos) if info.score is not None]
    candidates = [info for info in scored if info.reason == "best"] or scored
    return min(candidates, key=lambda info: info.score or 0.0, default=None)


def beyond(infos: Iterable[CheckpointInfo]) -> list[CheckpointInfo]:
    """Those of a newer version of the app that were written after all that this one can read."""
    infos = list(infos)
    latest = latest_of(infos)

    def is_later(info: CheckpointInfo) -> bool:
        if latest is None:
            return True
        return info.serial > latest.serial if info.serial else info.global_step >= latest.global_step

    return [info for info in infos if info.newer and is_later(info)]


def latest_checkpoint(run_dir: Path) -> CheckpointInfo | None:
    """The sound checkpoint that was written last, or None."""
    return latest_of(list_checkpoints(run_dir))


def best_checkpoint(run_dir: Path) -> CheckpointInfo | None:
    """The sound checkpoint with the lowest score (of those saved as "best", if there are any), or None."""
    return best_of(list_checkpoints(run_dir))


def manage_checkpoints(run_dir: Path, keep_recent: int = 3) -> list[Path]:
    """Delete the sound checkpoints that are no longer needed; returns the deleted folders.

    Kept are the `keep_recent` written last (at least one), the best one and every manual one.  Damaged ones
    are left for the user to see, those of a newer version for that version.  Leftovers of killed processes
    go.  Raises StorageError when one cannot be deleted, after having tried the others; nothing that is needed
    is touched then either.
    """
    remove_leftovers(run_dir / CHECKPOINTS_FOLDER)
    infos = list_checkpoints(run_dir)
    newest = _newest_first(infos)
    kept = {info.path for info in newest[: max(1, keep_recent)]}
    kept |= {info.path for info in newest if info.reason == "manual"}
    if (best := best_of(infos)) is not None:
        kept.add(best.path)
    deleted: list[Path] = []
    failure: StorageError | None = None
    for info in newest:
        if info.path in kept:
            continue
        try:
            remove_folder(info.path)
            deleted.append(info.path)
        except StorageError as error:
            if info.path.exists():  # otherwise the user deleted it at the same moment
                failure = error
    if failure is not None:
        raise failure
    return deleted


def delete_checkpoint(path: Path) -> None:
    """Delete one checkpoint, damaged or not.  Raises CheckpointError (not one), StorageError."""
    folder = Path(path)
    if folder.parent.name != CHECKPOINTS_FOLDER or not folder.is_dir():
        raise CheckpointError(
            say("{folder} is not a checkpoint.", folder=folder), say("Nothing was deleted.")
        )
    remove_folder(folder)

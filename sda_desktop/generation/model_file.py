"""A model as one file, `.sda`: written on one computer, opened on another.

A plain zip (see archive.py) with

    run.json, about.json, metrics.jsonl     what it is, without the places where its sounds lie
    checkpoint/manifest.json, state.json    one checkpoint,
    checkpoint/average.safetensors          the weights that are played
    checkpoint/bank.safetensors             and where the sounds lie in it; no optimizer, so it cannot be
                                            trained on
    presets.json                            if there are any
    explore/atlas.safetensors, chart.json   its sounds and its map, if it was played

Opening it executes nothing, and nothing is in the library before all of it was verified.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sda_desktop import __version__, paths
from sda_desktop.errors import BadInputError, CheckpointError, update_remedy
from sda_desktop.generation import portable
from sda_desktop.generation.archive import Archive, open_archive, write_archive
from sda_desktop.generation.explore_folder import ATLAS_FILE, CHART_FILE, ExploreFolder
from sda_desktop.generation.library import LibraryModel, land, look_at_model
from sda_desktop.generation.weights_identity import WEIGHTS_FILE, identity_of_file
from sda_desktop.storage import atomic_write, atomic_write_bytes, write_durably
from sda_desktop.training.about import about_bytes, about_of
from sda_desktop.training.checkpoint import (
    best_of,
    checkpoint_folder,
    latest_of,
    list_checkpoints,
    load_checkpoint,
    verify_checkpoint,
)
from sda_desktop.training.checkpoint_manifest import (
    CHECKPOINTS_FOLDER,
    MANIFEST_NAME,
    STATE_NAME,
    TENSORS_SUFFIX,
    Damage,
    FileEntry,
    file_entries,
    parse_json,
    read_manifest,
    seal,
)
from sda_desktop.training.run_folder import METRICS_FILE, RunFacts, look_at_run, run_folders
from sda_desktop.training.run_place import (
    ABOUT_FILE,
    EXPLORE_FOLDER,
    MODEL_FILE_SUFFIX,
    PRESETS_FILE,
    RUN_FILE,
)
from sda_desktop.upgrades import FileFormat
from sda_desktop.words import say

log = logging.getLogger(__name__)

FORMAT = FileFormat("sda_desktop_model_file", 1, "a model file")
SUFFIX = MODEL_FILE_SUFFIX
GROUPS = ("average", "bank")  # of tensors: what playing needs
_INSIDE = "checkpoint/"
_TENSOR_MEMBERS = tuple(f"{_INSIDE}{group}{TENSORS_SUFFIX}" for group in GROUPS)
_JSON_MEMBERS = (_INSIDE + MANIFEST_NAME, _INSIDE + STATE_NAME)
_ATLAS, _CHART = f"{EXPLORE_FOLDER}/{ATLAS_FILE}", f"{EXPLORE_FOLDER}/{CHART_FILE}"
_NEEDED = (RUN_FILE, *_JSON_MEMBERS, *_TENSOR_MEMBERS)
_TENSOR_LIMIT, _METRICS_LIMIT, _JSON_LIMIT = 2**31, 2**28, 2**26
_PIECE_BYTES = 2**20
_LARGEST_CLAIM = 2**20  # of rates and sizes, in Hz and samples
_ATTEMPTS = 4  # while a run trains, a checkpoint may be superseded at that moment


@dataclass(frozen=True, slots=True)
class Imported:
    """A model that is in the library now.  new: it was not before."""

    model: LibraryModel
    new: bool


# --- export -----------------------------------------------------------------------------------------------


def with_suffix(path: Path) -> Path:
    """`path` with ".sda" behind it, unless it is there already."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def export_model(
    source: Path,
    target: Path,
    *,
    overwrite: bool = False,
) -> Path:
    """Write the model of a run (its best checkpoint) or of one of its checkpoints into one file.

    target: gets the suffix .sda if it has none.  Works while the run trains.  Returns the file's path.
    Raises BadInputError (there is such a file, and not `overwrite`), CheckpointError (no model, or a damaged
    one), StorageError; then there is no new file.
    """
    target = with_suffix(Path(target).expanduser().absolute())
    if target.exists() and not overwrite:
        raise BadInputError(
            say("There is a file {target} already.", target=target),
            say("Choose another name, or say that it may be replaced."),
        )
    problem = ""
    for _ in range(_ATTEMPTS):
        run, checkpoint = _chosen(source)
        try:
            with atomic_write(target) as file:
                write_archive(
                    file,
                    FORMAT,
                    _facts(run, checkpoint),
                    _members(run, checkpoint),
                )
            return target
        except (Damage, CheckpointError) as error:
            # Damaged, or superseded and tidied away meanwhile: then another one is chosen.
            problem = error.problem if isinstance(error, Damage) else str(error)
            log.info("Exporting %s failed once: %s", checkpoint, problem)
    raise CheckpointError(
        say("The model {source} cannot be exported: {problem}.", source=source, problem=problem.rstrip(".")),
        say("Choose another checkpoint."),
    )


def _chosen(source: Path) -> tuple[RunFacts, Path]:
    """The run and the checkpoint that `source` means.  Raises CheckpointError."""
    place = checkpoint_folder(Path(source).expanduser().absolute())
    is_checkpoint = place.parent.name == CHECKPOINTS_FOLDER
    # A model that was played is kept deeper in the folder of its run.
    above = [folder for folder in place.parents if (folder / RUN_FILE).is_file()]
    run = next(iter(above), place.parent.parent) if is_checkpoint else place
    facts = look_at_run(run)
    if not facts.manifest:
        raise CheckpointError(
            say("{run} is no model: {problem}.", run=run, problem=facts.summary.problem),
            say("Choose another one."),
        )
    if is_checkpoint:
        return facts, place
    info = best_of(facts.checkpoints) or latest_of(facts.checkpoints)
    if info is None:
        problem = facts.checkpoints[0].problem if facts.checkpoints else say("nothing was saved yet")
        newer = any(checkpoint.newer for checkpoint in facts.checkpoints)
        raise CheckpointError(
            say("{name} holds no model: {problem}.", name=run.name, problem=problem),
            update_remedy() if newer else say("Train it for a little first."),
        )
    return facts, info.path


def _facts(run: RunFacts, checkpoint: Path) -> dict[str, Any]:
    """What the file says about itself, to be shown before it is imported."""
    model = look_at_model(run.summary.path)
    info = verify_checkpoint(checkpoint)
    return {
        "app_version": __version__,
        "what": "model",
        "exported": time.time(),
        "name": run.summary.name,
        "dataset": portable.portable_name(model.dataset) if model.dataset else "",
        "sounds": model.sounds,
        "epoch": info.epoch,
        "step": info.global_step,
        "validation_recon": info.validation_recon,
    }


def _members(run: RunFacts, checkpoint: Path) -> Iterator[tuple[str, Iterable[bytes]]]:
    """All members but the manifest.  Raises Damage, CheckpointError."""
    folder = run.summary.path
    state = portable.portable_state(load_checkpoint(checkpoint, only=()).state)
    state_bytes = portable.json_bytes(state)
    manifest = read_manifest(checkpoint)
    entries = file_entries(manifest)
    kept: dict[str, Any] = {STATE_NAME: _row(state_bytes)}
    for group in GROUPS:
        name = group + TENSORS_SUFFIX
        if name not in entries:
            raise Damage(say("it holds no {group}", group=group))
        kept[name] = {"size": entries[name].size, "sha256": entries[name].sha256}
    yield RUN_FILE, [portable.json_bytes(portable.portable_manifest(run.manifest))]
    yield ABOUT_FILE, [about_bytes(run.about.changed(name=run.summary.name))]
    if (folder / METRICS_FILE).is_file():
        with (folder / METRICS_FILE).open("rb") as lines:
            yield METRICS_FILE, portable.portable_metrics(lines)
    yield _INSIDE + MANIFEST_NAME, [seal({**manifest, "files": kept}).encode("utf-8")]
    yield _INSIDE + STATE_NAME, [state_bytes]
    for group in GROUPS:
        name = group + TENSORS_SUFFIX
        yield _INSIDE + name, _verified_pieces(checkpoint / name, entries[name])
    if (folder / PRESETS_FILE).is_file():
        yield PRESETS_FILE, _pieces(folder / PRESETS_FILE)
    explored = ExploreFolder.of(checkpoint, identity_of_file(checkpoint / WEIGHTS_FILE))
    if (atlas := explored.portable_atlas()) is not None:
        yield _ATLAS, [atlas]
    if (chart := explored.load_chart()) is not None:
        yield _CHART, [portable.json_bytes(portable.portable(chart))]


def _row(data: bytes) -> dict[str, Any]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece
    except OSError as error:
        raise Damage(
            say("{name} cannot be read ({reason})", name=path.name, reason=error.strerror or error),
            repr(error),
        ) from error


def _verified_pieces(path: Path, entry: FileEntry) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != entry.sha256:
        raise Damage(say("{name} was changed after it was written (hash mismatch)", name=path.name))


# --- import -----------------------------------------------------------------------------------------------


def import_model(path: Path, runs: Path | None = None, *, again: bool = False) -> Imported:
    """Bring a model file into the library.

    runs: where to (default: paths.runs_dir()).  A model that is there already is not brought in twice,
    unless `again`.  Raises CheckpointError saying what is wrong with the file, StorageError; the library is
    then as before.
    """
    place, library = Path(path).expanduser().absolute(), runs or paths.runs_dir()
    try:
        with open_archive(place, FORMAT, _limit_of) as archive:
            if absent := [name for name in _NEEDED if name not in archive.entries]:
                raise Damage(say("it has no {names}", names=say(" and no ").join(absent)))
            if not again and (known := _known(archive, library)) is not None:
                return Imported(look_at_model(known), new=False)
            name = str(archive.manifest.get("name", "")) or place.stem
            landed = land(library, name, partial(_fill, archive))
    except Damage as damage:
        raise _refusal(place, damage.problem, damage.details, damage.remedy) from damage
    except (RecursionError, OverflowError) as error:
        raise _refusal(
            place, say("it is nested too deeply, or holds an endless number"), repr(error)
        ) from error
    log.info("Imported %s as %s", place, landed)
    return Imported(look_at_model(landed), new=True)


def _refusal(place: Path, problem: str, details: str, remedy: str = "") -> CheckpointError:
    return CheckpointError(
        say("{place} cannot be opened: {problem}.", place=place, problem=problem),
        remedy or say("Nothing was imported. Ask for the file again if you were sent it."),
        details,
    )


def _limit_of(name: str) -> int:
    if name in (*_TENSOR_MEMBERS, _ATLAS):
        return _TENSOR_LIMIT
    if name == METRICS_FILE:
        return _METRICS_LIMIT
    return _JSON_LIMIT if name in (*_NEEDED, ABOUT_FILE, PRESETS_FILE, _CHART) else 0


def _known(archive: Archive, runs: Path) -> Path | None:
    """The run that has a checkpoint with the same weights, or None; of several one of the same name."""
    wanted = {name: archive.entries[_INSIDE + name].sha256 for name in _checkpoint_tensors()}
    same = [run for run in run_folders(runs) if _holds(run, wanted)]
    name = archive.manifest.get("name")
    return min(same, key=lambda run: (look_at_model(run).name != name, run.name), default=None)


def _holds(run: Path, wanted: Mapping[str, str]) -> bool:
    """Whether a sound checkpoint of the run has files with these hashes."""
    for info in list_checkpoints(run):
        try:
            entries = {} if info.problem else file_entries(read_manifest(info.path))
        except Damage:
            continue  # deleted at this moment
        if all(name in entries and entries[name].sha256 == sha for name, sha in wanted.items()):
            return True
    return False


def _checkpoint_tensors() -> list[str]:
    return [group + TENSORS_SUFFIX for group in GROUPS]


def _fill(archive: Archive, folder: Path) -> None:
    """Write the run folder, everything in it verified.  Raises Damage, OSError, StorageError."""
    manifest = parse_json(archive.read(RUN_FILE), RUN_FILE)
    atomic_write_bytes(folder / RUN_FILE, portable.json_bytes(portable.portable_manifest(manifest)))
    if ABOUT_FILE in archive.entries:
        atomic_write_bytes(folder / ABOUT_FILE, about_bytes(about_of(archive.read(ABOUT_FILE))))
    if METRICS_FILE in archive.entries:
        lines = archive.read(METRICS_FILE).splitlines(keepends=True)
        write_durably(folder / METRICS_FILE, portable.portable_metrics(lines))
    _fill_checkpoint(archive, folder / CHECKPOINTS_FOLDER)
    if PRESETS_FILE in archive.entries:
        write_durably(folder / PRESETS_FILE, archive.pieces(PRESETS_FILE))
    _fill_explored(archive, folder)
    model = look_at_model(folder)
    if model.problem or not model.usable:
        raise Damage(model.problem or say("the model in it cannot be used"))


def _fill_explored(archive: Archive, folder: Path) -> None:
    """The sounds and the map, where the model's own identity says."""
    (checkpoint,) = (folder / CHECKPOINTS_FOLDER).iterdir()
    explored = ExploreFolder.of(checkpoint, identity_of_file(checkpoint / WEIGHTS_FILE))
    for name in (_ATLAS, _CHART):
        if name in archive.entries:
            explored.path.mkdir(parents=True, exist_ok=True)
            write_durably(explored.path / Path(name).name, archive.pieces(name))
    if _CHART in archive.entries and _names_places(parse_json(archive.read(_CHART), CHART_FILE)):
        raise Damage(say("its map names files on another computer"))
    if _ATLAS in archive.entries and not explored.is_portable():
        raise Damage(say("its atlas is damaged, or names files on another computer"))


def _names_places(value: Mapping[str, Any]) -> bool:
    return _plain(portable.portable(value)) != _plain(value)


def _fill_checkpoint(archive: Archive, checkpoints: Path) -> None:
    manifest_bytes = archive.read(_INSIDE + MANIFEST_NAME)
    manifest = parse_json(manifest_bytes, MANIFEST_NAME)
    step, reason = manifest.get("global_step"), manifest.get("reason")
    if type(step) is not int or not 0 <= step < 10**12 or not re.fullmatch("[a-z]{1,20}", str(reason)):
        raise Damage(say("its checkpoint has a wrong step or reason"))
    if set(file_entries(manifest)) != {STATE_NAME, *_checkpoint_tensors()}:
        raise Damage(say("its checkpoint does not list what is in it"))
    state_bytes = archive.read(_INSIDE + STATE_NAME)
    state = parse_json(state_bytes, STATE_NAME)
    # A training would read the files that it names.
    if _names_places(state):
        raise Damage(say("its checkpoint names files on another computer"))
    _check_claims(state, archive.entries[_INSIDE + WEIGHTS_FILE].size)
    folder = checkpoints / f"step-{step:08d}-{reason}"
    folder.mkdir()
    write_durably(folder / MANIFEST_NAME, [manifest_bytes])
    write_durably(folder / STATE_NAME, [state_bytes])
    for name in _checkpoint_tensors():
        write_durably(folder / name, archive.pieces(_INSIDE + name))
    if problem := verify_checkpoint(folder).problem:
        raise Damage(say("the model in it is damaged: {problem}", problem=problem))


def _check_claims(state: Mapping[str, Any], weights_bytes: int) -> None:
    """Refuse a network said to be so large that making it would fill the memory, before its weights show that
    it is not: every width of it is joined to its channels by a matrix of 32-bit numbers, at least.
    """
    model, spectrogram = state.get("model"), state.get("spectrogram")
    widths = [w for w in model.values() if isinstance(w, int)] if isinstance(model, dict) else []
    channels = model.get("channels") if isinstance(model, dict) else None
    if not isinstance(channels, int) or 4 * channels * max(widths) > weights_bytes:
        raise Damage(say("its model is said to be larger than its weights"))
    claims = spectrogram.values() if isinstance(spectrogram, dict) else ()
    if any(isinstance(claim, int | float) and not 0 < claim <= _LARGEST_CLAIM for claim in claims):
        raise Damage(say("its spectrogram has a size that no model has"))


def _plain(value: Mapping[str, Any]) -> str:
    """For comparing; NaN is equal to itself here."""
    return json.dumps(value, sort_keys=True)

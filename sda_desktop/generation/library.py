"""The library: every run on the disk as a model that can be named, found, copied and thrown away.

Listing reads JSON only, no tensors, and never fails for one damaged run.
"""

from __future__ import annotations

import json
import logging
import os
import posixpath
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from sda_desktop import paths
from sda_desktop.errors import BadInputError, CheckpointError, update_remedy
from sda_desktop.generation import trash
from sda_desktop.generation.shared_file import exclusive, is_found
from sda_desktop.generation.trash import Trashed
from sda_desktop.generation.weights_identity import WEIGHTS_FILE, identity_of_file
from sda_desktop.storage import (
    atomic_write_bytes,
    remove_leftovers,
    replace_durably,
    storage_error,
    temporary_beside,
)
from sda_desktop.training.about import MAX_DOTS, About, MapPicture, change_about, write_about
from sda_desktop.training.checkpoint import best_of, latest_of, verify_checkpoint
from sda_desktop.training.checkpoint_manifest import CHECKPOINTS_FOLDER, CheckpointInfo, Damage
from sda_desktop.training.run_folder import (
    METRICS_FILE,
    RunFacts,
    RunFolder,
    is_run,
    look_at_run,
    run_folders,
)
from sda_desktop.training.run_lock import is_locked, refusal
from sda_desktop.training.run_place import EXPLORE_FOLDER, PRESETS_FILE, PREVIEWS_FOLDER, RUN_FILE, safe_name
from sda_desktop.words import say

log = logging.getLogger(__name__)

LOCK_FILE = "library"
_ATTEMPTS = 4  # to copy a checkpoint of a run that trains and tidies up at that moment


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """A run, seen as a model.

    dataset: the name of the folder it was trained on.  sounds: how many.  created: Unix time.
    validation_recon: best reconstruction loss on held-out sounds.  status: as RunSummary.status.
    live: it is being trained now.  usable: it has a sound checkpoint.  problem: what is damaged, or why the
    training failed, "" when all is well.  best: the checkpoint that is played.
    newer: nothing is damaged, a newer app wrote it.
    """

    path: Path
    name: str
    notes: str
    tags: tuple[str, ...]
    dataset: str
    sounds: int
    created: float
    validation_recon: float | None
    train_recon: float | None
    steps: int
    epochs: int
    size_bytes: int
    status: str
    interrupted: bool
    live: bool
    usable: bool
    problem: str = ""
    picture: MapPicture | None = None
    best: CheckpointInfo | None = field(default=None, repr=False)
    newer: bool = False

    @property
    def damaged(self) -> bool:
        """Whether its run.json, or every checkpoint it has, cannot be used."""
        return self.status == "damaged" or (not self.usable and bool(self.problem))

    def fits(self, search: str) -> bool:
        """Whether all words of a search are in its name, notes, tags or dataset."""
        return is_found(search, self.name, self.notes, *self.tags, self.dataset)


def list_models(folder: Path | None = None, search: str = "") -> list[LibraryModel]:
    """The models in `folder` (default: paths.runs_dir()) that fit, newest first, damaged ones included.

    Raises StorageError if the folder cannot be read; a missing folder holds none.
    """
    models = [look_at_model(path) for path in run_folders(folder)]
    found = [model for model in models if model.fits(search)]
    return sorted(found, key=lambda model: (model.created, model.path.name), reverse=True)


def look_at_model(path: Path) -> LibraryModel:
    """The run at `path` as a model.  Never raises for what is on the disk: `problem` tells."""
    return _model_of(look_at_run(path))


def find_model(name: str, folder: Path | None = None) -> LibraryModel:
    """The model that `name` means: its path, the name of its folder, or its own name.

    Raises BadInputError if there is none or several have that name.
    """
    place = Path(name).expanduser()
    if is_run(place):
        return look_at_model(place.absolute())
    models = list_models(folder)
    found = (
        [model for model in models if model.path.name == name]
        or [model for model in models if model.name == name]
        or [model for model in models if model.name.casefold() == name.casefold()]
    )
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(model.path.name for model in found)
        raise BadInputError(
            say("{found} models are called {name}.", found=len(found), name=name),
            say("Name one by its folder: {listed}.", listed=listed),
        )
    raise BadInputError(
        say("There is no model called {name}.", name=name), say("List the models to see which there are.")
    )


# --- words about a model ----------------------------------------------------------------------------------


def describe_model(run: Path, **changes: Any) -> LibraryModel:  # noqa: ANN401 - as About.changed
    """Change name, notes or tags.  Raises BadInputError (an empty name; no run), StorageError."""
    _change(run, changes)
    return look_at_model(run)


def keep_picture(
    run: Path, positions: Iterable[Sequence[float]], groups: Iterable[int] | None = None
) -> None:
    """Keep a small picture of the model's map.

    positions: (x, y) from 0 to 1 of each dot; of more than MAX_DOTS some are left out evenly.  groups: a
    number of each, from 0 on, such as that of its folder.  Raises BadInputError, StorageError.
    """
    dots = [(_byte(x), _byte(y)) for x, y in positions]
    numbers = [0] * len(dots) if groups is None else [max(0, min(255, int(g))) for g in groups]
    if len(numbers) != len(dots):
        raise ValueError(f"{len(dots)} dots, but {len(numbers)} groups")
    step = max(1, -(-len(dots) // MAX_DOTS))
    picture = MapPicture(tuple(dots[::step]), tuple(numbers[::step])) if dots else None
    if look_at_run(run).about.picture != picture:
        _change(run, {"picture": picture})


def _change(run: Path, changes: dict[str, Any]) -> About:
    if not is_run(run):
        raise BadInputError(
            say("{run} is no model any more.", run=run), say("It may have been moved or deleted.")
        )
    with exclusive(paths.data_dir() / LOCK_FILE):
        return change_about(run, **changes)


def _byte(share: float) -> int:
    return max(0, min(255, round(255 * share)))


def dataset_name(sources: Sequence[str]) -> str:
    """What the sounds of a run are called: their folder, or the folder that holds all of them."""
    # Paths of any system, as text: there may be hundreds for each of a hundred runs.
    names = [source.replace("\\", "/").rstrip("/") or source for source in sources if source]
    if not names:
        return ""
    if len(names) == 1:
        return posixpath.basename(names[0]) or names[0]
    try:
        common = posixpath.commonpath({posixpath.dirname(name) for name in names})
    except ValueError:  # some absolute, some relative
        common = ""
    return posixpath.basename(common) or say(
        "{name} and {more} more", name=posixpath.basename(names[0]), more=len(names) - 1
    )


def _model_of(facts: RunFacts) -> LibraryModel:
    run, dataset = facts.summary, facts.manifest.get("dataset")
    sources = facts.manifest.get("sources")
    sources = [str(source) for source in sources] if isinstance(sources, list) else []
    files = dataset.get("files") if isinstance(dataset, dict) else None
    best, latest = best_of(facts.checkpoints), latest_of(facts.checkpoints)
    chosen = best or latest
    problem = run.problem
    newer = next((info for info in facts.checkpoints if info.newer), None) if chosen is None else None
    if newer is not None and not problem:
        problem = newer.problem
    elif chosen is None and facts.checkpoints and not problem:
        problem = say("all its checkpoints are damaged ({problem})", problem=facts.checkpoints[0].problem)
    return LibraryModel(
        path=run.path,
        name=run.name,
        notes=facts.about.notes,
        tags=facts.about.tags,
        dataset=dataset_name(sources),
        sounds=files if isinstance(files, int) else 0,
        created=run.created,
        validation_recon=None if chosen is None else chosen.validation_recon,
        train_recon=None if chosen is None else chosen.train_recon,
        steps=0 if latest is None else latest.global_step,
        epochs=run.epochs,
        size_bytes=run.size_bytes,
        status=run.status,
        interrupted=run.interrupted,
        live=run.status == "running" and not run.interrupted,
        usable=chosen is not None,
        problem=problem,
        picture=facts.about.picture,
        best=chosen,
        newer=run.newer or (newer is not None and problem == newer.problem),
    )


# --- copies -----------------------------------------------------------------------------------------------


def duplicate(run: Path, name: str = "") -> LibraryModel:
    """A copy with the best checkpoint only, as a model of its own beside the first; it can be resumed.

    name: that of the copy; "" for the model's name and "copy".  Works while the run trains.  Raises
    CheckpointError (damaged, or nothing was saved yet), StorageError.
    """
    facts = look_at_run(run)
    manifest = RunFolder.open(run).manifest
    title = name or say("{name} copy", name=facts.summary.name)
    about = facts.about.changed(name=title)
    status = manifest["status"] if manifest["status"] in ("stopped", "finished") else "stopped"
    manifest |= {"status": status, "created": time.time()}
    manifest.pop("problem", None)

    def fill(folder: Path) -> None:
        best = copy_best(run, folder / CHECKPOINTS_FOLDER)
        if (run / PRESETS_FILE).is_file():
            _copy_durably(run / PRESETS_FILE, folder / PRESETS_FILE)
        _copy_explored(run, folder, best.path)
        write_about(folder, about)
        if (run / METRICS_FILE).is_file():
            # A run that trains is writing the last line.
            data = (run / METRICS_FILE).read_bytes()
            atomic_write_bytes(folder / METRICS_FILE, data[: data.rfind(b"\n") + 1])
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        atomic_write_bytes(folder / RUN_FILE, text.encode("utf-8", errors="backslashreplace"))

    return look_at_model(land(run.parent, title, fill))


def copy_best(run: Path, checkpoints: Path) -> CheckpointInfo:
    """Copy the best checkpoint of a run, or its latest, into the folder `checkpoints`, hashes compared.

    Raises CheckpointError when there is none, OSError.
    """
    problem, remedy = "", say("Train it for a little first.")
    for _ in range(_ATTEMPTS):
        found = look_at_run(run).checkpoints
        chosen = best_of(found) or latest_of(found)
        if chosen is None:
            if any(info.newer for info in found):
                remedy = update_remedy()
            break
        target = checkpoints / chosen.path.name
        try:
            shutil.copytree(chosen.path, target, copy_function=_copy_durably)
        except (FileNotFoundError, shutil.Error) as error:
            # Superseded and tidied away by its training; the next one is there by now.
            problem = repr(error)
        else:
            info = verify_checkpoint(target)
            if not info.problem:
                return info
            problem = info.problem
        shutil.rmtree(target, ignore_errors=True)
    raise CheckpointError(
        say("{name} has no model that can be copied.", name=run.name),
        remedy,
        problem,
    )


def _copy_explored(run: Path, folder: Path, checkpoint: Path) -> None:
    """The map and the sounds of the model in `checkpoint`, if it was played."""
    try:
        place = PurePath(EXPLORE_FOLDER, identity_of_file(checkpoint / WEIGHTS_FILE))
    except Damage as damage:
        log.info("No identity for %s: %s", checkpoint, damage.problem)
        return
    if (run / place).is_dir():
        shutil.copytree(run / place, folder / place, copy_function=_copy_durably)


def _copy_durably(source: str | Path, target: str | Path) -> None:
    shutil.copyfile(source, target)
    with open(target, "rb+") as file:
        os.fsync(file.fileno())


def land(runs: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """A new run folder in `runs`, filled by `fill` and seen only when it is complete; returns its place.

    Raises what `fill` raises, StorageError; nothing is left behind then.
    """
    date = time.strftime("%Y-%m-%d %H-%M")
    final = runs / f"{date} {safe_name(name)}".rstrip()
    temporary = temporary_beside(final)
    try:
        runs.mkdir(parents=True, exist_ok=True)
        remove_leftovers(runs)
        try:
            temporary.mkdir()
            (temporary / CHECKPOINTS_FOLDER).mkdir()
            (temporary / PREVIEWS_FOLDER).mkdir()
            fill(temporary)
            return _rename_unused(temporary, final)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        raise storage_error(error, final) from error


def _rename_unused(temporary: Path, final: Path) -> Path:
    candidate, number = final, 2
    while True:
        if not candidate.exists():
            try:
                replace_durably(temporary, candidate)
                return candidate
            except OSError:
                if not candidate.exists():  # otherwise another process was faster
                    raise
        candidate = final.with_name(f"{final.name} ({number})")
        number += 1


# --- throwing away ----------------------------------------------------------------------------------------


def move_to_trash(run: Path) -> Trashed:
    """Move a model, its folder with all that is in it, to the trash.

    Raises RunLockedError while it is being trained, CheckpointError if it is no model, StorageError.
    """
    if not is_run(run):
        raise CheckpointError(say("{run} is not a model.", run=run), say("Nothing was deleted."))
    if is_locked(run):
        raise refusal(run)
    trashed = trash.trash_folder(run)
    log.info("Moved to the trash: %s", run)
    return trashed


def bring_back(trashed: Trashed) -> LibraryModel:
    """Undo move_to_trash.  Raises BadInputError if it is not to be found any more, StorageError."""
    return look_at_model(trash.bring_back(trashed))

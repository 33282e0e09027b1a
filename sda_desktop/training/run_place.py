"""Where a new run folder may lie, and putting it there complete or not at all."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from sda_desktop.errors import BadInputError
from sda_desktop.storage import (
    atomic_write_bytes,
    remove_leftovers,
    replace_durably,
    temporary_beside,
)
from sda_desktop.training.checkpoint_manifest import CHECKPOINTS_FOLDER
from sda_desktop.words import say

RUN_FILE = "run.json"
PREVIEWS_FOLDER = "previews"
ABOUT_FILE = "about.json"  # name, notes and tags, see about.py
PRESETS_FILE = "presets.json"  # named settings of the controls of new sounds
EXPLORE_FOLDER = "explore"  # what is kept of playing the model, see generation.explore_folder
MODEL_FILE_SUFFIX = ".sda"  # of a model as one file, see generation.model_file
# What lies in a run folder beside what the training writes.
COMPANIONS = (ABOUT_FILE, PRESETS_FILE, EXPLORE_FOLDER)
_MAX_NAME = 60
_FORBIDDEN = frozenset('<>:"/\\|?*')


def identities_in(run: Path) -> frozenset[str]:
    """Of the states of a run's model that were played; none if the run is not there."""
    try:
        return frozenset(folder.name for folder in (run / EXPLORE_FOLDER).iterdir())
    except OSError:
        return frozenset()


def safe_name(name: str, most: int = _MAX_NAME) -> str:
    """`name` without what some file system does not allow in a name, at most `most` characters."""
    kept = "".join(
        " " if c in _FORBIDDEN or unicodedata.category(c).startswith("C") else c
        for c in unicodedata.normalize("NFC", name)
    )
    return " ".join(kept.split())[:most].strip(". ")


def refuse_source(place: Path, sources: Iterable[str | Path]) -> None:
    """Raise BadInputError if `place` lies inside one of the folders among `sources`."""
    resolved = place.resolve()
    for source in sources:
        folder = Path(source).resolve()
        if folder.is_dir() and resolved.is_relative_to(folder):
            raise BadInputError(
                say(
                    "The run folder {place} lies inside the folder of sounds {source}.",
                    place=place,
                    source=source,
                ),
                say("Choose a place outside of it: what the app makes must not become training data."),
            )


def refuse_occupied(place: Path) -> None:
    """Raise BadInputError if there is something at `place` already, other than an empty folder."""
    if place.exists() and not place.is_dir():
        raise BadInputError(
            say("{place} is a file, not a folder.", place=place), say("Choose another place for the run.")
        )
    if place.is_dir() and any(place.iterdir()):
        if (place / RUN_FILE).exists():
            raise BadInputError(
                say("The folder {place} already holds a run.", place=place),
                say("Resume that run, or choose a new folder."),
            )
        raise BadInputError(
            say("The folder {place} already holds other files.", place=place),
            say("Choose a new or an empty folder."),
        )


def make_unique(place: Path, data: bytes) -> Path:
    """make_folder at `place`, or at "place (2)" and so on if that is taken; returns where."""
    place.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(place.parent)
    candidate, number = place, 2
    while True:
        if not candidate.exists():
            try:
                make_folder(candidate, data)
                return candidate
            except OSError:
                if not candidate.exists():  # otherwise another process was faster
                    raise
        candidate = place.with_name(f"{place.name} ({number})")
        number += 1


def make_folder(place: Path, data: bytes) -> None:
    """Create the run folder `place` with `data` as its run.json; it is never seen without it.

    Raises OSError, StorageError.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_beside(place)
    try:
        temporary.mkdir()
        (temporary / CHECKPOINTS_FOLDER).mkdir()
        (temporary / PREVIEWS_FOLDER).mkdir()
        atomic_write_bytes(temporary / RUN_FILE, data)
        if os.name == "nt" and place.is_dir():
            place.rmdir()  # it is empty; Windows does not rename over a folder
        replace_durably(temporary, place)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise

"""What is kept of playing a model, beside the model.

<run>/explore/<identity>/atlas.safetensors        the sounds of the corpus, see atlas.py
<run>/explore/<identity>/added/<key>.safetensors  one sound each that was added by hand, as an atlas of it
<run>/explore/<identity>/chart.json               the map and the sliders
<run>/explore/<identity>/checkpoints/             the model itself, once something was made with it

An identity stands for the weights of one checkpoint: a run may be played in several states.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sda_desktop import __version__, paths
from sda_desktop.errors import CheckpointError
from sda_desktop.storage import atomic_write, atomic_write_text, remove_leftovers, storage_error
from sda_desktop.training.checkpoint import latest_checkpoint
from sda_desktop.training.checkpoint_manifest import (
    MAX_JSON_BYTES,
    Damage,
    parse_json,
    read_bytes,
)
from sda_desktop.training.run_place import EXPLORE_FOLDER as EXPLORE_FOLDER
from sda_desktop.training.run_place import RUN_FILE
from sda_desktop.training.tensor_file import parse_safetensors, safetensors_chunks
from sda_desktop.upgrades import FileFormat
from sda_desktop.words import say

if TYPE_CHECKING:
    from sda_desktop.generation.atlas import Atlas
    from sda_desktop.generation.trained_model import TrainedModel

log = logging.getLogger(__name__)

ADDED_FOLDER = "added"
ATLAS_FILE, CHART_FILE = "atlas.safetensors", "chart.json"
FORMAT = FileFormat("sda_desktop_atlas", 1, "an atlas")
CHART_FORMAT = FileFormat("sda_desktop_atlas", 1, "a chart")
MAX_ATLAS_BYTES = 1 << 30
_WORDS = "description"  # JSON in UTF-8, among the tensors: one file is whole or not there


class ExploreFolder:
    """The folder of one model.  Nothing of it is on the disk before something is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, checkpoint: Path, identity: str) -> ExploreFolder:
        """For the model of a checkpoint folder: in its run, or among the app's data if it lies alone."""
        run = checkpoint.parent.parent
        if run.name == identity and run.parent.name == EXPLORE_FOLDER:
            return cls(run)
        home = run if (run / RUN_FILE).exists() else paths.data_dir()
        return cls(home / EXPLORE_FOLDER / identity)

    def load_atlas(self) -> Atlas | None:
        """The corpus and the sounds that were added; None if nothing usable is there.

        What is damaged is measured or added anew, so it is only noted in the log.
        """
        atlas = _read_or_none(self.path / ATLAS_FILE)
        if atlas is None:
            return None
        for path in sorted((self.path / ADDED_FOLDER).glob("*.safetensors")):
            added = _read_or_none(path)
            if added is not None and not atlas.has(added.sounds[0].key):
                atlas = atlas.with_sound(added.sounds[0], added.bank)
        return atlas

    def save_atlas(self, atlas: Atlas) -> None:
        """Keep the corpus.  Raises StorageError."""
        write_atlas(self._prepared(self.path) / ATLAS_FILE, atlas)

    def save_added(self, atlas: Atlas) -> None:
        """Keep one sound that was added, given as an atlas of it alone.  Raises StorageError."""
        write_atlas(self._prepared(self.path / ADDED_FOLDER) / f"{atlas.sounds[0].key}.safetensors", atlas)

    def load_chart(self) -> dict[str, Any] | None:
        """What save_chart kept; None if it is not there or damaged."""
        path = self.path / CHART_FILE
        if not path.exists():
            return None
        try:
            chart = parse_json(read_bytes(path, MAX_JSON_BYTES), path.name)
            return CHART_FORMAT.upgraded(chart)
        except Damage as damage:
            log.warning("%s is made anew: %s", path, damage.problem)
            return None

    def save_chart(self, chart: Mapping[str, Any]) -> None:
        """Keep a map and sliders, as JSON.  Raises StorageError."""
        text = json.dumps({**chart, **CHART_FORMAT.stamp, "app_version": __version__}, allow_nan=False)
        path = self._prepared(self.path) / CHART_FILE
        CHART_FORMAT.keep_older(path)
        atomic_write_text(path, text)

    def keep_model(self, model: TrainedModel) -> None:
        """Keep the model itself, if that was not done before: training deletes its older checkpoints, and
        what was made with one can be made again only with that one.  Raises StorageError.
        """
        if self.kept_model() is None:
            model.keep(self._prepared(self.path))

    def kept_model(self) -> Path | None:
        """The checkpoint that keep_model wrote; None if there is none."""
        found = latest_checkpoint(self.path)
        return None if found is None else found.path

    def portable_atlas(self) -> bytes | None:
        """The corpus without the places of its sounds, for another computer; None if there is none."""
        atlas = _read_or_none(self.path / ATLAS_FILE)
        if atlas is None:
            return None
        return b"".join(_atlas_chunks(atlas.without_paths()))

    def is_portable(self) -> bool:
        """Whether there is a sound atlas that names no places on a computer."""
        atlas = _read_or_none(self.path / ATLAS_FILE)
        return atlas is not None and all(sound.path is None for sound in atlas.sounds)

    @staticmethod
    def _prepared(folder: Path) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from error
        remove_leftovers(folder)
        return folder


def write_atlas(path: Path, atlas: Atlas) -> None:
    """Write an atlas as one file, whole or not at all.  Raises StorageError."""
    with atomic_write(path) as file:
        for chunk in _atlas_chunks(atlas):
            file.write(chunk)


def _atlas_chunks(atlas: Atlas) -> Iterator[bytes | memoryview]:
    import torch

    words = {**FORMAT.stamp, "app_version": __version__, "sounds": atlas.to_json()}
    text = bytearray(json.dumps(words, allow_nan=False).encode())
    tensors = {**atlas.to_tensors(), _WORDS: torch.frombuffer(text, dtype=torch.uint8)}
    yield from safetensors_chunks(ATLAS_FILE, tensors)


def read_atlas(path: Path) -> Atlas:
    """The inverse of write_atlas.  Raises CheckpointError saying what is wrong with the file."""
    from sda_desktop.generation.atlas import Atlas

    try:
        tensors = parse_safetensors(read_bytes(path, MAX_ATLAS_BYTES))
        words = parse_json(tensors.pop(_WORDS).numpy().tobytes(), path.name)
        words = FORMAT.upgraded(words)
        return Atlas.from_parts(words["sounds"], tensors)
    except Damage as damage:
        problem, details = damage.problem, damage.details
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError) as error:
        problem, details = say("{name} is damaged", name=path.name), repr(error)
    raise CheckpointError(
        say("What was kept of the sounds of this model cannot be used: {problem}.", problem=problem),
        say("Open the model where its sounds are."),
        details,
    )


def _read_or_none(path: Path) -> Atlas | None:
    if not path.exists():
        return None
    try:
        return read_atlas(path)
    except CheckpointError as error:
        log.warning("%s is left out: %s (%s)", path, error, error.details)
        return None

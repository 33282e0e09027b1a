"""What `resynthesize` and `generate` share: loading the model, and names that replace nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sda_desktop.errors import BadInputError, CheckpointError
from sda_desktop.storage import storage_error
from sda_desktop.training.checkpoint_manifest import MANIFEST_NAME
from sda_desktop.training.run_place import RUN_FILE

if TYPE_CHECKING:
    from sda_desktop.generation import TrainedModel


def load_model(path: Path) -> TrainedModel:
    """The model of a run folder (its best checkpoint) or of a checkpoint.  Raises CheckpointError."""
    path = path.absolute()
    folder = path.parent if path.is_file() else path
    if not path.exists():
        raise CheckpointError(f"There is no model at {path}.", "Name a run folder or a checkpoint.")
    if not (folder / RUN_FILE).exists() and not (folder / MANIFEST_NAME).exists():
        raise CheckpointError(
            f"{path} is no model.", "Name a run folder (its best checkpoint is taken) or a checkpoint."
        )
    from sda_desktop.generation import TrainedModel

    return TrainedModel.load(folder)


def prepare_folder(folder: Path) -> Path:
    """The folder, made if it is not there.  Raises BadInputError, StorageError."""
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder} is a file.", "Choose a folder for --out.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder) from error
    return folder


def unused_path(folder: Path, stem: str) -> Path:
    """`stem`.wav in that folder, with a number behind the name when there is one already."""
    path = folder / f"{stem}.wav"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}.wav"
        number += 1
    return path

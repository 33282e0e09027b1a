"""What `resynthesize` and `generate` share: the folder for new sounds, and names that replace nothing."""

from __future__ import annotations

from pathlib import Path

from sda_desktop.errors import BadInputError
from sda_desktop.storage import storage_error


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

"""Which sound is meant on the command line: one of the corpus by name, a file, or a recipe."""

from __future__ import annotations

import difflib
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sda_desktop.errors import BadInputError

if TYPE_CHECKING:
    from sda_desktop.generation import Recipe
    from sda_desktop.generation.atlas import Atlas, AtlasSound
    from sda_desktop.generation.instrument import Instrument

MAX_RECIPE_BYTES = 1_000_000
_HISTORY_ID = re.compile(r"[0-9a-f]{16}")


def key_of(instrument: Instrument, text: str, stop: threading.Event | None = None) -> str:
    """The key of a sound of the model: by its name, folder/name or key; or of a file, which is added.

    Raises BadInputError for what is none of these or means several sounds, AudioFileError, Cancelled.
    """
    found = _named(instrument.atlas, text)
    if len(found) == 1:
        return found[0].key
    if found:
        raise BadInputError(
            f"{len(found)} sounds are called {text}.", f"Name one of {', '.join(_told_apart(found))}."
        )
    path = Path(text)
    if not path.is_file():
        raise _unknown(instrument.atlas, text)
    for sound in instrument.atlas.sounds:
        if sound.path is not None and sound.path.exists() and sound.path.samefile(path):
            return sound.key
    return add_file(instrument, path, stop)


def add_file(instrument: Instrument, path: Path, stop: threading.Event | None = None) -> str:
    """Make a file's sound one of the instrument's; its key.

    Raises BadInputError, AudioFileError, Cancelled.
    """
    from sda_desktop.audio.io import read_audio

    samples, _ = read_audio(path, instrument.sample_rate_hz, stop=stop)
    return instrument.add_sound(samples, path.stem)


def recipe_of(instrument: Instrument, text: str, stop: threading.Event | None = None) -> Recipe:
    """The recipe of a sound: of a .json file, of the history, or as `key_of`.  Raises as that."""
    if not _named(instrument.atlas, text):
        if _is_recipe_file(text):
            return read_recipe(Path(text))
        if (kept := _from_history(text)) is not None:
            return kept
    return instrument.sound(key_of(instrument, text, stop))


def kept_recipes(text: str) -> list[Recipe]:
    """The recipes that are meant: of a .json file, of all in a folder, or of an entry of the history.

    Raises BadInputError.
    """
    path = Path(text)
    if path.is_dir():
        files = sorted(path.glob("*.json"))
        if not files:
            raise BadInputError(f"There are no recipes in {path}.", "They are files that end in .json.")
        return [read_recipe(file) for file in files]
    if path.is_file():
        return [read_recipe(path)]
    kept = _from_history(text)
    if kept is None:
        raise BadInputError(
            f"There is no recipe {text}, neither as a file nor in the history.",
            "Name a file that was written with --recipes.",
        )
    return [kept]


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file.  Raises BadInputError."""
    from sda_desktop.generation import Recipe

    try:
        if path.stat().st_size > MAX_RECIPE_BYTES:
            raise BadInputError(f"{path} is too large for a recipe.", "Name a file written with --recipes.")
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            f"{path} is not a recipe.", "Name a file that was written with --recipes.", repr(error)
        ) from error
    try:
        return Recipe.from_json(data)
    except BadInputError as error:
        raise BadInputError(f"{path}: {error.message}", error.remedy, error.details) from error


def _is_recipe_file(text: str) -> bool:
    return text.lower().endswith(".json") and Path(text).is_file()


def _from_history(text: str) -> Recipe | None:
    if _HISTORY_ID.fullmatch(text) is None:
        return None
    from sda_desktop.generation.history import History

    entry = History().get(text)
    return None if entry is None else entry.recipe


def _named(atlas: Atlas, text: str) -> list[AtlasSound]:
    """The sounds that go by that name; several where it does not tell them apart."""
    sounds = atlas.sounds
    return (
        [sound for sound in sounds if text in (sound.key, _whole_name(sound))]
        or [sound for sound in sounds if text in (sound.name, _file_name(sound))]
        or [sound for sound in sounds if sound.name.casefold() == text.casefold()]
    )


def _whole_name(sound: AtlasSound) -> str:
    return f"{sound.folder}/{sound.name}" if sound.folder else sound.name


def _file_name(sound: AtlasSound) -> str | None:
    return None if sound.path is None else sound.path.name


def _told_apart(sounds: list[AtlasSound]) -> list[str]:
    names = [_whole_name(sound) for sound in sounds]
    return names if len(set(names)) == len(names) else [sound.key for sound in sounds]


def _unknown(atlas: Atlas, text: str) -> BadInputError:
    names = {sound.name.casefold(): sound.name for sound in atlas.sounds}
    similar = [names[name] for name in difflib.get_close_matches(text.casefold(), names, n=3)]
    return BadInputError(
        f"The model has no sound called {text}, and there is no such file.",
        f"Did you mean {' or '.join(similar)}?"
        if similar
        else f"It has, for example, {', '.join(list(names.values())[:3])}.",
    )

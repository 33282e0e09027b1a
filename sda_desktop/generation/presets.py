"""Named settings of the controls, per model: presets.json in the folder of its run."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sda_desktop import __version__, paths
from sda_desktop.errors import BadInputError, NewerFormat
from sda_desktop.generation.shared_file import exclusive, newer_format_error
from sda_desktop.storage import atomic_write_bytes, replace_durably, storage_error
from sda_desktop.training.checkpoint_manifest import Damage, parse_json, read_bytes
from sda_desktop.training.run_place import PRESETS_FILE
from sda_desktop.upgrades import FileFormat, damaged_copy
from sda_desktop.words import say

FORMAT = FileFormat("sda_desktop_presets", 1, "a list of presets")
MAX_NAME = 60
MAX_PRESETS = 1000
MAX_BYTES = 8 * 2**20
LOCK_FILE = "presets"  # of all models: a run's folder is not littered with locks


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings under a name.  saved: Unix time.  settings: the controls' values, JSON values by their ids."""

    name: str
    saved: float
    settings: Mapping[str, Any]


class Presets:
    """The presets in a file.

    The file is read whenever it is asked for and written as a whole, so that two windows do not lose each
    other's.  A damaged file is kept beside the new one; `note` then says so.
    """

    def __init__(self, file: Path) -> None:
        self.path = file
        self.note = ""

    @classmethod
    def of_run(cls, run: Path) -> Presets:
        """Those of a model in the library."""
        return cls(run / PRESETS_FILE)

    def all(self) -> list[Preset]:
        """All of them, by name.  Raises BadInputError for a file of a newer version, StorageError."""
        return sorted(self._read().values(), key=lambda preset: _key(preset.name))

    def recall(self, name: str) -> dict[str, Any]:
        """The settings under this name.  Raises BadInputError if there are none, StorageError."""
        return dict(_known(self._read(), name).settings)

    def save(self, name: str, settings: Mapping[str, Any], *, replacing: bool = False) -> Preset:
        """Keep settings under a name.

        Raises BadInputError for a name that is empty, or taken unless `replacing`, and for values that are
        no JSON; StorageError.
        """
        preset = Preset(_tidy(name), time.time(), _checked(settings))
        with self._changing() as presets:
            if not replacing:
                _refuse_taken(presets, preset.name)
            if len(presets) >= MAX_PRESETS and _key(preset.name) not in presets:
                raise BadInputError(
                    say("There are {max_presets} presets.", max_presets=MAX_PRESETS),
                    say("Delete some that are not needed."),
                )
            presets[_key(preset.name)] = preset
        return preset

    def rename(self, name: str, new_name: str) -> Preset:
        """Give one another name.  Raises BadInputError if it is empty, taken, or there is no such preset."""
        new_name = _tidy(new_name)
        with self._changing() as presets:
            preset = replace(_known(presets, name), name=new_name)
            if _key(new_name) != _key(name):
                _refuse_taken(presets, new_name)
            del presets[_key(name)]
            presets[_key(new_name)] = preset
        return preset

    def delete(self, name: str) -> Preset:
        """Take one out; `put_back` undoes it.  Raises BadInputError if there is no such preset."""
        with self._changing() as presets:
            return presets.pop(_key(_known(presets, name).name))

    def put_back(self, preset: Preset) -> None:
        """Undo `delete`.  Raises BadInputError if the name is taken by now, StorageError."""
        with self._changing() as presets:
            _refuse_taken(presets, preset.name)
            presets[_key(preset.name)] = preset

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Preset]]:
        """Reading, changing and writing as one: nobody writes in between, and an error writes nothing."""
        with exclusive(paths.data_dir() / LOCK_FILE):
            presets = self._read()
            yield presets
            self._write(presets)

    def _read(self) -> dict[str, Preset]:
        if not self.path.is_file():
            return {}
        try:
            data = parse_json(read_bytes(self.path, MAX_BYTES), self.path.name)
            data = FORMAT.upgraded(data)
            listed = [Preset(row["name"], float(row["saved"]), row["settings"]) for row in data["presets"]]
            if not all(isinstance(p.name, str) and isinstance(p.settings, dict) for p in listed):
                raise Damage(say("a preset has no name or no settings"))
        except NewerFormat as newer:
            raise newer_format_error(self.path, newer) from newer
        except (Damage, KeyError, TypeError, ValueError) as error:
            self._set_aside(error)
            return {}
        return {_key(preset.name): preset for preset in listed}

    def _set_aside(self, error: Exception) -> None:
        copy = damaged_copy(self.path)
        try:
            replace_durably(self.path, copy)
        except OSError as failure:
            raise storage_error(failure, self.path) from error
        self.note = say(
            "The presets could not be read ({error}). The damaged file is kept as {copy}.",
            error=error,
            copy=copy,
        )

    def _write(self, presets: Mapping[str, Preset]) -> None:
        values = {
            **FORMAT.stamp,
            "app_version": __version__,
            "presets": [asdict(preset) for preset in presets.values()],
        }
        text = json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        FORMAT.keep_older(self.path)
        atomic_write_bytes(self.path, text.encode("utf-8", errors="backslashreplace"))


def _key(name: str) -> str:
    """What makes two names the same."""
    return unicodedata.normalize("NFC", name).casefold()


def _tidy(name: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name))
    tidy = " ".join(printable.split())[:MAX_NAME].strip()
    if not tidy:
        raise BadInputError(say("A preset needs a name."), say("Write at least one letter."))
    return tidy


def _refuse_taken(presets: Mapping[str, Preset], name: str) -> None:
    if (taken := presets.get(_key(name))) is not None:
        raise BadInputError(
            say("There is a preset called {name} already.", name=taken.name),
            say("Choose another name, or replace it."),
        )


def _known(presets: Mapping[str, Preset], name: str) -> Preset:
    if (preset := presets.get(_key(name))) is None:
        raise BadInputError(
            say("There is no preset called {name}.", name=name), say("It may have been renamed or deleted.")
        )
    return preset


def _checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they will be read again."""
    try:
        data = json.loads(json.dumps(dict(settings), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise BadInputError(
            say("These settings cannot be kept as a preset."),
            say("Reset the controls and try again."),
            repr(error),
        ) from error
    assert isinstance(data, dict)
    return data

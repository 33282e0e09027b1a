"""Everything that was generated, of all models: found again after a restart or a crash."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from sda_desktop import paths
from sda_desktop.errors import BadInputError
from sda_desktop.generation import history_file
from sda_desktop.generation.recipe import Recipe
from sda_desktop.generation.shared_file import exclusive, is_found
from sda_desktop.training.run_place import identities_in
from sda_desktop.words import counted, say

if TYPE_CHECKING:
    from sda_desktop.generation.outline import Outline

FILE_NAME = "history.jsonl"
MAX_TITLE = 200
# Below this many superfluous lines writing the file anew is not worth it.
_FEW_LINES = 64


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One sound that was generated.

    made: Unix time.  seconds: its length.  run: the folder of the run that it was made with, as a path, ""
    if there was none.  packed_outline: see generation.outline.  recipe_text: the recipe as JSON.
    """

    id: str
    made: float
    title: str
    seconds: float
    model: str  # identity of the checkpoint, as in the recipe
    run: str
    favourite: bool
    packed_outline: str
    recipe_text: str

    @property
    def recipe(self) -> Recipe:
        """How to make it again, under its present title.  Raises BadInputError if that cannot be read."""
        try:
            data = json.loads(self.recipe_text)
        except (ValueError, RecursionError) as error:
            raise BadInputError(
                say("How {title} was made cannot be read any more.", title=self.title),
                say("Make the sound anew."),
                repr(error),
            ) from error
        return Recipe.from_json({**data, "title": self.title})

    @property
    def outline(self) -> Outline:
        """Minima and maxima (2, 96)."""
        from sda_desktop.generation.outline import unpack_outline

        return unpack_outline(self.packed_outline)

    def to_line(self) -> dict[str, Any]:
        """For the file."""
        return {
            "do": "add",
            "id": self.id,
            "made": self.made,
            "title": self.title,
            "seconds": self.seconds,
            "model": self.model,
            "run": self.run,
            "favourite": self.favourite,
            "outline": self.packed_outline,
            history_file.RECIPE: self.recipe_text,
        }

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> HistoryEntry:
        """The inverse of to_line.  Raises KeyError, TypeError, ValueError."""
        return cls(
            str(line["id"]),
            float(line["made"]),
            str(line["title"]),
            float(line["seconds"]),
            str(line["model"]),
            str(line.get("run", "")),
            bool(line.get("favourite", False)),
            str(line.get("outline", "")),
            str(line[history_file.RECIPE]),
        )


class History:
    """The history in a file (default: in the app's data folder).

    All methods may be called from any thread.  What other processes add or change is seen by `refresh`, and
    whenever something is written.  `notes`: sentences on what was found damaged when it was opened.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Raises BadInputError for a file of a newer version, StorageError."""
        self.path = file or paths.data_dir() / FILE_NAME
        self.notes: tuple[str, ...] = ()
        self._guard = RLock()
        self._entries: dict[str, HistoryEntry] = {}  # in the order of making, removed ones included
        self._removed: set[str] = set()
        self._mark = ""
        self._position = 0
        with self._guard, exclusive(self.path):
            self._open()

    # Looking.

    def __len__(self) -> int:
        with self._guard:
            return len(self._entries) - len(self._removed)

    def get(self, entry_id: str) -> HistoryEntry | None:
        """The entry, None if there is none or it was removed."""
        with self._guard:
            return None if entry_id in self._removed else self._entries.get(entry_id)

    def entries(
        self, *, model: str | None = None, run: Path | None = None, favourites: bool = False, search: str = ""
    ) -> list[HistoryEntry]:
        """What fits all conditions, newest first.

        model: made with this very checkpoint.  run: made with any checkpoint of this run, wherever it lay
        then.  search: words that all occur in the title.
        """
        models = frozenset[str]() if run is None else identities_in(run)
        with self._guard:
            return [
                entry
                for entry in reversed(self._entries.values())
                if entry.id not in self._removed
                and (model is None or entry.model == model)
                and (run is None or entry.run == str(run) or entry.model in models)
                and (entry.favourite or not favourites)
                and (not search or is_found(search, entry.title))
            ]

    def refresh(self) -> bool:
        """Read what other processes did; whether anything did change.  Raises BadInputError, StorageError."""
        with self._guard:
            if history_file.size_of(self.path) == self._position and not self._was_replaced():
                return False
            with exclusive(self.path):
                return self._catch_up()

    # Changing.  Each raises StorageError when it cannot be written, and then nothing is changed.

    def add(self, recipe: Recipe, seconds: float, outline: Outline, run: Path | None = None) -> HistoryEntry:
        """Keep a sound that was just made from `recipe`; it is the newest."""
        from sda_desktop.generation.outline import pack_outline

        entry = HistoryEntry(
            secrets.token_hex(8),
            time.time(),
            recipe.title,
            seconds,
            recipe.model,
            "" if run is None else str(run),
            False,
            pack_outline(outline),
            history_file.json_text(recipe.to_json()),
        )
        self._write(entry.to_line())
        return entry

    def set_favourite(self, entry_id: str, favourite: bool) -> HistoryEntry:
        """Star it or take the star away.  Raises BadInputError if there is no such entry."""
        entry = replace(self._known(entry_id), favourite=favourite)
        self._write({"do": "change", "id": entry_id, "favourite": favourite})
        return entry

    def rename(self, entry_id: str, title: str) -> HistoryEntry:
        """Give it another title.  Raises BadInputError for an empty one or if there is no such entry."""
        title = " ".join(title.split())[:MAX_TITLE].strip()
        if not title:
            raise BadInputError(say("A sound needs a name."), say("Write at least one letter."))
        entry = replace(self._known(entry_id), title=title)
        self._write({"do": "change", "id": entry_id, "title": title})
        return entry

    def remove(self, entry_id: str) -> HistoryEntry:
        """Take it out; `bring_back` undoes it.  Raises BadInputError if there is no such entry."""
        entry = self._known(entry_id)
        self._write({"do": "remove", "id": entry_id})
        return entry

    def bring_back(self, entry: HistoryEntry) -> None:
        """Put back what `remove` returned, where it was."""
        self._write(entry.to_line())

    # Inside.

    def _known(self, entry_id: str) -> HistoryEntry:
        entry = self.get(entry_id)
        if entry is None:
            raise BadInputError(
                say("This sound is no longer in the history."), say("It was removed elsewhere.")
            )
        return entry

    def _write(self, line: dict[str, Any]) -> None:
        with self._guard, exclusive(self.path):
            self._catch_up()
            if not self._mark:  # the file is new, or was deleted meanwhile
                self._write_anew()
            self._position = history_file.append(self.path, self._position, line)
            self._apply(line)

    def _open(self) -> None:
        contents = history_file.read(self.path)
        damaged = contents.damaged + self._take(contents)
        notes = []
        if contents.torn:
            notes.append(say("The last line of the history was cut off, as by a power cut; it is left out."))
        if damaged:
            copy = history_file.set_aside(self.path)
            notes.append(
                counted(
                    "The history was damaged: {n} line could not be read. All others are there; the "
                    "damaged file is kept as {copy}.",
                    "The history was damaged: {n} lines could not be read. All others are there; the "
                    "damaged file is kept as {copy}.",
                    damaged,
                    copy=copy,
                )
            )
        self.notes = tuple(notes)
        alive = len(self._entries) - len(self._removed)
        is_older = contents.version < history_file.FORMAT.version
        if damaged or is_older or len(contents.lines) - alive > max(_FEW_LINES, alive // 2):
            for entry_id in self._removed:
                del self._entries[entry_id]
            self._removed.clear()
            self._write_anew()

    def _was_replaced(self) -> bool:
        return history_file.read(self.path, self._mark, self._position).mark != self._mark

    def _catch_up(self) -> bool:
        """Read what was written since; with another mark the file is another one, and read as a whole."""
        contents = history_file.read(self.path, self._mark, self._position)
        if contents.mark == self._mark:
            self._take(contents)
            return bool(contents.lines)
        before, self._entries, self._removed = self._entries, {}, set()
        self._take(contents)
        # What was removed may still be brought back here; the file does not hold it any more.
        for entry_id, entry in before.items():
            if entry_id not in self._entries:
                self._entries[entry_id] = entry
                self._removed.add(entry_id)
        return True

    def _take(self, contents: history_file.Contents) -> int:
        """Apply what was read; returns how many of its lines made no sense."""
        self._mark, self._position = contents.mark, contents.position
        return sum(not self._apply(line) for line in contents.lines)

    def _write_anew(self) -> None:
        alive = [entry.to_line() for entry in self._entries.values() if entry.id not in self._removed]
        self._mark = history_file.write_new(self.path, alive)
        self._position = history_file.size_of(self.path)

    def _apply(self, line: Mapping[str, Any]) -> bool:
        """What one line says; whether it made sense."""
        try:
            match line["do"]:
                case "add":
                    entry = HistoryEntry.from_line(line)
                    self._entries[entry.id] = entry
                    self._removed.discard(entry.id)
                case "change":
                    # Unknown here: it was removed, and the file written anew, by another process.
                    if (known := self._entries.get(line["id"])) is not None:
                        self._entries[known.id] = replace(
                            known,
                            favourite=bool(line.get("favourite", known.favourite)),
                            title=str(line.get("title", known.title)),
                        )
                case "remove":
                    if line["id"] in self._entries:
                        self._removed.add(line["id"])
                case _:
                    return False
        except (KeyError, TypeError, ValueError):
            return False
        return True

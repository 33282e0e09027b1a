"""What a person says about a run: name, notes, tags, and a small picture of its map, in about.json.

run.json belongs to the training, which may be writing it at that moment; this file belongs to everybody else.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sda_desktop import __version__
from sda_desktop.errors import BadInputError, NewerFormat
from sda_desktop.storage import atomic_write_bytes, replace_durably, storage_error
from sda_desktop.training.checkpoint_manifest import Damage, parse_json, read_bytes
from sda_desktop.training.run_place import ABOUT_FILE
from sda_desktop.upgrades import FileFormat, damaged_copy
from sda_desktop.words import say

FORMAT = FileFormat("sda_desktop_about", 1, "a note")
MAX_NAME, MAX_NOTES, MAX_TAG, MAX_TAGS = 120, 20_000, 40, 32
MAX_BYTES = 2**20
MAX_DOTS = 600


@dataclass(frozen=True, slots=True)
class MapPicture:
    """Where the dots of a map are: (x, y) from 0 to 255 each, and the group that each belongs to."""

    dots: tuple[tuple[int, int], ...]
    groups: tuple[int, ...]

    def to_json(self) -> dict[str, str]:
        """For a file."""
        flat = bytes(value for dot in self.dots for value in dot)
        return {"dots": _packed(flat), "groups": _packed(bytes(self.groups))}

    @classmethod
    def from_json(cls, data: object) -> MapPicture | None:
        """The inverse of to_json; None for what is no picture."""
        if not isinstance(data, dict):
            return None
        flat, groups = _unpacked(data.get("dots")), _unpacked(data.get("groups"))
        if not groups or len(flat) != 2 * len(groups) or len(groups) > MAX_DOTS:
            return None
        return cls(tuple(zip(flat[::2], flat[1::2], strict=True)), tuple(groups))


@dataclass(frozen=True, slots=True)
class About:
    """name: "" for that of run.json."""

    name: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    picture: MapPicture | None = None

    def changed(self, **changes: Any) -> About:  # noqa: ANN401 - as dataclasses.replace
        """A copy with other values, tidied.  Raises BadInputError for a name that is none."""
        if "name" in changes:
            changes["name"] = tidy_name(changes["name"])
        if "notes" in changes:
            changes["notes"] = str(changes["notes"]).strip()[:MAX_NOTES]
        if "tags" in changes:
            changes["tags"] = tidy_tags(changes["tags"])
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """For a file."""
        data = {"name": self.name, "notes": self.notes, "tags": list(self.tags)}
        return data if self.picture is None else {**data, "map": self.picture.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> About:
        """The inverse of to_json; what makes no sense is left out."""
        name, notes, tags = data.get("name"), data.get("notes"), data.get("tags")
        return cls(
            one_line(name)[:MAX_NAME] if isinstance(name, str) else "",
            notes[:MAX_NOTES] if isinstance(notes, str) else "",
            tidy_tags(tags) if isinstance(tags, list) else (),
            MapPicture.from_json(data.get("map")),
        )


def tidy_name(name: str) -> str:
    """A name on one line and not too long.  Raises BadInputError for an empty one."""
    tidy = one_line(name)[:MAX_NAME].strip()
    if not tidy:
        raise BadInputError(say("A model needs a name."), say("Write at least one letter."))
    return tidy


def tidy_tags(tags: object) -> tuple[str, ...]:
    """Tags on one line each, none twice whatever its case, none empty."""
    kept: dict[str, str] = {}
    for tag in tags if isinstance(tags, list | tuple) else ():
        tidy = one_line(tag)[:MAX_TAG].strip() if isinstance(tag, str) else ""
        if tidy:
            kept.setdefault(tidy.casefold(), tidy)
    return tuple(kept.values())[:MAX_TAGS]


def read_about(run_dir: Path) -> About:
    """What about.json says; nothing if there is none.  Raises Damage."""
    path = run_dir / ABOUT_FILE
    # Most runs have none: looking is quicker than an exception.
    if not path.is_file():
        return About()
    return about_of(read_bytes(path, MAX_BYTES))


def about_of(data: bytes) -> About:
    """What the bytes of an about.json say.  Raises Damage."""
    values = parse_json(data, ABOUT_FILE)
    return About.from_json(FORMAT.upgraded(values))


def about_bytes(about: About) -> bytes:
    """The contents of about.json."""
    values = {**FORMAT.stamp, "app_version": __version__, **about.to_json()}
    text = json.dumps(values, indent=1, ensure_ascii=False) + "\n"
    return text.encode("utf-8", errors="backslashreplace")


def write_about(run_dir: Path, about: About) -> None:
    """Replace about.json; one of an older version is kept.  Raises StorageError."""
    FORMAT.keep_older(run_dir / ABOUT_FILE)
    atomic_write_bytes(run_dir / ABOUT_FILE, about_bytes(about))


def change_about(run_dir: Path, **changes: Any) -> About:  # noqa: ANN401 - as About.changed
    """Change fields of about.json; a damaged one is kept beside it.

    The caller sees to it that nobody else does so at the same time.  Raises BadInputError for a bad name or
    a file of a newer version, StorageError.
    """
    try:
        about = read_about(run_dir)
    except NewerFormat as newer:
        raise BadInputError(
            say("{path} cannot be changed: {problem}.", path=run_dir / ABOUT_FILE, problem=newer.problem),
            say("Update SDA Desktop."),
        ) from newer
    except Damage:
        path = run_dir / ABOUT_FILE
        try:
            replace_durably(path, damaged_copy(path))
        except OSError as error:
            raise storage_error(error, path) from error
        about = About()
    about = about.changed(**changes)
    write_about(run_dir, about)
    return about


def one_line(text: str) -> str:
    """`text` without line breaks and what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unpacked(text: object) -> bytes:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        return b""

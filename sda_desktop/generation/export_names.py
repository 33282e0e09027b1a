"""Names of exported files, made from a pattern such as "{title} {number}"."""

from __future__ import annotations

import datetime
import string
from collections.abc import Mapping, Sequence

from sda_desktop.errors import BadInputError
from sda_desktop.training.run_place import safe_name
from sda_desktop.words import mark, say

FIELDS: dict[str, str] = {
    "model": mark("the name of the model"),
    "title": mark("the name of the sound"),
    "seed": mark("its seed"),
    "number": mark("its place among the sounds that are exported: 001, 002, ..."),
    "date": mark("today, such as 2026-05-31"),
}
DEFAULT_PATTERN = "{title}"
# With a number and a suffix behind it, every file system takes a name of so many bytes.
MOST_BYTES = 180
_FEWEST_DIGITS = 3
# Names that Windows keeps for devices, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})
_UNNAMED = "sound"


def check_pattern(pattern: str) -> None:
    """Raise BadInputError for an empty pattern, a field that does not exist, or a stray brace."""
    known = ", ".join(f"{{{name}}}" for name in FIELDS)
    if not pattern.strip():
        raise BadInputError(
            say("The pattern for the names is empty."), say("Use text and any of {known}.", known=known)
        )
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise BadInputError(
            say("The pattern {pattern!r} has a brace without its partner.", pattern=pattern),
            say("Write a field as {title}, and a brace that is meant as such twice."),
            str(error),
        ) from None
    for _, name, detail, conversion in parts:
        if name is not None and name not in FIELDS:
            raise BadInputError(
                say("There is no field {{{name}}} for names.", name=name),
                say("Use any of {known}.", known=known),
            )
        if detail or conversion:
            raise BadInputError(
                say("The field {{{name}}} takes nothing behind its name.", name=name),
                say("Write it as {{{name}}}.", name=name),
            )


def name_from(pattern: str, values: Mapping[str, str]) -> str:
    """A file's name without its suffix, allowed on all systems.  Raises BadInputError for a bad pattern.

    values: of the fields; those that are missing are empty.
    """
    check_pattern(pattern)
    text = pattern.format(**{name: values.get(name, "") for name in FIELDS})
    kept = _shortened(safe_name(text, most=MOST_BYTES))
    if kept.split(".")[0].strip().casefold() in _DEVICES:
        kept = f"_{kept}"
    return kept or _UNNAMED


def file_names(
    pattern: str,
    sounds: Sequence[tuple[str, int | None, str]],
    date: datetime.date | None = None,
    *,
    first_number: int = 1,
) -> list[str]:
    """One name (without suffix) for each (title, seed, model), no two the same whatever the case.

    date: today if not given.  Raises BadInputError.
    """
    check_pattern(pattern)
    day = (date or datetime.date.today()).isoformat()
    digits = max(_FEWEST_DIGITS, len(str(first_number + len(sounds) - 1)))
    taken: set[str] = set()
    names = []
    for number, (title, seed, model) in enumerate(sounds, first_number):
        values = {
            "title": title or _UNNAMED,
            "seed": "" if seed is None else str(seed),
            "model": model,
            "number": f"{number:0{digits}d}",
            "date": day,
        }
        name = wanted = name_from(pattern, values)
        again = 2
        while name.casefold() in taken:
            name = f"{wanted} {again}"
            again += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _shortened(name: str) -> str:
    """At most MOST_BYTES of UTF-8, cut between characters."""
    return name.encode("utf-8")[:MOST_BYTES].decode("utf-8", "ignore").strip(". ")

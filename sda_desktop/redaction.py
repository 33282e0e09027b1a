"""Taking the user's home folder and name out of texts that go to somebody else."""

from __future__ import annotations

import getpass
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

REPLACEMENT = "~"
_SEPARATOR = r"[\\/]+"  # escaped any number of times: JSON inside an INI file has four backslashes
_BEGIN = r"(?<![\w.~-])"
_END = r"(?![\w-])(?!\.\w)"
# Where a name is a part of a path, and where it is one because a home was opened: a run's folder and name.
_BEFORE_NAME = r"(?:(?<=[\\/])|(?<=[\\/]\d{4}-\d\d-\d\d \d\d-\d\d ))"
_SPLIT = re.compile(_SEPARATOR)


class Redactor:
    """Replaces the home folder, and the user's name where it is a part of a path, by `~`.

    Both are found however the text writes them: with slashes or backslashes, as JSON, as JSON inside an INI
    file, in a file URL, with accents composed or not, in capitals or not.
    """

    def __init__(self, homes: Iterable[str] | None = None, users: Iterable[str] | None = None) -> None:
        """homes, users: those of this process if None."""
        patterns = [_home_pattern(home) for home in (_own_homes() if homes is None else homes)]
        patterns += [_user_pattern(user) for user in (_own_names() if users is None else users)]
        # The longer home first: one may lie inside another.
        found = sorted({pattern for pattern in patterns if pattern}, key=len, reverse=True)
        self._pattern = re.compile("|".join(found), re.IGNORECASE) if found else None

    def __call__(self, text: str) -> str:
        """The text without them."""
        return self._pattern.sub(REPLACEMENT, text) if self._pattern else text


def _own_homes() -> list[str]:
    homes = [os.path.expanduser("~"), os.environ.get("HOME", ""), os.environ.get("USERPROFILE", "")]
    homes += [os.path.realpath(home) for home in homes if home]
    return list(dict.fromkeys(home for home in homes if home and home != "~"))


def _own_names() -> list[str]:
    names = [Path(home).name for home in _own_homes()]
    with suppress(KeyError, OSError, ImportError):  # a user id without a name, as in some containers
        names.append(getpass.getuser())
    return list(dict.fromkeys(name for name in names if name))


def _home_pattern(home: str) -> str:
    parts = [part for part in _SPLIT.split(home) if part]
    if not parts or (len(parts) == 1 and parts[0].endswith(":")):  # the root of a drive is nobody's home
        return ""
    lead = _SEPARATOR if home[0] in "\\/" else ""
    return _BEGIN + lead + _SEPARATOR.join(map(_written, parts)) + _END


def _user_pattern(user: str) -> str:
    name = _written(user)
    return rf"{_BEFORE_NAME}{name}{_END}|(?<=\"){name}(?=\\*\")"


def _written(name: str) -> str:
    """A pattern for every way of writing a name."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    return "(?:" + "|".join("".join(map(_character, form)) for form in sorted(forms)) + ")"


def _character(char: str) -> str:
    ways = [re.escape(char)]
    if not (char.isascii() and char.isalnum()):
        ways.append(re.escape(quote(char, safe="")))
    if not char.isascii():
        units = re.findall("[0-9a-f]{4}", json.dumps(char))  # two where UTF-16 needs two
        ways.append("".join(rf"\\+u{unit}" for unit in units))
    return ways[0] if len(set(ways)) == 1 else f"(?:{'|'.join(ways)})"

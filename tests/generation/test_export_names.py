"""Names from a pattern: safe on all systems, never the same twice."""

from __future__ import annotations

import datetime

import pytest

from sda_desktop.errors import BadInputError
from sda_desktop.generation.export_names import DEFAULT_PATTERN, FIELDS, MOST_BYTES, check_pattern, file_names

DAY = datetime.date(2026, 5, 31)


def one(pattern: str, title: str = "Pluck", seed: int | None = 7, model: str = "Strings") -> str:
    return file_names(pattern, [(title, seed, model)], DAY)[0]


def test_every_field_is_filled_in() -> None:
    assert one("{model} {title} {seed} {number} {date}") == "Strings Pluck 7 001 2026-05-31"
    assert set(FIELDS) == {"model", "title", "seed", "number", "date"}
    assert one(DEFAULT_PATTERN) == "Pluck"
    assert one("{title} {seed}", seed=None) == "Pluck"
    assert one("{{{title}}}") == "{Pluck}"


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{titel}", r"no field \{titel\}.*\{title\}"),
        ("{}", r"no field \{\}"),
        ("{title.x}", r"no field \{title.x\}"),
        ("{title[0]}", "no field"),
        ("{number:05d}", "takes nothing behind its name"),
        ("{title!r}", "takes nothing behind its name"),
        ("{title", "brace"),
        ("title}", "brace"),
        (" ", "empty"),
    ],
)
def test_a_pattern_that_cannot_be_is_a_sentence(pattern: str, sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence) as caught:
        check_pattern(pattern)
    assert caught.value.remedy
    with pytest.raises(BadInputError):
        file_names(pattern, [])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c:d*e?f", "a b c d e f"),
        ("../../etc", "etc"),
        ("tab\tand\nline", "tab and line"),
        ("ends with dots...", "ends with dots"),
        ("CON", "_CON"),
        ("nul.wav", "_nul.wav"),
        ("com1", "_com1"),
        ("Company", "Company"),
        ("{seed}", "{seed}"),
        ("Ünïcode 音", "Ünïcode 音"),
        ("", "sound"),
        ("???", "sound"),
    ],
)
def test_names_are_safe_on_all_systems(title: str, name: str) -> None:
    assert one("{title}", title=title) == name


@pytest.mark.parametrize("title", ["x" * 1000, "音" * 1000, "a" + "音" * 1000])
def test_long_names_are_cut_to_what_file_systems_take(title: str) -> None:
    names = file_names("{title}", [(title, 1, "")] * 12)
    assert len(set(names)) == 12
    assert all(MOST_BYTES - 4 <= len(name.encode()) <= MOST_BYTES + 4 for name in names)


def test_no_two_names_are_the_same_whatever_the_case() -> None:
    sounds = [("a", 1, ""), ("A", 2, ""), ("a", 3, ""), ("a 2", 4, ""), ("a/", 5, "")]
    names = file_names("{title}", sounds)
    assert names == ["a", "A 2", "a 3", "a 2 2", "a 4"]
    assert len({name.casefold() for name in names}) == 5


def test_numbers_have_as_many_digits_as_the_last() -> None:
    sounds = [("a", 1, "")] * 1000
    assert file_names("{number}", sounds)[0] == "0001"
    assert file_names("{number}", sounds[:3], first_number=9) == ["009", "010", "011"]

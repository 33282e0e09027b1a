"""Sentences in the user's language, said by code that knows no window."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import sda_desktop
from sda_desktop import words
from sda_desktop.words import UNCOUNTED, counted, mark, say, shown

LATIN = {"{n} sounds in {place}": "{place}: soni {n}", "{name} is gone.": "Abest {name}.", "Gain": "Lucrum"}


@pytest.fixture
def latin() -> Iterator[list[int]]:
    """A translator that knows three texts, and the counts it was asked for."""
    counts: list[int] = []

    def translate(text: str, count: int) -> str:
        counts.append(count)
        return LATIN.get(text, text)

    words.speak(translate)
    yield counts
    words.speak()


def test_without_a_translator_everything_is_english() -> None:
    assert say("{name} is gone.", name="a.wav") == "a.wav is gone."
    assert counted("{n} sound in {place}", "{n} sounds in {place}", 1, place="x") == "1 sound in x"
    assert counted("{n} sound in {place}", "{n} sounds in {place}", 2, place="x") == "2 sounds in x"
    assert counted("{n} sound in {place}", "{n} sounds in {place}", 0, place="x") == "0 sounds in x"


def test_the_template_is_translated_and_then_filled_in(latin: list[int]) -> None:
    assert say("{name} is gone.", name="a {b}.wav") == "Abest a {b}.wav."
    assert counted("{n} sound in {place}", "{n} sounds in {place}", 1, place="x") == "x: soni 1"
    assert latin == [UNCOUNTED, 1]


def test_what_has_no_translation_stays_english(latin: list[int]) -> None:
    assert say("{name} is new.", name="a") == "a is new."
    assert counted("{n} run", "{n} runs", 1) == "1 run"


def test_a_text_without_values_may_hold_braces() -> None:
    assert say("Write {title} here.") == "Write {title} here."


def test_a_text_of_a_table_is_translated_where_it_is_shown(latin: list[int]) -> None:
    assert mark("Gain") == "Gain"
    assert shown("Gain") == "Lucrum"
    assert shown("") == ""
    assert latin == [UNCOUNTED]


def fields_of(template: ast.expr) -> set[str]:
    assert isinstance(template, ast.Constant)
    return {name for _, name, _, _ in string.Formatter().parse(str(template.value)) if name}


def test_every_field_of_a_template_gets_its_value() -> None:
    """Most of these sentences are said only when something is broken."""
    said = 0
    for path in Path(sda_desktop.__file__).parent.rglob("*.py"):
        if "commands" in path.parts or path.name == "words.py":
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            place = f"{path.name}:{call.lineno}"
            given = {keyword.arg for keyword in call.keywords}
            if call.func.id == "counted":
                assert fields_of(call.args[1]) == given | {"n"}, place
                assert fields_of(call.args[0]) <= given | {"n"}, place
            elif call.func.id == "say" and call.keywords:
                assert fields_of(call.args[0]) == given, place
                said += 1
            elif call.func.id == "say":
                assert isinstance(call.args[0], ast.Constant), place
                # Text in braces is what the user is to write himself.
                assert "{" not in str(call.args[0].value).replace("{title}", ""), place
    assert said > 100

"""The translations: complete, in step with the code, and compiled."""

from __future__ import annotations

import re
import string
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from text_finder import Text, find_texts
from translations import (
    FOLDER,
    Translation,
    language_of,
    merged,
    problems,
    read_ts,
    release,
    update,
    write_ts,
)

SOURCES = sorted(FOLDER.glob("*.ts"))
CODE = """
from PySide6.QtCore import QCoreApplication
from sda_desktop.words import counted, mark as noted, say
from sda_desktop.training.settings_table import choice, number

GAIN = number(3.0, 0.0, 24.0, "Gain", "Louder.", unit="dB")
KIND = choice("a", {"a": "First", "b": "Second"}, "Kind", "Which one.")
TABLE = (noted("marked"),)
TOO_EARLY = say("too early")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Plain", text)


class Panel:
    def build(self, running: bool, name: str) -> None:
        self.tr("Stop" if running else "Train")
        self.tr("a" " b", "of the alphabet")
        self.tr(name)
        self.tr(f"not {name}")
        _tr("helped")
        QCoreApplication.translate("Other", "direct")
        say("{name} is gone", name=name)
        counted("{n} sound", "{n} sounds", 3)


def say_nothing(say: object) -> None:
    number("no", "table", "row")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "sda_desktop"
    folder.mkdir()
    (folder / "panel.py").write_text(CODE, encoding="utf-8")
    return folder


def test_every_text_of_the_code_is_found_in_its_context(package: Path) -> None:
    found = find_texts(package)
    assert {(t.context, t.source) for t in found.texts} == {
        ("Panel", "Stop"),
        ("Panel", "Train"),
        ("Panel", "a b"),
        ("Plain", "helped"),
        ("Other", "direct"),
        *(("Words", source) for source in ("{name} is gone", "{n} sounds", "marked", "too early")),
        *(("Words", source) for source in ("Gain", "Louder.", "dB", "First", "Second", "Kind", "Which one.")),
    }
    assert [t.source for t in found.texts if t.plural] == ["{n} sounds"]
    assert [t.comment for t in found.texts if t.source == "a b"] == ["of the alphabet"]


def test_what_nobody_could_translate_is_listed(package: Path) -> None:
    assert [re.sub(r"^\S+:\d+: ", "", place) for place in find_texts(package).unknown] == [
        "say('too early') outside of a function",
        "self.tr(name)",
        "self.tr(f'not {name}')",
    ]


def test_a_source_file_comes_back_as_it_was_written(package: Path, tmp_path: Path) -> None:
    found = find_texts(package)
    given = {
        text: Translation(("eins & <zwei>", "„drei“\nvier") if text.plural else ("fünf",), True)
        for text in found.texts
    }
    write_ts(tmp_path / "sda_desktop_de.ts", "de", found, given)
    assert read_ts(tmp_path / "sda_desktop_de.ts") == given


def test_texts_come_and_go_and_a_moved_one_keeps_its_translation(package: Path) -> None:
    found = find_texts(package)
    done = Translation(("Stopp",), True)
    before = {Text("Elsewhere", "Stop"): done, Text("Panel", "gone"): Translation(("weg",), True)}
    after = merged(found, before)
    assert after.keys() == found.texts.keys()
    assert after[Text("Panel", "Stop")] == done
    assert after[Text("Panel", "Train")] == Translation()


def test_the_translations_are_up_to_date() -> None:
    """Each line says what is wrong and which command mends it."""
    assert SOURCES
    assert problems() == []


def test_what_is_not_up_to_date_is_named_with_the_command(tmp_path: Path) -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        text = text.replace("<name>SeedField</name>", "<name>OldField</name>")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    listed = problems(tmp_path)
    for wanted in ("(SeedField): run", "(OldField), which is nowhere", "is not made of its .ts file"):
        assert [line for line in listed if wanted in line and "packaging/translations.py" in line], wanted
    assert update(tmp_path) == 0  # it only moved
    release(tmp_path)
    assert problems(tmp_path) == []


@pytest.mark.parametrize("path", SOURCES, ids=language_of)
def test_the_compiled_file_says_what_the_source_says(path: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    assert translator.language() == language_of(path)
    for text, known in read_ts(path).items():
        comment = text.comment or None
        spoken = [
            translator.translate(text.context, text.source, comment, n)
            for n in ((1, 2) if text.plural else (-1,))
        ]
        assert tuple(spoken) == known.forms, text


def fields(text: str) -> Counter[tuple[str, str, str]]:
    """The {fields} of a template: name, conversion, format."""
    return Counter(
        (name, conversion or "", form or "") for _, name, form, conversion in _parsed(text) if name
    )


def _parsed(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(string.Formatter().parse(text))
    except ValueError:  # not a template: a brace of its own
        return []


@pytest.mark.parametrize("path", SOURCES, ids=language_of)
def test_fields_tags_and_mnemonics_are_those_of_the_source(path: Path) -> None:
    wrong = []
    for text, known in read_ts(path).items():
        for form in known.forms:
            same = (
                fields(form) == fields(text.source),
                Counter(re.findall(r"<[^<>]+>", form)) == Counter(re.findall(r"<[^<>]+>", text.source)),
                form.count("&") == text.source.count("&"),
                form.count("%n") == text.source.count("%n"),
                form.count("\n") == text.source.count("\n"),
                form[:1].isspace() == text.source[:1].isspace(),
                form[-1:].isspace() == text.source[-1:].isspace(),
                form.endswith("…") == text.source.endswith("…"),
            )
            if not all(same):
                wrong.append(f"{text.source!r}: {form!r}")
    assert wrong == []

"""The translations: find the texts in the code, keep the .ts files in step with them, compile them.

    python packaging/translations.py update    texts of the code -> resources/translations/*.ts
    python packaging/translations.py release   *.ts -> *.qm, with Qt's lrelease
    python packaging/translations.py check     whether both are up to date; exit code 1 if they are not

The .qm files are committed: the app finds its languages in a fresh checkout without a build step.

Qt's own lupdate cannot read this code: it knows neither the context of a helper function `_tr` nor
sda_desktop/words.py.  So the texts are found here, in the syntax tree (text_finder.py).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import PySide6
from text_finder import PACKAGE, Found, Text, find_texts

ROOT = PACKAGE.parent
FOLDER = ROOT / "resources" / "translations"
# Singular and plural: what German has, and every language that was added so far.
FORMS = 2


@dataclass(frozen=True, slots=True)
class Translation:
    """What a text is in another language: one form, or one for each number.  Empty: still to be done."""

    forms: tuple[str, ...] = ()
    finished: bool = False


Translations = dict[Text, Translation]


def read_ts(path: Path) -> Translations:
    """The texts of a .ts file, obsolete ones left out."""
    translations: Translations = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            text = Text(
                name,
                message.findtext("source") or "",
                message.get("numerus") == "yes",
                message.findtext("comment") or "",
            )
            element = message.find("translation")
            if element is None or element.get("type") in ("obsolete", "vanished"):
                continue
            forms = [form.text or "" for form in element.iter("numerusform")] or [element.text or ""]
            translations[text] = Translation(tuple(forms), element.get("type") != "unfinished")
    return translations


def write_ts(path: Path, language: str, found: Found, translations: Translations) -> None:
    """Write all texts that were found, with the translations that there are."""
    contexts: dict[str, list[str]] = {}
    for text, files in found.texts.items():
        contexts.setdefault(text.context, []).append(_message(text, files, translations.get(text)))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
    ]
    for name in sorted(contexts):
        lines += ["<context>", f"    <name>{name}</name>", *contexts[name], "</context>"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8", newline="\n")


def _message(text: Text, files: Sequence[str], translation: Translation | None) -> str:
    known = translation or Translation()
    forms = [*known.forms, *[""] * FORMS][: FORMS if text.plural else 1]
    body = "".join(f"<numerusform>{_xml(form)}</numerusform>" for form in forms)
    opened = "<translation>" if known.finished else '<translation type="unfinished">'
    lines = [
        '    <message numerus="yes">' if text.plural else "    <message>",
        *(f'        <location filename="../../{file}"/>' for file in files),
        f"        <source>{_xml(text.source)}</source>",
        *([f"        <comment>{_xml(text.comment)}</comment>"] if text.comment else []),
        f"        {opened}{body if text.plural else _xml(forms[0])}</translation>",
        "    </message>",
    ]
    return "\n".join(lines)


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})


def merged(found: Found, before: Translations) -> Translations:
    """The translations of what is in the code now.  A text that only moved takes its translation along."""
    gone = {text: known for text, known in before.items() if text not in found.texts}
    moved = {(text.source, text.plural): known for text, known in gone.items()}
    return {
        text: before.get(text) or moved.get((text.source, text.plural)) or Translation()
        for text in found.texts
    }


def language_of(path: Path) -> str:
    """sda_desktop_de.ts -> de."""
    return path.stem.removeprefix("sda_desktop_")


def update(folder: Path = FOLDER) -> int:
    """Bring every .ts file in step with the code.  Returns how many texts are still to be translated."""
    found = find_texts()
    todo = 0
    for path in sorted(folder.glob("*.ts")):
        translations = merged(found, read_ts(path))
        write_ts(path, language_of(path), found, translations)
        open_ones = [text for text, known in translations.items() if not known.finished]
        todo += len(open_ones)
        print(f"{path.name}: {len(translations)} texts, {len(open_ones)} to be translated")
        for text in open_ones:
            print(f"  {text.context}: {text.source!r}")
    return todo


def release(folder: Path = FOLDER, target: Path | None = None) -> list[Path]:
    """Compile every .ts file into a .qm file, beside it or in another folder."""
    made = []
    for path in sorted(folder.glob("*.ts")):
        compiled = (target or folder) / f"{path.stem}.qm"
        subprocess.run([_lrelease(), "-silent", str(path), "-qm", str(compiled)], check=True)
        made.append(compiled)
    return made


def _lrelease() -> str:
    tool = Path(str(PySide6.__file__)).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    if not tool.is_file():
        raise SystemExit(f"{tool} is missing: install PySide6-Essentials from its wheel.")
    return str(tool)


def problems(folder: Path = FOLDER) -> list[str]:
    """What is not up to date, each with the command that mends it."""
    found = find_texts()
    listed = [f"{place}: write the text itself, so that it can be found" for place in found.unknown]
    for path in sorted(folder.glob("*.ts")):
        known = read_ts(path)
        mend = f"run `python packaging/translations.py update`, translate it in {path.name}, then `release`"
        listed += [
            f"{path.name} lacks {text.source!r} ({text.context}): {mend}"
            for text in found.texts.keys() - known
        ]
        listed += [
            f"{path.name} has {text.source!r} ({text.context}), which is nowhere in the code: {mend}"
            for text in known.keys() - found.texts.keys()
        ]
        listed += [
            f"{path.name}: {text.source!r} ({text.context}) is not translated: {mend}"
            for text, done in known.items()
            if not (done.finished and all(done.forms))
        ]
    with tempfile.TemporaryDirectory() as scratch:
        for made in release(folder, Path(scratch)):
            compiled = folder / made.name
            if not compiled.is_file() or compiled.read_bytes() != made.read_bytes():
                listed.append(
                    f"{made.name} is not made of its .ts file: run `python packaging/translations.py release`"
                )
    return sorted(listed)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("update", "release", "check"))
    what = parser.parse_args(arguments).what
    if what == "update":
        return 1 if update() else 0
    if what == "release":
        print("\n".join(str(path) for path in release()))
        return 0
    listed = problems()
    print("\n".join(listed) or "Everything is translated.")
    return 1 if listed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The texts of the code that a user reads, found in its syntax tree.

    self.tr("text")                                 the context is the class
    _tr("text"), if the module has `def _tr(text): return QCoreApplication.translate("Context", text)`
    QCoreApplication.translate("Context", "text")
    say("text"), mark("text"), counted("one", "many", n), from sda_desktop/words.py
    tables: the words in a call of one of TABLES

The text is a literal, or one of two: `self.tr("Stop" if running else "Train")`.  Anything else is listed as
unknown, since nobody could translate it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "sda_desktop"
WORDS = "Words"
WORDS_MODULE = "sda_desktop.words"
SAYING = {"say": 0, "mark": 0, "counted": 1}  # the argument that is the text
# Tables by the module and the name of what a row is made with: the places of the words in it.
TABLES: dict[str, dict[str, tuple[int | str, ...]]] = {
    "sda_desktop.training.settings_table": {
        "number": (3, 4, "unit"),
        "whole": (3, 4, "unit"),
        "switch": (1, 2),
        "choice": (1, 2, 3),
    },
    "sda_desktop.audio.features": {"FeatureSpec": (0, 4, 5)},
    "sda_desktop.upgrades": {"FileFormat": (2,)},
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the code.  plural: it counts something, and `source` is its plural."""

    context: str
    source: str
    plural: bool = False
    comment: str = ""


@dataclass
class Found:
    """The texts, each with the files that it is in, and the places whose text cannot be known."""

    texts: dict[Text, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def find_texts(package: Path = PACKAGE) -> Found:
    """All texts of the package that are to be translated."""
    paths = {_module(package, path): path for path in sorted(package.rglob("*.py"))}
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    helpers = {name: _helpers(tree) for name, tree in trees.items()}
    found = Found()
    for name, tree in trees.items():
        if name == WORDS_MODULE:
            continue
        imported = list(_imports(tree))
        known = helpers[name] | {
            mine: helpers[module][theirs]
            for module, theirs, mine in imported
            if theirs in helpers.get(module, {})
        }
        words = {
            mine: theirs for module, theirs, mine in imported if module == WORDS_MODULE and theirs in SAYING
        }
        tables = dict(TABLES.get(name, {})) | {
            mine: TABLES[module][theirs]
            for module, theirs, mine in imported
            if theirs in TABLES.get(module, {})
        }
        place = paths[name].relative_to(package.parent).as_posix()
        _Finder(place, known, words, tables, found).visit(tree)
    return found


def _module(package: Path, path: Path) -> str:
    return ".".join(path.relative_to(package.parent).with_suffix("").parts)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """(module, name there, name here) of everything that is imported by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name, alias.asname or alias.name


def _helpers(tree: ast.Module) -> dict[str, str]:
    """The module's functions that only translate in one context, by name."""
    helpers = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            call = node.body[-1].value
            if isinstance(call, ast.Call) and _name(call) == "translate" and len(call.args) > 1:
                context, text = call.args[:2]
                if isinstance(context, ast.Constant) and isinstance(text, ast.Name):
                    helpers[node.name] = str(context.value)
    return helpers


class _Finder(ast.NodeVisitor):
    def __init__(
        self,
        place: str,
        helpers: dict[str, str],
        words: dict[str, str],
        tables: dict[str, tuple[int | str, ...]],
        found: Found,
    ) -> None:
        self._place = place
        self._helpers = helpers
        self._words = words
        self._tables = tables
        self._found = found
        self._classes: list[str] = []
        self._functions: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._functions.append(node.name)
        self.generic_visit(node)
        self._functions.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        name = _name(node)
        if isinstance(node.func, ast.Name) and name in self._words:
            self._say(node, self._words[name])
        elif isinstance(node.func, ast.Name) and name in self._tables:
            for place in self._tables[name]:
                for argument in _arguments(node, place):
                    self._add(node, WORDS, argument)
        elif isinstance(node.func, ast.Name) and name in self._helpers and node.args:
            self._add(node, self._helpers[name], node.args[0])
        elif name == "translate" and len(node.args) > 1 and isinstance(node.args[0], ast.Constant):
            if not (self._functions and self._functions[-1] in self._helpers):
                self._add(node, str(node.args[0].value), node.args[1], comment=_comment(node, 2))
        elif isinstance(node.func, ast.Attribute) and name == "tr" and node.args and self._classes:
            self._add(node, self._classes[-1], node.args[0], comment=_comment(node, 1))

    def _say(self, node: ast.Call, name: str) -> None:
        at = SAYING[name]
        if len(node.args) <= at:
            return
        # Elsewhere it would be said when the module is imported, before there is a language.
        if name != "mark" and not self._functions:
            self._found.unknown.append(
                f"{self._place}:{node.lineno}: {ast.unparse(node)} outside of a function"
            )
        self._add(node, WORDS, node.args[at], plural=at > 0)

    def _add(
        self, call: ast.Call, context: str, argument: ast.expr, *, plural: bool = False, comment: str = ""
    ) -> None:
        texts = list(_texts(argument))
        if not texts:
            self._found.unknown.append(f"{self._place}:{call.lineno}: {ast.unparse(call)}")
        for source in filter(None, texts):
            files = self._found.texts.setdefault(Text(context, source, plural, comment), [])
            if self._place not in files:
                files.append(self._place)


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _comment(call: ast.Call, at: int) -> str:
    comment = call.args[at] if len(call.args) > at else None
    return str(comment.value or "") if isinstance(comment, ast.Constant) else ""


def _arguments(call: ast.Call, place: int | str) -> list[ast.expr]:
    """The argument at a place, by number or name; the values of a dictionary one by one."""
    if isinstance(place, str):
        found = [keyword.value for keyword in call.keywords if keyword.arg == place]
    else:
        found = call.args[place : place + 1]
    return [value for each in found for value in (each.values if isinstance(each, ast.Dict) else [each])]


def _texts(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _texts(argument.body)
        yield from _texts(argument.orelse)

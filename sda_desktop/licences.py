"""What the app is made of: every component with its version, its licence and the licence's whole text.

A frozen app carries a folder `licenses` in its resources, which `collect` wrote when the app was packaged.
Everywhere else the same list is made from the metadata of the installed distributions.
"""

from __future__ import annotations

import json
import logging
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from sda_desktop import __version__, paths
from sda_desktop.errors import BadInputError

_log = logging.getLogger(__name__)

INDEX_NAME = "index.json"
APP_LICENCE = "MIT"
# The dependencies of pyproject.toml by name: a checkout has no metadata of its own.
RUN_TIME = (
    "PySide6-Essentials",
    "pyqtgraph",
    "torch",
    "torchaudio",
    "soundfile",
    "sounddevice",
    "soxr",
    "numpy",
    "safetensors",
    "scikit-learn",
    "filelock",
    "platformdirs",
    "psutil",
    "rich",
    "send2trash",
    "wakepy",
)
_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|copyright|notice|authors|cc-by)")
_PROGRAM_SUFFIXES = frozenset({".py", ".pyc", ".pyi", ".so", ".pyd", ".json"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST_NAME = 120  # some put the whole text where the licence's name belongs
_LONGEST_INDEX = 4_000_000


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the app, or the app itself."""

    name: str
    version: str
    license: str  # its short name, an SPDX expression where the component tells one
    files: tuple[Path, ...] = ()
    root: Path = Path()  # what the files are named relative to

    def text(self) -> str:
        """The texts of the licence, one behind the other; a text that stands in several files comes once."""
        texts: dict[str, list[str]] = {}
        for path in self.files:
            try:
                text = path.read_text(encoding="utf-8", errors="replace").strip("\n")
            except OSError as error:
                _log.warning("A licence cannot be read: %s", error)
                continue
            texts.setdefault(text, []).append(self._title(path))
        if len(self.files) <= 1:
            return "".join(f"{text}\n" for text in texts)
        return "\n\n".join(f"{_ruled(titles)}\n\n{text}\n" for text, titles in texts.items())

    def _title(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name


@dataclass(frozen=True, slots=True)
class _Native:
    """A library that comes inside a distribution without metadata of its own."""

    name: str
    license: str
    carrier: str
    texts: tuple[str, ...]


# The GNU Lesser GPL 3 is an addition to the GPL 3, so both texts belong to it.
_LGPL_3 = ("LGPL-3.0.txt", "GPL-3.0.txt")
_NATIVE = (
    _Native("libsndfile", "LGPL-2.1-or-later", "soundfile", ("LGPL-2.1.txt",)),
    _Native("PortAudio", "MIT", "sounddevice", ("PortAudio.txt",)),
    _Native("Qt", "LGPL-3.0-only", "pyside6-essentials", _LGPL_3),
)
# For what comes without the text.
_STANDARD_TEXTS = {"LGPL-3.0": _LGPL_3}


def load() -> list[Component]:
    """Every component of this very app, the app first, the others by name."""
    folder = index_folder()
    if (folder / INDEX_NAME).is_file():
        try:
            return _read_index(folder)
        except (OSError, ValueError) as error:
            _log.warning("The list of licences in %s cannot be read: %s", folder, error)
    return _gather(runtime_distributions())


def collect(target: Path, distributions: Iterable[str]) -> None:
    """Write the folder that `load` reads: index.json, and one text file for each component.

    distributions: the names of all that is packaged; `runtime_distributions()` are those that are installed
    here.  The app itself, Python and the libraries inside the distributions are added.  What lies in `target`
    from before is written over.  Raises BadInputError for a distribution that is not installed and for one
    that comes without its licence's text.
    """
    components = _gather(distributions, demand_all=True)
    target.mkdir(parents=True, exist_ok=True)
    index: list[dict[str, Any]] = []
    for component in components:
        text = component.text()
        if not text.strip():
            raise BadInputError(
                f"{component.name} {component.version} comes without the text of its licence.",
                "Put the text into resources/licence-texts and name it in sda_desktop/licences.py.",
            )
        name = f"{_canonical(component.name)}.txt"
        (target / name).write_text(text, encoding="utf-8", newline="\n")
        index.append(
            {
                "name": component.name,
                "version": component.version,
                "license": component.license,
                "files": [name],
            }
        )
    written = json.dumps(index, ensure_ascii=False, indent=1)
    (target / INDEX_NAME).write_text(f"{written}\n", encoding="utf-8", newline="\n")


def versions() -> dict[str, str]:
    """The version of every component that has one, by name; quick, as no licence is looked for."""
    folder = index_folder()
    if (folder / INDEX_NAME).is_file():
        try:
            return {part.name: part.version for part in _read_index(folder) if part.version}
        except (OSError, ValueError) as error:
            _log.warning("The list of licences in %s cannot be read: %s", folder, error)
    found = {name: metadata.version(name) for name in runtime_distributions()}
    return {"SDA Desktop": __version__, "Python": platform.python_version(), **found}


def index_folder() -> Path:
    """Where a frozen app has its licences."""
    return paths.resources_dir() / "licenses"


def runtime_distributions(roots: Iterable[str] = RUN_TIME) -> list[str]:
    """The roots and everything they need, as far as it is installed: other systems need other things."""
    found: dict[str, str] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if _canonical(name) in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[_canonical(name)] = distribution.name
        waiting += _requirements(distribution)
    return sorted(found.values(), key=str.lower)


def _requirements(distribution: metadata.Distribution) -> Iterator[str]:
    for requirement in distribution.requires or ():
        marker = requirement.partition(";")[2]
        match = _NAME.match(requirement.strip())
        if match and "extra" not in marker:
            yield match.group()


def _gather(distributions: Iterable[str], demand_all: bool = False) -> list[Component]:
    components: list[Component] = []
    names = set()
    for name in distributions:
        try:
            components.append(_of_distribution(metadata.distribution(name)))
        except metadata.PackageNotFoundError as error:
            if demand_all:
                raise BadInputError(f"{name} is not installed.", "Install it, or leave it out.") from error
            continue
        names.add(_canonical(name))
    components += [_of_native(native) for native in _NATIVE if native.carrier in names]
    components.append(_python())
    components.sort(key=lambda component: component.name.lower())
    return [_app(), *components]


def _of_distribution(distribution: metadata.Distribution) -> Component:
    root = Path(str(distribution.locate_file("")))
    inside = sorted({PurePosixPath(file.as_posix()) for file in distribution.files or ()})
    files = [root / path for path in inside if _is_licence(path)]
    license_name = _licence_name(distribution.metadata)
    found = tuple(path for path in files if path.is_file())
    return Component(
        distribution.metadata["Name"],
        distribution.version,
        license_name,
        found or _standard_texts(license_name),
        root if found else _texts_folder(),
    )


def _is_licence(path: PurePosixPath) -> bool:
    if ".." in path.parts or path.suffix.lower() in _PROGRAM_SUFFIXES:
        return False
    in_metadata = any(part.endswith(".dist-info") for part in path.parts)
    return bool(_LICENCE_FILE.match(path.name)) or (in_metadata and "licenses" in path.parts)


def _licence_name(about: metadata.PackageMetadata) -> str:
    expression = str(about["License-Expression"] or "").strip()
    if expression:
        return expression
    written = str(about["License"] or "").strip()
    if written and "\n" not in written and len(written) <= _LONGEST_NAME:
        return written
    classified = [str(c) for c in about.get_all("Classifier") or () if str(c).startswith("License ::")]
    return ", ".join(c.rpartition("::")[2].strip() for c in classified)


def _of_native(native: _Native) -> Component:
    files = tuple(_texts_folder() / name for name in native.texts)
    return Component(native.name, "", native.license, files, _texts_folder())


def _python() -> Component:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    text = next((place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()), None)
    files = (text,) if text is not None else ()
    return Component("Python", platform.python_version(), "PSF-2.0", files, Path(sys.base_prefix))


def _app() -> Component:
    try:
        installed = _of_distribution(metadata.distribution("sda-desktop"))
        files = installed.files
    except metadata.PackageNotFoundError:
        files = ()
    in_checkout = Path(__file__).resolve().parent.parent / "LICENSE"
    if not files and in_checkout.is_file():
        files = (in_checkout,)
    return Component("SDA Desktop", __version__, APP_LICENCE, files[:1])


def _standard_texts(license_name: str) -> tuple[Path, ...]:
    for part, names in _STANDARD_TEXTS.items():
        if part in license_name:
            return tuple(_texts_folder() / name for name in names)
    return ()


def _texts_folder() -> Path:
    return paths.resources_dir() / "licence-texts"


def _canonical(name: str) -> str:
    """The name as PyPA's "Name normalization" spells it, which is fit for a file name too."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _ruled(titles: Iterable[str]) -> str:
    lines = list(titles)
    return "\n".join([*lines, "-" * max(map(len, lines))])


def _read_index(folder: Path) -> list[Component]:
    """Raises OSError, ValueError."""
    index = folder / INDEX_NAME
    if index.stat().st_size > _LONGEST_INDEX:
        raise ValueError("the file is too long")
    entries = json.loads(index.read_text(encoding="utf-8"))
    if not isinstance(entries, list) or not entries:
        raise ValueError("it is no list")
    return [_from_entry(entry, folder) for entry in entries]


def _from_entry(entry: object, folder: Path) -> Component:
    if not isinstance(entry, dict):
        raise ValueError("an entry is no object")
    files = entry.get("files", [])
    if not isinstance(entry.get("name"), str) or not isinstance(files, list):
        raise ValueError("an entry has no name or no list of files")
    found = [folder / str(name) for name in files]
    if any(not path.resolve().is_relative_to(folder.resolve()) for path in found):
        raise ValueError("a file lies elsewhere")
    return Component(
        entry["name"], str(entry.get("version", "")), str(entry.get("license", "")), tuple(found), folder
    )

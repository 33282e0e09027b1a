"""The list of components: from the installed distributions, into a folder, and back."""

from __future__ import annotations

import json
import logging
import re
import tomllib
from pathlib import Path

import pytest

from sda_desktop import __version__, licences
from sda_desktop.errors import BadInputError
from sda_desktop.licences import Component, collect, load, runtime_distributions

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this app would have its licences if it were frozen; not there yet."""
    folder = tmp_path / "licenses"
    monkeypatch.setattr(licences, "index_folder", lambda: folder)
    return folder


def by_name(components: list[Component]) -> dict[str, Component]:
    return {component.name.lower().replace("_", "-"): component for component in components}


def test_the_roots_are_the_dependencies_of_the_project() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [re.split(r"[^\w-]", line)[0] for line in project["project"]["dependencies"]]
    assert sorted(licences.RUN_TIME) == sorted(wanted)


def test_what_is_needed_by_something_needed_is_there_and_tools_are_not() -> None:
    found = {name.lower() for name in runtime_distributions()}
    assert {"torch", "sympy", "mpmath", "shiboken6", "cffi", "pygments"} <= found
    assert not {"pytest", "mypy", "ruff", "import-linter"} & found


def test_every_component_has_a_licence_with_its_whole_text(folder: Path) -> None:
    components = load()
    assert components[0].name == "SDA Desktop"
    assert components[0].version == __version__
    for component in components:
        assert component.license, component.name
        assert len(component.license) <= 120, component.name
        assert len(component.text()) > 400, component.name
    known = by_name(components)
    assert "Permission is hereby granted" in components[0].text()
    assert "PYTHON SOFTWARE FOUNDATION" in known["python"].text()
    for name in ("pyside6-essentials", "shiboken6"):  # come without one
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in known[name].text()
        assert "GNU GENERAL PUBLIC LICENSE" in known[name].text()
    assert "Ross Bencina" in known["portaudio"].text()
    assert "Version 2.1" in known["libsndfile"].text()
    assert known["qt"].text() == known["pyside6-essentials"].text()


def test_what_was_collected_is_what_is_loaded(folder: Path) -> None:
    distributions = runtime_distributions()
    before = load()
    collect(folder, distributions)
    after = load()
    assert [(c.name, c.version, c.license) for c in after] == [(c.name, c.version, c.license) for c in before]
    assert {c.name: c.text() for c in after} == {c.name: c.text() for c in before}
    assert all(path.parent == folder for component in after for path in component.files)
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert set(index[0]) == {"name", "version", "license", "files"}
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["index.json", *(name for entry in index for name in entry["files"])]
    )


def test_only_what_is_named_is_collected(folder: Path) -> None:
    collect(folder, ["mdurl"])
    assert [component.name for component in load()] == ["SDA Desktop", "mdurl", "Python"]


def test_a_distribution_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(BadInputError, match="no-such-thing is not installed"):
        collect(folder, ["mdurl", "no-such-thing"])
    assert not folder.exists()


def test_a_component_without_a_text_is_not_packaged(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = tmp_path / "bare-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1.0\nLicense: MIT\n")
    (about / "RECORD").write_text("bare-1.0.dist-info/METADATA,,\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(BadInputError, match=r"bare 1\.0 comes without the text"):
        collect(folder, ["bare"])


@pytest.mark.parametrize(
    "content",
    [
        "not JSON",
        "{}",
        "[]",
        '["x"]',
        '[{"name": 3, "files": []}]',
        '[{"name": "x", "files": ["../../etc/passwd"]}]',
        '[{"name": "x", "files": "x.txt"}]',
    ],
)
def test_a_damaged_index_is_not_believed(
    folder: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder.mkdir()
    (folder / "index.json").write_text(content)
    with caplog.at_level(logging.WARNING):
        assert "torch" in by_name(load())
    assert "cannot be read" in caplog.text


def test_equal_texts_come_once_under_all_their_names(tmp_path: Path) -> None:
    for name, text in (("a", "same"), ("b", "other"), ("c", "same")):
        (tmp_path / name).write_text(text)
    files = tuple(tmp_path / name for name in ("a", "b", "c"))
    assert Component("x", "1", "MIT", files, tmp_path).text() == "a\nc\n-\n\nsame\n\n\nb\n-\n\nother\n"


def test_a_lost_text_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Component("x", "1", "MIT", (tmp_path / "gone",), tmp_path).text() == ""
    assert "cannot be read" in caplog.text

"""The settings' file: older, newer, damaged, and never written over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from app_process import WINDOW, run
from PySide6.QtCore import QByteArray

from sda_desktop import paths
from sda_desktop.storage import storage_error
from sda_desktop.ui import settings_file
from sda_desktop.ui.settings import Settings


@pytest.fixture
def file() -> Path:
    path = paths.settings_file()
    path.parent.mkdir(parents=True)
    return path


def names(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir())


def second(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the settings are of version 2, where the theme has another name."""

    def step(data: dict[str, Any]) -> dict[str, Any]:
        data["look/scheme"] = data.pop("look/theme")
        return data

    monkeypatch.setattr(
        settings_file, "FORMAT", replace(settings_file.FORMAT, version=2, migrations={1: step})
    )


def test_the_first_value_brings_the_version(file: Path) -> None:
    settings = Settings()
    assert settings.theme == "system"
    assert settings.sync()
    assert not file.exists()
    settings.theme = "dark"
    assert settings.sync()
    assert "[format]\nversion=1" in file.read_text(encoding="utf-8").replace("\r", "")


def test_a_file_of_before_there_were_versions_is_of_the_first(file: Path) -> None:
    file.write_text("[look]\ntheme=light\n", encoding="utf-8")
    assert settings_file.prepare(file) == ""
    settings = Settings()
    assert settings.theme == "light"
    settings.volume_db = -3
    assert settings.sync()
    assert names(file) == ["settings.ini"]
    again = file.read_text(encoding="utf-8")
    assert "theme=light" in again
    assert "version=1" in again


@pytest.mark.parametrize(
    "damaged",
    [
        b"\0" * 400,
        b"garbage",
        b"[General\nlook=1",
        b'{"a": 1}\n',
        b"[format]\nversion=0\n",
        b"[format]\nversion=x\n",
    ],
)
def test_a_damaged_file_is_kept_aside_and_told(file: Path, damaged: bytes) -> None:
    file.write_bytes(damaged)
    told = settings_file.prepare(file)
    (aside,) = file.parent.iterdir()
    assert aside.read_bytes() == damaged
    assert str(aside) in told
    assert Settings().theme == "system"
    assert settings_file.prepare(file) == ""


def test_an_empty_file_is_no_damage(file: Path) -> None:
    file.write_bytes(b"")
    assert settings_file.prepare(file) == ""
    assert names(file) == ["settings.ini"]


def test_a_newer_file_is_never_written(file: Path) -> None:
    newer = b"[format]\nversion=2\n\n[look]\ntheme=dark\n"
    file.write_bytes(newer)
    assert "the defaults are used" in settings_file.prepare(file)
    settings = Settings()
    assert settings.theme == "system"
    settings.theme = "light"
    assert settings.sync()
    assert file.read_bytes() == newer
    assert names(file) == ["settings.ini", "settings.v1.ini"]
    assert Settings().theme == "light"
    assert "your earlier ones are used" in settings_file.prepare(file)


def test_an_older_file_is_upgraded_and_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Settings()
    old.theme = "dark"
    old.set_blob("window/geometry", QByteArray(b"\x00\x01\xff"))
    assert old.sync()
    before = file.read_bytes()
    second(monkeypatch)
    assert settings_file.prepare(file) == ""
    assert (file.parent / "settings.v1.ini").read_bytes() == before
    upgraded = Settings()
    assert upgraded.text("look/scheme") == "dark"
    assert upgraded.blob("window/geometry") == QByteArray(b"\x00\x01\xff")
    assert upgraded.text("format/version") == "2"
    assert names(file) == ["settings.ini", "settings.v1.ini"]
    # Back to the version before: the settings are as they were then.
    monkeypatch.undo()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(file.parent.parent))
    assert "your earlier ones are used" in settings_file.prepare(file)
    assert Settings().theme == "dark"


def test_what_cannot_be_upgraded_is_left_as_it_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Settings()
    old.theme = "dark"
    assert old.sync()
    before = file.read_bytes()
    second(monkeypatch)

    def full(path: Path, *_: object) -> None:
        raise storage_error(OSError(28, "No space left on device"), path)

    monkeypatch.setattr(settings_file, "keep_copy", full)
    assert "disk is full" in settings_file.prepare(file)
    settings = Settings()
    settings.set_text("look/scheme", "light")
    assert settings.sync()
    assert file.read_bytes() == before
    monkeypatch.undo()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(file.parent.parent))
    assert Settings().theme == "dark"


def test_a_write_that_fails_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Settings()
    old.theme = "dark"
    assert old.sync()
    before = file.read_bytes()
    second(monkeypatch)

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(settings_file, "replace_durably", fail)
    assert "Input/output error" in settings_file.prepare(file)
    assert file.read_bytes() == before
    assert names(file) == ["settings.ini", "settings.v1.ini"]
    monkeypatch.undo()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(file.parent.parent))
    second(monkeypatch)
    assert settings_file.prepare(file) == ""
    assert Settings().text("look/scheme") == "dark"
    assert names(file) == ["settings.ini", "settings.v1.ini"]


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    assert "cannot be read" in settings_file.prepare(file)
    assert Settings().theme == "system"


def test_the_window_says_so_and_keeps_its_layout_elsewhere(file: Path) -> None:
    newer = b"[format]\nversion=2\n"
    file.write_bytes(newer)
    done = run("-c", WINDOW)
    assert done.returncode == 0, done.stderr
    assert "NOTICE The settings are those of a newer SDA Desktop" in done.stdout
    assert file.read_bytes() == newer
    assert not Settings().blob("window/geometry").isEmpty()

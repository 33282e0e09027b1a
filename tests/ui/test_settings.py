"""Preferences: what was stored comes back, and a damaged file never stops the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from sda_desktop import paths
from sda_desktop.ui.settings import LOUDEST_DB, RECENT_LIMIT, Settings


def test_everything_comes_back_from_the_file() -> None:
    first = Settings()
    first.set_text("a/text", 'Größe, "x=1"; ')
    first.set_number("a/number", 0.1)
    first.set_flag("a/flag", True)
    first.set_blob("a/blob", QByteArray(b"\x00\x01\xff"))
    first.set_data("a/data", {"epochs": [1, 2], "name": "é"})
    assert first.sync()
    assert paths.settings_file().is_file()
    second = Settings()
    assert second.text("a/text") == 'Größe, "x=1"; '
    assert second.number("a/number", 0.0) == 0.1
    assert second.flag("a/flag") is True
    assert second.blob("a/blob").data() == b"\x00\x01\xff"
    assert second.data("a/data") == {"epochs": [1, 2], "name": "é"}


def test_what_is_not_set_is_the_default() -> None:
    settings = Settings()
    assert settings.text("x", "d") == "d"
    assert settings.number("x", 1.5) == 1.5
    assert settings.flag("x", True) is True
    assert settings.blob("x").isEmpty()
    assert settings.data("x", []) == []
    assert settings.theme == "system"
    assert settings.volume_db == 0.0
    assert settings.output_device == ""


def test_nonsense_in_the_file_counts_as_not_set(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(
        "[look]\ntheme=sepia\n[player]\nvolume_db=loud\n[recent]\nsounds=@@{\n[form]\nmore=perhaps\n"
    )
    settings = Settings(file)
    assert settings.theme == "system"
    assert settings.volume_db == 0.0
    assert settings.recent("sounds") == []
    assert settings.flag("form/more") is False


def test_the_volume_stays_in_its_range() -> None:
    settings = Settings()
    settings.volume_db = 400.0
    assert settings.volume_db == LOUDEST_DB


@pytest.mark.parametrize("mode", ["system", "light", "dark"])
def test_the_theme_is_remembered(mode: str) -> None:
    Settings().theme = mode
    assert Settings().theme == mode


def test_recent_paths_are_newest_first_each_once_and_few() -> None:
    settings = Settings()
    folders = [Path(f"/music/Ünder {i}").absolute() for i in range(RECENT_LIMIT + 2)]
    for folder in folders:
        settings.add_recent("sounds", [folder])
    settings.add_recent("sounds", [folders[5]])
    recent = Settings().recent("sounds")
    assert recent[:2] == [folders[5], folders[-1]]
    assert len(recent) == len(set(recent)) == RECENT_LIMIT


def test_recent_paths_can_be_forgotten() -> None:
    settings = Settings()
    one, two = Path("/one").absolute(), Path("/two").absolute()
    settings.add_recent("sounds", [one, two])
    settings.add_recent("runs", [one])
    settings.remove_recent("sounds", one)
    assert settings.recent("sounds") == [two]
    settings.clear_recent("sounds")
    assert settings.recent("sounds") == []
    assert settings.recent("runs") == [one]


def test_two_windows_share_what_is_stored() -> None:
    first, second = Settings(), Settings()
    first.set_text("k", "v")
    assert second.text("k") == "v"
    first.forget("k")
    assert second.text("k", "gone") == "gone"

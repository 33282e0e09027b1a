"""The home folder and the user's name disappear however a text writes them; nothing else does."""

from __future__ import annotations

import getpass
import json
import unicodedata
from pathlib import Path, PureWindowsPath
from typing import Literal

import pytest
from PySide6.QtCore import QSettings

from sda_desktop.redaction import Redactor

PATHS = ["/home/jürgen m/Klänge/a.wav", "C:\\Users\\Jürgen M\\Klänge\\a.wav"]
BOTH = Redactor(["/home/jürgen m", "C:\\Users\\Jürgen M"], [])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "write",
    [
        str,
        str.upper,
        repr,
        json.dumps,
        lambda path: json.dumps(path, ensure_ascii=False),
        lambda path: json.dumps(json.dumps(path)),
        lambda path: path.replace("\\", "/"),
        lambda path: (PureWindowsPath(path) if "\\" in path else Path(path)).as_uri(),
    ],
)
def test_the_home_is_replaced_in_every_spelling(
    path: str, form: Literal["NFC", "NFD"], write: object
) -> None:
    assert callable(write)
    text = BOTH(f"x {write(unicodedata.normalize(form, path))} y")
    plain = unicodedata.normalize("NFC", text).lower()
    for part in ("rgen", "users", "home/j", "\\u00fc", "%c3%bc"):
        assert part not in plain
    assert "~" in text
    assert "a.wav" in plain
    assert plain.startswith("x ")
    assert plain.endswith(" y")


def test_the_home_is_replaced_in_qt_s_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    store = QSettings(str(file), QSettings.Format.IniFormat)
    store.setValue("recent/sounds", json.dumps(PATHS))
    store.setValue("plain", PATHS[1])
    store.sync()
    text = BOTH(file.read_text(encoding="utf-8"))
    assert text.count("~") == 3
    assert "rgen" not in text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/home/jane", "~"),
        ("/home/jane.", "~."),
        ('"/home/jane"', '"~"'),
        ("/home/jane\\n", "~\\n"),
        ("HOME=/home/jane:/x", "HOME=~:/x"),
        ("/home/janet/x", "/home/janet/x"),
        ("/home/jane-2/x", "/home/jane-2/x"),
        ("/home/jane.old/x", "/home/jane.old/x"),
        ("/mnt/home/jane2/x", "/mnt/home/jane2/x"),
        ("/media/jane/disk", "/media/~/disk"),
        ("D:\\Jane\\x", "D:\\~\\x"),
        ("Jane plays jane.wav", "Jane plays jane.wav"),
        ("/media/janes/jane.wav", "/media/janes/jane.wav"),
        ('{"name": "jane", "x": "jane plays"}', '{"name": "~", "x": "jane plays"}'),
        ('"jan e"', '"jan e"'),
        ("/runs/2026-01-02 03-04 jane/run.json", "/runs/2026-01-02 03-04 ~/run.json"),
    ],
)
def test_only_the_whole_name_in_a_path_is_replaced(text: str, wanted: str) -> None:
    assert Redactor(["/home/jane"], ["jane"])(text) == wanted


def test_a_name_with_signs_of_a_pattern_is_taken_literally() -> None:
    redact = Redactor(["/home/a.b+(c)"], ["a.b+(c)"])
    assert redact("/home/a.b+(c)/x /media/a.b+(c)/y") == "~/x /media/~/y"
    assert redact("/home/aXb+(c)/x") == "/home/aXb+(c)/x"


@pytest.mark.parametrize("home", ["/", "", "C:\\"])
def test_a_drive_is_nobody_s_home(home: str) -> None:
    assert Redactor([home], [])("/a/b C:\\a\\b") == "/a/b C:\\a\\b"


def test_by_default_it_is_the_user_of_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "ann"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "ann"))
    assert Redactor()(f"{tmp_path / 'ann' / 'x'} /media/ann/y /media/{getpass.getuser()}/z") == (
        f"~{'/x' if '/' in str(tmp_path) else chr(92) + 'x'} /media/~/y /media/~/z"
    )

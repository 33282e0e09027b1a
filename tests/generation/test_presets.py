"""Presets: named settings of a model's controls."""

from __future__ import annotations

import json
import math
from pathlib import Path
from threading import Thread

import pytest

from sda_desktop.errors import BadInputError, StorageError
from sda_desktop.generation.presets import Presets


@pytest.fixture
def presets(tmp_path: Path) -> Presets:
    return Presets.of_run(tmp_path)


def names(presets: Presets) -> list[str]:
    return [preset.name for preset in presets.all()]


def test_settings_are_recalled_after_a_restart(presets: Presets) -> None:
    settings = {"novelty": 0.3, "loop": True, "sliders": [["bright", -1.5]], "name": "Ähm"}
    presets.save(" my \n preset ", settings)
    assert Presets(presets.path).recall("my preset") == settings
    assert names(Presets(presets.path)) == ["my preset"]


def test_a_name_is_taken_whatever_its_case(presets: Presets) -> None:
    presets.save("Dark", {"a": 1})
    with pytest.raises(BadInputError, match="called Dark already"):
        presets.save("dARK", {"a": 2})
    assert presets.recall("dark") == {"a": 1}
    presets.save("dARK", {"a": 2}, replacing=True)
    assert presets.recall("Dark") == {"a": 2}
    assert names(presets) == ["dARK"]


def test_renaming(presets: Presets) -> None:
    presets.save("a", {"x": 1})
    presets.save("b", {"x": 2})
    with pytest.raises(BadInputError, match="called b already"):
        presets.rename("a", "B")
    presets.rename("a", "A")
    presets.rename("A", "c")
    assert names(presets) == ["b", "c"]
    assert presets.recall("c") == {"x": 1}
    with pytest.raises(BadInputError, match="no preset called a"):
        presets.rename("a", "d")


def test_what_was_deleted_can_be_put_back(presets: Presets) -> None:
    presets.save("a", {"x": 1})
    deleted = presets.delete("a")
    assert names(presets) == []
    presets.put_back(deleted)
    assert presets.all() == [deleted]
    with pytest.raises(BadInputError, match="already"):
        presets.put_back(deleted)
    with pytest.raises(BadInputError, match="no preset"):
        presets.recall("b")


@pytest.mark.parametrize("name", ["", "  ", "\n\t"])
def test_an_empty_name_is_refused(presets: Presets, name: str) -> None:
    with pytest.raises(BadInputError, match="needs a name"):
        presets.save(name, {})


@pytest.mark.parametrize("value", [math.nan, math.inf, object()])
def test_what_json_does_not_have_is_refused_and_nothing_written(presets: Presets, value: object) -> None:
    presets.save("a", {"x": 1})
    before = presets.path.read_bytes()
    with pytest.raises(BadInputError, match="cannot be kept"):
        presets.save("b", {"x": value})
    assert presets.path.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "{", '{"sda_desktop_presets": 1, "presets": [{}]}', '{"sda_desktop_presets": 1}', "[]"]
)
def test_a_damaged_file_is_kept_and_told(presets: Presets, text: str) -> None:
    presets.path.write_text(text, encoding="utf-8")
    presets.save("a", {})
    assert names(presets) == ["a"]
    copy = presets.path.with_name("presets damaged.json")
    assert copy.read_text(encoding="utf-8") == text
    assert str(copy) in presets.note


def test_a_newer_file_is_refused_and_left_alone(presets: Presets) -> None:
    presets.save("a", {})
    data = json.loads(presets.path.read_text(encoding="utf-8"))
    presets.path.write_text(json.dumps({**data, "sda_desktop_presets": 2}), encoding="utf-8")
    before = presets.path.read_bytes()
    for attempt in (presets.all, lambda: presets.save("b", {})):
        with pytest.raises(BadInputError, match="newer SDA Desktop"):
            attempt()
    assert presets.path.read_bytes() == before


def test_two_windows_do_not_lose_each_others(presets: Presets) -> None:
    def save(prefix: str) -> None:
        mine = Presets(presets.path)
        for number in range(20):
            mine.save(f"{prefix} {number}", {})

    threads = [Thread(target=save, args=(prefix,)) for prefix in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(presets.all()) == 60


def test_a_full_disk_leaves_the_old_ones(presets: Presets, monkeypatch: pytest.MonkeyPatch) -> None:
    presets.save("a", {})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("sda_desktop.storage.os.fsync", full)
        with pytest.raises(StorageError, match="disk is full"):
            presets.save("b", {})
    assert names(presets) == ["a"]
    assert [path.name for path in presets.path.parent.iterdir()] == ["presets.json"]

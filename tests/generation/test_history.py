"""The history: what was generated is found again, whatever happens in between."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sda_desktop.errors import BadInputError, StorageError
from sda_desktop.generation.history import History, HistoryEntry
from sda_desktop.generation.outline import POINTS, outline_of, pack_outline, unpack_outline
from sda_desktop.generation.recipe import Recipe, Stop

OUTLINE = np.stack([np.linspace(-1, 0, POINTS), np.linspace(1, 0, POINTS)]).astype(np.float32)


def recipe(title: str = "a sound", model: str = "m1", seed: int = 1) -> Recipe:
    return Recipe(model, "place", title, (Stop(0.0, (("a", 0.75), ("b", 0.25))),), 1.5, seed)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.jsonl"


def filled(file: Path, *titles: str) -> tuple[History, list[HistoryEntry]]:
    history = History(file)
    return history, [history.add(recipe(title), 1.5, OUTLINE) for title in titles]


def titles(history: History) -> list[str]:
    return [entry.title for entry in history.entries()]


def test_an_entry_is_found_again_after_a_restart(file: Path) -> None:
    history = History(file)
    made = history.add(recipe("wind", seed=7), 1.5, OUTLINE, run=Path("/runs/a"))
    (found,) = History(file).entries()
    assert found == made
    assert found.recipe == recipe("wind", seed=7)
    assert (found.seconds, found.model, found.run, found.favourite) == (
        1.5,
        "m1",
        str(Path("/runs/a")),
        False,
    )
    np.testing.assert_allclose(found.outline, OUTLINE, atol=0.5 / 127)


def test_the_newest_is_first_and_conditions_add_up(file: Path) -> None:
    history = History(file)
    a = history.add(recipe("Dark wind", "m1"), 1, OUTLINE, run=Path("/runs/a"))
    b = history.add(recipe("dark drum", "m2"), 1, OUTLINE, run=Path("/runs/a"))
    c = history.add(recipe("Träume", "m2"), 1, OUTLINE, run=Path("/runs/b"))
    history.set_favourite(b.id, True)
    assert [e.id for e in history.entries()] == [c.id, b.id, a.id]
    assert [e.id for e in history.entries(model="m2")] == [c.id, b.id]
    assert [e.id for e in history.entries(run=Path("/runs/a"))] == [b.id, a.id]
    assert [e.id for e in history.entries(favourites=True)] == [b.id]
    assert [e.id for e in history.entries(search="DARK")] == [b.id, a.id]
    assert [e.id for e in history.entries(search="wind dark")] == [a.id]
    assert [e.id for e in history.entries(search="traume")] == [c.id]
    assert history.entries(model="m1", favourites=True) == []


def test_changes_survive_a_restart(file: Path) -> None:
    history, (a, b, c) = filled(file, "a", "b", "c")
    assert history.rename(a.id, "  another \n name ").title == "another name"
    assert history.set_favourite(b.id, True).favourite
    history.remove(c.id)
    again = History(file)
    assert [(e.title, e.favourite) for e in again.entries()] == [("b", True), ("another name", False)]
    assert again.entries()[1].recipe.title == "another name"
    assert len(again) == 2


def test_what_was_removed_comes_back_where_it_was(file: Path) -> None:
    history, (_, b, _) = filled(file, "a", "b", "c")
    history.set_favourite(b.id, True)
    removed = history.remove(b.id)
    assert titles(history) == ["c", "a"]
    history.bring_back(removed)
    assert titles(history) == titles(History(file)) == ["c", "b", "a"]
    assert History(file).entries(favourites=True) == [removed]


def test_a_nameless_and_an_unknown_entry_are_refused(file: Path) -> None:
    history, (a,) = filled(file, "a")
    with pytest.raises(BadInputError, match="needs a name"):
        history.rename(a.id, " \n")
    history.remove(a.id)
    with pytest.raises(BadInputError, match="no longer in the history"):
        history.rename(a.id, "b")
    with pytest.raises(BadInputError, match="no longer in the history"):
        history.remove(a.id)


@pytest.mark.parametrize("tail", [b'{"do":"add","id":"x","made"', b"\0" * 3000])
def test_a_torn_last_line_is_told_and_cut_off_by_the_next_writer(file: Path, tail: bytes) -> None:
    filled(file, "a", "b")
    file.write_bytes(file.read_bytes() + tail)
    history = History(file)
    assert titles(history) == ["b", "a"]
    assert len(history.notes) == 1
    assert "cut off" in history.notes[0]
    history.add(recipe("c"), 1, OUTLINE)
    again = History(file)
    assert titles(again) == ["c", "b", "a"]
    assert again.notes == ()


def test_every_place_to_be_cut_off_leaves_all_whole_lines(file: Path, tmp_path: Path) -> None:
    filled(file, "a", "b", "c")
    data = file.read_bytes()
    ends = [i + 1 for i, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(ends[0], len(data) + 1, 7):
        torn = tmp_path / f"cut {cut}.jsonl"
        torn.write_bytes(data[:cut])
        assert len(History(torn)) == sum(end <= cut for end in ends) - 1


def test_a_damaged_line_costs_itself_and_the_damaged_file_is_kept(file: Path) -> None:
    filled(file, "a", "b", "c")
    lines = file.read_bytes().splitlines(keepends=True)
    lines[2] = b"\xff\xfe nonsense\n"
    file.write_bytes(b"".join(lines))
    history = History(file)
    assert titles(history) == ["c", "a"]
    assert "1 line could not be read" in history.notes[0]
    (copy,) = file.parent.glob("history damaged*")
    assert copy.read_bytes() == b"".join(lines)
    again = History(file)
    assert titles(again) == ["c", "a"]
    assert again.notes == ()


def test_a_damaged_header_costs_no_entry(file: Path) -> None:
    filled(file, "a", "b")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"\0\0garbage\n" + b"".join(lines[1:]))
    assert titles(History(file)) == ["b", "a"]
    assert History(file).notes == ()


def test_a_newer_file_is_refused_and_left_alone(file: Path) -> None:
    filled(file, "a")
    data = file.read_bytes().replace(b'"sda_desktop_history":1', b'"sda_desktop_history":2')
    file.write_bytes(data)
    with pytest.raises(BadInputError, match="newer SDA Desktop"):
        History(file)
    assert file.read_bytes() == data


def test_a_foreign_file_is_refused(file: Path) -> None:
    file.write_text('{"something": "else"}\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="not a history"):
        History(file)


def test_superfluous_lines_are_gone_after_opening(file: Path) -> None:
    history, (a, b) = filled(file, "a", "b")
    for number in range(200):
        history.set_favourite(a.id, number % 2 == 0)
    history.remove(b.id)
    before = file.stat().st_size
    again = History(file)
    assert len(file.read_bytes().splitlines()) == 2
    assert file.stat().st_size < before
    assert [(e.id, e.favourite) for e in again.entries()] == [(a.id, False)]
    # The first one goes on, although the file is another one now.
    history.add(recipe("c"), 1, OUTLINE)
    history.bring_back(b)
    assert again.refresh()
    assert sorted(titles(again)) == ["a", "b", "c"]


def test_two_histories_see_each_other(file: Path) -> None:
    one, other = History(file), History(file)
    made = one.add(recipe("by one"), 1, OUTLINE)
    assert len(other) == 0
    assert other.refresh()
    assert not other.refresh()
    other.rename(made.id, "by both")
    one.add(recipe("later"), 1, OUTLINE)
    assert titles(one) == ["later", "by both"]


ADDING = """
import sys
from pathlib import Path
import numpy as np
from sda_desktop.generation.history import History
from sda_desktop.generation.recipe import Recipe, Stop
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    history = History(Path(sys.argv[1])) if number % 10 == 0 else history
    made = history.add(
        Recipe("m", "random", f"{sys.argv[2]} {number}", (Stop(0.0, (("a", 1.0),)),), 1.0),
        1.0, np.zeros((2, 96), np.float32),
    )
    for _ in range(3):
        history.set_favourite(made.id, True)
"""


def test_two_processes_lose_nothing_of_each_other(file: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(file), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    history = History(file)
    assert history.notes == ()
    assert sorted(titles(history)) == sorted(f"{name} {n}" for name in ("one", "two") for n in range(100))
    assert len(history.entries(favourites=True)) == 200


def test_a_full_disk_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history, _ = filled(file, "a")
    before = file.read_bytes()

    def full(stream: object, data: bytes) -> None:
        stream.write(data[:20])  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sda_desktop.generation.history_file._write_all", full)
    with pytest.raises(StorageError, match="disk is full"):
        history.add(recipe("b"), 1, OUTLINE)
    assert titles(history) == ["a"]
    assert file.read_bytes() == before


def test_an_odd_recipe_is_refused_only_when_it_is_wanted(file: Path) -> None:
    filled(file, "a", "b")
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"kind":"place"', b'"kind":"magic"')
    file.write_bytes(b"".join(lines))
    b, a = History(file).entries()
    assert b.recipe.title == "b"
    with pytest.raises(BadInputError, match="magic"):
        _ = a.recipe


def test_each_line_is_json(file: Path) -> None:
    filled(file, 'a "quoted", "recipe":{ name', "b\\")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[1]["recipe"]["course"][0]["weights"] == [["a", 0.75], ["b", 0.25]]
    assert titles(History(file)) == ["b\\", 'a "quoted", "recipe":{ name']


def test_an_outline_shows_the_extremes_of_every_stretch() -> None:
    sound = np.zeros((2, 960), np.float32)
    sound[0, 15], sound[1, 957] = 0.5, -1.0
    outline = outline_of(sound)
    assert outline.shape == (2, POINTS)
    assert (outline[1, 1], outline[0, 95]) == (0.5, -1.0)
    assert np.abs(outline).sum() == 1.5
    for frames in (0, 1, 7):
        assert outline_of(np.ones((1, frames), np.float32)).shape == (2, POINTS)


def test_a_packed_outline_that_was_damaged_is_silence() -> None:
    packed = pack_outline(OUTLINE)
    assert np.abs(unpack_outline(packed) - OUTLINE).max() <= 0.5 / 127 + 1e-6
    for text in ("", "???", packed[:-8], "é" * 256):
        assert not unpack_outline(text).any()

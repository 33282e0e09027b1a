"""Files of an older version: read as of today, kept when they are written anew, and newer ones left alone.

All formats are at their first version, so that the second one here is made up.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sample_checkpoints import edit_manifest, sample_checkpoint, sample_run

from sda_desktop import upgrades
from sda_desktop.errors import BadInputError, CheckpointError, Damage, NewerFormat, StorageError
from sda_desktop.generation import explore_folder, history_file, model_file, presets, recipe
from sda_desktop.generation.explore_folder import ExploreFolder
from sda_desktop.generation.history import History
from sda_desktop.generation.library import look_at_model
from sda_desktop.generation.model_file import export_model, import_model
from sda_desktop.generation.opening import open_instrument
from sda_desktop.generation.outline import POINTS
from sda_desktop.generation.presets import Presets
from sda_desktop.generation.recipe import Partner, Recipe, Stop
from sda_desktop.training import about, checkpoint, checkpoint_manifest, run_folder
from sda_desktop.training.about import change_about, read_about, write_about
from sda_desktop.training.checkpoint import load_checkpoint, verify_checkpoint
from sda_desktop.training.run_folder import RunFolder, delete_run, summarise_run
from sda_desktop.upgrades import FileFormat, keep_copy, kept_copies

OUTLINE = np.zeros((2, POINTS), np.float32)


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    """A step from version 1 to 2: the name is written in capitals."""
    data["name"] = data["name"].upper()
    return data


def second(monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: upgrades.Migration = renamed) -> None:
    """From now on the files of a module are of version 2."""
    form = module.FORMAT
    monkeypatch.setattr(module, "FORMAT", replace(form, version=2, migrations={1: step}))


# The chain.


def test_every_version_below_needs_a_step() -> None:
    with pytest.raises(ValueError, match="cannot be upgraded from every version"):
        FileFormat("marker", 3, "a thing", {1: renamed})


def test_the_steps_are_taken_in_order_on_a_copy() -> None:
    def first(data: dict[str, Any]) -> dict[str, Any]:
        data["steps"].append(1)
        return data

    def then(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "steps": [*data["steps"], 2]}

    form = FileFormat("marker", 3, "a thing", {1: first, 2: then})
    old = {"marker": 1, "steps": []}
    assert form.upgraded(old) == {"marker": 3, "steps": [1, 2]}
    assert old == {"marker": 1, "steps": []}
    assert form.upgraded({"marker": 2, "steps": []}) == {"marker": 3, "steps": [2]}


def test_a_step_that_fails_is_told_as_damage() -> None:
    form = FileFormat("marker", 2, "a thing", {1: renamed})
    with pytest.raises(Damage, match=r"older SDA Desktop \(format 1\) and could not be upgraded"):
        form.upgraded({"marker": 1})


@pytest.mark.parametrize("version", [True, 0, -1, "2", 1.0])
def test_a_version_that_was_never_written_is_damage(version: object) -> None:
    with pytest.raises(Damage, match="which no version of SDA Desktop wrote"):
        FileFormat("marker", 1, "a thing").upgraded({"marker": version})


def test_a_newer_version_is_told_from_damage() -> None:
    with pytest.raises(NewerFormat, match=r"newer SDA Desktop \(9\.1, format 2; this one reads up to 1\)"):
        FileFormat("marker", 1, "a thing").upgraded({"marker": 2, "app_version": "9.1"})


# A run.


def test_looking_at_an_older_run_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sample_run(tmp_path / "run", name="bells").path
    before = (run / "run.json").read_bytes()
    second(monkeypatch, run_folder)
    assert summarise_run(run).name == "BELLS"
    assert RunFolder.open(run).manifest["name"] == "BELLS"
    assert (run / "run.json").read_bytes() == before
    assert [p.name for p in run.iterdir() if p.is_file()] == ["run.json"]


def test_an_older_run_is_kept_when_it_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sample_run(tmp_path / "run", name="bells").path
    before = (run / "run.json").read_bytes()
    second(monkeypatch, run_folder)
    folder = RunFolder.open(run)
    folder.update(status="running")
    folder.update(status="finished")
    assert (run / "run.v1.json").read_bytes() == before
    written = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert (written["sda_desktop_run"], written["name"], written["status"]) == (2, "BELLS", "finished")
    assert kept_copies(tmp_path) == [run / "run.v1.json"]
    # The version before refuses it, and says what to do.
    monkeypatch.undo()
    with pytest.raises(CheckpointError, match="newer SDA Desktop") as refused:
        RunFolder.open(run)
    assert refused.value.remedy.startswith("Update SDA Desktop")
    summary = summarise_run(run)
    assert (summary.status, summary.newer) == ("damaged", True)
    model = look_at_model(run)
    assert (model.damaged, model.newer) == (True, True)
    assert json.loads((run / "run.json").read_text(encoding="utf-8")) == written


def test_a_kept_copy_goes_with_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sample_run(tmp_path / "run").path
    second(monkeypatch, run_folder)
    RunFolder.open(run).update(status="finished")
    delete_run(run)
    assert not run.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders are write-protected otherwise on Windows")
def test_an_older_run_in_a_read_only_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sample_run(tmp_path / "run", name="bells").path
    second(monkeypatch, run_folder)
    code = run.stat().st_mode
    run.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert RunFolder.open(run).manifest["name"] == "BELLS"
        if os.geteuid() != 0:  # root may write everywhere
            with pytest.raises(StorageError, match="write-protected"):
                RunFolder.open(run).update(status="finished")
    finally:
        run.chmod(code)


def test_where_no_copy_can_be_kept_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sample_run(tmp_path / "run", name="bells").path
    before = (run / "run.json").read_bytes()
    second(monkeypatch, run_folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrades, "write_durably", full)
    with pytest.raises(StorageError, match="disk is full"):
        RunFolder.open(run).update(status="finished")
    assert (run / "run.json").read_bytes() == before
    assert [p.name for p in run.iterdir() if p.is_file()] == ["run.json"]


KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from sda_desktop.training import run_folder
run_folder.FORMAT = replace(run_folder.FORMAT, version=2, migrations={1: dict})
setattr(os, sys.argv[1], lambda *_: os._exit(9))
run_folder.RunFolder.open(Path(sys.argv[2])).update(status="finished")
"""


@pytest.mark.parametrize("killed_in", ["link", "replace"])  # of the copy, of the new file
def test_power_lost_on_the_way_loses_nothing(
    killed_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sample_run(tmp_path / "run", name="bells").path
    before = (run / "run.json").read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, killed_in, str(run)], timeout=60)
    assert killed.returncode == 9
    assert (run / "run.json").read_bytes() == before
    second(monkeypatch, run_folder)
    RunFolder.open(run).update(status="finished")
    assert [p.name for p in run.glob("*.v*")] == ["run.v1.json"]
    assert (run / "run.v1.json").read_bytes() == before
    assert RunFolder.open(run).manifest["status"] == "finished"


# The copy.


def test_a_copy_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    assert keep_copy(path, 1, b"one") == tmp_path / "run.v1.json"
    assert keep_copy(path, 1, b"one") == tmp_path / "run.v1.json"
    assert keep_copy(path, 1, b"two") == tmp_path / "run.v1-2.json"
    assert keep_copy(path, 2, b"three") == tmp_path / "run.v2.json"
    contents = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert contents == {"run.v1.json": b"one", "run.v1-2.json": b"two", "run.v2.json": b"three"}


def test_a_copy_is_kept_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    assert keep_copy(tmp_path / "run.json", 1, b"one").read_bytes() == b"one"
    assert keep_copy(tmp_path / "run.json", 1, b"two").name == "run.v1-2.json"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["run.v1-2.json", "run.v1.json"]


def _keep(folder: str, number: int) -> None:
    for turn in range(20):
        keep_copy(Path(folder) / "run.json", 1, f"{turn % 3} {number % 2}".encode())


def test_two_programs_at_once_keep_each_file_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_keep, args=(str(tmp_path), number)) for number in range(3)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
        assert other.exitcode == 0
    kept = [path.read_bytes() for path in kept_copies(tmp_path)]
    assert sorted(kept) == [b"0 0", b"0 1", b"1 0", b"1 1", b"2 0", b"2 1"]
    assert len(list(tmp_path.iterdir())) == 6


# The other files.


def test_an_older_note_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_about(tmp_path, about.About(name="bells"))
    before = (tmp_path / "about.json").read_bytes()
    second(monkeypatch, about)
    assert read_about(tmp_path).name == "BELLS"
    change_about(tmp_path, notes="rings")
    assert (tmp_path / "about.v1.json").read_bytes() == before
    assert read_about(tmp_path) == about.About(name="BELLS", notes="rings")


def test_older_presets_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Presets.of_run(tmp_path).save("dark", {"a": 1})
    before = (tmp_path / "presets.json").read_bytes()

    def doubled(data: dict[str, Any]) -> dict[str, Any]:
        for row in data["presets"]:
            row["settings"]["a"] *= 2
        return data

    second(monkeypatch, presets, doubled)
    kept = Presets.of_run(tmp_path)
    assert kept.recall("dark") == {"a": 2}
    kept.save("light", {"a": 5})
    assert (tmp_path / "presets.v1.json").read_bytes() == before
    assert [preset.settings for preset in Presets.of_run(tmp_path).all()] == [{"a": 2}, {"a": 5}]


def test_an_older_chart_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ExploreFolder(tmp_path)
    folder.save_chart({"name": "a"})
    before = (tmp_path / "chart.json").read_bytes()
    newer = replace(explore_folder.CHART_FORMAT, version=2, migrations={1: renamed})
    monkeypatch.setattr(explore_folder, "CHART_FORMAT", newer)
    chart = folder.load_chart()
    assert chart is not None
    assert chart["name"] == "A"
    folder.save_chart({**chart, "sliders": []})
    assert (tmp_path / "chart.v1.json").read_bytes() == before
    assert json.loads((tmp_path / "chart.json").read_text(encoding="utf-8"))["sda_desktop_atlas"] == 2


def small_recipe(title: str = "wind") -> Recipe:
    return Recipe("m1", "place", title, (Stop(0.0, (("a", 1.0),)),), 1.5, 1)


def test_an_older_history_is_kept_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "history.jsonl"
    history = History(file)
    history.add(small_recipe(), 1.5, OUTLINE)
    history.set_favourite(history.add(small_recipe("sea"), 1.5, OUTLINE).id, True)
    before = file.read_bytes()

    def longer(line: dict[str, Any]) -> dict[str, Any]:
        return {**line, "seconds": line["seconds"] + 1} if line["do"] == "add" else line

    second(monkeypatch, history_file, longer)
    upgraded = History(file)
    assert [(e.title, e.seconds, e.favourite) for e in upgraded.entries()] == [
        ("sea", 2.5, True),
        ("wind", 2.5, False),
    ]
    assert (tmp_path / "history.v1.jsonl").read_bytes() == before
    upgraded.add(small_recipe("new"), 1.5, OUTLINE)
    assert [(e.title, e.seconds) for e in History(file).entries()] == [
        ("new", 1.5),
        ("sea", 2.5),
        ("wind", 2.5),
    ]
    monkeypatch.undo()
    with pytest.raises(BadInputError, match="newer SDA Desktop"):
        History(file)


def test_an_older_recipe_is_upgraded_with_its_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = small_recipe().replaced(partner=Partner(small_recipe("sea"), "run"))
    old = json.loads(json.dumps(mixed.to_json()))

    def shout(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "title": data["title"].upper()}

    second(monkeypatch, recipe, shout)
    upgraded = Recipe.from_json(old)
    assert upgraded.title == "WIND"
    assert upgraded.partner is not None
    assert upgraded.partner.recipe.title == "SEA"
    assert Recipe.from_json(upgraded.to_json()) == upgraded


def test_an_older_checkpoint_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = sample_checkpoint(tmp_path, 10)
    before = {p.name: p.read_bytes() for p in info.path.iterdir()}

    def later(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "epoch": data["epoch"] + 100}

    def stepped(data: dict[str, Any]) -> dict[str, Any]:
        return {"steps": [data["step"]]}

    form = replace(checkpoint_manifest.FORMAT, version=2, migrations={1: later})
    state_form = replace(checkpoint_manifest.STATE_FORMAT, version=2, migrations={1: stepped})
    for module in (checkpoint_manifest, checkpoint):
        monkeypatch.setattr(module, "FORMAT", form)
        monkeypatch.setattr(module, "STATE_FORMAT", state_form)
    loaded = load_checkpoint(info.path)
    assert (loaded.info.epoch, loaded.state) == (101, {"steps": [10]})
    assert verify_checkpoint(info.path).problem == ""
    assert {p.name: p.read_bytes() for p in info.path.iterdir()} == before
    fresh = sample_checkpoint(tmp_path, 20)
    assert load_checkpoint(fresh.path).state == {"step": 20}


def test_a_checkpoint_of_a_newer_version_asks_for_an_update(tmp_path: Path) -> None:
    info = sample_checkpoint(tmp_path, 10)
    edit_manifest(info.path, lambda manifest: manifest.update(sda_desktop_checkpoint=2))
    with pytest.raises(CheckpointError, match="newer SDA Desktop") as refused:
        load_checkpoint(info.path)
    assert refused.value.remedy.startswith("Update SDA Desktop")


def test_an_older_model_file_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "tones.sda"
    shutil.copyfile(Path(__file__).parent / "fixtures" / "v1" / "tones.sda", source)
    before = source.read_bytes()

    def farther(data: dict[str, Any]) -> dict[str, Any]:
        for sound in data["sounds"]:
            sound["name"] += " tone"
        return data

    second(monkeypatch, model_file)
    second(monkeypatch, run_folder)
    second(monkeypatch, explore_folder, farther)
    imported = import_model(source, tmp_path / "runs").model
    assert imported.path.name.endswith("TONES")
    assert RunFolder.open(imported.path).manifest["name"] == "THREE TÖNES"
    names = [sound.name for sound in open_instrument(imported.path).instrument.atlas.sounds]
    assert sorted(names) == ["high tone", "low tone", "middle tone"]
    assert source.read_bytes() == before
    again = export_model(imported.path, tmp_path / "again")
    monkeypatch.undo()
    with pytest.raises(CheckpointError, match="newer SDA Desktop") as refused:
        import_model(again, tmp_path / "elsewhere")
    assert refused.value.remedy.startswith("Update SDA Desktop")

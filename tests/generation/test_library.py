"""The library: runs as models with names, found, copied, thrown away and brought back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from sample_checkpoints import make_newer, sample_checkpoint, sample_run

from sda_desktop import paths
from sda_desktop.cli import main
from sda_desktop.errors import BadInputError, CheckpointError, RunLockedError, StorageError
from sda_desktop.generation import trash
from sda_desktop.generation.library import (
    bring_back,
    dataset_name,
    describe_model,
    duplicate,
    find_model,
    keep_picture,
    list_models,
    look_at_model,
    move_to_trash,
)
from sda_desktop.generation.model_file import export_model
from sda_desktop.generation.trained_model import TrainedModel
from sda_desktop.training.checkpoint import list_checkpoints, load_checkpoint
from sda_desktop.training.run_folder import RunFolder, delete_run, summarise_run


def model_run(name: str = "my sounds", sources: tuple[str, ...] = ("/music/Drum Hits",)) -> RunFolder:
    run = sample_run(name=name, sources=list(sources), dataset={"files": 12})
    run.metrics_file.write_text('{"event": "x"}\n{"torn', encoding="utf-8")
    sample_checkpoint(run.path, 10, "best", 0.5)
    sample_checkpoint(run.path, 20, "best", 0.4)
    sample_checkpoint(run.path, 30, "interval", 0.45)
    return run


@pytest.fixture
def run() -> Path:
    return model_run().path


@pytest.fixture
def trash_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash of this test's own, by the freedesktop rules; the package read the variable when imported."""
    if os.name != "posix":
        pytest.skip("the trash of other systems is not this test's to fill")
    home = tmp_path / "data home"
    plat_other = pytest.importorskip("send2trash.plat_other")
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setattr(plat_other, "XDG_DATA_HOME", os.fsencode(home))
    monkeypatch.setattr(plat_other, "HOMETRASH_B", os.fsencode(home / "Trash"))
    monkeypatch.setattr("send2trash.send2trash", plat_other.send2trash)
    return home / "Trash" / "files"


def break_checkpoints(run: Path) -> None:
    for info in list_checkpoints(run):
        (info.path / "manifest.json").write_text("{", encoding="utf-8")


# Listing.


def test_a_model_tells_what_it_is(run: Path) -> None:
    (model,) = list_models()
    assert (model.path, model.name, model.dataset, model.sounds) == (run, "my sounds", "Drum Hits", 12)
    assert (model.steps, model.epochs, model.validation_recon) == (30, 3, 0.4)
    assert model.best is not None
    assert model.best.global_step == 20
    assert (model.usable, model.live, model.damaged, model.status) == (True, False, False, "stopped")
    assert model.size_bytes > 0


def test_the_newest_is_first_and_damaged_ones_are_there() -> None:
    first, second, third = (model_run(name).path for name in "abc")
    (second / "run.json").write_text("{", encoding="utf-8")
    break_checkpoints(third)
    by_path = {model.path: model for model in list_models()}
    assert set(by_path) == {first, second, third}
    assert (by_path[second].damaged, by_path[second].usable) == (True, True)
    assert "run.json is malformed" in by_path[second].problem
    assert (by_path[third].damaged, by_path[third].usable) == (True, False)
    assert "all its checkpoints are damaged" in by_path[third].problem
    assert [m.name for m in list_models() if m.path != second] == ["c", "a"]


def test_a_model_of_a_newer_version_is_called_so(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for info in list_checkpoints(run):
        make_newer(info.path)
    model = look_at_model(run)
    assert (model.newer, model.usable) == (True, False)
    assert model.problem.startswith("it was written by a newer SDA Desktop (9.0,")
    for refused in (TrainedModel.load, duplicate, lambda path: export_model(path, path.parent / "m.sda")):
        with pytest.raises(CheckpointError, match=r"newer SDA Desktop|newer version|can be copied") as error:
            refused(run)
        assert error.value.remedy == "Update SDA Desktop to open it; nothing was changed."
    assert main(["models", "list", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["models"]
    assert (told["newer"], told["damaged"]) == (True, False)
    assert main(["models", "list"]) == 0
    assert "Made by a newer version of SDA Desktop" in capsys.readouterr().out


def test_a_run_without_checkpoints_is_no_damaged_model() -> None:
    (model,) = [look_at_model(sample_run().path)]
    assert (model.usable, model.damaged, model.problem) == (False, False, "")


def test_a_missing_folder_holds_no_models(tmp_path: Path) -> None:
    assert list_models(tmp_path / "nothing") == []


@pytest.mark.parametrize(
    ("sources", "name"),
    [
        ([], ""),
        (["/home/a/Drums"], "Drums"),
        (["/a/Drums/kick.wav", "/a/Drums/snare.wav"], "Drums"),
        (["/a/Drums/kicks/1.wav", "/a/Drums/snares/2.wav"], "Drums"),
        (["C:\\Samples\\a.wav", "C:\\Samples\\b.wav"], "Samples"),
        (["Drums/a.wav", "Drums/b.wav"], "Drums"),
        (["/a/x.wav", "relative.wav", "/b/y.wav"], "x.wav and 2 more"),
        (["/"], "/"),
    ],
)
def test_the_name_of_the_sounds(sources: list[str], name: str) -> None:
    assert dataset_name(sources) == name


# Names, notes, tags, picture.


def test_name_notes_and_tags_are_kept_beside_run_json(run: Path) -> None:
    before = (run / "run.json").read_bytes()
    describe_model(
        run, name=" Dark\n drums ", notes=" found in\nBerlin ", tags=["Dark", "dark", " two words "]
    )
    model = describe_model(run, notes="found in Bonn")
    assert (model.name, model.notes, model.tags) == ("Dark drums", "found in Bonn", ("Dark", "two words"))
    assert summarise_run(run).name == "Dark drums"
    assert (run / "run.json").read_bytes() == before


def test_an_empty_name_and_a_missing_model_are_refused(run: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="needs a name"):
        describe_model(run, name=" ")
    with pytest.raises(BadInputError, match="no model any more"):
        describe_model(tmp_path, name="x")


def test_searching_looks_at_name_notes_tags_and_dataset(run: Path) -> None:
    other = model_run("other").path
    describe_model(run, name="Schöne Glocken", notes="for the film", tags=["metal"])
    for search in ("glocken", "schone", "FILM metal", "drum hits", "glo film"):
        assert run in [model.path for model in list_models(search=search)], search
    assert [model.path for model in list_models(search="metal")] == [run]
    assert [model.path for model in list_models(search="other")] == [other]
    assert list_models(search="metal other") == []


def test_a_damaged_note_costs_the_note_and_is_kept(run: Path) -> None:
    (run / "about.json").write_text("{", encoding="utf-8")
    assert look_at_model(run).name == "my sounds"
    assert describe_model(run, name="new").name == "new"
    assert (run / "about damaged.json").read_text(encoding="utf-8") == "{"


def test_a_newer_note_is_not_overwritten(run: Path) -> None:
    text = json.dumps({"sda_desktop_about": 2, "name": "from the future"})
    (run / "about.json").write_text(text, encoding="utf-8")
    assert look_at_model(run).name == "my sounds"
    with pytest.raises(BadInputError, match="newer SDA Desktop"):
        describe_model(run, name="new")
    assert (run / "about.json").read_text(encoding="utf-8") == text


def test_the_picture_of_the_map_is_small_and_comes_back(run: Path) -> None:
    positions = np.random.default_rng(0).uniform(0, 1, (2000, 2))
    keep_picture(run, positions, range(2000))
    picture = look_at_model(run).picture
    assert picture is not None
    assert len(picture.dots) == len(picture.groups) == 500
    assert np.abs(np.array(picture.dots) / 255 - positions[::4]).max() < 0.003
    assert (run / "about.json").stat().st_size < 4000
    describe_model(run, name="renamed")
    assert look_at_model(run).picture == picture
    before = (run / "about.json").stat().st_ino
    keep_picture(run, positions, range(2000))
    assert (run / "about.json").stat().st_ino == before  # the same picture is not written again


# Finding by name.


def test_a_model_is_found_by_path_folder_and_name(run: Path) -> None:
    describe_model(run, name="Bells")
    for name in (str(run), run.name, "Bells", "bells"):
        assert find_model(name).path == run
    with pytest.raises(BadInputError, match="no model called gongs"):
        find_model("gongs")
    describe_model(model_run("x").path, name="Bells")
    with pytest.raises(BadInputError, match="2 models are called Bells"):
        find_model("Bells")


# Copies.


def test_a_duplicate_has_the_best_checkpoint_only(run: Path) -> None:
    describe_model(run, name="Bells", notes="n", tags=["t"])
    (run / "presets.json").write_text("{}", encoding="utf-8")
    copy = duplicate(run)
    assert copy.path.parent == run.parent
    assert (copy.name, copy.notes, copy.tags, copy.status) == ("Bells copy", "n", ("t",), "stopped")
    assert [info.global_step for info in list_checkpoints(copy.path)] == [20]
    assert (copy.path / "presets.json").is_file()
    assert (copy.path / "metrics.jsonl").read_text(encoding="utf-8") == '{"event": "x"}\n'
    load_checkpoint(list_checkpoints(copy.path)[0].path)
    describe_model(copy.path, name="another")
    assert look_at_model(run).name == "Bells"
    assert duplicate(run, "mine").name == "mine"


def test_a_run_that_trains_can_be_duplicated(run: Path) -> None:
    folder = RunFolder.open(run)
    folder.update(status="running")
    with folder.lock():
        assert look_at_model(run).live
        copy = duplicate(run)
    assert (copy.status, copy.live, copy.interrupted) == ("stopped", False, False)


def test_the_next_checkpoint_is_taken_when_one_vanishes_meanwhile(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree = shutil.copytree
    best = look_at_model(run).best
    assert best is not None

    def tidied(source: Path, target: Path, copy_function: Callable[[str, str], object]) -> Path:
        if source == best.path and source.exists():
            shutil.rmtree(source)
        return copytree(source, target, copy_function=copy_function)

    monkeypatch.setattr("sda_desktop.generation.library.shutil.copytree", tidied)
    copy = duplicate(run)
    assert [info.global_step for info in list_checkpoints(copy.path)] == [10]


def test_what_holds_no_model_is_not_duplicated_and_leaves_nothing() -> None:
    empty = sample_run().path
    with pytest.raises(CheckpointError, match="no model"):
        duplicate(empty)
    assert [path.name for path in paths.runs_dir().iterdir()] == [empty.name]


# Throwing away.


def test_a_model_goes_to_the_trash_and_comes_back(run: Path, trash_home: Path) -> None:
    describe_model(run, name="Bells")
    trashed = move_to_trash(run)
    assert not run.exists()
    assert trashed.by_system
    assert trashed.place == trash_home / run.name
    assert "in the trash" in trashed.sentence
    model = bring_back(trashed)
    assert (model.path, model.name, model.usable) == (run, "Bells", True)
    assert list(trash_home.parent.glob("*/*")) == []
    with pytest.raises(BadInputError, match="system's trash"):
        bring_back(trashed)


def test_it_comes_back_beside_what_took_its_place(run: Path, trash_home: Path) -> None:
    trashed = move_to_trash(run)
    run.mkdir()
    assert bring_back(trashed).path.name == f"{run.name} (2)"
    assert run.is_dir()


def test_without_a_trash_it_is_moved_beside_and_can_come_back(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise OSError("no trash on this disk")

    monkeypatch.setattr("send2trash.send2trash", refuse)
    trashed = move_to_trash(run)
    assert trashed.place == run.parent / trash.OWN_TRASH / run.name
    assert str(trashed.place) in trashed.sentence
    assert list_models() == []
    assert bring_back(trashed).path == run


def test_what_trains_or_is_no_model_is_not_thrown_away(run: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        stack.enter_context(RunFolder.open(run).lock())
        with pytest.raises(RunLockedError, match="is being trained"):
            move_to_trash(run)
    (tmp_path / "keep.txt").touch()
    with pytest.raises(CheckpointError, match="not a model"):
        move_to_trash(tmp_path)
    assert (tmp_path / "keep.txt").exists()
    assert run.exists()


def test_what_cannot_be_moved_stays_and_is_a_sentence(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("send2trash.send2trash", refuse)
    monkeypatch.setattr(trash, "replace_durably", refuse)
    with pytest.raises(StorageError, match="could not be moved to the trash"):
        move_to_trash(run)
    assert look_at_model(run).usable


def test_deleting_a_run_takes_what_the_library_put_there(run: Path) -> None:
    describe_model(run, name="x")
    (run / "presets.json").touch()
    delete_run(run)
    assert not run.exists()

"""Opening a trained run to play it: its atlas, what is kept of it, and what happens when things are gone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from training_runs import Recorder, run_training

from sda_desktop import paths
from sda_desktop.audio.io import read_audio
from sda_desktop.errors import CheckpointError
from sda_desktop.generation.explore_folder import ATLAS_FILE, ExploreFolder, read_atlas
from sda_desktop.generation.history import History
from sda_desktop.generation.opening import model_of, open_instrument, rate_of
from sda_desktop.generation.outline import outline_of
from sda_desktop.training.run_folder import RunFolder

NAMES = ("bd_fat", "drum_cowbell", "elec_blip", "elec_ping", "elec_twip", "perc_till")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, sonic_pi_sounds: Path) -> Path:
    """A folder with "sounds", two folders of them, and "run", trained on them a little."""
    place = tmp_path_factory.mktemp("model")
    for number, name in enumerate(NAMES):
        folder = place / "sounds" / ("drums" if number < 2 else "synths")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.flac").write_bytes((sonic_pi_sounds / f"{name}.flac").read_bytes())
    run_training(place / "sounds", place / "run", Recorder(), epochs=2)
    return place


@pytest.fixture
def run(trained: Path, tmp_path: Path) -> Path:
    """A copy of the run, of sounds that are where they were."""
    return Path(shutil.copytree(trained / "run", tmp_path / "run"))


def test_the_sounds_are_found_by_name_and_folder_and_kept(run: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    opened = open_instrument(run, lambda *progress: seen.append(progress))
    atlas = opened.instrument.atlas
    assert opened.notes == ()
    assert sorted(sound.name for sound in atlas.sounds) == sorted(NAMES)
    assert {sound.folder for sound in atlas.sounds} == {"drums", "synths"}
    assert seen[-1][:2] == (6, 6)
    assert all(np.abs(sound.outline).max() > 0.1 for sound in atlas.sounds)

    again: list[tuple[int, int, str]] = []
    twice = open_instrument(run, lambda *progress: again.append(progress)).instrument
    assert again == []
    recipe = opened.instrument.random(1)
    assert twice.random(1) == recipe
    assert np.array_equal(twice.render(recipe), opened.instrument.render(recipe))
    assert [sound.key for sound in twice.atlas.sounds] == [sound.key for sound in atlas.sounds]
    assert twice.atlas.sounds[0].features == atlas.sounds[0].features or np.isnan(
        atlas.sounds[0].features.pitch_hz
    )


def test_a_sound_that_was_added_is_there_the_next_time(run: Path, sonic_pi_sounds: Path) -> None:
    instrument = open_instrument(run).instrument
    guest, _ = read_audio(sonic_pi_sounds / "tabla_na.flac", instrument.sample_rate_hz)
    recipe = instrument.resynthesis(instrument.add_sound(guest, "tabla_na"))
    sound = instrument.render(recipe)
    again = open_instrument(run).instrument
    assert len(again.atlas) == 7
    assert np.array_equal(again.render(recipe), sound)


def test_sounds_that_are_gone_or_changed_are_named_and_left_out(trained: Path, run: Path) -> None:
    gone, changed = (next((trained / "sounds").rglob(f"{name}.flac")) for name in NAMES[:2])
    data, status, moved = changed.read_bytes(), changed.stat(), gone.with_suffix(".away")
    shutil.copyfile(gone, changed)
    gone.rename(moved)
    try:
        opened = open_instrument(run)
    finally:
        moved.rename(gone)
        changed.write_bytes(data)
        os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert len(opened.instrument.atlas) == 4
    assert any("bd_fat" in note and "no longer there" in note for note in opened.notes)
    assert any("drum_cowbell" in note for note in opened.notes)


def test_sounds_that_were_touched_or_moved_are_the_same_sounds(trained: Path, run: Path) -> None:
    sounds = trained / "sounds"
    status = next(sounds.rglob("bd_fat.flac")).stat()
    RunFolder.open(run).update(sources=[str(trained / "moved")])  # as a resumed training notes it
    moved = sounds.rename(trained / "moved")
    (touched,) = moved.rglob("bd_fat.flac")
    os.utime(touched, (1, 1))
    try:
        opened = open_instrument(run)
    finally:
        os.utime(touched, ns=(status.st_atime_ns, status.st_mtime_ns))
        moved.rename(sounds)
    assert opened.notes == ()
    found = {sound.name: sound for sound in opened.instrument.atlas.sounds}
    assert sorted(found) == sorted(NAMES)
    assert found["bd_fat"].path == touched
    assert found["bd_fat"].folder == "drums"


def test_without_its_sounds_a_model_is_played_from_what_it_carries(trained: Path, run: Path) -> None:
    sounds = trained / "sounds"
    away = sounds.rename(trained / "away")
    try:
        opened = open_instrument(run)
    finally:
        away.rename(sounds)
    assert len(opened.instrument.atlas) > 2
    assert opened.instrument.atlas.sounds[0].name == "Sound 1"
    assert "can be read" in opened.notes[0]
    assert opened.instrument.render(opened.instrument.random(0)).any()
    # That was not kept: the sounds may come back.
    assert "bd_fat" in {sound.name for sound in open_instrument(run).instrument.atlas.sounds}


def test_a_damaged_atlas_is_measured_again(run: Path) -> None:
    opened = open_instrument(run)
    path = opened.folder.path / ATLAS_FILE
    good = path.read_bytes()
    for bad in (b"", good[: len(good) // 2], b"\xff" * len(good)):
        path.write_bytes(bad)
        with pytest.raises(CheckpointError, match="cannot be used"):
            read_atlas(path)
        assert len(open_instrument(run).instrument.atlas) == 6
        assert len(read_atlas(path)) == 6


def test_of_another_state_of_the_run_sounds_are_not_described_again(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_instrument(run)
    other = opened.folder.path.rename(opened.folder.path.with_name("f" * 32))
    assert other.exists()
    monkeypatch.setattr("sda_desktop.generation.atlas.describe", None)
    assert len(open_instrument(run).instrument.atlas) == 6


def test_a_full_disk_costs_the_atlas_not_the_model(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sda_desktop.errors import StorageError

    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(ExploreFolder, "save_atlas", full)
    opened = open_instrument(run)
    assert any("disk is full" in note for note in opened.notes)
    assert opened.instrument.render(opened.instrument.random(0)).any()


def test_a_chart_is_kept_and_a_damaged_one_is_none(run: Path) -> None:
    folder = open_instrument(run).folder
    assert folder.load_chart() is None
    folder.save_chart({"map": [[0.5, 0.5]]})
    chart = folder.load_chart()
    assert chart is not None
    assert chart["map"] == [[0.5, 0.5]]
    (folder.path / "chart.json").write_text("{")
    assert folder.load_chart() is None


def test_a_model_that_was_played_outlives_its_checkpoint(run: Path) -> None:
    opened = open_instrument(run)
    instrument = opened.instrument
    recipe = instrument.random(4)
    sound = instrument.render(recipe)
    assert model_of(run, instrument.identity).parent.parent == run  # one of the run's own
    opened.folder.keep_model(instrument.model)
    opened.folder.keep_model(instrument.model)
    shutil.rmtree(run / "checkpoints")
    kept = model_of(run, instrument.identity)
    assert len(list(kept.parent.iterdir())) == 1
    assert rate_of(kept) == instrument.sample_rate_hz
    again = open_instrument(kept)
    assert again.folder.path == opened.folder.path
    assert np.array_equal(again.instrument.render(recipe), sound)
    with pytest.raises(CheckpointError, match="no longer there"):
        model_of(run, "0" * 32)


def test_a_copy_in_the_library_stands_in_for_a_model_that_is_gone(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "runs_dir", lambda: tmp_path / "library")
    opened = open_instrument(run)
    opened.folder.keep_model(opened.instrument.model)
    copy = tmp_path / "library" / "copy"
    shutil.copytree(run, copy)
    shutil.rmtree(run)
    found = model_of(run, opened.instrument.identity)
    assert found.is_relative_to(copy)
    with pytest.raises(CheckpointError, match="no longer there"):
        model_of(run, "0" * 32)


def test_the_history_of_a_model_follows_it_to_another_folder(run: Path, tmp_path: Path) -> None:
    opened = open_instrument(run)
    recipe = opened.instrument.random(1)
    opened.folder.keep_model(opened.instrument.model)
    history = History(tmp_path / "history.jsonl")
    history.add(recipe, recipe.seconds, outline_of(opened.instrument.render(recipe)), run)
    moved = tmp_path / "moved"
    shutil.move(run, moved)
    assert [entry.recipe for entry in history.entries(run=moved)] == [recipe]
    assert history.entries(run=tmp_path / "another") == []

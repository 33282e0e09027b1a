"""Which files of a folder are taken for sounds."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sound_files import write_sound

from sda_desktop import paths
from sda_desktop.audio.discovery import discover, find_sounds
from sda_desktop.audio.scan import scan
from sda_desktop.errors import BadInputError, Cancelled

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def _touch(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def _found(*sources: Path) -> list[Path]:
    return find_sounds(sources)[0]


def test_sounds_are_found_in_all_subfolders_in_any_case_sorted_by_path(tmp_path: Path) -> None:
    wanted = [tmp_path / name for name in ("a.WAV", "b/c.Flac", "b/d/é.AIF", "z.mp3", "z.opus", "z/ü/x.ogg")]
    _touch(*wanted, tmp_path / "notes.txt", tmp_path / "wav", tmp_path / "b" / "cover.jpg")
    assert _found(tmp_path) == sorted(wanted)


def test_sounds_of_other_kinds_are_named_and_other_files_are_not(tmp_path: Path) -> None:
    _touch(tmp_path / "a.m4a", tmp_path / "b.WMA", tmp_path / "c.caf", tmp_path / "d.txt", tmp_path / "e.mid")
    assert find_sounds([tmp_path]) == ([], [tmp_path / "a.m4a", tmp_path / "b.WMA", tmp_path / "c.caf"])


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    _touch(tmp_path / "a.wav", tmp_path / "._a.wav", tmp_path / ".trash" / "b.wav")
    assert _found(tmp_path) == [tmp_path / "a.wav"]
    assert _found(tmp_path / "._a.wav") == []


def test_a_chosen_folder_may_itself_be_hidden_or_lie_in_a_hidden_one(tmp_path: Path) -> None:
    _touch(tmp_path / ".music" / "deep" / "a.wav")
    assert len(_found(tmp_path / ".music")) == len(_found(tmp_path / ".music" / "deep")) == 1


def _run_folder(path: Path, manifest: object = None) -> Path:
    _touch(path / "previews" / "epoch-0010" / "new.wav")
    (path / "run.json").write_text(json.dumps({"sda_desktop_run": 1} if manifest is None else manifest))
    return path


def test_run_folders_are_left_out_wherever_they_lie(tmp_path: Path) -> None:
    _touch(tmp_path / "a.wav")
    run = _run_folder(tmp_path / "sub" / "run")
    assert _found(tmp_path) == [tmp_path / "a.wav"]
    for chosen in (run, run / "previews" / "epoch-0010", run / "previews" / "epoch-0010" / "new.wav"):
        result = discover([chosen])
        assert result.supported == []
        assert "belongs to a training run" in result.notes[0]


def test_a_foreign_run_json_means_nothing(tmp_path: Path) -> None:
    _run_folder(tmp_path / "a", {"name": "of another program"})
    _run_folder(tmp_path / "b", ["no object"])
    (_run_folder(tmp_path / "c") / "run.json").write_text("{broken")
    assert len(_found(tmp_path)) == 3


def test_the_apps_own_folders_are_left_out_but_for_the_demo_sounds(sda_home: Path) -> None:
    _touch(paths.cache_dir() / "x.wav", paths.runs_dir() / "half made" / "y.wav", paths.demo_dir() / "z.wav")
    assert _found(sda_home) == []
    assert _found(paths.runs_dir() / "half made") == []
    assert _found(paths.data_dir() / "runs" / "half made" / "y.wav") == []
    assert _found(paths.demo_dir()) == [paths.demo_dir() / "z.wav"]


def test_what_is_chosen_twice_is_listed_once(tmp_path: Path) -> None:
    _touch(tmp_path / "sub" / "a.wav")
    sub = tmp_path / "sub"
    once = [sub / "a.wav"]
    assert _found(tmp_path, sub, sub / "a.wav", sub / ".." / "sub" / "a.wav") == once
    assert _found(sub / "a.wav", tmp_path) == once


@needs_links
def test_links_are_followed_once_and_real_names_win(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    _touch(folder / "z" / "a.wav", elsewhere / "b.wav")
    (folder / "b link").symlink_to(folder / "z", target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "z" / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "far").symlink_to(elsewhere, target_is_directory=True)
    (folder / "a again.wav").symlink_to(folder / "z" / "a.wav")
    found = _found(folder)
    assert len(found) == 2
    assert {path.resolve() for path in found} == {folder / "z" / "a.wav", elsewhere / "b.wav"}
    assert folder / "far" / "b.wav" in found
    assert folder / "b link" / "a.wav" in _found(folder / "b link")


@needs_links
def test_a_link_into_the_apps_own_output_is_not_followed(tmp_path: Path) -> None:
    _touch(paths.runs_dir() / "x" / "a.wav")
    (tmp_path / "link").symlink_to(paths.runs_dir(), target_is_directory=True)
    assert _found(tmp_path) == []


@needs_links
def test_a_broken_link_is_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.wav").symlink_to(tmp_path / "gone.wav")
    (tmp_path / "itself.wav").symlink_to(tmp_path / "itself.wav")
    broken, circular = scan([tmp_path]).files
    assert not broken.usable
    assert "no longer there" in broken.findings[0].message
    assert not circular.usable
    assert "cannot be opened" in circular.findings[0].message
    with pytest.raises(BadInputError, match="link that leads nowhere"):
        find_sounds([tmp_path / "a.wav"])


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
@pytest.mark.timeout(20)
def test_pipes_and_folders_with_the_name_of_a_sound_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    _touch(tmp_path / "folder.wav" / "inside.wav")
    assert _found(tmp_path) == [tmp_path / "folder.wav" / "inside.wav"]
    with pytest.raises(BadInputError, match="neither a folder nor a file"):
        find_sounds([tmp_path / "pipe.wav"])


def test_a_source_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"^nowhere does not exist"):
        find_sounds([tmp_path, tmp_path / "nowhere"])


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are always valid text there")
def test_names_that_are_not_valid_text_are_found_and_can_be_printed(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff folder")
    write_sound(folder / os.fsdecode(b"na\xefve.wav"))
    write_sound(folder / "twin.wav")
    result = scan([tmp_path])
    assert [file.usable for file in result.files] == [True, True]
    for text in (*result.notes, *(f.message for file in result.files for f in file.findings)):
        text.encode()
    with pytest.raises(BadInputError) as caught:
        find_sounds([folder / os.fsdecode(b"\xfe.wav")])
    str(caught.value).encode()


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user who may not read everything (as which this process runs meanwhile)."""
    folder = Path(tempfile.mkdtemp(prefix="sda-ordinary-"))
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, -1)
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    for path in folder.rglob("*"):
        path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_what_may_not_be_read_is_said_and_the_rest_is_used(ordinary_user: Path) -> None:
    write_sound(ordinary_user / "a.wav")
    write_sound(ordinary_user / "b.wav").chmod(0)
    write_sound(ordinary_user / "closed" / "c.wav").parent.chmod(0)
    result = scan([ordinary_user])
    assert [(file.path.name, file.usable) for file in result.files] == [("a.wav", True), ("b.wav", False)]
    assert "may not be read by you" in result.files[1].findings[0].message
    assert any("closed is left out: you have no permission" in note for note in result.notes)
    with pytest.raises(BadInputError, match="may not be read"):
        find_sounds([ordinary_user / "closed" / "c.wav"])


def test_looking_through_folders_can_be_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        find_sounds([tmp_path], stop=stop)

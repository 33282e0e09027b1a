"""A folder that changes on disk after the scan is noticed, and only then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sound_files import tone, write_sound

from sda_desktop.audio.scan import scan
from sda_desktop.ui.folder_watch import FolderChange, FolderWatch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sounds, one in a subfolder, and something that is no sound."""
    place = tmp_path / "Klänge"
    write_sound(place / "a.wav")
    write_sound(place / "sub" / "deeper" / "b.wav")
    (place / "notes.txt").write_text("words")
    return place


@pytest.fixture
def watch(folder: Path) -> FolderWatch:
    """Watching the folder."""
    made = FolderWatch(debounce_ms=50)
    made.watch(scan([folder]))
    return made


def next_change(qtbot: QtBot, watch: FolderWatch) -> FolderChange:
    """What the watch says next."""
    with qtbot.waitSignal(watch.differs, timeout=10_000) as caught:
        pass
    assert caught.args is not None
    change = caught.args[0]
    assert isinstance(change, FolderChange)
    return change


def test_a_new_sound_in_a_subfolder(qtbot: QtBot, folder: Path, watch: FolderWatch) -> None:
    write_sound(folder / "sub" / "c.flac")
    change = next_change(qtbot, watch)
    assert change == FolderChange(new=1)
    assert change.sentence() == "The folder changed: 1 new."


def test_a_sound_that_is_gone(qtbot: QtBot, folder: Path, watch: FolderWatch) -> None:
    (folder / "sub" / "deeper" / "b.wav").unlink()
    assert next_change(qtbot, watch) == FolderChange(gone=1)


def test_a_sound_that_was_overwritten_in_place(qtbot: QtBot, folder: Path, watch: FolderWatch) -> None:
    write_sound(folder / "a.wav", tone(seconds=0.7))
    change = next_change(qtbot, watch)
    assert change == FolderChange(changed=1)
    assert change.sentence() == "The folder changed: 1 changed file."


def test_a_sound_that_was_replaced_and_then_changed_again(
    qtbot: QtBot, folder: Path, watch: FolderWatch
) -> None:
    write_sound(folder / "new.wav", tone(seconds=0.7))
    os.replace(folder / "new.wav", folder / "a.wav")
    assert next_change(qtbot, watch) == FolderChange(changed=1)
    write_sound(folder / "a.wav")
    assert next_change(qtbot, watch).changed == 1


def test_what_is_no_sound_does_not_count(qtbot: QtBot, folder: Path, watch: FolderWatch) -> None:
    (folder / "a.wav.peaks").write_bytes(b"another program's cache")
    assert not next_change(qtbot, watch)


def test_a_folder_that_is_moved_away_and_put_back(qtbot: QtBot, folder: Path, watch: FolderWatch) -> None:
    away = folder.rename(folder.with_name("away"))
    change = next_change(qtbot, watch)
    assert change.missing_source
    assert "no longer" in change.sentence()
    away.rename(folder)
    assert not next_change(qtbot, watch)


def test_what_happens_beside_the_folder_does_not_count(
    qtbot: QtBot, folder: Path, watch: FolderWatch
) -> None:
    with qtbot.assertNotEmitted(watch.differs, wait=400):
        write_sound(folder.parent / "other.wav")


def test_nothing_is_said_after_clear(qtbot: QtBot, folder: Path, watch: FolderWatch) -> None:
    watch.clear()
    with qtbot.assertNotEmitted(watch.differs, wait=400):
        write_sound(folder / "c.wav")


def test_single_files_are_watched_too(qtbot: QtBot, folder: Path) -> None:
    watch = FolderWatch(debounce_ms=50)
    watch.watch(scan([folder / "a.wav"]))
    shutil.copy(folder / "sub" / "deeper" / "b.wav", folder / "z.wav")  # not ours
    write_sound(folder / "a.wav", tone(seconds=0.9))
    assert next_change(qtbot, watch) == FolderChange(changed=1)

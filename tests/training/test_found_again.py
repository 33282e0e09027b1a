"""Sounds of a run that were touched, restored, moved, changed or deleted since."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from sda_desktop.audio import analysis
from sda_desktop.audio.analysis import content_hash, examine
from sda_desktop.errors import AudioFileError, Cancelled
from sda_desktop.training import found_again
from sda_desktop.training.found_again import FoundAgain
from sda_desktop.training.sources import file_record

RATE = 44_100


def write(path: Path, pitch_hz: float, container: str = "WAV") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = 0.5 * np.sin(2 * np.pi * pitch_hz * np.arange(RATE // 10) / RATE)
    soundfile.write(path, samples, RATE, "PCM_16", format=container)
    return path


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """Two folders with a sound of the same name, and one more."""
    folder = tmp_path / "old" / "My Sounds"
    write(folder / "kicks" / "a.wav", 100.0)
    write(folder / "bells" / "a.wav", 900.0)
    write(folder / "bells" / "b.wav", 800.0)
    return folder


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files whose content was read."""
    read: list[Path] = []

    def noted(path: Path, stop: threading.Event | None) -> str:
        read.append(path)
        return content_hash(path, stop)

    monkeypatch.setattr(found_again, "content_hash", noted)
    return read


def records_of(folder: Path) -> list[dict[str, Any]]:
    return [file_record(examine(path)) for path in sorted(folder.rglob("*.*"))]


def paths_of(search: FoundAgain, records: Iterable[dict[str, Any]]) -> list[Path]:
    return [Path(search.find(record)["path"]) for record in records]


def test_the_content_is_that_of_the_scan(sounds: Path) -> None:
    for path in sounds.rglob("*.wav"):
        assert content_hash(path) == examine(path).content_hash


def test_only_files_of_another_date_or_size_are_read(sounds: Path, hashed: list[Path]) -> None:
    records = records_of(sounds)
    assert [FoundAgain([]).find(record) for record in records] == records
    assert hashed == []
    touched = sounds / "bells" / "b.wav"
    os.utime(touched, (1, 1))
    now = [FoundAgain([]).find(record) for record in records]
    assert hashed == [touched]
    assert now == records_of(sounds)  # so that it is not read again the next time


def test_another_container_of_the_same_samples_is_the_same_sound(sounds: Path) -> None:
    (record,) = records_of(sounds / "kicks")
    write(sounds / "kicks" / "a.wav", 100.0, "AIFF")
    assert FoundAgain([]).find(record)["path"] == record["path"]


@pytest.mark.parametrize("harm", [lambda path: write(path, 101.0), lambda path: path.write_bytes(b"RIFF")])
def test_another_content_is_refused(sounds: Path, harm: Any) -> None:  # noqa: ANN401
    (record,) = records_of(sounds / "kicks")
    harm(sounds / "kicks" / "a.wav")
    with pytest.raises(AudioFileError, match=r"a\.wav has changed since the run began"):
        FoundAgain([sounds]).find(record)


def test_what_is_gone_is_said(sounds: Path) -> None:
    (record,) = records_of(sounds / "kicks")
    (sounds / "kicks" / "a.wav").unlink()
    with pytest.raises(AudioFileError, match=r"a\.wav is no longer there"):
        FoundAgain([sounds]).find(record)


@pytest.mark.parametrize("place", ["new/My Sounds", "new/Renamed", "new", "."])
def test_a_folder_that_was_moved_as_a_whole(sounds: Path, tmp_path: Path, place: str) -> None:
    records = records_of(sounds)
    moved = tmp_path / ("new/Renamed" if place == "new/Renamed" else "new/My Sounds")
    moved.parent.mkdir()
    sounds.rename(moved)
    search = FoundAgain([tmp_path / place if place != "." else moved / "kicks", moved])
    expected = [moved / Path(record["path"]).relative_to(sounds) for record in records]
    assert paths_of(search, records) == expected
    assert search.moved(str(sounds)) == str(moved)
    assert search.moved(str(tmp_path / "other")) == str(tmp_path / "other")


def test_the_content_decides_between_equal_names(sounds: Path, tmp_path: Path) -> None:
    records = records_of(sounds)
    flat = tmp_path / "flat"
    write(flat / "a.wav", 100.0)
    write(flat / "b.wav", 800.0)
    search = FoundAgain([flat])
    for path in sounds.rglob("*.wav"):
        path.unlink()
    bell_a, bell_b, kick = records
    assert paths_of(search, [bell_b, kick]) == [flat / "b.wav", flat / "a.wav"]
    with pytest.raises(AudioFileError, match="no longer there"):
        search.find(bell_a)


def test_a_single_sound_that_was_moved(sounds: Path, tmp_path: Path) -> None:
    (record,) = records_of(sounds / "kicks")
    old = sounds / "kicks" / "a.wav"
    new = old.rename(tmp_path / "a.wav")
    for place in (new, tmp_path):
        search = FoundAgain([place])
        assert paths_of(search, [record]) == [new]
        assert search.moved(str(old)) == str(new)


def test_a_run_from_another_system_finds_its_sounds(sounds: Path) -> None:
    record = {**records_of(sounds / "kicks")[0], "path": "D:\\Music\\My Sounds\\kicks\\a.wav"}
    search = FoundAgain([sounds])
    assert paths_of(search, [record]) == [sounds / "kicks" / "a.wav"]
    assert search.moved("D:\\Music\\My Sounds") == str(sounds)


def test_a_stop_is_seen_while_a_sound_is_compared(sounds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (record,) = records_of(sounds / "kicks")
    os.utime(sounds / "kicks" / "a.wav", (1, 1))
    stop = threading.Event()
    stop.set()
    added: list[int] = []
    monkeypatch.setattr(analysis, "_add", lambda *_: added.append(1))
    with pytest.raises(Cancelled):
        FoundAgain([], stop).find(record)
    assert added == []

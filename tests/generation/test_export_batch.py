"""Several sounds, one file after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from sda_desktop.audio.export import Exported, ExportOptions
from sda_desktop.errors import StorageError
from sda_desktop.generation.export_batch import SoundJob, already_there, export_batch, target_paths

RATE_HZ = 44_100
OPTIONS = ExportOptions()


def job(title: str, level: float = 0.1, seconds: float = 0.1) -> SoundJob:
    def blocks() -> Iterator[NDArray[np.float32]]:
        for _ in range(10):
            yield np.full((1, round(seconds * RATE_HZ / 10)), level, np.float32)

    return SoundJob(title, 3, "Model", blocks, RATE_HZ, seconds)


def paths(jobs: list[SoundJob], folder: Path) -> list[Path]:
    return target_paths(jobs, folder, "{number} {title}", OPTIONS)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_sound_gets_its_file_with_its_tags(tmp_path: Path) -> None:
    jobs = [job("one"), job("two", seconds=0.3)]
    told: list[tuple[int, float]] = []
    result = export_batch(
        jobs, paths(jobs, tmp_path), OPTIONS, progress=lambda done, share: told.append((done, share))
    )
    assert [exported.path.name for exported in result.exported] == ["001 one.wav", "002 two.wav"]
    assert (result.failed, result.cancelled) == ([], False)
    with soundfile.SoundFile(tmp_path / "002 two.wav") as file:
        assert (file.title, file.comment) == ("two", "Model: Model; Seed: 3")
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[0] == (0, 0.0)
    assert told[-1] == (2, 1.0)
    assert min(share for done, share in told if done == 1) == pytest.approx(0.25)


def test_each_file_is_told_of_when_it_is_complete(tmp_path: Path) -> None:
    jobs = [job("one"), job("silent", level=float("nan")), job("three")]
    told: list[tuple[int, str, bool]] = []

    def tell(number: int, exported: Exported) -> None:
        told.append((number, exported.path.name, exported.path.exists()))

    export_batch(jobs, paths(jobs, tmp_path), OPTIONS, on_exported=tell)
    assert told == [(0, "001 one.wav", True), (2, "003 three.wav", True)]


def test_what_is_there_stays_unless_told(tmp_path: Path) -> None:
    jobs = [job("one"), job("two")]
    places = paths(jobs, tmp_path)
    places[0].write_bytes(b"mine")
    assert already_there(places) == places[:1]
    refused = export_batch(jobs, places, OPTIONS)
    assert [title for title, _ in refused.failed] == ["one"]
    assert names(tmp_path) == ["001 one.wav", "002 two.wav"]
    assert places[0].read_bytes() == b"mine"
    export_batch(jobs, places, OPTIONS, existing="number")
    assert names(tmp_path) == ["001 one 2.wav", "001 one.wav", "002 two 2.wav", "002 two.wav"]
    assert places[0].read_bytes() == b"mine"
    export_batch(jobs, places, OPTIONS, existing="replace")
    assert soundfile.info(places[0]).frames == 4410
    assert len(names(tmp_path)) == 4


def test_a_sound_that_fails_is_named_and_the_others_are_written(tmp_path: Path) -> None:
    jobs = [job("one"), job("broken", level=float("nan")), job("three")]
    result = export_batch(jobs, paths(jobs, tmp_path), OPTIONS)
    assert [(title, "not numbers" in str(error)) for title, error in result.failed] == [("broken", True)]
    assert names(tmp_path) == ["001 one.wav", "003 three.wav"]


def test_a_disk_that_fails_ends_it(tmp_path: Path) -> None:
    jobs = [job("one"), job("two"), job("three")]
    (tmp_path / "file").touch()
    places = [tmp_path / "a.wav", tmp_path / "file" / "b.wav", tmp_path / "c.wav"]
    result = export_batch(jobs, places, OPTIONS)
    assert [type(error) for _, error in result.failed] == [StorageError]
    assert names(tmp_path) == ["a.wav", "file"]


def test_cancel_keeps_what_is_complete(tmp_path: Path) -> None:
    jobs = [job("one"), job("two"), job("three")]
    stop = threading.Event()

    def tell(done: int, share: float) -> None:
        if done == 1 and share > 0.5:
            stop.set()

    result = export_batch(jobs, paths(jobs, tmp_path), OPTIONS, stop=stop, progress=tell)
    assert result.cancelled
    assert names(tmp_path) == ["001 one.wav"]

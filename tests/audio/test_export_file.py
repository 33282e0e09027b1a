"""A file appears whole or not at all, and replaces nothing unasked."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from sda_desktop.audio import export_file
from sda_desktop.audio.export import AlreadyThereError, ExportFormat, ExportOptions, export_sound, unused_path
from sda_desktop.audio.export_file import id3_tag
from sda_desktop.audio.export_options import KINDS, SUBTYPES, Kind, Normalise
from sda_desktop.errors import StorageError

RATE_HZ = 44_100
SOUND = np.random.default_rng(0).uniform(-0.5, 0.5, (1, 3 * RATE_HZ)).astype(np.float32)


def options(kind: Kind, normalise: Normalise = "none") -> ExportOptions:
    return ExportOptions(ExportFormat(kind, SUBTYPES[kind][0]), normalise, -1.0)


@contextmanager
def full_disk(room_bytes: int) -> Iterator[None]:
    """No file may grow beyond that: the system refuses as a full disk does."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("normalise", ["none", "peak"])
@pytest.mark.parametrize("room_bytes", [0, 1000, 20_000])
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, kind: Kind, room_bytes: int, normalise: Normalise
) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"the old one")
    with full_disk(room_bytes), pytest.raises(StorageError, match="The disk is full") as caught:
        export_sound(path, SOUND, RATE_HZ, options(kind, normalise), overwrite=True)
    assert caught.value.remedy
    assert path.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == [path.name]


def test_a_disk_that_fills_while_a_sound_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sda_desktop.audio.export_chain.SPOOLED_BYTES", 10_000)
    with full_disk(100_000), pytest.raises(StorageError, match="The disk is full"):
        export_sound(tmp_path / "a.wav", SOUND, RATE_HZ, options("wav", "peak"))
    assert os.listdir(tmp_path) == []


def test_a_full_disk_ends_it_at_once(tmp_path: Path) -> None:
    taken = []

    def blocks() -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
        for number in range(1000):
            taken.append(number)
            yield SOUND

    with full_disk(100_000), pytest.raises(StorageError):
        export_sound(tmp_path / "a.wav", blocks(), RATE_HZ)
    assert len(taken) < 5


def test_a_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"mine")
    with pytest.raises(AlreadyThereError, match="exists already") as caught:
        export_sound(path, SOUND, RATE_HZ)
    assert caught.value.path == path
    assert path.read_bytes() == b"mine"
    assert os.listdir(tmp_path) == ["a.wav"]
    export_sound(path, SOUND, RATE_HZ, overwrite=True)
    assert soundfile.info(path).frames == SOUND.shape[1]
    assert os.listdir(tmp_path) == ["a.wav"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_comes_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "a.wav"

    def blocks() -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
        yield SOUND
        path.write_bytes(b"another's")

    def no_links(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(AlreadyThereError):
        export_sound(path, blocks(), RATE_HZ)
    assert path.read_bytes() == b"another's"
    assert os.listdir(tmp_path) == ["a.wav"]
    export_sound(tmp_path / "b.wav", SOUND, RATE_HZ)
    assert sorted(os.listdir(tmp_path)) == ["a.wav", "b.wav"]


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.wav").mkdir()
    for overwrite in (False, True):
        with pytest.raises(AlreadyThereError):
            export_sound(tmp_path / "a.wav", SOUND, RATE_HZ, overwrite=overwrite)


def test_a_free_name_is_found(tmp_path: Path) -> None:
    for expected in ("a.b.wav", "a.b 2.wav", "a.b 3.wav"):
        path = unused_path(tmp_path / "a.b.wav")
        assert path.name == expected
        path.touch()


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that this process, as an ordinary user meanwhile, may not write to."""
    if sys.platform == "win32":
        pytest.skip("permissions work otherwise there")
    folder = Path(tempfile.mkdtemp(prefix="sda-closed-"))
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written_to_is_a_sentence(closed_folder: Path) -> None:
    for path in (closed_folder / "a.wav", closed_folder / "new" / "a.wav"):
        with pytest.raises(StorageError, match="write-protected") as caught:
            export_sound(path, SOUND, RATE_HZ)
        assert "Choose a folder" in caught.value.remedy
    assert list(closed_folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    export_sound(tmp_path / "new" / "deep" / "a.wav", SOUND, RATE_HZ)
    assert (tmp_path / "new" / "deep" / "a.wav").exists()


def test_a_fault_in_the_source_leaves_nothing(tmp_path: Path) -> None:
    def blocks() -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
        yield SOUND
        raise AssertionError("the model's own")

    with pytest.raises(AssertionError, match="the model's own"):
        export_sound(tmp_path / "a.flac", blocks(), RATE_HZ, options("flac"))
    assert os.listdir(tmp_path) == []


def test_the_id3_tag_holds_its_own_length() -> None:
    tag = id3_tag({"title": "x" * 300, "comment": "音", "software": "SDA"})
    assert tag[:6] == b"ID3\x03\x00\x00"
    size = 0
    for byte in tag[6:10]:
        assert byte < 128
        size = size << 7 | byte
    assert size == len(tag) - 10
    assert export_file.id3_tag({}) == b"ID3\x03\x00\x00" + bytes(4)

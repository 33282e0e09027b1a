"""Files are replaced complete or not at all, and what goes wrong on the disk is said in a sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sda_desktop import storage
from sda_desktop.errors import StorageError
from sda_desktop.storage import (
    atomic_write,
    atomic_write_bytes,
    atomic_write_text,
    remove_folder,
    remove_leftovers,
    storage_error,
)


def test_a_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "Töne 音.txt"
    atomic_write_text(target, "alt")
    atomic_write_text(target, "neu 音")
    assert target.read_text(encoding="utf-8") == "neu 音"
    assert os.listdir(tmp_path) == [target.name]


def test_the_old_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "file"
    atomic_write_bytes(target, b"old")
    with atomic_write(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"


def _write_and_fail(target: Path) -> None:
    with atomic_write(target) as file:
        file.write(b"new")
        raise KeyboardInterrupt


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "file"
    atomic_write_bytes(target, b"old")
    with pytest.raises(KeyboardInterrupt):
        _write_and_fail(target)
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EFBIG, "The disk is full"),
        (errno.EACCES, "write-protected"),
        (errno.EROFS, "write-protected"),
        (errno.ENOENT, "its folder is gone"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_every_fault_of_the_disk_is_a_sentence_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str
) -> None:
    target = tmp_path / "file"
    atomic_write_bytes(target, b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StorageError, match=sentence) as caught:
            atomic_write_bytes(target, b"new")
    assert str(target) in caught.value.message
    assert caught.value.remedy
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_real_full_disk_is_recognised() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with pytest.raises(OSError, match="space") as caught, open("/dev/full", "wb", buffering=0) as full:
        full.write(b"x")
    assert "The disk is full" in storage_error(caught.value, Path("/dev/full")).message


def test_a_file_system_that_cannot_sync_folders_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    atomic_write_bytes(tmp_path / "file", b"x")
    assert (tmp_path / "file").read_bytes() == b"x"


def test_a_removed_folder_is_gone_under_its_name_before_it_is_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.setattr(storage, "_delete", lambda _path: None)  # killed at this moment
        remove_folder(folder)
    assert not folder.exists()
    [leftover] = tmp_path.iterdir()
    assert remove_leftovers(tmp_path) == [leftover]
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_removed_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    remove_folder(tmp_path / "link")
    assert os.listdir(tmp_path) == ["real"]
    assert (tmp_path / "real" / "file").read_bytes() == b"x"


def test_only_our_own_leftovers_of_dead_processes_go(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    kept = {f".tmp-{os.getpid()}-0123abcd", ".tmp-notes", ".trash", "file"}
    for name in (*kept, f".tmp-{dead.pid}-0123abcd", f".trash-{os.getpid()}-0123abcd"):
        (tmp_path / name).write_bytes(b"x")
    remove_leftovers(tmp_path)
    assert set(os.listdir(tmp_path)) == kept
    assert remove_leftovers(tmp_path / "nowhere") == []

"""The files of sounds that are dragged: named well, made once, kept long enough, cleaned in the end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from sda_desktop.errors import Cancelled
from sda_desktop.generation.dragged_files import DraggedFiles, clean_dragged, dragged_dir
from sda_desktop.generation.export_batch import SoundJob

RATE_HZ = 48_000


def blocks() -> Iterator[NDArray[np.float32]]:
    yield np.full((1, 480), 0.25, np.float32)


def job(title: str = "Sound", key: str = "", rate_hz: int = RATE_HZ) -> SoundJob:
    return SoundJob(title, 1, "Model", blocks, rate_hz, 0.01, key=key)


def test_a_file_is_24_bit_wav_under_the_sound_s_own_name() -> None:
    paths = DraggedFiles().make([job("a/b"), job("A b"), job("", rate_hz=22_050)])
    assert [path.name for path in paths] == ["a b.wav", "A b 2.wav", "sound.wav"]
    assert len({path.parent for path in paths}) == 3
    with soundfile.SoundFile(paths[0]) as file:
        assert (file.format, file.subtype, file.samplerate, file.frames) == ("WAV", "PCM_24", RATE_HZ, 480)
        assert (file.title, file.comment) == ("a/b", "Model: Model; Seed: 1")
        np.testing.assert_array_equal(file.read(), 0.25)
    assert soundfile.info(paths[2]).samplerate == 48_000


def test_a_file_is_made_once_and_again_when_it_was_changed() -> None:
    files = DraggedFiles()
    sounds = [job("a", key="1"), job("b", key="2")]
    assert files.made(sounds) is None
    first = files.make(sounds)
    assert files.made(sounds) == first == files.make(sounds)
    assert files.made([replace(sounds[0], title="other")]) is None
    first[0].write_bytes(b"edited by another program")
    first[1].unlink()
    assert files.made(sounds) is None
    again = files.make(sounds)
    assert not set(again) & set(first)
    assert first[0].read_bytes() == b"edited by another program"


def test_sounds_without_a_key_are_made_anew() -> None:
    files = DraggedFiles()
    assert files.make([job()]) != files.make([job()])
    assert files.made([job()]) is None


def test_cancel_leaves_nothing() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        DraggedFiles().make([job()], stop)
    assert not dragged_dir().exists()


def test_old_files_go_and_new_ones_stay(tmp_path: Path) -> None:
    assert clean_dragged() == 0
    old, new = DraggedFiles().make([job("old"), job("new")])
    month_ago = time.time() - 31 * 86_400
    os.utime(old.parent, (month_ago, month_ago))
    assert clean_dragged() == 1
    assert not old.parent.exists()
    assert new.exists()
    assert [path.name for path in dragged_dir().iterdir()] == [new.parent.name]

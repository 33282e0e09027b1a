"""The cache of decoded sounds: exact, bounded, and never wrong after a crash, damage or a race."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import tracemalloc
import zlib
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
from sound_files import FORMATS, cut, tone, write_sound

from sda_desktop import paths
from sda_desktop.audio.cache import CachedSound, SoundCache
from sda_desktop.audio.cache_entry import BLOCK_FRAMES, HEADER_BYTES, MAGIC, VERSION, EntryHeader, open_entry
from sda_desktop.audio.io import read_audio
from sda_desktop.errors import AudioFileError, Cancelled, StorageError


@pytest.fixture
def cache(tmp_path: Path) -> SoundCache:
    return SoundCache(tmp_path / "cache é")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A stereo sound of three blocks and a bit, in float so that nothing is rounded."""
    samples = tone(3 * BLOCK_FRAMES / 44_100 + 0.1, channels=2)
    return write_sound(tmp_path / "sounds" / "täst.wav", samples, subtype="FLOAT")


def _whole(cached: CachedSound) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return cached.read(0, cached.frames)


def _files(cache: SoundCache) -> list[str]:
    return sorted(os.listdir(cache.folder)) if cache.folder.exists() else []


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 22_050])
def test_what_is_cached_is_what_reading_the_file_gives(cache: SoundCache, sound: Path, rate_hz: int) -> None:
    cached = cache.load(sound, rate_hz)
    expected, _ = read_audio(sound, rate_hz)
    assert (cached.path, cached.sample_rate_hz, cached.channels) == (sound, rate_hz, 1)
    assert cached.frames == expected.shape[1]
    assert cached.duration_s == pytest.approx(3 * BLOCK_FRAMES / 44_100 + 0.1, abs=1e-4)
    np.testing.assert_array_equal(_whole(cached), expected)
    assert cached.peak == np.abs(expected).max()


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_format_can_be_cached(cache: SoundCache, tmp_path: Path, suffix: str) -> None:
    cached = cache.load(write_sound(tmp_path / f"a{suffix}", tone(0.5, 48_000), 48_000), 44_100)
    assert cached.frames == 22_050
    assert cached.peak == pytest.approx(0.5, abs=0.05)


def test_the_default_place_is_the_users_cache_folder(sound: Path) -> None:
    cached = SoundCache().load(sound, 44_100)
    assert cached.entry_path.is_relative_to(paths.cache_dir())


def test_reading_outside_the_sound_gives_silence(cache: SoundCache, sound: Path) -> None:
    cached = cache.load(sound, 44_100)
    whole = _whole(cached)
    around = cached.read(-100, cached.frames + 300)
    assert not around[:, :100].any()
    assert not around[:, -200:].any()
    np.testing.assert_array_equal(around[:, 100:-200], whole)
    for start, frames in ((-50, 20), (cached.frames, 10), (cached.frames + 5, 10), (10, 0)):
        part = cached.read(start, frames)
        assert (part.shape, part.dtype) == ((1, frames), np.dtype(np.float32))
        assert not part.any()


def test_parts_are_cut_exactly_across_blocks(cache: SoundCache, sound: Path) -> None:
    cached = cache.load(sound, 44_100)
    whole = _whole(cached)
    fresh = cache.load(sound, 44_100)
    for start in (0, 1, BLOCK_FRAMES - 1, BLOCK_FRAMES, 2 * BLOCK_FRAMES - 7, cached.frames - 1_000):
        part = fresh.read(start, 1_000)
        np.testing.assert_array_equal(part, whole[:, start : start + 1_000])
        part[:] = 7  # the caller's own


def test_samples_beyond_full_scale_stay(cache: SoundCache, tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", tone(peak=3.0), subtype="FLOAT")
    assert cache.load(path, 44_100).peak == pytest.approx(3.0)


def test_a_second_load_decodes_nothing(cache: SoundCache, sound: Path) -> None:
    entry = cache.load(sound, 44_100).entry_path
    before = entry.stat().st_ino
    again = SoundCache(cache.folder).load(sound, 44_100)
    assert again.entry_path == entry
    assert entry.stat().st_ino == before


def test_rates_paths_and_states_of_a_file_are_kept_apart(cache: SoundCache, sound: Path) -> None:
    copy = Path(shutil.copy(sound, sound.with_name("copy.wav")))
    first = [cache.load(sound, 44_100), cache.load(sound, 48_000), cache.load(copy, 44_100)]
    write_sound(sound, tone(0.2))
    changed = cache.load(sound, 44_100)
    assert changed.frames == 8_820
    assert len({entry.entry_path for entry in (*first, changed)}) == 4
    assert first[0].frames > changed.frames  # the old state is still there for who holds it
    assert np.any(first[0].read(0, 1_000))


def test_the_original_may_vanish_after_loading(cache: SoundCache, sound: Path) -> None:
    cached = cache.load(sound, 44_100)
    expected = _whole(cached)
    sound.unlink()
    np.testing.assert_array_equal(_whole(cached), expected)
    with pytest.raises(AudioFileError, match="no longer there"):
        cache.load(sound, 44_100)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg"])
def test_a_cut_off_file_leaves_no_entry(cache: SoundCache, tmp_path: Path, suffix: str) -> None:
    path = cut(write_sound(tmp_path / f"a{suffix}", tone(3.0)), 0.6)
    with pytest.raises(AudioFileError, match="cut off"):
        cache.load(path, 44_100)
    assert _files(cache) == []


def test_nothing_and_no_numbers_are_refused(cache: SoundCache, tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav", np.zeros((1, 0), np.float32))
    nan = write_sound(tmp_path / "b.wav", np.full((1, 44_100), np.nan, np.float32), subtype="FLOAT")
    with pytest.raises(AudioFileError, match="holds no sound"):
        cache.load(tmp_path / "a.wav", 44_100)
    with pytest.raises(AudioFileError, match="not numbers"):
        cache.load(nan, 44_100)
    assert _files(cache) == []


class _StopAfter(threading.Event):
    """Says stop, or does something else, when it is asked for the given time."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.left = looks

    def is_set(self) -> bool:
        self.left -= 1
        return self.left <= 0


def test_cancelling_takes_one_block_and_leaves_nothing(cache: SoundCache, sound: Path) -> None:
    stop = _StopAfter(3)
    with pytest.raises(Cancelled):
        cache.load(sound, 44_100, stop=stop)
    assert stop.left == 0
    assert _files(cache) == []


def test_a_file_that_keeps_changing_is_an_error(cache: SoundCache, sound: Path) -> None:
    class Rewriting(threading.Event):
        changes = 0

        def is_set(self) -> bool:
            self.changes += 1
            os.utime(sound, ns=(self.changes, self.changes))
            return False

    with pytest.raises(AudioFileError, match="keeps changing"):
        cache.load(sound, 44_100, stop=Rewriting())
    assert _files(cache) == []


def test_a_file_that_changed_once_meanwhile_is_decoded_again(cache: SoundCache, sound: Path) -> None:
    class RewritingOnce(threading.Event):
        done = False

        def is_set(self) -> bool:
            if not self.done:
                self.done = True
                write_sound(sound.with_name("new.wav"), tone(0.3)).replace(sound)
            return False

    assert cache.load(sound, 44_100, stop=RewritingOnce()).frames == 13_230
    assert len(_files(cache)) == 1


# Damage -------------------------------------------------------------------------------------------------


def _edit(entry: Path, at: int, data: bytes) -> None:
    with entry.open("r+b") as file:
        file.seek(at)
        file.write(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: entry.write_bytes(b""),
        lambda entry: os.truncate(entry, entry.stat().st_size - 1),
        lambda entry: os.truncate(entry, HEADER_BYTES),
        lambda entry: entry.write_bytes(entry.read_bytes() + b"x"),
        lambda entry: _edit(entry, 0, b"OTHERAPP"),
        lambda entry: _edit(entry, 8, (VERSION + 1).to_bytes(4, "little")),
        lambda entry: _edit(entry, 40, b"??"),
        lambda entry: _edit(entry, 0, bytes(HEADER_BYTES)),
        lambda entry: _edit(entry, entry.stat().st_size - 3, b"???"),
    ],
    ids=[
        "empty", "cut", "header only", "longer", "magic", "version", "fields", "no header", "checksums"
    ],
)  # fmt: skip
def test_an_entry_that_is_not_whole_is_made_again(
    cache: SoundCache,
    sound: Path,
    damage: object,
) -> None:
    cached = cache.load(sound, 44_100)
    expected = _whole(cached)
    assert callable(damage)
    damage(cached.entry_path)
    np.testing.assert_array_equal(_whole(cache.load(sound, 44_100)), expected)


def test_an_entry_of_another_sound_is_not_taken(cache: SoundCache, sound: Path) -> None:
    cached = cache.load(sound, 44_100)
    other = cache.load(write_sound(sound.with_name("other.wav"), tone(0.1)), 44_100)
    shutil.copy(other.entry_path, cached.entry_path)
    assert cache.load(sound, 44_100).frames == cached.frames


@pytest.mark.parametrize("block", [0, 2, 3])
def test_damaged_samples_are_noticed_and_repaired_while_reading(
    cache: SoundCache, sound: Path, block: int
) -> None:
    cached = cache.load(sound, 44_100)
    expected, _ = read_audio(sound, 44_100)
    _edit(cached.entry_path, HEADER_BYTES + 4 * (block * BLOCK_FRAMES + 500), b"\xff\xff\xff\xff")
    at = block * BLOCK_FRAMES + 450
    np.testing.assert_array_equal(cached.read(at, 100), expected[:, at : at + 100])
    np.testing.assert_array_equal(_whole(cache.load(sound, 44_100)), expected)


def test_a_deleted_cache_is_made_again_while_reading(cache: SoundCache, sound: Path) -> None:
    cached = cache.load(sound, 44_100)
    expected = _whole(cached)
    shutil.rmtree(cache.folder)
    with ThreadPoolExecutor(4) as pool:
        for part in pool.map(lambda _: _whole(cached), range(8)):
            np.testing.assert_array_equal(part, expected)


def test_a_lost_entry_of_a_changed_or_vanished_file_is_an_error(cache: SoundCache, sound: Path) -> None:
    cached = cache.load(sound, 44_100)
    shutil.rmtree(cache.folder)
    os.utime(sound, ns=(1, 1))
    with pytest.raises(AudioFileError, match="no longer as it was") as caught:
        cached.read(0, 100)
    assert caught.value.remedy
    sound.unlink()
    with pytest.raises(AudioFileError, match="no longer as it was"):
        cached.read(0, 100)


# Bounds -------------------------------------------------------------------------------------------------


def _age(entry: Path, seconds_ago: int) -> None:
    time_ns = entry.stat().st_mtime_ns - seconds_ago * 10**9
    os.utime(entry, ns=(time_ns, time_ns))


def test_the_least_recently_used_go_first_and_those_in_use_stay(tmp_path: Path) -> None:
    sounds = [write_sound(tmp_path / f"{n}.wav", tone(1.0, hz=100 + n)) for n in range(5)]
    size = HEADER_BYTES + 4 * 44_100 + 4
    cache = SoundCache(tmp_path / "cache", max_bytes=3 * size)
    in_use = cache.load(sounds[0], 44_100)
    entries = [in_use.entry_path, *(cache.load(path, 44_100).entry_path for path in sounds[1:3])]
    _age(entries[0], 300)
    _age(entries[1], 100)
    _age(entries[2], 200)
    _age(cache.load(sounds[3], 44_100).entry_path, 50)
    assert [entry.exists() for entry in entries] == [True, True, False]
    cache.load(sounds[1], 44_100)  # using it makes it the newest
    _age(entries[0], 300)
    cache.load(sounds[4], 44_100)
    assert [entry.exists() for entry in entries] == [True, True, False]
    assert sum((cache.folder / name).stat().st_size for name in _files(cache)) <= 3 * size


def test_a_corpus_larger_than_the_bound_still_works(tmp_path: Path) -> None:
    sounds = [write_sound(tmp_path / f"{n}.wav", tone(0.5, hz=100 + n)) for n in range(3)]
    cache = SoundCache(tmp_path / "cache", max_bytes=1)
    cached = [cache.load(path, 44_100) for path in sounds]
    assert all(sound.entry_path.exists() for sound in cached)
    del cached
    cache.load(write_sound(tmp_path / "new.wav", tone(0.2)), 44_100)
    assert len(_files(cache)) == 1


Usage = namedtuple("Usage", "total used free")


def test_a_nearly_full_disk_is_said_before_writing(
    cache: SoundCache, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = cache.load(write_sound(sound.with_name("old.wav"), tone(0.2)), 44_100).entry_path
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**9, 10**9, 10_000))
    with pytest.raises(StorageError, match=r"The disk is full: decoding täst\.wav needs 1 MB") as caught:
        cache.load(sound, 44_100)
    assert "Free some space" in caught.value.remedy
    assert not old.exists()  # room was made first


def _run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


FULL_DISK = """
import resource, sys
from pathlib import Path
from sda_desktop.audio.cache import SoundCache
from sda_desktop.errors import StorageError

resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    SoundCache(Path(sys.argv[1])).load(Path(sys.argv[2]), 44_100)
except StorageError as error:
    sys.exit(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_disk_that_fills_up_meanwhile_is_a_storage_error(cache: SoundCache, sound: Path) -> None:
    done = _run(FULL_DISK, cache.folder, sound)
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert _files(cache) == []


def test_a_cache_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path, sound: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        SoundCache(tmp_path / "file" / "cache").load(sound, 44_100)


# Crashes and races --------------------------------------------------------------------------------------

KILLED_IN_THE_MIDDLE = """
import os, signal, sys, threading
from pathlib import Path
from sda_desktop.audio.cache import SoundCache

class Killing(threading.Event):
    left = 3
    def is_set(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return False

SoundCache(Path(sys.argv[1])).load(Path(sys.argv[2]), 44_100, stop=Killing())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill")
def test_a_crash_in_the_middle_leaves_nothing_that_is_taken_for_an_entry(
    cache: SoundCache, sound: Path
) -> None:
    assert _run(KILLED_IN_THE_MIDDLE, cache.folder, sound).returncode == -signal.SIGKILL
    (leftover,) = _files(cache)
    assert leftover.startswith(".tmp-")
    assert (cache.folder / leftover).stat().st_size > BLOCK_FRAMES * 4
    expected, _ = read_audio(sound, 44_100)
    np.testing.assert_array_equal(_whole(cache.load(sound, 44_100)), expected)
    assert leftover not in _files(cache)


TOGETHER = """
import sys, threading
from pathlib import Path
from sda_desktop.audio.cache import SoundCache

class Waiting(threading.Event):
    first = True
    def is_set(self):
        if self.first:
            self.first = False
            print("ready", flush=True)
            sys.stdin.readline()
        return False

sound = SoundCache(Path(sys.argv[1])).load(Path(sys.argv[2]), 44_100, stop=Waiting())
print(sound.frames, float(sound.read(0, sound.frames).sum()))
"""


def test_two_processes_may_decode_the_same_sound_at_the_same_time(cache: SoundCache, sound: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, str(cache.folder), str(sound)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"  # both are in the middle of it
    said = []
    for process in processes:
        said.append(process.communicate("go\n")[0])
        assert process.returncode == 0
    expected, _ = read_audio(sound, 44_100)
    assert said[0] == said[1] == f"{expected.shape[1]} {float(expected.sum())}\n"
    assert len(_files(cache)) == 1


def test_threads_may_load_and_read_together(cache: SoundCache, tmp_path: Path) -> None:
    sounds = [write_sound(tmp_path / f"{n}.wav", tone(0.5, hz=100 + n)) for n in range(4)]
    expected = [read_audio(path)[0] for path in sounds]

    def load(number: int) -> None:
        cached = cache.load(sounds[number % 4], 44_100)
        np.testing.assert_array_equal(_whole(cached), expected[number % 4])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(load, range(64)))
    assert len(_files(cache)) == 4


# Memory -------------------------------------------------------------------------------------------------


def test_a_long_file_is_decoded_in_bounded_memory(cache: SoundCache, tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "long.wav", "w", 48_000, 2, subtype="PCM_16") as file:
        for _ in range(180):
            file.write(np.full((48_000, 2), 0.3, np.float32))
    tracemalloc.start()
    try:
        cached = cache.load(tmp_path / "long.wav", 44_100)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert cached.duration_s == 180
    assert peak_bytes < 8e6  # of 69 MB before and 32 MB after mixing


def _sparse_entry(cache: SoundCache, sound: Path, gigabytes: int) -> CachedSound:
    """A loaded sound of zeros, of that size on paper and hardly any on the disk."""
    entry = cache.load(sound, 44_100).entry_path
    frames = gigabytes * (1 << 30) // 4
    silence = zlib.crc32(bytes(4 * BLOCK_FRAMES))
    checksums = np.full(frames // BLOCK_FRAMES, silence, "<u4").tobytes()
    header = EntryHeader(entry.stem, 44_100, 1, frames, 0.0, zlib.crc32(checksums))
    text = json.dumps(asdict(header)).encode()
    with entry.open("wb") as file:
        file.write(MAGIC + b"".join(n.to_bytes(4, "little") for n in (VERSION, len(text), zlib.crc32(text))))
        file.write(text)
        file.seek(header.samples_end)
        file.write(checksums)
    assert open_entry(entry, entry.stem) is not None
    return cache.load(sound, 44_100)


def test_random_reads_all_over_gigabytes_keep_no_memory(cache: SoundCache, sound: Path) -> None:
    cached = _sparse_entry(cache, sound, gigabytes=2)
    assert cached.duration_s > 12_000
    places = np.random.default_rng(1).integers(0, cached.frames, 600)
    process = psutil.Process()
    cached.read(int(places[0]), 88_200)
    before = process.memory_info().rss
    for place in places:
        cached.read(int(place), 88_200)
    assert process.memory_info().rss - before < 16e6  # they touch 400 MB

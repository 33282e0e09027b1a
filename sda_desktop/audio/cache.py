"""Decoded sounds on disk, so that a corpus of hours trains with bounded memory.

Each sound is decoded once, mixed to mono, resampled to the model's rate and kept as 32-bit floats: exact for
every source format, read back without conversion, and what is beyond full scale stays so.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from sda_desktop import paths
from sda_desktop.audio.cache_entry import DamagedEntryError, Entry, EntryWriter, open_entry
from sda_desktop.audio.decoding import AudioDecoder, AudioFormat, UnreadableError, shown
from sda_desktop.audio.findings import SoundFile
from sda_desktop.audio.io import StreamResampler, mix_to_mono
from sda_desktop.errors import AudioFileError, Cancelled, StorageError
from sda_desktop.storage import free_bytes, remove_leftovers, storage_error, temporary_beside
from sda_desktop.words import say

log = logging.getLogger(__name__)

SUFFIX = ".sound"
DEFAULT_MAX_BYTES = 50 << 30
KEPT_FREE_BYTES = 256 << 20  # what the cache leaves to the rest of the system
_CHANNELS = 1
_ATTEMPTS = 3
_TOUCH_EVERY_S = 600.0

Stamp = tuple[int, int]  # size in bytes, time of change in ns

_loaded: WeakSet[CachedSound] = WeakSet()
_loaded_lock = threading.Lock()


class CachedSound:
    """A decoded sound on disk.  Holds no file open and no samples in memory; may be read from any thread."""

    def __init__(self, cache: SoundCache, path: Path, stamp: Stamp, entry: Entry) -> None:
        self.path = path
        self.sample_rate_hz = entry.header.sample_rate_hz
        self.channels = entry.header.channels
        self.frames = entry.header.frames
        self.peak = entry.header.peak
        self._cache = cache
        self._stamp = stamp
        self._entry = entry
        self._lock = threading.Lock()
        self._touched_s = time.monotonic()
        with _loaded_lock:
            _loaded.add(self)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.frames / self.sample_rate_hz

    @property
    def entry_path(self) -> Path:
        """The file that holds the decoded samples."""
        return self._entry.path

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """Samples start to start + frames as (channels, frames); zeros outside the sound.

        A decoded copy that was deleted or damaged is made again from the original.  Raises AudioFileError
        when that is no longer possible, and StorageError.
        """
        out = np.zeros((self.channels, frames), dtype=np.float32)
        first, last = max(start, 0), min(start + frames, self.frames)
        if last <= first:
            return out
        wanted = out[:, first - start : last - start]
        entry = self._entry
        try:
            entry.read_into(wanted, first)
        except (DamagedEntryError, OSError) as error:
            self._repair(entry, error)
            try:
                self._entry.read_into(wanted, first)
            except (DamagedEntryError, OSError) as again:
                raise self._lost(again) from again
        self._touch()
        return out

    def _repair(self, broken: Entry, error: Exception) -> None:
        with self._lock:
            if self._entry is not broken:
                return  # another thread did it meanwhile
            log.warning("Decoding %s again: %s", shown(self.path), error)
            if _stamp(self.path) != self._stamp:
                raise self._lost(error) from error
            self._entry = self._cache.rebuild(self.path, self._stamp, self.sample_rate_hz)

    def _lost(self, error: Exception) -> AudioFileError:
        return AudioFileError(
            say(
                "The decoded copy of {path} is gone, and the file itself is no longer as it was.",
                path=shown(self.path),
            ),
            say("Put the file back, then resume."),
            str(error),
        )

    def _touch(self) -> None:
        """Say that the entry is in use, once in a while, so that it is not the next to go."""
        if time.monotonic() - self._touched_s > _TOUCH_EVERY_S:
            self._touched_s = time.monotonic()
            with suppress(OSError):  # only its place in the order of deletion is at stake
                os.utime(self._entry.path)


class SoundCache:
    """A folder of decoded sounds, keyed by path, size, time of change and rate.

    Beyond `max_bytes`, and when the disk is nearly full, the sounds that were not used for longest go first;
    those loaded in this process stay.  Several processes may use one folder.
    """

    def __init__(self, folder: Path | None = None, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.folder = folder if folder is not None else paths.cache_dir() / "decoded"
        self.max_bytes = max_bytes
        self._swept = False

    def load(self, path: Path, sample_rate_hz: int, *, stop: threading.Event | None = None) -> CachedSound:
        """The decoded sound at that rate, decoding it if this was not done before.

        Raises AudioFileError, StorageError, and Cancelled when `stop` is set (within one block).
        """
        for _ in range(_ATTEMPTS):
            stamp = _stamp(path)
            if stamp is None:
                raise UnreadableError(path, say("is no longer there"), say("Put it back or leave it out."))
            key = _key(path, stamp, sample_rate_hz)
            entry = open_entry(self._entry_path(key), key)
            if entry is not None:
                with suppress(OSError):  # only its place in the order of deletion is at stake
                    os.utime(entry.path)
                return CachedSound(self, path, stamp, entry)
            entry = self._build(path, key, sample_rate_hz, stop)
            if _stamp(path) == stamp:
                return CachedSound(self, path, stamp, entry)
            with suppress(OSError):  # of a sound that is no more; its turn comes
                entry.path.unlink()
        raise UnreadableError(
            path, say("keeps changing while it is read"), say("Try again when it is finished.")
        )

    def rebuild(self, path: Path, stamp: Stamp, sample_rate_hz: int) -> Entry:
        """Make an entry again that is damaged or gone.  Raises as load does."""
        return self._build(path, _key(path, stamp, sample_rate_hz), sample_rate_hz, None)

    def missing_bytes(self, files: Iterable[SoundFile], sample_rate_hz: int) -> int:
        """About how much it would grow if these files were loaded, before anything is deleted for them."""
        there: set[str] = set()
        with suppress(FileNotFoundError):  # one look: there may be ten thousand
            there.update(os.listdir(self.folder))
        missing = (
            file
            for file in files
            if _key(file.path, (file.size_bytes, file.mtime_ns), sample_rate_hz) + SUFFIX not in there
        )
        return sum(int(file.duration_s * sample_rate_hz) * 4 * _CHANNELS for file in missing)

    def free_after(self, needed: int) -> int:
        """What is free on its disk once so many bytes were added; below 0 if they do not fit.

        Decoded sounds that nobody uses make room.  Raises StorageError.
        """
        free = free_bytes(self.folder)
        if not needed:
            return free
        deletable = sum(size for _, size, _ in self._entries())
        return max(free - needed, min(KEPT_FREE_BYTES, free + deletable - needed))

    def _entry_path(self, key: str) -> Path:
        return self.folder / (key + SUFFIX)

    def _build(self, path: Path, key: str, sample_rate_hz: int, stop: threading.Event | None) -> Entry:
        target = self._entry_path(key)
        with AudioDecoder(path) as decoder:
            self._prepare_folder(target)
            self._make_room(path, _expected_bytes(decoder.format, sample_rate_hz))
            temporary = temporary_beside(target)
            try:
                with temporary.open("xb") as file:
                    _decode(decoder, file, key, sample_rate_hz, stop)
                entry = _publish(temporary, target, key)
            except OSError as error:
                raise storage_error(error, target) from error
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        if entry is None:
            raise StorageError(
                say(
                    "The decoded copy of {path} cannot be read back from {folder}.",
                    path=shown(path),
                    folder=self.folder,
                ),
                say("Check the disk."),
            )
        return entry

    def _prepare_folder(self, target: Path) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, target) from error
        if not self._swept:
            self._swept = True
            remove_leftovers(self.folder)

    def _make_room(self, path: Path, needed: int) -> None:
        """Delete what was not used for longest until `needed` more bytes fit.  Raises StorageError."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        free = free_bytes(self.folder)
        with _loaded_lock:
            in_use = {sound.entry_path for sound in _loaded}
        for _, size, entry in entries:
            if total + needed <= self.max_bytes and free >= needed + KEPT_FREE_BYTES:
                return
            if entry in in_use:
                continue
            with suppress(OSError):  # another process was faster, or is reading it
                entry.unlink()
                total -= size
                free += size
        if free < needed:
            raise StorageError(
                say(
                    "The disk is full: decoding {path} needs {needed} in {folder}, and {free} are free.",
                    path=shown(path),
                    needed=_megabytes(needed),
                    folder=self.folder,
                    free=_megabytes(free),
                ),
                say("Free some space on that disk and try again."),
            )

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """Time of last use in ns, size in bytes and path of every entry."""
        with suppress(FileNotFoundError), os.scandir(self.folder) as found:
            for item in found:
                if item.name.endswith(SUFFIX):
                    with suppress(OSError):  # deleted meanwhile
                        status = item.stat()
                        yield status.st_mtime_ns, status.st_size, self.folder / item.name


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _key(path: Path, stamp: Stamp, sample_rate_hz: int) -> str:
    text = f"{os.path.abspath(path)}\0{stamp[0]}\0{stamp[1]}\0{sample_rate_hz}\0{_CHANNELS}"
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:40]


def _expected_bytes(form: AudioFormat, sample_rate_hz: int) -> int:
    """About how large an entry gets, by a header that may be wrong."""
    return int(form.duration_s * sample_rate_hz) * 4 * _CHANNELS


def _decode(
    decoder: AudioDecoder, file: BinaryIO, key: str, sample_rate_hz: int, stop: threading.Event | None
) -> None:
    """Write the decoded, mixed and resampled sound, one block in memory at a time."""
    resampler = StreamResampler(decoder.format.sample_rate_hz, sample_rate_hz, _CHANNELS)
    writer = EntryWriter(file, _CHANNELS)
    for block in decoder.blocks():
        if stop is not None and stop.is_set():
            raise Cancelled
        mono = mix_to_mono(block)
        if not np.isfinite(mono).all():
            raise UnreadableError(
                decoder.path, say("holds samples that are not numbers"), say("Export it again.")
            )
        writer.append(resampler.push(mono))
    writer.append(resampler.finish())
    if writer.frames == 0:
        raise UnreadableError(decoder.path, say("holds no sound"), say("Export it again."))
    writer.finish(key, sample_rate_hz)


def _publish(temporary: Path, target: Path, key: str) -> Entry | None:
    """Give a finished entry its name.  Raises OSError."""
    try:
        os.replace(temporary, target)
    except PermissionError:
        # Windows refuses while somebody reads the old one.  That is as good if it is whole.
        entry = open_entry(target, key)
        if entry is None:
            raise
        return entry
    return open_entry(target, key)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"

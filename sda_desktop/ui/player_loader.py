"""The thread that decodes what is to be played: the last request wins."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.io import decode_blocks
from sda_desktop.errors import AudioFileError, Cancelled, SdaError
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player_mixer import Pair
from sda_desktop.ui.player_sounds import LongSound, Sound, SoundShelf, WholeSound
from sda_desktop.ui.waveform import POINTS, peaks

_log = logging.getLogger(__name__)

Row = NDArray[np.float32]
Outline = tuple[Row, Row]
MOST_GAIN = 10 ** (30 / 20)  # how far a quiet counterpart is lifted
OUTLINE_PARTS = 16  # parts in which the outline of a long sound is told


@dataclass(frozen=True, slots=True)
class Loaded:
    """An item ready to be played.  `outlines` has minima and maxima for each sound of the pair."""

    item: PlayItem
    pair: Pair
    outlines: tuple[Outline, ...]

    @property
    def duration_s(self) -> float:
        """Of the longer sound."""
        return self.pair.frames / self.pair.sample_rate_hz

    @property
    def paths(self) -> tuple[Path, ...]:
        """The file of each side."""
        return tuple(sound.path for sound in self.pair.sounds)


class Loader:
    """Decodes items.  The callbacks are called in its thread, with the request's ticket first.

    on_failed may also come after on_loaded, when a long sound turns out to be damaged further on;
    on_outline brings the outline of a long sound as far as it is known.
    """

    def __init__(
        self,
        on_loaded: Callable[[int, Loaded], None],
        on_failed: Callable[[int, SdaError], None],
        on_outline: Callable[[int, Row, Row], None],
    ) -> None:
        self._on_loaded, self._on_failed, self._on_outline = on_loaded, on_failed, on_outline
        self._requests: SimpleQueue[tuple[int, PlayItem, threading.Event] | None] = SimpleQueue()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._shelf = SoundShelf()
        self._open: tuple[Sound, ...] = ()

    def load(self, ticket: int, item: PlayItem) -> None:
        """Decode item; whatever is still being decoded is given up."""
        self._stop.set()
        self._stop = threading.Event()
        self._requests.put((ticket, item, self._stop))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sound loader", daemon=True)
            self._thread.start()

    def close(self, wait_s: float = 2.0) -> bool:
        """End the thread; the next load starts another.  False if it is still busy after wait_s."""
        self._stop.set()
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        self._requests.put(None)
        thread.join(wait_s)
        return not thread.is_alive()

    def _run(self) -> None:
        while (request := self._newest()) is not None:
            ticket, item, stop = request
            try:
                self._load(ticket, item, stop)
            except Cancelled:
                _log.debug("%s: something else was asked for", item.path)
            except SdaError as error:
                self._on_failed(ticket, error)
            except Exception as error:
                _log.exception("%s cannot be loaded", item.path)
                self._on_failed(ticket, _unforeseen(item.path, error))
        for sound in self._open:
            sound.close()

    def _newest(self) -> tuple[int, PlayItem, threading.Event] | None:
        request = self._requests.get()
        while request is not None:
            try:
                request = self._requests.get_nowait()
            except Empty:
                break
        return request

    def _load(self, ticket: int, item: PlayItem, stop: threading.Event) -> None:
        def on_broken(error: AudioFileError) -> None:
            self._on_failed(ticket, error)

        before, self._open = self._open, ()
        for sound in before:
            sound.close()
        sounds = [self._shelf.open(item.path, stop, on_broken)]
        if item.counterpart is not None:
            try:
                other = self._shelf.open(item.counterpart, stop, on_broken)
                sounds.append(other.at_rate(sounds[0].sample_rate_hz))
            except AudioFileError as error:
                # The sound itself can be heard; only the comparison is not offered.
                _log.warning("Nothing to compare %s with: %s", item.path.name, error)
        self._open = tuple(sounds)
        pair = Pair(tuple(sounds), matched_gains(sounds))
        self._on_loaded(ticket, Loaded(item, pair, tuple(_outline(sound) for sound in sounds)))
        if isinstance(sounds[0], LongSound):
            self._tell_outline(ticket, sounds[0], stop)

    def _tell_outline(self, ticket: int, sound: LongSound, stop: threading.Event) -> None:
        """Decode a long sound once for its outline, without keeping it."""
        column = max(1, -(-sound.source_frames // POINTS))
        count = -(-sound.source_frames // column)
        low, high = np.zeros(count, np.float32), np.zeros(count, np.float32)
        done = told = 0
        for block in decode_blocks(sound.path, column * max(1, 65_536 // column)):
            if stop.is_set():
                raise Cancelled
            columns = min(-(-block.shape[1] // column), count - done)
            if columns > 0:
                low[done : done + columns], high[done : done + columns] = _columns(block, column, columns)
                done += columns
            if done - told >= count // OUTLINE_PARTS:
                told = done
                self._on_outline(ticket, low.copy(), high.copy())
        self._on_outline(ticket, low, high)


def _columns(block: NDArray[np.float32], column: int, columns: int) -> Outline:
    starts = np.arange(columns) * column
    block = block[:, : columns * column]
    return np.minimum.reduceat(block, starts, axis=1).min(0), np.maximum.reduceat(block, starts, axis=1).max(
        0
    )


def _outline(sound: Sound) -> Outline:
    if isinstance(sound, WholeSound):
        return peaks(np.ascontiguousarray(sound.samples.T))
    empty = np.zeros(0, np.float32)
    return empty, empty


def matched_gains(sounds: list[WholeSound | LongSound]) -> tuple[float, ...]:
    """Gains at which the sounds are equally loud (BS.1770).

    The first stays as it is and the second follows; only where the second would be cut off at full scale
    are both turned down.  Silence and long sounds are left alone.
    """
    whole = [sound for sound in sounds if isinstance(sound, WholeSound)]
    if len(sounds) < 2 or len(whole) < len(sounds):
        return (1.0,) * len(sounds)
    first, second = (sound.loudness_lufs for sound in whole)
    if not (np.isfinite(first) and np.isfinite(second)):
        return (1.0, 1.0)
    gain = min(10 ** ((first - second) / 20), MOST_GAIN)
    peak = float(np.abs(whole[1].samples).max(initial=0.0)) * gain
    room = min(1.0, 1.0 / peak) if peak > 0 else 1.0
    return (room, gain * room)


def _unforeseen(path: Path, error: Exception) -> SdaError:
    return AudioFileError(
        f"{path.name} cannot be played.", "Try another sound.", f"{type(error).__name__}: {error}"
    )

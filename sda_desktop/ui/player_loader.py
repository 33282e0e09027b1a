"""The thread that decodes what is to be played: the last request wins."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
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
from sda_desktop.ui.streamed_sound import StreamedSound
from sda_desktop.ui.waveform import POINTS, peaks
from sda_desktop.words import say

_log = logging.getLogger(__name__)

Row = NDArray[np.float32]
Outline = tuple[Row, Row]
Loadable = WholeSound | LongSound | StreamedSound
MOST_GAIN = 10 ** (30 / 20)  # how far a quiet counterpart is lifted
OUTLINE_PARTS = 16  # parts in which the outline of a long sound is told


@dataclass(frozen=True, slots=True)
class Reference:
    """A sound that others are compared with: a file, or one that was made."""

    item: PlayItem
    streamed: StreamedSound | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """An item ready to be played.

    outlines: minima and maxima for each sound of the pair.  names: what the player calls them.
    reference: whether the second sound is the pinned reference rather than the item's counterpart.
    """

    item: PlayItem
    pair: Pair
    outlines: tuple[Outline, ...]
    names: tuple[Path | str, ...]
    reference: bool = False

    @property
    def duration_s(self) -> float:
        """Of the longer sound."""
        return self.pair.frames / self.pair.sample_rate_hz


@dataclass(frozen=True, slots=True)
class _Request:
    ticket: int
    item: PlayItem
    streamed: StreamedSound | None
    reference: Reference | None
    stop: threading.Event


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
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._shelf = SoundShelf()
        self._open: tuple[Sound, ...] = ()

    def load(
        self,
        ticket: int,
        item: PlayItem,
        streamed: StreamedSound | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Decode item, or take what is made of it, and what it is compared with.

        Whatever is still being decoded is given up.
        """
        self._stop.set()
        self._stop = threading.Event()
        self._requests.put(_Request(ticket, item, streamed, reference, self._stop))
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
            try:
                self._load(request)
            except Cancelled:
                _log.debug("%s: something else was asked for", request.item.name)
            except SdaError as error:
                self._on_failed(request.ticket, error)
            except Exception as error:
                _log.exception("%s cannot be loaded", request.item.name)
                self._on_failed(request.ticket, _unforeseen(request.item.title, error))
        for sound in self._open:
            sound.close()

    def _newest(self) -> _Request | None:
        request = self._requests.get()
        while request is not None:
            try:
                request = self._requests.get_nowait()
            except Empty:
                break
        return request

    def _load(self, request: _Request) -> None:
        ticket, item, stop = request.ticket, request.item, request.stop

        def on_broken(error: AudioFileError) -> None:
            self._on_failed(ticket, error)

        def opened(path: Path | None, streamed: StreamedSound | None) -> Loadable:
            if streamed is not None:
                return streamed
            if path is None:
                raise AudioFileError(
                    say("{title} has to be made again before it can be played.", title=item.title)
                )
            return self._shelf.open(path, stop, on_broken)

        before, self._open = self._open, ()
        for sound in before:
            sound.close()
        first = opened(item.path, request.streamed)
        sounds: list[Loadable] = [first]
        played: list[Sound] = [first]
        names: list[Path | str] = [item.name]
        reference = request.reference
        if reference is not None or item.counterpart is not None:
            try:
                if reference is not None:
                    other = opened(reference.item.path, reference.streamed)
                else:
                    other = opened(item.counterpart, None)
                played.append(other.at_rate(first.sample_rate_hz))
                sounds.append(other)
                names.append(item.counterpart or "" if reference is None else reference.item.name)
            except AudioFileError as error:
                # The sound itself can be heard; only the comparison is not offered.
                _log.warning("Nothing to compare %s with: %s", item.name, error)
        self._open = tuple(played)
        pair = Pair(self._open, matched_gains(sounds))
        outlines = tuple(_outline(sound) for sound in sounds)
        compared = reference is not None and len(sounds) > 1
        self._on_loaded(ticket, Loaded(item, pair, outlines, tuple(names), compared))
        if isinstance(first, LongSound):
            self._tell_outline(ticket, first, stop)

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


def _outline(sound: Loadable) -> Outline:
    if isinstance(sound, StreamedSound):
        return sound.outline
    if isinstance(sound, WholeSound):
        return peaks(np.ascontiguousarray(sound.samples.T))
    empty = np.zeros(0, np.float32)
    return empty, empty


def matched_gains(sounds: Sequence[Loadable]) -> tuple[float, ...]:
    """Gains at which the sounds are equally loud (BS.1770).

    The first stays as it is and the second follows; only where the second would be cut off at full scale
    are both turned down.  Silence and long sounds are left alone; of a sound that is still being made counts
    what there is.
    """
    whole = [sound for sound in sounds if not isinstance(sound, LongSound)]
    if len(sounds) < 2 or len(whole) < len(sounds):
        return (1.0,) * len(sounds)
    first, second = (sound.loudness_lufs for sound in whole)
    if not (np.isfinite(first) and np.isfinite(second)):
        return (1.0, 1.0)
    gain = min(10 ** ((first - second) / 20), MOST_GAIN)
    peak = whole[1].peak * gain
    room = min(1.0, 1.0 / peak) if peak > 0 else 1.0
    return (room, gain * room)


def _unforeseen(title: str, error: Exception) -> SdaError:
    return AudioFileError(
        say("{title} cannot be played.", title=title),
        say("Try another sound."),
        f"{type(error).__name__}: {error}",
    )

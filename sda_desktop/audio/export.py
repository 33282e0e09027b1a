"""Leaving the app with a file: one sound in the format, at the level and with the fades that were asked for.

The sound streams through, so that ten minutes need no more memory than a second.  To normalise it the level
of the whole must be known: then it goes by once to be measured, waits in a nameless temporary file beside the
target, and goes by again.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio import export_chain as chain
from sda_desktop.audio.decoding import shown
from sda_desktop.audio.export_file import AlreadyThereError, encode, new_file, unused_path
from sda_desktop.audio.export_options import ExportFormat, ExportOptions, Tags
from sda_desktop.audio.limiter import CEILING
from sda_desktop.errors import AudioFileError, Cancelled
from sda_desktop.words import say

__all__ = [
    "AlreadyThereError",
    "ExportFormat",
    "ExportOptions",
    "Exported",
    "Tags",
    "export_sound",
    "unused_path",
]

Block = NDArray[np.float32]
Progress = Callable[[float], None]
CEILING_DB = 20 * math.log10(CEILING)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.  note: a sentence where the level that was asked for could not be reached."""

    path: Path
    frames: int
    sample_rate_hz: int
    gain_db: float = 0.0
    note: str = ""

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.frames / self.sample_rate_hz


def export_sound(
    path: Path,
    sound: Iterable[Block] | Block,
    sample_rate_hz: int,
    options: ExportOptions | None = None,
    tags: Tags | None = None,
    *,
    overwrite: bool = False,
    stop: threading.Event | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write a sound to `path`, complete or not at all.

    sound: samples (channels, frames) or (frames,), or blocks of them, at sample_rate_hz.  options and tags:
    24-bit WAV at 44.1 kHz and none but the software's name, if not given.  progress: is told the seconds of
    the sound that were taken, in the calling thread.
    Raises AlreadyThereError unless told to overwrite, StorageError for a full disk or a folder that cannot be
    written, AudioFileError for a sound that is empty or holds values that are not numbers, Cancelled when
    `stop` is set (looked at before every block).
    """
    options, tags = options or ExportOptions(), tags or Tags()
    given = _from_array(sound) if isinstance(sound, np.ndarray) else iter(sound)
    rate_hz = options.format.sample_rate_hz
    with (
        closing(_Source(given, path, sample_rate_hz, stop, progress)) as source,
        new_file(path, overwrite=overwrite) as file,
    ):
        writing = _Writing(file, path, options, tags, source.channels(), stop)
        blocks = chain.resampled(source.blocks(), sample_rate_hz, rate_hz, source.channels())
        fades = (round(seconds * rate_hz) for seconds in (options.fade_in_s, options.fade_out_s))
        blocks = chain.faded(blocks, *fades)
        frames, gain, note = writing.plain(blocks) if options.normalise == "none" else writing.level(blocks)
    return Exported(path, frames, rate_hz, 20 * math.log10(gain), note)


def _from_array(samples: Block) -> Iterator[Block]:
    samples = np.atleast_2d(np.asarray(samples, np.float32))
    for start in range(0, samples.shape[1], chain.BLOCK_FRAMES):
        yield samples[:, start : start + chain.BLOCK_FRAMES]


class _Source:
    """The blocks as they are given: checked, counted, and stopped when asked to."""

    def __init__(
        self,
        given: Iterator[Block],
        path: Path,
        sample_rate_hz: int,
        stop: threading.Event | None,
        progress: Progress | None,
    ) -> None:
        self._given = given
        self._path = path
        self._sample_rate_hz = sample_rate_hz
        self._stop = stop
        self._progress = progress
        self._first: Block | None = None

    def channels(self) -> int:
        """The channels of the first block, which is made to know them.  Raises as export_sound does."""
        if self._first is None:
            check_stop(self._stop)
            self._first = next(self._given, np.zeros((1, 0), np.float32))
        return int(self._first.shape[0])

    def blocks(self) -> Iterator[Block]:
        """All of them.  Raises as export_sound does."""
        self.channels()
        assert self._first is not None
        frames = 0
        for block in itertools.chain([self._first], self._given):
            check_stop(self._stop)
            if not np.isfinite(block).all():
                raise AudioFileError(
                    say(
                        "{path} was not written: the sound holds values that are not numbers.",
                        path=shown(self._path),
                    )
                )
            frames += block.shape[1]
            if self._progress is not None:
                self._progress(frames / self._sample_rate_hz)
            if block.shape[1]:
                yield np.asarray(block, np.float32)

    def close(self) -> None:
        """End a generator now, with what it holds, and not some time later."""
        close = getattr(self._given, "close", None)
        if close is not None:
            close()


class _Writing:
    """The last part of the way, with or without looking at the whole sound first."""

    def __init__(
        self,
        file: BinaryIO,
        path: Path,
        options: ExportOptions,
        tags: Tags,
        channels: int,
        stop: threading.Event | None,
    ) -> None:
        self._file = file
        self._path = path
        self._options = options
        self._tags = tags
        self._channels = channels
        self._stop = stop
        self._rate_hz = options.format.sample_rate_hz

    def plain(self, blocks: Iterable[Block]) -> tuple[int, float, str]:
        """As it is; whole numbers and encoders know nothing beyond full scale.  Frames, gain, note."""
        if self._options.format.subtype != "32f":
            blocks = chain.kept_below_full_scale(blocks, self._rate_hz, self._channels)
        return self._encode(blocks), 1.0, ""

    def level(self, blocks: Iterable[Block]) -> tuple[int, float, str]:
        """At the peak or loudness that was asked for.  Frames, gain, note."""
        with chain.Measured(self._rate_hz, self._channels, self._path.parent) as measured:
            for block in blocks:
                measured.add(block)
            gain, note = _gain(self._options, measured)
            blocks = chain.amplified(self._watched(measured.blocks()), gain)
            return self._encode(blocks), gain, note

    def _watched(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            check_stop(self._stop)
            yield block

    def _encode(self, blocks: Iterable[Block]) -> int:
        filled = (block for block in blocks if block.shape[1])
        return encode(self._file, self._path, filled, self._options, self._tags)


def check_stop(stop: threading.Event | None) -> None:
    """Raise Cancelled if `stop` is set."""
    if stop is not None and stop.is_set():
        raise Cancelled


def _gain(options: ExportOptions, measured: chain.Measured) -> tuple[float, str]:
    """What to multiply by to reach the target, and a sentence where that is not all that was asked for."""
    if measured.peak == 0:
        return 1.0, say("The sound is silent: there is no level to change.")
    if options.normalise == "peak":
        return 10 ** (options.target / 20) / measured.peak, ""
    loudness = measured.loudness_lufs
    if math.isinf(loudness):
        return 1.0, say("The sound is too quiet for a loudness: its level was left as it is.")
    gain = 10 ** ((options.target - loudness) / 20)
    highest = CEILING / measured.peak
    if gain <= highest:
        return gain, ""
    reached = loudness + 20 * math.log10(highest)
    return highest, (
        say(
            "{target:g} LUFS would go beyond full scale: it was kept at {reached:.1f} LUFS, with "
            "its peak at {ceiling_db:.1f} dB.",
            target=options.target,
            reached=reached,
            ceiling_db=CEILING_DB,
        )
    )

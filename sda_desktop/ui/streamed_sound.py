"""A sound that is played while it is still being made: one thread appends to it, another one plays it.

No locks: the appending thread writes samples first and then says how many there are, and what has been said
never changes.  The samples are kept mono at the model's own rate; an output that runs at another rate reads
through a view that resamples a little ahead of what is heard.
"""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.io import StreamResampler
from sda_desktop.audio.loudness import loudness_lufs
from sda_desktop.errors import SdaError
from sda_desktop.ui.player_sounds import CHANNELS, LOUDNESS_S, Frames
from sda_desktop.ui.waveform import POINTS

Row = NDArray[np.float32]
# The most that one read resamples, in seconds of sound: it happens in the thread that feeds the device.
PULL_S = 2.0
# How much of its beginning follows the end of a loop through the resampler, in samples: beyond its filter.
SEAM_SAMPLES = 2048


class StreamedSound:
    """A mono sound of a known length, appended to in blocks.

    sample_rate_hz: of the blocks.  seconds: its length once it is complete.  loop: it is meant to be
    repeated without a seam.

    For the thread that makes it: append(), and at the end finish() or fail(); `wanted` says whether anybody
    still listens.  Everything else may be called from any thread.
    """

    path: Path | None = None

    def __init__(self, sample_rate_hz: int, seconds: float, *, loop: bool = False) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.loop = loop
        self.error: SdaError | None = None
        self._frames = max(1, round(seconds * sample_rate_hz))
        # The system gives memory only to what is written.
        self._samples: Row = np.empty(self._frames, np.float32)
        self._made = 0
        self._complete = False
        self._dropped = threading.Event()
        self._column = max(1, -(-self._frames // POINTS))
        count = -(-self._frames // self._column)
        self._low, self._high = np.zeros(count, np.float32), np.zeros(count, np.float32)
        self._loudness: float | None = None
        self._other: StreamedView | None = None

    # For the thread that makes it.

    def append(self, block: NDArray[np.float32]) -> None:
        """Add (1, samples), or (samples,).  What would be beyond the length is left out."""
        row = np.asarray(block, np.float32).reshape(-1)[: self._frames - self._made]
        first, last = self._made, self._made + len(row)
        self._samples[first:last] = row
        if last > first:
            self._draw(first, last)
        self._made = last

    def finish(self) -> None:
        """It is complete; where less was made than was announced, that is its length."""
        self._frames = max(1, self._made)
        if self._made == 0:
            self._samples[0] = 0.0
            self._made = 1
        self._complete = True

    def fail(self, error: SdaError) -> None:
        """It cannot be made any further: it ends where it is, and the player says why."""
        self.error = error
        self.finish()

    def drop(self) -> None:
        """Nobody will listen to what is still to be made."""
        self._dropped.set()

    @property
    def dropped(self) -> threading.Event:
        """Set when nobody listens any more; made to be handed on as the `stop` of a stream."""
        return self._dropped

    def _draw(self, first: int, last: int) -> None:
        """Bring the outline's columns from the first to the last new sample up to date."""
        column = self._column
        begin, end = first // column, (last - 1) // column
        starts = np.arange(0, last - begin * column, column)
        fresh = self._samples[begin * column : last]
        self._low[begin : end + 1] = np.minimum.reduceat(fresh, starts)
        self._high[begin : end + 1] = np.maximum.reduceat(fresh, starts)

    # For those that play and show it.

    @property
    def frames(self) -> int:
        """The whole length; less than announced only once it is complete."""
        return self._frames

    @property
    def made(self) -> int:
        """How many frames there are by now."""
        return self._made

    @property
    def is_complete(self) -> bool:
        """Whether nothing more will come."""
        return self._complete

    @property
    def duration_s(self) -> float:
        """The whole length."""
        return self._frames / self.sample_rate_hz

    @property
    def samples(self) -> NDArray[np.float32]:
        """What there is by now, (1, samples); shares the sound's memory."""
        return self._samples[None, : self._made]

    @property
    def outline(self) -> tuple[Row, Row]:
        """Minima and maxima over the whole length, as far as there is sound; silence beyond it."""
        return self._low.copy(), self._high.copy()

    @property
    def peak(self) -> float:
        """The largest sample by now, as an amount."""
        return float(max(-self._low.min(), self._high.max()))

    @property
    def loudness_lufs(self) -> float:
        """Of what there is, at most of the first LOUDNESS_S, on both sides; -inf for silence."""
        if self._loudness is not None:
            return self._loudness
        complete = self._complete
        row = self._samples[: min(self._made, round(LOUDNESS_S * self.sample_rate_hz))]
        found = loudness_lufs(np.stack([row, row]), self.sample_rate_hz)
        if complete:
            self._loudness = found
        return found

    def ready(self, start: int, count: int) -> int:
        """How many of the `count` frames from `start` on can be read now."""
        return count if self._complete else max(0, min(count, self._made - start))

    def read(self, start: int, count: int) -> Frames | None:
        """(count, 2), zeros beyond the ends; None while not all of it is there."""
        if self.ready(start, min(count, self._frames - start)) < min(count, self._frames - start):
            return None
        return _both_sides(self._samples, start, count, min(self._frames, self._made))

    def at_rate(self, sample_rate_hz: int) -> StreamedSound | StreamedView:
        """The same sound at another rate, made from it as it comes; the last such answer is kept."""
        if sample_rate_hz == self.sample_rate_hz:
            return self
        other = self._other
        if other is None or other.sample_rate_hz != sample_rate_hz:
            other = self._other = StreamedView(self, sample_rate_hz)
        return other

    def close(self) -> None:
        """Nothing to let go of."""


class StreamedView:
    """A StreamedSound at another rate, for one reading thread.

    A loop is resampled by the ratio of its two whole numbers of frames rather than of the rates (less than
    half a frame in all its length, which nobody hears as pitch), and its beginning is sent after its end, so
    that there is no seam at this rate either.
    """

    path: Path | None = None

    def __init__(self, source: StreamedSound, sample_rate_hz: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self._source = source
        self._ratio = sample_rate_hz / source.sample_rate_hz
        rates: tuple[float, float] = (source.sample_rate_hz, sample_rate_hz)
        if source.loop:
            rates = (source.frames, self.frames)
        self._resampler = StreamResampler(*rates, channels=1)
        self._samples: Row = np.empty(self.frames, np.float32)
        self._made = 0
        self._pulled = 0  # of the source
        self._ended = False

    @property
    def frames(self) -> int:
        """The whole length at this rate."""
        return max(1, round(self._source.frames * self._ratio))

    def ready(self, start: int, count: int) -> int:
        """How many of the `count` frames from `start` on can be read now; makes them if it can."""
        self._pull(start + count)
        return count if self._ended else max(0, min(count, self._made - start))

    def read(self, start: int, count: int) -> Frames | None:
        """(count, 2), zeros beyond the ends; None while not all of it is there."""
        wanted = min(count, self.frames - start)
        if self.ready(start, wanted) < wanted:
            return None
        return _both_sides(self._samples, start, count, min(self.frames, self._made))

    def at_rate(self, sample_rate_hz: int) -> StreamedSound | StreamedView:
        """The same sound at another rate."""
        return self._source.at_rate(sample_rate_hz)

    def close(self) -> None:
        """Nothing to let go of."""

    def _pull(self, wanted: int) -> None:
        """Resample what is new in the source, if it is needed for the first `wanted` frames."""
        source = self._source
        if self._ended or self._made >= wanted:
            return
        complete = source.is_complete  # asked first: then `made` is the last word
        last = min(source.made, self._pulled + round(PULL_S * source.sample_rate_hz))
        if last > self._pulled:
            self._take(self._resampler.push(source.samples[:, self._pulled : last]))
            self._pulled = last
        if complete and last == source.made:
            self._end()

    def _end(self) -> None:
        self._ended = True
        samples = self._source.samples
        whole = self._source.loop and self._source.error is None
        if not whole:
            self._take(self._resampler.finish())
            return
        # The end, now that it is followed by the beginning; and the beginning, now that it follows the end.
        seam = np.resize(samples[0], SEAM_SAMPLES)[None]
        made = self._resampler.push(seam)[0]
        rest = min(self.frames - self._made, len(made))
        self._take(made[None, :rest])
        again = made[rest : rest + self.frames]
        self._samples[: len(again)] = again

    def _take(self, block: NDArray[np.float32]) -> None:
        row = block[0, : len(self._samples) - self._made]
        self._samples[self._made : self._made + len(row)] = row
        self._made += len(row)


def _both_sides(samples: Row, start: int, count: int, end: int) -> Frames:
    """`count` frames from `start` on as (count, 2), silent before 0 and from `end` on."""
    made = np.zeros((count, CHANNELS), np.float32)
    first, last = max(start, 0), min(start + count, end)
    if last > first:
        made[first - start : last - start] = samples[first:last, None]
    return made

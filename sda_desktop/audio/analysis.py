"""Listening to one sound from start to end: its levels, its waveform, its fingerprint, what is wrong."""

from __future__ import annotations

import hashlib
import math
import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.decoding import AudioDecoder, AudioFormat, TruncatedAudioError, UnreadableError
from sda_desktop.audio.findings import (
    NO_LEVEL_DB,
    THUMBNAIL_POINTS,
    Finding,
    FindingCode,
    SoundFile,
    to_db,
    unheard,
)
from sda_desktop.audio.io import mix_to_mono
from sda_desktop.errors import Cancelled
from sda_desktop.words import counted, say

MINIMUM_S = 0.05
SILENT = 1e-4  # -80 dB full scale
CLIPPED_RUN = 3  # equal samples in a row, at or beyond full scale

_BINS = 4096  # resolution of the waveform before it becomes a thumbnail
_LONGEST_HOP = 1 << 16  # a header may claim any length
_LOSSY = frozenset({"VORBIS", "OPUS", "MPEG_LAYER_I", "MPEG_LAYER_II", "MPEG_LAYER_III"})

Block = NDArray[np.float32]  # (channels, frames)


def examine(path: Path, stop: threading.Event | None = None) -> SoundFile:
    """Decode `path` and say everything about it.  What is wrong is a finding, never an exception.

    Raises Cancelled when `stop` is set, within one block.
    """
    try:
        status = path.stat()
        with AudioDecoder(path) as decoder:
            listener = _Listener(decoder.format)
            broken: UnreadableError | None = None
            try:
                for block in decoder.blocks():
                    if stop is not None and stop.is_set():
                        raise Cancelled
                    listener.hear(block)
            except UnreadableError as error:
                broken = error
    except UnreadableError as error:
        return unheard(path, _finding_of(error))
    except OSError as error:
        what = (
            say("is no longer there")
            if isinstance(error, FileNotFoundError)
            else say("cannot be opened: {error}", error=error)
        )
        return unheard(path, Finding(FindingCode.UNREADABLE, True, say("It {what}.", what=what)))
    if broken is not None and listener.frames == 0:
        return unheard(path, _finding_of(broken))
    if listener.frames == 0:
        message = say("It holds no sound; perhaps its recording was never finished.")
        return unheard(path, Finding(FindingCode.EMPTY, True, message))
    form = decoder.format
    return SoundFile(
        path,
        form.sample_rate_hz,
        form.channels,
        form.bit_depth,
        listener.frames / form.sample_rate_hz,
        to_db(listener.peak) if listener.finite else NO_LEVEL_DB,
        to_db(listener.rms) if listener.finite else NO_LEVEL_DB,
        listener.waveform.thumbnail(),
        listener.fingerprint.hexdigest() if broken is None else "",
        status.st_size,
        status.st_mtime_ns,
        ((_finding_of(broken),) if broken is not None else tuple(listener.findings())),
    )


def content_hash(path: Path, stop: threading.Event | None = None) -> str:
    """What `examine` gives as content_hash, without looking at anything else: quicker, and compares sounds.

    Raises AudioFileError, and Cancelled when `stop` is set, within one block.
    """
    with AudioDecoder(path) as decoder:
        fingerprint = _fingerprint_of(decoder.format)
        for block in decoder.blocks():
            if stop is not None and stop.is_set():
                raise Cancelled
            _add(fingerprint, block)
    return fingerprint.hexdigest()


def _fingerprint_of(form: AudioFormat) -> hashlib._Hash:
    return hashlib.sha256(f"{form.sample_rate_hz} {form.channels} ".encode())


def _add(fingerprint: hashlib._Hash, block: Block) -> None:
    # Frame by frame, so that the fingerprint does not depend on where the blocks are cut.
    fingerprint.update(np.ascontiguousarray(block.T).data)


def _finding_of(error: UnreadableError) -> Finding:
    truncated = isinstance(error, TruncatedAudioError)
    code = FindingCode.TRUNCATED if truncated else FindingCode.UNREADABLE
    return Finding(code, True, f"{say('It {what}.', what=error.what)} {error.remedy}".strip())


class _Listener:
    """Gathers what is to be known about a sound, block by block."""

    def __init__(self, form: AudioFormat) -> None:
        self._rate_hz = form.sample_rate_hz
        self._channels = form.channels
        self.frames = 0
        self.peak = 0.0
        self.mono_peak = 0.0
        self.finite = True
        self._energy = 0.0
        self.waveform = Waveform(form.frames)
        self._clipping = ClippingDetector(form)
        self.fingerprint = _fingerprint_of(form)

    @property
    def rms(self) -> float:
        """Root mean square over all channels."""
        return math.sqrt(self._energy / (self.frames * self._channels))

    def hear(self, block: Block) -> None:
        """The next block of the sound."""
        self.frames += block.shape[1]
        _add(self.fingerprint, block)
        highest = float(max(block.max(), -block.min()))  # NaN and Inf come through
        if not math.isfinite(highest):
            self.finite = False
            block = np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0)
        self.peak = max(self.peak, highest)
        self._energy += float(np.square(block, dtype=np.float64).sum())
        self._clipping.hear(block, highest)
        with np.errstate(over="ignore"):  # numbers near the end of what 32 bits hold
            mono = mix_to_mono(block)[0]
        self.mono_peak = max(self.mono_peak, float(np.abs(mono).max()))
        self.waveform.hear(mono)

    def findings(self) -> list[Finding]:
        """What is wrong with the sound as a whole, errors first."""
        found = []
        if not self.finite:
            message = say("It holds samples that are not numbers (NaN or infinite).")
            found.append(Finding(FindingCode.NOT_FINITE, True, f"{message} {say('Export it again.')}"))
        length_s = self.frames / self._rate_hz
        if length_s < MINIMUM_S:
            message = say(
                "It is too short: {length_s:.3f} s, and {minimum_s:g} s are needed.",
                length_s=length_s,
                minimum_s=MINIMUM_S,
            )
            found.append(Finding(FindingCode.TOO_SHORT, True, message))
        if self.finite and self.peak < SILENT:
            found.append(Finding(FindingCode.SILENT, True, say("It is silent.")))
        elif self.finite and self.mono_peak < SILENT:
            message = say("It is silent in mono: its channels cancel each other out.")
            found.append(Finding(FindingCode.SILENT, True, message))
        if runs := self._clipping.runs:
            message = counted("It is clipped in one place.", "It is clipped in {n} places.", runs)
            found.append(Finding(FindingCode.CLIPPED, False, message))
        return found


class ClippingDetector:
    """Counts the places where a waveform was cut flat at full scale.

    A run is CLIPPED_RUN or more samples in a row at or beyond full scale (in lossless formats: of the same
    value) that the waveform enters with a step.  A low note normalised to full scale rests there for a few
    samples too, but arrives in steps of the size of one bit.
    """

    def __init__(self, form: AudioFormat) -> None:
        bits = 8 if form.bit_depth == 8 else 16
        self._full = np.float32(1.0 - 1.5 * 2.0 ** (1 - bits))  # both +32767 and -32768 are full scale
        self._step = np.float32(4.0 * 2.0 ** (1 - bits))
        self._lossy = form.subtype in _LOSSY
        self._before = np.zeros((form.channels, CLIPPED_RUN), dtype=np.float32)
        self.runs = 0

    def hear(self, block: Block, highest: float) -> None:
        """The next block, with the highest absolute value in it."""
        before = self._before
        self._before = np.concatenate([before, block[:, -CLIPPED_RUN:]], axis=1)[:, -CLIPPED_RUN:]
        if highest < self._full and np.abs(before).max() < self._full:
            return
        samples = np.concatenate([before, block], axis=1)
        over = np.where(np.abs(samples) >= self._full, np.sign(samples), np.float32(0.0))
        # Each run is counted once, at its third sample: a, b, c with the sample before a outside the run.
        outside, a, b, c = (samples[:, i : samples.shape[1] - 3 + i] for i in range(4))
        over_outside, over_a, over_b, over_c = (over[:, i : over.shape[1] - 3 + i] for i in range(4))
        run = (over_a != 0) & (over_a == over_b) & (over_b == over_c)
        if self._lossy:
            starts = over_outside != over_a
        else:
            run &= (a == b) & (b == c)
            with np.errstate(over="ignore"):  # of samples that can only be a mistake
                starts = np.abs(a - outside) >= self._step
        self.runs += int(np.count_nonzero(run & starts))


class Waveform:
    """Lowest and highest values of a sound of any length, in bounded memory."""

    def __init__(self, expected_frames: int) -> None:
        self._hop = min(max(1, expected_frames // _BINS), _LONGEST_HOP)
        self._low = np.empty(0, dtype=np.float32)
        self._high = np.empty(0, dtype=np.float32)
        self._rest = np.empty(0, dtype=np.float32)

    def hear(self, mono: NDArray[np.float32]) -> None:
        """The next samples, (frames,)."""
        mono = np.concatenate([self._rest, mono])
        whole = len(mono) // self._hop * self._hop
        bins = mono[:whole].reshape(-1, self._hop)
        self._rest = mono[whole:]
        self._low = np.concatenate([self._low, bins.min(axis=1)])
        self._high = np.concatenate([self._high, bins.max(axis=1)])
        while len(self._low) > 4 * _BINS:  # longer than the header said
            self._halve()

    def _halve(self) -> None:
        if len(self._low) % 2:
            self._low = np.append(self._low, self._low[-1])
            self._high = np.append(self._high, self._high[-1])
        self._low = self._low.reshape(-1, 2).min(axis=1)
        self._high = self._high.reshape(-1, 2).max(axis=1)
        self._hop *= 2

    def thumbnail(self) -> NDArray[np.float32]:
        """Lowest and highest values at THUMBNAIL_POINTS places, (2, THUMBNAIL_POINTS)."""
        low, high = self._low, self._high
        if len(self._rest):
            low, high = np.append(low, self._rest.min()), np.append(high, self._rest.max())
        if len(low) < THUMBNAIL_POINTS:
            nearest = np.arange(THUMBNAIL_POINTS) * len(low) // THUMBNAIL_POINTS
            return np.stack([low[nearest], high[nearest]])
        edges = np.arange(THUMBNAIL_POINTS) * len(low) // THUMBNAIL_POINTS
        return np.stack([np.minimum.reduceat(low, edges), np.maximum.reduceat(high, edges)])

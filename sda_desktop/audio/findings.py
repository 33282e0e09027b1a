"""What a scan says about sounds: one record per file, what is wrong with it, and the whole."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.decoding import shown

THUMBNAIL_POINTS = 128
NO_LEVEL_DB = -math.inf


class FindingCode(StrEnum):
    """What can be wrong with a sound."""

    UNREADABLE = "unreadable"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    SILENT = "silent"
    TOO_SHORT = "too_short"
    NOT_FINITE = "not_finite"
    CLIPPED = "clipped"
    DUPLICATE = "duplicate"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed about a sound: an error leaves it out, a warning keeps it.

    message: a sentence about the sound that does not name it ("It is silent.").
    """

    code: FindingCode
    is_error: bool
    message: str


@dataclass(frozen=True, slots=True)
class SoundFile:
    """What the scan found out about one file.

    Levels are in dB full scale over all channels, -inf where there is nothing.  The rate, channels, length
    and levels of a file that cannot be read are 0 and -inf.  thumbnail: (2, THUMBNAIL_POINTS), lowest and
    highest values of the mono mix.  content_hash: of the decoded samples, rate and channels; "" if unread.
    """

    path: Path
    sample_rate_hz: int
    channels: int
    bit_depth: int | None
    duration_s: float
    peak_db: float
    rms_db: float
    thumbnail: NDArray[np.float32] = field(compare=False, repr=False)
    content_hash: str
    size_bytes: int
    mtime_ns: int
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether the sound can be trained on."""
        return not any(finding.is_error for finding in self.findings)


def unheard(path: Path, *findings: Finding) -> SoundFile:
    """The record of a file that gave no samples."""
    try:
        status = path.stat()
        size, mtime = status.st_size, status.st_mtime_ns
    except OSError:  # the finding says what is wrong with it
        size = mtime = 0
    flat = np.zeros((2, THUMBNAIL_POINTS), dtype=np.float32)
    return SoundFile(path, 0, 0, None, 0.0, NO_LEVEL_DB, NO_LEVEL_DB, flat, "", size, mtime, findings)


def to_db(amplitude: float) -> float:
    """Decibels of an amplitude, NO_LEVEL_DB for 0."""
    return 20.0 * math.log10(amplitude) if amplitude > 0.0 else NO_LEVEL_DB


@dataclass(frozen=True, slots=True)
class ScanResult:
    """All sounds found in the sources, sorted by path, and plain notes on the whole."""

    sources: tuple[Path, ...]
    files: tuple[SoundFile, ...]
    notes: tuple[str, ...]

    @property
    def usable(self) -> tuple[SoundFile, ...]:
        """The sounds that can be trained on."""
        return tuple(file for file in self.files if file.usable)

    @property
    def total_s(self) -> float:
        """Seconds of usable sound."""
        return sum(file.duration_s for file in self.usable)

    @property
    def model_rate_hz(self) -> int:
        """44100 or 48000: the family to which more of the usable sounds belong, 44100 when even."""
        families = [rate_family_hz(file.sample_rate_hz) for file in self.usable]
        return 48_000 if families.count(48_000) > families.count(44_100) else 44_100


def rate_family_hz(sample_rate_hz: int) -> int:
    """44100 or 48000, whichever is nearer to a whole number of octaves from the rate."""

    def octaves_off(base_hz: int) -> float:
        octaves = math.log2(sample_rate_hz / base_hz)
        return abs(octaves - round(octaves))

    return 48_000 if octaves_off(48_000) < octaves_off(44_100) else 44_100


def shown_beside(path: Path, other: Path) -> str:
    """How to name `path` in a sentence about `other`: with its folder where the name alone is the same."""
    return shown(path) if path.name != other.name else f"{shown(path.parent)}/{shown(path)}"

"""Finding sounds in folders and examining each: levels, waveform, and what is wrong with it."""

from __future__ import annotations

import hashlib
import math
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.io import SUPPORTED_SUFFIXES, AudioDecoder, TruncatedAudioError, shown
from sda_desktop.errors import AudioFileError, BadInputError, Cancelled

THUMBNAIL_POINTS = 128
MINIMUM_S = 0.05
SILENT_DB = -80.0
FEW_SOUNDS = 5
RUN_MARKER = "sda_desktop_run"
UNSUPPORTED_SUFFIXES = frozenset(
    {".m4a", ".aac", ".wma", ".caf", ".w64", ".au", ".amr", ".ape", ".wv", ".mp2"}
)
_NO_SOUND_DB = -math.inf


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
    """One thing noticed about a sound.  An error leaves the sound out, a warning keeps it."""

    code: FindingCode
    is_error: bool
    message: str


@dataclass(frozen=True, slots=True)
class SoundFile:
    """What the scan found out about one file.  Levels are in dB full scale, -inf for silence."""

    path: Path
    sample_rate_hz: int
    channels: int
    bit_depth: int | None
    duration_s: float
    peak_db: float
    rms_db: float
    thumbnail: NDArray[np.float32]  # (2, THUMBNAIL_POINTS): lowest and highest value of the mono mix
    content_hash: str
    size_bytes: int
    mtime_ns: int
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether the sound can be trained on."""
        return not any(finding.is_error for finding in self.findings)


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
        fast = sum(file.sample_rate_hz % 11_025 != 0 for file in self.usable)
        return 48_000 if fast > len(self.usable) - fast else 44_100


def find_sounds(sources: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Sound files below the sources: (supported, of a kind that cannot be read), each sorted.

    Raises BadInputError if a source does not exist.
    """
    found: dict[Path, None] = {}
    for source in sources:
        if source.is_dir():
            for folder, folders, names in os.walk(source):
                here = Path(folder)
                folders[:] = sorted(
                    n for n in folders if not n.startswith(".") and not (here / n / "run.json").exists()
                )
                for name in sorted(names):
                    if not name.startswith("."):
                        found[here / name] = None
        elif source.exists():
            found[source] = None
        else:
            raise BadInputError(f"{shown(source)} does not exist.", "Choose another folder.")
    supported = sorted(p for p in found if p.suffix.lower() in SUPPORTED_SUFFIXES)
    return supported, sorted(p for p in found if p.suffix.lower() in UNSUPPORTED_SUFFIXES)


def scan(
    sources: Sequence[Path],
    *,
    on_file: Callable[[SoundFile, int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> ScanResult:
    """Examine every sound below the sources.

    on_file(file, done, total) is called in the calling thread as each file is done.
    Raises BadInputError for a missing source and Cancelled when `stop` is set.
    """
    supported, foreign = find_sounds(sources)
    stop = stop or threading.Event()
    files = [_foreign(path) for path in foreign]
    total = len(supported) + len(foreign)
    for done, file in enumerate(files, 1):
        if on_file:
            on_file(file, done, total)
    with ThreadPoolExecutor(2, thread_name_prefix="scan") as pool:
        jobs = [pool.submit(_examine, path, stop) for path in supported]
        try:
            for job in as_completed(jobs):
                files.append(job.result())
                if on_file:
                    on_file(files[-1], len(files), total)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return ScanResult(tuple(sources), tuple(_mark_duplicates(files)), ())


def _foreign(path: Path) -> SoundFile:
    finding = Finding(FindingCode.UNSUPPORTED, True, f"{path.suffix} files cannot be read.")
    return _without_sound(path, finding)


def _without_sound(path: Path, finding: Finding) -> SoundFile:
    try:
        status = path.stat()
        size, mtime = status.st_size, status.st_mtime_ns
    except OSError:
        size = mtime = 0
    flat = np.zeros((2, THUMBNAIL_POINTS), dtype=np.float32)
    return SoundFile(path, 0, 0, None, 0.0, _NO_SOUND_DB, _NO_SOUND_DB, flat, "", size, mtime, (finding,))


def _examine(path: Path, stop: threading.Event) -> SoundFile:
    try:
        status = path.stat()
        with AudioDecoder(path) as decoder:
            blocks = []
            for block in decoder.blocks():
                if stop.is_set():
                    raise Cancelled
                blocks.append(block)
            form = decoder.format
    except TruncatedAudioError as error:
        return _without_sound(path, Finding(FindingCode.TRUNCATED, True, error.message))
    except (AudioFileError, OSError) as error:
        return _without_sound(path, Finding(FindingCode.UNREADABLE, True, str(error)))
    if not blocks:
        return _without_sound(path, Finding(FindingCode.EMPTY, True, "It holds no sound."))
    samples = np.concatenate(blocks, axis=1)
    peak = float(np.abs(samples).max())
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    edges = np.linspace(0, samples.shape[1], THUMBNAIL_POINTS, endpoint=False).astype(int)
    mono = samples.mean(axis=0)
    thumbnail = np.stack([np.minimum.reduceat(mono, edges), np.maximum.reduceat(mono, edges)])
    duration = samples.shape[1] / form.sample_rate_hz
    findings = []
    if not math.isfinite(peak):
        findings.append(Finding(FindingCode.NOT_FINITE, True, "It holds values that are not numbers."))
    if duration < MINIMUM_S:
        findings.append(Finding(FindingCode.TOO_SHORT, True, "It is shorter than 0.05 s."))
    if peak < 10 ** (SILENT_DB / 20):
        findings.append(Finding(FindingCode.SILENT, True, "It is silent."))
    digest = hashlib.sha256(f"{form.sample_rate_hz} {form.channels}".encode())
    digest.update(samples.tobytes())
    return SoundFile(
        path,
        form.sample_rate_hz,
        form.channels,
        form.bit_depth,
        duration,
        20 * math.log10(peak) if peak > 0 else _NO_SOUND_DB,
        20 * math.log10(rms) if rms > 0 else _NO_SOUND_DB,
        np.asarray(thumbnail, dtype=np.float32),
        digest.hexdigest(),
        status.st_size,
        status.st_mtime_ns,
        tuple(findings),
    )


def _mark_duplicates(files: list[SoundFile]) -> list[SoundFile]:
    first: dict[str, Path] = {}
    marked = []
    for file in sorted(files, key=lambda f: f.path):
        twin = first.setdefault(file.content_hash, file.path) if file.content_hash else file.path
        if twin != file.path:
            message = f"It is an exact copy of {shown(twin)}."
            file = replace(file, findings=(*file.findings, Finding(FindingCode.DUPLICATE, False, message)))
        marked.append(file)
    return marked

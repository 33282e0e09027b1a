"""Exporting several sounds: names from a pattern, one file after the other, progress and cancel."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.export import Exported, ExportOptions, Tags, export_sound, unused_path
from sda_desktop.errors import Cancelled, SdaError, StorageError
from sda_desktop.generation.export_names import file_names
from sda_desktop.generation.recipe import Weights

Existing = Literal["refuse", "replace", "number"]
# Called with the sounds that are done, and the share of all the work from 0 to 1.
Progress = Callable[[int, float], None]
# Called with the number of a sound, from 0, and its file, as soon as that is complete.
OnExported = Callable[[int, Exported], None]


@dataclass(frozen=True, slots=True)
class SoundJob:
    """A sound that can be made: its blocks (channels, frames) are asked for when its file is written.

    seconds: how long it will be, for the progress; 0 if that is not known.  comment: more for the tags.
    key: the same for the same sound, such as its recipe's digest; "" if nothing is known of that kind.
    place: where between a model's sounds it lies; empty if it is nowhere, or not at one place.
    """

    title: str
    seed: int | None
    model: str
    blocks: Callable[[], Iterable[NDArray[np.float32]]]
    sample_rate_hz: int
    seconds: float = 0.0
    comment: str = ""
    key: str = ""
    place: Weights = ()

    @property
    def tags(self) -> Tags:
        """What is written into its file."""
        return Tags(self.title, self.model, self.seed, self.comment)


@dataclass(slots=True)
class BatchResult:
    """What came of it.  failed: title and error of each sound that has no file."""

    exported: list[Exported] = field(default_factory=list)
    failed: list[tuple[str, SdaError]] = field(default_factory=list)
    cancelled: bool = False


def target_paths(
    jobs: Sequence[SoundJob],
    folder: Path,
    pattern: str,
    options: ExportOptions,
    date: datetime.date | None = None,
) -> list[Path]:
    """Where each sound would go.  Raises BadInputError for a bad pattern."""
    names = file_names(pattern, [(job.title, job.seed, job.model) for job in jobs], date)
    return [folder / f"{name}{options.format.suffix}" for name in names]


def already_there(paths: Sequence[Path]) -> list[Path]:
    """Those of the paths where there is something."""
    return [path for path in paths if os.path.lexists(path)]


def export_batch(
    jobs: Sequence[SoundJob],
    paths: Sequence[Path],
    options: ExportOptions,
    *,
    existing: Existing = "refuse",
    stop: threading.Event | None = None,
    progress: Progress | None = None,
    on_exported: OnExported | None = None,
) -> BatchResult:
    """Write each sound to its path (of target_paths).

    existing: what to do where there is a file already: "number" puts a number behind the name.  A sound that
    fails is named in the result and the others go on; a disk that fails ends it.  When `stop` is set, what is
    complete stays and nothing else.  What `progress` and `on_exported` raise is not caught.
    """
    result = BatchResult()
    lengths = [max(job.seconds, 0.01) for job in jobs]
    total_s, before_s = sum(lengths), 0.0
    for number, (job, path, length_s) in enumerate(zip(jobs, paths, lengths, strict=True)):

        def tell(
            done_s: float, number: int = number, before_s: float = before_s, most: float = length_s
        ) -> None:
            if progress is not None:
                progress(number, (before_s + min(done_s, most)) / total_s)

        tell(0.0)
        try:
            exported = _export(job, path, options, existing, stop, tell)
        except Cancelled:
            result.cancelled = True
            return result
        except SdaError as error:
            result.failed.append((job.title, error))
            if isinstance(error, StorageError):
                return result
        else:
            result.exported.append(exported)
            if on_exported is not None:
                on_exported(number, exported)
        before_s += length_s
    if progress is not None:
        progress(len(jobs), 1.0)
    return result


def _export(
    job: SoundJob,
    path: Path,
    options: ExportOptions,
    existing: Existing,
    stop: threading.Event | None,
    tell: Callable[[float], None],
) -> Exported:
    return export_sound(
        unused_path(path) if existing == "number" else path,
        job.blocks(),
        job.sample_rate_hz,
        options,
        job.tags,
        overwrite=existing == "replace",
        stop=stop,
        progress=tell,
    )

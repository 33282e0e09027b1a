"""What can be exported or dragged out: sounds made from recipes, and sound files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.io import decode_blocks, probe
from sda_desktop.errors import AudioFileError
from sda_desktop.generation.export_batch import SoundJob
from sda_desktop.generation.recipe import Recipe, Weights
from sda_desktop.words import say

_SHOWN_DIGITS = 16  # of a recipe's digest, in a file's comment


class Streaming(Protocol):
    """What makes sounds from recipes, as an Instrument does."""

    @property
    def sample_rate_hz(self) -> int:
        """Of all sounds."""

    def stream(self, recipe: Recipe) -> Iterator[NDArray[np.float32]]:
        """The sound block by block (1, n)."""


def recipe_job(instrument: Streaming, recipe: Recipe, model_name: str) -> SoundJob:
    """The sound of a recipe, made when its file is written.  model_name: for tags and names."""
    digest = recipe.digest()
    return SoundJob(
        title=recipe.title,
        seed=recipe.seed,
        model=model_name,
        blocks=lambda: instrument.stream(recipe),
        sample_rate_hz=instrument.sample_rate_hz,
        seconds=recipe.seconds,
        comment=f"Recipe: {digest[:_SHOWN_DIGITS]}",
        key=digest,
        place=recipe.course[0].weights if len(recipe.course) == 1 else (),
    )


def file_job(path: Path, title: str = "", place: Weights = ()) -> SoundJob:
    """A sound file as it is, in all its channels; place: where it lies, if it is one of a model's sounds.

    Raises AudioFileError, now or when it is written.
    """
    header = probe(path)
    try:
        state = path.stat()
    except OSError as error:
        raise AudioFileError(
            say("{name} cannot be read.", name=path.name), say("Check that it is still there."), str(error)
        ) from error
    return SoundJob(
        title=title or path.stem,
        seed=None,
        model="",
        blocks=lambda: decode_blocks(path),
        sample_rate_hz=header.sample_rate_hz,
        seconds=header.duration_s,
        key=f"{path.absolute()} {state.st_size} {state.st_mtime_ns}",
        place=place,
    )

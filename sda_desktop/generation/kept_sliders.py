"""The sliders of a model, found once and kept beside its atlas."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from sda_desktop.errors import BadInputError, StorageError
from sda_desktop.generation.atlas import Atlas
from sda_desktop.generation.instrument import Instrument
from sda_desktop.generation.opening import Opened
from sda_desktop.generation.slider import Slider
from sda_desktop.generation.sliders import OnProgress, Sound, make_sliders
from sda_desktop.training.sound_bank import SoundBank

log = logging.getLogger(__name__)

TRIED_S = 1.5  # so much of a sound tells what a slider does
_SLIDERS = "sliders"
_MOVE = "move"


def kept_sliders(opened: Opened) -> tuple[Slider, ...] | None:
    """The sliders that were found for a model before; None if they have yet to be found.

    The model's instrument follows them from then on.
    """
    found = _kept((opened.folder.load_chart() or {}).get(_SLIDERS), opened.instrument.atlas.latents.shape[1])
    if found is not None:
        follow(opened.instrument, found)
    return found


def sliders_of(
    opened: Opened, *, stop: threading.Event | None = None, on_progress: OnProgress | None = None
) -> tuple[Slider, ...]:
    """The sliders of a model, found if they are not there yet (half a minute), and kept.

    The sounds that it takes are made with an instrument of its own: the model's may be played meanwhile, and
    follows the sliders when they are found.  Raises Cancelled.
    """
    kept = kept_sliders(opened)
    if kept is not None:
        return kept
    atlas = _without_added(opened.instrument.atlas)
    found = make_sliders(
        atlas.latents,
        Mover(opened.instrument, atlas),
        opened.instrument.sample_rate_hz,
        stop=stop,
        on_progress=on_progress,
    )
    try:
        chart = opened.folder.load_chart() or {}
        opened.folder.save_chart({**chart, _SLIDERS: [slider.to_json() for slider in found]})
    except StorageError as error:
        log.warning("The sliders are found anew the next time: %s", error)
    follow(opened.instrument, found)
    return found


def follow(instrument: Instrument, sliders: Sequence[Slider]) -> None:
    """Have an instrument know sliders by their ids."""
    instrument.directions = {slider.id: torch.from_numpy(slider.direction.copy()) for slider in sliders}


class Mover:
    """Makes the new sound of a number with its global latent moved."""

    def __init__(self, instrument: Instrument, atlas: Atlas | None = None) -> None:
        """atlas: the sounds between which new ones are made; None: those of the instrument."""
        self._instrument = Instrument(instrument.model, atlas or instrument.atlas)

    def __call__(self, place: int, offset: NDArray[np.float32]) -> Sound:
        recipe = self._instrument.random(place)
        self._instrument.directions = {_MOVE: torch.from_numpy(offset)}
        moved = recipe.replaced(seconds=min(recipe.seconds, TRIED_S), sliders=((_MOVE, 1.0),))
        return self._instrument.render(moved)


def _without_added(atlas: Atlas) -> Atlas:
    """The corpus of an atlas alone, so that the sliders do not depend on what was added later."""
    count, bank = len(atlas.corpus), atlas.bank
    remainders = None if bank.remainders is None else bank.remainders[:count]
    return Atlas(atlas.corpus, SoundBank(bank.latents[:count], bank.seconds[:count], remainders))


def _kept(data: object, latents: int) -> tuple[Slider, ...] | None:
    """The sliders that were kept, if they are of so many latents."""
    if not isinstance(data, list):
        return None
    try:
        sliders = tuple(Slider.from_json(entry) for entry in data)
    except (BadInputError, TypeError) as error:
        log.warning("The sliders are found anew: %s", error)
        return None
    return sliders if all(len(slider.direction) == latents for slider in sliders) else None

"""The maps of a model's sounds, kept beside its atlas."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from sda_desktop.errors import BadInputError, StorageError
from sda_desktop.generation.atlas import Atlas
from sda_desktop.generation.opening import Opened
from sda_desktop.generation.sound_map import Array, SoundMap

log = logging.getLogger(__name__)

_MAPS = "maps"
_NEAREST = 4  # sounds that the place of an added one is found between


def layouts_of(opened: Opened) -> list[SoundMap]:
    """The maps of a model's corpus, one for each method, the one that shows neighbours best first."""
    atlas, chart = opened.instrument.atlas, opened.folder.load_chart() or {}
    count = len(atlas.corpus)
    kept = _kept(chart.get(_MAPS), count)
    if kept:
        return kept
    latents = atlas.latents[:count]
    features = [sound.features for sound in atlas.corpus]
    best = SoundMap.make(latents, features=features)
    made = [best]
    for name in best.trustworthiness:
        if name != best.method:
            made.append(SoundMap.make(latents, "pca" if name == "pca" else "tsne", features=features))
    trust = best.trustworthiness
    layouts = [SoundMap(layout.positions, layout.method, trust) for layout in made]
    try:
        opened.folder.save_chart({**chart, _MAPS: [layout.to_json() for layout in layouts]})
    except StorageError as error:
        log.warning("The map is made anew the next time: %s", error)
    return layouts


def positions_of(atlas: Atlas, layout: SoundMap) -> Array:
    """Where each sound of an atlas lies on a map, (N, 2), those that were added by hand between the sounds
    of the corpus that they are nearest to."""
    positions = layout.positions
    count = len(positions)
    places = [positions]
    for index in range(count, len(atlas)):
        distances = (atlas.latents[:count] - atlas.latents[index]).norm(dim=1).numpy()
        nearest = np.argsort(distances, kind="stable")[:_NEAREST]
        shares = 1 / (distances[nearest] + 1e-6) ** 2
        places.append((shares / shares.sum() @ positions[nearest])[None])
    return np.concatenate(places)


def _kept(data: object, count: int) -> list[SoundMap]:
    """The maps that were kept, if they are of as many sounds."""
    if not isinstance(data, Sequence):
        return []
    try:
        layouts = [SoundMap.from_json(entry) for entry in data]
    except BadInputError as error:
        log.warning("The map is made anew: %s", error.details)
        return []
    return layouts if all(len(layout.positions) == count for layout in layouts) else []

"""A map of a corpus: a dot per sound, like sounds near each other, and what lies at every place between them.

The way back from a place to sounds is an inverse distance weighting of the nearest few dots whose weights
vanish where one dot takes the place of another (Franke and Nielson, "Smooth interpolation of large sets of
scattered data", 1980).  It is continuous, exact at a dot and nearly flat around it, so that a click close to
a dot plays nearly its sound.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.features import FEATURES, Features
from sda_desktop.errors import BadInputError
from sda_desktop.words import say

if TYPE_CHECKING:
    from torch import Tensor

Method = Literal["pca", "tsne"]
Array = NDArray[np.float64]

MARGIN = 0.05  # of the unit square, kept free on every side
MOST_SOUNDS = 4  # that are ever blended at one place
TRUST_NEIGHBOURS = 5  # that trustworthiness looks at
# Measured features stand beside the latents, with half their spread.  Latents alone put sounds side by side
# that do not sound alike: tests/benchmarks/README.md has the figures.
FEATURES_SHARE = 0.5
PERPLEXITY = 10.0
FEWEST_FOR_TSNE = 8
_NEAREST_DOTS = 0.02  # dots are pushed this far apart, less if there are very many
_PUSHES = 200
_MOST_STRETCHED = 2.0  # the shorter side of the map, to fill its square
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, eq=False)
class SoundMap:
    """Positions of sounds in the unit square.  Make one with `make`."""

    positions: Array  # (N, 2)
    method: Method
    trustworthiness: dict[
        str, float
    ]  # of each method that was tried, 0 to 1: how far neighbours are neighbours

    @classmethod
    def make(
        cls,
        latents: NDArray[Any] | Tensor,
        method: Literal["auto", "pca", "tsne"] = "auto",
        seed: int = 0,
        features: Sequence[Features] | None = None,
    ) -> SoundMap:
        """The map of latents (N, G), with the same sounds' features if there are any.

        "auto" takes the method that shows neighbours better.  t-SNE needs some sounds: where there are too
        few, or they are all the same, it is the principal components instead.  The same seed gives the same
        map.  Raises ValueError where there is no sound, or not as many features as sounds.
        """
        places = _places(np.asarray(latents, dtype=np.float64), features)
        tried: dict[Method, Array] = {}
        if method != "tsne" or not _suits_tsne(places):
            tried["pca"] = _settled(_principal(places))
        if method != "pca" and _suits_tsne(places):
            tried["tsne"] = _settled(_tsne(places, seed))
        trust = {name: trustworthiness(places, positions) for name, positions in tried.items()}
        best = max(tried, key=lambda name: trust[name])
        return cls(tried[best], best, {name: round(value, 4) for name, value in trust.items()})

    def weights_at(self, x: float, y: float) -> tuple[tuple[int, float], ...]:
        """The sounds that make up a place and their shares, the largest first; they sum to one.

        Outside of the dots' convex hull it is what lies at the nearest place of the hull.
        """
        place = self._nearest_inside(np.array([x, y], dtype=np.float64))
        distances = np.hypot(*(self.positions - place).T)
        nearest = np.argsort(distances, kind="stable")[: MOST_SOUNDS + 1]
        near = distances[nearest]
        if near[0] < 1e-9 or len(nearest) == 1:
            return ((int(nearest[0]), 1.0),)
        # Where there are no others, nobody takes the last one's place.
        fade = (near[-1] - near[:-1]) / near[-1] if len(nearest) > MOST_SOUNDS else np.ones(len(nearest))
        weights = (fade * near[0] / near[: len(fade)]) ** 2
        if weights.sum() == 0:  # equally far from all
            weights = np.ones(len(weights))
        weights /= weights.sum()
        return tuple(
            (int(index), float(weight)) for index, weight in zip(nearest, weights, strict=False) if weight > 0
        )

    def _nearest_inside(self, place: Array) -> Array:
        """The place itself if it is inside of the hull, else the nearest one on its edge."""
        hull = self._hull
        if len(hull) > 2:
            edges = np.roll(hull, -1, axis=0) - hull
            to_place = place - hull
            if (edges[:, 0] * to_place[:, 1] - edges[:, 1] * to_place[:, 0] >= 0).all():
                return place
        feet = [_nearest_between(place, *ends) for ends in pairwise([*hull, hull[0]])]
        return feet[int(np.argmin([np.hypot(*(place - foot)) for foot in feet]))]

    @cached_property
    def _hull(self) -> Array:
        """Corners of the convex hull, counter-clockwise (Andrew's monotone chain)."""
        points = np.unique(self.positions, axis=0)
        if len(points) < 3:
            return points

        def chain(along: Array) -> list[Array]:
            corners: list[Array] = []
            for point in along:
                while len(corners) > 1 and _turn(corners[-2], corners[-1], point) <= 0:
                    corners.pop()
                corners.append(point)
            return corners[:-1]

        return np.array(chain(points) + chain(points[::-1]))

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "method": self.method,
            "positions": [[round(float(value), 6) for value in place] for place in self.positions],
            "trustworthiness": self.trustworthiness,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SoundMap:
        """The inverse of to_json.  Raises BadInputError for what is not a map."""
        try:
            positions = np.array(data["positions"], dtype=np.float64)
            trust = {str(name): float(value) for name, value in data["trustworthiness"].items()}
            method = data["method"]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInputError(say("This is not a map of sounds."), "", repr(error)) from error
        is_map = positions.ndim == 2 and positions.shape[1] == 2 and len(positions) > 0
        if not is_map or not ((positions >= 0) & (positions <= 1)).all() or method not in get_args(Method):
            raise BadInputError(say("This is not a map of sounds."), "", f"{method!r}, {positions.shape}")
        return cls(positions, method, trust)


def trustworthiness(places: Array, positions: Array, neighbours: int = TRUST_NEIGHBOURS) -> float:
    """How far neighbours on a map are neighbours, 0 to 1 (Venna and Kaski, 2001).

    places (N, D), positions (N, 2).  Of few sounds fewer neighbours count; of fewer than five it is 1.
    """
    neighbours = min(neighbours, (len(places) - 1) // 2)
    if neighbours < 2:
        return 1.0
    from sklearn.manifold import trustworthiness as measured

    return float(measured(places, positions, n_neighbors=neighbours))


def _places(latents: Array, features: Sequence[Features] | None) -> Array:
    """Where the sounds lie: their latents, with unit spread in all, and beside them their features."""
    if latents.ndim != 2 or len(latents) == 0:
        raise ValueError("a map needs the latents (N, G) of at least one sound")
    places: Array = latents - latents.mean(0)
    places /= max(math.sqrt(float(places.var(0).sum())), 1e-12)
    if features is None:
        return places
    if len(features) != len(latents):
        raise ValueError("a map needs the features of all sounds or of none")
    beside = standardised(features)
    share = FEATURES_SHARE / math.sqrt(max(1, beside.shape[1]))
    return np.concatenate([places, share * beside], axis=1)


def standardised(features: Sequence[Features]) -> Array:
    """The features that differ between sounds (N, F), with zero mean and unit spread, without the pitch."""
    specs = [spec for spec in FEATURES if spec.name != "pitch"]  # not every sound has one
    values = np.array([[spec.scaled(sound) for spec in specs] for sound in features])
    spreads = values.std(0)
    varied = spreads > 1e-6
    found: Array = (values - values.mean(0))[:, varied] / spreads[varied]
    return found


def _suits_tsne(places: Array) -> bool:
    """Whether there are enough different sounds for t-SNE."""
    return len(places) >= FEWEST_FOR_TSNE and len(np.unique(places, axis=0)) >= FEWEST_FOR_TSNE


def _principal(places: Array) -> Array:
    """Coordinates on the first two principal axes, (N, 2); the largest part of an axis is positive."""
    centred = places - places.mean(0)
    _, spreads, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2] * np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])[:2, None]
    # An axis along which nothing differs is only rounding.
    axes = axes * (spreads[:2] > 1e-9)[:, None]
    found = centred @ axes.T
    return np.pad(found, ((0, 0), (0, 2 - found.shape[1])))


def _tsne(places: Array, seed: int) -> Array:
    """Coordinates that keep neighbours (van der Maaten and Hinton, 2008), (N, 2)."""
    from sklearn.manifold import TSNE

    start = _principal(places)
    start *= 1e-4 / max(float(start[:, 0].std()), 1e-12)
    perplexity = min(PERPLEXITY, (len(places) - 1) / 3)
    made = TSNE(2, perplexity=perplexity, init=start.astype(np.float32), random_state=seed)
    return np.asarray(made.fit_transform(places), dtype=np.float64)


def _settled(positions: Array) -> Array:
    """Into the unit square, with a margin, and no dot upon another."""
    low, high = positions.min(0), positions.max(0)
    size = high - low
    scale = np.full(2, (1 - 2 * MARGIN) / max(float(size.max()), 1e-12))
    scale = np.minimum((1 - 2 * MARGIN) / np.maximum(size, 1e-12), _MOST_STRETCHED * scale)
    placed = 0.5 + (positions - (low + high) / 2) * scale
    return _apart(placed) if len(placed) > 1 else placed


def _apart(positions: Array) -> Array:
    """Push dots that lie upon or beside each other apart, until each can be clicked."""
    from scipy.spatial import cKDTree

    wanted = min(_NEAREST_DOTS, 0.4 / math.sqrt(len(positions)))
    places = positions.copy()
    for _ in range(_PUSHES):
        pairs = cKDTree(places).query_pairs(wanted * 0.99, output_type="ndarray")
        if len(pairs) == 0:
            break
        first, second = pairs[np.lexsort(pairs.T[::-1])].T
        apart = places[second] - places[first]
        distance = np.hypot(*apart.T)
        # Two at one place part in a direction of their own.
        angle = _GOLDEN_ANGLE * second
        anywhere = np.stack([np.cos(angle), np.sin(angle)], 1)
        same = distance < 1e-9
        direction = np.where(same[:, None], anywhere, apart / np.maximum(distance, 1e-9)[:, None])
        push = direction * (0.55 * (wanted - distance))[:, None]
        np.add.at(places, second, push)
        np.add.at(places, first, -push)
        places = places.clip(MARGIN, 1 - MARGIN)
    return places


def _turn(one: Array, two: Array, three: Array) -> float:
    """Positive where the way from one over two to three turns left."""
    return float((two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0]))


def _nearest_between(place: Array, one: Array, other: Array) -> Array:
    """The point of the line from one to the other that is nearest to a place."""
    along = other - one
    share = float(along @ (place - one)) / max(float(along @ along), 1e-18)
    return np.asarray(one + min(max(share, 0.0), 1.0) * along)

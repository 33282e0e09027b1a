"""A curve drawn over time, and the stops it leads past, as the course of a recipe."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sda_desktop.errors import BadInputError
from sda_desktop.generation.recipe import Stop, Weights
from sda_desktop.words import say

FEWEST_STOPS, MOST_STOPS = 2, 4
MOST_POINTS = 64
BEYOND = 0.5  # so far beyond the first and the last stop a curve may lead, as a share of a neighbour's way
_NEGLIGIBLE = 1e-6

Points = Sequence[tuple[float, float]]  # (at, position): time and place, each 0 to 1
_Course = list[tuple[float, NDArray[np.float64]]]


def course_of(points: Points, stops: Sequence[Weights]) -> tuple[Stop, ...]:
    """The course along a curve between stops, at most MOST_POINTS places.

    points: (at, position), the time 0 to 1 and the place from the first stop, 0, to the last, 1; straight
    between them, level before the first and after the last.  Between two neighbouring stops their shares
    change in proportion; beyond the ends they go on to change, until 1.5 of the last stop and -0.5 of the one
    before it.  A stop that the curve passes is a place of its own, so that it is reached.

    stops: two to four places, each with its shares of sounds; ((key, 1.0),) is a sound.
    Raises BadInputError for no points, other numbers of stops, and values that are not numbers.
    """
    if not FEWEST_STOPS <= len(stops) <= MOST_STOPS:
        raise BadInputError(
            say(
                "A morph leads past {fewest_stops} to {most_stops} sounds, not {stops}.",
                fewest_stops=FEWEST_STOPS,
                most_stops=MOST_STOPS,
                stops=len(stops),
            ),
            say("Add or remove sounds."),
        )
    if not points or not all(math.isfinite(value) for point in points for value in point):
        raise BadInputError(say("This curve of a morph cannot be used."), say("Draw it anew."))
    keys = list(dict.fromkeys(key for weights in stops for key, _ in weights))
    places = np.array([[dict(weights).get(key, 0.0) for key in keys] for weights in stops])
    course = _fewer([(at, _between(places, along)) for at, along in _passing(points, len(stops))])
    return tuple(Stop(at, _weights(keys, shares)) for at, shares in course)


def _passing(points: Points, stops: int) -> list[tuple[float, float]]:
    """The curve with a point wherever it passes a stop: (at, how many stops along, -0.5 to stops - 0.5)."""
    curve = [
        (min(max(at, 0.0), 1.0), min(max(position * (stops - 1), -BEYOND), stops - 1 + BEYOND))
        for at, position in sorted(points, key=lambda point: point[0])
    ]
    if curve[0][0] > 0:
        curve.insert(0, (0.0, curve[0][1]))
    if curve[-1][0] < 1:
        curve.append((1.0, curve[-1][1]))
    passing = [curve[0]]
    for (at, along), (next_at, next_along) in itertools.pairwise(curve):
        low, high = sorted((along, next_along))
        passed = [stop for stop in range(1, stops - 1) if low < stop < high]
        for stop in passed if along < next_along else reversed(passed):
            share = (stop - along) / (next_along - along)
            passing.append((at + share * (next_at - at), float(stop)))
        passing.append((next_at, next_along))
    return passing


def _between(places: NDArray[np.float64], along: float) -> NDArray[np.float64]:
    """The shares (keys,) at so many stops along the places (stops, keys)."""
    first = min(max(math.floor(along), 0), len(places) - 2)
    share = along - first
    return np.asarray((1 - share) * places[first] + share * places[first + 1])


def _fewer(course: _Course) -> _Course:
    """Without the points that change nothing, and then without those that change least."""
    left = list(course)
    while len(left) > 2:
        changes = [_change(*three) for three in zip(left, left[1:], left[2:], strict=False)]
        least = int(np.argmin(changes))
        if changes[least] > _NEGLIGIBLE and len(left) <= MOST_POINTS:
            break
        del left[least + 1]
    return left


def _change(
    before: tuple[float, NDArray[np.float64]],
    point: tuple[float, NDArray[np.float64]],
    after: tuple[float, NDArray[np.float64]],
) -> float:
    """How far the shares at a point are from the straight way past it."""
    span = after[0] - before[0]
    share = (point[0] - before[0]) / span if span > 0 else 0.5
    straight = (1 - share) * before[1] + share * after[1]
    return float(np.abs(point[1] - straight).max())


def _weights(keys: Sequence[str], shares: NDArray[np.float64]) -> Weights:
    rounded = [(key, round(float(share), 6)) for key, share in zip(keys, shares, strict=True)]
    return tuple((key, share) for key, share in rounded if share)

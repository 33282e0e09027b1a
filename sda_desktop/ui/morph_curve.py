"""The curve of a morph while it is drawn: a position for each of many times.  No Qt."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from sda_desktop.generation.morph_course import BEYOND

STEPS = 48  # of the time
STRAIGHT: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
_LEVEL = 1e-9

Point = tuple[float, float]


def reach(stops: int) -> float:
    """How far beyond 0 and 1 the position may go, with so many stops."""
    return BEYOND / max(1, stops - 1)


class MorphCurve:
    """Positions at STEPS + 1 times, 0 for the first stop and 1 for the last."""

    def __init__(self) -> None:
        self._positions = [step / STEPS for step in range(STEPS + 1)]

    def set_points(self, points: Sequence[Point]) -> None:
        """Take over a curve, straight between its points, level before the first and after the last."""
        ordered = sorted(points)
        self._positions = [_at(ordered, step / STEPS) for step in range(STEPS + 1)]

    def points(self) -> tuple[Point, ...]:
        """The curve with as few points as it needs."""
        steps = [0]
        for step in range(1, STEPS):
            before, here, after = self._positions[step - 1 : step + 2]
            if abs(before + after - 2 * here) > _LEVEL:
                steps.append(step)
        steps.append(STEPS)
        return tuple((step / STEPS, self._positions[step]) for step in steps)

    def position(self, at: float) -> float:
        """Where it is at a time, 0 to 1."""
        exact = min(max(at, 0.0), 1.0) * STEPS
        step = min(int(exact), STEPS - 1)
        share = exact - step
        return (1 - share) * self._positions[step] + share * self._positions[step + 1]

    def draw(self, start: Point, end: Point, beyond: float) -> None:
        """Follow a stroke of the pen from a point to another; `beyond`: as `reach` says."""
        (first_at, first), (last_at, last) = sorted((start, end))
        low, high = round(first_at * STEPS), round(last_at * STEPS)
        for step in range(max(0, low), min(STEPS, high) + 1):
            share = 1.0 if high == low else (step - low) / (high - low)
            # Of a stroke within one step its end counts.
            position = end[1] if high == low else (1 - share) * first + share * last
            self._positions[step] = min(max(position, -beyond), 1 + beyond)

    def bend(self, at: float, change: float, width: float, beyond: float) -> None:
        """Move it at a time, and less so around it, as far as `width` to either side."""
        for step in range(STEPS + 1):
            near = 1 - abs(step / STEPS - at) / width
            if near > 0:
                moved = self._positions[step] + near * change
                self._positions[step] = min(max(moved, -beyond), 1 + beyond)

    def keep_within(self, beyond: float) -> None:
        """With other stops the reach is another."""
        self._positions = [min(max(position, -beyond), 1 + beyond) for position in self._positions]


def _at(ordered: Sequence[Point], at: float) -> float:
    if at <= ordered[0][0]:
        return ordered[0][1]
    for (before, low), (after, high) in itertools.pairwise(ordered):
        if at <= after:
            share = (at - before) / (after - before) if after > before else 1.0
            return (1 - share) * low + share * high
    return ordered[-1][1]

"""Where in its sounds a new sound is, at each of its latent steps.

A sound of about its natural length is gone through once, faster or slower.  A longer one dwells in the middle
of its sounds: it wanders back and forth there at their own pace, so that a texture goes on for as long as is
wanted, with one beginning and one end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Up to so many times its natural length a sound is drawn out; beyond, it dwells.
STRETCH = 2.0
# It dwells in so much of a sound, after its very onset and before its end.
DWELL_WIDTH = 0.5
DWELL_WITHIN = (0.05, 0.9)
# A very short sound is not gone through in less: it would become a flutter.
SHORTEST_PASS_S = 1.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Of each latent step, all (S,): where it is from 0, the onset, to 1, the end; and the time since the
    onset and until the end, in seconds of a sound of natural length."""

    where: NDArray[np.float64]
    elapsed_s: NDArray[np.float64]
    left_s: NDArray[np.float64]


def timeline(
    seconds: float,
    natural_s: NDArray[np.float64],
    steps: int,
    step_s: float,
    rng: np.random.Generator,
    *,
    envelope: NDArray[np.float64] | None = None,
    endless: bool = False,
) -> Timeline:
    """Of a sound of `seconds` whose places have sounds of lengths natural_s (S,).

    envelope: how loud these sounds are from onset to end, at any number of places: it dwells where they are
    loudest.  endless: it has neither beginning nor end, for a loop of what lies between.
    """
    typical_s = float(np.exp(np.mean(np.log(natural_s))))
    if not endless and seconds <= STRETCH * typical_s:
        elapsed_s = step_s * np.arange(steps, dtype=np.float64)
        return Timeline(np.arange(steps) / steps, elapsed_s, seconds - elapsed_s)
    passes = steps * step_s / max(typical_s, SHORTEST_PASS_S)
    turns = _turns(passes, rng, dwelling(envelope), endless)
    walked = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(turns)))])
    # So that it ends where it should, all legs are walked a little faster or slower.
    where: NDArray[np.float64] = np.interp(np.linspace(0, walked[-1], steps, endpoint=False), walked, turns)
    return Timeline(where, where * natural_s, (1 - where) * natural_s)


def dwelling(envelope: NDArray[np.float64] | None) -> tuple[float, float]:
    """The part of a sound to dwell in: the loudest of those that are wide enough, without the very onset."""
    first, last = DWELL_WITHIN
    begins = np.linspace(first, last - DWELL_WIDTH, 8)
    if envelope is None:
        return float(begins[4]), float(begins[4]) + DWELL_WIDTH
    places = (np.arange(len(envelope)) + 0.5) / len(envelope)
    # Of equally loud ones the middle: an even texture has no better part.
    levels = [
        envelope[(places >= begin) & (places < begin + DWELL_WIDTH)].mean() * (1 - 0.05 * abs(begin - 0.25))
        for begin in begins
    ]
    begin = float(begins[int(np.argmax(levels))])
    return begin, begin + DWELL_WIDTH


def _turns(
    passes: float, rng: np.random.Generator, dwell: tuple[float, float], endless: bool
) -> NDArray[np.float64]:
    """Where it turns around: from the onset to the end, or only in the middle, over a way of about `passes`
    times the sound."""
    low, high = dwell
    middle = (low + high) / 2
    turns, walked, upwards = [middle if endless else 0.0], 0.0, True
    while walked + (0.0 if endless else 1 - turns[-1]) < passes:
        turns.append(float(rng.uniform(middle, high) if upwards else rng.uniform(low, middle)))
        walked += abs(turns[-1] - turns[-2])
        upwards = not upwards
    if not endless:
        turns.append(1.0)
    return np.asarray(turns)

"""Where a plot's grid lines stand and what is written beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sda_desktop.ui.plot_scale import nice_ticks, tick_text

ROW_APART, COLUMN_APART = 32, 80  # pixels between labels, at least
MOST_DECADES = 8  # on a logarithmic axis every decade has its label up to here


@dataclass(frozen=True, slots=True)
class Ticks:
    """Places along an axis, and a label for each."""

    places: Sequence[float]
    labels: Sequence[str]


def bottom_ticks(start: float, end: float, width: int, suffix: str) -> Ticks:
    """Along the bottom, `width` pixels wide.  suffix: a unit that follows every number."""
    places = nice_ticks(start, end, max(2, width // COLUMN_APART))
    return Ticks(places, [f"{tick_text(place, _apart(places))}{suffix}" for place in places])


def left_ticks(low: float, high: float, height: int, *, log: bool, percent: bool) -> Ticks:
    """Up the left side, `height` pixels high.

    log: low and high are powers of ten.  percent: they are shares.
    """
    most = max(2, height // ROW_APART)
    if log:
        short = high - low < MOST_DECADES
        places = _log_ticks(low, high, most) if short else nice_ticks(low, high, most)
        return Ticks(places, [tick_text(10.0**place, 10.0**place) for place in places])
    places = nice_ticks(low, high, most)
    if percent:
        return Ticks(places, [f"{place * 100:.6g} %".replace("-", "\u2212") for place in places])
    return Ticks(places, [tick_text(place, _apart(places)) for place in places])


def _apart(places: Sequence[float]) -> float:
    return places[1] - places[0] if len(places) > 1 else abs(places[0]) or 1.0


def _log_ticks(low: float, high: float, most: int) -> list[float]:
    """Places of round numbers between two exponents, about as many as fit."""
    if high - low < 1.0:
        return [float(np.log10(n)) for n in nice_ticks(10.0**low, 10.0**high, most) if n > 0]
    decades = range(math.floor(low), math.ceil(high) + 1)
    places: list[float] = []
    for digits in ((1,), (1, 3), (1, 2, 5)):
        found = [decade + float(np.log10(n)) for decade in decades for n in digits]
        found = [place for place in found if low <= place <= high]
        if places and len(found) > most:
            break
        places = found
    return places

"""How far the axes reach, and how numbers are written along them and beside the curves."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]

_NICE = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
PADDING = 0.06
# An axis is left alone while the curves fill at least this share of it: labels that jump are not calm.
_FILLS_ENOUGH = 0.62
_TINY = 1e-12
UNKNOWN = "\u2013"  # a dash where there is no number


def nice_end(value: float) -> float:
    """A round number that is a little more than value, so that an axis needs to grow only now and then."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(nice * power for nice in _NICE if nice * power >= value * (1 - 1e-9))


def extent(rows: list[Row]) -> tuple[float, float] | None:
    """The least and greatest of what should be in sight; None if there is nothing.

    A run's first few steps are far above everything after them: the topmost hundredth is left out.
    """
    values = np.concatenate(rows) if rows else np.zeros(0)
    values = values[np.isfinite(values)]
    if not len(values):
        return None
    if len(values) < 40:
        return float(values.min()), float(values.max())
    return float(values.min()), float(np.percentile(values, 99))


def fitted(
    now: tuple[float, float] | None, wanted: tuple[float, float], floor: float | None = None
) -> tuple[float, float]:
    """The range of an axis for what it has to hold: the present one if it still serves, else a new one.

    floor: no range reaches below it (a loss has no negative half).
    """
    low, high = wanted
    if now is not None:
        height = now[1] - now[0]
        if low >= now[0] and high <= now[1] and high - low >= _FILLS_ENOUGH * height:
            return now
    spread = high - low
    if spread < max(abs(high), abs(low)) * 1e-6 + _TINY:
        spread = max(abs(high) * 0.1, 1e-3)
        low, high = low - spread / 2, high + spread / 2
    made_low, made_high = low - PADDING * spread, high + 2 * PADDING * spread
    if floor is not None:
        made_low = max(made_low, floor) if low >= floor else made_low
    return made_low, made_high


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between low and high, equally far apart, at most `most` of them."""
    if not high > low:
        return []
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (power, 2 * power, 2.5 * power, 5 * power, 10 * power, 20 * power):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [step * number for number in range(first, last + 1)]
    return []


def number_text(value: float) -> str:
    """A value beside its curve, in about five figures: "0.4123", "12.35", "1.2e-05"."""
    if not math.isfinite(value):
        return UNKNOWN
    size = abs(value)
    if size != 0 and (size < 0.001 or size >= 100_000):
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "\u2212")
    digits = 4 if size < 1 else 3 if size < 10 else 2 if size < 100 else 1 if size < 1000 else 0
    return f"{value:.{digits}f}".replace("-", "\u2212")


def tick_text(value: float, step: float) -> str:
    """A value on an axis whose labels are `step` apart: "0.25", "20k", "1e-4"."""
    if abs(value) < step * 1e-6:
        return "0"
    size = abs(value)
    if size < 1e-3 or (step < 1e-3 and size < 1e-1):
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa.removesuffix('.0')}e{int(exponent)}".replace("-", "\u2212")
    if size >= 1e6:
        return _suffixed(value / 1e6, step / 1e6, "M")
    if size >= 1e4:
        return _suffixed(value / 1e3, step / 1e3, "k")
    return _suffixed(value, step, "")


def _suffixed(value: float, step: float, suffix: str) -> str:
    digits = next((n for n in range(6) if abs(round(step, n) - step) < step * 1e-6), 6)
    text = f"{value:.{digits}f}"
    return f"{text}{suffix}".replace("-", "\u2212")


def percent_text(value: float) -> str:
    """A share: "12.3 %"."""
    return UNKNOWN if not math.isfinite(value) else f"{value * 100:.1f} %".replace("-", "\u2212")


def time_unit(span_s: float) -> tuple[float, str]:
    """Seconds per unit, and the unit's sign, for a span of training time."""
    if span_s < 180:
        return 1.0, "s"
    if span_s < 3 * 3600:
        return 60.0, "min"
    return 3600.0, "h"

"""From the steps of a slider to lengths and densities, and back.  No Qt."""

from __future__ import annotations

import math

from sda_desktop.generation.recipe import LONGEST_S, MAX_DENSITY
from sda_desktop.ui.explore_state import SHORTEST_S

PERCENT = 100
LENGTH_STEPS = 400  # of the logarithmic length
DENSITY_STEPS = 100
SPARSEST = 0.2  # events per second, beside none


def length_at(step: int) -> float:
    """The length at a step of the slider, 0 to LENGTH_STEPS, in seconds, rounded to two digits."""
    exact = SHORTEST_S * (LONGEST_S / SHORTEST_S) ** (step / LENGTH_STEPS)
    return min(LONGEST_S, max(SHORTEST_S, float(f"{exact:.2g}")))


def length_step(seconds: float) -> int:
    """The step that is nearest to a length."""
    return round(LENGTH_STEPS * math.log(seconds / SHORTEST_S) / math.log(LONGEST_S / SHORTEST_S))


def density_at(step: int) -> float:
    """Events per second at a step of the slider, 0 to DENSITY_STEPS; 0 is one continuous sound."""
    if step == 0:
        return 0.0
    exact = SPARSEST * (MAX_DENSITY / SPARSEST) ** ((step - 1) / (DENSITY_STEPS - 1))
    return min(MAX_DENSITY, float(f"{exact:.2g}"))


def density_step(density: float) -> int:
    """The step that is nearest to a density."""
    if density < SPARSEST / 2:
        return 0
    share = math.log(max(density, SPARSEST) / SPARSEST) / math.log(MAX_DENSITY / SPARSEST)
    return 1 + round((DENSITY_STEPS - 1) * share)

"""The way of a morph through its sounds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sda_desktop.commands.morph import course_along, curve_places
from sda_desktop.commands.options import UsageError
from sda_desktop.generation import Recipe
from sda_desktop.generation.sequence import course_weights


def shares(keys: str, places: list[float], at: float) -> dict[str, Any]:
    """The share of each sound at a time of the morph, as the engine sees it."""
    recipe = Recipe("m", "morph", "t", course_along(tuple(keys), places), 1.0)
    weights = course_weights(recipe, np.array([at]))[0]
    return {
        key: pytest.approx(float(weight))
        for key, weight in zip(recipe.keys, weights, strict=True)
        if abs(weight) > 1e-9
    }


def test_an_even_curve_goes_from_the_first_to_the_last() -> None:
    assert shares("ab", [0, 1], 0.25) == {"a": 0.75, "b": 0.25}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0.0, {"a": 1}),
        (0.25, {"a": 0.5, "b": 0.5}),
        (0.5, {"b": 1}),
        (0.75, {"b": 0.5, "c": 0.5}),
        (1, {"c": 1}),
    ],
)
def test_it_leads_through_the_sounds_between(at: float, expected: dict[str, float]) -> None:
    assert shares("abc", [0, 1], at) == expected
    assert shares("abc", [1, 0], 1 - at) == expected


def test_it_leads_back_through_all_sounds_between() -> None:
    assert shares("abcd", [1, 0], 0.5) == {"b": 0.5, "c": 0.5}
    assert shares("abcd", [1, 0], 1 / 3) == {"c": 1}


def test_a_curve_is_followed_at_even_times() -> None:
    assert shares("ab", [0, 0.2, 1], 0.5) == {"a": 0.8, "b": 0.2}
    assert shares("ab", [0, 1, 0], 0.5) == {"b": 1}
    assert shares("abcd", [0, 0, 1], 0.5) == {"a": 1}
    # From the first sound to the last in half of the time, through the two between.
    assert shares("abcd", [0, 0, 1], 0.5 + 0.5 / 3) == {"b": 1}
    assert shares("abcd", [0, 0, 1], 0.5 + 0.5 / 2) == {"b": 0.5, "c": 0.5}


def test_it_leads_beyond_the_outermost_sounds() -> None:
    assert shares("ab", [-0.5, 1.5], 0) == {"a": 1.5, "b": -0.5}
    assert shares("ab", [-0.5, 1.5], 1) == {"a": -0.5, "b": 1.5}
    assert shares("abc", [-0.5, 1], 0) == {"a": 2, "b": -1}


def test_one_sound_may_stand_at_both_ends() -> None:
    assert shares("aba", [0, 1], 0.5) == {"b": 1}
    assert shares("aba", [0, 1], 1) == {"a": 1}
    assert shares("aa", [0, 1], 0.3) == {"a": 1}


def test_the_shares_always_sum_to_one() -> None:
    for stop in course_along("abcd", [-0.3, 1.3, 0.4, 0.9]):
        assert math.isclose(sum(share for _, share in stop.weights), 1)


def test_beyond_is_asked_for() -> None:
    assert curve_places("even", 0.0) == (0.0, 1.0)
    assert curve_places("even", 0.5) == (-0.5, 1.5)
    assert curve_places([-0.5, 1], 0.5) == [-0.5, 1]
    with pytest.raises(UsageError, match=r"further than from 0 to 1\. Allow it with --beyond"):
        curve_places([0, 1.1], 0.0)

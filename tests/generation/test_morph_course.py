"""A curve and stops become a course: straight between neighbours, through every stop, beyond the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sda_desktop.errors import BadInputError
from sda_desktop.generation.morph_course import MOST_POINTS, course_of
from sda_desktop.generation.recipe import Recipe, Stop, Weights

A, B, C, D = ((((key, 1.0),)) for key in "abcd")
STRAIGHT = ((0.0, 0.0), (1.0, 1.0))


def share(course: tuple[Stop, ...], key: str, at: float) -> float:
    """As the engine goes through a course: straight between its places."""
    return float(
        np.interp(at, [stop.at for stop in course], [dict(stop.weights).get(key, 0.0) for stop in course])
    )


def test_a_straight_line_between_two_sounds() -> None:
    assert course_of(STRAIGHT, [A, B]) == (Stop(0.0, A), Stop(1.0, B))


def test_a_straight_line_past_four_sounds_reaches_each_alone() -> None:
    course = course_of(STRAIGHT, [A, B, C, D])
    assert [stop.weights for stop in course] == [A, B, C, D]
    assert [stop.at for stop in course] == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_on_the_way_back_the_stops_are_passed_in_their_order() -> None:
    course = course_of(((0.0, 1.0), (1.0, 0.0)), [A, B, C, D])
    assert [stop.weights for stop in course] == [D, C, B, A]
    assert [stop.at for stop in course] == sorted(stop.at for stop in course)


def test_between_neighbours_their_shares_change_in_proportion() -> None:
    course = course_of(((0.0, 0.125), (1.0, 0.125)), [A, B, C])
    assert course[0].weights == (("a", 0.75), ("b", 0.25))
    assert course[0].weights == course[-1].weights


def test_beyond_the_ends_the_shares_go_on() -> None:
    course = course_of(((0.0, -0.5), (1.0, 1.5)), [A, B])
    assert course[0].weights == (("a", 1.5), ("b", -0.5))
    assert course[-1].weights == (("a", -0.5), ("b", 1.5))
    course = course_of(((0.0, -9.0), (1.0, 9.0)), [A, B, C])
    assert course[0].weights == (("a", 1.5), ("b", -0.5))
    assert course[-1].weights == (("b", -0.5), ("c", 1.5))


def test_before_its_first_and_after_its_last_point_a_curve_is_level() -> None:
    course = course_of(((0.25, 0.0), (0.75, 1.0)), [A, B])
    assert [stop.at for stop in course] == [0.0, 0.25, 0.75, 1.0]
    assert [stop.weights for stop in course] == [A, A, B, B]


def test_the_same_sound_may_be_a_stop_twice() -> None:
    course = course_of(STRAIGHT, [A, B, A])
    assert [stop.weights for stop in course] == [A, B, A]


def test_a_stop_may_lie_between_sounds() -> None:
    between: Weights = (("a", 0.5), ("b", 0.5))
    course = course_of(((0.0, 0.5), (1.0, 0.5)), [between, C])
    assert dict(course[0].weights) == {"a": 0.25, "b": 0.25, "c": 0.5}


def test_a_curve_of_many_points_keeps_its_shape_with_few() -> None:
    times = np.linspace(0, 1, 500)
    wave = 0.5 + 0.6 * np.sin(7 * times)
    course = course_of(list(zip(times.tolist(), wave.tolist(), strict=True)), [A, B, C])
    assert len(course) <= MOST_POINTS
    for at in np.linspace(0, 1, 97):
        along = 2 * float(np.interp(at, times, wave))
        expected = 1 - along if along < 1 else 0.0
        assert share(course, "a", float(at)) == pytest.approx(expected, abs=0.03)


def test_what_comes_out_is_a_course_that_a_recipe_takes() -> None:
    rng = np.random.default_rng(0)
    for stops in ([A, B], [A, B, C], [A, B, C, D]):
        points = [(float(at), float(rng.uniform(-1, 2))) for at in np.sort(rng.uniform(0, 1, 200))]
        course = course_of(points, stops)
        assert 2 <= len(course) <= MOST_POINTS
        recipe = Recipe("m", "morph", "t", course, 1.0)
        assert all(
            math.fsum(value for _, value in stop.weights) == pytest.approx(1) for stop in recipe.course
        )


@pytest.mark.parametrize(
    ("points", "stops"),
    [(STRAIGHT, [A]), (STRAIGHT, [A, B, C, D, A]), ((), [A, B]), (((0.0, math.nan),), [A, B])],
)
def test_what_is_no_morph_is_refused(points: tuple[tuple[float, float], ...], stops: list[Weights]) -> None:
    with pytest.raises(BadInputError):
        course_of(points, stops)

"""The curve of a morph while it is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from sda_desktop.ui.morph_curve import STRAIGHT, MorphCurve, reach


@pytest.fixture
def curve() -> MorphCurve:
    return MorphCurve()


def test_it_begins_straight_and_needs_two_points_for_it(curve: MorphCurve) -> None:
    assert curve.points() == STRAIGHT
    assert curve.position(0.3) == pytest.approx(0.3)


def test_a_stroke_changes_what_it_passes_and_nothing_else(curve: MorphCurve) -> None:
    curve.draw((0.25, 1.0), (0.5, 0.0), beyond=0.5)
    assert curve.position(0.25) == 1.0
    assert curve.position(0.375) == pytest.approx(0.5)
    assert curve.position(0.5) == 0.0
    for at in (0.125, 0.75):
        assert curve.position(at) == pytest.approx(at)


def test_a_stroke_to_the_left_is_the_same(curve: MorphCurve) -> None:
    other = MorphCurve()
    curve.draw((0.25, 1.0), (0.5, 0.0), beyond=0.5)
    other.draw((0.5, 0.0), (0.25, 1.0), beyond=0.5)
    assert curve.points() == other.points()


def test_a_stroke_up_and_down_ends_where_the_pen_is(curve: MorphCurve) -> None:
    curve.draw((0.5, 0.2), (0.5, 0.9), beyond=0.5)
    assert curve.position(0.5) == 0.9


def test_it_goes_beyond_the_ends_as_far_as_the_stops_let_it(curve: MorphCurve) -> None:
    curve.draw((0.0, -3.0), (1.0, 3.0), reach(2))
    assert (curve.position(0.0), curve.position(1.0)) == (-0.5, 1.5)
    curve.keep_within(reach(4))
    assert curve.position(0.0) == pytest.approx(-1 / 6)


def test_its_points_make_it_again(curve: MorphCurve) -> None:
    curve.draw((0.1, 0.9), (0.6, -0.2), beyond=0.5)
    other = MorphCurve()
    other.set_points(curve.points())
    assert np.allclose(other.points(), curve.points())
    other.set_points(((0.5, 0.25),))
    assert other.points() == ((0.0, 0.25), (1.0, 0.25))


def test_a_bend_is_strongest_where_it_is_asked_for(curve: MorphCurve) -> None:
    curve.bend(0.5, 0.2, 0.25, beyond=0.5)
    assert curve.position(0.5) == pytest.approx(0.7)
    assert curve.position(0.375) == pytest.approx(0.475)
    assert curve.position(0.25) == pytest.approx(0.25)

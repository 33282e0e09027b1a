"""Where things are on the map, and what colours they have."""

from __future__ import annotations

import numpy as np
import pytest
from map_dots import features, five_dots, many_dots
from PySide6.QtCore import QPointF, QRectF

from sda_desktop.audio.features import FEATURES
from sda_desktop.ui import theme
from sda_desktop.ui.map_colors import SHAPES, coloring, feature_named, ramp, value_text
from sda_desktop.ui.map_data import inside, matches, nearest, next_in_direction
from sda_desktop.ui.map_labels import label_areas
from sda_desktop.ui.map_view import MOST_ZOOM, MapView

PLACES = np.array([(dot.x, dot.y) for dot in five_dots()])


def test_the_nearest_dot_counts_only_within_reach() -> None:
    assert nearest(PLACES * 100, (22, 19), 5) == 0
    assert nearest(PLACES * 100, (35, 35), 5) is None
    assert nearest(np.zeros((0, 2)), (0, 0), 5) is None


@pytest.mark.parametrize(
    ("start", "direction", "found"),
    [(0, (1, 0), 4), (4, (1, 0), 1), (1, (0, 1), 3), (3, (-1, 0), 4), (3, (0, -1), 4), (1, (0, -1), None)],
)
def test_arrows_go_to_what_lies_that_way(start: int, direction: tuple[int, int], found: int | None) -> None:
    places = PLACES.copy()
    places[4] = (0.5, 0.55) if start == 3 and direction == (-1, 0) else (0.5, 0.3)
    if start == 3:
        places[4] = (0.5, 0.75) if direction == (-1, 0) else (0.75, 0.5)
    x, y = places[start].tolist()
    assert next_in_direction(places, (x, y), *direction) == found


def test_a_dot_straight_ahead_is_preferred_to_a_nearer_one_beside() -> None:
    places = np.array([(0.0, 0.0), (0.3, 0.0), (0.1, 0.2)])
    assert next_in_direction(places, (0.0, 0.0), 1, 0) == 1


def test_a_lasso_takes_what_is_inside() -> None:
    around = [(10.0, 10.0), (60.0, 10.0), (60.0, 60.0), (10.0, 60.0)]
    assert inside(PLACES * 100, around) == [0, 4]
    hollow = [*around, (10.0, 55.0), (55.0, 55.0), (55.0, 15.0), (10.0, 15.0)]  # a C: the middle is outside
    assert inside(PLACES * 100, hollow) == []
    assert inside(PLACES * 100, around[:2]) == []


def test_a_search_finds_all_words_in_name_or_folder() -> None:
    dots = five_dots()
    assert matches(dots, "drums") == [0, 1]
    assert matches(dots, "SOFT dro") == [3]
    assert matches(dots, "  ") == []
    assert matches(dots, "violin") == []


def test_pixels_and_places_are_each_others_inverse() -> None:
    view = MapView(10, 20, 800, 500).zoomed(3.0, 300, 200).moved(-40, 25)
    for x, y in ((0.1, 0.9), (0.5, 0.5), (1.0, 0.0)):
        assert view.place(*view.pixel(x, y)) == pytest.approx((x, y))
    np.testing.assert_allclose(view.pixels(PLACES)[2], view.pixel(*PLACES[2].tolist()))


def test_everything_is_in_sight_at_first() -> None:
    view = MapView(0, 0, 1000, 400)
    for x in (0.0, 1.0):
        for y in (0.0, 1.0):
            pixel_x, pixel_y = view.pixel(x, y)
            assert 0 < pixel_x < 1000
            assert 0 < pixel_y < 400


def test_zooming_leaves_what_is_under_the_pointer_there() -> None:
    view = MapView(0, 0, 800, 600).zoomed(2.0, 400, 300)
    before = view.place(420, 310)
    assert view.zoomed(1.5, 420, 310).place(420, 310) == pytest.approx(before)


def test_the_map_cannot_be_lost() -> None:
    view = MapView(0, 0, 800, 600).zoomed(4.0, 400, 300).moved(-1e6, 1e6)
    assert view.center_x == pytest.approx(0.875)
    assert view.center_y == pytest.approx(0.125)
    assert view.zoomed(0.001, 0, 0) == MapView(0, 0, 800, 600)
    assert view.zoomed(1e6, 0, 0).zoom == MOST_ZOOM
    assert view.fitted() == MapView(0, 0, 800, 600)


def test_revealing_moves_no_more_than_it_must() -> None:
    view = MapView(0, 0, 800, 600).zoomed(5.0, 400, 300)
    assert view.revealing(0.5, 0.5) is view
    x, y = view.revealing(0.9, 0.5).pixel(0.9, 0.5)
    assert 0 < x < 800
    assert y == pytest.approx(300)


def test_names_cover_neither_each_other_nor_the_dots() -> None:
    dots = [(50.0, 50.0), (100.0, 52.0), (98.0, 60.0), (195.0, 95.0), (97.0, 55.0)]
    area = QRectF(0, 0, 200, 120)
    areas = label_areas(dots, [60.0] * 5, 12.0, 5.0, area)
    placed = [found for found in areas if found is not None]
    assert 3 <= len(placed) <= 4, "there is not room for all"
    assert areas[3] is not None
    assert areas[3].right() < 195, "to the left at the right edge"
    for number, one in enumerate(placed):
        assert area.contains(one)
        assert not any(one.intersects(other) for other in placed[:number])
        assert not any(one.contains(QPointF(x, y)) for x, y in dots)


def test_folders_have_colours_and_more_than_seven_other_shapes() -> None:
    dots = many_dots(60, folders=15)
    found = coloring(dots, "folder", dark=False)
    assert len({(look.color, look.shape) for look in found.looks}) == 15
    assert {look.shape for look in found.looks} == set(SHAPES[:3])
    assert sum(entry.count for entry in found.entries) == 60
    assert [entry.count for entry in found.entries] == sorted((e.count for e in found.entries), reverse=True)


def test_one_folder_needs_no_legend() -> None:
    assert coloring(many_dots(5, folders=1), "folder", dark=False).entries == ()


def test_a_feature_goes_along_the_ramp_and_unknown_ones_are_hollow() -> None:
    dots = five_dots()
    by_brightness = coloring(dots, "brightness", dark=True)
    places = [ramp(True).index(look.color) for look in by_brightness.looks]
    assert places == sorted(places)
    assert len(set(places)) == 5
    assert by_brightness.ramp is not None
    assert by_brightness.ramp.low.startswith("darker")
    assert "kHz" in by_brightness.ramp.high
    by_pitch = coloring(dots, "pitch", dark=True)
    assert [look.color == "" for look in by_pitch.looks] == [False] * 4 + [True]
    assert by_pitch.ramp is not None
    assert by_pitch.ramp.unknown == "no pitch"


def test_one_outlier_does_not_take_the_whole_ramp() -> None:
    dots = many_dots(100)
    dots[0] = type(dots[0])("bat", "", 1.0, 0.5, 0.5, dots[0].outline, features(1e6))
    found = coloring(dots, "brightness", dark=False)
    shares = [ramp(False).index(look.color) for look in found.looks[1:]]
    assert np.std(shares) > 5


@pytest.mark.parametrize("dark", [True, False])
def test_the_ramp_gets_steadily_lighter_or_darker_and_stands_out(dark: bool) -> None:
    colors = ramp(dark)
    grounds = [theme.contrast(color, (theme.DARK if dark else theme.LIGHT).plot) for color in colors]
    assert grounds == sorted(grounds)
    assert grounds[0] > 2
    assert grounds[-1] > 10


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("brightness", 8437.0, "8.4 kHz"),
        ("brightness", 210.4, "210 Hz"),
        ("attack", 0.0123, "12 ms"),
        ("length", 2.5, "2.5 s"),
        ("loudness", -18.2, "\u221218 LUFS"),
        ("noisiness", 0.35, "35 %"),
        ("pitch", float("nan"), "\u2013"),
    ],
)
def test_values_are_said_with_their_units(name: str, value: float, text: str) -> None:
    feature = feature_named(name)
    assert feature in FEATURES
    assert feature is not None
    assert value_text(feature, value) == text

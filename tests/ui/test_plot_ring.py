"""The pyramid behind the curves: bounded, exact where it is fine, honest where it is coarse."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.ui import plot_ring
from sda_desktop.ui.plot_ring import Pyramid, smoothed


def _table(count: int, start: int = 0) -> NDArray[np.float64]:
    x = np.arange(start, start + count, dtype=np.float64)
    return np.stack([x, np.sin(x / 50)], axis=1)


def _filled(count: int, batch: int = 997) -> Pyramid:
    made = Pyramid(2)
    for start in range(0, count, batch):
        made.append(_table(min(batch, count - start), start))
    return made


def test_a_short_series_comes_back_as_it_went_in() -> None:
    made = _filled(500, 7)
    piece = made.query(0, 0, 499, 1500)
    assert piece.rows_per_bin == 1
    np.testing.assert_array_equal(piece.mean, _table(500))
    np.testing.assert_array_equal(piece.low, piece.high)


@pytest.mark.parametrize("count", [1000, 4097, 100_000, 400_001])
def test_a_long_series_is_drawn_with_few_points_and_reaches_from_end_to_end(count: int) -> None:
    made = _filled(count, 5000)
    piece = made.query(0, 0, count, 600)
    assert 150 <= len(piece) <= 602
    assert piece.mean[0, 0] <= piece.rows_per_bin
    assert piece.high[-1, 0] == count - 1
    assert np.all(np.diff(piece.mean[:, 0]) > 0)
    assert made.span(0) == (0, count - 1)


def test_a_single_spike_survives_any_decimation() -> None:
    made = Pyramid(2)
    table = _table(200_000)
    table[123_456, 1] = 99.0
    made.append(table)
    piece = made.query(0, 0, 200_000, 600)
    assert piece.high[:, 1].max() == 99.0
    assert piece.low[:, 1].min() == pytest.approx(-1, abs=1e-6)
    assert piece.mean[:, 1].max() < 2


def test_the_mean_of_each_bin_is_the_mean_of_its_rows() -> None:
    made = _filled(4096, 100)
    piece = made.query(0, 0, 4096, 300)
    bins = _table(4096)[:, 1].reshape(-1, piece.rows_per_bin)
    np.testing.assert_allclose(piece.mean[: len(bins), 1], bins.mean(axis=1), atol=1e-12)


def test_zooming_into_a_recent_part_gives_every_row() -> None:
    made = _filled(300_000, 5000)
    piece = made.query(0, 299_000, 299_400, 600)
    assert piece.rows_per_bin == 1
    assert len(piece) == 403  # and one beyond each end


def test_zooming_into_a_part_that_is_too_old_is_coarse_but_not_empty() -> None:
    made = _filled(400_000, 5000)
    piece = made.query(0, 1000, 3000, 600)
    assert len(piece) > 5
    assert piece.mean[0, 0] <= 1000 + piece.rows_per_bin
    assert piece.mean[-1, 0] >= 3000 - piece.rows_per_bin


def test_the_newest_rows_are_always_there() -> None:
    for count in (1025, 1026, 1027, 5003):
        piece = _filled(count).query(0, 0, count, 300)
        assert piece.high[-1, 0] == count - 1


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot_ring, "RAW_ROWS", 4096)
    monkeypatch.setattr(plot_ring, "LEVEL_ROWS", 1024)
    made = _filled(200_000, 3000)
    stored = sum(level._store.nbytes for level in made._levels)
    assert stored < 3 * 8 * 2 * (4096 + 20 * 1024)
    assert made.rows == 200_000
    assert len(made.query(0, 0, 200_000, 300)) > 90


def test_missing_values_do_not_spread() -> None:
    made = Pyramid(2)
    table = _table(4096)
    table[::2, 1] = np.nan
    table[1, 1] = np.inf
    made.append(table)
    piece = made.query(0, 0, 4096, 600)
    assert np.isfinite(piece.mean[1:, 1]).all()


def test_going_back_forgets_what_came_after() -> None:
    made = _filled(5000)
    made.drop_after(0, 1999)
    made.append(_table(100, 2000))
    assert made.span(0) == (0, 2099)
    np.testing.assert_array_equal(made.query(0, 1990, 2099, 1500).mean[:, 0], np.arange(1989, 2100))


def test_nothing_yet() -> None:
    made = Pyramid(2)
    assert len(made.query(0, 0, 10, 100)) == 0
    assert made.span(0) == (0.0, 0.0)
    assert math.isnan(made.last(1))


def test_smoothing_is_the_recursion_it_stands_for() -> None:
    values = np.random.default_rng(1).standard_normal(333)
    total = weight = 0.0
    expected = []
    for value in values:
        total, weight = 0.9 * total + 0.1 * value, 0.9 * weight + 0.1
        expected.append(total / weight)
    np.testing.assert_allclose(smoothed(values, 0.9), expected, rtol=1e-9)
    np.testing.assert_array_equal(smoothed(values, 0.0), values)


def test_smoothing_passes_over_missing_values() -> None:
    values = np.array([1.0, np.nan, 1.0, 1.0])
    np.testing.assert_allclose(smoothed(values, 0.5), [1.0, np.nan, 1.0, 1.0])


def test_a_batch_of_live_steps_costs_less_than_a_millisecond() -> None:
    made = _filled(150_000, 5000)
    times = []
    for start in range(150_000, 150_400, 8):
        table = _table(8, start)
        began = time.perf_counter()
        made.append(table)
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 0.001

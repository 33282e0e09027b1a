"""Tests of sda_desktop.generation.timeline."""

from __future__ import annotations

import numpy as np
import pytest

from sda_desktop.generation.timeline import DWELL_WIDTH, Timeline, dwelling, timeline

STEP_S = 0.1


def made(seconds: float, natural_s: float = 2.0, seed: int = 0, *, endless: bool = False) -> Timeline:
    steps = round(seconds / STEP_S)
    natural = np.full(steps, natural_s)
    return timeline(seconds, natural, steps, STEP_S, np.random.default_rng(seed), endless=endless)


@pytest.mark.parametrize("seconds", [0.5, 2.0, 4.0])
def test_up_to_twice_its_length_a_sound_is_gone_through_once(seconds: float) -> None:
    line = made(seconds)
    np.testing.assert_allclose(line.where, np.arange(len(line.where)) / len(line.where))
    np.testing.assert_allclose(line.elapsed_s + line.left_s, seconds)


@pytest.mark.parametrize("seed", range(5))
def test_a_longer_one_begins_dwells_and_ends(seed: int) -> None:
    line = made(60.0, seed=seed)
    low, high = dwelling(None)
    assert line.where[0] == 0
    assert line.where[-1] > 0.9
    middle = line.where[30:-30]
    assert low - 1e-9 <= middle.min() < middle.max() <= high + 1e-9
    # At about the pace of its sounds: 60 s are 30 passes of 2 s, less the corners that steps cut.
    assert np.abs(np.diff(line.where)).sum() == pytest.approx(28, rel=0.1)
    assert np.abs(np.diff(line.where)).max() < 1.3 * STEP_S / 2.0
    np.testing.assert_allclose(line.elapsed_s + line.left_s, 2.0)


def test_an_endless_one_has_neither_onset_nor_end() -> None:
    line = made(60.0, endless=True)
    low, high = dwelling(None)
    assert low - 1e-9 <= line.where.min() < line.where.max() <= high + 1e-9


def test_a_very_short_sound_does_not_flutter() -> None:
    line = made(10.0, natural_s=0.05)
    assert np.abs(np.diff(line.where)).max() < 1.5 * STEP_S


def test_the_way_follows_from_the_seed() -> None:
    assert np.array_equal(made(30.0).where, made(30.0).where)
    assert not np.array_equal(made(30.0).where, made(30.0, seed=1).where)


def test_it_dwells_where_the_sound_is_loudest() -> None:
    hit = np.exp(-np.arange(96) / 10)
    swell = hit[::-1]
    assert dwelling(hit)[0] == pytest.approx(0.05)
    assert dwelling(swell)[0] == pytest.approx(0.9 - DWELL_WIDTH)
    even = dwelling(np.ones(96))
    assert abs(sum(even) / 2 - 0.5) < 0.05

"""Tests of sda_desktop.generation.shaping."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import pytest

from sda_desktop.generation import shaping
from sda_desktop.generation.shaping import Event, Sound

RATE_HZ = 44_100


def cut(sound: Sound, sizes: tuple[int, ...]) -> Iterator[Sound]:
    """In blocks of these sizes, over and over."""
    at, number = 0, 0
    while at < sound.shape[1]:
        yield sound[:, at : at + sizes[number % len(sizes)]]
        at += sizes[number % len(sizes)]
        number += 1


def joined(blocks: Iterator[Sound]) -> Sound:
    return np.concatenate(list(blocks), axis=1)


def noise(frames: int, seed: int = 0) -> Sound:
    return np.random.default_rng(seed).standard_normal((1, frames)).astype(np.float32)


def test_nothing_passes_the_ceiling_and_nothing_is_lost() -> None:
    loud = joined(shaping.limited(cut(noise(20_000), (1, 5000, 300)), RATE_HZ))
    assert loud.shape == (1, 20_000)
    assert np.abs(loud).max() <= shaping.CEILING
    quiet = 0.1 * noise(20_000)
    assert np.array_equal(joined(shaping.limited(cut(quiet, (777,)), RATE_HZ)), quiet)


@pytest.mark.parametrize("frames", [3000, 1200])
def test_a_loop_ends_in_what_came_before_its_beginning(frames: int) -> None:
    seam = 500
    ramp = np.arange(frames, dtype=np.float32)[None]
    loop = joined(shaping.closed_loop(cut(ramp, (7, 450)), seam))
    assert loop.shape == (1, frames - seam)
    assert loop[0, 0] == seam
    # The last sample is nearly the one before the first: the ramp goes on across the joint.
    assert loop[0, -1] == pytest.approx(seam - 1, rel=0.02)


def test_across_the_joint_of_a_loop_there_is_neither_dip_nor_click() -> None:
    seam = 4000
    loop = joined(shaping.closed_loop(cut(noise(60_000), (4096,)), seam))
    twice = np.concatenate([loop, loop], axis=1)[0]
    joint = loop.shape[1]
    level = np.sqrt(np.mean(twice**2))
    for start in range(joint - 8000, joint + 4000, 2000):
        assert np.sqrt(np.mean(twice[start : start + 2000] ** 2)) == pytest.approx(level, rel=0.1)


def test_equal_sounds_are_not_louder_where_they_meet() -> None:
    wave = np.sin(np.arange(4000) / 10).astype(np.float32)[None]
    np.testing.assert_allclose(shaping.crossfaded(wave, wave), wave, atol=1e-6)


def test_events_are_summed_where_they_begin() -> None:
    one = np.ones((1, 6000), np.float32)
    events = [Event(0, 1.0, lambda: cut(one, (100,))), Event(5000, 0.5, lambda: cut(one, (4096, 1)))]
    made = joined(shaping.mixed(events, 12_000))[0]
    assert made.shape == (12_000,)
    assert set(made[:5000]) == {1.0}
    assert set(made[5000:6000]) == {1.5}
    assert set(made[6000:11_000]) == {0.5}
    assert set(made[11_000:]) == {0.0}


def test_an_event_is_made_when_its_time_has_come() -> None:
    begun = []

    def blocks(number: int) -> Iterator[Sound]:
        begun.append(number)
        yield np.ones((1, 10), np.float32)

    events = (Event(20_000 * number, 1.0, functools.partial(blocks, number)) for number in range(50))
    stream = shaping.mixed(events, 10**6)
    next(stream)
    assert begun == [0]

"""By what the best state of a run is chosen."""

from __future__ import annotations

import pytest

from sda_desktop.training.evaluate import selection_score


def best_of(losses: list[float], *, by_time: bool) -> int:
    scores = [selection_score(loss, i / len(losses), by_time=by_time) for i, loss in enumerate(losses, 1)]
    return scores.index(min(scores))


@pytest.mark.parametrize("by_time", [False, True])
def test_the_lowest_loss_is_chosen_and_of_equal_ones_the_last(by_time: bool) -> None:
    assert best_of([3.0, 1.0, 2.0, 2.0], by_time=by_time) == 1
    assert best_of([3.0, 1.0, 1.0, 1.0], by_time=by_time) == 3


def test_a_rise_that_held_out_sounds_can_tell_keeps_the_earlier_state() -> None:
    assert best_of([1.5, 1.0, 1.05, 1.1], by_time=False) == 1
    assert best_of([1.5, 1.0, 1.005, 1.01], by_time=False) == 3


def test_slices_of_the_only_sound_are_believed_less() -> None:
    assert best_of([1.2, 1.0, 1.02, 1.05], by_time=True) == 3
    assert best_of([1.2, 1.0, 1.1, 1.25], by_time=True) == 1

"""What the controls hold, and undo and redo of every one of them."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from sda_desktop.errors import BadInputError
from sda_desktop.ui.explore_state import ControlValues, UndoHistory, changed_control


def test_they_come_back_from_json_as_they_were() -> None:
    values = ControlValues(2.5, 0.7, 0.1, 12.0, True, 99, {"brightness": -1.25, "pc1": 0.5})
    assert ControlValues.from_json(json.loads(json.dumps(values.to_json()))) == values
    assert ControlValues.from_json({}) == ControlValues()


def test_a_slider_at_zero_is_as_one_that_was_never_touched() -> None:
    values = ControlValues().with_slider("noisiness", 1.0)
    assert values.sliders == {"noisiness": 1.0}
    assert values.with_slider("noisiness", 0.0) == ControlValues()


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": 0.01},
        {"seconds": 601},
        {"novelty": 1.5},
        {"variation": -0.1},
        {"density": 51},
        {"seed": -1},
        {"sliders": {"a": math.inf}},
        {"sliders": {"a": "high"}},
        {"sliders": 3},
        {"novelty": None},
        {"seed": "x"},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInputError):
        ControlValues.from_json(wrong)


@pytest.fixture
def history() -> UndoHistory[ControlValues]:
    return UndoHistory(ControlValues())


def test_a_drag_is_one_step(history: UndoHistory[ControlValues]) -> None:
    for novelty in (0.6, 0.7, 0.8):
        history.record("novelty", replace(history.present, novelty=novelty))
    history.settle()
    history.record("novelty", replace(history.present, novelty=0.9))
    assert history.undo() == ControlValues(novelty=0.8)
    assert history.undo() == ControlValues()
    assert history.undo() is None
    assert history.redo() == ControlValues(novelty=0.8)
    assert history.redo() == ControlValues(novelty=0.9)
    assert history.redo() is None


def test_another_control_is_another_step(history: UndoHistory[ControlValues]) -> None:
    history.record("novelty", replace(history.present, novelty=0.9))
    history.record("seed", replace(history.present, seed=4))
    assert history.undo_control == "seed"
    assert history.undo() == ControlValues(novelty=0.9)
    assert (history.undo_control, history.redo_control) == ("novelty", "seed")


def test_a_drag_that_ends_where_it_began_is_no_step(history: UndoHistory[ControlValues]) -> None:
    history.record("density", replace(history.present, density=8.0))
    history.record("density", replace(history.present, density=0.0))
    assert history.undo_control is None
    assert history.present == ControlValues()


def test_after_undo_a_change_is_a_new_step_and_the_undone_is_gone(
    history: UndoHistory[ControlValues],
) -> None:
    history.record("seed", replace(history.present, seed=1))
    history.undo()
    history.record("seed", replace(history.present, seed=2))
    assert history.redo_control is None
    assert history.undo() == ControlValues()


def test_telling_what_is_already_so_keeps_what_can_be_redone(history: UndoHistory[ControlValues]) -> None:
    history.record("seed", replace(history.present, seed=1))
    before = history.undo()
    assert before is not None
    history.record("seed", before)
    assert history.redo_control == "seed"


def test_only_the_last_steps_are_kept() -> None:
    history = UndoHistory(0, most_steps=3)
    for number in range(1, 6):
        history.record(f"control {number}", number)
    assert [history.undo() for _ in range(4)] == [4, 3, 2, None]


def test_another_model_has_no_past(history: UndoHistory[ControlValues]) -> None:
    history.record("seed", replace(history.present, seed=1))
    history.restart(ControlValues(seed=7))
    assert history.undo() is None
    assert history.present.seed == 7


def test_the_control_that_moved_has_a_name() -> None:
    values = ControlValues(sliders={"pitch": 1.0})
    assert changed_control(values, values) == ""
    assert changed_control(values, replace(values, loop=True)) == "loop"
    assert changed_control(values, values.with_slider("pitch", 0.0)) == "slider pitch"
    assert changed_control(values, ControlValues(seed=3)) == "all"

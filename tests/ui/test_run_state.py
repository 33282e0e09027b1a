"""The state machine: which way a run may go, and what each state allows."""

from __future__ import annotations

from dataclasses import fields
from itertools import product

import pytest

from sda_desktop.ui.run_state import Controls, RunState, Situation, controls, may_follow

ACTIVE = (RunState.PREPARING, RunState.RUNNING, RunState.STOPPING)
AT_REST = (RunState.IDLE, RunState.FINISHED, RunState.FAILED)


@pytest.mark.parametrize("state", AT_REST)
def test_train_is_offered_whenever_nothing_runs_and_nothing_is_wrong(state: RunState) -> None:
    now = controls(Situation(state=state))
    assert now.can_train
    assert now.primary_enabled
    assert now.primary_text == "Train"
    assert not now.reason
    assert not now.can_stop
    assert not now.inputs_locked


@pytest.mark.parametrize("state", AT_REST)
def test_train_says_why_it_is_disabled_sounds_before_settings(state: RunState) -> None:
    both = controls(Situation(state=state, dataset_problem="No sounds.", settings_problem="Epochs is -1."))
    assert (both.reason, both.can_train, both.primary_enabled) == ("No sounds.", False, False)
    settings = controls(Situation(state=state, settings_problem="Epochs is -1."))
    assert (settings.reason, settings.can_train) == ("Epochs is -1.", False)


@pytest.mark.parametrize("state", [RunState.PREPARING, RunState.RUNNING])
def test_a_run_can_be_stopped_even_if_the_form_is_wrong(state: RunState) -> None:
    now = controls(Situation(state=state, settings_problem="Epochs is -1."))
    assert now.primary_is_stop
    assert (now.primary_text, now.primary_enabled, now.can_stop, now.reason) == ("Stop", True, True, "")


def test_stopping_shows_and_allows_nothing_more() -> None:
    now = controls(Situation(state=RunState.STOPPING, resumable=True))
    assert now.primary_text == "Stopping…"
    assert not now.primary_enabled
    assert not now.can_stop
    assert not now.can_train
    assert not now.can_resume


@pytest.mark.parametrize("state", list(RunState))
def test_sounds_settings_and_runs_are_locked_exactly_while_a_run_lasts(state: RunState) -> None:
    now = controls(Situation(state=state, resumable=True, run_shown=True))
    active = state in ACTIVE
    assert now.inputs_locked is active
    assert now.runs_locked is active
    assert now.can_open_sounds is not active
    assert now.can_resume is not active
    assert now.can_open_run_folder


def test_a_run_resumes_even_without_sounds_in_the_window() -> None:
    """The run knows its sounds; the dataset panel may be empty."""
    assert controls(Situation(dataset_problem="Open some sounds.", resumable=True)).can_resume


def test_a_checkpoint_can_be_asked_for_only_between_the_first_step_and_stop() -> None:
    allowed = [s for s in RunState if controls(Situation(state=s)).can_save_checkpoint]
    assert allowed == [RunState.RUNNING]


@pytest.mark.parametrize(("state", "problem"), list(product(RunState, ("", "No sounds."))))
def test_never_both_train_and_stop(state: RunState, problem: str) -> None:
    now = controls(Situation(state=state, dataset_problem=problem))
    assert not (now.can_train and now.can_stop)
    assert now.primary_enabled == (now.can_train or now.can_stop)
    assert {f.name for f in fields(Controls)} >= {"reason"}


def test_the_ways_through_the_machine() -> None:
    assert may_follow(RunState.IDLE, RunState.PREPARING)
    assert may_follow(RunState.PREPARING, RunState.STOPPING)
    assert not may_follow(RunState.STOPPING, RunState.RUNNING), "a stop is not taken back by a late start"
    assert not may_follow(RunState.RUNNING, RunState.PREPARING)
    for state in AT_REST:
        assert may_follow(state, RunState.PREPARING)
        assert not may_follow(state, RunState.STOPPING)
    for state in ACTIVE:
        assert may_follow(state, RunState.FAILED)
        assert may_follow(state, RunState.FINISHED)

"""The state machine of a training run, and the one place that says which control may be used when.

Nothing here imports Qt: a Situation goes in, Controls come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sda_desktop.words import say


class RunState(StrEnum):
    """Where a run is.  A run that was stopped and one that did all its epochs both end in FINISHED."""

    IDLE = "idle"
    PREPARING = "preparing"  # from the click until the first step: importing, scanning, decoding
    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def active(self) -> bool:
        """Whether the training thread is at work."""
        return self in (RunState.PREPARING, RunState.RUNNING, RunState.STOPPING)


_NEXT: dict[RunState, frozenset[RunState]] = {
    RunState.IDLE: frozenset({RunState.PREPARING}),
    RunState.PREPARING: frozenset({RunState.RUNNING, RunState.STOPPING, RunState.FINISHED, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.STOPPING, RunState.FINISHED, RunState.FAILED}),
    RunState.STOPPING: frozenset({RunState.FINISHED, RunState.FAILED}),
    RunState.FINISHED: frozenset({RunState.PREPARING}),
    RunState.FAILED: frozenset({RunState.PREPARING}),
}


def may_follow(before: RunState, after: RunState) -> bool:
    """Whether the machine may go from `before` to `after`."""
    return after in _NEXT[before]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the controls depend on.  A problem is a sentence, "" where there is none."""

    state: RunState = RunState.IDLE
    dataset_problem: str = ""
    settings_problem: str = ""
    room_problem: str = ""  # too little space on a disk
    run_shown: bool = False  # the curves and previews belong to a run folder on disk
    resumable: bool = False  # that run has a checkpoint to go on from
    finished: bool = False  # it did all its epochs: to go on means more of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What the window shows and allows.  `reason` says why Train cannot be pressed, "" when it can."""

    primary_is_stop: bool
    primary_text: str
    primary_enabled: bool
    reason: str
    can_train: bool
    can_stop: bool
    can_resume: bool
    resume_text: str
    can_save_checkpoint: bool
    can_open_run_folder: bool
    can_open_sounds: bool
    inputs_locked: bool  # sounds and settings belong to the run while it lasts
    runs_locked: bool  # so do the runs on disk: no resume, no delete


def controls(situation: Situation) -> Controls:
    """Derive every control from the situation: the only function that does."""
    state = situation.state
    active = state.active
    problems = (situation.dataset_problem, situation.settings_problem, situation.room_problem)
    reason = "" if active else next(filter(None, problems), "")
    can_train = not active and not reason
    can_stop = state in (RunState.PREPARING, RunState.RUNNING)
    running_text = say("Stopping…") if state is RunState.STOPPING else say("Stop")
    return Controls(
        primary_is_stop=active,
        primary_text=running_text if active else say("Train"),
        primary_enabled=can_train or can_stop,
        reason=reason,
        can_train=can_train,
        can_stop=can_stop,
        can_resume=not active and situation.resumable,
        resume_text=say("Train longer") if situation.finished else say("Resume"),
        can_save_checkpoint=state is RunState.RUNNING,
        can_open_run_folder=situation.run_shown,
        can_open_sounds=not active,
        inputs_locked=active,
        runs_locked=active,
    )

"""What the controls of the Explore page hold, and the way back from every change of them.  No Qt."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Self, TypeVar

from sda_desktop.errors import BadInputError
from sda_desktop.generation.recipe import LONGEST_S, MAX_DENSITY, MAX_SEED, MAX_SLIDER
from sda_desktop.words import say

SHORTEST_S = 0.1  # of what the controls offer
MOST_STEPS = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ControlValues:
    """The controls of new sounds.

    seconds: a length, SHORTEST_S to LONGEST_S, or None for one that suits the sound.  novelty, variation: 0
    to 1.  density: events per second, 0 for one continuous sound.  seed: of what is random.
    sliders: value by slider id, in spreads of the corpus; what is at 0 is left out.
    """

    seconds: float | None = None
    novelty: float = 0.5
    variation: float = 0.3
    density: float = 0.0
    loop: bool = False
    seed: int = 0
    sliders: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises BadInputError naming what is out of its range."""
        if self.seconds is not None:
            _check(say("The length"), self.seconds, SHORTEST_S, LONGEST_S)
        _check(say("The novelty"), self.novelty, 0, 1)
        _check(say("The variation"), self.variation, 0, 1)
        _check(say("The density"), self.density, 0, MAX_DENSITY)
        _check(say("The seed"), self.seed, 0, MAX_SEED)
        for name, value in self.sliders.items():
            _check(say("The slider {name}", name=name), value, -MAX_SLIDER, MAX_SLIDER)
        moved = {name: value for name, value in sorted(self.sliders.items()) if value}
        object.__setattr__(self, "sliders", moved)

    def with_slider(self, name: str, value: float) -> Self:
        """A copy with one slider elsewhere."""
        return replace(self, sliders={**self.sliders, name: value})

    def to_json(self) -> dict[str, Any]:
        """For a preset or the settings of the window."""
        return {
            "seconds": self.seconds,
            "novelty": self.novelty,
            "variation": self.variation,
            "density": self.density,
            "loop": self.loop,
            "seed": self.seed,
            "sliders": dict(self.sliders),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of to_json; what is missing is at its default.  Raises BadInputError."""
        try:
            known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
            for name in known.keys() - {"seconds", "loop", "seed", "sliders"}:
                known[name] = float(known[name])
            if known.get("seconds") is not None:
                known["seconds"] = float(known["seconds"])
            if "seed" in known:
                known["seed"] = int(known["seed"])
            if "loop" in known:
                known["loop"] = bool(known["loop"])
            if "sliders" in known:
                known["sliders"] = {str(name): float(value) for name, value in known["sliders"].items()}
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise BadInputError(
                say("These settings of the controls cannot be used: some are of another kind."),
                say("Set the controls by hand."),
                repr(error),
            ) from error
        return cls(**known)


def changed_control(before: ControlValues, after: ControlValues) -> str:
    """The control that was moved from one to the other: a field's name, or "slider ID"; "" if none was.

    Several at once (a preset, all sliders set back) are "all".
    """
    fields = [name for name in before.__dataclass_fields__ if name != "sliders"]
    moved = [name for name in fields if getattr(before, name) != getattr(after, name)]
    sliders = {**before.sliders, **after.sliders}
    moved += [f"slider {name}" for name in sliders if before.sliders.get(name) != after.sliders.get(name)]
    return moved[0] if len(moved) == 1 else ("all" if moved else "")


def _check(name: str, value: float, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise BadInputError(
            say(
                "{name} is {value:g}; it must lie between {low:g} and {high:g}.",
                name=name,
                value=value,
                low=low,
                high=high,
            ),
            say("Choose a value in that range."),
        )


@dataclass(frozen=True, slots=True)
class _Step(Generic[T]):
    """What one undo takes back."""

    control: str
    before: T
    after: T


class UndoHistory(Generic[T]):
    """The steps from one state of the controls to another; the state is any value that can be compared.

    All changes of one control until `settle` are one step: a drag is undone as a whole.  Only the last
    MOST_STEPS steps are kept.
    """

    def __init__(self, start: T, most_steps: int = MOST_STEPS) -> None:
        self._present = start
        self._done: deque[_Step[T]] = deque(maxlen=most_steps)
        self._undone: list[_Step[T]] = []
        self._settled = True

    @property
    def present(self) -> T:
        """The state as it is now."""
        return self._present

    @property
    def undo_control(self) -> str | None:
        """The control that `undo` would move; None if there is nothing to undo."""
        return self._done[-1].control if self._done else None

    @property
    def redo_control(self) -> str | None:
        """The control that `redo` would move; None if there is nothing to redo."""
        return self._undone[-1].control if self._undone else None

    def record(self, control: str, after: T) -> None:
        """A control was moved.  What was undone before is gone, unless nothing changed."""
        if after == self._present:
            return
        before = self._present
        if not self._settled and self._done and self._done[-1].control == control:
            before = self._done.pop().before
        if after != before:
            self._done.append(_Step(control, before, after))
        self._undone.clear()
        self._settled = False
        self._present = after

    def settle(self) -> None:
        """The hand left the control: the next change is a step of its own."""
        self._settled = True

    def undo(self) -> T | None:
        """Go a step back and return the state before it; None if there is none."""
        return self._move(self._done, self._undone, forward=False)

    def redo(self) -> T | None:
        """Go a step that was undone again and return the state after it; None if there is none."""
        return self._move(self._undone, self._done, forward=True)

    def restart(self, start: T) -> None:
        """Another model, other controls: forget all steps."""
        self._present = start
        self._done.clear()
        self._undone.clear()
        self._settled = True

    def _move(
        self,
        source: deque[_Step[T]] | list[_Step[T]],
        target: deque[_Step[T]] | list[_Step[T]],
        *,
        forward: bool,
    ) -> T | None:
        self._settled = True
        if not source:
            return None
        step = source.pop()
        target.append(step)
        self._present = step.after if forward else step.before
        return self._present

"""What changes while a run trains, and how it is steered from outside."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any, Literal

from sda_desktop.training.health import HealthMonitor
from sda_desktop.training.schedule import Schedule

Pending = Literal["validate", "preview"]  # parts of an epoch's end that are still to do


@dataclass
class RunControl:
    """How a run is steered from outside, from any thread."""

    stop: threading.Event = field(default_factory=threading.Event)
    save_requested: threading.Event = field(default_factory=threading.Event)


@dataclass
class TrainerState:
    """What changes while training, beside weights and optimizer; all of it is in every checkpoint."""

    schedule: Schedule
    batch_frames: int
    global_step: int = 0
    pending: list[Pending] = field(default_factory=list)
    previewing: int = 0  # the epoch whose previews are being made beside the loop; 0 for none
    elapsed_s: float = 0.0
    health: HealthMonitor = field(default_factory=HealthMonitor)
    last_evaluation: dict[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {
            **vars(self),
            "schedule": self.schedule.to_dict(),
            "health": self.health.to_dict(),
            "pending": list(self.pending),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> TrainerState:
        """The inverse of to_dict."""
        return cls(
            **{
                **data,
                "schedule": Schedule(**data["schedule"]),
                "health": HealthMonitor.from_dict(data["health"]),
            }
        )

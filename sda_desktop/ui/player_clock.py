"""Where the playhead is, as the thread that writes to the device last knew it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the playhead was at a moment of time.perf_counter().

    take: the number of the last start or seek that this already follows.
    end_s: how far the device has been given sound; the playhead cannot be beyond that.
    """

    take: int = 0
    position_s: float = 0.0
    at: float = 0.0
    end_s: float = 0.0
    moving: bool = False

    def position_at(self, now: float) -> float:
        """The playhead at a later moment, seconds."""
        return min(self.position_s + (now - self.at), max(self.end_s, self.position_s))

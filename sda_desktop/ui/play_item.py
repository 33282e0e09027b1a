"""What the panels hand to the player."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# "sound": a file of the user's; "original" and "reconstruction" are the two sides of a comparison.
Side = Literal["sound", "original", "reconstruction", "new"]


@dataclass(frozen=True, slots=True)
class PlayItem:
    """One sound to hear.

    counterpart: the original of a reconstruction (for A/B), or the reverse; None where there is none.
    side: which side of that comparison `path` is.
    """

    path: Path
    title: str
    counterpart: Path | None = None
    side: Side = "sound"

    @property
    def other_side(self) -> Side:
        """Which side the counterpart is."""
        return "reconstruction" if self.side == "original" else "original"

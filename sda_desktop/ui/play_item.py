"""What the panels hand to the player."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# "sound": a file of the user's; "original" and "reconstruction" are the two sides of a comparison.
# "reference": the sound that was pinned to compare others with.
Side = Literal["sound", "original", "reconstruction", "new", "reference"]


@dataclass(frozen=True, slots=True)
class PlayItem:
    """One sound to hear.

    path: its file; None for a sound that is made while it plays, which has a key instead.
    counterpart: the original of a reconstruction (for A/B), or the reverse; None where there is none.
    side: which side of that comparison `path` is.
    """

    path: Path | None
    title: str
    counterpart: Path | None = None
    side: Side = "sound"
    key: str = ""

    @property
    def name(self) -> Path | str:
        """What the player says is heard: the file or the key."""
        return self.path if self.path is not None else self.key

    @property
    def other_side(self) -> Side:
        """Which side the counterpart is."""
        return "reconstruction" if self.side == "original" else "original"

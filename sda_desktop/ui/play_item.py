"""What the panels hand to the player."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PlayItem:
    """One sound to hear.

    counterpart: the original of a reconstruction (for A/B), or the reverse; None where there is none.
    """

    path: Path
    title: str
    counterpart: Path | None = None

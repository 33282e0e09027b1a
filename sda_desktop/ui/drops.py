"""What can be dropped on the window: folders, sound files, and the app's own sounds."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

from sda_desktop.audio.discovery import is_run_folder
from sda_desktop.audio.io import SUPPORTED_SUFFIXES
from sda_desktop.audio.scan import UNSUPPORTED_SUFFIXES
from sda_desktop.generation.recipe import Weights

# Tells the app's own windows that a drag comes from the app itself.
OWN_MIME = "application/x-sda-desktop-sounds"
# What such a drag carries beside its files: names of sounds, and where between a model's sounds they lie.
PLACES_MIME = "application/x-sda-desktop-places"

Place = tuple[str, Weights]  # a name, and shares of sounds by their keys


def dropped_paths(mime: QMimeData) -> list[Path]:
    """The folders and sound files in mime, each once.

    None where they are dragged out of the app: what a model made must not become what one is trained on.
    Sounds of a kind that cannot be read are among them, so that the scan can say so; run folders are not:
    whoever takes those takes them as runs.
    """
    if mime.hasFormat(OWN_MIME):
        return []
    local = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    known = SUPPORTED_SUFFIXES | UNSUPPORTED_SUFFIXES
    return list(dict.fromkeys(p for p in local if p.suffix.lower() in known or _is_sound_folder(p)))


def _is_sound_folder(path: Path) -> bool:
    return path.is_dir() and not is_run_folder(path)


def carry_places(mime: QMimeData, places: Sequence[Place]) -> None:
    """Let a drag of the app's own sounds say where they lie."""
    mime.setData(PLACES_MIME, json.dumps(places).encode())


def dropped_places(mime: QMimeData) -> list[Place]:
    """What `carry_places` put into mime; none in what comes from elsewhere."""
    try:
        data = json.loads(bytes(mime.data(PLACES_MIME).data()))
        places = [
            (str(name), tuple((str(key), float(share)) for key, share in place)) for name, place in data
        ]
    except (ValueError, TypeError):
        return []
    return [place for place in places if place[1] and all(math.isfinite(share) for _, share in place[1])]


def adds(event: QDropEvent) -> bool:
    """Whether the drop adds to the sounds (Shift is held) rather than replacing them."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

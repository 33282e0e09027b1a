"""One player for everything that can be heard: the panels select and ask, the player tells what sounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot

from sda_desktop.ui.player import Player
from sda_desktop.ui.preview_playlist import PreviewPlaylist


class Listenable(Protocol):
    """A panel with sounds."""

    @property
    def sound_selected(self) -> SignalInstance: ...

    @property
    def play_requested(self) -> SignalInstance: ...

    @property
    def stop_requested(self) -> SignalInstance: ...

    def set_playing(self, path: Path | None) -> None: ...


class Listening(QObject):
    """Connects panels and player."""

    def __init__(self, player: Player, panels: Sequence[Listenable]) -> None:
        super().__init__(player)
        self._panels = tuple(panels)
        for panel in panels:
            panel.sound_selected.connect(player.load)
            panel.play_requested.connect(player.play)
            panel.stop_requested.connect(player.stop)
            if isinstance(panel, PreviewPlaylist):
                panel.seek_requested.connect(player.seek_fraction)
                panel.side_requested.connect(player.hear)
                player.progress_changed.connect(panel.set_progress)
        player.heard_changed.connect(self._on_player_heard_changed)

    @Slot(object)
    def _on_player_heard_changed(self, path: Path | None) -> None:
        for panel in self._panels:
            panel.set_playing(path)

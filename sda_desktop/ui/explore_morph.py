"""The morph strip of the Explore page and what is being played."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sda_desktop.errors import SdaError
from sda_desktop.generation.outline import outline_of
from sda_desktop.ui.drops import Place
from sda_desktop.ui.player import Player

if TYPE_CHECKING:
    from sda_desktop.ui.explore_page import ExplorePage
    from sda_desktop.ui.performer import Playable


class ExploreMorph(QObject):
    """Connects the strip."""

    failed = Signal(object)  # SdaError

    def __init__(self, page: ExplorePage, player: Player) -> None:
        super().__init__(page)
        self._strip = page.morph
        self._session = page.session
        self._strip.play_requested.connect(self._on_strip_play_requested)
        self._strip.stop_played.connect(self._on_strip_stop_played)
        self._strip.add_requested.connect(self._on_strip_add_requested)
        self._strip.places_dropped.connect(self._on_strip_places_dropped)
        self._strip.files_dropped.connect(self._on_strip_files_dropped)
        self._awaited = 0  # files on their way to become stops
        self._session.sound_added.connect(self._on_session_sound_added)
        self._session.failed.connect(self._on_session_failed)
        self._session.opening.connect(self._on_session_opening)
        self._session.model_changed.connect(self._on_session_model_changed)
        player.progress_changed.connect(self._on_player_progress_changed)
        self._on_session_model_changed(None)

    def add_sounds(self, indices: Sequence[int], *, first: bool = False) -> None:
        """Sounds of the map as stops.  first: the morph begins anew with them."""
        instrument = self._session.instrument
        if instrument is None:
            return
        if first:
            self._clear()
        for index in indices:
            sound = instrument.atlas.sounds[index]
            self._strip.add_stop(sound.key, sound.name, sound.outline)

    def add_current(self, *, first: bool = False) -> None:
        """The place of the sound that is current as a stop."""
        recipe, instrument = self._session.current, self._session.instrument
        if recipe is None or instrument is None:
            return
        if first:
            self._clear()
        weights = recipe.course[0].weights
        outline = instrument.atlas.sounds[instrument.atlas.index(weights[0][0])].outline
        if self._session.current_sound is not None:
            outline = outline_of(self._session.current_sound.samples)
        self._strip.add_stop(recipe.digest(), recipe.title, outline, weights)

    def _clear(self) -> None:
        for _ in self._strip.stops():
            self._strip.remove_stop(0)

    @Slot(object)
    def _on_session_opening(self, _: object) -> None:
        self._clear()
        self._awaited = 0
        self._strip.set_ready(False)

    @Slot(object)
    def _on_session_model_changed(self, playable: Playable | None) -> None:
        self._strip.set_ready(playable is not None)

    @Slot()
    def _on_strip_add_requested(self) -> None:
        self.add_current()

    @Slot()
    def _on_strip_play_requested(self) -> None:
        try:
            self._session.play_morph(self._strip.course(), self._strip.seconds())
        except SdaError as error:
            self.failed.emit(error)

    @Slot(str)
    def _on_strip_stop_played(self, key: str) -> None:
        stop = next((stop for stop in self._strip.stops() if stop.key == key), None)
        if stop is not None:
            self._session.play_weights(stop.weights)

    @Slot(object)
    def _on_strip_places_dropped(self, places: Sequence[Place]) -> None:
        instrument = self._session.instrument
        if instrument is None:
            return
        for name, weights in places:
            # It may come from another model, which has other sounds.
            if all(instrument.atlas.has(key) for key, _ in weights):
                main = max(weights, key=lambda pair: pair[1])[0]
                outline = instrument.atlas.sounds[instrument.atlas.index(main)].outline
                key = main if len(weights) == 1 else json.dumps(weights)
                self._strip.add_stop(key, name, outline, weights)

    @Slot(object)
    def _on_strip_files_dropped(self, paths: Sequence[Path]) -> None:
        self._awaited += len(paths)
        self._session.add_files(paths)

    @Slot(str)
    def _on_session_sound_added(self, key: str) -> None:
        instrument = self._session.instrument
        if self._awaited and instrument is not None:
            self._awaited -= 1
            self.add_sounds([instrument.atlas.index(key)])

    @Slot(object)
    def _on_session_failed(self, _: object) -> None:
        self._awaited = 0

    @Slot(float)
    def _on_player_progress_changed(self, share: float) -> None:
        recipe = self._session.current
        self._strip.set_progress(share if recipe is not None and recipe.kind == "morph" else None)

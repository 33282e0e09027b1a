"""Connects the panels of the Explore page with what is being played."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sda_desktop.audio.discovery import find_sounds
from sda_desktop.errors import SdaError
from sda_desktop.generation.history import HistoryEntry
from sda_desktop.generation.library import keep_picture, list_models, look_at_model
from sda_desktop.ui.explore_blend import ExploreBlend
from sda_desktop.ui.explore_controls import ExploreControls
from sda_desktop.ui.explore_morph import ExploreMorph
from sda_desktop.ui.explore_output import ExploreOutput
from sda_desktop.ui.map_data import MapDot
from sda_desktop.ui.performer import Playable
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.run_session import is_run
from sda_desktop.words import mark, shown

if TYPE_CHECKING:
    from sda_desktop.generation.recipe import Recipe, Stop
    from sda_desktop.generation.sound_map import SoundMap as Layout
    from sda_desktop.ui.explore_page import ExplorePage

_log = logging.getLogger(__name__)

_LAYOUT_WORDS = {"tsne": mark("Neighbours"), "pca": mark("Axes")}
LOOKED_THROUGH = 50  # newest entries, to find the one that is current
MOST_DROPPED = 20  # sounds that are made the model's own at once


class ExploreLinks(QObject):
    """What happens on one panel and shows on another."""

    failed = Signal(object)  # SdaError, for the window's notices
    noted = Signal(str)  # a sentence for the window's notices

    def __init__(self, page: ExplorePage, player: Player) -> None:
        super().__init__(page)
        self._page = page
        self._player = player
        self._session = page.session
        self._digests: dict[str, str] = {}  # of recipes, by the entries' ids
        self._place: tuple[float, float] | None = None  # while it is pressed
        self._marked: tuple[Stop, ...] | None = None  # the course of what was played there
        self.output = ExploreOutput(page)
        self.controls = ExploreControls(page)
        self.morph = ExploreMorph(page, player)
        self.blend = ExploreBlend(page)
        self._connect_session()
        self._connect_map()
        self._connect_history()
        self._show_nothing()

    # The model ----------------------------------------------------------------------------------------

    def _connect_session(self) -> None:
        session, page = self._session, self._page
        session.opening.connect(self._on_session_opening)
        session.progress.connect(lambda done, total, _: page.map.set_measuring(done, total))
        session.model_changed.connect(self._on_session_model_changed)
        session.layout_changed.connect(self._on_session_layout_changed)
        session.current_changed.connect(self._on_session_current_changed)
        session.sound_added.connect(lambda _: self._show_dots())
        session.failed.connect(self.failed)
        page.library.model_chosen.connect(self.open_model)
        page.library.model_removed.connect(self._on_library_model_removed)
        page.library.failed.connect(self.failed)

    @Slot(object)
    def open_model(self, run: Path) -> None:
        """Play a run's best model; of one that is open, what it has become since."""
        playable = self._session.playable
        if run == self._session.run and playable is not None:
            best = look_at_model(run).best
            if best is None or best.path == playable.opened.instrument.model.info.path:
                return
        self._session.open(run)

    def enter(self, shown: Path | None) -> None:
        """The page came to the front.  Without a model yet it takes the run that is shown, or the newest."""
        self._page.library.refresh()
        if self._session.run is not None:
            return
        candidates = [look_at_model(shown)] if shown is not None and is_run(shown) else []
        candidates += list_models()
        usable = next((model for model in candidates if model.usable), None)
        if usable is not None:
            self._session.open(usable.path)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Sounds were dropped on the page."""
        if self._session.instrument is None:
            self.noted.emit(self.tr("Choose a model first; then drop sounds to hear what it makes of them."))
            return
        try:
            sounds, unsupported = find_sounds(paths)
        except SdaError as error:
            self.failed.emit(error)
            return
        for path in unsupported[:1]:
            self.noted.emit(self.tr("{name} is of a kind that cannot be read.").format(name=path.name))
        self._session.add_files(sounds[:MOST_DROPPED])

    @Slot(object)
    def _on_session_opening(self, run: Path) -> None:
        page = self._page
        self._place = None
        page.library.set_current(run)
        page.map.set_measuring(0, 0)

    @Slot(object)
    def _on_session_model_changed(self, playable: Playable | None) -> None:
        page = self._page
        page.library.set_current(self._session.run if playable is not None else None)
        page.history.set_run(self._session.run if playable is not None else None)
        if playable is None:
            self._show_nothing()
            return
        layouts = [
            (layout.method, shown(_LAYOUT_WORDS[layout.method]), layout.trustworthiness[layout.method])
            for layout in playable.layouts
        ]
        page.tools.set_layouts(layouts, playable.layouts[0].method)
        self._show_dots()
        if len({sound.folder for sound in playable.opened.instrument.atlas.sounds}) == 1:
            page.tools.set_color_by("brightness")  # one colour for all would tell nothing
        for note in playable.opened.notes[:3]:
            self.noted.emit(note)
        self._keep_picture()

    def _show_nothing(self) -> None:
        page = self._page
        page.map.set_no_model()
        page.tools.set_layouts([])

    @Slot(object)
    def _on_library_model_removed(self, run: Path) -> None:
        if run == self._session.run:
            self._session.close()

    def _keep_picture(self) -> None:
        """The library shows a small picture of the map."""
        layout, run, instrument = self._session.layout, self._session.run, self._session.instrument
        if layout is None or run is None or instrument is None or not is_run(run):
            return
        folders = sorted({sound.folder for sound in instrument.atlas.corpus})
        groups = [folders.index(sound.folder) for sound in instrument.atlas.corpus]
        try:
            if look_at_model(run).picture is None:
                keep_picture(run, layout.positions.tolist(), groups)
                self._page.library.refresh()
        except SdaError as error:
            _log.info("The picture of the map was not kept: %s", error)

    def _show_dots(self) -> None:
        from sda_desktop.generation.chart import positions_of

        instrument, layout = self._session.instrument, self._session.layout
        if instrument is None or layout is None:
            return
        places = positions_of(instrument.atlas, layout)
        self._page.map.set_dots(
            [
                MapDot(
                    sound.name,
                    sound.folder,
                    sound.seconds,
                    float(x),
                    float(y),
                    sound.outline,
                    sound.features,
                    sound.path is not None,
                )
                for sound, (x, y) in zip(instrument.atlas.sounds, places, strict=True)
            ]
        )

    @Slot(object)
    def _on_session_layout_changed(self, layout: Layout) -> None:
        from sda_desktop.generation.chart import positions_of

        instrument = self._session.instrument
        if instrument is not None:
            places = positions_of(instrument.atlas, layout)
            self._page.map.set_places([(float(x), float(y)) for x, y in places])

    # The map ------------------------------------------------------------------------------------------

    def _connect_map(self) -> None:
        page, session = self._page, self._session
        page.tools.layout_chosen.connect(session.choose_layout)
        page.map.sound_clicked.connect(self._on_map_sound_clicked)
        page.map.place_pressed.connect(self._on_map_place)
        page.map.place_moved.connect(self._on_map_place)
        page.map.place_released.connect(self._on_map_place_released)
        page.map.place_action_requested.connect(self._on_map_place_action)
        page.map.action_requested.connect(self._on_map_action)
        page.map.drag_out_requested.connect(self.output.drag_sounds)
        page.map.sound_aimed_at.connect(self._on_map_sound_aimed_at)
        page.map.place_aimed_at.connect(session.foresee_place)
        page.map.stop_requested.connect(self._player.stop)
        page.map.approached.connect(self._on_map_approached)
        page.map.departed.connect(self._on_map_departed)
        self._player.progress_changed.connect(page.map.set_progress)
        self._player.heard_changed.connect(self._on_player_heard_changed)

    @Slot(int)
    def _on_map_sound_clicked(self, index: int) -> None:
        self._session.play_sound(index, original=self._page.tools.audition == "original")

    @Slot(int)
    def _on_map_sound_aimed_at(self, index: int) -> None:
        if self._page.tools.audition != "original":
            self._session.foresee_sound(index)

    @Slot(float, float)
    def _on_map_place(self, x: float, y: float) -> None:
        if (x, y) != self._place:
            self._place = (x, y)
            self._page.map.set_marker((x, y))
            self._session.play_place(x, y, keep=False)

    @Slot(float, float)
    def _on_map_place_released(self, x: float, y: float) -> None:
        self._on_map_place(x, y)
        self._place = None  # the same place may be pressed again
        self._session.keep_current()

    @Slot(str, float, float)
    def _on_map_place_action(self, action: str, x: float, y: float) -> None:
        self._session.play_place(x, y, keep=action == "play")
        if action == "vary":
            self.controls.vary()
        elif action in ("morph_from", "add_to_morph"):
            self.morph.add_current(first=action == "morph_from")

    @Slot(str, object)
    def _on_map_action(self, action: str, indices: Sequence[int]) -> None:
        session = self._session
        if session.instrument is None or not indices:
            return
        if action in ("play_original", "play_reconstruction"):
            session.play_sound(indices[0], original=action == "play_original")
        elif action == "vary":
            session.play_sound(indices[0], original=False)
            self.controls.vary()
        elif action in ("morph_from", "add_to_morph"):
            self.morph.add_sounds(indices, first=action == "morph_from")
        else:
            self.output.act(action, list(indices))

    @Slot()
    def _on_map_approached(self) -> None:
        """A sound may be wanted soon: have the device ready."""
        if self._session.instrument is not None:
            self._player.set_live(self._session.instrument.sample_rate_hz)

    @Slot()
    def _on_map_departed(self) -> None:
        self._player.set_live(0)

    # The sound that is current, and the history -------------------------------------------------------

    def _connect_history(self) -> None:
        history, session = self._page.history, self._session
        session.history_changed.connect(self._on_session_history_changed)
        history.play_requested.connect(session.play_entry)
        history.stop_requested.connect(self._player.stop)
        history.seek_requested.connect(self._player.seek_fraction)
        history.vary_requested.connect(self._on_history_vary_requested)
        history.export_requested.connect(self.output.export_entries)
        history.copy_requested.connect(self.output.copy_entries)
        history.drag_prepared.connect(self.output.prepare_entries)
        history.drag_requested.connect(self.output.drag_entries)
        history.favourite_toggled.connect(lambda _: self._show_current())
        history.failed.connect(self.failed)
        self._page.new_sound.keep_toggled.connect(self._on_keep_toggled)
        self._player.progress_changed.connect(history.set_progress)
        for part in (self.output, self.controls, self.morph):
            part.failed.connect(self.failed)
        self.output.noted.connect(self.noted)

    @Slot()
    def _on_session_history_changed(self) -> None:
        newest = next(iter(self._session.history.entries()), None)
        if newest is not None:
            self._page.history.add_entry(newest)
        self._show_current()
        self._show_playing()

    @Slot(object)
    def _on_session_current_changed(self, recipe: Recipe | None) -> None:
        course = None if recipe is None else recipe.course
        if self._place is not None:
            self._marked = course
        elif course != self._marked:  # it was played elsewhere
            self._marked = None
            self._page.map.set_marker(None)
        self._show_current()

    def _entry_of(self, recipe: Recipe | None) -> HistoryEntry | None:
        """The newest entry that is this very sound."""
        if recipe is None:
            return None
        digest = recipe.digest()
        entries = self._session.history.entries(model=recipe.model)[:LOOKED_THROUGH]
        return next((entry for entry in entries if self._digest_of(entry) == digest), None)

    def _digest_of(self, entry: HistoryEntry) -> str:
        """Of its recipe, which never changes: read once, since this is asked at every turn of a slider."""
        if entry.id not in self._digests:
            try:
                self._digests[entry.id] = entry.recipe.digest()
            except SdaError as error:
                _log.warning("%s", error)
                self._digests[entry.id] = ""
        return self._digests[entry.id]

    def _show_current(self) -> None:
        recipe = self._session.current
        entry = self._entry_of(recipe)
        name = None if recipe is None else recipe.title
        self._page.new_sound.set_current(name, kept=entry is not None and entry.favourite)
        self._page.new_sound.show_suiting_length(None if recipe is None else recipe.seconds)

    @Slot(bool)
    def _on_keep_toggled(self, on: bool) -> None:
        self._session.keep_current()
        entry = self._entry_of(self._session.current)
        if entry is not None:
            try:
                self._session.history.set_favourite(entry.id, on)
            except SdaError as error:
                self.failed.emit(error)
            self._page.history.refresh()
        self._show_current()

    @Slot(object)
    def _on_history_vary_requested(self, entry: HistoryEntry) -> None:
        self._session.play_entry(entry)
        self.controls.vary()

    @Slot(object)
    def _on_player_heard_changed(self, heard: object) -> None:
        self._show_playing()

    def _show_playing(self) -> None:
        """Mark what is heard on the map and in the history."""
        item = self._player.item if self._player.is_playing else None
        self._page.map.set_playing(self._dot_of(item))
        entry = self._entry_of(self._session.current) if item is not None and item.key else None
        self._page.history.set_playing(None if entry is None else entry.id)

    def _dot_of(self, item: PlayItem | None) -> int | None:
        instrument, recipe = self._session.instrument, self._session.current
        if item is None or instrument is None or recipe is None or len(recipe.course) != 1:
            return None
        weights = recipe.course[0].weights
        return instrument.atlas.index(weights[0][0]) if len(weights) == 1 else None

"""Carrying sounds out of the Explore page: by drag, by the clipboard, by the export dialog."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from numpy import float32
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from sda_desktop.errors import SdaError
from sda_desktop.generation.history import HistoryEntry
from sda_desktop.generation.sound_jobs import file_job, recipe_job
from sda_desktop.ui.drag_out import DragOut
from sda_desktop.ui.export_dialog import export_sounds
from sda_desktop.words import counted

if TYPE_CHECKING:
    from sda_desktop.generation.export_batch import SoundJob
    from sda_desktop.generation.instrument import Instrument
    from sda_desktop.generation.recipe import Recipe
    from sda_desktop.ui.explore_page import ExplorePage


class ExploreOutput(QObject):
    """Makes jobs of entries and of sounds on the map, and hands them on."""

    failed = Signal(object)  # SdaError
    noted = Signal(str)

    def __init__(self, page: ExplorePage) -> None:
        super().__init__(page)
        self._page = page
        self._session = page.session
        self._drag = DragOut(self)
        self._drag.failed.connect(self.failed)
        self._drag.copied.connect(self._on_drag_copied)

    # Of the history.

    @Slot(object)
    def export_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Ask how and where, and write files."""
        if jobs := self._jobs_of(entries):
            export_sounds(jobs, self._page)

    @Slot(object)
    def copy_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Put them on the clipboard as files."""
        if jobs := self._jobs_of(entries):
            self._drag.copy_to_clipboard(jobs)

    @Slot(object)
    def prepare_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """The mouse went down on them."""
        self._drag.prepare(self._jobs_of(entries))

    @Slot(object)
    def drag_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Drag them out as files."""
        if jobs := self._jobs_of(entries):
            self._drag.drag(self._page.history, jobs)

    # Of the map.

    @Slot(object)
    def drag_sounds(self, indices: Sequence[int]) -> None:
        """Drag sounds of the map out as files: their own, or what the model makes of them."""
        if jobs := self._jobs_at(indices):
            self._drag.drag(self._page.map, jobs)

    def act(self, action: str, indices: Sequence[int]) -> None:
        """What the map's menu asks for: show_in_folder, copy or export."""
        if action == "show_in_folder":
            instrument = self._session.instrument
            path = None if instrument is None else instrument.atlas.sounds[indices[0]].path
            if path is not None:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
        elif jobs := self._jobs_at(indices):
            if action == "copy":
                self._drag.copy_to_clipboard(jobs)
            elif action == "export":
                export_sounds(jobs, self._page)

    # Jobs.

    def _jobs_of(self, entries: Sequence[HistoryEntry]) -> list[SoundJob]:
        jobs = []
        for entry in entries:
            run, instrument = Path(entry.run), self._session.instrument
            try:
                recipe = entry.recipe
                if instrument is not None and instrument.can_make(recipe):
                    jobs.append(recipe_job(instrument, recipe, run.name))
                else:
                    jobs.append(recipe_job(OtherModel(run, recipe.model), recipe, run.name))
            except SdaError as error:
                self.failed.emit(error)
        return jobs

    def _jobs_at(self, indices: Sequence[int]) -> list[SoundJob]:
        instrument, run = self._session.instrument, self._session.run
        if instrument is None or run is None:
            return []
        original = self._page.tools.audition == "original"
        jobs = []
        for index in indices:
            sound = instrument.atlas.sounds[index]
            try:
                if original and sound.path is not None:
                    jobs.append(file_job(sound.path, sound.name, ((sound.key, 1.0),)))
                else:
                    jobs.append(recipe_job(instrument, instrument.sound(sound.key), run.name))
            except SdaError as error:
                self.failed.emit(error)
        return jobs

    @Slot(int)
    def _on_drag_copied(self, count: int) -> None:
        self.noted.emit(
            counted(
                "{n} sound copied; paste it into another program.",
                "{n} sounds copied; paste them into another program.",
                count,
            )
        )


class OtherModel:
    """A model that is not open now, opened when the first sound of it is made, in the thread that does."""

    _guard = threading.Lock()
    _instruments: ClassVar[dict[str, Instrument]] = {}

    def __init__(self, run: Path, identity: str) -> None:
        """Raises CheckpointError if that state of the model is gone."""
        from sda_desktop.generation.opening import model_of, rate_of

        self._run, self._identity = run, identity
        self.sample_rate_hz = rate_of(model_of(run, identity))

    def stream(self, recipe: Recipe) -> Iterator[NDArray[float32]]:
        """The sound block by block (1, n)."""
        instrument = self._opened(self._run, self._identity)
        if recipe.partner is not None:
            other = self._opened(Path(recipe.partner.run), recipe.partner.recipe.model)
            instrument.partners[other.identity] = other
        yield from instrument.stream(recipe)

    def _opened(self, run: Path, identity: str) -> Instrument:
        from sda_desktop.generation.opening import instrument_of

        with self._guard:
            if identity not in self._instruments:
                self._instruments[identity] = instrument_of(run, identity)
            return self._instruments[identity]

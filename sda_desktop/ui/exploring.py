"""The Explore page in the window: built when it is first wanted, entered, left, given files."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from sda_desktop.errors import SdaError
from sda_desktop.ui.notices import Notice
from sda_desktop.ui.pages import EXPLORE, TRAIN
from sda_desktop.ui.settings import Settings

if TYPE_CHECKING:
    from sda_desktop.generation.history import History
    from sda_desktop.ui.explore_page import ExplorePage
    from sda_desktop.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

_NOTICE = "explore"


class Exploring(QObject):
    """What the window has to do with its second page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._page: ExplorePage | None = None

    def connect_window(self) -> None:
        """Once the window's menu and pages are there."""
        menu, window = self._window.menu, self._window
        menu["page_train"].triggered.connect(self.show_train)
        menu["page_explore"].triggered.connect(self.show)
        menu["explore_run"].triggered.connect(self._on_explore_run)
        window.pages.changed.connect(self._on_pages_changed)
        window.session.files_changed.connect(self._on_session_runs_changed)
        window.session.changed.connect(self._on_session_runs_changed)
        window.drops.model_file_dropped.connect(self.open_model_file)

    @property
    def page(self) -> ExplorePage:
        """The page, built and in front."""
        self.show()
        assert self._page is not None
        return self._page

    def build(self) -> ExplorePage:
        """For the window's pages: most of what it imports is not needed to train."""
        from sda_desktop.ui.explore_page import ExplorePage

        page = self._page = ExplorePage(self._window.player, self._history())
        page.links.failed.connect(self._on_links_failed)
        page.links.noted.connect(self._on_links_noted)
        page.library.train_requested.connect(self.show_train)
        return page

    def pages(self) -> tuple[QWidget, ...]:
        """The page, and nothing until it is built."""
        return () if self._page is None else (self._page,)

    @Slot()
    def show(self) -> None:
        """Bring the page to the front."""
        self._window.pages.show_page(EXPLORE)

    @Slot()
    def show_train(self) -> None:
        """Bring the other page to the front."""
        self._window.pages.show_page(TRAIN)

    def open_model(self, run: Path) -> None:
        """Play a run's model."""
        self.page.links.open_model(run)

    @Slot(object)
    def open_model_file(self, path: Path) -> None:
        """Take a model that came as one file into the library, and play it."""
        self.page.library.import_file(path)

    def drop(self, paths: Sequence[Path]) -> None:
        """Sounds were dropped on the page: what does the model make of them?"""
        self.page.links.add_files(paths)

    def reset(self) -> None:
        """Put its panels where they were on the first day."""
        if self._page is not None:
            self._page.reset()

    def save(self, settings: Settings) -> None:
        """Remember where its panels are."""
        if self._page is not None:
            self._page.save(settings)

    def close(self) -> None:
        """Let go of the model."""
        if self._page is not None:
            self._page.session.close()

    @Slot()
    def _on_explore_run(self) -> None:
        run = self._window.session.shown.path
        if run is not None:
            self.open_model(run)

    @Slot(int)
    def _on_pages_changed(self, page: int) -> None:
        self._window.player.set_live(0)
        if page == EXPLORE:
            self.page.links.enter(self._window.session.shown.path)

    @Slot()
    def _on_session_runs_changed(self) -> None:
        """A training that began, went on or ended under the eyes of the page is seen in its library."""
        if self._page is not None and self._window.pages.page == EXPLORE:
            self._page.library.refresh()

    @Slot(object)
    def _on_links_failed(self, error: SdaError) -> None:
        _log.warning("%s (%s)", error, error.details)
        self._window.notices.add(Notice(_NOTICE, str(error), "warning"))

    @Slot(str)
    def _on_links_noted(self, text: str) -> None:
        self._window.notices.add(Notice(_NOTICE, text))

    def _history(self) -> History:
        """The history on the disk; where that cannot be used, one for this session."""
        from sda_desktop.generation.history import History

        try:
            history = History()
        except SdaError as error:
            self._on_links_failed(error)
            return History(Path(tempfile.mkdtemp(prefix="sda-desktop-")) / "history.jsonl")
        for note in history.notes:
            self._on_links_noted(note)
        return history

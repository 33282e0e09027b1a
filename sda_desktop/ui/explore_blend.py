"""The blend bar of the Explore page: a second model beside the one that is played."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from sda_desktop.generation.blend import BlendValues
from sda_desktop.generation.library import list_models

if TYPE_CHECKING:
    from sda_desktop.generation.instrument import Instrument
    from sda_desktop.ui.explore_page import ExplorePage
    from sda_desktop.ui.performer import Playable


class ExploreBlend(QObject):
    """Offers the other models of the library, and hands on how they are mixed.  Models go by their runs."""

    def __init__(self, page: ExplorePage) -> None:
        super().__init__(page)
        self._page = page
        self._session = page.session
        page.blend.blend_changed.connect(self._on_blend_changed)
        page.blend.sound_chosen.connect(self._session.choose_blend_sound)
        self._session.blend_changed.connect(self._on_session_blend_changed)
        page.library.refreshed.connect(self._show_models)
        self._session.model_changed.connect(self._on_session_model_changed)

    @Slot(object)
    def _on_session_model_changed(self, _: Playable | None) -> None:
        self._show_models()

    @Slot()
    def _show_models(self) -> None:
        run = self._session.run
        models = [model for model in list_models() if model.usable]
        name = next((model.name for model in models if model.path == run), self.tr("This model"))
        others = [(str(model.path), model.name) for model in models if model.path != run]
        self._page.blend.set_models(name, others if self._session.playable is not None else [])

    @Slot(object)
    def _on_session_blend_changed(self, other: Instrument | None) -> None:
        sounds = () if other is None else other.atlas.sounds
        self._page.blend.set_sounds([(sound.key, sound.name) for sound in sounds])

    @Slot(object)
    def _on_blend_changed(self, values: BlendValues) -> None:
        self._session.set_blend(values, None if values.other is None else Path(values.other))

"""The controls of the Explore page: what they say, what is heard of it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from sda_desktop.errors import SdaError
from sda_desktop.generation.presets import Presets
from sda_desktop.ui.explore_state import ControlValues, UndoHistory
from sda_desktop.ui.sliders_panel import SliderSpec
from sda_desktop.words import shown

if TYPE_CHECKING:
    from sda_desktop.generation.recipe import Recipe
    from sda_desktop.generation.slider import Slider
    from sda_desktop.ui.explore_page import ExplorePage
    from sda_desktop.ui.performer import Playable

_PRINCIPAL = "principal"


class ExploreControls(QObject):
    """Connects the panels of new sounds, of sliders and of presets with what is being played."""

    failed = Signal(object)  # SdaError

    def __init__(self, page: ExplorePage) -> None:
        super().__init__(page)
        self._page = page
        self._session = page.session
        self._undo: UndoHistory[ControlValues] = UndoHistory(ControlValues())
        self._sliders: tuple[Slider, ...] = ()
        self._presets: Presets | None = None
        self.sliders_known = False
        self._connect()
        self._show_nothing()

    def _connect(self) -> None:
        page, session = self._page, self._session
        session.opening.connect(self._on_session_opening)
        session.model_changed.connect(self._on_session_model_changed)
        session.batch_changed.connect(self._on_session_batch_changed)
        session.current_changed.connect(self._on_session_current_changed)
        session.performer.sliders_progress.connect(page.sliders.show_measuring)
        session.performer.sliders_found.connect(self._on_sliders_found)
        page.new_sound.values_changed.connect(self._on_new_sound_values_changed)
        page.new_sound.settled.connect(self._undo.settle)
        page.new_sound.random_requested.connect(self._on_random_requested)
        page.new_sound.variation_requested.connect(self.vary)
        page.new_sound.batch_requested.connect(self._on_batch_requested)
        page.new_sound.cancel_batch_requested.connect(session.cancel_batch)
        page.sliders.value_changed.connect(self._on_slider_changed)
        page.sliders.value_committed.connect(self._on_slider_committed)
        page.sliders.all_reset.connect(self._on_sliders_reset)
        page.presets.preset_chosen.connect(self._on_preset_chosen)
        page.presets.save_requested.connect(self._on_preset_save_requested)
        page.presets.rename_requested.connect(self._on_preset_rename_requested)
        page.presets.delete_requested.connect(self._on_preset_delete_requested)
        for keys, slot in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
        ):
            QShortcut(keys, page).activated.connect(slot)

    # The model ----------------------------------------------------------------------------------------

    @Slot(object)
    def _on_session_opening(self, _: object) -> None:
        self._sliders, self.sliders_known = (), False
        self._session.slider_words = {}
        self._page.new_sound.set_ready(False, self.tr("The model is being opened."))
        self._page.sliders.show_measuring(0, 0)

    @Slot(object)
    def _on_session_model_changed(self, playable: Playable | None) -> None:
        if playable is None:
            self._show_nothing()
            return
        self._page.new_sound.set_ready(True)
        self._page.presets.set_ready(True)
        self._undo.restart(self._session.values)
        run = self._session.run
        self._presets = None if run is None else Presets.of_run(run)
        self._show_presets()

    def _show_nothing(self) -> None:
        self._page.new_sound.set_ready(False, self.tr("Choose a model first."))
        self._page.sliders.show_none(self.tr("Choose a model to see what can be turned."))
        self._page.presets.set_ready(False)
        self._presets = None

    @Slot(object)
    def _on_session_current_changed(self, recipe: Recipe | None) -> None:
        """The corpus reaches less far to the one side of a sound and further to the other."""
        instrument = self._session.instrument
        if recipe is not None and instrument is not None and self._sliders:
            latent = instrument.latent_of(recipe)
            self._page.sliders.set_ranges({slider.id: slider.range_at(latent) for slider in self._sliders})

    # The values ---------------------------------------------------------------------------------------

    @Slot(object)
    def _on_sliders_found(self, sliders: tuple[Slider, ...]) -> None:
        self._sliders, self.sliders_known = sliders, True
        self._session.slider_words = {
            slider.id: (_words(slider.less), _words(slider.more)) for slider in sliders
        }
        if not sliders:
            self._page.sliders.show_none(
                self.tr("With so few sounds nothing can be turned that would surely be heard.")
            )
            return
        self._page.sliders.set_sliders([_spec(slider) for slider in sliders])
        self._page.sliders.set_values(self._session.values.sliders)

    def _set_values(self, control: str, values: ControlValues) -> None:
        self._undo.record(control, values)
        self._session.set_values(values)
        self._page.presets.set_modified(True)

    @Slot(object)
    def _on_new_sound_values_changed(self, values: ControlValues) -> None:
        self._set_values("new sound", replace(values, sliders=self._session.values.sliders))

    @Slot()
    def _on_random_requested(self) -> None:
        self._on_new_sound_values_changed(self._page.new_sound.values())
        self._undo.settle()
        self._session.play_random(self._session.values.seed)

    @Slot()
    def vary(self) -> None:
        """Something near the current sound."""
        recipe = self._session.current
        if recipe is not None:
            self._session.play_variation(recipe.seed + 1)

    @Slot(int)
    def _on_batch_requested(self, count: int) -> None:
        self._session.make_batch(count, self._session.values.seed)

    @Slot(int, int)
    def _on_session_batch_changed(self, done: int, total: int) -> None:
        if total:
            self._page.new_sound.show_batch(done, total)
        else:
            self._page.new_sound.end_batch()

    @Slot(str, float)
    def _on_slider_changed(self, name: str, value: float) -> None:
        self._set_values(name, self._session.values.with_slider(name, value))
        self._session.play_again()

    @Slot(str, float)
    def _on_slider_committed(self, name: str, value: float) -> None:
        if self._session.values.sliders.get(name, 0.0) != value:
            self._on_slider_changed(name, value)
        self._undo.settle()
        self._session.keep_current()

    @Slot()
    def _on_sliders_reset(self) -> None:
        self._set_values("sliders", replace(self._session.values, sliders={}))
        self._undo.settle()
        self._session.play_again()

    @Slot()
    def undo(self) -> None:
        """Put the control that was moved last back."""
        self._go_to(self._undo.undo())

    @Slot()
    def redo(self) -> None:
        """Move it again."""
        self._go_to(self._undo.redo())

    def _go_to(self, values: ControlValues | None) -> None:
        if values is None:
            return
        self._session.set_values(values)
        self._page.new_sound.set_values(values)
        self._page.sliders.set_values(values.sliders)
        self._session.play_again()

    # Presets ------------------------------------------------------------------------------------------

    def _show_presets(self, current: str | None = None) -> None:
        try:
            names = [] if self._presets is None else [preset.name for preset in self._presets.all()]
        except SdaError as error:
            self.failed.emit(error)
            names = []
        self._page.presets.set_presets(names, current)

    @Slot(str)
    def _on_preset_chosen(self, name: str) -> None:
        if self._presets is None:
            return
        try:
            values = ControlValues.from_json(self._presets.recall(name))
        except SdaError as error:
            self.failed.emit(error)
            return
        self._undo.record("preset", values)
        self._undo.settle()
        self._go_to(values)
        self._page.presets.set_modified(False)

    @Slot(str, bool)
    def _on_preset_save_requested(self, name: str, replacing: bool) -> None:
        if self._presets is not None:
            presets, settings = self._presets, self._session.values.to_json()
            self._change_presets(lambda: presets.save(name, settings, replacing=replacing).name)

    @Slot(str, str)
    def _on_preset_rename_requested(self, name: str, new_name: str) -> None:
        if self._presets is not None:
            presets = self._presets
            self._change_presets(lambda: presets.rename(name, new_name).name)

    @Slot(str)
    def _on_preset_delete_requested(self, name: str) -> None:
        if self._presets is not None:
            try:
                self._presets.delete(name)
            except SdaError as error:
                self.failed.emit(error)
            self._show_presets()

    def _change_presets(self, change: Callable[[], str]) -> None:
        """Make a change that returns which preset is current then."""
        try:
            self._show_presets(change())
        except SdaError as error:
            self.failed.emit(error)


def _words(kept: str) -> str:
    """What a slider says, which is kept in English with its model."""
    return ", ".join(shown(word) for word in kept.split(", "))


def _spec(slider: Slider) -> SliderSpec:
    return SliderSpec(
        slider.id,
        _words(slider.less),
        _words(slider.more),
        slider.low,
        slider.high,
        slider.r,
        slider.feature,
        slider.id.startswith(_PRINCIPAL),
    )

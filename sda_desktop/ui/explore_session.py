"""What is being played: from what the panels ask to recipes, to sounds, to the history.

The panels know nothing of recipes and the engine nothing of panels; here, without a widget, both meet.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sda_desktop.errors import SdaError
from sda_desktop.generation.history import History, HistoryEntry
from sda_desktop.generation.outline import outline_of
from sda_desktop.ui.background import Background
from sda_desktop.ui.explore_state import ControlValues
from sda_desktop.ui.performer import Performer, Playable
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.streamed_sound import StreamedSound

if TYPE_CHECKING:
    from sda_desktop.generation.blend import BlendValues
    from sda_desktop.generation.instrument import Instrument
    from sda_desktop.generation.recipe import Partner, Recipe, Stop, Weights
    from sda_desktop.generation.sound_map import SoundMap

_log = logging.getLogger(__name__)

TURNED = " \N{MIDDLE DOT} "  # between a title and what the sliders made of the sound
FORESEEN_S = 4.0  # longer sounds are made only when they are wanted


class ExploreSession(QObject):
    """One model that is played, the sound that is current, and all that was made."""

    opening = Signal(object)  # Path: asked for, not open yet
    progress = Signal(int, int, str)
    model_changed = Signal(object)  # Playable, or None
    layout_changed = Signal(object)  # SoundMap
    current_changed = Signal(object)  # Recipe, or None
    history_changed = Signal()
    blend_changed = Signal(object)  # Instrument of the second model, once it is open; None: no longer
    sound_added = Signal(str)  # key
    batch_changed = Signal(int, int)  # made, of how many; 0 of 0: none runs
    failed = Signal(object)  # SdaError

    def __init__(self, player: Player, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.player = player
        self.history = history
        self.performer = Performer(self)
        self.values = ControlValues()
        self.slider_words: Mapping[str, tuple[str, str]] = {}  # by id: what it is called to either side
        self.layout: SoundMap | None = None
        self.current: Recipe | None = None
        self.current_sound: StreamedSound | None = None  # where it is made, not a file
        self._run: Path | None = None
        self._blend: tuple[BlendValues, Path, Instrument] | None = None  # with the second model's run
        self._blend_sound = ("", 0)  # of the second model: its key, or which one of its new sounds
        self._to_keep: dict[str, Recipe] = {}  # by digest: what goes into the history when it is complete
        self._batch: list[str] = []
        self._batch_made = 0
        self._batch_sounds: list[StreamedSound] = []
        self._after_opening: Recipe | None = None
        self._partner: Instrument | None = None  # of what waits
        self._keeping = Background(self)
        self._finding = Background(self)
        self.performer.progress.connect(self.progress)
        self.performer.opened.connect(self._on_performer_opened)
        self.performer.open_failed.connect(self._on_performer_open_failed)
        self.performer.made.connect(self._on_performer_made)
        self.performer.failed.connect(self.failed)
        self.performer.added.connect(self._on_performer_added)

    # The model ----------------------------------------------------------------------------------------

    @property
    def playable(self) -> Playable | None:
        """The model that is open."""
        return self.performer.playable

    @property
    def instrument(self) -> Instrument | None:
        """What plays it."""
        return None if self.playable is None else self.playable.opened.instrument

    @property
    def run(self) -> Path | None:
        """The run that the model is of."""
        return self._run

    def open(self, run: Path, checkpoint: Path | None = None) -> None:
        """Play a run's best model, or one of its checkpoints."""
        self.cancel_batch()
        self._to_keep.clear()
        self._run = run
        self._set_current(None)
        self.opening.emit(run)
        self.performer.open(checkpoint or run)

    def close(self) -> None:
        """Let go of the model."""
        self.cancel_batch()
        self._to_keep.clear()
        self.performer.close()
        self._run = None
        self._set_current(None)
        self.model_changed.emit(None)

    def choose_layout(self, method: str) -> None:
        """Lay the sounds out in another way."""
        if self.playable is None:
            return
        for layout in self.playable.layouts:
            if layout.method == method:
                self.layout = layout
                self.layout_changed.emit(layout)

    @Slot(object)
    def _on_performer_opened(self, playable: Playable) -> None:
        self.layout = playable.layouts[0]
        self.model_changed.emit(playable)
        self._play_waiting(playable)

    def _play_waiting(self, playable: Playable) -> None:
        """Play what the model, and perhaps a second one, was opened for."""
        waiting, self._after_opening = self._after_opening, None
        instrument = playable.opened.instrument
        for other in (self._partner, None if self._blend is None else self._blend[2]):
            if other is not None:
                instrument.partners[other.identity] = other
        self._partner = None
        if waiting is not None:
            self.play(waiting, keep=False)

    @Slot(object)
    def _on_performer_open_failed(self, error: SdaError) -> None:
        self._after_opening = None
        self.model_changed.emit(None)
        self.failed.emit(error)

    # Sounds -------------------------------------------------------------------------------------------

    def play(self, recipe: Recipe, *, keep: bool = True) -> None:
        """Make a sound and play it at once.  keep: it goes into the history once it is complete."""
        if self.instrument is None:
            return
        waiting = list(self._to_keep.values())
        if keep:
            self._to_keep[recipe.digest()] = recipe
        sound = self.performer.make(recipe)
        for earlier in waiting:  # given up for this one, and still to be kept: made when there is time
            self.performer.make(earlier, instead=False)
        self.player.play_stream(PlayItem(None, recipe.title, side="new", key=recipe.digest()), sound)
        self._set_current(recipe, sound)
        if sound.is_complete:
            self._keep_if_wanted(recipe, sound)

    def play_random(self, seed: int) -> None:
        """A new sound somewhere in the corpus."""
        if self.instrument is not None:
            values = self.values
            made = self.instrument.random(seed, seconds=values.seconds, amount=values.novelty)
            self.play(self._turned(made))

    def play_place(self, x: float, y: float, *, keep: bool = True) -> None:
        """What the model makes at a place on the map."""
        made = self._at_place(x, y)
        if made is not None:
            self.play(made, keep=keep)

    def play_sound(self, index: int, *, original: bool) -> None:
        """A sound of the corpus: its file, or what the model makes of it."""
        if self.instrument is None:
            return
        sound = self.instrument.atlas.sounds[index]
        if original and sound.path is not None:
            self._set_current(self.instrument.sound(sound.key))
            self.player.play(PlayItem(sound.path, sound.name, side="original"))
        else:
            self.play(self._as_heard(self.instrument, index), keep=False)

    def foresee_place(self, x: float, y: float) -> None:
        """The pointer rests at a place: it may be pressed."""
        self._foresee(self._at_place(x, y))

    def foresee_sound(self, index: int) -> None:
        """The pointer rests on a sound: what the model makes of it may be wanted."""
        if self.instrument is not None:
            self._foresee(self._as_heard(self.instrument, index))

    def _foresee(self, recipe: Recipe | None) -> None:
        """Make a short sound ahead, unless a training wants the processor."""
        if recipe is not None and recipe.seconds <= FORESEEN_S and not self.player.is_busy:
            self.performer.make_ahead(recipe)

    def _at_place(self, x: float, y: float) -> Recipe | None:
        if self.instrument is None or self.layout is None:
            return None
        sounds = self.instrument.atlas.sounds
        weights = tuple((sounds[index].key, share) for index, share in self.layout.weights_at(x, y))
        return self._turned(self.instrument.at(weights, seconds=self.values.seconds, seed=self.values.seed))

    def _as_heard(self, instrument: Instrument, index: int) -> Recipe:
        return self._turned(instrument.sound(instrument.atlas.sounds[index].key), lengths=False)

    def play_variation(self, seed: int) -> None:
        """Something near the current sound."""
        if self.instrument is not None and self.current is not None:
            self.play(self.instrument.vary(self.current, self.values.variation, seed))

    def play_weights(self, weights: Weights) -> None:
        """A place between sounds, heard but not kept."""
        if self.instrument is not None:
            made = self.instrument.at(weights, seconds=self.values.seconds, seed=self.values.seed)
            self.play(self._turned(made), keep=False)

    def play_morph(self, course: Sequence[Stop], seconds: float | None = None) -> None:
        """From sound to sound over time.  seconds: None for a length that suits."""
        if self.instrument is not None:
            made = self.instrument.morph(course, seconds=seconds, seed=self.values.seed)
            self.play(self._turned(made, lengths=False))

    def play_entry(self, entry: HistoryEntry) -> None:
        """A sound of the history, with the model that it was made with."""
        try:
            recipe = entry.recipe
        except SdaError as error:
            self.failed.emit(error)
            return
        instrument, partner = self.instrument, recipe.partner
        if instrument is not None and instrument.can_make(recipe):
            self.play(recipe, keep=False)
            return
        run = Path(entry.run)

        def find() -> tuple[Path, Instrument | None]:
            from sda_desktop.generation.opening import instrument_of, model_of

            other = None if partner is None else instrument_of(Path(partner.run), partner.recipe.model)
            return model_of(run, recipe.model), other

        def found(result: tuple[Path, Instrument | None]) -> None:
            checkpoint, self._partner = result
            self._after_opening = recipe
            if self.playable is not None and instrument is not None and instrument.identity == recipe.model:
                self._play_waiting(self.playable)
            else:
                self.open(run, checkpoint)

        self._finding.start(find, found, self.failed.emit)

    def play_again(self) -> None:
        """The current sound with the controls as they are now; while a control is turned."""
        if self.current is not None:
            self.play(self._turned(self.current), keep=False)

    def keep_current(self) -> None:
        """Put the current sound into the history, if it is not there: a control was let go."""
        if self.current is None:
            return
        self._to_keep[self.current.digest()] = self.current
        sound = self.performer.make(self.current, instead=False)
        if sound.is_complete:
            self._keep_if_wanted(self.current, sound)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Make files sounds of the model, and play what it makes of the last one."""
        for path in paths:
            self.performer.add_sound(path)

    def make_batch(self, count: int, seed: int) -> None:
        """Many random sounds for the history, one after the other."""
        if self.instrument is None:
            return
        self.cancel_batch()
        values = self.values
        made = [
            self._turned(self.instrument.random(seed + n, seconds=values.seconds, amount=values.novelty))
            for n in range(count)
        ]
        self._batch, self._batch_made = [recipe.digest() for recipe in made], 0
        self._to_keep.update(zip(self._batch, made, strict=True))
        self.batch_changed.emit(0, count)
        for recipe in made:
            self._batch_sounds.append(self.performer.make(recipe, instead=False))

    @Slot()
    def cancel_batch(self) -> None:
        """Make no more of a batch; what was made stays."""
        for sound in self._batch_sounds:
            if not sound.is_complete:
                sound.drop()
        for digest in self._batch:
            self._to_keep.pop(digest, None)
        self._batch, self._batch_sounds = [], []
        self.batch_changed.emit(0, 0)

    def set_values(self, values: ControlValues) -> None:
        """What the controls say; heard from the next sound on."""
        self.values = values

    def set_blend(self, values: BlendValues, run: Path | None) -> None:
        """Mix what is played from now on with sounds of a second model.

        run: of the second model; None, or values without another model, for the first alone.
        """
        self._finding.drop()
        if values.other is None or run is None:
            self._end_blend()
        elif self._blend is not None and self._blend[1] == run:
            self._blend = (values, run, self._blend[2])
        else:
            self._end_blend()

            def opened(other: Instrument) -> None:
                self._blend = (values, run, other)
                self.blend_changed.emit(other)
                if self.instrument is not None:
                    self.instrument.partners[other.identity] = other
                self.play_again()

            self._finding.start(lambda: _best_of(run), opened, self.failed.emit)
            return
        self.play_again()

    def _end_blend(self) -> None:
        self._blend, self._blend_sound = None, ("", 0)
        self.blend_changed.emit(None)

    @Slot(str, int)
    def choose_blend_sound(self, key: str, number: int) -> None:
        """Of the second model mix this sound, or with "" one of the new ones that follow from the seed."""
        self._blend_sound = (key, number)
        self.play_again()
        self.keep_current()

    def _partner_for(self, recipe: Recipe) -> Partner | None:
        """A sound of the second model to go with one of the first: of the same length."""
        from sda_desktop.generation.recipe import MAX_SEED, Partner

        if self._blend is None:
            return None
        values, run, other = self._blend
        key, number = self._blend_sound
        if key:
            theirs = other.sound(key).replaced(seconds=recipe.seconds)
        else:
            seed = (self.values.seed + number) % (MAX_SEED + 1)
            theirs = other.random(seed, seconds=recipe.seconds, amount=self.values.novelty)
        return Partner(theirs, str(run), values.mode, values.balance, values.fade_from, values.fade_to)

    def _turned(self, recipe: Recipe, *, lengths: bool = True) -> Recipe:
        """A recipe with what the controls add to every sound."""
        values = self.values
        changed = recipe.replaced(
            sliders=tuple((name, value) for name, value in values.sliders.items() if value),
            loop=values.loop,
            density=values.density,
            title=self._titled(recipe.title),
        )
        if lengths and values.seconds is not None:
            changed = changed.replaced(seconds=values.seconds)
        return changed.replaced(partner=self._partner_for(changed))

    def _titled(self, title: str) -> str:
        """A title that says what was turned, instead of what it said of that before."""
        known = {word for words in self.slider_words.values() for word in words}
        base, _, turned = title.rpartition(TURNED)
        if base and set(turned.split(", ")) <= known:
            title = base
        moved = [
            (self.slider_words[name], value)
            for name, value in self.values.sliders.items()
            if value and name in self.slider_words
        ]
        words = [more if value > 0 else less for (less, more), value in moved]
        return f"{title}{TURNED}{', '.join(dict.fromkeys(words))}" if words else title

    def _set_current(self, recipe: Recipe | None, sound: StreamedSound | None = None) -> None:
        self.current_sound = sound
        if recipe != self.current:
            self.current = recipe
            self.current_changed.emit(recipe)

    # The history --------------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_performer_made(self, recipe: Recipe, sound: StreamedSound) -> None:
        self._keep_if_wanted(recipe, sound)
        digest = recipe.digest()
        if digest in self._batch:
            self._batch_made += 1
            self.batch_changed.emit(self._batch_made, len(self._batch))
            if self._batch_made == len(self._batch):
                self._batch, self._batch_sounds = [], []
                self.batch_changed.emit(0, 0)

    def _keep_if_wanted(self, recipe: Recipe, sound: StreamedSound) -> None:
        digest = recipe.digest()
        if digest not in self._to_keep or self.playable is None:
            return
        del self._to_keep[digest]
        newest = next(iter(self.history.entries(model=recipe.model)), None)
        try:
            if newest is not None and newest.recipe.digest() == digest:
                return
            self.history.add(recipe, recipe.seconds, outline_of(sound.samples), self._run)
        except SdaError as error:
            self.failed.emit(error)
            return
        self.history_changed.emit()
        self._keep_model(self.playable)

    def _keep_model(self, playable: Playable) -> None:
        """What is in the history must be there to be made again, however the training goes on."""
        opened = playable.opened
        if opened.folder.kept_model() is None:
            self._keeping.start(
                lambda: opened.folder.keep_model(opened.instrument.model), lambda _: None, self.failed.emit
            )

    @Slot(str, str)
    def _on_performer_added(self, key: str, _name: str) -> None:
        self.sound_added.emit(key)
        if self.instrument is not None:
            self.play(self._turned(self.instrument.resynthesis(key), lengths=False))


def _best_of(run: Path) -> Instrument:
    from sda_desktop.generation.kept_sliders import kept_sliders
    from sda_desktop.generation.opening import open_instrument

    opened = open_instrument(run)
    kept_sliders(opened)
    # What is blended now must be there to be made again.
    opened.folder.keep_model(opened.instrument.model)
    return opened.instrument

"""Plays a trained model: opens it and makes its sounds in a thread of its own, as they are asked for."""

from __future__ import annotations

import itertools
import logging
import queue
import traceback
import weakref
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, SignalInstance

from sda_desktop.errors import Cancelled, SdaError
from sda_desktop.ui.prewarm import import_engine
from sda_desktop.ui.streamed_sound import StreamedSound
from sda_desktop.ui.threads import StoppableThread
from sda_desktop.words import say

if TYPE_CHECKING:
    from sda_desktop.generation.opening import Opened
    from sda_desktop.generation.recipe import Recipe
    from sda_desktop.generation.sound_map import SoundMap

_log = logging.getLogger(__name__)

_Job = Callable[["Opened"], None]
_URGENT, _LATER, _AHEAD = 0, 1, 2  # what somebody waits for, what is to be made, what may be wanted
_LOOK_S = 0.5  # so often a thread without work looks whether the app ends

KEPT_BYTES = 64 * 1024**2  # of sounds that were made, so that going back to one is at once


@dataclass(frozen=True, slots=True)
class Playable:
    """A model that was opened."""

    path: Path  # of the run, or of the checkpoint, as it was asked for
    opened: Opened
    layouts: tuple[SoundMap, ...]


class Performer(QObject):
    """One model at a time.  Everything is asked for in the GUI thread, and answered there."""

    progress = Signal(int, int, str)  # measuring the sounds of a model: done, of how many, which
    opened = Signal(object)  # Playable
    open_failed = Signal(object)  # SdaError
    made = Signal(object, object)  # Recipe, StreamedSound: complete
    failed = Signal(object)  # SdaError: a sound could not be made
    added = Signal(str, str)  # key and name of a sound that was added to the model
    sliders_progress = Signal(int, int)  # sounds they were tried on, of about how many
    sliders_found = Signal(object)  # tuple[Slider, ...]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.playable: Playable | None = None
        self._worker: _Worker | None = None
        self._trying: _SliderThread | None = None
        self._latest: StreamedSound | None = None  # of those that are made instead of each other
        self._ahead: StreamedSound | None = None  # nobody asked for it yet
        self._links: list[tuple[SignalInstance, SignalInstance | Callable[..., None]]] = []
        self._making: dict[str, StreamedSound] = {}  # by the recipes' digests
        self._kept: OrderedDict[str, StreamedSound] = OrderedDict()

    def open(self, path: Path) -> None:
        """Open a run's best model, or one checkpoint; `opened` or `open_failed` tells."""
        self.close()
        worker = self._worker = _Worker(path)
        self._listen(worker.progress, self.progress)
        self._listen(worker.opened, self._on_opened)
        self._listen(worker.open_failed, self.open_failed)
        self._listen(worker.made, self._on_made)
        self._listen(worker.failed, self.failed)
        self._listen(worker.added, self.added)
        worker.begin()

    def close(self) -> None:
        """Let go of the model; what is being made is given up."""
        self._give_up()
        self._kept.clear()
        self._making.clear()
        self.playable = None
        for signal, heard in self._links:
            signal.disconnect(heard)
        self._links.clear()
        if self._worker is not None:
            self._worker.end()
            self._worker = None
        if self._trying is not None:
            self._trying.stop.set()
            self._trying = None

    def make(self, recipe: Recipe, *, instead: bool = True) -> StreamedSound:
        """A sound that begins to be made.  What was made before, or is being made, is not made again.

        instead: it is made at once, and what was asked for so before is no longer wanted; otherwise it is
        made when there is nothing of that kind to do.  Only once a model is open.
        """
        if self._worker is None or self.playable is None:
            raise RuntimeError("no model is open")
        digest = recipe.digest()
        sound = self._known(digest)
        if instead and sound is not self._latest:
            self._give_up()
        # What could not be made is tried again only when somebody wants to hear it.
        if sound is not None and (sound.error is None or not instead):
            if sound is self._ahead:
                self._ahead = None  # now it is wanted
                self._latest = sound if instead else None
            if instead and not sound.is_complete:
                self._worker.make(recipe, sound, _URGENT)
            return sound
        sound = self._begin(recipe, digest, _URGENT if instead else _LATER)
        if instead:
            self._latest = sound
        return sound

    def make_ahead(self, recipe: Recipe) -> None:
        """Make a sound that may be wanted next, if there is nothing else to do; instead of the last such."""
        digest = recipe.digest()
        if self.playable is None or self._known(digest) is not None:
            return
        if self._ahead is not None and not self._ahead.is_complete:
            self._ahead.drop()
        self._ahead = self._begin(recipe, digest, _AHEAD)

    def _known(self, digest: str) -> StreamedSound | None:
        """A sound that was made, or is being made for somebody."""
        for given_up in [name for name, sound in self._making.items() if sound.dropped.is_set()]:
            del self._making[given_up]
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        return self._making.get(digest)

    def _begin(self, recipe: Recipe, digest: str, priority: int) -> StreamedSound:
        assert self._worker is not None
        assert self.playable is not None
        rate_hz = self.playable.opened.instrument.sample_rate_hz
        sound = self._making[digest] = StreamedSound(rate_hz, recipe.seconds, loop=recipe.loop)
        self._worker.make(recipe, sound, priority)
        return sound

    def add_sound(self, path: Path) -> None:
        """Make a file one of the model's sounds; `added` or `failed` tells."""
        if self._worker is not None:
            self._worker.add(path)

    def _give_up(self) -> None:
        if self._latest is not None and not self._latest.is_complete:
            self._latest.drop()
        self._latest = None

    def _on_opened(self, playable: Playable) -> None:
        if self.sender() is self._worker:
            self.playable = playable
            self.opened.emit(playable)
            self._trying = _SliderThread(playable.opened)
            self._listen(self._trying.progressed, self.sliders_progress)
            self._listen(self._trying.found, self.sliders_found)
            self._listen(self._trying.failed, self.failed)
            self._trying.begin()

    def _listen(self, signal: SignalInstance, heard: SignalInstance | Callable[..., None]) -> None:
        """Until the model is let go of: a thread may live a moment longer."""
        signal.connect(heard)
        self._links.append((signal, heard))

    def _on_made(self, recipe: Recipe, sound: StreamedSound) -> None:
        self._making.pop(recipe.digest(), None)
        self._kept[recipe.digest()] = sound
        while len(self._kept) > 1 and sum(kept.samples.nbytes for kept in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        self.made.emit(recipe, sound)


class _Worker(StoppableThread):
    """Holds one model and does one thing after the other with it."""

    progress = Signal(int, int, str)
    opened = Signal(object)
    open_failed = Signal(object)
    made = Signal(object, object)
    failed = Signal(object)
    added = Signal(str, str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._opened: Opened | None = None
        # What is urgent first, then in the order that it was asked for.
        self._jobs: queue.PriorityQueue[tuple[int, int, _Job | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._begun: weakref.WeakSet[StreamedSound] = weakref.WeakSet()

    # In the GUI thread.

    def make(self, recipe: Recipe, sound: StreamedSound, priority: int) -> None:
        """A sound may be asked for again, as something more urgent."""
        self._put(priority, lambda opened: self._make(opened, recipe, sound, priority))

    def add(self, path: Path) -> None:
        self._put(_URGENT, lambda opened: self._add(opened, path))

    def end(self) -> None:
        self.stop.set()
        self._put(_URGENT, None)

    def _put(self, priority: int, job: _Job | None) -> None:
        self._jobs.put((priority, next(self._numbers), job))

    # In its own.

    def run(self) -> None:
        try:
            opened = self._open()
        except Cancelled:
            return
        except SdaError as error:
            self.open_failed.emit(error)
            return
        except Exception:
            self.open_failed.emit(_unexpected(say("The model could not be opened.")))
            return
        while (job := self._next()) is not None:
            self._do(job, opened)

    def _do(self, job: _Job, opened: Opened) -> None:
        try:
            job(opened)
        except Cancelled:
            return
        except SdaError as error:
            self.failed.emit(error)
        except Exception:
            self.failed.emit(_unexpected(say("The sound could not be made.")))

    def _next(self) -> _Job | None:
        """What is to be done next; None at the end."""
        while not self.stop.is_set():
            with suppress(queue.Empty):
                return self._jobs.get(timeout=_LOOK_S)[2]
        return None

    def _next_urgent(self) -> _Job | None:
        """What somebody waits for, if there is such a thing."""
        with suppress(queue.Empty):
            entry = self._jobs.get_nowait()
            if entry[0] == _URGENT:
                return entry[2]
            self._jobs.put(entry)
        return None

    def _open(self) -> Opened:
        import_engine()
        import torch

        from sda_desktop.generation.chart import layouts_of
        from sda_desktop.generation.opening import open_instrument

        torch.set_num_threads(1)  # for this thread; see Instrument
        opened = open_instrument(self._path, self._tell_progress, self.stop)
        self.opened.emit(Playable(self._path, opened, tuple(layouts_of(opened))))
        return opened

    def _tell_progress(self, done: int, total: int, name: str) -> None:
        self.progress.emit(done, total, name)

    def _make(self, opened: Opened, recipe: Recipe, sound: StreamedSound, priority: int) -> None:
        if sound.dropped.is_set() or sound in self._begun:
            return
        self._begun.add(sound)
        try:
            for block in opened.instrument.stream(recipe, sound.dropped):
                sound.append(block)
                while priority != _URGENT and (job := self._next_urgent()) is not None:
                    self._do(job, opened)
                if self.stop.is_set():
                    raise Cancelled
        except SdaError as error:
            sound.fail(error)
            if priority != _AHEAD:  # what somebody wants is tried again
                raise
            return
        except Cancelled:
            sound.finish()
            raise
        sound.finish()
        self.made.emit(recipe, sound)

    def _add(self, opened: Opened, path: Path) -> None:
        from sda_desktop.audio.io import read_audio

        samples: NDArray[np.float32]
        samples, _ = read_audio(path, opened.instrument.sample_rate_hz, stop=self.stop)
        key = opened.instrument.add_sound(samples, path.stem)
        self.added.emit(key, path.stem)


class _SliderThread(StoppableThread):
    """Finds out what can be turned, at the lowest priority."""

    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened

    def run(self) -> None:
        from sda_desktop.generation.kept_sliders import sliders_of
        from sda_desktop.training.previewer import step_back

        step_back()
        try:
            self.found.emit(sliders_of(self._opened, stop=self.stop, on_progress=self.progressed.emit))
        except Cancelled:
            return
        except SdaError as error:
            self.failed.emit(error)
        except Exception:
            self.failed.emit(_unexpected(say("The sliders could not be made.")))


def _unexpected(message: str) -> SdaError:
    _log.exception(message)
    return SdaError(message, say("The details help whoever mends this."), traceback.format_exc())

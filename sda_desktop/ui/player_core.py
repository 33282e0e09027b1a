"""What the player knows: its signals and state, and what the threads that decode and play tell it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, SignalInstance, Slot

from sda_desktop.errors import SdaError
from sda_desktop.ui.play_item import PlayItem, Side
from sda_desktop.ui.player_clock import Clock
from sda_desktop.ui.player_growth import Growth
from sda_desktop.ui.player_loader import Loaded, Loader, Outline, Reference, Row
from sda_desktop.ui.player_output import AudioOutput
from sda_desktop.ui.settings import QUIETEST_DB, Settings
from sda_desktop.ui.sound_devices import DeviceError
from sda_desktop.ui.streamed_sound import StreamedSound
from sda_desktop.words import say

_log = logging.getLogger(__name__)

POSITION_MS = 33
# A device that takes nothing for this long is gone, whatever its driver says.
STUCK_S = 4.0
EMPTY: Outline = (np.zeros(0, np.float32), np.zeros(0, np.float32))


def _teller(signal: SignalInstance) -> Callable[..., None]:
    """Emits from a thread that may live a moment longer than the player."""

    def tell(*arguments: object) -> None:
        try:
            signal.emit(*arguments)
        except RuntimeError:
            _log.debug("Told too late: the player is gone")

    return tell


class PlayerCore(QObject):
    """The half of the player that is told things; `Player` is the half that is asked.

    Positions are seconds and say what is heard at this moment, the device's delay taken off.
    """

    item_changed = Signal(object)  # PlayItem: asked for, perhaps not decoded yet
    loaded = Signal(object)  # PlayItem: decoded; duration and outline are known
    outline_changed = Signal()
    started = Signal()
    stopped = Signal()
    heard_changed = Signal(object)  # Path of the file, or key of the made sound, that sounds now; or None
    position_changed = Signal(float)
    progress_changed = Signal(float)  # the same as a share of the duration
    compare_changed = Signal(bool)
    reference_changed = Signal(object)  # PlayItem that others are compared with, or None
    loop_changed = Signal(bool)
    volume_changed = Signal(float)
    devices_changed = Signal(object)  # list[str]
    device_changed = Signal(object)  # str, or None for the system's default
    failed = Signal(object)  # SdaError

    _came_loaded = Signal(int, object)
    _came_outline = Signal(int, object, object)
    _came_load_error = Signal(int, object)
    _came_started = Signal(int)
    _came_ended = Signal(int)
    _came_device_error = Signal(object, object)
    _came_devices = Signal(object)

    def __init__(self, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self._settings = settings or Settings()
        self._item: PlayItem | None = None
        self._loaded: Loaded | None = None
        self._streamed: StreamedSound | None = None  # the item's, where it has no file
        self._reference: Reference | None = None
        self._loop = False
        self._live_hz, self._busy = 0, False
        self._outline = EMPTY
        self._ticket = 0  # of the last load
        self._take = 0  # of the last start or seek
        self._playing = False
        self._play_when_loaded = False
        self._position_s = 0.0
        self._compare = False
        self._volume_db = self._settings.volume_db
        self._device: str | None = self._settings.output_device or None
        self._devices: list[str] = []
        self._underflows_before = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._came_loaded.connect(self._on_came_loaded, queued)
        self._came_outline.connect(self._on_came_outline, queued)
        self._came_load_error.connect(self._on_came_load_error, queued)
        self._came_started.connect(self._on_came_started, queued)
        self._came_ended.connect(self._on_came_ended, queued)
        self._came_device_error.connect(self._on_came_device_error, queued)
        self._came_devices.connect(self._on_came_devices, queued)
        self._loader = Loader(
            _teller(self._came_loaded), _teller(self._came_load_error), _teller(self._came_outline)
        )
        self._output = self._new_output()
        self._growth = Growth(self)
        self._growth.grown.connect(self._on_growth_grown)
        self._growth.ended.connect(self._on_growth_ended)
        self._timer = QTimer(self)
        self._timer.setInterval(POSITION_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._on_about_to_quit)

    # What it is.

    @property
    def item(self) -> PlayItem | None:
        """What was asked for last."""
        return self._item

    @property
    def is_loaded(self) -> bool:
        """Whether the item is decoded."""
        return self._loaded is not None

    @property
    def is_playing(self) -> bool:
        """Whether it sounds, or is about to."""
        return self._playing or self._play_when_loaded

    @property
    def duration_s(self) -> float:
        """Length of the item; 0 before it is loaded."""
        return self._loaded.duration_s if self._loaded is not None else 0.0

    @property
    def position_s(self) -> float:
        """Where the playhead is."""
        return self._position_s

    @property
    def outline(self) -> Outline:
        """Minima and maxima of the side that is heard; two empty rows while unknown."""
        return self._outline

    @property
    def can_compare(self) -> bool:
        """Whether the item has a counterpart that could be read."""
        return self._loaded is not None and len(self._loaded.pair.sounds) > 1

    @property
    def compare(self) -> bool:
        """Whether the counterpart is heard."""
        return self._compare

    @property
    def reference(self) -> PlayItem | None:
        """The sound that was pinned to compare others with."""
        return self._reference.item if self._reference is not None else None

    @property
    def compares_reference(self) -> bool:
        """Whether the counterpart is the pinned reference."""
        return self._loaded is not None and self._loaded.reference

    @property
    def loop(self) -> bool:
        """Whether the sound is repeated until it is stopped."""
        return self._loop

    @property
    def side(self) -> Side:
        """Which side of the comparison is heard."""
        if self._item is None:
            return "sound"
        if self._compare and self.compares_reference:
            return "reference"
        return self._item.other_side if self._compare else self._item.side

    @property
    def volume_db(self) -> float:
        """The volume; QUIETEST_DB is silence."""
        return self._volume_db

    @property
    def device(self) -> str | None:
        """The chosen output; None for the system's default."""
        return self._device

    @property
    def underflows(self) -> int:
        """How often the device ran out of sound while one was playing."""
        return self._underflows_before + self._output.underflows

    def devices(self) -> list[str]:
        """The outputs found by the last refresh_devices()."""
        return list(self._devices)

    def close(self) -> bool:
        """Stop and end the threads: the last thing to do with a player.  False if a device holds one."""
        self._timer.stop()
        self._growth.watch(None)
        ended = self._loader.close()
        return self._output.close() and ended

    # Inside.

    def _new_output(self) -> AudioOutput:
        return AudioOutput(
            _teller(self._came_started),
            _teller(self._came_ended),
            _teller(self._came_device_error),
            _teller(self._came_devices),
            device=self._device,
            gain=self._gain(),
        )

    def _gain(self) -> float:
        return 0.0 if self._volume_db <= QUIETEST_DB else 10 ** (self._volume_db / 20)

    def _load(self) -> None:
        assert self._item is not None
        self._loader.load(self._ticket, self._item, self._streamed, self._reference_for(self._streamed))

    def _reference_for(self, streamed: StreamedSound | None) -> Reference | None:
        """What the item is compared with, unless it is that itself."""
        reference = self._reference
        if reference is None or (reference.item == self._item and reference.streamed is streamed):
            return None
        return reference

    def _show_pair(self, loaded: Loaded) -> None:
        """Take what is known of the item now; if it plays, it goes on."""
        self._loaded = replace(loaded, pair=replace(loaded.pair, loop=self._loop))
        if self._playing:
            self._output.extend(self._loaded.pair)

    def _start(self, position_s: float) -> None:
        assert self._loaded is not None
        self._play_when_loaded = False
        self._playing = True
        self._take += 1
        self._output.play(self._loaded.pair, position_s, int(self._compare), self._take)

    def _end(self) -> None:
        self._playing = False
        self._timer.stop()
        self.heard_changed.emit(None)
        self.stopped.emit()

    def _heard(self) -> Path | str:
        assert self._loaded is not None
        return self._loaded.names[int(self._compare)]

    def _move(self, position_s: float) -> None:
        if position_s != self._position_s:
            self._position_s = position_s
            self.position_changed.emit(position_s)
            duration_s = self.duration_s
            self.progress_changed.emit(position_s / duration_s if duration_s else 0.0)

    def _show_outline(self) -> None:
        if self._loaded is not None:
            self._outline = self._loaded.outlines[int(self._compare)]
            self.outline_changed.emit()

    # What the threads tell, in the GUI thread.

    @Slot(int, object)
    def _on_came_loaded(self, ticket: int, loaded: Loaded) -> None:
        if ticket != self._ticket:
            return
        self._show_pair(loaded)
        if self._compare and not self.can_compare:
            self._compare = False
            self.compare_changed.emit(False)
        self.loaded.emit(loaded.item)
        self._show_outline()
        if self._play_when_loaded:
            self._start(0.0)

    @Slot()
    def _on_growth_grown(self) -> None:
        streamed, loaded = self._growth.sound, self._loaded
        if streamed is None or loaded is None:
            return
        self._loaded = replace(loaded, outlines=(streamed.outline, *loaded.outlines[1:]))
        if not self._compare:
            self._show_outline()

    @Slot()
    def _on_growth_ended(self) -> None:
        streamed = self._growth.sound
        if streamed is None or self._loaded is None or self._item is None:
            return
        self.loaded.emit(self._item)  # its length may be another
        if len(self._loaded.pair.sounds) > 1:
            self._load()  # now that it is known how loud it is
        if streamed.error is not None:
            _log.warning("%s %s", streamed.error, streamed.error.details)
            self.failed.emit(streamed.error)

    @Slot(int, object, object)
    def _on_came_outline(self, ticket: int, low: Row, high: Row) -> None:
        if ticket == self._ticket and not self._compare:
            self._outline = (low, high)
            self.outline_changed.emit()

    @Slot(int, object)
    def _on_came_load_error(self, ticket: int, error: SdaError) -> None:
        if ticket != self._ticket:
            return
        _log.warning("%s %s", error, error.details)
        self._play_when_loaded = False
        self.failed.emit(error)

    @Slot(int)
    def _on_came_started(self, take: int) -> None:
        if take != self._take or self._loaded is None:
            return
        self._playing = True
        self._timer.start()
        self.started.emit()
        self.heard_changed.emit(self._heard())

    @Slot(int)
    def _on_came_ended(self, take: int) -> None:
        if take == self._take and self._playing:
            self._end()
            self._move(0.0)

    @Slot(object, object)
    def _on_came_device_error(self, output: AudioOutput, error: SdaError) -> None:
        if output is self._output:
            self._fail(error)

    def _fail(self, error: SdaError) -> None:
        if self._playing:
            self._end()
        self._move(0.0)
        self.failed.emit(error)

    @Slot(object)
    def _on_came_devices(self, names: list[str]) -> None:
        if names != self._devices:
            self._devices = names
            self.devices_changed.emit(list(names))

    @Slot()
    def _on_timer_timeout(self) -> None:
        clock: Clock = self._output.clock
        if clock.take != self._take:
            return  # a start or seek is on its way to the device; the playhead already stands there
        now = time.perf_counter()
        if now - clock.at > STUCK_S:
            self._abandon_output()
        elif clock.moving:
            position_s, duration_s = clock.position_at(now), self.duration_s
            self._move(position_s % duration_s if self._loop else min(position_s, duration_s))

    def _abandon_output(self) -> None:
        """Leave a driver that never returns to itself; the next sound gets a new thread."""
        self._underflows_before += self._output.underflows
        self._output.abandon()
        self._output = self._new_output()
        self._fail(
            DeviceError(
                say("The sound output takes no more sound."),
                say(
                    "Check that it is connected, or choose another output next to the volume, and press "
                    "play again."
                ),
            )
        )

    @Slot()
    def _on_about_to_quit(self) -> None:
        self.close()

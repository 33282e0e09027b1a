"""The player: one sound at a time, loaded and played off the GUI thread, steered and reported here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, SignalInstance, Slot

from sda_desktop.errors import SdaError
from sda_desktop.ui.play_item import PlayItem, Side
from sda_desktop.ui.player_loader import Loaded, Loader, Outline, Row
from sda_desktop.ui.player_output import AudioOutput, Clock
from sda_desktop.ui.settings import LOUDEST_DB, QUIETEST_DB, Settings
from sda_desktop.ui.sound_devices import DeviceError

_log = logging.getLogger(__name__)

POSITION_MS = 33
# A device that takes nothing for this long is gone, whatever its driver says.
STUCK_S = 4.0
_EMPTY: Outline = (np.zeros(0, np.float32), np.zeros(0, np.float32))


def _teller(signal: SignalInstance) -> Callable[..., None]:
    """Emits from a thread that may live a moment longer than the player."""

    def tell(*arguments: object) -> None:
        try:
            signal.emit(*arguments)
        except RuntimeError:
            _log.debug("Told too late: the player is gone")

    return tell


class Player(QObject):
    """Plays PlayItems.  Nothing here blocks; the sound device is not touched before the first sound.

    Positions are seconds and say what is heard at this moment, the device's delay taken off.
    """

    item_changed = Signal(object)  # PlayItem: asked for, perhaps not decoded yet
    loaded = Signal(object)  # PlayItem: decoded; duration and outline are known
    outline_changed = Signal()
    started = Signal()
    stopped = Signal()
    heard_changed = Signal(object)  # Path of the file that sounds now, or None
    position_changed = Signal(float)
    progress_changed = Signal(float)  # the same as a share of the duration
    compare_changed = Signal(bool)
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
        self._outline = _EMPTY
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
    def side(self) -> Side:
        """Which side of the comparison is heard."""
        if self._item is None:
            return "sound"
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

    # What it can be asked to do.

    def load(self, item: PlayItem) -> None:
        """Show a sound without playing it."""
        if item != self._item or self._loaded is None:
            self._request(item, play=False)

    def play(self, item: PlayItem) -> None:
        """Play a sound from its beginning."""
        if item == self._item and self._loaded is None and not self._playing:
            self._play_when_loaded = True
        else:
            self._request(item, play=True)

    @Slot()
    def toggle(self) -> None:
        """Play from the playhead, or stop."""
        if self.is_playing:
            self.stop()
        elif self._loaded is not None:
            self._start(self._position_s)
        elif self._item is not None:
            self._request(self._item, play=True)

    @Slot()
    def stop(self) -> None:
        """Fade out and put the playhead at the beginning."""
        self._play_when_loaded = False
        if self._playing:
            self._take += 1  # whatever the output still has to say of this one is void
            self._output.stop()
            self._end()
        self._move(0.0)

    def seek(self, seconds: float) -> None:
        """Move the playhead; a sound that plays goes on from there."""
        seconds = min(max(seconds, 0.0), self.duration_s)
        if self._playing:
            self._take += 1
            self._output.seek(seconds, self._take)
        self._move(seconds)

    @Slot(float)
    def seek_fraction(self, fraction: float) -> None:
        """Move the playhead to a share of the sound."""
        self.seek(fraction * self.duration_s)

    @Slot(bool)
    def set_compare(self, on: bool) -> None:
        """Hear the counterpart, equally loud and at the same place; or the item itself again."""
        on = on and self.can_compare
        if on == self._compare:
            return
        self._compare = on
        self._output.set_side(int(on))
        self.compare_changed.emit(on)
        self._show_outline()
        if self._playing:
            self.heard_changed.emit(self._heard())

    @Slot(str)
    def hear(self, side: str) -> None:
        """Hear a side of the comparison: "original" or "reconstruction"."""
        if self._item is not None and side in (self._item.side, self._item.other_side):
            self.set_compare(side != self._item.side)

    @Slot(float)
    def set_volume_db(self, volume_db: float) -> None:
        """Set the volume and remember it; QUIETEST_DB is silence."""
        volume_db = min(max(volume_db, QUIETEST_DB), LOUDEST_DB)
        if volume_db == self._volume_db:
            return
        self._volume_db = self._settings.volume_db = volume_db
        self._output.set_gain(self._gain())
        self.volume_changed.emit(volume_db)

    def set_device(self, name: str | None) -> None:
        """Choose the output by name and remember it; None is the system's default."""
        name = name or None
        if name == self._device:
            return
        self._device = name
        self._settings.output_device = name or ""
        self._output.set_device(name)
        self.device_changed.emit(name)

    @Slot()
    def refresh_devices(self) -> None:
        """Look for outputs that came or went; devices_changed tells."""
        self._output.list_devices()

    def close(self) -> bool:
        """Stop and end the threads: the last thing to do with a player.  False if a device holds one."""
        self._timer.stop()
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

    def _request(self, item: PlayItem, *, play: bool) -> None:
        self.stop()
        other = item != self._item
        self._item, self._loaded = item, None
        self._play_when_loaded = play
        self._ticket += 1
        if other:
            self._compare = False
            self._outline = _EMPTY
            self.item_changed.emit(item)
            self.compare_changed.emit(False)
        self._loader.load(self._ticket, item)

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

    def _heard(self) -> Path:
        assert self._loaded is not None
        return self._loaded.paths[int(self._compare)]

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
        self._loaded = loaded
        if self._compare and not self.can_compare:
            self._compare = False
            self.compare_changed.emit(False)
        self.loaded.emit(loaded.item)
        self._show_outline()
        if self._play_when_loaded:
            self._start(0.0)

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
            self._move(min(clock.position_at(now), self.duration_s))

    def _abandon_output(self) -> None:
        """Leave a driver that never returns to itself; the next sound gets a new thread."""
        self._underflows_before += self._output.underflows
        self._output.abandon()
        self._output = self._new_output()
        self._fail(
            DeviceError(
                "The sound output takes no more sound.",
                "Check that it is connected, or choose another output next to the volume, "
                "and press play again.",
            )
        )

    @Slot()
    def _on_about_to_quit(self) -> None:
        self.close()

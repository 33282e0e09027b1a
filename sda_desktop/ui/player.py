"""The player: one sound at a time, loaded and played off the GUI thread, steered and reported here."""

from __future__ import annotations

from PySide6.QtCore import Slot

from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player_core import EMPTY, PlayerCore
from sda_desktop.ui.player_loader import Loaded, Reference
from sda_desktop.ui.player_mixer import Pair
from sda_desktop.ui.settings import LOUDEST_DB, QUIETEST_DB
from sda_desktop.ui.streamed_sound import StreamedSound


class Player(PlayerCore):
    """Plays PlayItems.  Nothing here blocks; the sound device is not touched before the first sound.

    Positions are seconds and say what is heard at this moment, the device's delay taken off.
    """

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

    def play_stream(self, item: PlayItem, streamed: StreamedSound) -> None:
        """Play a sound from its beginning that may still be in the making.

        item: its title and key, without a path.
        """
        was_playing, self._playing = self._playing, False
        other = item != self._item
        self._ticket += 1
        self._item, self._streamed = item, streamed
        self._compare, self._loop = False, streamed.loop
        pair = Pair((streamed,), (1.0,), streamed.loop)
        self._loaded = Loaded(item, pair, (streamed.outline,), (item.name,))
        self._start(0.0)  # before anything is shown: it is waited for
        if was_playing:
            self.heard_changed.emit(None)
        if other:
            self.item_changed.emit(item)
        self.compare_changed.emit(False)
        self.loop_changed.emit(self._loop)
        self.loaded.emit(item)
        self._show_outline()
        self._move(0.0)
        self._growth.watch(streamed)
        if self._reference_for(streamed) is not None:
            self._load()

    @Slot()
    def pin_reference(self) -> None:
        """Compare other sounds with the one that is shown, from now on."""
        if self._item is not None and self._loaded is not None:
            self._drop_compared()
            self._reference = Reference(self._item, self._streamed)
            self.reference_changed.emit(self._item)

    @Slot()
    def clear_reference(self) -> None:
        """Compare with it no longer."""
        if self._reference is None:
            return
        self._reference = None
        self._drop_compared()
        self.reference_changed.emit(None)

    def _drop_compared(self) -> None:
        """Compare the item with the pinned sound no longer, but with its own counterpart again."""
        if not self.compares_reference or self._loaded is None or self._item is None:
            return
        self.set_compare(False)
        loaded = self._loaded
        alone = Pair(loaded.pair.sounds[:1], (1.0,))
        self._show_pair(Loaded(loaded.item, alone, loaded.outlines[:1], loaded.names[:1]))
        self.loaded.emit(self._item)
        if self._item.counterpart is not None:
            self._load()

    @Slot(bool)
    def set_loop(self, on: bool) -> None:
        """Repeat the sound until it is stopped; holds for this one."""
        if on == self._loop or self._loaded is None:
            return
        self._loop = on
        self._show_pair(self._loaded)
        self.loop_changed.emit(on)

    def set_live(self, sample_rate_hz: int) -> None:
        """Keep the output running, at this rate and with a short queue, so that sounds start at once.

        0: no longer.  Where there is no output this does nothing; the next sound says so.
        """
        self._live_hz = sample_rate_hz
        self._output.set_live(sample_rate_hz, busy=self._busy)

    @property
    def is_busy(self) -> bool:
        """Whether a training runs."""
        return self._busy

    def set_busy(self, on: bool) -> None:
        """Whether a training runs, beside which a short queue would run dry."""
        if on != self._busy:
            self._busy = on
            if self._live_hz:
                self._output.set_live(self._live_hz, busy=on)

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
        there_s = self.duration_s
        if self._streamed is not None and not self._compare:
            there_s = self._streamed.made / self._streamed.sample_rate_hz
        seconds = min(max(seconds, 0.0), there_s)
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
        """Hear a side of the comparison: "original" or "reconstruction", or the pinned "reference"."""
        if self._item is None:
            return
        other = "reference" if self.compares_reference else self._item.other_side
        if side in (self._item.side, other):
            self.set_compare(side == other)

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

    def _request(self, item: PlayItem, *, play: bool) -> None:
        self.stop()
        other = item != self._item
        if other or item.path is not None:
            self._streamed = None
            self._growth.watch(None)
        self._item, self._loaded = item, None
        self._play_when_loaded = play
        self._ticket += 1
        if other:
            self._compare = False
            self._outline = EMPTY
            self.item_changed.emit(item)
            self.compare_changed.emit(False)
        if other and self._loop:
            self._loop = False
            self.loop_changed.emit(False)
        self._load()

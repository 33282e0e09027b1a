"""The thread that talks to the sound device, and the only one that does.

Sound is written into a short queue, by a thread of ours.  Measured against a stream callback while torch
trains on both cores neither ran dry, at 30, 50 and 100 ms; but this way no Python runs on the device's own
thread, where on some systems waiting for Python's lock holds up everybody's sound.  The thread looks every
few milliseconds whether there is room and never lets PortAudio wait for it: under ALSA's PulseAudio plugin
that wait missed its wake-up every few minutes and lasted 210 ms instead of 40.  With four busy processes on
two cores queues of 60 and 100 ms ran dry now and then, 160 ms did not, so it holds about that much; whenever
it ran dry after all it is doubled for the next sound.
"""

from __future__ import annotations

import atexit
import logging
import math
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from sda_desktop.errors import SdaError
from sda_desktop.ui import sound_devices
from sda_desktop.ui.player_clock import Clock
from sda_desktop.ui.player_mixer import Mixer, Pair

_log = logging.getLogger(__name__)

BLOCK_FRAMES = 256
POLL_S = 0.008  # how often a full queue is looked at
NO_ROOM_S = 1.0  # a queue that is full for longer belongs to a device that has stopped
DEPTH_S, MOST_DEPTH_S = 0.15, 0.6
# After a sound the stream goes on in silence for a while: the next sound starts at once.
LINGER_S = 3.0
# Played like an instrument: a shorter queue, and a stream that runs on for longer.  What is heard lies as far
# behind as the queue is long when it is opened, even if less is written into it (measured under PulseAudio).
LIVE_DEPTH_S = 0.06
LIVE_LINGER_S = 60.0
# A sound that is still being made is waited for while the queue holds more than this.  A sound server may
# take a quarter of the queue at a time, and once it was empty PulseAudio may take a second to go on.
LOW, LOW_S = 0.5, 0.06  # a share of the queue, and at most so much
# While playing live, longer sounds at another rate get a stream at their own.
LIVE_RESAMPLED_S = 5.0
# A device may hold the thread for a moment: a PulseAudio sink that starts or recovers, for up to 2 s.
CLOSE_S = 5.0


# Those that have used a device: nobody may be in a stream when the interpreter ends.
_with_streams: weakref.WeakSet[AudioOutput] = weakref.WeakSet()


def _close_all() -> None:
    for output in list(_with_streams):
        output.close()


class AudioOutput:
    """Plays pairs of sounds.  All methods return at once; everything happens in the thread.

    The callbacks are called in the thread: on_started(take), on_ended(take), on_failed(self, error),
    on_devices(names).  `clock` and `underflows` may be read at any time.
    """

    def __init__(
        self,
        on_started: Callable[[int], None],
        on_ended: Callable[[int], None],
        on_failed: Callable[[AudioOutput, SdaError], None],
        on_devices: Callable[[list[str]], None],
        device: str | None = None,
        gain: float = 1.0,
    ) -> None:
        self._on_started, self._on_ended = on_started, on_ended
        self._on_failed, self._on_devices = on_failed, on_devices
        self.clock = Clock()
        self.underflows = 0
        self.depth_s, self.live_depth_s = DEPTH_S, LIVE_DEPTH_S
        self._orders: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._quit = False
        # Below: for the thread only.
        self._mixer = Mixer()
        self._pair: Pair | None = None  # as it was given, at its own rate
        self._mixer.set_gain(gain)
        self._device = device
        self._stream: Any = None
        self._stream_key: tuple[object, ...] = ()
        self._rate_hz = 0
        self._capacity = 0  # frames of the device's queue
        self._tells_room = True
        self._written = 0  # frames since the stream was opened
        self._full = False  # the queue had no room for a block when it was last looked at
        self._had_room_at = 0.0  # on time.perf_counter()
        self._stale = False  # PortAudio's list of devices is to be made anew
        self._take = 0
        self._take_from = 0  # the frame at which it began
        self._take_at = 0  # frames written before it
        self._running = False  # between on_started and on_ended
        self._silent_frames = 0
        self._live_hz, self._busy = 0, False  # 0: not played live

    # Orders, from the GUI thread.

    def play(self, pair: Pair, position_s: float, side: int, take: int) -> None:
        """Start a pair at a place."""
        self._order(partial(self._play, pair, position_s, side, take))

    def seek(self, position_s: float, take: int) -> None:
        """Go on elsewhere in the same sound."""
        self._order(partial(self._seek, position_s, take))

    def stop(self) -> None:
        """Fade out."""
        self._order(self._stop)

    def set_side(self, side: int) -> None:
        """Let the other one of the pair be heard."""
        self._order(partial(self._mixer.set_side, side))

    def set_gain(self, gain: float) -> None:
        """The volume, as a factor."""
        self._order(partial(self._mixer.set_gain, gain))

    def set_device(self, name: str | None) -> None:
        """Another device from the next block on; None is the system's default."""
        self._order(partial(self._set_device, name))

    def extend(self, pair: Pair) -> None:
        """The pair that plays, with its other sound or better gains; it goes on."""
        self._order(partial(self._extend, pair))

    def set_live(self, sample_rate_hz: int, *, busy: bool = False) -> None:
        """Keep a stream of this rate running, with a short queue: sounds start at once.  0: no longer.

        busy: something else wants the processor all the time: the queue is as long as always.
        """
        self._order(partial(self._set_live, sample_rate_hz, busy))

    def list_devices(self) -> None:
        """Look for devices anew and tell on_devices."""
        self._order(self._list_devices)

    def close(self, wait_s: float = CLOSE_S) -> bool:
        """End the thread; the next order starts another.  False if the device held it for longer."""
        thread = self._thread
        if thread is None:
            return True
        self._order(self._leave)
        self._thread = None
        thread.join(wait_s)
        if thread.is_alive():
            self.abandon()
        return not thread.is_alive()

    def abandon(self) -> None:
        """Wait for it no longer: it ends by itself should the device let go of it."""
        self._quit = True
        sound_devices.give_up()

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)
        if self._thread is None:
            self._quit = False
            self._thread = threading.Thread(target=self._run, name="audio output", daemon=True)
            self._thread.start()

    # The thread.

    def _run(self) -> None:
        while not self._quit:
            try:
                self._follow_orders()
                if self._stream is not None:
                    self._write()
            except Exception as error:
                self._fail(error)
        self._close_stream()

    def _follow_orders(self) -> None:
        """Do what was ordered; with nothing to write, wait for an order; with no room for it, a little."""
        wait = self._stream is None or self._full
        while not self._quit:
            try:
                order = self._orders.get(wait, None if self._stream is None else POLL_S)
            except Empty:
                return
            wait = False
            order()

    def _play(self, pair: Pair, position_s: float, side: int, take: int) -> None:
        try:
            self._open_stream(self._rate_for(pair))
        except Exception as error:
            self._fail(error)
            return
        self._pair = pair
        self._mixer.start(pair.at_rate(self._rate_hz), round(position_s * self._rate_hz), side)
        self._begin_take(take)
        self._running = True
        self._on_started(take)

    def _rate_for(self, pair: Pair) -> int:
        """The sounds' own rate; for a short one while playing live, that of the stream that runs."""
        if self._live_hz and pair.frames < LIVE_RESAMPLED_S * pair.sample_rate_hz:
            return self._live_hz
        return pair.sample_rate_hz

    def _extend(self, pair: Pair) -> None:
        if self._pair is not None and self._pair.sounds[0] is pair.sounds[0]:
            self._pair = pair
            self._mixer.extend(pair.at_rate(self._rate_hz))

    def _set_live(self, sample_rate_hz: int, busy: bool) -> None:
        self._live_hz, self._busy = sample_rate_hz, busy
        if not sample_rate_hz or self._mixer.busy:
            return
        try:
            self._open_stream(sample_rate_hz)
        except Exception as error:
            # Nobody asked for a sound yet; whoever does is told.
            _log.info("No sound output is kept ready: %s", error)
            self._stale = True

    def _seek(self, position_s: float, take: int) -> None:
        if self._mixer.playing:
            self._mixer.seek(round(position_s * self._rate_hz))
            self._begin_take(take)
        elif self._pair is not None:  # it came to its end in the meantime
            self._play(self._pair, position_s, self._mixer.side, take)

    def _begin_take(self, take: int) -> None:
        self._take, self._take_from, self._take_at = take, self._mixer.position, self._written
        self._silent_frames = 0

    def _stop(self) -> None:
        self._mixer.stop()
        self._end()

    def _end(self) -> None:
        if self._running:
            self._running = False
            self.clock = replace(self.clock, take=self._take, moving=False)
            self._on_ended(self._take)

    def _leave(self) -> None:
        self._mixer.stop()
        if self._stream is not None:
            self._write_fade()
        self._quit = True

    def _write(self) -> None:
        """Fill the queue if a block of it is free; tell the time; notice the end."""
        stream = self._stream
        free = self._free_frames()
        self._look_for_room(free)
        count = 0 if self._full else self._wanted_frames(free)
        if count == 0:
            self._full = True
            return
        # Before its first block a sound cannot be interrupted.
        sounding = self._mixer.playing and self._written > self._take_at
        block = self._mixer.render(count)
        if stream.channels == 1:
            block = np.ascontiguousarray(block.mean(axis=1, keepdims=True))
        flagged = stream.write(block)
        self._written += count
        if sounding and (flagged or free >= self._capacity):
            self._count_underflow()
        elif self._live_hz and not self._mixer.busy and free >= self._capacity:
            # Nobody heard it, but the next sound might wait for the driver to recover.
            self._deepen()
            self._orders.put(partial(self._set_live, self._live_hz, self._busy))
        self._silent_frames = 0 if self._mixer.playing else self._silent_frames + count
        queued = min(self._capacity, self._capacity - free + count)
        self._tell_time(queued)
        # What is silent now was behind all that was still to be heard.
        if self._silent_frames >= queued + BLOCK_FRAMES:
            self._end()
        linger_s = LIVE_LINGER_S if self._live_hz else LINGER_S
        if not self._running and self._silent_frames > linger_s * self._rate_hz:
            self._close_stream()

    def _wanted_frames(self, free: int) -> int:
        """How much to write now; 0 where it is better to wait for a sound that is being made.

        As much as there is room for: after a wait for Python's lock one block makes up for all of it.
        """
        room = min(max(BLOCK_FRAMES, free), self._capacity)
        ready = self._mixer.ready(room)
        low = min(LOW * self._capacity, LOW_S * self._rate_hz)
        if ready == 0 and self._tells_room and self._capacity - free > low:
            return 0
        return ready or min(room, BLOCK_FRAMES)

    def _write_fade(self) -> None:
        """Give the device the end of what was stopped, as soon as it has room for it."""
        self._write()
        while self._full and not self._quit:
            time.sleep(POLL_S)
            self._write()

    def _look_for_room(self, free: int) -> None:
        """Is the queue full?  That of a device that has stopped counts as not: a write says what is wrong."""
        now = time.perf_counter()
        if not self._tells_room or free >= min(BLOCK_FRAMES, self._capacity):
            self._had_room_at = now
        self._full = 0.0 < now - self._had_room_at < NO_ROOM_S

    def _free_frames(self) -> int:
        """Room in the device's queue; none where the driver does not tell."""
        return int(self._stream.write_available) if self._tells_room else 0

    def _count_underflow(self) -> None:
        self.underflows += 1
        self._deepen()
        _log.warning("The sound output ran dry; the next sound gets %.0f ms", self._depth_s() * 1000)

    def _deepen(self) -> None:
        """Give the next stream a longer queue than this one has."""
        if self._stream_key[-1] == self._depth_s():  # once per stream
            deeper_s = min(self._depth_s() * 2, MOST_DEPTH_S)
            if self._is_short:
                self.live_depth_s = deeper_s
            else:
                self.depth_s = deeper_s

    def _depth_s(self) -> float:
        """How much sound the queue of the next stream is to hold."""
        return self.live_depth_s if self._is_short else self.depth_s

    @property
    def _is_short(self) -> bool:
        return bool(self._live_hz) and not self._busy

    def _tell_time(self, queued: int) -> None:
        if not self._running:
            return
        rate, now = self._rate_hz, time.perf_counter()
        heard = max(self._take_from, self._mixer.position - queued + self._silent_frames)
        end_s = self._mixer.position / rate
        if self._pair is not None and self._pair.loop:
            # It has been through the end some times; the one who asks knows the length.
            heard = self._take_from + max(0, self._written - self._take_at - queued)
            end_s = math.inf
        self.clock = Clock(self._take, heard / rate, now, end_s, True)

    # The stream.

    def _open_stream(self, rate_hz: int) -> None:
        """Have a stream at this rate, or at the device's own where it refuses this one."""
        key = (self._device, rate_hz, self._depth_s())
        if self._stream is not None:
            if key == self._stream_key:
                return
            self._mixer.stop()
            self._write_fade()
            self._stream.stop()
            self._close_stream()
        if self._stale:
            sound_devices.look_again()
            self._stale = False
        stream = sound_devices.open_stream(self._device, rate_hz, self._depth_s())
        # After sounddevice registered its own, and so called before it, which ends PortAudio.
        if self not in _with_streams:
            atexit.register(_close_all)
            _with_streams.add(self)
        self._stream, self._stream_key = stream, key
        self._rate_hz = round(stream.samplerate)
        stream.start()
        room = int(stream.write_available)
        self._tells_room = room > 0
        self._capacity = room if room > 0 else max(BLOCK_FRAMES, round(stream.latency * self._rate_hz))
        # Filled with silence first: a driver may stumble while it starts, and it must not be over the sound.
        stream.write(np.zeros((self._capacity, stream.channels), np.float32))
        self._written = self._silent_frames = self._capacity
        self._full, self._had_room_at = False, time.perf_counter()
        device = self._device or "the system's own"
        _log.info("Sound output: %s, %d Hz, %d frames", device, self._rate_hz, self._capacity)

    def _close_stream(self) -> None:
        """Close at once; what is still in the queue is not heard."""
        stream, self._stream = self._stream, None
        if stream is not None:
            sound_devices.close_stream(stream)

    def _set_device(self, name: str | None) -> None:
        if name == self._device:
            return
        self._device = name
        if self._pair is None or not self._mixer.playing:
            self._close_stream()
            return
        # Go on where it was, on the other device.
        position_s, side = self._mixer.position / self._rate_hz, self._mixer.side
        self._mixer.stop()
        self._play(self._pair, position_s, side, self._take)

    def _list_devices(self) -> None:
        found: list[str] = []
        try:
            if not self._running:
                self._close_stream()
                sound_devices.look_again()
                self._stale = False
            found = sound_devices.names()
        except Exception as error:
            # An empty list says enough until something is to be played.
            _log.warning("The sound outputs cannot be listed: %s", error)
        self._on_devices(found)

    def _fail(self, error: Exception) -> None:
        """Stop, say why, and look for devices anew before the next try."""
        told = sound_devices.explained(error, self._device)
        _log.warning("%s %s", told, told.details, exc_info=not isinstance(error, SdaError))
        self._stale = True
        self._mixer.clear()
        self._close_stream()
        self._on_failed(self, told)
        self._end()

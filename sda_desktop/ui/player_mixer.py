"""What is heard, sample by sample: where the playhead is, which side of a comparison, and every fade.

No Qt and no device in here: `render` is asked for the next frames by whoever writes them out.
A file that is heard from its beginning to its end comes out unchanged but for the gain; only where the
player itself cuts into a sound (stop, seek, another sound, A/B) is there a fade.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sda_desktop.ui.player_sounds import CHANNELS, Frames, Sound

FADE_S = 0.004
# A sound that is still being made and could not keep up goes on when there is this much of it again.
CUSHION_S = 0.1


@dataclass(frozen=True, slots=True)
class Pair:
    """One or two sounds at the same rate, and the gains that make them equally loud.

    loop: each is repeated without a pause until it is stopped.
    """

    sounds: tuple[Sound, ...]
    gains: tuple[float, ...]
    loop: bool = False

    @property
    def sample_rate_hz(self) -> int:
        """Of both."""
        return self.sounds[0].sample_rate_hz

    @property
    def frames(self) -> int:
        """Of the longer one."""
        return max(sound.frames for sound in self.sounds)

    def at_rate(self, sample_rate_hz: int) -> Pair:
        """Both at another rate."""
        return replace(self, sounds=tuple(sound.at_rate(sample_rate_hz) for sound in self.sounds))


class _Layer:
    """One sound from some place on, fading in, steady, or fading out."""

    def __init__(
        self, sound: Sound, gain: float, position: int, fade_frames: int, *, fade_in: bool, loop: bool
    ) -> None:
        self.sound = sound
        self.gain = self._gain_before = gain
        self.loop = loop
        self.position = position % sound.frames if loop else position
        self.leaving = False
        self.level = 0.0 if fade_in else 1.0
        self.untouched = not fade_in  # nothing of it was heard, and it begins without a fade
        self._starved = False
        self._fade_frames = fade_frames
        self._step = 1.0 / fade_frames

    @property
    def over(self) -> bool:
        ended = self.position >= self.sound.frames and not self.loop
        return ended or (self.leaving and self.level <= 0.0)

    def ready(self, count: int) -> int:
        """How many of the next frames to ask for: less than `count` while the sound is still being made.

        The last few that there are stay behind for a fade, should nothing more come in time.
        """
        if self._starved:
            cushion = round(CUSHION_S * self.sound.sample_rate_hz)
            if self.sound.ready(self.position, cushion) < cushion:
                return 0
            self._starved = False
        there = self.sound.ready(self.position, count + self._fade_frames)
        return min(count, max(0, there - self._fade_frames))

    def add_to(self, out: Frames) -> bool:
        """Add the next frames; False if they are not there yet."""
        count = len(out)
        if self._starved or self.sound.ready(self.position, count) < count:
            return self._starve(out)
        block = self._read(count)
        if block is None:
            self.level = 0.0
            return False
        self.untouched = False
        if self.level >= 1.0 and not self.leaving and self.gain == self._gain_before:
            out += block if self.gain == 1.0 else block * np.float32(self.gain)
            return True
        slope = -self._step if self.leaving else self._step
        self._add_ramp(out, block, slope)
        return True

    def _add_ramp(self, out: Frames, block: Frames, slope: float) -> None:
        count = len(out)
        ramp = np.clip(self.level + slope * np.arange(1, count + 1), 0.0, 1.0)
        self.level = float(ramp[-1])
        gain: float | NDArray[np.float64] = self.gain
        if self.gain != self._gain_before:
            gain = np.linspace(self._gain_before, self.gain, count)
            self._gain_before = self.gain
        out += block * (ramp * gain).astype(np.float32)[:, None]

    def _starve(self, out: Frames) -> bool:
        """Fade out over what there is, and be silent until there is more."""
        count = min(len(out), self.sound.ready(self.position, self._fade_frames))
        if not self.untouched and not self._starved and count > 0:
            block = self._read(count)
            if block is not None:
                self._add_ramp(out[:count], block, -1.0 / count)
        if not self.untouched:
            self._starved, self.level = True, 0.0
        return False

    def _read(self, count: int) -> Frames | None:
        """The next frames, from the beginning again at the end of a loop; moves on."""
        if not self.loop:
            block = self.sound.read(self.position, count)
            self.position += 0 if block is None else count
            return block
        made = np.empty((count, CHANNELS), np.float32)
        # A sound that was given up may have become shorter in the meantime.
        position, done = self.position % self.sound.frames, 0
        while done < count:
            part = min(count - done, self.sound.frames - position)
            block = self.sound.read(position, part)
            if block is None:
                return None
            made[done : done + part] = block
            position, done = (position + part) % self.sound.frames, done + part
        self.position = position
        return made


class Mixer:
    """The sound that plays, and what is left of those before it."""

    def __init__(self) -> None:
        self.pair: Pair | None = None
        self._main: _Layer | None = None
        self._held: _Layer | None = None  # the sound before, while nothing of the main one is there
        self._leaving: list[_Layer] = []
        self._side = 0
        self._position = 0
        self._fade_frames = 1
        self._gain = self._gain_before = 1.0

    @property
    def playing(self) -> bool:
        """Whether there is still something of the sound to come."""
        return self._main is not None

    @property
    def position(self) -> int:
        """The frame that comes next."""
        return self._main.position if self._main is not None else self._position

    @property
    def side(self) -> int:
        """Which sound of the pair is heard."""
        return self._side

    @property
    def busy(self) -> bool:
        """Whether anything is to be heard, fades included."""
        return self._main is not None or bool(self._leaving)

    def ready(self, count: int) -> int:
        """How many of the next `count` frames can be rendered without a gap.

        None while the sound that was started is not there yet: the later it is asked again, the sooner after
        that it is heard.
        """
        self._let_go()
        if self._held is not None:
            return 0
        return count if self._main is None else self._main.ready(count)

    def extend(self, pair: Pair) -> None:
        """The same pair with more known of it: the other sound, or gains; what is heard goes on."""
        self.pair = pair
        if self._main is not None:
            self._main.gain = pair.gains[self._side]
            self._main.loop = pair.loop

    def set_gain(self, gain: float) -> None:
        """The volume, as a factor."""
        self._gain = gain

    def start(self, pair: Pair, position: int, side: int) -> None:
        """Play from a frame on; from the very first without a fade-in: the attack is the sound's own.

        The sound before goes on until something of this one is there.
        """
        before = self._held or self._main
        if before is None and not self._leaving:
            self._gain_before = self._gain
        self.pair = pair
        self._fade_frames = max(1, round(FADE_S * pair.sample_rate_hz))
        self._side = side if side < len(pair.sounds) else 0
        self._enter(position, fade_in=position > 0)
        self._held = before
        self._let_go()

    def seek(self, position: int) -> None:
        """Go on elsewhere."""
        if self._main is not None:
            self._leave()
            self._enter(position, fade_in=position > 0)

    def set_side(self, side: int) -> None:
        """Go on at the same place with the other sound of the pair."""
        if self.pair is None or side >= len(self.pair.sounds) or side == self._side:
            return
        self._side = side
        if self._main is not None:
            position = self._main.position
            self._leave()
            self._enter(position, fade_in=True)

    def stop(self) -> None:
        """Fade out."""
        if self._held is not None:
            self._main, self._held = self._held, None  # nothing of the main one was heard
        self._leave()

    def clear(self) -> None:
        """Be silent from the next frame on."""
        self.stop()
        self._leaving.clear()

    def render(self, count: int) -> Frames:
        """The next frames, (count, 2), limited to full scale; silence when nothing plays."""
        self._let_go()
        fade = self._fade_frames
        if self._is_waiting and fade < count:
            return np.concatenate([self._render(fade), self._render(count - fade)])
        return self._render(count)

    @property
    def _is_waiting(self) -> bool:
        """Another sound waits until the one before has faded out, so that its attack is its own."""
        return bool(self._leaving) and self._main is not None and self._main.untouched

    def _let_go(self) -> None:
        """Let the sound before fade, once something of the next one is there."""
        held = self._held
        if held is not None and (held.over or self._main is None or self._main.ready(1) > 0):
            self._held = None
            held.leaving = True
            self._leaving.append(held)

    def _render(self, count: int) -> Frames:
        out = np.zeros((count, CHANNELS), np.float32)
        waiting = self._is_waiting
        if self._held is not None:
            self._held.add_to(out)
            waiting = True
        self._leaving = [layer for layer in self._leaving if layer.add_to(out) and not layer.over]
        if self._main is not None and not waiting:
            self._main.add_to(out)
            if self._main.over:
                self._position = self._main.position
                self._main = None
        self._apply_gain(out)
        return out

    def _enter(self, position: int, *, fade_in: bool) -> None:
        assert self.pair is not None
        sound, gain = self.pair.sounds[self._side], self.pair.gains[self._side]
        self._main = _Layer(
            sound, gain, max(0, position), self._fade_frames, fade_in=fade_in, loop=self.pair.loop
        )

    def _leave(self) -> None:
        if self._main is not None:
            self._position = self._main.position
            self._main.leaving = True
            self._leaving.append(self._main)
            self._main = None

    def _apply_gain(self, out: Frames) -> None:
        if self._gain != self._gain_before:
            ramp = np.linspace(self._gain_before, self._gain, len(out), dtype=np.float32)
            self._gain_before = self._gain
            out *= ramp[:, None]
        elif self._gain != 1.0:
            out *= np.float32(self._gain)
        np.clip(out, -1.0, 1.0, out=out)

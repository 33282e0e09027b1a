"""Two models at once: their sounds are mixed, block by block.

Each model has a latent space of its own, learnt from other sounds and from another start: the same place
means another sound in another model.  So it is the sounds that are mixed, not the latents.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self, get_args

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.io import StreamResampler
from sda_desktop.errors import BadInputError
from sda_desktop.generation.shaping import limited
from sda_desktop.words import say

Block = NDArray[np.float32]
Mode = Literal["level", "time"]


@dataclass(frozen=True, slots=True)
class BlendValues:
    """How the sounds of two models are mixed.

    other: identity of the second model, None for the first one alone.  mode: "level" holds one mixture over
    the sound, "time" fades from the first to the second.  balance: 0 for the first alone, 1 for the second
    alone.  fade_from, fade_to: shares of the sound's time between which the fade happens.
    """

    other: str | None = None
    mode: Mode = "level"
    balance: float = 0.5
    fade_from: float = 0.25
    fade_to: float = 0.75

    def __post_init__(self) -> None:
        """Raises BadInputError."""
        shares = (self.balance, self.fade_from, self.fade_to)
        if self.mode not in get_args(Mode) or not all(0 <= share <= 1 for share in shares):
            raise _refused(f"{asdict(self)}")
        if self.fade_from > self.fade_to:
            raise _refused(say("the fade ends before it begins"))

    def to_json(self) -> dict[str, Any]:
        """For the settings of the window."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of to_json; what is missing is at its default.  Raises BadInputError."""
        try:
            known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
            for name in known.keys() & {"balance", "fade_from", "fade_to"}:
                known[name] = float(known[name])
            if known.get("other") is not None:
                known["other"] = str(known["other"])
            return cls(**known)
        except (AttributeError, TypeError, ValueError) as error:
            raise _refused(repr(error)) from error


def share_of_second(values: BlendValues, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the mixture is from the first model to the second, 0 to 1, at shares `at` of the time."""
    if values.other is None:
        return np.zeros_like(at)
    if values.mode == "level":
        return np.full_like(at, values.balance)
    span = values.fade_to - values.fade_from
    if span <= 0:
        return (at >= values.fade_from).astype(np.float64)
    return np.asarray(np.clip((at - values.fade_from) / span, 0.0, 1.0))


def equal_power(share: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The gains of the first and the second sound: their squares sum to one, at the ends one is silent."""
    first, second = np.cos(0.5 * math.pi * share), np.sin(0.5 * math.pi * share)
    return np.where(share >= 1.0, 0.0, first), second


def blended(
    first: Iterator[Block],
    second: Iterator[Block],
    values: BlendValues,
    *,
    rates_hz: tuple[int, int],
    seconds: float,
) -> Iterator[Block]:
    """The mixture of two sounds (1, n) at the rate of the first, as long as the longer one, below full scale.

    rates_hz: of the first and the second.  seconds: the length of the longer one, over which a fade in time
    is laid.  A block comes as soon as both sounds have samples for it, so that a short first block stays a
    short one; how the sounds are cut into blocks changes nothing.
    """
    frames = max(1, round(seconds * rates_hz[0]))
    return limited(_mixed(first, _at_rate(second, *rates_hz), values, frames), rates_hz[0])


def _at_rate(blocks: Iterator[Block], rate_hz: int, own_rate_hz: int) -> Iterator[Block]:
    if rate_hz == own_rate_hz:
        yield from blocks
        return
    resampler = StreamResampler(own_rate_hz, rate_hz, channels=1)
    for block in blocks:
        yield resampler.push(block)
    yield resampler.finish()


def _mixed(
    first: Iterable[Block], second: Iterable[Block], values: BlendValues, frames: int
) -> Iterator[Block]:
    """Both sounds times their gains; where one is over, the other goes on."""
    sounds = (_Waiting(first), _Waiting(second))
    position = 0
    while True:
        ready = [sound.frames_ready() for sound in sounds]
        if not any(ready):
            return
        length = min(count for count in ready if count)
        share = share_of_second(values, (position + np.arange(length)) / frames)
        parts = [gain * sound.take(length) for gain, sound in zip(equal_power(share), sounds, strict=True)]
        yield (parts[0] + parts[1]).astype(np.float32)
        position += length


class _Waiting:
    """A stream of which some samples wait for those of another."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = iter(blocks)
        self._left: Block = np.zeros((1, 0), np.float32)

    def frames_ready(self) -> int:
        """How many samples wait; 0 only when the stream is over."""
        while self._left.shape[1] == 0 and (block := next(self._blocks, None)) is not None:
            self._left = block
        return int(self._left.shape[1])

    def take(self, frames: int) -> Block:
        """The next samples (1, frames), silence where the stream is over."""
        taken, self._left = self._left[:, :frames], self._left[:, frames:]
        return taken if taken.shape[1] else np.zeros((1, frames), np.float32)


def _refused(details: str) -> BadInputError:
    return BadInputError(
        say("These settings of a blend cannot be used."), say("Set the blend anew."), details
    )

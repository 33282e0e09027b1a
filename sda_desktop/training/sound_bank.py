"""Where the sounds of a corpus lie in the latent spaces of a model, and new sounds between them.

A draw from the standard normal misses most of a corpus.  A new sound is made between a sound and one of its
nearest neighbours instead: from a global latent between theirs, and with a blend of what their sequences
hold beyond what the prior expects of them.  That remainder is the fine course of a real sound, which the
prior's mean lacks and noise that is independent of everything does not bring back.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sda_desktop.errors import Cancelled
from sda_desktop.training.codec import Sound, SoundCodec

BANK_GROUP = "bank"  # its group of tensors in a checkpoint
NEIGHBOURS = 5
SHARE_RANGE = (0.1, 0.9)  # never quite one of the two sounds
TEMPERATURE = 0.2  # of the prior's noise on top: the same two sounds are not blended alike twice
TEMPERATURE_ALONE = 0.7  # of models that kept no remainders


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two sounds of a bank."""

    first: int
    second: int
    share: float  # of the second
    seconds: float  # a duration that suits it


class SoundBank:
    """Sounds of a corpus as a model knows them."""

    def __init__(self, latents: Tensor, seconds: Tensor, remainders: Sequence[Tensor] | None = None) -> None:
        """latents (N, G), the sounds' durations (N,), and of each the remainder of its sequence (S, L).

        The first models kept no remainders.  Raises ValueError if there are no sounds, or not as many of
        each.
        """
        numbers = {len(latents), len(seconds), len(latents if remainders is None else remainders)}
        if numbers == {0} or len(numbers) != 1:
            raise ValueError("the bank needs at least one sound, with a duration and a remainder for each")
        self.latents = latents
        self.seconds = seconds
        self.remainders = None if remainders is None else list(remainders)

    @classmethod
    @torch.no_grad()
    def measure(
        cls, codec: SoundCodec, sounds: Iterable[tuple[Sound, float]], stop: threading.Event | None = None
    ) -> SoundBank:
        """The bank of (samples, duration of the whole sound in seconds) pairs; samples may be its beginning.

        Raises Cancelled between two sounds when `stop` is set.
        """
        latents, seconds, remainders = [], [], []
        for sound, duration_s in sounds:
            if stop is not None and stop.is_set():
                raise Cancelled
            known = codec.encode(sound)
            expected = codec.latents_from_global(known.global_, known.samples)
            latents.append(known.global_.cpu())
            seconds.append(duration_s)
            remainders.append((known.local - expected)[0].half().cpu())
        return cls(torch.cat(latents), torch.tensor(seconds), remainders)

    def to_tensors(self) -> dict[str, Tensor]:
        """For a checkpoint."""
        tensors = {"latents": self.latents, "seconds": self.seconds}
        if self.remainders is not None:
            tensors["remainders"] = torch.cat(self.remainders)
            tensors["remainder_steps"] = torch.tensor([len(remainder) for remainder in self.remainders])
        return tensors

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, Tensor]) -> SoundBank:
        """The inverse of to_tensors.  Raises KeyError, ValueError, RuntimeError."""
        remainders = None
        if "remainders" in tensors:
            remainders = tensors["remainders"].split(tensors["remainder_steps"].tolist())
        return cls(tensors["latents"], tensors["seconds"], remainders)

    # New sounds -------------------------------------------------------------------------------------

    def draw(self, rng: np.random.Generator) -> Place:
        """A place between a random sound and one of its nearest neighbours."""
        first = int(rng.integers(len(self.latents)))
        if len(self.latents) == 1:
            return Place(0, 0, 0.0, float(self.seconds[0]))
        distances = (self.latents - self.latents[first]).norm(dim=1)
        distances[first] = -1  # itself comes first, also among exact duplicates
        nearest = distances.argsort()[1 : 1 + NEIGHBOURS]
        second = int(nearest[int(rng.integers(len(nearest)))])
        share = float(rng.uniform(*SHARE_RANGE))
        # Durations are interpolated as ratios: between 0.1 and 10 s lies 1 s.
        ends = torch.log(self.seconds[[first, second]].clamp_min(1e-3))
        return Place(first, second, share, float(torch.exp(torch.lerp(ends[0], ends[1], share))))

    @torch.no_grad()
    def sequence(
        self, codec: SoundCodec, place: Place, samples: int, generator: torch.Generator | None = None
    ) -> Tensor:
        """z (1, S, L) of a whole sound at a place, with a little noise if there is a generator."""
        ends = self.latents[place.first], self.latents[place.second]
        latent = torch.lerp(*ends, place.share)[None].to(codec.device)
        temperature = TEMPERATURE_ALONE if self.remainders is None else TEMPERATURE
        if generator is None:
            temperature = 0.0
        z = codec.latents_from_global(latent, samples, temperature=temperature, generator=generator)
        if self.remainders is not None:
            where, step_s = torch.arange(z.shape[1]) / z.shape[1], codec.config.step_seconds
            blended = torch.lerp(
                self.remainder(place.first, where, step_s),
                self.remainder(place.second, where, step_s),
                place.share,
            )
            z = z + blended.to(z.device)
        return z

    def remainder(self, index: int, where: Tensor, step_seconds: float) -> Tensor:
        """What the sequence of a sound holds beyond the prior's expectation, (S, L), at places `where` (S,)
        from 0, its onset, to 1, its end.

        Of a long sound only the beginning is kept: from there on it goes back and forth.  Raises
        ValueError for a model that kept none.
        """
        if self.remainders is None:
            raise ValueError("this model kept no remainders")
        kept = self.remainders[index].float()
        whole = max(float(len(kept)), float(self.seconds[index]) / step_seconds)
        last = max(1, len(kept) - 1)
        at = where * whole % (2 * last)
        at = torch.where(at > last, 2 * last - at, at).clamp(0, len(kept) - 1)
        below = at.floor().long()
        above = (below + 1).clamp_max(len(kept) - 1)
        return torch.lerp(kept[below], kept[above], (at - below)[:, None])

    def invent(
        self,
        codec: SoundCodec,
        rng: np.random.Generator,
        *,
        seconds: float | None = None,
        longest_s: float = float("inf"),
        stop: threading.Event | None = None,
    ) -> Sound:
        """A new sound (1, samples): everything about it follows from rng.

        seconds: its duration; None: one that suits its place.  Raises Cancelled when `stop` is set.
        """
        place = self.draw(rng)
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        duration_s = min(place.seconds if seconds is None else seconds, longest_s)
        samples = max(1, round(duration_s * codec.sample_rate_hz))
        return codec.render(self.sequence(codec, place, samples, generator), samples, stop)

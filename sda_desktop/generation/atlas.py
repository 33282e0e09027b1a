"""The corpus of a model as the model knows it: every sound with its place in the latent spaces.

A checkpoint carries the places of some sounds, which is enough to invent new ones.  To find one's way among
all sounds by name, an atlas is measured once for a model, from the sounds themselves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from sda_desktop.audio.cache import SoundCache
from sda_desktop.audio.features import Features, measure_features
from sda_desktop.errors import AudioFileError, BadInputError, Cancelled
from sda_desktop.generation.outline import Outline, outline_of
from sda_desktop.training.codec import Sound, SoundCodec
from sda_desktop.training.found_again import FoundAgain
from sda_desktop.training.sound_bank import SoundBank
from sda_desktop.words import say

# What is kept of a sound of the corpus; of one that was added by hand, all that a recipe can ask for.
KEPT_S = 8.0
ADDED = "added-"  # the keys of sounds that were added by hand begin so
FEATURES_S = 30.0
# How much of a long sound is encoded at once, with some before and after that is heard but not kept.
PIECE_STEPS, MARGIN_STEPS = 320, 8

OnProgress = Callable[[int, int, str], None]  # done, of how many, name of the next


@dataclass(frozen=True, slots=True, eq=False)
class AtlasSound:
    """What is known of one sound.

    key: the same for the same sound in every model.  folder: the names of the folders it lies in, below what
    all sounds share.  path: None where only the model came along.  peak: of the sound as it was.
    outline: see outline.py.
    """

    key: str
    name: str
    folder: str
    path: Path | None
    seconds: float
    peak: float
    outline: Outline
    features: Features

    @property
    def is_added(self) -> bool:
        """Whether it is not of the corpus, but was added by hand."""
        return self.key.startswith(ADDED)


@dataclass(frozen=True, slots=True)
class Source:
    """A sound that an atlas is to be made of.

    stamp: its size in bytes and the time of its change in ns, as they were when the model heard it.
    content: its content_hash then; "" if that is not known.
    """

    key: str
    name: str
    folder: str
    path: Path
    stamp: tuple[int, int]
    content: str = ""


class Atlas:
    """Sounds and their places, in the same order."""

    def __init__(self, sounds: Sequence[AtlasSound], bank: SoundBank) -> None:
        """Raises ValueError if there are not as many of each, or a key twice."""
        self.sounds = tuple(sounds)
        self.bank = bank
        self._indices = {sound.key: index for index, sound in enumerate(self.sounds)}
        self._heard = len(self.corpus)
        if not len(self.sounds) == len(bank.latents) == len(self._indices):
            raise ValueError("an atlas needs one place for each sound, and a key of its own for each")

    def __len__(self) -> int:
        return len(self.sounds)

    @property
    def latents(self) -> Tensor:
        """The global latent of each sound, (N, G), on the CPU."""
        return self.bank.latents

    @property
    def spread(self) -> Tensor:
        """How far the corpus spreads in each global latent, (G,); of the prior where one sound is all.

        What was added by hand does not count: a recipe makes the same sound before and after.
        """
        if self._heard < 2:
            return torch.ones(self.latents.shape[1])
        return self.latents[: self._heard].std(0)

    def has(self, key: str) -> bool:
        """Whether there is a sound with that key."""
        return key in self._indices

    def index(self, key: str) -> int:
        """Raises BadInputError for a sound that is not of this model."""
        try:
            return self._indices[key]
        except KeyError:
            raise BadInputError(
                say("This sound was made from one that the model does not have."),
                say("Open it with the model that it was made with."),
                f"key {key}",
            ) from None

    def nearest(self, index: int, count: int) -> list[int]:
        """The sounds of the corpus nearest to one in the global latents, nearest first, without itself."""
        distances = (self.latents[: self._heard] - self.latents[index]).norm(dim=1)
        order = [int(other) for other in distances.argsort()[: count + 1]]
        return [other for other in order if other != index][:count]

    def with_sound(self, sound: AtlasSound, latents: SoundBank) -> Atlas:
        """This atlas and one more sound, whose bank holds it alone."""
        return Atlas(
            [*self.sounds, sound],
            SoundBank(
                torch.cat([self.bank.latents, latents.latents]),
                torch.cat([self.bank.seconds, latents.seconds]),
                [*(self.bank.remainders or []), *(latents.remainders or [])],
            ),
        )

    @property
    def corpus(self) -> tuple[AtlasSound, ...]:
        """The sounds that the model was made from; they come before those that were added."""
        return tuple(sound for sound in self.sounds if not sound.is_added)

    def without_paths(self) -> Atlas:
        """This atlas as it is where its sounds are not."""
        return Atlas([replace(sound, path=None) for sound in self.sounds], self.bank)

    # Files --------------------------------------------------------------------------------------------

    def to_tensors(self) -> dict[str, Tensor]:
        """The numbers of it, for a file."""
        outlines = torch.from_numpy(np.stack([sound.outline for sound in self.sounds])).half()
        return {**self.bank.to_tensors(), "outlines": outlines}

    def to_json(self) -> list[dict[str, Any]]:
        """The words of it, one entry for each sound."""
        return [
            {
                "key": sound.key,
                "name": sound.name,
                "folder": sound.folder,
                "path": None if sound.path is None else str(sound.path),
                "seconds": sound.seconds,
                "peak": sound.peak,
                "features": {name: _or_none(value) for name, value in asdict(sound.features).items()},
            }
            for sound in self.sounds
        ]

    @classmethod
    def from_parts(cls, entries: Sequence[Mapping[str, Any]], tensors: Mapping[str, Tensor]) -> Atlas:
        """The inverse of to_json and to_tensors.  Raises KeyError, TypeError, ValueError, RuntimeError."""
        outlines = tensors["outlines"].float().numpy()
        sounds = [
            AtlasSound(
                str(entry["key"]),
                str(entry["name"]),
                str(entry["folder"]),
                None if entry["path"] is None else Path(entry["path"]),
                float(entry["seconds"]),
                float(entry["peak"]),
                outline,
                Features(**{name: _or_nan(value) for name, value in entry["features"].items()}),
            )
            for entry, outline in zip(entries, outlines, strict=True)
        ]
        return cls(sounds, SoundBank.from_tensors(tensors))


def measure_atlas(
    codec: SoundCodec,
    sources: Sequence[Source],
    *,
    known: Mapping[str, AtlasSound] | None = None,
    places: Sequence[Path] = (),
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> tuple[Atlas, list[str]]:
    """The atlas of those sounds that can be read, and a sentence on each that cannot.

    known: sounds by their keys, from an atlas of another model: they are not described again.  places: where
    to look for sounds that are not where they were.
    Raises BadInputError if no sound is left, Cancelled between two sounds.
    """
    cache, known = SoundCache(), known or {}
    search = FoundAgain(places, stop)
    problems: list[str] = []
    sounds: list[AtlasSound] = []
    banks: list[SoundBank] = []
    for number, source in enumerate(sources):
        if stop is not None and stop.is_set():
            raise Cancelled
        if on_progress is not None:
            on_progress(number, len(sources), source.name)
        try:
            path = _find(source, search)
            cached = cache.load(path, codec.sample_rate_hz, stop=stop)
            samples = cached.read(0, min(cached.frames, round(FEATURES_S * cached.sample_rate_hz)))
        except AudioFileError as error:
            problems.append(str(error))
            continue
        sounds.append(
            replace(known[source.key], path=path)
            if source.key in known
            else describe(
                samples,
                codec.sample_rate_hz,
                cached.duration_s,
                key=source.key,
                name=source.name,
                folder=source.folder,
                path=path,
            )
        )
        beginning = samples[:, : round(KEPT_S * codec.sample_rate_hz)]
        banks.append(SoundBank.measure(codec, [(beginning, cached.duration_s)]))
    if on_progress is not None:
        on_progress(len(sources), len(sources), "")
    if not sounds:
        raise BadInputError(
            say("None of the sounds that this model was trained on can be read."),
            say("Put them back where they were to see them on the map."),
            "\n".join(problems),
        )
    return Atlas(sounds, joined(banks)), problems


def _find(source: Source, search: FoundAgain) -> Path:
    """Where the sound is now.  Raises AudioFileError, Cancelled."""
    size, changed_ns = source.stamp
    record = {"path": str(source.path), "size_bytes": size, "mtime_ns": changed_ns, "content": source.content}
    try:
        return Path(search.find(record)["path"])
    except AudioFileError as error:
        if not source.path.exists():
            raise AudioFileError(
                say("{name} is no longer there.", name=source.name),
                say("Put it back to see it on the map."),
                str(error),
            ) from error
        raise AudioFileError(
            say("{name} is not the sound any more that the model was trained on.", name=source.name)
        ) from error


def describe(
    samples: Sound,
    sample_rate_hz: int,
    seconds: float | None = None,
    *,
    key: str,
    name: str,
    folder: str = "",
    path: Path | None = None,
) -> AtlasSound:
    """What is known of a sound without a model.

    samples: (channels, frames), perhaps only the beginning of a sound that lasts `seconds`.
    """
    return AtlasSound(
        key,
        name,
        folder,
        path,
        samples.shape[1] / sample_rate_hz if seconds is None else seconds,
        float(np.abs(samples).max(initial=0.0)),
        outline_of(samples),
        measure_features(samples, sample_rate_hz),
    )


@torch.no_grad()
def place_whole(codec: SoundCodec, samples: Sound) -> SoundBank:
    """The bank of one sound (channels, frames), with the remainder of its whole length.

    A long sound is worked through in pieces; its global latent is their mean.
    """
    mono = samples.mean(0, keepdims=True, dtype=np.float32)
    peak = float(np.abs(mono).max(initial=0.0))
    step = codec.config.frames_per_step * codec.config.hop_samples
    steps = codec.times(mono.shape[1]).shape[1]
    latents, sequences = [], []
    for first in range(0, steps, PIECE_STEPS):
        begin = max(0, first - MARGIN_STEPS)
        end = min(steps, first + PIECE_STEPS)
        known = codec.encode(mono[:, begin * step : (end + MARGIN_STEPS) * step], peak)
        latents.append(known.global_)
        sequences.append(known.local[0, first - begin : end - begin])
    latent = torch.cat(latents).mean(0, keepdim=True)
    expected = codec.latents_from_global(latent, mono.shape[1])[0]
    remainder = (torch.cat(sequences) - expected).half().cpu()
    return SoundBank(latent.cpu(), torch.tensor([mono.shape[1] / codec.sample_rate_hz]), [remainder])


def joined(banks: Iterable[SoundBank]) -> SoundBank:
    """One bank of many."""
    banks = list(banks)
    return SoundBank(
        torch.cat([bank.latents for bank in banks]),
        torch.cat([bank.seconds for bank in banks]),
        [remainder for bank in banks for remainder in bank.remainders or []],
    )


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)

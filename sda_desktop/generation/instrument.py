"""A trained model to be played: from recipes to sound, block by block."""

from __future__ import annotations

import functools
import hashlib
import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sda_desktop.errors import BadInputError
from sda_desktop.generation import shaping
from sda_desktop.generation.atlas import ADDED, Atlas, AtlasSound, describe, place_whole
from sda_desktop.generation.blend import BlendValues, blended
from sda_desktop.generation.recipe import (
    LONGEST_S,
    MAX_SEED,
    SHORTEST_S,
    Partner,
    Recipe,
    Stop,
    Weights,
    normalised,
)
from sda_desktop.generation.sequence import DRAW_EVENTS, course_weights, natural_length_s, sequence
from sda_desktop.generation.timeline import STRETCH
from sda_desktop.generation.trained_model import TrainedModel
from sda_desktop.training.codec import SILENT_PEAK, SoundCodec
from sda_desktop.words import say

Sound = NDArray[np.float32]

DEFAULT_AMOUNT = 0.5  # of novelty: as measured for the previews
NEIGHBOURS = 5
SHARE_RANGE = (0.1, 0.9)
MORPH_S = 2.0  # shorter morphs are heard as a jump
LONGEST_EVENT_S = 8.0
EVENT_GAIN_DB = (-9.0, 0.0)
EVENT_SPACING = (0.4, 1.6)  # of the mean: neither a pulse nor, as with independent events, holes
# The seam of a loop: of a sound that is gone through once, and of one that goes on.
SEAM_S, LONG_SEAM_S = 0.01, 0.3


class Instrument:
    """Makes sounds from recipes, and recipes to begin with.  For one thread at a time.

    What it makes depends on the recipe alone: the same recipe gives the same samples, bit for bit, on the
    same machine.
    """

    def __init__(
        self,
        model: TrainedModel,
        atlas: Atlas,
        directions: Mapping[str, Tensor] | None = None,
        on_sound_added: Callable[[Atlas], None] | None = None,
    ) -> None:
        """directions: of the sliders, a change of the global latent (G,) each.

        on_sound_added: keeps a sound that was added by hand, given as an atlas of it alone.
        """
        self.model = model
        self.atlas = atlas
        self.directions = dict(directions or {})
        self.identity = identity_of(model.codec)
        self.partners: dict[str, Instrument] = {}  # by identity, for recipes that mix two models
        self._on_sound_added = on_sound_added

    @property
    def sample_rate_hz(self) -> int:
        """Of everything that comes out."""
        return self.model.sample_rate_hz

    # Recipes ------------------------------------------------------------------------------------------

    def random(
        self,
        seed: int,
        *,
        seconds: float | None = None,
        amount: float = DEFAULT_AMOUNT,
        **more: Any,  # noqa: ANN401
    ) -> Recipe:
        """A new sound somewhere in the corpus, which follows from the seed, whatever was added by hand.

        amount: of novelty.  0 stays near one sound, 0.5 lies between two neighbours, 1 leads towards a third
        and far from the expected.  more: other fields of the recipe.
        """
        rng = np.random.default_rng([seed])
        heard = len(self.atlas.corpus)
        first = int(rng.integers(heard))
        near = self.atlas.nearest(first, NEIGHBOURS)
        second = near[int(rng.integers(len(near)))] if near else first
        share = float(rng.uniform(*SHARE_RANGE))
        third, beyond = int(rng.integers(heard)), float(rng.uniform(0, 0.5))
        close, far = min(1.0, 2 * amount), max(0.0, 2 * amount - 1)
        share = share * close if share < 0.5 else 1 - (1 - share) * close
        places = [(first, 1 - share), (second, share)]
        shares = [(index, (1 - far * beyond) * value) for index, value in places] + [(third, far * beyond)]
        recipe = self.at(self._weights(shares), seed=seed, novelty=0.4 * amount + 0.2 * far, **more)
        return self._long(recipe, seconds).replaced(kind="random", title=say("New sound {seed}", seed=seed))

    def at(
        self,
        weights: Weights,
        *,
        seconds: float | None = None,
        seed: int = 0,
        **more: Any,  # noqa: ANN401
    ) -> Recipe:
        """The sound of one place between sounds."""
        course = (Stop(0.0, normalised(weights)),)
        title = self._title(course[0].weights)
        return self._long(Recipe(self.identity, "place", title, course, 1.0, seed=seed, **more), seconds)

    def sound(self, key: str) -> Recipe:
        """A sound as the model hears it."""
        known = self._sound(key)
        recipe = Recipe(self.identity, "sound", known.name, (Stop(0.0, ((key, 1.0),)),), 1.0, novelty=0.0)
        return self._long(recipe, known.seconds)

    def resynthesis(self, key: str) -> Recipe:
        """A sound that was added by hand as the model hears it, at its own level."""
        return self.sound(key).replaced(kind="resynthesis")

    def vary(self, recipe: Recipe, amount: float, seed: int) -> Recipe:
        """A sound near another one: towards a neighbour, and off the way, as far as `amount` says, 0 to 1."""
        rng = np.random.default_rng([seed])
        main = max(recipe.course[0].weights, key=lambda pair: pair[1])[0]
        near = self.atlas.nearest(self.atlas.index(main), NEIGHBOURS)
        neighbour = near[int(rng.integers(len(near)))] if near else self.atlas.index(main)
        share = amount * float(rng.uniform(0.2, 0.6))
        course = tuple(
            Stop(stop.at, _towards(stop.weights, self.atlas.sounds[neighbour].key, share))
            for stop in recipe.course
        )
        title = (
            recipe.title if recipe.kind == "variation" else say("Variation of {title}", title=recipe.title)
        )
        return recipe.replaced(kind="variation", title=title, course=course, variation=amount, seed=seed)

    def morph(
        self,
        course: Sequence[Stop],
        *,
        seconds: float | None = None,
        seed: int = 0,
        **more: Any,  # noqa: ANN401
    ) -> Recipe:
        """A sound that goes from place to place."""
        stops = tuple(Stop(stop.at, normalised(stop.weights)) for stop in course)
        names = [self._title(stop.weights) for stop in (stops[0], stops[-1])]
        title = " to ".join(dict.fromkeys(names))
        recipe = Recipe(self.identity, "morph", title, stops, 1.0, seed=seed, **more)
        return self._long(recipe, seconds, at_least_s=MORPH_S)

    def add_sound(self, samples: Sound, name: str) -> str:
        """Make a sound (channels, frames) at the model's rate one of the atlas's; its key.

        Raises BadInputError for silence and for what is too long.
        """
        seconds = samples.shape[1] / self.sample_rate_hz
        if not SHORTEST_S <= seconds <= LONGEST_S:
            raise BadInputError(
                say(
                    "{name} lasts {seconds:.2f} s; the model takes sounds of {shortest_s:g} to "
                    "{longest_s:g} s.",
                    name=name,
                    seconds=seconds,
                    shortest_s=SHORTEST_S,
                    longest_s=LONGEST_S,
                ),
                say("Cut out the part that you want."),
            )
        if float(np.abs(samples).max(initial=0.0)) < SILENT_PEAK:
            raise BadInputError(say("{name} is silent.", name=name), say("Choose a sound that can be heard."))
        mono = np.ascontiguousarray(samples.mean(0, keepdims=True, dtype=np.float32))
        key = ADDED + hashlib.sha256(mono.tobytes()).hexdigest()[:16]
        if not self.atlas.has(key):
            codec = self.model.codec
            added = describe(mono, codec.sample_rate_hz, key=key, name=name)
            with one_thread():
                place = place_whole(codec, mono)
            self.atlas = self.atlas.with_sound(added, place)
            if self._on_sound_added is not None:
                self._on_sound_added(Atlas([added], place))
        return key

    # Sounds -------------------------------------------------------------------------------------------

    def can_make(self, recipe: Recipe) -> bool:
        """Whether all models that a recipe needs are here."""
        partner = recipe.partner
        return recipe.model == self.identity and (partner is None or partner.recipe.model in self.partners)

    def stream(self, recipe: Recipe, stop: threading.Event | None = None) -> Iterator[Sound]:
        """The sound block by block (1, n), `seconds` in all, each made when it is asked for.

        Raises BadInputError for a recipe of another model, Cancelled when `stop` is set.
        """
        if recipe.model != self.identity:
            raise BadInputError(
                say("This sound was made with another model, or with another state of this one."),
                say("Open the model that it was made with."),
                f"{recipe.model} is not {self.identity}",
            )
        if recipe.partner is None:
            return self._alone(recipe, stop)
        return self._with_partner(recipe, recipe.partner, stop)

    def _alone(self, recipe: Recipe, stop: threading.Event | None) -> Iterator[Sound]:
        samples = max(1, round(recipe.seconds * self.sample_rate_hz))
        make = self._events if recipe.density else self._single
        with one_thread():
            blocks = shaping.limited(make(recipe, samples, stop), self.sample_rate_hz)
        while True:
            with one_thread():
                block = next(blocks, None)
            if block is None:
                return
            yield block

    def _with_partner(
        self, recipe: Recipe, partner: Partner, stop: threading.Event | None
    ) -> Iterator[Sound]:
        other = self.partners.get(partner.recipe.model)
        if other is None:
            raise BadInputError(
                say("This sound is a blend, and its second model is not open."),
                say("Choose that model for the blend."),
            )
        values = BlendValues(
            other.identity, partner.mode, partner.balance, partner.fade_from, partner.fade_to
        )
        return blended(
            self._alone(recipe, stop),
            other.stream(partner.recipe, stop),
            values,
            rates_hz=(self.sample_rate_hz, other.sample_rate_hz),
            seconds=max(recipe.seconds, partner.recipe.seconds),
        )

    def render(self, recipe: Recipe, stop: threading.Event | None = None) -> Sound:
        """The whole sound, (1, samples)."""
        return np.concatenate(list(self.stream(recipe, stop)), axis=1)

    def latent_of(self, recipe: Recipe) -> Tensor:
        """The global latent (G,) that a recipe begins with, before its sliders."""
        weights = recipe.course[0].weights
        shares = torch.tensor([share for _, share in weights])
        latent: Tensor = shares @ self.atlas.latents[[self.atlas.index(key) for key, _ in weights]]
        return latent

    def natural_s(self, recipe: Recipe) -> float:
        """The length that suits a recipe's places, in seconds."""
        along = natural_length_s(self.atlas, recipe, np.linspace(0, 1, 17))
        return float(np.exp(np.mean(np.log(along))))

    def _single(self, recipe: Recipe, samples: int, stop: threading.Event | None) -> Iterator[Sound]:
        """One continuous sound."""
        goes_on = recipe.loop and recipe.seconds > STRETCH * self.natural_s(recipe)
        seam = min(samples // 4, round((LONG_SEAM_S if goes_on else SEAM_S) * self.sample_rate_hz))
        frames = samples + seam if goes_on else samples
        codec = self.model.codec
        z = sequence(codec, self.atlas, self.directions, recipe, frames, endless=goes_on)
        blocks: Iterator[Sound] = codec.stream(z, frames, stop)
        if recipe.kind == "resynthesis":
            gain = self._gain(recipe)
            blocks = (gain * block for block in blocks)
        if recipe.loop:
            # Before the onset of a sound that does not go on lies silence.
            before = () if goes_on else (np.zeros((1, seam), np.float32),)
            blocks = shaping.closed_loop(itertools.chain(before, blocks), seam)
        return blocks

    def _gain(self, recipe: Recipe) -> np.float32:
        """The level of the sounds that a recipe begins with, as they were."""
        peaks = [
            (self.atlas.sounds[self.atlas.index(key)].peak, share) for key, share in recipe.course[0].weights
        ]
        return np.float32(np.prod([peak**share for peak, share in peaks]))

    def _events(self, recipe: Recipe, samples: int, stop: threading.Event | None) -> Iterator[Sound]:
        """Many sounds, one after the other and over each other."""
        length_s = min(self.natural_s(recipe), LONGEST_EVENT_S)
        # So that a denser texture is not a louder one.
        gain = 1 / np.sqrt(max(1.0, recipe.density * length_s))
        seam = min(samples // 4, round(LONG_SEAM_S * self.sample_rate_hz)) if recipe.loop else 0
        blocks = shaping.mixed(self._each_event(recipe, samples + seam, float(gain), stop), samples + seam)
        return shaping.closed_loop(blocks, seam) if seam else blocks

    def _each_event(
        self, recipe: Recipe, samples: int, gain: float, stop: threading.Event | None
    ) -> Iterator[shaping.Event]:
        rng = np.random.default_rng([recipe.seed, DRAW_EVENTS])
        at_s = 0.0
        while (start := round(at_s * self.sample_rate_hz)) < samples:
            weights = course_weights(recipe, np.array([start / samples]))[0]
            place = normalised([pair for pair in zip(recipe.keys, weights.tolist(), strict=True) if pair[1]])
            single = recipe.replaced(
                course=(Stop(0.0, place),), density=0.0, loop=False, kind="place", seed=_seed(rng)
            )
            event = self.vary(single, max(recipe.variation, recipe.novelty), _seed(rng))
            event = event.replaced(seconds=min(LONGEST_EVENT_S, self._length_s(self.natural_s(event))))
            level = 10 ** (float(rng.uniform(*EVENT_GAIN_DB)) / 20)
            frames = round(event.seconds * self.sample_rate_hz)
            yield shaping.Event(start, gain * level, functools.partial(self._single, event, frames, stop))
            at_s += float(rng.uniform(*EVENT_SPACING)) / recipe.density

    # Small things -------------------------------------------------------------------------------------

    def _sound(self, key: str) -> AtlasSound:
        return self.atlas.sounds[self.atlas.index(key)]

    def _weights(self, shares: Sequence[tuple[int, float]]) -> Weights:
        """Shares of sounds by index, of which some may be the same, as weights by key."""
        summed: dict[str, float] = {}
        for index, share in shares:
            key = self.atlas.sounds[index].key
            summed[key] = summed.get(key, 0.0) + share
        return normalised(summed)

    def _long(self, recipe: Recipe, seconds: float | None, at_least_s: float = SHORTEST_S) -> Recipe:
        """The recipe with a length: the given one, or one that suits its places."""
        if seconds is None:
            seconds = max(at_least_s, self._length_s(self.natural_s(recipe)))
        return recipe.replaced(seconds=seconds)

    @staticmethod
    def _length_s(seconds: float) -> float:
        return min(LONGEST_S, max(SHORTEST_S, seconds))

    def _title(self, weights: Weights) -> str:
        """The names of the sounds that have the most to say."""
        named = [self._sound(key).name for key, share in weights if share >= 0.2]
        return say(" and ").join(named[:2]) or say("Between sounds")


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch reckon in this thread alone: with another number of threads it rounds differently."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def identity_of(codec: SoundCodec) -> str:
    """A name for the weights of a model: the same for the same weights, wherever they lie."""
    digest = hashlib.sha256()
    for name, tensor in sorted(codec.model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:32]


def _towards(weights: Weights, key: str, share: float) -> Weights:
    """A place so far on the way to a sound."""
    moved = {other: (1 - share) * value for other, value in weights}
    moved[key] = moved.get(key, 0.0) + share
    return normalised(moved)


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(MAX_SEED))

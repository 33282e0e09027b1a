"""How a sound was made: everything that is needed to make it again."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self, get_args

from sda_desktop.errors import BadInputError, Damage, NewerFormat
from sda_desktop.upgrades import FileFormat
from sda_desktop.words import say

Kind = Literal["random", "place", "sound", "resynthesis", "variation", "morph"]
Weights = tuple[tuple[str, float], ...]  # (key of a sound, its share); shares sum to one

FORMAT = FileFormat("format", 1, "a recipe")
SHORTEST_S, LONGEST_S = 0.05, 600.0
MAX_SEED = 2**31 - 1
MAX_DENSITY = 50.0  # events per second
MAX_SLIDER = 10.0
MAX_SHARE = 4.0  # so far beyond a sound, or against it
MAX_STOPS, MAX_SOUNDS = 256, 64
DEFAULT_NOVELTY = 0.2
_SUM_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Stop:
    """A place between sounds, at a time.

    at: 0 to 1, where in the new sound.  weights: the shares of sounds; a negative one leads away from its
    sound, beyond the others.
    """

    at: float
    weights: Weights


@dataclass(frozen=True, slots=True)
class Partner:
    """A sound of another model that is mixed with one.

    recipe: of that sound.  run: the folder of the run that its model is of, as a path.  The others: see
    blend.BlendValues.
    """

    recipe: Recipe
    run: str
    mode: Literal["level", "time"] = "level"
    balance: float = 0.5
    fade_from: float = 0.25
    fade_to: float = 0.75


@dataclass(frozen=True, slots=True)
class Recipe:
    """A sound to be made.  Two equal recipes sound the same, but for the title.

    model: identity of the model (`Instrument.identity`).
    course: where it is over its time: one stop to stay at one place, several to go from place to place.
    seed: of all that is random.  novelty: how much of the prior's noise is added, 0 to 1.
    variation: how far off the place, 0 to 1.  density: events per second; 0: one continuous sound.
    sliders: (id, value), in spreads of the corpus; what is not named is at 0.
    partner: what it is mixed with; it has no partner of its own.
    """

    model: str
    kind: Kind
    title: str
    course: tuple[Stop, ...]
    seconds: float
    seed: int = 0
    novelty: float = DEFAULT_NOVELTY
    variation: float = 0.0
    density: float = 0.0
    loop: bool = False
    sliders: tuple[tuple[str, float], ...] = ()
    partner: Partner | None = None

    def __post_init__(self) -> None:
        """Raises BadInputError naming what is out of its range."""
        if self.kind not in get_args(Kind):
            raise _refused(say("there is no kind of sound called {kind!r}", kind=self.kind))
        _check(say("The length"), self.seconds, SHORTEST_S, LONGEST_S, " s")
        _check(say("The seed"), self.seed, 0, MAX_SEED)
        _check(say("The novelty"), self.novelty, 0, 1)
        _check(say("The variation"), self.variation, 0, 1)
        _check(say("The density"), self.density, 0, MAX_DENSITY, say(" a second"))
        _check_course(self.course)
        if self.partner is not None and self.partner.recipe.partner is not None:
            raise _refused(say("more than two models are mixed in it"))
        for name, value in self.sliders:
            _check(say("The slider {name}", name=name), value, -MAX_SLIDER, MAX_SLIDER)

    @property
    def keys(self) -> tuple[str, ...]:
        """The sounds it refers to, each once, in order of appearance."""
        return tuple(dict.fromkeys(key for stop in self.course for key, _ in stop.weights))

    def replaced(self, **changes: Any) -> Recipe:  # noqa: ANN401 - as dataclasses.replace
        """A copy with other values.  Raises BadInputError."""
        return replace(self, **changes)

    def digest(self) -> str:
        """A hash of everything but the title, in hexadecimal: equal for sounds that are the same."""
        fields = self.to_json()
        del fields["title"]
        if self.partner is None:
            del fields["partner"]  # as before there were any
        else:
            del fields["partner"]["run"]
            fields["partner"]["recipe"] = self.partner.recipe.digest()
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """For a file."""
        return {**FORMAT.stamp, **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of to_json.  Raises BadInputError saying what cannot be used."""
        if not isinstance(data, Mapping):
            raise _refused(say("it is not a set of named values"))
        try:
            version, fields = FORMAT.version_of(data), FORMAT.upgraded(dict(data))
        except NewerFormat as newer:
            raise BadInputError(
                say("This sound was made by a newer version of SDA Desktop."),
                say("Update SDA Desktop to open it."),
            ) from newer
        except Damage as damage:
            raise _refused(damage.problem, damage.details) from damage
        del fields[FORMAT.marker]
        try:
            fields["course"] = tuple(
                Stop(float(stop["at"]), _pairs(stop["weights"])) for stop in fields["course"]
            )
            fields["sliders"] = _pairs(fields.get("sliders", ()))
            for name in ("seconds", "novelty", "variation", "density"):
                fields[name] = float(fields[name])
            fields["seed"], fields["loop"] = int(fields["seed"]), bool(fields["loop"])
            if fields.get("partner") is not None:
                partner = dict(fields["partner"])
                other = cls.from_json({**partner.pop("recipe"), FORMAT.marker: version})
                fields["partner"] = Partner(other, **partner)
            fields["model"], fields["title"] = str(fields["model"]), str(fields["title"])
            return cls(**fields)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise _refused(say("some of its values are missing or of another kind"), repr(error)) from error


def normalised(weights: Mapping[str, float] | Sequence[tuple[str, float]]) -> Weights:
    """Weights with the sum one, largest first, without zeros.  Raises BadInputError if they sum to zero."""
    pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
    total = math.fsum(share for _, share in pairs)
    if not math.isfinite(total) or abs(total) < 1e-9:
        raise _refused(say("the shares of its sounds sum to nothing"))
    scaled = [(key, share / total) for key, share in pairs if share]
    return tuple(sorted(scaled, key=lambda pair: (-pair[1], pair[0])))


def _pairs(values: Sequence[Sequence[Any]]) -> tuple[tuple[str, float], ...]:
    return tuple((str(name), float(value)) for name, value in values)


def _check(name: str, value: float, low: float, high: float, unit: str = "") -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise BadInputError(
            say(
                "{name} is {value:g}{unit}; it must lie between {low:g} and {high:g}{unit}.",
                name=name,
                value=value,
                unit=unit,
                low=low,
                high=high,
            ),
            say("Choose a value in that range."),
        )


def _check_course(course: tuple[Stop, ...]) -> None:
    if not 1 <= len(course) <= MAX_STOPS:
        raise _refused(
            say(
                "it goes through {course} places, where 1 to {max_stops} are possible",
                course=len(course),
                max_stops=MAX_STOPS,
            )
        )
    if any(not 0 <= stop.at <= 1 for stop in course):
        raise _refused(say("a place of it lies outside of its time"))
    if any(later.at < earlier.at for earlier, later in itertools.pairwise(course)):
        raise _refused(say("its places are not in the order of time"))
    for stop in course:
        shares = [share for _, share in stop.weights]
        if not 1 <= len(shares) <= MAX_SOUNDS or len({key for key, _ in stop.weights}) != len(shares):
            raise _refused(say("a place of it lies between no sounds, too many, or the same one twice"))
        if not all(abs(share) <= MAX_SHARE for share in shares):
            raise _refused(
                say("a share of a sound is not between -{max_share:g} and {max_share:g}", max_share=MAX_SHARE)
            )
        if abs(math.fsum(shares) - 1) > _SUM_TOLERANCE:
            raise _refused(say("the shares of its sounds do not sum to one"))


def _refused(reason: str, details: str = "") -> BadInputError:
    return BadInputError(
        say("This recipe of a sound cannot be used: {reason}.", reason=reason),
        say("Make the sound anew."),
        details,
    )

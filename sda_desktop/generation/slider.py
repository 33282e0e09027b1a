"""A slider: a direction in a model's global latents, what it does, and how far it may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.features import FeatureSpec
from sda_desktop.errors import BadInputError
from sda_desktop.words import say

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, eq=False)
class Slider:
    """A direction in the global latents.

    value 0 leaves a sound as it is; 1 moves it by one spread of the corpus along the direction.
    """

    id: str
    label: str  # "brighter, r = 0.83"
    less: str  # what a sound becomes towards `low`
    more: str  # and towards `high`
    feature: str  # name of one of FEATURES that it changes
    direction: NDArray[np.float32]  # (G,) change of the global latent for a value of 1
    reading: NDArray[np.float32]  # (G,) what turns a global latent into its position
    origin: float  # the position of the corpus's median, by `reading`
    low: float  # between these values, seen from the median, lies the corpus
    high: float
    r: float  # correlation of its value with its feature
    effect: float  # change of the feature for a value of 1, on the feature's scale (octaves for a ratio)

    def position(self, latent: NDArray[Any] | Tensor) -> float:
        """Where a sound with a global latent (G,) lies along the slider; 0 is the corpus's median."""
        return float(np.asarray(latent, dtype=np.float64) @ self.reading) - self.origin

    def range_at(self, latent: NDArray[Any] | Tensor) -> tuple[float, float]:
        """The values that keep a sound with a global latent (G,) where the corpus has sounds."""
        here = self.position(latent)
        return min(0.0, self.low - here), max(0.0, self.high - here)

    def likeness(self, other: Slider) -> float:
        """The cosine of two directions where the corpus spreads equally to all sides."""
        return float(self.reading.astype(np.float64) @ other.direction)

    def reversed(self) -> Slider:
        """The same slider the other way round."""
        return replace(
            self,
            direction=-self.direction,
            reading=-self.reading,
            origin=-self.origin,
            low=-self.high,
            high=-self.low,
            r=-self.r,
            effect=-self.effect,
        )

    def named(
        self, spec: FeatureSpec, r: float, effect: float, beside: tuple[FeatureSpec, float] | None = None
    ) -> Slider:
        """The slider as one that changes a feature, turned so that it becomes more with its value.

        beside: another feature that it changes as well, and its r.
        """
        if r < 0:
            turned = None if beside is None else (beside[0], -beside[1])
            return self.reversed().named(spec, -r, -effect, turned)
        less, more = spec.less, spec.more
        if beside is not None:
            other, other_r = beside
            words = (other.less, other.more) if other_r > 0 else (other.more, other.less)
            less, more = f"{less}, {words[0]}", f"{more}, {words[1]}"
        return replace(
            self,
            label=f"{more}, r = {r:.2f}",
            less=less,
            more=more,
            feature=spec.name,
            r=r,
            effect=effect,
        )

    def to_json(self) -> dict[str, Any]:
        """All of it; the directions come back bit for bit."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in data.items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Slider:
        """The inverse of to_json.  Raises BadInputError for what is not a slider."""
        try:
            fields = {name: data[name] for name in cls.__dataclass_fields__}
            for name in ("direction", "reading"):
                fields[name] = np.array(fields[name], dtype=np.float32)
            for name in ("origin", "low", "high", "r", "effect"):
                fields[name] = float(fields[name])
            slider = cls(**fields)
            numbers = [slider.origin, slider.low, slider.high, slider.r, slider.effect]
            finite = np.isfinite([*numbers, *slider.direction, *slider.reading]).all()
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(say("This is not a slider."), "", repr(error)) from error
        words = (slider.id, slider.label, slider.less, slider.more, slider.feature)
        shaped = slider.direction.ndim == 1 and slider.direction.shape == slider.reading.shape
        named = all(isinstance(word, str) for word in words)
        if not (finite and shaped and named and slider.low <= 0 <= slider.high):
            raise BadInputError(say("This is not a slider."), "", f"{slider.id!r}")
        return slider

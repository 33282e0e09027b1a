"""Sliders through a model's global latents that say what they do.

All is worked out on the principal directions of the corpus, in which most of its spread lies: a slider that
leads out of them leads to where the model knows nothing.  What a direction does is not what the corpus
correlates with it.  So it is tried on fresh sounds (`make_sliders`), and so is how well a slider does it; how
the two compare stands in tests/benchmarks/README.md.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sda_desktop.audio.features import FEATURES, Features, FeatureSpec, measure_features
from sda_desktop.errors import Cancelled
from sda_desktop.generation.slider import Slider

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Render", "RenderMoved", "Slider", "find_directions", "make_sliders", "measured"]

Array = NDArray[np.float64]
Sound = NDArray[np.float32]
# (number of a random place, id of a slider, its value) -> the sound (channels, frames) that is made there.
# The same number is always the same place, and what is random about its sound the same too.
Render = Callable[[int, str, float], Sound]
# (number of a random place, change of the global latent (G,)) -> the same.
RenderMoved = Callable[[int, NDArray[np.float32]], Sound]
OnProgress = Callable[[int, int], None]  # sounds made, of about how many

PRINCIPAL = "principal"  # ids of principal directions begin so
MOST_DIRECTIONS = 8
DIRECTIONS_SHARE = 0.97  # of the corpus's variance that the principal directions hold
FEWEST_TO_FIT = 8  # with fewer sounds nothing is fitted to their features
RANGE_PERCENTILES = (2.0, 98.0)
WEAKEST_R = 0.5
WEAKEST_TRAVEL = 0.5  # from end to end, in steps that are plainly heard
WEAKEST_PRINCIPAL_TRAVEL = 1.0  # a direction that was not asked for has to do more
DUPLICATE = 0.9  # the cosine of two directions of which one is enough
PURITY = 0.3  # the penalty that keeps a slider from following noise to leave the other features alone
MOST_PRINCIPAL = 3  # sliders of that kind
PROBED_PLACES, MEASURED_PLACES, VALUES = 20, 16, 3
FEWEST_PLACES = 4  # where a feature was measured, to speak of it
_LARGEST_RESPONSE = 2.0  # steps: an attack that jumps to another peak counts for no more


# Directions -------------------------------------------------------------------------------------------


class _Basis:
    """The principal directions of a corpus, each with unit spread."""

    def __init__(self, latents: NDArray[Any] | Tensor) -> None:
        """latents (N, G)."""
        places = np.asarray(latents, dtype=np.float64)
        if places.ndim != 2 or len(places) == 0:
            raise ValueError("directions need the latents (N, G) of at least one sound")
        centred = places - places.mean(0)
        _, spreads, axes = np.linalg.svd(centred, full_matrices=False)
        spreads = spreads / np.sqrt(len(places))
        held = np.cumsum(spreads**2) / max(float((spreads**2).sum()), 1e-12)
        count = min(int(np.searchsorted(held, DIRECTIONS_SHARE)) + 1, MOST_DIRECTIONS)
        count = min(count, int((spreads > 1e-6 * max(1.0, float(np.abs(places).max()))).sum()))
        signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])
        self._spreads, self._axes = spreads[:count], (axes * signs[:, None])[:count]
        self.places = places
        self.coordinates = centred @ self._axes.T / self._spreads  # (N, K)

    def __len__(self) -> int:
        return len(self._spreads)

    def slider(self, name: str, weights: Array) -> Slider:
        """The slider along weights (K,) of the directions, not yet named."""
        weights = weights / np.linalg.norm(weights)
        reading = (weights / self._spreads) @ self._axes
        positions = self.places @ reading
        origin = float(np.median(positions))
        low, high = np.percentile(positions, RANGE_PERCENTILES) - origin
        direction = (weights * self._spreads) @ self._axes
        return Slider(
            name,
            name,
            "less",
            "more",
            "",
            direction.astype(np.float32),
            reading.astype(np.float32),
            origin,
            min(0.0, float(low)),
            max(0.0, float(high)),
            0.0,
            0.0,
        )

    def principal(self) -> tuple[Slider, ...]:
        """A slider for each of the directions."""
        return tuple(
            self.slider(f"{PRINCIPAL}-{number + 1}", weights)
            for number, weights in enumerate(np.eye(len(self)))
        )

    def towards(self, responses: Mapping[str, Array]) -> tuple[Slider, ...]:
        """A slider for each feature, from the responses (K,) of all of them to the directions, in steps.

        It changes its own and as little as may be of the others: the ridge solution of "one step of this,
        none of the others".  Without the ridge it would follow differences that are only noise.
        """
        names = [name for name, response in responses.items() if np.abs(response).max(initial=0.0) > 1e-6]
        if not names:
            return ()
        rows = np.stack([responses[name] for name in names])  # (features, K)
        mixed = rows @ rows.T
        mixed += PURITY * np.trace(mixed) / len(names) * np.eye(len(names))
        columns = rows.T @ np.linalg.inv(mixed)
        return tuple(self.slider(name, column) for name, column in zip(names, columns.T, strict=True))


def find_directions(latents: NDArray[Any] | Tensor, features: Sequence[Features]) -> tuple[Slider, ...]:
    """Directions that go with features in the corpus, and its principal directions, strongest first.

    latents (N, G).  r is the correlation over the corpus: of what ridge regression predicts for each sound
    from the others, or for a principal direction of its position.  It does not tell what a slider does to a
    sound: see `make_sliders`.  Of fewer than 8 sounds there are principal directions only, not named.
    """
    basis = _Basis(latents)
    if len(features) != len(basis.coordinates):
        raise ValueError("directions need the features of every sound")
    principal = basis.principal()
    if len(features) < FEWEST_TO_FIT:
        return principal
    known: dict[str, tuple[float, float]] = {}
    responses: dict[str, Array] = {}
    for spec in FEATURES:
        values = np.array([spec.scaled(sound) for sound in features])
        has = np.isfinite(values)
        if has.sum() < FEWEST_TO_FIT or values[has].std() < 1e-6:
            continue
        slopes, r = _ridge(basis.coordinates[has], values[has])
        responses[spec.name] = slopes / spec.step
        known[spec.name] = (r, float(np.linalg.norm(slopes)))
    fitted = [slider.named(_spec(slider.id), *known[slider.id]) for slider in basis.towards(responses)]
    fitted = [slider for slider in fitted if slider.r >= WEAKEST_R]
    named = [_named_by_corpus(slider, basis, features) for slider in principal]
    return _distinct([*fitted, *(slider for slider in named if slider.r >= WEAKEST_R)])


def _ridge(coordinates: Array, values: Array) -> tuple[Array, float]:
    """Slopes (K,) of values (N,) over coordinates (N, K), and how well each is predicted from the others.

    The penalty is that with the smallest leave-one-out error, which ridge regression has in closed form.
    """
    centre = coordinates.mean(0)
    left, spreads, right = np.linalg.svd(coordinates - centre, full_matrices=False)
    centred = values - values.mean()
    of_mean = float(((centred / (1 - 1 / len(values))) ** 2).mean())
    best_error, best = np.inf, (np.zeros(coordinates.shape[1]), 0.0)
    for penalty in np.logspace(-3, 2, 16) * len(values):
        shrunk = spreads**2 / (spreads**2 + penalty)
        predicted = left @ (shrunk * (left.T @ centred))
        leverage = (left**2) @ shrunk + 1 / len(values)
        missed = (centred - predicted) / np.maximum(1 - leverage, 1e-6)
        error = float((missed**2).mean())
        if error < best_error:
            slopes = right.T @ (spreads / (spreads**2 + penalty) * (left.T @ centred))
            best_error, best = error, (slopes, float(np.sqrt(max(0.0, 1 - error / of_mean))))
    return best


def _named_by_corpus(slider: Slider, basis: _Basis, features: Sequence[Features]) -> Slider:
    """A principal direction by the feature that goes with it most."""
    positions = np.array([slider.position(place) for place in basis.places])
    found: list[tuple[float, float, FeatureSpec]] = []
    for spec in FEATURES:
        values = np.array([spec.scaled(sound) for sound in features])
        has = np.isfinite(values)
        if has.sum() >= FEWEST_TO_FIT:
            r = _correlation(positions[has], values[has])
            found.append((r, r * float(values[has].std() / max(positions[has].std(), 1e-9)), spec))
    r, effect, spec = max(found, key=lambda row: abs(row[0]))
    return slider.named(spec, r, effect)


# Fresh sounds -----------------------------------------------------------------------------------------


def make_sliders(
    latents: NDArray[Any] | Tensor,
    render: RenderMoved,
    sample_rate_hz: int,
    *,
    seed: int = 0,
    stop: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[Slider, ...]:
    """The sliders of a model, with what each really does, measured on fresh sounds of it.

    First each principal direction of latents (N, G) is tried at some places, and from what it does to the
    features there is worked out which way leads to each of them.  Then the sliders are tried at other places.
    Sounds of a second or two are enough.  The same seed gives the same sliders.  Raises Cancelled.
    """
    basis = _Basis(latents)
    probes = 2 * PROBED_PLACES * len(basis)
    about = probes + MEASURED_PLACES * VALUES * (len(FEATURES) + MOST_PRINCIPAL) if len(basis) else 0
    done = 0

    def made(place: int, offset: NDArray[np.float32]) -> Features:
        nonlocal done
        if stop is not None and stop.is_set():
            raise Cancelled
        if on_progress is not None:
            on_progress(min(done, about), about)
        done += 1
        return measure_features(render(place, offset), sample_rate_hz)

    rng = np.random.default_rng([seed, 0])
    places = rng.integers(2**31 - 1, size=PROBED_PLACES)
    principal = basis.principal()
    responses = _responses(principal, [int(place) for place in places], made)

    def tried(sliders: Sequence[Slider]) -> tuple[Slider, ...]:
        moves = {slider.id: slider.direction for slider in sliders}
        return _measured(
            sliders, lambda place, name, value: made(place, np.float32(value) * moves[name]), seed
        )

    fitted = _distinct(tried(basis.towards(responses)))
    rest = [slider for slider in principal[:MOST_PRINCIPAL] if _is_new(slider, fitted)]
    found = _told_apart([*fitted, *tried(rest)])
    if on_progress is not None:
        on_progress(about, about)
    return found


def measured(
    sliders: Sequence[Slider],
    render: Render,
    sample_rate_hz: int,
    *,
    seed: int = 0,
    stop: threading.Event | None = None,
) -> tuple[Slider, ...]:
    """The sliders with their r and effect measured on fresh sounds, without those that turn out weak.

    r is the correlation of value and feature over random places and values, each place seen from its own
    mean: how surely a sound becomes brighter, not how bright it was.  A slider that was fitted to a feature
    is judged by that, and tells which other one it changes more; a principal direction is named after the two
    that it changes most.  Raises Cancelled.
    """

    def made(place: int, name: str, value: float) -> Features:
        if stop is not None and stop.is_set():
            raise Cancelled
        return measure_features(render(place, name, value), sample_rate_hz)

    return _measured(sliders, made, seed)


def _responses(
    principal: Sequence[Slider],
    places: Sequence[int],
    made: Callable[[int, NDArray[np.float32]], Features],
) -> dict[str, Array]:
    """What one spread along each direction does to each feature, in steps that are plainly heard, (K,)."""
    found = np.full((len(FEATURES), len(places), len(principal)), np.nan)
    for column, slider in enumerate(principal):
        for row, place in enumerate(places):
            less, more = (made(place, sign * slider.direction) for sign in (np.float32(-1), np.float32(1)))
            for number, spec in enumerate(FEATURES):
                change = (spec.scaled(more) - spec.scaled(less)) / 2 / spec.step
                found[number, row, column] = np.clip(change, -_LARGEST_RESPONSE, _LARGEST_RESPONSE)
    return {
        spec.name: np.nanmean(changes, axis=0)
        for spec, changes in zip(FEATURES, found, strict=True)
        if len(principal) and np.isfinite(changes).sum(0).min() >= FEWEST_PLACES
    }


def _measured(
    sliders: Sequence[Slider], made: Callable[[int, str, float], Features], seed: int
) -> tuple[Slider, ...]:
    """See `measured`."""
    rng = np.random.default_rng([seed, 1])
    kept = []
    for slider in sliders:
        places, values = fresh_places(slider, rng)
        features = [
            [made(int(place), slider.id, float(value)) for value in row]
            for place, row in zip(places, values, strict=True)
        ]
        named = _named_by_effect(slider, values, features)
        if named is not None:
            kept.append(named)
    return tuple(kept)


def fresh_places(slider: Slider, rng: np.random.Generator) -> tuple[NDArray[np.int64], Array]:
    """Random places (places,) and values (places, values) to try a slider with."""
    places = rng.integers(2**31 - 1, size=MEASURED_PLACES)
    # One value in each part of the range, so that every place sees all of it.
    shares = (np.arange(VALUES) + rng.random((MEASURED_PLACES, VALUES))) / VALUES
    return places, slider.low + (slider.high - slider.low) * shares


def _named_by_effect(slider: Slider, values: Array, features: Sequence[Sequence[Features]]) -> Slider | None:
    """The slider with what it does (values and features: places, values); None if that is little."""
    found: list[tuple[float, float, float, FeatureSpec]] = []
    for spec in FEATURES:
        r, effect = within_places(values, np.array([[spec.scaled(f) for f in row] for row in features]))
        travel = abs(effect) * (slider.high - slider.low) / spec.step
        if abs(r) >= WEAKEST_R and travel >= WEAKEST_TRAVEL:
            found.append((travel, r, effect, spec))
    found.sort(key=lambda row: -row[0])
    own = [row for row in found if row[3].name == slider.id]
    if slider.id.startswith(PRINCIPAL):
        if not found or found[0][0] < WEAKEST_PRINCIPAL_TRAVEL:
            return None
    else:
        if not own or own[0][1] < 0:
            return None  # it does nothing of what it was made for, or the opposite
        # What it changes more than that it has to tell as well.
        found = own + [row for row in found if row[0] > own[0][0]]
    (_, r, effect, spec), *others = found
    return slider.named(spec, r, effect, (others[0][3], others[0][1]) if others else None)


def within_places(values: Array, changed: Array) -> tuple[float, float]:
    """Correlation and slope of what changed (places, values) over values, each place from its own mean.

    What is nan is left out, and a place with less than three values.
    """
    one, other = [], []
    for row, course in zip(values, changed, strict=True):
        has = np.isfinite(course)
        if has.sum() >= 3:
            one.append(row[has] - row[has].mean())
            other.append(course[has] - course[has].mean())
    if len(one) < FEWEST_PLACES:
        return 0.0, 0.0
    value, change = np.concatenate(one), np.concatenate(other)
    spread = float(value @ value)
    return _correlation(value, change), float(value @ change) / spread if spread > 0 else 0.0


def _told_apart(sliders: Sequence[Slider]) -> tuple[Slider, ...]:
    """Of those that say the same of themselves, the one with the largest r; in the order given."""
    best = {slider.more: slider for slider in sorted(sliders, key=lambda slider: slider.r)}
    return tuple(slider for slider in sliders if best[slider.more] is slider)


def _is_new(slider: Slider, others: Sequence[Slider]) -> bool:
    """Whether it repeats none of the others."""
    return all(abs(slider.likeness(other)) < DUPLICATE for other in others)


def _distinct(sliders: Sequence[Slider]) -> tuple[Slider, ...]:
    """Of those that nearly repeat each other, the one with the largest r; in the order given."""
    kept: list[Slider] = []
    for slider in sorted(sliders, key=lambda slider: -slider.r):
        if _is_new(slider, kept):
            kept.append(slider)
    return tuple(slider for slider in sliders if slider in kept)


def _spec(name: str) -> FeatureSpec:
    return next(spec for spec in FEATURES if spec.name == name)


def _correlation(one: Array, other: Array) -> float:
    """Pearson's; 0 where one of them does not change."""
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / size if size > 1e-12 else 0.0

"""From a recipe to the sequence of latents that its sound is decoded from.

At each step a place between sounds has a global latent, from which the prior knows what to expect there, and
a blend of what the sequences of those sounds hold beyond that expectation.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sda_desktop.errors import BadInputError
from sda_desktop.generation.atlas import Atlas
from sda_desktop.generation.recipe import Recipe
from sda_desktop.generation.timeline import timeline
from sda_desktop.models.time_axis import place_features
from sda_desktop.models.vae import correlated
from sda_desktop.training.codec import SoundCodec
from sda_desktop.words import say

# A variation of full strength lies so many spreads of the corpus away, in each global latent, and has so much
# more of the prior's noise.
VARIATION_SPREADS = 0.5
VARIATION_NOISE = 0.6

# Streams of random numbers that follow from a recipe's seed.
DRAW_TIMELINE, DRAW_NOISE, DRAW_VARIATION, DRAW_EVENTS = 1, 2, 3, 4


def course_weights(recipe: Recipe, where: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of each of `recipe.keys` at times `where` (S,), 0 to 1 of the sound: (S, sounds).

    Between two stops it changes evenly; before the first and after the last it stays.
    """
    column = {key: number for number, key in enumerate(recipe.keys)}
    stops = np.zeros((len(recipe.course), len(column)))
    for row, stop in zip(stops, recipe.course, strict=True):
        for key, share in stop.weights:
            row[column[key]] = share
    at = [stop.at for stop in recipe.course]
    return np.stack([np.interp(where, at, shares) for shares in stops.T], axis=1)


def natural_length_s(atlas: Atlas, recipe: Recipe, where: NDArray[np.float64]) -> NDArray[np.float64]:
    """The length that suits the place at each of `where` (S,), in seconds.

    Lengths are blended as ratios: between 0.1 and 10 s lies 1 s.
    """
    seconds = np.array([atlas.sounds[atlas.index(key)].seconds for key in recipe.keys])
    shares = _positive(course_weights(recipe, where))
    lengths: NDArray[np.float64] = np.exp(shares @ np.log(np.maximum(seconds, 1e-3)))
    return lengths


@torch.no_grad()
def sequence(
    codec: SoundCodec,
    atlas: Atlas,
    directions: Mapping[str, Tensor],
    recipe: Recipe,
    samples: int,
    *,
    endless: bool = False,
) -> Tensor:
    """z (1, S, L) of a sound of `samples` samples.

    directions: of the sliders, (G,) each.  endless: without onset and end.
    Raises BadInputError for a sound or a slider that is not there.
    """
    steps = codec.times(samples).shape[1]
    along = np.arange(steps) / steps
    weights = course_weights(recipe, along)
    indices = [atlas.index(key) for key in recipe.keys]
    step_s = codec.config.step_seconds
    place = timeline(
        samples / codec.sample_rate_hz,
        natural_length_s(atlas, recipe, along),
        steps,
        step_s,
        np.random.default_rng([recipe.seed, DRAW_TIMELINE]),
        envelope=_envelope(atlas, indices, weights),
        endless=endless,
    )
    latents = torch.from_numpy(weights).float() @ atlas.latents[indices]
    latents = latents + _offset(atlas, directions, recipe)
    elapsed_s, left_s = (torch.from_numpy(t).float()[None] for t in (place.elapsed_s, place.left_s))
    times = place_features(elapsed_s, left_s).to(codec.device)
    prior = codec.model.prior(latents[None].to(codec.device), times)
    z = prior.mean
    if temperature := min(1.0, recipe.novelty + VARIATION_NOISE * recipe.variation):
        noise = correlated(torch.randn(z.shape, generator=generator(recipe, DRAW_NOISE))).to(z.device)
        z = z + temperature * torch.exp(0.5 * prior.log_variance) * noise
    if atlas.bank.remainders is not None:
        where = torch.from_numpy(place.where).float()
        # What leads away from a sound does not play it backwards: only what is added is blended.
        for share, index in zip(_positive(weights).T, indices, strict=True):
            if share.any():
                kept = atlas.bank.remainder(index, where, step_s)
                z = z + (torch.from_numpy(share).float()[:, None] * kept).to(z.device)
    return z


def generator(recipe: Recipe, purpose: int) -> torch.Generator:
    """Random numbers for torch that follow from the recipe's seed."""
    seed = int(np.random.default_rng([recipe.seed, purpose]).integers(2**62))
    return torch.Generator().manual_seed(seed)


def _offset(atlas: Atlas, directions: Mapping[str, Tensor], recipe: Recipe) -> Tensor:
    """How far the sliders and the variation move the global latent, (G,)."""
    offset = torch.zeros(atlas.latents.shape[1])
    for name, value in recipe.sliders:
        if name not in directions:
            raise BadInputError(
                say("This model has no slider {name}.", name=name), say("Set it back to make the sound.")
            )
        offset = offset + value * directions[name]
    if recipe.variation:
        jitter = torch.randn(len(offset), generator=generator(recipe, DRAW_VARIATION))
        offset = offset + VARIATION_SPREADS * recipe.variation * atlas.spread * jitter
    return offset


def _envelope(atlas: Atlas, indices: list[int], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """How loud the sounds of a course are from onset to end, blended by how much they have to say."""
    shares = _positive(weights).mean(0)
    levels = np.stack([np.abs(atlas.sounds[index].outline).max(0) for index in indices]).astype(np.float64)
    loudness: NDArray[np.float64] = shares @ (levels / np.maximum(levels.max(1, keepdims=True), 1e-9))
    return loudness


def _positive(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights (S, N) without what is negative, their sums one again."""
    kept: NDArray[np.float64] = np.maximum(weights, 0)
    kept /= kept.sum(1, keepdims=True)
    return kept

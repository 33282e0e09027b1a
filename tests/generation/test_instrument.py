"""Tests of sda_desktop.generation.instrument: recipes, and the sounds that follow from them."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
import torch
from small_instrument import RATE_HZ, small_codec, small_instrument, tone

from sda_desktop.audio import features
from sda_desktop.errors import BadInputError, Cancelled
from sda_desktop.generation.atlas import Atlas
from sda_desktop.generation.instrument import Instrument
from sda_desktop.generation.recipe import Partner, Recipe, Stop
from sda_desktop.generation.sequence import course_weights, sequence
from sda_desktop.generation.shaping import CEILING


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return small_instrument()


def z_of(instrument: Instrument, recipe: Recipe) -> torch.Tensor:
    samples = round(recipe.seconds * RATE_HZ)
    return sequence(instrument.model.codec, instrument.atlas, instrument.directions, recipe, samples)


def every_kind(instrument: Instrument) -> list[Recipe]:
    start, end = Stop(0.0, (("key-low", 1.0),)), Stop(1.0, (("key-high", 1.0),))
    return [
        instrument.random(3),
        instrument.random(3, seconds=5.0),
        instrument.at((("key-low", 0.5), ("key-hit", 0.5))),
        instrument.sound("key-middle"),
        instrument.vary(instrument.sound("key-low"), 0.7, 5),
        instrument.morph([start, end]),
        instrument.random(4, seconds=1.5, density=8.0),
        instrument.random(4, seconds=0.5, loop=True),
        instrument.random(4, seconds=4.0, loop=True),
        instrument.random(4, seconds=2.0, loop=True, density=5.0),
        instrument.random(3, sliders=(("first", 2.0),)),
    ]


def test_every_recipe_makes_its_sound_again_bit_for_bit(instrument: Instrument) -> None:
    for recipe in every_kind(instrument):
        sound = instrument.render(Recipe.from_json(recipe.to_json()))
        assert sound.shape == (1, round(recipe.seconds * RATE_HZ)), recipe
        assert np.isfinite(sound).all()
        assert 0 < np.abs(sound).max() <= CEILING
        before = torch.get_num_threads()
        torch.set_num_threads(before + 1)  # with more threads torch rounds differently
        try:
            assert np.array_equal(instrument.render(recipe), sound), recipe
            assert torch.get_num_threads() == before + 1
        finally:
            torch.set_num_threads(before)


def test_another_instrument_of_the_same_weights_makes_the_same_sound(instrument: Instrument) -> None:
    twin = small_instrument()
    assert twin.identity == instrument.identity
    recipe = instrument.random(9)
    assert twin.random(9) == recipe
    assert np.array_equal(twin.render(recipe), instrument.render(recipe))


def test_a_recipe_of_another_model_is_refused(instrument: Instrument) -> None:
    other = small_instrument(small_codec(seed=1))
    assert other.identity != instrument.identity
    with pytest.raises(BadInputError, match="another model"):
        instrument.render(other.random(0))


def test_what_a_recipe_names_must_be_there(instrument: Instrument) -> None:
    recipe = instrument.random(0)
    with pytest.raises(BadInputError, match="no slider"):
        instrument.render(recipe.replaced(sliders=(("warmth", 1.0),)))
    with pytest.raises(BadInputError, match="does not have"):
        instrument.render(recipe.replaced(course=(Stop(0.0, (("gone", 1.0),)),)))


def test_the_beginning_comes_before_the_rest_is_made(instrument: Instrument) -> None:
    stop = threading.Event()
    blocks = instrument.stream(instrument.random(1, seconds=20.0), stop)
    first = next(blocks)
    assert 0 < first.shape[1] < 0.2 * RATE_HZ
    stop.set()
    with pytest.raises(Cancelled):
        for _ in blocks:
            pass


def test_seeds_are_different_sounds(instrument: Instrument) -> None:
    recipes = [instrument.random(seed) for seed in range(20)]
    assert len({recipe.digest() for recipe in recipes}) == 20
    assert len({recipe.keys[0] for recipe in recipes}) > 2


def test_novelty_leads_further_from_the_sounds(instrument: Instrument) -> None:
    def distance(amount: float) -> float:
        found = []
        for seed in range(30):
            recipe = instrument.random(seed, seconds=1.0, amount=amount)
            weights = dict(recipe.course[0].weights)
            found.append(1 - max(weights.values()))
        return float(np.mean(found))

    near, middle, far = (distance(amount) for amount in (0.0, 0.5, 1.0))
    assert near < 1e-9 < middle < far
    assert instrument.random(0, amount=0.0).novelty == 0
    assert instrument.random(0, amount=1.0).novelty > instrument.random(0).novelty


def test_a_sound_is_at_its_place(instrument: Instrument) -> None:
    codec = instrument.model.codec
    known = codec.encode(tone(440, 1.0))
    made = z_of(instrument, instrument.sound("key-middle"))
    torch.testing.assert_close(made, known.local, rtol=0, atol=5e-3)  # kept in half precision


def test_a_variation_is_the_further_the_more_is_asked_for(instrument: Instrument) -> None:
    sound = instrument.sound("key-low")
    original = z_of(instrument, sound)

    def distance(amount: float) -> float:
        made = [instrument.vary(sound, amount, seed).replaced(seconds=0.8) for seed in range(6)]
        return float(np.mean([(z_of(instrument, recipe) - original).norm().item() for recipe in made]))

    none, little, much = (distance(amount) for amount in (0.0, 0.3, 1.0))
    assert none < 1e-4 < little < 0.6 * much


def test_a_variation_of_a_variation_keeps_its_name(instrument: Instrument) -> None:
    once = instrument.vary(instrument.sound("key-low"), 0.5, 1)
    assert once.title == instrument.vary(once, 0.5, 2).title == "Variation of low"


def test_a_morph_goes_from_one_sound_to_the_other(instrument: Instrument) -> None:
    course = [Stop(0.1, (("key-low", 1.0),)), Stop(0.9, (("key-high", 1.0),))]
    recipe = instrument.morph(course, seconds=1.0, novelty=0.0)
    assert recipe.title == "low to high"
    weights = course_weights(recipe, np.array([0.0, 0.1, 0.5, 0.9, 1.0]))
    expected = np.array([[1, 0], [1, 0], [0.5, 0.5], [0, 1], [0, 1]])
    np.testing.assert_allclose(weights, expected, atol=1e-9)
    made = z_of(instrument, recipe)
    ends = [
        z_of(instrument, instrument.at(((key, 1.0),), seconds=1.0, novelty=0.0))
        for key in ("key-low", "key-high")
    ]
    begins, stops = [[float((made - end)[0, at].norm()) for end in ends] for at in (0, -1)]
    assert begins[0] < 0.2 * begins[1]
    assert stops[1] < 0.2 * stops[0]


def test_beyond_a_sound_lies_more_of_it(instrument: Instrument) -> None:
    def latent_of(share: float) -> Recipe:
        weights = (("key-low", 1 - share), ("key-high", share))
        return instrument.at(weights, seconds=0.8, novelty=0.0)

    codec, latents = instrument.model.codec, instrument.atlas.latents
    low, high = (codec.latents_from_global(latents[index, None], round(0.8 * RATE_HZ)) for index in (0, 2))
    step = z_of(instrument, latent_of(1.5)) - z_of(instrument, latent_of(1.0))
    assert float(torch.cosine_similarity(step.flatten(), (high - low).flatten(), 0)) > 0.8
    assert np.isfinite(instrument.render(latent_of(1.5))).all()


@pytest.mark.parametrize("more", [{}, {"density": 3.0}])
def test_a_long_sound_goes_on_without_holes(instrument: Instrument, more: dict[str, Any]) -> None:
    recipe = instrument.at((("key-middle", 1.0),), seconds=12.0, **more)
    sound = instrument.render(recipe)[0]
    window = RATE_HZ // 2
    levels = [np.sqrt(np.mean(sound[start : start + window] ** 2)) for start in range(0, len(sound), window)]
    assert min(levels[1:-2]) > 0.1 * np.median(levels)


@pytest.mark.parametrize("seconds", [0.5, 6.0])
def test_a_loop_has_no_click_at_its_joint(instrument: Instrument, seconds: float) -> None:
    recipe = instrument.at((("key-middle", 1.0),), seconds=seconds, loop=True)
    sound = instrument.render(recipe)[0]
    around = np.concatenate([sound[-3000:], sound[:3000]])
    jump = abs(float(sound[0] - sound[-1]))
    assert jump <= np.abs(np.diff(around)).max()
    assert jump < 0.25 * np.abs(around).max() + 1e-4


def test_an_added_sound_is_played_like_the_others(instrument: Instrument) -> None:
    kept: list[Atlas] = []
    own = small_instrument()
    added = Instrument(own.model, own.atlas, on_sound_added=kept.append)
    quiet = np.float32(0.2) * np.concatenate([tone(700, 2.0), tone(700, 2.0)])
    key = added.add_sound(quiet, "guest")
    assert added.add_sound(quiet, "guest again") == key
    assert [atlas.sounds[0].name for atlas in kept] == ["guest"]
    recipe = added.resynthesis(key)
    assert recipe.seconds == pytest.approx(2.0)
    sound = added.render(recipe)
    louder = added.render(recipe.replaced(kind="sound"))
    ratio = np.sqrt(np.mean(sound**2) / np.mean(louder**2))
    assert 0.0999 < ratio < 0.2  # at its own level, where the louder one is limited
    assert added.morph([Stop(0, ((key, 1.0),)), Stop(1, (("key-low", 1.0),))]).title == "guest to low"


def test_an_added_sound_changes_nothing_that_was_made_before() -> None:
    own = small_instrument()
    playing = Instrument(own.model, own.atlas)
    varied = playing.vary(playing.sound("key-low"), 0.7, seed=3).replaced(seconds=0.4)
    random = [playing.random(seed, amount=1.0) for seed in range(8)]
    before = playing.render(varied)
    added = playing.add_sound(tone(1234, 1.5), "guest")

    assert np.array_equal(playing.render(varied), before)
    assert [playing.random(seed, amount=1.0) for seed in range(8)] == random
    neighbours = playing.atlas.nearest(playing.atlas.index(added), 3)
    assert len(neighbours) == 3
    assert all(not playing.atlas.sounds[index].is_added for index in neighbours)


@pytest.mark.parametrize(
    ("samples", "says"),
    [(np.zeros((1, 9000), np.float32), "silent"), (np.ones((1, 10), np.float32), "0.00 s")],
)
def test_a_sound_that_cannot_be_added_is_refused(
    instrument: Instrument, samples: np.ndarray[Any, np.dtype[np.float32]], says: str
) -> None:
    with pytest.raises(BadInputError, match=says):
        instrument.add_sound(samples, "guest")
    assert len(instrument.atlas) == 4


def test_a_long_added_sound_is_encoded_in_pieces_without_seams() -> None:
    from sda_desktop.generation import atlas as atlas_module

    own = small_instrument()
    sound = tone(300, 5.0) * np.linspace(0.2, 1, 5 * RATE_HZ, dtype=np.float32)
    whole = atlas_module.place_whole(own.model.codec, sound)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(atlas_module, "PIECE_STEPS", 13)
        pieces = atlas_module.place_whole(own.model.codec, sound)
    assert whole.remainders is not None
    assert pieces.remainders is not None
    whole_z, pieces_z = (
        bank.remainders[0].float()  # type: ignore[index]
        + own.model.codec.latents_from_global(bank.latents, sound.shape[1])[0]
        for bank in (whole, pieces)
    )
    learned = own.model.codec.model.config.learned_latents
    assert (whole_z - pieces_z)[:, :learned].abs().max() < 0.15 * whole_z[:, :learned].abs().max()
    assert (whole_z - pieces_z)[:, learned:].abs().max() < 0.05


def test_the_sounds_of_an_atlas_are_described() -> None:
    own = small_instrument()
    names = [sound.name for sound in own.atlas.sounds]
    assert names == ["low", "middle", "high", "hit"]
    assert own.atlas.sounds[2].features.pitch_hz == pytest.approx(3000, rel=0.02)
    assert isinstance(own.atlas.sounds[0].features, features.Features)
    assert own.atlas.nearest(0, 3) != own.atlas.nearest(3, 3)


def test_two_models_are_blended_in_their_sounds(instrument: Instrument) -> None:
    other = small_instrument(small_codec(seed=1))
    recipe = instrument.at((("key-low", 1.0),), seconds=0.6)
    second = other.at((("key-high", 1.0),), seconds=0.6)
    alone, their = instrument.render(recipe), other.render(second)

    def blend(balance: float) -> Recipe:
        return recipe.replaced(partner=Partner(second, "second", "level", balance))

    with pytest.raises(BadInputError, match="second model"):
        instrument.render(blend(0.5))
    instrument.partners[other.identity] = other
    try:
        np.testing.assert_allclose(instrument.render(blend(0.0)), alone, atol=1e-6)
        np.testing.assert_allclose(instrument.render(blend(1.0)), their, atol=1e-6)
        both = instrument.render(blend(0.5))
        assert np.array_equal(both, instrument.render(blend(0.5)))
        assert both.shape == alone.shape
        # Where it is loud it is limited once more.
        assert np.corrcoef(both[0], (alone + their)[0])[0, 1] > 0.98
    finally:
        instrument.partners.clear()

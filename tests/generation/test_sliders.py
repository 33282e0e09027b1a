"""Sliders, tried on an instrument of which it is known what its latents do."""

from __future__ import annotations

import json
import math
import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.features import FEATURES, Features
from sda_desktop.errors import BadInputError, Cancelled
from sda_desktop.generation import sliders as sliders_module
from sda_desktop.generation.slider import Slider
from sda_desktop.generation.sliders import find_directions, make_sliders, measured

RATE_HZ = 22_050
LOUDER, HIGHER, NOISIER = 0, 1, 2  # what the first latents do; the others do nothing
LATENTS = 10
SPREADS = np.array([2.0, 1.5, 1.0, *[0.5] * 3, *[1e-3] * 4])
Sound = NDArray[np.float32]
Array = NDArray[np.float64]


def corpus(sounds: int = 60) -> Array:
    places: Array = np.random.default_rng(0).standard_normal((sounds, LATENTS)) * SPREADS
    return places


def instrument(place: int, offset: NDArray[np.float32]) -> Sound:
    """A tone and noise around it, at a random place of the corpus, moved by `offset`."""
    rng = np.random.default_rng(place)
    latent = rng.standard_normal(LATENTS) * SPREADS + offset
    time_s = np.arange(4000) / RATE_HZ
    tone = np.sin(2 * np.pi * 400 * 2 ** (latent[HIGHER] / 2) * time_s)
    course = np.convolve(rng.standard_normal(len(time_s) + 99), np.hanning(100), "valid")
    wave = tone * (1 + np.exp(latent[NOISIER] - 2) * course)
    wave *= 0.1 * 10 ** (3 * latent[LOUDER] / 20) / np.sqrt(np.mean(wave**2))
    return np.asarray(wave[None], np.float32)


def features(**known: float) -> Features:
    plain = {"brightness_hz": 500.0, "noisiness": 0.5, "loudness_lufs": -20.0, "attack_s": 0.01}
    return Features(**{**plain, "length_s": 1.0, "pitch_hz": math.nan, **known})


def along(slider: Slider, latent: int) -> float:
    """The share of a slider's direction that one latent has."""
    return float(slider.direction[latent] / np.linalg.norm(slider.direction))


@pytest.fixture(scope="module")
def made() -> dict[str, Slider]:
    return {slider.id: slider for slider in make_sliders(corpus(), instrument, RATE_HZ)}


def test_a_slider_goes_where_its_feature_does(made: dict[str, Slider]) -> None:
    assert along(made["loudness"], LOUDER) > 0.95
    assert along(made["noisiness"], NOISIER) > 0.75
    assert made["pitch" if "pitch" in made else "brightness"].direction[HIGHER] > 1.0


def test_it_says_what_it_changes_and_by_how_much(made: dict[str, Slider]) -> None:
    louder = made["loudness"]
    assert (louder.less, louder.more, louder.feature) == ("quieter", "louder", "loudness")
    assert louder.label == f"louder, r = {louder.r:.2f}"
    assert louder.r > 0.9
    assert louder.effect == pytest.approx(3 * louder.direction[LOUDER], rel=0.15)  # dB


def test_what_nothing_changes_has_no_slider(made: dict[str, Slider]) -> None:
    assert "length" not in made


def test_sliders_do_not_repeat_each_other(made: dict[str, Slider]) -> None:
    sliders = list(made.values())
    for number, slider in enumerate(sliders):
        assert slider.likeness(slider) == pytest.approx(1.0, abs=1e-5)
        assert all(abs(slider.likeness(other)) < 0.9 for other in sliders[:number])


def test_no_two_sliders_say_the_same(made: dict[str, Slider]) -> None:
    assert len({slider.more for slider in made.values()}) == len(made)
    one, weaker = (
        along_latent(name, LOUDER).named(FEATURES[2], r, 1.0) for name, r in (("a", 0.9), ("b", 0.6))
    )
    other = along_latent("c", HIGHER).named(FEATURES[0], 0.5, 1.0)
    assert sliders_module._told_apart([weaker, other, one]) == (other, one)


def test_they_stay_where_the_corpus_has_sounds(made: dict[str, Slider]) -> None:
    places = corpus()
    for slider in made.values():
        assert slider.low < 0 < slider.high
        positions = np.array([slider.position(place) for place in places])
        assert np.median(positions) == pytest.approx(0, abs=1e-5)
        inside = (positions >= slider.low) & (positions <= slider.high)
        assert 0.9 <= inside.mean() < 1
        assert positions.std() == pytest.approx(1, abs=1e-4)
        # Nothing of it leads to where the corpus has no spread.
        assert np.abs(slider.direction[SPREADS < 0.1]).max() < 0.02


def test_the_range_at_a_place_is_what_is_left_of_it(made: dict[str, Slider]) -> None:
    slider = made["loudness"]
    median = slider.direction * slider.origin
    assert slider.range_at(median) == pytest.approx((slider.low, slider.high), abs=1e-4)
    low, high = slider.range_at(median + 1.0 * slider.direction)
    assert (low, high) == pytest.approx((slider.low - 1, slider.high - 1), abs=1e-4)
    low, high = slider.range_at(median + 9.0 * slider.direction)
    assert (low < -9, high) == (True, 0.0)


def test_the_same_seed_gives_the_same_sliders(made: dict[str, Slider]) -> None:
    again = make_sliders(corpus(), instrument, RATE_HZ)
    assert [slider.to_json() for slider in again] == [slider.to_json() for slider in made.values()]


def test_it_can_be_stopped_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sliders_module, "PROBED_PLACES", 4)
    told: list[tuple[int, int]] = []
    stop = threading.Event()

    def watch(done: int, about: int) -> None:
        told.append((done, about))
        if done == 20:
            stop.set()

    with pytest.raises(Cancelled):
        make_sliders(corpus(), instrument, RATE_HZ, stop=stop, on_progress=watch)
    assert [done for done, _ in told] == list(range(len(told)))
    assert len(told) <= 22
    assert all(done < about for done, about in told)


@pytest.mark.parametrize("sounds", [1, 2, 3, 5])
def test_few_sounds_have_as_many_sliders_as_there_are_ways_to_go(sounds: int) -> None:
    found = make_sliders(corpus(sounds), instrument, RATE_HZ)
    assert len(found) <= max(0, 2 * (sounds - 1))
    assert len(found) > 0 or sounds == 1
    for slider in found:
        assert np.isfinite(slider.direction).all()


def test_equal_sounds_have_no_sliders() -> None:
    assert make_sliders(np.ones((12, LATENTS)), instrument, RATE_HZ) == ()


# Measured -------------------------------------------------------------------------------------------------


def along_latent(name: str, latent: int, *, sign: float = 1.0) -> Slider:
    direction = np.zeros(LATENTS, np.float32)
    direction[latent] = sign
    return Slider(name, name, "", "", "", direction, direction, 0.0, -2.0, 2.0, 0.0, 0.0)


def tried(*sliders: Slider) -> tuple[Slider, ...]:
    moves = {slider.id: slider.direction for slider in sliders}
    return measured(sliders, lambda place, name, value: instrument(place, value * moves[name]), RATE_HZ)


def test_a_slider_that_does_nothing_is_dropped() -> None:
    assert tried(along_latent("loudness", 7), along_latent("principal-1", 8)) == ()


def test_a_slider_that_does_something_else_is_dropped() -> None:
    assert tried(along_latent("loudness", NOISIER)) == ()
    assert tried(along_latent("loudness", LOUDER, sign=-1.0)) == ()


def test_a_principal_direction_is_named_after_what_it_changes_most() -> None:
    for sign in (1.0, -1.0):
        (found,) = tried(along_latent("principal-1", LOUDER, sign=sign))
        assert (found.feature, found.more) == ("loudness", "louder")
        assert found.direction[LOUDER] == 1.0


def test_r_is_that_of_what_changes_not_of_how_places_differ() -> None:
    # Between places the level differs by 12 dB, which is not the slider's doing.
    (found,) = tried(along_latent("loudness", LOUDER))
    assert found.r > 0.99
    assert found.effect == pytest.approx(3.0, rel=0.05)


def test_pitch_is_judged_by_the_sounds_that_have_one() -> None:
    (found,) = tried(along_latent("pitch", HIGHER))
    assert found.r > 0.95
    assert found.effect == pytest.approx(0.5, rel=0.05)  # octaves


def test_a_direction_that_changes_two_features_tells_both() -> None:
    slider = along_latent("principal-1", LOUDER)
    brightness, loudness = FEATURES[0], FEATURES[2]
    both = slider.named(loudness, 0.8, 2.0, (brightness, -0.6))
    assert (both.more, both.less) == ("louder, darker", "quieter, brighter")
    turned = slider.named(loudness, -0.8, -2.0, (brightness, -0.6))
    assert (turned.more, turned.r, turned.effect) == ("louder, brighter", 0.8, 2.0)
    assert (turned.direction == -slider.direction).all()


# From the corpus alone ------------------------------------------------------------------------------------


def test_a_feature_that_goes_with_the_latents_is_found_in_the_corpus() -> None:
    latents = corpus(80)
    known = [
        features(loudness_lufs=-20 + 3 * row[LOUDER], brightness_hz=500 * 2 ** row[NOISIER])
        for row in latents
    ]
    found = {slider.id: slider for slider in find_directions(latents, known)}
    assert along(found["loudness"], LOUDER) > 0.99
    assert along(found["brightness"], NOISIER) > 0.95
    assert found["loudness"].r > 0.99


def test_features_by_chance_are_not_fitted() -> None:
    rng = np.random.default_rng(5)
    known = [features(noisiness=float(value)) for value in rng.uniform(0, 1, 20)]
    assert find_directions(corpus(20), known) == ()


def test_pitch_is_fitted_on_the_sounds_that_have_one() -> None:
    latents = corpus(60)
    pitches = [300 * 2 ** (row[HIGHER] / 2) if i % 3 == 0 else math.nan for i, row in enumerate(latents)]
    found = {s.id: s for s in find_directions(latents, [features(pitch_hz=hz) for hz in pitches])}
    assert along(found["pitch"], HIGHER) > 0.95
    few = [hz if i < 18 else math.nan for i, hz in enumerate(pitches)]
    assert "pitch" not in {s.id for s in find_directions(latents, [features(pitch_hz=hz) for hz in few])}


@pytest.mark.parametrize("sounds", [1, 2, 3, 7])
def test_of_few_sounds_nothing_is_claimed(sounds: int) -> None:
    found = find_directions(corpus(sounds), [features()] * sounds)
    assert len(found) <= sounds - 1
    assert all(slider.feature == "" and slider.r == 0 for slider in found)


def test_a_slider_survives_json_bit_for_bit(made: dict[str, Slider]) -> None:
    for slider in made.values():
        again = Slider.from_json(json.loads(json.dumps(slider.to_json(), allow_nan=False)))
        assert (again.direction == slider.direction).all()
        assert (again.reading == slider.reading).all()
        assert again.to_json() == slider.to_json()


@pytest.mark.parametrize(
    "change",
    [{"direction": [[1.0]]}, {"reading": [1.0]}, {"low": 1.0}, {"r": None}, {"r": math.nan}, {"id": 3}],
)
def test_what_is_not_a_slider_is_refused(made: dict[str, Slider], change: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        Slider.from_json({**made["loudness"].to_json(), **change})
    with pytest.raises(BadInputError):
        Slider.from_json({})

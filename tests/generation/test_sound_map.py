"""The map of a corpus: neighbours stay neighbours, every place sounds, nothing jumps."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from sda_desktop.audio.features import Features
from sda_desktop.errors import BadInputError
from sda_desktop.generation.sound_map import MARGIN, MOST_SOUNDS, SoundMap, trustworthiness

Array = NDArray[np.float64]


def clusters(groups: int = 6, each: int = 12, dimensions: int = 16) -> tuple[Array, NDArray[np.intp]]:
    """Latents in tight groups, and each one's group."""
    rng = np.random.default_rng(0)
    centres = rng.standard_normal((groups, dimensions))
    group = np.repeat(np.arange(groups), each)
    return centres[group] + 0.05 * rng.standard_normal((len(group), dimensions)), group


def cloud(sounds: int, dimensions: int = 8) -> Array:
    return np.random.default_rng(sounds).standard_normal((sounds, dimensions))


def nearest_pair(positions: Array) -> float:
    between = np.hypot(*(positions[:, None] - positions[None]).transpose(2, 0, 1))
    return float((between + np.eye(len(positions))).min())


def features(brightness_hz: float) -> Features:
    return Features(brightness_hz, 0.5, -20.0, 0.01, 1.0, math.nan)


def shares(sound_map: SoundMap, x: float, y: float) -> Array:
    found = np.zeros(len(sound_map.positions))
    for index, weight in sound_map.weights_at(x, y):
        found[index] = weight
    return found


@pytest.fixture(scope="module")
def made() -> SoundMap:
    return SoundMap.make(clusters()[0])


def test_sounds_of_a_kind_lie_together(made: SoundMap) -> None:
    group = clusters()[1]
    between = np.hypot(*(made.positions[:, None] - made.positions[None]).transpose(2, 0, 1))
    nearest = np.argsort(between, axis=1)[:, 1:6]
    assert (group[nearest] == group[:, None]).mean() > 0.98


def test_the_method_that_shows_neighbours_better_is_taken(made: SoundMap) -> None:
    assert made.trustworthiness.keys() == {"pca", "tsne"}
    assert made.method == max(made.trustworthiness, key=lambda name: made.trustworthiness[name])
    assert made.trustworthiness["tsne"] > 0.95
    flat = np.zeros((40, 8))
    flat[:, :2] = cloud(40, 2)
    assert SoundMap.make(flat).method == "pca"  # nothing keeps neighbours better than the plane they lie in


def test_a_method_can_be_asked_for() -> None:
    for method in ("pca", "tsne"):
        sound_map = SoundMap.make(cloud(12), method=method)
        assert (sound_map.method, [*sound_map.trustworthiness]) == (method, [method])


@pytest.mark.parametrize("sounds", [1, 2, 3, 4, 5, 7, 8, 9, 30])
@pytest.mark.parametrize("method", ["auto", "tsne"])
def test_any_number_of_sounds_has_a_map(sounds: int, method: str) -> None:
    sound_map = SoundMap.make(torch.from_numpy(cloud(sounds)), method=method)  # type: ignore[arg-type]
    assert sound_map.positions.shape == (sounds, 2)
    assert ((sound_map.positions >= MARGIN - 1e-9) & (sound_map.positions <= 1 - MARGIN + 1e-9)).all()
    assert sound_map.method == "pca" or sounds >= 8
    if sounds == 1:
        assert sound_map.positions.tolist() == [[0.5, 0.5]]
    else:
        assert np.ptp(sound_map.positions, axis=0).max() > 0.8


def test_five_hundred_sounds_have_a_map_whose_dots_can_all_be_clicked() -> None:
    sound_map = SoundMap.make(cloud(500))
    assert nearest_pair(sound_map.positions) > 0.012


@pytest.mark.parametrize("sounds", [2, 8, 100])
def test_the_same_sound_many_times_over_is_many_dots(sounds: int) -> None:
    sound_map = SoundMap.make(np.ones((sounds, 4)))
    assert nearest_pair(sound_map.positions) > 0.012
    assert np.isfinite(sound_map.positions).all()


def test_near_duplicates_lie_beside_each_other() -> None:
    latents = cloud(20)
    latents[1] = latents[0]
    positions = SoundMap.make(latents).positions
    assert 0.012 < np.hypot(*(positions[0] - positions[1])) < 0.05


def test_the_same_seed_gives_the_same_map() -> None:
    one, again = (SoundMap.make(cloud(40), method="tsne", seed=3) for _ in range(2))
    assert (one.positions == again.positions).all()


def test_features_bring_sounds_together_that_latents_alone_keep_apart() -> None:
    brightness = np.exp(np.random.default_rng(1).uniform(4, 9, 60))
    known = [features(float(value)) for value in brightness]
    apart, together = SoundMap.make(cloud(60)), SoundMap.make(cloud(60), features=known)
    octaves = np.log2(brightness)[:, None]
    trust = [trustworthiness(octaves, found.positions) for found in (apart, together)]
    assert trust[1] > trust[0] + 0.1


def test_what_cannot_be_mapped_is_refused() -> None:
    for latents in (np.zeros((0, 4)), np.zeros(4)):
        with pytest.raises(ValueError, match="at least one"):
            SoundMap.make(latents)
    with pytest.raises(ValueError, match="features"):
        SoundMap.make(np.zeros((2, 4)), features=[features(100.0)])


# The way back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sounds", [1, 2, 3, 4, 5, 8, 72])
def test_a_dot_is_its_own_sound(sounds: int) -> None:
    sound_map = SoundMap.make(cloud(sounds))
    for index, (x, y) in enumerate(sound_map.positions):
        assert sound_map.weights_at(x, y) == ((index, 1.0),)


@pytest.mark.parametrize("sounds", [1, 2, 3, 5, 8, 72])
def test_every_place_of_the_square_is_made_of_a_few_near_sounds(sounds: int) -> None:
    sound_map = SoundMap.make(cloud(sounds))
    for x, y in np.random.default_rng(0).uniform(0, 1, (200, 2)):
        weights = sound_map.weights_at(x, y)
        assert 1 <= len(weights) <= min(sounds, MOST_SOUNDS)
        assert math.isclose(sum(weight for _, weight in weights), 1.0)
        values = [weight for _, weight in weights]
        assert values == sorted(values, reverse=True)
        assert all(0 < weight <= 1 for weight in values)


@pytest.mark.parametrize("sounds", [2, 3, 5, 6, 8, 72])
def test_nothing_jumps_on_the_way_across_the_map(sounds: int) -> None:
    sound_map = SoundMap.make(cloud(sounds))
    way = np.linspace(-0.1, 1.1, 4001)
    for start, end in ((0.1, 0.8), (0.5, 0.5), (0.9, 0.0)):
        course = np.array([shares(sound_map, x, start + (end - start) * x) for x in way])
        assert np.abs(np.diff(course, axis=0)).sum(1).max() < 0.12


def test_a_place_between_two_sounds_alone_is_half_of_each() -> None:
    sound_map = SoundMap.make(cloud(2))
    middle = shares(sound_map, *sound_map.positions.mean(0))
    assert middle == pytest.approx([0.5, 0.5])


def test_nearer_sounds_count_more(made: SoundMap) -> None:
    for x, y in np.random.default_rng(1).uniform(0.2, 0.8, (50, 2)):
        place = made._nearest_inside(np.array([x, y]))
        distances = [np.hypot(*(made.positions[i] - place)) for i, _ in made.weights_at(x, y)]
        assert distances == sorted(distances)


def test_outside_of_the_dots_it_is_what_lies_at_their_edge() -> None:
    corners = np.array([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]])
    sound_map = SoundMap(np.concatenate([corners, [[0.5, 0.5], [0.4, 0.6]]]), "pca", {})
    assert sound_map.weights_at(0.0, 0.0) == ((0, 1.0),)
    assert sound_map.weights_at(0.3, -5.0) == sound_map.weights_at(0.3, 0.2)
    assert sound_map.weights_at(0.95, 0.6) == sound_map.weights_at(0.8, 0.6)


def test_a_map_survives_json(made: SoundMap) -> None:
    again = SoundMap.from_json(json.loads(json.dumps(made.to_json(), allow_nan=False)))
    assert np.abs(again.positions - made.positions).max() < 1e-6
    assert (again.method, again.trustworthiness) == (made.method, made.trustworthiness)


@pytest.mark.parametrize(
    "change",
    [
        {"positions": []},
        {"positions": [[0.1, 2.0]]},
        {"positions": [[0.1, float("nan")]]},
        {"positions": "here"},
        {"positions": [[0.1, 0.2], [0.3]]},
        {"method": "umap"},
        {"trustworthiness": 3},
    ],
)
def test_what_is_not_a_map_is_refused(made: SoundMap, change: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        SoundMap.from_json({**made.to_json(), **change})


def test_a_kept_map_is_played_without_the_libraries_that_made_it() -> None:
    code = (
        "import sys; from sda_desktop.generation.sound_map import SoundMap; import numpy; "
        "SoundMap(numpy.random.default_rng(0).random((9, 2)), 'pca', {}).weights_at(0.3, 0.3); "
        "assert not {'sklearn', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

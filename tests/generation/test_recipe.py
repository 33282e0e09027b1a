"""Tests of sda_desktop.generation.recipe."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sda_desktop.errors import BadInputError
from sda_desktop.generation.recipe import Partner, Recipe, Stop, normalised

PLACE = Stop(0.0, (("a", 0.25), ("b", 0.75)))


def recipe(**changes: Any) -> Recipe:  # noqa: ANN401 - of any field
    fields: dict[str, Any] = {
        "model": "m",
        "kind": "morph",
        "title": "Nightfall",
        "course": (PLACE, Stop(1.0, (("c", 1.0),))),
        "seconds": 2.5,
        "seed": 7,
        "variation": 0.5,
        "sliders": (("bright", -1.5),),
    }
    return Recipe(**{**fields, **changes})


def test_a_recipe_survives_a_file() -> None:
    made = recipe()
    assert Recipe.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_the_digest_is_of_the_sound_not_of_its_title() -> None:
    assert recipe(title="Dawn").digest() == recipe().digest()
    assert recipe(seed=8).digest() != recipe().digest()
    assert recipe(course=(PLACE,)).digest() != recipe().digest()


def test_the_sounds_it_refers_to_are_named_once() -> None:
    assert recipe(course=(PLACE, Stop(0.5, (("b", 1.0),)))).keys == ("a", "b")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"seconds": 0.0}, "length"),
        ({"seconds": float("nan")}, "length"),
        ({"seconds": 601.0}, "600"),
        ({"seed": -1}, "seed"),
        ({"novelty": 1.5}, "novelty"),
        ({"density": 1000.0}, "density"),
        ({"kind": "drawn"}, "drawn"),
        ({"course": ()}, "0 places"),
        ({"course": (Stop(0.5, (("a", 1.0),)), Stop(0.1, (("a", 1.0),)))}, "order"),
        ({"course": (Stop(2.0, (("a", 1.0),)),)}, "outside"),
        ({"course": (Stop(0.0, (("a", 0.5),)),)}, "sum to one"),
        ({"course": (Stop(0.0, ()),)}, "no sounds"),
        ({"course": (Stop(0.0, (("a", 0.5), ("a", 0.5))),)}, "twice"),
        ({"course": (Stop(0.0, (("a", 9.0), ("b", -8.0))),)}, "share"),
        ({"sliders": (("bright", float("inf")),)}, "bright"),
    ],
)
def test_what_is_out_of_range_is_named(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        recipe(**changes)


@pytest.mark.parametrize(
    "damage",
    [
        {"course": None},
        {"course": [{"at": 0.0}]},
        {"course": [{"at": 0.0, "weights": [["a"]]}]},
        {"seconds": "long"},
        {"sliders": 3},
        {"format": None},
        {"unknown": 1},
    ],
)
def test_a_damaged_file_is_refused_in_words(damage: dict[str, Any]) -> None:
    with pytest.raises(BadInputError, match="cannot be used"):
        Recipe.from_json({**recipe().to_json(), **damage})


def test_a_newer_recipe_asks_for_an_update() -> None:
    with pytest.raises(BadInputError, match="newer version"):
        Recipe.from_json({**recipe().to_json(), "format": 2})


def test_weights_are_normalised_with_the_largest_first() -> None:
    assert normalised({"a": 1.0, "b": 3.0, "c": 0.0}) == (("b", 0.75), ("a", 0.25))
    with pytest.raises(BadInputError, match="sum to nothing"):
        normalised([("a", 1.0), ("b", -1.0)])


def test_a_recipe_with_a_partner_survives_a_file() -> None:
    other = recipe(model="n", title="Other", kind="random", course=(PLACE,))
    made = recipe(partner=Partner(other, "runs/second", "time", 0.25, 0.1, 0.9))
    assert Recipe.from_json(json.loads(json.dumps(made.to_json()))) == made
    assert made.digest() != recipe().digest()
    moved = recipe(partner=Partner(other, "elsewhere", "time", 0.25, 0.1, 0.9))
    assert moved.digest() == made.digest()
    with pytest.raises(BadInputError, match="more than two"):
        recipe(partner=Partner(made, "runs/third"))


def test_recipes_written_before_there_were_partners_are_the_same() -> None:
    data = recipe().to_json()
    del data["partner"]
    assert Recipe.from_json(data) == recipe()
    digest = "03dc626ed9948beec63220318032fd4c5a8d78c87553e60cdd909a01ce48fbb7"
    assert recipe().digest() == digest

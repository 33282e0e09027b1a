"""Which sound is meant on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_instrument import RATE_HZ, small_instrument, tone

from sda_desktop.audio.io import write_wav
from sda_desktop.commands.named_sounds import kept_recipes, key_of, read_recipe, recipe_of
from sda_desktop.errors import AudioFileError, BadInputError
from sda_desktop.generation.atlas import Atlas
from sda_desktop.generation.history import History
from sda_desktop.generation.instrument import Instrument


@pytest.fixture(scope="module")
def shared() -> Instrument:
    return small_instrument()


@pytest.fixture
def instrument(shared: Instrument) -> Instrument:
    """With an atlas of its own."""
    return Instrument(shared.model, shared.atlas, shared.directions)


def renamed(instrument: Instrument, **folders: str) -> None:
    """Call the sounds with these names "kick" and put them into folders."""
    sounds = [
        replace(sound, name="kick", folder=folders[sound.name]) if sound.name in folders else sound
        for sound in instrument.atlas.sounds
    ]
    instrument.atlas = Atlas(sounds, instrument.atlas.bank)


@pytest.mark.parametrize("text", ["high", "HIGH", "tones/high", "key-high"])
def test_a_sound_of_the_model(instrument: Instrument, text: str) -> None:
    assert key_of(instrument, text) == "key-high"
    assert recipe_of(instrument, text) == instrument.sound("key-high")


def test_an_unknown_name_asks_back(instrument: Instrument) -> None:
    with pytest.raises(BadInputError, match=r"no sound called midle.*Did you mean middle\?"):
        key_of(instrument, "midle")
    with pytest.raises(BadInputError, match="It has, for example, low, middle, high"):
        key_of(instrument, "zzz")


def test_sounds_of_one_name_are_told_apart(instrument: Instrument) -> None:
    renamed(instrument, low="a", high="b")
    with pytest.raises(BadInputError, match=r"2 sounds are called kick\. Name one of a/kick, b/kick"):
        key_of(instrument, "kick")
    assert key_of(instrument, "b/kick") == "key-high"
    renamed(instrument, hit="", middle="")
    with pytest.raises(BadInputError, match="Name one of key-middle, key-hit"):
        key_of(instrument, "kick")


def test_a_file_becomes_a_sound_once(instrument: Instrument, tmp_path: Path) -> None:
    path = tmp_path / "new.wav"
    write_wav(path, tone(330, 0.3), RATE_HZ)
    key = key_of(instrument, str(path))
    assert instrument.atlas.sounds[-1].name == "new"
    assert key_of(instrument, str(path)) == key == key_of(instrument, "new")
    assert len(instrument.atlas) == 5


def test_a_file_of_the_corpus_is_that_sound(instrument: Instrument, tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    write_wav(path, tone(110, 0.8), RATE_HZ)
    first, *others = instrument.atlas.sounds
    instrument.atlas = Atlas([replace(first, path=path), *others], instrument.atlas.bank)
    assert key_of(instrument, str(path)) == first.key
    assert key_of(instrument, "x.wav") == first.key
    other = tmp_path / "y.wav"
    write_wav(other, tone(120, 0.3), RATE_HZ)
    assert key_of(instrument, str(other)) != first.key


def test_what_is_no_sound_is_refused(instrument: Instrument, tmp_path: Path) -> None:
    broken, silent = tmp_path / "broken.wav", tmp_path / "silent.wav"
    broken.write_bytes(b"nothing")
    write_wav(silent, np.zeros((1, 4410), np.float32), RATE_HZ)
    with pytest.raises(AudioFileError, match=r"broken\.wav"):
        key_of(instrument, str(broken))
    with pytest.raises(BadInputError, match="silent"):
        key_of(instrument, str(silent))


def test_recipes_come_from_files_folders_and_the_history(instrument: Instrument, tmp_path: Path) -> None:
    recipes = [instrument.random(seed) for seed in (1, 2)]
    for recipe in recipes:
        (tmp_path / f"{recipe.seed}.json").write_text(json.dumps(recipe.to_json()), encoding="utf-8")
    assert kept_recipes(str(tmp_path / "1.json")) == recipes[:1]
    assert kept_recipes(str(tmp_path)) == recipes
    assert recipe_of(instrument, str(tmp_path / "2.json")) == recipes[1]
    entry = History().add(recipes[0], 1.0, np.zeros((2, 96), np.float32))
    assert kept_recipes(entry.id) == recipes[:1] == [recipe_of(instrument, entry.id)]
    with pytest.raises(BadInputError, match="no recipe 0123456789abcdef"):
        kept_recipes("0123456789abcdef")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInputError, match="no recipes in"):
        kept_recipes(str(tmp_path / "empty"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is not a recipe"),
        (b"\xff\xfe", "is not a recipe"),
        (b"[" * 100_000, "is not a recipe"),
        (b"[]", "not a set of named values"),
        (b"{}", "not a recipe of SDA Desktop"),
        (b'{"format": 99}', "newer version"),
        (b" " * 1_000_001, "too large"),
    ],
)
def test_a_file_that_is_no_recipe_is_named(data: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises(BadInputError, match=f"bad.json.*{sentence}|{sentence}"):
        read_recipe(path)


def test_every_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(BadInputError, match=r"bad\.json"):
        read_recipe(path)
    with pytest.raises(BadInputError, match=r"gone\.json cannot be read"):
        read_recipe(tmp_path / "gone.json")

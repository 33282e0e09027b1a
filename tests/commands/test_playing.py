"""The commands that play a model: places, variations, morphs, and the same sound once more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.io import read_audio, write_wav
from sda_desktop.cli import main
from sda_desktop.generation.chart import layouts_of
from sda_desktop.generation.opening import open_instrument
from sda_desktop.generation.slider import Slider
from sda_desktop.training.checkpoint import list_checkpoints

SHORT = ("--length", "0.3", "--count", "1")


def sound(path: Path) -> NDArray[np.float32]:
    return read_audio(path)[0]


def recipe_in(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{name}.wav.json").read_text(encoding="utf-8"))
    return found


def bands_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The levels of 20 bands of frequency of a sound (1, frames), in dB."""
    power = np.abs(np.fft.rfft(samples[0].astype(np.float64))) ** 2
    return np.asarray(10 * np.log10([band.sum() for band in np.array_split(power, 20)]))


def test_a_place_of_the_map(trained_run: Path, tmp_path: Path) -> None:
    opened = open_instrument(trained_run)
    place = layouts_of(opened)[0].positions[2]
    key = opened.instrument.atlas.sounds[2].key
    where = f"{place[0]:.6f},{place[1]:.6f}"
    arguments = ["generate", str(trained_run), "--at", where, *SHORT, "--novelty", "0", "--recipes"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    recipe = recipe_in(tmp_path, "new 001 seed 0")
    assert recipe["kind"] == "place"
    assert recipe["novelty"] == 0
    [[first, share], *_] = recipe["course"][0]["weights"]
    assert (first, share) == (key, pytest.approx(1, abs=1e-3))


def test_between_sounds_by_name_and_file(trained_run: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.wav"
    write_wav(file, np.random.default_rng(0).uniform(-0.3, 0.3, (1, 20_000)).astype(np.float32), 44_100)
    between = ["--between", "bd_fat=3", "--between", f"{file}=1", "--density", "20", "--loop"]
    out = tmp_path / "out"
    assert main(["generate", str(trained_run), *between, *SHORT, "--recipes", "--out", str(out)]) == 0
    recipe = recipe_in(out, "new 001 seed 0")
    assert [share for _, share in recipe["course"][0]["weights"]] == [0.75, 0.25]
    assert (recipe["density"], recipe["loop"], recipe["seconds"]) == (20, True, 0.3)
    assert sound(out / "new 001 seed 0.wav").shape == (1, 13_230)


def test_shares_that_cancel_and_unknown_sounds_are_refused(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = ["generate", str(trained_run), "--out", str(tmp_path)]
    assert main([*start, "--between", "bd_fat=1", "--between", "elec_ping=-1"]) == 2
    assert "cancel each other" in capsys.readouterr().err
    assert main([*start, "--between", "bd_fad"]) == 2
    assert "Did you mean bd_fat?" in capsys.readouterr().err


def test_a_slider_is_moved_and_kept_in_the_recipe(
    own_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_instrument(own_run)
    one = np.eye(opened.instrument.atlas.latents.shape[1], dtype=np.float32)[0]
    label = "brighter, r = 0.90"
    slider = Slider("bright", label, "darker", "brighter", "brightness", one, one, 0.0, -1.5, 2.0, 0.9, 1.0)
    opened.folder.save_chart({"sliders": [slider.to_json()]})
    start = ["generate", str(own_run), *SHORT, "--recipes", "--out", str(tmp_path)]
    assert main([*start, "--slider", "zing=1"]) == 2
    assert "no slider zing. It has bright (brighter, r = 0.90; -1.5 to 2.0)." in capsys.readouterr().err
    assert main([*start, "--name", "plain"]) == main([*start, "--name", "moved", "--slider", "bright=2"]) == 0
    assert recipe_in(tmp_path, "moved")["sliders"] == [["bright", 2.0]]
    moved = sound(tmp_path / "moved.wav")
    assert np.abs(sound(tmp_path / "plain.wav") - moved).max() > 0.001
    kept, out = str(tmp_path / "moved.wav.json"), tmp_path / "out"
    assert main(["export", str(own_run), kept, "--out", str(out)]) == 0
    np.testing.assert_array_equal(sound(out / "New sound 0.wav"), moved)
    assert main(["vary", str(own_run), kept, "--count", "1", "--out", str(out)]) == 0


def test_novelty_and_length_default_to_what_suits(trained_run: Path, tmp_path: Path) -> None:
    for novelty in ("0", "1"):
        arguments = ["generate", str(trained_run), "--count", "1", "--novelty", novelty, "--recipes"]
        assert main([*arguments, "--name", novelty, "--out", str(tmp_path)]) == 0
    near, far = recipe_in(tmp_path, "0"), recipe_in(tmp_path, "1")
    assert near["novelty"] == 0 < far["novelty"]
    # One sound, as long as that is.
    [[key, share]] = near["course"][0]["weights"]
    atlas = open_instrument(trained_run).instrument.atlas
    assert share == 1
    assert near["seconds"] == pytest.approx(atlas.sounds[atlas.index(key)].seconds, rel=1e-3)


def test_variations_of_a_sound_and_of_a_recipe(trained_run: Path, tmp_path: Path) -> None:
    start = ["vary", str(trained_run)]
    assert main([*start, "bd_fat", *SHORT[:2], "--count", "2", "--recipes", "--out", str(tmp_path)]) == 0
    names = [f"Variation of bd_fat seed {seed}" for seed in (0, 1)]
    one, other = (sound(tmp_path / f"{name}.wav") for name in names)
    assert one.shape == other.shape == (1, 13_230)
    assert np.abs(one - other).max() > 0.001
    first = recipe_in(tmp_path, names[0])
    assert (first["kind"], first["variation"]) == ("variation", 0.5)
    kept, out = tmp_path / f"{names[0]}.wav.json", tmp_path / "again"
    arguments = [str(kept), "--amount", "0.1", "--seed", "9", "--count", "1", "--recipes"]
    assert main([*start, *arguments, "--out", str(out)]) == 0
    again = recipe_in(out, "Variation of bd_fat seed 9")
    assert (again["variation"], again["seconds"]) == (0.1, 0.3)


def test_a_morph_follows_its_curve(trained_run: Path, tmp_path: Path) -> None:
    start = ["morph", str(trained_run), "bd_fat", "elec_ping", "elec_blip"]
    options = ["--curve", "0,0.25,1", "--length", "0.5", "--recipes", "--seed", "3"]
    assert main([*start, *options, "--out", str(tmp_path)]) == 0
    recipe = recipe_in(tmp_path, "bd_fat to elec_blip")
    assert [stop["at"] for stop in recipe["course"]] == [0, 0.5, pytest.approx(2 / 3), 1]
    assert (recipe["kind"], recipe["seconds"], recipe["seed"]) == ("morph", 0.5, 3)
    assert sound(tmp_path / "bd_fat to elec_blip.wav").shape == (1, 22_050)


def test_a_sound_is_made_again_from_its_recipe(trained_run: Path, tmp_path: Path) -> None:
    first, out = tmp_path / "first", tmp_path / "out"
    arguments = ["generate", str(trained_run), "--count", "2", "--length", "0.3", "--recipes"]
    assert main([*arguments, "--out", str(first)]) == 0
    assert main(["export", str(trained_run), str(first), "--out", str(out)]) == 0
    for seed in (0, 1):
        made = sound(first / f"new 00{seed + 1} seed {seed}.wav")
        np.testing.assert_array_equal(made, sound(out / f"New sound {seed}.wav"))


def test_an_older_state_of_the_run_makes_its_sounds_again(own_run: Path, tmp_path: Path) -> None:
    arguments = ["generate", str(own_run), "--count", "1", "--length", "0.2", "--recipes"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    assert main(["train", "--resume", str(own_run), "--epochs", "2"]) == 0
    for checkpoint in list_checkpoints(own_run):
        if checkpoint.epoch == 1:
            shutil.rmtree(checkpoint.path)
    assert main(["export", str(own_run), str(tmp_path), "--out", str(tmp_path / "again")]) == 0
    made = sound(tmp_path / "new 001 seed 0.wav")
    np.testing.assert_array_equal(made, sound(tmp_path / "again" / "New sound 0.wav"))


def test_a_recipe_of_another_model_is_refused_and_the_others_are_made(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["generate", str(trained_run), "--count", "2", "--length", "0.2", "--recipes"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    foreign = recipe_in(tmp_path, "new 001 seed 0") | {"model": "0" * 32}
    (tmp_path / "new 001 seed 0.wav.json").write_text(json.dumps(foreign), encoding="utf-8")
    capsys.readouterr()
    assert main(["export", str(trained_run), str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "New sound 0: The state of a run" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["New sound 1.wav"]


def test_resynthesis_with_a_recipe_is_the_same_sound(
    own_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hiss.wav"
    hiss = np.random.default_rng(0).normal(0, 0.03, (1, 30_000)) * np.linspace(1, 0, 30_000)
    write_wav(file, hiss.astype(np.float32), 44_100)
    start = ["resynthesize", str(own_run), str(file), "--json", "--out", str(tmp_path)]
    assert main(start) == main([*start, "--recipes"]) == 0
    plain, with_recipe = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert plain["recipe"] is None
    assert with_recipe["kind"] == "resynthesis"
    one, other = sound(Path(plain["file"])), sound(Path(with_recipe["file"]))
    assert one.shape == other.shape == (1, 30_000)
    # Its latents were rounded when they were kept, so phases differ.
    np.testing.assert_allclose(bands_db(one), bands_db(other), atol=2)
    # The sound was kept with the model: its file is not needed any more.
    file.unlink()
    out = tmp_path / "out"
    assert main(["export", str(own_run), with_recipe["recipe_file"], "--out", str(out)]) == 0
    np.testing.assert_array_equal(sound(out / "hiss.wav"), other)

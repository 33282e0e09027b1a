"""`resynthesize` and `generate` with a real trained model."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sda_desktop.audio.io import AudioFormat, probe, read_audio, write_wav
from sda_desktop.cli import main
from sda_desktop.commands.sounds_out import MODEL_SUFFIX
from sda_desktop.errors import StorageError
from sda_desktop.generation import Recipe
from sda_desktop.generation.instrument import Instrument, Sound
from sda_desktop.generation.model_file import SUFFIX
from sda_desktop.paths import runs_dir
from sda_desktop.training.checkpoint import best_checkpoint


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_whole_sounds_come_out_at_their_length(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "neue klänge"
    long_sound = tmp_path / "long.wav"
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, (2, 110_000)).astype(np.float32)
    write_wav(long_sound, noise, 22_050)
    assert main(["resynthesize", str(trained_run), str(long_sound), "--out", str(out)]) == 0
    assert made(out) == ["long resynthesized.wav"]
    result = probe(out / "long resynthesized.wav")
    assert result == AudioFormat(44_100, 1, 220_000, 24, result.container, "PCM_24")
    assert capsys.readouterr().out == f"{out / 'long resynthesized.wav'}\n"


def test_a_model_is_a_run_or_a_checkpoint_and_nothing_is_overwritten(
    trained_run: Path, corpus: Path, tmp_path: Path
) -> None:
    best = best_checkpoint(trained_run)
    assert best is not None
    sound = str(corpus / "bd_fat.flac")
    for model in (trained_run, best.path):
        assert main(["resynthesize", str(model), sound, "--out", str(tmp_path)]) == 0
    assert made(tmp_path) == ["bd_fat resynthesized 2.wav", "bd_fat resynthesized.wav"]
    first, second = (read_audio(tmp_path / name)[0] for name in made(tmp_path))
    np.testing.assert_array_equal(first, second)


def test_from_the_global_latent_is_another_sound(trained_run: Path, corpus: Path, tmp_path: Path) -> None:
    arguments = ["resynthesize", str(trained_run), str(corpus / "elec_ping.flac"), "--out", str(tmp_path)]
    assert main([*arguments, "--from", "posterior"]) == 0
    assert main([*arguments, "--from", "global"]) == 0
    again, first = (read_audio(tmp_path / name)[0] for name in made(tmp_path))
    assert again.shape == first.shape
    assert np.abs(again - first).max() > 0.001


def test_an_unreadable_file_is_named_and_the_others_are_made(
    trained_run: Path, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound at all")
    out = tmp_path / "out"
    files = [str(broken), str(tmp_path / "gone.wav"), str(corpus / "bd_fat.flac")]
    assert main(["resynthesize", str(trained_run), *files, "--out", str(out)]) == 2
    err = capsys.readouterr().err.splitlines()
    assert ["broken.wav" in err[0], "gone.wav" in err[1], len(err)] == [True, True, 2]
    assert made(out) == ["bd_fat resynthesized.wav"]


def test_a_folder_stands_for_its_sounds(trained_run: Path, corpus: Path, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("bd_fat.flac", "elec_ping.flac"):
        shutil.copyfile(corpus / name, inside / name)
    assert main(["resynthesize", str(trained_run), str(inside), "--out", str(tmp_path / "out")]) == 0
    assert made(tmp_path / "out") == ["bd_fat resynthesized.wav", "elec_ping resynthesized.wav"]


def test_the_same_seed_makes_the_same_sound(trained_run: Path, tmp_path: Path) -> None:
    arguments = ["generate", str(trained_run), "--length", "0.5"]
    assert main([*arguments, "--count", "3", "--seed", "5", "--out", str(tmp_path / "a")]) == 0
    assert made(tmp_path / "a") == ["new 001 seed 5.wav", "new 002 seed 6.wav", "new 003 seed 7.wav"]
    assert main([*arguments, "--count", "1", "--seed", "6", "--out", str(tmp_path / "b")]) == 0
    sounds = [read_audio(tmp_path / "a" / name)[0] for name in made(tmp_path / "a")]
    assert {sound.shape for sound in sounds} == {(1, 22_050)}
    assert np.abs(sounds[0] - sounds[1]).max() > 0.001
    np.testing.assert_array_equal(sounds[1], read_audio(tmp_path / "b" / "new 001 seed 6.wav")[0])
    assert probe(tmp_path / "b" / "new 001 seed 6.wav").subtype == "PCM_24"


def test_generating_again_keeps_what_is_there(trained_run: Path, tmp_path: Path) -> None:
    arguments = ["generate", str(trained_run), "--count", "1", "--length", "0.2", "--out", str(tmp_path)]
    assert main(arguments) == main(arguments) == 0
    assert made(tmp_path) == ["new 001 seed 0 2.wav", "new 001 seed 0.wav"]


def test_out_that_is_a_file_is_refused(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").touch()
    assert main(["generate", str(trained_run), "--out", str(tmp_path / "out")]) == 2
    assert "is a file" in capsys.readouterr().err


def test_a_model_in_one_file_is_to_be_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert MODEL_SUFFIX == SUFFIX
    (tmp_path / "drums.sda").touch()
    assert main(["generate", str(tmp_path / "drums.sda"), "--out", str(tmp_path / "out")]) == 2
    assert "sda-desktop models import drums.sda" in capsys.readouterr().err


def test_a_damaged_model_is_refused(
    own_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    best = best_checkpoint(own_run)
    assert best is not None
    weights = best.path / "average.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    assert main(["generate", str(best.path), "--out", str(tmp_path / "out")]) == 2
    assert "average.safetensors" in capsys.readouterr().err


def test_ctrl_c_keeps_what_is_done(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Instrument.stream

    def interrupted(instrument: Instrument, recipe: Recipe) -> Iterator[Sound]:
        if recipe.seed == 1:
            signal.raise_signal(signal.SIGTERM)
        return stream(instrument, recipe)

    monkeypatch.setattr(Instrument, "stream", interrupted)
    assert main(["generate", str(trained_run), "--length", "0.2", "--out", str(tmp_path)]) == 130
    assert made(tmp_path) == ["new 001 seed 0.wav"]
    assert capsys.readouterr().err == "Cancelled; 1 sound written.\n"


def test_progress_on_a_terminal_leaves_the_names_whole(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    arguments = ["generate", str(trained_run), "--length", "0.2", "--count", "2", "--out", str(tmp_path)]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "Generating" in out
    assert f"{tmp_path / 'new 002 seed 1.wav'}\n" in out


def test_the_options_of_files_reach_the_file(trained_run: Path, corpus: Path, tmp_path: Path) -> None:
    wanted = ("--format", "flac", "--rate", "48000", "--bits", "16", "--normalise", "peak", "--target", "-6")
    named = ("--name", "{model} {title}", "--out", str(tmp_path))
    assert main(["resynthesize", str(trained_run), str(corpus / "bd_fat.flac"), *wanted, *named]) == 0
    assert made(tmp_path) == ["klänge 1 bd_fat.flac"]
    assert probe(tmp_path / "klänge 1 bd_fat.flac").subtype == "PCM_16"
    samples, rate_hz = read_audio(tmp_path / "klänge 1 bd_fat.flac")
    assert rate_hz == 48_000
    assert np.abs(samples).max() == pytest.approx(10 ** (-6 / 20), abs=1e-4)


def test_json_tells_of_each_file(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["generate", str(trained_run), "--count", "2", "--seed", "7", "--length", "0.25"]
    assert main([*arguments, "--json", "--recipes", "--out", str(tmp_path)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(line["file"]).name for line in lines] == ["new 001 seed 7.wav", "new 002 seed 8.wav"]
    assert [(line["seed"], line["seconds"], line["kind"]) for line in lines] == [
        (7, pytest.approx(0.25), "random"),
        (8, pytest.approx(0.25), "random"),
    ]
    for line in lines:
        recipe = Recipe.from_json(json.loads(Path(line["recipe_file"]).read_text(encoding="utf-8")))
        assert line["recipe_file"] == line["file"] + ".json"
        assert (recipe.digest(), recipe.model) == (line["recipe"], line["model"])


def test_a_recipe_does_not_replace_what_is_there(trained_run: Path, tmp_path: Path) -> None:
    there = tmp_path / "new 001 seed 0.wav.json"
    there.write_text("mine", encoding="utf-8")
    arguments = ["generate", str(trained_run), "--count", "1", "--length", "0.1", "--recipes"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    assert there.read_text(encoding="utf-8") == "mine"
    assert "new 001 seed 0.wav 2.json" in made(tmp_path)
    assert main([*arguments, "--overwrite", "--out", str(tmp_path)]) == 0
    assert there.read_text(encoding="utf-8") != "mine"
    assert len(made(tmp_path)) == 3


def test_a_full_disk_ends_it(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.", "Free some space.")

    monkeypatch.setattr("sda_desktop.generation.export_batch.export_sound", full)
    assert main(["generate", str(trained_run), "--length", "0.1", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "New sound 0: The disk is full. Free some space.\n"


def test_a_model_goes_by_its_name_in_the_library(
    trained_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(trained_run, runs_dir() / "a copy")
    assert main(["generate", "KLÄNGE 1", "--count", "1", "--length", "0.1", "--out", str(tmp_path)]) == 0
    assert main(["generate", "horns", "--count", "1", "--out", str(tmp_path)]) == 2
    assert "no model called horns" in capsys.readouterr().err

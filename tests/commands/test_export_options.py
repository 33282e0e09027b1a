"""The options that every command with files to write shares."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from sda_desktop.audio import export_options as engine
from sda_desktop.audio.export import ExportFormat, ExportOptions, export_sound
from sda_desktop.commands import export_options as words
from sda_desktop.commands.export_options import FileChoices, add_export_options, exported_data, given_files
from sda_desktop.commands.options import Parser, UsageError
from sda_desktop.errors import BadInputError


def given(*arguments: str, model_rate_hz: int = 44_100, pattern: str | None = "{title}") -> FileChoices:
    parser = Parser("x", "")
    add_export_options(parser, pattern=pattern)
    return given_files(parser.parse_args(arguments), model_rate_hz)


def test_without_options_it_is_what_the_model_makes() -> None:
    chosen = given(model_rate_hz=48_000)
    assert chosen == FileChoices(ExportOptions(ExportFormat("wav", "24", 48_000)), "{title}", "number")
    assert given(model_rate_hz=22_050).options.format.sample_rate_hz == 48_000


def test_every_combination_is_reached() -> None:
    for kind, rate in itertools.product(engine.KINDS, engine.RATES_HZ):
        for subtype in engine.SUBTYPES[kind]:
            arguments = ["--format", kind, "--rate", str(rate)]
            arguments += ["--bits", subtype] if subtype else []
            if (kind, rate) == ("mp3", 96_000):
                with pytest.raises(BadInputError, match="MP3 has no 96 kHz"):
                    given(*arguments)
            else:
                assert given(*arguments).options.format == ExportFormat(kind, subtype, rate)


def test_level_fades_names_and_replacing() -> None:
    chosen = given(
        *("--normalize", "loudness", "--target", "-20", "--fade-in", "0.5", "--fade-out", "2"),
        *("--name", "{number} {title}", "--overwrite"),
    )
    assert chosen.options == ExportOptions(
        normalise="loudness", target=-20.0, fade_in_s=0.5, fade_out_s=2.0, format=ExportFormat()
    )
    assert (chosen.pattern, chosen.existing) == ("{number} {title}", "replace")
    assert given("--normalise", "peak").options.target == -1.0
    assert given("--normalise", "loudness").options.target == -23.0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--bits", "16", "--format", "mp3"], r"MP3 has no bit depth.*--bits"),
        (["--bits", "32f", "--format", "flac"], "FLAC has no 32 bit float"),
        (["--target", "-3"], "--target needs --normalise"),
        (["--target", "-3", "--normalise", "loudness"], "between -50 and -6 LUFS"),
        (["--name", "{titel}"], r"no field \{titel\}"),
        (["--format", "aac"], "aac"),
        (["--rate", "22050"], "22050"),
        (["--fade-in", "-1"], "Fade"),
    ],
)
def test_what_cannot_be_is_a_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence):
        given(*arguments)


def test_a_command_may_name_its_files_itself() -> None:
    assert given(pattern=None).pattern == "{title}"
    with pytest.raises(UsageError):
        given("--name", "x", pattern=None)


def test_the_words_are_those_of_the_engine() -> None:
    assert words.KINDS == engine.KINDS
    assert tuple(map(int, words.RATES)) == engine.RATES_HZ
    assert set(words.BITS) | {""} == {subtype for kind in engine.KINDS for subtype in engine.SUBTYPES[kind]}
    assert words.DEFAULT_TARGETS["peak"] == engine.PEAK_DB[2]
    assert words.DEFAULT_TARGETS["loudness"] == engine.LOUDNESS_LUFS[2]
    assert words.LONGEST_FADE_S == engine.LONGEST_FADE_S


def test_what_json_says_of_a_file(tmp_path: Path) -> None:
    options = ExportOptions(ExportFormat("mp3", "", 48_000), "peak", -6.0)
    exported = export_sound(tmp_path / "a.mp3", np.full((1, 4800), 0.25, np.float32), 48_000, options)
    data = exported_data(exported, options)
    assert data.pop("gain_db") == pytest.approx(6.04, abs=0.01)
    assert data == {
        "file": str(tmp_path / "a.mp3"),
        "format": "mp3",
        "bits": None,
        "sample_rate_hz": 48_000,
        "seconds": 0.1,
        "note": "",
    }

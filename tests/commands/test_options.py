"""The options made from the table of hyperparameters."""

from __future__ import annotations

import argparse
import sys

import pytest

from sda_desktop.commands import options, train
from sda_desktop.commands.options import Parser, UsageError, add_setting_options, given_settings, setting_help
from sda_desktop.errors import ConfigError
from sda_desktop.training.config import TABLE
from sda_desktop.training.settings_table import Setting


def parsed(*arguments: str) -> argparse.Namespace:
    return train.build_parser().parse_intermixed_args(list(arguments))


def allowed_value(row: Setting) -> tuple[str, object]:
    """A value that is not the default, as text and as what it means."""
    if row.kind == "choice":
        return row.choices[-1], row.choices[-1]
    if row.kind == "whole":
        return str(int(row.minimum) + 1), int(row.minimum) + 1
    middle = (row.minimum + row.maximum) / 2
    return str(middle), middle


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_setting_is_an_option_with_its_own_type(row: Setting) -> None:
    text, value = allowed_value(row)
    given = given_settings(parsed("sounds", f"--{row.name.replace('_', '-')}", text))
    assert given == {row.name: value}
    assert type(given[row.name]) is type(value)


def test_only_what_was_given_counts_as_given() -> None:
    assert given_settings(parsed("sounds")) == {}
    # A value that equals the default was chosen all the same: a preset must not change it.
    assert given_settings(parsed("sounds", "--gain-db", "3", "--seed", "0")) == {"gain_db": 3.0, "seed": 0}


def test_negative_values_and_options_among_the_datasets() -> None:
    options = parsed("one", "--noise-db", "-80", "two", "--epochs", "3", "three")
    assert [str(path) for path in options.dataset] == ["one", "two", "three"]
    assert given_settings(options) == {"noise_db": -80.0, "epochs": 3}


@pytest.mark.parametrize("word", ["auto", "Automatic", "0"])
def test_automatic_by_word(word: str) -> None:
    assert given_settings(parsed("sounds", "--epochs", word, "--time-limit", word)) == {
        "epochs": 0,
        "time_limit_s": 0.0,
    }


def test_automatic_is_no_word_for_a_setting_without_it() -> None:
    with pytest.raises(ConfigError, match="seed"):
        parsed("sounds", "--seed", "auto")


def test_a_setting_out_of_range_names_field_value_and_range() -> None:
    with pytest.raises(ConfigError, match=r"Width \(channels\) is 8; it must lie between 32 and 1024"):
        parsed("sounds", "--channels", "8")


def test_abbreviations_are_not_guessed() -> None:
    with pytest.raises(UsageError, match=r"Did you mean --learning-rate\?"):
        parsed("sounds", "--learning-rat", "0.001")


def test_a_switch_is_a_pair_of_options(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Setting("keep_awake", "switch", True, "Keep awake", "No sleep while training.", advanced=False)
    monkeypatch.setattr("sda_desktop.commands.options.TABLE", (row,))
    monkeypatch.setattr("sda_desktop.commands.options.BY_NAME", {row.name: row})
    parser = Parser("x", "")
    add_setting_options(parser)
    assert given_settings(parser.parse_args(["--no-keep-awake"])) == {"keep_awake": False}
    assert given_settings(parser.parse_args(["--keep-awake"])) == {"keep_awake": True}
    assert given_settings(parser.parse_args([])) == {}
    assert setting_help(row) == "Keep awake. No sleep while training. [default yes]"


@pytest.mark.parametrize(
    ("executable", "frozen", "name"),
    [
        ("/opt/sda-desktop/sda-desktop", True, "sda-desktop"),
        ("/programs/SDA Desktop/sda-desktop-cli.exe", True, "sda-desktop-cli"),
        ("/usr/bin/python3", False, "sda-desktop"),
    ],
)
def test_the_program_is_called_as_it_can_be_called_again(
    executable: str, frozen: bool, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert options._program() == name

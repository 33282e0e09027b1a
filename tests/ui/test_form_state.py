"""What the settings form holds: presets followed, the user's own values kept."""

from __future__ import annotations

from typing import Any

import pytest

from sda_desktop.errors import ConfigError
from sda_desktop.training.config import (
    BY_NAME,
    PRESETS,
    TABLE,
    TrainingConfig,
    automatic_epochs,
    with_preset,
)
from sda_desktop.training.run_plan import MIN_STEPS_PER_EPOCH
from sda_desktop.ui.form_state import Dataset, FormState, number_text, range_text, spaced, value_text


def test_it_starts_as_the_defaults_say() -> None:
    state = FormState()
    assert state.explicit() == frozenset()
    assert state.config() == with_preset(TrainingConfig(), 0, frozenset())


@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("files", [3, 200])
def test_a_preset_takes_the_untouched_fields_with_it(preset: str, files: int) -> None:
    state = FormState()
    state.set_dataset(Dataset(files, 60.0))
    state.set_value("preset", preset)
    assert state.config() == with_preset(TrainingConfig(preset=preset), files, frozenset())
    assert state.explicit() == {"preset"}


def test_what_the_user_set_stays_when_the_preset_changes() -> None:
    state = FormState()
    state.set_value("preset", "conservative")
    state.set_value("gain_db", 9.0)
    state.set_value("preset", "aggressive")
    assert state.value("gain_db") == 9.0
    assert state.value("learning_rate") == PRESETS["aggressive"]["learning_rate"]
    assert state.explicit() == {"preset", "gain_db"}
    assert state.baseline("gain_db") == PRESETS["aggressive"]["gain_db"]
    state.reset("gain_db")
    assert state.value("gain_db") == PRESETS["aggressive"]["gain_db"]
    assert state.explicit() == {"preset"}


def test_the_engine_makes_the_same_of_config_and_explicit() -> None:
    state = FormState()
    state.set_dataset(Dataset(500, 900.0))
    state.set_value("preset", "aggressive")
    state.set_value("noise_db", -50.0)
    shown = state.config()
    assert with_preset(shown, 500, state.explicit()) == shown


def test_the_automatic_preset_follows_the_number_of_sounds() -> None:
    state = FormState()
    assert state.automatic_preset_label() == ""
    state.set_value("weight_decay", 0.5)
    state.set_dataset(Dataset(5, 10.0))
    assert state.automatic_preset_label() == "Conservative"
    assert state.value("learning_rate") == PRESETS["conservative"]["learning_rate"]
    state.set_dataset(Dataset(300, 600.0))
    assert state.automatic_preset_label() == "Balanced"
    assert state.value("learning_rate") == BY_NAME["learning_rate"].default
    assert state.value("weight_decay") == 0.5


def test_one_length_switches_the_other_off() -> None:
    state = FormState()
    state.set_value("epochs", 50)
    state.set_value("time_limit_s", 600.0)
    assert (state.value("epochs"), state.value("time_limit_s")) == (0, 600.0)
    state.set_value("epochs", 70)
    assert (state.value("epochs"), state.value("time_limit_s")) == (70, 0.0)
    state.config()  # raises if both were set


def test_a_value_out_of_range_is_refused_and_changes_nothing() -> None:
    state = FormState()
    before = state.snapshot()
    with pytest.raises(ConfigError, match="Learning rate"):
        state.set_value("learning_rate", 5.0)
    assert state.snapshot() == before


def test_a_saved_config_comes_back() -> None:
    state = FormState()
    state.set_dataset(Dataset(10, 20.0))
    config = with_preset(
        TrainingConfig(preset="balanced", gain_db=7.0, epochs=33), 10, frozenset({"gain_db"})
    )
    state.set_config(config, frozenset({"gain_db", "epochs"}))
    assert state.config() == config
    assert state.explicit() == {"preset", "gain_db", "epochs"}


def test_the_planned_length_is_the_engine_s() -> None:
    state = FormState()
    state.set_dataset(Dataset(165, 324.0, 44_100))
    steps = state.planned_steps_per_epoch()
    # 15 % of 165 files are held out; an epoch is one pass over the rest.
    batch_s = TrainingConfig().batch_frames * 512 / 44_100
    assert steps == pytest.approx(324.0 * (1 - 25 / 165) / batch_s, abs=1)
    assert state.planned_epochs() == automatic_epochs(steps)
    state.set_value("preset", "large")
    assert state.planned_epochs() == automatic_epochs(state.planned_steps_per_epoch(), "large") == 800
    state.set_value("preset", "automatic")
    state.set_value("epochs", 12)
    assert state.planned_epochs() == 12
    state.set_dataset(Dataset(1, 0.2))
    assert state.planned_steps_per_epoch() == MIN_STEPS_PER_EPOCH


@pytest.mark.parametrize(
    ("value", "text"), [(704, "704"), (3.0, "3"), (0.0001, "0.0001"), (1e-6, "1e-06"), (0.99999, "0.99999")]
)
def test_a_number_is_typed_back_exactly(value: float, text: str) -> None:
    assert number_text(value) == text
    assert float(number_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"), [(100_000, "100\u202f000"), (1e-6, "0.000001"), (-120.0, "-120"), (0.25, "0.25")]
)
def test_a_number_is_read_without_exponents(value: float, text: str) -> None:
    assert spaced(value) == text


def test_every_range_and_value_has_words() -> None:
    for row in TABLE:
        assert value_text(row, row.default)
        if row.kind in ("number", "whole"):
            assert "inf" not in range_text(row), row.name
            assert " to " in range_text(row)
    words: dict[str, Any] = {"epochs": "automatic", "preset": "Automatic", "warmup_steps": "50 steps"}
    for name, text in words.items():
        assert value_text(BY_NAME[name], BY_NAME[name].default) == text

"""The status bar and what it is made from."""

from __future__ import annotations

import pytest
from engine_stand_in import epoch, run_started, step
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sda_desktop.training.metrics import PreparationProgress
from sda_desktop.ui.run_progress import RunProgress
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.status_bar import StatusBar
from sda_desktop.ui.wording import device_text, duration_text, memory_text, short_name


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (580, "9 min 40 s"),
        (2531, "42 min"),
        (3599, "1 h 00 min"),
        (11100, "3 h 05 min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_a_long_name_leaves_room_for_the_sentence() -> None:
    assert short_name("demo sounds") == "demo sounds"
    assert short_name("field recordings from the harbour") == "field recordings from t…"


def test_memory_and_device() -> None:
    assert memory_text(812_400_000) == "812 MB"
    assert memory_text(1_440_000_000) == "1.4 GB"
    assert device_text("cpu", 1) == "CPU, 1 thread"
    assert device_text("cpu", 3) == "CPU, 3 threads"
    assert device_text("cuda:0", 1) == "NVIDIA GPU"


def _percent(now: RunProgress) -> int | None:
    return now.percent  # a call, because the type checker takes a property for constant


def test_progress_through_preparation_and_training() -> None:
    now = RunProgress()
    assert _percent(now) is None
    assert now.steps_per_s is None
    now.add([PreparationProgress("decoding", 12, 40, "kick.wav")])
    assert now.activity == "Reading sounds 12 of 40"
    assert now.fraction == pytest.approx(0.3)
    assert _percent(now) is None, "the preparation is no part of the training"
    now.add([run_started(epochs=2, steps=20), step(10)])
    assert (now.epoch, now.epochs, now.step, _percent(now)) == (1, 2, 10, 25)
    assert now.steps_per_s == pytest.approx(20.0)
    now.add([epoch(2, epochs=2)])
    assert _percent(now) == 100


def test_the_bar_says_estimating_until_the_time_left_is_known(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.begin()
    bar.set_state(RunState.PREPARING)
    assert bar.line.maximum() == 0, "no one knows how far the preparation is"
    bar.add_events([PreparationProgress("decoding", 12, 40)])
    assert bar.message.toolTip() == "Reading sounds 12 of 40"
    bar.set_state(RunState.RUNNING)
    bar.add_events([run_started(), step(1, eta_s=None)])
    assert bar.eta.value() == "estimating"
    assert bar.epoch.value() == "1 / 2"
    assert bar.step.value() == "1 / 20"
    assert bar.speed.value() == "20.0 steps/s"
    assert bar.device.value() == "CPU, 1 thread"
    assert bar.line.value() == 25


def test_figures_do_not_flicker_but_the_step_follows(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.set_state(RunState.RUNNING)
    bar.add_events([run_started(), step(1, eta_s=100.0)])
    bar.add_events([step(2, eta_s=90.0)])
    assert bar.step.value() == "2 / 20"
    assert bar.eta.value() == "1 min 40 s", "not a new figure ten times a second"


def test_no_field_changes_its_width(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1000, 30)
    bar.show()
    fields = (bar.epoch, bar.step, bar.speed, bar.eta, bar.device, bar.memory)
    empty = [f.geometry() for f in fields]
    bar.set_state(RunState.RUNNING)
    bar.add_events([run_started(epochs=400, steps=100), step(1, steps=100, eta_s=None)])
    bar.show_message("A long sentence that says what is going on. " * 9)
    assert [f.geometry() for f in fields] == empty
    for field in fields:
        value = field.findChild(QLabel, f"{field.objectName()}Value")
        assert value is not None
        assert value.fontMetrics().horizontalAdvance(field.value()) <= value.width()


def test_a_number_that_is_wider_than_expected_is_not_cut_off(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1200, 30)
    bar.show()
    bar.set_state(RunState.RUNNING)
    bar.add_events([run_started(epochs=100_000, steps=12_345), step(1, steps=12_345)])
    value = bar.epoch.findChild(QLabel, "statusEpochValue")
    assert value is not None
    assert value.text() == "1 / 100000"
    assert value.fontMetrics().horizontalAdvance(value.text()) <= value.width()


def test_a_new_run_starts_from_nothing(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.set_state(RunState.RUNNING)
    bar.add_events([run_started(), step(30)])
    bar.begin()
    bar.set_state(RunState.PREPARING)
    assert (bar.epoch.value(), bar.step.value(), bar.speed.value(), bar.eta.value()) == ("", "", "", "")
    assert bar.progress.percent is None

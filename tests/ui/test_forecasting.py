"""What Train would take, told under its button."""

from __future__ import annotations

import shutil
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from engine_stand_in import EngineStandIn
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from sda_desktop.training.forecast import Forecast, Room
from sda_desktop.training.speeds import Speed, keep_speed, this_computer
from sda_desktop.ui import theme
from sda_desktop.ui.forecast_words import NOTHING, words_of
from sda_desktop.ui.language import speak
from sda_desktop.ui.main_window import SMALLEST_SIZE, MainWindow
from sda_desktop.ui.run_controls import RunControls
from sda_desktop.ui.run_state import RunState, Situation, controls
from sda_desktop.ui.training_runner import TrainingRunner

Usage = namedtuple("Usage", "total used free")
ENOUGH = Room(Path("/home/me/runs"), 200_000_000, 242_000_000, 30_000_000_000)
PLENTY = Forecast(1520.0, 12_000, 400, False, False, 242_000_000, (ENOUGH,), 334_000_000, 4_000_000_000)
SMALL = replace(ENOUGH, free_bytes=82_000_000)
LACKING = replace(PLENTY, rooms=(SMALL,))
TIGHT = replace(PLENTY, rooms=(replace(ENOUGH, free_bytes=300_000_000),))
FILLING = replace(PLENTY, rooms=(replace(ENOUGH, free_bytes=210_000_000),))
MEMORY = replace(PLENTY, available_bytes=200_000_000)
DECODED = replace(PLENTY, rooms=(ENOUGH, replace(SMALL, folder=Path("/cache"))))
UNKNOWN = replace(PLENTY, seconds=None)
LIMITED = replace(PLENTY, has_time_limit=True, steps=11_873)
HUGE = replace(
    PLENTY,
    seconds=400_000.0,
    is_rough=True,
    rooms=(Room(Path("/r"), 999_900_000_000, 999_900_000_000, 100_900_000_000),),
    memory_bytes=128_800_000_000,
    available_bytes=100_800_000_000,
)


def test_the_estimate_is_one_short_line() -> None:
    assert words_of(PLENTY).estimate == "About 25 min on this computer"
    assert words_of(replace(PLENTY, is_rough=True)).estimate == "Roughly 25 min on this computer"
    assert words_of(LIMITED).estimate == "About 12\N{NARROW NO-BREAK SPACE}000 steps in that time"
    assert words_of(UNKNOWN).estimate == "No estimate yet for this device"


def test_enough_of_everything_is_only_told_in_the_tool_tip() -> None:
    words = words_of(PLENTY)
    assert (words.warning, words.problem, words.remedy) == ("", "", "")
    assert words.details == (
        "It writes up to 242 MB; 30.0 GB are free in /home/me/runs.\n"
        "It needs about 334 MB of memory; 4.0 GB are available."
    ).replace("/home/me/runs", str(ENOUGH.folder))


def test_what_is_tight_is_a_warning_and_what_is_missing_a_problem() -> None:
    assert words_of(TIGHT).warning == "Little disk space: up to 242 MB will be written, 300 MB are free."
    assert words_of(FILLING).warning.startswith("The disk may fill up: up to 242 MB will be written, 210 MB")
    assert words_of(FILLING).problem == ""
    assert words_of(TIGHT).problem == ""
    assert words_of(MEMORY).warning.startswith("Little memory: 334 MB needed, 200 MB free.")
    lacking = words_of(LACKING)
    assert lacking.problem == (
        "118 MB are missing on the disk of the runs: delete old ones, or keep fewer checkpoints."
    )
    assert str(ENOUGH.folder) in lacking.remedy
    assert "SDA_DESKTOP_HOME" in lacking.remedy
    assert lacking.warning == ""
    assert "decoded sounds" in words_of(DECODED).problem


def test_a_disk_that_is_too_small_disables_train_as_other_reasons_do(qtbot: QtBot) -> None:
    panel = RunControls()
    qtbot.addWidget(panel)
    words = words_of(LACKING)
    now = controls(Situation(room_problem=words.problem))
    assert not now.can_train
    panel.apply(now, forecast=words)
    assert not panel.primary.isEnabled()
    assert panel.sentence.text() == words.problem
    assert "SDA_DESKTOP_HOME" in panel.primary.toolTip() == panel.sentence.toolTip()
    # A wrong setting comes first, and a run that goes on is not disturbed.
    assert controls(Situation(room_problem="full", settings_problem="wrong")).reason == "wrong"
    assert controls(Situation(room_problem="full", state=RunState.RUNNING)).reason == ""


def test_a_warning_stands_before_what_resume_would_do(qtbot: QtBot) -> None:
    panel = RunControls()
    qtbot.addWidget(panel)
    now = controls(Situation(resumable=True))
    panel.apply(now, "Resume goes on.", words_of(PLENTY))
    assert panel.sentence.text() == "Resume goes on."
    panel.apply(now, "Resume goes on.", words_of(TIGHT))
    assert panel.sentence.text() == words_of(TIGHT).warning
    assert panel.sentence.property("role") == "warning"
    panel.apply(controls(Situation(state=RunState.RUNNING)), "", words_of(TIGHT))
    assert (panel.estimate.text(), panel.sentence.text()) == ("", "")
    assert panel.sentence.property("role") == "muted"


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before = QLocale()
    speak(qapp, request.param)
    yield request.param
    speak(qapp, "en")
    QLocale.setDefault(before)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("forecast", [PLENTY, LACKING, TIGHT, MEMORY, DECODED, UNKNOWN, LIMITED, HUGE])
def test_nothing_is_cut_off_in_the_smallest_window(
    qtbot: QtBot, qapp: QApplication, forecast: Forecast
) -> None:
    theme.apply_theme(qapp, "light")
    panel = RunControls()
    qtbot.addWidget(panel)
    panel.resize(272, panel.sizeHint().height())
    words = words_of(forecast)
    panel.apply(controls(Situation(room_problem=words.problem)), forecast=words)
    panel.show()
    height = panel.sizeHint().height()
    assert panel.estimate.shown_text() == panel.estimate.text() != ""
    assert panel.sentence.heightForWidth(panel.sentence.width()) <= panel.sentence.height()
    panel.apply(controls(Situation()), forecast=NOTHING)
    assert panel.sizeHint().height() == height, "the button moves"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    engine = EngineStandIn()
    made = MainWindow(TrainingRunner(_load_engine=lambda: engine))
    qtbot.addWidget(made)
    made.resize(SMALLEST_SIZE)
    made.show()
    yield made
    assert made.runner.shut_down(30)
    made.exploring.close()


def test_the_window_follows_sounds_settings_and_the_disk(
    qtbot: QtBot, window: MainWindow, small_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_speed(Speed(this_computer(), "cpu", "cpu", 1, 352, 192, 48, 24, 0.1, 0.02, 0.4, 0.01, 500, 1.0))
    estimate = window.findChild(QLabel, "trainEstimate")
    assert estimate is not None
    assert estimate.text() == ""
    with qtbot.waitSignal(window.sounds.scan_finished, timeout=30_000):
        window.open_dataset(small_corpus)
    qtbot.waitUntil(lambda: estimate.text().endswith("on this computer"))
    before = estimate.text()
    field = window.form.findChild(QLineEdit, "field_batch_frames")
    assert field is not None
    field.setText("4000")
    field.textEdited.emit("4000")
    qtbot.waitUntil(lambda: estimate.text() not in ("", before))
    assert window.run_controls.primary.isEnabled()

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 1_000_000))
    window.forecasting.look_soon()
    qtbot.waitUntil(lambda: not window.run_controls.primary.isEnabled())
    assert "missing on the disk of the runs" in window.run_controls.sentence.text()
    assert window.forecasting._again.isActive(), "somebody may make room"
    monkeypatch.undo()
    window.forecasting._again.setInterval(0)
    window.forecasting._again.start()
    qtbot.waitUntil(window.run_controls.primary.isEnabled)
    window.sounds.clear()
    qtbot.waitUntil(lambda: estimate.text() == "")

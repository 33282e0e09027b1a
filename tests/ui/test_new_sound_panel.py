"""The controls of new sounds: what they hold, what they ask for, what they say."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.generation.recipe import MAX_SEED
from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.control_scales import (
    DENSITY_STEPS,
    LENGTH_STEPS,
    density_at,
    density_step,
    length_at,
    length_step,
)
from sda_desktop.ui.explore_state import ControlValues
from sda_desktop.ui.length_edit import parse_length, typed_length_text
from sda_desktop.ui.new_sound_panel import NewSoundPanel

LEFT = Qt.MouseButton.LeftButton
T = TypeVar("T", bound=QWidget)


@pytest.fixture
def panel(qtbot: QtBot) -> NewSoundPanel:
    made = NewSoundPanel()
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


def part(panel: NewSoundPanel, kind: type[T], name: str) -> T:
    found = panel.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def press(panel: NewSoundPanel, name: str) -> None:
    QTest.mouseClick(part(panel, QPushButton, name), LEFT)


def write(panel: NewSoundPanel, name: str, text: str) -> None:
    field = part(panel, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


# Scales.


def test_every_step_of_the_scales_is_found_again() -> None:
    assert (length_at(0), length_at(LENGTH_STEPS)) == (0.1, 600.0)
    assert (density_at(0), density_at(1), density_at(DENSITY_STEPS)) == (0.0, 0.2, 50.0)
    for step in range(LENGTH_STEPS + 1):
        assert length_at(length_step(length_at(step))) == pytest.approx(length_at(step), rel=0.03)
    for step in range(DENSITY_STEPS + 1):
        assert density_at(density_step(density_at(step))) == pytest.approx(density_at(step), rel=0.06)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2.5", 2.5),
        ("2,5 s", 2.5),
        (" 500 ms", 0.5),
        ("1:30", 90.0),
        ("2 min", 120.0),
        ("2 min 5.5 s", 125.5),
        ("10:00", 600.0),
        ("0.1", 0.1),
        ("0.05", None),
        ("601", None),
        ("long", None),
        ("-2", None),
        ("1e2", None),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, seconds: float | None) -> None:
    assert parse_length(text) == seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2.0, "2 s"), (0.125, "0.125 s"), (90.0, "1:30"), (125.25, "2:05.25"), (59.9999, "1:00")],
)
def test_lengths_are_shown_as_they_can_be_typed(seconds: float, text: str) -> None:
    assert typed_length_text(seconds) == text
    assert parse_length(text) == pytest.approx(seconds, abs=5e-4)


# Random and its seed.


def test_each_click_takes_the_next_seed(panel: NewSoundPanel, qtbot: QtBot) -> None:
    seeds = []
    panel.random_requested.connect(lambda: seeds.append(panel.values().seed))
    for _ in range(3):
        press(panel, "randomButton")
    assert seeds == [0, 1, 2]
    panel.set_values(ControlValues(seed=MAX_SEED))
    press(panel, "randomButton")
    assert seeds[-1] == 0


@pytest.mark.parametrize("click", [True, False])
def test_a_seed_that_was_typed_is_the_one_that_is_heard(panel: NewSoundPanel, click: bool) -> None:
    seeds = []
    panel.random_requested.connect(lambda: seeds.append(panel.values().seed))
    press(panel, "randomButton")
    field = part(panel, QLineEdit, "seedField")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1234")
    if click:
        press(panel, "randomButton")
    else:
        QTest.keyClick(field, Qt.Key.Key_Return)
    press(panel, "randomButton")
    assert seeds == [0, 1234, 1235]


def test_a_seed_left_empty_is_the_one_before(panel: NewSoundPanel) -> None:
    panel.set_values(ControlValues(seed=5))
    field = part(panel, QLineEdit, "seedField")
    field.setFocus()
    field.clear()
    part(panel, QPushButton, "randomButton").setFocus()
    assert field.text() == "5"


# Values.


def test_values_that_are_set_are_shown_and_not_reported(panel: NewSoundPanel, qtbot: QtBot) -> None:
    values = ControlValues(90.0, 0.75, 0.2, 4.0, True, 42, {"brightness": 1.0})
    with qtbot.assertNotEmitted(panel.values_changed):
        panel.set_values(values)
    assert panel.values() == values
    assert part(panel, QLineEdit, "lengthField").text() == "1:30"
    assert part(panel, QLabel, "noveltyText").text() == "75 %"
    assert part(panel, QLabel, "densityText").text() == "4 /s"
    assert part(panel, QToolButton, "loopButton").isChecked()
    assert part(panel, QLineEdit, "seedField").text() == "42"


def test_a_moved_control_is_reported_with_all_the_others(panel: NewSoundPanel, qtbot: QtBot) -> None:
    panel.set_values(ControlValues(seed=3, sliders={"brightness": 1.0}))
    bar = part(panel, BarSlider, "noveltySlider")
    with qtbot.waitSignals([panel.values_changed, panel.settled]):
        QTest.mouseClick(bar, LEFT, pos=bar.rect().topRight())
    assert panel.values() == ControlValues(novelty=1.0, seed=3, sliders={"brightness": 1.0})


def test_a_length_is_dragged_typed_or_left_to_the_sound(panel: NewSoundPanel, qtbot: QtBot) -> None:
    bar, suits = part(panel, BarSlider, "lengthSlider"), part(panel, QToolButton, "lengthSuits")
    assert suits.isChecked()
    QTest.mouseClick(bar, LEFT, pos=bar.rect().topRight())
    assert panel.values().seconds == 600.0
    assert not suits.isChecked()
    write(panel, "lengthField", "2.345")
    assert panel.values().seconds == 2.345
    QTest.mouseDClick(bar, LEFT, pos=bar.rect().center())
    assert panel.values().seconds is None
    assert part(panel, QLineEdit, "lengthField").text() == ""
    QTest.mouseClick(suits, LEFT)
    assert panel.values().seconds is not None
    write(panel, "lengthField", " ")
    assert panel.values().seconds is None


def test_going_back_to_what_suits_is_one_change(panel: NewSoundPanel) -> None:
    panel.set_values(ControlValues(seconds=2.0))
    told: list[ControlValues] = []
    panel.values_changed.connect(told.append)
    QTest.keyClick(part(panel, BarSlider, "lengthSlider"), Qt.Key.Key_Delete)
    assert told == [ControlValues()]


def test_a_seed_is_settled_when_its_field_is_left(panel: NewSoundPanel, qtbot: QtBot) -> None:
    field = part(panel, QLineEdit, "seedField")
    field.setFocus()
    field.selectAll()
    with qtbot.assertNotEmitted(panel.settled):
        QTest.keyClicks(field, "12")
    with qtbot.waitSignal(panel.settled):
        part(panel, QPushButton, "randomButton").setFocus()


@pytest.mark.qt_log_ignore("does not support raise")  # of a tool tip on this platform
def test_a_length_that_cannot_be_is_marked_and_changes_nothing(panel: NewSoundPanel) -> None:
    field = part(panel, QLineEdit, "lengthField")
    write(panel, "lengthField", "20 min")
    assert panel.values().seconds is None
    assert field.property("invalid")
    assert "0.1 s to 10 min" in field.accessibleDescription()
    assert "0.1 s to 10 min" in QToolTip.text()
    QToolTip.hideText()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.property("invalid")


def test_leaving_the_field_untouched_keeps_the_exact_length(panel: NewSoundPanel, qtbot: QtBot) -> None:
    panel.set_values(ControlValues(seconds=1.23456789))
    with qtbot.assertNotEmitted(panel.values_changed):
        part(panel, QLineEdit, "lengthField").setFocus()
        part(panel, QPushButton, "randomButton").setFocus()
    assert panel.values().seconds == 1.23456789


# The rest.


def test_vary_and_keep_wait_for_a_sound(panel: NewSoundPanel, qtbot: QtBot) -> None:
    vary, keep = part(panel, QPushButton, "varyButton"), part(panel, QToolButton, "keepButton")
    assert not vary.isEnabled()
    assert not keep.isEnabled()
    panel.set_current("Kick", kept=True)
    assert keep.isChecked()
    with qtbot.waitSignal(panel.variation_requested):
        press(panel, "varyButton")
    with qtbot.waitSignal(panel.keep_toggled) as told:
        QTest.mouseClick(keep, LEFT)
    assert told.args == [False]


def test_without_a_model_nothing_can_be_asked_for_and_it_says_why(panel: NewSoundPanel) -> None:
    panel.set_current("Kick")
    panel.set_ready(False, "Open a model first.")
    for name in ("randomButton", "varyButton", "batchButton"):
        assert not part(panel, QPushButton, name).isEnabled()
    assert part(panel, QPushButton, "randomButton").toolTip() == "Open a model first."


def test_a_batch_is_asked_for_shown_and_cancelled(panel: NewSoundPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.batch_requested) as told:
        press(panel, "batchButton")
    assert told.args == [10]
    height = panel.sizeHint().height()
    panel.show_batch(3, 10)
    assert part(panel, QLabel, "batchText").text() == "3 of 10"
    assert panel.sizeHint().height() == height
    with qtbot.waitSignal(panel.cancel_batch_requested):
        press(panel, "batchCancel")
    panel.show_batch(4, 10)
    assert part(panel, QLabel, "batchText").text() == "Stopping…"
    panel.end_batch()
    assert part(panel, QPushButton, "batchButton").isVisible()


def test_it_fits_beside_the_sliders(panel: NewSoundPanel) -> None:
    assert panel.minimumSizeHint().width() <= 300
    assert panel.sizeHint().height() <= 210

"""The panel of sliders: a row each, live values, ways back, and what it says while there are none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.sliders_panel import SlidersPanel, SliderSpec, signed_text

SPECS = (
    SliderSpec("brightness", "darker", "brighter", -1.5, 2.0, 0.83, "brightness"),
    SliderSpec("noisiness", "purer", "noisier", -1.0, 1.0, 0.71, "noisiness"),
    SliderSpec("principal1", "lower, darker", "higher, brighter", -2.0, 2.0, 0.6, "pitch", True),
)


@pytest.fixture
def panel(qtbot: QtBot) -> SlidersPanel:
    made = SlidersPanel()
    qtbot.addWidget(made)
    made.resize(300, 220)
    made.show()
    made.set_sliders(SPECS)
    return made


def bar(panel: SlidersPanel, name: str) -> BarSlider:
    found = panel.findChild(BarSlider, f"slider_{name}")
    assert found is not None
    return found


def text(panel: SlidersPanel, name: str) -> str:
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found.text()


def button(panel: SlidersPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def told_by(panel: SlidersPanel) -> list[tuple[str, str, float]]:
    """What it reports from now on."""
    told: list[tuple[str, str, float]] = []
    panel.value_changed.connect(lambda name, value: told.append(("changed", name, value)))
    panel.value_committed.connect(lambda name, value: told.append(("committed", name, value)))
    return told


@pytest.mark.parametrize(
    ("value", "shown"), [(0.8, "+0.80"), (-1.25, "\u22121.25"), (0.0, "0.00"), (-0.001, "0.00")]
)
def test_values_are_signed(value: float, shown: str) -> None:
    assert signed_text(value) == shown


def test_a_row_says_what_it_changes_and_how_strongly(panel: SlidersPanel) -> None:
    assert bar(panel, "brightness").accessibleName() == "darker to brighter"
    assert text(panel, "strength_brightness") == "r = 0.83"
    assert "correlation" in bar(panel, "brightness").toolTip().lower()


def test_a_slider_reaches_as_far_as_the_corpus_and_zero_is_in_the_middle(panel: SlidersPanel) -> None:
    slider = bar(panel, "brightness")
    assert (slider.minimum(), slider.maximum()) == (-150, 200)
    assert slider._axis == (-200, 200)
    panel.set_ranges({"brightness": (-3.0, 0.5), "no such": (0, 1)})
    assert (slider.minimum(), slider.maximum(), slider._axis) == (-300, 50, (-300, 300))


def test_moving_one_tells_its_id_and_value(panel: SlidersPanel) -> None:
    told = told_by(panel)
    slider = bar(panel, "noisiness")
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().topRight())
    assert told == [("changed", "noisiness", 1.0), ("committed", "noisiness", 1.0)]
    assert panel.values() == {"noisiness": 1.0}
    assert text(panel, "value_noisiness") == "+1.00"


def test_values_that_are_set_are_not_reported(panel: SlidersPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.value_changed), qtbot.assertNotEmitted(panel.value_committed):
        panel.set_values({"brightness": -0.5})
    assert text(panel, "value_brightness") == "\u22120.50"
    panel.set_values({"noisiness": 0.25})
    assert panel.values() == {"noisiness": 0.25}


def test_a_value_out_of_reach_is_kept(panel: SlidersPanel) -> None:
    panel.set_values({"brightness": 1.75})
    panel.set_ranges({"brightness": (-3.0, 0.5)})
    assert panel.values() == {"brightness": 1.75}
    assert bar(panel, "brightness").value() == 50
    panel.set_ranges({"brightness": (-2.0, 2.0)})
    assert bar(panel, "brightness").value() == 175


@pytest.mark.parametrize("out_of_reach", [False, True])
def test_each_has_a_way_back(panel: SlidersPanel, out_of_reach: bool) -> None:
    panel.set_values({"brightness": 0.8})
    if out_of_reach:
        panel.set_ranges({"brightness": (-2.0, 0.0)})
    back = panel.findChild(QToolButton, "reset_brightness")
    assert back is not None
    assert back.isVisible()
    told = told_by(panel)
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert told == [("changed", "brightness", 0.0), ("committed", "brightness", 0.0)]
    assert not back.isVisible()


def test_all_go_back_in_one_step(panel: SlidersPanel, qtbot: QtBot) -> None:
    everything = button(panel, "slidersResetAll")
    assert not everything.isEnabled()
    panel.set_values({"brightness": 0.8, "noisiness": -0.3})
    with qtbot.assertNotEmitted(panel.value_changed), qtbot.waitSignal(panel.all_reset):
        QTest.mouseClick(everything, Qt.MouseButton.LeftButton)
    assert panel.values() == {}


def test_other_directions_are_folded_under_the_measured_ones(panel: SlidersPanel) -> None:
    fold = button(panel, "slidersFold")
    assert fold.text() == "More directions (1)"
    assert bar(panel, "brightness").isVisible()
    assert not bar(panel, "principal1").isVisible()
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert bar(panel, "principal1").isVisible()


def test_where_there_are_only_directions_they_are_in_sight(panel: SlidersPanel) -> None:
    panel.set_sliders(SPECS[2:])
    assert bar(panel, "principal1").isVisible()
    assert not button(panel, "slidersFold").isVisible()


def test_while_they_are_measured_it_says_how_far(panel: SlidersPanel) -> None:
    panel.show_measuring(40, 120)
    assert text(panel, "slidersSentence") == "Measuring the sliders: 40 of 120 sounds"
    progress = panel.findChild(QProgressBar)
    assert progress is not None
    assert (progress.isVisible(), progress.value(), progress.maximum()) == (True, 40, 120)
    assert panel.values() == {}


def test_where_there_are_none_it_says_why(panel: SlidersPanel) -> None:
    panel.set_sliders(())
    assert "More sounds" in text(panel, "slidersSentence")
    panel.set_sliders(SPECS)
    assert text(panel, "slidersSentence") == ""
    assert bar(panel, "brightness").isVisible()

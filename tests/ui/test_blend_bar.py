"""The blend bar: a second model, and how both are mixed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.generation.blend import BlendValues
from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.blend_bar import BlendBar
from sda_desktop.ui.fade_bar import FadeBar

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MODELS = (("x", "Field recordings"), ("y", "My drums"))


@pytest.fixture
def bar(qtbot: QtBot) -> BlendBar:
    made = BlendBar()
    qtbot.addWidget(made)
    made.set_models("Sonic Pi", MODELS)
    made.resize(620, 90)
    made.show()
    return made


@pytest.fixture
def fade(qtbot: QtBot) -> FadeBar:
    made = FadeBar()
    qtbot.addWidget(made)
    made.resize(206, 22)
    made.show()
    return made


def part(bar: BlendBar, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - of that kind
    found = bar.findChild(kind, name)
    assert found is not None
    return found


def test_it_says_why_the_maps_are_not_mixed(bar: BlendBar) -> None:
    text = part(bar, QLabel, "blendWhy").text()
    assert text.startswith("Each model has a map of its own;")
    assert text.endswith("so their sounds are mixed, not their maps.")


def test_without_a_second_model_there_is_nothing_to_mix(bar: BlendBar) -> None:
    assert not part(bar, BarSlider, "blendBalance").isVisible()
    bar.set_models("Sonic Pi", ())
    assert not part(bar, QComboBox, "blendModel").isEnabled()


def test_a_second_model_is_chosen_and_the_balance_moved(bar: BlendBar) -> None:
    told: list[BlendValues] = []
    bar.blend_changed.connect(told.append)
    choice = part(bar, QComboBox, "blendModel")
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    slider = part(bar, BarSlider, "blendBalance")
    QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, 5))
    assert told == [BlendValues("y"), BlendValues("y", balance=1.0)]
    assert bar.values() == told[-1]


def test_over_time_there_is_a_fade(bar: BlendBar, qtbot: QtBot) -> None:
    bar.set_values(BlendValues("x"))
    assert part(bar, BarSlider, "blendBalance").isVisible()
    QTest.mouseClick(part(bar, QToolButton, "blendMode_time"), LEFT)
    fade = part(bar, FadeBar, "blendFade")
    assert fade.isVisible()
    with qtbot.waitSignals([bar.blend_changed, bar.settled]):
        QTest.mouseClick(fade, LEFT, pos=QPoint(fade.width() - 1, 5))
    assert bar.values() == BlendValues("x", "time", fade_from=0.25, fade_to=1.0)


def test_values_that_are_set_are_shown_and_not_reported(bar: BlendBar, qtbot: QtBot) -> None:
    values = BlendValues("y", "time", 0.3, 0.1, 0.4)
    with qtbot.assertNotEmitted(bar.blend_changed):
        bar.set_values(values)
    assert bar.values() == values
    assert part(bar, QComboBox, "blendModel").currentText() == "My drums"
    assert part(bar, FadeBar, "blendFade").ends() == (0.1, 0.4)


def test_a_model_that_is_gone_is_blended_no_more(bar: BlendBar) -> None:
    bar.set_values(BlendValues("y"))
    bar.set_models("Sonic Pi", MODELS[:1])
    assert bar.values().other is None
    bar.set_values(BlendValues("y"))
    assert bar.values().other is None


def drag(fade: FadeBar, start: float, end: float) -> None:
    places = [QPoint(round(3 + share * 200), 10) for share in (start, (start + end) / 2, end)]
    QTest.mousePress(fade, LEFT, NOTHING, places[0])
    for place in places[1:]:
        at = QPointF(place)
        move = QMouseEvent(QEvent.Type.MouseMove, at, fade.mapToGlobal(at), LEFT, LEFT, NOTHING)
        QApplication.sendEvent(fade, move)
    QTest.mouseRelease(fade, LEFT, NOTHING, places[-1])


@pytest.mark.parametrize(
    ("start", "end", "ends"),
    [
        (0.25, 0.1, (0.1, 0.75)),  # an end
        (0.25, 0.9, (0.75, 0.75)),  # no further than the other
        (0.75, 0.1, (0.25, 0.25)),
        (0.5, 0.6, (0.35, 0.85)),  # what is between them
        (0.5, 0.95, (0.5, 1.0)),
        (0.1, 0.1, (0.1, 0.75)),  # a press beside them
    ],
)
def test_the_ends_of_a_fade_are_dragged(
    fade: FadeBar, start: float, end: float, ends: tuple[float, float]
) -> None:
    drag(fade, start, end)
    assert fade.ends() == pytest.approx(ends, abs=0.006)


def test_ends_that_lie_on_each_other_come_apart_to_either_side(fade: FadeBar) -> None:
    for share, ends in ((0.4, (0.4, 0.5)), (0.6, (0.5, 0.6))):
        fade.show_ends(0.5, 0.5)
        drag(fade, share, share)
        assert fade.ends() == pytest.approx(ends, abs=0.006)


def test_the_ends_of_a_fade_are_moved_with_keys(fade: FadeBar, qtbot: QtBot) -> None:
    fade.setFocus()
    with qtbot.waitSignals([fade.moved, fade.settled]):
        QTest.keyClick(fade, Qt.Key.Key_Left)
    QTest.keyClick(fade, Qt.Key.Key_Down)
    QTest.keyClick(fade, Qt.Key.Key_Right)
    assert fade.ends() == pytest.approx((0.24, 0.76))
    assert "keys move the end" in fade.accessibleDescription()
    with qtbot.waitSignals([fade.moved, fade.settled]):
        QTest.mouseDClick(fade, LEFT)
    assert fade.ends() == (0.25, 0.75)


def test_a_sound_of_the_second_model_is_chosen_or_drawn(qtbot: QtBot, bar: BlendBar) -> None:
    sounds = part(bar, QComboBox, "blendSound")
    assert not sounds.isVisible()
    bar.set_sounds((("k1", "Rain"), ("k2", "Gong")))
    assert sounds.isVisible()
    assert [sounds.itemText(n) for n in range(sounds.count())] == ["A new one", "Rain", "Gong"]
    told: list[tuple[str, int]] = []
    bar.sound_chosen.connect(lambda key, number: told.append((key, number)))
    sounds.setCurrentIndex(2)
    sounds.activated.emit(2)
    dice = part(bar, QToolButton, "blendDice")
    for _ in range(2):
        QTest.mouseClick(dice, LEFT)
    assert told == [("k2", 0), ("", 1), ("", 2)]
    assert sounds.currentIndex() == 0
    bar.set_sounds(())
    assert not sounds.isVisible()

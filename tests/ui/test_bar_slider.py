"""The bar slider: what it reports while it is moved, and how it is moved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sda_desktop.ui import bar_slider
from sda_desktop.ui.bar_slider import BarSlider

LEFT = Qt.MouseButton.LeftButton


class Heard:
    """What a slider reported."""

    def __init__(self, slider: BarSlider) -> None:
        self.moved: list[int] = []
        self.settled: list[int] = []
        slider.value_moved.connect(self.moved.append)
        slider.value_settled.connect(self.settled.append)


@pytest.fixture
def slider(qtbot: QtBot) -> BarSlider:
    made = BarSlider()
    qtbot.addWidget(made)
    made.set_axis((-100, 100), (-50, 80), 10)
    made.set_origin(0, centre_mark=True)
    made.resize(206, bar_slider.HEIGHT)
    made.show()
    return made


@pytest.fixture
def heard(slider: BarSlider) -> Heard:
    return Heard(slider)


def at(slider: BarSlider, share: float) -> QPoint:
    return QPoint(round(share * slider.width()), slider.height() // 2)


def test_a_press_goes_there_and_no_further_than_it_reaches(slider: BarSlider, heard: Heard) -> None:
    QTest.mouseClick(slider, LEFT, pos=at(slider, 0.75))
    assert slider.value() == pytest.approx(50, abs=2)
    QTest.mouseClick(slider, LEFT, pos=at(slider, 0.0))
    assert slider.value() == -50
    assert heard.settled == [pytest.approx(50, abs=2), -50]


def test_while_it_is_dragged_it_reports_now_and_then_and_the_last_value_always(
    slider: BarSlider, heard: Heard, qtbot: QtBot
) -> None:
    QTest.mousePress(slider, LEFT, pos=at(slider, 0.5))
    for x in range(slider.width() // 2, slider.width() // 2 + 40):
        QTest.mouseMove(slider, QPoint(x, 5))
    end = slider.value()
    assert end > 30
    assert len(heard.moved) < 15
    qtbot.waitUntil(lambda: heard.moved[-1:] == [end])
    assert heard.settled == []
    QTest.mouseRelease(slider, LEFT, pos=QPoint(slider.width() // 2 + 39, 5))
    assert heard.settled == [end]


def test_the_last_value_of_a_drag_comes_before_it_settles(slider: BarSlider, heard: Heard) -> None:
    QTest.mousePress(slider, LEFT, pos=at(slider, 0.5))
    QTest.mouseMove(slider, at(slider, 0.6))
    QTest.mouseMove(slider, at(slider, 0.7))
    QTest.mouseRelease(slider, LEFT, pos=at(slider, 0.7))
    assert heard.moved[-1] == heard.settled[-1] == slider.value()


def test_a_press_on_the_handle_does_not_move_it(slider: BarSlider, heard: Heard) -> None:
    slider.show_value(40)
    QTest.mouseClick(slider, LEFT, pos=at(slider, 0.7) + QPoint(3, 0))
    assert slider.value() == 40
    assert (heard.moved, heard.settled) == ([], [])


def test_with_shift_it_moves_finely(slider: BarSlider, qtbot: QtBot) -> None:
    QTest.mousePress(slider, LEFT, pos=at(slider, 0.5))
    start = slider.value()
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseRelease(slider, LEFT, shift)
    QTest.mousePress(slider, LEFT, shift, pos=at(slider, 0.5))
    place = QPointF(slider.width() / 2 + 50, 5)
    slider.mouseMoveEvent(
        QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, LEFT, shift)
    )
    assert slider.value() - start == pytest.approx(5, abs=1)


def test_a_double_click_and_delete_go_back(slider: BarSlider, heard: Heard) -> None:
    for key in (None, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        slider.show_value(70)
        if key is None:
            QTest.mouseDClick(slider, LEFT, pos=at(slider, 0.9))
        else:
            QTest.keyClick(slider, key)
        assert slider.value() == 0
        assert heard.settled[-1] == 0


def test_arrow_keys_step_and_settle_together(slider: BarSlider, heard: Heard, qtbot: QtBot) -> None:
    slider.setFocus()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 30
    assert heard.settled == []
    qtbot.waitUntil(lambda: heard.settled == [30])
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert slider.value() == 80


def test_it_is_high_enough_for_large_letters(slider: BarSlider) -> None:
    assert slider.sizeHint().height() == bar_slider.HEIGHT
    font = slider.font()
    font.setPixelSize(40)
    slider.setFont(font)
    assert slider.minimumSizeHint().height() > 40


def test_what_it_is_told_it_does_not_report(slider: BarSlider, heard: Heard) -> None:
    slider.show_value(20)
    slider.set_axis((-10, 10))
    assert slider.value() == 10
    assert (heard.moved, heard.settled) == ([], [])

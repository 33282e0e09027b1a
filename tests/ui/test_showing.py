"""The window comes up no larger than its screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.ui.main_window import FIRST_SIZE
from sda_desktop.ui.showing import FRAME, is_room, show_within_screen


@pytest.mark.parametrize(
    ("screen", "room"),
    [
        (QSize(1920, 1040), True),
        (QSize(1440, 860), True),
        (QSize(1366, 728), False),
        (QSize(1280, 800), False),  # the title bar needs some of it
        (QSize(1280, 1000), False),  # so does the frame
    ],
)
def test_common_screens(screen: QSize, room: bool) -> None:
    assert is_room(FIRST_SIZE, screen) is room


def test_what_is_too_large_takes_the_whole_screen_and_no_more(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    there = window.screen().availableGeometry()
    window.resize(there.size() + QSize(0, 1))
    show_within_screen(window)
    assert window.isMaximized()
    qtbot.waitUntil(lambda: there.contains(window.geometry()))


def test_what_fits_keeps_its_size(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    size = window.screen().availableGeometry().size() - FRAME
    window.resize(size)
    show_within_screen(window)
    assert not window.isMaximized()
    assert window.size() == size


def test_on_a_screen_that_is_too_small_for_it_it_can_still_be_moved(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    size = window.screen().availableGeometry().size() + QSize(200, 0)
    window.setMinimumSize(size)
    show_within_screen(window)
    assert not window.isMaximized()
    assert window.size() == size

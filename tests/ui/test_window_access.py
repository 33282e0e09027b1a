"""The window without a mouse and without eyes: the way of Tab, the focus ring, names, roles, values."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from filled_window import fill
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from running_app import CHECKOUT

from sda_desktop.ui import theme
from sda_desktop.ui.focus_order import tab_stops
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.notices import Notice
from sda_desktop.ui.pages import EXPLORE, TRAIN

LEAST_HIT = 18  # pixels; a reset beside a slider is the narrowest
SAME_ROW = 10  # pixels between the middles of what stands side by side


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    fill(made, lambda condition: qtbot.waitUntil(condition, timeout=10_000))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.exploring.close()


def tabbed_through(start: QWidget) -> list[QWidget]:
    """Where Tab comes to from start, until it comes round."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    order: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in order:
        order.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert widget is order[0]  # it comes round, to where it began
    return order


def place_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def panels(window: MainWindow, page: int) -> list[QWidget]:
    """The parts of a page from the left to the right, between the page's switch and the player."""
    explore = window.exploring.page if page == EXPLORE else None
    if explore is None:
        left = [window.sounds, window.form, window.run_controls]
        middle = [window.plots, window.previews, window.runs]
    else:
        left = [explore.library, explore.blend]
        middle = [explore.tools, explore.map, explore.morph]
        middle += [explore.presets, explore.new_sound, explore.sliders, explore.history]
    return [window.pages.switch, window.notices, *left, *middle, window.player_bar]


@pytest.mark.parametrize("width", [1280, 960])
@pytest.mark.parametrize("page", [TRAIN, EXPLORE])
def test_tab_goes_through_the_page_as_one_reads_it(
    qtbot: QtBot, window: MainWindow, page: int, width: int
) -> None:
    window.resize(width, 800)
    window.pages.show_page(page)
    window.notices.add(Notice("test", "Something to say", "warning", "Do it"))
    qtbot.waitUntil(lambda: window.width() == width)
    QApplication.processEvents()  # what goes to another row in a narrow window does so when it is laid out
    parts = panels(window, page)
    order = tabbed_through(window.pages.switch.findChildren(QWidget)[page])
    numbers = [next(n for n, part in enumerate(parts) if part is w or part.isAncestorOf(w)) for w in order]
    assert numbers == sorted(numbers), [w.objectName() for w in order]
    for before, after in pairwise(order):
        part = next(p for p in parts if p is before or p.isAncestorOf(before))
        if not part.isAncestorOf(after) or part.objectName() == "morphStrip":  # which has columns
            continue
        first, second = place_in(window, before), place_in(window, after)
        down = second.center().y() - first.center().y()
        across = second.x() > first.x() if abs(down) <= SAME_ROW else second.bottom() > first.top()
        assert across, f"{after.objectName()} at {second} after {before.objectName()} at {first}"


@pytest.mark.parametrize("page", [TRAIN, EXPLORE])
def test_tab_comes_to_everything_that_takes_the_focus(window: MainWindow, page: int) -> None:
    window.pages.show_page(page)
    window.notices.add(Notice("test", "Something to say", "warning", "Do it"))
    reached = set(tabbed_through(window.pages.switch.findChildren(QWidget)[page]))
    missed = {
        widget.objectName()
        for widget in tab_stops(window)
        if widget.isVisible() and widget.isEnabled() and widget not in reached
    }
    # Of buttons of which one is down, Tab comes to that one, and the arrow keys to the others.
    others = {w.objectName() for w in window.findChildren(QWidget) if w.property("checked") is False}
    assert missed - others == set()


@pytest.mark.parametrize("page", [TRAIN, EXPLORE])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_can_be_seen_wherever_it_is(
    qapp: QApplication, window: MainWindow, page: int, mode: str
) -> None:
    style, palette = qapp.style().name(), QPalette(qapp.palette())
    theme.apply_theme(qapp, mode)
    try:
        window.pages.show_page(page)
        unseen = []
        for widget in tabbed_through(window.pages.switch.findChildren(QWidget)[page]):
            widget.clearFocus()
            without = luminance(window, widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            with_it = luminance(window, widget)
            ratio = (np.maximum(without, with_it) + 0.05) / (np.minimum(without, with_it) + 0.05)
            if np.count_nonzero(ratio >= 1.5) < 40:
                unseen.append(widget.objectName())
        assert unseen == []
    finally:
        theme.apply_theme(qapp, "light")
        qapp.setStyleSheet("")
        qapp.setStyle(style)
        qapp.setPalette(palette)


@pytest.mark.parametrize("page", [TRAIN, EXPLORE])
def test_what_is_clicked_is_large_enough_to_be_hit(window: MainWindow, page: int) -> None:
    window.pages.show_page(page)
    small = [
        (button.objectName(), button.width(), button.height())
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.objectName() and min(button.width(), button.height()) < LEAST_HIT
    ]
    assert small == []


def luminance(window: QWidget, widget: QWidget) -> NDArray[np.float64]:
    """The relative luminance of each pixel of a widget (WCAG 2.2)."""
    image = window.grab(place_in(window, widget)).toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    parts = rows[:, : image.width() * 3].reshape(image.height(), -1, 3) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def test_a_screen_reader_finds_a_name_a_role_and_a_value(tmp_path: Path) -> None:
    program = Path(__file__).parents[1] / "support" / "accessible_tree.py"
    done = subprocess.run(
        [sys.executable, str(program)],
        env={**os.environ, "SDA_DESKTOP_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    found = result["complaints"]
    assert [line.split(":")[0] for line in found["bad"]] == ["no name", "two of the same", "two of the same"]
    assert found["train"] == []
    assert found["explore"] == []
    assert result["elements"] > 100

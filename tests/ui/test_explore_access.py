"""The Explore page without a mouse and without eyes: names, and the way of the focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from map_dots import five_dots
from names import nameless
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.generation.recipe import Recipe, Stop
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.sliders_panel import SliderSpec


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.exploring.close()


def test_every_control_of_the_explore_page_has_names_as_well(window: MainWindow) -> None:
    page = window.exploring.page
    assert nameless(window) == []  # with no model yet
    page.map.set_dots(five_dots())
    page.tools.set_layouts([("tsne", "Neighbours", 0.9), ("pca", "Axes", 0.8)], "tsne")
    page.sliders.set_sliders(
        [
            SliderSpec("brightness", "darker", "brighter", -2.0, 2.0, 0.9, "brightness"),
            SliderSpec("principal-1", "shorter", "longer", -2.0, 2.0, 0.8, "", principal=True),
        ]
    )
    page.new_sound.set_ready(True)
    page.new_sound.show_batch(1, 10)
    page.morph.set_ready(True)
    page.session.history.add(
        Recipe("model", "random", "New sound 1", (Stop(0.0, (("key", 1.0),)),), 0.5),
        0.5,
        five_dots()[0].outline,
        Path("run"),
    )
    page.history.refresh()
    assert len(page.history.list.model().index(0, 0).data()) > 0
    assert nameless(window) == []


def test_tab_comes_to_every_control(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    page = window.exploring.page
    page.map.set_dots(five_dots())
    page.sliders.set_sliders([SliderSpec("brightness", "darker", "brighter", -2.0, 2.0, 0.9, "brightness")])
    page.new_sound.set_ready(True)
    qtbot.waitUntil(window.isActiveWindow)
    page.map.setFocus()
    order: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in order:
        order.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    names = [widget.objectName() for widget in order]
    wanted = {"mapSearch", "randomButton", "slider_brightness", "historySearch", "importModelButton"}
    assert wanted.difference(names) == set()
    assert names.index("batchButton") < names.index("slider_brightness") < names.index("historySearch")

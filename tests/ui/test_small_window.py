"""The smallest window: nothing cut off, and never two scroll bars for one thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from map_dots import five_dots
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.ui.main_window import SMALLEST_SIZE, MainWindow
from sda_desktop.ui.pages import EXPLORE
from sda_desktop.ui.plot_tools import PlotTools
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sliders_panel import SliderSpec

SLIDERS = [
    SliderSpec("brightness", "darker", "brighter", -2.0, 2.0, 0.9, "brightness"),
    SliderSpec("noisiness", "purer", "noisier", -2.0, 2.0, 0.9, "noisiness"),
    SliderSpec("length", "shorter", "longer", -2.0, 2.0, 0.9, "length"),
    SliderSpec("principal-1", "lower", "higher", -2.0, 2.0, 0.8, "", principal=True),
]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(SMALLEST_SIZE)
    made.show()
    yield made
    made.exploring.close()


def scrolled_twice(window: QWidget) -> list[str]:
    """Panels with a scroll bar of their own inside panels with one."""

    def scrolls(area: QAbstractScrollArea) -> bool:
        return isinstance(area, QScrollArea) and area.verticalScrollBar().isVisible()

    found = []
    for area in window.findChildren(QScrollArea):
        around = area.parentWidget()
        while around is not None:
            if scrolls(area) and isinstance(around, QScrollArea) and scrolls(around):
                found.append(f"{area.objectName()} in {around.objectName()}")
            around = around.parentWidget()
    return found


def test_the_sliders_scroll_with_what_stands_above_them(qtbot: QtBot, window: MainWindow) -> None:
    window.pages.show_page(EXPLORE)
    page = window.exploring.page
    page.map.set_dots(five_dots())
    page.sliders.set_sliders(SLIDERS)
    bar = next(
        area.verticalScrollBar() for area in page.findChildren(QScrollArea) if area.isAncestorOf(page.sliders)
    )
    qtbot.waitUntil(bar.isVisible)
    assert scrolled_twice(window) == []
    fold = page.sliders.findChild(QWidget, "slidersFold")
    assert fold is not None
    fold.click()  # type: ignore[attr-defined]
    last = page.sliders.findChild(QWidget, "slider_principal-1")
    assert last is not None
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())  # what was opened is in sight


@pytest.mark.parametrize("width", [308, 560])
def test_the_tools_of_the_curves_are_never_cut_off(qtbot: QtBot, width: int) -> None:
    tools = PlotTools(Settings())
    qtbot.addWidget(tools)
    tools.resize(width, 28)
    tools.show()
    axis = tools.findChild(QComboBox, "plotAxis")
    place = tools.findChild(QLabel, "plotPlace")
    assert axis is not None
    assert place is not None
    assert axis.width() >= axis.sizeHint().width()
    before = axis.x()
    tools.set_place("step 123,456")
    QApplication.processEvents()
    assert axis.x() == before  # nothing moves while the pointer does
    word = next(label for label in tools.findChildren(QLabel) if label.text() == "Smooth")
    assert word.isVisible() == (width >= 400)

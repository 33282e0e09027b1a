"""The row above the map steers it and remembers what was chosen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from event_loop import live
from map_dots import five_dots
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.ui.map_tools import MapTools
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sound_map import SoundMap


@pytest.fixture
def sound_map(qtbot: QtBot) -> SoundMap:
    made = SoundMap()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.set_dots(five_dots())
    made.show()
    return made


@pytest.fixture
def tools(sound_map: SoundMap, qtbot: QtBot) -> MapTools:
    made = MapTools(sound_map, Settings())
    qtbot.addWidget(made)
    made.show()
    return made


def _combo(tools: MapTools, name: str) -> QComboBox:
    found = tools.findChild(QComboBox, name)
    assert found is not None
    return found


def _choose(combo: QComboBox, data: str) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def _found(tools: MapTools) -> str:
    found = tools.findChild(QLabel, "mapFound")
    assert found is not None
    return found.text()


def test_the_search_counts_and_enter_goes_on(tools: MapTools, sound_map: SoundMap) -> None:
    field = tools.findChild(QLineEdit, "mapSearch")
    assert field is not None
    QTest.keyClicks(field, "soft")
    assert sound_map.scene.hits == [2, 3]
    assert _found(tools) == "2"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert _found(tools) == "1 of 2"
    assert sound_map.scene.current_hit == 2
    QTest.keyClicks(field, "x")
    assert _found(tools) == "none"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), _found(tools)) == ("", "")
    assert sound_map.scene.hits == []


def test_the_colours_follow_and_are_remembered(tools: MapTools, sound_map: SoundMap, qtbot: QtBot) -> None:
    assert tools.color_by == "folder"
    _choose(_combo(tools, "mapColors"), "brightness")
    assert sound_map.scene.coloring.ramp is not None
    again = MapTools(sound_map, Settings())
    qtbot.addWidget(again)
    assert again.color_by == "brightness"


def test_what_a_click_plays_is_told_and_remembered(
    tools: MapTools, sound_map: SoundMap, qtbot: QtBot
) -> None:
    assert tools.audition == "original"
    with qtbot.waitSignal(tools.audition_chosen) as told:
        _choose(_combo(tools, "mapAudition"), "reconstruction")
    assert told.args == ["reconstruction"]
    again = MapTools(sound_map, Settings())
    qtbot.addWidget(again)
    assert again.audition == "reconstruction"


def test_layouts_are_offered_with_their_trustworthiness(tools: MapTools, qtbot: QtBot) -> None:
    combo = _combo(tools, "mapLayout")
    assert combo.isHidden()
    tools.set_layouts([("tsne", "Neighbours", 0.93), ("pca", "Overview", 0.81)], "pca")
    assert tools.layout_name == "pca"
    assert combo.isVisible()
    assert "81 %" in combo.toolTip()
    with qtbot.waitSignal(tools.layout_chosen) as told:
        _choose(combo, "tsne")
    assert told.args == ["tsne"]
    assert "93 %" in combo.toolTip()


def test_the_buttons_zoom(tools: MapTools, sound_map: SoundMap) -> None:
    zooms = []
    for name in ("mapZoomIn", "mapZoomIn", "mapZoomOut", "mapFitAll"):
        button = tools.findChild(QToolButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        zooms.append(sound_map.scene.view.zoom)
    assert zooms[1] > zooms[0] > 1
    assert zooms[2:] == pytest.approx([zooms[0], 1.0])


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_hints_are_shown_on_a_click_too(tools: MapTools, qtbot: QtBot) -> None:
    button = tools.findChild(QToolButton, "mapHelp")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "lasso" in QToolTip.text()
    QToolTip.hideText()


def test_everything_has_a_name_and_fits_beside_the_other_columns(tools: MapTools) -> None:
    for kind in (QComboBox, QToolButton, QLineEdit):
        for widget in tools.findChildren(kind):
            if widget.objectName().startswith("map"):
                assert widget.accessibleName()
    assert tools.minimumSizeHint().width() < 560


def test_in_a_narrow_column_the_choices_take_a_row_of_their_own(sound_map: SoundMap, qtbot: QtBot) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    tools = MapTools(sound_map, Settings(), column)
    tools.set_layouts([("tsne", "Neighbours", 0.97), ("pca", "Main directions", 0.85)])
    combos = tools.findChildren(QComboBox)
    search = tools.findChild(QLineEdit, "mapSearch")
    assert search is not None
    column.show()

    for width, below in ((700, False), (376, True), (700, False)):
        tools.resize(width, tools.sizeHint().height())
        live(0.05)
        assert {combo.geometry().top() > search.geometry().bottom() for combo in combos} == {below}
        edges = sorted((combo.geometry().left(), combo.geometry().right()) for combo in combos)
        assert all(one[1] < other[0] for one, other in pairwise(edges))
        assert edges[-1][1] < width

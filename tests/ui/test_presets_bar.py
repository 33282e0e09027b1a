"""The presets bar: choosing, naming, replacing and deleting are asked for, never done by it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QStyleOptionComboBox, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.ui.presets_bar import PresetsBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot) -> PresetsBar:
    made = PresetsBar()
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show()
    made.set_presets(["Deep bass", "Glass"], "Glass")
    return made


@pytest.fixture
def asked(bar: PresetsBar) -> list[tuple[Any, ...]]:
    """What it asks for."""
    told: list[tuple[Any, ...]] = []
    bar.preset_chosen.connect(lambda name: told.append(("choose", name)))
    bar.save_requested.connect(lambda name, replacing: told.append(("save", name, replacing)))
    bar.rename_requested.connect(lambda name, new: told.append(("rename", name, new)))
    bar.delete_requested.connect(lambda name: told.append(("delete", name)))
    return told


def choice(bar: PresetsBar) -> QComboBox:
    found = bar.findChild(QComboBox, "presetChoice")
    assert found is not None
    return found


def shown(bar: PresetsBar) -> str:
    """What the closed list says."""
    option = QStyleOptionComboBox()
    choice(bar).initStyleOption(option)
    return option.currentText


def button(bar: PresetsBar, name: str) -> QToolButton:
    found = bar.findChild(QToolButton, name)
    assert found is not None
    return found


def accept(bar: PresetsBar) -> QPushButton:
    found = bar.findChild(QPushButton, "presetAccept")
    assert found is not None
    return found


def trigger(bar: PresetsBar, name: str) -> None:
    action = bar.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def write(bar: PresetsBar, name: str) -> QLineEdit:
    field = bar.findChild(QLineEdit, "presetName")
    assert field is not None
    assert field.isVisible()
    field.selectAll()
    QTest.keyClicks(field, name)
    return field


def test_without_presets_it_says_so(bar: PresetsBar) -> None:
    bar.set_presets(())
    assert shown(bar) == "No presets yet"
    assert not choice(bar).isEnabled()
    bar.set_presets(["Glass"])
    assert shown(bar) == "Presets"


def test_one_is_chosen(bar: PresetsBar, asked: list[tuple[Any, ...]]) -> None:
    choice(bar).activated.emit(0)
    assert asked == [("choose", "Deep bass")]
    assert bar.current() == "Deep bass"
    assert shown(bar) == "Deep bass"


def test_it_says_when_the_controls_are_others_and_saves_them(
    bar: PresetsBar, asked: list[tuple[Any, ...]]
) -> None:
    bar.set_modified(True)
    assert shown(bar) == "Glass (changed)"
    trigger(bar, "presetOverwrite")
    assert asked == [("save", "Glass", True)]
    bar.set_presets(["Deep bass", "Glass"], "Glass")
    assert shown(bar) == "Glass"


def test_a_new_one_gets_a_name(bar: PresetsBar, asked: list[tuple[Any, ...]]) -> None:
    QTest.mouseClick(button(bar, "presetSave"), LEFT)
    field = bar.findChild(QLineEdit, "presetName")
    assert field is not None
    assert field.text() == "Preset 3"
    QTest.keyClick(write(bar, "  Wide   pad "), Qt.Key.Key_Return)
    assert asked == [("save", "Wide pad", False)]
    assert choice(bar).isVisible()


def test_a_name_that_is_taken_is_replaced_by_a_button_that_says_so(
    bar: PresetsBar, asked: list[tuple[Any, ...]]
) -> None:
    QTest.mouseClick(button(bar, "presetSave"), LEFT)
    assert accept(bar).text() == "Save"
    write(bar, "deep BASS")
    assert accept(bar).text() == "Replace"
    QTest.mouseClick(accept(bar), LEFT)
    assert asked == [("save", "deep BASS", True)]


def test_one_is_renamed_but_not_to_another_ones_name(bar: PresetsBar, asked: list[tuple[Any, ...]]) -> None:
    trigger(bar, "presetRename")
    field = write(bar, "Deep bass")
    assert not accept(bar).isEnabled()
    assert field.property("invalid")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked == []
    QTest.keyClick(write(bar, "GLASS"), Qt.Key.Key_Return)
    assert asked == [("rename", "Glass", "GLASS")]


def test_naming_is_left_with_escape_and_an_empty_name_is_none(
    bar: PresetsBar, asked: list[tuple[Any, ...]]
) -> None:
    QTest.mouseClick(button(bar, "presetSave"), LEFT)
    field = write(bar, " ")
    assert not accept(bar).isEnabled()
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert choice(bar).isVisible()
    assert asked == []


def test_one_is_deleted(bar: PresetsBar, asked: list[tuple[Any, ...]]) -> None:
    trigger(bar, "presetDelete")
    assert asked == [("delete", "Glass")]
    bar.set_presets(["Deep bass"])
    assert bar.current() is None
    assert not button(bar, "presetMore").isEnabled()

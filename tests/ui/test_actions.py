"""The menus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from sda_desktop.ui.actions import Actions
from sda_desktop.ui.run_state import RunState, Situation, controls
from sda_desktop.ui.settings import Settings


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """An empty window."""
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_every_shortcut_is_given_once_and_the_usual_ones_are_there(window: QMainWindow) -> None:
    shortcuts = Counter(keys for _, keys in Actions(window).listed())
    assert [keys for keys, count in shortcuts.items() if count > 1] == []
    assert {"Ctrl+O", "Ctrl+Q", "Ctrl+Return", "F1", "F11"} <= shortcuts.keys()
    assert "Space" not in shortcuts, "a window-wide Space would be stolen from buttons and lists"


def test_the_menus_follow_the_state_machine(window: QMainWindow) -> None:
    actions = Actions(window)
    names = ("train", "stop", "resume", "save_checkpoint", "open_folder", "demo", "open_run_folder")

    def enabled(situation: Situation) -> set[str]:
        actions.apply(controls(situation))
        return {name for name in names if actions[name].isEnabled()}

    assert enabled(Situation(dataset_problem="No sounds.")) == {"open_folder", "demo"}
    assert enabled(Situation()) == {"train", "open_folder", "demo"}
    running = Situation(state=RunState.RUNNING, run_shown=True)
    assert enabled(running) == {"stop", "save_checkpoint", "open_run_folder"}
    assert enabled(Situation(state=RunState.STOPPING)) == set()
    stopped = Situation(state=RunState.FINISHED, run_shown=True, resumable=True)
    assert enabled(stopped) == {"train", "resume", "open_folder", "demo", "open_run_folder"}


def test_recent_sounds_are_listed_when_the_menu_opens(window: QMainWindow, tmp_path: Path) -> None:
    actions = Actions(window)
    chosen: list[Path] = []
    actions.recent_chosen.connect(chosen.append)
    actions.recent_menu.aboutToShow.emit()
    assert [a.isEnabled() for a in actions.recent_menu.actions()] == [False]
    Settings().add_recent("sounds", [tmp_path / "kicks", tmp_path / "snares & hats"])
    actions.recent_menu.aboutToShow.emit()
    entries = actions.recent_menu.actions()
    assert [a.text() for a in entries] == ["&1  kicks", "&2  snares && hats"]
    entries[1].trigger()
    assert chosen == [tmp_path / "snares & hats"]


def test_one_theme_is_ticked_and_another_can_be_chosen(window: QMainWindow) -> None:
    actions = Actions(window)
    modes: list[str] = []
    actions.theme_chosen.connect(modes.append)
    actions.show_theme("system")
    entries = {str(a.data()): a for a in window.findChildren(QAction) if "theme_" in a.objectName()}
    assert [mode for mode, entry in entries.items() if entry.isChecked()] == ["system"]
    entries["dark"].trigger()
    assert modes == ["dark"]


def test_every_entry_has_a_name_for_tests_and_programs(window: QMainWindow) -> None:
    Actions(window)
    entries = [a for a in window.findChildren(QAction) if a.text() and not a.isSeparator() and not a.menu()]
    assert [a.text() for a in entries if not a.objectName().startswith("action_")] == []

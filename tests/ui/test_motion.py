"""Less motion: by the user's choice, or by the system's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from sda_desktop.ui import motion
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.motion import Motion
from sda_desktop.ui.notices import NoticeArea
from sda_desktop.ui.progress_line import ProgressLine
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.window_menu import WindowMenu


@pytest.fixture
def chosen(qapp: QApplication) -> Iterator[Motion]:
    """The one object, as it was afterwards."""
    yield motion.motion()
    motion.motion().follow(qapp, "system")
    motion.motion()._system_reduces = False


def test_the_choice_in_the_menu_is_kept_and_holds_at_once(qtbot: QtBot, chosen: Motion) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    menu = WindowMenu(window, actions, NoticeArea(window))
    assert menu.parent() is window
    assert not motion.reduced()
    action = window.findChild(QObject, "action_motion_reduced")
    assert isinstance(action, QAction)
    action.trigger()
    assert motion.reduced()
    assert Settings().motion == "reduced"
    assert action.isChecked()


def test_the_system_is_asked_when_the_user_comes_back(
    qtbot: QtBot, qapp: QApplication, chosen: Motion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "system_reduces", lambda: True)
    chosen.follow(qapp, "system")
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(motion.reduced)
    chosen.follow(qapp, "full")
    assert not motion.reduced()
    chosen.follow(qapp, "no such choice")
    assert motion.reduced()


def test_a_bar_that_moves_by_itself_stands_still(qtbot: QtBot, qapp: QApplication, chosen: Motion) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.setRange(0, 0)
    tick = QEvent(QEvent.Type.StyleAnimationUpdate)
    QApplication.sendEvent(line, tick)
    assert tick.isAccepted()
    chosen.follow(qapp, "reduced")
    tick = QEvent(QEvent.Type.StyleAnimationUpdate)
    QApplication.sendEvent(line, tick)
    assert not tick.isAccepted()

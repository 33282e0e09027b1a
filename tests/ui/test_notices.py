"""Notices above the panels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.ui.notices import MOST_SHOWN, Notice, NoticeArea


def _area(qtbot: QtBot) -> NoticeArea:
    area = NoticeArea()
    qtbot.addWidget(area)
    return area


def _click(area: NoticeArea, kind: type[QPushButton] | type[QToolButton], name: str) -> None:
    button = area.findChild(kind, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_button_acts_and_takes_the_notice_away(qtbot: QtBot) -> None:
    area, done = _area(qtbot), list[str]()
    notice = Notice(
        "run",
        "It was interrupted.",
        action="Resume",
        act=lambda: done.append("resumed"),
        dismissed=lambda: done.append("dismissed"),
    )
    area.add(notice)
    assert not area.isHidden()
    _click(area, QPushButton, "notice_runAction")
    assert done == ["resumed"]
    assert area.keys() == []
    assert area.isHidden()


def test_the_cross_dismisses(qtbot: QtBot) -> None:
    area, done = _area(qtbot), list[str]()
    area.add(Notice("run", "It was interrupted.", dismissed=lambda: done.append("dismissed")))
    _click(area, QToolButton, "notice_runClose")
    assert done == ["dismissed"]
    assert area.keys() == []


def test_a_newer_notice_takes_the_place_of_the_older_with_the_same_key(qtbot: QtBot) -> None:
    area = _area(qtbot)
    area.add(Notice("non_finite", "One step was skipped."))
    area.add(Notice("non_finite", "Two steps were skipped."))
    assert area.keys() == ["non_finite"]


def test_many_notices_do_not_push_the_window_away(qtbot: QtBot) -> None:
    area = _area(qtbot)
    for number in range(MOST_SHOWN + 2):
        area.add(Notice(f"n{number}", f"Sentence {number}."))
    assert area.keys() == ["n2", "n3", "n4"]

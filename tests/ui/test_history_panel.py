"""The history's panel: what keys and clicks ask for, and that what is changed is changed on the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.errors import SdaError
from sda_desktop.generation import outline
from sda_desktop.generation.history import History, HistoryEntry
from sda_desktop.generation.recipe import Recipe, Stop
from sda_desktop.ui.history_delegate import places
from sda_desktop.ui.history_model import HistoryModel
from sda_desktop.ui.history_panel import HistoryPanel

OUTLINE = np.stack([-np.linspace(1, 0, 96), np.linspace(1, 0, 96)]).astype(np.float32)
Key = Qt.Key


def add(history: History, title: str, run: str = "/runs/a") -> HistoryEntry:
    recipe = Recipe("m", "random", title, (Stop(0.0, (("a", 1.0),)),), 2.0)
    return history.add(recipe, 2.0, OUTLINE, run=Path(run))


class _Asked:
    """What a panel asks for."""

    def __init__(self, panel: HistoryPanel) -> None:
        self.log: list[tuple[str, object]] = []
        for name in (
            "entry_selected",
            "play_requested",
            "seek_requested",
            "favourite_toggled",
            "vary_requested",
            "export_requested",
            "copy_requested",
            "drag_prepared",
            "drag_requested",
            "failed",
        ):
            getattr(panel, name).connect(lambda value, name=name: self.log.append((name, value)))
        panel.stop_requested.connect(lambda: self.log.append(("stop_requested", None)))

    def titles(self, name: str) -> list[str]:
        """Those of the entries that went along."""
        found = [value for known, value in self.log if known == name]
        return [entry.title for entry in found if isinstance(entry, HistoryEntry)]

    def lists(self, name: str) -> list[list[str]]:
        """The titles of lists of entries."""
        found = [value for known, value in self.log if known == name]
        return [[entry.title for entry in entries] for entries in found if isinstance(entries, list)]


@pytest.fixture
def history() -> History:
    made = History()
    for title in ("a", "b", "c"):
        add(made, title)
    return made


@pytest.fixture
def panel(qtbot: QtBot, history: History) -> HistoryPanel:
    made = HistoryPanel()
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.set_history(history)
    made.show()
    made.list.setFocus()
    return made


def shown(panel: HistoryPanel) -> list[str]:
    model = panel.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def row_rect(panel: HistoryPanel, row: int) -> QRect:
    return panel.list.visualRect(panel.list.model().index(row, 0))


def click(panel: HistoryPanel, row: int, part: str) -> QPoint:
    place: QRect = getattr(places(row_rect(panel, row), panel.list.font()), part)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    return place.center()


def test_the_newest_is_on_top_and_a_click_plays(panel: HistoryPanel) -> None:
    asked = _Asked(panel)
    assert shown(panel) == ["c", "b", "a"]
    click(panel, 1, "title")
    assert asked.titles("entry_selected") == asked.titles("play_requested") == ["b"]


def test_keys_play_stop_and_step(panel: HistoryPanel, history: History) -> None:
    asked = _Asked(panel)
    c, b, _ = history.entries()
    panel.list.keep_selected(c.id)
    QTest.keyClick(panel.list, Key.Key_Down)
    QTest.keyClick(panel.list, Key.Key_Return)
    assert asked.titles("play_requested") == ["b", "b"]
    panel.set_playing(b.id)
    QTest.keyClick(panel.list, Key.Key_Space)
    QTest.keyClick(panel.list, Key.Key_Escape)
    assert [name for name, _ in asked.log].count("stop_requested") == 2
    panel.set_playing(None)
    QTest.keyClick(panel.list, Key.Key_Space)
    assert asked.titles("play_requested") == ["b", "b", "b"]


def test_a_click_on_the_waveform_that_sounds_seeks(panel: HistoryPanel, history: History) -> None:
    asked = _Asked(panel)
    panel.set_playing(history.entries()[1].id)
    click(panel, 1, "wave")
    ((_, share),) = [item for item in asked.log if item[0] == "seek_requested"]
    assert isinstance(share, float)
    assert abs(share - 0.5) < 0.02
    assert asked.titles("play_requested") == []


def test_the_star_is_kept_and_does_not_play(panel: HistoryPanel, history: History) -> None:
    asked = _Asked(panel)
    click(panel, 2, "star")
    assert [entry.title for entry in History().entries(favourites=True)] == ["a"]
    assert asked.titles("favourite_toggled") == ["a"]
    assert asked.titles("play_requested") == []
    panel.list.keep_selected(history.entries()[0].id)
    QTest.keyClick(panel.list, Key.Key_S)
    assert [entry.title for entry in History().entries(favourites=True)] == ["c", "a"]
    QTest.keyClick(panel.list, Key.Key_S)
    assert [entry.title for entry in History().entries(favourites=True)] == ["a"]


def test_favourites_search_and_run_narrow_the_list(
    panel: HistoryPanel, history: History, qtbot: QtBot
) -> None:
    add(history, "dark wind", run="/runs/b")
    panel.refresh()
    click(panel, 0, "star")
    button = panel.findChild(QToolButton, "historyFavourites")
    assert isinstance(button, QToolButton)
    button.click()
    assert shown(panel) == ["dark wind"]
    panel.set_run(Path("/runs/a"))
    assert shown(panel) == []
    empty = panel.findChild(QLabel, "historyEmpty")
    assert isinstance(empty, QLabel)
    assert "star" in empty.text()
    panel.set_run(None)
    everything = panel.findChild(QToolButton, "historyAll")
    assert isinstance(everything, QToolButton)
    everything.click()
    search = panel.findChild(QLineEdit, "historySearch")
    assert isinstance(search, QLineEdit)
    search.setText("WIND dark")
    qtbot.waitUntil(lambda: shown(panel) == ["dark wind"])
    search.clear()
    qtbot.waitUntil(lambda: len(shown(panel)) == 4)


def test_renaming_in_place(panel: HistoryPanel, history: History, qtbot: QtBot) -> None:
    panel.list.keep_selected(history.entries()[1].id)
    QTest.keyClick(panel.list, Key.Key_F2)
    editor = panel.list.findChild(QLineEdit, "historyTitleEditor")
    assert isinstance(editor, QLineEdit)
    editor.setText("better")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(panel) == ["c", "better", "a"])
    assert [entry.title for entry in History().entries()] == ["c", "better", "a"]


def test_what_was_taken_out_comes_back(panel: HistoryPanel, history: History) -> None:
    panel.list.keep_selected(history.entries()[0].id)
    QTest.keyClick(panel.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.list, Key.Key_Delete)
    assert shown(panel) == ["a"]
    assert len(History()) == 1
    undo = panel.findChild(QPushButton, "historyNoticeAction")
    assert isinstance(undo, QPushButton)
    assert undo.isVisible()
    undo.click()
    assert shown(panel) == ["c", "b", "a"]
    assert len(History()) == 3
    assert not panel.undo()
    QTest.keyClick(panel.list, Key.Key_Delete)
    QTest.keyClick(panel.list, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown(panel) == ["c", "b", "a"]


def test_dragging_copying_and_the_menu_take_all_that_is_selected(panel: HistoryPanel) -> None:
    asked = _Asked(panel)
    panel.list.selectAll()
    start = row_rect(panel, 1).center()
    viewport = panel.list.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for way in (2, QApplication.startDragDistance() + 5, QApplication.startDragDistance() + 9):
        assert asked.lists("drag_requested") == []
        QTest.mouseMove(viewport, start + QPoint(way, 0))
        if way > 5:
            break
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start)
    assert asked.lists("drag_prepared") == asked.lists("drag_requested") == [["c", "b", "a"]]
    QTest.keyClick(panel.list, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert asked.lists("copy_requested") == [["c", "b", "a"]]
    menu = panel.make_menu()
    for action in menu.actions():
        if action.text() in ("Vary", "Export…"):
            action.trigger()
    menu.close()
    assert asked.lists("export_requested") == [["c", "b", "a"]]
    assert len(asked.titles("vary_requested")) == 1


def test_a_new_sound_appears_on_top_and_the_cursor_follows_unless_one_looks_further_down(
    panel: HistoryPanel, history: History
) -> None:
    asked = _Asked(panel)
    panel.add_entry(add(history, "new"))
    assert shown(panel)[0] == "new"
    current = panel.list.current_entry()
    assert current is not None
    assert current.title == "new"
    assert asked.log == []  # it is heard already, since it was just made
    panel.add_entry(history.entries()[0])
    assert len(shown(panel)) == 4


def test_an_empty_history_says_what_it_is_for(qtbot: QtBot) -> None:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.set_history(History())
    empty = panel.findChild(QLabel, "historyEmpty")
    assert isinstance(empty, QLabel)
    assert "kept here" in empty.text()


def test_what_was_damaged_is_said(qtbot: QtBot, history: History) -> None:
    history.path.write_bytes(history.path.read_bytes() + b'{"do":')
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.set_history(History())
    text = panel.findChild(QLabel, "historyNoticeText")
    assert isinstance(text, QLabel)
    assert "cut off" in text.text()


def test_an_entry_that_is_gone_elsewhere_is_told(panel: HistoryPanel, history: History) -> None:
    asked = _Asked(panel)
    other = History()
    other.remove(other.entries()[0].id)
    history.refresh()
    click(panel, 0, "star")
    ((_, error),) = [item for item in asked.log if item[0] == "failed"]
    assert isinstance(error, SdaError)
    assert shown(panel) == ["b", "a"]


def test_the_played_part_is_painted_in_another_colour(panel: HistoryPanel, history: History) -> None:
    def painted() -> QImage:
        wave = places(row_rect(panel, 0), panel.list.font()).wave
        return panel.list.viewport().grab(wave).toImage()

    before = painted()
    panel.set_playing(history.entries()[0].id)
    panel.set_progress(0.5)
    after = painted()
    middle = before.height() // 2
    assert before.pixelColor(4, middle) != after.pixelColor(4, middle)
    last = int(before.width() * 0.8)
    assert before.pixelColor(last, middle) == after.pixelColor(last, middle)


def test_thousands_are_painted_only_where_they_are_seen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History()
    entry = add(history, "x")
    entries = [
        HistoryEntry(str(n), 0.0, f"sound {n}", 1.0, "m", "", False, entry.packed_outline, entry.recipe_text)
        for n in range(5000)
    ]
    unpacked: list[str] = []
    real = outline.unpack_outline

    def counted(text: str) -> outline.Outline:
        unpacked.append(text)
        return real(text)

    monkeypatch.setattr(outline, "unpack_outline", counted)
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 300)
    model = panel.list.model()
    assert isinstance(model, HistoryModel)
    model.set_entries(entries)
    panel._show_page()
    panel.show()
    panel.grab()
    assert 0 < len(unpacked) < 30
    panel.list.scrollToBottom()
    panel.grab()
    assert len(unpacked) < 60

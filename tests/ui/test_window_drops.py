"""Drops anywhere on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.ui.library_panel import LibraryPanel
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.pages import EXPLORE
from sda_desktop.ui.window_drops import WindowDrops

COPY = Qt.DropAction.CopyAction
MOVE = Qt.DropAction.MoveAction
LEFT = Qt.MouseButton.LeftButton
NOTHING_HELD = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Dropped:
    """A window, and what it was told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.drops = WindowDrops(self.window)
        self.told: list[tuple[object, ...]] = []
        self.drops.hovered.connect(lambda *a: self.told.append(("hovered", *a)))
        self.drops.sounds_dropped.connect(lambda *a: self.told.append(("sounds", *a)))
        self.drops.run_dropped.connect(lambda *a: self.told.append(("run", *a)))
        self.drops.model_file_dropped.connect(lambda *a: self.told.append(("model", *a)))

    def enter(self, *paths: Path, held: Qt.KeyboardModifier = NOTHING_HELD) -> bool:
        """Drag over the window; whether it would take the drop."""
        self.mime = _mime(*paths)  # the event does not own it
        event = QDragEnterEvent(QPoint(5, 5), COPY | MOVE, self.mime, LEFT, held)
        event.ignore()
        QApplication.sendEvent(self.window, event)
        return event.isAccepted()

    def drop(self, *paths: Path, held: Qt.KeyboardModifier = NOTHING_HELD) -> QDropEvent:
        """Drop on the window."""
        self.mime = _mime(*paths)
        event = QDropEvent(QPointF(5, 5), COPY | MOVE, self.mime, LEFT, held)
        event.ignore()
        QApplication.sendEvent(self.window, event)
        return event


def _mime(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    return mime


@pytest.fixture
def dropped(qtbot: QtBot) -> Dropped:
    """An empty window that takes drops."""
    return Dropped(qtbot)


def test_folders_and_sounds_are_taken_and_never_moved(dropped: Dropped, tmp_path: Path) -> None:
    sound = tmp_path / "kick é.wav"
    sound.touch()
    assert dropped.enter(tmp_path)
    event = dropped.drop(tmp_path, sound)
    assert event.isAccepted()
    assert event.dropAction() == COPY, "the other program must not delete what it gave"
    assert dropped.told == [
        ("hovered", True, False),
        ("hovered", False, False),
        ("sounds", [tmp_path, sound], False),
    ]


def test_with_shift_they_are_added(dropped: Dropped, tmp_path: Path) -> None:
    dropped.enter(tmp_path, held=SHIFT)
    dropped.drop(tmp_path, held=SHIFT)
    assert dropped.told[0] == ("hovered", True, True)
    assert dropped.told[-1] == ("sounds", [tmp_path], True)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_run_is_opened_as_a_run(dropped: Dropped, tmp_path: Path, what: str) -> None:
    (tmp_path / "run.json").write_text("{}")
    given = tmp_path if what == "folder" else tmp_path / "run.json"
    assert dropped.enter(given)
    assert dropped.told == [("hovered", False, False)], "no list of sounds waits for it"
    assert dropped.drop(given).isAccepted()
    assert dropped.told[-1] == ("run", given)


def test_what_is_neither_is_turned_away(dropped: Dropped, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.touch()
    assert not dropped.enter(text)
    assert not dropped.drop(text).isAccepted()
    assert all(told[0] == "hovered" for told in dropped.told)


def test_nothing_is_taken_while_a_training_runs(dropped: Dropped, tmp_path: Path) -> None:
    dropped.drops.set_locked(True)
    assert not dropped.enter(tmp_path)
    assert not dropped.drop(tmp_path).isAccepted()


def test_leaving_takes_the_sign_back(dropped: Dropped, tmp_path: Path) -> None:
    dropped.enter(tmp_path)
    QApplication.sendEvent(dropped.window, QDragLeaveEvent())
    assert dropped.told[-1] == ("hovered", False, False)


def test_a_model_file_is_taken_even_while_a_training_runs(dropped: Dropped, tmp_path: Path) -> None:
    file, sound = tmp_path / "bells.SDA", tmp_path / "a.wav"
    file.touch()
    sound.touch()
    dropped.drops.set_locked(True)
    assert dropped.enter(file, sound)
    assert not dropped.enter(sound)
    assert dropped.drop(file, sound).dropAction() == COPY
    assert dropped.told == [("hovered", False, False), ("model", file)]
    assert not dropped.enter(tmp_path / "gone.sda")


def test_the_main_window_opens_it_on_the_explore_page(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(LibraryPanel, "import_file", lambda _, path: opened.append(path))
    window = MainWindow()
    qtbot.addWidget(window)
    file = tmp_path / "bells.sda"
    file.touch()
    mime = _mime(file)  # the event does not own it
    window.show()
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), COPY, mime, LEFT, NOTHING_HELD))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), COPY, mime, LEFT, NOTHING_HELD))
    assert opened == [file]
    assert window.pages.page == EXPLORE

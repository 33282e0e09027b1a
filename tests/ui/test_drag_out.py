"""Dragging and copying sounds, as far as it goes without a screen; tests/e2e does the real drag."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.errors import SdaError
from sda_desktop.generation.dragged_files import dragged_dir
from sda_desktop.generation.export_batch import SoundJob
from sda_desktop.ui.drag_out import GNOME_MIME, DragOut, mime_data
from sda_desktop.ui.drops import OWN_MIME, Place, dropped_paths, dropped_places

RATE_HZ = 44_100


class Sounds:
    """A source of sounds that waits for its gate, and counts how often it was asked."""

    def __init__(self, level: float = 0.1) -> None:
        self.gate = threading.Event()
        self.asked = 0
        self._level = level

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        self.asked += 1
        assert self.gate.wait(10)
        yield np.full((1, 4410), self._level, np.float32)

    def job(self, key: str = "k") -> SoundJob:
        return SoundJob("Sound", 1, "Model", self.blocks, RATE_HZ, 0.1, key=key)


@pytest.fixture
def out(qtbot: QtBot) -> Iterator[DragOut]:
    yield DragOut()
    # What the clipboard holds must not outlive Python, which made it.
    QGuiApplication.clipboard().clear()


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files of every drag that begins; each is taken at once, and the button is held."""
    begun: list[list[str]] = []

    def take(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        assert actions == Qt.DropAction.CopyAction
        assert not drag.pixmap().isNull()
        begun.append([url.toLocalFile() for url in drag.mimeData().urls()])
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", take)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    return begun


def test_the_files_are_offered_as_urls(tmp_path: Path) -> None:
    data = mime_data([tmp_path / "ä b.wav", tmp_path / "c.wav"])
    assert [url.toLocalFile() for url in data.urls()] == [str(tmp_path / "ä b.wav"), str(tmp_path / "c.wav")]
    lines = bytes(data.data(GNOME_MIME).data()).split(b"\n")
    assert lines[0] == b"copy"
    assert lines[1].endswith(b"/%C3%A4%20b.wav")


def test_the_app_itself_takes_none_of_them_as_sounds_to_train_on(tmp_path: Path) -> None:
    data = mime_data([tmp_path / "a.wav"])
    assert dropped_paths(data) == []
    data.removeFormat(OWN_MIME)
    assert dropped_paths(data) == [tmp_path / "a.wav"]


def test_what_was_dragged_long_ago_goes(out: DragOut, qtbot: QtBot) -> None:
    old = dragged_dir() / "0123456789ab"
    old.mkdir(parents=True)
    os.utime(old, (0, 0))
    sounds = Sounds()
    sounds.gate.set()
    with qtbot.waitSignal(out.copied):
        out.copy_to_clipboard([sounds.job()])
    qtbot.waitUntil(lambda: not old.exists())
    [url] = QGuiApplication.clipboard().mimeData().urls()
    assert Path(url.toLocalFile()).exists()


def test_the_clipboard_gets_the_file_once_it_is_made(out: DragOut, qtbot: QtBot) -> None:
    sounds = Sounds()
    with qtbot.waitSignal(out.copied) as copied:
        out.copy_to_clipboard([sounds.job()])
        busy = [out.is_busy]
        sounds.gate.set()
    assert copied.args == [1]
    busy.append(out.is_busy)
    assert busy == [True, False]
    [url] = QGuiApplication.clipboard().mimeData().urls()
    assert soundfile.info(url.toLocalFile()).subtype == "PCM_24"
    with qtbot.waitSignal(out.copied):
        out.copy_to_clipboard([sounds.job()])  # a new job for the same sound
    assert QGuiApplication.clipboard().mimeData().urls() == [url]
    assert sounds.asked == 1


def test_a_drag_waits_for_its_files(out: DragOut, qtbot: QtBot, drags: list[list[str]]) -> None:
    sounds = Sounds()
    widget = QWidget()
    qtbot.addWidget(widget)
    out.prepare([sounds.job()])
    out.drag(widget, [sounds.job()])
    assert drags == []
    with qtbot.waitSignal(out.dragged) as dragged:
        sounds.gate.set()
    assert dragged.args == [True]
    out.drag(widget, [sounds.job()])  # there already: now
    assert len(drags) == 2
    assert drags[0] == drags[1]
    assert sounds.asked == 1
    assert Path(drags[0][0]).name == "Sound.wav"


def test_a_drag_says_where_its_sounds_lie(
    out: DragOut, qtbot: QtBot, drags: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[list[Place]] = []
    take = QDrag.exec

    def look(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        carried.append(dropped_places(drag.mimeData()))
        return take(drag, actions)

    monkeypatch.setattr(QDrag, "exec", look)
    sounds = Sounds()
    sounds.gate.set()
    widget = QWidget()
    qtbot.addWidget(widget)
    place = (("a", 0.25), ("b", 0.75))
    with qtbot.waitSignal(out.dragged):
        out.drag(widget, [replace(sounds.job("k"), place=place), sounds.job("nowhere")])
    assert carried == [[("Sound", place)]]


def test_a_button_let_go_before_begins_nothing(
    out: DragOut, qtbot: QtBot, drags: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)
    sounds = Sounds()
    widget = QWidget()
    qtbot.addWidget(widget)
    out.drag(widget, [sounds.job()])
    with qtbot.waitSignal(out.busy_changed):
        sounds.gate.set()
    assert drags == []


def test_a_sound_that_fails_is_said_when_it_is_wanted(out: DragOut, qtbot: QtBot) -> None:
    sounds = Sounds(level=float("nan"))
    sounds.gate.set()
    with qtbot.waitSignal(out.failed) as failed:
        out.copy_to_clipboard([sounds.job()])
    assert failed.args is not None
    [error] = failed.args
    assert isinstance(error, SdaError)
    assert "not numbers" in error.message
    with qtbot.waitSignal(out.failed):  # and again, not silently never
        out.copy_to_clipboard([sounds.job()])


def test_another_sound_replaces_the_one_that_is_made(out: DragOut, qtbot: QtBot) -> None:
    slow, quick = Sounds(), Sounds(level=0.2)
    quick.gate.set()
    out.prepare([slow.job("slow")])
    with qtbot.waitSignal(out.copied):
        out.copy_to_clipboard([quick.job("quick")])
    slow.gate.set()
    [url] = QGuiApplication.clipboard().mimeData().urls()
    assert soundfile.read(url.toLocalFile())[0][0] == pytest.approx(0.2, abs=1e-6)


def test_nothing_is_dragged_for_no_sounds(out: DragOut, qtbot: QtBot, drags: list[list[str]]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    out.drag(widget, [])
    out.copy_to_clipboard([])
    assert drags == []
    assert not out.is_busy

"""The playlist of previews: what belongs together, what keys and clicks ask for, calm while it grows."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.training.metrics import MetricsHistory, PreviewEvent
from sda_desktop.ui import motion
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.preview_delegate import places
from sda_desktop.ui.preview_model import EpochRow, Filter, PreviewModel, SoundRow
from sda_desktop.ui.preview_playlist import PreviewPlaylist
from sda_desktop.ui.thumbnails import Thumbnails

RATE = 44_100


def _original(tmp_path: Path, number: int = 1, source: str = "") -> PreviewEvent:
    name = source or f"s{number}"
    path = tmp_path / "originals" / f"{number} {name}.wav"
    return PreviewEvent("original", 10, str(path), RATE, 1.0, name, f"/sounds/{name}.wav")


def _reconstruction(tmp_path: Path, epoch: int, number: int = 1, source: str = "") -> PreviewEvent:
    name = source or f"s{number}"
    path = tmp_path / f"epoch-{epoch:04d}" / f"{number} {name} reconstruction.wav"
    return PreviewEvent("reconstruction", epoch, str(path), RATE, 1.0, name, f"/sounds/{name}.wav")


def _new(tmp_path: Path, epoch: int, number: int = 1) -> PreviewEvent:
    path = tmp_path / f"epoch-{epoch:04d}" / f"new {number}.wav"
    return PreviewEvent("new", epoch, str(path), RATE, 1.0, f"New sound {number}")


def _epoch(tmp_path: Path, epoch: int, count: int = 2) -> list[PreviewEvent]:
    numbers = range(1, count + 1)
    return [
        *(_reconstruction(tmp_path, epoch, n) for n in numbers),
        *(_new(tmp_path, epoch, n) for n in numbers),
    ]


def _words(model: PreviewModel) -> list[str]:
    return [str(model.index(n).data()) for n in range(model.rowCount())]


@pytest.fixture
def playlist(qtbot: QtBot) -> PreviewPlaylist:
    made = PreviewPlaylist()
    qtbot.addWidget(made)
    made.resize(340, 300)
    # Wherever an earlier test left the mouse: a list under it does not move of itself.
    QCursor.setPos(790, 590)
    made.show()
    return made


class _Heard:
    """What a playlist asks for."""

    def __init__(self, playlist: PreviewPlaylist) -> None:
        self.selected: list[PlayItem] = []
        self.played: list[PlayItem] = []
        self.stops: list[bool] = []
        self.seeks: list[float] = []
        self.sides: list[str] = []
        playlist.sound_selected.connect(self.selected.append)
        playlist.play_requested.connect(self.played.append)
        playlist.stop_requested.connect(lambda: self.stops.append(True))
        playlist.seek_requested.connect(self.seeks.append)
        playlist.side_requested.connect(self.sides.append)

    @property
    def played_names(self) -> list[str]:
        return [item.path.name for item in self.played if item.path is not None]


@pytest.fixture
def heard(playlist: PreviewPlaylist) -> _Heard:
    return _Heard(playlist)


def _fill(playlist: PreviewPlaylist, tmp_path: Path, epochs: int = 2, count: int = 2) -> None:
    events = [_original(tmp_path, n) for n in range(1, count + 1)]
    for epoch in range(1, epochs + 1):
        events += _epoch(tmp_path, epoch * 10, count)
    playlist.set_history(MetricsHistory(previews=events))


def _select(playlist: PreviewPlaylist, row: int) -> None:
    playlist.list.setFocus()
    playlist.list.setCurrentIndex(playlist.list.model().index(row, 0))


def _key(playlist: PreviewPlaylist, key: Qt.Key, kind: QEvent.Type, *, repeat: bool) -> None:
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeat)
    QApplication.sendEvent(playlist.list, event)


def _rect(playlist: PreviewPlaylist, row: int) -> QRect:
    return playlist.list.visualRect(playlist.list.model().index(row, 0))


def _click(playlist: PreviewPlaylist, point: QPoint) -> None:
    QTest.mouseClick(playlist.list.viewport(), Qt.MouseButton.LeftButton, pos=point)


# The model.


def test_the_newest_epoch_stands_on_top_with_its_sounds_in_order(tmp_path: Path) -> None:
    model = PreviewModel()
    for event in (*_epoch(tmp_path, 10), *_epoch(tmp_path, 20), _new(tmp_path, 10, 9)):
        model.add(event)
    expected = ["Epoch 20", "s1", "s2", "New sound 1", "New sound 2"]
    expected += ["Epoch 10", "s1", "s2", "New sound 1", "New sound 2", "New sound 9"]
    assert _words(model) == expected


def test_a_reconstruction_knows_its_original_whichever_came_first(tmp_path: Path) -> None:
    model = PreviewModel()
    model.add(_reconstruction(tmp_path, 10))
    row = model.row_at(1)
    assert isinstance(row, SoundRow)
    assert row.item() == PlayItem(row.path, "s1, epoch 10", None, "reconstruction")
    model.add(_original(tmp_path))
    assert row.item().counterpart == Path(_original(tmp_path).path)
    other = row.item(original=True)
    assert (other.path, other.counterpart, other.side) == (row.original_path, row.path, "original")


def test_pieces_of_one_source_are_told_apart_by_name(tmp_path: Path) -> None:
    model = PreviewModel()
    for number in (1, 2):
        model.add(_original(tmp_path, number, "long"))
    for number in (1, 2):
        model.add(_reconstruction(tmp_path, 10, number, "long"))
    originals = [row.original_path for n in (1, 2) if isinstance(row := model.row_at(n), SoundRow)]
    assert [path.name for path in originals if path] == ["1 long.wav", "2 long.wav"]


def test_the_filter_hides_what_is_not_wanted_and_empty_epochs(tmp_path: Path) -> None:
    model = PreviewModel()
    model.set_events([*_epoch(tmp_path, 10), _new(tmp_path, 20)])
    model.set_filter(Filter.RECONSTRUCTION)
    assert _words(model) == ["Epoch 10", "s1", "s2"]
    model.add(_new(tmp_path, 30))
    assert _words(model) == ["Epoch 10", "s1", "s2"]
    model.add(_reconstruction(tmp_path, 30))
    assert _words(model)[:2] == ["Epoch 30", "s1"]
    model.set_filter(Filter.NEW)
    assert _words(model)[:4] == ["Epoch 30", "New sound 1", "Epoch 20", "New sound 1"]


def test_an_epoch_folds_up_and_takes_new_sounds_while_it_is(tmp_path: Path) -> None:
    model = PreviewModel()
    model.set_events([*_epoch(tmp_path, 10), *_epoch(tmp_path, 20)])
    heading = model.row_at(0)
    assert isinstance(heading, EpochRow)
    model.set_collapsed(heading, True)
    assert _words(model)[:2] == ["Epoch 20", "Epoch 10"]
    model.add(_new(tmp_path, 20, 3))
    assert _words(model)[:2] == ["Epoch 20", "Epoch 10"]
    model.set_collapsed(heading, False)
    assert _words(model)[:6] == ["Epoch 20", "s1", "s2", "New sound 1", "New sound 2", "New sound 3"]
    model.set_all_collapsed(True)
    assert _words(model) == ["Epoch 20", "Epoch 10"]


def test_a_file_written_anew_is_not_listed_twice(tmp_path: Path) -> None:
    model = PreviewModel()
    model.set_events(_epoch(tmp_path, 10))
    model.add(_new(tmp_path, 10, 1))
    assert model.rowCount() == 5


# Keys.


def test_up_and_down_play_the_next_sound(playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 1)
    assert [item.title for item in heard.selected] == ["s1, epoch 20"]
    QTest.keyClick(playlist.list, Qt.Key.Key_Down)
    assert heard.played_names == ["2 s2 reconstruction.wav"]
    QTest.keyClick(playlist.list, Qt.Key.Key_Up)
    assert heard.played_names[-1] == "1 s1 reconstruction.wav"


def test_a_repeating_key_is_silent_until_it_is_let_go(
    playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path
) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 1)
    _key(playlist, Qt.Key.Key_Down, QEvent.Type.KeyPress, repeat=False)
    for _ in range(2):
        _key(playlist, Qt.Key.Key_Down, QEvent.Type.KeyRelease, repeat=True)
        _key(playlist, Qt.Key.Key_Down, QEvent.Type.KeyPress, repeat=True)
    assert heard.played_names == ["2 s2 reconstruction.wav"]
    _key(playlist, Qt.Key.Key_Down, QEvent.Type.KeyRelease, repeat=False)
    assert heard.played_names == ["2 s2 reconstruction.wav", "new 2.wav"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_play_and_stop(
    playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path, key: Qt.Key
) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 1)
    QTest.keyClick(playlist.list, key)
    assert heard.played_names == ["1 s1 reconstruction.wav"]
    playlist.set_playing(heard.played[0].path)
    QTest.keyClick(playlist.list, key)
    assert (len(heard.played), heard.stops) == (1, [True])


def test_escape_stops(playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 1)
    QTest.keyClick(playlist.list, Qt.Key.Key_Escape)
    assert heard.stops == [True]


def test_a_and_b_choose_the_side(playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 1)
    QTest.keyClick(playlist.list, Qt.Key.Key_A)
    assert heard.played[-1].side == "original"
    playlist.set_playing(heard.played[-1].path)
    QTest.keyClick(playlist.list, Qt.Key.Key_B)
    QTest.keyClick(playlist.list, Qt.Key.Key_A)
    assert heard.sides == ["reconstruction", "original"]
    assert len(heard.played) == 1


def test_left_and_right_fold_and_open(playlist: PreviewPlaylist, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 2)
    rows = playlist.list.model().rowCount()
    QTest.keyClick(playlist.list, Qt.Key.Key_Left)
    assert playlist.list.model().rowCount() == rows - 4
    assert isinstance(playlist.list.current_row(), EpochRow)
    QTest.keyClick(playlist.list, Qt.Key.Key_Right)
    assert playlist.list.model().rowCount() == rows


# The mouse.


def test_a_click_on_a_waveform_plays_that_side_and_then_seeks(
    playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path
) -> None:
    _fill(playlist, tmp_path)
    at = places(_rect(playlist, 1), playlist.list.font(), pair=True)
    _click(playlist, at.original.center())
    assert [item.side for item in heard.played] == ["original"]
    playlist.set_playing(heard.played[0].path)
    _click(playlist, at.original.center())
    assert heard.seeks == [pytest.approx(0.5, abs=0.03)]
    _click(playlist, at.model.center())
    _click(playlist, at.name.center())
    assert [item.side for item in heard.played] == ["original", "reconstruction", "reconstruction"]


def test_a_click_on_an_epoch_folds_it(playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _click(playlist, _rect(playlist, 0).center())
    assert _words_of(playlist)[:2] == ["Epoch 20", "Epoch 10"]
    assert heard.played == []


def _words_of(playlist: PreviewPlaylist) -> list[str]:
    model = playlist.list.model()
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


def test_the_menu_copies_the_path(playlist: PreviewPlaylist, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 1)
    menu = playlist.list.make_menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Copy path").trigger()
    row = playlist.list.current_row()
    assert isinstance(row, SoundRow)
    assert QGuiApplication.clipboard().text() == row.event.path


# What is marked and what stays where it is.


def test_only_the_row_that_was_asked_for_is_marked(
    playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path
) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 6)
    QTest.keyClick(playlist.list, Qt.Key.Key_A)
    # The original belongs to every epoch's row.
    playlist.set_playing(heard.played[0].path)
    delegate = playlist.list._delegate
    assert delegate.playing_row is playlist.list.current_row()
    playlist.set_progress(0.4)
    assert delegate.progress == 0.4
    playlist.set_playing(None)
    assert delegate.playing_row is None


def test_new_previews_neither_move_the_cursor_nor_the_view(
    playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path, qtbot: QtBot
) -> None:
    _fill(playlist, tmp_path, epochs=5, count=4)
    _select(playlist, 20)
    bar = playlist.list.verticalScrollBar()
    bar.setValue(170)
    current = playlist.list.current_row()
    top_before = _rect(playlist, 20).top()
    selected = len(heard.selected)
    for event in _epoch(tmp_path, 60, 4):
        playlist.add_preview(event)
    assert playlist.list.current_row() is current
    number = playlist.list.currentIndex().row()
    assert number == 29
    assert _rect(playlist, number).top() == top_before
    assert len(heard.selected) == selected
    pill = playlist.findChild(QPushButton, "previewPill")
    assert pill is not None
    assert (pill.isVisible(), pill.text()) == (True, "New: epoch 60")
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert bar.value() == 0
    assert not pill.isVisible()


def test_at_the_top_the_newest_is_in_sight(playlist: PreviewPlaylist, tmp_path: Path, qtbot: QtBot) -> None:
    _fill(playlist, tmp_path, epochs=5, count=4)
    for event in _epoch(tmp_path, 60, 4):
        playlist.add_preview(event)
    qtbot.waitUntil(lambda: playlist.list.verticalScrollBar().value() == 0)
    assert playlist.list.indexAt(QPoint(5, 5)).data() == "Epoch 60"


@pytest.mark.parametrize("reduced", [False, True])
def test_the_newest_slides_in_unless_nothing_shall_move(
    playlist: PreviewPlaylist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reduced: bool
) -> None:
    _fill(playlist, tmp_path, epochs=5, count=4)
    monkeypatch.setattr(motion, "reduced", lambda: reduced)
    for event in _epoch(tmp_path, 60, 4):
        playlist.add_preview(event)
    slides = playlist.list._slide.state() == QVariantAnimation.State.Running
    assert slides is not reduced
    assert (playlist.list.verticalScrollBar().value() == 0) is reduced


def test_the_filter_keeps_the_cursor(playlist: PreviewPlaylist, heard: _Heard, tmp_path: Path) -> None:
    _fill(playlist, tmp_path)
    _select(playlist, 3)
    button = playlist.findChild(QToolButton, "previewFilter_new")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert _words_of(playlist)[:3] == ["Epoch 20", "New sound 1", "New sound 2"]
    assert playlist.list.currentIndex().row() == 1
    assert len(heard.selected) == 1


def test_sentences_where_there_is_nothing(playlist: PreviewPlaylist, tmp_path: Path) -> None:
    sentence = playlist.findChild(QLabel, "previewEmpty")
    button = playlist.findChild(QToolButton, "previewFilter_new")
    assert sentence is not None
    assert button is not None
    assert sentence.isVisible()
    assert "every few epochs" in sentence.text()
    playlist.add_preview(_reconstruction(tmp_path, 10))
    assert not sentence.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sentence.text() == "This run has made no new sounds yet."
    playlist.clear()
    assert "every few epochs" in sentence.text()


def test_hundreds_of_epochs_stay_fluid(playlist: PreviewPlaylist, tmp_path: Path, qtbot: QtBot) -> None:
    _fill(playlist, tmp_path, epochs=400, count=4)
    assert playlist.list.model().rowCount() == 400 * 9
    playlist.grab()
    began = time.perf_counter()
    for event in _epoch(tmp_path, 5000, 4):
        playlist.add_preview(event)
    playlist.grab()
    assert time.perf_counter() - began < 0.5
    # Only what was in sight was ever asked for.
    thumbnails = playlist.list._thumbnails
    assert len(thumbnails._kept) + len(thumbnails._waiting) < 60


# Thumbnails.


def test_thumbnails_come_off_the_gui_thread_and_a_missing_file_is_a_sentence(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, np.linspace(-0.5, 0.25, RATE).astype(np.float32), RATE)
    thumbnails = Thumbnails()
    assert thumbnails.get(path) is None
    assert thumbnails.get(tmp_path / "gone.wav") is None
    qtbot.waitUntil(lambda: len(thumbnails._kept) == 2)
    made = thumbnails.get(path)
    assert made is not None
    assert made.low.min() == pytest.approx(-0.5, abs=0.001)
    assert made.high.max() == pytest.approx(0.25, abs=0.01)
    assert made.peak == pytest.approx(0.5, abs=0.001)
    missing = thumbnails.get(tmp_path / "gone.wav")
    assert missing is not None
    assert missing.problem == "gone.wav is no longer there."


def test_a_file_written_anew_gets_another_thumbnail(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    thumbnails = Thumbnails()
    for level in (0.5, 0.1):
        soundfile.write(path, np.full(RATE, level, np.float32), RATE)
        thumbnails.forget(path)
        thumbnails.get(path)
        qtbot.waitUntil(lambda: path in thumbnails._kept)
        made = thumbnails.get(path)
        assert made is not None
        assert made.peak == pytest.approx(level, abs=0.001)

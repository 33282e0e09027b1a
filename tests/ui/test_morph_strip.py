"""The morph strip: stops come and go, a curve is drawn, and what it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.generation.recipe import Stop
from sda_desktop.ui.drag_out import mime_data
from sda_desktop.ui.drops import PLACES_MIME, Place, carry_places
from sda_desktop.ui.morph_canvas import MorphCanvas
from sda_desktop.ui.morph_curve import STRAIGHT
from sda_desktop.ui.morph_stops import StopRow
from sda_desktop.ui.morph_strip import HEIGHT, MorphState, MorphStrip

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
OUTLINE = np.array([[-0.5, -0.1], [0.5, 0.1]], np.float32)


@pytest.fixture
def strip(qtbot: QtBot) -> MorphStrip:
    made = MorphStrip()
    qtbot.addWidget(made)
    made.resize(730, HEIGHT)
    made.show()
    return made


def add(strip: MorphStrip, *names: str) -> None:
    for name in names:
        assert strip.add_stop(name, name.title(), OUTLINE)
    QApplication.processEvents()


def names(strip: MorphStrip) -> list[str]:
    return [stop.key for stop in strip.stops()]


def row(strip: MorphStrip, index: int) -> StopRow:
    found = strip.findChild(StopRow, f"morphStop_{index}")
    assert found is not None
    return found


def tool(strip: MorphStrip, name: str) -> QWidget:
    found = strip.findChild(QToolButton, name) or strip.findChild(QPushButton, name)
    assert found is not None
    return found


def canvas(strip: MorphStrip) -> MorphCanvas:
    found = strip.findChild(MorphCanvas)
    assert found is not None
    return found


def drag(widget: QWidget, *places: QPoint) -> None:
    QTest.mousePress(widget, LEFT, NOTHING, places[0])
    for place in places[1:]:
        at = QPointF(place)
        move = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), LEFT, LEFT, NOTHING)
        QApplication.sendEvent(widget, move)
    QTest.mouseRelease(widget, LEFT, NOTHING, places[-1])


def told_by(strip: MorphStrip) -> list[tuple[str, Any]]:
    told: list[tuple[str, Any]] = []
    strip.morph_changed.connect(lambda points: told.append(("morph", tuple(points))))
    strip.play_requested.connect(lambda: told.append(("play", None)))
    strip.stop_played.connect(lambda key: told.append(("stop", key)))
    return told


def test_a_morph_needs_two_sounds_and_takes_four(strip: MorphStrip) -> None:
    play = tool(strip, "morphPlay")
    add(strip, "a")
    assert not play.isEnabled()
    add(strip, "b")
    assert play.isEnabled()
    assert strip.course() == (Stop(0.0, (("a", 1.0),)), Stop(1.0, (("b", 1.0),)))
    add(strip, "c", "d")
    assert not tool(strip, "morphAdd").isEnabled()
    assert not strip.add_stop("e", "E", OUTLINE)
    assert names(strip) == ["a", "b", "c", "d"]


def test_a_place_between_sounds_can_be_a_stop(strip: MorphStrip) -> None:
    add(strip, "a")
    strip.add_stop("here", "Between", OUTLINE, (("b", 0.5), ("c", 0.5)))
    assert dict(strip.course()[-1].weights) == {"b": 0.5, "c": 0.5}


def test_empty_places_ask_for_a_sound(strip: MorphStrip, qtbot: QtBot) -> None:
    for button in strip.findChildren(QPushButton, "morphPlace"):
        with qtbot.waitSignal(strip.add_requested):
            QTest.mouseClick(button, LEFT)
    assert len(strip.findChildren(QPushButton, "morphPlace")) == 2
    add(strip, "a", "b")
    assert strip.findChildren(QPushButton, "morphPlace") == []


def test_a_stop_is_heard_removed_and_moved_with_the_mouse(strip: MorphStrip) -> None:
    add(strip, "a", "b", "c")
    told = told_by(strip)
    QTest.mouseClick(row(strip, 1), LEFT, pos=QPoint(60, 10))
    assert told == [("stop", "b")]
    first = row(strip, 0)
    drag(first, QPoint(60, 10), QPoint(60, 40), QPoint(60, 2 * first.height() + 10))
    assert names(strip) == ["b", "c", "a"]
    QTest.mouseClick(tool(strip, "removeStop_1"), LEFT)
    assert names(strip) == ["b", "a"]
    assert [what for what, _ in told] == ["stop", "morph", "morph"]


def test_a_stop_is_heard_removed_and_moved_with_keys(strip: MorphStrip) -> None:
    add(strip, "a", "b", "c")
    told = told_by(strip)
    row(strip, 0).setFocus()
    QTest.keyClick(row(strip, 0), Qt.Key.Key_Space)
    assert told == [("stop", "a")]
    QTest.keyClick(row(strip, 0), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(strip) == ["b", "a", "c"]
    assert row(strip, 1).hasFocus()
    QTest.keyClick(row(strip, 1), Qt.Key.Key_Delete)
    assert names(strip) == ["b", "c"]
    assert row(strip, 1).hasFocus()


def test_a_stroke_is_drawn_and_told_once_it_is_done(strip: MorphStrip) -> None:
    add(strip, "a", "b")
    told = told_by(strip)
    field = canvas(strip)
    width, height = field.width(), field.height()
    # The second stop in the middle of the time, and beyond it at the end.
    drag(
        field,
        QPoint(width // 2, round(field.y_of(1.0))),
        QPoint(3 * width // 4, round(field.y_of(1.0))),
        QPoint(width - 1, height),
    )
    assert len(told) == 1
    points = dict(told[0][1])
    assert points[0.0] == 0.0
    assert points[0.5] == pytest.approx(1.0, abs=0.03)
    assert points[1.0] == pytest.approx(1.5, abs=0.03)
    last = dict(strip.course()[-1].weights)
    assert last == {"a": pytest.approx(-0.5, abs=0.03), "b": pytest.approx(1.5, abs=0.03)}


def test_the_stops_stand_beside_their_lines(strip: MorphStrip) -> None:
    for count, name in enumerate("abcd", start=1):
        add(strip, name)
        for index in range(count if count > 1 else 0):
            middle = row(strip, index).geometry().center().y()
            assert canvas(strip).y_of(index / (count - 1)) == pytest.approx(middle, abs=2)


def test_the_curve_is_bent_and_played_with_keys(strip: MorphStrip) -> None:
    add(strip, "a", "b")
    told = told_by(strip)
    field = canvas(strip)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.curve.position(0.0) == pytest.approx(0.05)
    assert "At 0 % of the time: 95 % A, 5 % B" in field.accessibleDescription()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert [what for what, _ in told] == ["morph", "play"]


def test_it_becomes_straight_again(strip: MorphStrip) -> None:
    add(strip, "a", "b")
    straighten = tool(strip, "morphStraighten")
    assert not straighten.isEnabled()
    field = canvas(strip)
    drag(field, QPoint(100, 5), QPoint(200, 10))
    assert straighten.isEnabled()
    told = told_by(strip)
    QTest.mouseClick(straighten, LEFT)
    assert told == [("morph", STRAIGHT)]
    assert strip.points() == STRAIGHT


def test_all_of_it_is_taken_out_and_put_back(strip: MorphStrip, qtbot: QtBot) -> None:
    add(strip, "a", "b")
    drag(canvas(strip), QPoint(100, 5), QPoint(200, 60))
    before = strip.state()
    QTest.mouseClick(tool(strip, "morphClear"), LEFT)
    assert strip.state() == MorphState()
    with qtbot.assertNotEmitted(strip.morph_changed), qtbot.assertNotEmitted(strip.state_changed):
        strip.set_state(before)
    assert strip.stops() == before.stops
    assert np.allclose(strip.points(), before.points)
    assert tool(strip, "morphPlay").isEnabled()


def test_words_say_what_is_heard_beyond_the_ends(strip: MorphStrip) -> None:
    add(strip, "a", "b")
    canvas(strip).set_points(((0.0, -0.25), (1.0, 1.0)))
    assert canvas(strip).words_at(0.0) == "125 % A, \u221225 % B"
    assert canvas(strip).words_at(1.0) == "100 % B"


def test_without_a_model_there_is_nothing_to_play(strip: MorphStrip) -> None:
    strip.set_ready(False)
    assert not tool(strip, "morphPlace").isEnabled()
    add(strip, "a", "b")
    told = told_by(strip)
    canvas(strip).setFocus()
    QTest.keyClick(canvas(strip), Qt.Key.Key_Space)
    assert told == []


def drop(strip: MorphStrip, mime: QMimeData) -> bool:
    """Drag mime onto the strip; whether it was welcome."""
    place, copy = QPoint(300, 50), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, mime, LEFT, NOTHING)
    QApplication.sendEvent(strip, enter)
    if enter.isAccepted():
        QApplication.sendEvent(strip, QDropEvent(QPointF(place), copy, mime, LEFT, NOTHING))
    return enter.isAccepted()


def test_sounds_of_the_window_and_files_are_dropped_on_it(strip: MorphStrip, tmp_path: Path) -> None:
    dropped: list[object] = []
    strip.places_dropped.connect(dropped.append)
    strip.files_dropped.connect(dropped.append)
    own = mime_data([tmp_path / "a.wav"])
    places: list[Place] = [("A", (("a", 1.0),)), ("Between", (("a", 0.25), ("b", 0.75)))]
    carry_places(own, places)
    assert drop(strip, own)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "x.wav"))])
    assert drop(strip, files)
    assert dropped == [places, [tmp_path / "x.wav"]]
    add(strip, "a", "b", "c")
    assert drop(strip, own)
    assert dropped[-1] == places[:1]
    add(strip, "d")
    assert not drop(strip, own)
    words = QMimeData()
    words.setText("hello")
    assert not drop(strip, words)


@pytest.mark.parametrize(
    "crafted",
    [b"", b"[1]", b"{}", b'[["a", [["b", "much"]]]]', b'[["a", []]]', b'[["a", [["b", NaN]]]]', b"\xff"],
)
def test_a_crafted_drag_is_none_of_its_sounds(strip: MorphStrip, crafted: bytes) -> None:
    mime = QMimeData()
    mime.setData(PLACES_MIME, crafted)
    assert not drop(strip, mime)

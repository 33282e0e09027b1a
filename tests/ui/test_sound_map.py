"""The map is played with real mouse, wheel and key events."""

from __future__ import annotations

import pytest
from map_dots import five_dots, many_dots
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from sda_desktop.ui import theme
from sda_desktop.ui.map_pointer import Throttle
from sda_desktop.ui.sound_map import SoundMap

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Heard:
    """Everything a map says, in order."""

    def __init__(self, sound_map: SoundMap) -> None:
        self.events: list[tuple[object, ...]] = []
        for name in (
            "sound_clicked",
            "place_pressed",
            "place_moved",
            "place_released",
            "selection_changed",
            "drag_out_requested",
            "action_requested",
            "place_action_requested",
            "stop_requested",
        ):
            getattr(sound_map, name).connect(lambda *values, name=name: self.events.append((name, *values)))

    def named(self, name: str) -> list[tuple[object, ...]]:
        return [event[1:] for event in self.events if event[0] == name]


@pytest.fixture
def sound_map(qtbot: QtBot) -> SoundMap:
    made = SoundMap()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.set_dots(five_dots())
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def heard(sound_map: SoundMap) -> Heard:
    return Heard(sound_map)


def _pixel(sound_map: SoundMap, index: int) -> QPoint:
    x, y = sound_map.scene.pixels[index].tolist()
    return QPoint(round(x), round(y))


def _empty(sound_map: SoundMap, x: float = 0.35, y: float = 0.6) -> QPoint:
    pixel_x, pixel_y = sound_map.scene.view.pixel(x, y)
    return QPoint(round(pixel_x), round(pixel_y))


def _mouse(
    sound_map: SoundMap,
    kind: QEvent.Type,
    at: QPoint,
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NONE,
) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    own = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    place = QPointF(at)
    event = QMouseEvent(kind, place, QPointF(sound_map.mapToGlobal(at)), own, held, keys)
    QApplication.sendEvent(sound_map, event)


def _drag(
    sound_map: SoundMap, *places: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE
) -> None:
    _mouse(sound_map, QEvent.Type.MouseButtonPress, places[0], button, keys)
    for place in places[1:]:
        _mouse(sound_map, QEvent.Type.MouseMove, place, button, keys)
    _mouse(sound_map, QEvent.Type.MouseButtonRelease, places[-1], button, keys)


def _hover(sound_map: SoundMap, at: QPoint) -> None:
    place = QPointF(at)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, QPointF(sound_map.mapToGlobal(at)), none, none, NONE)
    QApplication.sendEvent(sound_map, event)


def _wheel(sound_map: SoundMap, at: QPoint, angle: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(sound_map.mapToGlobal(at)),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
        Qt.MouseEventSource.MouseEventNotSynthesized,
        QPointingDevice.primaryPointingDevice(),
    )
    QApplication.sendEvent(sound_map, event)


def _picture(sound_map: SoundMap) -> QImage:
    return sound_map.grab().toImage()


def test_a_press_on_a_dot_plays_it_before_the_button_is_up(sound_map: SoundMap, heard: Heard) -> None:
    _mouse(sound_map, QEvent.Type.MouseButtonPress, _pixel(sound_map, 3) + QPoint(4, -3))
    assert heard.events == [("sound_clicked", 3)]
    _mouse(sound_map, QEvent.Type.MouseButtonRelease, _pixel(sound_map, 3))
    assert heard.events == [("sound_clicked", 3)]


def test_empty_space_is_played_where_it_was_pressed(sound_map: SoundMap, heard: Heard) -> None:
    at = _empty(sound_map)
    _mouse(sound_map, QEvent.Type.MouseButtonPress, at)
    (x, y), = heard.named("place_pressed")  # fmt: skip
    assert (x, y) == pytest.approx((0.35, 0.6), abs=0.005)
    assert sound_map.scene.marker == (x, y)
    _mouse(sound_map, QEvent.Type.MouseButtonRelease, at)
    assert heard.named("place_released") == [(x, y)]


def test_a_place_outside_of_the_map_is_the_nearest_on_its_edge(sound_map: SoundMap, heard: Heard) -> None:
    QTest.mouseClick(sound_map, LEFT, pos=QPoint(2, 2))
    assert heard.named("place_pressed") == [(0.0, 0.0)]


def test_dragging_is_throttled_and_the_last_place_is_always_told(
    sound_map: SoundMap, heard: Heard, qtbot: QtBot
) -> None:
    start = _empty(sound_map)
    places = [start + QPoint(k, 0) for k in range(60)]
    _drag(sound_map, *places)
    moves = heard.named("place_moved")
    assert len(moves) < 20
    assert moves[-1] == heard.named("place_released")[0]
    kinds = [event[0] for event in heard.events]
    assert kinds[0] == "place_pressed"
    assert kinds[-1] == "place_released"
    assert len(sound_map.scene.trail) == len(moves) + 1


def test_the_throttle_passes_the_last_one_on_by_itself(qtbot: QtBot) -> None:
    owner = SoundMap()
    qtbot.addWidget(owner)
    throttle, passed = Throttle(owner), []
    throttle.passed.connect(lambda x, y: passed.append((x, y)))
    for step in range(5):
        throttle.push(float(step), 0.0)
    assert passed == [(0.0, 0.0)]
    qtbot.waitUntil(lambda: len(passed) == 2)
    assert passed[-1] == (4.0, 0.0)


def test_a_drag_that_begins_on_a_dot_goes_on_between_them(sound_map: SoundMap, heard: Heard) -> None:
    dot = _pixel(sound_map, 4)
    _drag(sound_map, dot, dot + QPoint(40, 5), dot + QPoint(60, 5))
    kinds = [event[0] for event in heard.events]
    assert kinds[:2] == ["sound_clicked", "place_pressed"]
    assert kinds[-1] == "place_released"
    assert not heard.named("drag_out_requested")


def test_a_selection_is_dragged_out_and_so_is_one_dot_with_ctrl(sound_map: SoundMap, heard: Heard) -> None:
    sound_map.set_selection([0, 3])
    dot = _pixel(sound_map, 3)
    _drag(sound_map, dot, dot + QPoint(40, 5))
    assert heard.named("drag_out_requested") == [([0, 3],)]
    other = _pixel(sound_map, 1)
    _drag(sound_map, other, other + QPoint(0, 40), keys=CTRL)
    assert heard.named("drag_out_requested")[1:] == [([1],)]
    assert sound_map.selection == [0, 3]
    assert not heard.named("place_pressed")


def test_ctrl_click_adds_and_takes_away(sound_map: SoundMap, heard: Heard) -> None:
    for index in (2, 0, 2):
        QTest.mouseClick(sound_map, LEFT, CTRL, _pixel(sound_map, index))
    assert heard.named("selection_changed") == [([2],), ([0, 2],), ([0],)]
    assert not heard.named("sound_clicked")


def test_a_lasso_selects_and_with_ctrl_adds(sound_map: SoundMap, heard: Heard) -> None:
    def around(index: int) -> list[QPoint]:
        middle = _pixel(sound_map, index)
        return [
            middle + QPoint(dx, dy) for dx, dy in ((-30, -30), (30, -30), (30, 30), (-30, 30), (-30, -20))
        ]

    _drag(sound_map, *around(2), keys=SHIFT)
    assert sound_map.selection == [2]
    _drag(sound_map, *around(1), keys=SHIFT | CTRL)
    assert sound_map.selection == [1, 2]
    assert [event[0] for event in heard.events] == ["selection_changed", "selection_changed"]
    assert sound_map.scene.lasso == []


def test_escape_gives_up_a_lasso_first_and_clears_then(sound_map: SoundMap, heard: Heard) -> None:
    sound_map.set_selection([1])
    _mouse(sound_map, QEvent.Type.MouseButtonPress, QPoint(30, 30), keys=SHIFT)
    _mouse(sound_map, QEvent.Type.MouseMove, QPoint(300, 300), keys=SHIFT)
    QTest.keyClick(sound_map, Qt.Key.Key_Escape)
    assert sound_map.scene.lasso == []
    assert sound_map.selection == [1]
    QTest.keyClick(sound_map, Qt.Key.Key_Escape)
    assert sound_map.selection == []
    assert len(heard.named("stop_requested")) == 2


def test_the_wheel_zooms_around_the_pointer_and_to_the_side_moves(sound_map: SoundMap) -> None:
    at = QPoint(150, 120)
    before = sound_map.scene.view.place(150, 120)
    _wheel(sound_map, at, QPoint(0, 240))
    assert sound_map.scene.view.zoom == pytest.approx(1.25**2)
    assert sound_map.scene.view.place(150, 120) == pytest.approx(before, abs=0.02)
    center = sound_map.scene.view.center_x
    _wheel(sound_map, at, QPoint(-120, 0))
    assert sound_map.scene.view.center_x > center
    assert sound_map.scene.view.zoom == pytest.approx(1.25**2)


def test_dots_are_met_where_they_are_after_a_zoom(sound_map: SoundMap, heard: Heard) -> None:
    QTest.mouseClick(sound_map, LEFT, pos=_pixel(sound_map, 4))
    _wheel(sound_map, QPoint(100, 100), QPoint(0, 120))
    x, y = sound_map.scene.view.pixel(0.5, 0.5)
    QTest.mouseClick(sound_map, LEFT, pos=QPoint(round(x), round(y)))
    assert heard.events == [("sound_clicked", 4)] * 2


def test_the_map_is_moved_with_the_middle_button_or_space(sound_map: SoundMap, heard: Heard) -> None:
    sound_map.zoom_in()
    x, y = sound_map.scene.view.pixel(0.5, 0.5)
    _drag(sound_map, QPoint(300, 200), QPoint(280, 215), button=MIDDLE)
    assert sound_map.scene.view.pixel(0.5, 0.5) == pytest.approx((x - 20, y + 15))
    QTest.keyPress(sound_map, Qt.Key.Key_Space)
    _drag(sound_map, QPoint(300, 200), QPoint(320, 185))
    QTest.keyRelease(sound_map, Qt.Key.Key_Space)
    assert sound_map.scene.view.pixel(0.5, 0.5) == pytest.approx((x, y))
    assert heard.events == [], "nothing was played by moving"


def test_double_click_on_nothing_and_0_show_everything(sound_map: SoundMap, heard: Heard) -> None:
    for by_key in (False, True):
        sound_map.zoom_in()
        assert sound_map.scene.view.zoom > 1
        if by_key:
            QTest.keyClick(sound_map, Qt.Key.Key_0)
        else:
            QTest.mouseDClick(sound_map, LEFT, pos=QPoint(6, 300))
        assert sound_map.scene.view.zoom == 1
    QTest.mouseDClick(sound_map, LEFT, pos=_pixel(sound_map, 0))
    assert ("sound_clicked", 0) in heard.events


def test_the_keyboard_goes_from_dot_to_dot_and_plays(sound_map: SoundMap, heard: Heard) -> None:
    QTest.keyClick(sound_map, Qt.Key.Key_Right)
    assert sound_map.scene.cursor == 4, "the one nearest to the middle"
    QTest.keyClick(sound_map, Qt.Key.Key_Up)
    first = sound_map.scene.cursor
    assert first in (0, 1)
    assert heard.events == []
    QTest.keyClick(sound_map, Qt.Key.Key_Return)
    QTest.keyClick(sound_map, Qt.Key.Key_Space)
    assert heard.events == [("sound_clicked", first)] * 2
    assert sound_map.scene.dots[first or 0].name in sound_map.accessibleDescription()


def test_keys_zoom_and_what_the_keyboard_reaches_is_in_sight(sound_map: SoundMap) -> None:
    for _ in range(6):
        QTest.keyClick(sound_map, Qt.Key.Key_Plus)
    zoom = sound_map.scene.view.zoom
    assert zoom > 5
    QTest.keyClick(sound_map, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(sound_map, key)
        cursor = sound_map.scene.cursor
        assert cursor is not None
        assert sound_map.rect().contains(_pixel(sound_map, cursor))
    QTest.keyClick(sound_map, Qt.Key.Key_Minus)
    assert sound_map.scene.view.zoom < zoom


def test_a_search_dims_the_rest_and_enter_goes_round(sound_map: SoundMap, qtbot: QtBot) -> None:
    plain = _picture(sound_map)
    with qtbot.waitSignal(sound_map.hits_changed) as told:
        sound_map.set_search("drums")
    assert told.args == [2, 0]
    assert sound_map.scene.hits == [0, 1]
    dot = _pixel(sound_map, 3)
    assert _picture(sound_map).pixelColor(dot) != plain.pixelColor(dot)
    found = _pixel(sound_map, 0)
    assert _picture(sound_map).pixelColor(found) == plain.pixelColor(found)
    visited = []
    for _ in range(3):
        sound_map.next_hit()
        visited.append(sound_map.scene.current_hit)
    assert visited == [0, 1, 0]
    sound_map.set_search("")
    assert _picture(sound_map).pixelColor(dot) == plain.pixelColor(dot)


@pytest.mark.parametrize("corner", [(3, 3), (597, 3), (3, 497), (597, 497), (300, 250)])
def test_the_card_is_never_cut_off(sound_map: SoundMap, corner: tuple[int, int]) -> None:
    card = sound_map._card
    area = QRectF(sound_map.rect())
    rect = card.place(*corner, area, sound_map.font())
    assert area.contains(rect)
    assert not rect.contains(QPointF(*corner))
    narrow = QRectF(0, 0, 230, 200)
    assert narrow.contains(card.place(corner[0] / 3, corner[1] / 3, narrow, sound_map.font()))


def test_hovering_shows_the_card_and_leaving_hides_it(sound_map: SoundMap) -> None:
    before = _picture(sound_map)
    _hover(sound_map, _pixel(sound_map, 4))
    assert sound_map.scene.hovered == 4
    assert sound_map.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert _picture(sound_map) != before
    QApplication.sendEvent(sound_map, QEvent(QEvent.Type.Leave))
    assert sound_map.scene.shown is None
    assert _picture(sound_map) == before


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_state_of_a_dot_looks_different_without_colour(
    sound_map: SoundMap, qapp: QApplication, mode: str
) -> None:
    theme.apply_theme(qapp, mode)

    def gray() -> QImage:
        middle = _pixel(sound_map, 4)
        cut = _picture(sound_map).copy(middle.x() - 16, middle.y() - 16, 32, 32)
        return cut.convertToFormat(QImage.Format.Format_Grayscale8)

    states = [gray()]
    sound_map.set_selection([4])
    states.append(gray())
    sound_map.set_selection([])
    sound_map.set_playing(4, 0.5)
    states.append(gray())
    sound_map.set_playing(None)
    _hover(sound_map, _pixel(sound_map, 4))
    states.append(gray())
    _hover(sound_map, QPoint(3, 3))
    sound_map.set_search("blip")
    states.append(gray())
    sound_map.set_search("kick")
    states.append(gray())
    for number, one in enumerate(states):
        for other in states[:number]:
            differing = sum(
                abs(QColor(one.pixel(x, y)).red() - QColor(other.pixel(x, y)).red()) > 40
                for x in range(32)
                for y in range(32)
            )
            assert differing > 20


def test_what_sounds_is_marked_as_far_as_it_has_come(sound_map: SoundMap) -> None:
    sound_map.set_playing(2, 0.1)
    little = _picture(sound_map)
    sound_map.set_progress(0.9)
    assert _picture(sound_map) != little
    sound_map.set_playing(99)
    assert sound_map.scene.playing is None


def test_the_empty_states_say_what_to_do(qtbot: QtBot) -> None:
    made = SoundMap()
    qtbot.addWidget(made)
    made.resize(400, 300)
    assert "No model chosen" in made.accessibleDescription()
    made.set_measuring(0, 0)
    assert "Opening the model" in made.accessibleDescription()
    made.set_measuring(3, 165)
    assert "3 of 165" in made.accessibleDescription()
    early = _picture(made)
    made.set_measuring(120, 165)
    assert _picture(made) != early
    made.set_dots([])
    assert "no sounds" in made.accessibleDescription()
    heard = Heard(made)
    QTest.mouseClick(made, LEFT, pos=QPoint(200, 100))
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert heard.events == []
    made.set_dots(five_dots())
    assert "5 sounds" in made.accessibleDescription()
    made.set_no_model()
    assert "No model chosen" in made.accessibleDescription()


def test_other_sounds_forget_what_was_selected(sound_map: SoundMap, heard: Heard) -> None:
    sound_map.set_selection([4])
    sound_map.set_search("sound 1")
    sound_map.set_dots(many_dots(20))
    assert heard.named("selection_changed")[-1] == ([],)
    assert sound_map.scene.hits == [1, *range(10, 20)], "the search holds for them too"


def test_another_layout_keeps_the_selection(sound_map: SoundMap) -> None:
    sound_map.set_selection([1])
    sound_map.set_places([(dot.y, 1 - dot.x) for dot in five_dots()])
    assert sound_map.selection == [1]
    x, y = sound_map.scene.view.pixel(0.2, 0.2)
    assert _pixel(sound_map, 1) == QPoint(round(x), round(y))


def _texts(menu: QMenu) -> dict[str, bool]:
    return {a.objectName(): a.isEnabled() for a in menu.actions() if not a.isSeparator()}


def test_the_menus_say_what_they_are_about(sound_map: SoundMap, heard: Heard) -> None:
    one = sound_map.menu_at(QPointF(), 0)
    assert all(_texts(one).values())
    next(a for a in one.actions() if a.objectName() == "map_vary").trigger()
    assert heard.events[-1] == ("action_requested", "vary", [0])
    lost = _texts(sound_map.menu_at(QPointF(), 3))
    assert not lost["map_play_original"]
    assert not lost["map_show_in_folder"]
    sound_map.set_selection([0, 1])
    several = sound_map.menu_at(QPointF(), 1)
    assert not _texts(several)["map_vary"]
    next(a for a in several.actions() if a.objectName() == "map_export").trigger()
    assert heard.events[-1] == ("action_requested", "export", [0, 1])
    place = sound_map.menu_at(QPointF(_empty(sound_map)), None)
    next(a for a in place.actions() if a.objectName() == "mapPlace_morph_from").trigger()
    (asked,) = heard.named("place_action_requested")
    assert asked[0] == "morph_from"
    assert asked[1:] == pytest.approx((0.35, 0.6), abs=0.005)


def test_a_place_that_is_marked_again_keeps_its_trail(sound_map: SoundMap) -> None:
    sound_map.place_moved.connect(lambda x, y: sound_map.set_marker((x, y)))
    start = _empty(sound_map)
    _drag(sound_map, start, start + QPoint(20, 0), start + QPoint(40, 0))
    assert len(sound_map.scene.trail) > 1
    sound_map.set_marker((0.9, 0.9))
    assert len(sound_map.scene.trail) == 0


def test_coming_near_is_told(sound_map: SoundMap, qtbot: QtBot) -> None:
    sound_map.clearFocus()
    with qtbot.waitSignal(sound_map.approached):
        sound_map.setFocus()
    with qtbot.waitSignal(sound_map.departed):
        sound_map.hide()


def test_a_pointer_that_rests_says_what_it_may_press(qtbot: QtBot, sound_map: SoundMap, heard: Heard) -> None:
    with qtbot.waitSignal(sound_map.sound_aimed_at) as dot:
        _hover(sound_map, _pixel(sound_map, 2))
    assert dot.args == [2]
    at = _empty(sound_map)
    with (
        qtbot.assertNotEmitted(sound_map.sound_aimed_at),
        qtbot.waitSignal(sound_map.place_aimed_at) as place,
    ):
        _hover(sound_map, _pixel(sound_map, 1))  # passed over
        _hover(sound_map, at)
    QTest.mouseClick(sound_map, LEFT, pos=at)
    assert heard.named("place_pressed") == [tuple(place.args)]  # the very same sound

"""The player bar shows the player and steers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.player_bar import PlayerBar, level_text, time_text
from sda_desktop.ui.settings import LOUDEST_DB, QUIETEST_DB
from sda_desktop.ui.streamed_sound import StreamedSound
from sda_desktop.ui.waveform import WaveformView

RATE = 44_100


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    """A player that nobody lets play."""
    made = Player()
    yield made
    assert made.close()


@pytest.fixture
def bar(player: Player, qtbot: QtBot) -> PlayerBar:
    made = PlayerBar(player)
    qtbot.addWidget(made)
    made.resize(1264, 56)
    made.show()
    return made


@pytest.fixture
def item(tmp_path: Path) -> PlayItem:
    for name, seconds in (("r.wav", 2.0), ("o.wav", 2.0)):
        noise = np.random.default_rng(0).standard_normal(round(seconds * RATE)) * 0.1
        soundfile.write(tmp_path / name, noise.astype(np.float32), RATE)
    return PlayItem(tmp_path / "r.wav", "A sound, epoch 10", tmp_path / "o.wav", "reconstruction")


def _button(bar: PlayerBar, name: str) -> QToolButton:
    found = bar.findChild(QToolButton, name)
    assert found is not None
    return found


def _label(bar: PlayerBar, name: str) -> str:
    found = bar.findChild(QLabel, name)
    assert found is not None
    return found.text()


def _load(player: Player, item: PlayItem, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.loaded):
        player.load(item)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0:00.0"), (3.44, "0:03.4"), (59.96, "1:00.0"), (725.0, "12:05.0"), (3723.0, "1:02:03")],
)
def test_times(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


@pytest.mark.parametrize(
    ("volume_db", "text"),
    [(0.0, "0.0 dB"), (-12.5, "\u221212.5 dB"), (3.0, "+3.0 dB"), (-60.0, "\u2212\u221e dB")],
)
def test_levels(volume_db: float, text: str) -> None:
    assert level_text(volume_db) == text


def test_without_a_sound_there_is_nothing_to_press(bar: PlayerBar) -> None:
    assert not _button(bar, "playerPlay").isEnabled()
    assert not _button(bar, "playerSide_original").isEnabled()
    assert _label(bar, "playerName") == "No sound chosen"


def test_a_loaded_sound_is_shown(bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot) -> None:
    _load(player, item, qtbot)
    assert _label(bar, "playerName") == "A sound, epoch 10"
    assert _label(bar, "playerTime") == "0:00.0 / 0:02.0"
    waveform = bar.findChild(WaveformView)
    assert waveform is not None
    assert not waveform.is_empty()
    assert waveform.position() is None
    assert _button(bar, "playerPlay").isEnabled()


def test_a_click_in_the_waveform_moves_the_playhead_at_once(
    bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot
) -> None:
    _load(player, item, qtbot)
    waveform = bar.findChild(WaveformView)
    assert waveform is not None
    QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=waveform.rect().center())
    assert player.position_s == pytest.approx(1.0, abs=0.02)
    assert waveform.position() == pytest.approx(0.5, abs=0.01)
    assert _label(bar, "playerTime") == "0:01.0 / 0:02.0"


def test_the_sides_say_which_one_is_heard(
    bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot
) -> None:
    original, reconstruction = (_button(bar, f"playerSide_{side}") for side in ("original", "reconstruction"))
    _load(player, item, qtbot)
    assert reconstruction.isChecked()
    assert not original.isChecked()
    QTest.mouseClick(original, Qt.MouseButton.LeftButton)
    assert player.compare
    assert (original.isChecked(), reconstruction.isChecked()) == (True, False)
    QTest.mouseClick(original, Qt.MouseButton.LeftButton)
    assert player.compare
    assert original.isChecked()
    player.set_compare(False)
    assert reconstruction.isChecked()


def test_a_sound_without_a_counterpart_has_no_sides(
    bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot
) -> None:
    _load(player, item, qtbot)
    _load(player, PlayItem(item.path, "alone"), qtbot)
    assert not _button(bar, "playerSide_original").isEnabled()
    assert not _button(bar, "playerSide_reconstruction").isChecked()


def test_the_level_follows_the_slider_and_silence_comes_back(bar: PlayerBar, player: Player) -> None:
    slider = bar.findChild(QSlider, "playerLevel")
    assert slider is not None
    slider.setValue(-25)
    assert player.volume_db == -12.5
    assert _label(bar, "playerLevelValue") == "\u221212.5 dB"
    QTest.mouseClick(_button(bar, "playerMute"), Qt.MouseButton.LeftButton)
    assert player.volume_db == QUIETEST_DB
    QTest.mouseClick(_button(bar, "playerMute"), Qt.MouseButton.LeftButton)
    assert player.volume_db == -12.5
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton)
    assert player.volume_db == 0.0
    slider.setValue(slider.maximum())
    assert player.volume_db == LOUDEST_DB


def test_the_outputs_can_be_chosen_and_a_missing_one_is_named(
    bar: PlayerBar, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(player, "refresh_devices", lambda: asked.append(True))
    player._on_came_devices(["Speakers", "Interface 1 & 2"])
    menu = bar.findChild(QMenu, "playerDevices")
    assert menu is not None

    def words() -> list[str]:
        return [action.text() for action in menu.actions() if not action.isSeparator()]

    menu.aboutToShow.emit()
    assert asked == [True]
    assert words() == ["System default", "Speakers", "Interface 1 && 2"]
    menu.actions()[-1].trigger()
    assert player.device == "Interface 1 & 2"
    player._on_came_devices(["Speakers"])
    assert words()[-1] == "Interface 1 && 2 (not connected)"
    assert menu.actions()[-1].isChecked()
    menu.actions()[0].trigger()
    assert player.device is None


def test_a_sound_is_repeated_until_another_one_comes(
    bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot
) -> None:
    loop = _button(bar, "playerLoop")
    assert not loop.isEnabled()
    _load(player, item, qtbot)
    QTest.mouseClick(loop, Qt.MouseButton.LeftButton)
    assert player.loop
    _load(player, PlayItem(item.path, "another"), qtbot)
    assert (player.loop, loop.isChecked()) == (False, False)


def test_any_two_sounds_are_compared_with_a_pin(
    bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = (_button(bar, f"playerSide_{side}") for side in ("original", "reconstruction"))
    before = first.geometry(), second.geometry()
    _load(player, item, qtbot)
    QTest.mouseClick(_button(bar, "playerPin"), Qt.MouseButton.LeftButton)
    assert player.reference == item
    other = PlayItem(tmp_path / "o.wav", "Another")
    _load(player, other, qtbot)
    assert (first.text(), second.text()) == ("A: pinned", "B: this one")
    assert (first.isChecked(), second.isChecked()) == (False, True)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert player.side == "reference"
    assert (first.isChecked(), second.isChecked()) == (True, False)
    assert "A sound" in first.toolTip()
    assert (first.geometry(), second.geometry()) == before
    QTest.mouseClick(_button(bar, "playerPin"), Qt.MouseButton.LeftButton)
    assert not _button(bar, "playerPin").isChecked()
    assert not player.can_compare
    assert first.text() == "Original"


def test_a_sound_in_the_making_is_shown_as_it_grows(
    bar: PlayerBar, player: Player, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player._output, "play", lambda *_: None)
    sound = StreamedSound(RATE, 2.0)
    sound.append(np.full((1, RATE), 0.5, np.float32))
    player.play_stream(PlayItem(None, "Made", key="made"), sound)
    waveform = bar.findChild(WaveformView)
    assert waveform is not None
    assert _label(bar, "playerName") == "Made"
    assert _label(bar, "playerTime") == "0:00.0 / 0:02.0"
    assert not waveform._high[-100:].any()
    with qtbot.waitSignal(player.outline_changed):
        sound.append(np.full((1, RATE // 2), 0.5, np.float32))
    assert waveform._high[1400] == 0.5
    player.seek(1.9)
    assert player.position_s == 1.5, "as far as there is sound"
    with qtbot.waitSignal(player.loaded):
        sound.finish()
    assert _label(bar, "playerTime") == "0:01.5 / 0:01.5"


def test_nothing_in_the_bar_moves_when_numbers_change(
    bar: PlayerBar, player: Player, item: PlayItem, qtbot: QtBot
) -> None:
    waveform = bar.findChild(WaveformView)
    assert waveform is not None
    before = waveform.geometry()
    _load(player, item, qtbot)
    player.seek(1.1)
    player.set_volume_db(-60.0)
    qtbot.wait(1)
    assert waveform.geometry() == before

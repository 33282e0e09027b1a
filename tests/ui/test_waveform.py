"""Waveforms: true outlines, a playhead that moves, and seeking."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sda_desktop.ui import theme
from sda_desktop.ui.waveform import POINTS, WaveformView, outline, peaks, render

Samples = NDArray[np.float32]
NO_KEY = Qt.KeyboardModifier.NoModifier


def buzz(frames: int = 200_000, peak: float = 0.5) -> Samples:
    """+peak and -peak in turn: a solid band when drawn."""
    made = np.full(frames, peak, np.float32)
    made[::2] = -peak
    return made


def test_peaks_keep_the_extremes_of_a_long_sound() -> None:
    samples = np.zeros(200_000, np.float32)
    samples[123_456], samples[7] = 0.9, -0.8
    low, high = peaks(samples)
    assert len(low) == len(high) == POINTS
    assert high.max() == np.float32(0.9)
    assert low.min() == np.float32(-0.8)
    assert np.argmax(high) == 123_456 * POINTS // 200_000


def test_peaks_of_stereo_cover_both_channels() -> None:
    low, high = peaks(np.array([[0.1, 0.1], [-0.7, 0.3]], np.float32))
    assert low.tolist() == pytest.approx([-0.7, 0.1])
    assert high.tolist() == pytest.approx([0.1, 0.3])


def test_peaks_of_nothing_and_of_one_sample() -> None:
    assert len(peaks(np.zeros(0, np.float32))[0]) == 0
    assert peaks(np.array([0.25], np.float32))[1].tolist() == [0.25]


def test_the_outline_is_to_scale_and_never_leaves_its_place() -> None:
    place = QRectF(10, 20, 100, 40)
    wild = np.array([np.nan, 5.0, 0.5, -7.0], np.float32)
    shape = outline(wild, wild, place, 100).boundingRect()
    assert place.adjusted(-1, -1, 1, 1).contains(shape)
    half = outline(*peaks(buzz()), place, 100).boundingRect()
    assert half.top() == pytest.approx(place.center().y() - 10)
    assert half.bottom() == pytest.approx(place.center().y() + 10)


def test_silence_is_a_hairline() -> None:
    silent = np.zeros(50, np.float32)
    assert outline(silent, silent, QRectF(0, 0, 100, 40), 100).boundingRect().height() == pytest.approx(1)


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
def test_a_drawing_has_the_screen_s_own_pixels(qapp: QApplication, ratio: float) -> None:
    made = render(*peaks(buzz()), QSize(64, 32), "#ff0000", ratio)
    assert made.size() == QSize(64, 32) * ratio
    image = made.toImage()
    assert image.pixelColor(round(10 * ratio), round(12 * ratio)) == QColor("#ff0000")
    assert image.pixelColor(round(50 * ratio), round(20 * ratio)) == QColor("#ff0000")
    assert image.pixelColor(round(10 * ratio), round(4 * ratio)).alpha() == 0


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> WaveformView:
    """A view of a sound, 201 wide."""
    theme.apply_theme(qapp, "light")
    made = WaveformView()
    qtbot.addWidget(made)
    made.resize(201, 60)
    made.set_samples(buzz())
    made.show()
    return made


def test_what_was_played_is_in_the_accent_the_rest_is_not(view: WaveformView) -> None:
    view.set_position(0.5)
    image = view.grab().toImage()
    assert image.pixelColor(40, 24) == QColor(theme.LIGHT.accent)
    assert image.pixelColor(160, 36) == QColor(theme.LIGHT.waveform)
    assert image.pixelColor(100, 50) == QColor(theme.LIGHT.text)  # the playhead
    view.set_position(None)
    image = view.grab().toImage()
    assert image.pixelColor(40, 24) == QColor(theme.LIGHT.waveform)
    assert image.pixelColor(100, 50) == QColor(theme.LIGHT.plot)


def test_it_follows_the_theme(view: WaveformView, qapp: QApplication) -> None:
    view.grab()
    theme.apply_theme(qapp, "dark")
    assert view.grab().toImage().pixelColor(40, 24) == QColor(theme.DARK.waveform)


def test_a_click_and_a_drag_seek(view: WaveformView, qtbot: QtBot) -> None:
    heard: list[float] = []
    view.seek_requested.connect(heard.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NO_KEY, QPoint(50, 30))
    assert heard == [pytest.approx(50 / 201)]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO_KEY, QPoint(100, 30))
    QTest.mouseMove(view, QPoint(150, 30))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO_KEY, QPoint(150, 30))
    assert heard[1] == pytest.approx(100 / 201)
    assert all(0 <= fraction <= 1 for fraction in heard)


def test_the_other_buttons_do_not_seek(view: WaveformView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.seek_requested):
        QTest.mouseClick(view, Qt.MouseButton.RightButton, NO_KEY, QPoint(50, 30))


def test_keys_seek_play_and_stop(view: WaveformView, qtbot: QtBot) -> None:
    heard: list[float] = []
    view.seek_requested.connect(heard.append)
    view.set_position(0.5)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(view, key)
    assert heard == [pytest.approx(0.48), pytest.approx(0.52), 0.0, 1.0]
    with qtbot.waitSignal(view.play_toggle_requested):
        QTest.keyClick(view, Qt.Key.Key_Space)
    with qtbot.waitSignal(view.stop_requested):
        QTest.keyClick(view, Qt.Key.Key_Escape)


def test_there_is_nothing_to_seek_in_an_empty_view(view: WaveformView, qtbot: QtBot) -> None:
    view.clear()
    assert view.is_empty()
    assert not view.grab().isNull()
    with qtbot.assertNotEmitted(view.seek_requested):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, NO_KEY, QPoint(50, 30))

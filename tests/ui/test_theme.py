"""The look: readable in both palettes, switched live, following the desktop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sda_desktop.ui import theme
from sda_desktop.ui.bar_slider import BarSlider
from sda_desktop.ui.fade_bar import FadeBar
from sda_desktop.ui.theme import DARK, LIGHT, Colors

PALETTES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
CURVES = ("train", "validation", "kl", "kl_weighted", "learning_rate", "gap")


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, undressed again afterwards."""
    style, palette = qapp.style().name(), QPalette(qapp.palette())
    yield qapp
    theme.apply_theme(qapp, "light")
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)


@PALETTES
@pytest.mark.parametrize("ground", ["window", "base", "alternate", "raised", "hover", "selection"])
@pytest.mark.parametrize("ink", ["text", "muted", "error"])
def test_text_is_readable_on_every_ground(colors: Colors, ground: str, ink: str) -> None:
    assert theme.contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5


@PALETTES
@pytest.mark.parametrize("ground", ["window", "base", "alternate", "raised", "hover", "selection"])
@pytest.mark.parametrize("ink", ["accent", "warning", "success"])
def test_coloured_words_are_readable(colors: Colors, ground: str, ink: str) -> None:
    assert theme.contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5


@PALETTES
@pytest.mark.parametrize("ground", ["window", "base", "raised", "border"])
def test_what_cannot_be_used_can_still_be_read(colors: Colors, ground: str) -> None:
    assert theme.contrast(colors.disabled, getattr(colors, ground)) >= 3.0
    assert theme.contrast(colors.disabled, colors.window) < theme.contrast(colors.muted, colors.window)


@PALETTES
@pytest.mark.parametrize("ground", ["window", "base", "alternate", "raised", "selection"])
def test_the_focus_ring_stands_out_from_what_is_around_it(colors: Colors, ground: str) -> None:
    assert theme.contrast(colors.accent, getattr(colors, ground)) >= 3.0


@PALETTES
@pytest.mark.parametrize("ground", ["window", "base", "alternate", "raised"])
def test_one_sees_where_a_field_ends(colors: Colors, ground: str) -> None:
    assert theme.contrast(colors.field, getattr(colors, ground)) >= 3.0


@PALETTES
@pytest.mark.parametrize("curve", CURVES)
def test_the_colour_of_a_curve_becomes_readable_as_text_and_stays_itself(colors: Colors, curve: str) -> None:
    color = getattr(colors, curve)
    for ground in (colors.plot, colors.window):
        for least in (3.0, 4.5):
            shade = theme.readable(color, ground, least)
            assert theme.contrast(shade, ground) >= least
            assert abs(QColor(shade).hslHueF() - QColor(color).hslHueF()) < 0.02
    assert theme.readable(colors.text, colors.plot) == colors.text


@PALETTES
def test_the_words_on_the_primary_button_are_readable(colors: Colors) -> None:
    assert theme.contrast(colors.accent_text, colors.accent) >= 4.5
    assert theme.contrast(colors.accent_text, colors.accent_hover) >= 4.5


@PALETTES
@pytest.mark.parametrize("curve", [*CURVES, "waveform", "accent"])
def test_curves_and_waveforms_stand_out_from_their_ground(colors: Colors, curve: str) -> None:
    assert theme.contrast(getattr(colors, curve), colors.plot) >= 3.0


@PALETTES
@pytest.mark.parametrize(("first", "second"), [("train", "validation"), ("kl", "kl_weighted")])
def test_curves_of_one_plot_differ_in_colour_and_in_dash(colors: Colors, first: str, second: str) -> None:
    assert getattr(colors, first) != getattr(colors, second)
    assert theme.CURVE_DASHES[first] != theme.CURVE_DASHES[second]


def test_every_curve_has_a_dash() -> None:
    assert set(theme.CURVE_DASHES) == set(CURVES)


def test_contrast_has_the_known_values() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert theme.contrast("#ffffff", "#ffffff") == pytest.approx(1.0)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_modes_switch_live(app: QApplication, qtbot: QtBot) -> None:
    theme.apply_theme(app, "light")
    label = QLabel("words")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert theme.colors() is LIGHT
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.text)
    with qtbot.waitSignal(theme.notifier().changed, timeout=1000):
        theme.apply_theme(app, "dark")
    assert theme.colors() is DARK
    assert theme.mode() == "dark"
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)
    assert app.style().name().lower() == "fusion" or app.styleSheet()


def test_system_follows_the_desktop_and_a_chosen_mode_does_not(app: QApplication) -> None:
    desktop = app.styleHints().colorSchemeChanged
    theme.apply_theme(app, "system")
    desktop.emit(Qt.ColorScheme.Dark)
    assert theme.colors() is DARK
    desktop.emit(Qt.ColorScheme.Light)
    assert theme.colors() is LIGHT
    desktop.emit(Qt.ColorScheme.Unknown)
    assert theme.colors() is LIGHT
    theme.apply_theme(app, "light")
    desktop.emit(Qt.ColorScheme.Dark)
    assert theme.colors() is LIGHT


def test_an_unknown_mode_counts_as_system(app: QApplication) -> None:
    theme.apply_theme(app, "sepia")
    assert theme.mode() == "system"


@PALETTES
def test_every_picture_of_the_style_sheet_exists(colors: Colors) -> None:
    pictures = re.findall(r'url\("([^"]+)"\)', theme.style_sheet(colors))
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_a_role_shows_at_once(app: QApplication, qtbot: QtBot) -> None:
    theme.apply_theme(app, "light")
    label = QLabel("no such folder")
    qtbot.addWidget(label)
    label.show()
    theme.set_role(label, "error")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.error)
    theme.set_role(label, "")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.text)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_hint_in_an_empty_field_is_readable(
    kind: type[QLineEdit | QPlainTextEdit], app: QApplication, qtbot: QtBot
) -> None:
    """Left to itself, Qt takes the text's colour at half its strength."""
    for mode, colors in (("light", LIGHT), ("dark", DARK)):
        theme.apply_theme(app, mode)
        field = kind()
        qtbot.addWidget(field)
        field.show()
        assert field.palette().placeholderText().color().name() == colors.muted


@pytest.mark.parametrize(("mode", "colors"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, BarSlider, FadeBar])
def test_fields_are_painted_with_that_outline(
    kind: type[QWidget], mode: theme.Mode, colors: Colors, app: QApplication, qtbot: QtBot
) -> None:
    theme.apply_theme(app, mode)
    field = kind()
    qtbot.addWidget(field)
    field.resize(120, 24)
    picture = field.grab().toImage()
    edge = {picture.pixelColor(x, picture.height() // 2).name() for x in range(3)}
    assert colors.field in edge


def test_the_primary_button_is_painted_in_the_accent(app: QApplication, qtbot: QtBot) -> None:
    theme.apply_theme(app, "dark")
    button = QPushButton("Train")
    theme.set_role(button, "primary")
    qtbot.addWidget(button)
    button.resize(120, 32)
    button.show()
    assert button.grab().toImage().pixelColor(10, 16) == QColor(DARK.accent)


def test_numbers_that_change_get_figures_of_equal_width() -> None:
    font = QFont()
    made = theme.tabular(font)
    assert made.featureValue(QFont.Tag("tnum")) == 1
    assert not font.featureTags()


def test_smaller_text_keeps_the_unit_of_the_font() -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(10)
    pixels.setPixelSize(20)
    assert theme.small(points).pointSizeF() == pytest.approx(9)
    assert theme.small(pixels).pixelSize() == 18

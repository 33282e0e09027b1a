"""The icon family: complete, tinted with the theme, sharp at every scale."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from sda_desktop.paths import resources_dir
from sda_desktop.ui import icons, theme

NEEDED = (
    *("play", "stop", "pause", "resume", "train", "compare", "volume", "device"),
    *("folder", "folder-open", "add", "close", "chevron-down", "chevron-right", "search", "reset", "help"),
    *("refresh", "save", "delete", "reveal", "warning", "error", "check", "star", "best", "settings", "demo"),
)


def drawn_in(image: QImage, color: str) -> bool:
    """Whether there are opaque pixels, and all of them of that colour (give or take rounding)."""
    wanted = QColor(color)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [pixel for pixel in pixels if pixel.alpha() == 255]
    return bool(solid) and all(
        abs(pixel.red() - wanted.red())
        + abs(pixel.green() - wanted.green())
        + abs(pixel.blue() - wanted.blue())
        <= 3
        for pixel in solid
    )


@pytest.mark.parametrize("name", NEEDED)
def test_the_family_is_complete(name: str) -> None:
    assert name in icons.names()


def test_every_icon_is_drawn_in_the_colour_of_the_theme_alone(qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark")
    for name in icons.names():
        assert drawn_in(icons.icon(name).pixmap(QSize(48, 48)).toImage(), theme.DARK.text), name


def test_every_icon_file_takes_its_colour_from_outside() -> None:
    for name in icons.names():
        source = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in source
        assert "#" not in source, name


def test_an_icon_made_before_the_theme_changed_is_painted_in_the_new_colour(qapp: QApplication) -> None:
    theme.apply_theme(qapp, "light")
    icon = icons.icon("stop")
    assert drawn_in(icon.pixmap(24, 24).toImage(), theme.LIGHT.text)
    theme.apply_theme(qapp, "dark")
    assert drawn_in(icon.pixmap(24, 24).toImage(), theme.DARK.text)


def test_a_disabled_icon_is_dimmed_and_a_coloured_one_keeps_its_colour(qapp: QApplication) -> None:
    theme.apply_theme(qapp, "light")
    warning = icons.icon("stop", "warning")
    assert drawn_in(warning.pixmap(24, 24).toImage(), theme.LIGHT.warning)
    assert drawn_in(warning.pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage(), theme.LIGHT.disabled)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_has_as_many_pixels_as_the_screen_wants(qapp: QApplication, scale: float) -> None:
    made = icons.icon("play").pixmap(QSize(16, 16), scale)
    assert (made.width(), made.devicePixelRatio()) == (round(16 * scale), scale)
    drawn = icons.pixmap("play", 16, "accent", scale)
    assert (drawn.width(), drawn.devicePixelRatio()) == (round(16 * scale), scale)
    assert drawn_in(drawn.toImage(), theme.colors().accent)


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_copies_of_icons_survive_their_makers(qapp: QApplication) -> None:
    for _ in range(300):
        original = icons.icon("play")
        copy = QIcon(original)
        copy.addPixmap(QPixmap(4, 4))  # makes Qt clone what paints the icon
        del original
        assert not copy.pixmap(16, 16).isNull()
    gc.collect()
    assert not copy.pixmap(16, 16).isNull()

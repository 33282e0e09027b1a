"""What is dropped on the morph strip becomes its stops."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from small_instrument import small_instrument

from sda_desktop.errors import SdaError
from sda_desktop.generation.instrument import Instrument
from sda_desktop.ui.explore_morph import ExploreMorph
from sda_desktop.ui.morph_strip import MorphStrip
from sda_desktop.ui.player import Player

if TYPE_CHECKING:
    from sda_desktop.ui.explore_page import ExplorePage


class Session(QObject):
    """As much of a session as the morph asks for."""

    opening = Signal(object)
    model_changed = Signal(object)
    sound_added = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.instrument: Instrument = small_instrument()
        self.current = None
        self.files: list[Path] = []

    def add_files(self, paths: Sequence[Path]) -> None:
        self.files += paths


class Page(QWidget):
    """As much of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.morph = MorphStrip(self)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    return made


@pytest.fixture(autouse=True)
def morph(page: Page, qtbot: QtBot) -> ExploreMorph:
    class Silent(QObject):
        progress_changed = Signal(float)

    return ExploreMorph(cast("ExplorePage", page), cast("Player", Silent(page)))


def stops(page: Page) -> list[tuple[str, tuple[tuple[str, float], ...]]]:
    return [(stop.name, stop.weights) for stop in page.morph.stops()]


def test_sounds_and_places_of_this_model_become_stops(page: Page) -> None:
    keys = [sound.key for sound in page.session.instrument.atlas.sounds]
    between = ((keys[0], 0.25), (keys[1], 0.75))
    page.morph.places_dropped.emit(
        [("First", ((keys[0], 1.0),)), ("Between", between), ("Elsewhere", (("no such sound", 1.0),))]
    )
    assert stops(page) == [("First", ((keys[0], 1.0),)), ("Between", between)]
    assert len({stop.key for stop in page.morph.stops()}) == 2


def test_a_file_becomes_a_stop_once_it_is_a_sound_of_the_model(page: Page, tmp_path: Path) -> None:
    first = page.session.instrument.atlas.sounds[0].key
    page.session.sound_added.emit(first)
    assert stops(page) == []  # it was dropped elsewhere
    page.morph.files_dropped.emit([tmp_path / "a.wav"])
    assert page.session.files == [tmp_path / "a.wav"]
    noise = np.random.default_rng(0).standard_normal((1, 8000)).astype(np.float32) * 0.1
    key = page.session.instrument.add_sound(noise, "Noise")
    page.session.sound_added.emit(key)
    page.session.sound_added.emit(first)
    assert stops(page) == [("Noise", ((key, 1.0),))]


def test_a_file_that_cannot_be_read_is_not_waited_for(page: Page, tmp_path: Path) -> None:
    page.morph.files_dropped.emit([tmp_path / "a.wav"])
    page.session.failed.emit(SdaError("It cannot be read."))
    page.session.sound_added.emit(page.session.instrument.atlas.sounds[0].key)
    assert stops(page) == []

"""The list of sounds: order, search, growing while the scan runs, and what is said of a sound."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.modeltest import ModelTester

from sda_desktop.audio.scan import THUMBNAIL_POINTS, Finding, FindingCode, SoundFile
from sda_desktop.ui import sound_words
from sda_desktop.ui.sound_list_model import SOUND_ROLE, SortKey, SoundListModel, is_waiting

SILENT = Finding(FindingCode.SILENT, True, "It is silent.")
CLIPPED = Finding(FindingCode.CLIPPED, False, "It is clipped.")


def sound(
    name: str,
    seconds: float = 1.0,
    rate_hz: int = 44_100,
    channels: int = 1,
    peak_db: float = -3.0,
    *findings: Finding,
) -> SoundFile:
    """A record as the scan would make it."""
    flat = np.zeros((2, THUMBNAIL_POINTS), np.float32)
    path = Path("/music") / name
    return SoundFile(path, rate_hz, channels, 16, seconds, peak_db, peak_db - 9, flat, name, 100, 1, findings)


SOUNDS = [
    sound("kick 10.wav", 0.5, 48_000, 1, -1.0),
    sound("Kick 2.wav", 2.0, 44_100, 2, -6.0, CLIPPED),
    sound("drums/snare.wav", 0.25, 96_000, 1, -12.0),
    sound("air.wav", 30.0, 22_050, 2, -40.0, CLIPPED, SILENT),
]


def names(model: SoundListModel) -> list[str]:
    """The rows."""
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (SortKey.NAME, ["air.wav", "Kick 2.wav", "kick 10.wav", "snare.wav"]),
        (SortKey.LENGTH, ["snare.wav", "kick 10.wav", "Kick 2.wav", "air.wav"]),
        (SortKey.RATE, ["air.wav", "Kick 2.wav", "kick 10.wav", "snare.wav"]),
        (SortKey.CHANNELS, ["kick 10.wav", "snare.wav", "air.wav", "Kick 2.wav"]),
        (SortKey.LEVEL, ["air.wav", "snare.wav", "Kick 2.wav", "kick 10.wav"]),
        (SortKey.PROBLEMS, ["air.wav", "Kick 2.wav", "kick 10.wav", "snare.wav"]),
    ],
)
def test_it_sorts_both_ways(key: SortKey, wanted: list[str]) -> None:
    model = SoundListModel()
    model.set_files(SOUNDS)
    model.set_sort(key)
    assert names(model) == wanted
    model.set_sort(key, descending=True)
    assert names(model) == wanted[::-1]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", list(SortKey))
def test_sounds_that_come_later_take_their_place(key: SortKey, descending: bool) -> None:
    shuffled = [sound(f"s{i}.wav", i % 7, 44_100, 1 + i % 2, -i % 11) for i in range(60)]
    at_once, one_by_one = SoundListModel(), SoundListModel()
    random.Random(3).shuffle(shuffled)
    at_once.set_sort(key, descending)
    at_once.set_files(shuffled)
    one_by_one.set_sort(key, descending)
    for start in range(0, 60, 7):
        one_by_one.add_files(shuffled[start : start + 7])
    assert names(one_by_one) == names(at_once)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("kick", ["Kick 2.wav", "kick 10.wav"]),
        ("KICK 10", ["kick 10.wav"]),
        ("drums", ["snare.wav"]),
        ("nothing like it", []),
        ("  ", ["air.wav", "Kick 2.wav", "kick 10.wav", "snare.wav"]),
    ],
)
def test_it_searches_names_and_folders(words: str, wanted: list[str]) -> None:
    model = SoundListModel()
    model.set_search(words)
    model.add_files(SOUNDS)
    assert names(model) == wanted
    assert len(model.files()) == 4
    model.set_search("")
    assert model.rowCount() == 4


@pytest.mark.parametrize("key", list(SortKey))
@pytest.mark.parametrize("descending", [False, True])
def test_names_are_there_at_once_and_each_sound_takes_the_place_of_its_name(
    key: SortKey, descending: bool
) -> None:
    model, wanted = SoundListModel(), SoundListModel()
    for one in (model, wanted):
        one.set_sort(key, descending)
    wanted.set_files(SOUNDS)
    model.set_paths(file.path for file in SOUNDS)
    assert sorted(names(model)) == sorted(names(wanted))
    assert all(is_waiting(file) for file in model.files())
    for file in reversed(SOUNDS):
        model.add_files([file])
        assert model.rowCount() == len(SOUNDS)
    assert names(model) == names(wanted)
    assert [model.file_at(row) for row in range(4)] == [wanted.file_at(row) for row in range(4)]


def test_a_sound_in_its_place_is_a_change_and_not_a_move() -> None:
    model = SoundListModel()
    model.set_paths(file.path for file in SOUNDS)
    changed: list[int] = []
    moved: list[int] = []
    model.dataChanged.connect(lambda first, *_: changed.append(first.row()))
    model.rowsInserted.connect(lambda *_: moved.append(1))
    model.add_files(SOUNDS[:1])
    assert (changed, moved) == ([2], [])


def test_it_is_a_well_behaved_model(qtmodeltester: ModelTester) -> None:
    model = SoundListModel()
    model.set_files(SOUNDS[:2])
    model.add_files(SOUNDS[2:])
    assert isinstance(model, QAbstractItemModel)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_row_gives_its_sound_and_says_everything_about_it() -> None:
    model = SoundListModel()
    model.set_files(SOUNDS)
    row = model.row_of(SOUNDS[3].path)
    index = model.index(row, 0)
    assert index.data(SOUND_ROLE) is SOUNDS[3]
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    for part in (str(SOUNDS[3].path), "16 bit", "RMS", "Left out: It is silent.", "It is clipped."):
        assert part in tip
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "air.wav" in spoken
    assert "It is silent." in spoken
    assert model.row_of(Path("/music/other.wav")) == -1


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.05, "0.05 s"), (9.994, "9.99 s"), (12.34, "12.3 s"), (59.94, "59.9 s"), (204, "3 min 24 s")],
)
def test_lengths_in_words(seconds: float, text: str) -> None:
    assert sound_words.length_text(seconds) == text


@pytest.mark.parametrize(
    ("level_db", "text"),
    [(-3.21, "−3.2 dB"), (-0.01, "0.0 dB"), (0.4, "0.4 dB"), (-math.inf, "−∞ dB")],  # noqa: RUF001
)
def test_levels_in_words(level_db: float, text: str) -> None:
    assert sound_words.level_text(level_db) == text


def test_the_summary_counts_what_can_be_used() -> None:
    usable = [file for file in SOUNDS if file.usable]
    assert sound_words.headline(usable) == "3 sounds · 2.75 s"
    assert sound_words.headline(usable[:1]) == "1 sound · 0.50 s"
    assert sound_words.headline([replace(usable[0], duration_s=3 * 3600 + 300)]) == "1 sound · 3 h 05 min"
    assert sound_words.headline([]) == "No usable sounds"
    assert sound_words.kinds(usable) == "48 kHz, 44.1 kHz and 96 kHz · mono and stereo"
    assert sound_words.problems_text(SOUNDS) == "1 left out, 1 warning"
    assert sound_words.problems_text(usable[:1]) == ""
    assert sound_words.reasons(SOUNDS[3]) == "It is silent. It is clipped."


def test_the_end_of_a_scan_changes_only_what_it_found_out() -> None:
    model = SoundListModel()
    model.set_paths([file.path for file in SOUNDS])
    model.add_files(SOUNDS)
    resets: list[bool] = []
    rows: list[tuple[int, int]] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    twin = replace(SOUNDS[0], findings=(CLIPPED,))
    model.set_files([twin, *SOUNDS[1:]])
    row = names(model).index("kick 10.wav")
    assert (resets, rows) == ([], [(row, row)])
    assert model.file_at(row) is twin
    model.set_files(SOUNDS[1:])
    assert resets == [True]


def test_a_batch_of_a_scan_is_told_in_one_go() -> None:
    model = SoundListModel()
    model.set_paths([file.path for file in SOUNDS])
    rows: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    model.add_files(SOUNDS)
    assert rows == [(0, 3)]

"""The export dialog: what can be chosen, what is remembered, what is asked, what is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.audio.export_options import ExportFormat, ExportOptions
from sda_desktop.generation.export_batch import SoundJob
from sda_desktop.ui.export_choices import FOLDER_KEY, OPTIONS_KEY
from sda_desktop.ui.export_dialog import ExportDialog, export_sounds
from sda_desktop.ui.export_form import ExportForm, NumberSpin
from sda_desktop.ui.settings import Settings

RATE_HZ = 44_100
Open = Callable[..., ExportDialog]
T = TypeVar("T", bound=QWidget)


def job(title: str, level: float = 0.25, gate: threading.Event | None = None) -> SoundJob:
    def blocks() -> Iterator[NDArray[np.float32]]:
        yield np.full((1, 2205), level, np.float32)
        if gate is not None:
            assert gate.wait(10)
        yield np.full((1, 2205), level, np.float32)

    return SoundJob(title, 7, "Model", blocks, RATE_HZ, 0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go, chosen already."""
    place = tmp_path / "out"
    Settings().set_text(FOLDER_KEY, str(place))
    return place


@pytest.fixture
def opened(qtbot: QtBot, folder: Path) -> Open:
    """Open the dialog for sounds, shown."""

    def show(*jobs: SoundJob) -> ExportDialog:
        dialog = ExportDialog(jobs or (job("One"),))
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def part(dialog: QWidget, kind: type[T], name: str) -> T:
    """A part of the dialog by name; "" is the first of its kind."""
    found = dialog.findChild(kind, name) if name else dialog.findChild(kind)
    assert isinstance(found, kind)
    return found


def choose(dialog: QWidget, name: str, value: object) -> None:
    """Choose as with the mouse."""
    combo = part(dialog, QComboBox, name)
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def possible(dialog: QWidget, name: str) -> list[object]:
    """What can be chosen in a combo box."""
    combo = part(dialog, QComboBox, name)
    model = combo.model()
    assert isinstance(model, QStandardItemModel)
    return [combo.itemData(row) for row in range(combo.count()) if model.item(row).isEnabled()]


def text(dialog: QWidget, name: str) -> str:
    label = part(dialog, QLabel, name)
    return label.text() if label.isVisible() else ""


def click(dialog: QWidget, name: str) -> None:
    button = part(dialog, QPushButton, name)
    assert button.isEnabled()
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_is_what_was_chosen(opened: Open, qtbot: QtBot, folder: Path) -> None:
    dialog = opened(job("Glass bell"))
    choose(dialog, "exportKind", "flac")
    choose(dialog, "exportBits", "16")
    choose(dialog, "exportRate", 48_000)
    choose(dialog, "exportLevel", "peak")
    part(dialog, NumberSpin, "exportTarget").setValue(-6)
    part(dialog, NumberSpin, "exportFadeOut").setValue(0.05)
    part(dialog, QLineEdit, "exportPattern").setText("{title} {seed}")
    assert text(dialog, "exportExample") == "Glass bell 7.flac"
    with qtbot.waitSignal(dialog.exported) as exported:
        click(dialog, "exportStart")
    assert exported.args == [[folder / "Glass bell 7.flac"]]
    assert dialog.result() == QDialog.DialogCode.Accepted
    samples, rate_hz = soundfile.read(folder / "Glass bell 7.flac")
    header = soundfile.info(folder / "Glass bell 7.flac")
    assert (header.format, header.subtype, rate_hz, header.frames) == ("FLAC", "PCM_16", 48_000, 4800)
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-6, abs=0.01)
    assert abs(samples[-1]) < 0.001


def test_what_was_chosen_is_there_the_next_time(opened: Open, qtbot: QtBot, folder: Path) -> None:
    dialog = opened()
    choose(dialog, "exportKind", "ogg")
    choose(dialog, "exportRate", 96_000)
    choose(dialog, "exportLevel", "loudness")
    part(dialog, NumberSpin, "exportTarget").setValue(-20)
    part(dialog, NumberSpin, "exportFadeIn").setValue(0.01)
    part(dialog, QLineEdit, "exportPattern").setText("{number}")
    with qtbot.waitSignal(dialog.exported):
        click(dialog, "exportStart")
    again = opened()
    form = part(again, ExportForm, "")
    assert form.options() == ExportOptions(
        ExportFormat("ogg", "", 96_000), "loudness", -20, fade_in_s=0.01, fade_out_s=0
    )
    assert part(again, QLineEdit, "exportPattern").text() == "{number}"
    assert part(again, QLineEdit, "exportFolder").text() == str(folder)


def test_cancelled_choices_are_not_remembered(opened: Open) -> None:
    dialog = opened()
    choose(dialog, "exportKind", "mp3")
    click(dialog, "exportClose")
    assert Settings().data(OPTIONS_KEY) is None


def test_settings_that_cannot_be_understood_count_as_none(opened: Open) -> None:
    Settings().set_data(OPTIONS_KEY, {"kind": "wav", "subtype": "8"})
    dialog = opened()
    assert part(dialog, ExportForm, "").options() == ExportOptions()


def test_what_does_not_go_together_cannot_be_chosen_and_is_explained(opened: Open) -> None:
    dialog = opened()
    form = part(dialog, ExportForm, "")
    assert possible(dialog, "exportBits") == ["24", "16", "32f"]
    choose(dialog, "exportBits", "32f")
    choose(dialog, "exportRate", 96_000)
    choose(dialog, "exportKind", "mp3")
    assert form.options().format == ExportFormat("mp3", "", 48_000)
    assert possible(dialog, "exportRate") == [44_100, 48_000]
    assert not part(dialog, QComboBox, "exportBits").isEnabled()
    assert "no 96 kHz" in text(dialog, "exportFormatHint")
    model = part(dialog, QComboBox, "exportRate").model()
    assert isinstance(model, QStandardItemModel)
    assert "Choose 44.1 or 48 kHz" in model.item(2).toolTip()
    choose(dialog, "exportKind", "flac")
    assert form.options().format == ExportFormat("flac", "24", 96_000)
    assert possible(dialog, "exportBits") == ["24", "16"]
    choose(dialog, "exportKind", "wav")  # what was chosen first comes back
    assert form.options().format == ExportFormat("wav", "32f", 96_000)


def test_each_level_has_a_target_of_its_own(opened: Open) -> None:
    dialog = opened()
    target = part(dialog, NumberSpin, "exportTarget")
    assert not target.isVisible()
    choose(dialog, "exportLevel", "peak")
    assert (target.value(), target.text()) == (-1, "-1 dB")
    target.setValue(-3)
    choose(dialog, "exportLevel", "loudness")
    assert (target.value(), target.text()) == (-23, "-23 LUFS")
    choose(dialog, "exportLevel", "peak")
    assert target.value() == -3


@pytest.mark.parametrize(("typed", "value"), [("0,25", 0.25), ("0.25", 0.25), ("2", 2.0)])
def test_numbers_take_comma_and_dot(opened: Open, typed: str, value: float) -> None:
    dialog = opened()
    fade = part(dialog, NumberSpin, "exportFadeIn")
    fade.selectAll()
    QTest.keyClicks(fade, typed)
    QTest.keyClick(fade, Qt.Key.Key_Tab)
    assert fade.value() == value
    assert fade.text() == f"{value:g} s"


def test_the_names_are_shown_while_one_types(opened: Open) -> None:
    dialog = opened(*(job(title) for title in ("A", "B", "B", "C")))
    assert text(dialog, "exportHeading") == "4 sounds"
    assert text(dialog, "exportExample") == "A.wav, B.wav, and 2 more"
    pattern = part(dialog, QLineEdit, "exportPattern")
    pattern.setText("{numbre}")
    assert "no field {numbre}" in text(dialog, "exportExample")
    assert not part(dialog, QPushButton, "exportStart").isEnabled()
    assert pattern.property("invalid")
    pattern.setText("x ")
    menu = part(dialog, QToolButton, "exportInsert").menu()
    assert menu is not None
    menu.actions()[3].trigger()
    assert pattern.text() == "x {number}"
    assert text(dialog, "exportExample") == "x 001.wav, x 002.wav, and 2 more"
    assert part(dialog, QPushButton, "exportStart").isEnabled()


def test_a_folder_that_is_none_is_said(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    dialog = opened()
    line = part(dialog, QLineEdit, "exportFolder")
    for wrong, sentence in ((str(tmp_path / "file"), "is a file"), ("", "Choose a folder")):
        line.setText(wrong)
        assert sentence in text(dialog, "exportExample")
        assert not part(dialog, QPushButton, "exportStart").isEnabled()
        assert line.property("invalid")


def test_it_asks_before_it_replaces(opened: Open, qtbot: QtBot, folder: Path) -> None:
    folder.mkdir()
    for title in ("A", "B"):
        (folder / f"{title}.wav").write_bytes(b"mine")
    dialog = opened(job("A"), job("B"), job("C"))
    click(dialog, "exportStart")
    assert text(dialog, "exportSaid") == "2 of these files exist already in that folder."
    assert names(folder) == ["A.wav", "B.wav"]
    part(dialog, QLineEdit, "exportPattern").setText("{title} ")  # an edit takes the question back
    assert text(dialog, "exportSaid") == ""
    click(dialog, "exportStart")
    with qtbot.waitSignal(dialog.exported):
        click(dialog, "exportKeepBoth")
    assert names(folder) == ["A 2.wav", "A.wav", "B 2.wav", "B.wav", "C.wav"]
    assert (folder / "A.wav").read_bytes() == b"mine"
    again = opened(job("A"))
    click(again, "exportStart")
    assert "“A.wav” exists already" in text(again, "exportSaid")
    with qtbot.waitSignal(again.exported):
        click(again, "exportReplace")
    assert soundfile.info(folder / "A.wav").frames == 4410


def test_cancel_stops_and_leaves_what_is_complete(opened: Open, qtbot: QtBot, folder: Path) -> None:
    gate = threading.Event()
    dialog = opened(job("A"), job("B", gate=gate))
    with qtbot.waitSignal(dialog.exported):
        click(dialog, "exportStart")
        qtbot.waitUntil(lambda: (folder / "A.wav").exists())
        assert not part(dialog, QPushButton, "exportStart").isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert text(dialog, "exportState") == "Stopping…"
        gate.set()
    assert names(folder) == ["A.wav"]
    assert text(dialog, "exportSaid") == "Cancelled; 1 sound exported."
    assert dialog.isVisible()


def test_cancel_of_a_single_sound_closes_and_leaves_nothing(opened: Open, qtbot: QtBot, folder: Path) -> None:
    gate = threading.Event()
    dialog = opened(job("A", gate=gate))
    click(dialog, "exportStart")
    with qtbot.waitSignal(dialog.rejected):
        click(dialog, "exportClose")
        gate.set()
    assert not folder.exists()


def test_what_failed_is_named_and_the_rest_is_there(opened: Open, qtbot: QtBot, folder: Path) -> None:
    dialog = opened(job("A"), job("Broken", level=float("nan")))
    with qtbot.waitSignal(dialog.exported):
        click(dialog, "exportStart")
    said = text(dialog, "exportSaid")
    assert said.startswith("1 sound exported.\nBroken.wav was not written")
    assert "not numbers" in said
    assert names(folder) == ["A.wav"]
    assert part(dialog, QPushButton, "exportReveal").isVisible()
    assert part(dialog, QPushButton, "exportClose").text() == "Close"


def test_a_level_that_could_not_be_reached_is_said(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(job("A", level=0.0))
    choose(dialog, "exportLevel", "loudness")
    with qtbot.waitSignal(dialog.exported):
        click(dialog, "exportStart")
    assert "silent" in text(dialog, "exportSaid")


def test_a_disk_that_cannot_be_written_is_a_sentence(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    dialog = opened(job("A"), job("B"))
    part(dialog, QLineEdit, "exportFolder").setText(str(tmp_path / "file" / "sub"))
    click(dialog, "exportStart")
    qtbot.waitUntil(lambda: text(dialog, "exportSaid") != "")
    assert "A.wav could not be written" in text(dialog, "exportSaid")


def test_it_opens_over_a_window(qtbot: QtBot, folder: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = export_sounds([job("A")], window)
    assert dialog.isVisible()
    assert dialog.isModal()
    assert text(dialog, "exportHeading") == "A"
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()


def test_everything_has_a_name_for_those_who_cannot_see_it(opened: Open) -> None:
    dialog = opened()
    for kind in (QComboBox, QLineEdit, QPushButton, NumberSpin, QToolButton):
        for widget in dialog.findChildren(kind):
            if widget.objectName().startswith("export"):
                assert widget.accessibleName(), widget.objectName()

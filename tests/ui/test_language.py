"""The language of the window: which one is spoken, and that all of it is translated and has room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from pseudo_language import PseudoLanguage, unspoken
from PySide6.QtCore import QCoreApplication, QThreadPool
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from translations import FOLDER, read_ts

from sda_desktop.training.config import TABLE
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.guide_dialog import guide_file, guide_text
from sda_desktop.ui.language import LANGUAGES, language_for, speak
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.settings import Settings
from sda_desktop.words import counted, say

# Said in no language, or the same in all: names, units and keys.
NAMES = re.compile(r"SDA Desktop|English|Deutsch|[\W\d]*(s|dB|MB|kHz|min)?")

Open = Callable[[], MainWindow]


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert speak(qapp, "de") == "de"
    yield
    assert speak(qapp, "en") == "en"


@pytest.fixture
def pseudo() -> Iterator[None]:
    language = PseudoLanguage()
    language.install()
    yield
    language.remove()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    """Opens windows of a small screen's size; what works in them is ended after the test."""
    windows: list[MainWindow] = []

    def open_one() -> MainWindow:
        window = MainWindow()
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitUntil(lambda: bool(window.findChildren(QWidget, "plot_loss")), timeout=20_000)
        return window

    yield open_one
    for window in windows:
        assert window.runner.shut_down(30)
        window.close()
        window.deleteLater()
    assert QThreadPool.globalInstance().waitForDone(30_000)


@pytest.mark.parametrize(
    ("choice", "wanted", "spoken"),
    [
        ("system", ["de-AT", "de", "en"], "de"),
        ("system", ["en-GB", "en", "de"], "en"),
        ("system", ["fr-FR", "fr", "de-DE"], "de"),
        ("system", ["fr_FR", "fr"], "en"),
        ("system", [], "en"),
        ("de", ["en"], "de"),
        ("en", ["de"], "en"),
        ("klingon", ["de"], "de"),
    ],
)
def test_the_language_is_the_one_chosen_or_the_first_of_the_users(
    choice: str, wanted: list[str], spoken: str
) -> None:
    assert language_for(choice, wanted) == spoken


@pytest.mark.usefixtures("german")
def test_the_window_qt_and_the_engine_speak_german(qtbot: QtBot, opened: Open) -> None:
    window = opened()
    assert window.run_controls.primary.text() == "Trainieren"
    assert [a.text() for a in window.menuBar().actions()] == ["&Datei", "&Training", "&Ansicht", "&Hilfe"]
    assert window.run_controls.sentence.text() == "Erst einen Ordner mit Klängen öffnen."
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    assert say("{name} is missing", name="x") == "x fehlt"
    assert (counted("{n} run", "{n} runs", 1), counted("{n} run", "{n} runs", 2)) == ("1 Lauf", "2 Läufe")


def test_english_is_spoken_again_after_german(qapp: QApplication) -> None:
    speak(qapp, "de")
    assert QCoreApplication.translate("RunControls", "Resume") == "Fortsetzen"
    speak(qapp, "en")
    assert QCoreApplication.translate("RunControls", "Resume") == "Resume"
    assert counted("{n} run", "{n} runs", 1) == "1 run"


@pytest.mark.usefixtures("pseudo")
def test_everything_in_the_window_was_given_to_translate(opened: Open) -> None:
    window = opened()
    assert unspoken(window, NAMES) == []
    window.menu["page_explore"].trigger()
    assert unspoken(window, NAMES) == []


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("name", ["guide", "shortcuts", "log"])
def test_everything_in_a_dialog_was_given_to_translate(qtbot: QtBot, name: str, opened: Open) -> None:
    window = opened()
    before = set(QApplication.topLevelWidgets())
    window.menu[name].trigger()
    (dialog,) = (w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in before)
    qtbot.addWidget(dialog)
    # The keys are written by Qt, the guide's headings stand in its file.
    names = re.compile(
        NAMES.pattern + r"|(Ctrl|Shift|F\d).*|[A-Z], [A-Z]|F\d+" + _headings(window, name), re.I
    )
    assert unspoken(dialog, names) == []


def _headings(window: MainWindow, name: str) -> str:
    if name != "guide":
        return ""
    headings = re.findall(r"^#+ (.*)", guide_text(), re.MULTILINE)
    return "".join(rf"|\s*{re.escape(heading)}" for heading in headings)


def _parts(guide: str) -> list[str]:
    """What is the same in every language: the headings' levels, the lists, and what stands in code."""
    return re.findall(r"^#+|^- |`[^`]+`", guide, re.MULTILINE)


@pytest.mark.usefixtures("german")
def test_the_guide_is_translated_as_a_whole_and_calls_things_as_the_window_does() -> None:
    german_guide = guide_text()
    assert german_guide.startswith("# Anleitung")
    assert _parts(german_guide) == _parts(guide_file("guide.en.md").read_text(encoding="utf-8"))
    # The names of what is in the window are in bold or italics.
    named = re.findall(r"\*{1,2}(\w[^*]+)\*{1,2}", german_guide.replace("\n", " "))
    texts = read_ts(FOLDER / "sda_desktop_de.ts").values()
    said = [form.replace("&", "") for known in texts for form in known.forms]
    assert len(named) >= 25
    assert [name for name in named if name != "Zwischen" and not any(s.startswith(name) for s in said)] == []


def cut_off(root: QWidget) -> list[str]:
    """The visible texts that have not enough room."""
    found = []
    for widget in root.findChildren(QWidget):
        # What stands inside a line of text is an icon.
        if widget.visibleRegion().isEmpty() or isinstance(widget.parent(), QLineEdit):
            continue
        if isinstance(widget, ElidedLabel):
            if widget.shown_text() != widget.text():
                found.append(f"{widget.objectName()}: {widget.text()}")
        elif isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            if widget.width() < widget.sizeHint().width():
                found.append(f"{widget.objectName()}: {widget.text()}")
        elif isinstance(widget, QAbstractButton) and widget.text():
            if widget.width() < widget.minimumSizeHint().width():
                found.append(f"{widget.objectName()}: {widget.text()}")
        elif isinstance(widget, QComboBox):
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            part = QStyle.SubControl.SC_ComboBoxEditField
            room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part).width()
            if widget.fontMetrics().horizontalAdvance(widget.currentText()) > room:
                found.append(f"{widget.objectName()}: {widget.currentText()}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_off_in_a_small_window(
    qapp: QApplication, qtbot: QtBot, language: str, opened: Open
) -> None:
    speak(qapp, language)
    try:
        window = opened()
        qtbot.waitUntil(lambda: window.width() == 1280)
        assert cut_off(window) == []
        window.menu["page_explore"].trigger()
        qtbot.wait(50)  # the layout of the other page
        assert cut_off(window) == []
    finally:
        speak(qapp, "en")


@pytest.mark.usefixtures("german")
def test_the_labels_of_the_settings_leave_room_for_their_fields(qtbot: QtBot, opened: Open) -> None:
    window = opened()
    more = window.findChild(QAbstractButton, "moreSettingsButton")
    assert more is not None
    more.click()
    fields = [window.findChild(QWidget, f"field_{row.name}") for row in TABLE if row.advanced]
    qtbot.waitUntil(lambda: all(field.isVisible() for field in fields if field is not None))
    assert min(field.width() for field in fields if field is not None) >= 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_mnemonics_are_given_once_in_each_menu(qapp: QApplication, language: str, opened: Open) -> None:
    speak(qapp, language)
    try:
        window = opened()
    finally:
        speak(qapp, "en")
    menus = [window.menuBar(), *window.findChildren(QMenu)]
    for menu in menus:
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [found[1].lower() for text in texts if (found := re.search(r"&([^&])", text))]
        assert len(letters) == len(set(letters)), texts
        if menu.objectName().startswith("menu"):
            assert len(letters) == len(texts), texts


def test_another_language_is_remembered_and_told_for_the_next_start(opened: Open) -> None:
    window = opened()
    actions = {
        action.objectName().removeprefix("action_language_"): action
        for action in window.findChildren(QAction)
        if action.objectName().startswith("action_language_")
    }
    assert actions["system"].isChecked()
    actions["de"].trigger()
    assert Settings().language == "de"
    assert [actions[name].isChecked() for name in ("system", "en", "de")] == [False, False, True]
    assert window.notices.keys() == ["language"]
    assert "Deutsch" in " ".join(label.text() for label in window.notices.findChildren(QLabel))
    actions["en"].trigger()
    assert window.notices.keys() == []
    assert Settings().language == "en"

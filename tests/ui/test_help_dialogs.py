"""Guide, shortcut sheet, About, and the entries of the Help menu that open them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from sda_desktop import __version__, licences, paths, words
from sda_desktop.licences import Component
from sda_desktop.ui import theme
from sda_desktop.ui.about_dialog import AboutDialog
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.guide_dialog import GuideDialog, guide_text
from sda_desktop.ui.help_menu import HelpMenu
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.markdown_view import MarkdownView
from sda_desktop.ui.notices import NoticeArea
from sda_desktop.ui.player import Player
from sda_desktop.ui.shortcut_sheet import SECTIONS, native, shortcut_sheet
from sda_desktop.ui.window_menu import WindowMenu

CHECKOUT = Path(__file__).resolve().parents[2]
GUIDE = CHECKOUT / "resources" / "guide" / "guide.en.md"


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    """The menus of an empty window."""
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Actions(window)
    notices = NoticeArea(window)
    WindowMenu(window, made, notices)
    HelpMenu(window, made, Player(window), notices)
    window.show()
    yield made
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _opened(actions: Actions, entry: str, dialog: str) -> QDialog:
    actions[entry].trigger()
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    shown = window.findChild(QDialog, dialog)
    assert shown is not None
    assert shown.isVisible()
    return shown


def _texts(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def _button(dialog: QDialog, name: str) -> QPushButton:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    return button


# --- the guide --------------------------------------------------------------------------------------------


@pytest.fixture
def guide(actions: Actions) -> GuideDialog:
    """The guide, opened from the menu."""
    shown = _opened(actions, "guide", "guideDialog")
    assert isinstance(shown, GuideDialog)
    return shown


def _contents(guide: GuideDialog) -> list[str]:
    return [guide.contents.item(row).text().strip() for row in range(guide.contents.count())]


def test_the_guide_is_the_file_and_its_contents_are_its_headings(guide: GuideDialog) -> None:
    headings = re.findall(r"^##+ (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert _contents(guide) == headings
    for heading in ("Sounds", "Train", "Watch the curves", "Listen", "Explore", "Blend", "Model files"):
        assert heading in headings
    shown = guide.view.toPlainText()
    for text in ("libxcb-cursor0", "libportaudio2", "Save diagnostics", "%LOCALAPPDATA%"):
        assert text in shown
    assert "**" not in shown


def test_the_guide_takes_five_minutes() -> None:
    count = len(GUIDE.read_text(encoding="utf-8").split("## When something is wrong")[0].split())
    assert count < 1200  # people read about 230 words of plain text per minute


def test_what_the_guide_calls_by_name_is_in_the_window(qtbot: QtBot) -> None:
    """A button that is renamed must be renamed there, too."""
    sources = " ".join(
        path.read_text(encoding="utf-8")
        for path in (CHECKOUT / "sda_desktop").rglob("*.py")
        if path.name != "shortcut_sheet.py"
    ).replace("&", "")
    for name in re.findall(r"\*\*(.+?)\*\*", GUIDE.read_text(encoding="utf-8").replace("\n", " ")):
        if name not in ("between", "KL", "Validation"):
            assert re.search(rf'"{re.escape(name)}["… ]', sources), name


def test_a_click_in_the_contents_brings_the_section_to_the_top(guide: GuideDialog, qtbot: QtBot) -> None:
    row = _contents(guide).index("Morph")
    guide.contents.setCurrentRow(row)
    heading = guide.view.headings()[row + 1]
    assert heading.title == "Morph"
    cursor = guide.view.textCursor()
    assert cursor.position() == heading.position
    assert 0 <= guide.view.cursorRect(cursor).top() < 40
    guide.view.verticalScrollBar().setValue(0)
    assert guide.contents.currentRow() == -1  # above the first section
    item = guide.contents.item(row)
    QTest.mouseClick(
        guide.contents.viewport(),
        Qt.MouseButton.LeftButton,
        pos=guide.contents.visualItemRect(item).center(),
    )
    assert 0 <= guide.view.cursorRect(guide.view.textCursor()).top() < 40


def test_the_contents_follow_the_text(guide: GuideDialog) -> None:
    view = guide.view
    block = view.document().findBlock(view.headings()[4].position)
    view.verticalScrollBar().setValue(round(view.document().documentLayout().blockBoundingRect(block).top()))
    assert guide.contents.currentItem().text().strip() == view.headings()[4].title


def test_searching_the_guide_marks_counts_and_goes_round(guide: GuideDialog, qtbot: QtBot) -> None:
    text = guide.view.toPlainText().lower()
    QTest.keyClicks(guide.search, "model")
    found = guide.findChild(QLabel, "guideFound")
    assert found is not None
    count = text.count("model")
    assert count > 9
    assert found.text() == f"1 of {count}"
    assert len(guide.view.extraSelections()) == count
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert found.text() == f"2 of {count}"
    for _ in range(2):
        QTest.keyClick(guide.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert found.text() == f"{count} of {count}"
    assert guide.isVisible()  # Enter closes nothing
    QTest.keyClicks(guide.search, "xyz")
    assert found.text() == "none"
    assert guide.view.extraSelections() == []
    QTest.keyClick(guide.search, Qt.Key.Key_Escape)
    assert guide.search.text() == found.text() == ""
    assert guide.isVisible()


def test_the_guide_follows_the_theme_and_keeps_what_was_found(guide: GuideDialog) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    guide.search.setText("model")
    try:
        for mode, colors in (("dark", theme.DARK), ("light", theme.LIGHT)):
            theme.apply_theme(app, mode)
            marks = guide.view.extraSelections()
            assert {mark.cursor.selectedText().lower() for mark in marks} == {"model"}
            assert marks[0].format.background().color().name() == colors.accent
            cursor = guide.view.textCursor()
            cursor.setPosition(guide.view.headings()[0].position + 1)
            assert cursor.charFormat().foreground().color().name() == colors.text
    finally:
        theme.apply_theme(app, "system")


@pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)
def test_opened_again_it_is_the_same_guide(actions: Actions, guide: GuideDialog, qtbot: QtBot) -> None:
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    actions["guide"].trigger()
    assert window.findChildren(GuideDialog) == [guide]
    guide.close()
    qtbot.waitUntil(lambda: not window.findChildren(GuideDialog))
    actions["guide"].trigger()
    assert len(window.findChildren(GuideDialog)) == 1


def test_the_translation_names_the_file_and_english_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "resources_dir", lambda: tmp_path)
    (tmp_path / "guide").mkdir()
    for name in ("en", "de"):
        (tmp_path / "guide" / f"guide.{name}.md").write_text(name)
    assert guide_text() == "en"
    try:
        for translated, wanted in (("guide.de.md", "de"), ("guide.fr.md", "en"), ("", "en")):
            words.speak(lambda text, _, said=translated: said)  # type: ignore[misc]
            assert guide_text() == wanted
    finally:
        words.speak()


def test_a_guide_that_is_lost_is_a_sentence(
    actions: Actions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sda_desktop.ui.guide_dialog.paths.resources_dir", lambda: tmp_path)
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    shown = GuideDialog(window)
    assert "cannot be read" in shown.view.toPlainText()
    assert "cannot be read" in caplog.text


def test_a_page_without_headings_has_no_sections(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.show_markdown("just words")
    assert view.headings() == ()
    assert view.section() == -1


# --- the shortcut sheet -----------------------------------------------------------------------------------

# What a key is called on the sheet; those that mean the same everywhere are not listed.
NAMES = {
    "Return": "Enter",
    "Enter": "Enter",
    "Escape": "Esc",
    "Delete": "Del",
    "Backspace": "Del",
    "PageUp": "PgUp",
    "PageDown": "PgDown",
    "Plus": "+",
    "Equal": "+",
    "Minus": "-",
    "Underscore": "-",
    "Slash": "/",
}
STANDARD = {
    "Undo": "Ctrl+Z",
    "Redo": "Ctrl+Shift+Z",
    "Copy": "Ctrl+C",
    "Delete": "Del",
    "Find": "Ctrl+F",
    "SelectAll": "Ctrl+A",
    "Refresh": "F5",
    "FindNext": "Enter",
    "FindPrevious": "Shift+Enter",
}


def _listed_keys() -> set[str]:
    pieces = [keys for _, rows in SECTIONS for _, keys in rows]
    return {key for keys in pieces for key in re.split(r", | or ", keys)}


def test_the_sheet_lists_every_shortcut_of_the_menus(actions: Actions) -> None:
    text = _texts(_opened(actions, "shortcuts", "shortcutDialog"))
    for what, keys in actions.listed():
        assert what in text
        assert keys in text
    for _, rows in SECTIONS:
        for what, keys in rows:
            assert what in text
            assert native(keys) in text


def test_the_sheet_lists_every_key_that_a_widget_listens_to() -> None:
    """Read from the sources: a key that is new there must be on the sheet."""
    sources = " ".join(p.read_text(encoding="utf-8") for p in (CHECKOUT / "sda_desktop/ui").glob("*.py"))
    listed = _listed_keys()
    for name in set(re.findall(r"Qt\.Key\.Key_(\w+)", sources)):
        assert NAMES.get(name, name) in listed, name
    for name in set(re.findall(r"StandardKey\.(\w+)", sources)):
        assert STANDARD[name] in listed, name


def test_the_window_has_no_shortcut_that_is_not_on_the_sheet(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.pages.show_page(1)
    listed = _listed_keys() | {keys for _, keys in window.menu.listed()}
    listed |= set(native("Ctrl+Shift+Z", "linux").split(", "))
    found = [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
    assert found
    assert set(found) <= listed


def test_on_a_small_screen_the_sheet_scrolls_down_not_sideways(
    actions: Actions, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    widths = []
    for size in (QSize(1024, 700), QSize(1920, 1080)):
        monkeypatch.setattr(type(window.screen()), "availableSize", lambda _, size=size: size)
        sheet = shortcut_sheet(window, actions.listed())
        sheet.show()
        area = sheet.findChild(QScrollArea, "shortcutArea")
        assert area is not None
        assert area.horizontalScrollBar().maximum() == 0
        assert sheet.width() <= size.width()
        assert sheet.height() <= size.height()
        assert (area.verticalScrollBar().maximum() > 0) == (size.width() == 1024)
        widths.append(sheet.width())
        sheet.close()
    assert widths[0] < widths[1]


def test_a_mac_has_signs_for_its_keys() -> None:
    assert native("Ctrl+Shift+S, Alt+Up", "darwin") == "⌘⇧S, ⌥Up"
    assert native("Ctrl+Shift+S", "linux") == "Ctrl+Shift+S"


# --- About ------------------------------------------------------------------------------------------------


def test_about_tells_the_versions_a_report_needs(actions: Actions, sda_home: Path, qtbot: QtBot) -> None:
    shown = _opened(actions, "about", "aboutDialog")
    assert isinstance(shown, AboutDialog)
    qtbot.waitUntil(lambda: "PyTorch" in shown.text())
    for part in (f"SDA Desktop {__version__}", "Python: 3", "PySide6: 6", "torchaudio: 2.", "libsndfile: 0."):
        assert part in shown.text()
    assert str(sda_home / "data") in shown.text()
    for part in ("NumPy", "PortAudio", "MIT licence"):
        assert part in _texts(shown)
    assert "?" not in shown.text()
    QTest.mouseClick(_button(shown, "aboutCopy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == shown.text()


def test_about_shows_the_licence_of_each_component(
    actions: Actions, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text("You may.\n")
    parts = [Component("one", "1.0", "MIT", (tmp_path / "one.txt",), tmp_path), Component("two", "", "BSD")]
    monkeypatch.setattr(licences, "load", lambda: parts)
    shown = _opened(actions, "about", "aboutDialog")
    assert isinstance(shown, AboutDialog)
    QTest.mouseClick(_button(shown, "aboutLicencesButton"), Qt.MouseButton.LeftButton)
    page = shown.licences
    qtbot.waitUntil(lambda: page.text.toPlainText() == "You may.\n")
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["one 1.0", "two"]
    name = shown.findChild(QLabel, "licenceName")
    assert name is not None
    assert name.text() == "one 1.0: MIT"
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "not installed" in page.text.toPlainText())
    assert name.text() == "two: BSD"


# --- the other entries ------------------------------------------------------------------------------------


def test_the_log_folder_is_there_before_it_is_opened(
    actions: Actions, monkeypatch: pytest.MonkeyPatch, sda_home: Path
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    actions["log_folder"].trigger()
    assert opened == [str(sda_home / "logs")]
    assert Path(opened[0]).is_dir()


def test_a_log_folder_that_cannot_be_made_is_a_sentence(
    actions: Actions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(tmp_path / "file"))
    shown = _opened(actions, "log_folder", "errorDialog")
    assert "could not be written" in _texts(shown)


def test_full_screen_and_back(actions: Actions) -> None:
    window = actions.parent()
    assert isinstance(window, QMainWindow)
    actions["full_screen"].trigger()
    assert window.isFullScreen()
    assert actions["full_screen"].isChecked()
    actions["full_screen"].trigger()
    assert not window.isFullScreen()
    assert not actions["full_screen"].isChecked()

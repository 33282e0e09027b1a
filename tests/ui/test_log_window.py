"""The log window: this session live, older files, filter, search, copy, save, follow."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt, QThreadPool, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractSlider, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop import logs, paths
from sda_desktop.logs import Record
from sda_desktop.ui import theme
from sda_desktop.ui.log_model import LEVEL, MESSAGE, RECORD_ROLE, LogModel, level_color
from sda_desktop.ui.log_window import LogWindow
from sda_desktop.ui.main_window import MainWindow

log = logging.getLogger("sda_desktop.test")


@pytest.fixture(autouse=True)
def _remembering() -> Iterator[None]:
    level = log.level
    log.setLevel(logging.DEBUG)
    logs.remember()
    yield
    logs.forget()
    log.setLevel(level)


@pytest.fixture
def window(qtbot: QtBot) -> LogWindow:
    """A log with four records of different levels."""
    log.debug("a detail")
    log.info("all is well")
    log.warning("careful")
    try:
        raise ValueError("the cause")
    except ValueError:
        log.exception("it failed")
    made = LogWindow()
    qtbot.addWidget(made)
    made.show()
    return made


def record(number: int) -> Record:
    return Record("2026-01-02 03:04:05,678", logging.INFO, "MainThread", "sda_desktop.x", f"number {number}")


def messages(window: LogWindow) -> list[str]:
    return [record.message.partition("\n")[0] for record in window.shown.records()]


def count(window: LogWindow) -> str:
    label = window.findChild(QLabel, "logCount")
    assert label is not None
    return label.text()


def test_it_opens_from_the_menu_and_closes_with_esc(qtbot: QtBot) -> None:
    main = MainWindow()
    qtbot.addWidget(main)
    main.show()
    main.menu["log"].trigger()
    opened = main.findChild(LogWindow)
    assert opened is not None
    assert opened.isVisible()
    QTest.keyClick(opened.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: main.findChild(LogWindow) is None)


def test_it_shows_this_session_and_goes_on(window: LogWindow, qtbot: QtBot) -> None:
    assert messages(window) == ["a detail", "all is well", "careful", "it failed"]
    assert count(window) == "4 records"
    log.info("news")
    qtbot.waitUntil(lambda: messages(window)[-1] == "news")
    assert count(window) == "5 records"


def test_levels_and_words_choose_what_is_shown(window: LogWindow) -> None:
    window.level.setCurrentIndex(1)
    assert messages(window) == ["careful", "it failed"]
    assert count(window) == "2 of 4 records"
    window.level.setCurrentIndex(2)
    assert messages(window) == ["it failed"]
    window.level.setCurrentIndex(0)
    QTest.keyClicks(window.search, "THE CAUSE")  # only in the trace
    assert messages(window) == ["it failed"]
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert len(messages(window)) == 4
    assert window.isVisible()
    assert window.list.hasFocus()


def test_enter_in_the_search_goes_through_what_was_found(window: LogWindow) -> None:
    QTest.keyClicks(window.search, "l")
    assert messages(window) == ["a detail", "all is well", "careful", "it failed"]
    rows = []
    for modifier in (Qt.KeyboardModifier.NoModifier, *[Qt.KeyboardModifier.ShiftModifier] * 2):
        QTest.keyClick(window.search, Qt.Key.Key_Return, modifier)
        rows.append(window.list.currentIndex().row())
    assert rows == [3, 2, 1]
    assert window.isVisible()


def test_the_selected_records_are_shown_in_full_and_copied(window: LogWindow) -> None:
    window.list.setCurrentIndex(window.shown.index(3, 0))
    assert "ValueError: the cause" in window.detail.toPlainText()
    QTest.keyClick(window.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].endswith("sda_desktop.test: careful")
    assert copied[-1] == "ValueError: the cause"
    window.list.clearSelection()
    button = window.findChild(QPushButton, "logCopy")
    assert button is not None
    button.click()
    assert "a detail" in QGuiApplication.clipboard().text()


def test_following_ends_when_one_looks_back_and_begins_again_at_the_end(
    window: LogWindow, qtbot: QtBot
) -> None:
    for number in range(200):
        log.info("line %d", number)
    bar = window.list.verticalScrollBar()
    qtbot.waitUntil(lambda: len(messages(window)) == 204 and 0 < bar.maximum() == bar.value())
    bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
    assert not window.follow.isChecked()
    at = bar.value()
    log.info("news")
    qtbot.waitUntil(lambda: messages(window)[-1] == "news")
    assert bar.value() == at
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert window.follow.isChecked()
    window.list.setCurrentIndex(window.shown.index(5, 0))
    assert not window.follow.isChecked()
    window.follow.setChecked(True)
    assert bar.value() == bar.maximum()


def test_an_older_file_is_read_and_this_session_comes_back(qtbot: QtBot) -> None:
    paths.log_dir().mkdir(parents=True)
    old = paths.log_dir() / f"{logs.LOG_NAME}.1"
    old.write_text(f"{record(1).line()}\nTraceback\n{record(2).line()}\n", encoding="utf-8")
    log.info("now")
    window = LogWindow()
    qtbot.addWidget(window)
    assert [window.source.itemText(i) for i in range(window.source.count())] == ["This session", old.name]
    window.source.setCurrentIndex(1)
    qtbot.waitUntil(lambda: messages(window) == ["number 1", "number 2"])
    timer = window.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()  # what is logged meanwhile does not belong here
    log.info("unseen meanwhile")
    window.source.setCurrentIndex(0)
    assert messages(window) == ["now", "unseen meanwhile"]
    assert timer.isActive()
    window.source.setCurrentIndex(1)
    window.source.setCurrentIndex(0)  # before the file was read
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.processEvents()
    assert messages(window) == ["now", "unseen meanwhile"]
    old.unlink()
    window.source.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "errorDialog") is not None)
    assert messages(window) == []


def test_what_is_shown_is_saved(window: LogWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.level.setCurrentIndex(1)
    button = window.findChild(QPushButton, "logSave")
    assert button is not None
    button.click()
    dialog = window.findChild(QFileDialog, "logSaveDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "log.txt"))
    dialog.reject()
    qtbot.waitUntil(lambda: count(window) == "The log was saved.")
    lines = (tmp_path / "log.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("WARNING [MainThread] sda_desktop.test: careful")
    assert lines[-1] == "ValueError: the cause"


def test_the_list_has_a_bound(qtbot: QtBot) -> None:
    model = LogModel(most=5)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert isinstance(tester.model(), QAbstractItemModel)
    model.show([record(n) for n in range(9)])

    def numbers() -> list[str]:
        return [model.index(row, 0).data(RECORD_ROLE).message[7:] for row in range(model.rowCount())]

    assert numbers() == ["4", "5", "6", "7", "8"]
    model.add([record(9), record(10)])
    assert numbers() == ["6", "7", "8", "9", "10"]
    model.add([])
    model.add([record(n) for n in range(20, 40)])
    assert numbers() == ["35", "36", "37", "38", "39"]


def test_every_level_can_be_read_and_told_apart_without_its_colour(qtbot: QtBot) -> None:
    levels = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)
    for colors in (theme.LIGHT, theme.DARK):
        for level in levels:
            assert theme.contrast(getattr(colors, level_color(level)), colors.base) >= 4.5
    model = LogModel()
    model.show([Record("t", level, "m", "s", "x\ny") for level in levels])
    names = [model.index(row, LEVEL).data() for row in range(5)]
    assert names == ["Detail", "Info", "Warning", "Error", "Error"]
    assert model.index(0, MESSAGE).data() == "x"
    assert model.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "t CRITICAL [m] s: x\ny"


def test_every_control_has_a_name(window: LogWindow) -> None:
    for widget in (
        *(window.source, window.level, window.search, window.follow, window.list, window.detail),
        *window.findChildren(QPushButton),
    ):
        assert isinstance(widget, QWidget)
        assert widget.objectName()
        assert widget.accessibleName(), widget.objectName()

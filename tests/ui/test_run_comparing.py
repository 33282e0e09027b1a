"""Choosing in the list of runs which ones are compared in the curves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from curve_events import events, trained_run
from engine_stand_in import EngineStandIn
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from sda_desktop.training.metrics import MetricsHistory
from sda_desktop.training.run_folder import METRICS_FILE, RunSummary, delete_run
from sda_desktop.ui import checkpoint_browser, theme
from sda_desktop.ui.checkpoint_tree import RunTree
from sda_desktop.ui.compared_legend import ComparedLegend, RunChip
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.notice_bar import NoticeBar
from sda_desktop.ui.run_entries import read_all, run_label
from sda_desktop.ui.training_runner import TrainingRunner

NAMES = ("bass", "drums", "strings", "voices")
NOON = 1_700_000_000.0

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")  # of a menu on this platform


@pytest.fixture
def runs() -> dict[str, RunSummary]:
    """Four runs with curves, the newest last."""
    return {name: trained_run(name, 40, created=NOON + n) for n, name in enumerate(NAMES)}


@pytest.fixture
def window(qtbot: QtBot, runs: dict[str, RunSummary]) -> Iterator[MainWindow]:
    """A window that shows the newest run."""
    made = MainWindow(TrainingRunner(_load_engine=lambda: EngineStandIn()))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.runs.refreshed):
        made.show()
    made.runs.choose(runs["voices"].path)
    qtbot.waitUntil(lambda: made.session.shown.path == runs["voices"].path)
    qtbot.waitUntil(lambda: not made.runs._busy)
    yield made
    assert made.runner.shut_down(30)


def _tree(window: MainWindow) -> RunTree:
    found = window.runs.findChild(RunTree)
    assert found is not None
    return found


def _place(window: MainWindow, run: RunSummary) -> QPoint:
    tree = _tree(window)
    index = window.runs._model.index_of(run.path)
    tree.scrollTo(index)
    return tree.visualRect(index).center()


def _action(window: MainWindow, run: RunSummary) -> QAction:
    """The entry of the menu that opens by a click on a run."""
    where = _place(window, run)
    QTest.mouseClick(_tree(window).viewport(), Qt.MouseButton.RightButton, pos=where)
    _tree(window).customContextMenuRequested.emit(where)
    menu = window.runs.findChildren(QMenu, "runMenu")[-1]
    found = next(action for action in menu.actions() if action.text().startswith("Compare in the curves"))
    menu.close()
    return found


def _legend(window: MainWindow) -> list[str]:
    legend = window.plots.findChild(ComparedLegend)
    assert legend is not None
    return [chip.text() for chip in legend.findChildren(RunChip) if chip.isVisibleTo(legend)]


def test_a_run_is_compared_by_its_menu_without_leaving_the_one_on_the_screen(
    window: MainWindow, qtbot: QtBot, runs: dict[str, RunSummary]
) -> None:
    action = _action(window, runs["drums"])
    assert (action.isCheckable(), action.isChecked()) == (True, False)
    with qtbot.assertNotEmitted(window.runs.run_opened, wait=2 * checkpoint_browser.OPEN_AFTER_MS):
        action.trigger()
    qtbot.waitUntil(lambda: _legend(window) == [run_label(runs["drums"])])
    item = window.runs._model.itemFromIndex(window.runs._model.index_of(runs["drums"].path))
    assert item.text().endswith(", compared in the curves"), "what a screen reader says"
    again = _action(window, runs["drums"])
    assert again.isChecked()
    again.trigger()
    assert _legend(window) == []
    # The run is selected by now; a plain click opens it all the same.
    with qtbot.waitSignal(window.runs.run_opened) as opened:
        QTest.mouseClick(
            _tree(window).viewport(), Qt.MouseButton.LeftButton, pos=_place(window, runs["drums"])
        )
    assert opened.args == [runs["drums"].path]


def test_a_menu_that_comes_after_the_button_was_let_go_opens_no_run_either(
    window: MainWindow, qtbot: QtBot, runs: dict[str, RunSummary]
) -> None:
    with qtbot.assertNotEmitted(window.runs.run_opened, wait=2 * checkpoint_browser.OPEN_AFTER_MS):
        _tree(window).customContextMenuRequested.emit(_place(window, runs["drums"]))
        window.runs.findChildren(QMenu, "runMenu")[-1].close()


def test_the_fourth_is_refused_with_the_reason(window: MainWindow, runs: dict[str, RunSummary]) -> None:
    for name in NAMES[:3]:
        _action(window, runs[name]).trigger()
    action = _action(window, runs["voices"])
    assert (action.isEnabled(), action.text()) == (False, "Compare in the curves (no more than 3)")
    assert action.toolTip().endswith("3 runs are compared already: end the comparison with one of them first")
    assert _action(window, runs["bass"]).isEnabled(), "to end it"


def test_the_button_says_and_changes_whether_the_selected_run_is_compared(
    window: MainWindow, qtbot: QtBot, runs: dict[str, RunSummary]
) -> None:
    button = window.runs.findChild(QToolButton, "compareRunButton")
    sentence = window.runs.findChild(QLabel, "runSentence")
    assert button is not None
    assert sentence is not None
    window.runs.set_locked(True)  # while training, too
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()
    assert sentence.text() == "Its curves stay, behind those of the run that you open or train next."
    assert _legend(window) == [], "it is the one on the screen"
    window.session.begin_new("something new")
    qtbot.waitUntil(lambda: _legend(window) == [run_label(runs["voices"])])
    _tree(window).setCurrentIndex(window.runs._model.index_of(runs["bass"].path))
    assert not button.isChecked()


def test_a_deleted_run_is_gone_from_the_curves(
    window: MainWindow, qtbot: QtBot, runs: dict[str, RunSummary]
) -> None:
    for name in ("bass", "drums"):
        window.comparison.choose(runs[name], True)
    qtbot.waitUntil(lambda: len(_legend(window)) == 2)
    delete_run(runs["bass"].path)  # by another program
    window.runs.refresh()
    qtbot.waitUntil(lambda: _legend(window) == [run_label(runs["drums"])])
    window.runs.run_deleted.emit(runs["drums"].path)
    assert _legend(window) == []


def test_damaged_figures_are_told_above_the_panels(
    window: MainWindow, qtbot: QtBot, runs: dict[str, RunSummary]
) -> None:
    (runs["bass"].path / METRICS_FILE).write_bytes(b"\xff\n\xff\n")
    _action(window, runs["bass"]).trigger()
    qtbot.waitUntil(lambda: window.findChild(NoticeBar, "notice_comparison") is not None)
    assert _legend(window) == []
    assert not _action(window, runs["bass"]).isChecked()


def test_a_compared_run_from_elsewhere_stays_in_the_list(runs: dict[str, RunSummary]) -> None:
    bass = runs["bass"].path
    elsewhere = bass.rename(bass.parent.parent / "elsewhere")
    assert elsewhere not in [entry.run.path for entry in read_all(None)]
    assert elsewhere in [entry.run.path for entry in read_all(None, [elsewhere])]


def test_its_sign_is_in_its_row(window: MainWindow, runs: dict[str, RunSummary]) -> None:
    tree = _tree(window)
    before = tree.viewport().grab().toImage()
    window.comparison.choose(runs["drums"], True)
    after = tree.viewport().grab().toImage()
    rect = tree.visualRect(window.runs._model.index_of(runs["drums"].path))
    changed = {
        (x, y)
        for y in range(after.height())
        for x in range(after.width())
        if before.pixel(x, y) != after.pixel(x, y)
    }
    assert changed
    assert all(rect.contains(x, y) for x, y in changed)
    assert any(QColor(after.pixel(x, y)) == QColor(theme.colors().text) for x, y in changed)


def test_the_history_on_the_screen_has_its_name_in_the_tables(window: MainWindow) -> None:
    window.session.history_replaced.emit(MetricsHistory.of(events(20)))
    assert window.plots._name == "voices"

"""The menu of recent runs, and choosing one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_stand_in import EngineStandIn
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sample_checkpoints import sample_checkpoint, sample_run

from sda_desktop.training.run_folder import RunFolder
from sda_desktop.ui.checkpoint_tree import RunTree
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.pages import EXPLORE, TRAIN
from sda_desktop.ui.recent_runs import MOST_RUNS, RecentRuns
from sda_desktop.ui.run_entries import RunEntry, date_text, read_all
from sda_desktop.ui.training_runner import TrainingRunner

NOON = 1_700_000_000.0


def _trained_at(run: RunFolder, moment: float) -> Path:
    """The folder of a run whose files were written at a moment."""
    for name in ("run.json", "metrics.jsonl"):
        (run.path / name).touch()
        os.utime(run.path / name, (moment, moment))
    return run.path


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    """An empty menu."""
    made = QMenu()
    qtbot.addWidget(made)
    return made


def _words(menu: QMenu) -> list[tuple[str, bool]]:
    menu.aboutToShow.emit()
    return [(action.text(), action.isEnabled()) for action in menu.actions()]


def test_an_empty_menu_says_why(menu: QMenu) -> None:
    found: list[list[RunEntry] | None] = [None, []]
    recent = RecentRuns(menu, lambda: found[0])
    assert _words(menu) == [("Looking for runs…", False)]
    found.pop(0)
    assert _words(menu) == [("No runs yet", False)]
    assert recent.parent() is menu


def test_the_runs_that_were_trained_last_come_first(menu: QMenu) -> None:
    made = [sample_run(name=f"kick & {n}", created=NOON + n) for n in range(MOST_RUNS + 2)]
    for number, run in enumerate(made):
        _trained_at(run, NOON + 60 * number)
    _trained_at(made[0], NOON + 90_000)  # the oldest was resumed
    chosen: list[Path] = []
    RecentRuns(menu, lambda: read_all(None)).chosen.connect(chosen.append)
    words = _words(menu)
    assert len(words) == MOST_RUNS
    assert words[0] == (f"&1  kick && 0 · {date_text(NOON + 90_000)}", True)
    assert words[1][0].startswith("&2  kick && 11 · ")
    assert words[9][0].startswith("&0  kick && 3 · ")
    menu.actions()[1].trigger()
    assert chosen == [made[11].path]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that has read the disk, with two runs on it and an engine that does nothing."""
    for number, name in enumerate(("drums", "voices")):
        run = sample_run(name=name, created=time.time() - 100 + number, status="finished")
        sample_checkpoint(run.path, 10, "best", score=0.5)
    made = MainWindow(TrainingRunner(_load_engine=lambda: EngineStandIn()))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.runs.refreshed):
        made.show()
    yield made
    assert made.runner.shut_down(30)


def _choose(window: MainWindow, name: str) -> Path:
    menu = window.menu.recent_runs_menu
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if name in action.text())
    action.trigger()
    return Path(str(action.data()))


def test_choosing_a_run_shows_it_on_the_page_of_the_runs(window: MainWindow, qtbot: QtBot) -> None:
    tree = window.runs.findChild(RunTree)
    assert tree is not None
    window.pages.show_page(EXPLORE)
    path = _choose(window, "drums")
    assert window.pages.page == TRAIN
    row = tree.selected_row()
    assert row is not None
    assert row.path == path
    qtbot.waitUntil(lambda: window.session.shown.path == path)
    assert QApplication.focusWidget() in (tree, None)  # None: a window that is not in front has no focus


def test_while_training_a_run_is_selected_and_not_opened(window: MainWindow, qtbot: QtBot) -> None:
    window.runs.set_locked(True)
    with qtbot.assertNotEmitted(window.runs.run_opened):
        path = _choose(window, "voices")
    tree = window.runs.findChild(RunTree)
    assert tree is not None
    row = tree.selected_row()
    assert row is not None
    assert row.path == path


def test_a_run_that_is_gone_makes_the_list_look_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.runs.refreshed), qtbot.assertNotEmitted(window.runs.run_opened):
        window.runs.choose(tmp_path)

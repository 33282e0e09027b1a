"""Resuming what is stopped, and training longer what is finished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.errors import CheckpointError
from sda_desktop.training.checkpoint import latest_checkpoint, list_checkpoints
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.ui.error_dialog import ErrorDialog
from sda_desktop.ui.resuming import Finished, MoreEpochsDialog, Resuming, find_finished


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """A window to stand over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    for dialog in made.findChildren(MoreEpochsDialog) + made.findChildren(ErrorDialog):
        dialog.close()


def test_a_stopped_run_is_ready_at_once(qtbot: QtBot, window: QWidget, stopped_run: Path) -> None:
    resuming = Resuming(window)
    with qtbot.waitSignal(resuming.ready) as ready:
        resuming.request(stopped_run)
    assert ready.args == [stopped_run, None]


@pytest.mark.parametrize(("press", "more"), [("moreEpochsTrain", 7), ("moreEpochsCancel", 7)])
def test_a_finished_run_asks_for_how_many_more_epochs(
    qtbot: QtBot, window: QWidget, stopped_run: Path, press: str, more: int
) -> None:
    RunFolder.open(stopped_run).update(status="finished")
    resuming = Resuming(window)
    answers: list[object] = []
    resuming.ready.connect(lambda target, epochs: answers.append((target, epochs)))
    resuming.request(stopped_run)
    qtbot.waitUntil(lambda: bool(window.findChildren(MoreEpochsDialog)))
    dialog = window.findChildren(MoreEpochsDialog)[0]
    dialog.more.setValue(more)
    button = dialog.findChild(QPushButton, press)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == ([(stopped_run, 2 + more)] if press == "moreEpochsTrain" else [])


def test_what_is_no_run_is_said(qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    resuming = Resuming(window)
    resuming.request(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: bool(window.findChildren(ErrorDialog)))


def test_an_older_checkpoint_of_a_finished_run_has_epochs_to_go(stopped_run: Path) -> None:
    RunFolder.open(stopped_run).update(status="finished")
    newest = latest_checkpoint(stopped_run)
    assert newest is not None
    assert find_finished(stopped_run) == Finished(stopped_run, "sounds", newest.epoch)
    assert find_finished(newest.path) == Finished(newest.path, "sounds", newest.epoch)
    older = [info.path for info in list_checkpoints(stopped_run) if info.path != newest.path]
    assert older
    assert all(find_finished(path) is None for path in older)
    with pytest.raises(CheckpointError):
        find_finished(stopped_run / "previews")

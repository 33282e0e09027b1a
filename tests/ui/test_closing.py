"""Closing while a training runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from engine_stand_in import EngineStandIn
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sda_desktop.errors import StorageError
from sda_desktop.training.config import TrainingConfig
from sda_desktop.ui.closing import CloseChoice, CloseDialog, Closing, ask_close
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.training_runner import TrainingRunner


class Window(QWidget):
    """Only what a main window does about closing."""

    def __init__(self, runner: TrainingRunner) -> None:
        super().__init__()
        self.asked = 0
        self.answer = CloseChoice.CANCEL
        self.meanwhile: Callable[[], object] = lambda: None
        self.closing = Closing(self, runner, self._ask)

    def _ask(self, _: QWidget) -> CloseChoice:
        self.asked += 1
        self.meanwhile()
        return self.answer

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.closing.may_close())


@pytest.fixture
def engine() -> EngineStandIn:
    """An engine that goes on until it is stopped."""
    return EngineStandIn(hold=threading.Event())


@pytest.fixture
def runner(qtbot: QtBot, engine: EngineStandIn) -> Iterator[TrainingRunner]:
    """A runner that trains."""
    made = TrainingRunner(_load_engine=lambda: engine)
    made.start([], TrainingConfig())
    qtbot.waitUntil(lambda: made.state is RunState.RUNNING)
    yield made
    made.shut_down(5)


def _window(qtbot: QtBot, runner: TrainingRunner, answer: CloseChoice) -> Window:
    window = Window(runner)
    window.answer = answer

    def end_the_run(_: QWidget) -> None:
        runner.shut_down(5)

    qtbot.addWidget(window, before_close_func=end_the_run)
    window.show()
    return window


def test_without_a_run_the_window_closes_and_nobody_is_asked(qtbot: QtBot) -> None:
    runner = TrainingRunner(_load_engine=EngineStandIn)
    window = _window(qtbot, runner, CloseChoice.CANCEL)
    assert window.close()
    assert window.asked == 0


def test_cancel_keeps_everything_as_it_is(qtbot: QtBot, runner: TrainingRunner) -> None:
    window = _window(qtbot, runner, CloseChoice.CANCEL)
    assert not window.close()
    assert window.isVisible()
    assert runner.state is RunState.RUNNING


def test_keep_running_minimises(qtbot: QtBot, runner: TrainingRunner) -> None:
    window = _window(qtbot, runner, CloseChoice.KEEP_RUNNING)
    assert not window.close()
    assert window.isMinimized()
    assert runner.state is RunState.RUNNING


def test_stop_and_save_closes_only_when_everything_is_saved(qtbot: QtBot, runner: TrainingRunner) -> None:
    window = _window(qtbot, runner, CloseChoice.STOP_AND_SAVE)
    assert not window.close()
    assert window.isVisible()
    while_saving = runner.state
    assert while_saving is RunState.STOPPING
    assert not window.close(), "a second try while saving is not a second question"
    assert window.asked == 1
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not runner.is_running


def test_whoever_pressed_stop_is_not_asked(qtbot: QtBot, runner: TrainingRunner) -> None:
    window = _window(qtbot, runner, CloseChoice.CANCEL)
    runner.cancel()
    assert not window.close()
    assert window.asked == 0
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not runner.is_running


def test_the_window_stays_if_saving_failed(qtbot: QtBot, engine: EngineStandIn) -> None:
    entered, gate = threading.Event(), threading.Event()

    def wait_for_the_gate() -> None:
        entered.set()
        gate.wait(5)

    engine.before_start = wait_for_the_gate
    engine.error = StorageError("The disk is full.")
    runner = TrainingRunner(_load_engine=lambda: engine)
    runner.start([], TrainingConfig())
    assert entered.wait(5)
    window = _window(qtbot, runner, CloseChoice.STOP_AND_SAVE)
    window.close()
    with qtbot.waitSignal(runner.failed):
        gate.set()
    assert window.isVisible()
    assert window.close(), "the next try closes: nothing runs any more"


def test_a_run_that_ends_while_the_question_stands_there(qtbot: QtBot, engine: EngineStandIn) -> None:
    runner = TrainingRunner(_load_engine=lambda: engine)
    runner.start([], TrainingConfig())
    qtbot.waitUntil(lambda: runner.state is RunState.RUNNING)
    window = _window(qtbot, runner, CloseChoice.STOP_AND_SAVE)
    assert engine.hold is not None
    hold = engine.hold

    def finish() -> None:
        hold.set()
        runner.wait(5)

    window.meanwhile = finish
    assert window.close()


def test_stop_and_close_asks_nobody(qtbot: QtBot, runner: TrainingRunner) -> None:
    window = _window(qtbot, runner, CloseChoice.CANCEL)
    window.closing.stop_and_close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.asked == 0


@pytest.mark.parametrize("choice", list(CloseChoice))
def test_the_dialog_gives_the_answer_that_was_pressed(qtbot: QtBot, choice: CloseChoice) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CloseDialog)
        button = dialog.findChild(QPushButton, f"close_{choice}")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)
    assert ask_close(parent) is choice


def test_escape_is_cancel(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def escape() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, escape)
    assert ask_close(parent) is CloseChoice.CANCEL

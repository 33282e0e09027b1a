"""The window as a whole: panels, run and menus together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from engine_stand_in import EngineStandIn
from names import nameless
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from training_runs import EVERYTHING, tiny_config

from sda_desktop.errors import BadInputError, SdaError, SoundsGoneError, StorageError
from sda_desktop.training.metrics import HealthWarning
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.ui import theme
from sda_desktop.ui.closing import CloseChoice
from sda_desktop.ui.error_dialog import ErrorDialog
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.start_notices import CRASH, INTERRUPTED
from sda_desktop.ui.training_runner import TrainingRunner

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[MakeWindow]:
    """Windows, around a stand-in engine or the real one, shown; their threads are ended after the test."""
    windows: list[MainWindow] = []

    def make(engine: EngineStandIn | None = None) -> MainWindow:
        runner = TrainingRunner(_load_engine=lambda: engine) if engine is not None else TrainingRunner()
        window = MainWindow(runner)
        windows.append(window)
        window.show()
        return window

    yield make
    for window in windows:
        assert window.runner.shut_down(30)
        for dialog in window.findChildren(ErrorDialog):
            dialog.close()
        window.closing.ask = lambda _: CloseChoice.CANCEL
        window.runner.wait(10)
        window.close()
        window.deleteLater()


def _with_sounds(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    with qtbot.waitSignal(window.sounds.scan_finished, timeout=30_000):
        window.open_dataset(folder)


def _click(window: QWidget, kind: type[QPushButton] | type[QToolButton], name: str) -> None:
    button = window.findChild(kind, name)
    assert button is not None, name
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_empty_window_says_why_it_cannot_train(make_window: MakeWindow) -> None:
    window = make_window()
    assert not window.run_controls.primary.isEnabled()
    assert window.run_controls.sentence.text() == window.sounds.problem() != ""
    assert window.run_controls.primary.toolTip() == window.sounds.problem()
    assert window.windowTitle() == "SDA Desktop"
    window.start_training()
    assert window.runner.state is RunState.IDLE, "started although Train is disabled"


def test_a_run_from_the_click_on_train_to_the_click_on_resume(
    make_window: MakeWindow, qtbot: QtBot, small_corpus: Path
) -> None:
    engine = EngineStandIn(hold=threading.Event())
    window = make_window(engine)
    _with_sounds(qtbot, window, small_corpus)
    _click(window, QPushButton, "trainButton")
    qtbot.waitUntil(lambda: window.runner.state is RunState.RUNNING)
    qtbot.waitUntil(lambda: window.status.epoch.value() == "2 / 2")
    name, sources, given = engine.calls[0]
    assert (name, sources) == ("train", (small_corpus,))
    assert given["config"] == window.form.config()
    assert window.run_controls.primary.text() == "Stop"
    assert window.windowTitle() == f"100 % - {small_corpus.name} - SDA Desktop"

    _click(window, QPushButton, "trainButton")
    assert window.run_controls.primary.text() == "Stopping…", "shown in the same turn of the event loop"
    assert not window.run_controls.primary.isEnabled()
    qtbot.waitUntil(lambda: not window.runner.is_running)
    assert window.run_controls.primary.text() == "Train"
    assert window.windowTitle() == f"{small_corpus.name} - SDA Desktop"
    assert window.run_controls.resume.isVisible()


def test_while_training_sounds_and_settings_are_locked_and_drops_are_not_taken(
    make_window: MakeWindow, qtbot: QtBot, small_corpus: Path, tmp_path: Path
) -> None:
    window = make_window(EngineStandIn(hold=threading.Event()))
    _with_sounds(qtbot, window, small_corpus)
    window.start_training()
    before = window.sounds.sources
    window.open_dataset(tmp_path)
    assert window.sounds.sources == before
    assert not window.menu["open_folder"].isEnabled()
    window.cancel_training()
    qtbot.waitUntil(lambda: not window.runner.is_running)
    assert window.menu["open_folder"].isEnabled()


def test_a_wrong_setting_disables_train_and_says_which(
    make_window: MakeWindow, qtbot: QtBot, small_corpus: Path
) -> None:
    window = make_window(EngineStandIn())
    _with_sounds(qtbot, window, small_corpus)
    assert window.run_controls.primary.isEnabled()
    field = window.form.findChild(QLineEdit, "field_preview_every_epochs")
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "0")
    qtbot.waitUntil(lambda: not window.run_controls.primary.isEnabled())
    assert "Preview" in window.run_controls.sentence.text()


def test_the_real_engine_through_the_methods_for_programs(
    make_window: MakeWindow, qtbot: QtBot, small_corpus: Path
) -> None:
    window = make_window()
    _with_sounds(qtbot, window, small_corpus)
    window.form.set_config(tiny_config(), EVERYTHING - {"preset"})
    window.start_training()
    history = window.session.shown
    qtbot.waitUntil(lambda: len(window.session.shown.history.steps) >= 21, timeout=60_000)
    with qtbot.waitSignal(window.runner.completed, timeout=30_000):
        window.cancel_training()
    assert history.path is not None
    with qtbot.waitSignal(window.runner.completed, timeout=60_000) as done:
        window.resume_training(history.path)
    assert done.args[0].status == "finished"
    shown = window.session.shown
    assert [s.global_step for s in shown.history.steps] == list(range(1, 41))
    assert len(shown.history.epochs) == 2
    assert shown.finished
    assert window.run_controls.resume.text() == "Train longer"
    health = window.plots.findChild(QLabel, "healthSentence")
    assert health is not None
    assert health.text() == window.session.health.sentence
    assert health.text() == "It was still improving when it ended, best kept at 2."


def test_moved_sounds_are_looked_for_where_the_user_says(
    make_window: MakeWindow, qtbot: QtBot, stopped_run: Path, tmp_path: Path
) -> None:
    engine = EngineStandIn(error=SoundsGoneError("The sounds are gone.", "Put them back."))
    window = make_window(engine)
    with qtbot.waitSignal(window.runner.failed):
        window.resume_training(stopped_run, 9)
    engine.error = None
    (error,) = window.findChildren(ErrorDialog)
    _click(error, QPushButton, "errorSoundsButton")
    assert not error.isVisible()
    place = window.findChild(QFileDialog, "soundsElsewhereDialog")
    assert place is not None
    place.setDirectory(str(tmp_path))
    with qtbot.waitSignal(window.runner.completed):
        place.accept()
    assert engine.calls[1][:2] == ("resume", stopped_run)
    assert engine.calls[1][2] == {"epochs": 9, "sounds": tmp_path}


def test_other_failures_offer_no_such_thing(make_window: MakeWindow, qtbot: QtBot, stopped_run: Path) -> None:
    window = make_window(EngineStandIn(error=BadInputError("It is finished.")))
    with qtbot.waitSignal(window.runner.failed):
        window.resume_training(stopped_run)
    (error,) = window.findChildren(ErrorDialog)
    assert error.findChild(QPushButton, "errorSoundsButton") is None


def test_a_run_is_opened_from_its_folder_with_curves_and_previews(
    make_window: MakeWindow, qtbot: QtBot, stopped_run: Path
) -> None:
    window = make_window(EngineStandIn())
    with qtbot.waitSignal(window.session.run_loaded):
        window.open_paths([stopped_run])
    assert len(window.session.shown.history.steps) == 25
    assert window.run_controls.resume.isVisible()
    assert window.menu["open_run_folder"].isEnabled()
    assert window.sounds.sources == [], "a run is no folder of sounds"
    assert window.windowTitle() == "sounds - SDA Desktop"
    window.runs.run_deleted.emit(stopped_run)
    assert window.session.shown.path is None
    assert not window.run_controls.resume.isVisible()


def test_an_error_is_shown_with_its_remedy(make_window: MakeWindow, qtbot: QtBot, small_corpus: Path) -> None:
    window = make_window(EngineStandIn(error=StorageError("The disk is full.", "Make room.")))
    _with_sounds(qtbot, window, small_corpus)
    with qtbot.waitSignal(window.runner.failed):
        window.start_training()
    dialogs = window.findChildren(ErrorDialog)
    assert len(dialogs) == 1
    assert window.run_controls.primary.text() == "Train"
    assert window.run_controls.primary.isEnabled()


def test_warnings_wait_above_the_panels(make_window: MakeWindow) -> None:
    window = make_window()
    window.session.warning_received.emit(HealthWarning("non_finite", "One step was skipped."))
    window.player.failed.emit(SdaError("There is no sound device."))
    assert window.notices.keys() == ["warning_non_finite", "player"]
    window.player.started.emit()
    assert window.notices.keys() == ["warning_non_finite"], "there is sound again"
    window.runner.state_changed.emit(RunState.PREPARING)
    assert window.notices.keys() == [], "it was of the run before"


def _interrupted(stopped_run: Path, sda_home: Path) -> Path:
    """The stopped run among the user's runs, as a power cut leaves it."""
    place = sda_home / "data" / "runs" / "interrupted"
    place.parent.mkdir(parents=True)
    stopped_run.rename(place)
    RunFolder.open(place).update(status="running")
    return place


def test_an_interrupted_run_is_offered_and_resumed(
    make_window: MakeWindow, qtbot: QtBot, stopped_run: Path, sda_home: Path
) -> None:
    run = _interrupted(stopped_run, sda_home)
    engine = EngineStandIn(hold=threading.Event())
    window = make_window(engine)
    window.finish_start()
    qtbot.waitUntil(lambda: window.notices.keys() == [INTERRUPTED])
    _click(window.notices, QPushButton, "notice_interruptedAction")
    qtbot.waitUntil(lambda: window.runner.state is RunState.RUNNING)
    assert engine.calls[0][:2] == ("resume", run)
    qtbot.waitUntil(lambda: window.form.config().epochs == 2)
    assert window.notices.keys() == []


def test_a_dismissed_run_is_not_offered_again(
    make_window: MakeWindow, qtbot: QtBot, stopped_run: Path, sda_home: Path
) -> None:
    run = _interrupted(stopped_run, sda_home)
    window = make_window()
    window.finish_start()
    qtbot.waitUntil(lambda: window.notices.keys() == [INTERRUPTED])
    _click(window.notices, QToolButton, "notice_interruptedClose")
    qtbot.waitUntil(lambda: RunFolder.open(run).manifest["status"] == "stopped")


def test_a_crash_of_the_last_session_is_told_with_its_trace(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.finish_start("Fatal Python error: Segmentation fault")
    assert CRASH in window.notices.keys()  # noqa: SIM118 - not a dictionary
    _click(window.notices, QPushButton, "notice_crashAction")
    assert len(window.findChildren(ErrorDialog)) == 1


def test_closing_while_training_asks(make_window: MakeWindow, qtbot: QtBot, small_corpus: Path) -> None:
    window = make_window(EngineStandIn(hold=threading.Event()))
    _with_sounds(qtbot, window, small_corpus)
    window.start_training()
    qtbot.waitUntil(lambda: window.runner.state is RunState.RUNNING)
    window.closing.ask = lambda _: CloseChoice.CANCEL
    assert not window.close()
    window.closing.ask = lambda _: CloseChoice.STOP_AND_SAVE
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.runner.state is RunState.FINISHED


def test_size_and_splitters_are_remembered_and_can_be_reset(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    # Only the height: the screen of the offscreen platform is narrower than the window.
    window.resize(1280, 700)
    first = window.columns.sizes()
    handle = window.columns.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(2, 200))
    QTest.mouseMove(handle, QPoint(82, 200))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(82, 200))
    moved = window.columns.sizes()
    assert moved[0] > first[0] + 40
    window.close()
    again = make_window()
    assert again.height() == 700
    again.resize(1280, 700)
    assert again.columns.sizes() == moved
    again.menu["reset_layout"].trigger()
    assert again.columns.sizes() == first


def test_a_wider_window_gives_its_room_to_the_curves(make_window: MakeWindow) -> None:
    window = make_window()
    shares = []
    for width in (1024, 1280, 1920):
        window.resize(width, 800)
        left, middle, right = window.columns.sizes()
        assert left == right
        shares.append(middle / width)
    assert shares == sorted(shares)
    assert shares[0] > 0.4


@pytest.mark.parametrize("size", [QSize(1024, 700), QSize(1280, 800), QSize(1920, 1080)])
def test_everything_fits(make_window: MakeWindow, qtbot: QtBot, small_corpus: Path, size: QSize) -> None:
    window = make_window()
    _with_sounds(qtbot, window, small_corpus)
    window.resize(size)
    assert window.size() == size, "the window cannot be made so small"
    everything = window.rect()
    for panel in (
        window.sounds,
        window.form,
        window.run_controls,
        window.plots,
        window.previews,
        window.runs,
        window.player_bar,
        window.status,
    ):
        place = panel.rect().translated(panel.mapTo(window, panel.rect().topLeft()))
        assert everything.contains(place), panel.objectName()
        assert panel.height() >= panel.minimumSizeHint().height(), panel.objectName()


def test_the_theme_is_chosen_in_the_menu_and_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    try:
        window.menu.theme_chosen.emit("dark")
        assert theme.colors().dark
        assert Settings().theme == "dark"
        window.menu.theme_chosen.emit("light")
        assert not theme.colors().dark
    finally:
        window.menu.theme_chosen.emit("system")


def test_every_control_has_names_for_programs_and_for_screen_readers(
    make_window: MakeWindow, qtbot: QtBot, small_corpus: Path
) -> None:
    window = make_window()
    _with_sounds(qtbot, window, small_corpus)
    assert nameless(window) == []


def test_keys_of_the_menu_work_in_the_window(
    make_window: MakeWindow, qtbot: QtBot, small_corpus: Path
) -> None:
    engine = EngineStandIn(hold=threading.Event())
    window = make_window(engine)
    _with_sounds(qtbot, window, small_corpus)
    window.menu["train"].trigger()
    qtbot.waitUntil(lambda: window.runner.state is RunState.RUNNING)
    window.menu["save_checkpoint"].trigger()
    qtbot.waitUntil(engine.saw_save.is_set)
    window.menu["stop"].trigger()
    assert window.runner.state is RunState.STOPPING

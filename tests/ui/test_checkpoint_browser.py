"""The checkpoint browser shows what is on the disk, damaged or not, and asks before it deletes."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from sample_checkpoints import make_newer, sample_checkpoint, sample_run

from sda_desktop import paths
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.ui import checkpoint_browser, run_entries, theme
from sda_desktop.ui.checkpoint_browser import CheckpointBrowser
from sda_desktop.ui.checkpoint_tree import RunTree, RunTreeModel, row_of
from sda_desktop.ui.error_dialog import ErrorDialog
from sda_desktop.ui.run_entries import Row, date_text, loss_text, size_text

Key = Qt.Key
Left = Qt.MouseButton.LeftButton


@pytest.fixture
def runs() -> dict[str, RunFolder]:
    """Three runs: a finished one with a damaged checkpoint, an interrupted one, one without checkpoints."""
    drums = sample_run(name="drums", created=time.time() - 300, status="finished")
    sample_checkpoint(drums.path, 10, "best", score=0.5)
    sample_checkpoint(drums.path, 20, "best", score=0.25)
    sample_checkpoint(drums.path, 30, "manual", score=0.4)
    os.truncate(drums.path / "checkpoints" / "step-00000010-best" / "model.safetensors", 1000)
    voices = sample_run(name="voices", created=time.time() - 200, status="running")
    sample_checkpoint(voices.path, 40)
    empty = sample_run(name="empty", created=time.time() - 100, status="stopped")
    return {"drums": drums, "voices": voices, "empty": empty}


@pytest.fixture
def browser(qtbot: QtBot) -> CheckpointBrowser:
    """A browser as narrow as the window's right column can be, that has read the disk."""
    widget = CheckpointBrowser()
    qtbot.addWidget(widget)
    widget.resize(360, 420)
    with qtbot.waitSignal(widget.refreshed):
        widget.show()
    return widget


def _tree(browser: CheckpointBrowser) -> RunTree:
    found = browser.findChild(RunTree, "runTree")
    assert found is not None
    return found


def _model(browser: CheckpointBrowser) -> RunTreeModel:
    model = _tree(browser).model()
    assert isinstance(model, RunTreeModel)
    return model


def _row(browser: CheckpointBrowser, path: Path) -> Row:
    row = row_of(_model(browser).index_of(path))
    assert row is not None
    return row


def _shown(browser: CheckpointBrowser) -> list[tuple[str, list[str]]]:
    model = _model(browser)
    result = []
    for number in range(model.rowCount()):
        run = model.index(number, 0)
        below = [row_of(model.index(n, 0, run)) for n in range(model.rowCount(run))]
        row = row_of(run)
        assert row is not None
        result.append((row.title, [child.title for child in below if child is not None]))
    return result


def _select(browser: CheckpointBrowser, path: Path) -> None:
    index = _model(browser).index_of(path)
    assert index.isValid()
    _tree(browser).setCurrentIndex(index)


def _button(browser: CheckpointBrowser, name: str) -> QPushButton | QToolButton:
    found = browser.findChild(QWidget, name)
    assert isinstance(found, QPushButton | QToolButton)
    return found


def _text(browser: CheckpointBrowser, name: str) -> str:
    label = browser.findChild(QLabel, name)
    assert label is not None
    return label.text()


def _refresh(qtbot: QtBot, browser: CheckpointBrowser) -> None:
    with qtbot.waitSignal(browser.refreshed):
        browser.refresh()


def _confirmation(browser: CheckpointBrowser) -> QMessageBox:
    box = browser.findChild(QMessageBox, "deleteConfirmation")
    assert box is not None
    return box


def _answer(browser: CheckpointBrowser, button: str) -> None:
    found = next(b for b in _confirmation(browser).buttons() if b.text().replace("&", "") == button)
    QTest.mouseClick(found, Left)


# --- what is shown ----------------------------------------------------------------------------------------


def test_an_empty_list_says_what_will_be_here(browser: CheckpointBrowser) -> None:
    assert _text(browser, "runMessage").startswith("No runs yet.")
    assert browser.findChild(QLabel, "runMessage").isVisible()  # type: ignore[union-attr]
    for name in ("resumeRunButton", "saveCheckpointButton", "revealRunButton", "deleteRunButton"):
        assert not _button(browser, name).isEnabled()


def test_runs_and_checkpoints_are_listed_newest_first(
    runs: dict[str, RunFolder], browser: CheckpointBrowser
) -> None:
    assert _shown(browser) == [
        ("empty", []),
        ("voices", ["Epoch 4, step 40"]),
        ("drums", ["Epoch 3, step 30", "Epoch 2, step 20", "Step 10"]),
    ]
    assert _text(browser, "runsSummary").startswith("3 runs · ")
    drums = _row(browser, runs["drums"].path)
    assert "finished" in drums.line
    assert "3 epochs" in drums.line
    assert "1 damaged" in drums.line
    assert drums.side.endswith("kB")
    voices = _row(browser, runs["voices"].path)
    assert "interrupted" in voices.line
    assert "Resume goes on from epoch 4." in voices.sentence


def test_a_checkpoint_shows_kind_losses_size_and_the_best_is_marked(
    runs: dict[str, RunFolder], browser: CheckpointBrowser
) -> None:
    folder = runs["drums"].checkpoints_dir
    best, manual = (
        _row(browser, folder / "step-00000020-best"),
        _row(browser, folder / "step-00000030-manual"),
    )
    assert best.line == "best · validation 0.250 · train 0.225"
    assert (best.icon, best.strong) == ("best", True)
    assert manual.line == "saved by you · validation 0.400 · train 0.360"
    assert (manual.icon, manual.strong) == ("save", False)
    assert best.side.endswith("kB")


def test_a_damaged_checkpoint_is_marked_and_says_why(
    runs: dict[str, RunFolder], browser: CheckpointBrowser, qtbot: QtBot
) -> None:
    path = runs["drums"].checkpoints_dir / "step-00000010-best"
    row = _row(browser, path)
    assert row.icon == "error"
    assert row.line.startswith("Damaged: model.safetensors is truncated: 1,000 of ")
    assert "Model.safetensors is truncated" in row.tip

    _select(browser, path)

    assert _text(browser, "runSentence").startswith("Damaged: model.safetensors is truncated")
    assert not _button(browser, "resumeRunButton").isEnabled()
    assert _button(browser, "deleteRunButton").isEnabled()
    with qtbot.assertNotEmitted(browser.resume_requested):
        QTest.keyClick(_tree(browser), Key.Key_Return)


def test_a_damaged_run_is_shown_as_such(qtbot: QtBot, browser: CheckpointBrowser) -> None:
    run = sample_run(name="broken")
    sample_checkpoint(run.path, 10)
    (run.path / "run.json").write_text("{", encoding="utf-8")
    _refresh(qtbot, browser)
    row = _row(browser, run.path)
    assert row.line.startswith("Damaged: run.json is malformed")
    assert not row.resumable


def test_a_run_of_a_newer_version_is_not_called_damaged(qtbot: QtBot, browser: CheckpointBrowser) -> None:
    run = sample_run(name="tomorrow")
    manifest = json.loads((run.path / "run.json").read_text(encoding="utf-8"))
    newer = json.dumps({**manifest, "sda_desktop_run": 2, "app_version": "9.0"})
    (run.path / "run.json").write_text(newer, encoding="utf-8")
    _refresh(qtbot, browser)
    row = _row(browser, run.path)
    assert (row.line, row.icon) == ("Made by a newer version of SDA Desktop", "warning")
    assert "written by a newer SDA Desktop (9.0," in row.sentence
    assert row.sentence.endswith("Update SDA Desktop to use it.")
    assert not row.resumable


def test_checkpoints_of_a_newer_version_are_not_called_damaged(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    run = runs["drums"]
    make_newer(run.checkpoints_dir / "step-00000030-manual")
    _refresh(qtbot, browser)
    row = _row(browser, run.checkpoints_dir / "step-00000030-manual")
    assert (row.line, row.icon) == ("Made by a newer version of SDA Desktop", "warning")
    assert row.title == "Step 30"
    assert "written by a newer SDA Desktop (9.0," in row.sentence
    assert row.sentence.endswith("Update SDA Desktop to use it.")
    whole = _row(browser, run.path)
    assert whole.line.endswith("1 damaged · 1 of a newer version")
    assert whole.sentence == (
        "Trained on to epoch 3 by a newer version of SDA Desktop. Update SDA Desktop to go on."
    )
    assert not whole.resumable
    before = _row(browser, run.checkpoints_dir / "step-00000020-best")
    assert before.sentence.endswith("Resume begins a new run from here; this run stays as it is.")
    assert before.resumable
    _select(browser, row.path)
    assert not _button(browser, "resumeRunButton").isEnabled()


def test_a_newer_checkpoint_before_the_last_one_changes_nothing(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    make_newer(runs["drums"].checkpoints_dir / "step-00000020-best")
    _refresh(qtbot, browser)
    assert _row(browser, runs["drums"].path).resumable
    last = _row(browser, runs["drums"].checkpoints_dir / "step-00000030-manual")
    assert last.sentence.endswith("Resume goes on exactly from here.")


def test_a_failed_run_says_why(qtbot: QtBot, browser: CheckpointBrowser) -> None:
    run = sample_run(name="glass", status="failed", problem="No finite number for 20 steps.")
    sample_checkpoint(run.path, 10)
    _refresh(qtbot, browser)
    row = _row(browser, run.path)
    assert row.sentence == "Failed: No finite number for 20 steps. Resume goes on from epoch 1."
    assert row.resumable


def test_a_run_trained_by_another_program_is_neither_resumed_nor_deleted(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    with runs["voices"].lock():
        _refresh(qtbot, browser)
        for path in (runs["voices"].path, runs["voices"].checkpoints_dir / "step-00000040-interval"):
            _select(browser, path)
            assert not _button(browser, "resumeRunButton").isEnabled()
            assert not _button(browser, "deleteRunButton").isEnabled()
    assert "training now" in _row(browser, runs["voices"].path).line
    _refresh(qtbot, browser)
    assert "interrupted" in _row(browser, runs["voices"].path).line


def test_a_folder_of_runs_that_cannot_be_read_is_told(
    qtbot: QtBot, browser: CheckpointBrowser, runs: dict[str, RunFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refuse)
        _refresh(qtbot, browser)
        assert "cannot be read: Permission denied" in _text(browser, "runMessage")
    _refresh(qtbot, browser)
    assert _tree(browser).isVisible()


def test_the_current_run_is_expanded_and_shown_even_from_elsewhere(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser, tmp_path: Path
) -> None:
    elsewhere = sample_run(tmp_path / "usb stick" / "run", name="elsewhere", created=time.time())
    sample_checkpoint(elsewhere.path, 10)
    with qtbot.waitSignal(browser.refreshed):
        browser.set_current_run(elsewhere.path)
    assert _shown(browser)[0] == ("elsewhere", ["Epoch 1, step 10"])
    assert _tree(browser).isExpanded(_model(browser).index_of(elsewhere.path))
    assert _row(browser, elsewhere.path).current
    assert not _row(browser, runs["drums"].path).current


# --- refreshing -------------------------------------------------------------------------------------------


def test_refresh_keeps_selection_and_expansion(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    selected = runs["drums"].checkpoints_dir / "step-00000020-best"
    with qtbot.waitSignal(browser.refreshed):
        browser.set_current_run(runs["drums"].path)
    _tree(browser).expand(_model(browser).index_of(runs["drums"].path))
    _select(browser, selected)
    sample_checkpoint(runs["drums"].path, 50)
    sample_checkpoint(sample_run(name="newer", created=time.time()).path, 10)
    shutil.rmtree(runs["empty"].path)
    shutil.rmtree(runs["drums"].checkpoints_dir / "step-00000030-manual")

    with qtbot.assertNotEmitted(browser.run_opened, wait=2 * checkpoint_browser.OPEN_AFTER_MS):
        _refresh(qtbot, browser)

    assert _shown(browser) == [
        ("newer", ["Epoch 1, step 10"]),
        ("voices", ["Epoch 4, step 40"]),
        ("drums", ["Epoch 5, step 50", "Epoch 2, step 20", "Step 10"]),
    ]
    row = _tree(browser).selected_row()
    assert row is not None
    assert row.path == selected
    assert _tree(browser).isExpanded(_model(browser).index_of(runs["drums"].path))
    assert not _tree(browser).isExpanded(_model(browser).index_of(runs["voices"].path))


def test_what_vanishes_while_selected_opens_nothing_else(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    with qtbot.waitSignal(browser.run_opened):
        _select(browser, runs["voices"].path)
    shutil.rmtree(runs["voices"].path)
    with qtbot.assertNotEmitted(browser.run_opened, wait=2 * checkpoint_browser.OPEN_AFTER_MS):
        _refresh(qtbot, browser)
    assert [name for name, _ in _shown(browser)] == ["empty", "drums"]


def test_rows_that_change_places_are_not_doubled(
    runs: dict[str, RunFolder], browser: CheckpointBrowser
) -> None:
    rows = [run_entries.rows_of(entry, None) for entry in run_entries.read_all(None)]
    _model(browser).set_runs(rows[::-1])
    assert [name for name, _ in _shown(browser)] == ["drums", "voices", "empty"]
    assert len(dict(_shown(browser))["drums"]) == 3


def test_the_list_is_read_off_the_gui_thread(
    browser: CheckpointBrowser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event loop goes on while the disk is slow, and only one reading waits its turn."""
    released = threading.Event()
    readers: list[int] = []
    real = run_entries.read_all

    def slow(current: Path | None, compared: Iterable[Path]) -> list[run_entries.RunEntry]:
        readers.append(threading.get_ident())
        released.wait()
        return real(current, compared)

    monkeypatch.setattr(checkpoint_browser, "read_all", slow)
    try:
        for _ in range(5):
            browser.refresh()
        qtbot.waitUntil(lambda: bool(readers))
        QApplication.processEvents()
    finally:
        with qtbot.waitSignal(browser.refreshed):
            released.set()
    assert len(readers) == 2
    assert threading.get_ident() not in readers


def test_while_training_only_the_run_that_is_trained_is_read_again(
    runs: dict[str, RunFolder], browser: CheckpointBrowser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with runs["voices"].lock():
        with qtbot.waitSignal(browser.refreshed):
            browser.set_current_run(runs["voices"].path)
            browser.set_locked(True)
        sample_checkpoint(runs["voices"].path, 50, "best", score=0.2)

        def fail(*_: object) -> list[run_entries.RunEntry]:
            raise AssertionError("read everything")

        with monkeypatch.context() as patch:
            patch.setattr(checkpoint_browser, "read_all", fail)
            _refresh(qtbot, browser)
    assert dict(_shown(browser))["voices"] == ["Epoch 5, step 50", "Epoch 4, step 40"]


def test_a_hundred_runs_come_without_stalling_the_window(qtbot: QtBot, browser: CheckpointBrowser) -> None:
    for number in range(100):
        sample_checkpoint(sample_run(name=f"run {number}").path, 10)
    spent: list[float] = []
    real: Callable[[list[run_entries.RunRows]], None] = _model(browser).set_runs

    def timed(rows: list[run_entries.RunRows]) -> None:
        start = time.process_time()
        real(rows)
        spent.append(time.process_time() - start)

    _model(browser).set_runs = timed  # type: ignore[assignment,method-assign]
    _refresh(qtbot, browser)
    _refresh(qtbot, browser)
    assert _model(browser).rowCount() == 100
    assert spent[0] < 0.1, f"{spent[0]:.3f} s on the GUI thread"
    assert spent[1] < 0.03, f"{spent[1]:.3f} s on the GUI thread when nothing changed"


# --- what can be done -------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")  # of a menu on this platform
@pytest.mark.parametrize("by", ["button", "return", "enter", "menu"])
def test_resume_names_the_selected_checkpoint(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser, by: str
) -> None:
    path = runs["drums"].checkpoints_dir / "step-00000020-best"
    _tree(browser).expand(_model(browser).index_of(runs["drums"].path))
    _select(browser, path)
    with qtbot.waitSignal(browser.resume_requested) as caught:
        match by:
            case "button":
                QTest.mouseClick(_button(browser, "resumeRunButton"), Left)
            case "menu":
                _trigger(browser, path, "Resume")
            case _:
                key = Key.Key_Return if by == "return" else Key.Key_Enter
                QTest.keyClick(_tree(browser), key)
    assert caught.args == [path]


def _trigger(browser: CheckpointBrowser, path: Path, entry: str) -> None:
    tree = _tree(browser)
    where = tree.visualRect(_model(browser).index_of(path)).center()
    tree.customContextMenuRequested.emit(QPoint(where))
    menu = browser.findChild(QMenu, "runMenu")
    assert menu is not None
    next(action for action in menu.actions() if action.text() == entry).trigger()
    menu.close()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")  # of a menu on this platform
def test_the_menu_is_about_the_row_under_the_pointer(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    _select(browser, runs["drums"].path)
    with qtbot.waitSignal(browser.resume_requested) as caught:
        _trigger(browser, runs["voices"].path, "Resume")
    assert caught.args == [runs["voices"].path]


def test_a_run_without_checkpoints_cannot_be_resumed(
    runs: dict[str, RunFolder], browser: CheckpointBrowser
) -> None:
    _select(browser, runs["empty"].path)
    assert not _button(browser, "resumeRunButton").isEnabled()
    assert _text(browser, "runSentence") == "Nothing was saved in this run: it cannot be resumed."


def test_selecting_opens_the_run_once_and_not_while_training(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    opened: list[Path] = []
    browser.run_opened.connect(opened.append)
    _select(browser, runs["voices"].path)
    _select(browser, runs["drums"].path)
    _select(browser, runs["drums"].checkpoints_dir / "step-00000030-manual")
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == [runs["drums"].path]  # stepping past a run does not open it

    with qtbot.waitSignal(browser.refreshed):
        browser.set_current_run(runs["drums"].path)
    with qtbot.assertNotEmitted(browser.run_opened, wait=2 * checkpoint_browser.OPEN_AFTER_MS):
        _select(browser, runs["drums"].path)
    browser.set_locked(True)
    with qtbot.assertNotEmitted(browser.run_opened, wait=2 * checkpoint_browser.OPEN_AFTER_MS):
        _select(browser, runs["voices"].path)


def test_while_training_one_can_save_but_not_resume_or_delete(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    _select(browser, runs["drums"].path)
    browser.set_locked(True, can_save=False)
    assert not _button(browser, "saveCheckpointButton").isEnabled()
    browser.set_locked(True)
    for name in ("resumeRunButton", "deleteRunButton"):
        assert not _button(browser, name).isEnabled()
        assert _button(browser, name).toolTip() == "Stop the training first"
    with qtbot.assertNotEmitted(browser.resume_requested):
        QTest.keyClick(_tree(browser), Key.Key_Return)
    QTest.keyClick(_tree(browser), Key.Key_Delete)
    assert browser.findChild(QMessageBox, "deleteConfirmation") is None
    with qtbot.waitSignal(browser.save_requested):
        QTest.mouseClick(_button(browser, "saveCheckpointButton"), Left)
    browser.set_locked(False)
    assert _button(browser, "resumeRunButton").isEnabled()
    assert not _button(browser, "saveCheckpointButton").isEnabled()


def test_reveal_opens_the_folder(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return len(opened) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    _select(browser, runs["drums"].path)
    QTest.mouseClick(_button(browser, "revealRunButton"), Left)
    assert [Path(path) for path in opened] == [runs["drums"].path]

    QTest.mouseClick(_button(browser, "revealRunButton"), Left)  # this time there is no file manager
    dialog = browser.findChild(ErrorDialog)
    assert dialog is not None
    dialog.close()


def test_revealing_what_is_gone_says_so(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    _select(browser, runs["empty"].path)
    shutil.rmtree(runs["empty"].path)
    with qtbot.waitSignal(browser.refreshed):
        QTest.mouseClick(_button(browser, "revealRunButton"), Left)
    dialog = browser.findChild(ErrorDialog)
    assert dialog is not None
    dialog.close()
    assert "empty" not in dict(_shown(browser))


# --- deleting ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["button", "key"])
def test_a_checkpoint_is_deleted_after_a_yes(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser, by: str
) -> None:
    path = runs["drums"].checkpoints_dir / "step-00000020-best"
    _select(browser, path)
    if by == "button":
        QTest.mouseClick(_button(browser, "deleteRunButton"), Left)
    else:
        QTest.keyClick(_tree(browser), Key.Key_Delete)
    box = _confirmation(browser)
    assert box.text() == "Delete the checkpoint “Epoch 2, step 20”?"
    assert "It is the best of its run." in box.informativeText()
    assert path.is_dir()  # not before the answer
    with qtbot.waitSignal(browser.refreshed):
        _answer(browser, "Delete")
    assert not path.exists()
    assert dict(_shown(browser))["drums"] == ["Epoch 3, step 30", "Step 10"]
    assert _row(browser, runs["drums"].checkpoints_dir / "step-00000030-manual").strong


@pytest.mark.parametrize("answer", ["Cancel", "Escape", "Return"])
def test_nothing_is_deleted_without_a_yes(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser, answer: str
) -> None:
    _select(browser, runs["drums"].path)
    QTest.keyClick(_tree(browser), Key.Key_Delete)
    box = _confirmation(browser)
    assert "with its 3 checkpoints and all its previews" in box.text()
    if answer == "Cancel":
        _answer(browser, "Cancel")
    else:
        # Return presses what is the default, and that must not be Delete.
        QTest.keyClick(box, Key.Key_Escape if answer == "Escape" else Key.Key_Return)
    qtbot.waitUntil(lambda: not box.isVisible())
    _refresh(qtbot, browser)
    assert runs["drums"].path.is_dir()


def test_the_only_sound_checkpoint_is_not_deleted_without_a_word(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    _select(browser, runs["voices"].checkpoints_dir / "step-00000040-interval")
    QTest.keyClick(_tree(browser), Key.Key_Delete)
    assert "only sound one: the run cannot be resumed" in _confirmation(browser).informativeText()
    _answer(browser, "Cancel")


def test_a_run_is_deleted_whole(runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser) -> None:
    _select(browser, runs["drums"].path)
    QTest.keyClick(_tree(browser), Key.Key_Delete)
    deleted: list[Path] = []
    browser.run_deleted.connect(deleted.append)
    with qtbot.waitSignal(browser.refreshed):
        _answer(browser, "Delete")
    assert deleted == [runs["drums"].path]
    assert not runs["drums"].path.exists()
    assert [name for name, _ in _shown(browser)] == ["empty", "voices"]
    assert sorted(p.name for p in paths.runs_dir().iterdir()) == sorted(
        runs[name].path.name for name in ("empty", "voices")
    )


def test_what_cannot_be_deleted_is_told(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser
) -> None:
    _select(browser, runs["voices"].path)
    QTest.keyClick(_tree(browser), Key.Key_Delete)
    with runs["voices"].lock():  # somebody began to train in it meanwhile
        with qtbot.waitSignal(browser.refreshed):
            _answer(browser, "Delete")
        dialog = browser.findChild(ErrorDialog)
        assert dialog is not None
        assert runs["voices"].path.is_dir()
        dialog.close()


# --- looks and access -------------------------------------------------------------------------------------


def test_everything_can_be_named_and_found(browser: CheckpointBrowser) -> None:
    for widget in [
        browser,
        _tree(browser),
        *browser.findChildren(QPushButton),
        *browser.findChildren(QToolButton),
    ]:
        if widget.objectName().startswith("qt_"):
            continue
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_painted_in_both_themes_within_360_pixels(
    runs: dict[str, RunFolder], qtbot: QtBot, browser: CheckpointBrowser, artifacts: Path, mode: str
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, mode)
    try:
        with qtbot.waitSignal(browser.refreshed):
            browser.set_current_run(runs["drums"].path)
        _select(browser, runs["drums"].checkpoints_dir / "step-00000010-best")
        assert browser.width() == 360
        assert browser.minimumSizeHint().width() <= 360
        picture = browser.grab()
        assert picture.save(str(artifacts / f"checkpoint-browser-{mode}.png"))
        seen = {picture.toImage().pixelColor(x, y).name() for x in range(360) for y in range(420)}
        assert theme.colors().base in seen
        assert QColor(theme.colors().selection).name() in seen
    finally:
        theme.apply_theme(app, "system")


# --- words ------------------------------------------------------------------------------------------------


def test_sizes_dates_and_losses_read_well() -> None:
    assert [size_text(n) for n in (0, 41_200, 41_234_567, 1_449_000_000)] == [
        "0 kB",
        "41 kB",
        "41 MB",
        "1.4 GB",
    ]
    assert [loss_text(x) for x in (0.41234, 3.7, 12.345, 123456.0)] == [
        "0.412",
        "3.700",
        "12.35",
        "1.235e+05",
    ]
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    try:
        moment = datetime(2024, 3, 5, 14, 32)
        for now, text in (
            (datetime(2024, 3, 5, 23, 0), "14:32"),
            (datetime(2024, 3, 6, 0, 5), "5 Mar 14:32"),
            (datetime(2025, 1, 1), "5 Mar 2024"),
        ):
            assert date_text(moment.timestamp(), now) == text
    finally:
        QLocale.setDefault(before)
    assert date_text(float("1e300")) == "?"

"""The library's panel: choosing, naming, copying, carrying and throwing away models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from sample_checkpoints import sample_run, sample_tensors

from sda_desktop.errors import SdaError
from sda_desktop.generation.library import describe_model, keep_picture, list_models
from sda_desktop.generation.model_file import export_model
from sda_desktop.training.checkpoint import save_checkpoint
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.ui.library_panel import LibraryPanel
from sda_desktop.ui.model_files import dropped_model_files, export_dialog, open_dialog
from sda_desktop.ui.model_notes_dialog import ModelNotesDialog

Key = Qt.Key


def make_model(name: str, **manifest: Any) -> Path:  # noqa: ANN401
    run = sample_run(name=name, sources=["/music/Drums"], dataset={"files": 5}, **manifest)
    tensors = {**sample_tensors(1), "bank": sample_tensors(2)["average"]}
    save_checkpoint(
        run.path,
        tensors,
        {"model": {"channels": 8}},
        reason="best",
        epoch=1,
        global_step=10,
        score=0.4,
        validation_recon=0.4,
    )
    return run.path


def make_panel(qtbot: QtBot) -> LibraryPanel:
    panel = LibraryPanel()
    qtbot.addWidget(panel)
    panel.resize(240, 400)
    with qtbot.waitSignal(panel.refreshed):
        panel.show()
    panel.list.setFocus()
    return panel


@pytest.fixture
def models() -> dict[str, Path]:
    return {name: make_model(name) for name in ("bells", "drones", "kicks")}


@pytest.fixture
def panel(qtbot: QtBot, models: dict[str, Path]) -> LibraryPanel:
    return make_panel(qtbot)


def shown(panel: LibraryPanel) -> list[str]:
    rows = panel.list.model()
    return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]


def child(panel: LibraryPanel, kind: type[Any], name: str) -> Any:  # noqa: ANN401
    found = panel.findChild(kind, name)
    assert found is not None
    return found


def trigger(panel: LibraryPanel, text: str) -> None:
    menu = panel.make_menu()
    (action,) = [action for action in menu.actions() if action.text() == text]
    assert action.isEnabled()
    action.trigger()
    menu.close()


def test_selecting_chooses_after_a_moment_and_enter_at_once(
    panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot
) -> None:
    chosen: list[Path] = []
    panel.model_chosen.connect(chosen.append)
    assert shown(panel) == ["kicks", "drones", "bells"]
    qtbot.wait(300)
    assert chosen == []  # having the focus chooses nothing
    QTest.keyClick(panel.list, Key.Key_Down)
    assert chosen == []
    qtbot.waitUntil(lambda: chosen == [models["drones"]])
    panel.set_current(models["drones"])
    QTest.keyClick(panel.list, Key.Key_Down)
    QTest.keyClick(panel.list, Key.Key_Return)
    assert chosen == [models["drones"], models["bells"]]


def test_showing_what_is_played_does_not_choose_it_again(
    panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot
) -> None:
    chosen: list[Path] = []
    panel.model_chosen.connect(chosen.append)
    panel.set_current(models["bells"])
    with qtbot.waitSignal(panel.refreshed):
        panel.refresh()
    qtbot.wait(300)
    assert chosen == []
    current = panel.list.current_model()
    assert current is not None
    assert current.path == models["bells"]


def test_searching(panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot) -> None:
    describe_model(models["drones"], tags=["film"])
    with qtbot.waitSignal(panel.refreshed):
        QTest.keyClick(panel.list, Key.Key_F5)
    search = child(panel, QLineEdit, "modelSearch")
    search.setText("FILM")
    assert shown(panel) == ["drones"]
    search.setText("nothing of the kind")
    assert shown(panel) == []
    assert "these words" in child(panel, QLabel, "libraryEmpty").text()
    search.clear()
    assert len(shown(panel)) == 3


def test_asking_what_can_be_done_chooses_nothing(
    panel: LibraryPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, where: asked.append(menu))
    chosen: list[Path] = []
    panel.model_chosen.connect(chosen.append)
    panel.list.clearSelection()
    panel.list.setCurrentIndex(QModelIndex())
    child(panel, QToolButton, "modelMenuButton").click()
    (menu,) = asked
    menu.close()
    qtbot.wait(300)
    assert panel.list.current_model() is not None
    assert chosen == []


def test_renaming_in_place(panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot) -> None:
    panel.set_current(models["bells"])
    QTest.keyClick(panel.list, Key.Key_F2)
    editor = child(panel, QLineEdit, "modelNameEditor")
    editor.setText("Glocken")
    with qtbot.waitSignal(panel.refreshed):
        QTest.keyClick(editor, Key.Key_Return)
    assert "Glocken" in shown(panel)
    assert "Glocken" in [model.name for model in list_models()]


def test_notes_and_tags(panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot) -> None:
    panel.set_current(models["bells"])
    trigger(panel, "Notes and tags…")
    dialog = panel.window().findChild(ModelNotesDialog)
    assert isinstance(dialog, ModelNotesDialog)
    notes, tags = dialog.findChild(QPlainTextEdit), dialog.findChild(QLineEdit, "modelTags")
    assert isinstance(notes, QPlainTextEdit)
    assert isinstance(tags, QLineEdit)
    notes.setPlainText("ring\nlong")
    tags.setText("metal, , dark")
    with qtbot.waitSignal(panel.refreshed):
        dialog.accept()
    (model,) = [model for model in list_models() if model.path == models["bells"]]
    assert (model.notes, model.tags) == ("ring\nlong", ("metal", "dark"))


def test_duplicating(panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot) -> None:
    panel.set_current(models["bells"])
    with qtbot.waitSignal(panel.refreshed):
        trigger(panel, "Duplicate")
    assert shown(panel) == ["bells copy", "kicks", "drones", "bells"]


def test_the_trash_and_the_way_back(
    panel: LibraryPanel, models: dict[str, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_trash(path: str) -> None:
        raise OSError("no trash here")  # what is put beside can be brought back on every system

    monkeypatch.setattr("send2trash.send2trash", no_trash)
    removed: list[Path] = []
    panel.model_removed.connect(removed.append)
    panel.set_current(models["bells"])
    with qtbot.waitSignal(panel.refreshed):
        QTest.keyClick(panel.list, Key.Key_Delete)
    assert removed == [models["bells"]]
    assert shown(panel) == ["kicks", "drones"]
    undo = child(panel, QPushButton, "libraryNoticeAction")
    assert undo.isVisible()
    with qtbot.waitSignal(panel.refreshed):
        undo.click()
    assert shown(panel) == ["kicks", "drones", "bells"]


def test_what_trains_is_marked_and_not_thrown_away(qtbot: QtBot) -> None:
    path = make_model("busy", status="running")
    with RunFolder.open(path).lock():
        panel = make_panel(qtbot)
        panel.set_current(path)
        assert "training now" in str(panel.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
        QTest.keyClick(panel.list, Key.Key_Delete)
        assert "being trained" in child(panel, QLabel, "libraryNoticeText").text()
        menu = panel.make_menu()
        enabled = {action.text(): action.isEnabled() for action in menu.actions()}
        menu.close()
    assert not enabled["Move to the trash"]
    assert enabled["Export as a file (.sda)…"]
    assert path.exists()


def test_a_damaged_model_is_shown_and_not_played(qtbot: QtBot) -> None:
    path = make_model("broken")
    (path / "run.json").write_text("{", encoding="utf-8")
    for weights in path.glob("checkpoints/*/manifest.json"):
        weights.write_text("{", encoding="utf-8")
    panel = make_panel(qtbot)
    chosen: list[Path] = []
    panel.model_chosen.connect(chosen.append)
    panel.set_current(path)
    QTest.keyClick(panel.list, Key.Key_Return)
    assert chosen == []
    words = str(panel.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert "Damaged" in words
    assert "run.json" in words


def test_a_model_goes_out_and_another_one_comes_in(
    panel: LibraryPanel,
    models: dict[str, Path],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "bells.sda"
    panel.export_to(models["bells"], file)
    qtbot.waitUntil(lambda: not panel.is_busy)
    assert "bells.sda was written" in child(panel, QLabel, "libraryNoticeText").text()
    with qtbot.waitSignal(panel.model_chosen) as chosen:
        panel.import_file(file)
    assert "in the library already" in child(panel, QLabel, "libraryNoticeText").text()
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    with qtbot.waitSignal(panel.model_chosen) as chosen:
        panel.import_file(file)
    (landed,) = [model.path for model in list_models()]
    assert chosen.args == [landed]
    assert shown(panel) == ["bells"]


def test_a_damaged_file_is_told(panel: LibraryPanel, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "m.sda").write_bytes(b"nothing of the kind, but long enough")
    with qtbot.waitSignals([panel.failed, panel.refreshed]), qtbot.waitSignal(panel.failed) as failed:
        panel.import_file(tmp_path / "m.sda")
    assert failed.args is not None
    assert isinstance(failed.args[0], SdaError)
    assert "cannot be opened" in str(failed.args[0])
    assert not panel.is_busy


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_dropped_model_file_comes_in_and_a_sound_is_left_to_the_window(
    panel: LibraryPanel, models: dict[str, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    file = export_model(models["kicks"], tmp_path / "KICKS.SDA")
    (tmp_path / "a.wav").touch()
    actions, button = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for mime, wanted in ((mime_of(file), True), (mime_of(tmp_path / "a.wav"), False)):
        event = QDragEnterEvent(panel.rect().center(), actions, mime, button, none)
        event.ignore()
        panel.dragEnterEvent(event)
        assert event.isAccepted() == wanted
    mime = mime_of(file, tmp_path / "a.wav", tmp_path / "gone.sda")
    assert dropped_model_files(mime) == [file]
    drop = QDropEvent(QPointF(5, 5), actions, mime, button, none)
    with qtbot.waitSignal(panel.model_chosen) as chosen:
        panel.dropEvent(drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction
    assert chosen.args == [models["kicks"]]


def test_an_empty_library_offers_to_train(qtbot: QtBot) -> None:
    panel = make_panel(qtbot)
    assert "No models yet" in child(panel, QLabel, "libraryEmpty").text()
    with qtbot.waitSignal(panel.train_requested):
        child(panel, QPushButton, "trainFirstButton").click()


def test_the_dialogs_know_model_files(panel: LibraryPanel) -> None:
    opening, exporting = open_dialog(panel), export_dialog(panel, "Bells: 1")
    assert opening.nameFilters() == exporting.nameFilters() == ["Models (*.sda)"]
    assert Path(exporting.selectedFiles()[0]).name == "Bells 1.sda"
    assert exporting.defaultSuffix() == "sda"
    opening.close()
    exporting.close()


def test_the_map_is_painted_small(qtbot: QtBot) -> None:
    path = make_model("dots")
    plain = make_panel(qtbot).grab().toImage()
    keep_picture(path, [(x / 10, x / 10) for x in range(11)], [0] * 11)
    assert make_panel(qtbot).grab().toImage() != plain

"""The sounds panel: dropping, opening, scanning, listing, hearing, and what is wrong."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sound_files import cut, tone, write_sound

from sda_desktop import paths
from sda_desktop.audio import scan
from sda_desktop.audio.analysis import examine
from sda_desktop.audio.scan import ScanResult
from sda_desktop.errors import SdaError
from sda_desktop.ui.dataset_panel import DatasetPanel
from sda_desktop.ui.drop_zone import DropCover
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sound_list import SoundList
from sda_desktop.ui.sound_list_model import SortKey

LONG_MS = 20_000
COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six sounds, one of them twice, and three files that cannot be used."""
    place = tmp_path / "My Klänge"
    for number in (1, 2, 10):
        write_sound(place / f"tone {number}.wav", tone(seconds=0.1 * number, hz=100.0 * number))
    write_sound(place / "sub" / "wide.flac", tone(seconds=0.4, rate_hz=48_000, channels=2), 48_000)
    write_sound(place / "loud.wav", np.clip(tone(seconds=0.3, hz=200, peak=3.0), -1, 1))
    shutil.copy(place / "tone 2.wav", place / "tone 2 copy.wav")
    cut(write_sound(place / "broken.flac", tone(seconds=1.0)), 0.5)
    write_sound(place / "silent.wav", np.zeros((1, 5000), np.float32))
    (place / "memo.m4a").write_bytes(b"something")
    (place / "notes.txt").write_text("not a sound")
    return place


@pytest.fixture
def panel(qtbot: QtBot) -> DatasetPanel:
    """The panel on the screen, at the width of its column."""
    made = DatasetPanel()
    qtbot.addWidget(made)
    made.resize(340, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


def child(panel: QWidget, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - as asked for
    """A widget of the panel by its name."""
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def opened(qtbot: QtBot, panel: DatasetPanel, *sources: Path, add: bool = False) -> ScanResult:
    """Open sources and wait for the scan."""
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS) as caught:
        panel.open_sources(sources, add=add)
    assert caught.args is not None
    result = caught.args[0]
    assert isinstance(result, ScanResult)
    return result


def urls(*local: Path) -> QMimeData:
    """What a file manager puts into a drag."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in local])
    return mime


def drag_over(panel: DatasetPanel, mime: QMimeData, keys: Qt.KeyboardModifier = NO_KEY) -> bool:
    """Move a drag onto the panel; whether it would be taken."""
    event = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, keys)
    event.ignore()
    QApplication.sendEvent(panel, event)
    return event.isAccepted()


def drop(panel: DatasetPanel, mime: QMimeData, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    """Drop on the panel.  Qt gives a drop only to who took the drag before."""
    if not drag_over(panel, mime, keys):
        return
    event = QDropEvent(QPointF(50, 50), COPY | Qt.DropAction.MoveAction, mime, LEFT, keys)
    QApplication.sendEvent(panel, event)
    # A move would make the file manager delete the user's sounds.
    assert event.dropAction() == COPY


def names(panel: DatasetPanel) -> list[str]:
    """The rows of the list."""
    model = child(panel, SoundList, "soundList").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def collected(signal: Any) -> list[Any]:  # noqa: ANN401 - a bound signal
    """Everything that a signal says from now on."""
    heard: list[Any] = []
    signal.connect(heard.append)
    return heard


def test_an_empty_panel_offers_one_clear_action(panel: DatasetPanel) -> None:
    assert child(panel, QLabel, "dropZoneTitle").text() == "Drop a folder of sounds here"
    assert child(panel, QPushButton, "openFolderButton").isVisible()
    assert child(panel, QPushButton, "demoButton").isVisible()
    assert not child(panel, SoundList, "soundList").isVisible()
    assert panel.result is None
    assert panel.problem()


def test_a_dropped_folder_becomes_the_list(qtbot: QtBot, panel: DatasetPanel, folder: Path) -> None:
    changes = collected(panel.sources_changed)
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        drop(panel, urls(folder))
    assert changes == [[folder]]
    assert names(panel) == [
        *("broken.flac", "loud.wav", "memo.m4a", "silent.wav"),
        *("tone 1.wav", "tone 2 copy.wav", "tone 2.wav", "tone 10.wav", "wide.flac"),
    ]
    assert child(panel, QLabel, "datasetHeadline").text() == "6 sounds · 2.20 s"
    assert child(panel, QLabel, "datasetKinds").text() == "44.1 kHz and 48 kHz · mono and stereo"
    assert panel.problem() == ""
    assert panel.result is not None
    assert len(panel.result.usable) == 6


def test_the_user_s_files_are_not_touched(qtbot: QtBot, panel: DatasetPanel, folder: Path) -> None:
    def listing() -> dict[Path, tuple[int, int, bytes]]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {f: (f.stat().st_size, f.stat().st_mtime_ns, f.read_bytes()) for f in files}

    before = listing()
    opened(qtbot, panel, folder)
    assert listing() == before


def test_problems_are_folded_and_name_each_file_with_its_reason(
    qtbot: QtBot, panel: DatasetPanel, folder: Path
) -> None:
    opened(qtbot, panel, folder)
    fold = child(panel, QPushButton, "problemsButton")
    problems = child(panel, QListWidget, "problemsList")
    assert fold.text() == "3 left out, 2 warnings"
    assert not problems.isVisible()
    QTest.mouseClick(fold, LEFT)
    assert problems.isVisible()
    rows = [problems.item(row).text().splitlines() for row in range(problems.count())]
    assert [row[0] for row in rows] == [
        *("broken.flac", "memo.m4a", "silent.wav"),
        *("loud.wav", "tone 2.wav"),
    ]
    assert all(len(row[1]) > 10 for row in rows)
    with qtbot.waitSignal(panel.sound_selected) as caught:
        problems.setCurrentRow(3)
    assert caught.args == [PlayItem(folder / "loud.wav", "loud.wav")]


def test_several_folders_and_files_at_once_and_nothing_else(
    qtbot: QtBot, panel: DatasetPanel, folder: Path, tmp_path: Path
) -> None:
    single = write_sound(tmp_path / "single.wav")
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        drop(panel, urls(folder / "sub", single, folder / "notes.txt"))
    assert panel.sources == [folder / "sub", single]
    assert names(panel) == ["single.wav", "wide.flac"]


def test_a_drop_replaces_and_with_shift_adds(
    qtbot: QtBot, panel: DatasetPanel, folder: Path, tmp_path: Path
) -> None:
    other = write_sound(tmp_path / "other" / "x.wav").parent
    opened(qtbot, panel, folder / "sub")
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        drop(panel, urls(other), SHIFT)
    assert names(panel) == ["wide.flac", "x.wav"]
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        drop(panel, urls(other))
    assert names(panel) == ["x.wav"]


@pytest.mark.parametrize("kind", ["text", "foreign file", "web address", "run folder"])
def test_what_is_no_sound_is_refused_while_it_still_hovers(
    panel: DatasetPanel, tmp_path: Path, kind: str
) -> None:
    mime = QMimeData()
    if kind == "text":
        mime.setText(str(tmp_path))
    elif kind == "foreign file":
        (tmp_path / "picture.png").write_bytes(b"x")
        mime = urls(tmp_path / "picture.png")
    elif kind == "web address":
        mime.setUrls([QUrl("https://example.org/kick.wav")])
    else:
        (tmp_path / "run.json").write_text(json.dumps({"sda_desktop_run": 1}))
        mime = urls(tmp_path)
    assert not drag_over(panel, mime)


def test_a_drag_lights_the_panel_up_until_it_leaves(qtbot: QtBot, panel: DatasetPanel, folder: Path) -> None:
    before = panel.grab().toImage()
    drag_over(panel, urls(folder))
    assert panel.grab().toImage() != before
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert panel.grab().toImage() == before
    opened(qtbot, panel, folder)
    cover = child(panel, DropCover, "dropCover")
    assert not cover.isVisible()
    drag_over(panel, urls(folder))
    assert cover.isVisible()
    assert cover.size() == panel.size()
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert not cover.isVisible()


def test_while_locked_nothing_can_be_changed_but_heard(
    qtbot: QtBot, panel: DatasetPanel, folder: Path
) -> None:
    opened(qtbot, panel, folder)
    panel.set_locked(True)
    assert not drag_over(panel, urls(folder))
    drop(panel, urls(folder))
    panel.open_sources([folder / "sub"])
    panel.open_demo()
    panel.rescan()
    panel.clear()
    assert not panel.is_scanning
    assert panel.sources == [folder]
    assert not child(panel, QToolButton, "addSoundsButton").isEnabled()
    sounds = child(panel, SoundList, "soundList")
    with qtbot.waitSignal(panel.play_requested):
        sounds.setCurrentIndex(sounds.model().index(4, 0))
        QTest.keyClick(sounds, Qt.Key.Key_Return)
    panel.set_locked(False)
    assert child(panel, QToolButton, "addSoundsButton").isEnabled()


# Scanning -----------------------------------------------------------------------------------------------


def test_a_scan_shows_its_progress_and_can_be_cancelled(
    qtbot: QtBot, panel: DatasetPanel, tmp_path: Path
) -> None:
    for number in range(150):
        write_sound(tmp_path / f"{number}.wav", tone(seconds=1.0, hz=50.0 + number))
    changes = collected(panel.sources_changed)
    panel.open_sources([tmp_path])
    assert "still being examined" in panel.problem()
    cancel = child(panel, QPushButton, "scanCancelButton")
    progress = child(panel, QProgressBar, "scanProgress")
    assert cancel.isVisible()
    qtbot.waitUntil(lambda: progress.maximum() == 150 and progress.value() > 0, timeout=LONG_MS)
    assert names(panel)
    with qtbot.waitSignal(panel.scan_cancelled, timeout=2000):
        QTest.mouseClick(cancel, LEFT)
    assert panel.result is None
    assert child(panel, QPushButton, "openFolderButton").isVisible()
    assert changes == [[tmp_path], []]


def test_results_come_in_batches_not_one_by_one(qtbot: QtBot, panel: DatasetPanel, tmp_path: Path) -> None:
    for number in range(60):
        write_sound(tmp_path / f"{number}.wav", tone(seconds=0.06, hz=50.0 + number))
    batches: list[int] = []
    panel._scanner.files_found.connect(lambda files, done, total: batches.append(len(files)))
    opened(qtbot, panel, tmp_path)
    assert sum(batches) == 60
    assert len(batches) < 30


def test_all_names_are_listed_before_the_first_sound_is_examined(
    qtbot: QtBot, panel: DatasetPanel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(scan, "examine", lambda *args: gate.wait(30) and examine(*args))
    panel.open_sources([folder])
    qtbot.waitUntil(lambda: panel.listed > 0, timeout=LONG_MS)
    early = names(panel)
    assert panel.result is None
    gate.set()
    qtbot.waitUntil(lambda: panel.result is not None, timeout=LONG_MS)
    assert names(panel) == early


def test_cancelling_brings_back_what_was_open(
    qtbot: QtBot, panel: DatasetPanel, folder: Path, tmp_path: Path
) -> None:
    before = opened(qtbot, panel, folder)
    many = tmp_path / "many"
    for number in range(100):
        write_sound(many / f"{number}.wav", tone(seconds=1.0, hz=50.0 + number))
    panel.open_sources([many])
    with qtbot.waitSignal(panel.scan_cancelled, timeout=LONG_MS):
        QTest.mouseClick(child(panel, QPushButton, "scanCancelButton"), LEFT)
    assert panel.result is before
    assert panel.sources == [folder]
    assert len(names(panel)) == 9


def test_a_newer_scan_replaces_one_under_way(qtbot: QtBot, panel: DatasetPanel, tmp_path: Path) -> None:
    first = write_sound(tmp_path / "first" / "a.wav", tone(seconds=20.0)).parent
    second = write_sound(tmp_path / "second" / "b.wav").parent
    finished = collected(panel.scan_finished)
    panel.open_sources([first])
    opened(qtbot, panel, second)
    assert [result.sources for result in finished] == [(second,)]
    assert names(panel) == ["b.wav"]


def test_a_source_that_does_not_exist_is_a_sentence_in_place(
    qtbot: QtBot, panel: DatasetPanel, tmp_path: Path
) -> None:
    with qtbot.waitSignal(panel.scan_failed, timeout=LONG_MS) as caught:
        panel.open_sources([tmp_path / "nowhere"])
    assert caught.args is not None
    assert isinstance(caught.args[0], SdaError)
    notice = child(panel, QLabel, "datasetNoticeText")
    assert notice.isVisible()
    assert "nowhere" in notice.text()
    assert child(panel, QPushButton, "openFolderButton").isVisible()
    assert panel.sources == []


def test_a_folder_without_sounds_says_so_and_keeps_what_was_open(
    qtbot: QtBot, panel: DatasetPanel, folder: Path, tmp_path: Path
) -> None:
    before = opened(qtbot, panel, folder)
    empty = tmp_path / "empty"
    empty.mkdir()
    with qtbot.waitSignal(panel.scan_failed, timeout=LONG_MS):
        panel.open_sources([empty])
    assert "no sounds in empty" in child(panel, QLabel, "datasetNoticeText").text()
    assert panel.result is before


def test_without_a_usable_sound_the_panel_says_why_training_cannot_start(
    qtbot: QtBot, panel: DatasetPanel, tmp_path: Path
) -> None:
    write_sound(tmp_path / "silent.wav", np.zeros((1, 5000), np.float32))
    problems = collected(panel.problem_changed)
    opened(qtbot, panel, tmp_path)
    assert panel.problem() == problems[-1] == "None of the sounds can be used."
    assert child(panel, QLabel, "datasetHeadline").text() == "No usable sounds"


def test_a_changed_folder_is_noticed_and_rescanned(qtbot: QtBot, panel: DatasetPanel, folder: Path) -> None:
    opened(qtbot, panel, folder)
    write_sound(folder / "sub" / "new.wav")
    rescan = child(panel, QPushButton, "datasetNoticeAction")
    qtbot.waitUntil(rescan.isVisible, timeout=LONG_MS)
    assert child(panel, QLabel, "datasetNoticeText").text() == "The folder changed: 1 new."
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        QTest.mouseClick(rescan, LEFT)
    assert "new.wav" in names(panel)
    assert not rescan.isVisible()


def test_the_demo_sounds_are_one_click_away(qtbot: QtBot, panel: DatasetPanel) -> None:
    with qtbot.waitSignal(panel.scan_finished, timeout=60_000):
        QTest.mouseClick(child(panel, QPushButton, "demoButton"), LEFT)
    assert panel.sources == [paths.demo_dir()]
    assert panel.result is not None
    assert len(panel.result.usable) >= 24
    assert Settings().recent("sounds") == []


def test_the_panel_can_go_while_it_scans(qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(50):
        write_sound(tmp_path / f"{number}.wav", tone(seconds=1.0, hz=50.0 + number))
    panel = DatasetPanel()
    panel.open_sources([tmp_path])
    thread = panel._scanner._thread
    assert thread is not None
    panel.deleteLater()
    qtbot.waitUntil(thread.isFinished, timeout=LONG_MS)
    assert thread.stop.is_set()


# Opening by dialog, recent ------------------------------------------------------------------------------


def answer(panel: DatasetPanel, qtbot: QtBot, ask: Callable[[], object], choice: Path) -> None:
    """Choose a folder in the dialog that `ask` brings up."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    ask()
    dialog = child(panel, QFileDialog, "openSoundsDialog")
    qtbot.waitExposed(dialog)
    dialog.selectFile(str(choice))
    dialog.accept()


def test_open_folder_and_add(qtbot: QtBot, panel: DatasetPanel, folder: Path, tmp_path: Path) -> None:
    other = write_sound(tmp_path / "other" / "x.wav").parent
    button = child(panel, QPushButton, "openFolderButton")
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        answer(panel, qtbot, button.click, folder / "sub")
    assert names(panel) == ["wide.flac"]
    add = child(panel, QToolButton, "addSoundsButton")
    qtbot.waitUntil(lambda: panel.findChild(QFileDialog, "openSoundsDialog") is None)
    with qtbot.waitSignal(panel.scan_finished, timeout=LONG_MS):
        answer(panel, qtbot, add.click, other)
    assert names(panel) == ["wide.flac", "x.wav"]


def test_what_was_opened_is_offered_again_and_can_be_removed(
    qtbot: QtBot, panel: DatasetPanel, folder: Path
) -> None:
    opened(qtbot, panel, folder)
    again = DatasetPanel()
    qtbot.addWidget(again)
    again.resize(340, 480)
    again.show()
    row = child(again, QPushButton, "recentOpenButton")
    assert folder.name in row.text()
    assert row.toolTip() == str(folder)
    with qtbot.waitSignal(again.scan_finished, timeout=LONG_MS):
        QTest.mouseClick(row, LEFT)
    assert again.sources == [folder]
    again.clear()
    QTest.mouseClick(child(again, QToolButton, "recentRemoveButton"), LEFT)
    assert Settings().recent("sounds") == []
    qtbot.waitUntil(lambda: again.findChild(QPushButton, "recentOpenButton") is None)


def test_clear_goes_back_to_the_drop_zone(qtbot: QtBot, panel: DatasetPanel, folder: Path) -> None:
    opened(qtbot, panel, folder)
    changes = collected(panel.sources_changed)
    panel.clear()
    assert changes == [[]]
    assert panel.result is None
    assert child(panel, QPushButton, "openFolderButton").isVisible()


# Hearing ------------------------------------------------------------------------------------------------


class Heard:
    """What the panel asked the player for, in order."""

    def __init__(self, panel: DatasetPanel) -> None:
        self.log: list[str] = []
        panel.sound_selected.connect(self._on_selected)
        panel.play_requested.connect(self._on_play)
        panel.stop_requested.connect(self._on_stop)

    def _on_selected(self, item: PlayItem) -> None:
        self.log.append(f"show {item.title}")

    def _on_play(self, item: PlayItem) -> None:
        self.log.append(f"play {item.title}")

    def _on_stop(self) -> None:
        self.log.append("stop")

    def new(self) -> Sequence[str]:
        """What came since the last call."""
        log, self.log = self.log, []
        return log


@pytest.fixture
def sounds(qtbot: QtBot, panel: DatasetPanel, tmp_path: Path) -> SoundList:
    """The list with 1.wav to 5.wav, and a broken one at the end."""
    for number in range(1, 6):
        write_sound(tmp_path / f"{number}.wav", tone(seconds=0.1, hz=100.0 * number))
    (tmp_path / "z.wav").write_bytes(b"")
    opened(qtbot, panel, tmp_path)
    made = child(panel, SoundList, "soundList")
    made.setFocus()
    return made  # type: ignore[no-any-return]


def press(widget: QWidget, key: Qt.Key, *, repeat: bool = False, release: bool = False) -> None:
    """One key event as the window system sends it."""
    kind = QKeyEvent.Type.KeyRelease if release else QKeyEvent.Type.KeyPress
    QApplication.sendEvent(widget, QKeyEvent(kind, key, NO_KEY, "", repeat))


def test_a_click_selects_and_plays(panel: DatasetPanel, sounds: SoundList) -> None:
    heard = Heard(panel)
    place = sounds.visualRect(sounds.model().index(1, 0)).center()
    QTest.mouseClick(sounds.viewport(), LEFT, NO_KEY, place)
    assert heard.new() == ["show 2.wav", "play 2.wav"]
    QTest.mouseClick(sounds.viewport(), LEFT, NO_KEY, place)
    assert heard.new() == ["play 2.wav"]


def test_arrows_audition_and_a_held_arrow_is_silent_until_it_is_let_go(
    panel: DatasetPanel, sounds: SoundList
) -> None:
    sounds.setCurrentIndex(sounds.model().index(0, 0))
    heard = Heard(panel)
    press(sounds, Qt.Key.Key_Down)
    assert heard.new() == ["show 2.wav", "play 2.wav"]
    press(sounds, Qt.Key.Key_Down, repeat=True)
    press(sounds, Qt.Key.Key_Down, repeat=True)
    assert heard.new() == ["show 3.wav", "show 4.wav"]
    press(sounds, Qt.Key.Key_Down, release=True)
    assert heard.new() == ["play 4.wav"]
    press(sounds, Qt.Key.Key_Down)
    press(sounds, Qt.Key.Key_Down, release=True)
    assert heard.new() == ["show 5.wav", "play 5.wav"]


def test_space_plays_and_stops_enter_plays_escape_stops(panel: DatasetPanel, sounds: SoundList) -> None:
    sounds.setCurrentIndex(sounds.model().index(2, 0))
    heard = Heard(panel)
    press(sounds, Qt.Key.Key_Space)
    press(sounds, Qt.Key.Key_Space, repeat=True)
    assert heard.new() == ["play 3.wav"]
    item = panel.result
    assert item is not None
    panel.set_playing(item.files[2].path)
    press(sounds, Qt.Key.Key_Space)
    assert heard.new() == ["stop"]
    panel.set_playing(None)
    press(sounds, Qt.Key.Key_Return)
    press(sounds, Qt.Key.Key_Escape)
    assert heard.new() == ["play 3.wav", "stop"]


def test_what_cannot_be_decoded_is_neither_shown_to_the_player_nor_played(
    panel: DatasetPanel, sounds: SoundList
) -> None:
    heard = Heard(panel)
    sounds.setCurrentIndex(sounds.model().index(5, 0))
    press(sounds, Qt.Key.Key_Return)
    press(sounds, Qt.Key.Key_Space)
    assert heard.new() == []


def test_searching_and_sorting_keep_the_selected_sound(panel: DatasetPanel, sounds: SoundList) -> None:
    sounds.setCurrentIndex(sounds.model().index(1, 0))
    heard = Heard(panel)
    search = child(panel, QLineEdit, "soundSearch")
    QTest.keyClicks(search, "2")
    assert names(panel) == ["2.wav"]
    assert sounds.currentIndex().data() == "2.wav"
    search.clear()
    child(panel, QToolButton, "sortButton").sort_changed.emit(SortKey.NAME, True)
    assert names(panel)[-1] == "1.wav"
    assert sounds.currentIndex().data() == "2.wav"
    assert heard.new() == []


def test_a_thumbnail_is_drawn_once(panel: DatasetPanel, sounds: SoundList) -> None:
    panel.grab()
    kept = dict(sounds._delegate._thumbnails)
    assert len(kept) >= 5
    panel.grab()
    assert sounds._delegate._thumbnails == kept
    assert all(sounds._delegate._thumbnails[key] is kept[key] for key in kept)


def test_every_control_has_a_name_for_tests_and_one_for_people(
    qtbot: QtBot, panel: DatasetPanel, folder: Path
) -> None:
    opened(qtbot, panel, folder)
    for kind in (QPushButton, QToolButton, QLineEdit, SoundList, QListWidget):
        for widget in panel.findChildren(kind):
            if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit):
                continue
            assert widget.objectName(), widget
            if widget.objectName() != "datasetNoticeAction":  # named with what it says
                assert widget.accessibleName(), widget.objectName()

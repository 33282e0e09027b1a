"""The application around the window: start, second start, end."""

from __future__ import annotations

import faulthandler
import gc
import locale
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sda_desktop import __version__, app
from sda_desktop.errors import SdaError
from sda_desktop.ui.application import Application
from sda_desktop.ui.crash_capture import crash_file
from sda_desktop.ui.error_dialog import ErrorDialog
from sda_desktop.ui.run_state import RunState

START = "import sys; from sda_desktop.app import main; sys.exit(main(sys.argv))"


def test_create_app_gives_one_application_with_names_and_numbers_as_in_c(qapp: QApplication) -> None:
    assert app.create_app(["sda-desktop"]) is qapp
    assert sys.getswitchinterval() == pytest.approx(0.0005)
    assert qapp.applicationVersion() == __version__
    assert qapp.desktopFileName() == "sda-desktop"
    assert not qapp.windowIcon().isNull()
    assert locale.localeconv()["decimal_point"] == "."


def test_a_decimal_comma_of_the_desktop_does_not_reach_the_libraries() -> None:
    code = (
        "import locale\n"
        "from sda_desktop.app import create_app\n"
        "locale.setlocale(locale.LC_ALL, '')\n"
        "create_app([])\n"
        "assert locale.setlocale(locale.LC_NUMERIC) == 'C', locale.setlocale(locale.LC_NUMERIC)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_window_that_cannot_be_made_is_told_in_a_dialog(sda_home: Path) -> None:
    code = """
import sys
from sda_desktop import app
def fail():
    raise RuntimeError("no such widget")
def told(dialog):
    print("DIALOG", dialog._error.message, "no such widget" in dialog._error.details)
app.MainWindow = fail
app.ErrorDialog.exec = told
sys.exit(app.main(["sda-desktop"]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done.stderr
    assert done.stdout == "DIALOG Something went wrong that should not happen. True\n"
    assert "no such widget" in (sda_home / "logs" / "sda-desktop.log").read_text(encoding="utf-8")


def test_what_a_launch_asks_for(tmp_path: Path) -> None:
    launch = app.Launch.of(["--demo", str(tmp_path / "kicks"), "-platform"])
    assert launch == app.Launch((tmp_path / "kicks",), demo=True)
    assert app.Launch.of(launch.arguments()) == launch
    assert app.Launch.of([]) == app.Launch()
    assert app.Launch.of(["here"]).paths == (Path.cwd() / "here",)


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    code = (
        "import sys\n"
        "from sda_desktop.app import create_app\n"
        "from sda_desktop.ui.main_window import MainWindow\n"
        "app = create_app([])\n"
        "window = MainWindow()\n"
        "def look():\n"
        "    slow = {'torch', 'torchaudio', 'pyqtgraph', 'sounddevice', 'sklearn', 'scipy'}\n"
        "    print('slow:', sorted(slow & set(sys.modules)))\n"
        "    app.quit()\n"
        "window.first_painted.connect(look)\n"
        "window.show()\n"
        "app.exec()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "slow: []" in done.stdout


class Running:
    """The app as a process of its own, without a screen."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.log = home / "logs" / "sda-desktop.log"
        self.process = subprocess.Popen([sys.executable, "-c", START, *arguments])

    def logged(self, words: str) -> bool:
        """Whether the log says so by now."""
        assert self.process.poll() is None, "the app has ended"
        return self.log.exists() and words in self.log.read_text(encoding="utf-8")


@pytest.fixture
def start(sda_home: Path) -> Iterator[Callable[..., Running]]:
    """Start the app; it is killed after the test."""
    started: list[Running] = []

    def launch(*arguments: str) -> Running:
        started.append(Running(sda_home, *arguments))
        return started[-1]

    yield launch
    for running in started:
        running.process.kill()
        running.process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_start_second_start_and_a_clean_end(
    start: Callable[..., Running], qtbot: QtBot, small_corpus: Path
) -> None:
    first = start()
    qtbot.waitUntil(lambda: first.logged("Window visible"), timeout=30_000)
    second = subprocess.run([sys.executable, "-c", START, str(small_corpus)], check=False, timeout=30)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: first.logged("Asked by a second launch"), timeout=10_000)
    # In the middle of importing the engine, as it happens: that must not matter.
    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(30) == 0
    assert not crash_file().exists()
    text = first.log.read_text(encoding="utf-8")
    assert "ERROR" not in text
    assert "CRITICAL" not in text


@pytest.fixture
def desktop(qapp: QApplication, qtbot: QtBot) -> Iterator[app.Desktop]:
    """The window and everything around it, in this process."""
    was_enabled = faulthandler.is_enabled()
    made = app.Desktop(app.create_app([]), app.Launch())
    yield made
    made.window.close()
    made.end()
    # Its hundreds of widgets would make each change of the theme slower in all tests that follow.
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gc.isenabled()
    if was_enabled and sys.__stderr__ is not None:
        faulthandler.enable(sys.__stderr__)


def test_an_error_nobody_caught_is_shown_once_however_often_it_happens(
    desktop: app.Desktop, qtbot: QtBot
) -> None:
    def fail() -> None:
        raise SdaError("It went wrong.")

    for _ in range(3):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(desktop.window.findChildren(ErrorDialog)))
    qtbot.waitUntil(lambda: len(desktop.window.findChildren(ErrorDialog)) == 1)
    dialog = desktop.window.findChildren(ErrorDialog)[0]
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_a_full_collection_does_not_go_through_torch_while_training(desktop: app.Desktop) -> None:
    before = gc.get_freeze_count()
    try:
        desktop.window.runner.state_changed.emit(RunState.RUNNING)
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_what_the_system_hands_over_is_opened_together(
    desktop: app.Desktop, qapp: QApplication, qtbot: QtBot, small_corpus: Path
) -> None:
    qtbot.waitUntil(lambda: desktop._started)
    sounds = tuple(sorted(small_corpus.glob("*.flac"))[:3])
    with qtbot.waitSignal(desktop.window.sounds.scan_finished, timeout=20_000) as scanned:
        for sound in sounds:
            QCoreApplication.postEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(sound))))
    assert scanned.args[0].sources == sounds


def test_what_the_app_was_started_for_is_opened_after_the_first_paint(
    qapp: Application, qtbot: QtBot, small_corpus: Path, desktop: app.Desktop
) -> None:
    assert not desktop._started  # nothing has been painted yet
    with qtbot.waitSignal(desktop.window.sounds.scan_finished, timeout=20_000) as scanned:
        qapp.paths_opened.emit([small_corpus])
    assert scanned.args[0].sources == (small_corpus,)


def test_an_address_that_is_no_file_is_not_opened(qapp: Application, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(qapp.paths_opened, wait=50):
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/kick.wav")))


def test_the_arguments_of_the_start_are_opened_after_the_first_paint(
    desktop: app.Desktop, qtbot: QtBot, small_corpus: Path
) -> None:
    with qtbot.waitSignal(desktop.window.sounds.scan_finished, timeout=20_000) as scanned:
        desktop.open(app.Launch((small_corpus,)))
    assert scanned.args[0].sources == (small_corpus,)

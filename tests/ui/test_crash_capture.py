"""Exceptions of any thread end in the GUI thread; a crash below Python is told at the next start."""

from __future__ import annotations

import faulthandler
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot
from pytestqt.qtbot import QtBot

from sda_desktop.errors import BadInputError, SdaError
from sda_desktop.ui.crash_capture import PREVIOUS_CRASH_NAME, CrashCapture, crash_file


@pytest.fixture(autouse=True)
def _pytests_own_fault_handler() -> Iterator[None]:
    was_enabled = faulthandler.is_enabled()
    yield
    if was_enabled and sys.__stderr__ is not None:
        faulthandler.enable(sys.__stderr__)


@pytest.fixture
def capture(qtbot: QtBot) -> Iterator[CrashCapture]:
    """Installed, and taken away again."""
    made = CrashCapture()
    made.install()
    yield made
    made.uninstall()


class Worker(QObject):
    """Fails in a slot, in another thread."""

    go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.go.connect(self._on_go)

    @Slot()
    def _on_go(self) -> None:
        raise ValueError("in a QThread")


def test_an_exception_of_a_python_thread_arrives_in_the_gui_thread(
    capture: CrashCapture, qtbot: QtBot
) -> None:
    arrived_on: list[int] = []
    capture.error_caught.connect(lambda _: arrived_on.append(threading.get_ident()))

    def fail() -> None:
        raise ValueError("in a thread")

    with qtbot.waitSignal(capture.error_caught) as caught:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        assert not arrived_on, "the dialog would have been made in the wrong thread"
    assert arrived_on == [threading.get_ident()]
    assert isinstance(caught.args[0], SdaError)
    assert "ValueError: in a thread" in caught.args[0].details


def test_an_exception_in_a_slot_of_a_qthread_arrives_in_the_gui_thread(
    capture: CrashCapture, qtbot: QtBot
) -> None:
    thread, worker = QThread(), Worker()
    worker.moveToThread(thread)
    thread.start()
    with qtbot.waitSignal(capture.error_caught) as caught:
        worker.go.emit()
    assert "in a QThread" in caught.args[0].details
    thread.quit()
    assert thread.wait(5000)


def test_our_own_errors_keep_their_words(capture: CrashCapture, qtbot: QtBot) -> None:
    error = BadInputError("There are no sounds.", "Open some.")

    def fail() -> None:
        raise error

    with qtbot.waitSignal(capture.error_caught) as caught:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert caught.args[0] is error


def test_a_session_that_ends_well_leaves_nothing(qtbot: QtBot) -> None:
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = CrashCapture()
    made.install()
    assert crash_file().exists()
    assert made.previous_crash == ""
    made.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks
    assert not crash_file().exists()


def test_a_crash_is_told_once_at_the_next_start(qtbot: QtBot) -> None:
    crashing = (
        "import faulthandler\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from sda_desktop.ui.crash_capture import CrashCapture\n"
        "app = QCoreApplication([])\n"
        "CrashCapture().install()\n"
        "faulthandler._sigsegv()\n"
    )
    done = subprocess.run([sys.executable, "-c", crashing], check=False, capture_output=True)
    assert done.returncode != 0
    for expected in ("Segmentation fault", ""):
        made = CrashCapture()
        made.install()
        assert expected in made.previous_crash
        assert bool(made.previous_crash) is bool(expected)
        made.uninstall()
    assert (crash_file().parent / PREVIOUS_CRASH_NAME).read_text(encoding="utf-8")

"""The second launch and the first window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from sda_desktop.ui.single_instance import SingleInstance, hand_over, server_name

HAND_OVER = (
    "import sys\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "from sda_desktop.ui.single_instance import hand_over\n"
    "app = QCoreApplication([])\n"
    "sys.exit(0 if hand_over(sys.argv[1:]) else 3)\n"
)


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[SingleInstance]:
    """The first window's end, listening."""
    made = SingleInstance()
    assert made.listen()
    yield made
    made.close()


def test_nobody_there(qtbot: QtBot) -> None:
    assert not hand_over(["/sounds"])


def test_the_arguments_of_a_second_launch_arrive(first: SingleInstance, qtbot: QtBot, tmp_path: Path) -> None:
    received: list[list[str]] = []
    first.arguments_received.connect(received.append)
    second = QProcess()
    with qtbot.waitSignal(second.finished, timeout=20_000):
        second.start(sys.executable, ["-c", HAND_OVER, "--demo", str(tmp_path / "my sounds é")])
    assert second.exitCode() == 0
    assert received == [["--demo", str(tmp_path / "my sounds é")]]


def test_another_home_is_another_app(
    first: SingleInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = server_name()
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(tmp_path))
    assert server_name() != name
    assert not hand_over([])


def test_what_a_crash_left_behind_is_no_obstacle(qtbot: QtBot) -> None:
    crash = (
        "import os\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from sda_desktop.ui.single_instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        "assert SingleInstance().listen()\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", crash], check=False).returncode == 9
    assert not hand_over([])
    made = SingleInstance()
    assert made.listen()
    made.close()


@pytest.mark.parametrize("message", [b"{not json\n", b'{"paths": []}\n', b"[1, 2]\n"])
def test_a_message_that_is_no_list_of_arguments_is_turned_away(
    first: SingleInstance, qtbot: QtBot, message: bytes
) -> None:
    seen: list[object] = []
    first.arguments_received.connect(seen.append)
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(message)
        socket.flush()
    assert seen == []


def test_a_window_that_does_not_answer_does_not_keep_the_second_from_opening(
    first: SingleInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here nobody serves the first window's events: it connects, but no answer comes."""
    monkeypatch.setattr("sda_desktop.ui.single_instance.ANSWER_MS", 100)
    assert not hand_over(["/sounds"])

"""What is asked of the desktop over its bus: messages to the user, and whether things shall stand still."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from session_bus import SessionBus, own_bus

from sda_desktop import session_bus as asked

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Only Linux has a session bus"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed"),
]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    """A bus with nobody on it, which this process takes for the desktop's."""
    made = SessionBus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
    yield made
    made.stop()


def test_a_message_is_shown_by_the_desktop(bus: SessionBus) -> None:
    desktop = bus.serve("org.freedesktop.Notifications", lambda *_: ("u", (1,)))
    shown = asked.show_message("My kicks", "Finished: 40 epochs <best> & kept", "Show", 15_000)
    assert shown is not None
    shown.close()
    _, method, values = desktop.calls[0]
    assert method == "Notify"
    assert (values[0], values[3]) == ("SDA Desktop", "My kicks")
    assert values[4] == "Finished: 40 epochs &lt;best&gt; &amp; kept"
    assert values[5] == ["default", "Show"]
    assert values[6]["desktop-entry"] == ("s", "sda-desktop")
    assert values[7] == 15_000


NOTIFICATIONS = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications")


@pytest.mark.parametrize(
    ("signals", "said"),
    [
        ([("ActionInvoked", (7, "default"))], ""),
        ([("ActivationToken", (7, "abc")), ("ActionInvoked", (7, "default"))], "abc"),
        ([("ActionInvoked", (3, "default")), ("NotificationClosed", (7, 1))], None),
    ],
)
def test_a_click_on_a_message_is_heard(
    bus: SessionBus, signals: list[tuple[str, tuple[Any, ...]]], said: str | None
) -> None:
    desktop = bus.serve("org.freedesktop.Notifications", lambda *_: ("u", (7,)))
    shown = asked.show_message("My kicks", "Finished", "Show", 1000)
    assert shown is not None
    for name, values in signals:
        desktop.tell(NOTIFICATIONS, name, "uu" if name == "NotificationClosed" else "us", values)
    assert shown.wait_for_click() == said
    shown.close()


def test_nobody_waits_for_a_click_when_the_bus_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = SessionBus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    bus.serve("org.freedesktop.Notifications", lambda *_: ("u", (7,)))
    shown = asked.show_message("My kicks", "Finished", "Show", 1000)
    assert shown is not None
    bus.stop()
    assert shown.wait_for_click() is None
    shown.close()


def test_a_desktop_that_shows_no_messages_says_so(bus: SessionBus) -> None:
    assert not asked.show_message("My kicks", "Finished", "Show", 1000)
    bus.serve("org.freedesktop.Notifications", lambda *_: None)
    assert not asked.show_message("My kicks", "Finished", "Show", 1000)


def test_without_a_bus_there_is_no_message_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert not asked.show_message("My kicks", "Finished", "Show", 1000)
    assert not asked.wants_less_motion()


@pytest.mark.parametrize(
    ("settings", "still"),
    [
        ({("org.freedesktop.appearance", "reduced-motion"): ("u", 1)}, True),
        ({("org.freedesktop.appearance", "reduced-motion"): ("u", 0)}, False),
        ({("org.gnome.desktop.interface", "enable-animations"): ("b", False)}, True),
        ({("org.gnome.desktop.interface", "enable-animations"): ("b", True)}, False),
        ({("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): ("s", "0")}, True),
        ({("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): ("s", "1.0")}, False),
        ({}, False),
    ],
)
def test_the_wish_for_stillness_is_read(
    bus: SessionBus, settings: dict[tuple[str, str], tuple[str, Any]], still: bool
) -> None:
    def answer(_: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        return ("v", (settings[values],)) if values in settings else None

    bus.serve("org.freedesktop.portal.Desktop", answer)
    assert asked.wants_less_motion() is still


def test_a_killed_training_keeps_no_computer_awake(bus: SessionBus) -> None:
    desktop = bus.serve("org.gnome.SessionManager", lambda *_: ("u", (7,)))
    program = (
        "import time\nfrom sda_desktop.keep_awake import keep_awake\n"
        "with keep_awake():\n    print('awake', flush=True)\n    time.sleep(60)"
    )
    checkout = Path(asked.__file__).parents[1]
    training = subprocess.Popen(
        [sys.executable, "-c", program], env=own_bus(bus.env), cwd=checkout, stdout=subprocess.PIPE
    )
    assert training.stdout is not None
    assert training.stdout.readline() == b"awake\n"
    caller = next(caller for caller, method, _ in desktop.calls if method == "Inhibit")
    assert caller not in desktop.gone  # its wish holds as long as it is on the bus
    os.kill(training.pid, signal.SIGKILL)
    training.communicate()
    assert desktop.wait_for(lambda: caller in desktop.gone)

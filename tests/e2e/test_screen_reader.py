"""What a screen reader is told: the window's tree on the desktop's accessibility bus (AT-SPI 2)."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from running_app import RunningApp
from session_bus import SessionBus
from x_server import XServer

SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
# Of AT-SPI's lists of relations and of states.
LABELLED_BY, SHOWING = 2, 25

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not SERVICE.exists(), reason="The accessibility bus (at-spi2-core) is not installed"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="AT-SPI is Linux's"),
]


@pytest.fixture
def bus() -> Iterator[SessionBus]:
    """A session bus, which starts the accessibility bus when it is asked for."""
    made = SessionBus()
    yield made
    made.stop()


def ask(bus: DBusConnection, call: Any) -> Any:  # noqa: ANN401 - a message, and what D-Bus answers
    """The first value of the answer."""
    return bus.send_and_get_reply(call, timeout=20).body[0]


def children(bus: DBusConnection, name: str, path: str) -> list[tuple[str, str]]:
    """The elements in an element: bus name and path of each."""
    address = DBusAddress(path, name, ACCESSIBLE)
    return [(n, p) for n, p in ask(bus, new_method_call(address, "GetChildren"))]


def told(bus: DBusConnection, name: str, path: str) -> tuple[str, str]:
    """Role and name of an element; of a choice what names it, for its own name is what is chosen."""
    address = DBusAddress(path, name, ACCESSIBLE)
    role = str(ask(bus, new_method_call(address, "GetRoleName")))
    words = str(ask(bus, Properties(address).get("Name"))[1])
    if role == "combo box":
        relations = ask(bus, new_method_call(address, "GetRelationSet"))
        labels = [elements[0] for kind, elements in relations if kind == LABELLED_BY]
        described = ask(bus, Properties(address).get("Description"))[1]
        words = told(bus, *labels[0])[1] if labels else str(described)
    return role, words


def is_showing(bus: DBusConnection, name: str, path: str) -> bool:
    """Whether it can be seen."""
    states = ask(bus, new_method_call(DBusAddress(path, name, ACCESSIBLE), "GetState"))
    return bool(states[0] >> SHOWING & 1)


def walk(bus: DBusConnection, name: str, path: str) -> Iterator[tuple[str, str]]:
    """Role and name of everything to be seen in an element; what is in lists is left out."""
    for child_name, child in children(bus, name, path):
        if not is_showing(bus, child_name, child):
            continue
        said = told(bus, child_name, child)
        yield said
        if said[0] not in ("list", "tree", "table", "list box"):
            yield from walk(bus, child_name, child)


def test_the_window_is_told_on_the_accessibility_bus(
    x_display: XServer, bus: SessionBus, sda_home: Path, tmp_path: Path
) -> None:
    env = {**bus.env, "SDA_DESKTOP_HOME": str(sda_home), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    app = RunningApp(x_display, env, log=tmp_path / "app.log")
    try:
        app.fill_screen()
        app.wait_for_widget("trainButton", enabled=False)
        with closing(open_dbus_connection(bus=bus.address)) as session:
            place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = ask(session, new_method_call(place, "GetAddress"))
        with closing(open_dbus_connection(bus=address)) as reader:
            registry = ("org.a11y.atspi.Registry", ROOT)
            apps = app.wait_for("the app on the bus", lambda: children(reader, *registry))
            found = list(walk(reader, *apps[0]))
    finally:
        app.kill()
    for wanted in (("push button", "Train"), ("combo box", "Preset"), ("slider", "Level in dB")):
        assert wanted in found, [element for element in found if element[0] == wanted[0]]
    used = ("button", "combo box", "slider", "spin button", "check box", "text", "tree")
    assert [role for role, name in found if role.endswith(used) and not name] == []
    assert len(found) > 60

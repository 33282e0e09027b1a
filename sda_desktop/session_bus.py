"""The desktop's session bus on Linux: messages to the user, and the settings of the desktop.

Qt has no ways of its own for these.  Everything here may block for as long as another program takes to
answer, so it belongs in a thread; where there is no bus, or nobody on it who knows, the answer is no.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_log = logging.getLogger(__name__)

APP = "SDA Desktop"
DESKTOP_ENTRY = "sda-desktop"
ANSWER_S = 3.0

# Where desktops say that they want no motion: namespace, key, and the value that means it.
_STILL = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", False),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor", "0"),
)


def show_message(title: str, text: str, shown_ms: int) -> bool:
    """Have the desktop show a message (Desktop Notifications Specification 1.2); whether it does."""
    hints = {"desktop-entry": ("s", DESKTOP_ENTRY), "category": ("s", "transfer.complete")}
    # The text may hold markup by that specification, and a name may hold its signs.
    for sign, word in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, word)
    said = _ask(
        ("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"),
        "Notify",
        "susssasa{sv}i",
        (APP, 0, DESKTOP_ENTRY, title, text, [], hints, shown_ms),
    )
    return said is not None


def wants_less_motion() -> bool:
    """Whether the desktop's settings, as its portal tells them, ask for no animations."""
    for namespace, key, still in _STILL:
        said = _ask(
            (
                "/org/freedesktop/portal/desktop",
                "org.freedesktop.portal.Desktop",
                "org.freedesktop.portal.Settings",
            ),
            "ReadOne",
            "ss",
            (namespace, key),
        )
        if said and said[0][1] == still:
            return True
    return False


def _ask(address: tuple[str, str, str], method: str, signature: str, body: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """What a method answers, or None."""
    with _connected() as connection:
        if connection is None:
            return None
        from jeepney import DBusAddress, MessageType, new_method_call

        path, name, interface = address
        call = new_method_call(DBusAddress(path, name, interface), method, signature, body)
        try:
            reply = connection.send_and_get_reply(call, timeout=ANSWER_S)
        except (OSError, EOFError) as error:  # which a timeout is too
            _log.debug("%s did not answer: %s", name, error)
            return None
        if reply.header.message_type is MessageType.error:
            _log.debug("%s does not know %s: %s", name, method, reply.body)
            return None
        return reply.body


@contextmanager
def _connected() -> Iterator[Any]:
    """A connection to the session bus; None where there is none."""
    connection = None
    if sys.platform.startswith("linux"):
        try:
            from jeepney.io.blocking import open_dbus_connection

            connection = open_dbus_connection(bus="SESSION")
        except Exception as error:
            # Also no address, a bus of another user, or a package without the library.
            _log.debug("No session bus: %s", error)
    try:
        yield connection
    finally:
        if connection is not None:
            connection.close()

"""The desktop's session bus on Linux: messages to the user, and the settings of the desktop.

Qt has no ways of its own for these.  Everything here may block for as long as another program takes to
answer, so it belongs in a thread; where there is no bus, or nobody on it who knows, the answer is no.
"""

from __future__ import annotations

import logging
import sys
from contextlib import closing
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


class ShownMessage:
    """A message that the desktop shows; belongs to one thread at a time, and is closed by who holds it."""

    def __init__(self, connection: Any, number: int) -> None:  # noqa: ANN401 - the library has no types
        self._connection = connection
        self._number = number

    def wait_for_click(self) -> str | None:
        """Wait until the user clicks it, however long that takes.

        Returns: what lets a window come to the front ("" where the desktop hands out no such token), or None
        if the message went away without a click.
        """
        from jeepney import HeaderFields

        token = ""
        while True:
            try:
                said = self._connection.receive()
            except (OSError, EOFError) as error:  # the bus has ended, or close() was called
                _log.debug("Nothing more is heard of a message: %s", error)
                return None
            member = said.header.fields.get(HeaderFields.member)
            if not said.body or said.body[0] != self._number:
                continue
            if member == "ActivationToken":
                token = str(said.body[1])
            elif member == "ActionInvoked":
                return token
            elif member == "NotificationClosed":
                return None

    def close(self) -> None:
        """Hear no more of it; the message itself stays."""
        self._connection.close()


def show_message(title: str, text: str, click: str, shown_ms: int) -> ShownMessage | None:
    """Have the desktop show a message (Desktop Notifications Specification 1.2); None if it does not.

    click: what a click on it does, in words.
    """
    hints = {"desktop-entry": ("s", DESKTOP_ENTRY), "category": ("s", "transfer.complete")}
    # The text may hold markup by that specification, and a name may hold its signs.
    for sign, word in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, word)
    connection = _connect()
    if connection is None:
        return None
    _hear_signals(connection, "org.freedesktop.Notifications")
    said = _ask(
        connection,
        ("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"),
        "Notify",
        "susssasa{sv}i",
        (APP, 0, DESKTOP_ENTRY, title, text, ["default", click], hints, shown_ms),
    )
    if said is None:
        connection.close()
        return None
    return ShownMessage(connection, said[0])


def wants_less_motion() -> bool:
    """Whether the desktop's settings, as its portal tells them, ask for no animations."""
    connection = _connect()
    if connection is None:
        return False
    with closing(connection):
        for namespace, key, still in _STILL:
            said = _ask(
                connection,
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


def _ask(
    connection: Any,  # noqa: ANN401 - the library has no types
    address: tuple[str, str, str],
    method: str,
    signature: str,
    body: tuple[Any, ...],
) -> Any:  # noqa: ANN401
    """What a method answers, or None."""
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


def _hear_signals(connection: Any, interface: str) -> None:  # noqa: ANN401
    """Have the bus hand the signals of an interface to this connection."""
    from jeepney import MatchRule, message_bus

    rule = MatchRule(type="signal", interface=interface)
    try:
        connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=ANSWER_S)
    except (OSError, EOFError) as error:
        _log.debug("The bus hands no signals over: %s", error)


def _connect() -> Any:  # noqa: ANN401
    """A connection to the session bus; None where there is none."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        from jeepney.io.blocking import open_dbus_connection

        return open_dbus_connection(bus="SESSION")
    except Exception as error:
        # Also no address, a bus of another user, or a package without the library.
        _log.debug("No session bus: %s", error)
        return None

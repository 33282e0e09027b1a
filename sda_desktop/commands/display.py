"""Whether a window can be opened here: Qt itself aborts the process when it cannot."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

X_SOCKETS = Path("/tmp/.X11-unix")
X_PORT = 6000
CONNECT_TIMEOUT_S = 2.0
_DISPLAY = re.compile(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?")


def missing_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Why no window can be opened, as a sentence; "" when one can.

    Only X11 and Wayland can be missing; a Qt platform that the user chose is taken at his word.
    """
    if not platform.startswith(("linux", "freebsd")):
        return ""
    # Qt tries them in turn; each may carry options behind a colon.
    chosen = [part for part in environment.get("QT_QPA_PLATFORM", "").split(";") if part]
    if any(not part.startswith(("xcb", "wayland")) for part in chosen):
        return ""
    wayland = environment.get("WAYLAND_DISPLAY", "") if _may_be("wayland", chosen) else ""
    x11 = environment.get("DISPLAY", "") if _may_be("xcb", chosen) else ""
    if wayland and _wayland_answers(wayland, environment):
        return ""
    if x11 and _x_answers(x11):
        return ""
    if not x11 and not wayland and chosen:
        return f"There is no display for QT_QPA_PLATFORM={';'.join(chosen)}, so no window can be opened."
    if not x11 and not wayland:
        return "There is no display here, so no window can be opened."
    return f"The display {x11 or wayland} does not answer, so no window can be opened."


def _may_be(platform: str, chosen: Sequence[str]) -> bool:
    return not chosen or any(part.startswith(platform) for part in chosen)


def _wayland_answers(name: str, environment: Mapping[str, str]) -> bool:
    # An absolute name stands for itself.
    return _answers(socket.AF_UNIX, str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))


def _x_answers(display: str) -> bool:
    match = _DISPLAY.fullmatch(display)
    if match is None:
        return False
    host, number = match["host"], int(match["number"])
    if host in ("", "unix") or host.startswith("/"):
        name = f"{X_SOCKETS}/X{number}"
        return _answers(socket.AF_UNIX, "\0" + name) or _answers(socket.AF_UNIX, name)
    return _answers(socket.AF_INET, (host, X_PORT + number)) or _answers(
        socket.AF_INET6, (host, X_PORT + number)
    )


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(CONNECT_TIMEOUT_S)
        try:
            connection.connect(address)
        except OSError:
            return False
    return True

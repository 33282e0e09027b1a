"""Whether things may move that could as well stand still: the user's choice, or the system's."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from sda_desktop import session_bus
from sda_desktop.ui.background import Background

Choice = Literal["system", "full", "reduced"]
CHOICES: tuple[Choice, ...] = ("system", "full", "reduced")

_SPI_GETCLIENTAREAANIMATION = 0x1042


class Motion(QObject):
    """Knows the choice, and asks the system whenever the user comes back to the app."""

    def __init__(self) -> None:
        super().__init__()
        self.choice: Choice = "system"
        self._system_reduces = False
        self._asker = Background(self)
        self._followed: QGuiApplication | None = None

    @property
    def reduced(self) -> bool:
        """Whether what moves without need stands still."""
        return self.choice == "reduced" or (self.choice == "system" and self._system_reduces)

    def follow(self, app: QGuiApplication, choice: str) -> None:
        """Take the user's choice (an unknown one counts as "system"), and follow the system from now on."""
        self.choice = next((known for known in CHOICES if known == choice), "system")
        if self._followed is not app:
            self._followed = app
            app.applicationStateChanged.connect(self._on_application_state_changed)

    @Slot(Qt.ApplicationState)
    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._asker.start(system_reduces, self._on_answer)

    def _on_answer(self, reduces: bool) -> None:
        self._system_reduces = reduces


@cache
def motion() -> Motion:
    """The one object that knows."""
    return Motion()


def reduced() -> bool:
    """Whether what moves without need stands still."""
    return motion().reduced


def system_reduces() -> bool:
    """Ask the system; may take a moment."""
    if sys.platform == "win32":
        return not _windows_animates()
    if sys.platform == "darwin":
        return _mac_reduces()
    return session_bus.wants_less_motion()


def _windows_animates() -> bool:
    """Settings, Accessibility, Visual effects, Animation effects."""
    on = ctypes.c_int(1)
    if sys.platform == "win32":
        ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0)
    return bool(on.value)


def _mac_reduces() -> bool:
    """[[NSWorkspace sharedWorkspace] accessibilityDisplayShouldReduceMotion]."""
    library = ctypes.util.find_library("objc")
    if library is None:
        return False
    objc = ctypes.CDLL(library)
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]

    def send(target: int | None, name: bytes, result: type) -> int | None:
        call = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
        return call(target, objc.sel_registerName(name)) if target else None

    workspace = send(objc.objc_getClass(b"NSWorkspace"), b"sharedWorkspace", ctypes.c_void_p)
    return bool(send(workspace, b"accessibilityDisplayShouldReduceMotion", ctypes.c_bool))

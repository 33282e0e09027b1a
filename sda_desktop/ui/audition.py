"""Stepping through a list of sounds by the keyboard: what the cursor comes to is heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

MOVE_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class Audition:
    """Plays the sound that a key moved the cursor to; while the key repeats none, and the last one at its
    release."""

    def __init__(self, view: QAbstractItemView, play: Callable[[], object]) -> None:
        """play: plays the sound under the cursor."""
        self._view = view
        self._play = play
        self._repeated = False

    def press(self, event: QKeyEvent, move: Callable[[QKeyEvent], None]) -> None:
        """Let `move`, the view's own handling, take a key that was pressed."""
        before = self._view.currentIndex().row()
        move(event)
        if Qt.Key(event.key()) in MOVE_KEYS:
            self._repeated = event.isAutoRepeat()
            if not self._repeated and self._view.currentIndex().row() != before:
                self._play()

    def release(self, event: QKeyEvent) -> None:
        """A key was let go."""
        if self._repeated and not event.isAutoRepeat() and Qt.Key(event.key()) in MOVE_KEYS:
            self._repeated = False
            self._play()

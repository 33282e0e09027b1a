"""Showing a window: no larger than the screen has room for, and above the others."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

# What a title bar and a frame take at most, where they are widest; known only once the window is shown.
FRAME = QSize(16, 40)


def is_room(window: QSize, screen: QSize) -> bool:
    """Whether a window of this size fits with its frame into what the screen leaves to windows."""
    return (
        window.width() + FRAME.width() <= screen.width()
        and window.height() + FRAME.height() <= screen.height()
    )


def show_within_screen(window: QWidget) -> None:
    """Show a window; one that the screen has no room for takes all there is.

    Otherwise its lower edge, where the player stands, would lie under the task bar of a small laptop.  On a
    screen that is too small for any size of it, it keeps its own, so that all of it can be moved into sight.
    """
    screen = window.screen().availableGeometry().size()
    smallest = window.minimumSize()
    too_small = screen.width() < smallest.width() or screen.height() < smallest.height()
    if is_room(window.size(), screen) or too_small or window.isFullScreen():
        window.show()
    else:
        window.showMaximized()


def bring_to_front(window: QWidget) -> None:
    """Show a window above the others."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()

"""A bar of progress that may begin as one that only says: under way."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QProgressBar

from sda_desktop.ui import motion


class ProgressLine(QProgressBar):
    """Moves by itself while its range is 0 to 0, and only then, and not for who wants no motion.

    Qt ends that animation only when it paints some progress: while a long training is at nought it would
    paint the window 30 times a second.
    """

    def event(self, event: QEvent) -> bool:
        still = self.maximum() > self.minimum() or motion.reduced()
        if event.type() == QEvent.Type.StyleAnimationUpdate and still:
            event.ignore()  # this ends it
            return True
        return super().event(event)

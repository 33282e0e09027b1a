"""The application object: what the system asks of the app as a whole, as signals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Emits `paths_opened` (list of Path) for files and folders that the system hands over.

    macOS gives a double-clicked file, or what is dropped on the icon in the Dock, to the app as events and
    not as arguments, one event per file.  A filter on the application would see every event of every widget
    and make the window wait for Python's lock each time; `event` sees only those that are meant for the
    application itself.
    """

    paths_opened = Signal(object)

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(list(argv))
        self._opened: list[Path] = []

    def event(self, event: QEvent) -> bool:
        """Take the files; everything else is Qt's."""
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        # Not every address that can be sent here is a file.
        if path := event.file():
            if not self._opened:
                QTimer.singleShot(0, self._hand_on)  # when all of them have come
            self._opened.append(Path(path).absolute())
        return True

    @Slot()
    def _hand_on(self) -> None:
        opened, self._opened = self._opened, []
        self.paths_opened.emit(opened)

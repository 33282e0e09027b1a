"""A window of the app's kind with sounds that can be dragged out of it, and copied with "c".

Started as `python drag_window.py X Y`; prints "ready", then "made" when the files of a drag are there,
"dragged True" or the like after each drag and "copied N" after each copy.  Its two sounds take a moment to
make, as real ones do.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from sda_desktop.errors import SdaError
from sda_desktop.generation.export_batch import SoundJob
from sda_desktop.ui.drag_out import DragOut

SIZE = 120
RATE_HZ = 44_100


def ramp(seconds: float) -> Iterator[NDArray[np.float32]]:
    """A sound that is not the same anywhere, made in blocks."""
    for block in np.array_split(np.linspace(-0.5, 0.5, round(seconds * RATE_HZ), dtype=np.float32), 10):
        threading.Event().wait(0.02)
        yield block[None]


JOBS = [
    SoundJob("Glücksklang / 1", 7, "Strings", lambda: ramp(0.5), RATE_HZ, 0.5, key="one"),
    SoundJob("Two", 8, "Strings", lambda: ramp(0.3), RATE_HZ, 0.3, key="two"),
]


class DragWindow(QWidget):
    """A square from which the sounds are dragged."""

    def __init__(self, x: int, y: int) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setGeometry(x, y, SIZE, SIZE)
        self._out = DragOut(self)
        self._out.busy_changed.connect(lambda busy: None if busy else say("made"))
        self._out.dragged.connect(lambda taken: say(f"dragged {taken}"))
        self._out.copied.connect(lambda number: say(f"copied {number}"))
        self._out.failed.connect(self._on_failed)
        self._dragging = False

    def _on_failed(self, error: SdaError) -> None:
        say(f"failed {error}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.darkBlue)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragging:
            self._dragging = True
            self._out.drag(self, JOBS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "c":
            self._out.copy_to_clipboard(JOBS[:1])


def say(text: str) -> None:
    """Tell the test."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Show the window and stay until killed."""
    app = QApplication(sys.argv[:1])
    window = DragWindow(int(sys.argv[1]), int(sys.argv[2]))
    window.show()
    QTimer.singleShot(0, lambda: say("ready"))
    app.exec()


if __name__ == "__main__":
    main()

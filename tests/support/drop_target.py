"""A second program, as a DAW or a file manager would be: a small window that takes dropped and pasted files.

Started as `python drop_target.py X Y RESULT`; prints "ready" when its window is on the screen.  Each drop,
and each press of "v" in it (a paste), appends one line of JSON to RESULT: kind, formats, action, urls, and
what libsndfile says of each file at that moment.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import soundfile
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

SIZE = 120


def sound(path: str) -> dict[str, Any]:
    """What another program sees in the file."""
    with soundfile.SoundFile(path) as file:
        return {
            "path": path,
            "format": file.format,
            "subtype": file.subtype,
            "rate": file.samplerate,
            "frames": file.frames,
            "title": file.title,
        }


class DropTarget(QWidget):
    """A square that takes file URLs."""

    def __init__(self, x: int, y: int, result: Path) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._result = result
        self.setAcceptDrops(True)
        self.setGeometry(x, y, SIZE, SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.darkGreen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._keep("drop", event.mimeData(), str(event.dropAction().name))
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "v":
            self._keep("paste", QGuiApplication.clipboard().mimeData(), "")

    def _keep(self, kind: str, data: QMimeData, action: str) -> None:
        got = {
            "kind": kind,
            "action": action,
            "formats": data.formats(),
            "urls": [url.toString() for url in data.urls()],
            "sounds": [sound(url.toLocalFile()) for url in data.urls() if url.isLocalFile()],
        }
        with self._result.open("a", encoding="utf-8") as file:
            file.write(json.dumps(got) + "\n")


def say_ready() -> None:
    """Tell the test that the window is there."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def main() -> None:
    """Show the window and stay until killed."""
    app = QApplication(sys.argv[:1])
    QGuiApplication.setApplicationDisplayName("Another program")
    target = DropTarget(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    target.show()
    QTimer.singleShot(0, say_ready)
    app.exec()


if __name__ == "__main__":
    main()

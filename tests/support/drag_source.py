"""A second program, as a file manager would be: a small window from which a folder can be dragged.

Started as `python drag_source.py X Y FOLDER...`; prints "ready" when its window is on the screen and
"dropped ACTION" after each drag.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

SIZE = 80


class DragSource(QWidget):
    """A square that starts a drag of the given paths when the mouse moves with its button down."""

    def __init__(self, position: QPoint, paths: list[str]) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._paths = paths
        self.setGeometry(position.x(), position.y(), SIZE, SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.darkBlue)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(data)
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction, Qt.DropAction.CopyAction)
        sys.stdout.write(f"dropped {action.name}\n")
        sys.stdout.flush()


def say_ready() -> None:
    """Tell the test that the window is there."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def main() -> None:
    """Show the window and stay until killed."""
    app = QApplication(sys.argv[:1])
    QGuiApplication.setApplicationDisplayName("Files")
    source = DragSource(QPoint(int(sys.argv[1]), int(sys.argv[2])), sys.argv[3:])
    source.show()
    QTimer.singleShot(0, say_ready)
    app.exec()


if __name__ == "__main__":
    main()

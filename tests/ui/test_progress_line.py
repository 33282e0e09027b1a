"""A bar of progress stands still once it knows how far something is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sda_desktop.ui import theme
from sda_desktop.ui.progress_line import ProgressLine


class Moves(QObject):
    """Counts what makes a bar move by itself."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleAnimationUpdate
        return False


def test_it_moves_by_itself_only_while_nobody_knows_how_far(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "dark")
    line = ProgressLine()
    qtbot.addWidget(line)
    moves = Moves()
    line.installEventFilter(moves)
    line.setRange(0, 0)
    line.resize(200, 4)
    line.show()
    qtbot.waitUntil(lambda: moves.count > 2)
    line.setRange(0, 100)
    line.setValue(0)  # Qt itself ends it with the first thousandth that is done
    qtbot.wait(100)
    last = moves.count
    qtbot.wait(200)
    assert moves.count == last
    line.setRange(0, 0)
    qtbot.waitUntil(lambda: moves.count > last + 2)

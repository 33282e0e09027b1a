"""Sentences that wait above the panels without being in the way: an interrupted run, a warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.notice_bar import NoticeBar

MOST_SHOWN = 3


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bar says.  A newer notice with the same key replaces the older one.

    act: what the button called `action` does; it closes the notice, too.  dismissed: what to do when the
    notice is closed by its cross.
    """

    key: str
    text: str
    sign: str = "info"
    action: str = ""
    act: Callable[[], object] = _nothing
    dismissed: Callable[[], object] = _nothing


class NoticeArea(QWidget):
    """The notices, newest on top; no room is taken while there is none."""

    changed = Signal()  # there is another notice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._shown: dict[str, tuple[Notice, NoticeBar]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.GRID)
        self._column.setSpacing(theme.HALF)
        self.hide()

    def add(self, notice: Notice) -> None:
        """Show a notice; beyond `MOST_SHOWN` the oldest gives way."""
        if notice.key in self._shown and self._shown[notice.key][0].text == notice.text:
            return
        self.remove(notice.key)
        while len(self._shown) >= MOST_SHOWN:
            self.remove(next(iter(self._shown)))
        bar = NoticeBar(f"notice_{notice.key}")
        bar.setProperty("key", notice.key)
        bar.action_triggered.connect(self._on_action_triggered)
        bar.closed.connect(self._on_closed)
        self._shown[notice.key] = (notice, bar)
        self._column.insertWidget(0, bar)
        bar.show_message(notice.text, notice.action, notice.sign)
        self.show()
        self.changed.emit()

    def remove(self, key: str) -> None:
        """Take a notice away, if it is there."""
        if key in self._shown:
            _, bar = self._shown.pop(key)
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._shown))

    def remove_all(self, prefix: str) -> None:
        """Take all notices away whose key begins with prefix."""
        for key in self.keys():
            if key.startswith(prefix):
                self.remove(key)

    def keys(self) -> list[str]:
        """What is shown, oldest first."""
        return list(self._shown)

    @Slot()
    def _on_action_triggered(self) -> None:
        self._take_away().act()

    @Slot()
    def _on_closed(self) -> None:
        self._take_away().dismissed()

    def _take_away(self) -> Notice:
        """The notice whose bar the signal came from, closed by now."""
        notice, _ = self._shown[str(self.sender().property("key"))]
        self.remove(notice.key)
        return notice

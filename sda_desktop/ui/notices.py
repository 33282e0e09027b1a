"""Sentences that wait above the panels without being in the way: an interrupted run, a warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sda_desktop.ui import icons, theme

ICON_SIZE = 16
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bar says.  A newer notice with the same key replaces the older one.

    answers: label and what to do, shown as buttons; each also closes the notice.  dismissed: what to do
    when the notice is closed by its cross.
    """

    key: str
    text: str
    icon: str = "info"
    color: str = "accent"
    answers: tuple[tuple[str, Callable[[], object]], ...] = ()
    dismiss_text: str = "Dismiss"
    dismissed: Callable[[], object] = field(default=lambda: None)


class NoticeBar(QFrame):
    """One notice."""

    def __init__(self, notice: Notice, close: Callable[[str], None]) -> None:
        super().__init__()
        self.notice = notice
        self._close = close
        self.setObjectName(f"notice_{notice.key}")
        self.setAccessibleName(notice.text)
        theme.set_role(self, "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID, theme.HALF, theme.HALF, theme.HALF)
        row.setSpacing(theme.GRID)
        self._sign = QLabel()
        row.addWidget(self._sign)
        label = QLabel(notice.text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(label, 1)
        for number, (words, _) in enumerate(notice.answers):
            button = QPushButton(words)
            button.setObjectName(f"notice_{notice.key}_{number}")
            button.setAccessibleName(words)
            button.setProperty("answer", number)
            button.clicked.connect(self._on_answer_clicked)
            row.addWidget(button)
        cross = QPushButton(self.tr(notice.dismiss_text))
        cross.setObjectName(f"notice_{notice.key}_dismiss")
        cross.setAccessibleName(self.tr(notice.dismiss_text))
        theme.set_role(cross, "quiet")
        cross.clicked.connect(self._on_dismiss_clicked)
        row.addWidget(cross)
        self._show_sign()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the sign anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._show_sign()

    def _show_sign(self) -> None:
        self._sign.setPixmap(
            icons.pixmap(self.notice.icon, ICON_SIZE, self.notice.color, self.devicePixelRatioF())
        )

    @Slot()
    def _on_answer_clicked(self) -> None:
        _, act = self.notice.answers[int(self.sender().property("answer"))]
        self._close(self.notice.key)
        act()

    @Slot()
    def _on_dismiss_clicked(self) -> None:
        self._close(self.notice.key)
        self.notice.dismissed()


class NoticeArea(QWidget):
    """The notices, newest on top; no room is taken while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._bars: dict[str, NoticeBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.GRID)
        self._column.setSpacing(theme.HALF)
        self.hide()

    def add(self, notice: Notice) -> None:
        """Show a notice; beyond `MOST_SHOWN` the oldest gives way."""
        shown = self._bars.get(notice.key)
        if shown is not None and shown.notice.text == notice.text:
            return
        self.remove(notice.key)
        while len(self._bars) >= MOST_SHOWN:
            self.remove(next(iter(self._bars)))
        bar = NoticeBar(notice, self.remove)
        self._bars[notice.key] = bar
        self._column.insertWidget(0, bar)
        self.show()

    def remove(self, key: str) -> None:
        """Take a notice away, if it is there."""
        bar = self._bars.pop(key, None)
        if bar is not None:
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))

    def keys(self) -> list[str]:
        """What is shown, oldest first."""
        return list(self._bars)

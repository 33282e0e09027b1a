"""A sentence in place, with at most one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from sda_desktop.ui import icons, theme
from sda_desktop.ui.icon_button import icon_button

ICON_SIZE = 16


class NoticeBar(QFrame):
    """Hidden until something is to be said."""

    action_triggered = Signal()
    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        theme.set_role(self, "notice")
        self._sign_name = "info"
        self._sign = QLabel()
        self._label = QLabel()
        self._label.setObjectName(f"{name}Text")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.setObjectName(f"{name}Action")
        self._action.clicked.connect(self.action_triggered)
        self._close = icon_button(f"{name}Close", "close", self.tr("Dismiss"), ICON_SIZE)
        self._close.clicked.connect(self._on_close_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID, theme.HALF, theme.HALF, theme.HALF)
        row.setSpacing(theme.GRID)
        row.addWidget(self._sign, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        theme.notifier().changed.connect(self._on_theme_changed)
        self.hide()

    def show_message(self, text: str, action: str = "", sign: str = "info") -> None:
        """Say text; action: the button's words, "" for none; sign: an icon that is also a colour's name."""
        self._sign_name = sign
        self._label.setText(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._on_theme_changed()
        self.show()

    def text(self) -> str:
        """What is being said, "" when hidden."""
        return "" if self.isHidden() else self._label.text()

    def set_action_enabled(self, enabled: bool) -> None:
        """Enable or disable the button."""
        self._action.setEnabled(enabled)

    @Slot()
    def _on_theme_changed(self) -> None:
        color = "muted" if self._sign_name == "info" else self._sign_name
        self._sign.setPixmap(icons.pixmap(self._sign_name, ICON_SIZE, color, self.devicePixelRatioF()))

    @Slot()
    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()

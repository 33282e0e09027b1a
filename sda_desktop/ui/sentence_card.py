"""What stands where a list has nothing to show: one sentence on a card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from sda_desktop.ui import theme


def sentence_card(name: str) -> tuple[QFrame, QLabel]:
    """The card, and the label of that object name that the sentence goes into."""
    card = QFrame()
    theme.set_role(card, "card")
    sentence = QLabel()
    sentence.setObjectName(name)
    sentence.setWordWrap(True)
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    theme.set_role(sentence, "muted")
    column = QVBoxLayout(card)
    column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
    column.addWidget(sentence)
    return card, sentence

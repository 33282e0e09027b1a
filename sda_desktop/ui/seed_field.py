"""A seed: the whole number that a random sound follows from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sda_desktop.ui import theme


class SeedField(QLineEdit):
    """A whole number from 0 to `most`; Up and Down go to the next and the one before."""

    seed_edited = Signal(int)

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._seed = 0
        self.setValidator(QIntValidator(0, most, self))
        self.setFont(theme.tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * len(str(most))) + 2 * theme.GRID)
        self.setAccessibleName(self.tr("Seed"))
        self.setToolTip(
            self.tr(
                "<qt>The same seed with the same settings makes the same sound again. Enter makes the sound "
                "of this seed; Random takes the next one.</qt>"
            )
        )
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)
        self.show_seed(0)

    def show_seed(self, seed: int) -> None:
        """Show a seed; reports nothing."""
        self._seed = seed
        if self.text() != str(seed):
            self.setText(str(seed))

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        if self.hasAcceptableInput():
            self._seed = int(text)
            self.seed_edited.emit(self._seed)

    @Slot()
    def _on_editing_finished(self) -> None:
        self.show_seed(self._seed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        seed = min(max(self._seed + step, 0), self._most)
        if seed != self._seed:
            self.show_seed(seed)
            self.seed_edited.emit(seed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_seed(self._seed)  # what was left half-typed

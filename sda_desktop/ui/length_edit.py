"""Lengths of sounds as they are typed and shown: "2.5", "2,5 s", "500 ms", "1:30", "2 min"."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from sda_desktop.generation.recipe import LONGEST_S
from sda_desktop.ui import theme
from sda_desktop.ui.explore_state import SHORTEST_S

_NUMBER = r"(\d+(?:[.,]\d*)?|[.,]\d+)"
_PATTERNS = (
    (re.compile(rf"^{_NUMBER}\s*(?:s|sec|seconds?)?$"), (1.0,)),
    (re.compile(rf"^{_NUMBER}\s*ms$"), (0.001,)),
    (re.compile(rf"^{_NUMBER}\s*(?:m|min|minutes?)$"), (60.0,)),
    (re.compile(rf"^(\d+):{_NUMBER}$"), (60.0, 1.0)),
    (re.compile(rf"^(\d+)\s*(?:m|min)\s*{_NUMBER}\s*s?$"), (60.0, 1.0)),
)


def parse_length(text: str) -> float | None:
    """Seconds, or None for what is no length that can be made."""
    for pattern, scales in _PATTERNS:
        if (match := pattern.match(text.strip().lower())) is not None:
            parts = (float(part.replace(",", ".")) for part in match.groups())
            seconds = math.fsum(part * scale for part, scale in zip(parts, scales, strict=True))
            return seconds if SHORTEST_S <= round(seconds, 6) <= LONGEST_S else None
    return None


def typed_length_text(seconds: float) -> str:
    """A length to the millisecond, as short as it can be: "2.5 s", "1:30", "2:05.25"."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    if not minutes:
        return f"{rest / 1000:g} s"
    whole, thousandths = divmod(rest, 1000)
    fraction = f".{thousandths:03d}".rstrip("0") if thousandths else ""
    return f"{minutes}:{whole:02d}{fraction}"


class LengthEdit(QLineEdit):
    """A length in seconds, or nothing for one that suits the sound."""

    length_edited = Signal(object)  # float or None, when typing is finished

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds: float | None = None
        self.setFont(theme.tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(self.tr("Length"))
        self._tip = self.tr(
            "<qt>Length of the sound, 0.1 s to 10 min: 2.5, 500 ms, 1:30. Empty: as long as suits the sound."
            "</qt>"
        )
        self.setToolTip(self._tip)
        self.show_suiting(None)
        self.editingFinished.connect(self._on_editing_finished)
        self.textEdited.connect(self._on_text_edited)

    def seconds(self) -> float | None:
        """The last valid length."""
        return self._seconds

    def show_seconds(self, seconds: float | None) -> None:
        """Show a length; reports nothing."""
        self._seconds = seconds
        self.setText("" if seconds is None else typed_length_text(seconds))
        self._complain(False)

    def show_suiting(self, seconds: float | None) -> None:
        """Say what length suits the present sound, while none is typed."""
        self.setPlaceholderText(self.tr("auto") if seconds is None else typed_length_text(round(seconds, 2)))

    def _complain(self, wrong: bool) -> None:
        words = self.tr("Type a length from 0.1 s to 10 min, as in 2.5, 500 ms or 1:30; or nothing.")
        theme.set_style_property(self, "invalid", wrong)
        self.setAccessibleDescription(words if wrong else "")
        self.setToolTip(words if wrong else self._tip)
        if wrong and self.hasFocus():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), words, self)

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        if self.property("invalid"):
            self._complain(False)

    @Slot()
    def _on_editing_finished(self) -> None:
        text = self.text().strip()
        seconds = parse_length(text) if text else None
        if text and seconds is None:
            self._complain(True)
            return
        changed = seconds != self._seconds and not self._is_shown(seconds)
        if not changed:
            self.show_seconds(self._seconds)
            return
        self.show_seconds(seconds)
        self.length_edited.emit(seconds)

    def _is_shown(self, seconds: float | None) -> bool:
        """Whether what is typed is the present value, of which the text shows milliseconds only."""
        if seconds is None or self._seconds is None:
            return False
        return typed_length_text(seconds) == typed_length_text(self._seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_seconds(self._seconds)
        else:
            super().keyPressEvent(event)

"""The one primary button, Train, which becomes Stop; Resume beside it; and why Train cannot be pressed."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sda_desktop.ui import icons, theme
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.forecast_words import NOTHING, ForecastWords
from sda_desktop.ui.run_state import Controls


class RunControls(QWidget):
    """Emits what was pressed; shows what `apply` says."""

    train_requested = Signal()
    stop_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runControls")
        self._is_stop = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        self.primary = QPushButton()
        self.primary.setObjectName("trainButton")
        theme.set_role(self.primary, "primary")
        self.primary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.primary.setMinimumHeight(4 * theme.GRID)
        self.primary.clicked.connect(self._on_primary_clicked)
        row.addWidget(self.primary, 2)
        self.resume = QPushButton(self.tr("Resume"))
        self.resume.setObjectName("resumeButton")
        self.resume.setAccessibleName(self.tr("Resume the training shown"))
        self.resume.setIcon(icons.icon("resume"))
        self.resume.setMinimumHeight(4 * theme.GRID)
        self.resume.clicked.connect(self.resume_requested)
        row.addWidget(self.resume, 1)
        column.addLayout(row)
        words = QVBoxLayout()
        words.setSpacing(theme.HALF)
        self.estimate = ElidedLabel()
        self.estimate.setObjectName("trainEstimate")
        self.estimate.setFont(theme.tabular(self.estimate.font()))
        words.addWidget(self.estimate)
        self.sentence = QLabel()
        self.sentence.setObjectName("trainSentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Room for two lines and the estimate at all times: the button must not move when the words change.
        self.sentence.setFixedHeight(2 * self.sentence.fontMetrics().lineSpacing() + 2)
        theme.set_role(self.sentence, "muted")
        words.addWidget(self.sentence)
        words.addStretch()
        room = QWidget()
        room.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        line = self.estimate.fontMetrics().lineSpacing()
        room.setFixedHeight(line + theme.HALF + self.sentence.minimumHeight())
        column.addWidget(room)

    def apply(self, controls: Controls, resume_hint: str = "", forecast: ForecastWords = NOTHING) -> None:
        """Follow the state machine.  resume_hint: what Resume would do.  forecast: what Train would take."""
        self._is_stop = controls.primary_is_stop
        self.primary.setText(controls.primary_text)
        self.primary.setAccessibleName(controls.primary_text)
        self.primary.setIcon(icons.icon("stop" if self._is_stop else "train", "accent_text"))
        self.primary.setEnabled(controls.primary_enabled)
        is_lacking = bool(forecast.problem) and controls.reason == forecast.problem
        reason = _wrapped(forecast.remedy) if is_lacking else controls.reason
        self.primary.setToolTip(reason or self._tool_tip())
        self.resume.setVisible(controls.can_resume)
        self.resume.setToolTip(resume_hint)
        self.resume.setText(controls.resume_text)
        warning = forecast.warning if controls.can_train else ""
        hint = resume_hint if controls.can_resume else ""
        self.sentence.setText(controls.reason or warning or hint)
        self.sentence.setToolTip(_wrapped(forecast.remedy or (forecast.details if warning else "")))
        theme.set_role(self.sentence, "warning" if warning or is_lacking else "muted")
        self.estimate.setText(forecast.estimate if controls.can_train or is_lacking else "")
        self.estimate.setVisible(bool(self.estimate.text()))
        self.estimate.set_hint(_wrapped(forecast.details))

    def _tool_tip(self) -> str:
        if self._is_stop:
            return self.tr("Stop and save: the model is complete and the training can be resumed")
        return self.tr("Train on these sounds (Ctrl+Return)")

    @Slot()
    def _on_primary_clicked(self) -> None:
        (self.stop_requested if self._is_stop else self.train_requested).emit()


def _wrapped(text: str) -> str:
    """For a tool tip: rich text, because only that is wrapped."""
    lines = html.escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>" if text else ""

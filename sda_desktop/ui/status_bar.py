"""The line at the bottom: what happens now, and the numbers of the training, none of them jumping."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sda_desktop.training.metrics import Event, TrainingComplete
from sda_desktop.ui import theme
from sda_desktop.ui.progress_line import ProgressLine
from sda_desktop.ui.run_progress import RunProgress
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.wording import device_text, duration_text, memory_text
from sda_desktop.words import say

LINE_HEIGHT = 3
MEMORY_EVERY_MS = 2000
# Speed and time left are read, not watched: no new figure more often than this.
FIGURES_EVERY_S = 1.0


class Field(QWidget):
    """A caption and a value that stay where they are; nothing is seen while there is no value.

    The value has room for `widest`; a wider one gets more, and the room is never taken back.
    """

    def __init__(self, name: str, caption: str, widest: str, tool_tip: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setToolTip(tool_tip)
        self._widest = widest
        self._caption_text = caption
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        self._caption = QLabel(caption)
        theme.set_role(self._caption, "muted")
        self._value = QLabel()
        self._value.setObjectName(f"{name}Value")
        self._value.setAccessibleName(caption or tool_tip)
        row.addWidget(self._caption)
        row.addWidget(self._value)
        self._reserve()
        self.set_value("")

    def set_value(self, text: str) -> None:
        """Show text, or nothing at all if it is empty."""
        if text == self._value.text() and text:
            return
        needed = self._value.fontMetrics().horizontalAdvance(text) + 2
        if needed > self._value.width():
            self._value.setFixedWidth(needed)
        self._value.setText(text)
        caption = self._caption_text if text else ""
        if caption != self._caption.text():
            self._caption.setText(caption)

    def value(self) -> str:
        """What is shown."""
        return self._value.text()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._reserve()

    def _reserve(self) -> None:
        font = theme.tabular(self.font())
        if self._value.font() != font:
            self._value.setFont(font)
        metrics = self._value.fontMetrics()
        self._caption.setFixedWidth(metrics.horizontalAdvance(self._caption_text))
        self._caption.setVisible(bool(self._caption_text))
        # With both fixed a new text has nothing laid out anew; with one, it would be the whole window.
        self._value.setFixedSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())


class StatusBar(QWidget):
    """Message, epoch, step, speed, time left, device, memory, and a thin line of progress above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.progress = RunProgress()
        self._state = RunState.IDLE
        self._figures_at = 0.0
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(MEMORY_EVERY_MS)
        self._timer.timeout.connect(self._on_memory_due)
        self._timer.start()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.line = ProgressLine()
        self.line.setObjectName("progressLine")
        self.line.setAccessibleName(self.tr("Progress of the training"))
        self.line.setTextVisible(False)
        self.line.setFixedHeight(LINE_HEIGHT)
        self.line.setRange(0, 1000)
        column.addWidget(self.line)

        row = QHBoxLayout()
        row.setContentsMargins(theme.GRID, theme.HALF, theme.GRID, theme.HALF)
        row.setSpacing(2 * theme.GRID)
        self.message = _Elided()
        self.message.setObjectName("statusMessage")
        self.message.setAccessibleName(self.tr("Status"))
        row.addWidget(self.message, 1)
        self.epoch = Field("statusEpoch", self.tr("Epoch"), "400 / 400", self.tr("Passes over the sounds"))
        self.step = Field("statusStep", self.tr("Step"), "100 / 100", self.tr("Steps of this epoch"))
        self.speed = Field("statusSpeed", "", _speed_text(100.0), self.tr("Speed of the training"))
        self.eta = Field(
            "statusEta", self.tr("Left"), self.tr("estimating"), self.tr("Time until the training is done")
        )
        self.device = Field("statusDevice", "", device_text("cpu", 8), self.tr("Where the training runs"))
        self.memory = Field("statusMemory", "", "9999 MB", self.tr("Memory used by this app"))
        for field in (self.epoch, self.step, self.speed, self.eta, self.device, self.memory):
            row.addWidget(field)
        column.addLayout(row)

    def show_message(self, text: str) -> None:
        """Say something in the place on the left, until something else is said."""
        self.message.set_full_text(text)

    def begin(self) -> None:
        """Forget the run before; a new one starts."""
        self.progress = RunProgress()
        self._figures_at = 0.0
        for field in (self.epoch, self.step, self.speed, self.eta, self.device):
            field.set_value("")

    def set_state(self, state: RunState) -> None:
        """Follow the run's state."""
        self._state = state
        words = {
            RunState.PREPARING: self.tr("Preparing"),
            RunState.RUNNING: self.tr("Training"),
            RunState.STOPPING: self.tr("Stopping and saving"),
        }
        if state in words:
            self.show_message(words[state])
        else:
            self.eta.set_value("")
        self._show_line()

    def show_end(self, result: TrainingComplete) -> str:
        """Say how the run ended, and return what is said."""
        if result.status == "finished":
            words = self.tr("Finished in {time} at epoch {epochs}, best kept at {best}.").format(
                epochs=result.epoch, time=duration_text(result.elapsed_seconds), best=result.best_epoch
            )
        elif result.checkpoint is not None:
            words = self.tr("Stopped in epoch {epoch}; everything is saved.").format(epoch=result.epoch)
        else:
            words = self.tr("Stopped before the first step.")
        self.show_message(words)
        return words

    def add_events(self, events: list[Event]) -> None:
        """Take in a batch of the run's events."""
        now = self.progress
        now.add(events)
        if self._state is RunState.PREPARING and now.activity:
            self.show_message(now.activity)
        if now.epoch is not None:
            self.epoch.set_value(f"{now.epoch} / {now.epochs or '?'}")
        if now.step is not None:
            self.step.set_value(f"{now.step} / {now.steps_per_epoch}")
        if now.device:
            self.device.set_value(device_text(now.device, now.threads))
        if now.training and time.monotonic() - self._figures_at >= FIGURES_EVERY_S:
            self._figures_at = time.monotonic()
            self._show_figures()
        self._show_line()

    def _show_figures(self) -> None:
        now = self.progress
        if now.steps_per_s is not None:
            self.speed.set_value(_speed_text(now.steps_per_s))
        if self._state in (RunState.PREPARING, RunState.RUNNING):
            known = now.eta_s is not None
            self.eta.set_value(duration_text(now.eta_s or 0.0) if known else self.tr("estimating"))

    def _show_line(self) -> None:
        fraction = self.progress.fraction
        if self._state.active and fraction is None:
            self.line.setRange(0, 0)  # under way, no one knows how far
            return
        self.line.setRange(0, 1000)
        shown = self._state.active or self.progress.training
        self.line.setValue(round(1000 * fraction) if shown and fraction is not None else 0)

    @Slot()
    def _on_memory_due(self) -> None:
        if not self.isVisible():
            return
        import psutil  # not before the first paint

        self.memory.set_value(memory_text(psutil.Process().memory_info().rss))


class _Elided(QLabel):
    """A label that shortens its text with an ellipsis rather than asking for room."""

    def __init__(self) -> None:
        super().__init__()
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_full_text(self, text: str) -> None:
        self._full = text
        self.setToolTip(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width()))


def _speed_text(steps_per_s: float) -> str:
    return say("{speed:.1f} steps/s", speed=steps_per_s)

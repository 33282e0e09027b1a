"""Many sounds at once: how many, how far they are, and no more of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from sda_desktop.ui import theme

MOST_SOUNDS = 500
LABEL_WIDTH = 56


class BatchRow(QStackedWidget):
    """A count and a button; while a batch runs, its progress and a way to end it.  The same size in both."""

    batch_requested = Signal(int)  # how many
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.addWidget(self._idle_page())
        self.addWidget(self._running_page())

    def _idle_page(self) -> QWidget:
        page = QWidget()
        words = QLabel(self.tr("Batch"))
        words.setMinimumWidth(LABEL_WIDTH)
        self._count = QSpinBox()
        self._count.setObjectName("batchCount")
        self._count.setAccessibleName(self.tr("How many sounds to make"))
        self._count.setToolTip(
            self.tr("How many sounds to make at random, with the settings above and one seed after the other")
        )
        self._count.setRange(2, MOST_SOUNDS)
        self._count.setValue(10)
        self._count.setSuffix(self.tr(" sounds"))
        self._count.lineEdit().setTextMargins(theme.HALF, 0, 0, 0)
        words.setBuddy(self._count)
        self._make = QPushButton(self.tr("Make"))
        self._make.setObjectName("batchButton")
        self._make.setAccessibleName(self.tr("Make a batch of sounds"))
        self._make.clicked.connect(self._on_make_clicked)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        row.addWidget(words)
        row.addWidget(self._count, 1)
        row.addWidget(self._make)
        return page

    def _running_page(self) -> QWidget:
        page = QWidget()
        self._text = QLabel()
        self._text.setObjectName("batchText")
        self._text.setFont(theme.tabular(self._text.font()))
        self._bar = QProgressBar()
        self._bar.setObjectName("batchProgress")
        self._bar.setAccessibleName(self.tr("Sounds made of the batch"))
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("batchCancel")
        self._cancel.setAccessibleName(self.tr("Cancel the batch"))
        self._cancel.setToolTip(self.tr("Make no more; what was made stays"))
        self._cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        return page

    def set_ready(self, ready: bool) -> None:
        """Whether a batch can be asked for."""
        self._count.setEnabled(ready)
        self._make.setEnabled(ready)

    def show_progress(self, done: int, count: int) -> None:
        """A batch runs: so many of so many sounds are made."""
        if self.currentIndex() == 0:
            self._cancel.setEnabled(True)
            had_focus = self._make.hasFocus()
            self.setCurrentIndex(1)
            if had_focus:
                self._cancel.setFocus()
        self._bar.setRange(0, count)
        self._bar.setValue(done)
        if self._cancel.isEnabled():
            self._text.setText(self.tr("{done} of {count}").format(done=done, count=count))

    def end(self) -> None:
        """No batch runs any more."""
        had_focus = self._cancel.hasFocus()
        self.setCurrentIndex(0)
        if had_focus:
            self._make.setFocus()

    @Slot()
    def _on_make_clicked(self) -> None:
        self.batch_requested.emit(self._count.value())

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._text.setText(self.tr("Stopping…"))
        self.cancel_requested.emit()

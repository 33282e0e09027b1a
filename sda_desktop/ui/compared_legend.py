"""The line above the plots that names the runs behind the present one's curves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sda_desktop.training.run_folder import RunSummary
from sda_desktop.ui import theme
from sda_desktop.ui.comparison import MOST_COMPARED, ComparedRun
from sda_desktop.ui.plot_legend import LEAST_HEIGHT, SWATCH_WIDTH, Chip, FlowLayout
from sda_desktop.ui.plot_marks import paint_sample
from sda_desktop.ui.run_entries import run_label

MOST_LETTERS = 14  # of a name


class RunChip(Chip):
    """A compared run's sign and name.  Checked while its curves are shown."""

    def __init__(self, mark: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"comparedRun_{mark}")
        self._mark = mark
        self._name("", "")

    def set_run(self, run: RunSummary) -> None:
        """Name the run, and show its curves."""
        self._name(run_label(run, MOST_LETTERS), run_label(run))
        self.setChecked(True)

    def _name(self, short: str, label: str) -> None:
        self.setText(short)
        self.setAccessibleName(self.tr("Show the curves of the run: {label}").format(label=label))
        tip = self.tr(
            "{label}\nIts curves are the thin ones with this sign, and its figures stand behind it.\n"
            "Click to hide or show them. The menu of the run in the list ends the comparison."
        )
        self.setToolTip(tip.format(label=label))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        figures = QFontMetrics(theme.small(self.font()))
        width = SWATCH_WIDTH + figures.horizontalAdvance(self.text()) + 3 * theme.HALF
        return QSize(width, max(LEAST_HEIGHT, figures.height() + theme.HALF))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        self.paint_ground(painter)
        color = colors.muted if self.isChecked() else colors.disabled
        swatch = QRectF(theme.HALF, 0, SWATCH_WIDTH - theme.HALF, self.height())
        paint_sample(painter, swatch, self._mark, color, colors.window)
        left = theme.HALF + SWATCH_WIDTH
        place = QRect(left, 0, self.width() - left - theme.HALF, self.height())
        self.paint_words(painter, place, self.isChecked())
        painter.end()


class ComparedLegend(QWidget):
    """The chips, of which as many are shown as there are runs; nothing at all without one."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparedRuns")
        self._runs: Sequence[ComparedRun] = ()
        word = QLabel(self.tr("Compared with"))
        word.setFont(theme.small(self.font()))
        theme.set_role(word, "muted")
        word.setFixedHeight(LEAST_HEIGHT)
        self._chips = [RunChip(mark) for mark in range(MOST_COMPARED)]
        layout = FlowLayout(self)
        for widget in (word, *self._chips):
            layout.addWidget(widget)
        for chip in self._chips:
            chip.hide()
            chip.toggled.connect(self._on_chip_toggled)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def set_runs(self, runs: Sequence[ComparedRun]) -> None:
        """Name these; those that were there stay hidden or shown."""
        before = {run.mark: run.run.path for run in self._runs}
        self._runs = runs
        by_mark = {run.mark: run.run for run in runs}
        for mark, chip in enumerate(self._chips):
            run = by_mark.get(mark)
            chip.setVisible(run is not None)
            if run is not None and run.path != before.get(mark):
                chip.set_run(run)
        self.setVisible(bool(runs))

    def shown_runs(self) -> tuple[ComparedRun, ...]:
        """Those that are not hidden by a click."""
        return tuple(run for run in self._runs if self._chips[run.mark].isChecked())

    @Slot(bool)
    def _on_chip_toggled(self, _: bool) -> None:
        self.toggled.emit()

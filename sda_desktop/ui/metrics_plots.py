"""The curves of a run: two large plots and a small one, the health sentence above them.

pyqtgraph is imported and the plots are built once this widget has been shown: the first window does not wait.
They are drawn by a timer, one plot per tick and only if something changed, and not at all while hidden.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from sda_desktop.errors import SdaError
from sda_desktop.training.metrics import Event, MetricsHistory, RunStarted, TrainingComplete
from sda_desktop.ui import plot_export, theme
from sda_desktop.ui.background import Background
from sda_desktop.ui.compared_legend import ComparedLegend
from sda_desktop.ui.comparison import ComparedRun
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.plot_data import Axis, RunCurves
from sda_desktop.ui.plot_import import GradualImport
from sda_desktop.ui.plot_scale import nice_end, time_unit
from sda_desktop.ui.plot_tools import PlotTools
from sda_desktop.ui.run_entries import run_label
from sda_desktop.ui.settings import Settings
from sda_desktop.words import say

if TYPE_CHECKING:
    from sda_desktop.ui.plot_panel import View
    from sda_desktop.ui.plot_stack import PlotStack

_log = logging.getLogger(__name__)

# One plot each time.  Every drawing holds Python's lock for some milliseconds that the training waits for.
DRAW_MS = 200
DRAW_SOON_MS = 25  # while the user zooms, slides or hides
HOVER_MS = 33
BUILD_DELAY_MS = 50
NEXT_TURN_MS = 1  # with 0 Qt would go on within this turn of the event loop
LARGE_HISTORY = 5000  # steps; more are brought into shape in another thread


class MetricsPlots(QWidget):
    """Shows a run's events as curves."""

    built = Signal()  # the plots exist

    def __init__(self, parent: QWidget | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("metricsPlots")
        self.setAccessibleName(self.tr("Curves of the training"))
        self._settings = settings or Settings()
        self._data = RunCurves()
        self._name = ""
        self._is_live = False
        self._waiting: list[Event] | None = None  # events that arrive while a long history is read
        self._total_steps = self._total_epochs = 0
        self._stack: PlotStack | None = None
        self._importing = False
        self._dirty: set[int] = set()
        self._drawn_last = 0
        self._follow = True
        self._range = (0.0, 1.0)  # in steps, epochs or seconds
        self._unit = 1.0  # of what is shown, in the same
        self._pointer: float | None = None
        self._reader = Background(self)
        self._writer = Background(self)
        self._importer = GradualImport(self)
        self._importer.finished.connect(self._on_importer_finished)
        self._importer.failed.connect(self._on_importer_failed)
        self._build()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(HOVER_MS)
        self._hover_timer.timeout.connect(self._show_place)
        theme.notifier().changed.connect(self._on_theme_changed)

    def _build(self) -> None:
        self._health = QLabel()
        self._health.setObjectName("healthSentence")
        self._health.setAccessibleName(self.tr("How the training is doing"))
        self._health.setWordWrap(True)
        theme.set_role(self._health, "heading")
        self._tools = PlotTools(self._settings)
        self._tools.axis_chosen.connect(self._on_tools_axis_chosen)
        self._tools.look_changed.connect(self._on_tools_look_changed)
        self._tools.reset_requested.connect(self.reset_view)
        self._tools.picture_requested.connect(self._on_tools_picture_requested)
        self._tools.tables_requested.connect(self._on_tools_tables_requested)
        empty = QLabel(self.tr("The curves of a training appear here."))
        empty.setObjectName("plotsEmpty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(empty, "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.HALF)
        self._compared = ComparedLegend()
        self._compared.toggled.connect(self._on_compared_toggled)
        layout.addWidget(self._health)
        layout.addWidget(self._compared)
        layout.addWidget(self._pages, 1)

    @property
    def last_step(self) -> int:
        """The newest step in the curves."""
        return round(self._data.span(Axis.STEP))

    # What it is told.

    def add_events(self, events: Sequence[Event]) -> None:
        """Take what a running training says."""
        if self._waiting is not None:
            self._waiting += events
            return
        for event in events:
            if isinstance(event, RunStarted):
                self._total_steps, self._total_epochs = event.total_steps, event.epochs
                self._is_live = True
            elif isinstance(event, TrainingComplete):
                self._is_live = False
                self._draw_all(DRAW_MS)
        if self._data.add(events):
            self._data_changed()

    def set_history(self, history: MetricsHistory, name: str = "") -> None:
        """Show another run, or this one's past."""
        self._name = name
        self._reader.drop()
        self._waiting = None
        if len(history.steps) <= LARGE_HISTORY:
            self._take(RunCurves.of(history))
            return
        self._waiting = []
        # A copy: the caller's history goes on growing.
        kept = MetricsHistory(steps=list(history.steps), epochs=list(history.epochs))
        self._reader.start(partial(RunCurves.of, kept), self._take)

    def clear(self) -> None:
        """Show nothing."""
        self.set_history(MetricsHistory())
        self.set_health("")

    @Slot(object)
    def set_compared(self, runs: Sequence[ComparedRun]) -> None:
        """Draw these behind the present run."""
        self._compared.set_runs(runs)
        self._on_compared_toggled()

    def set_health(self, sentence: str) -> None:
        """The sentence above the curves; "" for none."""
        self._health.setText(sentence)

    def _take(self, data: RunCurves) -> None:
        self._data = data
        waiting, self._waiting = self._waiting, None
        self._total_steps = self._total_epochs = 0
        self._is_live = False
        self.reset_view()
        if self._stack is not None:
            for panel in self._stack.panels:
                panel.forget_ranges()
        self._data_changed()
        if waiting:
            self.add_events(waiting)

    # Building.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stack is None and not self._importing:
            self._importing = True
            QTimer.singleShot(BUILD_DELAY_MS, self._importer.start)
        self._draw_all(DRAW_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _on_importer_finished(self) -> None:
        from sda_desktop.ui.plot_stack import PlotStack

        self._add_plot(PlotStack(self._tools, self._settings.text("plots/small"), self))

    def _add_plot(self, stack: PlotStack) -> None:
        """Build one plot per turn of the event loop; the last one shows them all."""
        if not stack.add_next():
            QTimer.singleShot(NEXT_TURN_MS, self, partial(self._add_plot, stack))
            return
        stack.hovered.connect(self._on_stack_hovered)
        stack.zoomed.connect(self._on_stack_zoomed)
        stack.reset_requested.connect(self.reset_view)
        stack.changed.connect(self._on_stack_changed)
        self._pages.addWidget(stack)
        self._stack = stack
        self._on_compared_toggled()
        self.built.emit()

    @Slot(object)
    def _on_importer_failed(self, error: ImportError) -> None:
        show_error(
            self, SdaError(say("The curves cannot be drawn."), say("Install the app again."), str(error))
        )

    # Drawing.

    @property
    def _is_empty(self) -> bool:
        return self._data.empty and not self._compared.shown_runs()

    def _data_changed(self) -> None:
        if self._stack is not None:
            self._pages.setCurrentIndex(0 if self._is_empty else 1)
        self._draw_all(DRAW_MS)

    def _draw_all(self, interval_ms: int) -> None:
        """Have every plot drawn, one per tick."""
        if self._stack is None or self._is_empty:
            return
        self._dirty = set(range(len(self._stack.panels)))
        if self.isVisible() and (not self._timer.isActive() or interval_ms < self._timer.interval()):
            self._timer.start(interval_ms)

    @Slot()
    def _on_timer_timeout(self) -> None:
        stack = self._stack
        if stack is None or not self._dirty:
            self._timer.stop()
            return
        count = len(stack.panels)
        turn = next(n for i in range(count) if (n := (self._drawn_last + 1 + i) % count) in self._dirty)
        if self._follow:
            self._fit_range()
        stack.draw(turn, self._data, self._view())
        self._show_values(turn)
        self._drawn_last = turn
        self._dirty.discard(turn)
        if not self._dirty and self._timer.interval() < DRAW_MS:
            self._timer.start(DRAW_MS)

    def _view(self) -> View:
        from sda_desktop.ui.plot_panel import View

        start, end = self._range
        axis = self._tools.axis
        suffix = f" {time_unit(self._span(axis))[1]}" if axis is Axis.TIME else ""
        return View(axis, start, end, self._unit, self._tools.smoothing, self._tools.log, suffix)

    def _span(self, axis: Axis) -> float:
        """How far the longest of the runs in sight has come; a live one is followed instead."""
        if self._is_live and not self._data.empty:
            return self._data.span(axis)
        runs = (run.data for run in self._compared.shown_runs())
        return max(data.span(axis) for data in (self._data, *runs))

    def _fit_range(self) -> None:
        """Let the axis reach a little beyond the newest figures, but not beyond the run's end."""
        axis, span = self._tools.axis, self._span(self._tools.axis)
        unit = time_unit(span)[0] if axis is Axis.TIME else 1.0
        end = nice_end(span / unit) * unit
        total = {Axis.STEP: self._total_steps, Axis.EPOCH: self._total_epochs}.get(axis, 0)
        if total >= span:
            end = min(end, total) if total else end
        if (0.0, end) != self._range or unit != self._unit:
            self._range, self._unit = (0.0, end), unit
            if self._stack is not None:
                self._stack.set_limits(end / unit)
                self._dirty = set(range(len(self._stack.panels)))

    # What the user does.

    @Slot()
    def reset_view(self) -> None:
        """Show the whole run."""
        self._follow = True
        self._tools.set_zoomed(False)
        self._draw_all(DRAW_SOON_MS)

    @Slot(float, float)
    def _on_stack_zoomed(self, start: float, end: float) -> None:
        self._follow = False
        self._range = (start * self._unit, end * self._unit)
        self._tools.set_zoomed(True)
        self._draw_all(DRAW_SOON_MS)

    @Slot(int)
    def _on_tools_axis_chosen(self, _: int) -> None:
        self.reset_view()

    @Slot()
    def _on_tools_look_changed(self) -> None:
        self._draw_all(DRAW_SOON_MS)

    @Slot()
    def _on_stack_changed(self) -> None:
        if self._stack is not None:
            self._settings.set_text("plots/small", self._stack.small)
        self._draw_all(DRAW_SOON_MS)

    @Slot()
    def _on_compared_toggled(self) -> None:
        if self._stack is not None:
            self._stack.set_compared(self._compared.shown_runs())
        self._data_changed()
        self._draw_all(DRAW_SOON_MS)

    @Slot()
    def _on_theme_changed(self) -> None:
        if self._stack is not None:
            self._stack.apply_theme()
        self._draw_all(DRAW_SOON_MS)

    @Slot(object)
    def _on_stack_hovered(self, place: float | None) -> None:
        self._pointer = place
        if not self._hover_timer.isActive():
            self._hover_timer.start()

    @Slot()
    def _show_place(self) -> None:
        if self._stack is None or self._is_empty:
            return
        for number in range(len(self._stack.panels)):
            self._show_values(number)
        place = self._place()
        self._tools.set_place("" if place is None else self._place_text(self._tools.axis, place))

    def _show_values(self, number: int) -> None:
        """The figures of one plot: at the pointer, or the newest."""
        if self._stack is not None and not self._is_empty:
            reach = self._tools.smoothing * (self._range[1] - self._range[0])
            place = self._place()
            self._stack.show_place(number, self._data, self._tools.axis, place, self._unit, reach)

    def _place(self) -> float | None:
        return None if self._pointer is None else self._pointer * self._unit

    def _place_text(self, axis: Axis, place: float) -> str:
        if axis is Axis.STEP:
            return self.tr("step {n:,}").format(n=round(place))
        if axis is Axis.EPOCH:
            return self.tr("epoch {n:.1f}").format(n=place)
        minutes, seconds = divmod(round(place), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"

    @Slot()
    def _on_tools_picture_requested(self) -> None:
        self._save(self.tr("Save the curves as a picture"), "curves.png", "PNG (*.png)", self._save_picture)

    @Slot()
    def _on_tools_tables_requested(self) -> None:
        self._save(self.tr("Save the figures as tables"), "curves.csv", "CSV (*.csv)", self._save_tables)

    def _save(self, title: str, name: str, kinds: str, save: Callable[[Path], object]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        if not chosen:
            return
        path = Path(chosen)
        try:
            save(path if path.suffix else path.with_suffix(Path(name).suffix))
        except SdaError as error:
            show_error(self, error)

    def _save_picture(self, path: Path) -> None:
        plot_export.save_picture(self, path)

    def _save_tables(self, path: Path) -> None:
        others = [plot_export.Figures.of(run.data, run_label(run.run)) for run in self._compared.shown_runs()]
        figures = [plot_export.Figures.of(self._data, self._name), *others]
        work = partial(plot_export.save_tables, figures, path)
        self._writer.start(work, self._on_tables_written, self._on_writer_failed)

    def _on_tables_written(self, paths: tuple[Path, Path]) -> None:
        _log.info("The figures are in %s and %s", *paths)

    def _on_writer_failed(self, error: SdaError) -> None:
        show_error(self, error)

"""One plot of a run with its legend: asks the run's figures for what is in sight and draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from sda_desktop.ui import theme
from sda_desktop.ui.plot_data import Axis, Line, RunCurves
from sda_desktop.ui.plot_legend import Legend, LegendChip
from sda_desktop.ui.plot_scale import extent, fitted, nice_ticks, number_text
from sda_desktop.ui.plot_specs import CurveSpec, PlotSpec
from sda_desktop.ui.plot_view import MOST_DOTS, Guide, PlotView, Stroke, envelope

Range = tuple[float, float]
MOST_RAW_BINS = 700  # a raw curve goes through two points of each
MOST_SMOOTH_POINTS = 500
RIGHT_LABELS = 4
FAINT = 0.32  # how much of its colour a raw curve keeps
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class View:
    """What all plots show alike.  `smoothing` is a share of the width in sight."""

    axis: Axis
    start: float
    end: float
    unit: float  # of the axis, in units of the figures: 60 for minutes
    smoothing: float
    log: bool
    suffix: str  # of the labels along the bottom

    @property
    def shown(self) -> Range:
        """The ends in units of the axis."""
        return self.start / self.unit, self.end / self.unit


@dataclass
class _Lines:
    """The curves of one drawing, on a linear or logarithmic scale already."""

    strokes: list[Stroke] = field(default_factory=list)
    extents: list[np.ndarray] = field(default_factory=list)


class PlotPanel(QObject):
    """A plot's view and legend, put into a layout by their owner."""

    changed = Signal()  # a curve was hidden or shown

    def __init__(self, spec: PlotSpec, view: PlotView) -> None:
        super().__init__(view)
        self.view = view
        self.set_spec(spec)

    def set_spec(self, spec: PlotSpec) -> None:
        """Show something else."""
        self.spec = spec
        self.view.setObjectName(f"plot_{spec.key}")
        self.view.setAccessibleName(spec.title)
        self.chips = {curve.key: _chip(curve) for curve in spec.curves}
        self.legend = Legend(list(self.chips.values()))
        self.legend.toggled.connect(self._on_legend_toggled)
        self._left: Range | None = None
        self._right: Range | None = None

    @Slot()
    def _on_legend_toggled(self) -> None:
        self._left = self._right = None
        self.changed.emit()

    def forget_ranges(self) -> None:
        """Fit the axes anew with the next drawing."""
        self._left = self._right = None

    # Drawing.

    def draw(self, data: RunCurves, view: View) -> None:
        """Draw what the view shows, and the newest figures in the legend."""
        log = view.log and self.spec.can_log
        shown = [curve for curve in self.spec.curves if self.chips[curve.key].isChecked()]
        left, right = _Lines(), _Lines()
        for curve in shown:
            self._add(right if curve.right else left, curve, data, view, log)
        if not left.strokes:
            left, right = right, _Lines()  # alone, a curve has the left scale
        self._left = self._fit(self._left, left, log)
        self._right = self._fit(self._right, right, log) if right.strokes else None
        labels = self._join(left, right, log) if self._right is not None else []
        limit = self.spec.limit
        guides = []
        if limit is not None and self._left is not None:
            y = _scaled(np.array([limit[0]]), log)[0]
            if self._left[0] < y < self._left[1]:
                guides = [Guide(float(y), limit[1])]
        self.view.set_ranges(view.shown, self._left or (0.0, 1.0), log=log)
        self.view.set_units(view.suffix, percent=self.spec.percent)
        colors = theme.colors()
        color = next((theme.readable(getattr(colors, c.color), colors.plot) for c in shown if c.right), "")
        self.view.set_curves(left.strokes, guides, labels, color)

    def _add(self, lines: _Lines, curve: CurveSpec, data: RunCurves, view: View, log: bool) -> None:
        colors = theme.colors()
        color = getattr(colors, curve.color)
        across = self.view.points_across()
        smoothing = view.smoothing * (view.end - view.start) if curve.source == "step" else 0.0
        faint = None
        if curve.raw and smoothing > 0:
            bins = min(MOST_RAW_BINS, across)
            raw = data.line(curve.source, curve.column, view.axis, view.start, view.end, bins)
            x, y = envelope(raw.x / view.unit, _scaled(raw.low, log), _scaled(raw.high, log))
            faint = Stroke(x, y, _mixed(color, colors.plot, FAINT))
            lines.extents.append(_scaled(raw.y, log))
        line = data.line(
            curve.source, curve.column, view.axis, view.start, view.end, MOST_SMOOTH_POINTS, smoothing
        )
        # What is as ragged as it was measured looks better thin.
        bold = smoothing > 0 or curve.column == "learning_rate" or len(line.x) <= MOST_DOTS
        stroke = _stroke(line, view.unit, log, color, bold, curve)
        if not len(stroke.x):
            return
        lines.extents.append(stroke.y)
        # The faint ones first, so that they lie beneath all bold ones.
        if faint is not None:
            lines.strokes.insert(0, faint)
        lines.strokes.append(stroke)

    def _fit(self, now: Range | None, lines: _Lines, log: bool) -> Range | None:
        wanted = extent(lines.extents)
        if wanted is None:
            return now
        return fitted(now, wanted, None if log else self.spec.floor)

    def _join(self, left: _Lines, right: _Lines, log: bool) -> list[tuple[float, str]]:
        """Bring the curves of the right scale onto the left one; where its labels go."""
        assert self._left is not None
        assert self._right is not None
        (low, high), (other_low, other_high) = self._left, self._right
        factor = (high - low) / (other_high - other_low)
        left.strokes = [_moved(s, other_low, factor, low) for s in right.strokes] + left.strokes
        values = nice_ticks(other_low, other_high, RIGHT_LABELS)
        return [
            (low + (value - other_low) * factor, number_text(10.0**value if log else value))
            for value in values
        ]

    # Values.

    def show_values(self, data: RunCurves, axis: Axis, place: float | None, reach: float) -> None:
        """The figures at a place, or the newest; steps averaged over `reach` around it."""
        for curve in self.spec.curves:
            end = data.span(axis) if place is None else place
            if curve.source == "step":
                line = data.line("step", curve.column, axis, end - 2 * reach, end, 200, reach)
                value = float(line.y[-1]) if len(line.y) else math.nan
            else:
                value = data.value_at("epoch", curve.column, axis, end)
            self.chips[curve.key].set_value(curve.text(value))


def _chip(curve: CurveSpec) -> LegendChip:
    chip = LegendChip(curve.key, curve.label, curve.color, curve.dash, curve.dots)
    if curve.spoken:
        chip.set_spoken(curve.spoken)
    chip.setToolTip(f"{curve.tip}\n{QCoreApplication.translate('MetricsPlots', 'Click to hide or show it.')}")
    return chip


def _scaled(values: np.ndarray, log: bool) -> np.ndarray:
    if not log:
        return values
    return np.log10(np.where(values > _TINY, values, np.nan))


def _stroke(line: Line, unit: float, log: bool, color: str, bold: bool, curve: CurveSpec) -> Stroke:
    y = _scaled(line.y, log)
    seen = np.isfinite(y)
    return Stroke(line.x[seen] / unit, y[seen], color, bold, curve.dash, curve.dots)


def _moved(stroke: Stroke, low: float, factor: float, onto: float) -> Stroke:
    y = onto + (stroke.y - low) * factor
    return Stroke(stroke.x, y, stroke.color, stroke.bold, stroke.dash, stroke.dots)


def _mixed(color: str, ground: str, share: float) -> str:
    """A colour laid thinly over a ground, as one opaque colour: blending at every draw costs more."""
    pairs = [(int(color[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)

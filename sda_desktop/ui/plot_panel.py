"""One plot of a run with its legend: asks the run's figures for what is in sight and draws it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from sda_desktop.ui import theme
from sda_desktop.ui.comparison import ComparedRun
from sda_desktop.ui.plot_data import Axis, Line, RunCurves
from sda_desktop.ui.plot_legend import GRAPHICS_CONTRAST, Legend, LegendChip
from sda_desktop.ui.plot_marks import APART, MOST_MARKS, mark_places
from sda_desktop.ui.plot_scale import extent, fitted, nice_ticks, number_text
from sda_desktop.ui.plot_specs import SOLID, CurveSpec, PlotSpec
from sda_desktop.ui.plot_view import MOST_DOTS, Guide, PlotView, Signs, Stroke, envelope

Range = tuple[float, float]
MOST_RAW_BINS = 700  # a raw curve goes through two points of each
MOST_SMOOTH_POINTS = 500
MOST_COMPARED_POINTS = 300
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
    """The curves of one drawing, on a linear or logarithmic scale already.

    What was measured lies beneath the compared runs, and those beneath the present one's bold curves.
    """

    faint: list[Stroke] = field(default_factory=list)
    behind: list[Stroke] = field(default_factory=list)
    front: list[Stroke] = field(default_factory=list)
    extents: list[np.ndarray] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.behind or self.front)

    def below(self, other: _Lines) -> _Lines:
        """Both together, each layer of this one beneath the other's."""
        return _Lines(
            self.faint + other.faint, self.behind + other.behind, self.front + other.front, other.extents
        )


class PlotPanel(QObject):
    """A plot's view and legend, put into a layout by their owner."""

    changed = Signal()  # a curve was hidden or shown

    def __init__(self, spec: PlotSpec, view: PlotView) -> None:
        super().__init__(view)
        self.view = view
        self._compared: tuple[ComparedRun, ...] = ()
        self._behind: dict[tuple[ComparedRun, str], tuple[tuple[object, ...], Stroke]] = {}
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
        self.set_compared(self._compared)

    def set_compared(self, runs: Sequence[ComparedRun]) -> None:
        """Draw these behind the present run."""
        self._compared = tuple(runs)
        self._behind.clear()
        for chip in self.chips.values():
            chip.set_marks([run.mark for run in runs])
        self.forget_ranges()

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
            lines = right if curve.right else left
            self._add(lines, curve, data, view, log)
            for run in self._compared:
                self._add_compared(lines, curve, run, view, log)
        if not left.any:
            left, right = right, _Lines()  # alone, a curve has the left scale
        self._left = self._fit(self._left, left, log)
        self._right = self._fit(self._right, right, log) if right.any else None
        labels = []
        if self._left is not None and self._right is not None:
            left = _moved_onto(right, self._right, self._left).below(left)
            labels = _right_labels(self._right, self._left, log)
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
        self.view.set_curves([*left.faint, *left.behind, *left.front], guides, labels, color)

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
        if faint is not None:
            lines.faint.append(faint)
        lines.front.append(stroke)

    def _add_compared(self, lines: _Lines, curve: CurveSpec, run: ComparedRun, view: View, log: bool) -> None:
        """Another run's curve, made anew only if it has to look different: its figures are what they are."""
        look = (view, log, theme.colors(), self.view.points_across(), self.view.devicePixelRatioF())
        made_for, stroke = self._behind.get((run, curve.key), ((), None))
        if stroke is None or made_for != look:
            stroke = _behind_stroke(self.view, curve, run, view, log)
            self._behind[run, curve.key] = look, stroke
        if len(stroke.x):
            lines.behind.append(stroke)
            lines.extents.append(stroke.y)

    def _fit(self, now: Range | None, lines: _Lines, log: bool) -> Range | None:
        wanted = extent(lines.extents)
        if wanted is None:
            return now
        return fitted(now, wanted, None if log else self.spec.floor)

    # Values.

    def show_values(self, data: RunCurves, axis: Axis, place: float | None, reach: float) -> None:
        """The figures at a place, or the newest; steps averaged over `reach` around it.

        With the newest figures of the present run stand those that the others had at the same place, or
        their last ones if they did not come so far.
        """
        newest = data.span(axis)
        for curve in self.spec.curves:
            others = []
            for run in self._compared:
                span = run.data.span(axis)
                at = place if place is not None else min(newest, span) if newest > 0 else span
                others.append(curve.text(_value(run.data, curve, axis, at, reach)))
            value = _value(data, curve, axis, newest if place is None else place, reach)
            self.chips[curve.key].set_value(curve.text(value), others)


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


def _value(data: RunCurves, curve: CurveSpec, axis: Axis, place: float, reach: float) -> float:
    """A curve's value at a place; NaN beyond its end."""
    if place > data.span(axis):
        return math.nan
    if curve.source == "epoch":
        return data.value_at("epoch", curve.column, axis, place)
    line = data.line("step", curve.column, axis, place - 2 * reach, place, 200, reach)
    return float(line.y[-1]) if len(line.y) else math.nan


def _behind_stroke(plot: PlotView, curve: CurveSpec, run: ComparedRun, view: View, log: bool) -> Stroke:
    """Of the same colour and dash, but thin, paler and with the run's sign on it."""
    smoothing = view.smoothing * (view.end - view.start) if curve.source == "step" else 0.0
    line = run.data.line(
        curve.source, curve.column, view.axis, view.start, view.end, MOST_COMPARED_POINTS, smoothing
    )
    y = _scaled(line.y, log)
    seen = np.isfinite(y)
    x, y = line.x[seen] / view.unit, y[seen]
    start, end = view.shown
    apart = (end - start) * APART * plot.devicePixelRatioF() / plot.points_across()
    shift = (run.mark + (0.5 if curve.dash != SOLID else 0.0)) / MOST_MARKS
    ground = theme.colors().plot
    color = theme.readable(getattr(theme.colors(), curve.color), ground, GRAPHICS_CONTRAST)
    signs = Signs(run.mark, color, *mark_places(x, y, apart, shift))
    return Stroke(x, y, theme.quiet(color, ground), dash=curve.dash, signs=signs)


def _moved_onto(lines: _Lines, scale: Range, onto: Range) -> _Lines:
    """Curves of one scale where they go on another."""

    def moved(strokes: list[Stroke]) -> list[Stroke]:
        return [replace(s, y=_linear(s.y, scale, onto), signs=moved_signs(s.signs)) for s in strokes]

    def moved_signs(signs: Signs | None) -> Signs | None:
        return None if signs is None else replace(signs, y=_linear(signs.y, scale, onto))

    return _Lines(moved(lines.faint), moved(lines.behind), moved(lines.front))


def _right_labels(scale: Range, onto: Range, log: bool) -> list[tuple[float, str]]:
    """Where the labels of the right scale go on the left one."""
    values = np.array(nice_ticks(*scale, RIGHT_LABELS))
    places = _linear(values, scale, onto)
    texts = [number_text(10.0**value if log else value) for value in values]
    return list(zip(places.tolist(), texts, strict=True))


def _linear(values: np.ndarray, scale: Range, onto: Range) -> np.ndarray:
    return onto[0] + (values - scale[0]) * ((onto[1] - onto[0]) / (scale[1] - scale[0]))


def _mixed(color: str, ground: str, share: float) -> str:
    """A colour laid thinly over a ground, as one opaque colour: blending at every draw costs more."""
    pairs = [(int(color[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)

"""The curves: scales, data, drawing, and what the user can do with them."""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSlider, QStackedWidget, QToolButton
from pytestqt.qtbot import QtBot
from shown_plots import chip_of, settle

from sda_desktop.training.metrics import EpochMetrics, Event, MetricsHistory, RunStarted, StepMetrics
from sda_desktop.ui import metrics_plots, plot_import, theme
from sda_desktop.ui.metrics_plots import MetricsPlots
from sda_desktop.ui.plot_data import Axis, RunCurves
from sda_desktop.ui.plot_export import Figures, save_picture, save_tables
from sda_desktop.ui.plot_import import GradualImport
from sda_desktop.ui.plot_scale import (
    extent,
    fitted,
    nice_end,
    nice_ticks,
    number_text,
    percent_text,
    tick_text,
    time_unit,
)
from sda_desktop.ui.plot_view import PlotView

STEPS = 20  # of an epoch


def _step(number: int, loss: float | None = None) -> StepMetrics:
    recon = 0.4 + math.exp(-number / 100) if loss is None else loss
    epoch, step = divmod(number - 1, STEPS)
    return StepMetrics(epoch + 1, step + 1, STEPS, number, recon + 0.01, recon, 0.01, 1e-4, 2e-3, 0.5, 1.0)


def _epoch(number: int, elapsed_s: float | None = None) -> EpochMetrics:
    loss = 0.4 + math.exp(-number / 5)
    return EpochMetrics(
        epoch=number,
        epochs=50,
        global_step=number * STEPS,
        total_steps=50 * STEPS,
        train_loss=loss + 0.01,
        train_recon_loss=loss,
        train_kl_loss=0.01,
        validation_loss=loss * 1.1 + 0.01,
        validation_recon_loss=loss * 1.1,
        validation_kl_loss=0.01,
        kl_divergence_nats=40.0 + number,
        kl_weight=1e-4,
        active_dimensions=20,
        latent_dimensions=32,
        overfitting_gap=0.1,
        score=loss,
        is_best=True,
        learning_rate=2e-3,
        eta_seconds=10.0,
        elapsed_seconds=number * STEPS * 0.5 + number if elapsed_s is None else elapsed_s,
        memory_bytes=10**9,
        device_memory_bytes=0,
    )


def _events(steps: int) -> list[Event]:
    made: list[Event] = []
    for number in range(1, steps + 1):
        made.append(_step(number))
        if number % STEPS == 0:
            made.append(_epoch(number // STEPS))
    return made


def _started(start_step: int = 0, resumed: bool = False) -> RunStarted:
    return RunStarted(
        "run", "cpu", 1, 44_100, 10, 2, 10.0, 2.0, False, 50, STEPS, 50 * STEPS,
        start_step // STEPS + 1, start_step, 1000, 1, "checkpoint" if resumed else None,
    )  # fmt: skip


# Scales.


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (1, 1), (2600, 3000), (61_000, 80_000), (0.0012, 0.0015), (1e6, 1e6)]
)
def test_axes_end_at_round_numbers(value: float, end: float) -> None:
    assert nice_end(value) == pytest.approx(end)


def test_ticks_are_round_and_few() -> None:
    assert nice_ticks(0, 3000, 4) == [0, 1000, 2000, 3000]
    assert nice_ticks(0.31, 0.52, 5) == pytest.approx([0.35, 0.4, 0.45, 0.5])
    assert nice_ticks(1, 1, 5) == []
    for most in range(2, 9):
        assert 1 <= len(nice_ticks(-0.013, 7.7, most)) <= most


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.25, 0.05, "0.25"),
        (12_500, 2500, "12.5k"),
        (20_000, 10_000, "20k"),
        (3e6, 1e6, "3M"),
        (5e-4, 5e-4, "5e\u22124"),
        (1e-3, 5e-4, "1e\u22123"),
        (-0.1, 0.1, "\u22120.1"),
        (0.0, 0.5, "0"),
    ],
)
def test_axis_labels(value: float, step: float, text: str) -> None:
    assert tick_text(value, step) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.41234, "0.4123"), (12.345, "12.35"), (1.2e-5, "1.20e\u22125"), (math.nan, "\u2013"), (0, "0.0000")],
)
def test_figures_beside_curves(value: float, text: str) -> None:
    assert number_text(value) == text


def test_shares_and_times() -> None:
    assert percent_text(-0.123) == "\u221212.3 %"
    assert [time_unit(span) for span in (100, 1000, 20_000)] == [(1, "s"), (60, "min"), (3600, "h")]


def test_an_axis_stays_while_it_serves_and_moves_when_it_does_not() -> None:
    first = fitted(None, (1.0, 2.0))
    assert first[0] < 1.0 < 2.0 < first[1]
    assert fitted(first, (1.0, 1.9)) == first
    assert fitted(first, (1.0, 2.5))[1] > 2.5
    assert fitted(first, (1.0, 1.3))[1] < 1.5
    assert fitted(None, (0.01, 0.5), floor=0.0)[0] == 0.0
    low, high = fitted(None, (3.0, 3.0))
    assert low < 3.0 < high


def test_the_first_spike_does_not_set_the_scale() -> None:
    values = np.concatenate([[1000.0], np.linspace(1, 0.5, 500)])
    found = extent([values])
    assert found is not None
    assert found[1] < 1.1
    assert extent([np.array([np.nan])]) is None


# Data.


def test_live_events_and_a_history_give_the_same_curves() -> None:
    events = _events(105)
    live, loaded = RunCurves(), RunCurves.of(MetricsHistory.of(events))
    for start in range(0, len(events), 7):
        live.add(events[start : start + 7])
    for axis in Axis:
        assert live.span(axis) == pytest.approx(loaded.span(axis))
        for source, column in (("step", "total"), ("epoch", "kl_nats")):
            first, second = (
                data.line(source, column, axis, 0, 1e9, 1000)  # type: ignore[arg-type]
                for data in (live, loaded)
            )
            np.testing.assert_allclose(first.x, second.x)
            np.testing.assert_allclose(first.y, second.y)


def test_time_is_the_engines_own_and_goes_on_between_epochs() -> None:
    data = RunCurves()
    data.add(_events(STEPS + 2))
    # 20 steps of 0.5 s, set to the 11 s that the epoch says, and two steps more.
    assert data.span(Axis.TIME) == pytest.approx(12.0)
    line = data.line("epoch", "kl_nats", Axis.TIME, 0, 100, 100)
    assert line.x[0] == pytest.approx(11.0)


def test_a_run_resumed_from_an_older_checkpoint_forgets_what_came_after() -> None:
    data = RunCurves()
    data.add(_events(100))
    data.add([_started(50, resumed=True)])
    assert data.span(Axis.STEP) == 50
    data.add([_step(51, loss=9.0)])
    assert data.value_at("step", "reconstruction", Axis.STEP, 51) == 9.0
    assert len(data.line("epoch", "kl_nats", Axis.STEP, 0, 1000, 100).x) == 2


def test_a_loss_that_is_no_number_leaves_a_gap_only() -> None:
    data = RunCurves()
    data.add([_step(1), _step(2, loss=math.nan), _step(3, loss=math.inf), _step(4)])
    line = data.line("step", "reconstruction", Axis.STEP, 0, 10, 100)
    np.testing.assert_array_equal(line.x, [1, 4])


def test_smoothing_calms_and_keeps_the_level() -> None:
    data = RunCurves()
    noise = np.random.default_rng(0).standard_normal(2000) * 0.1
    data.add([_step(n + 1, loss=1.0 + noise[n]) for n in range(2000)])
    raw = data.line("step", "reconstruction", Axis.STEP, 0, 2000, 3000)
    calm = data.line("step", "reconstruction", Axis.STEP, 0, 2000, 3000, smoothing=50)
    assert np.std(calm.y) < np.std(raw.y) / 5
    assert calm.y[-1000:].mean() == pytest.approx(1.0, abs=0.02)
    # A part of it looks as it does in the whole.
    part = data.line("step", "reconstruction", Axis.STEP, 1500, 1600, 3000, smoothing=50)
    whole = np.interp(part.x, calm.x, calm.y)
    np.testing.assert_allclose(part.y, whole, atol=0.02)


# The widget.


def _pixels(plots: MetricsPlots, number: int, color: str) -> int:
    """How many pixels of a plot are of a colour, about."""
    assert plots._stack is not None
    image = plots._stack.panels[number].view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = QColor(color)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    difference = np.abs(raw[..., 2::-1].astype(int) - [wanted.red(), wanted.green(), wanted.blue()])
    return int((difference.max(axis=2) < 24).sum())


def test_constructing_and_showing_does_not_wait_for_pyqtgraph() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from sda_desktop.ui.metrics_plots import MetricsPlots; w = MetricsPlots(); w.show();"
        "print('pyqtgraph' in sys.modules, 'torch' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "False"]


def test_the_import_leaves_the_window_its_turns(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot_import, "TURN_S", 0.0)
    importer = GradualImport()
    turns: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(1))
    timer.start(0)
    with qtbot.waitSignal(importer.finished, timeout=30_000):
        importer.start()
    assert "pyqtgraph" in sys.modules
    assert len(turns) > 500, "one for each name in Qt"


def test_without_pyqtgraph_the_user_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyqtgraph", None)
    importer = GradualImport()
    with qtbot.waitSignal(importer.failed, timeout=30_000) as failed:
        importer.start()
    assert isinstance(failed.args[0], ImportError)


def test_the_plots_are_built_one_per_turn(qtbot: QtBot) -> None:
    plots = MetricsPlots()
    qtbot.addWidget(plots)
    counts: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: counts.append(len(plots.findChildren(PlotView))))
    with qtbot.waitSignal(plots.built, timeout=30_000):
        timer.start(0)
        plots.show()
    assert {0, 1, 2} <= set(counts)


def test_an_empty_run_says_what_will_come(plots: MetricsPlots) -> None:
    pages = plots.findChild(QStackedWidget)
    assert pages is not None
    assert pages.currentIndex() == 0
    plots.add_events(_events(3))
    assert pages.currentIndex() == 1
    plots.clear()
    assert pages.currentIndex() == 0


def test_every_curve_is_drawn_in_its_colour(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events([_started(), *_events(200)])
    settle(plots, qtbot)
    colors = theme.colors()
    assert _pixels(plots, 0, colors.train) > 300
    assert _pixels(plots, 0, colors.validation) > 300
    assert _pixels(plots, 1, colors.kl) > 200
    assert _pixels(plots, 1, colors.kl_weighted) > 100
    assert _pixels(plots, 2, colors.learning_rate) > 200


def test_a_click_in_the_legend_hides_a_curve_and_another_shows_it(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events(_events(200))
    settle(plots, qtbot)
    shown = _pixels(plots, 1, theme.colors().kl)
    QTest.mouseClick(chip_of(plots, "kl_nats"), Qt.MouseButton.LeftButton)
    settle(plots, qtbot)
    assert _pixels(plots, 1, theme.colors().kl) == 0
    QTest.mouseClick(chip_of(plots, "kl_nats"), Qt.MouseButton.LeftButton)
    settle(plots, qtbot)
    assert _pixels(plots, 1, theme.colors().kl) == pytest.approx(shown, rel=0.05)


def test_the_legend_tells_the_newest_figures(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events(_events(200))
    settle(plots, qtbot)
    assert chip_of(plots, "kl_nats").value == "50.00"
    assert chip_of(plots, "validation_reconstruction").value == number_text((0.4 + math.exp(-2)) * 1.1)
    assert chip_of(plots, "learning_rate").value == "0.0020"


def test_the_pointer_tells_the_figures_under_it(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.findChild(QSlider, "plotSmoothing").setValue(0)  # type: ignore[union-attr]
    plots.add_events([*_events(400), _step(401, loss=0.5)])
    settle(plots, qtbot)
    assert plots._stack is not None
    view = plots._stack.panels[0].view
    newest = chip_of(plots, "train_reconstruction").value
    assert newest == "0.5000"
    viewport = view._plot.viewport()
    place = next(x for x in range(viewport.width()) if (view.place_at(QPoint(x, 50)) or 0.0) >= 100.0)
    QTest.mouseMove(viewport, QPoint(place, 50))
    label = plots.findChild(QLabel, "plotPlace")
    assert label is not None
    qtbot.waitUntil(lambda: label.text().startswith("step 10"))
    assert chip_of(plots, "train_reconstruction").value != newest
    assert float(chip_of(plots, "train_reconstruction").value) == pytest.approx(0.4 + math.exp(-1), abs=0.02)
    view.hovered.emit(None)
    qtbot.waitUntil(lambda: label.text() == "")
    assert chip_of(plots, "train_reconstruction").value == newest


def test_zooming_holds_until_it_is_reset(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events([_started(), *_events(200)])
    settle(plots, qtbot)
    reset = plots.findChild(QToolButton, "plotReset")
    assert reset is not None
    assert not reset.isEnabled()
    assert plots._stack is not None
    plots._stack.panels[0].view._box.setXRange(50, 100, padding=0)
    settle(plots, qtbot)
    assert reset.isEnabled()
    plots.add_events([_step(201)])
    settle(plots, qtbot)
    for panel in plots._stack.panels:
        assert panel.view._x_range == pytest.approx((50, 100))
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    settle(plots, qtbot)
    assert plots._stack.panels[2].view._x_range == pytest.approx((0, 300))
    qtbot.waitUntil(lambda: not reset.isEnabled())


def test_the_axis_never_reaches_beyond_the_run(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events([_started(), *_events(50 * STEPS - 10)])
    settle(plots, qtbot)
    assert plots._range == (0, 50 * STEPS)


@pytest.mark.parametrize(("index", "end"), [(0, 200), (1, 10), (2, 120)])
def test_the_bottom_is_steps_epochs_or_time(
    plots: MetricsPlots, qtbot: QtBot, index: int, end: float
) -> None:
    plots.add_events(_events(200))
    plots.findChild(QComboBox, "plotAxis").setCurrentIndex(index)  # type: ignore[union-attr]
    settle(plots, qtbot)
    assert plots._range[1] >= end
    assert plots._range[1] <= end * 1.5


def test_a_logarithmic_axis_is_one(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events(_events(200))
    plots.findChild(QToolButton, "plotLog").click()  # type: ignore[union-attr]
    settle(plots, qtbot)
    assert plots._stack is not None
    low, high = plots._stack.panels[0].view._y_range
    assert -0.6 < low < math.log10(0.53)
    assert 0.1 < high < 0.4


def test_the_small_plot_can_be_the_overfitting_gap(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events(_events(200))
    settle(plots, qtbot)
    button = plots.findChild(QToolButton, "smallPlot_gap")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(plots, qtbot)
    assert chip_of(plots, "gap").value == "10.0 %"
    assert _pixels(plots, 2, theme.colors().gap) > 100


def test_what_was_chosen_is_remembered(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.findChild(QComboBox, "plotAxis").setCurrentIndex(1)  # type: ignore[union-attr]
    plots.findChild(QSlider, "plotSmoothing").setValue(80)  # type: ignore[union-attr]
    plots.findChild(QToolButton, "plotLog").click()  # type: ignore[union-attr]
    plots.findChild(QToolButton, "smallPlot_gap").click()  # type: ignore[union-attr]
    other = MetricsPlots()
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.built, timeout=30_000):
        other.show()
    assert other._tools.axis is Axis.EPOCH
    assert other._tools.log
    assert other._tools.smoothing == pytest.approx(0.064)
    assert other._stack is not None
    assert other._stack.small == "gap"


def test_nothing_is_drawn_while_it_is_hidden(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events(_events(20))
    settle(plots, qtbot)
    plots.hide()
    plots.add_events(_events(100)[20:])
    assert not plots._timer.isActive()
    plots.show()
    settle(plots, qtbot)
    assert plots._range[1] >= 100


def test_one_plot_is_drawn_per_tick(
    plots: MetricsPlots, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plots.add_events(_events(20))
    settle(plots, qtbot)
    drawn: list[int] = []
    assert plots._stack is not None
    monkeypatch.setattr(plots._stack, "draw", lambda number, *_: drawn.append(number))
    plots._timer.stop()
    plots._dirty = {0, 1, 2}
    for _ in range(3):
        plots._on_timer_timeout()
    assert sorted(drawn) == [0, 1, 2]
    plots._on_timer_timeout()
    assert len(drawn) == 3


def test_the_colours_follow_the_theme(plots: MetricsPlots, qtbot: QtBot, qapp: QApplication) -> None:
    plots.add_events(_events(200))
    try:
        for mode in ("dark", "light"):
            theme.apply_theme(qapp, mode)
            settle(plots, qtbot)
            assert _pixels(plots, 0, theme.colors().train) > 300
            assert _pixels(plots, 0, theme.colors().plot) > 10_000
    finally:
        theme.apply_theme(qapp, "light")


def test_a_long_history_is_brought_into_shape_elsewhere(
    plots: MetricsPlots, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics_plots, "LARGE_HISTORY", 50)
    plots.set_history(MetricsHistory.of(_events(100)))
    plots.add_events([_step(101)])  # arrives while that is under way
    assert plots._data.empty
    qtbot.waitUntil(lambda: plots._data.span(Axis.STEP) == 101)
    settle(plots, qtbot)


def test_another_run_replaces_the_curves(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.add_events(_events(200))
    plots.set_history(MetricsHistory.of(_events(40)))
    settle(plots, qtbot)
    assert plots._range == (0, 40)


def test_the_health_sentence(plots: MetricsPlots) -> None:
    plots.set_health("Still improving, best so far at 3.")
    label = plots.findChild(QLabel, "healthSentence")
    assert label is not None
    assert label.text() == "Still improving, best so far at 3."


# Export.


def test_the_picture_is_twice_as_fine(plots: MetricsPlots, qtbot: QtBot, tmp_path: Path) -> None:
    plots.add_events(_events(200))
    settle(plots, qtbot)
    path = tmp_path / "curves é.png"
    save_picture(plots, path)
    assert QImage(str(path)).size() == plots.size() * 2


def test_the_tables_hold_the_figures(tmp_path: Path) -> None:
    data = RunCurves()
    data.add(_events(45))
    epochs, steps = save_tables([Figures.of(data)], tmp_path / "curves.csv")
    with steps.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 45
    assert float(rows[9]["reconstruction"]) == pytest.approx(0.4 + math.exp(-0.1))
    with epochs.open(newline="") as file:
        assert [float(row["kl_nats"]) for row in csv.DictReader(file)] == [41.0, 42.0]

"""Runs behind the present one's curves: which they are, reading them, drawing them, and their figures."""

from __future__ import annotations

import csv
import shutil
import threading
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from curve_events import STEPS, events, trained_run, write_events
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QToolButton
from pytestqt.qtbot import QtBot
from shown_plots import chip_of, settle

from sda_desktop.errors import SdaError
from sda_desktop.training.metrics import MetricsHistory, RunStarted, TrainingComplete
from sda_desktop.training.run_folder import METRICS_FILE
from sda_desktop.ui import theme
from sda_desktop.ui.compared_legend import ComparedLegend, RunChip
from sda_desktop.ui.comparison import MOST_COMPARED, ComparedRun, Comparison, read_curves, read_run
from sda_desktop.ui.metrics_plots import MetricsPlots
from sda_desktop.ui.plot_data import EPOCH_COLUMNS, STEP_COLUMNS, Axis, RunCurves
from sda_desktop.ui.plot_export import Figures, save_tables
from sda_desktop.ui.plot_legend import GRAPHICS_CONTRAST, LegendChip
from sda_desktop.ui.plot_marks import mark_places, shape
from sda_desktop.ui.plot_scale import UNKNOWN
from sda_desktop.ui.run_entries import run_label

ON = threading.Event()  # never set


# Reading.


def test_the_curves_of_a_run_are_those_of_its_history() -> None:
    run = trained_run("drums", 130)
    read, known = read_run(run, 1, ON), RunCurves.of(MetricsHistory.load(run.path / METRICS_FILE))
    for made, wanted in ((read.data.steps, known.steps), (read.data.epochs, known.epochs)):
        assert made.rows == wanted.rows > 0
        found, expected = (t.query(Axis.STEP, 0, 1000, 1000).mean for t in (made, wanted))
        np.testing.assert_allclose(found, expected)
    assert (read.run, read.mark) == (run, 1)


def test_a_torn_last_line_does_no_harm() -> None:
    run = trained_run("drums", 30)
    file = run.path / METRICS_FILE
    file.write_text(file.read_text()[:-40])
    assert read_curves(file, ON).span(Axis.STEP) == 29


def test_reading_ends_when_it_is_told_to() -> None:
    stop = threading.Event()
    stop.set()
    assert read_run(trained_run("drums", 30), 0, stop).data.empty


@pytest.mark.parametrize("damage", ["a line", "bytes", "a folder", "missing", "empty"])
def test_what_cannot_be_read_is_told_in_a_sentence(damage: str) -> None:
    run = trained_run("drums", 60)
    file = run.path / METRICS_FILE
    lines = file.read_bytes().splitlines(keepends=True)
    file.unlink()
    match damage:
        case "a line":
            file.write_bytes(b"".join([*lines[:20], b'{"event": "st\n', *lines[21:]]))
        case "bytes":
            file.write_bytes(b"".join([*lines[:20], b"\xff\xfe\n", *lines[21:]]))
        case "a folder":
            file.mkdir()
        case "empty":
            file.touch()
    with pytest.raises(SdaError, match=f"The (figures of the )?run {run_label(run)}") as caught:
        read_run(run, 0, ON)
    assert caught.value.remedy
    assert METRICS_FILE in caught.value.details


# Which runs they are.


class Told:
    """What a comparison said last."""

    def __init__(self, comparison: Comparison) -> None:
        self.marks: dict[Path, int] = {}
        self.drawn: tuple[ComparedRun, ...] = ()
        self.errors: list[SdaError] = []
        comparison.marks_changed.connect(lambda marks: setattr(self, "marks", marks))
        comparison.curves_changed.connect(lambda runs: setattr(self, "drawn", runs))
        comparison.failed.connect(self.errors.append)

    @property
    def names(self) -> set[str]:
        return {run.run.name for run in self.drawn}


@pytest.fixture
def comparison(qapp: QApplication) -> Comparison:
    """Nothing is compared yet."""
    return Comparison()


def test_three_runs_are_compared_each_with_a_sign_of_its_own(comparison: Comparison, qtbot: QtBot) -> None:
    told = Told(comparison)
    runs = [trained_run(name, 20) for name in ("a", "b", "c", "d")]
    for run in runs:
        comparison.choose(run, True)
    assert told.marks == {run.path: mark for mark, run in enumerate(runs[:MOST_COMPARED])}
    qtbot.waitUntil(lambda: told.names == {"a", "b", "c"})
    comparison.choose(runs[1], False)
    assert told.names == {"a", "c"}
    comparison.choose(runs[3], True)
    assert told.marks[runs[3].path] == 1, "the sign that is free again"
    qtbot.waitUntil(lambda: told.names == {"a", "c", "d"})


def test_the_run_on_the_screen_is_drawn_once_and_read_anew_when_it_is_left(
    comparison: Comparison, qtbot: QtBot
) -> None:
    told = Told(comparison)
    run = trained_run("drums", 20)
    comparison.set_shown(run.path)
    comparison.choose(run, True)
    assert run.path in told.marks
    assert comparison._reading is None, "it is there already"
    write_events(run.path, events(60))  # it was trained on meanwhile
    comparison.set_shown(None)
    qtbot.waitUntil(lambda: bool(told.drawn))
    assert told.drawn[0].data.span(Axis.STEP) == 60
    comparison.set_shown(run.path)
    assert told.drawn == ()
    assert run.path in told.marks


def test_a_run_that_is_gone_is_compared_no_longer(comparison: Comparison, qtbot: QtBot) -> None:
    told = Told(comparison)
    kept, gone = trained_run("kept", 20), trained_run("gone", 20)
    for run in (kept, gone):
        comparison.choose(run, True)
    comparison.keep({kept.path})
    qtbot.waitUntil(lambda: told.names == {"kept"})
    assert told.marks == {kept.path: 0}
    comparison.remove(kept.path)
    assert (told.marks, told.drawn) == ({}, ())


def test_a_run_without_figures_is_taken_back_and_the_others_are_read(
    comparison: Comparison, qtbot: QtBot
) -> None:
    told = Told(comparison)
    bare, sound = trained_run("bare", 20), trained_run("sound", 20)
    shutil.rmtree(bare.path)
    comparison.choose(bare, True)
    comparison.choose(sound, True)
    qtbot.waitUntil(lambda: told.names == {"sound"})
    assert told.marks == {sound.path: 1}
    assert [str(error).split(":")[0] for error in told.errors] == [
        f"The run {run_label(bare)} has no figures"
    ]


# Signs.


def test_signs_stay_on_the_curve_while_it_is_moved_and_one_is_at_its_end() -> None:
    x = np.linspace(0.0, 10.0, 101)
    places, heights = mark_places(x, 2 * x, 3.0, 0.0)
    np.testing.assert_allclose(places, [0, 3, 6, 9, 10])
    np.testing.assert_allclose(heights, 2 * places)
    moved, _ = mark_places(x[25:], 2 * x[25:], 3.0, 0.0)
    np.testing.assert_allclose(moved, [3, 6, 9, 10])
    shifted, _ = mark_places(x, x, 3.0, 1 / 3)
    np.testing.assert_allclose(shifted, [1, 4, 7, 10])
    assert len(mark_places(x[:1], x[:1], 3.0, 0.0)[0]) == 1
    assert len({str(shape(mark)) for mark in range(MOST_COMPARED)}) == MOST_COMPARED


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK])
def test_quiet_curves_can_be_seen_and_are_quieter(colors: theme.Colors) -> None:
    for name in ("train", "validation", "kl", "kl_weighted", "learning_rate", "gap"):
        present = theme.readable(getattr(colors, name), colors.plot, GRAPHICS_CONTRAST)
        quiet = theme.quiet(present, colors.plot)
        assert GRAPHICS_CONTRAST <= theme.contrast(quiet, colors.plot) <= theme.contrast(present, colors.plot)


# Drawing.


@pytest.fixture
def plots(plots: MetricsPlots) -> MetricsPlots:
    """Plots that show a run, too."""
    plots.set_history(MetricsHistory.of(events(200, 0.4)), "now")
    return plots


def _compared(steps: int = 200, floor: float = 1.5, mark: int = 0, name: str = "before") -> ComparedRun:
    return read_run(trained_run(name, steps, floor), mark, ON)


def _tells(chip: LegendChip, figures: tuple[str, ...]) -> bool:
    return (chip.value, *chip.others) == figures


def _reach(plots: MetricsPlots) -> tuple[float, float]:
    return plots._range


def _count(image: QImage, color: str) -> int:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    # Exactly: the edges of the present run's curves come near to it.
    raw = np.frombuffer(image.constBits(), np.uint32)
    return int((raw == QColor(color).rgb()).sum())


def _quiet_pixels(plots: MetricsPlots, name: str, number: int = 0) -> int:
    assert plots._stack is not None
    colors = theme.colors()
    color = theme.readable(getattr(colors, name), colors.plot, GRAPHICS_CONTRAST)
    return _count(plots._stack.panels[number].view.grab().toImage(), theme.quiet(color, colors.plot))


def test_a_run_is_drawn_behind_until_it_is_taken_back(
    plots: MetricsPlots, qtbot: QtBot, qapp: QApplication
) -> None:
    legend = plots.findChild(ComparedLegend)
    assert legend is not None
    settle(plots, qtbot)
    assert _quiet_pixels(plots, "train") < 20
    assert not legend.isVisible()
    run = _compared()
    plots.set_compared((run,))
    settle(plots, qtbot)
    assert _quiet_pixels(plots, "train") > 200
    assert _quiet_pixels(plots, "validation") > 200
    chip = legend.findChild(RunChip, "comparedRun_0")
    assert chip is not None
    assert legend.isVisible()
    assert chip.isVisible()
    assert chip.text() == run_label(run.run)
    assert run_label(run.run) in chip.accessibleName()
    try:  # another theme, another training: it stays
        theme.apply_theme(qapp, "dark")
        plots.set_history(MetricsHistory.of(events(160, 0.3)), "next")
        settle(plots, qtbot)
        assert _quiet_pixels(plots, "train") > 200
    finally:
        theme.apply_theme(qapp, "light")
    plots.set_compared(())
    settle(plots, qtbot)
    assert _quiet_pixels(plots, "train") < 20
    assert not legend.isVisible()


def test_its_figures_stand_beside_the_present_ones(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.set_compared((_compared(120, 1.5, mark=2), _compared(400, 2.5, mark=0)))
    settle(plots, qtbot)
    kl = chip_of(plots, "kl_nats")
    # The newest, those of the shorter run at its end, and of the longer one at the same place.
    assert (kl.value, kl.others) == ("54.00", ("61.00", "75.00"))
    # At the pointer: the shorter run did not come so far, and then the present one neither.
    for epoch, figures in ((7, ("51.00", UNKNOWN, "72.00")), (15, (UNKNOWN, UNKNOWN, "80.00"))):
        plots._on_stack_hovered(float(epoch * STEPS))
        qtbot.waitUntil(partial(_tells, kl, figures))


def test_the_axis_reaches_to_the_longest_run_but_follows_a_live_one(
    plots: MetricsPlots, qtbot: QtBot
) -> None:
    plots.set_compared((_compared(600),))
    settle(plots, qtbot)
    assert _reach(plots) == (0, 600)
    started = RunStarted("run", "cpu", 1, 44_100, 9, 2, 9.0, 2.0, False, 20, 20, 400, 1, 0, 1000, 1)
    plots.set_history(MetricsHistory())
    plots.add_events([started, *events(100)])
    settle(plots, qtbot)
    assert _reach(plots) == (0, 100)
    plots.add_events([TrainingComplete("finished", "run", 5, 100, None, None, 1, 9.0, 9.0)])
    settle(plots, qtbot)
    assert _reach(plots) == (0, 600)
    for axis, end in ((Axis.EPOCH, 30), (Axis.TIME, 360.0)):
        box = plots.findChild(QComboBox, "plotAxis")
        assert box is not None
        box.setCurrentIndex(box.findData(int(axis)))
        settle(plots, qtbot)
        assert _reach(plots) == pytest.approx((0, end))


def test_it_follows_the_tools_and_can_be_hidden(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.set_compared((_compared(),))
    settle(plots, qtbot)
    assert plots._stack is not None
    panel = plots._stack.panels[0]
    (first,) = {id(made) for (_, key), (_, made) in panel._behind.items() if key == "train_total"}
    plots._draw_all(25)
    settle(plots, qtbot)
    strokes = {key: made for (_, key), (_, made) in panel._behind.items()}
    assert id(strokes["train_total"]) == first, "what does not change is not made again"
    assert strokes["train_reconstruction"].dash is Qt.PenStyle.DashLine
    log = plots.findChild(QToolButton, "plotLog")
    assert log is not None
    log.click()
    settle(plots, qtbot)
    logged = next(made for (_, key), (_, made) in panel._behind.items() if key == "train_total")
    np.testing.assert_allclose(logged.y, np.log10(strokes["train_total"].y))
    chip = plots.findChild(RunChip, "comparedRun_0")
    assert chip is not None
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle(plots, qtbot)
    assert _quiet_pixels(plots, "train") < 20
    assert chip_of(plots, "kl_nats").others == ()


def test_without_a_present_run_the_others_are_shown_alone(plots: MetricsPlots, qtbot: QtBot) -> None:
    plots.clear()
    plots.set_compared((_compared(100),))
    settle(plots, qtbot)
    pages = plots.findChild(QStackedWidget)
    assert pages is not None
    assert pages.currentIndex() == 1
    assert _quiet_pixels(plots, "train") > 200
    assert chip_of(plots, "kl_nats").value == UNKNOWN
    assert chip_of(plots, "kl_nats").others == ("60.00",)


# Export.


def test_picture_and_tables_hold_what_is_seen(
    plots: MetricsPlots, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = _compared(100)
    plots.set_compared((run,))
    settle(plots, qtbot)
    plots._save_picture(tmp_path / "curves.png")
    quiet = theme.quiet(theme.colors().train, theme.colors().plot)
    assert _count(QImage(str(tmp_path / "curves.png")), quiet) > 400
    plots._save_tables(tmp_path / "curves.csv")
    qtbot.waitUntil((tmp_path / "curves steps.csv").exists)
    with (tmp_path / "curves steps.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [*STEP_COLUMNS, "run"]
    assert [sum(row[-1] == name for row in rows) for name in ("now", run_label(run.run))] == [200, 100]


def test_alone_a_run_has_the_tables_it_always_had(tmp_path: Path) -> None:
    data = RunCurves()
    data.add(events(45))
    for path, names in zip(
        save_tables([Figures.of(data, "now")], tmp_path / "curves.csv"),
        (EPOCH_COLUMNS, STEP_COLUMNS),
        strict=True,
    ):
        assert path.read_text().splitlines()[0] == ",".join(names)


def test_tables_that_cannot_be_written_are_told(
    plots: MetricsPlots, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[SdaError] = []
    monkeypatch.setattr("sda_desktop.ui.metrics_plots.show_error", lambda _, error: told.append(error))
    plots._save_tables(tmp_path / "nowhere" / "curves.csv")
    qtbot.waitUntil(lambda: bool(told))

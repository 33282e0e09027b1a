"""What tests of the curves do with plots that are shown."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from sda_desktop.ui.metrics_plots import MetricsPlots
from sda_desktop.ui.plot_legend import LegendChip


def settle(plots: MetricsPlots, qtbot: QtBot) -> None:
    """Wait until everything is drawn."""
    qtbot.waitUntil(lambda: not plots._dirty and not plots._timer.isActive(), timeout=10_000)


def chip_of(plots: MetricsPlots, key: str) -> LegendChip:
    """The entry of a curve in the legend."""
    found = plots.findChild(LegendChip, f"legend_{key}")
    assert found is not None
    return found

"""A main window with both pages built and something in each of them."""

from __future__ import annotations

from collections.abc import Callable

from map_dots import five_dots
from PySide6.QtWidgets import QWidget

from sda_desktop.training.metrics import MetricsHistory, StepMetrics
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.pages import EXPLORE, TRAIN
from sda_desktop.ui.sliders_panel import SliderSpec

SLIDERS = [
    SliderSpec("brightness", "darker", "brighter", -2.0, 2.0, 0.9, "brightness"),
    SliderSpec("principal-1", "shorter", "longer", -2.0, 2.0, 0.8, "", principal=True),
]
LAST_OF_THE_PLOTS = "legend_learning_rate"


def fill(window: MainWindow, wait_until: Callable[[Callable[[], bool]], None]) -> None:
    """Show the window and fill it; the Train page is in front in the end."""
    window.show()
    steps = [StepMetrics(1, n, 20, n, 0.5, 0.4, 0.1, 1e-4, 1e-3, 0.1, 1.0) for n in range(1, 20)]
    window.plots.set_history(MetricsHistory(steps=steps, epochs=[]))
    wait_until(lambda: any(w.isVisible() for w in window.plots.findChildren(QWidget, LAST_OF_THE_PLOTS)))
    window.pages.show_page(EXPLORE)
    page = window.exploring.page
    page.map.set_dots(five_dots())
    page.tools.set_layouts([("tsne", "Neighbours", 0.9), ("pca", "Axes", 0.8)], "tsne")
    page.sliders.set_sliders(SLIDERS)
    page.new_sound.set_ready(True)
    page.morph.set_ready(True)
    window.pages.show_page(TRAIN)

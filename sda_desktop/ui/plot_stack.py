"""The three plots one above the other, with their headings and legends.  Imports pyqtgraph."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.comparison import ComparedRun
from sda_desktop.ui.focus_order import order_focus
from sda_desktop.ui.plot_data import Axis, RunCurves
from sda_desktop.ui.plot_panel import PlotPanel, View
from sda_desktop.ui.plot_specs import PlotSpec, gap_plot, kl_plot, learning_rate_plot, loss_plot
from sda_desktop.ui.plot_view import PlotView

STRETCH = (9, 7, 4)  # two large and a small one


class PlotStack(QWidget):
    """Loss, KL divergence, and learning rate or overfitting gap; empty until `add_next` has added them."""

    hovered = Signal(object)  # float along the axis as shown, or None
    zoomed = Signal(float, float)
    reset_requested = Signal()
    changed = Signal()  # something is to be drawn anew that is not data

    def __init__(self, tools: QWidget, small: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small_specs = {spec.key: spec for spec in (learning_rate_plot(), gap_plot())}
        chosen = self._small_specs.get(small, self._small_specs["learning_rate"])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.HALF)
        self.panels: list[PlotPanel] = []
        self._headings: list[QHBoxLayout] = []
        self._specs = (loss_plot(), kl_plot(), chosen)
        self._tools = tools

    def add_next(self) -> bool:
        """Add one more plot, which takes longer than a frame is shown; whether it was the last."""
        number = len(self.panels)
        self._add(number, self._specs[number])
        if number == 0:
            self._headings[0].addWidget(self._tools, 1)
        elif number == 1:
            self._headings[1].addWidget(self.panels[1].legend, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._add_choice(self._specs[number].key)
        order_focus([self])
        return number == len(self._specs) - 1

    def focus_parts(self) -> list[QWidget]:
        """The tools stand above the first legend, the choice of the small plot before its own."""
        parts: list[QWidget] = [self._tools, *(panel.legend for panel in self.panels)]
        choice = self._group.buttons() if len(parts) > len(self._specs) else ()
        return [*parts[:3], *choice, *parts[3:]]

    @property
    def small(self) -> str:
        """Which small plot is shown."""
        return self.panels[2].spec.key

    def _add(self, number: int, spec: PlotSpec) -> None:
        view = PlotView(shows_x=number == len(STRETCH) - 1)
        panel = PlotPanel(spec, view)
        heading = QHBoxLayout()
        heading.setSpacing(theme.GRID)
        if number < len(STRETCH) - 1:
            title = QLabel(spec.title)
            title.setToolTip(spec.tip)
            heading.addWidget(title)
        self._column.addLayout(heading)
        if number == 0:
            self._column.addWidget(panel.legend)
        self._column.addWidget(view, STRETCH[number])
        view.hovered.connect(self.hovered)
        view.zoomed.connect(self.zoomed)
        view.double_clicked.connect(self.reset_requested)
        panel.changed.connect(self.changed)
        self.panels.append(panel)
        self._headings.append(heading)

    def _add_choice(self, chosen: str) -> None:
        """Two words, one of them pressed, instead of a heading."""
        self._group = QButtonGroup(self)
        heading = self._headings[2]
        for key, spec in self._small_specs.items():
            button = QToolButton()
            button.setText(spec.title)
            button.setObjectName(f"smallPlot_{key}")
            button.setAccessibleName(spec.title)
            button.setToolTip(spec.tip)
            button.setCheckable(True)
            button.setChecked(key == chosen)
            button.setProperty("plot", key)
            self._group.addButton(button)
            heading.addWidget(button)
        heading.addWidget(self.panels[2].legend, 1, Qt.AlignmentFlag.AlignVCenter)
        self._group.buttonClicked.connect(self._on_group_button_clicked)

    @Slot(object)
    def _on_group_button_clicked(self, button: QToolButton) -> None:
        spec = self._small_specs[button.property("plot")]
        panel = self.panels[2]
        if spec.key == panel.spec.key:
            return
        old = panel.legend
        panel.set_spec(spec)
        self._headings[2].replaceWidget(old, panel.legend)
        old.deleteLater()
        panel.legend.show()
        order_focus([self])
        self.changed.emit()

    # Drawing.

    def set_compared(self, runs: Sequence[ComparedRun]) -> None:
        """Draw these behind the present run."""
        for panel in self.panels:
            panel.set_compared(runs)

    def draw(self, number: int, data: RunCurves, view: View) -> None:
        """Draw one plot."""
        self.panels[number].draw(data, view)

    def set_limits(self, end: float) -> None:
        """How far the user may move to the right."""
        for panel in self.panels:
            panel.view.set_limits(0.0, end)

    def show_place(
        self, number: int, data: RunCurves, axis: Axis, place: float | None, unit: float, reach: float
    ) -> None:
        """One plot's hairline and figures at a place, or none and the newest figures."""
        panel = self.panels[number]
        panel.view.set_hairline(None if place is None else place / unit)
        panel.show_values(data, axis, place, reach)

    def apply_theme(self) -> None:
        """Take the colours that hold now."""
        for panel in self.panels:
            panel.view.apply_theme()

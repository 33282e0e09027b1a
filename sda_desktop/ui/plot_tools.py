"""The small controls above the plots: smoothing, log axis, what runs along the bottom, reset, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from sda_desktop.ui import theme
from sda_desktop.ui.access import name_choice
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.plot_data import Axis
from sda_desktop.ui.settings import Settings

# The slider's end: the time constant of the moving average as a share of the width in sight.
MOST_SMOOTHING = 0.1
FIRST_SMOOTHING = 40
_ICON = 16


class PlotTools(QWidget):
    """Remembers what was chosen."""

    look_changed = Signal()  # smoothing or log axis
    axis_chosen = Signal(int)
    reset_requested = Signal()
    picture_requested = Signal()
    tables_requested = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._place = ElidedLabel()
        self._place.setObjectName("plotPlace")
        self._place.setAccessibleName(self.tr("Where the pointer is"))
        theme.set_role(self._place, "muted")
        self._place.setFont(theme.tabular(theme.small(self.font())))
        self._slider = self._make_slider()
        self._log = QToolButton()
        self._log.setObjectName("plotLog")
        self._log.setText(self.tr("Log"))
        self._log.setAccessibleName(self.tr("Logarithmic axis"))
        self._log.setToolTip(self.tr("Logarithmic axis: equal ratios are equally high"))
        self._log.setCheckable(True)
        self._log.setChecked(settings.flag("plots/log"))
        self._log.toggled.connect(self._on_log_toggled)
        self._axis = self._make_axis()
        self._reset = icon_button("plotReset", "reset", self.tr("Show the whole run again"), _ICON)
        self._reset.clicked.connect(self.reset_requested)
        self._reset.setEnabled(False)
        self._lay_out()

    def _make_slider(self) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setObjectName("plotSmoothing")
        made.setAccessibleName(self.tr("Smoothing"))
        made.setToolTip(self.tr("Smoothing of the bold curves; the faint one behind them is as measured"))
        made.setRange(0, 100)
        made.setFixedWidth(8 * theme.GRID)
        made.setValue(round(self._settings.number("plots/smoothing", FIRST_SMOOTHING)))
        made.valueChanged.connect(self._on_slider_value_changed)
        return made

    def _make_axis(self) -> QComboBox:
        made = QComboBox()
        made.setObjectName("plotAxis")
        name_choice(made, self.tr("Along the bottom"))
        made.setToolTip(self.tr("What runs along the bottom"))
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # never cut off
        for axis, text in (
            (Axis.STEP, self.tr("Steps")),
            (Axis.EPOCH, self.tr("Epochs")),
            (Axis.TIME, self.tr("Time")),
        ):
            made.addItem(text, int(axis))
        made.setCurrentIndex(max(0, made.findData(int(self._settings.number("plots/axis", 0)))))
        made.currentIndexChanged.connect(self._on_axis_current_index_changed)
        return made

    def _make_more(self) -> QToolButton:
        made = icon_button("plotMore", "export", self.tr("Save the curves"), _ICON)
        menu = QMenu(made)
        menu.addAction(self.tr("Save as picture (PNG)…"), self.picture_requested.emit)
        menu.addAction(self.tr("Save figures as tables (CSV)…"), self.tables_requested.emit)
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        self._word = QLabel(self.tr("Smooth"))
        theme.set_role(self._word, "muted")
        self._word.setBuddy(self._slider)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._place, 1)
        row.addSpacing(theme.HALF)
        self._tools = (self._slider, self._log, self._axis, self._reset, self._make_more())
        for widget in (self._word, *self._tools):
            row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the slider goes without its word, which its tool tip says too."""
        super().resizeEvent(event)
        tools = sum(widget.sizeHint().width() + theme.HALF for widget in self._tools)
        place = QFontMetrics(self._place.font()).horizontalAdvance("step 888,888")
        self._word.setVisible(tools + place + self._word.sizeHint().width() + 2 * theme.GRID <= self.width())

    # What was chosen.

    @property
    def smoothing(self) -> float:
        """The time constant of the moving average as a share of the width in sight; 0 is none."""
        return MOST_SMOOTHING * (self._slider.value() / self._slider.maximum()) ** 2

    @property
    def log(self) -> bool:
        """Whether axes that can be are logarithmic."""
        return self._log.isChecked()

    @property
    def axis(self) -> Axis:
        """What runs along the bottom."""
        return Axis(self._axis.currentData())

    def set_place(self, text: str) -> None:
        """Where the pointer is, in words."""
        self._place.setText(text)

    def set_zoomed(self, zoomed: bool) -> None:
        """Whether there is anything to reset."""
        self._reset.setEnabled(zoomed)

    @Slot(int)
    def _on_slider_value_changed(self, value: int) -> None:
        self._settings.set_number("plots/smoothing", value)
        self.look_changed.emit()

    @Slot(bool)
    def _on_log_toggled(self, on: bool) -> None:
        self._settings.set_flag("plots/log", on)
        self.look_changed.emit()

    @Slot(int)
    def _on_axis_current_index_changed(self, _: int) -> None:
        self._settings.set_number("plots/axis", int(self.axis))
        self.axis_chosen.emit(int(self.axis))

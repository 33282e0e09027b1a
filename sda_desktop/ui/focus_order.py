"""The way of the Tab key: through the window as one reads it, also through what was built later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

if TYPE_CHECKING:
    from sda_desktop.ui.main_window import MainWindow


@runtime_checkable
class Ordered(Protocol):
    """A widget that says itself in which order Tab goes through its parts."""

    def focus_parts(self) -> Sequence[QWidget]:
        """All parts that Tab can come to."""


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """What Tab can come to in a widget, in the order it was put there or in its own.

    What is hidden or disabled counts too: it may not stay so.  Qt's own chain is not walked: PySide takes
    what `nextInFocusChain` returns for a child of the widget that was asked, and lets go of both at once.
    """
    # What hands the focus on to a part of itself is no stop of its own.
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QAbstractSpinBox | QComboBox):
        return  # what is in it follows it
    parts = widget.focus_parts() if isinstance(widget, Ordered) else widget.children()
    for part in parts:
        if isinstance(part, QWidget) and not part.isWindow():
            yield from tab_stops(part)


def order_focus(widgets: Sequence[QWidget]) -> None:
    """Let Tab go through widgets, and all that is in each of them, one after the other."""
    stops = [stop for widget in widgets for stop in tab_stops(widget)]
    for stop, following in pairwise(stops):
        QWidget.setTabOrder(stop, following)


class WindowFocus(QObject):
    """Keeps the window's parts in order: Qt puts whatever is made last at the end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.plots.built.connect(self.order)
        window.pages.changed.connect(self.order)
        window.notices.changed.connect(self.order)
        self.order()

    @Slot()
    def order(self) -> None:
        """From the top left to the bottom right."""
        window = self._window
        left = (window.sounds, window.form, window.run_controls)
        order_focus(
            [
                *(window.pages.switch, window.notices),
                *(*left, window.plots, window.previews, window.runs),
                *window.exploring.pages(),
                window.player_bar,
            ]
        )

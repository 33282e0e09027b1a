"""The two pages of the window and the switch between them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.ui import theme

TRAIN, EXPLORE = 0, 1


class PageSwitch(QWidget):
    """Two buttons side by side, of which one is down."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageSwitch")
        self.setAccessibleName(self.tr("Page"))
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.GRID // 2, theme.GRID, 0)
        row.setSpacing(0)
        texts = (
            (self.tr("Train"), self.tr("Train a model on your sounds (Ctrl+1)")),
            (self.tr("Explore"), self.tr("Play a trained model (Ctrl+2)")),
        )
        for number, (text, tip) in enumerate(texts):
            button = QPushButton(text)
            button.setObjectName(("trainPageButton", "explorePageButton")[number])
            button.setCheckable(True)
            button.setToolTip(tip)
            theme.set_role(button, "segment")
            theme.set_style_property(button, "side", "first" if number == 0 else "last")
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(TRAIN).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def show_page(self, page: int) -> None:
        """Put its button down."""
        self._group.button(page).setChecked(True)


class Pages(QWidget):
    """The pages on top of each other.  The second one is built when it is first wanted.

    build: makes the Explore page.
    """

    changed = Signal(int)

    def __init__(self, train: QWidget, build: Callable[[], QWidget], menu_bar: QMenuBar) -> None:
        super().__init__()
        self._build = build
        self.switch = PageSwitch()
        self._stack = QStackedWidget()
        self._stack.addWidget(train)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        if sys.platform == "darwin":  # the menu bar is not in the window there
            self.switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            menu_bar.setCornerWidget(self.switch, Qt.Corner.TopRightCorner)
        column.addWidget(self._stack, 1)
        self.switch.chosen.connect(self.show_page)

    @property
    def page(self) -> int:
        """The page in sight."""
        return self._stack.currentIndex()

    @Slot(int)
    def show_page(self, page: int) -> None:
        """Bring a page to the front."""
        if page == EXPLORE and self._stack.count() == 1:
            self._stack.addWidget(self._build())
        self.switch.show_page(page)
        if page != self.page:
            self._stack.setCurrentIndex(page)
            self.changed.emit(page)

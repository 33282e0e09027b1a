"""Every key there is, on one page."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.help_dialogs import close_row, heading, new_dialog
from sda_desktop.words import mark, shown

Keys = Sequence[tuple[str, str]]
MOST_COLUMNS = 3
REDO = "Ctrl+Shift+Z"  # where it is not Ctrl+Y
LARGEST_SHARE = 0.95  # of the screen


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShortcutSheet", text)


# Keys that belong to lists, waveforms and the map, not to a menu.
SECTIONS: tuple[tuple[str, Keys], ...] = (
    (
        mark("Sounds and previews"),
        (
            (mark("Play or stop"), mark("Space")),
            (mark("Play from the beginning"), mark("Enter")),
            (mark("Hear the next or previous one"), mark("Up, Down")),
            (mark("Hear one further away"), mark("PgUp, PgDown, Home, End")),
            (mark("Stop"), mark("Esc")),
            (mark("Original or reconstruction"), "A, B"),
            (mark("Fold an epoch up, open it"), mark("Left, Right")),
        ),
    ),
    (
        mark("Waveform"),
        (
            (mark("Play or stop"), mark("Space")),
            (mark("Back, forward"), mark("Left, Right")),
            (mark("To the beginning, to the end"), mark("Home, End")),
            (mark("Stop"), mark("Esc")),
        ),
    ),
    (
        mark("Training settings"),
        (
            (mark("More, less"), mark("Up, Down")),
            (mark("Much more, much less"), mark("PgUp, PgDown")),
            (mark("Undo, redo"), mark("Ctrl+Z, Ctrl+Shift+Z")),
        ),
    ),
    (
        mark("Runs and models"),
        (
            (mark("Resume the run, play the model"), mark("Enter")),
            (mark("Rename the model"), "F2"),
            (mark("Delete"), mark("Del")),
            (mark("Bring the model back"), mark("Ctrl+Z")),
            (mark("Look again"), "F5"),
        ),
    ),
    (
        mark("Map"),
        (
            (mark("Go to the next dot that way"), mark("Arrows")),
            (mark("Play it"), mark("Enter, Space")),
            (mark("Stop, clear the selection"), mark("Esc")),
            (mark("Nearer, further away, everything"), "+, -, 0"),
            (mark("Search, next one found"), mark("/ or Ctrl+F, F3")),
            (mark("Select all"), mark("Ctrl+A")),
            (mark("Select with a line drawn around"), mark("Shift+drag")),
            (mark("Add to the selection"), mark("Ctrl+click")),
            (mark("Move the map"), mark("Space+drag")),
            (mark("Carry sounds out"), mark("Ctrl+drag")),
        ),
    ),
    (
        mark("Sliders and new sounds"),
        (
            (mark("Turn a slider"), mark("Arrows, PgUp, PgDown")),
            (mark("Back to its middle"), mark("Del or a double click")),
            (mark("Undo, redo"), mark("Ctrl+Z, Ctrl+Shift+Z")),
        ),
    ),
    (
        mark("Morph"),
        (
            (mark("Play the morph, or its sound"), mark("Space")),
            (mark("Go along the curve"), mark("Left, Right, Home, End")),
            (mark("Bend the curve"), mark("Up, Down")),
            (mark("Move a sound in its order"), mark("Alt+Up, Alt+Down")),
            (mark("Take a sound out"), mark("Del")),
        ),
    ),
    (
        mark("History"),
        (
            (mark("Play or stop"), mark("Space")),
            (mark("Star"), "S"),
            (mark("Rename"), "F2"),
            (mark("Copy"), mark("Ctrl+C")),
            (mark("Take out, bring back"), mark("Del, Ctrl+Z")),
        ),
    ),
    (
        mark("Guide and log"),
        (
            (mark("Search"), mark("Ctrl+F")),
            (mark("Next, previous place"), mark("Enter, Shift+Enter")),
            (mark("Close"), mark("Esc")),
        ),
    ),
)
# Of a Mac's keyboard; the words are those of every language of the window.
_SIGNS = (("Ctrl+", "⌘"), ("Strg+", "⌘"), ("Shift+", "⇧"), ("Umschalt+", "⇧"), ("Alt+", "⌥"))


def shortcut_sheet(parent: QWidget, shortcuts: Keys) -> QDialog:
    """The shortcuts of the menus as given, and those of lists, waveforms and the map."""
    dialog, column = new_dialog(parent, "shortcutDialog", _tr("Keyboard shortcuts"))
    sections = [
        (_tr("Anywhere"), list(shortcuts)),
        *(
            (shown(title), [(shown(what), native(shown(keys))) for what, keys in rows])
            for title, rows in SECTIONS
        ),
    ]
    largest = parent.screen().availableSize() * LARGEST_SHARE
    frame = QSize(8 * theme.GRID, 14 * theme.GRID)  # with a scroll bar
    page = _page(sections, MOST_COLUMNS)
    for count in range(MOST_COLUMNS - 1, 0, -1):  # on a small screen one scrolls down, not sideways
        if page.sizeHint().width() + frame.width() <= largest.width():
            break
        page = _page(sections, count)
    area = QScrollArea()
    area.setObjectName("shortcutArea")
    area.setAccessibleName(dialog.windowTitle())
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(page)
    column.addWidget(area, 1)
    column.addLayout(close_row(dialog))
    dialog.resize((page.sizeHint() + frame).boundedTo(largest))
    return dialog


def native(keys: str, platform: str = sys.platform) -> str:
    """Keys as they are on this kind of system and written on its keyboard."""
    redo = QKeySequence(QKeySequence.StandardKey.Redo).toString()
    keys = keys.replace(REDO, redo or REDO)
    if platform == "darwin":
        for word, sign in _SIGNS:
            keys = keys.replace(word, sign)
    return keys


def _page(sections: Sequence[tuple[str, Keys]], columns: int) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, theme.GRID, 0)
    row.setSpacing(4 * theme.GRID)
    for part in _in_columns(sections, columns):
        row.addLayout(_column(part), 1)
    return page


def _in_columns(sections: Sequence[tuple[str, Keys]], count: int) -> list[list[tuple[str, Keys]]]:
    """The sections in their order, in columns of about the same height."""
    total = sum(len(rows) + 2 for _, rows in sections)
    columns: list[list[tuple[str, Keys]]] = [[] for _ in range(count)]
    before = 0
    for title, rows in sections:
        middle = before + (len(rows) + 2) / 2
        columns[min(int(middle * count / total), count - 1)].append((title, rows))
        before += len(rows) + 2
    return columns


def _column(sections: Sequence[tuple[str, Keys]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * theme.GRID)
    grid.setVerticalSpacing(theme.HALF)
    grid.setColumnStretch(0, 1)
    for title, rows in sections:
        if grid.count():
            grid.setRowMinimumHeight(grid.rowCount(), theme.GRID)
        grid.addWidget(heading(title), grid.rowCount(), 0, 1, 2)
        for what, keys in rows:
            number = grid.rowCount()
            grid.addWidget(QLabel(what), number, 0)
            label = QLabel(keys)
            theme.set_role(label, "muted")
            grid.addWidget(label, number, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid

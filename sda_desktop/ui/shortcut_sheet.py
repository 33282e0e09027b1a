"""Every key there is, on one page."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from sda_desktop.ui import theme
from sda_desktop.ui.help_dialogs import close_row, heading, new_dialog

Keys = Sequence[tuple[str, str]]
MOST_COLUMNS = 3
REDO = "Ctrl+Shift+Z"  # where it is not Ctrl+Y
LARGEST_SHARE = 0.95  # of the screen


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShortcutSheet", text)


# Keys that belong to lists, waveforms and the map, not to a menu.
SECTIONS: tuple[tuple[str, Keys], ...] = (
    (
        "Sounds and previews",
        (
            ("Play or stop", "Space"),
            ("Play from the beginning", "Enter"),
            ("Hear the next or previous one", "Up, Down"),
            ("Hear one further away", "PgUp, PgDown, Home, End"),
            ("Stop", "Esc"),
            ("Original or reconstruction", "A, B"),
            ("Fold an epoch up, open it", "Left, Right"),
        ),
    ),
    (
        "Waveform",
        (
            ("Play or stop", "Space"),
            ("Back, forward", "Left, Right"),
            ("To the beginning, to the end", "Home, End"),
            ("Stop", "Esc"),
        ),
    ),
    (
        "Training settings",
        (
            ("More, less", "Up, Down"),
            ("Much more, much less", "PgUp, PgDown"),
            ("Undo, redo", "Ctrl+Z, Ctrl+Shift+Z"),
        ),
    ),
    (
        "Runs and models",
        (
            ("Resume the run, play the model", "Enter"),
            ("Rename the model", "F2"),
            ("Delete", "Del"),
            ("Bring the model back", "Ctrl+Z"),
            ("Look again", "F5"),
        ),
    ),
    (
        "Map",
        (
            ("Go to the next dot that way", "Arrows"),
            ("Play it", "Enter, Space"),
            ("Stop, clear the selection", "Esc"),
            ("Nearer, further away, everything", "+, -, 0"),
            ("Search, next one found", "/ or Ctrl+F, F3"),
            ("Select all", "Ctrl+A"),
            ("Select with a line drawn around", "Shift+drag"),
            ("Add to the selection", "Ctrl+click"),
            ("Move the map", "Space+drag"),
            ("Carry sounds out", "Ctrl+drag"),
        ),
    ),
    (
        "Sliders and new sounds",
        (
            ("Turn a slider", "Arrows, PgUp, PgDown"),
            ("Back to its middle", "Del or a double click"),
            ("Undo, redo", "Ctrl+Z, Ctrl+Shift+Z"),
        ),
    ),
    (
        "Morph",
        (
            ("Play the morph, or its sound", "Space"),
            ("Go along the curve", "Left, Right, Home, End"),
            ("Bend the curve", "Up, Down"),
            ("Move a sound in its order", "Alt+Up, Alt+Down"),
            ("Take a sound out", "Del"),
        ),
    ),
    (
        "History",
        (
            ("Play or stop", "Space"),
            ("Star", "S"),
            ("Rename", "F2"),
            ("Copy", "Ctrl+C"),
            ("Take out, bring back", "Del, Ctrl+Z"),
        ),
    ),
    (
        "Guide and log",
        (
            ("Search", "Ctrl+F"),
            ("Next, previous place", "Enter, Shift+Enter"),
            ("Close", "Esc"),
        ),
    ),
)
_SIGNS = (("Ctrl+", "⌘"), ("Shift+", "⇧"), ("Alt+", "⌥"))  # of a Mac's keyboard


def shortcut_sheet(parent: QWidget, shortcuts: Keys) -> QDialog:
    """The shortcuts of the menus as given, and those of lists, waveforms and the map."""
    dialog, column = new_dialog(parent, "shortcutDialog", _tr("Keyboard shortcuts"))
    sections = [
        (_tr("Anywhere"), list(shortcuts)),
        *((_tr(title), [(_tr(what), native(_tr(keys))) for what, keys in rows]) for title, rows in SECTIONS),
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

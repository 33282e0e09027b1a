"""Guide, keyboard shortcuts, About: text in small windows."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sda_desktop import __version__, paths
from sda_desktop.ui import theme


def _tr(text: str) -> str:
    return QCoreApplication.translate("HelpDialogs", text)


GUIDE: tuple[tuple[str, str], ...] = (
    (
        "Sounds",
        "Drop folders or files anywhere on the window. Five sounds or more work best; one is enough to try. "
        "Your files are only read. Broken ones are named and left out.",
    ),
    (
        "Train",
        "The presets suit most folders. Training can be stopped at any moment: everything learned so far is "
        "saved, and Resume goes on exactly from there.",
    ),
    (
        "Watch",
        "The curves show how close the model comes to your sounds (lower is better), on the sounds it learns "
        "from and on sounds it has never heard. When the two drift apart it learns by heart; the best state "
        "is kept by itself.",
    ),
    (
        "Listen",
        "Every few epochs the same sounds are rebuilt by the model, and new ones are made. Compare each with "
        "its original by A/B at the same loudness.",
    ),
    (
        "Runs",
        "Every training is a folder of its own with its previews and checkpoints. Select one to see and hear "
        "it again, or to resume it.",
    ),
    (
        "Explore",
        "The second page plays a trained model, also while it learns. Each dot on the map is a sound; "
        "between the dots lies what the model makes of its neighbours. Sliders, variations and morphs lead "
        "further, and what you drop on the page becomes a dot of its own.",
    ),
    (
        "Keep",
        "Every sound you make is in the history with all that is needed to make it again. Star what you "
        "like, drag it into your DAW, copy it, or export it in the format you need.",
    ),
)

# Keys that belong to lists and waveforms, not to a menu.
KEYS_IN_LISTS: tuple[tuple[str, str], ...] = (
    ("Play or stop the selected sound", "Space"),
    ("Hear the next or previous sound", "Up, Down"),
    ("Stop", "Esc"),
)
KEYS_ON_THE_MAP: tuple[tuple[str, str], ...] = (
    ("Go to the next dot that way", "Arrows"),
    ("Play it", "Enter, Space"),
    ("Nearer, further away, everything", "+, -, 0"),
    ("Search", "Ctrl+F"),
    ("Select with a line drawn around", "Shift+drag"),
    ("Move the map", "Space+drag, middle button"),
    ("Carry sounds out", "Ctrl+drag"),
    ("Undo, redo a control", "Ctrl+Z, Ctrl+Shift+Z"),
)


def guide(parent: QWidget) -> QDialog:
    """How it works, on one page."""
    dialog, column = _dialog(parent, "guideDialog", _tr("Guide"))
    column.setSpacing(theme.HALF)
    for number, (heading, text) in enumerate(GUIDE):
        if number:
            column.addSpacing(theme.GRID)
        column.addWidget(_heading(_tr(heading)))
        column.addWidget(_text(_tr(text)))
    return _finish(dialog, column)


def shortcut_sheet(parent: QWidget, shortcuts: Sequence[tuple[str, str]]) -> QDialog:
    """Every shortcut: those of the menus as given, and those of lists."""
    dialog, column = _dialog(parent, "shortcutDialog", _tr("Keyboard shortcuts"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(4 * theme.GRID)
    grid.setVerticalSpacing(theme.HALF)
    grid.setColumnStretch(0, 1)
    column.addLayout(grid)
    for heading, rows in (
        (_tr("Anywhere"), shortcuts),
        (_tr("In lists and waveforms"), [(_tr(what), keys) for what, keys in KEYS_IN_LISTS]),
        (_tr("On the map and the Explore page"), [(_tr(what), keys) for what, keys in KEYS_ON_THE_MAP]),
    ):
        if grid.rowCount() > 1:
            grid.setRowMinimumHeight(grid.rowCount(), theme.GRID)
        grid.addWidget(_heading(heading), grid.rowCount(), 0)
        for what, keys in rows:
            row = grid.rowCount()
            grid.addWidget(QLabel(what), row, 0)
            label = QLabel(keys)
            theme.set_role(label, "muted")
            grid.addWidget(label, row, 1)
    return _finish(dialog, column)


def about(parent: QWidget) -> QDialog:
    """Name, version, and the versions of what it stands on."""
    dialog, column = _dialog(parent, "aboutDialog", _tr("About SDA Desktop"))
    column.addWidget(_heading(f"SDA Desktop {__version__}"))
    column.addWidget(
        _text(_tr("Trains a generative model on a folder of your own sounds. Nothing leaves this computer."))
    )
    versions = QLabel(versions_text())
    versions.setObjectName("aboutVersions")
    versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    theme.set_role(versions, "muted")
    column.addWidget(versions)
    return _finish(dialog, column)


def versions_text() -> str:
    """What a report needs to know, one line each."""
    lines = [
        f"Python {platform.python_version()}, Qt {qVersion()}",
        ", ".join(f"{name} {_version(name)}" for name in ("torch", "soundfile", "sounddevice")),
        platform.platform(),
        _tr("Data: {folder}").format(folder=paths.data_dir()),
    ]
    return "\n".join(lines)


def _version(package: str) -> str:
    # Read from the package's metadata: importing torch for its version would take seconds.
    from importlib import metadata  # itself slow enough to be noticed at the start of the app

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"


def _dialog(parent: QWidget, name: str, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*[3 * theme.GRID] * 4)
    column.setSpacing(theme.GRID)
    return dialog, column


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    theme.set_role(label, "heading")
    return label


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setMinimumWidth(56 * label.fontMetrics().averageCharWidth())
    return label


def _finish(dialog: QDialog, column: QVBoxLayout) -> QDialog:
    column.addStretch(1)
    row = QHBoxLayout()
    row.setContentsMargins(0, theme.GRID, 0, 0)
    row.addStretch(1)
    close = QPushButton(_tr("Close"))
    close.setObjectName(f"{dialog.objectName()}Close")
    close.setAccessibleName(_tr("Close"))
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    column.addLayout(row)
    return dialog

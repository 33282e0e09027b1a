"""The menu of the runs that were changed last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sda_desktop.ui.run_entries import SEPARATOR, RunEntry, date_text, newest_changes

MOST_RUNS = 10


class RecentRuns(QObject):
    """Fills the menu whenever it is about to be shown, from what the list of runs has read already.

    entries: the runs of that list, None as long as it is still reading them.
    """

    chosen = Signal(object)  # Path of a run folder

    def __init__(self, menu: QMenu, entries: Callable[[], Sequence[RunEntry] | None]) -> None:
        super().__init__(menu)
        self._menu = menu
        self._entries = entries
        menu.aboutToShow.connect(self._on_menu_about_to_show)

    @Slot()
    def _on_menu_about_to_show(self) -> None:
        self._menu.clear()
        entries = self._entries()
        if not entries:
            text = self.tr("Looking for runs…") if entries is None else self.tr("No runs yet")
            self._menu.addAction(text).setEnabled(False)
            return
        for number, entry in enumerate(newest_changes(entries, MOST_RUNS), start=1):
            name = entry.run.name.replace("&", "&&")
            # The tenth has 0, which stands behind 9 on the keyboard.
            action = self._menu.addAction(f"&{number % 10}  {name}{SEPARATOR}{date_text(entry.changed)}")
            action.setObjectName(f"action_recent_run_{number}")
            action.setStatusTip(str(entry.run.path))
            action.setToolTip(str(entry.run.path))
            action.setData(str(entry.run.path))
            action.triggered.connect(self._on_action_triggered)

    @Slot()
    def _on_action_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(Path(str(action.data())))

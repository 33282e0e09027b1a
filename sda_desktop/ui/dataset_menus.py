"""The two menus of the sound list: what to open, and how to sort."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from sda_desktop.ui import icons
from sda_desktop.ui.sound_list_model import SortKey
from sda_desktop.words import say


class SoundsMenu(QMenu):
    """Open, recent, demo, rescan, close."""

    recent_opened = Signal(object)  # Path
    recent_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("soundsMenu")
        self.open_folder = self._action("openFolderAction", "folder-open", self.tr("Open folder…"))
        self.open_files = self._action("openFilesAction", "sound", self.tr("Open files…"))
        self._recent = self.addMenu(icons.icon("clock"), self.tr("Recent"))
        self._recent.setObjectName("recentSoundsMenu")
        self.demo = self._action("demoAction", "demo", self.tr("Demo sounds"))
        self.addSeparator()
        self.rescan = self._action("rescanAction", "refresh", self.tr("Scan again"))
        self.close_all = self._action("closeSoundsAction", "close", self.tr("Close"))

    def _action(self, name: str, icon_name: str, words: str) -> QAction:
        action = self.addAction(icons.icon(icon_name), words)
        action.setObjectName(name)
        return action

    def set_recent(self, recent: Sequence[Path]) -> None:
        """Offer these in the submenu."""
        self._recent.clear()
        for path in recent:
            action = self._recent.addAction(f"{path.name}   ({path.parent})".replace("&", "&&"))
            action.setData(path)
            action.triggered.connect(self._on_recent_triggered)
        if recent:
            self._recent.addSeparator()
            clear = self._recent.addAction(self.tr("Clear this list"))
            clear.triggered.connect(self.recent_cleared)
        self._recent.menuAction().setEnabled(bool(recent))

    def set_enabled_actions(self, enabled: bool) -> None:
        """Enable or disable everything that changes the sounds."""
        for action in self.actions():
            action.setEnabled(enabled)
        self._recent.menuAction().setEnabled(enabled and not self._recent.isEmpty())

    @Slot()
    def _on_recent_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_opened.emit(action.data())


def sort_words(key: SortKey) -> str:
    """What a sort key is called."""
    words = {
        SortKey.NAME: say("Name"),
        SortKey.LENGTH: say("Length"),
        SortKey.RATE: say("Rate"),
        SortKey.CHANNELS: say("Channels"),
        SortKey.LEVEL: say("Level"),
        SortKey.PROBLEMS: say("Problems first"),
    }
    return words[key]


class SortButton(QToolButton):
    """Shows what the list is sorted by; its menu changes it.  Choosing the same again turns it round."""

    sort_changed = Signal(object, bool)  # SortKey, descending

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sortButton")
        self.setToolTip(self.tr("Sort the sounds; choose the same again to turn the order round"))
        self.setIconSize(QSize(14, 14))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._key, self._descending = SortKey.NAME, False
        menu = QMenu(self)
        group = QActionGroup(self)
        for key in SortKey:
            action = menu.addAction(sort_words(key))
            action.setObjectName(f"sortBy_{key.value}")
            action.setCheckable(True)
            action.setChecked(key is self._key)
            action.setData(key.value)
            group.addAction(action)
        group.triggered.connect(self._on_action_triggered)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._show()

    def set_sort(self, key: SortKey, descending: bool) -> None:
        """Show another order."""
        self._key, self._descending = key, descending
        for action in self.menu().actions():
            action.setChecked(action.data() == key.value)
        self._show()

    def _show(self) -> None:
        self.setIcon(icons.icon("chevron-down" if self._descending else "chevron-up", "muted"))
        self.setText(sort_words(self._key))
        order = self.tr("descending") if self._descending else self.tr("ascending")
        self.setAccessibleName(self.tr("Sorted by {0}, {1}").format(sort_words(self._key), order))

    @Slot(QAction)
    def _on_action_triggered(self, action: QAction) -> None:
        key = SortKey(action.data())
        self.set_sort(key, not self._descending if key is self._key else False)
        self.sort_changed.emit(self._key, self._descending)

"""The menus and their actions: names, shortcuts and order.  What they do is connected by the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from sda_desktop.ui import icons
from sda_desktop.ui.language import LANGUAGES, SYSTEM
from sda_desktop.ui.run_state import Controls
from sda_desktop.ui.settings import Settings
from sda_desktop.words import mark, say, shown


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu: a dash of its own if the name is empty."""

    name: str = ""
    text: str = ""
    shortcut: str = ""
    icon: str = ""


_MENUS: dict[str, tuple[Entry, ...]] = {
    mark("&File"): (
        Entry("open_folder", mark("&Open folder…"), "Ctrl+O", "folder-open"),
        Entry("open_files", mark("Open &files…"), "Ctrl+Shift+O", "sound"),
        Entry("recent", mark("Open &recent")),
        Entry("recent_runs", mark("Recent r&uns")),
        Entry("demo", mark("&Demo sounds"), "", "demo"),
        Entry(),
        Entry("quit", mark("&Quit"), "Ctrl+Q"),
    ),
    mark("&Training"): (
        Entry("train", mark("&Train"), "Ctrl+Return", "train"),
        Entry("stop", mark("&Stop"), "Ctrl+.", "stop"),
        Entry("resume", mark("&Resume"), "Ctrl+Shift+Return", "resume"),
        Entry(),
        Entry("save_checkpoint", mark("Save &checkpoint"), "Ctrl+S", "save"),
        Entry("explore_run", mark("&Explore this model"), "Ctrl+E", "map"),
        Entry("open_run_folder", mark("Open run &folder"), "", "reveal"),
    ),
    mark("&View"): (
        Entry("page_train", mark("&Train page"), "Ctrl+1"),
        Entry("page_explore", mark("&Explore page"), "Ctrl+2"),
        Entry(),
        Entry("settings", mark("Go to &settings"), "Ctrl+,", "settings"),
        Entry("theme", mark("T&heme"), "", "theme"),
        Entry("motion", mark("&Motion")),
        Entry("language", mark("&Language")),
        Entry("full_screen", mark("&Full screen"), "F11"),
        Entry("reset_layout", mark("&Reset layout"), "", "reset"),
    ),
    mark("&Help"): (
        Entry("guide", mark("&Guide"), "F1", "help"),
        Entry("shortcuts", mark("&Keyboard shortcuts"), "Ctrl+/"),
        Entry(),
        Entry("log", mark("&Log…"), "Ctrl+Shift+L"),
        Entry("log_folder", mark("Open log &folder")),
        Entry("save_diagnostics", mark("Save &diagnostics…"), "", "save"),
        Entry(),
        Entry("about", mark("&About SDA Desktop")),
    ),
}
_THEMES = {"system": mark("&System"), "light": mark("&Light"), "dark": mark("&Dark")}
_MOTIONS = {"system": mark("As the &system wants"), "full": mark("&Full"), "reduced": mark("&Reduced")}


class Actions(QObject):
    """All actions, by name: `actions["train"]`."""

    recent_chosen = Signal(object)  # Path
    theme_chosen = Signal(str)
    motion_chosen = Signal(str)
    language_chosen = Signal(str)  # see ui/language.py

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self.recent_menu = QMenu(say("Open &recent"), window)
        self.recent_runs_menu = QMenu(say("Recent r&uns"), window)
        self._theme_menu = QMenu(say("T&heme"), window)
        self._motion_menu = QMenu(say("&Motion"), window)
        self._language_menu = QMenu(say("&Language"), window)
        self._submenus = {
            "recent": self.recent_menu,
            "recent_runs": self.recent_runs_menu,
            "theme": self._theme_menu,
            "motion": self._motion_menu,
            "language": self._language_menu,
        }
        for title, entries in _MENUS.items():
            menu = window.menuBar().addMenu(shown(title))
            menu.setObjectName(f"menu{title.replace('&', '')}")
            for entry in entries:
                self._add(window, menu, entry)
        self._add_choices("theme", self._theme_menu, _THEMES).triggered.connect(self._on_theme_triggered)
        self._add_choices("motion", self._motion_menu, _MOTIONS).triggered.connect(self._on_motion_triggered)
        languages = {SYSTEM: _THEMES["system"], **LANGUAGES}
        group = self._add_choices("language", self._language_menu, languages)
        group.triggered.connect(self._on_language_triggered)
        self.recent_menu.aboutToShow.connect(self._on_recent_about_to_show)
        self["full_screen"].setCheckable(True)
        self["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self["about"].setMenuRole(QAction.MenuRole.AboutRole)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def listed(self) -> list[tuple[str, str]]:
        """Name and shortcut of every action that has one, as people read them."""
        return [
            (
                action.text().replace("&", "").rstrip("…"),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in self._actions.values()
            if not action.shortcut().isEmpty()
        ]

    def apply(self, controls: Controls) -> None:
        """Follow the state machine."""
        self["train"].setEnabled(controls.can_train)
        self["stop"].setEnabled(controls.can_stop)
        self["resume"].setEnabled(controls.can_resume)
        self["save_checkpoint"].setEnabled(controls.can_save_checkpoint)
        self["open_run_folder"].setEnabled(controls.can_open_run_folder)
        self["explore_run"].setEnabled(controls.can_open_run_folder)
        for name in ("open_folder", "open_files", "demo"):
            self[name].setEnabled(controls.can_open_sounds)
        self.recent_menu.setEnabled(controls.can_open_sounds)

    def show_theme(self, mode: str) -> None:
        """Tick the theme in use."""
        _tick(self._theme_menu, mode)

    def show_motion(self, choice: str) -> None:
        """Tick how much may move."""
        _tick(self._motion_menu, choice)

    def show_language(self, choice: str) -> None:
        """Tick the language that was chosen."""
        _tick(self._language_menu, choice)

    def _add(self, window: QMainWindow, menu: QMenu, entry: Entry) -> None:
        if not entry.name:
            menu.addSeparator()
            return
        if entry.name in self._submenus:
            menu.addMenu(self._submenus[entry.name])
            return
        action = QAction(shown(entry.text), window)
        action.setObjectName(f"action_{entry.name}")
        if entry.shortcut:
            action.setShortcut(QKeySequence(entry.shortcut))
        if entry.icon:
            action.setIcon(icons.icon(entry.icon))
        menu.addAction(action)
        self._actions[entry.name] = action

    def _add_choices(self, name: str, menu: QMenu, texts: Mapping[str, str]) -> QActionGroup:
        """Entries of which one is ticked."""
        group = QActionGroup(self)
        for choice, text in texts.items():
            action = group.addAction(shown(text))
            action.setObjectName(f"action_{name}_{choice}")
            action.setCheckable(True)
            action.setData(choice)
            menu.addAction(action)
        return group

    @Slot(QAction)
    def _on_theme_triggered(self, action: QAction) -> None:
        self.theme_chosen.emit(str(action.data()))

    @Slot(QAction)
    def _on_motion_triggered(self, action: QAction) -> None:
        self.motion_chosen.emit(str(action.data()))

    @Slot(QAction)
    def _on_language_triggered(self, action: QAction) -> None:
        self.language_chosen.emit(str(action.data()))

    @Slot()
    def _on_recent_about_to_show(self) -> None:
        self.recent_menu.clear()
        recent = Settings().recent("sounds")
        for number, path in enumerate(recent, start=1):
            name = (path.name or str(path)).replace("&", "&&")
            action = self.recent_menu.addAction(f"&{number}  {name}")
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.setData(str(path))
            action.triggered.connect(self._on_recent_triggered)
        if not recent:
            self.recent_menu.addAction(say("Nothing opened yet")).setEnabled(False)

    @Slot()
    def _on_recent_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_chosen.emit(Path(str(action.data())))


def _tick(menu: QMenu, choice: str) -> None:
    for action in menu.actions():
        action.setChecked(action.data() == choice)

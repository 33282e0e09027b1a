"""The menu's entries that concern the window alone: theme, full screen, help."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMainWindow

from sda_desktop import paths
from sda_desktop.ui import help_dialogs, theme
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.settings import Settings


class WindowMenu(QObject):
    """Connects those entries and does what they say."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        for name, slot in {
            "full_screen": self._on_full_screen,
            "guide": self._on_guide,
            "shortcuts": self._on_shortcuts,
            "log_folder": self._on_log_folder,
            "about": self._on_about,
        }.items():
            actions[name].triggered.connect(slot)
        actions["quit"].triggered.connect(window.close)
        actions.theme_chosen.connect(self._on_theme_chosen)
        actions.show_theme(Settings().theme)

    @Slot()
    def _on_full_screen(self) -> None:
        full = not self._window.isFullScreen()
        if full:
            self._window.showFullScreen()
        else:
            self._window.showNormal()
        self._actions["full_screen"].setChecked(full)

    @Slot(str)
    def _on_theme_chosen(self, mode: str) -> None:
        Settings().theme = mode
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, mode)
        self._actions.show_theme(mode)

    @Slot()
    def _on_guide(self) -> None:
        help_dialogs.guide(self._window).open()

    @Slot()
    def _on_shortcuts(self) -> None:
        help_dialogs.shortcut_sheet(self._window, self._actions.listed()).open()

    @Slot()
    def _on_about(self) -> None:
        help_dialogs.about(self._window).open()

    @Slot()
    def _on_log_folder(self) -> None:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_dir())))

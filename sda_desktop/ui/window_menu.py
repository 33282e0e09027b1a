"""The menu's entries that concern the window alone: theme, motion, language, full screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from sda_desktop.ui import theme
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.language import LANGUAGES, language_for, spoken
from sda_desktop.ui.motion import motion
from sda_desktop.ui.notices import Notice, NoticeArea
from sda_desktop.ui.settings import Settings

_LANGUAGE = "language"


class WindowMenu(QObject):
    """Connects those entries and does what they say."""

    def __init__(self, window: QMainWindow, actions: Actions, notices: NoticeArea) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._notices = notices
        actions["full_screen"].triggered.connect(self._on_full_screen)
        actions["quit"].triggered.connect(window.close)
        actions.theme_chosen.connect(self._on_theme_chosen)
        actions.motion_chosen.connect(self._on_motion_chosen)
        actions.show_theme(Settings().theme)
        actions.show_motion(Settings().motion)
        actions.language_chosen.connect(self._on_language_chosen)
        actions.show_language(Settings().language)

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

    @Slot(str)
    def _on_motion_chosen(self, choice: str) -> None:
        Settings().motion = choice
        app = QApplication.instance()
        if isinstance(app, QApplication):
            motion().follow(app, choice)
        self._actions.show_motion(choice)

    @Slot(str)
    def _on_language_chosen(self, choice: str) -> None:
        Settings().language = choice
        self._actions.show_language(choice)
        if language_for(choice) == spoken():
            self._notices.remove(_LANGUAGE)
        else:
            text = self.tr("{language} is spoken from the next start of SDA Desktop on.")
            self._notices.add(Notice(_LANGUAGE, text.format(language=LANGUAGES[language_for(choice)])))

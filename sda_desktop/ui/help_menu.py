"""The entries of the Help menu, and what they open.

Each is imported when it is first asked for: together they take a noticeable part of the app's start.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QMainWindow

from sda_desktop import paths
from sda_desktop.errors import SdaError
from sda_desktop.storage import storage_error
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.notices import Notice, NoticeArea
from sda_desktop.ui.player import Player
from sda_desktop.ui.reveal import reveal

if TYPE_CHECKING:
    from sda_desktop.diagnostics import Saved
    from sda_desktop.ui.diagnostics_saver import DiagnosticsSaver

SAVED = "diagnostics"  # the notice's key


class HelpMenu(QObject):
    """Opens each of its dialogs once: a second request brings it to the front."""

    def __init__(self, window: QMainWindow, actions: Actions, player: Player, notices: NoticeArea) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._notices = notices
        self._open: dict[str, QDialog] = {}
        self._player = player
        self._saver: DiagnosticsSaver | None = None
        for name, slot in {
            "guide": self._on_guide,
            "shortcuts": self._on_shortcuts,
            "log": self._on_log,
            "log_folder": self._on_log_folder,
            "save_diagnostics": self._on_save_diagnostics,
            "about": self._on_about,
        }.items():
            actions[name].triggered.connect(slot)

    def saver(self) -> DiagnosticsSaver:
        """Saves diagnostics."""
        if self._saver is None:
            from sda_desktop.ui.diagnostics_saver import DiagnosticsSaver

            self._saver = DiagnosticsSaver(self._window, self._player.devices, self._player.refresh_devices)
            self._saver.saved.connect(self._on_saver_saved)
            self._saver.failed.connect(self._on_saver_failed)
        return self._saver

    def _show(self, name: str, make: Callable[[], QDialog]) -> None:
        if name not in self._open:
            dialog = self._open[name] = make()
            dialog.destroyed.connect(partial(self._forget, name))
            dialog.show()
            return
        self._open[name].raise_()
        self._open[name].activateWindow()

    def _forget(self, name: str, _: object = None) -> None:
        self._open.pop(name, None)

    @Slot()
    def _on_guide(self) -> None:
        from sda_desktop.ui.guide_dialog import GuideDialog

        self._show("guide", lambda: GuideDialog(self._window))

    @Slot()
    def _on_shortcuts(self) -> None:
        from sda_desktop.ui.shortcut_sheet import shortcut_sheet

        self._show("shortcuts", lambda: shortcut_sheet(self._window, self._actions.listed()))

    @Slot()
    def _on_about(self) -> None:
        from sda_desktop.ui.about_dialog import AboutDialog

        self._show("about", lambda: AboutDialog(self._window))

    @Slot()
    def _on_log(self) -> None:
        self._show("log", self._make_log_window)

    def _make_log_window(self) -> QDialog:
        from sda_desktop.ui.log_window import LogWindow

        window = LogWindow(self._window)
        window.folder_requested.connect(self._on_log_folder)
        return window

    @Slot()
    def _on_save_diagnostics(self) -> None:
        self.saver().ask()

    @Slot()
    def _on_log_folder(self) -> None:
        try:
            paths.log_dir().mkdir(parents=True, exist_ok=True)
        except OSError as error:
            show_error(self._window, storage_error(error, paths.log_dir()))
            return
        self._reveal(paths.log_dir())

    def _reveal(self, folder: Path) -> None:
        if (problem := reveal(folder)) is not None:
            show_error(self._window, problem)

    @Slot(object)
    def _on_saver_saved(self, saved: Saved) -> None:
        words = self.tr("The diagnostics are in {name}. Nothing was sent.").format(name=saved.path.name)
        show = partial(self._reveal, saved.path.parent)
        self._notices.add(Notice(SAVED, words, action=self.tr("Show folder"), act=show))

    @Slot(object)
    def _on_saver_failed(self, error: SdaError) -> None:
        show_error(self._window, error)

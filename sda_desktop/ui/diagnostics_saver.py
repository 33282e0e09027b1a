"""Help, Save diagnostics: asks where to, gathers what only the window knows, writes off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from sda_desktop.diagnostics import SUFFIX, Saved, save, suggested_name
from sda_desktop.ui import sound_devices, theme
from sda_desktop.ui.background import Background
from sda_desktop.ui.settings import Settings


class DiagnosticsSaver(QObject):
    """`ask` opens the dialog; `saved` (diagnostics.Saved) or `failed` (SdaError) tells how it went.

    outputs: the names of the sound outputs known by now; look_for_outputs: has them looked for, they are
    there when the user has chosen a file.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self, window: QWidget, outputs: Callable[[], list[str]], look_for_outputs: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._outputs = outputs
        self._look_for_outputs = look_for_outputs
        self._background = Background(self)

    @Slot()
    def ask(self) -> None:
        """Ask for a file, and before one is replaced."""
        self._look_for_outputs()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, self.tr("Save diagnostics"), folder)
        dialog.setObjectName("diagnosticsDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Zip files (*{0})").format(SUFFIX))
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(suggested_name())
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def save(self, target: Path) -> None:
        """Write the file, replacing what is there."""
        Settings().sync()
        facts = {"window": window_facts(self._window), "sound": self._sound_facts()}
        work = partial(save, target, facts, overwrite=True)
        self._background.start(work, self._on_saved, self.failed.emit)

    def _sound_facts(self) -> dict[str, Any]:
        return {
            "outputs": self._outputs(),
            "chosen": Settings().output_device,
            "portaudio": sound_devices.version(),
        }

    @Slot(str)
    def _on_file_selected(self, name: str) -> None:
        self.save(Path(name))

    def _on_saved(self, saved: Saved) -> None:
        self.saved.emit(saved)


def window_facts(window: QWidget) -> dict[str, Any]:
    """Screens, scale, theme, Qt's platform.  Call in the GUI thread."""
    font = QApplication.font()
    return {
        "qt": qVersion(),
        "platform_plugin": QGuiApplication.platformName(),
        "theme": theme.mode(),
        "dark": theme.colors().dark,
        "font": f"{font.family()} {font.pointSizeF():g} pt",
        "size": [window.width(), window.height()],
        "full_screen": window.isFullScreen(),
        "screens": [_screen_facts(screen) for screen in QGuiApplication.screens()],
    }


def _screen_facts(screen: QScreen) -> dict[str, Any]:
    size = screen.size()
    return {
        "name": screen.name(),
        "size": [size.width(), size.height()],
        "scale": screen.devicePixelRatio(),
        "dots_per_inch": round(screen.logicalDotsPerInch(), 1),
        "refresh_hz": round(screen.refreshRate(), 1),
    }

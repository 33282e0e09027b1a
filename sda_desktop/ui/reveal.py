"""Showing a folder in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sda_desktop.errors import StorageError
from sda_desktop.words import say


def reveal(folder: Path) -> StorageError | None:
    """Open the folder in the file manager.  Returns what stood in the way, None if nothing did."""
    if not folder.exists():
        return StorageError(say("{path} is gone.", path=folder), say("Look again to see what is there."))
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return StorageError(say("The file manager could not be opened."), say("Go to {path}", path=folder))
    return None

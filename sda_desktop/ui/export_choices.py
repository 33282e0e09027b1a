"""What was chosen at the last export, in the settings."""

from __future__ import annotations

from pathlib import Path

from sda_desktop.audio.export_options import ExportOptions
from sda_desktop.errors import BadInputError
from sda_desktop.ui.export_place import default_folder
from sda_desktop.ui.settings import Settings

OPTIONS_KEY, PATTERN_KEY, FOLDER_KEY = "export/options", "export/pattern", "export/folder"


def load_choices(settings: Settings) -> tuple[ExportOptions | None, str, Path]:
    """Options (None if there are none, or none that can be understood), pattern ("" if none) and folder."""
    stored = settings.data(OPTIONS_KEY)
    options = None
    if isinstance(stored, dict):
        try:
            options = ExportOptions.from_data(stored)
        except BadInputError:
            options = None  # an older or edited file counts as none
    folder = settings.text(FOLDER_KEY)
    return options, settings.text(PATTERN_KEY), Path(folder) if folder else default_folder()


def save_choices(settings: Settings, options: ExportOptions, pattern: str, folder: Path) -> None:
    """Remember them."""
    settings.set_data(OPTIONS_KEY, options.to_data())
    settings.set_text(PATTERN_KEY, pattern)
    settings.set_text(FOLDER_KEY, str(folder))

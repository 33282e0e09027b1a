"""What screen readers are told that Qt does not tell them by itself."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QComboBox


def name_choice(combo: QComboBox, name: str) -> None:
    """Name a combo box that has no label beside it.

    On Linux Qt tells what is chosen in place of the name, and leaves the name to the label.
    """
    combo.setAccessibleName(name)
    if sys.platform.startswith("linux"):
        combo.setAccessibleDescription(name)

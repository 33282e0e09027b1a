"""The small buttons that show an icon alone: what they do is in the tool tip, and told to screen readers."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from sda_desktop.ui import icons


def icon_button(
    name: str, icon: str, words: str, size: int | None = None, *, spoken: str = ""
) -> QToolButton:
    """Make one.

    name: of the object.  words: the tool tip.  size: of the icon, in pixels, if not the style's.  spoken: the
    accessible name, if it is not the tool tip.
    """
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(spoken or words)
    made.setToolTip(words)
    made.setIcon(icons.icon(icon))
    if size is not None:
        made.setIconSize(QSize(size, size))
    return made

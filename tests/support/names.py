"""Whether what can be used in a window has names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QWidget,
)


def nameless(window: QWidget) -> list[str]:
    """What can be seen and used but has no name for programs, or none for screen readers."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider, QAbstractItemView)
    return [
        f"{type(w).__name__} {w.objectName()!r} in {type(w.parent()).__name__}"
        for w in window.findChildren(QWidget)
        if isinstance(w, kinds) or w.focusPolicy() & Qt.FocusPolicy.TabFocus
        if w.isVisible() and not w.objectName().startswith("qt_")
        if not w.objectName() or not (w.accessibleName() or getattr(w, "text", str)())
        if not isinstance(w.parent(), QComboBox) and w.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]

"""A language in which every translated text is in brackets: what is not was never given to translate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QWidget,
)

from sda_desktop import words

OPENED, CLOSED = "⟦", "⟧"


class PseudoLanguage(QTranslator):
    """Translates "Stop" into "⟦Stop⟧"."""

    def translate(
        self, context: bytes | str, text: bytes | str, comment: bytes | str | None = None, n: int = -1
    ) -> str:
        """Whatever the context is."""
        return f"{OPENED}{text.decode() if isinstance(text, bytes) else text}{CLOSED}"

    def install(self) -> None:
        """Speak it from now on."""
        QCoreApplication.installTranslator(self)
        words.speak(lambda text, _count: f"{OPENED}{text}{CLOSED}")

    def remove(self) -> None:
        """Speak English again."""
        QCoreApplication.removeTranslator(self)
        words.speak()


def spoken(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget and those in it show or tell: (where, text)."""
    for widget in (root, *root.findChildren(QWidget)):
        name = f"{type(widget).__name__} {widget.objectName()}"
        yield f"{name}: tool tip", widget.toolTip()
        yield f"{name}: accessible name", widget.accessibleName()
        yield f"{name}: accessible description", widget.accessibleDescription()
        if isinstance(widget, QMainWindow | QDialog):
            yield f"{name}: title", widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton):
            yield f"{name}: text", widget.text()
        if isinstance(widget, QGroupBox | QMenu):
            yield f"{name}: title", widget.title()
        if isinstance(widget, QLineEdit):
            yield f"{name}: placeholder", widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((f"{name}: item", widget.itemText(row)) for row in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            for row in range(model.rowCount()):
                yield from ((f"{name}: row", str(model.index(row, 0).data(role) or "")) for role in roles)
    for action in root.findChildren(QAction):
        yield f"action {action.objectName()}", action.text()


def unspoken(root: QWidget, names: re.Pattern[str]) -> list[str]:
    """Where something is said that is neither translated, nor a number, nor matches `names`."""
    return sorted(
        {
            f"{where}: {text!r}"
            for where, text in spoken(root)
            if OPENED not in text and re.search(r"[^\W\d_]{2}", text) and not names.fullmatch(text)
        }
    )

"""Presets of the controls: choose one, save under a name, rename, delete.  The engine keeps them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from sda_desktop.ui import theme
from sda_desktop.ui.access import name_choice
from sda_desktop.ui.form_fields import QuietComboBox
from sda_desktop.ui.icon_button import icon_button

MAX_NAME = 60
_ICON = 16
Task = Literal["save", "rename"]


def _same(first: str, second: str) -> bool:
    """Whether two names are the same to the engine."""
    names = (" ".join(unicodedata.normalize("NFC", name).split()).casefold() for name in (first, second))
    return next(names) == next(names)


class _Choice(QuietComboBox):
    """Says what could be chosen while nothing is."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()


class _NameEdit(QLineEdit):
    """Esc leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PresetsBar(QStackedWidget):
    """A line: the presets and what can be done with them; a name is typed in the same place."""

    preset_chosen = Signal(str)
    save_requested = Signal(str, bool)  # name; whether it replaces the one of that name
    rename_requested = Signal(str, str)  # from, to
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("presetsBar")
        self.setAccessibleName(self.tr("Presets"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        self._current: str | None = None
        self._modified = False
        self._ready = True
        self._task: Task = "save"
        self.addWidget(self._choosing_page())
        self.addWidget(self._naming_page())
        self._show()

    # Building.

    def _choosing_page(self) -> QWidget:
        page = QWidget()
        self._choice = _Choice()
        self._choice.setObjectName("presetChoice")
        name_choice(self._choice, self.tr("Preset"))
        self._choice.setToolTip(self.tr("Settings of the sliders and of new sounds, kept with this model"))
        self._choice.activated.connect(self._on_choice_activated)
        self._save = icon_button("presetSave", "save", self.tr("Save the controls as a preset"), _ICON)
        self._save.clicked.connect(self._on_save_clicked)
        self._more = icon_button("presetMore", "more", self.tr("More: save changes, rename, delete"), _ICON)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._overwrite = self._action(menu, "presetOverwrite", self.tr("Save changes"))
        self._overwrite.triggered.connect(self._on_overwrite_triggered)
        self._rename = self._action(menu, "presetRename", self.tr("Rename…"))
        self._rename.triggered.connect(self._on_rename_triggered)
        menu.addSeparator()
        self._delete = self._action(menu, "presetDelete", self.tr("Delete"))
        self._delete.triggered.connect(self._on_delete_triggered)
        self._more.setMenu(menu)
        return self._line(page, self._choice, self._save, self._more)

    def _naming_page(self) -> QWidget:
        page = QWidget()
        self._name = _NameEdit()
        self._name.setObjectName("presetName")
        self._name.setAccessibleName(self.tr("Name of the preset"))
        self._name.setPlaceholderText(self.tr("Name of the preset"))
        self._name.setMaxLength(MAX_NAME)
        self._name.textChanged.connect(self._on_name_text_changed)
        self._name.returnPressed.connect(self._on_accept_clicked)
        self._name.left.connect(self._on_leave)
        self._accept = QPushButton()
        self._accept.setObjectName("presetAccept")
        self._accept.clicked.connect(self._on_accept_clicked)
        cancel = icon_button("presetCancel", "close", self.tr("Cancel (Esc)"), _ICON)
        cancel.clicked.connect(self._on_leave)
        return self._line(page, self._name, self._accept, cancel)

    def _line(self, page: QWidget, *widgets: QWidget) -> QWidget:
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        for index, widget in enumerate(widgets):
            row.addWidget(widget, 0 if index else 1)
        return page

    def _action(self, menu: QMenu, name: str, text: str) -> QAction:
        made = menu.addAction(text)
        made.setObjectName(name)
        return made

    # What it is told.

    def set_presets(self, names: Sequence[str], current: str | None = None) -> None:
        """The presets there are, and the one that the controls were last set to."""
        self._names = tuple(names)
        self._current = current if current in self._names else None
        self._modified = False
        self._show()

    def set_modified(self, modified: bool) -> None:
        """Whether the controls are other than the present preset says."""
        if modified != self._modified:
            self._modified = modified
            self._show()

    def set_ready(self, ready: bool) -> None:
        """Whether there is a model whose presets these are."""
        self._ready = ready
        self._show()

    def current(self) -> str | None:
        """The preset that the controls were last set to."""
        return self._current

    def _show(self) -> None:
        self._choice.clear()
        for name in self._names:
            changed = self._modified and name == self._current
            self._choice.addItem(self.tr("{name} (changed)").format(name=name) if changed else name, name)
        self._choice.setPlaceholderText(self.tr("Presets") if self._names else self.tr("No presets yet"))
        self._choice.setCurrentIndex(-1 if self._current is None else self._names.index(self._current))
        self._choice.setEnabled(self._ready and bool(self._names))
        self._save.setEnabled(self._ready)
        self._more.setEnabled(self._ready and self._current is not None)
        self._overwrite.setEnabled(self._modified)

    # What the user does.

    @Slot(int)
    def _on_choice_activated(self, index: int) -> None:
        self._current, self._modified = self._names[index], False
        self._show()
        self.preset_chosen.emit(self._current)

    @Slot()
    def _on_save_clicked(self) -> None:
        self._ask_for_name("save", self._free_name())

    @Slot()
    def _on_overwrite_triggered(self) -> None:
        if self._current is not None:
            self.save_requested.emit(self._current, True)

    @Slot()
    def _on_rename_triggered(self) -> None:
        if self._current is not None:
            self._ask_for_name("rename", self._current)

    @Slot()
    def _on_delete_triggered(self) -> None:
        if self._current is not None:
            self.delete_requested.emit(self._current)

    def _free_name(self) -> str:
        number = len(self._names) + 1
        while self._taken(name := self.tr("Preset {number}").format(number=number)):
            number += 1
        return name

    def _taken(self, name: str) -> bool:
        return any(_same(name, other) for other in self._names)

    def _ask_for_name(self, task: Task, suggested: str) -> None:
        self._task = task
        self._name.setText(suggested)
        self._name.selectAll()
        self._on_name_text_changed(suggested)
        self.setCurrentIndex(1)
        self._name.setFocus()

    @Slot(str)
    def _on_name_text_changed(self, text: str) -> None:
        """The button says what it would do: what is there is replaced only by a button that says so."""
        taken = self._taken(text)
        renames_other = self._task == "rename" and taken and not _same(text, self._current or "")
        words = self.tr("Rename") if self._task == "rename" else self.tr("Save")
        if taken and self._task == "save":
            words = self.tr("Replace")
        self._accept.setText(words)
        self._accept.setAccessibleName(words)
        self._accept.setEnabled(bool(text.strip()) and not renames_other)
        problem = self.tr("There is a preset of this name already.") if renames_other else ""
        theme.set_style_property(self._name, "invalid", renames_other)
        self._name.setAccessibleDescription(problem)
        self._name.setToolTip(problem)
        self._accept.setToolTip(problem)

    @Slot()
    def _on_accept_clicked(self) -> None:
        if not self._accept.isEnabled():
            return
        name = " ".join(self._name.text().split())
        self._on_leave()
        if self._task == "save":
            self.save_requested.emit(name, self._taken(name))
        elif self._current is not None and name != self._current:
            self.rename_requested.emit(self._current, name)

    @Slot()
    def _on_leave(self) -> None:
        self.setCurrentIndex(0)
        self._save.setFocus()

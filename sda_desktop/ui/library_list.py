"""The list of models: chosen with mouse and keys, renamed in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from sda_desktop.generation.library import LibraryModel
from sda_desktop.ui import theme
from sda_desktop.ui.library_delegate import LibraryDelegate
from sda_desktop.ui.library_model import MODEL_ROLE, AnyIndex, LibraryRows

_CHOOSE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LibraryList(QListView):
    """Enter, Space and a double-click choose a model at once; selecting one is told, too."""

    model_selected = Signal()
    choose_pressed = Signal()
    delete_pressed = Signal()
    refresh_pressed = Signal()
    undo_pressed = Signal()
    menu_requested = Signal(object)  # QPoint on the screen

    def __init__(self, rows: LibraryRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryList")
        self.setAccessibleName(self.tr("Models"))
        self.setAccessibleDescription(self.tr("Enter plays the model, F2 renames it, Delete removes it."))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = rows
        self._told: Path | None = None  # the selected model that was told of last
        self.setItemDelegate(LibraryDelegate(rows, self))
        self.setModel(rows)
        self.doubleClicked.connect(self.choose_pressed)
        theme.notifier().changed.connect(self._on_theme_changed)

    def current_model(self) -> LibraryModel | None:
        """The model under the cursor."""
        model = self.currentIndex().data(MODEL_ROLE)
        return model if isinstance(model, LibraryModel) else None

    def select(self, path: Path | None) -> bool:
        """Put the cursor on a model; False if it is not shown."""
        row = -1 if path is None else self._rows.row_of(path)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))
        return row >= 0

    # Keys select before they move the cursor, the mouse afterwards, and getting the focus alone moves the
    # cursor without selecting: what is told is a row that is both.

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._tell_selected()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_selected()

    def _tell_selected(self) -> None:
        model = self.current_model()
        selected = self.selectionModel().isSelected(self.currentIndex())
        if model is not None and selected and model.path != self._told:
            self._told = model.path
            self.model_selected.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.Refresh):
            self.refresh_pressed.emit()
        elif event.key() in _CHOOSE_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat() and self.current_model() is not None:
                self.choose_pressed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current_model() is not None:
            self.menu_requested.emit(event.globalPos())

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()

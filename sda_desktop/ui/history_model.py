"""The history as a Qt model: a row for each sound that was generated, newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from sda_desktop.generation.history import HistoryEntry

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class HistoryModel(QAbstractListModel):
    """Entries, each under ENTRY_ROLE.  Editing a row asks for another title."""

    rename_requested = Signal(str, str)  # id, title

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[HistoryEntry] = []

    def entry_at(self, row: int) -> HistoryEntry:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, entry_id: str) -> int:
        """The row of an entry, -1 while it is not shown."""
        return next((row for row, entry in enumerate(self._entries) if entry.id == entry_id), -1)

    def set_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def insert(self, row: int, entry: HistoryEntry) -> None:
        """Show one more."""
        self.beginInsertRows(_NO_PARENT, row, row)
        self._entries.insert(row, entry)
        self.endInsertRows()

    def replace(self, entry: HistoryEntry) -> None:
        """Show what an entry is now, if it is shown."""
        row = self.row_of(entry.id)
        if row >= 0:
            self._entries[row] = entry
            self.dataChanged.emit(self.index(row), self.index(row))

    def remove(self, entry_id: str) -> None:
        """Show one less."""
        row = self.row_of(entry_id)
        if row >= 0:
            self.beginRemoveRows(_NO_PARENT, row, row)
            del self._entries[row]
            self.endRemoveRows()

    # Qt's side.

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            star = self.tr("favourite") if entry.favourite else ""
            return ", ".join(part for part in (entry.title, f"{entry.seconds:.1f} s", star) if part)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: ANN401
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        entry = self._entries[index.row()]
        title = " ".join(str(value).split())
        if title and title != entry.title:
            self.rename_requested.emit(entry.id, title)
        return True

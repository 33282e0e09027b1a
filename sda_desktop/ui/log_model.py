"""The records of the log as a list with a bound, and what is shown of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor

from sda_desktop.logs import MOST_REMEMBERED, Record
from sda_desktop.ui import theme

TIME, LEVEL, SOURCE, MESSAGE = range(4)
RECORD_ROLE = int(Qt.ItemDataRole.UserRole)
_LONGEST_LINE = 300  # what a row is drawn with; the whole is shown when it is selected

AnyIndex = QModelIndex | QPersistentModelIndex


def level_color(level: int) -> str:
    """The colour of a level's text, readable on lists: the name of a field of theme.Colors."""
    if level >= logging.ERROR:
        return "error"
    if level >= logging.WARNING:
        return "warning"
    return "text" if level >= logging.INFO else "muted"


class LogModel(QAbstractTableModel):
    """The last `most` records, oldest first."""

    def __init__(self, parent: QObject | None = None, most: int = MOST_REMEMBERED) -> None:
        super().__init__(parent)
        self._most = most
        self._records: list[Record] = []

    def show(self, records: Sequence[Record]) -> None:
        """Show these instead of what was shown."""
        self.beginResetModel()
        self._records = list(records[-self._most :])
        self.endResetModel()

    def add(self, records: Sequence[Record]) -> None:
        """Put newer ones below; the oldest give way."""
        fresh = list(records[-self._most :])
        if not fresh:
            return
        surplus = max(0, len(self._records) + len(fresh) - self._most)
        if surplus:
            self.beginRemoveRows(QModelIndex(), 0, surplus - 1)
            del self._records[:surplus]
            self.endRemoveRows()
        first = len(self._records)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._records += fresh
        self.endInsertRows()

    def record(self, row: int) -> Record:
        """The record of a row."""
        return self._records[row]

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._records)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - whatever the role asks for
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Time"), self.tr("Level"), self.tr("From"), self.tr("Message"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role == RECORD_ROLE:
            return record
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(record, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return record.line()
        if role == Qt.ItemDataRole.ForegroundRole:
            shown = level_color(record.level) if index.column() in (LEVEL, MESSAGE) else "muted"
            return QColor(str(getattr(theme.colors(), shown)))
        return None

    def _cell(self, record: Record, column: int) -> str:
        if column == TIME:
            return record.time.replace(",", ".")
        if column == LEVEL:
            return self._level_name(record.level)
        if column == SOURCE:
            return record.source.removeprefix("sda_desktop.")
        return record.message.partition("\n")[0][:_LONGEST_LINE]

    def _level_name(self, level: int) -> str:
        if level >= logging.ERROR:
            return self.tr("Error")
        if level >= logging.WARNING:
            return self.tr("Warning")
        return self.tr("Info") if level >= logging.INFO else self.tr("Detail")


class LogFilter(QSortFilterProxyModel):
    """Of a LogModel's records those of a level or above that hold the words."""

    def __init__(self, model: LogModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model  # asked directly: thousands of times for each letter that is typed
        self._level = logging.NOTSET
        self._words = ""
        self.setSourceModel(model)

    def set_level(self, level: int) -> None:
        """The lowest level to be shown."""
        self._level = level
        self.invalidate()

    def set_words(self, words: str) -> None:
        """What a record has to hold, in capitals or not."""
        self._words = words.strip().casefold()
        self.invalidate()

    def records(self) -> list[Record]:
        """All that are shown."""
        return [self.index(row, 0).data(RECORD_ROLE) for row in range(self.rowCount())]

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        record = self._model.record(source_row)
        return record.level >= self._level and (not self._words or self._words in record.line().casefold())

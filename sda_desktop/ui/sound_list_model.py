"""The list of sounds as a Qt model: sorted, searched, growing while the scan runs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sda_desktop.audio.scan import SoundFile
from sda_desktop.ui import sound_words

SOUND_ROLE = int(Qt.ItemDataRole.UserRole)
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class SortKey(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    LENGTH = "length"
    RATE = "rate"
    CHANNELS = "channels"
    LEVEL = "level"
    PROBLEMS = "problems"


_KEYS: dict[SortKey, Callable[[SoundFile], Any]] = {
    SortKey.NAME: lambda file: (),
    SortKey.LENGTH: lambda file: file.duration_s,
    SortKey.RATE: lambda file: file.sample_rate_hz,
    SortKey.CHANNELS: lambda file: file.channels,
    SortKey.LEVEL: lambda file: file.peak_db,
    SortKey.PROBLEMS: lambda file: (file.usable, not file.findings),
}


class SoundListModel(QAbstractListModel):
    """SoundFiles, each under SOUND_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[SoundFile] = []
        self._shown: list[SoundFile] = []
        self._keys: list[Any] = []  # the sort keys of _shown
        self._search = ""
        self._sort = SortKey.NAME
        self._descending = False

    # What is in it.

    def set_files(self, files: Iterable[SoundFile]) -> None:
        """Replace everything."""
        self._all = list(files)
        self._rebuild()

    def add_files(self, files: Iterable[SoundFile]) -> None:
        """Add some, each where the order wants it."""
        for file in files:
            self._all.append(file)
            if not self._matches(file):
                continue
            key = self._key(file)
            row = self._row_for(key)
            self.beginInsertRows(_NO_PARENT, row, row)
            self._shown.insert(row, file)
            self._keys.insert(row, key)
            self.endInsertRows()

    def files(self) -> list[SoundFile]:
        """All, whatever is searched for."""
        return list(self._all)

    def file_at(self, row: int) -> SoundFile:
        """The sound in a row."""
        return self._shown[row]

    def row_of(self, path: Path) -> int:
        """The row that shows path, or -1."""
        return next((row for row, file in enumerate(self._shown) if file.path == path), -1)

    # How it is shown.

    @property
    def sort_key(self) -> SortKey:
        """What it is sorted by."""
        return self._sort

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""
        return self._descending

    def set_sort(self, key: SortKey, descending: bool = False) -> None:
        """Sort; equal ones stay by name."""
        self._sort, self._descending = key, descending
        self._rebuild()

    def set_search(self, words: str) -> None:
        """Show only the sounds whose name or folder holds every one of the words."""
        self._search = words
        self._rebuild()

    def _matches(self, file: SoundFile) -> bool:
        place = f"{file.path.parent.name}/{file.path.name}".casefold()
        return all(word in place for word in self._search.casefold().split())

    def _key(self, file: SoundFile) -> tuple[Any, ...]:
        return (_KEYS[self._sort](file), sound_words.natural_key(file.path.name), str(file.path))

    def _row_for(self, key: tuple[Any, ...]) -> int:
        if not self._descending:
            return bisect_right(self._keys, key)
        low, high = 0, len(self._keys)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._keys[middle] >= key else (low, middle)
        return low

    def _rebuild(self) -> None:
        self.beginResetModel()
        pairs = [(self._key(file), file) for file in self._all if self._matches(file)]
        pairs.sort(key=lambda pair: pair[0], reverse=self._descending)
        self._keys = [key for key, _ in pairs]
        self._shown = [file for _, file in pairs]
        self.endResetModel()

    # Qt's side.

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        file = self._shown[index.row()]
        if role == SOUND_ROLE:
            return file
        if role == Qt.ItemDataRole.DisplayRole:
            return file.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tool_tip(file)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            level = sound_words.level_text(file.peak_db)
            about = f"{sound_words.facts(file)}, {level}" if file.sample_rate_hz else ""
            return ", ".join(part for part in (file.path.name, about, sound_words.reasons(file)) if part)
        return None


def _tool_tip(file: SoundFile) -> str:
    lines = [str(file.path)]
    if file.sample_rate_hz:
        depth = f", {file.bit_depth} bit" if file.bit_depth else ""
        peak, rms = sound_words.level_text(file.peak_db), sound_words.level_text(file.rms_db)
        lines.append(f"{sound_words.facts(file)}{depth}")
        lines.append(f"Peak {peak}, average (RMS) {rms}")
    lines += [f"{'Left out: ' if finding.is_error else ''}{finding.message}" for finding in file.findings]
    return "\n".join(lines)

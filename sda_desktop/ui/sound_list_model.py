"""The list of sounds as a Qt model: sorted, searched, there by name before the scan has examined them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sda_desktop.audio.findings import NO_LEVEL_DB
from sda_desktop.audio.scan import SoundFile
from sda_desktop.ui import sound_words
from sda_desktop.words import say

SOUND_ROLE = int(Qt.ItemDataRole.UserRole)
AnyIndex = QModelIndex | QPersistentModelIndex
_NameKey = tuple[tuple[tuple[int, int, str], ...], str]
_NO_PARENT = QModelIndex()
_FLAT = np.zeros((2, 0), np.float32)  # the waveform of what has not been heard yet


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
        self._all: dict[Path, SoundFile] = {}
        self._names: dict[Path, _NameKey] = {}  # made once: they take longer than all else
        self._shown: list[SoundFile] = []
        self._keys: list[Any] = []  # the sort keys of _shown
        self._search = ""
        self._sort = SortKey.NAME
        self._descending = False

    # What is in it.

    def set_paths(self, paths: Iterable[Path]) -> None:
        """Replace everything by sounds of which only the names are known yet."""
        self.set_files(_waiting(path) for path in paths)

    def set_files(self, files: Iterable[SoundFile]) -> None:
        """Replace everything.  Where the paths are the same, only rows that differ are drawn anew."""
        wanted = {file.path: file for file in files}
        if wanted and wanted.keys() == self._all.keys():
            self.add_files(file for path, file in wanted.items() if self._all[path] is not file)
            return
        self._all = wanted
        self._names = {path: _name_key(path) for path in wanted}
        self._rebuild()

    def add_files(self, files: Iterable[SoundFile]) -> None:
        """Add some, each where the order wants it, or put them in the place of those that were waiting."""
        changed: list[int] = []
        for file in files:
            before = self._all.get(file.path)
            self._all[file.path] = file
            if not self._matches(file):
                continue
            key = self._key(file)
            if before is not None:
                row = bisect_left(self._keys, key) if not self._descending else -1
                if 0 <= row < len(self._shown) and self._shown[row] is before and self._keys[row] == key:
                    self._shown[row] = file
                    changed.append(row)
                    continue
                self._tell_changed(changed)  # while the rows are still those
                self._remove(self._shown.index(before))
            self._tell_changed(changed)
            self._insert(self._row_for(key), file, key)
        self._tell_changed(changed)

    def _tell_changed(self, rows: list[int]) -> None:
        """Tell of all the rows at once, and empty the list."""
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
            rows.clear()

    def _insert(self, row: int, file: SoundFile, key: Any) -> None:  # noqa: ANN401 - keys differ by column
        self.beginInsertRows(_NO_PARENT, row, row)
        self._shown.insert(row, file)
        self._keys.insert(row, key)
        self.endInsertRows()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(_NO_PARENT, row, row)
        del self._shown[row], self._keys[row]
        self.endRemoveRows()

    def files(self) -> list[SoundFile]:
        """All, whatever is searched for."""
        return list(self._all.values())

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
        if not self._search:
            return True
        place = f"{file.path.parent.name}/{file.path.name}".casefold()
        return all(word in place for word in self._search.casefold().split())

    def _key(self, file: SoundFile) -> tuple[Any, ...]:
        name = self._names.get(file.path)
        if name is None:
            name = self._names[file.path] = _name_key(file.path)
        return (_KEYS[self._sort](file), name)

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
        pairs = [(self._key(file), file) for file in self._all.values() if self._matches(file)]
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


def _name_key(path: Path) -> _NameKey:
    return (sound_words.natural_key(path.name), str(path))


def _waiting(path: Path) -> SoundFile:
    return SoundFile(path, 0, 0, None, 0.0, NO_LEVEL_DB, NO_LEVEL_DB, _FLAT, "", 0, 0, ())


def is_waiting(file: SoundFile) -> bool:
    """Whether nothing but its name is known yet."""
    return not file.sample_rate_hz and not file.findings


def _tool_tip(file: SoundFile) -> str:
    lines = [str(file.path)]
    if file.sample_rate_hz:
        depth = f", {file.bit_depth} {say('bit')}" if file.bit_depth else ""
        peak, rms = sound_words.level_text(file.peak_db), sound_words.level_text(file.rms_db)
        lines.append(f"{sound_words.facts(file)}{depth}")
        lines.append(say("Peak {peak}, average (RMS) {rms}", peak=peak, rms=rms))
    left_out = say("Left out: ")
    lines += [f"{left_out if finding.is_error else ''}{finding.message}" for finding in file.findings]
    return "\n".join(lines)

"""The previews of a run as a Qt model: newest epoch on top, each a heading with its sounds below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sda_desktop.training.metrics import PreviewEvent
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.words import say

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Filter(StrEnum):
    """Which sounds are shown."""

    ALL = "all"
    RECONSTRUCTION = "reconstruction"
    NEW = "new"


@dataclass(eq=False, slots=True)
class SoundRow:
    """A reconstruction with its original, or a new sound."""

    event: PreviewEvent
    original: PreviewEvent | None = None

    @property
    def title(self) -> str:
        """What it is called; that of a new sound is kept in English with its run."""
        if self.event.kind == "new":
            return say("New sound {seed}", seed=self.event.title.rpartition(" ")[2])
        return self.event.title

    @property
    def is_pair(self) -> bool:
        """Whether there are two sides to hear."""
        return self.original is not None

    @property
    def path(self) -> Path:
        """The file that the model made."""
        return Path(self.event.path)

    @property
    def original_path(self) -> Path | None:
        """The file that it was made from, as it was trained on."""
        return None if self.original is None else Path(self.original.path)

    def item(self, original: bool = False) -> PlayItem:
        """What the player is to play: the model's sound, or the original it can be compared with."""
        title = say("{title}, epoch {epoch}", title=self.title, epoch=self.event.epoch)
        if self.event.kind == "new":
            return PlayItem(self.path, title, side="new")
        if original and self.original_path is not None:
            return PlayItem(self.original_path, title, self.path, "original")
        return PlayItem(self.path, title, self.original_path, "reconstruction")


@dataclass(eq=False, slots=True)
class EpochRow:
    """The heading of an epoch."""

    epoch: int
    collapsed: bool = False
    sounds: list[SoundRow] = field(default_factory=list)


Row = EpochRow | SoundRow


class PreviewModel(QAbstractListModel):
    """Rows, each under ROW_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._epochs: dict[int, EpochRow] = {}
        self._originals: list[PreviewEvent] = []
        self._rows: list[Row] = []
        self._filter = Filter.ALL

    # What is in it.

    @property
    def empty(self) -> bool:
        """Whether there is no preview at all, whatever the filter."""
        return not self._epochs

    @property
    def has_sounds(self) -> bool:
        """Whether the filter lets any preview through."""
        return any(self._shows(row) for heading in self._epochs.values() for row in heading.sounds)

    @property
    def filter(self) -> Filter:
        """Which sounds are shown."""
        return self._filter

    def row_at(self, number: int) -> Row:
        """The row of a number."""
        return self._rows[number]

    def number_of(self, row: Row) -> int:
        """The number of a row, or -1 while it is not shown."""
        return next((n for n, other in enumerate(self._rows) if other is row), -1)

    def row_of_path(self, path: Path) -> SoundRow | None:
        """The row of a file that the model made, whether it is shown or not."""
        name = str(path)
        for heading in self._epochs.values():
            for row in heading.sounds:
                if row.event.path == name:
                    return row
        return None

    def heading_of(self, row: SoundRow) -> EpochRow:
        """The epoch that a sound belongs to."""
        return self._epochs[row.event.epoch]

    # Changing it.

    def clear(self) -> None:
        """Forget everything."""
        self.set_events([])

    def set_events(self, events: Iterable[PreviewEvent]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._epochs.clear()
        self._originals.clear()
        for event in events:
            self._take(event)
        self._rows = self._arranged()
        self.endResetModel()

    def add(self, event: PreviewEvent) -> None:
        """Add one; what is selected stays selected."""
        if event.kind == "original":
            self._take(event)
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        row = self._take(event)
        if row is None:  # the same file, written anew
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        heading = self._epochs[event.epoch]
        if self._shows(row) and self.number_of(heading) < 0:
            self._insert(self._heading_place(event.epoch), [heading])
        if self._shows(row) and not heading.collapsed:
            shown = [other for other in heading.sounds if self._shows(other)]
            self._insert(self.number_of(heading) + len(shown), [row])
        elif self._shows(row):  # only the number of sounds beside the heading is another
            place = self.index(self.number_of(heading))
            self.dataChanged.emit(place, place)

    def set_filter(self, wanted: Filter) -> None:
        """Show some of the sounds only."""
        if wanted != self._filter:
            self.beginResetModel()
            self._filter = wanted
            self._rows = self._arranged()
            self.endResetModel()

    def set_collapsed(self, heading: EpochRow, collapsed: bool) -> None:
        """Fold an epoch up, or open it."""
        if heading.collapsed == collapsed:
            return
        heading.collapsed = collapsed
        number = self.number_of(heading)
        shown: list[Row] = [row for row in heading.sounds if self._shows(row)]
        if shown and collapsed:
            self.beginRemoveRows(_NO_PARENT, number + 1, number + len(shown))
            del self._rows[number + 1 : number + 1 + len(shown)]
            self.endRemoveRows()
        elif shown:
            self._insert(number + 1, shown)
        self.dataChanged.emit(self.index(number), self.index(number))

    def set_all_collapsed(self, collapsed: bool) -> None:
        """Fold all epochs up, or open them."""
        self.beginResetModel()
        for heading in self._epochs.values():
            heading.collapsed = collapsed
        self._rows = self._arranged()
        self.endResetModel()

    def _take(self, event: PreviewEvent) -> SoundRow | None:
        """Put an event where it belongs; its row if that is a new one."""
        if event.kind == "original":
            self._originals = [o for o in self._originals if o.path != event.path] + [event]
            for heading in self._epochs.values():
                for row in heading.sounds:
                    row.original = self._original_of(row.event)
            return None
        heading = self._epochs.setdefault(event.epoch, EpochRow(event.epoch))
        original = self._original_of(event)
        for row in heading.sounds:
            if row.event.path == event.path:
                row.event, row.original = event, original
                return None
        made = SoundRow(event, original)
        heading.sounds.append(made)
        return made

    def _original_of(self, event: PreviewEvent) -> PreviewEvent | None:
        """The original of a reconstruction: of the same source, and where a source has several, by name."""
        if event.kind != "reconstruction":
            return None
        found = [o for o in self._originals if o.source == event.source]
        stem = Path(event.path).stem
        named = [o for o in found if stem.startswith(Path(o.path).stem)]
        return next(iter(named or found), None)

    def _shows(self, row: SoundRow) -> bool:
        return self._filter.value in (Filter.ALL.value, row.event.kind)

    def _heading_place(self, epoch: int) -> int:
        for number, row in enumerate(self._rows):
            if isinstance(row, EpochRow) and row.epoch < epoch:
                return number
        return len(self._rows)

    def _insert(self, place: int, rows: list[Row] | list[EpochRow] | list[SoundRow]) -> None:
        self.beginInsertRows(_NO_PARENT, place, place + len(rows) - 1)
        self._rows[place:place] = rows
        self.endInsertRows()

    def _arranged(self) -> list[Row]:
        rows: list[Row] = []
        for epoch in sorted(self._epochs, reverse=True):
            heading = self._epochs[epoch]
            shown = [row for row in heading.sounds if self._shows(row)]
            if shown:
                rows += [heading, *(() if heading.collapsed else shown)]
        return rows

    # Qt's side.

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, EpochRow):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.tr("Epoch {n}").format(n=row.epoch)
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.event.path}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self.tr("reconstruction") if row.event.kind == "reconstruction" else self.tr("new sound")
            return f"{row.title}, {kind}, {row.event.duration_s:.1f} s"
        return None

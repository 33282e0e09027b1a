"""The library as a Qt model: a row for each model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from sda_desktop.generation.library import LibraryModel
from sda_desktop.ui.run_entries import NEWER, SEPARATOR, date_text, loss_text, size_text
from sda_desktop.words import counted, shown

MODEL_ROLE = int(Qt.ItemDataRole.UserRole)
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class LibraryRows(QAbstractListModel):
    """Models, each under MODEL_ROLE.  Editing a row asks for another name."""

    rename_requested = Signal(object, str)  # Path, name

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[LibraryModel] = []
        self._shown: list[LibraryModel] = []
        self._search = ""
        self.current: Path | None = None  # the model that is being played

    @property
    def models(self) -> list[LibraryModel]:
        """All of them, whatever the search."""
        return self._all

    def model_at(self, row: int) -> LibraryModel:
        """The model of a row."""
        return self._shown[row]

    def row_of(self, path: Path) -> int:
        """The row of a model, -1 while it is not shown."""
        return next((row for row, model in enumerate(self._shown) if model.path == path), -1)

    def set_models(self, models: Sequence[LibraryModel]) -> None:
        """Show these, in this order; rows that stay the same are not built anew."""
        self._all = list(models)
        self._show()

    def set_search(self, search: str) -> None:
        """Show only what fits."""
        self._search = search
        self._show()

    def _show(self) -> None:
        shown = [model for model in self._all if model.fits(self._search)]
        if [model.path for model in shown] == [model.path for model in self._shown]:
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    # Qt's side.

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        model = self._shown[index.row()]
        if role == MODEL_ROLE:
            return model
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return model.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(model)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (model.name, self.line(model), self.figures(model)) if part)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: ANN401
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        model = self._shown[index.row()]
        name = " ".join(str(value).split())
        if name and name != model.name:
            self.rename_requested.emit(model.path, name)
        return True

    # Words.

    def line(self, model: LibraryModel) -> str:
        """What stands below the name: when, and from which sounds."""
        if model.damaged:
            return shown(NEWER) if model.newer else self.tr("Damaged")
        if model.live:
            return self.tr("training now")
        if not model.usable:
            return self.tr("nothing saved yet")
        return SEPARATOR.join(part for part in (date_text(model.created), model.dataset) if part)

    def figures(self, model: LibraryModel) -> str:
        """What stands below that: how many sounds, how close."""
        if model.damaged:
            return model.problem
        count = counted("{n} sound", "{n} sounds", model.sounds)
        parts = [count] if model.sounds else []
        if model.validation_recon is not None:
            parts.append(self.tr("loss {0}").format(loss_text(model.validation_recon)))
        return SEPARATOR.join(parts)

    def _tip(self, model: LibraryModel) -> str:
        lines = [model.name, str(model.path), size_text(model.size_bytes)]
        if model.steps:
            lines[-1] += SEPARATOR + self.tr("epoch {0}, step {1}").format(model.epochs, model.steps)
        if model.validation_recon is not None:
            lines.append(
                self.tr("Reconstruction loss on held-out sounds {0}").format(
                    loss_text(model.validation_recon)
                )
            )
        if model.tags:
            lines.append(self.tr("Tags: {0}").format(", ".join(model.tags)))
        lines += [part for part in (model.problem, model.notes[:500]) if part]
        return "\n".join(lines)

"""Noticing that the user's folders changed after the scan."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from sda_desktop.audio.scan import ScanResult, find_sounds
from sda_desktop.errors import SdaError
from sda_desktop.ui.threads import StoppableThread
from sda_desktop.words import counted, say

DEBOUNCE_MS = 700  # exports come in bursts
FOLDER_LIMIT, FILE_LIMIT = 500, 500  # watches are a shared, limited resource of the system
Stamp = tuple[int, int]  # size in bytes, modification time in ns


@dataclass(frozen=True, slots=True)
class FolderChange:
    """How the sounds on disk differ from the scan."""

    new: int = 0
    gone: int = 0
    changed: int = 0
    missing_source: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed or self.missing_source)

    def sentence(self) -> str:
        """For the bar above the list."""
        if self.missing_source:
            return say("A folder or file is no longer where it was.")
        parts = [
            words
            for count, words in (
                (self.new, say("{count} new", count=self.new)),
                (self.gone, say("{count} gone", count=self.gone)),
                (self.changed, counted("{n} changed file", "{n} changed files", self.changed)),
            )
            if count
        ]
        return say("The folder changed: {names}.", names=", ".join(parts))


def compare(sources: Sequence[Path], known: Mapping[Path, Stamp]) -> FolderChange:
    """Compare what is on disk with what the scan saw.  Reads names, sizes and times only."""
    try:
        supported, foreign = find_sounds(sources)
    except SdaError:
        return FolderChange(missing_source=True)
    now: dict[Path, Stamp] = {}
    for path in (*supported, *foreign):
        try:
            status = path.stat()
        except OSError:
            continue  # gone since it was listed: counted below
        now[path] = (status.st_size, status.st_mtime_ns)
    both = now.keys() & known.keys()
    return FolderChange(
        new=len(now.keys() - known.keys()),
        gone=len(known.keys() - now.keys()),
        changed=sum(now[path] != known[path] for path in both),
    )


class _CompareThread(StoppableThread):
    compared = Signal(object)  # FolderChange

    def __init__(self, sources: Sequence[Path], known: Mapping[Path, Stamp]) -> None:
        super().__init__()
        self._sources, self._known = sources, known

    def run(self) -> None:
        change = compare(self._sources, self._known)
        if not self.stop.is_set():
            self.compared.emit(change)


class FolderWatch(QObject):
    """Watches the sources of a scan; `differs` says how the disk differs now (falsy: not at all)."""

    differs = Signal(object)  # FolderChange

    def __init__(self, parent: QObject | None = None, *, debounce_ms: int = DEBOUNCE_MS) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_path_changed)
        self._watcher.fileChanged.connect(self._on_path_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(debounce_ms)
        self._timer.timeout.connect(self._on_timeout)
        self._sources: tuple[Path, ...] = ()
        self._known: dict[Path, Stamp] = {}
        self._outside: set[str] = set()
        self._present = True
        self._thread: _CompareThread | None = None

    def watch(self, result: ScanResult) -> None:
        """Watch what was scanned, instead of what was watched before."""
        self.clear()
        self._sources, self._present = result.sources, True
        self._known = {file.path: (file.size_bytes, file.mtime_ns) for file in result.files}
        self._add_watches()

    def clear(self) -> None:
        """Watch nothing."""
        self._timer.stop()
        self._thread = None
        self._sources, self._known = (), {}
        if watched := self._watcher.directories() + self._watcher.files():
            self._watcher.removePaths(watched)

    def _add_watches(self) -> None:
        folders = {source for source in self._sources if source.is_dir()}
        names = sorted(map(str, self._known))  # text is handled several times faster than paths
        for folder in map(Path, {os.path.dirname(name) for name in names}):
            # Folders between a source and its files: a new file may come in any of them.
            between = (folder, *folder.parents)
            folders.update(p for p in between if any(p.is_relative_to(s) for s in self._sources))
        # A folder that is moved away tells only the folder that it was in.
        outside = {source.parent for source in self._sources} - folders
        self._outside = {str(p) for p in outside}
        wanted = [str(p) for p in (*sorted(outside), *sorted(folders))[:FOLDER_LIMIT]]
        wanted += names[:FILE_LIMIT]
        present = {*self._watcher.directories(), *self._watcher.files()}
        if fresh := [path for path in wanted if path not in present]:
            self._watcher.addPaths(fresh)

    @Slot(str)
    def _on_path_changed(self, path: str) -> None:
        if path in self._outside:
            present = all(source.exists() for source in self._sources)
            if present == self._present:
                return
            self._present = present
        # Not started anew by every change: a recording in progress would put it off for ever.
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._thread = _CompareThread(self._sources, dict(self._known))
        self._thread.compared.connect(self._on_compared)
        self._thread.begin()

    @Slot(object)
    def _on_compared(self, change: FolderChange) -> None:
        if self.sender() is not self._thread:
            return
        self._thread = None
        # A file that was replaced takes its watch with it.
        self._add_watches()
        self.differs.emit(change)

"""The sounds: a drop zone that becomes the list of what was dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from sda_desktop import paths
from sda_desktop.audio.io import SUPPORTED_SUFFIXES
from sda_desktop.audio.scan import ScanResult, SoundFile
from sda_desktop.errors import BadInputError, SdaError
from sda_desktop.ui import icons, theme
from sda_desktop.ui.dataset_header import DatasetHeader
from sda_desktop.ui.dataset_menus import SortButton, SoundsMenu
from sda_desktop.ui.drop_zone import DropCover, DropZone
from sda_desktop.ui.drops import adds, dropped_paths
from sda_desktop.ui.folder_watch import FolderChange, FolderWatch
from sda_desktop.ui.notice_bar import NoticeBar
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.scan_worker import Scanner
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sound_list import SoundList
from sda_desktop.ui.sound_list_model import SoundListModel

RECENT = "sounds"
LATER_MS = 20  # what is not seen now waits until the end of a scan has been shown


class DatasetPanel(QWidget):
    """Opens folders and files of sounds, scans them, lists them, lets them be heard."""

    sources_changed = Signal(object)  # list[Path]
    scan_finished = Signal(object)  # ScanResult
    scan_failed = Signal(object)  # SdaError
    scan_cancelled = Signal()
    sound_selected = Signal(object)  # PlayItem
    play_requested = Signal(object)  # PlayItem
    stop_requested = Signal()
    problem_changed = Signal(str)  # why training cannot start, "" if it can

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("datasetPanel")
        self.setAccessibleName(self.tr("Sounds"))
        self.setAcceptDrops(True)
        self._settings = settings or Settings()
        self._sources: list[Path] = []
        self._result: ScanResult | None = None
        # What to go back to when a scan is cancelled or fails.
        self._before: tuple[list[Path], ScanResult | None] = ([], None)
        self._locked = False
        self._problem = ""
        self._scanner = Scanner(self)
        self._watch = FolderWatch(self)
        self._model = SoundListModel(self)
        self._build()
        self._connect()
        self._show_recent()
        self._update()

    # For the window.

    @property
    def result(self) -> ScanResult | None:
        """The last complete scan of the present sources; None while there is none."""
        return self._result

    @property
    def sources(self) -> list[Path]:
        """The folders and files that are open."""
        return list(self._sources)

    @property
    def listed(self) -> int:
        """How many sounds the list holds, whether examined already or not."""
        return len(self._model.files())

    @property
    def is_scanning(self) -> bool:
        """Whether a scan is under way."""
        return self._scanner.is_running

    def problem(self) -> str:
        """Why training cannot start with these sounds, "" if it can."""
        if self._scanner.is_running:
            return self.tr("The sounds are still being examined.")
        if self._result is None:
            return self.tr("Open a folder of sounds first.")
        if not self._result.usable:
            return self.tr("None of the sounds can be used.")
        return ""

    def open_sources(self, sources: Sequence[Path], *, add: bool = False) -> None:
        """Open folders and files instead of what is open, or (add) as well; nothing while locked."""
        fresh = [path.absolute() for path in sources]
        kept = self._sources if add else []
        wanted = list(dict.fromkeys([*kept, *fresh]))
        if wanted and not self._locked:
            self._start_scan(wanted, demo=False)

    def open_demo(self) -> None:
        """Open the demo sounds, making them first if they are not there yet."""
        if not self._locked:
            self._start_scan([paths.demo_dir()], demo=True)

    def rescan(self) -> None:
        """Look at the same sources again."""
        if self._sources and not self._locked:
            self._start_scan(list(self._sources), demo=self._sources == [paths.demo_dir()])

    def clear(self) -> None:
        """Close everything that is open."""
        if self._locked:
            return
        self._scanner.abandon()
        self._before = ([], None)
        self._restore()

    def set_locked(self, locked: bool) -> None:
        """While locked (a run is under way) the sounds can be heard but not changed."""
        self._locked = locked
        self._update()

    def set_playing(self, path: Path | None) -> None:
        """Mark the sound that is heard now, so that Space stops it."""
        self._list.set_playing(path)

    def set_drag_active(self, active: bool, adding: bool = False) -> None:
        """Show that a drop would be taken, and what it would do (the window takes drops anywhere)."""
        shown = active and not self._locked
        empty = self._pages.currentWidget() is self._zone
        self._zone.set_active(shown and empty)
        self._cover.set_active(shown and not empty, adding)

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        self._notice = NoticeBar("datasetNotice")
        self._zone = DropZone()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._zone)
        self._pages.addWidget(self._build_list_page())
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)
        self._cover = DropCover(self)

    def _build_list_page(self) -> QWidget:
        self._menu = SoundsMenu(self)
        self._header = DatasetHeader(self._menu)
        self._search = QLineEdit()
        self._search.setObjectName("soundSearch")
        self._search.setAccessibleName(self.tr("Search the sounds"))
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        glass = QAction(icons.icon("search", "muted"), self.tr("Search"), self._search)
        self._search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._sort = SortButton()
        tools = QHBoxLayout()
        tools.setSpacing(theme.HALF)
        tools.addWidget(self._search, 1)
        tools.addWidget(self._sort)
        self._list = SoundList(self._model)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._header)
        column.addLayout(tools)
        column.addWidget(self._list, 1)
        return page

    def _connect(self) -> None:
        self._scanner.paths_found.connect(self._on_paths_found)
        self._scanner.files_found.connect(self._on_files_found)
        self._scanner.succeeded.connect(self._on_scan_succeeded)
        self._scanner.failed.connect(self._on_scan_failed)
        self._scanner.cancelled.connect(self._on_scan_cancelled)
        self._watch.differs.connect(self._on_watch_differs)
        self._notice.action_triggered.connect(self.rescan)
        self._zone.open_folder_requested.connect(self.ask_for_folder)
        self._zone.demo_requested.connect(self.open_demo)
        self._zone.recent_opened.connect(self._on_recent_opened)
        self._zone.recent_removed.connect(self._on_recent_removed)
        self._menu.open_folder.triggered.connect(self.ask_for_folder)
        self._menu.open_files.triggered.connect(self.ask_for_files)
        self._menu.demo.triggered.connect(self.open_demo)
        self._menu.rescan.triggered.connect(self.rescan)
        self._menu.close_all.triggered.connect(self.clear)
        self._menu.recent_opened.connect(self._on_recent_opened)
        self._menu.recent_cleared.connect(self._on_recent_cleared)
        self._header.add_requested.connect(self._on_add_requested)
        self._header.cancel_requested.connect(self._scanner.cancel)
        self._header.problem_selected.connect(self._on_problem_selected)
        self._search.textChanged.connect(self._model.set_search)
        self._sort.sort_changed.connect(self._model.set_sort)
        self._list.sound_selected.connect(self._on_sound_selected)
        self._list.play_requested.connect(self._on_play_requested)
        self._list.stop_requested.connect(self.stop_requested)

    # Opening.

    @Slot()
    def ask_for_folder(self) -> None:
        """Show the folder dialog; what is chosen replaces the sounds."""
        self._ask(folder=True, add=False)

    @Slot()
    def ask_for_files(self) -> None:
        """Show the file dialog; what is chosen replaces the sounds."""
        self._ask(folder=False, add=False)

    @Slot()
    def _on_add_requested(self) -> None:
        self._ask(folder=True, add=True)

    def _ask(self, *, folder: bool, add: bool) -> None:
        dialog = QFileDialog(self)
        dialog.setObjectName("openSoundsDialog")
        dialog.setWindowTitle(self.tr("Add sounds") if add else self.tr("Open sounds"))
        if folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            patterns = " ".join(f"*{suffix}" for suffix in sorted(SUPPORTED_SUFFIXES))
            dialog.setNameFilter(self.tr("Sounds ({0})").format(patterns))
        if recent := self._settings.recent(RECENT):
            dialog.setDirectory(str(recent[0].parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files_added if add else self._on_files_chosen)
        dialog.open()

    @Slot(list)
    def _on_files_chosen(self, names: list[str]) -> None:
        self.open_sources([Path(name) for name in names])

    @Slot(list)
    def _on_files_added(self, names: list[str]) -> None:
        self.open_sources([Path(name) for name in names], add=True)

    @Slot(object)
    def _on_recent_opened(self, path: Path) -> None:
        self.open_sources([path])

    @Slot(object)
    def _on_recent_removed(self, path: Path) -> None:
        self._settings.remove_recent(RECENT, path)
        self._show_recent()

    @Slot()
    def _on_recent_cleared(self) -> None:
        self._settings.clear_recent(RECENT)
        self._show_recent()

    @Slot()
    def _show_recent(self) -> None:
        recent = self._settings.recent(RECENT)
        self._zone.set_recent(recent)
        self._menu.set_recent(recent)

    # Dropping.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._locked and dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.set_drag_active(True, adds(event))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not self._locked:
            event.acceptProposedAction()
            self.set_drag_active(True, adds(event))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_drag_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_drag_active(False)
        found = dropped_paths(event.mimeData())
        if found and not self._locked:
            # The files stay where they are, whatever the other program proposes.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.open_sources(found, add=adds(event))

    # Scanning.

    def _start_scan(self, sources: list[Path], *, demo: bool) -> None:
        if not self._scanner.is_running:
            self._before = (self._sources, self._result)
        self._sources, self._result = sources, None
        self._watch.clear()
        self._notice.hide()
        self._model.set_files(())
        self._search.clear()
        words = self.tr("Making the demo sounds…") if demo else self.tr("Looking for sounds…")
        self._header.show_scanning(words, 0, 0)
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._pages.setCurrentIndex(1)
        if had_focus:
            self._list.setFocus()
        self._scanner.start(sources, demo=demo)
        self.sources_changed.emit(self.sources)
        self._update()

    @Slot(object)
    def _on_paths_found(self, found: list[Path]) -> None:
        self._header.show_scanning(self.tr("Examining the sounds…"), 0, len(found))
        self._model.set_paths(found)

    @Slot(object, int, int)
    def _on_files_found(self, files: list[SoundFile], done: int, total: int) -> None:
        self._header.show_scanning(self.tr("Examining the sounds…"), done, total)
        self._model.add_files(files)

    @Slot(object)
    def _on_scan_succeeded(self, result: ScanResult) -> None:
        if not result.files:
            place = ", ".join(path.name for path in result.sources)
            error = BadInputError(
                self.tr("There are no sounds in {0}.").format(place),
                self.tr("WAV, AIFF, FLAC, OGG, Opus and MP3 files can be used."),
            )
            self._on_scan_failed(error)
            return
        self._take(result)
        if result.sources != (paths.demo_dir(),):
            self._settings.add_recent(RECENT, result.sources)
            QTimer.singleShot(LATER_MS, self, self._show_recent)
        self.scan_finished.emit(result)

    @Slot(object)
    def _on_scan_failed(self, error: SdaError) -> None:
        self._restore()
        self._notice.show_message(str(error), sign="error")
        self.scan_failed.emit(error)

    @Slot()
    def _on_scan_cancelled(self) -> None:
        self._restore()
        self.scan_cancelled.emit()

    def _take(self, result: ScanResult) -> None:
        self._result = result
        self._model.set_files(result.files)
        self._header.show_result(result)
        self._watch.watch(result)
        self._pages.setCurrentIndex(1)
        self._update()

    def _restore(self) -> None:
        """Go back to what was open before the scan."""
        self._sources, before = self._before
        if before is not None:
            self._take(before)
        else:
            self._sources, self._result = [], None
            self._model.set_files(())
            self._watch.clear()
            self._notice.hide()
            self._pages.setCurrentIndex(0)
        self.sources_changed.emit(self.sources)
        self._update()

    @Slot(object)
    def _on_watch_differs(self, change: FolderChange) -> None:
        if change:
            sign = "warning" if change.missing_source else "info"
            self._notice.show_message(change.sentence(), self.tr("Rescan"), sign)
        else:
            self._notice.hide()
        self._update()

    # Listening.

    @Slot(object)
    def _on_sound_selected(self, file: SoundFile) -> None:
        if file.sample_rate_hz:
            self.sound_selected.emit(PlayItem(file.path, file.path.name))

    @Slot(object)
    def _on_play_requested(self, file: SoundFile) -> None:
        self.play_requested.emit(PlayItem(file.path, file.path.name))

    @Slot(object)
    def _on_problem_selected(self, path: Path) -> None:
        self._search.clear()
        self._list.select(path)

    def _update(self) -> None:
        """Everything that depends on the state, in one place."""
        free = not self._locked
        self._zone.set_enabled_actions(free)
        self._menu.set_enabled_actions(free)
        self._menu.rescan.setEnabled(free and bool(self._sources))
        self._menu.close_all.setEnabled(free and bool(self._sources))
        self._header.add_button.setEnabled(free)
        self._notice.set_action_enabled(free)
        if self._locked:
            self.set_drag_active(False)
        problem = self.problem()
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)

"""The library: the models there are; choose one to play, name it, copy it, carry it elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.errors import SdaError
from sda_desktop.generation import library
from sda_desktop.generation.library import LibraryModel
from sda_desktop.generation.model_file import Imported, export_model, import_model
from sda_desktop.generation.trash import Trashed
from sda_desktop.ui import icons, theme
from sda_desktop.ui.background import Background
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.library_list import LibraryList
from sda_desktop.ui.library_model import LibraryRows
from sda_desktop.ui.model_files import dropped_model_files, export_dialog, open_dialog
from sda_desktop.ui.model_notes_dialog import ModelNotesDialog
from sda_desktop.ui.notice_bar import NoticeBar
from sda_desktop.ui.reveal import reveal
from sda_desktop.ui.wording import short_name

_log = logging.getLogger(__name__)

CHOOSE_AFTER_MS = 200  # so that stepping through the list with a key held down does not load every model


class LibraryPanel(QWidget):
    """Lists models off the GUI thread and does what the user wants with one of them."""

    model_chosen = Signal(object)  # Path of the run folder
    model_removed = Signal(object)  # Path of the run folder that is gone
    train_requested = Signal()  # there is no model, and the user wants one
    refreshed = Signal()  # the list shows what is on the disk
    failed = Signal(object)  # SdaError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryPanel")
        self.setAccessibleName(self.tr("Models"))
        self.setAcceptDrops(True)
        self._listed = self._busy = self._again = self._syncing = False
        self._to_choose: Path | None = None  # once it is listed
        self._trashed: Trashed | None = None  # to be brought back
        self._working = 0
        self._lister = Background(self)
        self._idle: list[Background] = []  # workers that are free
        self._model = LibraryRows(self)
        self.list = LibraryList(self._model)
        self._choosing = QTimer(self)
        self._choosing.setSingleShot(True)
        self._choosing.setInterval(CHOOSE_AFTER_MS)
        self._build()
        self._connect()

    # What it is told.

    @Slot()
    def refresh(self) -> None:
        """Read the disk again; `refreshed` follows."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._lister.start(library.list_models, self._on_listed, self._on_list_failed)

    def set_current(self, path: Path | None) -> None:
        """The model that is being played stands out and is selected."""
        self._model.current = path
        self._syncing = True
        self.list.select(path)
        self._syncing = False
        self.list.viewport().update()

    def import_file(self, path: Path) -> None:
        """Bring a model file into the library and choose its model, as after a double-click on the file."""
        self._say(self.tr("Opening {0}…").format(path.name))
        self._work(partial(import_model, path), self._on_imported)

    def export_to(self, run: Path, target: Path) -> None:
        """Write a model into a file; the user has agreed to replace it."""
        self._say(self.tr("Writing {0}…").format(target.name))
        self._work(partial(export_model, run, target, overwrite=True), self._on_exported)

    @property
    def is_busy(self) -> bool:
        """Whether something is being copied, written or moved."""
        return self._working > 0

    # Building.

    def _build(self) -> None:
        heading = QLabel(self.tr("Models"))
        theme.set_role(heading, "heading")
        self._import = icon_button("importModelButton", "folder-open", self.tr("Open a model file (.sda)"))
        self._more = icon_button("modelMenuButton", "more", self.tr("What can be done with the model"))
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self._import)
        top.addWidget(self._more)
        self._search = QLineEdit()
        self._search.setObjectName("modelSearch")
        self._search.setPlaceholderText(self.tr("Search name, notes, tags, sounds"))
        self._search.setAccessibleName(self.tr("Search the models"))
        self._search.setClearButtonEnabled(True)
        self._notice = NoticeBar("libraryNotice")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(top)
        column.addWidget(self._search)
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)

    def _empty_page(self) -> QWidget:
        page = QFrame()
        theme.set_role(page, "card")
        self._sentence = QLabel()
        self._sentence.setObjectName("libraryEmpty")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._sentence, "muted")
        self._train = QPushButton(self.tr("Train a model"))
        self._train.setObjectName("trainFirstButton")
        theme.set_role(self._train, "primary")
        self._train.hide()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addStretch(1)
        column.addWidget(self._sentence)
        column.addWidget(self._train, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        rows = self.list
        rows.model_selected.connect(self._on_list_model_selected)
        rows.choose_pressed.connect(self._on_list_choose_pressed)
        rows.delete_pressed.connect(self._on_trash)
        rows.refresh_pressed.connect(self.refresh)
        rows.undo_pressed.connect(self.undo)
        rows.menu_requested.connect(self._on_list_menu_requested)
        self._model.rename_requested.connect(self._on_model_rename_requested)
        self._choosing.timeout.connect(self._on_choosing_timeout)
        self._search.textChanged.connect(self._on_search_text_changed)
        self._import.clicked.connect(self._on_import)
        self._more.clicked.connect(self._on_more_clicked)
        self._train.clicked.connect(self.train_requested)
        self._notice.action_triggered.connect(self.undo)

    # Listing.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._listed:
            self.refresh()

    def _on_listed(self, models: list[LibraryModel]) -> None:
        selected = self.list.current_model()
        wanted = self._to_choose or (selected.path if selected is not None else self._model.current)
        self._syncing = True
        self._model.set_models(models)
        self.list.select(wanted)
        self._syncing = False
        if self._to_choose is not None and self._model.row_of(self._to_choose) >= 0:
            self.model_chosen.emit(self._to_choose)
        self._to_choose = None
        self._done()

    def _on_list_failed(self, error: SdaError) -> None:
        self.failed.emit(error)
        self._done()

    def _done(self) -> None:
        self._listed, self._busy = True, False
        self._show_page()
        if self._again:
            self._again = False
            self.refresh()
        else:
            self.refreshed.emit()

    def _show_page(self) -> None:
        nothing = not self._model.models
        self._search.setVisible(not nothing)
        self._more.setEnabled(bool(self._model.rowCount()))
        if self._model.rowCount():
            self._pages.setCurrentWidget(self.list)
            return
        self._train.setVisible(nothing and self._listed)
        self._sentence.setText(
            self.tr("No model has these words in its name, notes, tags or sounds.")
            if not nothing
            else self.tr("No models yet. Train one on your sounds, and it is kept here to be played.")
            if self._listed
            else ""
        )
        self._pages.setCurrentIndex(0)

    @Slot(str)
    def _on_search_text_changed(self, text: str) -> None:
        self._syncing = True
        selected = self.list.current_model()
        self._model.set_search(text)
        self.list.select(self._model.current if selected is None else selected.path)
        self._syncing = False
        self._show_page()

    # Choosing.

    @Slot()
    def _on_list_model_selected(self) -> None:
        if not self._syncing:
            self._choosing.start()

    @Slot()
    def _on_list_choose_pressed(self) -> None:
        self._choosing.stop()
        self._choose(again=True)

    @Slot()
    def _on_choosing_timeout(self) -> None:
        self._choose(again=False)

    def _choose(self, *, again: bool) -> None:
        model = self.list.current_model()
        if model is None or not model.usable or (model.path == self._model.current and not again):
            return
        self.model_chosen.emit(model.path)

    # Doing something with one.

    def _work(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do it in the background, apart from everything else that is under way."""
        self._working += 1
        worker = self._idle.pop() if self._idle else Background(self)

        def finished(result: object) -> None:
            self._working -= 1
            self._idle.append(worker)
            done(result)

        def refused(error: SdaError) -> None:
            self._working -= 1
            self._idle.append(worker)
            self._notice.hide()
            self.failed.emit(error)
            self.refresh()

        worker.start(work, finished, refused)

    def _say(self, text: str, action: str = "", sign: str = "info") -> None:
        self._notice.show_message(text, action, sign)

    @Slot(object, str)
    def _on_model_rename_requested(self, path: Path, name: str) -> None:
        self._work(partial(library.describe_model, path, name=name), self._on_changed)

    @Slot(object, str, object)
    def _on_notes_confirmed(self, path: Path, notes: str, tags: list[str]) -> None:
        self._work(partial(library.describe_model, path, notes=notes, tags=tags), self._on_changed)

    def _on_changed(self, _: LibraryModel) -> None:
        self.refresh()

    @Slot()
    def _on_duplicate(self) -> None:
        if (model := self.list.current_model()) is not None:
            self._say(self.tr("Copying “{0}”…").format(short_name(model.name)))
            self._work(partial(library.duplicate, model.path), self._on_duplicated)

    def _on_duplicated(self, _: LibraryModel) -> None:
        self._notice.hide()
        self.refresh()

    @Slot()
    def _on_trash(self) -> None:
        model = self.list.current_model()
        if model is None:
            return
        if model.live:
            self._say(self.tr("“{0}” is being trained. Stop that first.").format(short_name(model.name)))
            return
        self._work(partial(library.move_to_trash, model.path), partial(self._on_trashed, model.name))

    def _on_trashed(self, name: str, trashed: Trashed) -> None:
        self._trashed = trashed if trashed.place is not None else None
        if trashed.original == self._model.current:
            self._model.current = None
        words = self.tr("“{0}” is in the trash.").format(short_name(name))
        if not trashed.by_system:
            words = trashed.sentence
        self._say(words, self.tr("Undo") if self._trashed is not None else "")
        self.model_removed.emit(trashed.original)
        self.refresh()

    @Slot()
    def undo(self) -> None:
        """Bring back the model that was moved to the trash last, if the system lets us."""
        trashed, self._trashed = self._trashed, None
        if trashed is not None:
            self._notice.hide()
            self._work(partial(library.bring_back, trashed), self._on_changed)

    def _on_imported(self, imported: Imported) -> None:
        name = short_name(imported.model.name)
        if imported.new:
            self._notice.hide()
        else:
            self._say(self.tr("“{0}” is in the library already.").format(name))
        self._search.clear()
        self._to_choose = imported.model.path
        self.refresh()

    def _on_exported(self, file: Path) -> None:
        self._say(self.tr("{0} was written to {1}.").format(file.name, str(file.parent)))

    @Slot()
    def _on_import(self) -> None:
        dialog = open_dialog(self.window())
        dialog.fileSelected.connect(self._on_import_file_selected)
        dialog.open()

    @Slot(str)
    def _on_import_file_selected(self, name: str) -> None:
        self.import_file(Path(name))

    @Slot()
    def _on_export(self) -> None:
        model = self.list.current_model()
        if model is None:
            return
        dialog = export_dialog(self.window(), model.name)
        self._exporting = model.path
        dialog.fileSelected.connect(self._on_export_file_selected)
        dialog.open()

    @Slot(str)
    def _on_export_file_selected(self, name: str) -> None:
        self.export_to(self._exporting, Path(name))

    @Slot()
    def _on_reveal(self) -> None:
        model = self.list.current_model()
        if model is None:
            return
        if (problem := reveal(model.path)) is not None:
            self.failed.emit(problem)
            self.refresh()

    @Slot()
    def _on_notes(self) -> None:
        if (model := self.list.current_model()) is not None:
            dialog = ModelNotesDialog(model, self.window())
            dialog.confirmed.connect(self._on_notes_confirmed)
            dialog.open()

    @Slot()
    def _on_rename(self) -> None:
        self.list.edit(self.list.currentIndex())

    # The menu.

    @Slot(object)
    def _on_list_menu_requested(self, where: QPoint) -> None:
        if self.list.current_model() is not None:
            self.make_menu().popup(where)

    @Slot()
    def _on_more_clicked(self) -> None:
        if self.list.current_model() is None and self._model.rowCount():
            self._syncing = True
            self.list.select(self._model.model_at(0).path)
            self._syncing = False
        self._on_list_menu_requested(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def make_menu(self) -> QMenu:
        """What can be done with the selected model."""
        model = self.list.current_model()
        usable = model is not None and model.usable
        whole = usable and model is not None and model.status != "damaged"
        menu = QMenu(self)
        menu.setObjectName("modelMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = QKeySequence
        for icon, text, slot, enabled, shortcut in (
            ("play", self.tr("Play it"), self._on_list_choose_pressed, usable, keys(Qt.Key.Key_Return)),
            ("", self.tr("Rename"), self._on_rename, True, keys(Qt.Key.Key_F2)),
            ("", self.tr("Notes and tags…"), self._on_notes, True, keys()),
            (None, "", None, True, keys()),
            ("copy", self.tr("Duplicate"), self._on_duplicate, whole, keys()),
            ("export", self.tr("Export as a file (.sda)…"), self._on_export, whole, keys()),
            ("folder-open", self.tr("Open a model file…"), self._on_import, True, keys()),
            ("reveal", self.tr("Show in the file manager"), self._on_reveal, True, keys()),
            (None, "", None, True, keys()),
            (
                "delete",
                self.tr("Move to the trash"),
                self._on_trash,
                model is not None and not model.live,
                keys(keys.StandardKey.Delete),
            ),
        ):
            if slot is None:
                menu.addSeparator()
                continue
            action = menu.addAction(icons.icon(icon) if icon else QIcon(), text, slot)
            action.setEnabled(enabled)
            # Shown only: the list itself listens to these keys.
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return menu

    # Drops.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def _offer(self, event: QDragMoveEvent) -> None:
        if dropped_model_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()  # the window may take it

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropped_model_files(event.mimeData()):
            # The file stays where it is, whatever the other program proposes.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            for file in files:
                self.import_file(file)
        else:
            event.ignore()

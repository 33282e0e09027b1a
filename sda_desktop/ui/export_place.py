"""Where the exported files go and what they are called: a folder, and a pattern with an example."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from sda_desktop.errors import BadInputError
from sda_desktop.generation.export_names import DEFAULT_PATTERN, FIELDS, check_pattern
from sda_desktop.ui import theme
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.words import shown

ICON_SIZE = 16


def default_folder() -> Path:
    """The user's music, or the home folder where the system knows none."""
    music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    return Path(music or Path.home())


class ExportPlace(QWidget):
    """Emits `changed` whenever folder or pattern are others."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = self.grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setVerticalSpacing(theme.HALF)
        grid.setColumnStretch(1, 1)
        self._pattern = self._line(grid, 0, "exportPattern", self.tr("Name"), DEFAULT_PATTERN)
        self._insert = icon_button("exportInsert", "add", self.tr("Insert a field into the name"), ICON_SIZE)
        self._insert.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._insert)
        for name, meaning in FIELDS.items():
            action = menu.addAction(f"{{{name}}}  {shown(meaning)}")
            action.setData(f"{{{name}}}")
        menu.triggered.connect(self._on_field_chosen)
        self._insert.setMenu(menu)
        named = QHBoxLayout()
        named.setSpacing(theme.HALF)
        named.addWidget(self._pattern, 1)
        named.addWidget(self._insert)
        grid.addLayout(named, 0, 1)
        self._example = QLabel()
        self._example.setObjectName("exportExample")
        self._example.setTextFormat(Qt.TextFormat.PlainText)
        self._example.setFont(theme.small(self._example.font()))
        self._example.setWordWrap(True)
        # Room for two lines, so that nothing moves when the names become long or wrong.
        self._example.setMinimumHeight(2 * self._example.fontMetrics().lineSpacing())
        self._example.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._example, 1, 1)
        self._folder = self._line(grid, 2, "exportFolder", self.tr("Folder"), str(default_folder()))
        choose = QPushButton(self.tr("Choose…"))
        choose.setObjectName("exportChooseFolder")
        choose.setAccessibleName(self.tr("Choose a folder"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._on_choose_clicked)
        placed = QHBoxLayout()
        placed.setSpacing(theme.GRID)
        placed.addWidget(self._folder, 1)
        placed.addWidget(choose)
        grid.addLayout(placed, 2, 1)

    def _line(self, grid: QGridLayout, row: int, name: str, words: str, text: str) -> QLineEdit:
        editor = QLineEdit(text)
        editor.setObjectName(name)
        editor.setAccessibleName(words)
        label = QLabel(words)
        label.setBuddy(editor)
        grid.addWidget(label, row, 0)
        editor.textChanged.connect(self.changed)
        return editor

    def pattern(self) -> str:
        """The pattern as typed."""
        return self._pattern.text()

    def folder(self) -> Path:
        """The folder as typed; "~" is the home folder."""
        try:
            return Path(self._folder.text().strip()).expanduser()
        except RuntimeError:  # "~nobody"
            return Path(self._folder.text().strip())

    def show_place(self, folder: Path, pattern: str) -> None:
        """Show these."""
        self._folder.setText(str(folder))
        self._pattern.setText(pattern)

    def error(self) -> str:
        """What is wrong with folder or pattern, "" if nothing is."""
        try:
            check_pattern(self.pattern())
        except BadInputError as error:
            return str(error)
        folder = self.folder()
        if not folder.is_absolute():
            return self.tr("Choose a folder.")
        if folder.exists() and not folder.is_dir():
            return self.tr("{0} is a file, not a folder.").format(folder)
        return ""

    def show_example(self, text: str, *, wrong: bool) -> None:
        """Say under the pattern what the names become, or what is wrong."""
        self._example.setText(text)
        theme.set_role(self._example, "error" if wrong else "muted")
        for line in (self._pattern, self._folder):
            theme.set_style_property(line, "invalid", False)
        if wrong:
            bad = self._pattern if self._pattern_is_wrong() else self._folder
            theme.set_style_property(bad, "invalid", True)

    def _pattern_is_wrong(self) -> bool:
        try:
            check_pattern(self.pattern())
        except BadInputError:
            return True
        return False

    @Slot(object)
    def _on_field_chosen(self, action: object) -> None:
        data = getattr(action, "data", None)
        if data is not None:
            self._pattern.insert(str(data()))
        self._pattern.setFocus()

    @Slot()
    def _on_choose_clicked(self) -> None:
        start = self.folder()
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export to"), str(start))
        if chosen:
            self._folder.setText(chosen)

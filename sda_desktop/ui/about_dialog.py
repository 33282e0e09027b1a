"""About: the version, what the app stands on, and the licences of all of it."""

from __future__ import annotations

import platform
from functools import partial

import PySide6
from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot, qVersion
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sda_desktop import __version__, paths
from sda_desktop.licences import APP_LICENCE, Component
from sda_desktop.ui import sound_devices, theme
from sda_desktop.ui.background import Background
from sda_desktop.ui.help_dialogs import close_row, frame

FIRST_SIZE = QSize(880, 560)
ICON_SIZE = 64


def _tr(text: str) -> str:
    return QCoreApplication.translate("AboutDialog", text)


def facts(portaudio: str) -> list[tuple[str, str]]:
    """What a report needs to know, by name.  Not in the GUI thread: reading versions takes a moment."""
    # Read from the packages' metadata: importing torch for its version would take seconds.
    from sda_desktop import licences

    known = {name.lower().replace("_", "-"): version for name, version in licences.versions().items()}

    def version(name: str) -> str:
        return known.get(name, "?")

    return [
        (_tr("Python"), platform.python_version()),
        (_tr("Qt, PySide6"), f"{qVersion()}, {PySide6.__version__}"),
        (_tr("PyTorch, torchaudio"), f"{version('torch')}, {version('torchaudio')}"),
        (_tr("NumPy"), version("numpy")),
        (_tr("soundfile, libsndfile"), f"{version('soundfile')}, {_libsndfile()}"),
        (_tr("PortAudio"), portaudio or _tr("not needed so far")),
        (_tr("System"), platform.platform()),
        (_tr("Your data"), str(paths.data_dir())),
    ]


def _libsndfile() -> str:
    try:
        import soundfile
    except (ImportError, OSError):
        return "?"
    return str(soundfile.__libsndfile_version__)


class AboutDialog(QDialog):
    """Two pages: versions, and licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = frame(self, "aboutDialog", self.tr("About SDA Desktop"))
        self._facts: list[tuple[str, str]] = []
        self._finding, self._listing = Background(self), Background(self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._versions_page())
        self.licences = LicencesPage()
        self._pages.addWidget(self.licences)
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setObjectName("aboutCopy")
        self._copy.setAccessibleName(self.tr("Copy the versions"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._on_copy_clicked)
        column.addLayout(self._switch())
        column.addWidget(self._pages, 1)
        column.addLayout(close_row(self, self._copy))
        self.resize(FIRST_SIZE)
        self._finding.start(partial(facts, sound_devices.version()), self._on_facts)

    def _switch(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addStretch(1)
        self._group = QButtonGroup(self)
        for number, (name, text) in enumerate(
            (("aboutVersionsButton", self.tr("Version")), ("aboutLicencesButton", self.tr("Licences")))
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.set_role(button, "segment")
            theme.set_style_property(button, "side", "first" if number == 0 else "last")
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_group_id_clicked)
        return row

    def _versions_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID)
        top = QHBoxLayout()
        top.setSpacing(2 * theme.GRID)
        sign = QLabel()
        sign.setPixmap(
            QIcon(str(paths.resources_dir() / "sda-desktop.svg")).pixmap(
                QSize(ICON_SIZE, ICON_SIZE), self.devicePixelRatioF()
            )
        )
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.HALF)
        name = QLabel(f"SDA Desktop {__version__}")
        name.setObjectName("aboutName")
        large = theme.scaled(self.font(), 1.4)
        large.setWeight(QFont.Weight.DemiBold)
        name.setFont(large)
        words.addWidget(name)
        for text in (
            self.tr("Trains a generative model on a folder of your own sounds."),
            self.tr("Nothing leaves this computer."),
            self.tr("Free software under the {licence} licence.").format(licence=APP_LICENCE),
        ):
            words.addWidget(QLabel(text))
        top.addLayout(words, 1)
        column.addLayout(top)
        column.addSpacing(theme.GRID)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * theme.GRID)
        self._grid.setVerticalSpacing(theme.HALF)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        return page

    def _on_facts(self, found: list[tuple[str, str]]) -> None:
        self._facts = found
        for row, (name, value) in enumerate(found):
            label = QLabel(name)
            theme.set_role(label, "muted")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            shown = QLabel(value)
            shown.setObjectName(f"aboutValue{row}")
            shown.setAccessibleName(name)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._grid.addWidget(shown, row, 1)

    def text(self) -> str:
        """What Copy puts on the clipboard."""
        return "\n".join([f"SDA Desktop {__version__}", *(f"{name}: {value}" for name, value in self._facts)])

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copy.setText(self.tr("Copied"))

    @Slot(int)
    def _on_group_id_clicked(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._copy.setVisible(page == 0)
        if page == 1 and not self.licences.components:
            self._listing.start(_load, self.licences.show_components, self.licences.show_error)


class LicencesPage(QWidget):
    """The components on the left, the chosen one's licence on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.components: list[Component] = []
        self._reading = Background(self)
        self.list = QListWidget()
        self.list.setObjectName("licenceList")
        self.list.setAccessibleName(self.tr("Components"))
        self.list.currentRowChanged.connect(self._on_list_current_row_changed)
        self._name = QLabel(self.tr("Looking for the licences…"))
        self._name.setObjectName("licenceName")
        self._name.setWordWrap(True)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit()
        self.text.setObjectName("licenceText")
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._build()

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._name)
        column.addWidget(self.text, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GRID)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([22 * theme.GRID, 66 * theme.GRID])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, theme.GRID, 0, 0)
        outer.addWidget(splitter)

    def show_components(self, components: list[Component]) -> None:
        """List them and show the first."""
        self.components = components
        self.list.clear()
        for component in components:
            item = QListWidgetItem(f"{component.name} {component.version}".strip())
            item.setToolTip(component.license)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + theme.HALF))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def show_error(self, error: Exception) -> None:
        """Say why there is no list."""
        self._name.setText(str(error))

    @Slot(int)
    def _on_list_current_row_changed(self, row: int) -> None:
        if row < 0:
            return
        component = self.components[row]
        self._name.setText(f"{component.name} {component.version}".strip() + f": {component.license}")
        self._reading.start(component.text, self._on_text)

    def _on_text(self, text: str) -> None:
        self.text.setPlainText(text or self.tr("The text of this licence is not installed."))


def _load() -> list[Component]:
    from sda_desktop.licences import load

    return load()

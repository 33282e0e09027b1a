"""The row above the map: search, colours, layout, what a click plays, zoom, and what the mouse can do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.audio.features import FEATURES
from sda_desktop.ui import icons, theme
from sda_desktop.ui.access import name_choice
from sda_desktop.ui.focus_order import order_focus
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.map_colors import FOLDER
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sound_map import SoundMap

_ICON = 16
_SEARCH_WIDTHS = (10 * theme.GRID, 26 * theme.GRID)
_SHORTEST = 3  # characters of a choice that can always be read
_HELP_MS = 60_000
_WIDEST_COMBO = 19 * theme.GRID
_ONE_ROW = 76 * theme.GRID  # narrower, the choices have a row of their own
_METHODS = {"tsne": "t-SNE", "pca": "PCA"}
_ANY_WIDTH = 16_777_215  # Qt's own bound
_BEFORE_CHOICES = 3  # search, what it found, stretch
ORIGINAL, RECONSTRUCTION = "original", "reconstruction"


class _SearchField(QLineEdit):
    """Enter goes to the next one; Esc empties it and goes back to the map."""

    next_requested = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.next_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class MapTools(QWidget):
    """Steers a SoundMap, and says which layout and which side of a sound are wanted; remembers both."""

    layout_chosen = Signal(str)  # as given to set_layouts()
    audition_chosen = Signal(str)  # "original" or "reconstruction"

    def __init__(self, sound_map: SoundMap, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapTools")
        self._map, self._settings = sound_map, settings
        self._make_search()
        self._colors = self._combo("mapColors", self.tr("Colours show"))
        self._colors.addItem(self.tr("Folder"), FOLDER)
        for feature in FEATURES:
            self._colors.addItem(self._feature_words(feature.name), feature.name)
        self._layouts = self._combo("mapLayout", self.tr("Layout"))
        self._layouts.setToolTip(self.tr("How the sounds are laid out"))
        self._audition = self._combo("mapAudition", self.tr("A click on a dot plays"))
        self._audition.addItem(self.tr("Original"), ORIGINAL)
        self._audition.addItem(self.tr("Reconstruction"), RECONSTRUCTION)
        self._audition.setToolTip(
            self.tr("What a click on a dot plays: the file itself, or what the model makes of it")
        )
        self._out = self._button("mapZoomOut", "remove", self.tr("Further away (\N{MINUS SIGN})"))
        self._in = self._button("mapZoomIn", "add", self.tr("Nearer (+)"))
        self._fit = self._button("mapFitAll", "fit", self.tr("Show the whole map (0)"))
        self._help = self._button("mapHelp", "help", self._help_words())
        self._lay_out()
        self._connect()
        self._restore()

    def _make_search(self) -> None:
        self._search = _SearchField()
        self._search.setObjectName("mapSearch")
        self._search.setAccessibleName(self.tr("Search sounds"))
        self._search.setPlaceholderText(self.tr("Search sounds"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(_SEARCH_WIDTHS[0])
        self._search.setMaximumWidth(_SEARCH_WIDTHS[1])
        glass = QAction(icons.icon("search", "muted"), self.tr("Search"), self._search)
        self._search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._found = QLabel()
        self._found.setObjectName("mapFound")
        self._found.setAccessibleName(self.tr("Found sounds"))
        self._found.setFont(theme.tabular(theme.small(self.font())))
        theme.set_role(self._found, "muted")
        width = QFontMetrics(self._found.font()).horizontalAdvance(
            self.tr("{n} of {all}").format(n=88, all=888)
        )
        self._found.setFixedWidth(width)
        self._found.hide()  # its place is needed in a narrow window

    def _combo(self, name: str, words: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        name_choice(made, words)
        made.setToolTip(words)
        # They give way in a narrow window.
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(_SHORTEST)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return made

    def _button(self, name: str, icon: str, words: str) -> QToolButton:
        return icon_button(name, icon, words, _ICON, spoken=words.split("\n")[0])

    def _feature_words(self, name: str) -> str:
        words = {
            "brightness": self.tr("Brightness"),
            "noisiness": self.tr("Noisiness"),
            "loudness": self.tr("Loudness"),
            "attack": self.tr("Attack"),
            "length": self.tr("Length"),
            "pitch": self.tr("Pitch"),
        }
        return words.get(name, name.capitalize())

    def _help_words(self) -> str:
        lines = (
            self.tr("How to play the map"),
            self.tr("Click a dot to hear that sound."),
            self.tr("Click or drag between the dots to hear what the model makes there."),
            self.tr("Wheel or pinch: zoom.  Middle button, Space-drag or two fingers: move."),
            self.tr("Shift-drag: select with a lasso.  Ctrl-click: add to the selection."),
            self.tr("Ctrl-drag a dot, or drag the selection: out of the window, as files."),
            self.tr("Arrow keys: to the next sound.  Enter or Space: play.  Esc: stop and clear."),
            self.tr("/ or Ctrl+F: search.  0 or a double click: the whole map."),
        )
        return "\n".join(lines)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.HALF)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.HALF)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(theme.HALF)
        rows.addLayout(self._row)
        rows.addLayout(self._choices)
        self._row.addWidget(self._search, 1)
        self._row.addWidget(self._found)
        self._row.addStretch()
        self._row.addSpacing(theme.HALF)
        for button in (self._out, self._in, self._fit, self._help):
            self._row.addWidget(button)
        self._place_choices(in_row=True)

    def _place_choices(self, *, in_row: bool) -> None:
        self._in_row = in_row
        for place, combo in enumerate((self._audition, self._colors, self._layouts)):
            combo.setMaximumWidth(_WIDEST_COMBO if in_row else _ANY_WIDTH)
            if in_row:
                self._row.insertWidget(_BEFORE_CHOICES + place, combo, 1)
            else:
                self._choices.addWidget(combo, 1)
        order_focus([self])

    def focus_parts(self) -> tuple[QWidget, ...]:
        """The choices come before the buttons in one row, and after them in a row of their own."""
        choices = (self._audition, self._colors, self._layouts)
        buttons = (self._out, self._in, self._fit, self._help)
        return (self._search, *(choices + buttons if self._in_row else buttons + choices))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = event.size().width() >= _ONE_ROW
        if fits != self._in_row:
            self._place_choices(in_row=fits)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._map.set_search)
        self._search.next_requested.connect(self._map.next_hit)
        self._search.left.connect(self._on_search_left)
        self._colors.activated.connect(self._on_colors_activated)
        self._layouts.activated.connect(self._on_layouts_activated)
        self._audition.activated.connect(self._on_audition_activated)
        self._out.clicked.connect(self._map.zoom_out)
        self._in.clicked.connect(self._map.zoom_in)
        self._fit.clicked.connect(self._map.fit)
        self._help.clicked.connect(self._on_help_clicked)
        self._map.hits_changed.connect(self._on_map_hits_changed)
        self._map.search_requested.connect(self._on_map_search_requested)

    def _restore(self) -> None:
        self._choose(self._colors, self._settings.text("map/colors", FOLDER))
        self._choose(self._audition, self._settings.text("map/audition", ORIGINAL))
        self._map.set_color_by(self.color_by)
        self.set_layouts(())

    @staticmethod
    def _choose(combo: QComboBox, data: str) -> None:
        combo.setCurrentIndex(max(0, combo.findData(data)))

    # What it shows.

    @property
    def color_by(self) -> str:
        """What the colours show: "folder" or the name of a feature."""
        return str(self._colors.currentData())

    @property
    def audition(self) -> str:
        """What a click on a dot plays: "original" or "reconstruction"."""
        return str(self._audition.currentData())

    @property
    def layout_name(self) -> str:
        """The chosen layout; "" while there is none."""
        return str(self._layouts.currentData() or "")

    def set_layouts(self, layouts: Sequence[tuple[str, str, float]], chosen: str = "") -> None:
        """Offer these: name, words, trustworthiness (0 to 1).  With fewer than two there is no choice."""
        self._layouts.clear()
        for name, words, trust in layouts:
            self._layouts.addItem(words, name)
            tip = self.tr(
                "{words} ({method}): neighbours on the map are {share} % as trustworthy as they could be "
                "(trustworthiness, Venna and Kaski)"
            ).format(words=words, method=_METHODS.get(name, name), share=round(100 * trust))
            self._layouts.setItemData(self._layouts.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._choose(self._layouts, chosen)
        self._layouts.setHidden(len(layouts) < 2)
        self._show_layout_tip()

    def _show_layout_tip(self) -> None:
        tip = self._layouts.currentData(Qt.ItemDataRole.ToolTipRole)
        self._layouts.setToolTip(str(tip) if tip else self.tr("How the sounds are laid out"))

    def set_color_by(self, by: str) -> None:
        """Let the colours show this, without remembering it."""
        self._choose(self._colors, by)
        self._map.set_color_by(self.color_by)

    # What is done.

    @Slot(int)
    def _on_colors_activated(self, _: int) -> None:
        self._settings.set_text("map/colors", self.color_by)
        self._map.set_color_by(self.color_by)

    @Slot(int)
    def _on_layouts_activated(self, _: int) -> None:
        self._show_layout_tip()
        self.layout_chosen.emit(self.layout_name)

    @Slot(int)
    def _on_audition_activated(self, _: int) -> None:
        self._settings.set_text("map/audition", self.audition)
        self.audition_chosen.emit(self.audition)

    @Slot(int, int)
    def _on_map_hits_changed(self, count: int, current: int) -> None:
        searching = bool(self._search.text().strip())
        words = self.tr("{n} of {all}").format(n=current, all=count) if current else str(count)
        self._found.setText((words if count else self.tr("none")) if searching else "")
        self._found.setVisible(searching)

    @Slot()
    def _on_help_clicked(self) -> None:
        below = self._help.mapToGlobal(self._help.rect().bottomLeft())
        QToolTip.showText(below, self._help.toolTip(), self._help, self._help.rect(), _HELP_MS)

    @Slot()
    def _on_search_left(self) -> None:
        self._map.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_map_search_requested(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

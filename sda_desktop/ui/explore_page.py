"""The Explore page: where a trained model is played.  Lays its panels out; explore_links.py connects them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from sda_desktop.generation.history import History
from sda_desktop.ui import theme
from sda_desktop.ui.blend_bar import BlendBar
from sda_desktop.ui.explore_links import ExploreLinks
from sda_desktop.ui.explore_session import ExploreSession
from sda_desktop.ui.history_panel import HistoryPanel
from sda_desktop.ui.library_panel import LibraryPanel
from sda_desktop.ui.map_tools import MapTools
from sda_desktop.ui.morph_strip import MorphStrip
from sda_desktop.ui.new_sound_panel import NewSoundPanel
from sda_desktop.ui.player import Player
from sda_desktop.ui.presets_bar import PresetsBar
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sliders_panel import SlidersPanel
from sda_desktop.ui.sound_map import SoundMap

_LEFT, _RIGHT = 240, 320
_MIN_SIDE, _MIN_MIDDLE = 216, 360
_HEIGHTS = (400, 260)  # the controls above the history
_SPLITTERS = ("exploreColumns", "exploreRight")


class ExplorePage(QWidget):
    """Library and blend | map and morph | controls and history."""

    def __init__(self, player: Player, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explorePage")
        settings = Settings()
        self.session = ExploreSession(player, history, self)
        self.library = LibraryPanel()
        self.map = SoundMap()
        self.tools = MapTools(self.map, settings)
        self.morph = MorphStrip()
        self.presets = PresetsBar()
        self.blend = BlendBar()
        self.new_sound = NewSoundPanel()
        self.sliders = SlidersPanel()
        self.history = HistoryPanel()
        self.history.set_history(history)
        self._columns, self._right = self._build()
        self._restore(settings)
        self.links = ExploreLinks(self, player)

    def _build(self) -> tuple[QSplitter, QSplitter]:
        middle = _column(self.tools, self.map, self.morph, stretched=self.map)
        controls = _column(self.presets, self.new_sound, self.sliders, stretched=self.sliders)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setObjectName(_SPLITTERS[1])
        right.addWidget(_scrolled(controls))
        right.addWidget(self.history)
        left = _column(self.library, self.blend, stretched=self.library)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setObjectName(_SPLITTERS[0])
        for widget, least in ((left, _MIN_SIDE), (middle, _MIN_MIDDLE), (right, _MIN_SIDE)):
            widget.setMinimumWidth(least)
            columns.addWidget(widget)
        for splitter in (columns, right):
            splitter.setHandleWidth(theme.GRID)
            splitter.setChildrenCollapsible(False)
        columns.setStretchFactor(1, 1)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)
        return columns, right

    def focus_parts(self) -> tuple[QWidget, ...]:
        """What Tab goes through, from the left to the right."""
        middle = (self.tools, self.map, self.morph)
        return (self.library, self.blend, *middle, self.presets, self.new_sound, self.sliders, self.history)

    def reset(self) -> None:
        """Put everything where it was on the first day."""
        self._columns.setSizes([_LEFT, max(_MIN_MIDDLE, self.width() - _LEFT - _RIGHT), _RIGHT])
        self._right.setSizes(list(_HEIGHTS))

    def save(self, settings: Settings) -> None:
        """Remember how the page was divided."""
        for splitter in (self._columns, self._right):
            settings.set_blob(f"window/{splitter.objectName()}", splitter.saveState())

    def _restore(self, settings: Settings) -> None:
        self.reset()
        for splitter in (self._columns, self._right):
            state = settings.blob(f"window/{splitter.objectName()}")
            if not state.isEmpty():
                splitter.restoreState(state)


def _column(*widgets: QWidget, stretched: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GRID)
    for widget in widgets:
        column.addWidget(widget, int(widget is stretched))
    return made


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area

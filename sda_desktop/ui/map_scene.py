"""What is on the map at this moment: the dots and where they are in sight, and which of them are what."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from sda_desktop.ui.map_colors import FOLDER, Coloring
from sda_desktop.ui.map_data import MapDot, MapState, Places, nearest
from sda_desktop.ui.map_view import MapView

RADIUS = 5.0  # pixels of a dot among few
SMALLEST = 3.5  # among many
REACH = 6.0  # pixels beyond its edge at which a dot is still meant
TRAIL = 48  # places that a drag leaves behind


class MapScene:
    """The map's state.  Nothing here paints, and nothing emits."""

    def __init__(self) -> None:
        self.state: MapState = "no_model"
        self.done = self.total = 0  # while measuring
        self.dots: tuple[MapDot, ...] = ()
        self.places: Places = np.zeros((0, 2))
        self.view = MapView()
        self.color_by = FOLDER
        self.coloring = Coloring(())
        self.selected: set[int] = set()
        self.search = ""
        self.hits: list[int] = []
        self.hit = -1  # which of the hits is the current one
        self.hovered: int | None = None
        self.cursor: int | None = None  # of the keyboard
        self.keyed = False  # the keyboard moved it, rather than a click
        self.playing: int | None = None
        self.progress = 0.0
        self.marker: tuple[float, float] | None = None  # where the map was played last
        self.trail: deque[tuple[float, float]] = deque(maxlen=TRAIL)
        self.lasso: list[tuple[float, float]] = []  # pixels
        self._pixels: Places | None = None
        self._pixels_of: MapView | None = None

    def set_dots(self, dots: Sequence[MapDot]) -> None:
        """Other sounds: what was selected, found and played before is void."""
        self.dots = tuple(dots)
        self.selected, self.hits, self.hit = set(), [], -1
        self.hovered = self.cursor = self.playing = self.marker = None
        self.trail.clear()
        self.lasso = []
        self.set_places([(dot.x, dot.y) for dot in dots])

    def set_places(self, places: Sequence[tuple[float, float]]) -> None:
        """The same sounds in other places."""
        self.places = np.asarray(places, np.float64).reshape(-1, 2)
        self._pixels = None

    @property
    def pixels(self) -> Places:
        """Where the dots are in the widget."""
        if self._pixels is None or self._pixels_of is not self.view:
            self._pixels, self._pixels_of = self.view.pixels(self.places), self.view
        return self._pixels

    @property
    def radius(self) -> float:
        """Of a dot, pixels: smaller among many, a little larger close by."""
        crowd = max(0.0, (len(self.dots) - 150) / 350)
        small = max(SMALLEST, RADIUS - 1.2 * crowd)
        return small * min(1.6, float(self.view.zoom**0.25))

    @property
    def current_hit(self) -> int | None:
        """The dot of the search that Enter has come to."""
        return self.hits[self.hit] if 0 <= self.hit < len(self.hits) else None

    @property
    def shown(self) -> int | None:
        """The dot with a card: under the pointer, or where the keyboard went last."""
        return self.cursor if self.keyed and self.cursor is not None else self.hovered

    def dot_at(self, x: float, y: float) -> int | None:
        """The dot that is meant by a pixel."""
        return nearest(self.pixels, (x, y), self.radius + REACH)

    def place_at(self, x: float, y: float) -> tuple[float, float]:
        """The place of the unit square under a pixel, or the nearest one in it."""
        place_x, place_y = self.view.place(x, y)
        return min(max(place_x, 0.0), 1.0), min(max(place_y, 0.0), 1.0)

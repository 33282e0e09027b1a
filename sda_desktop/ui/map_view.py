"""What part of the map is in sight: between the unit square and pixels, zoomed and moved."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sda_desktop.ui.map_data import Places

MARGIN = 28.0  # pixels around the unit square when all of it is in sight
MOST_ZOOM = 40.0
# A wide window stretches the map this far, and no further: neighbours should look like neighbours.
MOST_STRETCH = 1.8


@dataclass(frozen=True, slots=True)
class MapView:
    """An area of the widget, in pixels, and the place and the zoom of the map in it.

    center_x, center_y: the place in the middle, 0 to 1.  zoom: 1 shows everything.
    """

    left: float = 0.0
    top: float = 0.0
    width: float = 100.0
    height: float = 100.0
    center_x: float = 0.5
    center_y: float = 0.5
    zoom: float = 1.0

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels per unit along x and y."""
        wide = max(1.0, self.width - 2 * MARGIN)
        high = max(1.0, self.height - 2 * MARGIN)
        return (
            min(wide, MOST_STRETCH * high) * self.zoom,
            min(high, MOST_STRETCH * wide) * self.zoom,
        )

    def pixels(self, places: Places) -> Places:
        """Places of the unit square as pixels, both (N, 2)."""
        middle = np.array([self.left + self.width / 2, self.top + self.height / 2])
        center, scale = np.array([self.center_x, self.center_y]), np.array(self.scale)
        return np.asarray((places - center) * scale + middle, np.float64)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """One place as a pixel."""
        across, down = self.scale
        return (
            self.left + self.width / 2 + (x - self.center_x) * across,
            self.top + self.height / 2 + (y - self.center_y) * down,
        )

    def place(self, pixel_x: float, pixel_y: float) -> tuple[float, float]:
        """The place under a pixel; it may be outside of the unit square."""
        across, down = self.scale
        return (
            self.center_x + (pixel_x - self.left - self.width / 2) / across,
            self.center_y + (pixel_y - self.top - self.height / 2) / down,
        )

    def within(self, left: float, top: float, width: float, height: float) -> MapView:
        """The same part of the map in another area."""
        return replace(self, left=left, top=top, width=max(1.0, width), height=max(1.0, height))

    def zoomed(self, factor: float, pixel_x: float, pixel_y: float) -> MapView:
        """Nearer or further away; what is under the pixel stays there."""
        zoom = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        x, y = self.place(pixel_x, pixel_y)
        made = replace(self, zoom=zoom)
        new_x, new_y = made.place(pixel_x, pixel_y)
        return made.centered(self.center_x + x - new_x, self.center_y + y - new_y)

    def moved(self, pixels_x: float, pixels_y: float) -> MapView:
        """Pulled along by so many pixels."""
        across, down = self.scale
        return self.centered(self.center_x - pixels_x / across, self.center_y - pixels_y / down)

    def centered(self, x: float, y: float) -> MapView:
        """With another place in the middle; never so far that nothing is in sight."""
        slack = 0.5 - 0.5 / self.zoom
        return replace(
            self,
            center_x=min(max(x, 0.5 - slack), 0.5 + slack),
            center_y=min(max(y, 0.5 - slack), 0.5 + slack),
        )

    def revealing(self, x: float, y: float) -> MapView:
        """Moved just as far as is needed to see a place."""
        pixel_x, pixel_y = self.pixel(x, y)
        edge_x, edge_y = min(MARGIN, self.width / 4), min(MARGIN, self.height / 4)
        right = max(0.0, self.left + edge_x - pixel_x) - max(0.0, pixel_x - self.left - self.width + edge_x)
        down = max(0.0, self.top + edge_y - pixel_y) - max(0.0, pixel_y - self.top - self.height + edge_y)
        return self.moved(right, down) if right or down else self

    def fitted(self) -> MapView:
        """Everything in sight."""
        return replace(self, center_x=0.5, center_y=0.5, zoom=1.0)

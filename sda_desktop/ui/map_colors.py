"""Which colour and shape a dot has: by its folder, or by a measured feature on a ramp of even steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from sda_desktop.audio.features import FEATURES, FeatureSpec
from sda_desktop.ui import theme
from sda_desktop.ui.map_data import MapDot
from sda_desktop.ui.sound_words import MINUS
from sda_desktop.words import shown

Shape = Literal["circle", "square", "triangle", "diamond", "cross"]
SHAPES: tuple[Shape, ...] = ("circle", "square", "triangle", "diamond", "cross")
FOLDER_COLORS = (
    theme.SKY_BLUE,
    theme.VERMILLION,
    theme.GREEN,
    theme.PURPLE,
    theme.ORANGE,
    theme.BLUE,
    theme.YELLOW,
)
FOLDER = "folder"
# The ends of the ramp leave out this share of the sounds on either side: one outlier would take it all.
LEFT_OUT = 0.02
STEPS = 32
# From less to more; lightness goes one way, and more stands out more from the ground.
_RAMP_ON_LIGHT = ("#d9a62a", "#67a05c", "#2a7f92", "#3d4c9a", "#3a1463")
_RAMP_ON_DARK = ("#5a4a9c", "#3d7fb3", "#3dab93", "#a3c95a", "#f7e75a")


@dataclass(frozen=True, slots=True)
class Look:
    """How a dot is drawn.  color: "" for a dot of which the feature is not known, drawn hollow."""

    color: str
    shape: Shape = "circle"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend of kinds."""

    look: Look
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Ramp:
    """The legend of a feature: its colours from less to more, and what stands at the ends."""

    title: str
    colors: tuple[str, ...]
    low: str
    high: str
    unknown: str = ""  # what a hollow dot means, if there are any


@dataclass(frozen=True, slots=True)
class Coloring:
    """A look for each dot, and the legend: kinds, or a ramp, or neither."""

    looks: tuple[Look, ...]
    entries: tuple[Entry, ...] = ()
    ramp: Ramp | None = None


def _tr(text: str) -> str:
    return QCoreApplication.translate("SoundMap", text)


def feature_named(name: str) -> FeatureSpec | None:
    """The feature with this name."""
    return next((feature for feature in FEATURES if feature.name == name), None)


def coloring(dots: Sequence[MapDot], by: str, *, dark: bool) -> Coloring:
    """The looks of the dots by "folder" or by the name of a feature."""
    feature = feature_named(by)
    if feature is not None:
        return _by_feature(dots, feature, dark)
    return _by_folder(dots)


def _by_folder(dots: Sequence[MapDot]) -> Coloring:
    counts = Counter(dot.folder for dot in dots)
    # The largest first: they get the plainest shapes.
    folders = sorted(counts, key=lambda folder: (-counts[folder], folder))
    looks = {
        folder: Look(
            FOLDER_COLORS[place % len(FOLDER_COLORS)], SHAPES[place // len(FOLDER_COLORS) % len(SHAPES)]
        )
        for place, folder in enumerate(folders)
    }
    entries = tuple(Entry(looks[folder], folder or _tr("(no folder)"), counts[folder]) for folder in folders)
    return Coloring(tuple(looks[dot.folder] for dot in dots), entries if len(entries) > 1 else ())


def _by_feature(dots: Sequence[MapDot], feature: FeatureSpec, dark: bool) -> Coloring:
    values = np.array(
        [feature.scaled(dot.features) if dot.features is not None else np.nan for dot in dots], np.float64
    )
    known = values[np.isfinite(values)]
    colors = ramp(dark)
    if len(known) == 0:
        return Coloring(tuple(Look("") for _ in dots), (), None)
    low, high = (float(end) for end in np.quantile(known, [LEFT_OUT, 1 - LEFT_OUT]))
    shares = np.clip((values - low) / max(high - low, 1e-9), 0.0, 1.0)
    looks = tuple(
        Look("") if np.isnan(share) else Look(colors[round(float(share) * (STEPS - 1))]) for share in shares
    )
    return Coloring(
        looks,
        (),
        Ramp(
            shown(feature.name),
            colors,
            f"{shown(feature.less)} \N{EN DASH} {value_text(feature, feature.unscaled(low))}",
            f"{value_text(feature, feature.unscaled(high))} \N{EN DASH} {shown(feature.more)}",
            _tr("no {feature}").format(feature=shown(feature.name)) if len(known) < len(values) else "",
        ),
    )


def value_text(feature: FeatureSpec, value: float) -> str:
    """A value with its unit, short: "8.4 kHz", "12 ms", "-18 LUFS", "35 %"."""
    if not np.isfinite(value):
        return "\N{EN DASH}"
    unit = feature.unit
    if unit == "Hz" and value >= 1000:
        return f"{value / 1000:.1f} kHz"
    if unit == "s" and value < 1:
        return f"{value * 1000:.0f} ms"
    if unit == "":
        return f"{100 * value:.0f} %"
    digits = 1 if unit == "s" else 0
    return f"{value:.{digits}f} {unit}".replace("-", MINUS)


# The ramp: straight lines in Oklab, where equal distances look equal (Ottosson, 2020).


@lru_cache(maxsize=2)
def ramp(dark: bool) -> tuple[str, ...]:
    """STEPS colours from less to more."""
    stops = _RAMP_ON_DARK if dark else _RAMP_ON_LIGHT
    lab = np.array([_to_oklab(stop) for stop in stops])
    # Even steps along the line, however far the stops lie apart.
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(lab, axis=0), axis=1))])
    at = np.linspace(0.0, along[-1], STEPS)
    made = np.stack([np.interp(at, along, lab[:, axis]) for axis in range(3)], axis=1)
    return tuple(_from_oklab(color) for color in made)


_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _to_oklab(color: str) -> NDArray[np.float64]:
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(_LAB @ np.cbrt(_LMS @ linear), np.float64)


def _from_oklab(lab: NDArray[np.float64]) -> str:
    linear = np.clip(np.linalg.solve(_LMS, np.linalg.solve(_LAB, lab) ** 3), 0, 1)
    parts = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)

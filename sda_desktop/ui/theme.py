"""How the window looks: two designed palettes, one accent, the curves' colours, an 8 px grid.

`apply_theme` is called once at start and again whenever the user chooses another mode; with "system" the
theme follows the desktop live where the desktop reports its colour scheme.  Widgets that paint by
themselves read `colors()` at paint time and repaint on `notifier().changed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from sda_desktop.paths import resources_dir
from sda_desktop.ui.style_sheet import SHEET

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")

# The grid, in device-independent pixels (Qt scales them with the screen).
GRID = 8
HALF = GRID // 2
RADIUS = 4


@dataclass(frozen=True, slots=True)
class Colors:
    """One designed palette.  Every colour is "#rrggbb".

    Text colours (text, muted, error, warning, success, accent) keep a contrast of 4.5 on window, base,
    alternate, raised, hover and selection, disabled keeps 3 where it stands; curve colours keep 3 on plot,
    field keeps 3 on the grounds of both sides.
    """

    dark: bool
    window: str  # the ground everything stands on
    base: str  # lists, fields
    alternate: str  # every other row
    raised: str  # buttons, tool tips, menus
    hover: str  # a button or row under the pointer
    border: str  # hairlines
    edge: str  # the outline of buttons, which their words show as well
    field: str  # the outline of what is typed or chosen in: nothing else shows where it ends
    text: str
    muted: str  # secondary text
    disabled: str
    accent: str  # the one accent: primary button, played waveform, focus, links
    accent_hover: str
    accent_text: str  # text on accent
    selection: str  # a selected row; `text` is readable on it
    error: str
    warning: str
    success: str
    waveform: str  # a waveform at rest
    plot: str  # the ground of plots and waveforms
    grid: str  # a plot's grid lines
    # Curves, Okabe-Ito: the same thing has the same colour everywhere.
    train: str
    validation: str
    kl: str
    kl_weighted: str
    learning_rate: str
    gap: str


# Okabe and Ito's palette for colour-blind readers ("Color Universal Design", 2008).
ORANGE, SKY_BLUE, GREEN, YELLOW = "#e69f00", "#56b4e9", "#009e73", "#f0e442"
BLUE, VERMILLION, PURPLE = "#0072b2", "#d55e00", "#cc79a7"

LIGHT = Colors(
    dark=False,
    window="#eceef0",
    base="#ffffff",
    alternate="#f7f8f9",
    raised="#fbfbfc",
    hover="#e3e8ea",
    border="#d3d7dc",
    edge="#b4bbc3",
    field="#7f8790",
    text="#1b2026",
    muted="#535d67",
    disabled="#6f7780",
    accent="#0a6d65",
    accent_hover="#095f58",
    accent_text="#ffffff",
    selection="#cbe6e2",
    error="#b0241c",
    warning="#7d5200",
    success="#1a6f42",
    waveform="#75818c",
    plot="#ffffff",
    grid="#e4e7ea",
    train=BLUE,
    validation=VERMILLION,
    kl=PURPLE,
    kl_weighted=GREEN,
    learning_rate="#5f6973",
    gap=VERMILLION,
)

DARK = Colors(
    dark=True,
    window="#202327",
    base="#17191c",
    alternate="#1b1d21",
    raised="#2b2f34",
    hover="#353a40",
    border="#34383e",
    edge="#4a5058",
    field="#777f88",
    text="#e5e8eb",
    muted="#a9b1b9",
    disabled="#7a828a",
    accent="#4cc5b7",
    accent_hover="#6ad5c8",
    accent_text="#04201d",
    selection="#1d4743",
    error="#ff8f85",
    warning="#eeb64c",
    success="#71cf98",
    waveform="#87929c",
    plot="#17191c",
    grid="#2a2e33",
    train=SKY_BLUE,
    validation=ORANGE,
    kl=PURPLE,
    kl_weighted=GREEN,
    learning_rate="#a9b1b9",
    gap=ORANGE,
)

# Where colour alone would carry meaning, the dash tells the curves apart as well.
CURVE_DASHES: dict[str, Qt.PenStyle] = {
    "train": Qt.PenStyle.SolidLine,
    "validation": Qt.PenStyle.DashLine,
    "kl": Qt.PenStyle.SolidLine,
    "kl_weighted": Qt.PenStyle.DashLine,
    "learning_rate": Qt.PenStyle.SolidLine,
    "gap": Qt.PenStyle.DotLine,
}


class ThemeNotifier(QObject):
    """Tells widgets that paint by themselves that the colours are others now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "system"
        self.current: Colors = LIGHT
        self._applying = False
        self._followed: QApplication | None = None

    def apply(self, app: QApplication, mode: Mode) -> None:
        """Choose the palette for mode, dress the application in it, tell everyone."""
        self.mode = mode
        hints = app.styleHints()
        if self._followed is not app:
            hints.colorSchemeChanged.connect(self._on_color_scheme_changed)
            self._followed = app
        self._applying = True
        try:
            # Asked of the desktop too, where it listens, so that title bars and file dialogs agree.
            if mode == "system":
                hints.unsetColorScheme()
            else:
                hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
            dark = hints.colorScheme() == Qt.ColorScheme.Dark if mode == "system" else mode == "dark"
            self._dress(app, DARK if dark else LIGHT)
        finally:
            self._applying = False

    def _dress(self, app: QApplication, colors: Colors) -> None:
        self.current = colors
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(palette(colors))
        app.setStyleSheet(style_sheet(colors))
        self.changed.emit()

    @Slot(Qt.ColorScheme)
    def _on_color_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        app = QApplication.instance()
        if self._applying or self.mode != "system" or not isinstance(app, QApplication):
            return
        wanted = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        if wanted is not self.current:
            self._applying = True
            try:
                self._dress(app, wanted)
            finally:
                self._applying = False


@cache
def notifier() -> ThemeNotifier:
    """The one object whose `changed` signal says that the theme changed."""
    return ThemeNotifier()


def colors() -> Colors:
    """The palette in use."""
    return notifier().current


def mode() -> Mode:
    """What the user chose: system, light or dark."""
    return notifier().mode


def apply_theme(app: QApplication, mode: str) -> None:
    """Dress the application; an unknown mode counts as "system"."""
    notifier().apply(app, mode if mode in MODES else "system")


def palette(colors: Colors) -> QPalette:
    """The Qt palette made of these colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for which, colour in {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.base,
        role.AlternateBase: colors.alternate,
        role.Text: colors.text,
        role.PlaceholderText: colors.muted,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.BrightText: colors.error,
        role.ToolTipBase: colors.raised,
        role.ToolTipText: colors.text,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.accent_text,
        role.Accent: colors.accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Light: colors.hover,
        role.Midlight: colors.border,
        role.Mid: colors.edge,
        role.Dark: colors.edge,
        role.Shadow: "#000000",
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, which, QColor(colors.disabled))
    made.setColor(group.Disabled, role.Highlight, QColor(colors.border))
    made.setColor(group.Disabled, role.HighlightedText, QColor(colors.disabled))
    made.setColor(group.Disabled, role.Accent, QColor(colors.border))
    return made


def style_sheet(colors: Colors) -> str:
    """What Fusion and the palette leave to be said: flat buttons and fields, and the roles of `set_role`."""
    # Style sheets take files only: these few carry their colour, the arrows one that both palettes bear.
    icons = (resources_dir() / "icons").as_posix()
    check = f"{icons}/_check-{'dark' if colors.dark else 'light'}.svg"
    return SHEET.format(c=colors, radius=RADIUS, half=HALF, grid=GRID, icons=icons, check=check)


Role = Literal[
    "heading",
    "muted",
    "error",
    "warning",
    "success",
    "primary",
    "quiet",
    "link",
    "row",
    "fold",
    "segment",
    "card",
    "notice",
    "",
]


def set_role(widget: QWidget, role: Role) -> None:
    """Give a widget its part in the style sheet.

    Labels: heading, muted, error, warning, success.  Push buttons: primary, quiet, link,
    row (left-aligned, the width of a list), fold (with a chevron, opens what is below),
    segment (one of several side by side, with the property side: first or last).
    Frames: card, notice.
    """
    set_style_property(widget, "role", role)


def set_style_property(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet selects on, and let the change show."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tabular(font: QFont) -> QFont:
    """A copy of font with figures of equal width, for numbers that change."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def scaled(font: QFont, factor: float) -> QFont:
    """A copy of font, larger or smaller by factor, whether it is sized in points or pixels."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * factor)
    else:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    return made


def small(font: QFont) -> QFont:
    """A copy of font for secondary text."""
    return scaled(font, 0.9)


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two "#rrggbb", `share` of the way to the second."""
    one, two = QColor(first), QColor(second)
    pairs = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def readable(colour: str, ground: str, least: float = 4.5) -> str:
    """The colour, darker or lighter by as much as it takes to keep a contrast on that ground."""
    end = max(("#000000", "#ffffff"), key=lambda far: contrast(far, ground))
    shades = (mixed(colour, end, step / 50) for step in range(51))
    return next(shade for shade in shades if contrast(shade, ground) >= least or shade == end)


@cache
def quiet(colour: str, ground: str, least: float = 3.5) -> str:
    """The colour, nearer to the ground as far as that contrast allows; one that has less stays as it is."""
    least = min(least, contrast(colour, ground))
    shades = (mixed(ground, colour, step / 50) for step in range(51))
    return next((shade for shade in shades if contrast(shade, ground) >= least), colour)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two "#rrggbb" colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    made = QColor(colour)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (made.redF(), made.greenF(), made.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

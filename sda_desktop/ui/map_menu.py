"""The map's context menus: of one or more sounds, and of a place between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from sda_desktop.ui import icons
from sda_desktop.ui.map_data import MapAction, MapDot, PlaceAction

MOST_MORPHED = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("SoundMap", text)


def _add(menu: QMenu, name: str, icon: str, text: str, enabled: bool, run: Callable[[], None]) -> None:
    action = QAction(icons.icon(icon), text, menu) if icon else QAction(text, menu)
    action.setObjectName(name)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _=False: run())
    menu.addAction(action)


def sounds_menu(
    parent: QWidget, dots: Sequence[MapDot], choose: Callable[[MapAction], None], fit: Callable[[], None]
) -> QMenu:
    """The menu of some sounds; those that belong to one sound only are greyed for several."""
    menu = QMenu(parent)
    menu.setObjectName("mapSoundsMenu")
    one, originals = len(dots) == 1, all(dot.has_original for dot in dots)

    def add(action: MapAction, icon: str, text: str, enabled: bool = True) -> None:
        _add(menu, f"map_{action}", icon, text, enabled, lambda: choose(action))

    add("play_original", "play", _tr("Play the original"), one and originals)
    add("play_reconstruction", "compare", _tr("Play the reconstruction"), one)
    menu.addSeparator()
    add("vary", "refresh", _tr("Vary"), one)
    add("morph_from", "", _tr("Start a morph here"), one)
    add("add_to_morph", "add", _tr("Add to the morph"), len(dots) <= MOST_MORPHED)
    menu.addSeparator()
    add("copy", "copy", _tr("Copy as a file") if one else _tr("Copy as files"))
    add("export", "export", _tr("Export…"))
    add("show_in_folder", "reveal", _tr("Show in folder"), one and originals)
    menu.addSeparator()
    _add(menu, "mapFit", "fit", _tr("Show the whole map"), True, fit)
    return menu


def place_menu(parent: QWidget, choose: Callable[[PlaceAction], None], fit: Callable[[], None]) -> QMenu:
    """The menu of a place where no sound is."""
    menu = QMenu(parent)
    menu.setObjectName("mapPlaceMenu")

    def add(action: PlaceAction, icon: str, text: str) -> None:
        _add(menu, f"mapPlace_{action}", icon, text, True, lambda: choose(action))

    add("play", "play", _tr("Play what is here"))
    add("vary", "refresh", _tr("Vary"))
    add("morph_from", "", _tr("Start a morph here"))
    add("add_to_morph", "add", _tr("Add to the morph"))
    menu.addSeparator()
    _add(menu, "mapFit", "fit", _tr("Show the whole map"), True, fit)
    return menu

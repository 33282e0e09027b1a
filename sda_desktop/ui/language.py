"""The language of the window: chosen once, when the app starts.

Numbers and dates are not touched: they follow the system, or stay as the app writes them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from sda_desktop import paths, words

SYSTEM = "system"
# Each in its own words: whoever opened the menu in a language that he cannot read finds the way back.
LANGUAGES = {"en": "English", "de": "Deutsch"}
SOURCE = "en"
_CONTEXT = "Words"

_log = logging.getLogger(__name__)
_spoken = SOURCE


def language_for(choice: str, wanted: Iterable[str] | None = None) -> str:
    """The language that a choice means: a key of LANGUAGES.

    choice: one of them, or anything else for the first language of the user's that there is.
    wanted: the user's languages, the most wanted first ("de-AT"); those of the system if None.
    """
    if choice in LANGUAGES:
        return choice
    for name in QLocale.system().uiLanguages() if wanted is None else wanted:
        language = name.replace("_", "-").split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return SOURCE


def speak(app: QCoreApplication, choice: str) -> str:
    """Let the window, Qt's own dialogs and the engine speak a language from now on; returns which.

    Widgets that are there already do not change.
    """
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    global _spoken
    _spoken = language = language_for(choice)
    if language == SOURCE:
        words.speak()
        return language
    _add(app, f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    _add(app, f"sda_desktop_{language}", str(paths.resources_dir() / "translations"))
    words.speak(_translate)
    return language


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken


def _add(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        _log.warning("The translation %s is not in %s", name, folder)


def _translate(text: str, count: int) -> str:
    # May be called from any thread.
    return QCoreApplication.translate(_CONTEXT, text, None, count)

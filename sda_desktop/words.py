"""Sentences that a user reads, in his language.

The code below the window knows nothing of Qt and says everything in English.  The window hands over a
function that translates (`speak`); without one, as on the command line, English stays.  The texts are found
in the code by packaging/translations.py, so the first argument of all of these is a literal.
"""

from __future__ import annotations

from collections.abc import Callable

# A text and, where something is counted, how many; returns the text itself if it has no translation.
Translate = Callable[[str, int], str]
UNCOUNTED = -1


def _english(text: str, _count: int) -> str:
    return text


_translate: Translate = _english


def speak(translate: Translate | None = None) -> None:
    """Translate from now on by that function; with None stay in English."""
    global _translate
    _translate = translate or _english


def mark(text: str) -> str:
    """The text itself: it stands in a table and is translated with `shown` where it is shown."""
    return text


def shown(text: str) -> str:
    """A text of a table, which is marked there, translated."""
    return _translate(text, UNCOUNTED) if text else text


def say(template: str, /, **values: object) -> str:
    """The template translated, with its {fields} filled in as str.format does; as it is without values."""
    text = _translate(template, UNCOUNTED)
    return text.format(**values) if values else text


def counted(one: str, many: str, count: int, /, **values: object) -> str:
    """A text that counts: `one` or `many`, with {n} for the count.  Languages with more forms have them."""
    text = _translate(many, count)
    if text == many and count == 1:
        text = one
    return text.format(n=count, **values)

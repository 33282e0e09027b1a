"""What a screen reader finds in a window: the tree of accessible elements, and what is wrong in it.

As a program it fills a window and prints as JSON what is wrong on each page, and how many elements there are.
It is one because the accessible elements live as long as their process.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator

from event_loop import wait_until
from filled_window import fill
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from sda_desktop.app import create_app
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.notices import Notice
from sda_desktop.ui.pages import EXPLORE, TRAIN

ROLE = QAccessible.Role
NAME = QAccessible.Text.Name
USED = {
    *(ROLE.Button, ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox),
    *(ROLE.EditableText, ROLE.Slider, ROLE.SpinBox, ROLE.List, ROLE.Tree, ROLE.Table, ROLE.PageTab),
}
WITH_A_VALUE = {ROLE.Slider, ROLE.SpinBox, ROLE.ScrollBar, ROLE.ProgressBar}
# What is in them is read by their own means, and is made anew all the time.
_WHOLE = {ROLE.List, ROLE.Tree, ROLE.Table}


def elements(
    element: QAccessibleInterface, around: str = ""
) -> Iterator[tuple[QAccessibleInterface, str, list[QAccessibleInterface]]]:
    """Every element that can be seen, where it stands, and what stands beside it."""
    children = [element.child(number) for number in range(element.childCount())]
    seen = [c for c in children if c is not None and c.isValid() and not c.state().invisible]
    for child in seen:
        place = f"{around} / {describe(child)}"
        yield child, place, [c for c in seen if c is not child]
        if child.role() not in _WHOLE:
            yield from elements(child, place)


def describe(element: QAccessibleInterface) -> str:
    """Role, name and object of an element."""
    found = element.object()
    name = element.text(NAME)
    return f"{element.role().name} {name!r} {found.objectName() if found is not None else ''}".strip()


def complaints(window: QWidget) -> list[str]:
    """What a person who hears the window would stumble over."""
    found = []
    for element, place, beside in elements(QAccessible.queryAccessibleInterface(window)):
        role, name = element.role(), element.text(NAME)
        used = role in USED or element.state().focusable
        if not used:
            continue
        if not name:
            found.append(f"no name: {place}")
        if role == ROLE.NoRole:
            found.append(f"no role: {place}")
        if any((other.role(), other.text(NAME)) == (role, name) for other in beside):
            found.append(f"two of the same: {place}")
        if role in WITH_A_VALUE and element.valueInterface() is None:
            found.append(f"no value: {place}")
    return found


def bad_window() -> QWidget:
    """A window with a button without a name, and two of the same name."""
    made = QWidget()
    row = QHBoxLayout(made)
    for widget in (QToolButton(), QPushButton("Play"), QPushButton("Play"), QLabel("words")):
        row.addWidget(widget)
    made.show()
    return made


def main() -> None:
    """Print what is wrong."""
    app = create_app()
    window = MainWindow()

    def wait(condition: Callable[[], bool]) -> None:
        wait_until(condition, 20)

    fill(window, wait)
    window.notices.add(Notice("test", "Something to say", "warning", "Do it"))
    found = {}
    for name, page in (("train", TRAIN), ("explore", EXPLORE)):
        window.pages.show_page(page)
        app.processEvents()
        found[name] = complaints(window)
    bad = bad_window()
    found["bad"] = complaints(bad)
    count = sum(1 for _ in elements(QAccessible.queryAccessibleInterface(window)))
    sys.stdout.write(json.dumps({"complaints": found, "elements": count}))
    window.exploring.close()
    window.close()


if __name__ == "__main__":
    main()

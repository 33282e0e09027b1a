"""Starts the app exactly as `python -m sda_desktop ARGS` does, and answers questions about its window.

Only looks, never acts: a test sends one JSON question per line to standard input and reads one JSON answer
per line from the file descriptor in SDA_PROBE_ANSWERS.  Every click and key comes from the X server.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, QSocketNotifier, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

ANSWERS = int(os.environ["SDA_PROBE_ANSWERS"])


def rectangle(widget: QWidget) -> dict[str, int]:
    """Where a widget is on the screen."""
    corner = widget.mapToGlobal(QPoint(0, 0))
    return {"x": corner.x(), "y": corner.y(), "width": widget.width(), "height": widget.height()}


def text_of(widget: QWidget) -> str:
    """What a person reads on a widget."""
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.windowTitle() if widget.isWindow() else ""


def describe(widget: QWidget) -> dict[str, Any]:
    """What a test may know of a widget."""
    return {
        "name": widget.objectName(),
        "class": type(widget).__name__,
        "visible": widget.isVisible() and not widget.visibleRegion().isEmpty(),
        "enabled": widget.isEnabled(),
        "focused": widget.hasFocus(),
        "text": text_of(widget),
        "accessible": widget.accessibleName(),
        "tip": widget.toolTip(),
        "window": int(widget.winId()) if widget.isWindow() else 0,
        **rectangle(widget),
    }


def describe_items(view: QAbstractItemView) -> list[dict[str, Any]]:
    """The rows of a list, table or tree, depth first: texts of their columns, and where the first one is."""
    rows: list[dict[str, Any]] = []

    def walk(model: QAbstractItemModel, parent: Any, depth: int) -> None:  # noqa: ANN401 - a QModelIndex
        is_list = isinstance(model, QAbstractListModel)  # whose columnCount may not be called
        columns = 1 if is_list else model.columnCount(parent)
        for row in range(model.rowCount(parent)):
            indexes = [model.index(row, column, parent) for column in range(columns)]
            place = view.visualRect(indexes[0])
            corner = view.viewport().mapToGlobal(place.topLeft())
            texts = [str(model.data(index, Qt.ItemDataRole.DisplayRole) or "") for index in indexes]
            shown = place.isValid() and view.viewport().rect().contains(place)
            rows.append(
                {
                    "texts": texts,
                    "depth": depth,
                    "visible": shown,
                    "accessible": str(model.data(indexes[0], Qt.ItemDataRole.AccessibleTextRole) or ""),
                    "x": corner.x(),
                    "y": corner.y(),
                    "width": place.width(),
                    "height": place.height(),
                }
            )
            if not is_list:
                walk(model, indexes[0], depth + 1)

    model = view.model()
    if model is not None:
        walk(model, view.rootIndex(), 0)
    return rows


def describe_dots(widget: QWidget) -> list[dict[str, Any]]:
    """The sounds on a map, and where their dots are on the screen."""
    from sda_desktop.ui.sound_map import SoundMap  # not before the app wants it

    if not isinstance(widget, SoundMap):
        return []
    corner = widget.mapToGlobal(QPoint(0, 0))
    return [
        {"name": dot.name, "x": corner.x() + round(x), "y": corner.y() + round(y)}
        for dot, (x, y) in zip(widget.scene.dots, widget.scene.pixels.tolist(), strict=True)
    ]


def answer(question: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Look at the window and say what is there."""
    kind, name = question["ask"], question.get("name", "")
    if kind == "widgets":
        found = [w for w in QApplication.allWidgets() if w.objectName() == name or not name]
        return [describe(widget) for widget in found]
    if kind == "windows":
        return [describe(window) for window in QApplication.topLevelWidgets() if window.isVisible()]
    if kind == "items":
        views = [w for w in QApplication.allWidgets() if w.objectName() == name]
        return [row for view in views if isinstance(view, QAbstractItemView) for row in describe_items(view)]
    if kind == "dots":
        return [dot for w in QApplication.allWidgets() if w.objectName() == name for dot in describe_dots(w)]
    raise ValueError(kind)


def main() -> None:
    """Listen on standard input and run the app."""
    from sda_desktop.app import create_app

    app = create_app([sys.argv[0]])
    pending = bytearray()

    def on_input() -> None:
        data = os.read(0, 65536)
        if not data:
            notifier.setEnabled(False)
            return
        pending.extend(data)
        while b"\n" in pending:
            line, _, rest = bytes(pending).partition(b"\n")
            pending[:] = rest
            try:
                reply = {"answer": answer(json.loads(line))}
            except Exception:  # the test is told, and fails
                reply = {"error": traceback.format_exc()}
            os.write(ANSWERS, json.dumps(reply).encode() + b"\n")

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(on_input)
    runpy.run_module("sda_desktop", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

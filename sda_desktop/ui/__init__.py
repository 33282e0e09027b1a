"""The window: everything that imports Qt.

`TrainingRunner` is imported when it is first asked for, so that one small widget does not bring the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sda_desktop.ui.training_runner import TrainingRunner

__all__ = ["TrainingRunner"]


def __getattr__(name: str) -> object:
    if name != "TrainingRunner":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sda_desktop.ui.training_runner import TrainingRunner

    return TrainingRunner

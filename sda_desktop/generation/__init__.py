"""What a trained model can do.

The public names are imported when they are first asked for, so that reading recipes or the library does not
load torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sda_desktop.generation.recipe import Recipe, Stop
    from sda_desktop.generation.trained_model import TrainedModel

_HOMES = {"Recipe": "recipe", "Stop": "recipe", "TrainedModel": "trained_model"}

__all__ = ["Recipe", "Stop", "TrainedModel"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

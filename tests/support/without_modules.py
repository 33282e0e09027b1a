"""Runs the app's command line as if some modules were not installed: `without_modules.py a,b ARGS...`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class Without(PathFinder):
    """The usual finder, blind to some names."""

    hidden: frozenset[str] = frozenset()

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return None if fullname in cls.hidden else super().find_spec(fullname, path, target)


if __name__ == "__main__":
    Without.hidden = frozenset(sys.argv[1].split(","))
    sys.meta_path[:] = [Without if finder is PathFinder else finder for finder in sys.meta_path]
    from sda_desktop.cli import main

    sys.exit(main(sys.argv[2:]))

"""The user's preferences: a typed wrapper over one INI file.

`Settings()` is cheap: make one where it is needed.  A value in the file that cannot be understood counts as
not set, so that an edited file never stops the app.  See settings_file.py for files of other versions.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from sda_desktop import paths
from sda_desktop.ui import settings_file

RECENT_LIMIT = 8
QUIETEST_DB, LOUDEST_DB = -60.0, 12.0


class Settings:
    """Preferences, read from and written to `path` (paths.settings_file() if None)."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = settings_file.open_store(path or paths.settings_file())

    # Typed access by key; keys look like "window/geometry".

    def text(self, key: str, default: str = "") -> str:
        """The text under key."""
        value = self._store.value(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: float) -> float:
        """The number under key."""
        try:
            return float(self.text(key))
        except ValueError:
            return default

    def flag(self, key: str, default: bool = False) -> bool:
        """The yes/no under key."""
        return {"true": True, "false": False}.get(self.text(key), default)

    def blob(self, key: str) -> QByteArray:
        """The bytes under key (a window's geometry, a splitter's state), empty if there are none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def data(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - whatever was stored
        """The JSON value under key."""
        try:
            return json.loads(self.text(key))
        except ValueError:
            return default

    def set_text(self, key: str, value: str) -> None:
        """Store text."""
        settings_file.put(self._store, key, value)

    def set_number(self, key: str, value: float) -> None:
        """Store a number."""
        settings_file.put(self._store, key, repr(float(value)))

    def set_flag(self, key: str, value: bool) -> None:
        """Store a yes/no."""
        settings_file.put(self._store, key, "true" if value else "false")

    def set_blob(self, key: str, value: QByteArray) -> None:
        """Store bytes."""
        settings_file.put(self._store, key, value)

    def set_data(self, key: str, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Store something that JSON can hold."""
        settings_file.put(self._store, key, json.dumps(value))

    def forget(self, key: str) -> None:
        """Remove key."""
        self._store.remove(key)

    def sync(self) -> bool:
        """Write now (it happens by itself a moment later).  False if the file cannot be written."""
        self._store.sync()
        return self._store.status() == QSettings.Status.NoError

    # What has a meaning of its own.

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        stored = self.text("look/theme")
        return stored if stored in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, mode: str) -> None:
        self.set_text("look/theme", mode)

    @property
    def motion(self) -> str:
        """ "system", "full" or "reduced"."""
        stored = self.text("look/motion")
        return stored if stored in ("system", "full", "reduced") else "system"

    @motion.setter
    def motion(self, choice: str) -> None:
        self.set_text("look/motion", choice)

    @property
    def language(self) -> str:
        """The language of the window: "system" or the code of one, as in ui/language.py."""
        return self.text("look/language", "system")

    @language.setter
    def language(self, choice: str) -> None:
        self.set_text("look/language", choice)

    @property
    def volume_db(self) -> float:
        """Playback volume."""
        return min(max(self.number("player/volume_db", 0.0), QUIETEST_DB), LOUDEST_DB)

    @volume_db.setter
    def volume_db(self, value: float) -> None:
        self.set_number("player/volume_db", value)

    @property
    def output_device(self) -> str:
        """Name of the output device; "" is the system's default."""
        return self.text("player/device")

    @output_device.setter
    def output_device(self, name: str) -> None:
        self.set_text("player/device", name)

    def recent(self, kind: str) -> list[Path]:
        """Recently opened paths of a kind ("sounds", "runs"), newest first; some may be gone by now."""
        stored = self.data(f"recent/{kind}", [])
        return [Path(p) for p in stored if isinstance(p, str) and p] if isinstance(stored, list) else []

    def add_recent(self, kind: str, opened: Sequence[Path]) -> None:
        """Put paths first among the recent ones of their kind."""
        known = [p.absolute() for p in opened]
        known += [p for p in self.recent(kind) if p not in known]
        self.set_data(f"recent/{kind}", [str(p) for p in known[:RECENT_LIMIT]])

    def remove_recent(self, kind: str, path: Path) -> None:
        """Forget one recent path."""
        self.set_data(f"recent/{kind}", [str(p) for p in self.recent(kind) if p != path])

    def clear_recent(self, kind: str) -> None:
        """Forget all recent paths of a kind."""
        self.forget(f"recent/{kind}")

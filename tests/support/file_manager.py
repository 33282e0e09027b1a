"""A real file manager (PCManFM) on a private screen, to be used by the mouse as a person does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
from picture import Picture
from x_server import XServer

PROGRAMS = ("pcmanfm", "openbox", "dbus-run-session")
_CONFIG = "[config]\nsingle_click=0\nquick_exec=1\nconfirm_del=0\n"
_WINDOW_CONFIG = (
    "[ui]\nalways_show_tabs=0\nside_pane_mode=hidden;places\nview_mode=icon\nshow_hidden=0\nshow_statusbar=1\n"
    "toolbar=newtab;navigation;home;\nshow_tab_bar=0\npathbar_mode_buttons=0\n"
)
_ABOVE, _BELOW = 60, 80  # menu and toolbar, status bar, and what the window manager adds, in pixels


def missing() -> list[str]:
    """What of it this machine lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


class Desktop:
    """A window manager and windows of the file manager, in a session with a home of its own."""

    def __init__(self, screen: XServer, home: Path, env: Mapping[str, str]) -> None:
        self.screen, self.home = screen, home
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        self.env = {**kept, **screen.env, **env, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
        for name, text in (("libfm/libfm.conf", _CONFIG), ("pcmanfm/default/pcmanfm.conf", _WINDOW_CONFIG)):
            file = home / ".config" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        runtime = home / "run"  # the file manager's socket: none of another test
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.env.setdefault("XDG_RUNTIME_DIR", str(runtime))
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("dbus-run-session", "--", "openbox")

    def _start(self, *command: str) -> None:
        # A group of its own: dbus-run-session does not take what it started with it.
        self._processes.append(
            subprocess.Popen(
                command,
                env=self.env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def browse(self, folder: Path, left: int, top: int, width: int, height: int) -> None:
        """Open a window on a folder, there."""
        self._start("pcmanfm", "--no-desktop", "-n", str(folder))
        window = self.window(folder.name)
        self.screen.xdotool("windowmove", "--sync", window, left, top)
        self.screen.xdotool("windowsize", "--sync", window, width, height)
        time.sleep(1.0)

    def window(self, name: str, timeout_s: float = 60.0) -> str:
        """The id of the window whose title holds `name`; waits for it.  Raises TimeoutError."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            try:
                found = self.screen.xdotool("search", "--onlyvisible", "--name", name).split()
            except RuntimeError:
                found = []
            if found:
                return found[-1]
            time.sleep(0.1)
        raise TimeoutError(f"no window called {name}")

    def place_of_only_item(self, folder: Path, picture: Path) -> tuple[int, int]:
        """Where on the screen the one item of an open folder is, by its picture."""
        window = self.window(folder.name)
        self.screen.xdotool("windowactivate", "--sync", window)
        self.screen.xdotool("mousemove", 1, 1)
        lines = self.screen.xdotool("getwindowgeometry", "--shell", window).splitlines()
        place = {name.lower(): int(value) for name, value in (line.split("=") for line in lines)}
        until = time.monotonic() + 10
        while time.monotonic() < until:
            time.sleep(0.3)
            shot = Picture(self.screen.screenshot(picture))
            content = {**place, "y": place["y"] + _ABOVE, "height": place["height"] - _ABOVE - _BELOW}
            pixels = shot.part({**content, "width": place["width"] - 24}).astype(int)
            drawn = (255 - pixels).sum(axis=2) > 60  # the folder itself is white
            rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
            if len(rows) and len(columns):
                # The upper part is the icon, below it is the name.
                return content["x"] + int(columns.mean()), content["y"] + int(rows[0]) + 20
        raise TimeoutError(f"the file manager shows nothing of {folder}")

    def close(self) -> None:
        """End the session's programs."""
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

"""A private X server (Xvfb) with helpers to act on it as a person would: mouse, keyboard, a look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

INSTALL_HINT = "'python3 packaging/bootstrap.py test' installs it (Debian packages xvfb and xdotool)."
GRAB_SCREEN = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv)
sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""


class XServer:
    """One Xvfb screen.  `name` is its display, chosen by the server; `env` leads programs to it."""

    def __init__(self, width: int = 1280, height: int = 800) -> None:
        for program in ("Xvfb", "xdotool"):
            if shutil.which(program) is None:
                raise RuntimeError(f"{program} is missing: {INSTALL_HINT}")
        self.width, self.height = width, height
        read_end, write_end = os.pipe()
        try:
            self._server = subprocess.Popen(
                [
                    *("Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24"),
                    *("-nolisten", "tcp", "-noreset"),
                ],
                pass_fds=[write_end],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            os.close(write_end)
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()  # ends with the server if it cannot start
        if not number:
            raise RuntimeError(f"Xvfb ended with exit code {self._server.wait()} before it was ready.")
        self.name = f":{number}"
        self.env = {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}

    def stop(self) -> None:
        """End the server and with it every window on it."""
        self._server.terminate()
        try:
            self._server.wait(5)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env={**os.environ, **self.env}, capture_output=True, text=True, timeout=30, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def xdotool(self, *arguments: str | int) -> str:
        """Run xdotool with these arguments and return what it prints."""
        return self._run("xdotool", *(str(argument) for argument in arguments))

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """Move to (x, y) on the screen, in pixels, and click the left button."""
        self.xdotool("mousemove", "--sync", x, y)
        self.xdotool("click", "--repeat", times, "--delay", 60, 1)

    def key(self, *keys: str) -> None:
        """Press keys by their X names, such as "space" or "ctrl+q"; they go to the focused window."""
        self.xdotool("key", *keys)

    def drag(
        self,
        start: tuple[int, int],
        end: tuple[int, int],
        *,
        steps: int = 6,
        begun: Callable[[], object] | None = None,
    ) -> None:
        """Press at start, move in small steps, release at end, at the pace of a hand.

        Drag and drop is a conversation between two programs: each move must be answered before the next.
        begun: is called after the first step, and may wait until the drag is under way.
        """
        self.xdotool("mousemove", "--sync", *start)
        self.xdotool("mousedown", 1)
        for step in range(1, steps + 1):
            x = start[0] + (end[0] - start[0]) * step // steps
            y = start[1] + (end[1] - start[1]) * step // steps
            self.xdotool("mousemove", "--sync", x, y)
            time.sleep(0.15)
            if step == 1 and begun is not None:
                begun()
        for offset in (1, 0):
            self.xdotool("mousemove", "--sync", end[0] + offset, end[1])
            time.sleep(0.15)
        self.xdotool("mouseup", 1)

    def screenshot(self, path: Path) -> Path:
        """Write the whole screen to path, a PNG file, and return it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._run(sys.executable, "-c", GRAB_SCREEN, str(path))
        return path

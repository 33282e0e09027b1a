"""The app as a process of its own under an X server: what a test sees of it, and how it acts on it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from x_server import XServer

CHECKOUT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("app_probe.py")
DRAG_SOURCE = Path(__file__).with_name("drag_source.py")
POLL_S = 0.05

T = TypeVar("T")
Description = dict[str, Any]


class RunningApp:
    """One start of the app.  It is looked at through the probe, and touched only by mouse and keyboard."""

    def __init__(self, screen: XServer, env: Mapping[str, str], *arguments: str, log: Path) -> None:
        self.screen = screen
        self.log = log
        read_end, write_end = os.pipe()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-P", str(PROBE), *arguments],
                cwd=CHECKOUT,
                env={
                    **os.environ,
                    **screen.env,
                    **env,
                    "PYTHONPATH": str(CHECKOUT),
                    "SDA_PROBE_ANSWERS": str(write_end),
                },
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[write_end],
            )
        os.close(write_end)
        self._answers = os.fdopen(read_end)

    # Looking ------------------------------------------------------------------------------------------

    def ask(self, question: str, name: str = "") -> Any:  # noqa: ANN401 - whatever the probe answers
        """Ask the probe; fails with the app's output if the app has ended."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps({"ask": question, "name": name}).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            line = ""
        else:
            line = self._answers.readline()
        if not line:
            output = self.log.read_text(errors="replace")[-3000:]
            raise AssertionError(f"The app ended with exit code {self.process.wait(10)}:\n{output}")
        reply = json.loads(line)
        if "error" in reply:
            raise AssertionError(f"The probe failed:\n{reply['error']}")
        return reply["answer"]

    def widgets(self, name: str) -> list[Description]:
        """Every widget of that object name that can be seen."""
        return [widget for widget in self.ask("widgets", name) if widget["visible"]]

    def text(self, name: str) -> str:
        """What can be read on the widget of that object name, "" if it cannot be seen."""
        return str(next((widget["text"] for widget in self.widgets(name)), ""))

    def rows(self, name: str) -> list[Description]:
        """The rows of the list, table or tree of that object name."""
        rows: list[Description] = self.ask("items", name)
        return rows

    def wait_for(self, what: str, look: Callable[[], T | None], timeout_s: float = 30.0) -> T:
        """Look again and again until there is something, and return it."""
        deadline = time.monotonic() + timeout_s
        while not (found := look()):
            if time.monotonic() > deadline:
                raise AssertionError(f"Waited {timeout_s:.0f} s in vain for {what}.\n{self.what_is_there()}")
            time.sleep(POLL_S)
        return found

    def what_is_there(self) -> str:
        """All readable texts of the window, for the message of a failing test."""
        seen = [widget for widget in self.ask("widgets") if widget["visible"] and widget["text"]]
        return "\n".join(f"{w['name']}: {w['text']!r} enabled={w['enabled']}" for w in seen)

    # Acting -------------------------------------------------------------------------------------------

    def wait_for_widget(self, name: str, timeout_s: float = 30.0, *, enabled: bool = True) -> Description:
        """Wait until a widget can be seen (and used) and stands still, and return it."""

        def look() -> Description | None:
            found = [w for w in self.widgets(name) if w["enabled"] or not enabled]
            return found[0] if found else None

        return self.wait_for(f"the widget {name}", look, timeout_s)

    def click(self, name: str, *, timeout_s: float = 30.0) -> None:
        """Click in the middle of a widget, once it can be clicked."""
        self.click_at(self.wait_for_widget(name, timeout_s))

    def click_at(self, place: Description, *, times: int = 1) -> None:
        """Click in the middle of a widget or row."""
        x = place["x"] + min(place["width"] // 2, 120)
        self.screen.click(x, place["y"] + place["height"] // 2, times=times)

    def type_number(self, name: str, value: int) -> None:
        """Replace what stands in a number field."""
        self.click_at(self.wait_for_widget(name), times=2)
        self.press("ctrl+a")
        self.screen.xdotool("type", "--delay", 30, str(value))
        self.press("Tab")
        self.wait_for(f"{value} in {name}", lambda: self.text(name) == str(value))

    def press(self, *keys: str) -> None:
        """Press keys in the window that has the focus."""
        self.screen.key(*keys)

    def focus_window(self) -> int:
        """Give the main window the keyboard (there is no window manager that would); its X window."""
        window = int(self.wait_for_widget("mainWindow")["window"])
        self.screen.xdotool("windowfocus", "--sync", window)
        return window

    def fill_screen(self) -> None:
        """Give the main window the whole screen, as a window manager does with a maximised one."""
        window = self.focus_window()
        self.screen.xdotool("windowmove", window, 0, 0)
        self.screen.xdotool("windowsize", window, self.screen.width, self.screen.height)

        def fits() -> bool:
            main = self.ask("widgets", "mainWindow")[0]
            return (main["width"], main["height"]) == (self.screen.width, self.screen.height)

        self.wait_for("the window to fill the screen", fits)

    @contextlib.contextmanager
    def drop_from_another_program(self, folder: Path, target: tuple[int, int]) -> Iterator[str]:
        """Drag a folder from another program's window onto target; yields what that program says of it.

        The other program lives until the block ends: it is still asked for the data after the drop.
        """
        corner = (self.screen.width - 100, self.screen.height - 100)
        source = subprocess.Popen(
            [sys.executable, str(DRAG_SOURCE), str(corner[0]), str(corner[1]), str(folder)],
            env={**os.environ, **self.screen.env},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert source.stdout is not None
            assert source.stdout.readline() == "ready\n"
            self.screen.drag((corner[0] + 40, corner[1] + 40), target)
            yield source.stdout.readline().strip()
        finally:
            source.terminate()
            source.communicate()

    # Ending -------------------------------------------------------------------------------------------

    def wait_for_end(self, timeout_s: float = 30.0) -> int:
        """Wait until the app has ended by itself and return its exit code."""
        return self.process.wait(timeout_s)

    def kill(self) -> None:
        """End the app at once if it still runs; for the clean-up of a failed test."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self._answers.close()

"""The program as a process of its own, in places that make life hard for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# Opens the window, prints its notices, and closes it.
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from sda_desktop import app
from sda_desktop.commands.output import prepare_streams
from sda_desktop.ui.notice_bar import NoticeBar

prepare_streams()
finish = app.MainWindow.finish_start
def look(window, *told):
    finish(window, *told)
    for bar in window.notices.findChildren(NoticeBar):
        print("NOTICE", bar.text())
    QTimer.singleShot(500, window.close)
app.MainWindow.finish_start = look
sys.exit(app.main(["sda-desktop"]))
"""


def is_root() -> bool:
    """Whether nothing is forbidden here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def as_nobody() -> tuple[str, ...] | None:
    """What to put before a command to run it without root's rights; None if that is not possible."""
    if not is_root():
        return ()
    prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    try:
        tried = run("-c", "import PySide6.QtWidgets, sda_desktop, numpy, platformdirs", prefix=prefix)
    except FileNotFoundError:
        return None
    return prefix if tried.returncode == 0 else None


def run(
    *arguments: str | Path, prefix: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments.  environment: what is changed in it, "" removes a variable."""
    changed = {name: value for name, value in {**os.environ, **(environment or {})}.items() if value}
    return subprocess.run(
        [*prefix, sys.executable, *map(str, arguments)],
        env=changed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        stdin=subprocess.DEVNULL,
    )

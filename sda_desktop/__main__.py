"""The program: `python -m sda_desktop`, the script sda-desktop, and the frozen app."""

from __future__ import annotations

import multiprocessing
import os
import sys


def main() -> int:
    """Run the command line, which opens the window if no command is given.  Returns the exit code."""
    multiprocessing.freeze_support()  # a frozen app that is started as a worker must not open a window
    _speak_utf8()
    from sda_desktop.cli import main as run_command_line

    return run_command_line()


def _speak_utf8() -> None:
    """Begin anew with UTF-8 for names of files where the system's settings say otherwise.

    In a run made elsewhere, or under another locale, there are names that such an interpreter could not open.
    The frozen app is set up so.
    """
    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8" and not getattr(sys, "frozen", False):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


if __name__ == "__main__":
    sys.exit(main())

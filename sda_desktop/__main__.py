"""The program: `python -m sda_desktop`, the script sda-desktop, and the frozen app."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the command line, which opens the window if no command is given.  Returns the exit code."""
    multiprocessing.freeze_support()  # a frozen app that is started as a worker must not open a window
    from sda_desktop.cli import main as run_command_line

    return run_command_line()


if __name__ == "__main__":
    sys.exit(main())

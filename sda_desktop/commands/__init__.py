"""The commands of the command line, one module each: `build_parser()` and `run(options) -> exit code`.

Nothing here imports torch or Qt at import time: --help, --version, scan and info start at once.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_CANCELLED = 130
EXIT_PIPE_CLOSED = 141  # what a program ended by SIGPIPE leaves in a shell

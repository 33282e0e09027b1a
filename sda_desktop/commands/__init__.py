"""The commands of the command line, one module each: `build_parser()` and `run(options) -> exit code`.

Nothing here imports torch or Qt at import time: --help, --version, scan, info and models start at once.
"""

from __future__ import annotations

# What each is for: here, so that the window's start need not import them all.
SUMMARIES = {
    "train": "train a model on folders and files of sound, or resume a training",
    "generate": "make new sounds with a trained model",
    "vary": "make variations of a sound",
    "morph": "make sounds that turn into others",
    "resynthesize": "send sounds through a trained model",
    "export": "make files of sounds that were made before",
    "scan": "list the sounds of a dataset and what is wrong with them",
    "info": "tell about a run or a checkpoint",
    "models": "list, name, delete, import and export models",
    "self-test": "find out whether everything works on this computer",
    "diagnostics": "save what is needed to find out why something does not work",
}

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_CANCELLED = 130
EXIT_PIPE_CLOSED = 141  # what a program ended by SIGPIPE leaves in a shell

"""The command line: no command opens the window; every command of commands.SUMMARIES runs without.

Exit codes: 0 done, 2 bad input (one sentence on stderr), 1 any other failure, 130 cancelled.
"""

from __future__ import annotations

import argparse
import errno
import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from sda_desktop.commands import EXIT_BAD_INPUT, EXIT_CANCELLED, EXIT_FAILED, EXIT_PIPE_CLOSED
from sda_desktop.commands.options import Parser
from sda_desktop.commands.output import OutputError, complain, flush_output, prepare_streams, silence
from sda_desktop.errors import BadInputError, Cancelled, SdaError
from sda_desktop.memory import limit_arenas

_log = logging.getLogger(__name__)


class Command(NamedTuple):
    """The two functions of a command."""

    build_parser: Callable[[], Parser]
    run: Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv` (default: the process's own arguments) and return its exit code."""
    prepare_streams()
    limit_arenas()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        flush_output()
        return code
    except OutputError as error:
        silence(sys.stdout)
        if error.errno == errno.EPIPE:
            return EXIT_PIPE_CLOSED
        complain(f"The output could not be written: {error.strerror}.")
        return EXIT_FAILED
    except KeyboardInterrupt:
        complain("Cancelled.")
        return EXIT_CANCELLED


def _run(arguments: list[str]) -> int:
    """Parse, run the command, and turn every error but a lost stdout into a sentence and an exit code."""
    try:
        command, rest = _command(arguments)
        options = command.build_parser().parse_intermixed_args(rest)
        with _Logging():
            return _guarded(command, options)
    except SystemExit as leaving:  # argparse, after --help and --version
        return leaving.code if isinstance(leaving.code, int) else 0
    except BadInputError as error:  # of the command line itself
        complain(str(error))
        return EXIT_BAD_INPUT


def _guarded(command: Command, options: argparse.Namespace) -> int:
    try:
        return command.run(options)
    except BadInputError as error:
        _log.info("%s %s", error, error.details)
        complain(str(error))
        return EXIT_BAD_INPUT
    except SdaError as error:
        _log.error("%s", error.details or error, exc_info=error)
        complain(str(error))
        return EXIT_FAILED
    except Cancelled:
        complain("Cancelled.")
        return EXIT_CANCELLED
    except OutputError:
        raise
    except Exception as error:
        from sda_desktop.logs import log_file

        _log.critical("Unexpected failure", exc_info=error)
        what = f"{type(error).__name__}: {error}"
        complain(f"Something failed inside the app ({what}); the details are in {log_file()}.")
        return EXIT_FAILED


class _Logging:
    """The log file, open while a command runs."""

    def __enter__(self) -> None:
        from sda_desktop.logs import start_logging

        start_logging()

    def __exit__(self, *error: object) -> None:
        from sda_desktop.logs import stop_logging

        stop_logging()


def _command(arguments: list[str]) -> tuple[Command, list[str]]:
    """The command that the first argument names, and its own arguments; otherwise it is the window."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    match name:
        case "train":
            from sda_desktop.commands import train

            return Command(train.build_parser, train.run), rest
        case "resynthesize":
            from sda_desktop.commands import resynthesize

            return Command(resynthesize.build_parser, resynthesize.run), rest
        case "generate":
            from sda_desktop.commands import generate

            return Command(generate.build_parser, generate.run), rest
        case "vary":
            from sda_desktop.commands import vary

            return Command(vary.build_parser, vary.run), rest
        case "morph":
            from sda_desktop.commands import morph

            return Command(morph.build_parser, morph.run), rest
        case "export":
            from sda_desktop.commands import export

            return Command(export.build_parser, export.run), rest
        case "scan":
            from sda_desktop.commands import scan

            return Command(scan.build_parser, scan.run), rest
        case "info":
            from sda_desktop.commands import info

            return Command(info.build_parser, info.run), rest
        case "diagnostics":
            from sda_desktop.commands import diagnostics

            return Command(diagnostics.build_parser, diagnostics.run), rest
        case "models":
            from sda_desktop.commands import models

            action, rest = models.split(rest)
            return Command(partial(models.build_parser, action), partial(models.run, action)), rest
        case "self-test":
            from sda_desktop.commands import self_test

            return Command(self_test.build_parser, self_test.run), rest
        case _:
            from sda_desktop.commands import window

            return Command(window.build_parser, window.run), arguments

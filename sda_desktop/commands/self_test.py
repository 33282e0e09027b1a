"""self-test: does everything work on this computer, or in this package?"""

from __future__ import annotations

import argparse
from pathlib import Path

from sda_desktop.commands import EXIT_DONE, EXIT_FAILED
from sda_desktop.commands.options import PROGRAM, Parser
from sda_desktop.commands.output import say, say_json


def build_parser() -> Parser:
    """The options of `self-test`."""
    parser = Parser(
        f"{PROGRAM} self-test",
        "Open a window, train on demo sounds for some seconds, play the model and write sound files, all in\n"
        "a temporary folder, and tell what worked. Nothing of yours is touched. Takes about a minute.",
        usage=f"{PROGRAM} self-test [--report FILE] [--json]",
    )
    own = parser.add_argument_group("options")
    own.add_argument("--report", metavar="FILE", type=Path, help="Write what is told into a file, too.")
    own.add_argument("--json", action="store_true", help="Write every step as a line of JSON.")
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Go through the steps; the last line says whether all passed.  Returns the exit code."""
    from sda_desktop.commands.self_test_journey import Step, run_steps

    lines: list[str] = []

    def tell(step: Step) -> None:
        lines.append(step.line())
        if options.json:
            say_json({"step": step.name, "passed": step.passed, "seconds": step.seconds, "note": step.note})
        else:
            say(step.line())

    passed = run_steps(tell)
    lines.append("Self-test passed" if passed else "Self-test FAILED")
    if not options.json:
        say(lines[-1])
    if options.report is not None:
        options.report.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return EXIT_DONE if passed else EXIT_FAILED

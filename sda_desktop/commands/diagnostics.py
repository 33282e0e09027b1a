"""`diagnostics`: one zip for whoever has to find out why something does not work."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import Any

from sda_desktop.commands import EXIT_CANCELLED, EXIT_DONE, SUMMARIES
from sda_desktop.commands.interrupt import StopSignals
from sda_desktop.commands.options import PROGRAM, Parser
from sda_desktop.commands.output import complain, path_text, prepare_json_output, say, say_json, size_text
from sda_desktop.errors import Cancelled

SUMMARY = SUMMARIES["diagnostics"]
PATIENCE_S = 10.0  # with a sound driver


def build_parser() -> Parser:
    """The options of `diagnostics`."""
    parser = Parser(
        f"{PROGRAM} diagnostics",
        "Write a zip with the log, versions, what is known of this computer, the settings, and of each run "
        "its settings and last figures. It holds no sound and no model, but the names of sound files. The "
        "home folder is replaced by ~ everywhere. Nothing is sent.",
        usage=f"{PROGRAM} diagnostics [FILE] [--overwrite] [--json]",
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="Where to. [default: a name with the date, here]"
    )
    own = parser.add_argument_group("options")
    own.add_argument("--overwrite", action="store_true", help="Replace the file if there is one.")
    own.add_argument("--json", action="store_true", help="Write one JSON object instead of text.")
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Gather and write.  Returns the exit code; raises SdaError."""
    from sda_desktop.diagnostics import save, suggested_name

    if options.json:
        prepare_json_output()
    target = options.file or Path(suggested_name())
    if target.is_dir():
        target = target / suggested_name()
    stop = threading.Event()
    with StopSignals(stop, "", "Cancelled."):
        try:
            facts = {"sound": sound_facts(), "import_torch": _import_torch()}
            saved = save(target, facts, overwrite=options.overwrite, stop=stop)
        except Cancelled:
            complain("Cancelled.")
            return EXIT_CANCELLED
    if options.json:
        say_json(
            {
                "path": str(saved.path),
                "size_bytes": saved.size_bytes,
                "files": list(saved.members),
                "problems": list(saved.problems),
            }
        )
        return EXIT_DONE
    say(path_text(saved.path))
    for problem in saved.problems:
        complain(f"Left out: {problem}")
    complain(f"{size_text(saved.size_bytes)}, without sounds and models. Nothing was sent.")
    return EXIT_DONE


def sound_facts(patience_s: float = PATIENCE_S) -> dict[str, Any]:
    """The sound outputs, or why there is none; a driver that does not answer is not waited for."""
    from sda_desktop.ui import sound_devices

    facts: dict[str, Any] = {}

    def ask() -> None:
        try:
            facts["outputs"] = sound_devices.names()
            facts["portaudio"] = sound_devices.version()
        except Exception as error:  # PortAudio is missing, or whatever a driver does
            facts["problem"] = f"{type(error).__name__}: {error}"

    asking = threading.Thread(target=ask, name="sound outputs", daemon=True)
    asking.start()
    asking.join(patience_s)
    if asking.is_alive():
        sound_devices.give_up()
        return {"problem": f"The sound driver did not answer within {patience_s:g} s."}
    return facts


def _import_torch() -> str:
    """Load PyTorch, so that the report tells of graphics cards; returns what went wrong, or ""."""
    try:
        import torch  # noqa: F401
    except Exception as error:  # a library is missing or does not fit: one of the things to be found out
        return f"{type(error).__name__}: {error}"
    return ""

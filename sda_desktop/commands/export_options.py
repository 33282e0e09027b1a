"""The options of every command that writes sounds: format, rate, bits, level, fades, names, replacing."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sda_desktop.commands.options import Parser, UsageError, number_type
from sda_desktop.errors import BadInputError

if TYPE_CHECKING:
    from sda_desktop.audio.export import Exported, ExportOptions
    from sda_desktop.audio.export_options import Subtype
    from sda_desktop.generation.export_batch import Existing

# As in audio.export_options, which is not loaded to show a page of help; a test compares.
KINDS = ("wav", "flac", "ogg", "mp3")
RATES = ("44100", "48000", "96000")
BITS = ("16", "24", "32f")
NORMALISATIONS = ("none", "peak", "loudness")
DEFAULT_BITS: Final = "24"
DEFAULT_TARGETS = {"none": 0.0, "peak": -1.0, "loudness": -23.0}
LONGEST_FADE_S = 30.0


@dataclass(frozen=True, slots=True)
class FileChoices:
    """What was chosen on the command line.

    existing: "replace", or "number" to put a number behind names that are taken.
    """

    options: ExportOptions
    pattern: str
    existing: Existing


def add_export_options(parser: Parser, *, pattern: str | None = "{title}") -> argparse._ArgumentGroup:
    """Add the options to the parser, as a group of their own.

    pattern: the default of --name; None leaves that option out, for commands that name their files otherwise.
    """
    group = parser.add_argument_group("files")
    group.add_argument("--format", choices=KINDS, default="wav", help="The kind of file. [default: wav]")
    group.add_argument(
        "--rate",
        choices=RATES,
        help="Sample rate in Hz; MP3 ends at 48000. [default: the model's own]",
    )
    group.add_argument(
        "--bits", choices=BITS, help="Bit depth; 32f (float) is for WAV only. [WAV and FLAC; default: 24]"
    )
    group.add_argument(
        "--normalise",
        "--normalize",
        dest="normalise",
        choices=NORMALISATIONS,
        default="none",
        help="Bring each sound to the same peak or loudness. [default: none]",
    )
    group.add_argument(
        "--target",
        metavar="X",
        type=number_type("Target", float, -60.0, 0.0),
        help="The level to bring it to: dB full scale for peak, LUFS for loudness. [default: -1 or -23]",
    )
    fade = number_type("Fade", float, 0.0, LONGEST_FADE_S, "s")
    for name, where in (("--fade-in", "beginning"), ("--fade-out", "end")):
        group.add_argument(
            name, metavar="SECONDS", type=fade, default=0.0, help=f"Fade at the {where}. [default: 0]"
        )
    if pattern is not None:
        fields = "{model}, {title}, {seed}, {number}, {date}"
        group.add_argument(
            "--name",
            metavar="PATTERN",
            default=pattern,
            help=f"Names: text and {fields}. [default: {pattern}]",
        )
    group.add_argument(
        "--overwrite",
        action="store_true",
        help="Replace files of the same name. Without it, a number is put behind the new name.",
    )
    return group


def given_files(options: argparse.Namespace, model_rate_hz: int) -> FileChoices:
    """What was chosen.  Raises BadInputError for what does not go together, or a bad pattern.

    model_rate_hz: the rate where none was given; one that files do not have becomes 48000.
    """
    from sda_desktop.audio.export_options import RATES_HZ, ExportFormat, ExportOptions
    from sda_desktop.generation.export_names import DEFAULT_PATTERN, check_pattern

    if options.target is not None and options.normalise == "none":
        raise UsageError("--target needs --normalise.", "Add --normalise peak or --normalise loudness.")
    compressed = options.format in ("ogg", "mp3")
    if compressed and options.bits is not None:
        raise BadInputError(
            f"{options.format.upper()} has no bit depth to choose.",
            "Leave --bits out, or choose WAV or FLAC.",
        )
    subtype: Subtype = "" if compressed else options.bits or DEFAULT_BITS
    default_rate_hz = model_rate_hz if model_rate_hz in RATES_HZ else 48_000
    target = options.target if options.target is not None else DEFAULT_TARGETS[options.normalise]
    pattern = getattr(options, "name", DEFAULT_PATTERN)
    check_pattern(pattern)
    return FileChoices(
        ExportOptions(
            format=ExportFormat(options.format, subtype, int(options.rate or default_rate_hz)),
            normalise=options.normalise,
            target=target,
            fade_in_s=options.fade_in,
            fade_out_s=options.fade_out,
        ),
        pattern,
        "replace" if options.overwrite else "number",
    )


def exported_data(exported: Exported, options: ExportOptions) -> dict[str, Any]:
    """What --json says about a file that was written."""
    return {
        "file": str(exported.path),
        "format": options.format.kind,
        "bits": options.format.subtype or None,
        "sample_rate_hz": exported.sample_rate_hz,
        "seconds": exported.seconds,
        "gain_db": exported.gain_db,
        "note": exported.note,
    }

"""`resynthesize`: encode sounds with a trained model and decode them again, over their whole length."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sda_desktop.commands import EXIT_BAD_INPUT, EXIT_CANCELLED, EXIT_DONE, SUMMARIES
from sda_desktop.commands.interrupt import Interruptible
from sda_desktop.commands.options import PROGRAM, Parser
from sda_desktop.commands.output import count_text, path_text
from sda_desktop.commands.progress import FileProgress
from sda_desktop.commands.sounds_out import load_model, prepare_folder, unused_path
from sda_desktop.errors import AudioFileError, BadInputError

if TYPE_CHECKING:
    from sda_desktop.generation import TrainedModel

SUMMARY = SUMMARIES["resynthesize"]


def build_parser() -> Parser:
    """The options of `resynthesize`."""
    parser = Parser(
        f"{PROGRAM} resynthesize",
        "Encode sounds with a trained model and decode them again, over their whole length. Each result is "
        "a 24-bit WAV file 'NAME resynthesized.wav' at the model's rate; nothing is overwritten.",
        usage=f"{PROGRAM} resynthesize MODEL FILE... --out DIR [--from posterior|global]",
    )
    parser.add_argument(
        "model", metavar="MODEL", type=Path, help="A run folder (its best checkpoint) or a checkpoint."
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="Sounds, or folders of them.")
    own = parser.add_argument_group("options")
    own.add_argument("--out", metavar="DIR", type=Path, required=True, help="Where the results go.")
    own.add_argument(
        "--from",
        dest="source",
        choices=("posterior", "global"),
        default="posterior",
        help="posterior: everything the encoder heard. global: only the numbers that describe the sound as "
        "a whole, the rest as the model imagines it. [default: posterior]",
    )
    parser.add_help_option(own)
    return parser


def run(options: argparse.Namespace) -> int:
    """Resynthesize every file that can be read.  Raises SdaError when nothing can be done at all."""
    written = failed = 0
    with Interruptible(), FileProgress("Resynthesizing") as progress:
        try:
            files = _expanded(options.files)
            folder = prepare_folder(options.out)
            progress.update(0, len(files), "loading the model")
            model = load_model(options.model)
            for number, path in enumerate(files):
                progress.update(number, len(files), path.name)
                try:
                    progress.say(path_text(_resynthesize(model, path, folder, options.source)))
                    written += 1
                except AudioFileError as error:
                    progress.complain(str(error))
                    failed += 1
        except KeyboardInterrupt:
            progress.complain(f"Cancelled; {count_text(written, 'sound')} written.")
            return EXIT_CANCELLED
    return EXIT_BAD_INPUT if failed else EXIT_DONE


def _expanded(given: list[Path]) -> list[Path]:
    """Folders replaced by the sounds in them.  Files are kept as they are, readable or not."""
    from sda_desktop.audio.scan import find_sounds

    files: list[Path] = []
    for path in given:
        if path.is_dir():
            files += find_sounds([path])[0]
        else:
            files.append(path)
    if not files:
        raise BadInputError("There are no sounds in the given folders.", "Name a file or another folder.")
    return files


def _resynthesize(model: TrainedModel, path: Path, folder: Path, source: str) -> Path:
    from sda_desktop.audio.io import read_audio, write_wav

    samples, _ = read_audio(path, model.sample_rate_hz)
    result = model.resynthesize(samples, source="global" if source == "global" else "posterior")
    target = unused_path(folder, f"{path.stem} resynthesized")
    write_wav(target, result, model.sample_rate_hz)
    return target

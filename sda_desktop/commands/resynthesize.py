"""`resynthesize`: encode sounds with a trained model and decode them again, over their whole length."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.named_sounds import add_file
from sda_desktop.commands.options import PROGRAM, Parser, UsageError
from sda_desktop.commands.sound_options import add_model_argument, add_output_options
from sda_desktop.commands.sounds_out import SoundsOut, model_name
from sda_desktop.errors import BadInputError

if TYPE_CHECKING:
    from sda_desktop.generation import Recipe, TrainedModel
    from sda_desktop.generation.export_batch import SoundJob
    from sda_desktop.generation.instrument import Instrument, Sound

SUMMARY = SUMMARIES["resynthesize"]


def build_parser() -> Parser:
    """The options of `resynthesize`."""
    parser = Parser(
        f"{PROGRAM} resynthesize",
        "Encode sounds with a trained model and decode them again, over their whole length: any sounds, not\n"
        "only those it was trained on. With --recipes they become sounds of the model and are kept with it.",
        usage=f"{PROGRAM} resynthesize MODEL FILE... --out DIR [--from posterior|global]\n"
        "       [--recipes] [--json] [files]",
    )
    add_model_argument(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="Sounds, or folders of them.")
    own = parser.add_argument_group("options")
    own.add_argument(
        "--from",
        dest="source",
        choices=("posterior", "global"),
        default="posterior",
        help="posterior: everything the encoder heard. global: only the numbers that describe the sound as "
        "a whole, the rest as the model imagines it. [default: posterior]",
    )
    add_output_options(parser, own, "{title} resynthesized")
    return parser


def run(options: argparse.Namespace) -> int:
    """Resynthesize every file that can be read.  Raises SdaError when nothing can be done at all."""
    if options.recipes and options.source == "global":
        raise UsageError("There are no recipes for --from global.", "Leave one of the two out.")
    with SoundsOut(options, "Resynthesizing") as out:
        files = _expanded(options.files)
        recipes: list[Recipe | None] = [None] * len(files)
        if not options.recipes:
            model = out.load()
            sounds = [_directly(model, path, options.source, out) for path in files]
        else:
            instrument = out.open().instrument
            model = instrument.model
            sounds = [
                _with_recipe(instrument, path, number, recipes, out) for number, path in enumerate(files)
            ]
        return out.write_jobs(_jobs(model, files, sounds), recipes)


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


def _jobs(
    model: TrainedModel, files: list[Path], sounds: list[Callable[[], Iterator[Sound]]]
) -> list[SoundJob]:
    from sda_desktop.generation.export_batch import SoundJob

    name = model_name(model)
    return [
        SoundJob(path.stem, None, name, blocks, model.sample_rate_hz)
        for path, blocks in zip(files, sounds, strict=True)
    ]


def _directly(model: TrainedModel, path: Path, source: str, out: SoundsOut) -> Callable[[], Iterator[Sound]]:
    """The blocks of one result, made when they are asked for."""

    def blocks() -> Iterator[Sound]:
        from sda_desktop.audio.io import read_audio

        samples, _ = read_audio(path, model.sample_rate_hz, stop=out.stop)
        yield model.resynthesize(
            samples, source="global" if source == "global" else "posterior", stop=out.stop
        )

    return blocks


def _with_recipe(
    instrument: Instrument, path: Path, number: int, recipes: list[Recipe | None], out: SoundsOut
) -> Callable[[], Iterator[Sound]]:
    """The same by way of a recipe, which is put into `recipes` then."""

    def blocks() -> Iterator[Sound]:
        recipe = instrument.resynthesis(add_file(instrument, path, out.stop))
        recipes[number] = recipe
        yield from instrument.stream(recipe, out.stop)

    return blocks

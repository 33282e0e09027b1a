"""`export`: files of sounds that were made before, from their recipes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sda_desktop.commands import SUMMARIES
from sda_desktop.commands.named_sounds import kept_recipes
from sda_desktop.commands.options import PROGRAM, Parser
from sda_desktop.commands.sound_options import add_model_argument, add_output_options
from sda_desktop.commands.sounds_out import SoundsOut, model_name, run_of
from sda_desktop.errors import CheckpointError

if TYPE_CHECKING:
    from sda_desktop.generation import Recipe, TrainedModel
    from sda_desktop.generation.instrument import Sound
    from sda_desktop.generation.opening import Opened

SUMMARY = SUMMARIES["export"]


def build_parser() -> Parser:
    """The options of `export`."""
    parser = Parser(
        f"{PROGRAM} export",
        "Make files of sounds that were made before, sample for sample as they were. RECIPE is a file that\n"
        "was written with --recipes, a folder of them, or the id of an entry of the history. Where MODEL is\n"
        "a run, each is made with the state of it that it was made with then.",
        usage=f"{PROGRAM} export MODEL RECIPE... --out DIR [--recipes] [--json] [files]",
    )
    add_model_argument(parser)
    parser.add_argument("kept", metavar="RECIPE", nargs="+", help="What to make files of.")
    own = parser.add_argument_group("options")
    add_output_options(parser, own, "{title}")
    return parser


def run(options: argparse.Namespace) -> int:
    """Make the files.  Returns the exit code; raises SdaError, Cancelled."""
    recipes = [recipe for text in options.kept for recipe in kept_recipes(text)]
    with SoundsOut(options, "Exporting") as out:
        model = out.load()
        return out.write_recipes(_States(model, out), recipes, model_name(model))


class _States:
    """The states of one model that recipes were made with, each opened when it is first needed."""

    def __init__(self, model: TrainedModel, out: SoundsOut) -> None:
        self._model = model
        self._out = out
        self._opened: dict[str, Opened | CheckpointError] = {}
        self.sample_rate_hz = model.sample_rate_hz

    def stream(self, recipe: Recipe) -> Iterator[Sound]:
        """As Instrument.stream.  Raises CheckpointError for a state that is not there."""
        if recipe.model not in self._opened:
            try:
                self._opened[recipe.model] = self._open(recipe.model)
            except CheckpointError as error:
                self._opened[recipe.model] = error
        found = self._opened[recipe.model]
        if isinstance(found, CheckpointError):
            raise found
        if recipe.sliders and not found.instrument.directions:
            self._out.find_sliders(found)
        yield from found.instrument.stream(recipe, self._out.stop)

    def _open(self, identity: str) -> Opened:
        from sda_desktop.generation.instrument import identity_of
        from sda_desktop.generation.opening import model_of

        path, run = self._model.info.path, run_of(self._model)
        if run is not None and identity_of(self._model.codec) != identity:
            path = model_of(run, identity)
        return self._out.open(path)

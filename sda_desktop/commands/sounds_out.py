"""What all commands that write sounds share: finding the model, and recipes to files."""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sda_desktop.commands import EXIT_BAD_INPUT, EXIT_CANCELLED, EXIT_DONE, EXIT_FAILED
from sda_desktop.commands.export_options import exported_data, given_files
from sda_desktop.commands.interrupt import StopSignals
from sda_desktop.commands.options import PROGRAM
from sda_desktop.commands.output import count_text, path_text, prepare_json_output, say_json
from sda_desktop.commands.progress import FileProgress
from sda_desktop.commands.sound_options import check_sliders
from sda_desktop.errors import BadInputError, CheckpointError, StorageError
from sda_desktop.storage import atomic_write_text, storage_error
from sda_desktop.training.checkpoint_manifest import MANIFEST_NAME
from sda_desktop.training.run_place import RUN_FILE

if TYPE_CHECKING:
    from sda_desktop.audio.export import Exported, ExportOptions
    from sda_desktop.generation import Recipe, TrainedModel
    from sda_desktop.generation.export_batch import BatchResult, SoundJob
    from sda_desktop.generation.opening import Opened
    from sda_desktop.generation.slider import Slider
    from sda_desktop.generation.sound_jobs import Streaming

QUITTING = "Quit. What was written is complete."
MOST_NOTES = 3
RECIPE_SUFFIX = ".json"
MODEL_SUFFIX = ".sda"  # of a model in one file, see generation.model_file


class SoundsOut:
    """One command that writes sounds, from its options on (see sound_options.add_output_options).

    A context manager: while entered, Ctrl-C ends it after what is complete, and a bar shows how far it is.
    """

    def __init__(self, options: argparse.Namespace, description: str) -> None:
        """Raises BadInputError for options that do not go together, before anything is loaded."""
        given_files(options, 44_100)
        self.stop = threading.Event()
        self.progress = FileProgress(description)
        self._options = options
        self._folder = Path()
        self._signals = StopSignals(self.stop, "", QUITTING)

    def __enter__(self) -> Self:
        if self._options.json:
            prepare_json_output()
        self._signals.__enter__()
        self.progress.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.__exit__(kind, error, trace)
        self._signals.__exit__(kind, error, trace)

    def load(self) -> TrainedModel:
        """The model alone.  Raises CheckpointError, and BadInputError or StorageError for the folder."""
        path = model_folder(self._options.model)
        self._folder = prepare_folder(self._options.out)
        self.progress.update(0, 1, "loading the model")
        from sda_desktop.generation import TrainedModel

        return TrainedModel.load(path)

    def open(self, path: Path | None = None) -> Opened:
        """The model with the sounds it was made from.

        path: of a checkpoint, for another than the one that was named.  With --recipes the model is kept for
        them: training deletes older checkpoints.  Raises as `load`, BadInputError for a slider that the model
        does not have, and Cancelled.
        """
        if path is None:
            path = model_folder(self._options.model)
            self._folder = prepare_folder(self._options.out)
        self.progress.update(0, 1, "loading the model")
        from sda_desktop.generation.opening import open_instrument

        opened = open_instrument(path, self.progress.update, self.stop)
        self._tell_notes(opened)
        if sliders := getattr(self._options, "sliders", None):
            check_sliders(sliders, self.find_sliders(opened))
        if self._options.recipes:
            try:
                opened.folder.keep_model(opened.instrument.model)
            except StorageError as error:
                self.progress.complain(f"The model could not be kept for the recipes. {error}")
        return opened

    def find_sliders(self, opened: Opened) -> Sequence[Slider]:
        """The sliders of a model, which its instrument follows from then on.  Raises Cancelled."""
        from sda_desktop.generation.kept_sliders import sliders_of

        def tell(done: int, about: int) -> None:
            self.progress.update(done, about, "trying the sliders")

        return sliders_of(opened, stop=self.stop, on_progress=tell)

    def write(self, opened: Opened, recipes: Sequence[Recipe]) -> int:
        """Make the files of these recipes.  Returns the exit code; raises as `write_jobs`, and Cancelled."""
        if any(recipe.sliders for recipe in recipes):
            self.find_sliders(opened)
        return self.write_recipes(opened.instrument, recipes, model_name(opened.instrument.model))

    def write_recipes(self, streaming: Streaming, recipes: Sequence[Recipe], name: str) -> int:
        """The same with whatever makes the sounds.  name: of the model."""
        from sda_desktop.generation.sound_jobs import recipe_job

        return self.write_jobs([recipe_job(streaming, recipe, name) for recipe in recipes], recipes)

    def write_jobs(self, jobs: Sequence[SoundJob], recipes: Sequence[Recipe | None]) -> int:
        """Write the files and tell of each.  Returns the exit code; raises StorageError for a recipe's file.

        recipes: one for each, looked up when its file is complete; None where there is none.
        """
        from sda_desktop.generation.export_batch import export_batch, target_paths

        choices = given_files(self._options, jobs[0].sample_rate_hz)

        def tell(done: int, share: float) -> None:
            self.progress.update(done, len(jobs), jobs[done].title if done < len(jobs) else "")

        def keep(number: int, exported: Exported) -> None:
            self._tell_written(jobs[number], exported, recipes[number], choices.options)

        result = export_batch(
            jobs,
            target_paths(jobs, self._folder, choices.pattern, choices.options),
            choices.options,
            existing=choices.existing,
            stop=self.stop,
            progress=tell,
            on_exported=keep,
        )
        return self._exit_code(result)

    def _tell_notes(self, opened: Opened) -> None:
        for note in opened.notes[:MOST_NOTES]:
            self.progress.complain(note)
        if more := len(opened.notes[MOST_NOTES:]):
            self.progress.complain(f"The same of {count_text(more, 'more sound')}.")

    def _tell_written(
        self, job: SoundJob, exported: Exported, recipe: Recipe | None, options: ExportOptions
    ) -> None:
        kept = None
        if recipe is not None and self._options.recipes:
            kept = write_recipe(recipe, exported.path, overwrite=self._options.overwrite)
        if exported.note:
            self.progress.complain(f"{exported.path.name}: {exported.note}")
        if not self._options.json:
            self.progress.say(path_text(exported.path))
            return
        say_json({**exported_data(exported, options), **_recipe_data(job, recipe, kept)})

    def _exit_code(self, result: BatchResult) -> int:
        """Tell what failed, and whether it was cancelled."""
        for title, error in result.failed:
            sentence = str(error)
            self.progress.complain(sentence if title in sentence else f"{title}: {sentence}")
        if result.cancelled:
            self.progress.complain(f"Cancelled; {count_text(len(result.exported), 'sound')} written.")
            return EXIT_CANCELLED
        if any(isinstance(error, StorageError) for _, error in result.failed):
            return EXIT_FAILED
        return EXIT_BAD_INPUT if result.failed else EXIT_DONE


def _recipe_data(job: SoundJob, recipe: Recipe | None, kept: Path | None) -> dict[str, Any]:
    """What --json says about how a sound was made."""
    return {
        "title": job.title,
        "model": None if recipe is None else recipe.model,
        "kind": None if recipe is None else recipe.kind,
        "seed": job.seed,
        "recipe": None if recipe is None else recipe.digest(),
        "recipe_file": None if kept is None else str(kept),
    }


def model_folder(text: str) -> Path:
    """The folder of the run or checkpoint that is meant: by its path, or by a model's name in the library.

    Raises CheckpointError, BadInputError.
    """
    path = Path(text).absolute()
    if not path.exists():
        if len(Path(text).parts) > 1:
            raise CheckpointError(f"There is no model at {path}.", "Name a run folder or a checkpoint.")
        from sda_desktop.generation.library import find_model

        return find_model(text).path
    if path.suffix.lower() == MODEL_SUFFIX and path.is_file():
        raise CheckpointError(
            f"{path.name} is a model in one file.", f"Import it first: {PROGRAM} models import {path.name}"
        )
    folder = path.parent if path.is_file() else path
    if not (folder / RUN_FILE).exists() and not (folder / MANIFEST_NAME).exists():
        raise CheckpointError(
            f"{path} is no model.", "Name a run folder (its best checkpoint is taken) or a checkpoint."
        )
    return folder


def model_name(model: TrainedModel) -> str:
    """What the model is called: as its run in the library, or as its checkpoint where that lies alone."""
    from sda_desktop.generation.library import look_at_model

    run = run_of(model)
    return model.info.path.name if run is None else look_at_model(run).name


def run_of(model: TrainedModel) -> Path | None:
    """The folder of the run that a model lies in; None if its checkpoint lies alone."""
    return next((folder for folder in model.info.path.parents if (folder / RUN_FILE).exists()), None)


def prepare_folder(folder: Path) -> Path:
    """The folder, made if it is not there.  Raises BadInputError, StorageError."""
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder} is a file.", "Choose a folder for --out.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder) from error
    return folder


def write_recipe(recipe: Recipe, sound: Path, *, overwrite: bool = False) -> Path:
    """Keep a recipe beside its sound, as "kick.wav.json"; returns where.  Raises StorageError."""
    from sda_desktop.audio.export import unused_path

    path = sound.with_name(sound.name + RECIPE_SUFFIX)
    if not overwrite:
        path = unused_path(path)
    atomic_write_text(path, json.dumps(recipe.to_json(), ensure_ascii=False, indent=1) + "\n")
    return path

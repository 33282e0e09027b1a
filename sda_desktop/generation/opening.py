"""Opening a model to play it: the weights, and the atlas of its sounds, measured when it is not there yet."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from sda_desktop.errors import BadInputError, CheckpointError, StorageError
from sda_desktop.generation.atlas import (
    KEPT_S,
    Atlas,
    AtlasSound,
    OnProgress,
    Source,
    describe,
    measure_atlas,
)
from sda_desktop.generation.explore_folder import ATLAS_FILE, EXPLORE_FOLDER, ExploreFolder, read_atlas
from sda_desktop.generation.instrument import Instrument, identity_of, one_thread
from sda_desktop.generation.trained_model import TrainedModel
from sda_desktop.training.checkpoint import list_checkpoints, load_checkpoint
from sda_desktop.training.run_folder import RunFolder, run_folders
from sda_desktop.training.run_place import RUN_FILE, identities_in
from sda_desktop.training.sound_bank import Place
from sda_desktop.words import say

log = logging.getLogger(__name__)


class Opened:
    """A model that can be played, where its things are kept, and sentences on what is missing."""

    def __init__(self, instrument: Instrument, folder: ExploreFolder, notes: Sequence[str]) -> None:
        self.instrument = instrument
        self.folder = folder
        self.notes = tuple(notes)


def open_instrument(
    path: Path, on_progress: OnProgress | None = None, stop: threading.Event | None = None
) -> Opened:
    """The best checkpoint of a run folder, or one checkpoint, ready to be played.

    Raises CheckpointError, and Cancelled when `stop` is set.
    """
    model = TrainedModel.load(path)
    identity = identity_of(model.codec)
    folder = ExploreFolder.of(model.info.path, identity)
    notes: list[str] = []
    atlas = folder.load_atlas()
    if atlas is None:
        with one_thread():
            atlas, notes = _measure(model, folder, on_progress, stop)
    return Opened(Instrument(model, atlas, on_sound_added=folder.save_added), folder, notes)


def model_of(run: Path, identity: str) -> Path:
    """The checkpoint with the weights that go by that identity, of those that a run has.

    If the run has none, or is gone, a copy elsewhere in the library that was played: a model that was
    imported, duplicated or moved.  Raises CheckpointError if there is none any more.
    """
    kept = ExploreFolder(run / EXPLORE_FOLDER / identity).kept_model()
    found = kept or _checkpoint_of(run, identity)
    if found is not None:
        return found
    for other in run_folders():
        if other != run and identity in identities_in(other):
            found = ExploreFolder(other / EXPLORE_FOLDER / identity).kept_model()
            found = found or _checkpoint_of(other, identity)
            if found is not None:
                return found
    raise CheckpointError(
        say("The state of {name} that this sound was made with is no longer there.", name=run.name),
        say("Its recipe is kept; make a new sound with the model as it is now."),
    )


def _checkpoint_of(run: Path, identity: str) -> Path | None:
    for info in list_checkpoints(run):
        if not info.problem and identity_of(TrainedModel.load(info.path).codec) == identity:
            return info.path
    return None


def instrument_of(run: Path, identity: str) -> Instrument:
    """The model with the weights that go by that identity, ready to be played.

    Raises CheckpointError if it is not there any more.
    """
    from sda_desktop.generation.kept_sliders import kept_sliders

    opened = open_instrument(model_of(run, identity))
    kept_sliders(opened)
    return opened.instrument


def rate_of(checkpoint: Path) -> int:
    """The rate of a checkpoint's sounds, without loading its weights.  Raises CheckpointError."""
    state = load_checkpoint(checkpoint, only=()).state
    try:
        return int(state["spectrogram"]["sample_rate_hz"])
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            say("{name} does not say at which rate its sounds are.", name=checkpoint.name),
            say("Choose another checkpoint."),
            repr(error),
        ) from error


def _measure(
    model: TrainedModel, folder: ExploreFolder, on_progress: OnProgress | None, stop: threading.Event | None
) -> tuple[Atlas, list[str]]:
    """The atlas of the sounds where they are now, or else of those places that the checkpoint carries."""
    known = _known_sounds(folder)
    try:
        atlas, notes = measure_atlas(
            model.codec,
            sources_of(model),
            known=known,
            places=_places_of(folder),
            on_progress=on_progress,
            stop=stop,
        )
    except BadInputError as error:
        log.info("No atlas could be measured: %s", error.details)
        return _unnamed(model, stop), [str(error)]
    try:
        folder.save_atlas(atlas)
    except StorageError as error:
        notes.append(say("The map has to be made anew next time. {error}", error=error))
    return atlas, notes


def sources_of(model: TrainedModel) -> list[Source]:
    """The sounds that a model was trained on and measured with, each content once.

    Raises CheckpointError if the checkpoint does not say.
    """
    try:
        files = [
            (
                str(record["content"]),
                Path(record["path"]),
                (int(record["size_bytes"]), int(record["mtime_ns"])),
            )
            for record in model.files
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            say("{name} does not say which sounds it was trained on.", name=model.info.path.name),
            say("Choose another checkpoint."),
            repr(error),
        ) from error
    sources: dict[str, Source] = {}
    shared = _shared_folder([path for _, path, _ in files])
    for content, path, stamp in files:
        key = content[:16] or path.name
        folder = path.parent.relative_to(shared).as_posix() if shared else path.parent.name
        place = "" if folder == "." else folder
        sources.setdefault(key, Source(key, path.stem, place, path, stamp, content))
    return list(sources.values())


def _places_of(folder: ExploreFolder) -> list[Path]:
    """Where the sounds of the model's run are now, as its run.json says: they may have been moved since."""
    run = next((place for place in folder.path.parents if (place / RUN_FILE).is_file()), None)
    try:
        sources = RunFolder.open(run).manifest.get("sources") if run is not None else None
    except CheckpointError as error:  # a model is played even so
        log.info("%s", error)
        return []
    return [Path(str(source)) for source in sources] if isinstance(sources, list) else []


def _shared_folder(paths: Sequence[Path]) -> Path | None:
    """The innermost folder that all lie in; None if they lie on different drives."""
    try:
        return Path(os.path.commonpath([path.parent for path in paths]))
    except ValueError:
        return None


def _known_sounds(folder: ExploreFolder) -> dict[str, AtlasSound]:
    """Sounds that were described for another state of the same run, by their keys."""
    atlases = sorted(folder.path.parent.glob(f"*/{ATLAS_FILE}"), key=lambda path: path.stat().st_mtime_ns)
    for path in reversed(atlases):
        try:
            return {sound.key: sound for sound in read_atlas(path).sounds}
        except CheckpointError as error:
            log.warning("%s: %s", path, error)
    return {}


def _unnamed(model: TrainedModel, stop: threading.Event | None) -> Atlas:
    """The places that the checkpoint carries, described by what the model makes there."""
    sounds = []
    for index, seconds in enumerate(model.bank.seconds.tolist()):
        samples = max(1, round(min(seconds, KEPT_S) * model.sample_rate_hz))
        z = model.bank.sequence(model.codec, Place(index, index, 0.0, seconds), samples)
        made = model.codec.render(z, samples, stop)
        name = say("Sound {number}", number=index + 1)
        sounds.append(describe(made, model.sample_rate_hz, seconds, key=f"place-{index + 1}", name=name))
    return Atlas(sounds, model.bank)

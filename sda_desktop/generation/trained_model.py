"""A trained model, ready to make sounds."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sda_desktop.errors import CheckpointError, update_remedy
from sda_desktop.training.checkpoint import (
    CheckpointInfo,
    best_checkpoint,
    latest_checkpoint,
    list_checkpoints,
    load_checkpoint,
    save_checkpoint,
)
from sda_desktop.training.codec import SoundCodec, limit_peak
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.run_place import RUN_FILE
from sda_desktop.training.sound_bank import BANK_GROUP, SoundBank
from sda_desktop.words import say

Source = Literal["posterior", "global"]


class TrainedModel:
    """The averaged weights of a checkpoint with what is needed to use them.  Make one with `load`."""

    def __init__(
        self,
        codec: SoundCodec,
        bank: SoundBank,
        info: CheckpointInfo,
        state: Mapping[str, Any] | None = None,
    ) -> None:
        """state: what else the checkpoint holds."""
        self.codec = codec
        self.bank = bank
        self.info = info
        self._state = dict(state or {})

    @classmethod
    def load(cls, path: Path) -> TrainedModel:
        """The best checkpoint of the run folder `path`, or the checkpoint `path` itself.

        Raises CheckpointError naming what is wrong.
        """
        checkpoint = load_checkpoint(_checkpoint_of(path), only=("average", BANK_GROUP))
        state: dict[str, Any] = checkpoint.state
        try:
            codec = SoundCodec.from_state(state, checkpoint.tensors["average"])
            bank = SoundBank.from_tensors(checkpoint.tensors[BANK_GROUP])
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise CheckpointError(
                say(
                    "{name} does not hold a model that this version can use.", name=checkpoint.info.path.name
                ),
                say("Choose another checkpoint."),
                repr(error),
            ) from error
        return cls(codec, bank, checkpoint.info, state)

    @property
    def files(self) -> Sequence[Mapping[str, Any]]:
        """Of the sounds it was made from: path, size_bytes, mtime_ns and content."""
        return tuple(self._state.get("files", ()))

    def keep(self, folder: Path) -> None:
        """Write it as a checkpoint of its own below `folder`, without what only training needs.

        Raises StorageError.
        """
        save_checkpoint(
            folder,
            tensors={"average": self.codec.model.state_dict(), BANK_GROUP: self.bank.to_tensors()},
            state=self._state,
            reason="kept",
            epoch=self.info.epoch,
            global_step=self.info.global_step,
            score=self.info.score,
            validation_recon=self.info.validation_recon,
            train_recon=self.info.train_recon,
        )

    @property
    def sample_rate_hz(self) -> int:
        """Rate of everything that goes in and comes out."""
        return self.codec.sample_rate_hz

    def resynthesize(
        self,
        samples: NDArray[np.float32],
        *,
        source: Source = "posterior",
        stop: threading.Event | None = None,
    ) -> NDArray[np.float32]:
        """Encode and decode a whole sound: (channels, frames) at the model's rate -> (1, frames).

        source: from the full latent sequence ("posterior"), or from the global latent alone ("global"): the
        one that comes nearest to the sound, found by gradient steps from where the encoder puts it.
        """
        return self.codec.resynthesize(samples, from_global=source == "global", stop=stop)

    def generate(
        self, seconds: float | None, seed: int, stop: threading.Event | None = None
    ) -> NDArray[np.float32]:
        """A new sound (1, frames), between two neighbouring sounds of the corpus; None: a length to suit.

        The same seed gives the same sound.
        """
        rng = np.random.default_rng(seed)
        return limit_peak(self.bank.invent(self.codec, rng, seconds=seconds, stop=stop))


def _checkpoint_of(path: Path) -> Path:
    """The best checkpoint if `path` is a run, else `path`."""
    if not (path / RUN_FILE).exists() and path.name != RUN_FILE:
        return path
    run = RunFolder.open(path)
    chosen = best_checkpoint(run.path) or latest_checkpoint(run.path)
    if chosen is not None:
        return chosen.path
    unusable = list_checkpoints(run.path)
    details = "\n".join(f"{info.path.name}: {info.problem}" for info in unusable)
    if any(info.newer for info in unusable):
        raise CheckpointError(
            say("The model {name} was made by a newer version of SDA Desktop.", name=run.path.name),
            update_remedy(),
            details,
        )
    raise CheckpointError(
        say("All models of the run {name} are damaged.", name=run.path.name)
        if unusable
        else say("The run {name} has no model yet.", name=run.path.name),
        say("Choose another run.") if unusable else say("Train it for a little first."),
        details,
    )

"""Writing checkpoints beside the training, from a copy of the state at one moment.

The copy, too, is made beside: weights and optimizer change only at the end of a step, tens of milliseconds
away, and the loop need only see that the copy is there before.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from sda_desktop.errors import StorageError
from sda_desktop.storage import storage_error
from sda_desktop.training.checkpoint import CheckpointInfo, manage_checkpoints, save_checkpoint
from sda_desktop.training.run_folder import METRICS_FILE
from sda_desktop.training.sound_bank import BANK_GROUP, SoundBank

log = logging.getLogger(__name__)

Tensors = Mapping[str, Mapping[str, Tensor]]


@dataclass(frozen=True, slots=True)
class Written:
    """A checkpoint that is complete on the disk."""

    info: CheckpointInfo
    bank: SoundBank
    seconds: float


class CheckpointWriter:
    """Writes one checkpoint at a time in a thread of its own, and tidies up after each."""

    def __init__(
        self, run_dir: Path, keep_recent: int, measure_bank: Callable[[Mapping[str, Tensor]], SoundBank]
    ) -> None:
        """measure_bank: the bank of averaged weights, for checkpoints that come without one."""
        self._run_dir = run_dir
        self._keep_recent = keep_recent
        self._measure_bank = measure_bank
        self._thread = ThreadPoolExecutor(1, "checkpoint writer")
        self._pending: Future[Written] | None = None

    def submit(
        self,
        tensors: Tensors,
        bank: SoundBank | None,
        state: Mapping[str, Any],
        **description: Any,  # noqa: ANN401
    ) -> threading.Event:
        """Start writing a copy of all this.  `collect` must have emptied the writer before.

        The tensors must stay as they are until the event that is returned is set.
        """
        if self._pending is not None:
            raise RuntimeError("the previous checkpoint was not collected")
        copied = threading.Event()
        self._pending = self._thread.submit(self._write, tensors, bank, state, description, copied)
        return copied

    def collect(self, *, wait: bool) -> Written | None:
        """The checkpoint that was submitted, once it is written; None while it is not, or without one.

        Raises StorageError if it could not be written.
        """
        if self._pending is None or not (wait or self._pending.done()):
            return None
        pending, self._pending = self._pending, None
        return pending.result()

    def close(self) -> None:
        """Finish what is being written."""
        self._thread.shutdown(wait=True)

    def _write(
        self,
        tensors: Tensors,
        bank: SoundBank | None,
        state: Mapping[str, Any],
        description: dict[str, Any],
        copied: threading.Event,
    ) -> Written:
        started = time.perf_counter()
        try:
            copies = {
                group: {name: tensor.detach().to("cpu", copy=True) for name, tensor in named.items()}
                for group, named in tensors.items()
            }
        finally:
            copied.set()
        bank = bank or self._measure_bank(copies["average"])
        _sync(self._run_dir / METRICS_FILE)  # the state tells how much of it belongs to this moment
        info = save_checkpoint(self._run_dir, {**copies, BANK_GROUP: bank.to_tensors()}, state, **description)
        try:
            manage_checkpoints(self._run_dir, self._keep_recent)
        except StorageError as error:  # it is saved; what is superfluous goes another time
            log.warning("old checkpoints stay for now: %s", error)
        return Written(info, bank, time.perf_counter() - started)


def _sync(file: Path) -> None:
    """Wait until all that was written to the file is on the disk.  Raises StorageError."""
    try:
        with file.open("ab", buffering=0) as handle:
            os.fsync(handle.fileno())
    except OSError as error:
        raise storage_error(error, file) from error

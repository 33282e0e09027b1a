"""Writing checkpoints beside the training, from a copy of the state at one moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from sda_desktop.errors import StorageError
from sda_desktop.training.checkpoint import CheckpointInfo, manage_checkpoints, save_checkpoint

log = logging.getLogger(__name__)

Tensors = Mapping[str, Mapping[str, Tensor]]


@dataclass(frozen=True, slots=True)
class Written:
    """A checkpoint that is complete on the disk."""

    info: CheckpointInfo
    seconds: float


class CheckpointWriter:
    """Writes one checkpoint at a time in a thread of its own, and tidies up after each."""

    def __init__(self, run_dir: Path, keep_recent: int) -> None:
        self._run_dir = run_dir
        self._keep_recent = keep_recent
        self._thread = ThreadPoolExecutor(1, "checkpoint writer")
        self._pending: Future[Written] | None = None

    def submit(self, tensors: Tensors, state: Mapping[str, Any], **description: Any) -> None:  # noqa: ANN401
        """Start writing a copy of all this.  `collect` must have emptied the writer before."""
        if self._pending is not None:
            raise RuntimeError("the previous checkpoint was not collected")
        copies = {
            group: {name: tensor.detach().to("cpu", copy=True) for name, tensor in named.items()}
            for group, named in tensors.items()
        }
        self._pending = self._thread.submit(self._write, copies, state, description)

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

    def _write(self, tensors: Tensors, state: Mapping[str, Any], description: dict[str, Any]) -> Written:
        started = time.perf_counter()
        info = save_checkpoint(self._run_dir, tensors, state, **description)
        try:
            manage_checkpoints(self._run_dir, self._keep_recent)
        except StorageError as error:  # it is saved; what is superfluous goes another time
            log.warning("old checkpoints stay for now: %s", error)
        return Written(info, time.perf_counter() - started)

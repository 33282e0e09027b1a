"""The next step's batch, made while the present step is computed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import torch
from torch import Tensor

from sda_desktop.training.dataset import Batch, CropSource
from sda_desktop.training.device import DevicePolicy


class _Made(NamedTuple):
    batch: Batch
    magnitudes: Tensor | None


class _Coming(NamedTuple):
    step: int
    batch_frames: int
    made: Future[_Made]


class BatchAhead:
    """Takes batches of a source in a thread of its own, one step ahead.

    Cutting and resampling the crops is a tenth of a step, most of it outside Python's lock, and so are their
    spectra, where the processor finds them.  A batch follows from its step alone, so what is trained on does
    not depend on when it was made.  A source that only queues work for a device is asked when the batch is
    due.
    """

    def __init__(
        self, source: CropSource, policy: DevicePolicy, analyse: Callable[[Tensor], Tensor] | None = None
    ) -> None:
        """policy: of the device that the batches are for.  analyse: finds the magnitudes of waves where they
        are; not for batches that another device works on.
        """
        self._source = source
        self._policy = policy
        self._analyse = analyse if policy.device.type == "cpu" else None
        self._executor = ThreadPoolExecutor(1, "batches", _prepare_thread)
        self._executor.submit(int).result()  # its initializer has run
        # It set the default of threads that are yet to come, too: back to this one's.
        torch.set_num_threads(torch.get_num_threads())
        self._coming: _Coming | None = None
        # Of the batch that was taken last, (B, T, W); None where its waves have yet to be analysed.
        self.magnitudes: Tensor | None = None

    def take(self, step: int, batch_frames: int) -> Batch:
        """The batch of a step; the one after it is begun.  Raises what making it raised."""
        self.magnitudes = None
        if not self._source.works_on_host:
            return self._source.batch(step, batch_frames)
        coming, self._coming = self._coming, None
        expected = coming is not None and (coming.step, coming.batch_frames) == (step, batch_frames)
        made = coming.made.result() if coming and expected else self._make(step, batch_frames)
        following = self._executor.submit(self._make, step + 1, batch_frames)
        self._coming = _Coming(step + 1, batch_frames, following)
        self.magnitudes = made.magnitudes
        return made.batch

    def _make(self, step: int, batch_frames: int) -> _Made:
        batch = self._source.batch(step, batch_frames)
        if self._analyse is None:
            return _Made(batch._replace(waves=self._policy.pinned(batch.waves)), None)
        with torch.no_grad():
            return _Made(batch, self._analyse(batch.waves))

    def close(self) -> None:
        """End the thread; nothing can be taken afterwards."""
        self._coming = None
        self._executor.shutdown(cancel_futures=True)


def _prepare_thread() -> None:
    torch.set_num_threads(1)  # the others are at work on the present step
    torch.set_flush_denormal(True)

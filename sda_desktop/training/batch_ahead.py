"""The next step's batch, made while the present step is computed."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from sda_desktop.training.dataset import Batch, CropSource
from sda_desktop.training.device import DevicePolicy


class _Coming(NamedTuple):
    step: int
    batch_frames: int
    batch: Future[Batch]


class BatchAhead:
    """Takes batches of a source in a thread of its own, one step ahead.

    Cutting and resampling the crops is a tenth of a step, most of it outside Python's lock.  A batch follows
    from its step alone, so what is trained on does not depend on when it was made.  A source that only queues
    work for a device is asked when the batch is due.
    """

    def __init__(self, source: CropSource, policy: DevicePolicy) -> None:
        """policy: of the device that the batches are for."""
        self._source = source
        self._policy = policy
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="batches")
        self._coming: _Coming | None = None

    def take(self, step: int, batch_frames: int) -> Batch:
        """The batch of a step; the one after it is begun.  Raises what making it raised."""
        if not self._source.works_on_host:
            return self._source.batch(step, batch_frames)
        coming, self._coming = self._coming, None
        expected = coming is not None and (coming.step, coming.batch_frames) == (step, batch_frames)
        batch = coming.batch.result() if coming and expected else self._made(step, batch_frames)
        following = self._executor.submit(self._made, step + 1, batch_frames)
        self._coming = _Coming(step + 1, batch_frames, following)
        return batch

    def _made(self, step: int, batch_frames: int) -> Batch:
        batch = self._source.batch(step, batch_frames)
        return batch._replace(waves=self._policy.pinned(batch.waves))

    def close(self) -> None:
        """End the thread; nothing can be taken afterwards."""
        self._coming = None
        self._executor.shutdown(cancel_futures=True)

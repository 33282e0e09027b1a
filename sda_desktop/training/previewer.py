"""Making previews beside the training, from a copy of the averaged weights at one moment."""

from __future__ import annotations

import copy
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from sda_desktop.models.vae import ConvVAE
from sda_desktop.training.codec import SoundCodec
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.dataset import AudioTrainingDataset
from sda_desktop.training.metrics import PreviewEvent
from sda_desktop.training.preview import PreviewPlan, generate_preview, measure_bank
from sda_desktop.training.sound_bank import SoundBank

# The loop has the run's threads; with more than one here, two pools would fight for the same cores.
THREADS = 1
# On Linux a thread may step back behind the others: beside one of equal rank a training step took twice as
# long on two busy cores, beside this one hardly longer.
NICENESS = 10


@dataclass(frozen=True, slots=True)
class MadePreview:
    """The previews of an epoch are complete on the disk."""

    epoch: int
    global_step: int
    bank: SoundBank  # of the weights they were made from
    seconds: float  # of the processor: what it would have taken with nothing beside it


class Previewer:
    """Makes the previews of one epoch at a time, in a thread of its own.

    All methods are called by one thread, the loop's, and the events come out there, in their order.
    """

    def __init__(
        self,
        average: ConvVAE,
        dataset: AudioTrainingDataset,
        plan: PreviewPlan,
        config: TrainingConfig,
        previews_dir: Path,
    ) -> None:
        """average: the network whose weights are copied at each start."""
        self._average = average
        self._dataset = dataset
        self._plan = plan
        self._config = config
        self._previews_dir = previews_dir
        self._cancel = threading.Event()
        self._copied = threading.Event()
        self._weights: Mapping[str, Tensor] = {}
        self._made: deque[PreviewEvent] = deque()
        self._job: Future[MadePreview] | None = None
        self._thread = ThreadPoolExecutor(1, "previews", step_back)
        self._thread.submit(int).result()  # its initializer has run
        # It set the default of threads that are yet to come, too: back to this one's.
        torch.set_num_threads(torch.get_num_threads())

    @property
    def is_busy(self) -> bool:
        """Whether something was started whose result was not taken yet."""
        return self._job is not None

    @property
    def weights(self) -> Mapping[str, Tensor]:
        """What the previews are made from: a copy that nobody changes any more."""
        self._copied.wait()
        return self._weights

    def start(
        self, epoch: int, global_step: int, weights: Mapping[str, Tensor] | None = None
    ) -> threading.Event:
        """Begin the previews of an epoch; `result` must have taken the last.

        weights: of an earlier moment; None takes those of the averaged network, which must stay as they are
        until the event that is returned is set.
        """
        if self._job is not None:
            raise RuntimeError("the previous previews were not taken")
        self._cancel.clear()
        self._copied = threading.Event()
        self._job = self._thread.submit(self._make, epoch, global_step, weights)
        return self._copied

    def events(self) -> list[PreviewEvent]:
        """What was made since the last call."""
        # Only this thread takes out, so what is counted here is there.
        return [self._made.popleft() for _ in range(len(self._made))]

    def is_done(self, wait_s: float = 0.0) -> bool:
        """Whether what was started has ended, one way or another; waits for that at most so long."""
        return self._job is not None and bool(wait([self._job], wait_s).done)

    def result(self) -> MadePreview:
        """Wait for the end of what was started.  Raises StorageError, Cancelled; then it may be started anew.

        Take the `events` afterwards: all of them are there.
        """
        assert self._job is not None
        job, self._job = self._job, None
        return job.result()

    def cancel(self) -> None:
        """Give up what is being made, within a part of a sound; `result` then raises Cancelled."""
        self._cancel.set()

    def close(self) -> None:
        """Give up, and end the thread."""
        self.cancel()
        self._thread.shutdown(wait=True)

    def _make(self, epoch: int, global_step: int, weights: Mapping[str, Tensor] | None) -> MadePreview:
        started = time.thread_time()
        try:
            model = with_weights(self._average, weights)
            self._weights = model.state_dict()
        finally:
            self._copied.set()
        codec = SoundCodec(model, self._dataset.spectrogram)
        bank: SoundBank | None = None

        def measured() -> SoundBank:
            nonlocal bank
            bank = measure_bank(codec, self._dataset, self._plan, self._cancel)
            return bank

        previews = generate_preview(
            codec,
            self._dataset,
            self._plan,
            measured,
            self._config,
            self._previews_dir,
            epoch,
            self._cancel,
        )
        for event in previews:
            self._made.append(event)
        return MadePreview(epoch, global_step, bank or measured(), time.thread_time() - started)


def step_back() -> None:
    """For a thread that works beside others: one thread of torch, and a lower priority where that can be."""
    torch.set_num_threads(THREADS)
    if sys.platform.startswith("linux"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


def with_weights(model: ConvVAE, weights: Mapping[str, Tensor] | None) -> ConvVAE:
    """A copy of the model, with other weights if they are given."""
    made = copy.deepcopy(model)
    if weights is not None:
        made.load_state_dict(dict(weights))
    return made

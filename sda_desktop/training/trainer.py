"""The training loop of one run in this process.

A Trainer is handed everything it needs ready-made (session.py does that) and goes on from wherever its
state says: in the middle of an epoch, or with part of an epoch's end still to do.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, cast

import torch
from torch import Tensor

from sda_desktop.errors import Cancelled, SdaError, StorageError
from sda_desktop.training.checkpoint import CheckpointInfo, best_checkpoint
from sda_desktop.training.codec import SoundCodec
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.dataset import CROP_FRAMES, AudioTrainingDataset
from sda_desktop.training.evaluate import epoch_metrics, prepare_batch, validate_epoch
from sda_desktop.training.learner import Learner, OutOfMemory, StepResult, train_epoch
from sda_desktop.training.metrics import (
    CheckpointEvent,
    Event,
    EventSink,
    HealthWarning,
    PreviewEvent,
    Reason,
    TrainingComplete,
)
from sda_desktop.training.optimizer import optimizer_tensors
from sda_desktop.training.pace import Pace
from sda_desktop.training.preview import PreviewPlan, measure_bank
from sda_desktop.training.previewer import Previewer, with_weights
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.schedule import Schedule
from sda_desktop.training.sound_bank import SoundBank
from sda_desktop.training.sources import SourceWatch
from sda_desktop.training.state import RunControl, TrainerState
from sda_desktop.training.telling import StepTeller, Untold
from sda_desktop.training.warning_texts import health_warning
from sda_desktop.training.writer import CheckpointWriter, Written
from sda_desktop.words import say

log = logging.getLogger(__name__)

# A time-limited run chooses its number of steps anew after these steps, and after every epoch.
REPLAN_STEPS = frozenset({8, 16, 32, 64, 128})
# The weights that unfinished previews are made from, as a group of tensors in a checkpoint.
PREVIEW_GROUP = "preview"
EARLIER = -1  # the step of weights that are not the present ones
# A bank belongs to the weights it was measured with; those of so many steps later still understand it.
BANK_LASTS_STEPS = 250
_STOP_LOOK_S = 0.02  # how often a stop is looked for while the last previews are waited for


@dataclass
class Trainer:
    """Trains `model` on `dataset`, saying by events what happens."""

    config: TrainingConfig
    run: RunFolder
    dataset: AudioTrainingDataset
    learner: Learner
    state: TrainerState
    previews: PreviewPlan
    fixed_state: dict[str, Any]  # what every checkpoint also holds: config, sizes, versions
    on_event: EventSink
    control: RunControl

    def __post_init__(self) -> None:
        self.train_batches, self.validation_batches = (
            [
                prepare_batch(self.learner.average, batch, self.learner.spectrogram)
                for batch in self.dataset.evaluation_batches(validation=validation)
            ]
            for validation in (False, True)
        )
        self.pace = Pace(self.config, self._evaluated_seconds(), self._preview_seconds())
        self.writer = CheckpointWriter(self.run.path, self.config.keep_checkpoints, self._measure_bank)
        self.previewer = Previewer(
            self.learner.average, self.dataset, self.previews, self.config, self.run.previews_dir
        )
        self.bank: SoundBank | None = None
        self._bank_step = EARLIER
        self._unrecorded: list[PreviewEvent] = []
        self.teller = StepTeller(self.announce, lambda: self.state.health)
        self._session_steps = 0
        self._step_seconds = 0.0
        self._last_clock = time.perf_counter()
        self._last_save = time.perf_counter()
        self.watch = SourceWatch(sound.path for sound in self.dataset.sounds)

    @property
    def schedule(self) -> Schedule:
        """The schedule as it stands; a time-limited run refines it."""
        return self.state.schedule

    # The run ----------------------------------------------------------------------------------------

    def run_to_end(self) -> TrainingComplete:
        """Train until the last step or until stopped; either way the last state is saved."""
        try:
            while True:
                if self.state.pending:
                    self._finish_epoch()
                if self.state.global_step >= self.schedule.total_steps:
                    break
                self._train_epoch()
            self._await_previews()
        except Cancelled:
            self._abandon_previews()
            return self._complete("cancelled", self._save_now("stop"))
        else:
            return self._complete("finished", self._save_now("final"))
        finally:
            self.previewer.close()
            self.writer.close()
            self.learner.close()

    def announce(self, event: Event) -> None:
        """Keep the event with the run, and hand it on.  A full disk loses the record, not the training."""
        self._record(event)
        self.on_event(event)

    def _record(self, event: Event) -> None:
        try:
            self.run.append_event(event)
        except StorageError as error:
            log.warning("event not recorded: %s", error)

    def _complete(self, status: Literal["finished", "cancelled"], saved: CheckpointInfo) -> TrainingComplete:
        best = best_checkpoint(self.run.path)
        return TrainingComplete(
            status,
            str(self.run.path),
            saved.epoch,
            self.state.global_step,
            str(saved.path),
            None if best is None else str(best.path),
            self.state.health.best_epoch,
            self.state.elapsed_s,
            self._session_steps / self._step_seconds if self._step_seconds else 0.0,
            self.state.health.skipped_steps,
        )

    def _warn(self, kind: Any, message: str) -> None:  # noqa: ANN401 - a literal of HealthWarning
        step = self.state.global_step
        self.announce(HealthWarning(kind, message, self._epoch_done(), step))

    def _tick(self) -> float:
        """Seconds since the last tick, counted as time of the run."""
        now = time.perf_counter()
        seconds, self._last_clock = now - self._last_clock, now
        self.state.elapsed_s += seconds
        return seconds

    # An epoch ---------------------------------------------------------------------------------------

    def _train_epoch(self) -> None:
        """The steps from here to the end of the epoch.  Raises Cancelled between two steps."""
        epoch = self.schedule.epoch_of(self.state.global_step)
        self._before_step()
        while True:
            try:
                train_epoch(self.learner, self.state, lambda result: self._after_step(epoch, result))
                break
            except OutOfMemory as error:
                self._halve_batch(error)
        if self.state.global_step < self.schedule.total_steps:
            self._replan()

    def _before_step(self) -> None:
        if self.control.stop.is_set():
            raise Cancelled
        self._collect(wait=False)
        self._collect_previews(wait=False)
        self._tick()

    def _after_step(self, epoch: int, result: StepResult) -> bool:
        """Tell of the step; whether the epoch is over with it."""
        done = self.state.global_step
        seconds = self._tick()
        self.pace.add("step", seconds)
        self._session_steps += 1
        self._step_seconds += seconds
        if done in REPLAN_STEPS:
            self._replan()
        is_over = done % self.schedule.steps_per_epoch == 0 or done >= self.schedule.total_steps
        if is_over:  # before the time left is told
            self.state.pending = ["validate", "preview"] if self._preview_due(epoch) else ["validate"]
        self.teller.add(
            Untold(
                result,
                epoch,
                done - (epoch - 1) * self.schedule.steps_per_epoch,
                self.schedule.steps_in_epoch(epoch),
                done,
                seconds,
                self._seconds_left() if self.pace.is_ready else None,
            ),
            wait=is_over,
        )
        if is_over:
            return True
        self._save_if_due()
        self._before_step()
        return False

    def _halve_batch(self, error: OutOfMemory) -> None:
        half = self.state.batch_frames // 2
        if half < CROP_FRAMES[0]:
            raise SdaError(
                say("There is not enough memory for even the smallest batch."),
                say("Close other programs, or train with a smaller width or on the processor."),
                str(error),
            ) from error
        self.state.batch_frames = half
        if self.learner.device.type == "cuda":
            torch.cuda.empty_cache()
        self.announce(health_warning("out_of_memory", self._epoch_done(), self.state.global_step, half=half))

    # The end of an epoch ----------------------------------------------------------------------------

    def _epoch_done(self) -> int:
        """The epoch that the last step belonged to; 0 before the first."""
        return self.schedule.epoch_of(self.state.global_step - 1) if self.state.global_step else 0

    def _preview_due(self, epoch: int) -> bool:
        is_last = self.state.global_step >= self.schedule.total_steps
        return epoch == 1 or epoch % self.config.preview_every_epochs == 0 or is_last

    def _finish_epoch(self) -> None:
        """Do what is pending of the epoch's end.  Raises Cancelled; what was not done stays pending."""
        epoch = self._epoch_done()
        if "validate" in self.state.pending:
            for path, what in self.watch.changes():
                self._warn(
                    "file_changed",
                    say("{name} {what}. Training goes on with it as it was.", name=path.name, what=what),
                )
            self._validate(epoch)
        if "preview" in self.state.pending:
            self._await_previews()  # where they take longer than the epochs between them
            self.begin_previews(epoch)
            self.state.pending.remove("preview")

    def _validate(self, epoch: int) -> None:
        self._tick()
        learner, stop = self.learner, self.control.stop
        train, validation = (
            validate_epoch(learner.average, batches, learner.kl_weights, stop)
            for batches in (self.train_batches, self.validation_batches)
        )
        self.pace.add("validation", self._tick())
        self.state.pending.remove("validate")
        metrics = epoch_metrics(
            epoch,
            self.state,
            train,
            validation,
            self._seconds_left(),
            learner.device,
            by_time=self.dataset.split.by_time,
        )
        self.state.last_evaluation = {
            "validation_recon": validation.recon_loss,
            "train_recon": train.recon_loss,
            "score": metrics.score,
        }
        self.announce(metrics)
        for warning in self.state.health.after_epoch(metrics):
            self.announce(warning)
        is_last = self.state.global_step >= self.schedule.total_steps
        if metrics.is_best:
            self._save_beside("best")
        elif epoch % self.config.checkpoint_every_epochs == 0 and not is_last:
            self._save_beside("interval")

    # Previews, beside the loop ----------------------------------------------------------------------

    def begin_previews(self, epoch: int, weights: Mapping[str, Tensor] | None = None) -> None:
        """Have the previews of an epoch made, with the averaged weights as they are, or with those given.

        Until they are complete every checkpoint holds their weights, so that a resumed run makes the same.
        """
        step = self.state.global_step if weights is None else EARLIER
        self.learner.hold_until(self.previewer.start(epoch, step, weights))
        self.state.previewing = epoch

    def _collect_previews(self, *, wait: bool) -> None:
        """Tell of the previews that were made; if they could not be written, training goes on."""
        if not self.previewer.is_busy:
            return
        is_done = wait or self.previewer.is_done()
        try:
            made = self.previewer.result() if is_done else None
        except StorageError as error:
            epoch = self.state.previewing
            self._warn(
                "preview_failed",
                say("The previews of epoch {epoch} could not be written. {error}", epoch=epoch, error=error),
            )
        else:
            if made is not None:
                self.bank, self._bank_step = made.bank, made.global_step
                self.pace.add("preview", made.seconds)
        for event in self.previewer.events():
            self._unrecorded.append(event)
            self.on_event(event)
        if is_done:
            self.state.previewing = 0
            # Recorded only when complete: what is cut off is made again, and would stand there twice.
            for event in self._unrecorded:
                self._record(event)
            self._unrecorded.clear()

    def _await_previews(self) -> None:
        """Wait for the previews that are being made.  Raises Cancelled."""
        while self.previewer.is_busy and not self.previewer.is_done(_STOP_LOOK_S):
            if self.control.stop.is_set():
                raise Cancelled
            self._collect_previews(wait=False)
        self._collect_previews(wait=True)

    def _abandon_previews(self) -> None:
        """The run stops: what is not complete stays to be made when it goes on."""
        self.previewer.cancel()
        with suppress(Cancelled):
            self._collect_previews(wait=True)

    def _measure_bank(self, weights: Mapping[str, Tensor]) -> SoundBank:
        """The corpus in the global latent space; every checkpoint holds it, so that it can invent."""
        codec = SoundCodec(with_weights(self.learner.average, weights), self.dataset.spectrogram)
        return measure_bank(codec, self.dataset, self.previews)

    # Time -------------------------------------------------------------------------------------------

    def _evaluated_seconds(self) -> float:
        batches = self.train_batches + self.validation_batches
        return sum(len(b.target) * b.target.shape[1] for b in batches) / self.dataset.batch_frames

    def _preview_seconds(self) -> float:
        return self.previews.sound_seconds(self.dataset, self.config)

    def _seconds_left(self) -> float:
        return self.pace.seconds_left(self.schedule, self.state.global_step, self.state.pending)

    def _replan(self) -> None:
        """Fit the number of steps of a time-limited run to its measured speed."""
        left = self.config.time_limit_s - self.state.elapsed_s
        step = self.state.global_step
        if self.config.time_limit_s and self.pace.has_measured:
            steps = self.pace.steps_within(left, self.schedule, step, self.state.pending)
            self.state.schedule = self.schedule.replanned(steps, step)

    # Saving -----------------------------------------------------------------------------------------

    def _save_if_due(self) -> None:
        if self.control.save_requested.is_set():
            self.control.save_requested.clear()
            self._save_beside("manual")
        elif time.perf_counter() - self._last_save > 60 * self.config.checkpoint_every_minutes:
            self._save_beside("interval")

    def _save_beside(self, reason: Reason) -> None:
        """Save this very moment while training goes on."""
        self._collect(wait=True)
        try:
            self._submit(reason)
        except StorageError as error:
            self._last_save = time.perf_counter()
            self._warn_unsaved(error)

    def _warn_unsaved(self, error: StorageError) -> None:
        self._warn(
            "disk_space", say("The checkpoint could not be saved. {error} Training goes on.", error=error)
        )

    def _collect(self, *, wait: bool) -> None:
        """Tell of the checkpoint that was being written; if it failed, earlier ones are still there."""
        try:
            written = self.writer.collect(wait=wait)
        except StorageError as error:
            self._warn_unsaved(error)
        else:
            if written is not None:
                self._announce_checkpoint(written)

    def _save_now(self, reason: Reason) -> CheckpointInfo:
        """Save this very moment and wait for it.  Raises StorageError."""
        self._collect(wait=True)
        self._submit(reason)
        written = self.writer.collect(wait=True)
        assert written is not None  # it was just submitted
        self._announce_checkpoint(written)
        return written.info

    def _submit(self, reason: Reason) -> None:
        self.teller.tell(wait=True)  # their health is part of the state
        self._tick()
        state, learner, evaluation = self.state, self.learner, self.state.last_evaluation
        tensors: dict[str, Mapping[str, Tensor]] = {
            "model": learner.model.state_dict(),
            "average": learner.average.state_dict(),
            "optimizer": optimizer_tensors(learner.model, learner.optimizer),
        }
        if state.previewing:
            tensors[PREVIEW_GROUP] = self.previewer.weights
        # The last previews' will do for a while, but not for a model that is taken away.
        lasts = 0 if reason in ("stop", "final", "manual") else BANK_LASTS_STEPS
        is_stale = self._bank_step == EARLIER or state.global_step - self._bank_step > lasts
        copied = self.writer.submit(
            tensors,
            None if is_stale else self.bank,
            {
                **self.fixed_state,
                "trainer": state.to_dict(),
                "metrics_position": self.run.metrics_position(),
            },
            reason=reason,
            epoch=self._epoch_done(),
            global_step=state.global_step,
            score=evaluation.get("score"),
            validation_recon=evaluation.get("validation_recon"),
            train_recon=evaluation.get("train_recon"),
        )
        learner.hold_until(copied)
        self._last_save = time.perf_counter()
        self.pace.add("checkpoint", self._tick())

    def _announce_checkpoint(self, written: Written) -> None:
        info = written.info
        if written.bank is not self.bank and info.global_step > self._bank_step:
            self.bank, self._bank_step = written.bank, info.global_step
        place = (str(info.path), cast(Reason, info.reason), info.epoch, info.global_step)
        self.announce(CheckpointEvent(*place, info.score, info.size_bytes, written.seconds))

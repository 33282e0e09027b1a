"""Numbers that are not finite, memory and disks that run out, files that change."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from training_runs import Recorder, run_resumed, run_training

from sda_desktop.errors import DivergedError, SdaError, StorageError
from sda_desktop.models.losses import VAELoss
from sda_desktop.training import writer as writer_module
from sda_desktop.training.checkpoint import latest_checkpoint, load_checkpoint, save_checkpoint
from sda_desktop.training.health import HealthMonitor
from sda_desktop.training.learner import Learner, StepResult
from sda_desktop.training.metrics import EpochMetrics, HealthWarning, StepMetrics
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.state import TrainerState

real_loss = Learner._loss


def spoil(monkeypatch: pytest.MonkeyPatch, bad_calls: range) -> None:
    """Make the loss of some steps NaN, as one bad sample in a batch would."""
    calls = iter(range(10**6))

    def loss(self: Learner, *arguments: Any) -> VAELoss:  # noqa: ANN401 - passed through
        made = real_loss(self, *arguments)
        if next(calls) not in bad_calls:
            return made
        return made._replace(total=made.total * math.nan)

    monkeypatch.setattr(Learner, "_loss", loss)


def test_a_step_that_is_not_finite_changes_nothing(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, range(5, 6))
    before_and_after: list[list[dict[str, torch.Tensor]]] = []
    real_step = Learner.step

    def watched(self: Learner, state: TrainerState) -> StepResult:
        def snapshot() -> list[dict[str, torch.Tensor]]:
            optimizer = {str(i): s["exp_avg"].clone() for i, s in enumerate(self.optimizer.state.values())}
            weights = [{k: v.clone() for k, v in m.state_dict().items()} for m in (self.model, self.average)]
            return [*weights, optimizer]

        spoiled = state.global_step == 5
        before = snapshot() if spoiled else []
        result = real_step(self, state)
        if spoiled:
            before_and_after.extend((before, snapshot()))
        return result

    monkeypatch.setattr(Learner, "step", watched)
    recorder = Recorder()
    complete = run_training(small_corpus, tmp_path / "run", recorder)
    assert (complete.status, complete.skipped_steps) == ("finished", 1)
    assert [w.kind for w in recorder.of(HealthWarning)].count("non_finite") == 1
    before, after = before_and_after
    for one, other in zip(before, after, strict=True):
        assert all(torch.equal(one[name], other[name]) for name in one)
    assert math.isfinite(recorder.of(StepMetrics)[-1].train_loss)


def test_twenty_in_a_row_stop_the_run_with_its_last_good_checkpoint(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, range(20, 10**6))
    recorder = Recorder()
    with pytest.raises(DivergedError, match="20 steps in a row"):
        run_training(small_corpus, tmp_path / "run", recorder, epochs=4)
    newest = latest_checkpoint(tmp_path / "run")
    assert newest is not None
    assert newest.global_step == 20
    weights = load_checkpoint(newest.path).tensors
    assert all(torch.isfinite(t).all() for group in weights.values() for t in group.values())
    assert RunFolder.open(tmp_path / "run").manifest["status"] == "failed"


def test_the_skipped_steps_are_remembered_across_a_resume(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, range(2, 4))
    stop = Recorder(stop_at=lambda e: isinstance(e, StepMetrics) and e.global_step == 10)
    run_training(small_corpus, tmp_path / "run", stop)
    assert run_resumed(tmp_path / "run", Recorder()).skipped_steps == 2


def test_running_out_of_memory_halves_the_batch(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loss(self: Learner, batch: Any, *rest: Any) -> VAELoss:  # noqa: ANN401 - passed through
        if batch.waves.shape[0] * batch.waves.shape[2] > 90_000:
            raise torch.OutOfMemoryError("out of memory")
        return real_loss(self, batch, *rest)

    monkeypatch.setattr(Learner, "_loss", loss)
    recorder = Recorder()
    complete = run_training(small_corpus, tmp_path / "run", recorder, batch_frames=704, epochs=1)
    assert complete.status == "finished"
    warnings = [w for w in recorder.of(HealthWarning) if w.kind == "out_of_memory"]
    assert [w.message.split()[-2] for w in warnings] == ["352", "176"]
    assert load_checkpoint(Path(str(complete.checkpoint)), only=()).state["trainer"]["batch_frames"] == 176


def test_too_little_memory_for_any_batch_is_a_sentence(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loss(*_: Any) -> VAELoss:  # noqa: ANN401 - passed through
        raise RuntimeError("CUDA out of memory")

    monkeypatch.setattr(Learner, "_loss", loss)
    with pytest.raises(SdaError, match="not enough memory"):
        run_training(small_corpus, tmp_path / "run", Recorder())


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Checkpoints cannot be written while the list holds True."""
    full = [True]
    real = save_checkpoint

    def save(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - passed through
        if full[0]:
            raise StorageError("The disk is full.", "Make room.")
        return real(*arguments, **named)

    monkeypatch.setattr(writer_module, "save_checkpoint", save)
    return full


def test_a_full_disk_while_training_is_a_warning(
    small_corpus: Path, tmp_path: Path, full_disk: list[bool]
) -> None:
    def free_later(event: object) -> bool:
        if isinstance(event, StepMetrics) and event.global_step == 39:
            full_disk[0] = False
        return False

    recorder = Recorder(stop_at=free_later)
    complete = run_training(small_corpus, tmp_path / "run", recorder)
    assert complete.status == "finished"
    assert "disk_space" in {w.kind for w in recorder.of(HealthWarning)}
    assert load_checkpoint(Path(str(complete.checkpoint))).info.global_step == 40


def test_a_full_disk_at_the_end_is_never_reported_as_success(
    small_corpus: Path, tmp_path: Path, full_disk: list[bool]
) -> None:
    assert full_disk == [True]
    with pytest.raises(StorageError, match="disk is full"):
        run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)


def test_a_sound_that_vanishes_is_reported_once(small_corpus: Path, tmp_path: Path) -> None:
    def remove(event: object) -> bool:
        if isinstance(event, StepMetrics) and event.global_step == 5:
            (small_corpus / "tabla_na.flac").unlink()
            (small_corpus / "bd_fat.flac").write_bytes(b"overwritten")
        return False

    recorder = Recorder(stop_at=remove)
    assert run_training(small_corpus, tmp_path / "run", recorder, epochs=3).status == "finished"
    messages = sorted(w.message for w in recorder.of(HealthWarning) if w.kind == "file_changed")
    assert [m.split(".")[0] for m in messages] == ["bd_fat", "tabla_na"]
    assert "has changed" in messages[0]
    assert "is gone" in messages[1]


def epoch(number: int, gap: float, nats: float = 100.0) -> EpochMetrics:
    return EpochMetrics(
        number, 9, 20 * number, 180, 1, 1, 0, 1, 1 + gap, 0, nats, 1, 60, 64, gap, 1, False, 1e-3, 1, 1, 1, 0
    )


def test_each_overfitting_episode_is_told_once() -> None:
    monitor = HealthMonitor()
    gaps = (0.1, 0.25, 0.3, 0.1, 0.21, 0.5)
    told = [[w.kind for w in monitor.after_epoch(epoch(i, gap))] for i, gap in enumerate(gaps, 1)]
    assert told == [[], ["overfitting"], [], [], ["overfitting"], []]


def test_a_collapse_is_told_once() -> None:
    monitor = HealthMonitor()
    told = [
        [w.kind for w in monitor.after_epoch(epoch(i, 0.0, nats))] for i, nats in enumerate((5, 0.4, 0.3, 2))
    ]
    assert told == [[], ["posterior_collapse"], [], []]


def test_the_monitor_survives_a_checkpoint() -> None:
    fresh = HealthMonitor()
    assert HealthMonitor.from_dict(fresh.to_dict()) == fresh
    fresh.is_best(0.5, 3)
    used = replace(fresh, overfitting=True, skipped_steps=2)
    assert HealthMonitor.from_dict(used.to_dict()) == used

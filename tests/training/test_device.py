"""Steps as a graphics card wants them: nothing is read in between, and the result is the same."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor
from training_runs import Recorder, run_training, tiny_config

from sda_desktop.models.losses import VAELoss
from sda_desktop.training.device import DevicePolicy, Reading, use_mixed_precision
from sda_desktop.training.learner import Learner
from sda_desktop.training.metrics import HealthWarning, StepMetrics
from sda_desktop.training.run_folder import RunFolder
from sda_desktop.training.session import prepare
from sda_desktop.training.sources import Session, scan_sources
from sda_desktop.training.state import RunControl
from sda_desktop.training.telling import MOST_UNTOLD
from sda_desktop.training.trainer import Trainer

CPU = torch.device("cpu")
READS = ("item", "tolist", "cpu", "numpy", "__float__", "__bool__", "__int__", "__index__")


@pytest.fixture
def trainer(small_corpus: Path, tmp_path: Path) -> Any:  # noqa: ANN401 - a generator of a Trainer
    session = Session(lambda event: None, RunControl())
    run = RunFolder.create(tmp_path / "run", name="run", manifest={"sources": []})
    made, _ = prepare(scan_sources([small_corpus], session), tiny_config(), run, session)
    yield made
    for part in (made.previewer, made.writer, made.learner, run):
        part.close()


def with_policy(trainer: Trainer, policy: DevicePolicy) -> Learner:
    """The trainer's learner, doing steps in another way."""
    trainer.learner.policy = policy
    return trainer.learner


def steps(trainer: Trainer, count: int) -> list[list[float]]:
    trainer.learner.model.train()
    figures = []
    for _ in range(count):
        figures.append(trainer.learner.step(trainer.state).reading.numbers())
        trainer.state.global_step += 1
    return figures


def test_a_step_on_a_card_reads_nothing(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    with_policy(trainer, DevicePolicy(CPU, defers=True))
    steps(trainer, 1)  # what is made once may be read once
    reads: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(Tensor, name)

        def read(self: Tensor, *arguments: Any) -> Any:  # noqa: ANN401 - passed through
            reads.append(name)
            return real(self, *arguments)

        return read

    for name in READS:
        monkeypatch.setattr(Tensor, name, counted(name))
    result = trainer.learner.step(trainer.state)
    assert reads == []
    result.reading.numbers()
    assert reads == ["tolist"]


def test_both_ways_of_doing_a_step_learn_the_same(small_corpus: Path, tmp_path: Path) -> None:
    told: list[list[StepMetrics]] = []
    for name in ("here", "as on a card"):
        recorder = Recorder()
        with pytest.MonkeyPatch.context() as patch:
            if name != "here":
                patch.setattr(DevicePolicy, "of", lambda device: DevicePolicy(device, defers=True))
            run_training(small_corpus, tmp_path / name, recorder, epochs=1)
        told.append(recorder.of(StepMetrics))
    for here, there in zip(*told, strict=True):
        assert here.train_loss == pytest.approx(there.train_loss, rel=1e-3)
        assert here.gradient_norm == pytest.approx(there.gradient_norm, rel=1e-2)


def test_what_is_not_finite_changes_nothing_without_being_looked_at(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = with_policy(trainer, DevicePolicy(CPU, defers=True))
    steps(trainer, 3)
    real = Learner._loss

    def spoiled(self: Learner, *arguments: Any) -> VAELoss:  # noqa: ANN401 - passed through
        made = real(self, *arguments)
        return made._replace(total=made.total * math.nan)

    def everything() -> list[Tensor]:
        moments = [value for state in learner.optimizer.state.values() for value in state.values()]
        return [t.clone() for t in (*learner.model.parameters(), *learner.average.parameters(), *moments)]

    before = everything()
    monkeypatch.setattr(Learner, "_loss", spoiled)
    (figures,) = steps(trainer, 1)
    assert figures[-1] == 0.0
    assert all(torch.equal(one, other) for one, other in zip(before, everything(), strict=True))


def test_figures_that_come_late_are_told_in_order(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "is_ready", property(lambda self: False))
    recorder = Recorder(stop_at=lambda e: isinstance(e, StepMetrics) and e.global_step == 24)
    complete = run_training(small_corpus, tmp_path / "run", recorder)
    done = recorder.of(StepMetrics)
    assert complete.global_step == min(40, 24 + MOST_UNTOLD)
    assert [s.global_step for s in done] == list(range(1, complete.global_step + 1))
    assert not recorder.of(HealthWarning)


def test_mixed_precision_stays_inside_the_networks(trainer: Trainer) -> None:
    learner = trainer.learner
    batch = trainer.dataset.batch(0)
    target = learner.spectrogram(batch.waves)[:, 0]
    times = learner.model.times(batch.start_s, batch.duration_s, target.shape[1] // 8)
    exact = learner.model(target, times, sample=False)
    networks = (learner.model.encoder, learner.model.prior_network, learner.model.decoder)
    use_mixed_precision(networks, CPU)
    seen: list[torch.dtype] = []
    learner.model.decoder.shape_head.register_forward_hook(lambda m, i, o: seen.append(o.dtype))
    mixed = learner.model(target, times, sample=False)
    assert seen == [torch.bfloat16]
    for one, other in zip((*exact.posterior, *exact.prior), (*mixed.posterior, *mixed.prior), strict=True):
        assert other.dtype == torch.float32
        torch.testing.assert_close(other, one, rtol=0.05, atol=0.05)
    # The measured levels do not pass through a network.
    bands = learner.model.config.level_bands
    assert torch.equal(exact.posterior.local_mean[..., -bands:], mixed.posterior.local_mean[..., -bands:])

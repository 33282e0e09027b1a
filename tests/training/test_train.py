"""A whole small run on real sounds: events, files, and what is refused."""

from __future__ import annotations

import json
import math
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
import torch
from training_runs import Recorder, run_resumed, run_training, tiny_config

from sda_desktop.audio.io import read_audio, write_wav
from sda_desktop.errors import BadInputError, ConfigError, RunLockedError
from sda_desktop.generation import TrainedModel
from sda_desktop.training import trainer
from sda_desktop.training.checkpoint import list_checkpoints, load_checkpoint
from sda_desktop.training.loop import train
from sda_desktop.training.metrics import (
    CheckpointEvent,
    EpochMetrics,
    HealthWarning,
    MetricsHistory,
    PreparationProgress,
    PreviewEvent,
    RunStarted,
    StepMetrics,
    TrainingComplete,
)
from sda_desktop.training.run_folder import RunFolder


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, sonic_pi_sounds: Path) -> tuple[Path, Recorder]:
    """One finished run of six epochs on eight real sounds, shared by the tests that only look at it."""
    place = tmp_path_factory.mktemp("finished run é")
    recorder = Recorder()
    names = (
        "bd_fat",
        "drum_cowbell",
        "elec_blip",
        "elec_ping",
        "elec_plip",
        "elec_twip",
        "tabla_na",
        "perc_till",
    )
    train(
        [sonic_pi_sounds / f"{name}.flac" for name in names],
        tiny_config(epochs=6, preview_every_epochs=3, checkpoint_every_epochs=2),
        run_dir=place / "run",
        explicit=frozenset(tiny_config().to_dict()),
        on_event=recorder,
        control=recorder.control,
    )
    return place / "run", recorder


def test_every_step_is_told(finished: tuple[Path, Recorder]) -> None:
    _, recorder = finished
    (started,) = recorder.of(RunStarted)
    steps = recorder.of(StepMetrics)
    assert started.steps_per_epoch == 20  # the least
    assert [s.global_step for s in steps] == list(range(1, started.total_steps + 1))
    assert [(s.epoch, s.step) for s in steps] == [(e, i) for e in range(1, 7) for i in range(1, 21)]
    assert all(math.isfinite(s.train_loss) and s.gradient_norm > 0 and s.step_seconds > 0 for s in steps)
    assert all(s.train_loss == pytest.approx(s.recon_loss + s.kl_loss, rel=1e-4) for s in steps)


def test_the_model_learns(finished: tuple[Path, Recorder]) -> None:
    epochs = finished[1].of(EpochMetrics)
    assert epochs[-1].validation_recon_loss < 0.8 * epochs[0].validation_recon_loss
    assert epochs[-1].train_recon_loss < 0.8 * epochs[0].train_recon_loss


def test_the_kl_weight_is_annealed_and_the_latents_are_used(finished: tuple[Path, Recorder]) -> None:
    steps, epochs = finished[1].of(StepMetrics), finished[1].of(EpochMetrics)
    weights = [s.kl_weight for s in steps]
    assert weights[0] == 0.0
    assert weights == sorted(weights)
    assert weights[-1] == 1.0
    # No blow-up at the start, no collapse at the end.
    assert max(e.kl_divergence_nats for e in epochs) < 1e4
    assert all(e.kl_divergence_nats > 0.5 for e in epochs)
    assert epochs[-1].active_dimensions > 0


def test_every_epoch_is_measured(finished: tuple[Path, Recorder]) -> None:
    epochs = finished[1].of(EpochMetrics)
    assert [e.epoch for e in epochs] == [1, 2, 3, 4, 5, 6]
    for e in epochs:
        gap = (e.validation_recon_loss - e.train_recon_loss) / e.train_recon_loss
        assert e.overfitting_gap == pytest.approx(gap)
        assert e.validation_loss == pytest.approx(e.validation_recon_loss + e.validation_kl_loss)
        assert e.memory_bytes > 0
    best_so_far = math.inf
    for e in epochs:
        assert e.is_best == (e.score < best_so_far)
        best_so_far = min(best_so_far, e.score)


def test_the_estimate_falls_to_nothing(finished: tuple[Path, Recorder]) -> None:
    steps, epochs = finished[1].of(StepMetrics), finished[1].of(EpochMetrics)
    assert all(s.eta_seconds is None for s in steps[:9])
    assert all(s.eta_seconds is not None for s in steps[10:])
    assert epochs[0].eta_seconds > epochs[-1].eta_seconds >= 0


def test_previews_are_files_one_hears(finished: tuple[Path, Recorder]) -> None:
    run, recorder = finished
    previews = recorder.of(PreviewEvent)
    assert {p.epoch for p in previews} == {1, 3, 6}
    kinds = [p.kind for p in previews if p.epoch == 6]
    assert kinds == ["reconstruction", "new"]
    assert [p.kind for p in previews].count("original") == 1
    for preview in previews:
        info = sf.info(preview.path)
        assert (info.subtype, info.samplerate, info.channels) == ("PCM_24", preview.sample_rate_hz, 1)
        assert info.duration == pytest.approx(preview.duration_s, abs=1e-3)
        assert np.abs(sf.read(preview.path)[0]).max() > 1e-3
        assert Path(preview.path).is_relative_to(run / "previews")
    # The same held-out original each time.
    assert len({p.source for p in previews if p.kind != "new"}) == 1


def test_the_run_folder_tells_the_same_as_the_events(finished: tuple[Path, Recorder]) -> None:
    run, recorder = finished
    history = MetricsHistory.load(run / "metrics.jsonl")
    assert history.steps == recorder.of(StepMetrics)
    assert history.epochs == recorder.of(EpochMetrics)
    assert history.previews == recorder.of(PreviewEvent)
    assert history.checkpoints == recorder.of(CheckpointEvent)
    manifest = RunFolder.open(run).manifest
    assert manifest["status"] == "finished"
    assert manifest["config"]["channels"] == 32


def test_a_moved_run_finds_its_previews(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)
    moved = (tmp_path / "run").rename(tmp_path / "moved")
    previews = MetricsHistory.load(moved / "metrics.jsonl").previews
    assert len(previews) == 3
    assert all(Path(p.path).exists() and Path(p.path).is_relative_to(moved) for p in previews)


def test_recent_and_best_checkpoints_are_kept(finished: tuple[Path, Recorder]) -> None:
    run, recorder = finished
    (complete,) = recorder.of(TrainingComplete)
    assert complete.status == "finished"
    infos = list_checkpoints(run)
    assert 1 <= len(infos) <= 4
    assert all(not info.problem for info in infos)
    assert str(infos[0].path) == complete.checkpoint
    best = min(recorder.of(EpochMetrics), key=lambda e: e.score)
    assert complete.best_epoch == best.epoch
    assert complete.best_checkpoint is not None
    assert load_checkpoint(Path(complete.best_checkpoint)).info.epoch == best.epoch


def test_scanning_and_decoding_are_told(finished: tuple[Path, Recorder]) -> None:
    activities = [p.activity for p in finished[1].of(PreparationProgress)]
    assert list(dict.fromkeys(activities)) == ["scanning", "decoding", "measuring"]


def test_the_sounds_are_only_read(small_corpus: Path, tmp_path: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in small_corpus.iterdir()}
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in small_corpus.iterdir()} == before


def test_a_run_inside_the_sounds_is_refused(small_corpus: Path) -> None:
    # Previews written among the sounds would be trained on the next time.
    with pytest.raises(BadInputError, match="inside"):
        run_training(small_corpus, small_corpus / "run", Recorder())
    assert not (small_corpus / "run").exists()


def test_without_a_usable_sound_the_reason_is_given(tmp_path: Path) -> None:
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    (sounds / "broken.flac").write_bytes(b"not a sound at all")
    with pytest.raises(BadInputError, match="no usable sound") as caught:
        run_training(sounds, tmp_path / "run", Recorder())
    assert "broken.flac" in caught.value.details
    assert not (tmp_path / "run").exists()


def test_a_broken_file_does_not_end_the_run(small_corpus: Path, tmp_path: Path) -> None:
    whole = (small_corpus / "bd_fat.flac").read_bytes()
    (small_corpus / "truncated.flac").write_bytes(whole[: len(whole) // 2])
    (small_corpus / "nan.wav").write_bytes(b"")
    sf.write(small_corpus / "nan.wav", np.full(9000, np.nan, np.float32), 44_100, subtype="FLOAT")
    recorder = Recorder()
    complete = run_training(small_corpus, tmp_path / "run", recorder, epochs=1)
    assert complete.status == "finished"
    used = load_checkpoint(Path(str(complete.checkpoint)), only=()).state["files"]
    assert {Path(record["path"]).name for record in used}.isdisjoint({"truncated.flac", "nan.wav"})


@pytest.mark.parametrize("seconds", [0.06, 3.0])
def test_one_sound_is_enough(tmp_path: Path, seconds: float) -> None:
    rng = np.random.default_rng(0)
    samples = rng.standard_normal(int(44_100 * seconds)).astype(np.float32)
    write_wav(tmp_path / "only.wav", 0.1 * samples, 44_100)
    recorder = Recorder()
    complete = run_training(tmp_path / "only.wav", tmp_path / "run", recorder, epochs=1)
    assert complete.status == "finished"
    assert "split_by_time" in {w.kind for w in recorder.of(HealthWarning)}
    assert all(math.isfinite(s.train_loss) for s in recorder.of(StepMetrics))


def test_two_rates_meet_in_one_model(tmp_path: Path, small_corpus: Path) -> None:
    tone = np.sin(np.arange(48_000) / 20).astype(np.float32)
    write_wav(small_corpus / "other rate.wav", np.stack([tone, -0.5 * tone]), 96_000)
    recorder = Recorder()
    run_training(small_corpus, tmp_path / "run", recorder, epochs=1, sample_rate="48000")
    (started,) = recorder.of(RunStarted)
    assert started.sample_rate_hz == 48_000
    assert all(sf.info(p.path).samplerate == 48_000 for p in recorder.of(PreviewEvent))


def test_bad_settings_name_the_field(small_corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"Learning rate \(learning_rate\) is 7"):
        run_training(small_corpus, tmp_path / "run", Recorder(), learning_rate=7)


def test_a_second_trainer_is_refused(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=1)
    with RunFolder.open(tmp_path / "run").lock(), pytest.raises(RunLockedError):
        run_resumed(tmp_path / "run", Recorder(), epochs=2)


def test_a_time_limit_is_kept_and_all_schedules_complete(small_corpus: Path, tmp_path: Path) -> None:
    recorder = Recorder()
    complete = run_training(small_corpus, tmp_path / "run", recorder, epochs=0, time_limit_s=6.0)
    assert complete.status == "finished"
    assert complete.elapsed_seconds == pytest.approx(6.0, rel=0.35)
    steps = recorder.of(StepMetrics)
    assert steps[-1].learning_rate < 0.05 * max(s.learning_rate for s in steps)
    assert steps[-1].kl_weight == 1.0
    chosen = load_checkpoint(Path(str(complete.checkpoint)), only=()).state["trainer"]["schedule"]
    assert chosen["total_steps"] == complete.global_step


def test_every_checkpoint_s_bank_is_of_weights_like_its_own(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "BANK_LASTS_STEPS", 0)
    recorder = Recorder()
    run_training(small_corpus, tmp_path / "run", recorder, epochs=3, preview_every_epochs=100)
    (best, *_) = [e for e in reversed(recorder.of(CheckpointEvent)) if e.reason == "best"]
    model = TrainedModel.load(Path(best.path))
    names = [path.name for path in small_corpus.iterdir()]
    known = [model.codec.encode(read_audio(small_corpus / name, model.sample_rate_hz)[0]) for name in names]
    distances = torch.cdist(model.bank.latents, torch.cat([latents.global_ for latents in known]))
    # Each sound of the bank lies where this very model puts one of the files.
    assert distances.min(1).values.max() < 1e-3


def test_a_manual_checkpoint_stays(small_corpus: Path, tmp_path: Path) -> None:
    recorder = Recorder(save_at=lambda e: isinstance(e, StepMetrics) and e.global_step == 3)
    run_training(small_corpus, tmp_path / "run", recorder, epochs=6, keep_checkpoints=1)
    manual = [info for info in list_checkpoints(tmp_path / "run") if info.reason == "manual"]
    assert [info.global_step for info in manual] == [3]


def test_events_come_on_the_calling_thread(small_corpus: Path, tmp_path: Path) -> None:
    threads: set[int] = set()

    def note(_: object) -> bool:
        threads.add(threading.get_ident())
        return False

    recorder = Recorder(stop_at=note)
    run_training(small_corpus, tmp_path / "run", recorder, epochs=1)
    assert threads == {threading.get_ident()}


def test_metrics_are_json(finished: tuple[Path, Recorder]) -> None:
    lines = (finished[0] / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["event"] for line in lines} >= {"run_started", "step", "epoch", "preview"}

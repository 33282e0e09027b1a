"""Stopping anywhere and going on as if nothing had happened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_checkpoints import make_newer
from training_runs import Recorder, assert_same_weights, run_resumed, run_training, without_times

from sda_desktop.errors import BadInputError, CheckpointError, SoundsGoneError
from sda_desktop.training.checkpoint import latest_checkpoint, list_checkpoints
from sda_desktop.training.metrics import (
    EpochMetrics,
    Event,
    HealthWarning,
    MetricsHistory,
    PreparationProgress,
    PreviewEvent,
    StepMetrics,
    TrainingComplete,
)
from sda_desktop.training.run_folder import RunFolder


def at_step(number: int) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, StepMetrics) and event.global_step == number


PLACES: dict[str, Callable[[Event], bool]] = {
    "in the middle of an epoch": at_step(27),
    "on the last step of an epoch": at_step(20),
    "after validation": lambda e: isinstance(e, EpochMetrics) and e.epoch == 1,
    "during a preview": lambda e: isinstance(e, PreviewEvent) and e.epoch == 1,  # it is made beside the steps
    "after the very first step": at_step(1),
}


@pytest.fixture(scope="module")
def undisturbed(
    kept_corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[TrainingComplete, Recorder]:
    """A run of three epochs, and all it told."""
    whole = Recorder()
    return run_training(kept_corpus, tmp_path_factory.mktemp("undisturbed") / "whole", whole, epochs=3), whole


@pytest.mark.parametrize("place", PLACES)
def test_a_resumed_run_ends_bit_for_bit_like_one_that_was_not_stopped(
    kept_corpus: Path, undisturbed: tuple[TrainingComplete, Recorder], tmp_path: Path, place: str
) -> None:
    uninterrupted, whole = undisturbed
    first = Recorder(stop_at=PLACES[place])
    stopped = run_training(kept_corpus, tmp_path / "parts", first, epochs=3)
    assert stopped.status == "cancelled"
    assert stopped.checkpoint is not None
    assert stopped.global_step < uninterrupted.global_step

    second = Recorder()
    resumed = run_resumed(tmp_path / "parts", second)
    assert resumed.status == "finished"
    assert_same_weights(uninterrupted.checkpoint, resumed.checkpoint)
    history = MetricsHistory.load(tmp_path / "parts" / "metrics.jsonl")
    assert [without_times(s) for s in history.steps] == [without_times(s) for s in whole.of(StepMetrics)]
    assert [without_times(e) for e in history.epochs] == [without_times(e) for e in whole.of(EpochMetrics)]
    for kind in ("reconstruction", "new"):
        names = [
            [(p.epoch, Path(p.path).name) for p in previews if p.kind == kind]
            for previews in (history.previews, whole.of(PreviewEvent))
        ]
        assert names[0] == names[1]


def test_a_stop_is_seen_within_one_step(small_corpus: Path, tmp_path: Path) -> None:
    recorder = Recorder(stop_at=at_step(5))
    complete = run_training(small_corpus, tmp_path / "run", recorder)
    assert complete.global_step == 5
    assert recorder.of(StepMetrics)[-1].global_step == 5


@pytest.mark.parametrize("activity", ["scanning", "decoding", "measuring"])
def test_a_stop_before_the_first_step_leaves_nothing(
    small_corpus: Path, tmp_path: Path, activity: str
) -> None:
    recorder = Recorder(stop_at=lambda e: isinstance(e, PreparationProgress) and e.activity == activity)
    complete = run_training(small_corpus, tmp_path / "run", recorder)
    assert (complete.status, complete.checkpoint) == ("cancelled", None)
    assert recorder.of(StepMetrics) == []
    assert not (tmp_path / "run").exists()


def test_a_stopped_run_is_a_usable_model(small_corpus: Path, tmp_path: Path) -> None:
    from sda_desktop.generation import TrainedModel

    run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(2)))
    model = TrainedModel.load(tmp_path / "run")
    assert model.generate(0.3, seed=1).shape == (1, round(0.3 * 44_100))
    assert RunFolder.open(tmp_path / "run").manifest["status"] == "stopped"


def test_resume_takes_the_newest_checkpoint_not_the_best(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(29)), epochs=3)
    second = Recorder()
    run_resumed(tmp_path / "run", second)
    assert second.of(StepMetrics)[0].global_step == 30


def test_an_older_checkpoint_begins_a_new_run_and_nothing_is_lost(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=2)
    history_before = (tmp_path / "run" / "metrics.jsonl").read_bytes()
    infos = list_checkpoints(tmp_path / "run")
    older = min(infos, key=lambda info: info.global_step)
    recorder = Recorder()
    forked = run_resumed(older.path, recorder)
    assert Path(forked.run_dir) != tmp_path / "run"
    assert recorder.of(StepMetrics)[0].global_step == older.global_step + 1
    assert (tmp_path / "run" / "metrics.jsonl").read_bytes() == history_before
    assert list_checkpoints(tmp_path / "run") == infos
    history = MetricsHistory.load(Path(forked.run_dir) / "metrics.jsonl")
    assert [s.global_step for s in history.steps] == list(range(1, 41))


def test_a_finished_run_is_extended_with_a_sane_learning_rate(small_corpus: Path, tmp_path: Path) -> None:
    first = Recorder()
    run_training(small_corpus, tmp_path / "run", first, epochs=2)
    with pytest.raises(BadInputError, match="finished"):
        run_resumed(tmp_path / "run", Recorder())
    second = Recorder()
    complete = run_resumed(tmp_path / "run", second, epochs=4)
    assert (complete.status, complete.global_step) == ("finished", 80)
    peak = max(s.learning_rate for s in first.of(StepMetrics))
    rates = [s.learning_rate for s in second.of(StepMetrics)]
    assert 0 < rates[0] < 0.5 * peak  # warmed up again
    assert max(rates) <= 0.5 * peak
    assert rates[-1] < 0.05 * peak
    assert all(s.kl_weight == 1.0 for s in second.of(StepMetrics))


def test_more_epochs_than_done_are_needed(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(), epochs=2)
    with pytest.raises(BadInputError, match="are done"):
        run_resumed(tmp_path / "run", Recorder(), epochs=1)


def test_a_damaged_checkpoint_is_never_a_fresh_start(small_corpus: Path, tmp_path: Path) -> None:
    complete = run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(5)))
    weights = Path(str(complete.checkpoint)) / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    recorder = Recorder()
    with pytest.raises(CheckpointError):
        run_resumed(Path(str(complete.checkpoint)), recorder)
    with pytest.raises(CheckpointError):
        run_resumed(tmp_path / "run", recorder)
    assert recorder.of(StepMetrics) == []
    assert weights.exists()


def test_a_damaged_newest_checkpoint_is_passed_over_aloud(small_corpus: Path, tmp_path: Path) -> None:
    stopped = run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(25)))
    weights = Path(str(stopped.checkpoint)) / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    recorder = Recorder()
    assert run_resumed(tmp_path / "run", recorder).status == "finished"
    assert recorder.of(StepMetrics)[0].global_step == 21
    (warning,) = [w for w in recorder.of(HealthWarning) if w.kind == "damaged_checkpoint"]
    assert weights.parent.name in warning.message
    assert weights.exists()


def test_what_a_newer_version_trained_is_not_passed_over(small_corpus: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    stopped = run_training(small_corpus, run, Recorder(stop_at=at_step(25)))
    make_newer(Path(str(stopped.checkpoint)))
    kept = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    older = latest_checkpoint(run)
    assert older is not None
    with pytest.raises(CheckpointError, match=r"step-00000025-stop, .*newer version") as refused:
        run_resumed(run, recorder := Recorder())
    assert older.path.name in refused.value.remedy
    assert recorder.of(StepMetrics) == []
    forked = run_resumed(older.path, Recorder(stop_at=at_step(21)))
    assert Path(forked.run_dir) != run
    assert {path: path.read_bytes() for path in kept} == kept


def test_a_missing_sound_is_reported_and_the_run_goes_on(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(5)))
    (small_corpus / "tabla_na.flac").unlink()
    recorder = Recorder()
    complete = run_resumed(tmp_path / "run", recorder)
    assert complete.status == "finished"
    assert any("tabla_na" in w.message for w in recorder.of(HealthWarning) if w.kind == "file_changed")


def put_back(sounds: Path, place: Path) -> Path:
    """The sounds as a backup brings them back: the same bytes, of another date.  Returns where."""
    restored = Path(shutil.copytree(sounds, place / "restored", copy_function=shutil.copyfile))
    for path in restored.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    shutil.rmtree(sounds)
    return restored


@pytest.fixture(scope="module")
def undisturbed_epoch(kept_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainingComplete:
    """A run of one epoch."""
    return run_training(kept_corpus, tmp_path_factory.mktemp("epoch") / "whole", Recorder(), epochs=1)


@pytest.mark.parametrize("moved", [False, True])
def test_sounds_from_a_backup_are_the_same_sounds(
    small_corpus: Path, undisturbed_epoch: TrainingComplete, tmp_path: Path, moved: bool
) -> None:
    run = tmp_path / "parts"
    run_training(small_corpus, run, Recorder(stop_at=at_step(5)), epochs=1)
    restored = put_back(small_corpus, tmp_path)
    overrides = {"sounds": restored} if moved else {}
    if not moved:
        restored.rename(small_corpus)

    recorder = Recorder(stop_at=at_step(10))
    run_resumed(run, recorder, **overrides)
    assert RunFolder.open(run).manifest["sources"] == [str(restored if moved else small_corpus)]
    # The second time nobody has to say where they are.
    resumed = run_resumed(run, recorder := Recorder())
    assert recorder.of(HealthWarning) == []
    assert resumed.status == "finished"
    assert_same_weights(undisturbed_epoch.checkpoint, resumed.checkpoint)


def test_sounds_are_not_taken_from_a_place_that_is_not_there(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(1)))
    with pytest.raises(BadInputError, match="There is nothing at"):
        run_resumed(tmp_path / "run", Recorder(), sounds=tmp_path / "nowhere")


def test_all_sounds_missing_is_a_sentence(small_corpus: Path, tmp_path: Path) -> None:
    run_training(small_corpus, tmp_path / "run", Recorder(stop_at=at_step(5)))
    small_corpus.rename(tmp_path / "elsewhere")
    recorder = Recorder()
    with pytest.raises(SoundsGoneError, match="no longer where they were") as gone:
        run_resumed(tmp_path / "run", recorder)
    assert recorder.of(HealthWarning) == []  # nothing goes on without them
    assert "tabla_na.flac is no longer there." in gone.value.details


@pytest.mark.parametrize("target", ["nowhere", "a folder"])
def test_what_is_no_run_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "a folder").mkdir()
    with pytest.raises(BadInputError):
        run_resumed(tmp_path / target, Recorder())

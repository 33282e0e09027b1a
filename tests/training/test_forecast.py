"""What a training takes, told before it begins, against what it takes."""

from __future__ import annotations

import shutil
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest
from training_runs import EVERYTHING, Recorder, run_training, tiny_config

from sda_desktop.audio.cache import SoundCache
from sda_desktop.audio.scan import ScanResult, scan
from sda_desktop.audio.spectrogram import SpectrogramConfig
from sda_desktop.errors import StorageError
from sda_desktop.training import dataset as engine
from sda_desktop.training import preview as engine_preview
from sda_desktop.training import run_plan
from sda_desktop.training.checkpoint import list_checkpoints
from sda_desktop.training.codec import build_model, front_end, model_config
from sda_desktop.training.config import TrainingConfig
from sda_desktop.training.forecast import Forecast, Room, about_text, foresee, run_bytes, size_text
from sda_desktop.training.metrics import (
    MetricsHistory,
    RunForecast,
    RunStarted,
    StepMetrics,
    TrainingComplete,
)
from sda_desktop.training.model_size import multiplications, parameters, training_bytes
from sda_desktop.training.past_speeds import known_speeds
from sda_desktop.training.run_folder import folder_size
from sda_desktop.training.run_plan import plan_run
from sda_desktop.training.session import augmentation_of
from sda_desktop.training.speeds import (
    FORMAT,
    Speed,
    expected_speed,
    keep_speed,
    load_speeds,
    speeds_file,
    step_work,
    this_computer,
)
from sda_desktop.training.split import split_sounds

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def sounds(small_corpus: Path) -> ScanResult:
    return scan([small_corpus])


def speed(**changes: object) -> Speed:
    """A step of 0.1 s with the default settings."""
    made = Speed(this_computer(), "cpu", "cpu", 1, 352, 192, 48, 24, 0.1, 0.02, 0.4, 0.01, 500, 1000.0)
    return replace(made, **changes)  # type: ignore[arg-type]


def with_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - free, free))


# What a run consists of


def test_a_frame_is_as_long_as_the_engines() -> None:
    assert SpectrogramConfig(44_100).hop_samples == run_plan.HOP_SAMPLES


@pytest.mark.parametrize("changes", [{}, {"validation": "slices"}, {"preview_sounds": 3, "seed": 5}])
def test_the_plan_is_what_the_engine_makes_of_the_sounds(
    sounds: ScanResult, changes: dict[str, object]
) -> None:
    config = tiny_config(**changes)
    plan = plan_run(sounds, config)
    rate_hz, cache = sounds.model_rate_hz, SoundCache()
    decoded = [cache.load(file.path, rate_hz) for file in sounds.usable]
    split = split_sounds(
        [sound.frames for sound in decoded],
        [file.content_hash for file in sounds.usable],
        rate_hz,
        config.seed,
        by_time=config.validation == "slices",
    )
    dataset = engine.AudioTrainingDataset(
        decoded, split, SpectrogramConfig(rate_hz), augmentation_of(config), config.seed, config.batch_frames
    )
    previews = engine_preview.plan_previews(dataset, config)
    assert plan.steps_per_epoch == dataset.steps_per_epoch
    assert plan.preview_seconds == pytest.approx(previews.sound_seconds(dataset, config), rel=0.01)
    samples = sum(
        len(batch.waves) * batch.waves.shape[2]
        for side in (True, False)
        for batch in dataset.evaluation_batches(validation=side)
    )
    in_batches = samples / (config.batch_frames * run_plan.HOP_SAMPLES)
    assert plan.evaluated_batches == pytest.approx(in_batches, rel=0.15)


@pytest.mark.parametrize(
    "sizes", [{}, {"channels": 32}, {"channels": 104, "global_latents": 7, "local_latents": 11}]
)
def test_the_parameters_are_counted_as_they_are(sizes: dict[str, int]) -> None:
    config = TrainingConfig().replaced(**sizes)
    spectrogram = front_end(config, 44_100)
    built = build_model(model_config(config, spectrogram), spectrogram)
    assert parameters(config) == sum(p.numel() for p in built.parameters())
    assert multiplications(config) > 0


# Time


def test_a_run_like_the_last_one_takes_as_long(sounds: ScanResult) -> None:
    config = TrainingConfig(epochs=50, threads=1, device="cpu")
    forecast = foresee(sounds, config, speeds=[speed()])
    assert forecast.steps == 50 * 20
    assert forecast.seconds == pytest.approx(100.0, rel=0.2)
    assert not forecast.is_rough
    longer = foresee(sounds, config.replaced(epochs=100), speeds=[speed()])
    assert longer.seconds == pytest.approx(2 * (forecast.seconds or 0.0), rel=0.05)


def test_a_time_limit_becomes_the_steps_that_fit(sounds: ScanResult) -> None:
    config = TrainingConfig(time_limit_s=600.0, threads=1, device="cpu")
    forecast = foresee(sounds, config, speeds=[speed()])
    assert forecast.seconds == 600.0
    assert forecast.steps == pytest.approx(6000, rel=0.15)
    assert (forecast.steps or 0) < 6000  # validation and saving take some of it
    assert foresee(sounds, config, speeds=[]).steps is None


def test_nothing_is_told_that_was_not_measured_on_this_device(sounds: ScanResult) -> None:
    config = TrainingConfig(device="cuda")
    assert foresee(sounds, config, speeds=[speed()]).seconds is None
    assert foresee(sounds, TrainingConfig(), speeds=[speed(computer="another")]).seconds is None
    assert foresee(sounds, TrainingConfig(), speeds=[]).seconds is None
    on_card = foresee(sounds, TrainingConfig(), speeds=[speed(automatic="cuda")])
    assert on_card.seconds is None, "automatic would take the card, of which nothing is known"
    assert foresee(sounds, TrainingConfig(), speeds=[speed(automatic="")]).seconds is None
    assert foresee(sounds, TrainingConfig(device="cpu"), speeds=[speed(automatic="")]).seconds is not None


# Median seconds of a step on one thread, as they were measured for step_work, by width and batch.
MEASURED = {(192, 352): 0.0526, (32, 352): 0.0268, (96, 352): 0.0329, (384, 352): 0.1103, (192, 1408): 0.1215}


def test_other_settings_are_told_from_those_that_were_measured() -> None:
    for (channels, frames), seconds in MEASURED.items():
        known = speed(channels=channels, batch_frames=frames, step_s=seconds)
        for (width, batch), truth in MEASURED.items():
            expected = expected_speed(
                TrainingConfig(channels=width, batch_frames=batch, threads=1, device="cpu"), [known]
            )
            assert expected is not None
            assert expected.speed.step_s == pytest.approx(truth, rel=0.2)


def test_the_nearest_settings_are_taken(sounds: ScanResult) -> None:
    small, large = speed(channels=64, step_s=0.02), speed(channels=320, step_s=0.5)
    for wide, nearest in ((96, small), (384, large)):
        config = TrainingConfig(channels=wide, threads=1, device="cpu")
        expected = expected_speed(config, [small, large])
        assert expected is not None
        assert expected.speed.step_s == pytest.approx(nearest.step_s * step_work(config) / step_work(nearest))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (4, "10 s"),
        (44, "40 s"),
        (70, "1 min"),
        (1520, "25 min"),
        (3600, "1 h"),
        (7900, "2 h 10 min"),
        (94_000, "26 h"),
    ],
)
def test_an_estimate_is_told_no_more_exactly_than_it_is(seconds: float, text: str) -> None:
    assert about_text(seconds) == text


# The record of speeds


def test_sessions_with_the_same_settings_become_one_record() -> None:
    assert load_speeds() == []
    keep_speed(speed())
    keep_speed(speed(channels=96))
    keep_speed(speed(step_s=0.2, steps=500, measured=2000.0))
    first, second = load_speeds()
    assert (first.channels, first.steps, first.measured) == (192, 1000, 2000.0)
    assert first.step_s == pytest.approx(0.15)
    assert second.channels == 96


def test_a_record_of_a_newer_version_is_left_alone() -> None:
    keep_speed(speed())
    newer = speeds_file().read_text().replace(f'"{FORMAT.marker}": 1', f'"{FORMAT.marker}": 2')
    speeds_file().write_text(newer)
    assert load_speeds() == []
    keep_speed(speed())
    assert speeds_file().read_text() == newer


@pytest.mark.parametrize("damaged", ["", "[]", "\0\0", '{"sda_desktop_speeds": 1, "speeds": [{"steps": 1}]}'])
def test_a_damaged_record_is_passed_over(damaged: str) -> None:
    speeds_file().parent.mkdir(parents=True, exist_ok=True)
    speeds_file().write_text(damaged)
    assert load_speeds() == []
    keep_speed(speed())
    assert load_speeds() == [speed()]


def test_runs_from_before_speeds_were_kept_tell_theirs(sda_home: Path) -> None:
    fixture = Path(__file__).resolve().parent.parent / "fixtures" / "v1" / "runs"
    shutil.copytree(fixture, sda_home / "data" / "runs")
    (told,) = known_speeds()
    assert (told.device, told.threads, told.steps) == ("cpu", 1, 40)
    history = MetricsHistory.load(next((sda_home / "data" / "runs").iterdir()) / "metrics.jsonl")
    assert told.step_s == pytest.approx(sum(step.step_seconds for step in history.steps) / 40, rel=0.01)
    keep_speed(speed(), before=known_speeds())
    assert [known.steps for known in known_speeds()] == [500, 40]


# A real training


@pytest.fixture(scope="module")
def trained(sonic_pi_sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Three sounds, and where the runs of them go."""
    folder = tmp_path_factory.mktemp("trained") / "sounds"
    folder.mkdir()
    for name in ("elec_blip.flac", "elec_ping.flac", "elec_plip.flac"):
        shutil.copyfile(sonic_pi_sounds / name, folder / name)
    return folder, folder.parent / "run"


def test_a_real_training_against_its_forecast(trained: tuple[Path, Path]) -> None:
    folder, place = trained
    result, config = scan([folder]), tiny_config(epochs=2)
    recorder = Recorder()
    assert run_training(folder, place, recorder, epochs=2).status == "finished"
    (told,) = recorder.of(RunForecast)
    (started,) = recorder.of(RunStarted)
    assert told.seconds is None, "nothing was ever trained here"
    assert told.total_steps == started.total_steps == 40
    # It fits the folder: what is deleted in the end and a spare copy are on top.
    size = folder_size(place)
    checkpoint = min(info.size_bytes for info in list_checkpoints(place))
    assert size <= told.disk_bytes <= 1.3 * (size + 2 * checkpoint)
    assert checkpoint == pytest.approx(training_bytes(config) + 80_000, rel=0.02)
    # It left a record that tells how long the same takes again.
    (known,) = load_speeds()
    steps = [event.step_seconds for event in recorder.of(StepMetrics)][2:]
    assert known.step_s == pytest.approx(sum(steps) / len(steps), rel=0.01)
    (complete,) = recorder.of(TrainingComplete)
    again = foresee(result, config, EVERYTHING)
    assert again.seconds == pytest.approx(complete.elapsed_seconds, rel=0.5)


# Disk and memory


def test_more_of_everything_takes_more_room(sounds: ScanResult) -> None:
    def size(**changes: object) -> int:
        config = TrainingConfig(epochs=40).replaced(**changes)
        return run_bytes(config, plan_run(sounds, config))

    plain = size()
    assert size(keep_checkpoints=5) - plain == pytest.approx(2 * 38.6e6, rel=0.02)
    assert size(channels=384) > 3 * plain
    more = size(preview_every_epochs=4) - plain  # 6 more, of 4 new sounds and 2 held out
    a_preview = 3 * 44_100 * plan_run(sounds, TrainingConfig()).preview_seconds
    assert more == pytest.approx(6 * a_preview, rel=0.05)


def test_a_disk_that_is_too_small_refuses_the_run(
    trained: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_free(monkeypatch, 2_000_000)
    recorder = Recorder()
    with pytest.raises(
        StorageError, match=r"MB of disk space are missing: .* and 2 MB are free in"
    ) as caught:
        run_training(trained[0], tmp_path / "run", recorder)
    assert "another disk" in caught.value.remedy
    assert not (tmp_path / "run").exists()
    assert not recorder.of(StepMetrics)


def test_a_disk_is_too_small_tight_or_large_enough(
    sounds: ScanResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_room(free: float) -> Forecast:
        with_free(monkeypatch, round(free))
        return foresee(sounds, TrainingConfig(), speeds=[])

    room = foresee(sounds, TrainingConfig(), speeds=[]).rooms[0]
    between = (room.least_bytes + room.needed_bytes) / 2
    small = with_room(0.9 * room.least_bytes)
    assert small.lacking is not None
    assert small.lacking.missing_bytes == pytest.approx(0.1 * room.least_bytes, rel=0.01)
    assert small.tight is None
    for free, fills in ((between, True), (1.5 * room.needed_bytes, False)):
        little = with_room(free)
        assert little.lacking is None
        assert little.tight is not None
        assert little.tight.may_fill is fills
    large = with_room(2.5 * room.needed_bytes)
    assert (large.lacking, large.tight) == (None, None)


def test_who_means_to_stop_when_it_sounds_right_may_begin(
    sounds: ScanResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_free(monkeypatch, 1_000_000_000)
    forecast = foresee(sounds, TrainingConfig(epochs=100_000), speeds=[])
    assert forecast.lacking is None
    assert forecast.tight is not None
    assert forecast.tight.may_fill


def test_sounds_that_are_decoded_already_need_no_room(sounds: ScanResult) -> None:
    before = foresee(sounds, TrainingConfig(), speeds=[]).rooms[0].needed_bytes
    for file in sounds.usable:
        SoundCache().load(file.path, sounds.model_rate_hz)
    after = foresee(sounds, TrainingConfig(), speeds=[]).rooms[0].needed_bytes
    assert before - after == pytest.approx(4 * 44_100 * sounds.total_s, rel=0.01)


def test_decoded_sounds_that_nobody_uses_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = SoundCache()
    cache.folder.mkdir(parents=True)
    (cache.folder / "old.sound").write_bytes(bytes(1_000_000))
    with_free(monkeypatch, 10_000_000)
    assert cache.free_after(10_500_000) == 500_000
    assert cache.free_after(11_500_000) == -500_000
    assert cache.free_after(0) == 10_000_000


def test_a_larger_batch_or_width_needs_more_memory(sounds: ScanResult) -> None:
    def needed(**changes: object) -> int:
        return foresee(sounds, TrainingConfig().replaced(**changes), EVERYTHING, speeds=[]).memory_bytes

    # As it was measured: megabytes that the process grew by.
    assert needed() / 1e6 == pytest.approx(331 * 1.05, rel=0.12)
    assert needed(channels=384) / 1e6 == pytest.approx(654 * 1.05, rel=0.15)
    assert needed(batch_frames=1408) / 1e6 == pytest.approx(463 * 1.05, rel=0.12)


def test_sizes_are_rounded_up() -> None:
    assert [size_text(size) for size in (1, 1_200_000, 999_000_001, 1_440_000_000)] == [
        "1 MB",
        "2 MB",
        "1.0 GB",
        "1.4 GB",
    ]
    assert Room(Path("/"), 10, 20, 4).missing_bytes == 6

"""What is held out: how much, what stays together, and that the seed alone decides."""

from __future__ import annotations

import pytest

from sda_desktop.training.split import Split, split_sounds, validation_count


def split(count: int, seed: int = 0, *, by_time: bool = False, seconds: float = 1.0) -> Split:
    lengths = [int(44_100 * seconds)] * count
    return split_sounds(lengths, [f"content {i}" for i in range(count)], 44_100, seed, by_time=by_time)


@pytest.mark.parametrize(
    ("files", "held_out"), [(2, 1), (7, 1), (8, 2), (49, 10), (50, 8), (199, 30), (200, 20), (500, 50)]
)
def test_the_share_falls_with_the_number_of_sounds(files: int, held_out: int) -> None:
    assert validation_count(files) == held_out
    made = split(files)
    assert len(made.validation_sounds) == held_out
    assert len(made.train) == files - held_out
    assert not made.by_time
    assert made.held_out


@pytest.mark.parametrize("files", [2, 8, 60])
def test_no_sound_is_on_both_sides(files: int) -> None:
    made = split(files)
    assert {s.sound for s in made.train}.isdisjoint(made.validation_sounds)


def test_the_seed_decides() -> None:
    assert split(60, seed=1) == split(60, seed=1)
    assert split(60, seed=1) != split(60, seed=2)


def test_exact_duplicates_stay_on_one_side() -> None:
    contents = ["kick", "snare", "kick", "hat", "kick", "snare", "tom", "bell", "bass", "pad"]
    for seed in range(20):
        made = split_sounds([44_100] * 10, contents, 44_100, seed)
        sides = [{contents[s.sound] for s in side} for side in (made.train, made.validation)]
        assert sides[0].isdisjoint(sides[1])
        assert all(sides)


def test_ten_copies_of_one_sound_are_one_sound() -> None:
    made = split_sounds([441_000] * 10, ["same"] * 10, 44_100, 0)
    assert made.by_time


def test_one_long_sound_keeps_its_end_for_validation() -> None:
    made = split(1, seconds=10)
    assert made.by_time
    assert made.held_out
    (train,), (validation,) = made.train, made.validation
    assert (train.start, train.end) == (0, validation.start)
    assert validation.end == 441_000
    assert validation.frames == pytest.approx(0.15 * 441_000, abs=1)


def test_one_short_sound_is_on_both_sides_and_says_so() -> None:
    made = split(1, seconds=0.3)
    assert made.train == made.validation
    assert not made.held_out


def test_training_on_every_sound_holds_out_slices() -> None:
    made = split(6, by_time=True, seconds=5)
    assert {s.sound for s in made.train} == set(range(6))
    assert made.validation_sounds == list(range(6))
    for held in made.validation:
        for trained in made.train:
            if trained.sound == held.sound:
                assert trained.end <= held.start or trained.start >= held.end
    trained_frames = sum(s.frames for s in made.train) + sum(s.frames for s in made.validation)
    assert trained_frames == 6 * 5 * 44_100


def test_nothing_cannot_be_split() -> None:
    with pytest.raises(ValueError, match="nothing"):
        split(0)

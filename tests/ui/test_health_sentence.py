"""The sentence over the curves."""

from __future__ import annotations

from engine_stand_in import epoch, step

from sda_desktop.training.metrics import MetricsHistory
from sda_desktop.ui.health import HealthKind, health


def test_nothing_is_said_before_anything_happened() -> None:
    assert health(MetricsHistory()).sentence == ""


def test_before_the_first_epoch_it_says_when_there_will_be_something_to_say() -> None:
    assert health(MetricsHistory.of([step(1)])).sentence == "The first result comes after epoch 1."


def test_a_run_that_ended_is_told_of_in_the_past() -> None:
    ended = health(MetricsHistory.of([epoch(1, gap=0.5, best=True)]), running=False)
    assert ended.sentence == "It was still improving when it ended, best kept at 1."
    assert health(MetricsHistory.of([step(1)]), running=False).sentence == "It ended before the first result."
    assert health(MetricsHistory(), running=False).sentence == ""


def test_improving() -> None:
    now = health(MetricsHistory.of([epoch(1, best=True), epoch(2, best=True), epoch(3)]))
    assert (now.kind, now.sentence) == (HealthKind.IMPROVING, "Still improving, best so far at 2.")


def test_overfitting_is_counted_from_the_first_epoch_of_this_episode() -> None:
    history = MetricsHistory.of(
        [
            epoch(37, gap=0.3),  # an earlier episode, over by now
            epoch(38, gap=0.1, best=True),
            epoch(39, gap=0.1),
            epoch(40, gap=0.1),
            *(epoch(n, gap=0.21 + n / 1000) for n in (41, 42, 43)),
        ]
    )
    now = health(history)
    assert (now.kind, now.sentence) == (
        HealthKind.OVERFITTING,
        "Overfitting since epoch 41, best kept at 38.",
    )


def test_a_wide_gap_is_no_overfitting_while_new_sounds_still_come_out_better() -> None:
    """A small dataset is known by heart early; what counts is what happens to the sounds held out."""
    epochs = [epoch(n, gap=0.5, best=n <= 6) for n in range(1, 10)]
    now = health(MetricsHistory.of(epochs))
    assert (now.kind, now.sentence) == (
        HealthKind.IMPROVING,
        "Still improving, best so far at 6; the gap to the training sounds is 50%.",
    )
    later = health(MetricsHistory.of([*epochs, epoch(10, gap=0.5)]))
    assert later.sentence == "Overfitting since epoch 7, best kept at 6."


def test_the_sentence_returns_to_calm_when_the_gap_closes() -> None:
    wide = [epoch(1, best=True), *(epoch(n, gap=0.5) for n in range(2, 6))]
    assert health(MetricsHistory.of(wide)).kind is HealthKind.OVERFITTING
    history = MetricsHistory.of([*wide, epoch(6, gap=0.1, best=True)])
    assert health(history).kind is HealthKind.IMPROVING


def test_collapse_comes_before_overfitting() -> None:
    now = health(MetricsHistory.of([epoch(4, best=True), epoch(5, gap=0.5, kl_nats=0.31)]))
    assert (now.kind, now.sentence) == (
        HealthKind.COLLAPSING,
        "Latent collapsing (0.31 nats left), best kept at 4.",
    )


def test_standing_still_after_a_tenth_of_the_run_without_a_new_best() -> None:
    epochs = [epoch(10, epochs=200, best=True), *(epoch(n, epochs=200) for n in range(11, 31))]
    assert health(MetricsHistory.of(epochs)).kind is HealthKind.IMPROVING
    longer = MetricsHistory.of([*epochs, epoch(31, epochs=200)])
    assert health(longer).sentence == "No longer improving, best kept at 10."


def test_a_gap_that_is_no_number_is_no_overfitting() -> None:
    assert health(MetricsHistory.of([epoch(1, gap=float("nan"))])).kind is HealthKind.IMPROVING

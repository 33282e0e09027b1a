"""Learning rate, KL weight and pace over a run."""

from __future__ import annotations

import pytest
from training_runs import tiny_config

from sda_desktop.training.pace import Pace
from sda_desktop.training.schedule import Schedule

SCHEDULE = Schedule(1000, 40, 2e-3, 0.01, 50, 300)


def test_the_learning_rate_rises_then_falls_along_a_cosine() -> None:
    rates = [SCHEDULE.learning_rate(step) for step in range(1000)]
    top = rates.index(max(rates))
    assert 40 <= top <= 60
    assert max(rates) == pytest.approx(2e-3, rel=0.02)
    assert rates[:top] == sorted(rates[:top])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] == pytest.approx(2e-5, rel=0.01)
    assert rates[0] > 0


def test_epochs_and_their_steps() -> None:
    schedule = Schedule(100, 40, 2e-3, 0.01, 10, 30)
    assert schedule.epochs == 3
    assert [schedule.epoch_of(step) for step in (0, 39, 40, 99)] == [1, 1, 2, 3]
    assert [schedule.steps_in_epoch(epoch) for epoch in (1, 2, 3)] == [40, 40, 20]


def test_an_extension_is_a_second_lower_descent() -> None:
    extended = SCHEDULE.extended(1500)
    assert extended.learning_rate(1000) < 2e-4  # it warms up again
    rates = [extended.learning_rate(step) for step in range(1000, 1500)]
    assert max(rates) == pytest.approx(1e-3, rel=0.05)
    assert rates[-1] == pytest.approx(1e-5, rel=0.05)
    assert extended.kl_weight(1000) == 1.0


def test_replanning_moves_the_kl_warmup_only_before_it_is_over() -> None:
    assert SCHEDULE.replanned(2000, 10).kl_warmup_steps == 600
    assert SCHEDULE.replanned(2000, 500).kl_weight(500) == 1.0


def test_a_schedule_survives_a_checkpoint() -> None:
    assert Schedule(**SCHEDULE.to_dict()) == SCHEDULE


def steady(pace: Pace, steps: int) -> None:
    for _ in range(steps):
        pace.add("step", 0.1)


def test_nothing_is_estimated_before_ten_steps() -> None:
    pace = Pace(tiny_config(), 2.0, 4.0)
    steady(pace, 9)
    assert not pace.is_ready
    steady(pace, 1)
    assert pace.is_ready


def test_the_estimate_adds_up_all_that_is_due() -> None:
    pace = Pace(tiny_config(preview_every_epochs=10, checkpoint_every_epochs=100), 2.0, 4.0)
    steady(pace, 20)
    for stage, seconds in (("validation", 0.5), ("preview", 2.0), ("checkpoint", 0.0)):
        pace.add(stage, seconds)  # type: ignore[arg-type]
    # 25 epochs of 40 steps; of the previews only the last have the loop wait for them.
    assert pace.seconds_left(SCHEDULE, 0, []) == pytest.approx(1000 * 0.1 + 25 * 0.5 + 2.0)
    assert pace.seconds_left(SCHEDULE, 960, []) == pytest.approx(40 * 0.1 + 0.5 + 2.0)
    assert pace.seconds_left(SCHEDULE, 1000, ["preview"]) == pytest.approx(2.0)


def test_a_time_limit_becomes_steps() -> None:
    pace = Pace(tiny_config(preview_every_epochs=10, checkpoint_every_epochs=100), 2.0, 4.0)
    steady(pace, 20)
    for stage, seconds in (("validation", 0.5), ("preview", 2.0), ("checkpoint", 0.0)):
        pace.add(stage, seconds)  # type: ignore[arg-type]
    steps = pace.steps_within(100.0, SCHEDULE, 0, [])
    planned = SCHEDULE.replanned(steps, 0)
    assert pace.seconds_left(planned, 0, []) == pytest.approx(100.0, rel=0.03)


def test_no_time_left_means_no_more_steps() -> None:
    pace = Pace(tiny_config(), 2.0, 4.0)
    steady(pace, 20)
    assert pace.steps_within(-5.0, SCHEDULE, 123, []) == 123


def test_what_one_session_measured_is_expected_of_another_until_it_is_measured_there() -> None:
    first = Pace(tiny_config(), 2.0, 4.0)
    steady(first, 20)
    first.add("validation", 0.5)
    first.add("preview", 2.0)
    assert first.means() == pytest.approx({"step": 0.1, "validation": 0.25, "preview": 0.5, "checkpoint": 0})
    assert first.measured_steps == 18  # the first two are not typical
    second = Pace(tiny_config(), 8.0, 1.0)
    for stage in ("step", "validation", "preview"):
        second.expect(stage, first.means()[stage])
    # Of four times as much sound, and a quarter of the previews.
    assert second.seconds_of("validation") == pytest.approx(2.0)
    assert second.seconds_of("preview") == pytest.approx(0.5)
    assert not second.has_measured
    second.add("validation", 3.0)
    assert second.seconds_of("validation") == 3.0

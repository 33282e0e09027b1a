"""Warnings are kept as codes with figures, and told in the language of who reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sda_desktop import words
from sda_desktop.training.metrics import HealthWarning, event_from_json, event_to_json
from sda_desktop.training.warning_texts import TEXTS, health_warning, sentence
from sda_desktop.words import mark

FIGURES: dict[str, dict[str, float | str]] = {
    "overfitting": {"percent": 41.6, "best_epoch": 7},
    "posterior_collapse": {"kl_divergence_nats": 0.123},
    "non_finite": {"step": 12},
    "out_of_memory": {"half": 88},
    "split_by_time.end": {},
    "split_by_time.none": {},
    "damaged_checkpoint": {"names": "a, b", "name": "c"},
}


@pytest.fixture
def loud() -> Iterator[None]:
    """A language in which everything is said in capitals, but for what is filled in."""

    def shout(text: str, _count: int) -> str:
        return "".join(c if "{" in text else c.upper() for c in text) + mark("!")

    words.speak(shout)
    yield
    words.speak()


@pytest.mark.parametrize("code", TEXTS)
def test_a_kept_warning_is_told_in_the_language_of_the_reader(loud: None, code: str) -> None:
    made = health_warning(code, 3, 40, **FIGURES[code])
    assert made.kind == code.partition(".")[0]
    assert made.message.endswith("!")
    kept = event_from_json(event_to_json(made))
    assert isinstance(kept, HealthWarning)
    assert (kept, sentence(kept)) == (made, made.message)
    words.speak()
    assert sentence(kept) == TEXTS[code].format(**FIGURES[code])


def test_what_is_older_or_was_edited_is_told_as_it_was_written() -> None:
    line = json.dumps({"event": "health_warning", "kind": "overfitting", "message": "Alt.", "epoch": 3})
    lines = [line]
    for figures in (
        {},
        {"percent": "viel", "best_epoch": 1},
        {"percent": 10**400, "best_epoch": 1},
        [1],
        None,
    ):
        lines.append(json.dumps({**json.loads(line), "code": "overfitting", "figures": figures}))
    for code in ("unknown", "dataset", 7, ["overfitting"]):
        lines.append(json.dumps({**json.loads(line), "code": code, "figures": {"percent": 1}}))
    for text in lines:
        kept = event_from_json(text)
        assert isinstance(kept, HealthWarning)
        assert sentence(kept) == "Alt."


def test_a_figure_that_is_no_number_is_no_invalid_json() -> None:
    line = event_to_json(health_warning("overfitting", percent=float("inf"), best_epoch=1))
    assert json.loads(line)["figures"] == {"percent": None, "best_epoch": 1}
    kept = event_from_json(line)
    assert isinstance(kept, HealthWarning)
    assert sentence(kept) == kept.message

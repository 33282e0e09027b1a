"""A model's sliders are found once, kept, and known to its instrument."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest
from small_instrument import RATE_HZ, small_instrument, tone

from sda_desktop.errors import Cancelled
from sda_desktop.generation import kept_sliders as module
from sda_desktop.generation import sliders as sliders_module
from sda_desktop.generation.explore_folder import ExploreFolder
from sda_desktop.generation.kept_sliders import Mover, kept_sliders, sliders_of
from sda_desktop.generation.opening import Opened
from sda_desktop.generation.slider import Slider


@pytest.fixture(autouse=True)
def few_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PROBED_PLACES", "MEASURED_PLACES", "FEWEST_PLACES"):
        monkeypatch.setattr(sliders_module, name, 2)
    monkeypatch.setattr(sliders_module, "VALUES", 3)
    # Untrained, the latents do little: what there is to be kept is tested, not what it is worth.
    monkeypatch.setattr(sliders_module, "WEAKEST_R", 0.0)
    monkeypatch.setattr(sliders_module, "WEAKEST_TRAVEL", 0.0)
    monkeypatch.setattr(sliders_module, "WEAKEST_PRINCIPAL_TRAVEL", 0.0)
    monkeypatch.setattr(module, "TRIED_S", 0.1)


def opened(place: Path) -> Opened:
    return Opened(small_instrument(), ExploreFolder(place), ())


def as_json(sliders: tuple[Slider, ...]) -> list[dict[str, object]]:
    return [slider.to_json() for slider in sliders]


def test_sliders_are_found_once_and_kept_beside_the_maps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(tmp_path)
    first.folder.save_chart({"maps": [1, 2]})
    assert kept_sliders(first) is None
    found = sliders_of(first)
    assert found
    assert (first.folder.load_chart() or {})["maps"] == [1, 2]
    monkeypatch.setattr(module, "make_sliders", lambda *_, **__: pytest.fail("found a second time"))
    again = opened(tmp_path)
    assert as_json(sliders_of(again)) == as_json(found)
    recipe = again.instrument.random(1, seconds=0.2, sliders=((found[0].id, 1.5),))
    before = first.instrument.random(1, seconds=0.2, sliders=((found[0].id, 1.5),))
    assert np.array_equal(again.instrument.render(recipe), first.instrument.render(before))


def test_the_instrument_follows_them_but_not_before_they_are_found(tmp_path: Path) -> None:
    model = opened(tmp_path)
    known: set[tuple[str, ...]] = set()
    found = sliders_of(model, on_progress=lambda *_: known.add(tuple(model.instrument.directions)))
    assert known == {("first",)}
    assert [*model.instrument.directions] == [slider.id for slider in found]


def test_sounds_that_were_added_by_hand_change_nothing(tmp_path: Path) -> None:
    plain, added = opened(tmp_path / "one"), opened(tmp_path / "other")
    added.instrument.add_sound(tone(900, 0.5), "added")
    assert len(added.instrument.atlas) == len(plain.instrument.atlas) + 1
    assert as_json(sliders_of(added)) == as_json(sliders_of(plain))


def test_stopped_there_are_none(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    model = opened(tmp_path)
    with pytest.raises(Cancelled):
        sliders_of(model, stop=stop)
    assert kept_sliders(model) is None


@pytest.mark.parametrize("damage", [3, [3], [{}], "sliders"])
def test_what_is_damaged_is_found_anew(tmp_path: Path, damage: object) -> None:
    model = opened(tmp_path)
    model.folder.save_chart({"sliders": damage})
    assert kept_sliders(model) is None


def test_sliders_of_another_size_of_model_are_not_taken(tmp_path: Path) -> None:
    model = opened(tmp_path)
    sliders_of(model)
    chart = json.loads(json.dumps(model.folder.load_chart()))
    for slider in chart["sliders"]:
        slider["direction"] = slider["reading"] = [1.0]
    model.folder.save_chart({"sliders": chart["sliders"]})
    assert kept_sliders(model) is None


def test_a_place_that_is_not_moved_is_the_new_sound_of_its_number() -> None:
    instrument = small_instrument()
    mover = Mover(instrument)
    still = np.zeros(instrument.atlas.latents.shape[1], np.float32)
    recipe = instrument.random(5, seconds=0.1)
    assert np.array_equal(mover(5, still), instrument.render(recipe))
    moved = mover(5, still + 1)
    assert not np.array_equal(moved, mover(5, still))
    assert moved.shape == (1, round(0.1 * RATE_HZ))

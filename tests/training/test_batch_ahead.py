"""Batches made one step ahead are the same batches."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import pytest
import torch

from sda_desktop.training.batch_ahead import BatchAhead
from sda_desktop.training.device import DevicePolicy


class Made(NamedTuple):
    """Stands for a Batch."""

    step: int
    batch_frames: int
    waves: Any = None


class Dataset:
    """Tells of each batch which step it is of, and in which thread it was made."""

    works_on_host = True

    def __init__(self) -> None:
        self.made: list[tuple[int, int, str]] = []
        self.broken_step = -1

    def batch(self, step: int, batch_frames: int) -> Any:  # noqa: ANN401 - stands for a Batch
        if step == self.broken_step:
            raise MemoryError("no room")
        self.made.append((step, batch_frames, threading.current_thread().name))
        return Made(step, batch_frames)


@pytest.fixture
def dataset() -> Dataset:
    return Dataset()


@pytest.fixture
def ahead(dataset: Dataset) -> Any:  # noqa: ANN401 - a generator of a BatchAhead
    policy = DevicePolicy(torch.device("cpu"))
    made = BatchAhead(dataset, policy)  # type: ignore[arg-type]
    yield made
    made.close()


def take(ahead: BatchAhead, step: int, batch_frames: int) -> Any:  # noqa: ANN401 - what Dataset makes
    made = ahead.take(step, batch_frames)
    return tuple(made)[:2]


def test_steps_in_a_row_come_from_the_other_thread(ahead: BatchAhead, dataset: Dataset) -> None:
    assert [take(ahead, step, 704) for step in range(5)] == [(step, 704) for step in range(5)]
    ahead.close()
    here, *others = [thread for _, _, thread in dataset.made]
    assert here == threading.current_thread().name
    assert len(others) in (4, 5)  # the one after the last may not have been begun
    assert all(thread.startswith("batches") for thread in others)


def test_another_step_or_size_than_expected_is_made_on_the_spot(ahead: BatchAhead) -> None:
    take(ahead, 3, 704)
    assert take(ahead, 9, 704) == (9, 704)
    assert take(ahead, 10, 352) == (10, 352)


def test_an_error_comes_with_the_step_it_belongs_to(ahead: BatchAhead, dataset: Dataset) -> None:
    dataset.broken_step = 1
    assert take(ahead, 0, 704) == (0, 704)
    with pytest.raises(MemoryError):
        take(ahead, 1, 704)
    dataset.broken_step = -1
    assert take(ahead, 1, 352) == (1, 352)


def test_the_thread_ends(ahead: BatchAhead) -> None:
    take(ahead, 0, 704)
    ahead.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("batches")]


def test_waves_are_analysed_beside_the_step_where_the_processor_does_it(dataset: Dataset) -> None:
    threads: list[str] = []

    def analyse(waves: Any) -> torch.Tensor:  # noqa: ANN401 - Dataset makes none
        threads.append(threading.current_thread().name)
        assert not torch.is_grad_enabled()
        return torch.tensor([len(threads)])

    ahead = BatchAhead(dataset, DevicePolicy(torch.device("cpu")), analyse)  # type: ignore[arg-type]
    seen = []
    for step in range(3):
        take(ahead, step, 704)
        assert ahead.magnitudes is not None
        seen.append(int(ahead.magnitudes))
    ahead.close()
    assert seen == [1, 2, 3]
    assert all(thread.startswith("batches") for thread in threads[1:])


def test_for_another_device_waves_are_analysed_there(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DevicePolicy, "pinned", lambda _, waves: waves)
    ahead = BatchAhead(dataset, DevicePolicy(torch.device("cuda")), lambda waves: waves)  # type: ignore[arg-type]
    take(ahead, 0, 704)
    assert ahead.magnitudes is None
    ahead.close()

"""Exporting in a thread: progress, cancel, and errors as sentences."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from sda_desktop.audio.export import ExportOptions
from sda_desktop.errors import SdaError
from sda_desktop.generation.export_batch import BatchResult, SoundJob
from sda_desktop.ui.export_job import ExportJob


def job(title: str, gate: threading.Event | None = None, fault: Exception | None = None) -> SoundJob:
    def blocks() -> Iterator[NDArray[np.float32]]:
        yield np.full((1, 441), 0.1, np.float32)
        if gate is not None:
            assert gate.wait(10)
        if fault is not None:
            raise fault
        yield np.full((1, 441), 0.1, np.float32)

    return SoundJob(title, None, "", blocks, 44_100, 0.02)


def result_of(arguments: list[object] | None) -> BatchResult:
    assert arguments is not None
    [result] = arguments
    assert isinstance(result, BatchResult)
    return result


def test_the_files_are_there_when_it_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    work = ExportJob()
    threads: list[object] = []
    told: list[tuple[int, float]] = []
    work.progressed.connect(lambda done, share: told.append((done, share)))
    work.finished.connect(lambda _: threads.append(threading.current_thread()))
    with qtbot.waitSignal(work.finished) as finished:
        work.start([job("a"), job("b")], [tmp_path / "a.wav", tmp_path / "b.wav"], ExportOptions())
        running = [work.is_running]
    running.append(work.is_running)
    assert running == [True, False]
    assert len(result_of(finished.args).exported) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav", "b.wav"]
    assert told[-1] == (2, 1.0)
    assert threads == [threading.main_thread()]


def test_cancel_ends_it_with_what_is_complete(qtbot: QtBot, tmp_path: Path) -> None:
    work, gate = ExportJob(), threading.Event()
    with qtbot.waitSignal(work.finished) as finished:
        work.start([job("a", gate)], [tmp_path / "a.wav"], ExportOptions())
        work.cancel()
        gate.set()
    assert result_of(finished.args).cancelled
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_fault_is_a_sentence_with_details(qtbot: QtBot, tmp_path: Path) -> None:
    work = ExportJob()
    with qtbot.waitSignal(work.failed) as failed:
        work.start([job("a", fault=RuntimeError("torch says no"))], [tmp_path / "a.wav"], ExportOptions())
    assert failed.args is not None
    [error] = failed.args
    assert isinstance(error, SdaError)
    assert error.remedy
    assert "torch says no" in error.details
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("times", [1, 2])
def test_it_can_be_used_again(qtbot: QtBot, tmp_path: Path, times: int) -> None:
    work = ExportJob()
    for number in range(times):
        with qtbot.waitSignal(work.finished):
            work.start([job("a")], [tmp_path / f"{number}.wav"], ExportOptions())
    assert len(list(tmp_path.iterdir())) == times

"""The rotating log file."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from sda_desktop import __version__, logs


@pytest.fixture(autouse=True)
def _quiet_end() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    logs.stop_logging()
    logging.getLogger().setLevel(level)


def _handlers() -> int:
    return len(logging.getLogger().handlers)


def test_it_begins_with_the_versions_and_keeps_messages_and_warnings(sda_home: Path) -> None:
    file = logs.start_logging()
    assert file == sda_home / "logs" / "sda-desktop.log"
    logging.getLogger("sda_desktop.test").info("hello é")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("careful", stacklevel=1)
    logs.stop_logging()
    text = file.read_text(encoding="utf-8")
    assert f"SDA Desktop {__version__}" in text
    assert "hello é" in text
    assert "careful" in text


def test_starting_twice_writes_once() -> None:
    before = _handlers()
    first = logs.start_logging()
    assert logs.start_logging() == first
    assert _handlers() == before + 1
    logs.stop_logging()
    assert _handlers() == before


def test_it_follows_a_changed_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = logs.start_logging()
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(tmp_path / "other"))
    second = logs.start_logging()
    assert second is not None
    assert second != first
    assert second.is_relative_to(tmp_path / "other")


def test_old_logs_are_few_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 2000)
    file = logs.start_logging()
    assert file is not None
    for number in range(200):
        logging.getLogger("sda_desktop.test").info("line %d of a long session", number)
    logs.stop_logging()
    kept = sorted(p.name for p in file.parent.iterdir())
    assert kept == [file.name, *(f"{file.name}.{n}" for n in range(1, logs.OLD_FILES + 1))]
    assert all(p.stat().st_size <= 2000 for p in file.parent.iterdir())
    assert "line 199" in file.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_no_reason_not_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(tmp_path / "file"))
    assert logs.start_logging() is None
    assert "No log is kept" in caplog.text

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
    logs.forget()
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


def test_the_last_records_are_remembered_with_their_traces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_REMEMBERED", 3)
    recent = logs.remember()
    assert logs.remember() is recent
    log = logging.getLogger("sda_desktop.test")
    log.setLevel(logging.INFO)
    try:
        raise ValueError("of a kind")
    except ValueError:
        log.exception("Number %d", 0)
    count, records = recent.since()
    assert count == 1
    assert (records[0].level, records[0].source) == (logging.ERROR, "sda_desktop.test")
    assert records[0].message.startswith("Number 0\nTraceback")
    assert records[0].message.endswith("ValueError: of a kind")
    for number in range(1, 6):
        log.info("Number %d", number)
    count, records = recent.since(1)
    assert count == 6
    assert [record.message for record in records] == ["Number 3", "Number 4", "Number 5"]
    assert [record.message for record in recent.since(5)[1]] == ["Number 5"]
    assert recent.since(6) == (6, [])
    logs.forget()
    log.info("Number 6")
    assert recent.since(6) == (6, [])


def test_a_message_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    recent = logs.remember()
    logging.getLogger("sda_desktop.test").error("x" * 1_000_000)
    assert len(recent.since()[1][0].message) == logs.LONGEST_MESSAGE + 1


def test_a_file_is_read_as_it_was_written() -> None:
    recent = logs.remember()
    file = logs.start_logging()
    assert file is not None
    log = logging.getLogger("sda_desktop.test")
    log.warning("one: [two] three é")
    try:
        raise ValueError("2026 is a year")
    except ValueError:
        log.exception("failed")
    logs.stop_logging()
    read = logs.read_records(file)
    assert read == recent.since()[1]
    assert len(read) == 3
    assert logs.read_records(file, most=1) == read[-1:]
    assert logs.old_files() == [file]


def test_what_is_no_record_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "x.log"
    file.write_bytes(b"the end of a trace\n2026-01-02 03:04:05,678 ODD [a] [b] c.d: \xff words\n\nmore\n")
    (record,) = logs.read_records(file)
    assert (record.level, record.thread, record.source) == (logging.INFO, "a] [b", "c.d")
    assert record.message == "\N{REPLACEMENT CHARACTER} words\n\nmore"
    (tmp_path / "empty.log").write_bytes(b"")
    assert logs.read_records(tmp_path / "empty.log") == []

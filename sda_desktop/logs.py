"""The log: one rotating file in the user's log folder, for whoever has to find out what happened."""

from __future__ import annotations

import logging
import platform
import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Lock

from sda_desktop import __version__, paths

LOG_NAME = "sda-desktop.log"
MAX_BYTES = 1_000_000
OLD_FILES = 3
MOST_REMEMBERED = 5000
LONGEST_MESSAGE = 20_000
_FORMAT = "%(asctime)s %(levelname)-7s [%(threadName)s] %(name)s: %(message)s"
_BEGINNING = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<level>[A-Z]+) +\[(?P<thread>.*?)\] "
    r"(?P<source>\S+): (?P<message>.*)"
)

_log = logging.getLogger(__name__)


def log_file() -> Path:
    """Where the current log is written; older ones carry .1, .2, .3 behind the name."""
    return paths.log_dir() / LOG_NAME


def log_names() -> list[str]:
    """The names that log files can have, the newest first."""
    return [LOG_NAME, *(f"{LOG_NAME}.{number}" for number in range(1, OLD_FILES + 1))]


def start_logging(level: int = logging.INFO) -> Path | None:
    """Send everything logged from now on to the rotating file, Python's warnings included.

    Returns the file, or None where it cannot be written: the app works without a log, which is said once, and
    nothing of what would be in it goes to stderr instead.  Calling it again
    does nothing unless SDA_DESKTOP_HOME has changed: then the log moves there.
    """
    root = logging.getLogger()
    root.setLevel(level)
    target = log_file()
    if any(isinstance(h, _OurHandler) and Path(h.baseFilename) == target for h in root.handlers):
        return target
    stop_logging()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handler = _OurHandler(target, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    except OSError as error:
        # Without a handler, logging says it on stderr.
        _log.warning(
            "No log is kept, %s cannot be written (%s). Set %s to a folder that you may write to.",
            target,
            error.strerror or error,
            paths.HOME_VARIABLE,
        )
        root.addHandler(_NoLog())
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    logging.captureWarnings(True)
    logging.getLogger("wakepy").setLevel(logging.WARNING)  # its INFO tells of every method it knows
    _log.info("SDA Desktop %s, Python %s, %s", __version__, platform.python_version(), platform.platform())
    return target


def stop_logging() -> None:
    """Close the file that start_logging opened, if any."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _OurHandler | _NoLog):
            root.removeHandler(handler)
            handler.close()
            logging.captureWarnings(False)


class _OurHandler(RotatingFileHandler):
    """Told apart from handlers that others (pytest, a debugger) put on the root logger."""

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk leaves gaps in the log; a traceback for every line of it would help nobody."""

    def close(self) -> None:
        with suppress(OSError):  # what could not be written before cannot be written now
            super().close()


class _NoLog(logging.NullHandler):
    """Where there is no log: without any handler, logging writes tracebacks on the terminal."""


@dataclass(frozen=True, slots=True)
class Record:
    """A message of the log."""

    time: str
    level: int  # as in logging
    thread: str
    source: str  # the name of the logger
    message: str  # of several lines where an error has its trace

    def line(self) -> str:
        """The record as the log file has it."""
        name = logging.getLevelName(self.level)
        return f"{self.time} {name:<7} [{self.thread}] {self.source}: {self.message}"


class RecentRecords(logging.Handler):
    """Keeps the last records of this process in memory, for the log window.

    Not in place until `remember` is called; `forget` takes it away.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = logging.Formatter("%(message)s")
        self._kept: deque[Record] = deque(maxlen=MOST_REMEMBERED)
        self._count = 0
        self._guard = Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Any thread."""
        try:
            message = self._text.format(record)
        except Exception:  # a message that does not fit its arguments must not end whoever logs it
            self.handleError(record)
            return
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[:LONGEST_MESSAGE]}…"
        made = Record(
            self._text.formatTime(record), record.levelno, str(record.threadName), record.name, message
        )
        with self._guard:
            self._kept.append(made)
            self._count += 1

    def since(self, count: int = 0) -> tuple[int, list[Record]]:
        """How many records there were so far, and those that came after the first `count` of them.

        Of more than MOST_REMEMBERED only the last are known.
        """
        with self._guard:
            fresh = min(self._count - count, len(self._kept))
            return self._count, list(self._kept)[len(self._kept) - fresh :] if fresh > 0 else []


def remember() -> RecentRecords:
    """Keep records in memory from now on; the one handler that does so."""
    found = remembered()
    if found is None:
        found = RecentRecords()
        logging.getLogger().addHandler(found)
    return found


def remembered() -> RecentRecords | None:
    """The handler that keeps records in memory, if one does."""
    handlers = logging.getLogger().handlers
    return next((handler for handler in handlers if isinstance(handler, RecentRecords)), None)


def forget() -> None:
    """Keep no records in memory any more."""
    found = remembered()
    if found is not None:
        logging.getLogger().removeHandler(found)


def old_files() -> list[Path]:
    """The log files there are, the newest first.  The first one holds what is logged now."""
    return [path for path in (paths.log_dir() / name for name in log_names()) if path.is_file()]


def read_records(path: Path, most: int = MOST_REMEMBERED) -> list[Record]:
    """The last records of a log file.  What precedes the first whole record is left out.  Raises OSError."""
    kept: deque[Record] = deque(maxlen=most)
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if _BEGINNING.match(line):
            _keep(kept, lines)
            lines = [line]
        elif lines:
            lines.append(line)
    _keep(kept, lines)
    return list(kept)


def _keep(kept: deque[Record], lines: list[str]) -> None:
    match = _BEGINNING.match(lines[0]) if lines else None
    if match is not None:
        message = "\n".join([match["message"], *lines[1:]])[:LONGEST_MESSAGE]
        level = logging.getLevelNamesMapping().get(match["level"], logging.INFO)
        kept.append(Record(match["time"], level, match["thread"], match["source"], message))

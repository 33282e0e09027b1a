"""The log: one rotating file in the user's log folder, for whoever has to find out what happened."""

from __future__ import annotations

import logging
import platform
from logging.handlers import RotatingFileHandler
from pathlib import Path

from sda_desktop import __version__, paths

LOG_NAME = "sda-desktop.log"
MAX_BYTES = 1_000_000
OLD_FILES = 3
_FORMAT = "%(asctime)s %(levelname)-7s [%(threadName)s] %(name)s: %(message)s"

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


class _NoLog(logging.NullHandler):
    """Where there is no log: without any handler, logging writes tracebacks on the terminal."""

"""Nothing fails unseen: uncaught exceptions reach the GUI thread, and a crash leaves a trace behind.

An exception that nobody caught arrives at sys.excepthook on the thread it happened in, which may not show
dialogs; a queued signal brings it over.  Crashes below Python are written down by faulthandler and found
at the next start.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from sda_desktop import paths
from sda_desktop.errors import SdaError
from sda_desktop.words import say

_log = logging.getLogger(__name__)

CRASH_NAME = "crash.txt"
PREVIOUS_CRASH_NAME = "crash-previous.txt"


class CrashCapture(QObject):
    """Between install() and uninstall(), `error_caught` (SdaError) tells of every uncaught exception."""

    error_caught = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace: IO[str] | None = None
        self._hooks: tuple[Any, Any, Any] | None = None
        self.previous_crash = ""  # what the last session's faulthandler wrote, "" if it ended well
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the interpreter's hooks and open the crash file.  Call in the GUI thread."""
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = _log_unraisable
        self._open_trace()

    def uninstall(self) -> None:
        """Give the hooks back.  A session that ends here ended well: no crash file stays behind."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
            self._hooks = None
        if self._trace is not None:
            faulthandler.disable()
            self._trace.close()
            self._trace = None
            crash_file().unlink(missing_ok=True)

    def _open_trace(self) -> None:
        try:
            self.previous_crash = take_previous_crash()
            crash_file().parent.mkdir(parents=True, exist_ok=True)
            self._trace = crash_file().open("w", encoding="utf-8")
        except OSError:
            _log.warning("No crash file is kept", exc_info=True)
            return
        faulthandler.enable(self._trace)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Any thread."""
        if issubclass(kind, KeyboardInterrupt):
            app = QCoreApplication.instance()
            if app is not None:
                app.quit()
            return
        _log.critical("Uncaught exception", exc_info=(kind, error, trace))
        self._arrived.emit(as_error(error))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    @Slot(object)
    def _on_arrived(self, error: SdaError) -> None:
        self.error_caught.emit(error)


def as_error(error: BaseException) -> SdaError:
    """An uncaught exception in the form that can be shown; our own errors stay what they are."""
    if isinstance(error, SdaError):
        return error
    return SdaError(
        say("Something went wrong that should not happen."),
        say(
            "You can go on working; if it behaves strangely, save and start again. The details "
            "help whoever mends this."
        ),
        "".join(traceback.format_exception(error)),
    )


def crash_file() -> Path:
    """Where this session's crash would be written."""
    return paths.log_dir() / CRASH_NAME


def take_previous_crash() -> str:
    """What the last session left in the crash file, which is renamed so that it is told only once.

    Raises OSError.
    """
    try:
        text = crash_file().read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""
    if text:
        crash_file().replace(paths.log_dir() / PREVIOUS_CRASH_NAME)
        _log.error("The last session crashed:\n%s", text)
    return text


def _log_unraisable(arguments: sys.UnraisableHookArgs) -> None:
    value = arguments.exc_value
    _log.error(
        "Exception in a destructor: %s %r",
        arguments.err_msg or "",
        arguments.object,
        exc_info=(arguments.exc_type, value, arguments.exc_traceback) if value is not None else None,
    )

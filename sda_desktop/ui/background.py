"""Short work off the GUI thread: reading a run's history, looking for interrupted runs."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from sda_desktop.errors import SdaError
from sda_desktop.words import say

_log = logging.getLogger(__name__)

Work = Callable[[], Any]


class Background(QObject):
    """Does the last thing it was asked to, in a pool thread, and hands the result over in the GUI thread.

    A newer request makes the older one's result void.
    """

    _finished = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._done: Callable[[Any], None] = _ignore
        self._failed: Callable[[SdaError], None] = _ignore
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def start(
        self, work: Work, done: Callable[[Any], None], failed: Callable[[SdaError], None] | None = None
    ) -> None:
        """Run `work()`; later, in the GUI thread, `done(result)` or `failed(error)`.

        Unexpected exceptions are wrapped in SdaError; without `failed`, errors only go into the log.
        """
        self._ticket += 1
        self._done, self._failed = done, failed or _ignore
        ticket = self._ticket

        def job() -> None:
            outcome = _outcome(work)
            try:
                self._finished.emit(ticket, outcome)
            except RuntimeError:  # the window is gone by now, and with it who wanted to know
                _log.debug("A result came too late")

        QThreadPool.globalInstance().start(job)

    def drop(self) -> None:
        """Forget the request under way: neither `done` nor `failed` will be called for it."""
        self._ticket += 1

    @Slot(int, object)
    def _on_finished(self, ticket: int, outcome: object) -> None:
        if ticket != self._ticket:
            return
        if isinstance(outcome, SdaError):
            self._failed(outcome)
        else:
            self._done(outcome)


def _ignore(_: object) -> None:
    pass


def _outcome(work: Work) -> object:
    try:
        return work()
    except SdaError as error:
        _log.warning("%s %s", error, error.details)
        return error
    except Exception as error:
        _log.exception("Work in the background failed")
        return SdaError(
            say("Something went wrong that should not happen."),
            say("The details help whoever mends this."),
            "".join(traceback.format_exception(error)),
        )

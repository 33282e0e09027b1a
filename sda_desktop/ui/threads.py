"""Background threads that outlive nothing: each is kept until it ended, and the app waits for them."""

from __future__ import annotations

import threading
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot

QUIT_WAIT_MS = 5000


class StoppableThread(QThread):
    """A thread with the one way to stop: `stop` is polled by what it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.stop = threading.Event()

    def begin(self) -> None:
        """Start; the thread object lives until it is done, whoever started it."""
        _keeper().keep(self)
        self.start()


class _Keeper(QObject):
    """Holds running threads: destroying a running QThread ends the process."""

    def __init__(self) -> None:
        super().__init__()
        self._threads: set[StoppableThread] = set()
        self._app: QCoreApplication | None = None

    def keep(self, thread: StoppableThread) -> None:
        app = QCoreApplication.instance()
        if app is not None and app is not self._app:
            app.aboutToQuit.connect(self._on_about_to_quit)
            self._app = app
        self._on_thread_finished()  # those whose signals were blocked have not told
        self._threads.add(thread)
        thread.finished.connect(self._on_thread_finished)

    @Slot()
    def _on_thread_finished(self) -> None:
        for thread in [t for t in self._threads if t.isFinished()]:
            thread.wait()
            self._threads.discard(thread)

    @Slot()
    def _on_about_to_quit(self) -> None:
        self.end()

    def end(self) -> None:
        for thread in self._threads:
            thread.stop.set()
        for thread in list(self._threads):
            thread.wait(QUIT_WAIT_MS)


@cache
def _keeper() -> _Keeper:
    return _Keeper()


def end_threads() -> None:
    """Stop all threads that still run and wait for them; when the app ends this happens by itself."""
    _keeper().end()

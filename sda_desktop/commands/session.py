"""One training on the command line: signals, progress, a reader that goes away, the closing summary."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sda_desktop.commands import EXIT_CANCELLED, EXIT_DONE
from sda_desktop.commands.interrupt import StopSignals
from sda_desktop.commands.output import complain, is_terminal, say, silence
from sda_desktop.commands.progress import closing_lines, make_reporter
from sda_desktop.errors import Cancelled
from sda_desktop.keep_awake import keep_awake
from sda_desktop.storage import home_problem
from sda_desktop.training.metrics import Event, EventSink, PreviewEvent, TrainingComplete

if TYPE_CHECKING:
    from sda_desktop.training.loop import RunControl

# Starts the engine: `train` or `resume` with everything but these two filled in.
Job: TypeAlias = "Callable[[EventSink, RunControl], TrainingComplete]"

STOPPING = "Stopping and saving. Ctrl-C again quits without saving."
QUITTING = "Quit without saving; what was saved before can be resumed."


def run_session(job: Job, *, json: bool = False) -> int:
    """Run `job` to its end, showing how it goes.  Returns the exit code; raises SdaError."""
    if problem := home_problem():  # before torch is imported, which fails in its own words on a full disk
        raise problem
    stop = threading.Event()
    # The bar says itself that it is stopping; a sentence would only break its line.
    first = "" if not json and is_terminal(sys.stdout) else STOPPING
    with StopSignals(stop, first, QUITTING), Show(stop, json=json) as show:
        complete = _run(job, show, stop)
    if complete is None or (complete.status == "cancelled" and complete.checkpoint is None):
        complain("Cancelled before the training began; there is no checkpoint.")
        return EXIT_CANCELLED
    _summarise(complete, show, json=json)
    return EXIT_DONE if complete.status == "finished" else EXIT_CANCELLED


def _run(job: Job, show: Show, stop: threading.Event) -> TrainingComplete | None:
    try:
        from sda_desktop.training.loop import RunControl

        with keep_awake():
            return job(show, RunControl(stop=stop, save_requested=threading.Event()))
    except Cancelled:
        return None


def _summarise(complete: TrainingComplete, show: Show, *, json: bool) -> None:
    if not json and not show.reader_gone:
        for line in closing_lines(complete, show.previews):
            say(line)
    elif complete.status == "cancelled":
        why = "The reader of the output went away; stopped" if show.reader_gone else "Stopped"
        complain(
            f"{why} at epoch {complete.epoch}, step {complete.global_step}; saved in {complete.checkpoint}."
        )


class Show:
    """Hands events to the reporter and remembers the previews.

    A closed stdout (`| head`, a closed terminal) stops and saves instead of raising inside the engine.
    """

    def __init__(self, stop: threading.Event, *, json: bool) -> None:
        self.previews: list[PreviewEvent] = []
        self.reader_gone = False
        self._stop = stop
        self._reporter = make_reporter(stop, json=json)

    def __enter__(self) -> Show:
        self._guard(self._reporter.start)
        return self

    def __exit__(self, *error: object) -> None:
        self._guard(self._reporter.finish)

    def __call__(self, event: Event) -> None:
        """An EventSink."""
        if isinstance(event, PreviewEvent):
            self.previews.append(event)
        self._guard(lambda: self._reporter(event))

    def _guard(self, write: Callable[[], None]) -> None:
        if self.reader_gone:
            return
        try:
            write()
        except OSError:
            self.reader_gone = True
            self._stop.set()
            silence(sys.stdout)

"""Which runs are compared with the one on the screen: their curves are read here, off the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from sda_desktop.errors import SdaError
from sda_desktop.training.metrics import Event, event_from_json
from sda_desktop.training.run_folder import METRICS_FILE, RunSummary
from sda_desktop.ui.background import Background
from sda_desktop.ui.plot_data import RunCurves
from sda_desktop.ui.plot_marks import MOST_MARKS
from sda_desktop.ui.run_entries import run_label
from sda_desktop.words import say

MOST_COMPARED = MOST_MARKS
# After so many lines, some half of a millisecond, others have a turn: a drawing needs Python's lock a hundred
# times, and would wait each time for a thread that goes on.
_LINES = 25
_PAUSE_S = 0.001


@dataclass(frozen=True, eq=False)
class ComparedRun:
    """A run behind the present one's curves.  mark: the number of its sign, see plot_marks."""

    run: RunSummary
    mark: int
    data: RunCurves


@dataclass
class _Chosen:
    run: RunSummary
    mark: int
    read: ComparedRun | None = None


class Comparison(QObject):
    """Keeps what the user ticked.  The run on the screen may be among them: it is drawn once, as itself,
    and read from the disk when another one takes its place."""

    marks_changed = Signal(object)  # dict[Path, int]: the sign of each compared run
    curves_changed = Signal(object)  # tuple[ComparedRun, ...]: what is to be drawn
    failed = Signal(object)  # SdaError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[Path, _Chosen] = {}
        self._shown: Path | None = None
        self._reader = Background(self)
        self._reading: Path | None = None
        self._stop = threading.Event()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._on_about_to_quit)

    @Slot(object, bool)
    def choose(self, run: RunSummary, on: bool) -> None:
        """Compare a run, or do so no longer.  More than MOST_COMPARED are not taken."""
        if not on:
            self.remove(run.path)
        elif run.path not in self._chosen and len(self._chosen) < MOST_COMPARED:
            free = set(range(MOST_COMPARED)) - {chosen.mark for chosen in self._chosen.values()}
            self._chosen[run.path] = _Chosen(run, min(free))
            self._tell_marks()
            self._read_next()

    @Slot(object)
    def remove(self, path: Path) -> None:
        """The run is gone, or no longer to be compared."""
        if self._chosen.pop(path, None) is not None:
            self._tell_marks()
            self._tell_curves()
            self._read_next()

    @Slot(object)
    def keep(self, paths: Collection[Path]) -> None:
        """These runs are on the disk."""
        for path in self._chosen.keys() - set(paths):
            self.remove(path)

    def set_shown(self, path: Path | None) -> None:
        """The run on the screen.  Its figures may grow: they are read anew when it is left."""
        if path == self._shown:
            return
        self._shown = path
        if path in self._chosen:
            self._chosen[path].read = None
            self._tell_curves()
        self._read_next()

    def _read_next(self) -> None:
        """Read one run after the other: together they would keep Python's lock from the GUI thread."""
        missing = [path for path, c in self._chosen.items() if c.read is None and path != self._shown]
        if self._reading in missing:
            return
        self._stop.set()
        self._reader.drop()
        self._reading = missing[0] if missing else None
        if self._reading is not None:
            self._stop = threading.Event()
            chosen = self._chosen[self._reading]
            work = partial(read_run, chosen.run, chosen.mark, self._stop)
            self._reader.start(work, self._on_read, self._on_read_failed)

    def _on_read(self, read: ComparedRun) -> None:
        self._reading = None
        self._chosen[read.run.path].read = read
        self._read_next()
        if self._reading is None:
            self._tell_curves()  # all at once: drawing takes longer while another one is being read

    def _on_read_failed(self, error: SdaError) -> None:
        path, self._reading = self._reading, None
        if path is not None:
            self.remove(path)
        self.failed.emit(error)

    def _tell_marks(self) -> None:
        self.marks_changed.emit({path: chosen.mark for path, chosen in self._chosen.items()})

    def _tell_curves(self) -> None:
        self.curves_changed.emit(tuple(c.read for c in self._chosen.values() if c.read is not None))

    @Slot()
    def _on_about_to_quit(self) -> None:
        self._stop.set()


def read_run(run: RunSummary, mark: int, stop: threading.Event) -> ComparedRun:
    """The curves of a run folder.  Takes as long as its history is long: not in the GUI thread.

    Raises SdaError.
    """
    metrics_file, name = run.path / METRICS_FILE, run_label(run)
    try:
        data = read_curves(metrics_file, stop)
    except FileNotFoundError:
        data = RunCurves()
    except (OSError, ValueError) as error:
        raise SdaError(
            say("The figures of the run {name} cannot be read: it has no curves to compare.", name=name),
            say("Its checkpoints can still be played and resumed."),
            f"{metrics_file}: {error}",
        ) from error
    if data.empty and not stop.is_set():
        raise SdaError(
            say("The run {name} has no figures: there are no curves of it to compare.", name=name),
            say("Compare one that was trained for a while."),
            str(metrics_file),
        )
    return ComparedRun(run, mark, data)


def read_curves(metrics_file: Path, stop: threading.Event) -> RunCurves:
    """The curves alone, without keeping all events as a MetricsHistory does.

    Ends early when `stop` is set.  A torn last line (power cut) is passed over.  Raises OSError, and
    ValueError for a damaged line.
    """
    data = RunCurves()
    problem: ValueError | None = None
    with metrics_file.open(encoding="utf-8") as file:
        while not stop.wait(_PAUSE_S) and (lines := list(islice(file, _LINES))):
            events: list[Event] = []
            for line in lines:
                if problem is not None:
                    raise problem
                try:
                    events.append(event_from_json(line))
                except ValueError as error:
                    problem = error  # unless it is the last line
            data.add(events)
    return data

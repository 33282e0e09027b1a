"""Showing how a training goes: a bar on a terminal, sparse lines in a file or pipe, JSON for programs."""

from __future__ import annotations

import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

from sda_desktop.commands.output import (
    clock_text,
    complain,
    count_text,
    duration_text,
    is_terminal,
    printable,
    say,
    size_text,
)
from sda_desktop.training.metrics import (
    CheckpointEvent,
    EpochMetrics,
    Event,
    HealthWarning,
    PreparationProgress,
    PreviewEvent,
    RunForecast,
    RunStarted,
    StepMetrics,
    TrainingComplete,
    event_to_json,
)

if TYPE_CHECKING:
    from rich.progress import Progress

ACTIVITIES = {
    "scanning": "Reading the sounds",
    "decoding": "Decoding the sounds",
    "measuring": "Measuring the sounds",
    "loading": "Loading the sounds",
}
STOPPING = "Stopping and saving; Ctrl-C again quits without saving"
# What a log file gets: an epoch at most this often, and a sign of life within long epochs.
EPOCH_LINE_EVERY_S = 5.0
SIGN_OF_LIFE_EVERY_S = 30.0
REFRESH_PER_SECOND = 8
WIDE_TERMINAL, BAR_WIDTH, SHORT_BAR_WIDTH = 80, 16, 8


class Reporter(ABC):
    """Receives every event of a run, between `start` and `finish`.  All raise OSError when stdout is gone."""

    def start(self) -> None:  # noqa: B027 - nothing to do for most
        """Before the first event."""

    def finish(self) -> None:  # noqa: B027
        """After the last event, whatever happened: leave the terminal clean."""

    @abstractmethod
    def __call__(self, event: Event) -> None:
        """Show one event."""


class JsonReporter(Reporter):
    """One line of JSON for each event on stdout."""

    def __call__(self, event: Event) -> None:
        say(event_to_json(event))


class LineReporter(Reporter):
    """Plain lines, few enough for a log file.

    say_line, clock_s: where a line goes and a monotonic clock, so that both can be replaced.
    """

    def __init__(
        self, say_line: Callable[[str], None] = say, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._say = say_line
        self._clock_s = clock_s
        self._said_at_s = -SIGN_OF_LIFE_EVERY_S
        self._activity = ""
        self._previews: list[PreviewEvent] = []
        self._epochs = 0  # how many there will be; a time limit changes it on the way
        self._total_steps = 0

    def __call__(self, event: Event) -> None:
        if not isinstance(event, PreviewEvent):
            self._flush_previews()
        match event:
            case PreparationProgress():
                self.on_preparation(event)
            case RunForecast():
                self.line(forecast_line(event))
            case RunStarted():
                self._epochs, self._total_steps = event.epochs, event.total_steps
                self.line(start_line(event))
                self.line(f"Run folder: {printable(event.run_dir)}")
            case StepMetrics():
                self.on_step(event)
            case EpochMetrics():
                self._epochs, self._total_steps = event.epochs, event.total_steps
                self.on_epoch(event)
            case PreviewEvent():
                self._previews.append(event)
            case HealthWarning():
                self.line(f"Note: {printable(event.message)}")
            case CheckpointEvent() if event.reason == "manual":
                self.line(f"Checkpoint saved: {printable(event.path)}")
            case _:
                pass

    def finish(self) -> None:
        self._flush_previews()

    def line(self, text: str) -> None:
        """Write one line and note when."""
        self._said_at_s = self._clock_s()
        self._say(text)

    def silent_for_s(self) -> float:
        """Seconds since the last line."""
        return self._clock_s() - self._said_at_s

    def of_epochs(self, epoch: int) -> str:
        """3/40: an epoch and how many there will be."""
        return f"{epoch}/{max(epoch, self._epochs)}"

    def on_preparation(self, event: PreparationProgress) -> None:
        """Say what begins, and a sign of life when it takes long."""
        if event.activity != self._activity:
            self._activity = event.activity
            self.line(f"{ACTIVITIES[event.activity]}{f' ({event.total})' if event.total > 1 else ''}")
        elif self.silent_for_s() >= SIGN_OF_LIFE_EVERY_S:
            self.line(f"{ACTIVITIES[event.activity]}: {event.done} of {event.total}")

    def on_step(self, event: StepMetrics) -> None:
        """A sign of life within a long epoch."""
        if self.silent_for_s() >= SIGN_OF_LIFE_EVERY_S:
            self.line(
                f"epoch {self.of_epochs(event.epoch)}  step {event.step}/{event.total_steps}"
                f"  loss {event.train_loss:.3f}  {remaining_text(event.eta_seconds)}"
            )

    def on_epoch(self, event: EpochMetrics) -> None:
        """The figures of an epoch: always of the first and the last, else not too often."""
        ends = event.epoch in (1, event.epochs)
        if ends or self.silent_for_s() >= EPOCH_LINE_EVERY_S:
            self.line(epoch_line(event))

    def _flush_previews(self) -> None:
        if self._previews:
            self.line(preview_line(self._previews))
            self._previews = []


class BarReporter(LineReporter):
    """One moving line with epoch, step, loss and time remaining; what lasts is written above it."""

    def __init__(self, stop: threading.Event, progress: Progress | None = None) -> None:
        self._progress = progress or make_progress(sys.stdout, stop)
        super().__init__(self._progress.console.out)
        self._task = self._progress.add_task("Starting", total=None, figures="")
        self._validation: float | None = None

    def start(self) -> None:
        self._progress.start()

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self._progress.stop()

    def on_preparation(self, event: PreparationProgress) -> None:
        self._progress.update(
            self._task,
            description=ACTIVITIES[event.activity],
            completed=event.done,
            total=event.total or None,
            figures=f"{event.done}/{event.total}  {printable(Path(event.item).name)}",
        )

    def on_step(self, event: StepMetrics) -> None:
        description = f"epoch {self.of_epochs(event.epoch)} step {event.step}/{event.total_steps}"
        validation = "" if self._validation is None else f"val {self._validation:.3f}"
        speed = f"{1 / max(event.step_seconds, 1e-6):.1f}/s"
        eta = "ETA -:--" if event.eta_seconds is None else f"ETA {clock_text(event.eta_seconds)}"
        width = self._progress.console.width
        room = width - len(description) - bar_width(width) - 2
        self._progress.update(
            self._task,
            description=description,
            completed=event.global_step,
            total=max(self._total_steps, event.global_step),
            figures=_fitting([f"loss {event.train_loss:.3f}", validation, speed, eta], (2, 1, 0), room),
        )

    def on_epoch(self, event: EpochMetrics) -> None:
        self._validation = event.validation_loss


def make_reporter(stop: threading.Event, *, json: bool) -> Reporter:
    """The reporter that suits --json and what stdout is."""
    if json:
        return JsonReporter()
    return BarReporter(stop) if is_terminal(sys.stdout) else LineReporter()


def bar_width(terminal_width: int) -> int:
    """The bar gives way before the figures do."""
    return BAR_WIDTH if terminal_width >= WIDE_TERMINAL else SHORT_BAR_WIDTH


def make_progress(stream: TextIO, stop: threading.Event | None = None) -> Progress:
    """A bar of one line; it says so itself once `stop` is set."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, Task, TextColumn
    from rich.text import Text

    class Doing(TextColumn):
        """The description, or that the run is stopping: drawn by rich's own thread, so at once."""

        def render(self, task: Task) -> Text:
            stopping = stop is not None and stop.is_set()
            return Text(STOPPING if stopping else task.description, no_wrap=True, overflow="ellipsis")

    class Figures(TextColumn):
        """Figures of fixed meaning, hidden while stopping."""

        def render(self, task: Task) -> Text:
            hidden = stop is not None and stop.is_set()
            return Text("" if hidden else task.fields["figures"], no_wrap=True, overflow="ellipsis")

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    return Progress(
        Doing(""),
        BarColumn(bar_width=bar_width(console.width)),
        Figures(""),
        console=console,
        refresh_per_second=REFRESH_PER_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


class FileProgress:
    """A bar over files or sounds, on whichever of stdout and stderr is a terminal; none if neither is.

    A context manager.  Lines go through its `say` and `complain`, which keep clear of the bar.
    """

    def __init__(self, description: str) -> None:
        stream = next((stream for stream in (sys.stdout, sys.stderr) if is_terminal(stream)), None)
        self._progress = make_progress(stream) if stream else None
        if self._progress:
            self._task = self._progress.add_task(description, total=None, figures="")

    def __enter__(self) -> Self:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._progress:
            self._progress.stop()

    def update(self, done: int, total: int, name: str) -> None:
        """So many are done, and this one is in work."""
        if self._progress:
            figures = f"{done}/{total}  {printable(name)}"
            self._progress.update(self._task, completed=done, total=total, figures=figures)

    def say(self, text: str) -> None:
        """A line for stdout."""
        with self._cleared():
            say(text)

    def complain(self, text: str) -> None:
        """A line for stderr."""
        with self._cleared():
            complain(text)

    @contextmanager
    def _cleared(self) -> Iterator[None]:
        if self._progress is None:
            yield
            return
        self._progress.stop()
        yield
        self._progress.start()


def _fitting(figures: list[str], least_needed: Sequence[int], room: int) -> str:
    """The figures in one line of `room` characters; what does not fit goes, the least needed first."""
    kept = list(figures)
    for number in least_needed:
        if len(_joined(kept)) <= room:
            break
        kept[number] = ""
    return _joined(kept)


def _joined(figures: list[str]) -> str:
    return "  ".join(figure for figure in figures if figure)


def forecast_line(event: RunForecast) -> str:
    """How long the run will take, and what it will write."""
    from sda_desktop.training.forecast import about_text  # brings numpy, for which --help must not wait

    about = "Roughly" if event.is_rough else "About"
    if event.seconds is None:
        time_text = "No estimate yet: nothing was trained on this device before."
    elif event.has_time_limit:
        time_text = f"{about} {event.total_steps} steps in the time given."
    else:
        time_text = f"{about} {about_text(event.seconds)} on this computer."
    free = "" if event.free_bytes is None else f"; {size_text(event.free_bytes)} are free"
    memory = ""
    if event.memory_bytes > event.available_bytes:
        memory = (
            f" Memory is short: about {size_text(event.memory_bytes)} are needed,"
            f" {size_text(event.available_bytes)} are available."
        )
    return f"{time_text} It writes up to {size_text(event.disk_bytes)}{free}.{memory}"


def start_line(event: RunStarted) -> str:
    """What the run will do, in a sentence or two."""
    sounds = (
        f"{count_text(event.train_files, 'sound')} ({duration_text(event.train_seconds)}),"
        f" validation on {'slices of them' if event.validation_by_time else event.validation_files}"
        f" ({duration_text(event.validation_seconds)})"
    )
    done = f", {event.start_step} already done" if event.start_step else ""
    threads = f" with {count_text(event.threads, 'thread')}" if event.device == "cpu" else ""
    return (
        f"Training on {sounds}. {count_text(event.epochs, 'epoch')} of {event.steps_per_epoch} steps,"
        f" {event.total_steps} in all{done}, on {event.device}{threads} at {event.sample_rate_hz} Hz."
    )


def epoch_line(event: EpochMetrics) -> str:
    """The figures of one epoch."""
    best = "  best so far" if event.is_best else ""
    return (
        f"epoch {event.epoch}/{event.epochs}  step {event.global_step}/{event.total_steps}"
        f"  train {event.train_loss:.3f}  validation {event.validation_loss:.3f}"
        f"  KL {event.kl_divergence_nats:.1f} nats  {remaining_text(event.eta_seconds)}{best}"
    )


def preview_line(previews: list[PreviewEvent]) -> str:
    """What was just made and where it lies."""
    made = [
        count_text(number, noun)
        for kind, noun in (("reconstruction", "reconstruction"), ("new", "new sound"))
        if (number := sum(p.kind == kind for p in previews))
    ] or [count_text(len(previews), "sound")]
    folder = printable(str(Path(previews[-1].path).parent))
    return f"Previews of epoch {previews[-1].epoch}: {', '.join(made)} in {folder}"


def remaining_text(eta_seconds: float | None) -> str:
    """The time remaining, or that it is being estimated."""
    return "estimating" if eta_seconds is None else f"{duration_text(eta_seconds)} left"


def closing_lines(complete: TrainingComplete, previews: list[PreviewEvent]) -> list[str]:
    """Where everything is, once the run has ended."""
    finished = complete.status == "finished"
    epochs, steps = count_text(complete.epoch, "epoch"), count_text(complete.global_step, "step")
    what = f"Finished: {epochs}, {steps}" if finished else f"Stopped in epoch {complete.epoch} after {steps}"
    lines = [
        f"{what}, {duration_text(complete.elapsed_seconds)} of training"
        f" ({complete.steps_per_second:.1f} steps/s)."
    ]
    if complete.skipped_steps:
        lines.append(f"{count_text(complete.skipped_steps, 'step')} without a finite loss left out.")
    made = [preview for preview in previews if preview.kind != "original"]
    if made:
        last = [Path(preview.path) for preview in made if preview.epoch == made[-1].epoch]
        lines.append(f"Previews of epoch {made[-1].epoch}: {printable(str(last[0].parent))}")
        lines += [f"  {printable(path.name)}" for path in last]
    if complete.best_checkpoint:
        lines.append(f"Best: epoch {complete.best_epoch}, {printable(complete.best_checkpoint)}")
    lines.append(f"Checkpoint: {printable(complete.checkpoint or 'none')}")
    lines.append(f"Model: {printable(complete.run_dir)}")
    return lines

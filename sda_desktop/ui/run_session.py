"""The run that the window shows: the one that trains now, or one loaded from its folder.

Keeps its history together from both sources: what the folder says about the time before, and the events
that arrive now.  Of the steps only the newest are kept here: there are hundreds of thousands in a long run,
and who draws them has an own, smaller copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from sda_desktop.errors import SdaError
from sda_desktop.training.config import TrainingConfig, preset_values
from sda_desktop.training.metrics import (
    CheckpointEvent,
    Event,
    HealthWarning,
    MetricsHistory,
    RunStarted,
    TrainingComplete,
)
from sda_desktop.ui.background import Background
from sda_desktop.ui.health import Health, health
from sda_desktop.ui.training_runner import TrainingRunner
from sda_desktop.ui.wording import short_name
from sda_desktop.words import say

# The health sentence says these for as long as they last; the others are told once, as notices.
_IN_THE_SENTENCE = ("overfitting", "posterior_collapse")
KEPT_STEPS = 2000


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunSession", text)


@dataclass(frozen=True)
class LoadedRun:
    """A run folder as far as the window needs it."""

    path: Path
    name: str
    manifest: dict[str, Any]
    history: MetricsHistory
    resume_epoch: int | None  # of the newest sound checkpoint; None if there is nothing to go on from
    finished: bool


@dataclass
class ShownRun:
    """What is known of the run on the screen."""

    path: Path | None = None
    name: str = ""
    resume_from: Path | None = None  # what Resume would be given
    resume_epoch: int = 0
    finished: bool = False
    history: MetricsHistory = field(default_factory=MetricsHistory)

    def resume_hint(self) -> str:
        """What Resume would do."""
        if self.finished:
            return _tr("{name} is finished: {epoch} epochs are done.").format(
                name=short_name(self.name), epoch=self.resume_epoch
            )
        return _tr("Resume goes on with {name} from epoch {epoch}; Train begins a new one.").format(
            name=short_name(self.name), epoch=self.resume_epoch
        )


class RunSession(QObject):
    """Follows the runner, and loads runs off the GUI thread."""

    changed = Signal()  # another run is shown, or it became resumable, or stopped being so
    history_replaced = Signal(object)  # MetricsHistory
    rewound = Signal(object)  # MetricsHistory: cut off where the run goes on; its RunStarted follows
    events_added = Signal(object)  # list[Event]
    health_changed = Signal(object)  # Health
    warning_received = Signal(object)  # HealthWarning
    files_changed = Signal()  # the run's folder has a new checkpoint
    run_loaded = Signal(object)  # LoadedRun: one that is opened, or whose past was read to resume it
    failed = Signal(object)  # SdaError: a run could not be opened

    def __init__(self, runner: TrainingRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._background = Background(self)
        self.shown = ShownRun()
        self._live: list[Event] = []  # of the present session of a resumed run, until its past is loaded
        self._awaiting_past = False
        self._health = self.health
        runner.events_received.connect(self._on_runner_events_received)
        runner.completed.connect(self._on_runner_completed)
        runner.failed.connect(self._on_runner_failed)

    @property
    def health(self) -> Health:
        """How the run shown is doing."""
        return health(self.shown.history, running=self._runner.is_running)

    def begin_new(self, name: str) -> None:
        """A new run starts: an empty history."""
        self._background.drop()
        self._awaiting_past = False
        self._show(ShownRun(name=name))

    def begin_resume(self, target: Path) -> None:
        """A run goes on from its folder or from one of its checkpoints: its past is loaded meanwhile."""
        self._awaiting_past = True
        self._live = []
        run_dir = run_folder_of(target)
        if self.shown.path != run_dir:
            self._show(ShownRun(path=run_dir, name=run_dir.name))
        self._background.start(lambda: load_run(run_dir), self._on_past_loaded, self._on_past_failed)

    def open(self, path: Path) -> None:
        """Load the run of a folder (or of the run.json in it) and show it."""
        if self._runner.is_running:
            return
        self._background.start(lambda: load_run(path), self._on_run_loaded, self.failed.emit)

    def close(self) -> None:
        """Show no run any more."""
        if not self._runner.is_running:
            self._background.drop()
            self._show(ShownRun())

    def _show(self, shown: ShownRun) -> None:
        self.shown = shown
        self.history_replaced.emit(shown.history)
        self._forget_old_steps()
        self._tell_health()
        self.changed.emit()

    def _forget_old_steps(self) -> None:
        steps = self.shown.history.steps
        if len(steps) > 2 * KEPT_STEPS:
            del steps[:-KEPT_STEPS]

    def _tell_health(self) -> None:
        now = self.health
        if now != self._health:
            self._health = now
            self.health_changed.emit(now)

    def _on_run_loaded(self, run: LoadedRun) -> None:
        if self._runner.is_running:
            return
        self._show(_shown(run))
        self.run_loaded.emit(run)

    def _on_past_loaded(self, run: LoadedRun) -> None:
        """The past of a run that is being resumed, perhaps after its first new events."""
        self._awaiting_past = False
        live, self._live = self._live, []
        start = next((e for e in live if isinstance(e, RunStarted)), None)
        shown = _shown(run)
        if start is not None:
            shown.path = Path(start.run_dir)  # another than the old one if an older checkpoint was resumed
            shown.history = before(run.history, start)
            for event in live:
                shown.history.add(event)
        self._show(shown)
        if start is not None:
            self.events_added.emit([start])  # how long the run is, which its past does not tell
        self.run_loaded.emit(run)

    def _on_past_failed(self, error: SdaError) -> None:
        # The engine reads the same folder and will say what is wrong with it.
        self._awaiting_past = False
        self._live = []

    @Slot(object)
    def _on_runner_events_received(self, events: list[Event]) -> None:
        if self._awaiting_past:
            self._live += events
        for event in events:
            if isinstance(event, RunStarted):
                self._start(event)
            elif isinstance(event, HealthWarning) and event.kind not in _IN_THE_SENTENCE:
                self.warning_received.emit(event)
            self.shown.history.add(event)
        self.events_added.emit(events)
        self._forget_old_steps()
        self._tell_health()
        if any(isinstance(event, RunStarted | CheckpointEvent) for event in events):
            self.files_changed.emit()

    def _start(self, event: RunStarted) -> None:
        self._tell_health()
        self.shown.path = Path(event.run_dir)
        self.shown.name = self.shown.name or self.shown.path.name
        if event.resumed_from is not None and not self._awaiting_past:
            self.shown.history = before(self.shown.history, event)
            self.rewound.emit(self.shown.history)
        self.changed.emit()

    @Slot(object)
    def _on_runner_completed(self, result: TrainingComplete) -> None:
        if result.run_dir:
            self.shown.path = Path(result.run_dir)
        self.shown.resume_from = self.shown.path if result.checkpoint is not None else None
        self.shown.resume_epoch = result.epoch
        self.shown.finished = result.status == "finished"
        self._ended()

    @Slot(object)
    def _on_runner_failed(self, _: object) -> None:
        checkpoints = self.shown.history.checkpoints
        self.shown.resume_from = self.shown.path if checkpoints else None
        self.shown.resume_epoch = checkpoints[-1].epoch if checkpoints else 0
        self._ended()

    def _ended(self) -> None:
        self._tell_health()
        self.files_changed.emit()
        self.changed.emit()


def run_folder_of(target: Path) -> Path:
    """The run folder of a run folder, of the run.json in it, or of a checkpoint in it."""
    if target.name == "run.json":
        return target.parent
    return target.parent.parent if target.parent.name == "checkpoints" else target


def is_run(path: Path) -> bool:
    """Whether path looks like a run: a run.json or a folder that holds one."""
    return (path.name == "run.json" and path.is_file()) or (path / "run.json").is_file()


def load_run(path: Path) -> LoadedRun:
    """Read a run folder.  Takes as long as its history is long: not in the GUI thread.  Raises SdaError."""
    from sda_desktop.training.checkpoint import latest_checkpoint
    from sda_desktop.training.run_folder import RunFolder

    run = RunFolder.open(path)
    try:
        history = MetricsHistory.load(run.metrics_file)
    except (OSError, ValueError) as error:
        raise SdaError(
            say("The history of the run {name} cannot be read.", name=run.path.name),
            say("Its checkpoints can still be resumed."),
            f"{run.metrics_file}: {error}",
        ) from error
    newest = latest_checkpoint(run.path)
    return LoadedRun(
        path=run.path,
        name=str(run.manifest.get("name", run.path.name)),
        manifest=run.manifest,
        history=history,
        resume_epoch=None if newest is None else newest.epoch,
        finished=run.manifest["status"] == "finished",
    )


def settings_of(manifest: Mapping[str, Any]) -> tuple[TrainingConfig, frozenset[str]]:
    """The settings of a run, and which of them its user chose: those that are neither default nor preset.

    Raises ConfigError if the run was made with settings that this version does not know.
    """
    config = TrainingConfig.from_dict(manifest.get("config", {}))
    files = manifest.get("dataset", {}).get("files", 0)
    expected = {**TrainingConfig().to_dict(), **preset_values(config.preset, files)}
    return config, frozenset(name for name, value in config.to_dict().items() if value != expected[name])


def before(history: MetricsHistory, start: RunStarted) -> MetricsHistory:
    """The part of a history that a resumed run keeps: up to the checkpoint it goes on from."""
    return MetricsHistory(
        steps=[e for e in history.steps if e.global_step <= start.start_step],
        epochs=[e for e in history.epochs if e.global_step <= start.start_step],
        previews=[e for e in history.previews if e.epoch < start.start_epoch],
        checkpoints=[e for e in history.checkpoints if e.global_step <= start.start_step],
        warnings=[e for e in history.warnings if e.global_step <= start.start_step],
    )


def _shown(run: LoadedRun) -> ShownRun:
    return ShownRun(
        path=run.path,
        name=run.name,
        resume_from=run.path if run.resume_epoch is not None else None,
        resume_epoch=run.resume_epoch or 0,
        finished=run.finished,
        history=run.history,
    )

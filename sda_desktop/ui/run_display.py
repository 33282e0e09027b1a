"""Showing the run: its events go to the curves, the previews, the status bar and the notices."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from sda_desktop.errors import SdaError, SoundsGoneError
from sda_desktop.training.metrics import Event, HealthWarning, MetricsHistory, PreviewEvent, TrainingComplete
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.health import Health
from sda_desktop.ui.metrics_plots import MetricsPlots
from sda_desktop.ui.notices import Notice, NoticeArea
from sda_desktop.ui.notify import notify
from sda_desktop.ui.preview_playlist import PreviewPlaylist
from sda_desktop.ui.run_session import RunSession
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.sounds_elsewhere import SoundsElsewhere
from sda_desktop.ui.status_bar import StatusBar
from sda_desktop.ui.training_runner import TrainingRunner

_WARNING = "warning_"


@dataclass(frozen=True)
class RunWidgets:
    """What shows a run."""

    plots: MetricsPlots
    previews: PreviewPlaylist
    status: StatusBar
    notices: NoticeArea


class RunDisplay(QObject):
    """Connects runner and session to the widgets."""

    def __init__(
        self, window: QWidget, runner: TrainingRunner, session: RunSession, widgets: RunWidgets
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session = session
        self.elsewhere = SoundsElsewhere(window)
        self._widgets = widgets
        runner.state_changed.connect(self._on_runner_state_changed)
        runner.completed.connect(self._on_runner_completed)
        runner.failed.connect(self._on_runner_failed)
        session.events_added.connect(self._on_session_events_added)
        session.history_replaced.connect(self._on_session_history_replaced)
        session.rewound.connect(widgets.previews.set_history)
        session.health_changed.connect(self._on_session_health_changed)
        session.warning_received.connect(self._on_session_warning_received)
        session.failed.connect(self._on_session_failed)

    @Slot(object)
    def _on_runner_state_changed(self, state: RunState) -> None:
        self._widgets.status.set_state(state)
        if state is RunState.PREPARING:
            self._widgets.notices.remove_all(_WARNING)  # they were of the run before

    @Slot(object)
    def _on_runner_completed(self, result: TrainingComplete) -> None:
        words = self._widgets.status.show_end(result)
        notify(self._window, self._session.shown.name, words)

    @Slot(object)
    def _on_runner_failed(self, error: SdaError) -> None:
        self._widgets.status.show_message(error.message)
        dialog = show_error(self._window, error)
        if isinstance(error, SoundsGoneError) and self._runner.control is not None:
            self.elsewhere.offer(dialog, self._runner.control)
        notify(self._window, self._session.shown.name, error.message)

    @Slot(object)
    def _on_session_events_added(self, events: list[Event]) -> None:
        self._widgets.status.add_events(events)
        self._widgets.plots.add_events(events)
        for event in events:
            if isinstance(event, PreviewEvent):
                self._widgets.previews.add_preview(event)

    @Slot(object)
    def _on_session_history_replaced(self, history: MetricsHistory) -> None:
        self._widgets.plots.set_history(history, self._session.shown.name)
        self._widgets.previews.set_history(history)

    @Slot(object)
    def _on_session_health_changed(self, health: Health) -> None:
        self._widgets.plots.set_health(health.sentence)

    @Slot(object)
    def _on_session_warning_received(self, warning: HealthWarning) -> None:
        self._widgets.notices.add(Notice(f"{_WARNING}{warning.kind}", warning.message, "warning"))

    @Slot(object)
    def _on_session_failed(self, error: SdaError) -> None:
        show_error(self._window, error)

"""The main window: lays the panels out and connects them.  No logic of its own."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QPaintEvent
from PySide6.QtWidgets import QComboBox, QMainWindow, QVBoxLayout, QWidget

from sda_desktop.audio.scan import ScanResult
from sda_desktop.errors import ConfigError, SdaError
from sda_desktop.ui import theme
from sda_desktop.ui.actions import Actions
from sda_desktop.ui.checkpoint_browser import CheckpointBrowser
from sda_desktop.ui.closing import Closing
from sda_desktop.ui.columns import Columns, Panels
from sda_desktop.ui.comparison import Comparison
from sda_desktop.ui.dataset_panel import DatasetPanel
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.exploring import Exploring
from sda_desktop.ui.focus_order import WindowFocus
from sda_desktop.ui.forecasting import Forecasting
from sda_desktop.ui.help_menu import HelpMenu
from sda_desktop.ui.hyperparameter_form import HyperparameterForm
from sda_desktop.ui.listening import Listening
from sda_desktop.ui.metrics_plots import MetricsPlots
from sda_desktop.ui.model_files import is_model_file
from sda_desktop.ui.notices import Notice, NoticeArea
from sda_desktop.ui.pages import EXPLORE, TRAIN, Pages
from sda_desktop.ui.player import Player
from sda_desktop.ui.player_bar import PlayerBar
from sda_desktop.ui.preview_playlist import PreviewPlaylist
from sda_desktop.ui.recent_runs import RecentRuns
from sda_desktop.ui.resuming import Resuming
from sda_desktop.ui.run_controls import RunControls
from sda_desktop.ui.run_display import RunDisplay, RunWidgets
from sda_desktop.ui.run_session import LoadedRun, RunSession, is_run, settings_of
from sda_desktop.ui.run_state import Controls, Situation, controls
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.start_notices import INTERRUPTED, StartNotices
from sda_desktop.ui.status_bar import StatusBar
from sda_desktop.ui.training_runner import TrainingRunner
from sda_desktop.ui.window_drops import WindowDrops
from sda_desktop.ui.window_menu import WindowMenu

_log = logging.getLogger(__name__)

FIRST_SIZE = QSize(1280, 800)
SMALLEST_SIZE = QSize(960, 640)


class MainWindow(QMainWindow):
    """One window, two pages: train and explore.  For programs: open_dataset, start_training, cancel_training,
    resume_training."""

    first_painted = Signal()

    def __init__(self, runner: TrainingRunner | None = None) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.runner = runner or TrainingRunner(self)
        self.session = RunSession(self.runner, self)
        self.player = Player(self)
        self.sounds = DatasetPanel()
        self.form = HyperparameterForm()
        self.run_controls = RunControls()
        self.plots = MetricsPlots()
        self.previews = PreviewPlaylist()
        self.runs = CheckpointBrowser()
        self.comparison = Comparison(self)
        self.player_bar = PlayerBar(self.player)
        self.status = StatusBar()
        self.notices = NoticeArea()
        self.menu = Actions(self)
        self.closing = Closing(self, self.runner)
        self.drops = WindowDrops(self)
        self.start_notices = StartNotices(self.notices, self)
        self.resuming = Resuming(self)
        self.forecasting = Forecasting(self.form, self)
        self._painted = False
        self._build()
        self._connect_panels()
        self._connect_run()
        self._connect_menu()
        self._restore_layout()
        self._update()

    # For programs and tests ---------------------------------------------------------------------------

    def open_dataset(self, path: Path) -> None:
        """Open a folder of sounds, or one sound."""
        self.open_paths([path])

    @Slot(object, bool)
    def open_paths(self, opened: Sequence[Path], add: bool = False) -> None:
        """Open sounds and folders of sounds (`add`: beside those that are open), or a run."""
        run = next((path for path in opened if is_run(path)), None)
        model = next((path for path in opened if is_model_file(path)), None)
        if model is not None:
            self.exploring.open_model_file(model)
        elif run is not None:
            self.session.open(run)
        else:
            self.sounds.open_sources(opened, add=add)

    @Slot()
    def open_demo(self) -> None:
        """Open the demo sounds."""
        self.sounds.open_demo()

    @Slot()
    def start_training(self) -> None:
        """Train on the sounds that are open; does nothing while Train is disabled."""
        result = self.sounds.result
        if result is None or not self._controls().can_train:
            return
        try:
            config = self.form.config()
        except ConfigError as error:
            show_error(self, error)
            return
        self.status.begin()
        self.session.begin_new(result.sources[0].name)
        self.runner.start(result.sources, config, self.form.explicit())

    @Slot()
    def cancel_training(self) -> None:
        """Stop the training and save."""
        self.runner.cancel()

    @Slot(object, object)
    @Slot(object, object, object)
    def resume_training(self, path: Path, epochs: int | None = None, sounds: Path | None = None) -> None:
        """Go on from a run's newest checkpoint (a run folder) or from one checkpoint (its folder).

        epochs: how many the run shall have in all; a finished one needs more than it had.  sounds: the folder
        that its sounds were moved to.
        """
        if self.runner.is_running:
            return
        self.status.begin()
        self.notices.remove(INTERRUPTED)
        self.session.begin_resume(path)
        self.runner.resume(path, epochs=epochs, sounds=sounds)

    @Slot()
    def stop_and_close(self) -> None:
        """Close without asking; a training is stopped and saved first."""
        self.closing.stop_and_close()

    # Building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, 0)
        column.setSpacing(theme.GRID)
        self.columns = Columns(
            Panels(self.sounds, self.form, self.run_controls, self.plots, self.previews, self.runs)
        )
        self.exploring = Exploring(self)
        self.pages = Pages(self.columns, self.exploring.build, self.menuBar())
        column.addWidget(self.notices)
        column.addWidget(self.pages, 1)
        column.addWidget(self.player_bar)
        column.addWidget(self.status)
        self.setCentralWidget(page)
        self.focus_order = WindowFocus(self)
        self.setMinimumSize(SMALLEST_SIZE)

    def _connect_panels(self) -> None:
        self.listening = Listening(self.player, (self.sounds, self.previews))
        self.previews.seek_requested.connect(self.player.seek_fraction)
        self.previews.side_requested.connect(self.player.hear)
        self.player.progress_changed.connect(self.previews.set_progress)
        self.player.failed.connect(self._on_player_failed)
        self.player.started.connect(self._on_player_started)
        self.sounds.problem_changed.connect(self._update)
        self.sounds.scan_finished.connect(self._on_sounds_scan_finished)
        self.form.changed.connect(self._update)
        self.form.validity_changed.connect(self._update)
        self.forecasting.changed.connect(self._update)
        self.runs.resume_requested.connect(self.resuming.request)
        self.runs.run_deleted.connect(self._on_runs_run_deleted)
        self.runs.run_opened.connect(self.session.open)
        self.runs.compare_chosen.connect(self.comparison.choose)
        self.runs.run_deleted.connect(self.comparison.remove)
        self.runs.runs_listed.connect(self.comparison.keep)
        self.comparison.marks_changed.connect(self.runs.set_compared)
        self.comparison.curves_changed.connect(self.plots.set_compared)
        self.comparison.failed.connect(self._on_comparison_failed)
        self.runs.save_requested.connect(self.runner.save_checkpoint)
        self.drops.hovered.connect(self.sounds.set_drag_active)
        self.drops.sounds_dropped.connect(self._on_drops_sounds_dropped)
        self.drops.run_dropped.connect(self.session.open)

    def _connect_run(self) -> None:
        self.run_controls.train_requested.connect(self.start_training)
        self.run_controls.stop_requested.connect(self.cancel_training)
        self.run_controls.resume_requested.connect(self._on_resume_requested)
        widgets = RunWidgets(self.plots, self.previews, self.status, self.notices)
        self.display = RunDisplay(self, self.runner, self.session, widgets)
        self.runner.state_changed.connect(self._update)
        self.runner.state_changed.connect(self.forecasting.look_soon)
        self.session.changed.connect(self._on_session_changed)
        self.session.events_added.connect(self._update_title)
        self.session.run_loaded.connect(self._on_session_run_loaded)
        self.session.files_changed.connect(self.runs.refresh)
        self.start_notices.resume_requested.connect(self.resuming.request)
        self.resuming.ready.connect(self.resume_training)
        self.display.elsewhere.chosen.connect(self.resume_training)

    def _connect_menu(self) -> None:
        for name, slot in {
            "open_folder": self.sounds.ask_for_folder,
            "open_files": self.sounds.ask_for_files,
            "demo": self.open_demo,
            "train": self.start_training,
            "stop": self.cancel_training,
            "resume": self._on_resume_requested,
            "save_checkpoint": self.runner.save_checkpoint,
            "open_run_folder": self._on_open_run_folder,
            "settings": self._on_go_to_settings,
            "reset_layout": self._on_reset_layout,
        }.items():
            self.menu[name].triggered.connect(slot)
        self.menu.recent_chosen.connect(self.open_dataset)
        self.recent_runs = RecentRuns(self.menu.recent_runs_menu, self.runs.entries)
        self.recent_runs.chosen.connect(self.exploring.show_train)
        self.recent_runs.chosen.connect(self.runs.choose)
        self.window_menu = WindowMenu(self, self.menu, self.notices)
        self.help_menu = HelpMenu(self, self.menu, self.player, self.notices)
        self.exploring.connect_window()

    # The window itself --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window is there; what is slow waits for that."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A training is not lost by a click on the cross."""
        if not self.closing.may_close():
            event.ignore()
            return
        self.player.close()
        settings = Settings()
        settings.set_blob("window/geometry", self.saveGeometry())
        self.columns.save(settings)
        self.exploring.save(settings)
        self.exploring.close()
        settings.sync()
        event.accept()

    def _restore_layout(self) -> None:
        self.resize(FIRST_SIZE)
        settings = Settings()
        geometry = settings.blob("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.columns.restore(settings)

    def finish_start(self, previous_crash: str = "", told: Sequence[str] = ()) -> None:
        """What the first paint did not wait for: the runs on the disk, what the last session left behind."""
        self.runs.refresh()
        self.start_notices.look(previous_crash, told)

    # What follows from the state -----------------------------------------------------------------------

    def _controls(self) -> Controls:
        shown = self.session.shown
        return controls(
            Situation(
                state=self.runner.state,
                dataset_problem=self.sounds.problem(),
                settings_problem=self.form.problem(),
                room_problem=self.forecasting.words.problem,
                run_shown=shown.path is not None,
                resumable=shown.resume_from is not None,
                finished=shown.finished,
            )
        )

    @Slot()
    def _update(self) -> None:
        now = self._controls()
        shown = self.session.shown
        self.forecasting.set_sounds(self.sounds.result)
        self.run_controls.apply(now, shown.resume_hint(), self.forecasting.words)
        self.menu.apply(now)
        self.sounds.set_locked(now.inputs_locked)
        self.form.set_locked(now.inputs_locked)
        self.runs.set_locked(now.runs_locked, now.can_save_checkpoint)
        self.drops.set_locked(now.inputs_locked and self.pages.page == TRAIN)
        self.player.set_busy(self.runner.is_running)
        self._update_title()

    @Slot()
    def _update_title(self) -> None:
        parts = ["SDA Desktop"]
        if self.session.shown.name:
            parts.insert(0, self.session.shown.name)
        percent = self.status.progress.percent
        if self.runner.is_running and percent is not None:
            parts.insert(0, f"{percent} %")
        self.setWindowTitle(" - ".join(parts))

    # What the panels and the run say --------------------------------------------------------------------

    @Slot()
    def _on_session_changed(self) -> None:
        self.runs.set_current_run(self.session.shown.path)
        self.comparison.set_shown(self.session.shown.path)
        self._update()

    @Slot(object)
    def _on_session_run_loaded(self, run: LoadedRun) -> None:
        """While a run is resumed the form shows its settings; a run that is only looked at changes none."""
        if not self.runner.is_running:
            return
        try:
            self.form.set_config(*settings_of(run.manifest))
        except ConfigError as error:
            _log.warning("The settings of %s cannot be shown: %s", run.path, error)

    @Slot(object)
    def _on_runs_run_deleted(self, path: Path) -> None:
        self.forecasting.look_soon()
        if path == self.session.shown.path:
            self.session.close()

    @Slot(object)
    def _on_comparison_failed(self, error: SdaError) -> None:
        _log.warning("%s (%s)", error, error.details)
        self.notices.add(Notice("comparison", str(error), "warning"))

    @Slot(object)
    def _on_player_failed(self, error: SdaError) -> None:
        self.notices.add(Notice("player", str(error), "warning"))

    @Slot()
    def _on_player_started(self) -> None:
        self.notices.remove("player")

    @Slot(object)
    def _on_sounds_scan_finished(self, result: ScanResult) -> None:
        self.form.set_dataset(len(result.usable), result.total_s, result.model_rate_hz)

    @Slot()
    def _on_resume_requested(self) -> None:
        if self.session.shown.resume_from is not None:
            self.resuming.request(self.session.shown.resume_from)

    @Slot()
    def _on_go_to_settings(self) -> None:
        fields = (w for w in self.form.findChildren(QComboBox) if w.isVisible())
        next(fields, self.form).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object, bool)
    def _on_drops_sounds_dropped(self, paths: Sequence[Path], add: bool) -> None:
        if self.pages.page == EXPLORE:
            self.exploring.drop(paths)
        else:
            self.open_paths(paths, add)

    @Slot()
    def _on_reset_layout(self) -> None:
        self.columns.reset()
        self.exploring.reset()

    @Slot()
    def _on_open_run_folder(self) -> None:
        if self.session.shown.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.shown.path)))

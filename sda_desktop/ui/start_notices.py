"""What a start has to tell of the last session: an interrupted training, a crash."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sda_desktop.errors import SdaError
from sda_desktop.ui.background import Background
from sda_desktop.ui.error_dialog import show_error
from sda_desktop.ui.notices import Notice, NoticeArea

INTERRUPTED, CRASH = "interrupted", "crash"


class StartNotices(QObject):
    """Looks for what was left behind, off the GUI thread, and offers to go on."""

    resume_requested = Signal(object)  # Path of the run

    def __init__(self, area: NoticeArea, window: QWidget) -> None:
        super().__init__(window)
        self._area = area
        self._window = window
        self._crash = ""
        self._run: Path | None = None
        self._search = Background(self)
        self._closing_run = Background(self)

    def look(self, previous_crash: str = "", told: Sequence[str] = ()) -> None:
        """Add the notices there is a reason for.

        previous_crash: what the last session's crash file says.  told: what is wrong with this start.
        """
        for number, text in enumerate(told):
            self._area.add(Notice(f"start_{number}", text, "warning"))
        if previous_crash:
            self._crash = previous_crash
            text = self.tr("SDA Desktop ended unexpectedly last time.")
            notice = Notice(CRASH, text, "warning", self.tr("Details"), self._show_crash)
            self._area.add(notice)
        self._search.start(_find, self._on_found)

    def _on_found(self, found: tuple[Path, str, int] | None) -> None:
        if found is None:
            return
        self._run, name, epoch = found
        text = self.tr("The training of {name} was interrupted at epoch {epoch}.")
        self._area.add(
            Notice(
                INTERRUPTED,
                text.format(name=name, epoch=epoch),
                action=self.tr("Resume"),
                act=self._resume,
                dismissed=self._dismiss,
            )
        )

    def _resume(self) -> None:
        if self._run is not None:
            self.resume_requested.emit(self._run)

    def _dismiss(self) -> None:
        """Not to be told again; the run stays resumable among the others."""
        run = self._run
        if run is not None:
            self._closing_run.start(lambda: _mark_stopped(run), _ignore)

    def _show_crash(self) -> None:
        show_error(
            self._window,
            SdaError(
                self.tr("SDA Desktop ended unexpectedly last time."),
                self.tr("Nothing that was saved is lost. The details help whoever mends this."),
                self._crash,
            ),
        )


def _find() -> tuple[Path, str, int] | None:
    """The newest interrupted run: its folder, its name, its last epoch."""
    from sda_desktop.training.run_folder import interrupted_runs

    runs = interrupted_runs()
    return (runs[0].path, runs[0].name, runs[0].epochs) if runs else None


def _mark_stopped(run: Path) -> None:
    from sda_desktop.training.run_folder import RunFolder

    RunFolder.open(run).update(status="stopped")


def _ignore(_: object) -> None:
    pass

"""The desktop application around the main window: one instance, log, crash capture, theme, clean end."""

from __future__ import annotations

import locale
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QObject,
    QThreadPool,
    QTimer,
    QtMsgType,
    Slot,
    qVersion,
)
from PySide6.QtCore import qInstallMessageHandler as install_message_handler
from PySide6.QtGui import QIcon, QSessionManager
from PySide6.QtWidgets import QApplication

from sda_desktop import __version__, logs, paths
from sda_desktop.errors import SdaError
from sda_desktop.memory import limit_arenas
from sda_desktop.storage import home_problem
from sda_desktop.ui import settings_file
from sda_desktop.ui.application import Application
from sda_desktop.ui.collecting import GuiCollector
from sda_desktop.ui.crash_capture import CrashCapture, as_error
from sda_desktop.ui.error_dialog import ErrorDialog, show_error
from sda_desktop.ui.interrupts import Interrupts
from sda_desktop.ui.language import speak
from sda_desktop.ui.main_window import MainWindow
from sda_desktop.ui.motion import motion
from sda_desktop.ui.prewarm import Prewarmer
from sda_desktop.ui.run_state import RunState
from sda_desktop.ui.running_mark import mark_running
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.showing import bring_to_front, show_within_screen
from sda_desktop.ui.single_instance import SingleInstance, hand_over
from sda_desktop.ui.theme import apply_theme
from sda_desktop.ui.threads import end_threads

_log = logging.getLogger(__name__)

# The training thread gives the GUI its turn after this long; with Python's 5 ms every paint waits.
SWITCH_INTERVAL_S = 0.0005
# The engine is imported when the plots are there, or after this long: while torch is being loaded, whoever
# else loads a library has to wait, and would keep Python's lock meanwhile.
PREWARM_AT_LATEST_MS = 3000
DEMO = "--demo"


@dataclass(frozen=True, slots=True)
class Launch:
    """What a start of the app was asked for."""

    paths: tuple[Path, ...] = ()
    demo: bool = False

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Launch:
        """From arguments without the program's name: paths and --demo.  Other options are passed over."""
        given = [a for a in arguments if not a.startswith("-")]
        return cls(tuple(Path(a).expanduser().absolute() for a in given), DEMO in arguments)

    def arguments(self) -> list[str]:
        """The inverse of `of`."""
        return [*([DEMO] if self.demo else []), *map(str, self.paths)]


def create_app(argv: Sequence[str] = ()) -> Application:
    """The QApplication, named, themed and with numbers parsed as in C; the existing one if there is one.

    argv: as sys.argv, with the program's name first; may be empty.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    limit_arenas()
    existing = QApplication.instance()
    app = existing if isinstance(existing, Application) else Application(list(argv) or ["sda-desktop"])
    app.setApplicationName("sda-desktop")
    app.setApplicationDisplayName("SDA Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("sda-desktop")
    # Qt takes the number format from the environment; a decimal comma breaks parsing in libraries.
    locale.setlocale(locale.LC_NUMERIC, "C")
    app.setWindowIcon(QIcon(str(paths.resources_dir() / "sda-desktop.svg")))
    settings = Settings()
    speak(app, settings.language)
    apply_theme(app, settings.theme)
    motion().follow(app, settings.motion)
    return app


def main(argv: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed.  Returns the exit code.

    argv: as sys.argv: the program's name, then paths to open and --demo.
    """
    told = settings_file.prepare(paths.settings_file())  # before anything reads the settings
    app = create_app(argv)
    launch = Launch.of(argv[1:])
    if hand_over(launch.arguments()):
        return 0
    logs.remember()
    logs.start_logging()
    mark_running()
    install_message_handler(_log_qt_message)
    _log.info("SDA Desktop %s opens its window: Qt %s, %s", __version__, qVersion(), app.platformName())
    if problem := home_problem():
        told = str(problem)
    desktop: Desktop | None = None
    try:
        desktop = Desktop(app, launch, [told] if told else [])
        return app.exec()
    except Exception as error:
        # Nobody reads stderr behind a window.
        _log.critical("The window could not be made", exc_info=error)
        ErrorDialog(as_error(error)).exec()
        return 1
    finally:
        if desktop is not None:
            desktop.end()
        install_message_handler(None)
        logs.forget()


class Desktop(QObject):
    """The window and everything around it, from the start of the app to its end."""

    def __init__(self, app: Application, launch: Launch, told: Sequence[str] = ()) -> None:
        """told: sentences on what was wrong before there was a window."""
        super().__init__()
        self._launch = launch
        self._told = told
        self._started = False
        app.paths_opened.connect(self._on_app_paths_opened)
        self._shown_error: ErrorDialog | None = None
        self._prewarming = False
        self.collector = GuiCollector(self)
        self.prewarmer = Prewarmer(self)
        self.prewarmer.finished.connect(self._on_prewarmer_finished)
        self.crashes = CrashCapture(self)
        self.crashes.install()
        self.crashes.error_caught.connect(self._on_error_caught)
        self.instance = SingleInstance(self)
        self.instance.arguments_received.connect(self._on_arguments_received)
        self.instance.listen()
        with _unstyled(app):
            self.window = MainWindow()
        self.interrupts = Interrupts(self)
        self.interrupts.received.connect(self.window.stop_and_close)
        app.commitDataRequest.connect(self._on_commit_data_request)
        self.window.runner.state_changed.connect(self._on_runner_state_changed)
        self.window.first_painted.connect(self._on_first_painted)
        show_within_screen(self.window)

    def end(self) -> None:
        """Stop what still runs, and leave nothing behind that looks like a crash."""
        self.interrupts.close()
        self.instance.close()
        ended = self.window.runner.shut_down()
        end_threads()
        QThreadPool.globalInstance().waitForDone()
        self.prewarmer.close()
        self.collector.close()
        self.crashes.uninstall()
        if not ended:
            _log.error("The training thread did not end; leaving without it")
            logging.shutdown()
            os._exit(1)

    def open(self, launch: Launch) -> None:
        """Do what a launch asks for."""
        if launch.paths:
            self.window.open_paths(list(launch.paths))
        elif launch.demo:
            self.window.open_demo()

    @Slot()
    def _on_first_painted(self) -> None:
        # On a busy machine only the processor time can be compared.
        _log.info(
            "Window visible %.2f s after the start, %.2f s of processor time",
            seconds_since_start(),
            time.process_time(),
        )
        self.window.finish_start(self.crashes.previous_crash, self._told)
        self._started = True
        self.open(self._launch)
        self.collector.freeze()
        self.window.plots.built.connect(self._prewarm)
        QTimer.singleShot(PREWARM_AT_LATEST_MS, self._prewarm)

    @Slot()
    def _prewarm(self) -> None:
        if not self._prewarming:
            self._prewarming = True
            self.collector.pause()
            self.prewarmer.start()

    @Slot(bool)
    def _on_prewarmer_finished(self, there: bool) -> None:
        self.collector.freeze()
        if there:
            _log.info("The engine is ready %.2f s after the start", seconds_since_start())

    @Slot(object)
    def _on_runner_state_changed(self, state: RunState) -> None:
        if state is RunState.RUNNING:  # by now the engine has imported all it needs
            self.collector.freeze()

    @Slot(object)
    def _on_arguments_received(self, arguments: list[str]) -> None:
        _log.info("Asked by a second launch: %s", arguments)
        bring_to_front(self.window)
        self.open(Launch.of(arguments))

    @Slot(object)
    def _on_app_paths_opened(self, opened: list[Path]) -> None:
        _log.info("Asked by the system to open: %s", opened)
        if self._started:
            bring_to_front(self.window)
            self.open(Launch(tuple(opened)))
        else:  # the app was started for them
            self._launch = Launch((*self._launch.paths, *opened), self._launch.demo)

    @Slot(object)
    def _on_error_caught(self, error: SdaError) -> None:
        # One at a time: an error that repeats with every paint must not bury the screen in dialogs.
        if self._shown_error is None:
            self._shown_error = show_error(self.window, error)
            self._shown_error.destroyed.connect(self._on_error_closed)

    @Slot()
    def _on_error_closed(self) -> None:
        self._shown_error = None

    @Slot(QSessionManager)
    def _on_commit_data_request(self, _: QSessionManager) -> None:
        """The user logs out: there is a moment to save, and nobody to ask."""
        self.window.runner.cancel()
        self.window.runner.wait(20)


@contextmanager
def _unstyled(app: QApplication) -> Iterator[None]:
    """Put the style sheet on once for all that is built in the block.

    Otherwise Qt works it out anew for every widget each time something is put into something else, which
    takes two thirds of the window's building.
    """
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def live(seconds: float) -> None:
    """Let the window do what it has to do, for programs that use it without `exec`."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def seconds_since_start() -> float:
    """How long this process has lived."""
    if sys.platform != "linux":
        import psutil

        return time.time() - psutil.Process().create_time()
    # psutil knows the time of booting in whole seconds only.
    fields = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK")


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    logging.getLogger("qt").log(levels.get(kind, logging.ERROR), "%s", message)

"""The main job from end to end in a temporary home: what a package must be able to do after it was built.

Each step uses the window as its menus do.  A missing sound system is told, but is no failure: a computer
that builds packages has none.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sda_desktop import paths
from sda_desktop.commands import EXIT_DONE
from sda_desktop.commands.display import missing_display

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sda_desktop.app import Desktop

TRAINING_S = 8.0
PATIENCE_S = 180.0  # for one step, on a slow computer with a cold disk


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried."""

    name: str
    passed: bool
    seconds: float
    note: str = ""

    def line(self) -> str:
        """For a terminal."""
        note = f": {self.note}" if self.note else ""
        return f"{'ok    ' if self.passed else 'FAILED'} {self.seconds:6.1f} s  {self.name}{note}"


class _Failed(Exception):
    """A step did not do what it should."""


def run_steps(tell: Callable[[Step], None]) -> bool:
    """Do every step, telling each; the first that fails ends it.  Returns whether all passed."""
    with tempfile.TemporaryDirectory(prefix="sda-desktop-test-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "Zoë's home 音"
        if missing_display():
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        with _home(home):
            journey = _Journey(home)
            for name, what in journey.steps():
                began = time.perf_counter()
                note, passed = "", True
                try:
                    note = what()
                except _Failed as error:
                    note, passed = str(error), False
                except Exception:
                    note, passed = traceback.format_exc(), False
                tell(Step(name, passed, time.perf_counter() - began, note))
                if not passed:
                    journey.close()
                    return False
    return True


@contextmanager
def _home(home: Path) -> Iterator[None]:
    before = os.environ.get(paths.HOME_VARIABLE)
    os.environ[paths.HOME_VARIABLE] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ[paths.HOME_VARIABLE]
        else:
            os.environ[paths.HOME_VARIABLE] = before


class _Journey:
    """The steps in their order; each returns a note."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._desktop: Desktop | None = None
        self._run = Path()
        self._errors: list[str] = []

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("open the window", self.open_window),
            ("list the demo sounds", self.list_sounds),
            ("train", self.train),
            ("find the outputs of the sound system", self.find_outputs),
            ("play the model", self.play),
            ("write WAV, FLAC, OGG and MP3", self.export),
            ("quit", self.quit),
        ]

    @property
    def _open(self) -> Desktop:
        if self._desktop is None:
            raise _Failed("there is no window")
        return self._desktop

    def open_window(self) -> str:
        from sda_desktop.app import Desktop, Launch, create_app

        app = create_app(["sda-desktop"])
        self._desktop = Desktop(app, Launch(demo=True))
        self._desktop.crashes.error_caught.connect(lambda error: self._errors.append(str(error)))
        window = self._desktop.window
        painted: list[bool] = []
        window.first_painted.connect(lambda: painted.append(True))
        self._wait(lambda: bool(painted), "the window was not painted")
        return str(app.platformName())

    def list_sounds(self) -> str:
        sounds = self._open.window.sounds
        self._wait(lambda: sounds.result is not None and not sounds.problem(), "no sounds are listed")
        return f"{len(sounds.result.usable)} sounds" if sounds.result else ""

    def train(self) -> str:
        from sda_desktop.training.metrics import PreviewEvent, StepMetrics
        from sda_desktop.ui.run_state import RunState

        window = self._open.window
        window.form.set_config(
            window.form.config().replaced(time_limit_s=TRAINING_S), frozenset({"time_limit_s"})
        )
        seen: list[object] = []
        failures: list[str] = []
        window.runner.events_received.connect(seen.extend)
        window.runner.failed.connect(lambda error: failures.append(f"{error} {error.details}"))
        window.start_training()
        self._wait(lambda: bool(seen) or bool(failures), "the training did not begin")
        self._wait(
            lambda: window.runner.state in (RunState.FINISHED, RunState.FAILED, RunState.IDLE),
            "the training did not end",
        )
        if failures:
            raise _Failed(failures[0])
        if window.session.shown.path is None:
            raise _Failed("there is no run")
        self._run = window.session.shown.path
        steps = sum(isinstance(event, StepMetrics) for event in seen)
        previews = sum(isinstance(event, PreviewEvent) for event in seen)
        if not steps or not previews:
            raise _Failed(f"{steps} steps, {previews} previews")
        return f"{steps} steps, {previews} previews"

    def find_outputs(self) -> str:
        from sda_desktop.ui import sound_devices

        try:
            sound_devices.library()
        except Exception as error:
            raise _Failed(f"PortAudio cannot be loaded: {error}") from error
        try:
            return f"{len(sound_devices.names())}, {sound_devices.version()}"
        except Exception as error:  # whatever a driver does
            return f"none: {error}"

    def play(self) -> str:
        exploring = self._open.window.exploring
        exploring.show()
        session = exploring.page.session
        session.failed.connect(lambda error: self._errors.append(f"{error} {error.details}"))
        exploring.open_model(self._run)
        self._wait(lambda: session.playable is not None, "the model did not open")
        made: list[str] = []
        session.performer.made.connect(lambda recipe, _: made.append(recipe.title))
        session.play_random(1)
        self._wait(lambda: bool(made), "no sound was made")
        return made[0]

    def export(self) -> str:
        from sda_desktop.commands import generate

        target = self._home / "out"
        for kind in ("wav", "flac", "ogg", "mp3"):
            words = [str(self._run), "--count", "1", "--json", "--format", kind, "--out", str(target)]
            options = generate.build_parser().parse_intermixed_args(words)
            with redirect_stdout(io.StringIO()):
                code = generate.run(options)
            if code != EXIT_DONE:
                raise _Failed(f"{kind} could not be written")
        written = sorted(path.suffix for path in target.iterdir() if path.stat().st_size > 100)
        if written != [".flac", ".mp3", ".ogg", ".wav"]:
            raise _Failed(f"only {written} were written")
        return ", ".join(suffix[1:] for suffix in written)

    def quit(self) -> str:
        self.close()
        if self._errors:
            raise _Failed(self._errors[0])
        return ""

    def close(self) -> None:
        """End what still runs."""
        if self._desktop is not None:
            desktop, self._desktop = self._desktop, None
            desktop.window.stop_and_close()
            desktop.end()

    def _wait(self, done: Callable[[], bool], what_else: str) -> None:
        from sda_desktop.app import live

        until = time.monotonic() + PATIENCE_S
        while not done():
            if self._errors:
                raise _Failed(self._errors[0])
            if time.monotonic() > until:
                raise _Failed(what_else)
            live(0.02)

"""The installed package, used by the mouse from a file manager: only where the .deb is installed.

`sudo apt-get install ./build/out/sda-desktop_*.deb openbox pcmanfm`, then
`python3 packaging/bootstrap.py test tests/e2e/test_installed.py`.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import file_manager
import psutil
import pytest
from file_manager import Desktop
from null_sink import NullSink
from x_server import XServer

ENTRY = Path("/usr/share/applications/sda-desktop.desktop")
FIXTURES = Path(__file__).parents[1] / "fixtures"
PROGRAM = Path("/usr/lib/sda-desktop/sda-desktop")

pytestmark = [
    pytest.mark.skipif(not ENTRY.is_file(), reason="the .deb is not installed"),
    pytest.mark.skipif(bool(file_manager.missing()), reason=f"missing: {' '.join(file_manager.missing())}"),
    pytest.mark.timeout(600),
]


def wait_for(what: str, look: Callable[[], object], timeout_s: float = 90.0) -> None:
    until = time.monotonic() + timeout_s
    while not look():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.1)


def processes() -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["exe"]):
        if process.info["exe"] == str(PROGRAM):
            found.append(process)
    return found


def manifests(home: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted((home / "data" / "runs").glob("*/run.json"))]


@pytest.fixture
def desktop(tmp_path: Path, sda_home: Path, pulse_null_sink: NullSink) -> Iterator[Desktop]:
    screen = XServer(1600, 900)
    session = Desktop(screen, tmp_path / "Zoë", {**pulse_null_sink.env, "SDA_DESKTOP_HOME": str(sda_home)})
    yield session
    for process in processes():
        process.kill()
    session.close()
    screen.stop()


def test_double_click_drag_train_listen_open_a_model_and_quit(
    desktop: Desktop, sda_home: Path, pulse_null_sink: NullSink, tmp_path: Path, small_corpus: Path
) -> None:
    screen, picture = desktop.screen, tmp_path / "screen.png"
    programs, music, models = (tmp_path / name for name in ("Programs", "Music", "Models"))
    for folder in (programs, music, models):
        folder.mkdir()
    shutil.copy(ENTRY, programs)
    shutil.copytree(small_corpus, music / "Meine Töne")

    # The entry is double-clicked, and the window comes.
    desktop.browse(programs, 0, 0, 420, 420)
    screen.click(*desktop.place_of_only_item(programs, picture), times=2)
    window = desktop.window("SDA Desktop")
    screen.xdotool("windowmove", "--sync", window, 430, 0)
    screen.xdotool("windowsize", "--sync", window, 1160, 860)

    # A folder is dragged from the file manager onto it, and trained on.
    desktop.browse(music, 0, 440, 420, 420)
    screen.drag(desktop.place_of_only_item(music, picture), (1000, 400), steps=12)
    time.sleep(3)
    screen.xdotool("windowactivate", "--sync", window)
    screen.key("ctrl+Return")
    wait_for("a run", lambda: manifests(sda_home))
    previews = sda_home / "data" / "runs"
    wait_for("a preview", lambda: list(previews.glob("*/previews/*/*.wav")), 180)
    time.sleep(2)

    # A preview is clicked and heard; then the training is stopped.
    with pulse_null_sink.record() as heard:
        screen.xdotool("windowactivate", "--sync", window)
        for y in (150, 190, 230):
            screen.click(430 + 1000, y, times=2)
            time.sleep(1.5)
        heard.wait_for_sound_and_quiet()
    screen.screenshot(tmp_path / "previews.png")
    screen.key("ctrl+period")
    wait_for("the end of the run", lambda: manifests(sda_home)[0].get("status") not in ("running", None))
    (run,) = previews.iterdir()
    assert list((run / "checkpoints").glob("step-*"))

    # The model as one file is double-clicked: it opens in the window that is there.
    shutil.copy(next(FIXTURES.glob("**/*.sda")), models / "Töne.sda")
    desktop.browse(models, 0, 440, 420, 420)
    before = processes()
    screen.click(*desktop.place_of_only_item(models, picture), times=2)
    wait_for("the model in the library", lambda: len(manifests(sda_home)) == 2)
    wait_for("the second start to have ended", lambda: len(processes()) == len(before))
    assert [process.pid for process in processes()] == [process.pid for process in before]
    active = screen.xdotool("getactivewindow").strip()
    assert active == window
    time.sleep(3)
    screen.screenshot(tmp_path / "explore.png")

    # Quitting leaves nothing.
    screen.key("ctrl+q")
    wait_for("the end", lambda: not processes(), 30)

"""How the window looks: light and dark, small and large, with a finished training in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from picture import Picture
from running_app import CHECKOUT, RunningApp
from x_server import XServer

from sda_desktop.ui.settings import Settings

# What the whole main job needs, without scrolling, even in a small window.
IN_SIGHT = (
    "soundList",
    "lengthKind",
    "trainButton",
    "healthSentence",
    "plot_loss",
    "plot_kl",
    "previewList",
    "runTree",
    "resumeRunButton",
    "playerPlay",
    "playerWaveform",
    "playerDevice",
    "statusBar",
)

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the app with the demo sounds and a short finished training on them."""
    home = tmp_path_factory.mktemp("trained-home")
    command = [sys.executable, "-m", "sda_desktop", "train", "--demo", "--epochs", "5", "--channels", "32"]
    subprocess.run(
        [*command, "--preview-every-epochs", "2"],
        cwd=CHECKOUT,
        env={**os.environ, "SDA_DESKTOP_HOME": str(home)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return home


def resize(app: RunningApp, width: int, height: int) -> None:
    """Give the main window another size, in the screen's corner."""
    window = app.focus_window()
    app.screen.xdotool("windowsize", window, width, height)

    def fits() -> bool:
        main = app.ask("widgets", "mainWindow")[0]
        return (main["width"], main["height"]) == (width, height)

    app.wait_for(f"the window to be {width} x {height}", fits)


def assert_in_sight(app: RunningApp, width: int, height: int) -> None:
    """Every part of the main job lies within the window, and none over another's edge."""
    for name in IN_SIGHT:
        place = app.wait_for_widget(name, enabled=False)
        assert place["x"] >= 0, name
        assert place["y"] >= 0, name
        assert place["x"] + place["width"] <= width, name
        assert place["y"] + place["height"] <= height, name
        assert place["width"] >= 12, name
        assert place["height"] >= 12, name


@pytest.mark.parametrize(("look", "language"), [("light", "en"), ("dark", "en"), ("light", "de")])
def test_everything_is_in_sight(
    look: str,
    language: str,
    start_x_server: Callable[[int, int], XServer],
    start_app: Callable[..., RunningApp],
    trained_home: Path,
    artifacts: Path,
) -> None:
    settings = Settings(trained_home / "data" / "settings.ini")
    settings.theme = look
    settings.language = language
    assert settings.sync()
    screen = start_x_server(1920, 1080)
    app = start_app(screen, "--demo", home=trained_home)
    app.fill_screen()
    app.wait_for("the sounds", lambda: len(app.rows("soundList")) > 20)
    runs = app.wait_for("the run", lambda: app.rows("runTree"))
    app.click_at(runs[0])
    app.wait_for("its curves", lambda: app.widgets("plot_loss"))
    previews = app.wait_for("its previews", lambda: app.rows("previewList"))
    app.click_at(previews[1])
    app.wait_for("a sound in the player", lambda: ", epoch" in app.text("playerName").lower())
    for width, height in ((1920, 1080), (1280, 800), (1024, 700)):
        resize(app, width, height)
        assert_in_sight(app, width, height)
        if height >= 800:
            app.wait_for_widget("moreSettingsButton")  # all simple settings without scrolling
        screenshot = screen.screenshot(artifacts / "looks" / f"{look} {language} {width}x{height}.png")
        picture = Picture(screenshot)
        picture.save_part(width, height, screenshot)
        shown = Picture(screenshot)
        assert (shown.brightness > 0.8) if look == "light" else (shown.brightness < 0.25)

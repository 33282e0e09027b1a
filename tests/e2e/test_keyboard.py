"""The whole main job without a mouse: open, set, train, listen, stop, explore, export, quit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from journey import quit_by_keyboard, status, the_run, wait_for_button
from running_app import Description, RunningApp
from x_server import XServer

pytestmark = pytest.mark.e2e

MOST_TABS = 80


def focused(app: RunningApp) -> dict[str, str]:
    """What has the focus: a widget, and what hands its focus on to it; by name, with what it is called."""
    return {str(w["name"]): str(w["accessible"]) for w in app.ask("widgets") if w["focused"]}


def tab_to(app: RunningApp, name: str) -> None:
    """Press Tab until a widget has the focus."""
    passed: list[dict[str, str]] = []
    while name not in (now := focused(app)):
        passed.append(now)
        if len(passed) > MOST_TABS:
            pytest.fail(f"Tab never came to {name}, but to {passed}")
        app.press("Tab")
        app.wait_for(f"Tab to go on from {now}", lambda now=now: focused(app) != now, 5)  # type: ignore[misc]


def open_folder(app: RunningApp, folder: Path, sounds: int) -> None:
    """By the dialog for files."""
    app.press("ctrl+o")
    app.wait_for("the dialog", lambda: app.widgets("fileNameEdit"))
    dialog = next(w for w in app.ask("widgets") if w["class"] == "QFileDialog" and w["visible"])
    app.screen.xdotool("windowfocus", "--sync", dialog["window"])
    app.screen.xdotool("type", "--delay", 20, str(folder))
    app.wait_for("the folder's name", lambda: app.text("fileNameEdit") == str(folder))
    app.press("Return")
    app.wait_for("the sounds", lambda: len(app.rows("soundList")) == sounds)
    app.focus_window()


def in_history(app: RunningApp) -> list[Description]:
    """The rows of the history."""
    return app.rows("historyList")


def test_the_main_job_without_a_mouse(
    x_display: XServer,
    start_app: Callable[..., RunningApp],
    sda_home: Path,
    small_corpus: Path,
    tmp_path: Path,
) -> None:
    app = start_app(x_display)
    app.fill_screen()
    # What is not on every keyboard cannot be typed reliably here.
    open_folder(app, small_corpus.rename(tmp_path / "sounds"), 8)

    app.press("ctrl+comma")
    tab_to(app, "lengthKind")
    app.press("Down")
    app.wait_for("epochs to be chosen", lambda: app.text("lengthKind") == "Epochs")
    tab_to(app, "field_epochs")
    app.press("ctrl+a")
    app.screen.xdotool("type", "500")
    tab_to(app, "field_preview_every_epochs")
    app.press("ctrl+a")
    app.screen.xdotool("type", "1")
    app.press("Tab")

    app.press("ctrl+Return")
    wait_for_button(app, "Stop")
    app.wait_for("previews", lambda: app.rows("previewList"), 60)
    tab_to(app, "previewList")
    app.press("Down", "Down")
    app.wait_for("a preview in the player", lambda: "epoch" in app.text("playerName"))
    app.press("ctrl+period")
    wait_for_button(app, "Train")
    run = the_run(sda_home)
    assert status(run) == "stopped"

    app.press("ctrl+e")
    app.wait_for("the map", lambda: app.ask("dots", "soundMap"), 60)
    app.wait_for_widget("randomButton")
    tab_to(app, "soundMap")
    app.press("Right", "Return")
    app.wait_for("a sound of the map in the player", lambda: "epoch" not in app.text("playerName"))
    tab_to(app, "randomButton")
    before = len(in_history(app))
    app.press("space")
    app.wait_for("a new sound", lambda: len(in_history(app)) > before)

    tab_to(app, "historyList")
    app.press("Home", "Menu")
    app.wait_for(
        "the menu", lambda: [w for w in app.ask("widgets") if w["class"] == "QMenu" and w["visible"]]
    )
    app.press(*["Down"] * 6, "Return")  # play, star, rename, vary, copy, export
    dialog = app.wait_for_widget("exportDialog")
    app.screen.xdotool("windowfocus", "--sync", dialog["window"])
    tab_to(app, "exportFolder")
    app.press("ctrl+a")
    app.screen.xdotool("type", "--delay", 20, str(tmp_path / "exported"))
    app.press("Return")
    app.wait_for("the file", lambda: list((tmp_path / "exported").glob("*.wav")))
    quit_by_keyboard(app)

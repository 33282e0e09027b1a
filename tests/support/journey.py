"""Steps that a person takes through the app, and what they leave in its data folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from running_app import RunningApp


def drop(app: RunningApp, folder: Path, sounds: int) -> None:
    """Drag a folder from another program onto the middle of the window."""
    target = (app.screen.width // 2, app.screen.height // 2)
    with app.drop_from_another_program(folder, target) as said:
        assert said == "dropped CopyAction"
        app.wait_for("the sounds in the list", lambda: len(app.rows("soundList")) == sounds)


def choose_epochs(app: RunningApp, epochs: int, preview_every: int) -> None:
    """Set the length of the training and the previews in the form."""
    app.click("lengthKind")
    app.press("Down", "Return")
    app.wait_for("epochs to be chosen", lambda: app.text("lengthKind") == "Epochs")
    app.type_number("field_epochs", epochs)
    app.type_number("field_preview_every_epochs", preview_every)


def wait_for_button(app: RunningApp, text: str, timeout_s: float = 30.0) -> None:
    """Wait until the primary button says this."""
    app.wait_for(f"the button to be {text}", lambda: app.text("trainButton") == text, timeout_s)


def the_run(home: Path) -> Path:
    """The one run folder in the app's data."""
    runs = list((home / "data" / "runs").iterdir())
    assert len(runs) == 1
    return runs[0]


def events(run: Path, kind: str) -> list[dict[str, Any]]:
    """The events of one kind that the run folder keeps."""
    lines = (run / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return [event for event in map(json.loads, lines) if event["event"] == kind]


def status(run: Path) -> str:
    """What the run folder says of the training."""
    return str(json.loads((run / "run.json").read_text(encoding="utf-8"))["status"])


def quit_by_keyboard(app: RunningApp) -> None:
    """Ctrl+Q, and the app ends well."""
    app.focus_window()
    app.press("ctrl+q")
    assert app.wait_for_end() == 0
    assert "Traceback" not in app.log.read_text(errors="replace")

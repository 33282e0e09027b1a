"""The app as a process of its own, on a screen and a sound card of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from null_sink import NullSink
from running_app import RunningApp
from x_server import XServer


@pytest.fixture
def start_app(
    pulse_null_sink: NullSink, sda_home: Path, tmp_path: Path
) -> Iterator[Callable[..., RunningApp]]:
    """`start_app(screen, *arguments)`: a start of the app, in this test's home or another."""
    apps: list[RunningApp] = []

    def start(screen: XServer, *arguments: str, home: Path = sda_home) -> RunningApp:
        env = {**pulse_null_sink.env, "SDA_DESKTOP_HOME": str(home)}
        apps.append(RunningApp(screen, env, *arguments, log=tmp_path / "app.log"))
        return apps[-1]

    yield start
    for app in apps:
        app.kill()

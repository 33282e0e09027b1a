"""Telling whether a window can be opened, before Qt aborts over it."""

from __future__ import annotations

import socket

import pytest
from x_server import XServer

from sda_desktop.commands.display import missing_display


def test_without_any_display_it_says_so() -> None:
    assert missing_display({}, "linux") == "There is no display here, so no window can be opened."


@pytest.mark.parametrize("display", [":4711", "unix:4711", "127.0.0.1:59.0", "nonsense"])
def test_a_display_that_does_not_answer_is_none(display: str) -> None:
    assert display in missing_display({"DISPLAY": display}, "linux")


def test_a_running_x_server_is_a_display(x_display: XServer) -> None:
    assert missing_display({"DISPLAY": x_display.name}, "linux") == ""
    assert missing_display({"DISPLAY": f"{x_display.name}.0", "QT_QPA_PLATFORM": "xcb"}, "linux") == ""


def test_a_wayland_socket_is_a_display(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("w")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(folder / "wayland-0"))
        server.listen()
        environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(folder)}
        assert missing_display(environment, "linux") == ""
        assert missing_display({"WAYLAND_DISPLAY": str(folder / "wayland-0")}, "linux") == ""
        for chosen in ("wayland", "wayland-egl", "xcb;wayland"):
            assert missing_display({**environment, "QT_QPA_PLATFORM": chosen}, "linux") == ""
        # Qt would end the process: it is not asked for Wayland.
        refused = missing_display({**environment, "QT_QPA_PLATFORM": "xcb"}, "linux")
        assert refused == "There is no display for QT_QPA_PLATFORM=xcb, so no window can be opened."
    assert "does not answer" in missing_display(environment, "linux")


def test_a_platform_without_a_screen_that_was_chosen_counts() -> None:
    assert missing_display({"QT_QPA_PLATFORM": "offscreen"}, "linux") == ""
    assert missing_display({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux") == ""
    assert missing_display({"QT_QPA_PLATFORM": "xcb"}, "linux") != ""


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_one(platform: str) -> None:
    assert missing_display({}, platform) == ""

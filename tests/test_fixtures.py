"""The stage itself: if a fixture lies, every test that stands on it does."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from null_sink import NullSink
from x_server import XServer

from sda_desktop import paths


def test_the_apps_folders_lie_in_a_folder_of_this_test(sda_home: Path, tmp_path: Path) -> None:
    for folder in (paths.data_dir(), paths.cache_dir(), paths.log_dir()):
        assert folder.is_relative_to(sda_home)
        assert not folder.is_relative_to(tmp_path)


def test_the_users_home_is_not_the_real_one() -> None:
    assert "sda-home-" in os.environ["HOME"]
    assert Path.home() == Path(os.environ["HOME"])


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.invalid"])
def test_the_network_is_out_of_reach(host: str) -> None:
    with pytest.raises(RuntimeError, match="reach the network"):
        socket.create_connection((host, 80), timeout=0.1)


def test_this_machine_is_within_reach() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_the_small_corpus_is_a_writable_copy(small_corpus: Path, sonic_pi_sounds: Path) -> None:
    copies = sorted(small_corpus.iterdir())
    assert len(copies) == 8
    for copy in copies:
        assert copy.read_bytes() == (sonic_pi_sounds / copy.name).read_bytes()
        copy.unlink()


def test_the_null_sink_records_what_is_played(pulse_playback: NullSink) -> None:
    import sounddevice

    rate_hz = pulse_playback.sample_rate_hz
    tone = 0.25 * np.sin(2 * np.pi * 440 * np.arange(rate_hz // 2) / rate_hz)
    # A stream through PulseAudio loses its first and last hundredths of a second: let that be silence.
    silence = np.zeros(rate_hz // 4)
    sound = np.concatenate([silence, tone, silence]).astype(np.float32)
    with pulse_playback.record() as recording:
        sounddevice.play(sound, rate_hz, blocking=True)
    left = recording.samples[0]
    heard = np.flatnonzero(np.abs(left) > 1e-4)
    assert heard[-1] - heard[0] == pytest.approx(len(tone), abs=3)
    np.testing.assert_allclose(left[heard[0] - 1 :][: len(tone)], tone, atol=1e-3)


def test_an_x_server_takes_input_and_shows_a_screen(
    start_x_server: Callable[[int, int], XServer], tmp_path: Path
) -> None:
    first, second = start_x_server(1280, 800), start_x_server(640, 480)
    assert first.name != second.name
    assert first.xdotool("getdisplaygeometry").split() == ["1280", "800"]
    second.xdotool("mousemove", "--sync", 100, 50)
    assert second.xdotool("getmouselocation").startswith("x:100 y:50")
    picture = second.screenshot(tmp_path / "a" / "screen.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 640

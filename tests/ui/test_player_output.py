"""The output thread on devices that are rarer than a null sink: made up, sample for sample."""

from __future__ import annotations

import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sda_desktop.audio.io import resample
from sda_desktop.errors import SdaError
from sda_desktop.ui import player_output, sound_devices
from sda_desktop.ui.player_mixer import Pair
from sda_desktop.ui.player_output import AudioOutput
from sda_desktop.ui.player_sounds import WholeSound

RATE = 44_100
PATIENCE_S = 10.0
Samples = NDArray[np.float32]


class PortAudioError(Exception):
    """As sounddevice raises it: a text and a code."""


class Device:
    """A sound card that takes everything at once and writes it down."""

    def __init__(self, channels: int = 2, rates_hz: tuple[int, ...] = (RATE, 48_000)) -> None:
        self.channels, self.rates_hz = channels, rates_hz
        self.opened: list[int] = []
        self.depths_s: list[float] = []
        self.blocks: list[Samples] = []
        self.refuses: PortAudioError | None = None
        self.present = True
        self.breaks = False
        self.runs_dry = False
        self.room = 2048
        self.stream: type[Stream] = Stream
        self.overfilled = 0  # writes of more than there was room for
        self.restarts = 0

    @property
    def fails(self) -> bool:
        """Whether nothing can be played on it."""
        return self.refuses is not None or self.breaks or self.stream is StoppedStream or not self.present

    @property
    def heard(self) -> Samples:
        """All that was written, (frames, channels), without the silence around it."""
        every = np.concatenate(self.blocks)
        places = np.flatnonzero(np.abs(every).max(axis=1) > 0)
        return every[places[0] : places[-1] + 1]

    def library(self) -> Any:  # noqa: ANN401 - stands for sounddevice, which has no types
        """What stands for the sounddevice module."""
        return types.SimpleNamespace(
            PortAudioError=PortAudioError,
            OutputStream=self._open,
            query_devices=self._query,
            query_hostapis=list,
            _terminate=lambda: None,
            _initialize=self._restart,
        )

    def _restart(self) -> None:
        self.restarts += 1

    def _query(self, index: int | None = None, kind: str | None = None) -> Any:  # noqa: ANN401
        about = {
            "name": "Card",
            "max_output_channels": self.channels,
            "default_samplerate": float(self.rates_hz[-1]),
            "default_low_output_latency": 0.01,
            "hostapi": 0,
        }
        if kind is None:
            return [about] if self.present else []
        if not self.present:
            raise PortAudioError("Error querying device -1")
        return about

    def _open(self, samplerate: int, channels: int, latency: float, **_: object) -> Any:  # noqa: ANN401
        if self.refuses is not None:
            raise self.refuses
        if samplerate not in self.rates_hz:
            raise PortAudioError("Invalid sample rate", sound_devices.INVALID_SAMPLE_RATE)
        self.opened.append(samplerate)
        self.depths_s.append(latency)
        return self.stream(self, samplerate, channels)


class Stream:
    """One stream of it: its queue is empty at first and never again."""

    latency = 0.05

    def __init__(self, device: Device, samplerate: int, channels: int) -> None:
        self._device = device
        self.samplerate, self.channels = float(samplerate), channels
        self.write_available = device.room

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...

    def write(self, block: Samples) -> bool:
        if self._device.breaks:
            raise PortAudioError("Unanticipated host error", -9999)
        self.write_available = self._device.room // (1 if self._device.runs_dry else 3)
        self._device.blocks.append(block.copy())
        threading.Event().wait(0.0002)  # faster than real time, but not without end
        return False


class RealTimeStream(Stream):
    """Its queue drains with the clock, faster than sound, and can be given more than it has room for."""

    speed = 20.0

    def __init__(self, device: Device, samplerate: int, channels: int) -> None:
        self._queued, self._since = 0.0, time.perf_counter()
        super().__init__(device, samplerate, channels)

    @property
    def write_available(self) -> int:
        now = time.perf_counter()
        self._queued = max(0.0, self._queued - (now - self._since) * self.samplerate * self.speed)
        self._since = now
        return int(self._device.room - self._queued)

    @write_available.setter
    def write_available(self, _: int) -> None: ...

    def write(self, block: Samples) -> bool:
        self._device.overfilled += len(block) > self.write_available
        self._queued += len(block)
        return super().write(block)


class StoppedStream(RealTimeStream):
    """Its queue is filled and then stays full, and the next write says why."""

    speed = 0.0

    def write(self, block: Samples) -> bool:
        self._device.breaks = self._queued > 0
        return super().write(block)


class Told:
    """What the output says."""

    def __init__(self) -> None:
        self.started, self.ended, self.failed = (threading.Event() for _ in range(3))
        self.errors: list[SdaError] = []

    def output(self) -> AudioOutput:
        return AudioOutput(self._on_started, self._on_ended, self._on_failed, lambda _: None)

    def _on_started(self, _: int) -> None:
        self.started.set()

    def _on_ended(self, _: int) -> None:
        self.ended.set()

    def _on_failed(self, _: AudioOutput, error: SdaError) -> None:
        self.errors.append(error)
        self.failed.set()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def play_on(monkeypatch: pytest.MonkeyPatch, told: Told) -> Iterator[Callable[[Device, WholeSound], None]]:
    """Play a sound on a device and wait for its end or its failure."""
    output = told.output()

    def play(device: Device, sound: WholeSound) -> None:
        monkeypatch.setattr(sound_devices, "library", device.library)
        told.ended.clear()
        told.failed.clear()
        output.play(Pair((sound,), (1.0,)), 0.0, 0, 1)
        outcome = told.failed if device.fails else told.ended
        assert outcome.wait(PATIENCE_S)

    yield play
    assert output.close(PATIENCE_S)


Play = Callable[[Device, WholeSound], None]


def _noise(frames: int = 20_000) -> WholeSound:
    made = np.random.default_rng(0).standard_normal((frames, 2)).astype(np.float32) * 0.1
    return WholeSound(Path("noise.wav"), made, RATE)


def test_a_rate_that_the_device_refuses_is_resampled_to_its_own(play_on: Play) -> None:
    device, sound = Device(rates_hz=(48_000,)), _noise()
    play_on(device, sound)
    assert device.opened == [48_000]
    expected = resample(sound.samples.T, RATE, 48_000).T
    np.testing.assert_allclose(device.heard[: len(expected)], expected[: len(device.heard)], atol=1e-6)
    assert len(device.heard) == pytest.approx(len(expected), abs=64)


def test_the_driver_is_never_made_to_wait_for_room(play_on: Play) -> None:
    device, sound = Device(), _noise(200_000)
    device.room, device.stream = 20_000, RealTimeStream
    play_on(device, sound)
    assert device.overfilled == 0
    np.testing.assert_array_equal(device.heard, sound.samples)


def test_a_device_that_has_stopped_is_written_to_and_says_why(
    play_on: Play, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_output, "NO_ROOM_S", 0.05)
    device = Device()
    device.stream = StoppedStream
    play_on(device, _noise())
    assert "stopped working" in told.errors[0].message


def test_a_device_with_one_channel_gets_both_mixed(play_on: Play) -> None:
    device, sound = Device(channels=1), _noise()
    play_on(device, sound)
    np.testing.assert_allclose(device.heard[:, 0], sound.samples.mean(axis=1), atol=1e-6)


def test_sounds_at_one_rate_share_a_stream(play_on: Play) -> None:
    device = Device()
    for _ in range(3):
        play_on(device, _noise(2000))
    assert device.opened == [RATE]


def test_the_stream_is_closed_after_a_while_of_silence(
    play_on: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_output, "LINGER_S", 0.0)
    device = Device()
    for _ in range(3):
        play_on(device, _noise(2000))
    assert device.opened == [RATE] * 3


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sound_devices.DEVICE_UNAVAILABLE, "in use"),
        (sound_devices.INVALID_DEVICE, "no sound output"),
        (-9999, "stopped working"),
    ],
)
def test_a_device_that_refuses_is_a_sentence_and_is_tried_again(
    play_on: Play, told: Told, code: int, words: str
) -> None:
    device = Device()
    device.refuses = PortAudioError("Error opening OutputStream", code)
    play_on(device, _noise(2000))
    assert words in told.errors[0].message
    assert told.errors[0].remedy
    assert str(code) in told.errors[0].details
    device.refuses = None
    play_on(device, _noise(2000))
    # Devices are looked for anew after a failure, and not otherwise.
    assert device.restarts == 1
    play_on(device, _noise(2000))
    assert device.restarts == 1


def test_no_device_at_all_is_a_sentence(play_on: Play, told: Told) -> None:
    device = Device()
    device.present = False
    play_on(device, _noise(2000))
    assert told.errors[0].message == "There is no sound output."


def test_a_device_that_breaks_while_it_plays_is_a_sentence(play_on: Play, told: Told) -> None:
    device = Device()
    device.breaks = True
    play_on(device, _noise(2000))
    assert "stopped working" in told.errors[0].message


def test_a_driver_that_does_not_tell_its_room_plays_all_the_same(play_on: Play, told: Told) -> None:
    device, sound = Device(), _noise()
    device.room = 0
    play_on(device, sound)
    np.testing.assert_array_equal(device.heard, sound.samples)


def test_portaudio_is_not_started_anew_while_a_stream_is_open_or_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    device = Device()
    monkeypatch.setattr(sound_devices, "library", device.library)
    stream = sound_devices.open_stream(None, RATE, 0.05)
    sound_devices.look_again()
    assert device.restarts == 0
    sound_devices.close_stream(stream)
    sound_devices.look_again()
    assert device.restarts == 1
    monkeypatch.setattr(sound_devices, "_lost", True)
    sound_devices.look_again()
    assert device.restarts == 1


def test_a_short_queue_that_runs_dry_in_silence_is_made_longer_at_once(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device()
    device.runs_dry = True
    monkeypatch.setattr(sound_devices, "library", device.library)
    output = told.output()
    output.set_live(RATE)
    deadline = time.monotonic() + PATIENCE_S
    while len(device.depths_s) < 3 and time.monotonic() < deadline:
        threading.Event().wait(0.001)
    assert output.close(PATIENCE_S)
    first = player_output.LIVE_DEPTH_S
    assert device.depths_s[:3] == [first, 2 * first, 4 * first]
    assert output.underflows == 0


def test_a_queue_that_ran_dry_is_longer_for_the_next_sound(play_on: Play) -> None:
    device = Device()
    device.runs_dry = True
    play_on(device, _noise(8000))
    device.runs_dry = False
    play_on(device, _noise(2000))
    play_on(device, _noise(2000))
    assert device.depths_s == [player_output.DEPTH_S, 2 * player_output.DEPTH_S]

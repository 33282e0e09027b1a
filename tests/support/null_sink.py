"""A private PulseAudio server with one null sink: a sound device with a real clock and no hardware."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

SINK_NAME = "sda_null"
START_TIMEOUT_S = 20.0
POLL_S = 0.02


class Recording:
    """What the sink was given: `samples` can be read when `NullSink.record()` has ended."""

    def __init__(self, sample_rate_hz: int, raw: IO[bytes]) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.samples: NDArray[np.float32] = np.zeros((2, 0), dtype=np.float32)
        """(2, frames), silence included."""
        self._raw = raw

    @property
    def size_bytes(self) -> int:
        """How much has been recorded by now."""
        return os.fstat(self._raw.fileno()).st_size

    def read(self) -> NDArray[np.float32]:
        """(2, frames), all that has been recorded by now."""
        data = os.pread(self._raw.fileno(), self.size_bytes // 8 * 8, 0)
        return np.ascontiguousarray(np.frombuffer(data, dtype="<f4").reshape(-1, 2).T)

    def wait_for_sound_and_quiet(self, timeout_s: float = 20.0, quiet_s: float = 0.4) -> None:
        """Wait until something has sounded and it has been silent again for a moment."""
        heard = np.zeros(0, dtype=np.intp)
        samples = self.read()
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            samples = self.read()
            heard = np.flatnonzero(np.abs(samples).max(axis=0) > 0)
            if len(heard) and samples.shape[1] - heard[-1] > quiet_s * self.sample_rate_hz:
                return
            time.sleep(POLL_S)
        rate = self.sample_rate_hz
        what = f"sound until {heard[-1] / rate:.1f} s" if len(heard) else "nothing but silence"
        raise AssertionError(
            f"In {timeout_s:.0f} s the sound card was given no sound that ended: {what} in a recording of "
            f"{samples.shape[1] / rate:.1f} s."
        )


class NullSink:
    """The server's process, the environment that leads programs to it, and a recorder of what it plays."""

    def __init__(self, sample_rate_hz: int = 44_100) -> None:
        self.sample_rate_hz = sample_rate_hz
        # Short on purpose: the path of a Unix socket may have about 100 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="sda-pulse-"))
        (self.folder / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        (self.folder / "client.conf").write_text("autospawn = no\nenable-shm = no\n")
        self.env = {
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_CLIENTCONFIG": str(self.folder / "client.conf"),
            "PULSE_COOKIE": str(self.folder / "cookie"),
        }
        self._server: subprocess.Popen[bytes] | None = None

    def _program_env(self) -> dict[str, str]:
        return {**os.environ, **self.env}

    def start(self) -> None:
        """Start the server and wait until it answers."""
        if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
            raise RuntimeError(
                "PulseAudio is missing: 'python3 packaging/bootstrap.py test' installs it (Debian packages "
                "pulseaudio, pulseaudio-utils and libasound2-plugins)."
            )
        sink = (
            f"module-null-sink sink_name={SINK_NAME} rate={self.sample_rate_hz} channels=2 format=float32le"
        )
        with (self.folder / "pulseaudio.log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                    # Ahead of other programs where that is allowed, as on every desktop.
                    *("--disable-shm=yes", "--realtime=yes", "--high-priority=yes"),
                    *("-L", f"module-native-protocol-unix socket={self.folder}/native", "-L", sink),
                ],
                env={**self._program_env(), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while self._pactl("info").returncode != 0:
            if self._server.poll() is not None or time.monotonic() > deadline:
                log_text = (self.folder / "pulseaudio.log").read_text(errors="replace")
                self.stop()
                raise RuntimeError(f"PulseAudio did not start: {log_text[-2000:]}")
            time.sleep(POLL_S)

    def _pactl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pactl", *arguments], env=self._program_env(), capture_output=True, text=True, check=False
        )

    def stop(self) -> None:
        """End the server (also how a test unplugs the device) and remove its folder."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(5)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def record(self) -> Iterator[Recording]:
        """Record everything the sink plays while the block runs."""
        with tempfile.TemporaryFile() as raw:
            recording = Recording(self.sample_rate_hz, raw)
            recorder = subprocess.Popen(
                [
                    *(
                        "parec",
                        "--raw",
                        "--format=float32le",
                        "--channels=2",
                        f"--rate={self.sample_rate_hz}",
                    ),
                    *("--latency-msec=20", "-d", f"{SINK_NAME}.monitor"),
                ],
                env=self._program_env(),
                stdin=subprocess.DEVNULL,
                stdout=raw,
                stderr=subprocess.DEVNULL,
            )
            try:
                self._wait_for_size(recorder, recording, 1)
                yield recording
                # What is still on its way when the block ends belongs to it.
                later = int(0.25 * self.sample_rate_hz) * 8
                self._wait_for_size(recorder, recording, recording.size_bytes + later)
            finally:
                recorder.send_signal(signal.SIGINT)
                recorder.wait(10)
                recording.samples = recording.read()

    def _wait_for_size(self, recorder: subprocess.Popen[bytes], recording: Recording, size: int) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while recording.size_bytes < size:
            if recorder.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The recorder of the null sink (parec) delivers nothing.")
            time.sleep(POLL_S)

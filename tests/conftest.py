"""What every test gets: a home of its own, no network, and on request real sounds, a sound card, a screen."""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from null_sink import NullSink
from PySide6.QtWidgets import QApplication
from x_server import XServer

SONIC_PI_SOUNDS = Path("/usr/share/sonic-pi/samples")
SMALL_CORPUS = (
    "bd_fat.flac",
    "drum_cowbell.flac",
    "elec_blip.flac",
    "elec_ping.flac",
    "elec_plip.flac",
    "elec_twip.flac",
    "tabla_na.flac",
    "tabla_te1.flac",
)
ARTIFACTS = Path(__file__).resolve().parent.parent / ".artifacts"

_session_home: list[Path] = []


def pytest_configure() -> None:
    """Point every folder of the user at an empty place before any test module is imported."""
    home = Path(tempfile.mkdtemp(prefix="sda-home-"))
    _session_home.append(home)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    os.environ["SDA_DESKTOP_HOME"] = str(home / "sda")
    for variable, folder in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_RUNTIME_DIR", "run"),
    ):
        (home / folder).mkdir(mode=0o700, parents=True)
        os.environ[variable] = str(home / folder)
    # A test that wants a real window asks for `x_display` and starts a program in its environment.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The window speaks the language of the system: here always the one that the tests are written in.
    os.environ["LANGUAGE"] = "en"
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        os.environ.pop(variable, None)
    _block_network()


def pytest_unconfigure() -> None:
    while _session_home:
        shutil.rmtree(_session_home.pop(), ignore_errors=True)


def _is_local(host: object) -> bool:
    if not isinstance(host, str) or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _block_network() -> None:
    """Make every way out of this machine raise, for this process."""
    connects = {"socket.connect", "socket.getaddrinfo"}

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event not in connects:
            return
        if event == "socket.getaddrinfo":
            host = arguments[0]
        else:
            address = arguments[1]  # a tuple for the internet, a path for a Unix socket
            host = address[0] if isinstance(address, tuple) else None
        if not _is_local(host):
            raise RuntimeError(f"A test tried to reach the network: {host!r}")

    sys.addaudithook(watch)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The class of pytest-qt's application: the app's own."""
    from sda_desktop.ui.application import Application

    return Application


@pytest.fixture(autouse=True)
def sda_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's own folder (runs, cache, settings, logs) of this one test; not inside its tmp_path."""
    home = tmp_path_factory.mktemp("sda-home")
    monkeypatch.setenv("SDA_DESKTOP_HOME", str(home))
    return home


def _only_on_linux(what: str) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip(f"{what} is set up on Linux only")


@pytest.fixture(scope="session")
def sonic_pi_sounds() -> Path:
    """The folder with 165 real sounds (CC0) of Debian's package sonic-pi-samples.  Read only."""
    _only_on_linux("The folder of real sounds")
    if not list(SONIC_PI_SOUNDS.glob("*.flac")):
        pytest.fail(
            f"No sounds in {SONIC_PI_SOUNDS}: 'python3 packaging/bootstrap.py test' installs them "
            "(Debian package sonic-pi-samples)."
        )
    return SONIC_PI_SOUNDS


def copy_small_corpus(sounds: Path, parent: Path) -> Path:
    """Copy eight of them into a new folder in another one; its path."""
    folder = parent / "my sounds é"
    folder.mkdir()
    for name in SMALL_CORPUS:
        shutil.copyfile(sounds / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def kept_corpus(sonic_pi_sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What small_corpus is, for all tests of a module: none of them may change it."""
    return copy_small_corpus(sonic_pi_sounds, tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def small_corpus(sonic_pi_sounds: Path, tmp_path: Path) -> Path:
    """A folder of 8 short real sounds (0.03 to 0.6 s each), copied: a test may add, change and delete."""
    return copy_small_corpus(sonic_pi_sounds, tmp_path)


@pytest.fixture(scope="session")
def pulse_null_sink() -> Iterator[NullSink]:
    """A private sound server whose only device is a null sink; `.env` for child processes, `.record()`."""
    _only_on_linux("The null sink")
    sink = NullSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def pulse_playback(pulse_null_sink: NullSink, monkeypatch: pytest.MonkeyPatch) -> Iterator[NullSink]:
    """The null sink as the default sound device of this very process (PortAudio is started anew)."""
    import sounddevice

    for name, value in pulse_null_sink.env.items():
        monkeypatch.setenv(name, value)
    sounddevice._terminate()
    sounddevice._initialize()
    yield pulse_null_sink
    sounddevice._terminate()
    monkeypatch.undo()
    sounddevice._initialize()


@pytest.fixture
def x_display(request: pytest.FixtureRequest) -> Iterator[XServer]:
    """An X server of this test's own, 1280x800 or the size given by indirect parametrisation."""
    _only_on_linux("The X server")
    width, height = getattr(request, "param", (1280, 800))
    server = XServer(width, height)
    yield server
    server.stop()


@pytest.fixture
def start_x_server() -> Iterator[Callable[[int, int], XServer]]:
    """Start as many X servers as a test wants, each of its own size."""
    _only_on_linux("The X server")
    servers: list[XServer] = []

    def start(width: int, height: int) -> XServer:
        servers.append(XServer(width, height))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """Where screenshots and reports for people go; git ignores it."""
    ARTIFACTS.mkdir(exist_ok=True)
    return ARTIFACTS

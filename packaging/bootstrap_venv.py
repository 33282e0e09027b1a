"""The virtual environment in the checkout: made, filled from the lock files, stamped, repaired."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bootstrap_system import apt_install, say

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
RUN_LOCK = CHECKOUT / "packaging" / "requirements.txt"
# What each command installs.
LOCKS = {
    "run": (RUN_LOCK,),
    "test": (RUN_LOCK, CHECKOUT / "packaging" / "requirements-test.txt"),
    "package": (RUN_LOCK, CHECKOUT / "packaging" / "requirements-package.txt"),
}
# Exists while packages are being installed: found at a start, the last set-up was cut off in the middle.
UNFINISHED = VENV / "sda-setup-unfinished"
# Counted up when the set-up itself changes what it leaves behind.
SETUP_VERSION = 1
VERSION_CHECK = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))"
IMPORT_CHECK = "import numpy, torch, soundfile, soxr, safetensors"


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def venv_python() -> Path:
    """The interpreter inside the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def clean_environment() -> dict[str, str]:
    """This process's environment without what leads Python or pip away from the virtual environment."""
    drop = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    return {**kept, "PYTHONNOUSERSITE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def _python(*arguments: str, quiet: bool = False) -> bool:
    """Run the environment's Python; True if it succeeded."""
    output = subprocess.DEVNULL if quiet else sys.stderr
    try:
        done = subprocess.run(
            [str(venv_python()), *arguments],
            env=clean_environment(),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


# --- stamps ---------------------------------------------------------------------------------------------


def _stamp_file(purpose: str) -> Path:
    return VENV / f"sda-setup-{purpose}.json"


def _key(purpose: str) -> str:
    """A fingerprint of what is to be installed."""
    digest = hashlib.sha256(f"{SETUP_VERSION}".encode())
    for lock in LOCKS[purpose]:
        digest.update(lock.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def read_stamp(purpose: str) -> dict[str, object] | None:
    """Return what the last complete set-up left, or None if there is none or it is out of date."""
    try:
        stamp = json.loads(_stamp_file(purpose).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(stamp, dict) or stamp.get("key") != _key(purpose):
        return None
    # A dangling link: the Python that the environment was made with is gone.
    if not venv_python().exists() or UNFINISHED.exists():
        return None
    return stamp


def write_stamp(purpose: str, missing_needs: Sequence[str]) -> None:
    """Note that everything is installed; missing_needs: what the system still lacks, asked for again."""
    text = json.dumps({"key": _key(purpose), "missing": list(missing_needs)})
    path = _stamp_file(purpose)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


# --- lock -----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the set-up's lock; a second set-up of the same checkout waits here for the first."""
    with (CHECKOUT / ".venv.lock").open("a+b") as file:
        if not _try_lock(file.fileno(), wait=False):
            say("Another set-up of this checkout is running: waiting for it to end.")
            while not _try_lock(file.fileno(), wait=True):
                pass  # Windows gives up after ten seconds; the system frees the lock of a dead process
        yield


def _try_lock(descriptor: int, *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# --- building -------------------------------------------------------------------------------------------


def check_platform() -> None:
    """Raise SetupError where no wheels of torch or Qt exist, before anything is downloaded."""
    system, machine = platform.system(), platform.machine().lower()
    if system == "Darwin" and machine != "arm64":
        raise SetupError(
            "SDA Desktop needs a Mac with Apple silicon: torch is no longer built for Intel Macs."
        )
    if sys.maxsize < 2**32:
        raise SetupError("SDA Desktop needs a 64-bit Python; this one is 32-bit.")
    name, version = platform.libc_ver()
    oldest = (2, 39) if machine in ("aarch64", "arm64") else (2, 34)
    if system == "Linux" and name == "glibc" and tuple(map(int, version.split(".")[:2])) < oldest:
        raise SetupError(
            f"Qt needs glibc {oldest[0]}.{oldest[1]} or newer on this machine; this system has {version}. "
            "Use a newer release of your Linux system."
        )


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        say(f"This Python cannot make virtual environments without {package}.")
        if not apt_install([package]):
            raise SetupError(
                f"Python's venv module is not complete. On Debian and Ubuntu install it with:  "
                f"sudo apt-get install {package}"
            )
    say(f"Making a virtual environment in {VENV}")
    shutil.rmtree(VENV, ignore_errors=True)
    # In a process of its own: a package installed a moment ago is not seen by this one.
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], env=clean_environment(), stdout=sys.stderr, check=False
    )
    if done.returncode != 0:
        raise SetupError(f"The virtual environment could not be made in {VENV}; the lines above say why.")


def _pip(*arguments: str) -> None:
    if not _python("-m", "pip", "install", "--no-warn-script-location", *arguments):
        # pip installs only after everything is downloaded, so what is there is whole.
        UNFINISHED.unlink(missing_ok=True)
        raise SetupError(
            "pip could not install everything; its last lines above say why. The first set-up needs the "
            "internet: if this computer is offline, connect it and start again; what is downloaded is kept."
        )


def _pin(name: str) -> str:
    """Return "name==version" from the lock file."""
    found = re.search(rf"^{name}==[^\s;]+", RUN_LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SetupError(f"{RUN_LOCK} does not pin {name}: it is damaged, check the project out again.")
    return found.group()


def _link_checkout() -> None:
    """Make the checkout importable inside the environment, wherever both are moved together."""
    libraries = VENV / "Lib" if os.name == "nt" else next((VENV / "lib").glob("python3*"))
    site_packages = libraries / "site-packages"
    relative = os.path.relpath(CHECKOUT, site_packages)
    (site_packages / "sda_desktop_checkout.pth").write_text(relative + "\n", encoding="utf-8")


def install(purpose: str) -> None:
    """Bring the virtual environment up to the lock files of a purpose in LOCKS; raises SetupError.

    What is already there in the right version is left alone, without asking the network.
    """
    check_platform()
    if UNFINISHED.exists():
        say("The last set-up was cut off: starting it anew.")
        _make_venv()
    elif not _python("-c", VERSION_CHECK, quiet=True):
        if VENV.exists():
            say("The virtual environment is damaged: making a new one.")
        _make_venv()
    UNFINISHED.touch()
    torch = _pin("torch")
    say(
        f"Installing {torch}: the largest part, about 0.2 GB to download on Windows and macOS. On Linux it is"
    )
    say("several GB with NVIDIA's libraries, unless pip is set up to find a CPU-only build.")
    # By itself, with what it names as its own dependencies: they differ between CPU and CUDA builds.
    _pip("--constraint", str(RUN_LOCK), torch)
    locks = [word for lock in LOCKS[purpose] for word in ("-r", str(lock))]
    say("Installing Qt, numpy and the other libraries, about 0.2 GB")
    _pip("--no-deps", *locks)
    _link_checkout()
    if not _python("-c", IMPORT_CHECK):
        hint = (
            "Install Microsoft's Visual C++ Redistributable (x64) and start again." if os.name == "nt" else ""
        )
        raise SetupError(f"The installed libraries do not load; the lines above say why. {hint}".rstrip())
    UNFINISHED.unlink()

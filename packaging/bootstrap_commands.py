"""The bootstrap's commands: set up what is missing, then start the app, run checks and tests, or measure."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from bootstrap_system import PACKAGE_NEEDS, RUN_NEEDS, TEST_NEEDS, bring, say
from bootstrap_venv import (
    CHECKOUT,
    SetupError,
    clean_environment,
    install,
    only_one,
    read_stamp,
    venv_python,
    write_stamp,
)

USAGE = """\
usage: python3 packaging/bootstrap.py run [ARGS]    start SDA Desktop; ARGS go to it ("run --help" lists them)
       python3 packaging/bootstrap.py test [ARGS]   check the code and run the tests; ARGS go to pytest
       python3 packaging/bootstrap.py bench [NAME ...]   run benchmarks; without a NAME: which there are
       python3 packaging/bootstrap.py package       freeze the app, test it, and make this system's installers

The first start makes a virtual environment in .venv and installs everything into it; later starts install
nothing and need no network.
"""

# By module, not by script: scripts in the environment hold the path it was made in.
CHECKS = (
    ("ruff check", ["-m", "ruff", "check"]),
    ("ruff format", ["-m", "ruff", "format", "--check"]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", "from importlinter.cli import lint_imports_command as run; run()"]),
)


# What the system must bring for each purpose beside what is installed into .venv.
NEEDS = {
    "run": RUN_NEEDS,
    "test": (*RUN_NEEDS, *TEST_NEEDS),
    "package": (*RUN_NEEDS, *PACKAGE_NEEDS),
}


def set_up(purpose: str) -> None:
    """Make sure that everything is installed; quick and silent when it is.  Raises SetupError."""
    stamp = read_stamp(purpose)
    if stamp is not None and not stamp.get("missing"):
        return
    with only_one():
        stamp = read_stamp(purpose)  # another set-up may have ended while this one waited
        if stamp is not None and not stamp.get("missing"):
            return
        still_missing = bring(NEEDS[purpose])
        if stamp is None:
            started = time.monotonic()
            say(f"Setting up SDA Desktop in {CHECKOUT} (first start, or its dependencies changed)")
            install(purpose)
            say(f"Set-up finished in {time.monotonic() - started:.0f} s")
        write_stamp(purpose, still_missing)
        if purpose != "run":  # the others include all that the app needs
            app_needs = {need.what for need in RUN_NEEDS}
            write_stamp("run", [what for what in still_missing if what in app_needs])


def run_app(arguments: Sequence[str]) -> int:
    """Start the app in the user's own folder with these arguments; its exit code is the answer."""
    # -P: a file of the user's called, say, random.py in the current folder is not the standard library's.
    command = [str(venv_python()), "-P", "-m", "sda_desktop", *arguments]
    if os.name == "posix":
        # In place of this process, so that signals and the exit code need no passing on.
        os.execve(command[0], command, clean_environment())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the app's to answer
    return subprocess.run(command, env=clean_environment(), check=False).returncode


def run_tests(arguments: Sequence[str]) -> int:
    """Run every check, then the tests; 0 only if all passed.  pytest's summary closes a good run."""
    failed = []
    for name, how in CHECKS:
        say(f"--- {name}")
        command = [str(venv_python()), *how]
        if subprocess.run(command, cwd=CHECKOUT, env=clean_environment(), check=False).returncode != 0:
            failed.append(name)
    say("--- pytest")
    command = [str(venv_python()), "-m", "pytest", *arguments]
    code = subprocess.run(command, cwd=CHECKOUT, env=clean_environment(), check=False).returncode
    if failed:
        say(f"Also failed, see above: {', '.join(failed)}")
    return code or (1 if failed else 0)


def run_benchmarks(arguments: Sequence[str]) -> int:
    """Run benchmarks by name, see tests/benchmarks."""
    command = [str(venv_python()), str(CHECKOUT / "tests" / "benchmarks" / "bench.py"), *arguments]
    return subprocess.run(command, env=clean_environment(), check=False).returncode


def make_packages(arguments: Sequence[str]) -> int:
    """Freeze the app and make the installers of this system."""
    command = [str(venv_python()), str(CHECKOUT / "packaging" / "package.py"), *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=clean_environment(), check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Run one command of the bootstrap and return its exit code."""
    command = arguments[0] if arguments else ""
    if command not in ("run", "test", "bench", "package"):
        (sys.stdout if command in ("-h", "--help", "help") else sys.stderr).write(USAGE)
        return 0 if command in ("-h", "--help", "help") else 2
    try:
        set_up("test" if command == "bench" else command)
    except (SetupError, OSError) as error:  # OSError: the disk is full, the folder may not be written
        say(f"Set-up stopped: {error}")
        return 1
    except KeyboardInterrupt:
        say("Set-up interrupted; the next start takes it up again.")
        return 130
    if command == "test":
        return run_tests(arguments[1:])
    if command == "bench":
        return run_benchmarks(arguments[1:])
    if command == "package":
        return make_packages(arguments[1:])
    return run_app(arguments[1:])

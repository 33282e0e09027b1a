"""The bootstrap on a small checkout of its own: real venv, real pip, wheels made on the spot."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_wheels import make_wheel

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
BOOTSTRAP_FILES = ("bootstrap.py", "bootstrap_commands.py", "bootstrap_system.py", "bootstrap_venv.py")
APP = """\
import json, os, sys
import torch
report = {"argv": sys.argv[1:], "cwd": os.getcwd(), "torch": torch.__version__, "path": sys.path}
print(json.dumps(report))
sys.exit(int(os.environ.get("APP_EXIT_CODE", "0")))
"""
TOOL = """\
import os, sys
print("TOOL", __name__, *sys.argv[1:], flush=True)
code = 1 if __name__ in os.environ.get("TOOLS_THAT_FAIL", "").split() else 0
def lint_imports_command(): sys.exit(code)
if sys.argv[0] == "-m":
    sys.exit(code)
"""


class Checkout:
    """A checkout with the real bootstrap, a tiny app, and lock files that name the wheels beside it."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder, self.wheels = folder, wheels

    @classmethod
    def create(cls, parent: Path) -> Checkout:
        folder = parent / "my checkout é"
        (folder / "packaging").mkdir(parents=True)
        for name in BOOTSTRAP_FILES:
            shutil.copyfile(PACKAGING / name, folder / "packaging" / name)
        (folder / "sda_desktop").mkdir()
        (folder / "sda_desktop" / "__init__.py").touch()
        (folder / "sda_desktop" / "__main__.py").write_text(APP)
        wheels = parent / "wheels"
        wheels.mkdir()
        for module in ("torch", "numpy", "soundfile", "soxr", "safetensors"):
            make_wheel(wheels, module, "1.0", module)
        make_wheel(wheels, "torch", "1.1", "torch")
        for module in ("ruff", "mypy", "pytest"):
            make_wheel(wheels, module, "1.0", module, TOOL)
        cli = {"importlinter/cli.py": "from importlinter import lint_imports_command"}
        make_wheel(wheels, "importlinter", "1.0", "importlinter", TOOL, cli)
        checkout = cls(folder, wheels)
        checkout.pin_torch("1.0")
        (folder / "packaging" / "requirements-test.txt").write_text(
            "ruff==1.0\nmypy==1.0\npytest==1.0\nimportlinter==1.0\n"
        )
        return checkout

    def pin_torch(self, version: str) -> None:
        (self.folder / "packaging" / "requirements.txt").write_text(
            f"numpy==1.0\nsafetensors==1.0\nsoundfile==1.0\nsoxr==1.0\ntorch=={version}\n"
        )

    def env(self, *, online: bool = True, **more: str) -> dict[str, str]:
        """The child's environment; offline, pip can find nothing that is not installed already."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        pip = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
        if online:
            pip["PIP_FIND_LINKS"] = str(self.wheels)
        # Without a path there is no apt-get: a test never installs system packages.
        return {**kept, **pip, "PATH": str(self.folder / "no programs"), **more}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "packaging" / "bootstrap.py"), *arguments]

    def run(
        self, *arguments: str, online: bool = True, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.env(online=online, **env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def python(self) -> Path:
        return self.folder / ".venv" / "bin" / "python"


@pytest.fixture(scope="module")
def installed_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkout, str]:
    """A checkout after its first start, and what that start said."""
    checkout = Checkout.create(tmp_path_factory.mktemp("installed"))
    done = checkout.run("run")
    assert done.returncode == 0, done.stderr
    return checkout, done.stderr


@pytest.fixture
def installed(installed_once: tuple[Checkout, str], tmp_path: Path) -> Checkout:
    """A copy of the installed checkout, in another place than the one it was set up in."""
    original = installed_once[0]
    folder = tmp_path / "moved checkout"
    shutil.copytree(original.folder, folder, symlinks=True)
    return Checkout(folder, original.wheels)


def test_the_first_start_says_what_it_installs_and_starts_the_app(
    installed_once: tuple[Checkout, str],
) -> None:
    said = installed_once[1]
    assert "Making a virtual environment" in said
    assert "Installing torch==1.0" in said
    assert "Set-up finished in" in said


def test_a_second_start_installs_nothing_and_needs_no_network(installed: Checkout, tmp_path: Path) -> None:
    command = installed.command("run", "--demo", "a b")
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        command = [unshare, "-rn", *command]  # a network namespace with nothing in it
    started = time.monotonic()
    done = subprocess.run(
        command,
        env=installed.env(online=False, PYTHONPATH="/nowhere"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert time.monotonic() - started < 5
    report = json.loads(done.stdout)
    assert report["argv"] == ["--demo", "a b"]
    assert report["cwd"] == str(tmp_path)  # relative paths in ARGS mean what the user means
    assert str(tmp_path) not in report["path"]  # and a random.py there is not imported
    assert "" not in report["path"]
    assert "/nowhere" not in report["path"]
    assert str(installed.folder) in report["path"]


@pytest.mark.parametrize("code", [2, 130])
def test_the_apps_exit_code_is_the_bootstraps(installed: Checkout, code: int) -> None:
    assert installed.run("run", online=False, APP_EXIT_CODE=str(code)).returncode == code


def test_a_changed_lock_file_is_installed_at_the_next_start(installed: Checkout) -> None:
    installed.pin_torch("1.1")
    done = installed.run("run")
    assert json.loads(done.stdout)["torch"] == "1.1"
    assert "Making a virtual environment" not in done.stderr


def test_a_first_start_without_a_network_says_so(tmp_path: Path) -> None:
    checkout = Checkout.create(tmp_path)
    done = checkout.run("run", online=False)
    assert done.returncode == 1
    assert "Set-up stopped: pip could not install everything" in done.stderr
    assert "needs the internet" in done.stderr
    assert "Traceback" not in done.stderr
    assert checkout.run("run").returncode == 0  # and with a network again it goes on


def test_a_set_up_killed_in_the_middle_is_repaired_by_the_next(tmp_path: Path) -> None:
    checkout = Checkout.create(tmp_path)
    unfinished = checkout.folder / ".venv" / "sda-setup-unfinished"
    victim = subprocess.Popen(
        checkout.command("run"),
        env=checkout.env(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not unfinished.exists():
        assert victim.poll() is None
        time.sleep(0.005)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    # What the kill may leave: a package without its files.
    site_packages = next((checkout.folder / ".venv" / "lib").glob("python3*")) / "site-packages"
    (site_packages / "numpy-1.0.dist-info").mkdir(exist_ok=True)
    (site_packages / "numpy-1.0.dist-info" / "METADATA").write_text("Name: numpy\nVersion: 1.0\n")

    done = checkout.run("run")
    assert done.returncode == 0, done.stderr
    assert "cut off" in done.stderr
    assert (
        subprocess.run([checkout.python, "-c", "import numpy; numpy.__version__"], check=False).returncode
        == 0
    )


def test_an_upgrade_cut_off_in_the_middle_is_repaired_too(installed: Checkout) -> None:
    (installed.folder / ".venv" / "sda-setup-unfinished").touch()
    done = installed.run("run")
    assert done.returncode == 0, done.stderr
    assert "cut off" in done.stderr


def test_an_environment_whose_python_is_gone_is_made_anew(installed: Checkout) -> None:
    installed.python.unlink()
    installed.python.symlink_to("/nowhere/python3")
    done = installed.run("run")
    assert done.returncode == 0, done.stderr
    assert "damaged" in done.stderr


def test_two_first_starts_at_once_make_one_environment(tmp_path: Path) -> None:
    checkout = Checkout.create(tmp_path)
    starts = [
        subprocess.Popen(
            checkout.command("run"),
            env=checkout.env(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [start.communicate(timeout=120)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert sorted("Making a virtual environment" in text for text in said) == [False, True]
    assert sorted("waiting for it to end" in text for text in said) == [False, True]


def test_every_check_runs_and_the_tests_come_last(installed: Checkout) -> None:
    done = installed.run("test", "-q", "tests/audio", TOOLS_THAT_FAIL="ruff importlinter")
    ran = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("TOOL")]
    assert ran == [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["importlinter"],
        ["pytest", "-q", "tests/audio"],
    ]
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("Also failed, see above: ruff check, ruff format, import-linter")

    done = installed.run("test", online=False)
    assert done.returncode == 0
    assert "Installing" not in done.stderr
    assert installed.run("test", online=False, TOOLS_THAT_FAIL="pytest").returncode == 1


def test_the_set_up_for_tests_serves_the_app_too(installed: Checkout) -> None:
    installed.pin_torch("1.1")
    assert installed.run("test").returncode == 0
    done = installed.run("run", online=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [(), ("walk",)])
def test_an_unknown_command_prints_the_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = Checkout.create(tmp_path).run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: python3 packaging/bootstrap.py run")


OLD_PYTHON = (
    "import runpy, sys; sys.version_info = (3, 9, 1); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])"
)


def test_an_old_python_gets_a_sentence(tmp_path: Path) -> None:
    script = PACKAGING / "bootstrap.py"
    ast.parse(script.read_text(), feature_version=(3, 4))
    done = subprocess.run(
        [sys.executable, "-c", OLD_PYTHON, str(script), "run"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "needs Python 3.11, 3.12, 3.13 or 3.14; this is Python 3.9.1" in done.stderr


def test_an_old_python_hands_over_to_a_newer_one_beside_it(tmp_path: Path) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text('#!/bin/sh\necho "newer $@"\n')
    newer.chmod(0o755)
    script = PACKAGING / "bootstrap.py"
    done = subprocess.run(
        [sys.executable, "-c", OLD_PYTHON, str(script), "run", "--demo"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"newer {script} run --demo\n"

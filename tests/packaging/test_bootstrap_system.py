"""System packages: found missing, installed where that is allowed, else the exact command is printed."""

from __future__ import annotations

import os
from pathlib import Path

import bootstrap_system
import pytest
from bootstrap_system import RUN_NEEDS, TEST_NEEDS, Need

ABSENT = Need("libnot-there.so.9", "libnot-there9", "not-there", "not-there-arch")
PROGRAM = Need("sda-program", "sda-program-deb", "sda-program-rpm", "sda-program-arch")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def add_program(folder: Path, name: str, script: str = "exit 0") -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_libraries_programs_and_files_are_told_apart(programs: Path, tmp_path: Path) -> None:
    assert Need("libc.so.6", "libc6", "glibc", "glibc").is_met()
    assert not ABSENT.is_met()
    assert not PROGRAM.is_met()
    add_program(programs, "sda-program")
    assert PROGRAM.is_met()
    pattern = Need(f"{tmp_path}/nowhere/x*.so:{tmp_path}/*/x*.so", "x", "x", "x")
    assert not pattern.is_met()
    (programs / "x1.so").touch()
    assert pattern.is_met()


def test_this_machine_has_what_the_tests_need() -> None:
    assert bootstrap_system.missing((*RUN_NEEDS, *TEST_NEEDS)) == []


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "apt-get install --yes --no-install-recommends libnot-there9 sda-program-deb"),
        ("dnf", "dnf install not-there sda-program-rpm"),
        ("pacman", "pacman -S --needed not-there-arch sda-program-arch"),
    ],
)
def test_without_the_right_to_install_the_exact_command_is_printed(
    programs: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    manager: str,
    command: str,
) -> None:
    add_program(programs, manager, "exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bootstrap_system.bring((ABSENT, PROGRAM)) == [ABSENT.what, PROGRAM.what]
    output = capsys.readouterr()
    assert output.out == ""
    assert "This system lacks: libnot-there.so.9, sda-program." in output.err
    assert f"Install it with:  sudo {command}\n" in output.err


def test_an_unknown_system_is_told_what_it_lacks(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap_system.bring((ABSENT,)) == [ABSENT.what]
    assert "libnot-there.so.9" in capsys.readouterr().err


@pytest.mark.parametrize("user", [0, 1000])
def test_on_debian_only_what_is_missing_is_installed(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    log = tmp_path / "log"
    add_program(programs, "apt-get", f'echo "apt-get $*" >> {log}; : > {programs}/sda-program')
    add_program(programs, "sudo", f'echo "sudo $*" >> {log}; [ "$1" = -n ] && shift; exec "$@"')
    add_program(programs, "true")
    (programs / "sda-program").touch()
    (programs / "sda-program").unlink()
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(PROGRAM.__class__, "is_met", lambda need: (programs / need.what).exists())
    add_program(programs, "there")
    present = Need("there", "there", "there", "there")
    assert bootstrap_system.bring((PROGRAM, present)) == []
    calls = [line for line in log.read_text().splitlines() if line.startswith("apt-get")]
    assert calls == [
        "apt-get update --quiet=2",
        "apt-get install --yes --quiet=2 --no-install-recommends sda-program-deb",
    ]
    assert ("sudo" in log.read_text()) == (user != 0)
